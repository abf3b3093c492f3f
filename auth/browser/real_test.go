//go:build e2e && linux

package browser

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// These tests open the browsers of this computer: as an ordinary user, with a display, a window manager and xdotool.

// visit is one request of a start page.
type visit struct {
	name   string
	cookie string
	agent  string
}

// site serves start pages that set a cookie and tell which one came.
type site struct {
	address string
	visits  chan visit
}

// page tells when it is shown.
const page = `<!doctype html><link rel=icon href="data:,"><title>Start %[1]s</title><h1>%[1]s</h1><script>
const painted = () => fetch("/painted/%[1]s", {method: "POST"});
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(painted, 300)));
</script>`

func serve(t *testing.T) site {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := site{fmt.Sprintf("http://localhost:%d", listener.Addr().(*net.TCPAddr).Port), make(chan visit, 16)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /start/{name}", func(w http.ResponseWriter, r *http.Request) {
		name := r.PathValue("name")
		http.SetCookie(w, &http.Cookie{Name: "session", Value: name, Path: "/"})
		http.SetCookie(w, &http.Cookie{Name: "kept", Value: name, Path: "/", MaxAge: 3600})
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, page, name)
		s.visits <- visit{name, r.Header.Get("Cookie"), r.UserAgent()}
	})
	mux.HandleFunc("POST /painted/{name}", func(_ http.ResponseWriter, r *http.Request) {
		s.visits <- visit{"painted " + r.PathValue("name"), r.Header.Get("Cookie"), r.UserAgent()}
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return s
}

func (s site) expect(t *testing.T, name string) visit {
	t.Helper()
	select {
	case v := <-s.visits:
		if v.name != name {
			t.Fatalf("got a visit to %s, want %s", v.name, name)
		}
		return v
	case <-time.After(45 * time.Second):
		t.Fatalf("%s was never asked for", name)
		return visit{}
	}
}

// opened opens a window and waits until its page is shown.
func (s site) opened(t *testing.T, l *Launcher, b Browser, m Mode, name string) (*Window, visit) {
	t.Helper()
	start := time.Now()
	w, err := l.OpenPrivate(background, b, m, s.address+"/start/"+name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	v := s.expect(t, name)
	t.Logf("%s: request after %v in %s, %s", name, time.Since(start).Round(10*time.Millisecond), w.Dir(), v.agent)
	if own := s.expect(t, "painted "+name).cookie; !strings.Contains(own, "session="+name) {
		t.Errorf("%s: its own cookie did not come back: %q", name, own)
	}
	return w, v
}

// usable are the browsers of this computer that open private windows.
func usable(t *testing.T) (*Launcher, []Browser) {
	t.Helper()
	l := New(Config{})
	if os.Getenv("DISPLAY") == "" || Elevated() {
		t.Fatal("these tests need a display and an ordinary user")
	}
	all, err := l.Installed(background)
	if err != nil {
		t.Fatal(err)
	}
	var good []Browser
	for _, b := range all {
		t.Logf("found %+v", b)
		if b.Family != Other {
			good = append(good, b)
		}
	}
	if len(good) == 0 {
		t.Fatal("no browser that opens private windows")
	}
	return l, good
}

// shown waits for the visible window of the browser, and gives its number.
func shown(t *testing.T, title string) string {
	t.Helper()
	var id string
	until(t, "the window "+title, func() bool {
		out, err := exec.Command("xdotool", "search", "--onlyvisible", "--name", "^"+title+" ").Output()
		id, _, _ = strings.Cut(strings.TrimSpace(string(out)), "\n")
		return err == nil && id != ""
	})
	return id
}

// titleOf is a window's title.
func titleOf(t *testing.T, id string) string {
	t.Helper()
	out, err := exec.Command("xdotool", "getwindowname", id).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// group are the processes of the window's process group.
func group(t *testing.T, w *Window) []int {
	t.Helper()
	entries, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		t.Fatal(err)
	}
	var pids []int
	for _, e := range entries {
		pid, _ := strconv.Atoi(filepath.Base(e))
		if pgid, err := unix.Getpgid(pid); err == nil && pgid == w.Pid() && running(pid) {
			pids = append(pids, pid)
		}
	}
	return pids
}

// TestRealWindows opens every rung of every browser twice at the same time: neither window sees the other's cookies.
func TestRealWindows(t *testing.T) {
	l, browsers := usable(t)
	s := serve(t)
	for _, b := range browsers {
		for _, m := range b.Modes() {
			t.Run(b.ID+"-"+string(m), func(t *testing.T) {
				name := b.ID + "-" + string(m)
				one, first := s.opened(t, l, b, m, name+"-one")
				two, second := s.opened(t, l, b, m, name+"-two")
				if first.cookie != "" || second.cookie != "" {
					t.Errorf("cookies came along: %q, %q", first.cookie, second.cookie)
				}
				t.Logf("title: %s", titleOf(t, shown(t, "Start "+name+"-two")))
				if shots := os.Getenv("BROWSER_TEST_SHOTS"); shots != "" {
					_ = exec.Command("import", "-window", "root", filepath.Join(shots, name+".png")).Run()
				}
				for _, w := range []*Window{one, two} {
					pids := group(t, w)
					start := time.Now()
					if err := w.Close(); err != nil {
						t.Error(err)
					}
					t.Logf("ended %d processes in %v, exit %+v", len(pids), time.Since(start).Round(10*time.Millisecond), exitOf(t, w))
					if !absent(w.Dir()) {
						t.Error("the folder is still there")
					}
					until(t, "the group to end", func() bool { return len(group(t, w)) == 0 })
				}
			})
		}
	}
}

// TestRealKept looks at every rung of every browser from outside: an ordinary window shows itself, and one off the record never does.
func TestRealKept(t *testing.T) {
	l, browsers := usable(t)
	s := serve(t)
	for _, b := range browsers {
		for _, m := range b.Modes() {
			t.Run(b.ID+"-"+string(m), func(t *testing.T) {
				w, _ := s.opened(t, l, b, m, b.ID+"-"+string(m)+"-0123456789")
				start, kept, want, limit := time.Now(), Kept(""), KeptNothing, 15*time.Second
				if m == ModePlain {
					want, limit = KeptPages, 45*time.Second
				}
				_ = retry(limit, 200*time.Millisecond, func() error {
					if kept = w.Kept(); kept != KeptPages {
						return errors.New("not yet")
					}
					return nil
				})
				t.Logf("%s after %v", kept, time.Since(start).Round(100*time.Millisecond))
				if kept != want {
					t.Errorf("got %s, want %s", kept, want)
				}
				if err := w.Close(); err != nil {
					t.Error(err)
				}
				if got := w.Kept(); got != KeptUnknown {
					t.Errorf("closed: %s", got)
				}
			})
		}
	}
}

// TestRealDefault opens the everyday browser, which keeps its cookies to itself.
func TestRealDefault(t *testing.T) {
	l, browsers := usable(t)
	s := serve(t)
	start := time.Now()
	if err := l.OpenDefault(background, s.address+"/start/everyday"); err != nil {
		t.Fatal(err)
	}
	t.Logf("returned after %v", time.Since(start).Round(10*time.Millisecond))
	s.expect(t, "everyday")
	s.expect(t, "painted everyday")
	id := shown(t, "Start everyday")
	for _, b := range browsers {
		w, v := s.opened(t, l, b, b.Modes()[0], b.ID)
		if v.cookie != "" {
			t.Errorf("%s sent the everyday cookie: %q", b.ID, v.cookie)
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}
	quit(t, id)
}

// quit closes a window as a person does.
func quit(t *testing.T, id string) {
	t.Helper()
	out, err := exec.Command("xdotool", "windowactivate", "--sync", id, "key", "--clearmodifiers", "alt+F4").CombinedOutput()
	if err != nil {
		t.Fatalf("xdotool: %v, %s", err, out)
	}
}

// TestRealWindowClosedByThePerson closes the window as a person does.
func TestRealWindowClosedByThePerson(t *testing.T) {
	l, browsers := usable(t)
	s := serve(t)
	for _, b := range browsers {
		t.Run(b.ID, func(t *testing.T) {
			w, _ := s.opened(t, l, b, b.Modes()[0], b.ID)
			id := shown(t, "Start "+b.ID)
			start := time.Now()
			quit(t, id)
			if e := exitOf(t, w); e != (Exit{}) {
				t.Errorf("got %+v", e)
			}
			t.Logf("noticed after %v", time.Since(start).Round(10*time.Millisecond))
			until(t, "the folder to go", func() bool { return absent(w.Dir()) })
		})
	}
}

// TestRealWindowKilled kills the browser from outside.
func TestRealWindowKilled(t *testing.T) {
	l, browsers := usable(t)
	s := serve(t)
	for _, b := range browsers {
		t.Run(b.ID, func(t *testing.T) {
			w, _ := s.opened(t, l, b, b.Modes()[0], b.ID)
			if err := unix.Kill(w.Pid(), unix.SIGKILL); err != nil {
				t.Fatal(err)
			}
			if e := exitOf(t, w); e != (Exit{Code: -1}) {
				t.Errorf("got %+v", e)
			}
			until(t, "the folder to go", func() bool { return absent(w.Dir()) })
			until(t, "the group to end", func() bool { return len(group(t, w)) == 0 })
		})
	}
}

// TestRealSandbox reports whether the renderers of Chromium are in a namespace of their own, behind a filter of system calls.
func TestRealSandbox(t *testing.T) {
	l, browsers := usable(t)
	s := serve(t)
	for _, b := range browsers {
		if b.Family != Chromium {
			continue
		}
		w, _ := s.opened(t, l, b, b.Modes()[0], b.ID)
		renderers := 0
		for _, pid := range group(t, w) {
			args, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
			if !strings.Contains(string(args), "--type=renderer") {
				continue
			}
			renderers++
			if numbers, filter := status(t, pid, "NSpid"), status(t, pid, "Seccomp"); len(numbers) < 2 || filter[0] != "2" {
				t.Errorf("%s: renderer %d has NSpid %q, Seccomp %q", b.ID, pid, numbers, filter)
			}
		}
		if renderers == 0 {
			t.Errorf("%s: no renderer was found", b.ID)
		}
	}
}

// status is one field of /proc/PID/status.
func status(t *testing.T, pid int, field string) []string {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if name, value, _ := strings.Cut(line, ":"); name == field {
			return strings.Fields(value)
		}
	}
	t.Fatalf("no %s of %d", field, pid)
	return nil
}

// TestRealSweep leaves a browser behind as a killed program does.
func TestRealSweep(t *testing.T) {
	l, browsers := usable(t)
	s := serve(t)
	for _, b := range browsers {
		t.Run(b.ID, func(t *testing.T) {
			w, _ := s.opened(t, l, b, b.Modes()[0], b.ID)
			n, err := w.folder.read()
			if err != nil {
				t.Fatal(err)
			}
			n.Owner.Started = "before"
			if err := w.folder.write(n); err != nil {
				t.Fatal(err)
			}
			if err := l.Sweep(); err != nil {
				t.Fatal(err)
			}
			if running(w.Pid()) || !absent(w.Dir()) {
				t.Error("browser or folder is still there")
			}
			exitOf(t, w)
		})
	}
}
