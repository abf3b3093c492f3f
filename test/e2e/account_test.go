//go:build e2e && linux

package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The browsers by the names of their desktop files.
const (
	chromium = "chromium"
	firefox  = "firefox-esr"
)

// account is an account of its own on this computer: a home and an environment with nothing in it yet. There is one at a time.
type account struct {
	t    testing.TB
	root string
	env  []string
	// papers is a folder beside the account: what a person has at hand, and what the programs print.
	papers string
}

// newAccount makes one whose default browser is that of the desktop file.
func newAccount(tb testing.TB, standard string) *account {
	tb.Helper()
	// The names stay short: a socket's path has at most 107 bytes.
	root, err := os.MkdirTemp("", "pcc-e2e-")
	if err != nil {
		tb.Fatal(err)
	}
	a := &account{t: tb, root: root, papers: tb.TempDir()}
	a.env = a.environment()
	for _, folder := range []string{a.home(), a.run(), a.temp(), a.path("home/.config")} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			tb.Fatal(err)
		}
	}
	file := standard + ".desktop"
	a.write("home/.config/mimeapps.list", "[Default Applications]\nx-scheme-handler/http="+file+"\nx-scheme-handler/https="+file+"\ntext/html="+file+"\n")
	tb.Cleanup(a.end)
	return a
}

func (a *account) environment() []string {
	env := []string{
		"HOME=" + a.home(), "TMPDIR=" + a.temp(), "XDG_RUNTIME_DIR=" + a.run(), "XDG_CONFIG_HOME=" + a.path("home/.config"),
		"XDG_DATA_HOME=" + a.path("home/.local/share"), "XDG_CACHE_HOME=" + a.path("home/.cache"), "LANG=C.UTF-8",
		"XDG_CURRENT_DESKTOP=X-Generic", "NO_AT_BRIDGE=1", "LIBGL_ALWAYS_SOFTWARE=1",
	}
	for _, name := range []string{"PATH", "USER", "LOGNAME", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS"} {
		env = append(env, name+"="+os.Getenv(name))
	}
	return env
}

func (a *account) path(name string) string { return filepath.Join(a.root, name) }
func (a *account) home() string            { return a.path("home") }
func (a *account) run() string             { return a.path("run") }
func (a *account) temp() string            { return a.path("tmp") }
func (a *account) config() string          { return a.path("home/.config/partner-center-connector") }

func (a *account) write(name, text string) {
	a.t.Helper()
	if err := os.WriteFile(a.path(name), []byte(text), 0o600); err != nil {
		a.t.Fatal(err)
	}
}

// paper writes a file that a person has at hand, and returns its path.
func (a *account) paper(name, text string) string {
	a.t.Helper()
	path := filepath.Join(a.papers, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		a.t.Fatal(err)
	}
	return path
}

// without is the environment without some variables.
func (a *account) without(names ...string) []string {
	return slices.DeleteFunc(slices.Clone(a.env), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return slices.Contains(names, name)
	})
}

// processes are all that were started in the account and still run, with those whose parents have ended.
func (a *account) processes() []process {
	return family(func(p process) bool { return p.parent == os.Getpid() && !helpers.has(p.pid) })
}

// browsers are the processes that a browser's command started, not their children.
func (a *account) browsers() []process {
	return slices.DeleteFunc(a.processes(), func(p process) bool { return !isBrowser(p) })
}

func isBrowser(p process) bool {
	if len(p.args) == 0 || strings.Contains(p.line(), "--type=") || slices.Contains(p.args, "-contentproc") {
		return false
	}
	name := filepath.Base(p.args[0])
	return name == "chromium" || name == "firefox-esr"
}

// profiles are the throw-away folders of private windows.
func (a *account) profiles() []string {
	var all []string
	for _, folder := range []string{a.run(), a.temp()} {
		found, _ := filepath.Glob(filepath.Join(folder, "pcc-browser-*"))
		all = append(all, found...)
	}
	return all
}

// end ends every process of the account and removes what it left.
func (a *account) end() {
	for _, p := range a.stopAll() {
		a.t.Errorf("could not be ended: %d %s", p.pid, p.line())
	}
	emptyKeychain(a.t)
	// A process that was killed a moment ago may still be letting go of its files.
	var err error
	if !comes(5*time.Second, func() bool { err = os.RemoveAll(a.root); return err == nil }) {
		a.t.Errorf("the account's folder is still there: %v", err)
	}
}

// stopAll asks every process to end, kills those that don't, and returns those that are left. A browser that ends starts others,
// and one that has just been killed is still seen for a moment: only what stays counts.
func (a *account) stopAll() []process {
	left := a.processes()
	gone := func(signal syscall.Signal) bool {
		left = a.processes()
		for _, p := range left {
			_ = syscall.Kill(p.pid, signal)
		}
		return len(left) == 0
	}
	if !comes(5*time.Second, func() bool { return gone(syscall.SIGTERM) }) || len(a.processes()) > 0 {
		comes(20*time.Second, func() bool { return gone(syscall.SIGKILL) })
	}
	return left
}
