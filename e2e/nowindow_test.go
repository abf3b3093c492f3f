//go:build e2e && linux

package e2e

import (
	"bufio"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// startLimit is how long the window program may take to say that there will be no window.
const startLimit = 20 * time.Second

// TestWithoutAWindowItNamesTheTerminalProgram starts the window program where no window can come: without a display, on one that
// is not there, and on one without OpenGL.
func TestWithoutAWindowItNamesTheTerminalProgram(t *testing.T) {
	for _, c := range []struct {
		name    string
		display func(*testing.T) string
	}{
		{"no display", func(*testing.T) string { return "" }},
		{"a display that is not there", func(*testing.T) string { return ":4242" }},
		{"a display without OpenGL", displayWithoutOpenGL},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newAccount(t, chromium)
			env := a.without("DISPLAY")
			if display := c.display(t); display != "" {
				env = append(env, "DISPLAY="+display)
			}
			r := a.start(env, "", window, "--lang", "en").result(startLimit).exits(1)
			if !strings.Contains(r.stderr, "pcc connect") {
				t.Errorf("it does not name the terminal program:\n%s", r.stderr)
			}
			for _, word := range []string{"panic", "goroutine", "SIGSEGV"} {
				if strings.Contains(r.stderr+r.stdout, word) {
					t.Errorf("it crashed:\n%s", r.stderr)
				}
			}
		})
	}
}

// displayWithoutOpenGL starts a display for this test and returns its name.
func displayWithoutOpenGL(t *testing.T) string {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = read.Close() }()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "800x600x24", "-nolisten", "tcp", "-extension", "GLX")
	server.ExtraFiles = []*os.File{write}
	server.Env = slices.DeleteFunc(os.Environ(), func(entry string) bool { return strings.HasPrefix(entry, "DISPLAY=") })
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	_ = write.Close()
	helpers.add(server.Process.Pid)
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	if err := read.SetReadDeadline(time.Now().Add(startLimit)); err != nil {
		t.Fatal(err)
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("no display: %v", err)
	}
	return ":" + strings.TrimSpace(number)
}
