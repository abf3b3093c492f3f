package browser

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

const address = "http://localhost:1/start/ticket"

var background = context.Background()

// rehearsed is a Launcher with its profiles below root and a display that nobody needs.
func rehearsed(root string) *Launcher {
	l := New(Config{Root: root})
	l.env = func(string) string { return ":0" }
	return l
}

// fake is this test binary in the role of a browser.
func fake() Browser {
	exe, err := os.Executable()
	if err != nil {
		panic(err)
	}
	return Browser{ID: "chromium", Family: Chromium, Packaging: Native, Command: []string{exe}}
}

// as makes the processes that the test starts play a part, and gives the directory in which they announce themselves.
func as(t *testing.T, p string) (announced string) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv(part, p)
	t.Setenv("BROWSER_TEST_DIR", dir)
	return dir
}

func open(t *testing.T, l *Launcher) *Window {
	t.Helper()
	w, err := l.OpenPrivate(background, fake(), ModePrivate, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

// until waits for a condition, for at most 20 s.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	if err := retry(20*time.Second, 5*time.Millisecond, func() error {
		if ok() {
			return nil
		}
		return errors.New("not yet")
	}); err != nil {
		t.Fatalf("waited in vain: %s", what)
	}
}

// ready waits until so many processes have announced themselves, and gives their numbers.
func ready(t *testing.T, dir, prefix string, count int) []int {
	t.Helper()
	var pids []int
	until(t, strconv.Itoa(count)+" of "+prefix, func() bool {
		pids = nil
		found, _ := filepath.Glob(filepath.Join(dir, prefix+"*"))
		for _, f := range found {
			pid, err := strconv.Atoi(strings.TrimPrefix(filepath.Base(f), prefix))
			if err == nil {
				pids = append(pids, pid)
			}
		}
		return len(pids) >= count
	})
	return pids
}

func absent(path string) bool {
	_, err := os.Lstat(path)
	return errors.Is(err, fs.ErrNotExist)
}

func running(pid int) bool {
	_, err := identify(pid)
	return err == nil
}

func exitOf(t *testing.T, w *Window) Exit {
	t.Helper()
	select {
	case e := <-w.Exit():
		return e
	case <-time.After(20 * time.Second):
		t.Fatal("no exit was seen")
		return Exit{}
	}
}

func TestWindowTellsItsEnd(t *testing.T) {
	for _, code := range []int{0, 1, 21, 38} {
		as(t, "exit:"+strconv.Itoa(code))
		w := open(t, rehearsed(t.TempDir()))
		want := Exit{Code: code, HandedOver: runtime.GOOS == "windows" && (code == 0 || code == 38)}
		if got := exitOf(t, w); got != want {
			t.Errorf("exit %d: got %+v, want %+v", code, got, want)
		}
		if want.HandedOver {
			continue
		}
		until(t, "the folder to go", func() bool { return absent(w.Dir()) })
		if err := w.Close(); err != nil {
			t.Errorf("Close after the end: %v", err)
		}
	}
}

func TestWindowEndedByAnother(t *testing.T) {
	dir := as(t, "stay")
	w := open(t, rehearsed(t.TempDir()))
	ready(t, dir, "ready-", 1)
	if err := forceToEnd(w.Pid()); err != nil {
		t.Fatal(err)
	}
	if got := exitOf(t, w); runtime.GOOS != "windows" && got != (Exit{Code: -1}) {
		t.Errorf("got %+v", got)
	}
	until(t, "the folder to go", func() bool { return absent(w.Dir()) })
}

func TestCloseEndsTheWholeGroup(t *testing.T) {
	dir := as(t, "parent")
	root := t.TempDir()
	w := open(t, rehearsed(root))
	pids := ready(t, dir, "ready-", 2)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, pid := range pids {
		until(t, "process "+strconv.Itoa(pid)+" to end", func() bool { return !running(pid) })
	}
	if !absent(w.Dir()) {
		t.Error("the folder is still there")
	}
	if left, _ := os.ReadDir(root); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	exitOf(t, w)
}

func TestCloseForcesAStubbornBrowser(t *testing.T) {
	dir := as(t, "stubborn")
	w := open(t, rehearsed(t.TempDir()))
	ready(t, dir, "ready-", 1)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if running(w.Pid()) || !absent(w.Dir()) {
		t.Error("process or folder outlived Close")
	}
}

func TestCloseTwiceAndAtOnce(t *testing.T) {
	dir := as(t, "stay")
	w := open(t, rehearsed(t.TempDir()))
	ready(t, dir, "ready-", 1)
	errs := make(chan error, 3)
	for range cap(errs) {
		go func() { errs <- w.Close() }()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}

func TestWindowOutlivesTheContextOfItsOpening(t *testing.T) {
	dir := as(t, "stay")
	ctx, cancel := context.WithCancel(background)
	w, err := rehearsed(t.TempDir()).OpenPrivate(ctx, fake(), ModePrivate, address)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	ready(t, dir, "ready-", 1)
	cancel()
	// What the context would end, it ends within milliseconds.
	select {
	case e := <-w.Exit():
		t.Errorf("the window ended with the context: %+v", e)
	case <-time.After(time.Second):
	}
	if !running(w.Pid()) || absent(w.Dir()) {
		t.Error("process or profile ended with the context")
	}
}

func TestNothingIsLeftWhenNothingOpens(t *testing.T) {
	cancelled, cancel := context.WithCancel(background)
	cancel()
	good, missing, firefox, policy := fake(), fake(), fake(), fake()
	missing.Command = []string{filepath.Join(t.TempDir(), "missing")}
	firefox.Family = Firefox
	policy.Policy = PolicyForbidsPrivate
	notThere := fs.ErrNotExist
	if runtime.GOOS == "windows" {
		notThere = exec.ErrNotFound // looked for with every extension of a program
	}
	for name, c := range map[string]struct {
		browser Browser
		mode    Mode
		address string
		want    error
	}{
		"cancelled":         {good, ModePrivate, address, context.Canceled},
		"other address":     {good, ModePrivate, "http://127.0.0.1:1/", ErrAddress},
		"no mode":           {good, "", address, ErrMode},
		"no command":        {Browser{Family: Chromium}, ModePrivate, address, ErrMode},
		"other family":      {Browser{Family: Other, Command: good.Command}, ModePlain, address, ErrMode},
		"firefox guest":     {firefox, ModeGuest, address, ErrMode},
		"forbidden":         {policy, ModePrivate, address, ErrMode},
		"missing program":   {missing, ModePrivate, address, notThere},
		"plain, no program": {missing, ModePlain, address, notThere},
	} {
		root := t.TempDir()
		ctx := background
		if errors.Is(c.want, context.Canceled) {
			ctx = cancelled
		}
		w, err := rehearsed(root).OpenPrivate(ctx, c.browser, c.mode, c.address)
		if w != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, %v, want %v", name, w, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "ticket") {
			t.Errorf("%s: the error shows the address: %v", name, err)
		}
		if left, _ := os.ReadDir(root); len(left) != 0 {
			t.Errorf("%s: left behind: %v", name, left)
		}
	}
}

func TestNoDisplay(t *testing.T) {
	l := New(Config{Root: t.TempDir()})
	l.goos, l.env = "linux", func(string) string { return "" }
	_, err := l.OpenPrivate(background, fake(), ModePrivate, address)
	if !errors.Is(err, ErrNoDisplay) {
		t.Errorf("private: %v", err)
	}
	if err := l.OpenDefault(background, address); !errors.Is(err, ErrNoDisplay) {
		t.Errorf("default: %v", err)
	}
	if err := l.OpenWith(background, fake(), address); !errors.Is(err, ErrNoDisplay) {
		t.Errorf("with: %v", err)
	}
}

func TestHandedOver(t *testing.T) {
	for _, c := range []struct {
		goos  string
		code  int
		lived time.Duration
		want  bool
	}{
		{"windows", 38, time.Second, true},
		{"windows", 38, time.Hour, true},
		{"windows", 0, 9 * time.Second, true},
		{"windows", 0, 11 * time.Second, false},
		{"windows", 1, time.Second, false},
		{"windows", -1, time.Second, false},
		{"linux", 0, time.Second, false},
		{"linux", 38, time.Second, false},
		{"darwin", 0, time.Second, false},
	} {
		if got := handedOver(c.goos, c.code, c.lived); got != c.want {
			t.Errorf("%s, %d after %v: got %v", c.goos, c.code, c.lived, got)
		}
	}
}
