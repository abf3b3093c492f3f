//go:build unix && !darwin

package vault

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

func TestSocketName(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"unix:path=/run/user/1000/bus":    "/run/user/1000/bus",
		"unix:path=/tmp/dbus-x,guid=0123": "/tmp/dbus-x",
		"unix:abstract=/tmp/dbus-x":       "@/tmp/dbus-x",
		"unix:path=/tmp/a%20b":            "/tmp/a b",
		"unix:runtime=yes":                "",
		"unix:path=/a;unix:path=/b":       "",
		"unix:path=%zz":                   "",
		"unix:":                           "",
		"tcp:host=localhost,port=1":       "",
		"autolaunch:":                     "",
		"":                                "",
		"unix:guid=0123456789abcdef0123456789abcdef":      "",
		"unixexec:path=/usr/bin/ssh,argv1=-xT,argv2=host": "",
	} {
		if got, ok := socketName(address); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v, want %q", address, got, ok, want)
		}
	}
}

// encoded is a message as it comes from a bus.
func encoded(tb testing.TB, kind dbus.Type, order binary.ByteOrder, body ...any) []byte {
	tb.Helper()
	m := reply(body...)
	m.Type = kind
	m.Headers[dbus.FieldReplySerial] = dbus.MakeVariant(uint32(7))
	m.Headers[dbus.FieldSender] = dbus.MakeVariant(":1.1")
	m.Headers[dbus.FieldSignature] = dbus.MakeVariant(dbus.SignatureOf(body...))
	if kind == dbus.TypeSignal {
		m.Headers[dbus.FieldPath] = dbus.MakeVariant(dbus.ObjectPath("/a"))
		m.Headers[dbus.FieldInterface] = dbus.MakeVariant("a.b")
		m.Headers[dbus.FieldMember] = dbus.MakeVariant("c")
	}
	var all bytes.Buffer
	if err := m.EncodeTo(&all, order); err != nil {
		tb.Fatal(err)
	}
	return all.Bytes()
}

// TestASecretIsKeptBack checks that every value comes back, whatever its length and the order of the bytes, and that godbus reads the rest.
func TestASecretIsKeptBack(t *testing.T) {
	t.Parallel()
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		for size := range 40 {
			want := secret{
				Session: dbus.ObjectPath("/s" + strings.Repeat("s", size%5)), Parameters: []byte{},
				Value: bytes.Repeat([]byte{'v'}, size), ContentType: "text/plain"[:size%7],
			}
			s := &socket{values: map[uint32][]byte{}, begun: true}
			message := encoded(t, dbus.TypeMethodReply, order, want)
			s.in = bufio.NewReader(bytes.NewReader(append(message, message...)))
			for range 2 {
				m, err := dbus.DecodeMessage(s)
				if err != nil {
					t.Fatal(err)
				}
				var got secret
				if err := dbus.Store(m.Body, &got); err != nil {
					t.Fatal(err)
				}
				if len(got.Value) != 0 || got.Session != want.Session || got.ContentType != want.ContentType {
					t.Errorf("%v, %d: godbus reads %+v", order, size, got)
				}
				if value, err := s.take(got); err != nil || !bytes.Equal(value, want.Value) {
					t.Errorf("%v, %d: %q, %v", order, size, value, err)
				}
			}
			if len(s.values) != 0 {
				t.Errorf("%d values are still kept", len(s.values))
			}
		}
	}
}

// TestWhatIsNoSecretStaysAsItIs checks that nothing else is changed, and that what comes from elsewhere is taken as it is.
func TestWhatIsNoSecretStaysAsItIs(t *testing.T) {
	t.Parallel()
	plain := secret{Session: "/s", Parameters: []byte{}, Value: []byte("value"), ContentType: "text/plain"}
	other := secret{Session: "/s", Parameters: []byte{0, 0, 0, 1}, Value: []byte("value"), ContentType: "text/plain"}
	s := &socket{values: map[uint32][]byte{}}
	for name, message := range map[string][]byte{
		"a text":                   encoded(t, dbus.TypeMethodReply, binary.LittleEndian, "text"),
		"a signal":                 encoded(t, dbus.TypeSignal, binary.LittleEndian, plain),
		"a secret with parameters": encoded(t, dbus.TypeMethodReply, binary.LittleEndian, other),
		"a secret and more":        encoded(t, dbus.TypeMethodReply, binary.LittleEndian, plain, "more"),
	} {
		if got := s.light(bytes.Clone(message)); !bytes.Equal(got, message) {
			t.Errorf("%s was changed", name)
		}
	}
	if got, err := s.take(other); err != nil || string(got) != "value" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := (*socket)(nil).take(plain); err != nil || string(got) != "value" {
		t.Errorf("%q, %v", got, err)
	}
}

// TestValuesThatNobodyTakesAreForgotten checks that the newest ones can still be had, and that one that can't is not taken for an empty text.
func TestValuesThatNobodyTakesAreForgotten(t *testing.T) {
	t.Parallel()
	s := &socket{values: map[uint32][]byte{}}
	take := func(ticket uint32) ([]byte, error) {
		return s.take(secret{Parameters: ticketOrder.AppendUint32(nil, ticket)})
	}
	for i := range byte(20) {
		s.keep([]byte{i})
	}
	if len(s.values) != 8 {
		t.Errorf("%d values are kept, want 8", len(s.values))
	}
	if got, err := take(12); !errors.Is(err, errForgotten) {
		t.Errorf("%v, %v, want %v", got, err, errForgotten)
	}
	for ticket := uint32(13); ticket <= 20; ticket++ {
		if got, err := take(ticket); err != nil || !bytes.Equal(got, []byte{byte(ticket - 1)}) {
			t.Errorf("ticket %d: %v, %v", ticket, got, err)
		}
	}
}

// FuzzLight checks that no message, however broken, ends the program, and that none gets longer.
func FuzzLight(f *testing.F) {
	f.Add(encoded(f, dbus.TypeMethodReply, binary.LittleEndian, secret{Session: "/s", Parameters: []byte{}, Value: []byte("value")}))
	f.Fuzz(func(t *testing.T, data []byte) {
		s := &socket{values: map[uint32][]byte{}, begun: true, in: bufio.NewReader(bytes.NewReader(data))}
		message, err := s.message()
		if err != nil {
			return
		}
		size := len(message)
		if got := s.light(message); len(got) > size+ticketSize {
			t.Errorf("%d bytes became %d", size, len(got))
		}
	})
}
