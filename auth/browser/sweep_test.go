package browser

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"
)

// made makes a folder with that note, or with none.
func made(t *testing.T, root string, n *note) folder {
	t.Helper()
	f, err := newFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	if n == nil {
		err = os.Remove(filepath.Join(f.path, "owner.json"))
	} else {
		err = f.write(*n)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// dead is a process of ours that was killed.
func dead(t *testing.T) processID {
	t.Helper()
	dir := as(t, "stay")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ready(t, dir, "ready-", 1)
	id, err := identify(cmd.Process.Pid)
	if err != nil || !id.alive() {
		t.Fatalf("a running process is not alive: %v", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	until(t, "a killed process to count as dead before it was waited for", func() bool { return !id.alive() })
	_ = cmd.Wait()
	return id
}

func TestSweepKeepsWhatIsInUse(t *testing.T) {
	root := t.TempDir()
	me, err := identify(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	recycled := me
	recycled.Started += "0"
	for _, c := range []struct {
		name string
		note *note
		kept bool
	}{
		{"a living owner's", &note{Owner: me}, true},
		{"a dead owner's", &note{Owner: dead(t)}, false},
		{"a recycled number's", &note{Owner: recycled}, false},
		{"an abandoned one", &note{}, false},
		{"one just being made", nil, true},
	} {
		f := made(t, root, c.note)
		if err := rehearsed(root).Sweep(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if got := !absent(f.path); got != c.kept {
			t.Errorf("%s: kept %v, want %v", c.name, got, c.kept)
		}
	}
}

func TestSweepRemovesAnOldFolderWithoutNote(t *testing.T) {
	root := t.TempDir()
	f := made(t, root, nil)
	broken := made(t, root, &note{})
	if err := os.WriteFile(filepath.Join(broken.path, "owner.json"), []byte(`{"owner":`), 0o600); err != nil {
		t.Fatal(err)
	}
	l := rehearsed(root)
	l.now = func() time.Time { return time.Now().Add(9 * time.Minute) }
	if err := l.Sweep(); err != nil {
		t.Fatal(err)
	}
	if absent(f.path) || absent(broken.path) {
		t.Error("a folder that may just be made is gone")
	}
	l.now = func() time.Time { return time.Now().Add(11 * time.Minute) }
	if err := l.Sweep(); err != nil {
		t.Fatal(err)
	}
	if !absent(f.path) || !absent(broken.path) {
		t.Error("an old folder is still there")
	}
}

func TestSweepTouchesNothingElse(t *testing.T) {
	root := t.TempDir()
	other := filepath.Join(root, "other")
	file := filepath.Join(root, "pcc-browser-file")
	target := t.TempDir()
	if err := errors.Join(os.Mkdir(other, 0o700), os.WriteFile(file, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(root, "pcc-browser-link")
	if err := os.Symlink(target, link); err != nil && runtime.GOOS != "windows" {
		t.Fatal(err)
	}
	l := rehearsed(root)
	l.now = func() time.Time { return time.Now().Add(time.Hour) }
	if err := l.Sweep(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{other, file, target} {
		if absent(path) {
			t.Errorf("%s is gone", path)
		}
	}
	if runtime.GOOS != "windows" && absent(link) {
		t.Error("the link is gone")
	}
	if err := rehearsed(filepath.Join(root, "nowhere")).Sweep(); err != nil {
		t.Errorf("no directory: %v", err)
	}
}

func TestSweepEndsTheBrowserOfAKilledProgram(t *testing.T) {
	root := t.TempDir()
	dir := as(t, "owner:"+root)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	owner := exec.Command(exe)
	if err := owner.Start(); err != nil {
		t.Fatal(err)
	}
	window := ready(t, dir, "window-", 1)[0]
	ready(t, dir, "ready-", 1)
	l := rehearsed(root)
	if err := l.Sweep(); err != nil || !running(window) {
		t.Fatalf("a living program's window was swept: %v", err)
	}
	if err := owner.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = owner.Wait()
	if err := l.Sweep(); err != nil {
		t.Fatal(err)
	}
	if running(window) {
		t.Error("browser " + strconv.Itoa(window) + " still runs")
	}
	if left, _ := os.ReadDir(root); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestSweepLeavesAStrangerWithTheBrowsersNumberAlone(t *testing.T) {
	root := t.TempDir()
	dir := as(t, "stay")
	stranger := open(t, rehearsed(t.TempDir()))
	ready(t, dir, "ready-", 1)
	f := made(t, root, &note{Browser: processID{PID: stranger.Pid(), Started: "another time"}})
	if err := rehearsed(root).Sweep(); err != nil {
		t.Fatal(err)
	}
	if !running(stranger.Pid()) {
		t.Error("a stranger was ended")
	}
	if !absent(f.path) {
		t.Error("the folder is still there")
	}
}

func TestRetry(t *testing.T) {
	calls := 0
	err := retry(time.Minute, time.Microsecond, func() error {
		if calls++; calls < 3 {
			return errStillRuns
		}
		return nil
	})
	if err != nil || calls != 3 {
		t.Errorf("got %v after %d calls", err, calls)
	}
	calls = 0
	err = retry(0, time.Microsecond, func() error { calls++; return errStillRuns })
	if !errors.Is(err, errStillRuns) || calls != 1 {
		t.Errorf("no time: got %v after %d calls", err, calls)
	}
}
