//go:build e2e && linux

package soak

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"partner-center-connector/connector/engine"
)

// raceLimit is how long all processes of a race may take together.
const raceLimit = 2 * time.Minute

// token is a `pcc token` process that was started.
type token struct {
	cmd      *exec.Cmd
	out, err bytes.Buffer
	killed   bool
}

// race starts so many processes at once.
func (w *world) race(ctx context.Context, n int) []*token {
	w.t.Helper()
	all := make([]*token, n)
	for i := range all {
		all[i] = &token{cmd: exec.CommandContext(ctx, pcc(), "token", "Contoso", "--config-dir", w.place.dir, "--clouds", w.place.clouds, "--lang", "en")}
		all[i].cmd.Stdout, all[i].cmd.Stderr = &all[i].out, &all[i].err
	}
	for _, p := range all {
		if err := p.cmd.Start(); err != nil {
			w.t.Fatal(err)
		}
	}
	return all
}

// valid waits for a process and returns its token, which must be one that the cloud has issued.
func (w *world) valid(p *token) string {
	w.t.Helper()
	err := p.cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && p.killed {
		if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signal() == syscall.SIGKILL {
			return ""
		}
	}
	text := strings.TrimSpace(p.out.String())
	if err != nil || p.err.Len() > 0 || !slices.Contains(w.cloud.Journal().Issued(), text) {
		w.t.Errorf("pcc token: %v, %d bytes: %s", err, len(text), p.err.String())
	}
	return text
}

// TestFiftyProcessesMakeOneRefresh: whoever comes first refreshes, and all others get what it stored.
func TestFiftyProcessesMakeOneRefresh(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), raceLimit)
	defer cancel()
	cloud, file := newCloud(t)
	w := newWorld(t, cloud, file, engine.KeychainService)
	c := w.connect()
	w.expire(c.ID)
	before := cloud.Journal().Refreshes
	tokens := map[string]int{}
	for _, p := range w.race(ctx, size(t, "SOAK_RACERS", 50)) {
		tokens[w.valid(p)]++
	}
	if n := cloud.Journal().Refreshes - before; n != 1 || len(tokens) != 1 {
		t.Errorf("%d refreshes, %d different tokens", n, len(tokens))
	}
	w.sweep()
	w.expectItems([]string{c.ID})
}

// TestADeadProcessHoldsNobodyUp kills some of the fifty while they wait, hold the lock or refresh.
func TestADeadProcessHoldsNobodyUp(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), raceLimit)
	defer cancel()
	cloud, file := newCloud(t)
	w := newWorld(t, cloud, file, engine.KeychainService)
	c := w.connect()
	w.expire(c.ID)
	before := cloud.Journal().Refreshes
	all := w.race(ctx, 50)
	const dead = 15
	for _, p := range all[:dead] {
		p.killed = true
		time.AfterFunc(rand.N(2*time.Second), func() { _ = p.cmd.Process.Kill() })
	}
	for _, p := range all {
		w.valid(p)
	}
	if n := cloud.Journal().Refreshes - before; n < 1 || n > 1+dead {
		t.Errorf("%d refreshes", n)
	}
	w.expectUsable(w.sweep(), c.ID)
	w.expectItems([]string{c.ID})
}
