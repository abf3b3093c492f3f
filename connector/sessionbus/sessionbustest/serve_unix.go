//go:build unix && !darwin

package sessionbustest

import (
	"bufio"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"partner-center-connector/connector/sessionbus"
)

// Serve makes a socket the session bus of the test, and has serve answer each connection until the test ends. The connections are the
// caller's to close: the test waits for every serve.
func Serve(t *testing.T, serve func(net.Conn)) {
	t.Helper()
	// The name of a socket may not be as long as that of a test's own folder.
	folder, err := os.MkdirTemp("", "bus-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	address := filepath.Join(folder, "bus")
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(sessionbus.Variable, "unix:path="+address)
	var served sync.WaitGroup
	served.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			served.Go(func() { serve(conn) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		served.Wait()
	})
}

// Greet lets a client in, whoever it says that it is, and reports whether its messages come next.
// https://dbus.freedesktop.org/doc/dbus-specification.html#auth-protocol
func Greet(in *bufio.Reader, out io.Writer) bool {
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return false
		}
		answer := "ERROR"
		switch word := strings.TrimSpace(strings.TrimLeft(line, "\x00")); {
		case word == "AUTH":
			answer = "REJECTED EXTERNAL"
		case strings.HasPrefix(word, "AUTH "):
			answer = "OK 0123456789abcdef0123456789abcdef"
		case word == "BEGIN":
			return true
		}
		if _, err := io.WriteString(out, answer+"\r\n"); err != nil {
			return false
		}
	}
}
