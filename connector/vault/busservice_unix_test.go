//go:build unix && !darwin

package vault

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"partner-center-connector/connector"
)

// secrets is a session bus with a Secret Service on it that has no items: just what go-keyring and we ask for.
// https://dbus.freedesktop.org/doc/dbus-specification.html#auth-protocol
type secrets struct {
	alias       dbus.ObjectPath   // what the alias "default" stands for; "/" is nothing
	collections []dbus.ObjectPath // nil: the property can't be had
	locked      bool              // no collection can be unlocked
}

// start serves the one connection that the D-Bus library makes and keeps.
func (s secrets) start(t *testing.T) {
	t.Helper()
	// The name of a socket may not be as long as that of a test's own folder.
	folder, err := os.MkdirTemp("", "bus-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	address := filepath.Join(folder, "bus")
	listener, err := net.Listen("unix", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+address)
	served := make(chan struct{})
	go func() {
		defer close(served)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		s.serve(conn)
	}()
	bus, err := dbus.SessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(bus.Close(), listener.Close()); err != nil {
			t.Error(err)
		}
		<-served
	})
}

func (s secrets) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	in := bufio.NewReader(conn)
	for begun := false; !begun; {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		answer := "ERROR"
		switch word := strings.TrimSpace(strings.TrimLeft(line, "\x00")); {
		case word == "AUTH":
			answer = "REJECTED EXTERNAL"
		case strings.HasPrefix(word, "AUTH "):
			answer = "OK 0123456789abcdef0123456789abcdef"
		case word == "BEGIN":
			begun = true
			continue
		}
		if _, err := io.WriteString(conn, answer+"\r\n"); err != nil {
			return
		}
	}
	for {
		call, err := dbus.DecodeMessage(in)
		if err != nil {
			return
		}
		answer := s.answer(call)
		answer.Headers[dbus.FieldReplySerial] = dbus.MakeVariant(call.Serial())
		if len(answer.Body) > 0 {
			answer.Headers[dbus.FieldSignature] = dbus.MakeVariant(dbus.SignatureOf(answer.Body...))
		}
		if err := answer.EncodeTo(conn, binary.LittleEndian); err != nil {
			return
		}
	}
}

func (s secrets) answer(call *dbus.Message) *dbus.Message {
	none := []dbus.ObjectPath{}
	member, _ := call.Headers[dbus.FieldMember].Value().(string)
	from, _ := call.Headers[dbus.FieldInterface].Value().(string)
	to, _ := call.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)
	switch name := string(to) + " " + from + "." + member; {
	case member == "Hello":
		return reply(":1.1")
	case name == "/org/freedesktop/secrets org.freedesktop.Secret.Service.ReadAlias" && call.Body[0] == "default":
		return reply(s.alias)
	case name == "/org/freedesktop/secrets org.freedesktop.DBus.Properties.Get" && s.collections != nil &&
		call.Body[0] == "org.freedesktop.Secret.Service" && call.Body[1] == "Collections":
		return reply(dbus.MakeVariant(s.collections))
	case member == "Unlock" && s.locked:
		return reply(none, dbus.ObjectPath("/"))
	case member == "Unlock":
		return reply(call.Body[0], dbus.ObjectPath("/"))
	case member == "SearchItems":
		return reply(none)
	case member == "OpenSession":
		return reply(dbus.MakeVariant(""), dbus.ObjectPath("/session"))
	}
	m := reply()
	m.Type = dbus.TypeError
	m.Headers[dbus.FieldErrorName] = dbus.MakeVariant("org.freedesktop.DBus.Error.UnknownMethod")
	return m
}

func reply(body ...any) *dbus.Message {
	return &dbus.Message{Type: dbus.TypeMethodReply, Headers: map[dbus.HeaderField]dbus.Variant{}, Body: body}
}

// TestALockedCollectionIsToldFromNone holds what decides whether a person is asked to unlock a keychain or told that there is none.
func TestALockedCollectionIsToldFromNone(t *testing.T) {
	const login, other dbus.ObjectPath = "/org/freedesktop/secrets/collection/login", "/org/freedesktop/secrets/collection/other"
	for _, tc := range []struct {
		name    string
		service secrets
		want    error
	}{
		{"neither default nor login", secrets{alias: "/", collections: []dbus.ObjectPath{other}}, connector.ErrKeychainMissing},
		{"no collection at all", secrets{alias: "/", collections: []dbus.ObjectPath{}}, connector.ErrKeychainMissing},
		{"login but no default", secrets{alias: "/", collections: []dbus.ObjectPath{other, login}}, connector.ErrKeychainLocked},
		{"a default", secrets{alias: other, collections: []dbus.ObjectPath{other}}, connector.ErrKeychainLocked},
		{"nobody knows which there are", secrets{alias: "/"}, connector.ErrKeychainLocked},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.service.locked = true
			tc.service.start(t)
			_, err := library{}.Get("service", "account")
			for name, err := range map[string]error{
				"get": err, "set": library{}.Set("service", "account", "text"), "delete": library{}.Delete("service", "account"),
			} {
				if err == nil || !errors.Is(failed(OpRead, err, ""), tc.want) {
					t.Errorf("%s: %v, want %v", name, err, tc.want)
				}
			}
			if err := lookCloser(errors.New("something else")); err.Error() != "something else" {
				t.Errorf("another error became %v", err)
			}
			if err := lookCloser(nil); err != nil {
				t.Errorf("no error became %v", err)
			}
		})
	}
}

func TestAnItemThatIsNotThere(t *testing.T) {
	secrets{alias: "/", collections: []dbus.ObjectPath{}}.start(t)
	if _, err := (library{}).Get("service", "account"); !errors.Is(err, ErrNotFound) {
		t.Errorf("get: %v, want %v", err, ErrNotFound)
	}
	if err := (library{}).Delete("service", "account"); !errors.Is(err, ErrNotFound) {
		t.Errorf("delete: %v, want %v", err, ErrNotFound)
	}
}
