//go:build e2e && linux

package e2e

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"partner-center-connector/bench/measure"
)

// BenchmarkPrivateWindow measures the time from the press of "Open private window" until the browser asks for its first page, and that from
// the start of the same browser, by the same command line in a new profile, until it asks for a page. `make bench` runs it.
func BenchmarkPrivateWindow(b *testing.B) {
	w := openWindow(b, newAccount(b, chromium), newCloud(b, "closed-window", true))
	w.firstPages(func() {})
	w.adminConsent()
	w.forward(stepUser)
	for _, p := range w.a.browsers() {
		end(b, p.pid)
	}
	keys, err := measure.NewTypist(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	var all pairs
	for b.Loop() {
		_, args := opensPrivately(b, w, keys)
		startsBare(b, w, args, -1)
		for n := range countOfPairs(b) {
			ours, _ := opensPrivately(b, w, keys)
			all.add(ours, startsBare(b, w, args, n))
		}
	}
	if err := keys.Close(); err != nil {
		b.Error(err)
	}
	all.keep(b, "wall")
}

// opensPrivately presses the button, stops the wait afterwards, and returns how long it took and the browser's command line.
func opensPrivately(b *testing.B, w *board, keys *measure.Typist) (took time.Duration, args []string) {
	b.Helper()
	w.hasFocus()
	took = untilAsked(b, w.c, func() {
		if err := keys.Do("key Return"); err != nil {
			b.Fatal(err)
		}
	})
	args = privateWindow(b, w.a).args
	focus(b, w.id)
	w.turns("the page without the wait", func() { w.press("Escape") })
	until(b, "the private window and its profile are gone", func() bool {
		return len(w.a.profiles()) == 0 && !slices.ContainsFunc(w.a.browsers(), isPrivate)
	})
	return took, args
}

// startsBare starts the browser by the command line of a private window, in a new profile and with another address.
func startsBare(b *testing.B, w *board, args []string, n int) time.Duration {
	b.Helper()
	folder := filepath.Join(w.a.temp(), fmt.Sprintf("bare-%d", n))
	own := slices.Clone(args[1:])
	for i, arg := range own {
		switch {
		case strings.HasPrefix(arg, "--user-data-dir="):
			own[i] = "--user-data-dir=" + folder
		case strings.HasPrefix(arg, "http:"):
			own[i] = w.c.Facts().Pages + "/portal/entra"
		}
	}
	cmd := exec.Command(chromium, own...)
	cmd.Env, cmd.Dir, cmd.SysProcAttr = w.a.env, w.a.home(), &syscall.SysProcAttr{Setpgid: true}
	took := untilAsked(b, w.c, func() {
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
	})
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)
	_ = cmd.Wait()
	until(b, "the bare browser is gone", func() bool {
		return !slices.ContainsFunc(w.a.browsers(), func(p process) bool { return strings.Contains(p.line(), folder) })
	})
	return took
}

// untilAsked does something and returns how long it took from there until a browser asked the practice cloud for something.
func untilAsked(b *testing.B, c *cloud, do func()) time.Duration {
	b.Helper()
	asked := func() int {
		n := 0
		for _, r := range c.Journal().Requests {
			if strings.HasPrefix(r.UserAgent, "Mozilla/") {
				n++
			}
		}
		return n
	}
	before, tick := asked(), time.NewTicker(time.Millisecond)
	defer tick.Stop()
	begin := time.Now()
	do()
	for asked() == before {
		if time.Since(begin) > patience {
			b.Fatalf("not within %v: the browser asks for a page", patience)
		}
		<-tick.C
	}
	return time.Since(begin)
}
