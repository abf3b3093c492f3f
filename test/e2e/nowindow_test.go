//go:build e2e && linux

package e2e

import (
	"bufio"
	"bytes"
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

// displayWithoutOpenGL starts a display for this test and returns its name. Two servers that start at once can choose the same
// number; the one that comes second ends.
func displayWithoutOpenGL(t *testing.T) string {
	t.Helper()
	said := ""
	for range 5 {
		number, err := startServer(t, &said)
		if err == nil {
			return ":" + number
		}
		t.Logf("no display: %v: %s", err, said)
	}
	t.Fatal("no display")
	return ""
}

func startServer(t *testing.T, said *string) (number string, err error) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = read.Close() }()
	var stderr bytes.Buffer
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "800x600x24", "-nolisten", "tcp", "-extension", "GLX")
	server.ExtraFiles, server.Stderr = []*os.File{write}, &stderr
	server.Env = slices.DeleteFunc(os.Environ(), func(entry string) bool { return strings.HasPrefix(entry, "DISPLAY=") })
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	_ = write.Close()
	helpers.add(server.Process.Pid)
	end := func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	}
	if err := read.SetReadDeadline(time.Now().Add(startLimit)); err != nil {
		t.Fatal(err)
	}
	number, err = bufio.NewReader(read).ReadString('\n')
	if err != nil {
		end()
		*said = stderr.String()
		return "", err
	}
	t.Cleanup(end)
	return strings.TrimSpace(number), nil
}
