//go:build linux

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// envProgram makes this test program pcc; with the argument askPaste, one that asks for something to be pasted and nothing else.
const (
	envProgram = "PCC_TEST_PROGRAM"
	askPaste   = "ask-paste"
)

func TestMain(m *testing.M) {
	if os.Getenv(envProgram) != "" && slices.Contains(os.Args, askPaste) {
		text, err := readPaste(os.Stdin, &marking{out: os.Stderr})
		_, _ = fmt.Fprintf(os.Stderr, "%d bytes, %v", len(text), err)
		os.Exit(0)
	}
	if os.Getenv(envProgram) != "" {
		os.Exit(run())
	}
	os.Exit(m.Run())
}

// terminal is a terminal with pcc in it: what a person types goes into keys, what is shown there is kept.
type terminal struct {
	t         *testing.T
	keys, tty *os.File
	pcc       *exec.Cmd
	mu        sync.Mutex
	shown     bytes.Buffer
}

func openTerminal(t *testing.T, args ...string) *terminal {
	t.Helper()
	keys, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(keys.Fd()), unix.TIOCGPTN)
	err = errors.Join(err, unix.IoctlSetPointerInt(int(keys.Fd()), unix.TIOCSPTLCK, 0))
	if err != nil {
		t.Fatal(err)
	}
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	w := &terminal{t: t, keys: keys, tty: tty, pcc: exec.CommandContext(ctx, os.Args[0], args...)}
	w.pcc.Env = append(os.Environ(), envProgram+"=1", "GOCOVERDIR="+t.TempDir())
	w.pcc.Stdin, w.pcc.Stdout, w.pcc.Stderr = tty, tty, tty
	w.pcc.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Pdeathsig: syscall.SIGKILL}
	if err := w.pcc.Start(); err != nil {
		t.Fatal(err)
	}
	var reading sync.WaitGroup
	reading.Go(func() { _, _ = io.Copy(w, keys) })
	t.Cleanup(func() {
		cancel()
		_ = w.pcc.Process.Kill()
		_, _ = w.pcc.Process.Wait()
		_ = tty.Close()
		reading.Wait() // ends with the last that has the terminal open
		_ = keys.Close()
	})
	return w
}

func (w *terminal) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.shown.Write(p)
}

func (w *terminal) text() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.shown.String()
}

func (w *terminal) types(keys string) {
	w.t.Helper()
	if _, err := w.keys.WriteString(keys); err != nil {
		w.t.Fatal(err)
	}
}

// shows reports whether the terminal shows what is typed.
func (w *terminal) shows() bool {
	w.t.Helper()
	state, err := unix.IoctlGetTermios(int(w.tty.Fd()), unix.TCGETS)
	if err != nil {
		w.t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

func (w *terminal) until(what string, ok func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); {
		if time.Now().After(deadline) {
			w.t.Fatalf("waited too long until %s; the terminal shows %q", what, w.text())
		}
		<-time.After(2 * time.Millisecond)
	}
}

// atTheSecret is pcc when it asks for a client secret.
func atTheSecret(t *testing.T, dir string) *terminal {
	t.Helper()
	w := openTerminal(t, "connect", "--secret-stdin", "--client-kind", "secret", "--name", "Practice", "--config-dir", dir, "--lang", "en")
	w.until("the secret is asked for", func() bool { return strings.Contains(w.text(), "Client secret:") && !w.shows() })
	return w
}

// TestStoppedAtTheSecret: whoever stops pcc at the question that hides what is typed finds the terminal as it was before, and nothing of
// the secret anywhere.
func TestStoppedAtTheSecret(t *testing.T) {
	for name, stop := range map[string]func(w *terminal){
		"Ctrl+C": func(w *terminal) { w.types("half-a-secret\x03") },
		"ended":  func(w *terminal) { w.signal(syscall.SIGTERM) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "config")
			w := atTheSecret(t, dir)
			stop(w)
			err := w.pcc.Wait()
			if code := w.pcc.ProcessState.ExitCode(); code != 1 {
				t.Errorf("exit code %d (%v)", code, err)
			}
			if !w.shows() {
				t.Error("the terminal does not show what is typed any more")
			}
			w.until("it says so", func() bool { return strings.Contains(w.text(), "Stopped.") })
			if strings.Contains(w.text(), "half") {
				t.Errorf("the terminal shows %q", w.text())
			}
			entries, err := os.ReadDir(dir)
			if err != nil || len(entries) != 1 || entries[0].Name() != "log" {
				t.Errorf("kept: %v, %v", entries, err)
			}
			log, err := os.ReadFile(filepath.Join(dir, "log", "log.txt"))
			if told := string(log); err != nil || !strings.Contains(told, ` command="pcc connect" exit=1 `) || strings.Contains(told, "half") {
				t.Errorf("logged: %s, %v", log, err)
			}
		})
	}
}

func (w *terminal) signal(s os.Signal) {
	w.t.Helper()
	if err := w.pcc.Process.Signal(s); err != nil {
		w.t.Fatal(err)
	}
}

// TestASecondCtrlCAtTheSecret: where the program takes its time to end, here because the terminal was halted with Ctrl+S, a second Ctrl+C
// ends it at once. The terminal is as before even then.
func TestASecondCtrlCAtTheSecret(t *testing.T) {
	w := atTheSecret(t, filepath.Join(t.TempDir(), "config"))
	const halt, goOn = 0, 1
	if err := unix.IoctlSetInt(int(w.tty.Fd()), unix.TCXONC, halt); err != nil {
		t.Fatal(err)
	}
	w.signal(syscall.SIGINT)
	w.until("the terminal shows again what is typed", w.shows)
	// The very moment at which the program takes no more notice of it can't be seen.
	ended := make(chan struct{})
	go func() { _ = w.pcc.Wait(); close(ended) }()
	w.until("it ends", func() bool {
		_ = w.pcc.Process.Signal(syscall.SIGINT)
		select {
		case <-ended:
			return true
		default:
			return false
		}
	})
	status, ok := w.pcc.ProcessState.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() || status.Signal() != syscall.SIGINT {
		t.Errorf("it ended by itself: %v", w.pcc.ProcessState)
	}
	if !w.shows() {
		t.Error("the terminal does not show what is typed any more")
	}
	if err := unix.IoctlSetInt(int(w.tty.Fd()), unix.TCXONC, goOn); err != nil {
		t.Error(err)
	}
}

// TestAPasteAtATerminal holds that what is pasted arrives whole, however long its lines are, that the terminal shows nothing of it, and that it
// is as before then.
func TestAPasteAtATerminal(t *testing.T) {
	long := strings.Repeat("secret", 2000)
	for name, c := range map[string]struct{ keys, says string }{
		"marked":     {pasteBegin + long + "\r\r" + long + pasteEnd + "\r", "24002 bytes, <nil>"},
		"not marked": {long + "\r\r\r", "12000 bytes, <nil>"},
		"Ctrl+C":     {"secret\x03", "0 bytes, EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			w := openTerminal(t, askPaste)
			w.until("it waits", func() bool { return strings.Contains(w.text(), marksOn) && !w.shows() })
			w.types(c.keys)
			w.until("it ends", func() bool { return strings.Contains(w.text(), c.says) })
			if !w.shows() || !strings.Contains(w.text(), marksOff) || strings.Contains(w.text(), "secret") {
				t.Errorf("the terminal shows %q", w.text())
			}
		})
	}
}
