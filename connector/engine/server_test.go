package engine_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/keeper"
)

// serverTask tells a process of this program that it is a server: the clouds file, and the address, prefix and name of its credential.
const serverTask = "PCC_TEST_SERVER"

// TestMain makes of a process of this program what it was started as: a server, or the tests.
func TestMain(m *testing.M) {
	if task := strings.Fields(os.Getenv(serverTask)); len(task) > 0 {
		os.Exit(serve(task, os.Stdout))
	}
	os.Exit(m.Run())
}

// serve is a server, a day and an hour from now: it gets a token, and prints it.
func serve(task []string, out io.Writer) (status int) {
	ports, err := engine.ServerPorts(engine.Options{CloudsFile: task[0], Rehearsal: true, Now: func() time.Time { return time.Now().Add(25 * time.Hour) }})
	if err != nil {
		_, _ = fmt.Fprintln(out, "clouds file:", err)
		return 1
	}
	token, err := keeper.Keeper{Ports: ports}.VaultToken(context.Background(), "rehearsal", connector.VaultPlace{URL: task[1], Prefix: task[2], Name: task[3]}, auth.PartnerCenter)
	if err != nil || token.Value.Empty() {
		_, _ = fmt.Fprintln(out, "token:", err)
		return 1
	}
	_, _ = fmt.Fprint(out, "token ", token.Value.Reveal())
	return 0
}

// TestTenProcessesAtOnce are ten servers, each a process with a home of its own: none fails, there are at most ten refreshes, the newest version in the vault
// works, and none leaves anything on its disk. The vault's version is too old for each of them.
func TestTenProcessesAtOnce(t *testing.T) {
	w, id := azured(t)
	plan, err := w.engine.Keeper().PlanHandover(t.Context(), id, connector.VaultPlace{URL: w.vaultOf("contoso"), WithSecret: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.engine.Keeper().HandOver(t.Context(), id, plan, true, nil); err != nil {
		t.Fatal(err)
	}
	before := w.refreshes()
	type outcome struct {
		text string
		err  error
	}
	outcomes, homes := make(chan outcome), []string{}
	for range 10 {
		home := t.TempDir()
		homes = append(homes, home)
		go func() {
			text, err := w.process(t.Context(), home, plan.Place)
			outcomes <- outcome{text, err}
		}()
	}
	tokens := map[string]bool{}
	for range 10 {
		o := <-outcomes
		_, token, ok := strings.Cut(o.text, "token ")
		if o.err != nil || !ok {
			t.Errorf("one failed: %v: %s", o.err, o.text)
		}
		tokens[token] = true
	}
	if made := w.refreshes() - before; made != 10 || len(tokens) != 10 {
		t.Errorf("%d refreshes, %d tokens", made, len(tokens))
	}
	for _, home := range homes {
		w.nothingLeft(t, home)
	}
	if token, err := w.server(0).VaultToken(t.Context(), "rehearsal", plan.Place, auth.PartnerCenter); err != nil || token.Value.Empty() {
		t.Errorf("the newest version is of no use: %v", err)
	}
}

// nothingLeft checks that a server has made no config folder, and has written no secret anywhere. What the system's own tools keep, which are asked for the
// proxy, is theirs.
func (w *world) nothingLeft(t *testing.T, home string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(home, "config")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is a config folder: %v", err)
	}
	err := filepath.WalkDir(home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, secret := range w.cloud.Journal().Issued() {
			if strings.Contains(string(data), secret) {
				t.Errorf("%s has a secret", path)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// process runs a server as a process with a home.
func (w *world) process(ctx context.Context, home string, place connector.VaultPlace) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Dir = home
	cmd.Env = append(os.Environ(),
		"HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, "config"), "AppData="+home, "TMPDIR="+home,
		serverTask+"="+strings.Join([]string{filepath.Join(w.dir, "clouds.toml"), place.URL, place.Prefix, place.Name}, " "))
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// refreshes is how many refresh tokens the cloud was sent.
func (w *world) refreshes() int {
	n := 0
	for _, r := range w.cloud.Journal().Requests {
		if r.Endpoint == "token" && r.Grant == "refresh_token" {
			n++
		}
	}
	return n
}
