//go:build e2e && linux

package e2e

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"partner-center-connector/rehearsal"
)

// TestTheSearchFindsWhatIsThere plants secrets, so that finding none means something.
func TestTheSearchFindsWhatIsThere(t *testing.T) {
	a, secret := newAccount(t, chromium), "1.practice."+strings.Repeat("aB3-", 30)+"end"
	for name, data := range map[string]string{
		"plain": "x" + secret, "cut": secret[40:], "wide": string(wide("xy" + secret)),
		"base64": base64.StdEncoding.EncodeToString([]byte("{" + secret)), "base64url": base64.RawURLEncoding.EncodeToString([]byte("{:" + secret)),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(a.temp(), "planted")
			if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
			if found := leaks(a, []string{secret}); len(found) != 1 {
				t.Errorf("found %q", found)
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		})
	}
	if found := leaks(a, []string{secret}); len(found) != 0 {
		t.Errorf("found in nothing: %q", found)
	}
}

// TestNoSecretIsLeftAnywhere searches for everything that the cloud issued while a connector is made and used, and afterwards.
func TestNoSecretIsLeftAnywhere(t *testing.T) {
	for _, c := range []struct{ kind, private string }{{"public", chromium}, {"secret", firefox}, {"certificate", chromium}} {
		t.Run(c.kind+" "+c.private, func(t *testing.T) {
			a, cl := newAccount(t, chromium).logsAll(), newCloud(t, "good", true)
			input, args := cl.connect(a, c.kind, connectorName, "--user-browser", c.private)
			search := searchAllTheTime(a, cl)
			runs := []result{a.pcc(cl, input, args...)}
			a.pcc(cl, "", "token", connectorName, "--json").exits(0)
			runs = append(runs, a.pcc(cl, "", "check", "--all"))
			runs = append(runs, a.pcc(cl, "", "renew", connectorName, "--no-input", "--yes", "--user-browser", c.private))
			search()
			expectNoLeak(t, a, cl)
			runs = append(runs, a.pcc(cl, "", "remove", connectorName, "--yes"))
			expectNoLeak(t, a, cl)
			expectLogged(t, a, `"browser started"`, `"user consent answered"`, `"connector saved"`, `"token handed out"`, `"connector checked"`, `"connector removed"`)
			for _, r := range runs {
				r.exits(0).tellsNone(cl.Journal().Issued())
			}
		})
	}
}

// TestNoSecretIsLeftByACut cuts everything off at the worst moment: the browser has brought the code, and nobody has redeemed it.
func TestNoSecretIsLeftByACut(t *testing.T) {
	for _, private := range []string{chromium, firefox} {
		t.Run(private, func(t *testing.T) {
			a, c := newAccount(t, chromium).logsAll(), newCloud(t, "redeem-silent", true)
			input, args := c.connect(a, "secret", connectorName, "--user-browser", private)
			p := a.start(a.env, input, terminal, c.args(args...)...)
			window := privateWindow(t, a)
			until(t, "the code is being redeemed", func() bool {
				return slices.ContainsFunc(c.Journal().Requests, func(r rehearsal.Request) bool { return r.Grant == "authorization_code" })
			})
			expectNoLeak(t, a, c)
			p.kill()
			expectNoLeak(t, a, c)
			// The browser is killed too, with no time to tidy up.
			end(t, window.pid)
			if len(a.profiles()) != 1 {
				t.Errorf("profiles: %q", a.profiles())
			}
			expectNoLeak(t, a, c)
		})
	}
}

// tellsNone checks that a program printed no secret.
func (r result) tellsNone(secrets []string) {
	r.t.Helper()
	for _, n := range needles(secrets) {
		if strings.Contains(r.stdout+r.stderr, string(n.text)) {
			r.t.Errorf("%s printed a secret (%s)", r.args[1], n.form)
		}
	}
}

func end(tb testing.TB, pid int) {
	tb.Helper()
	if p, err := os.FindProcess(pid); err != nil || p.Kill() != nil {
		tb.Fatalf("process %d can't be killed", pid)
	}
	until(tb, "the browser has ended", func() bool { return !alive(pid) })
}

func expectNoLeak(tb testing.TB, a *account, c *cloud) {
	tb.Helper()
	if found := leaks(a, c.Journal().Issued()); len(found) != 0 {
		tb.Errorf("%s", withoutTwins(found))
	}
}

// searchAllTheTime searches over and over until the returned function is called, which tells what was found, and fails where there
// was nothing to search.
func searchAllTheTime(a *account, c *cloud) func() {
	search := searchOn(a, func() []string { return leaks(a, c.Journal().Issued()) })
	return func() {
		a.t.Helper()
		if done := search(); done.profiles*done.environments*len(c.Journal().Issued()) == 0 {
			a.t.Error("there was nothing to find, or nothing to search")
		}
	}
}

// extent is how much was searched, all rounds together. Our own programs let nobody read their environment.
type extent struct{ rounds, profiles, processes, environments int }

// searchOn is searchAllTheTime for whatever look finds.
func searchOn(a *account, look func() []string) func() extent {
	var found []string
	var done extent
	stop := make(chan struct{})
	var work sync.WaitGroup
	work.Go(func() {
		pause := time.NewTicker(500 * time.Millisecond)
		defer pause.Stop()
		for {
			found = append(found, look()...)
			running := a.processes()
			done.rounds++
			done.profiles += len(a.profiles())
			done.processes += len(running)
			done.environments += len(slices.DeleteFunc(running, func(p process) bool { return len(p.env) == 0 }))
			select {
			case <-pause.C:
			case <-stop:
				return
			}
		}
	})
	finish := sync.OnceFunc(func() { close(stop); work.Wait() })
	a.t.Cleanup(finish)
	return func() extent {
		a.t.Helper()
		finish()
		a.t.Logf("searched %+v", done)
		if len(found) != 0 {
			a.t.Errorf("%s", withoutTwins(found))
		}
		if done.processes == 0 {
			a.t.Error("there was nothing to search")
		}
		return done
	}
}
