//go:build unix && !darwin

package notice

import (
	"bufio"
	"encoding/binary"
	"net"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"

	"partner-center-connector/connector/sessionbus/sessionbustest"
)

// bus is a session bus with a notification service and a manager of services on it, just as far as they are called here.
// https://dbus.freedesktop.org/doc/dbus-specification.html
type bus struct {
	capabilities []string
	// then are the signals that follow the notification, and ends whether the bus hangs up after them.
	then []signal
	ends bool
	// refuses are errors that calls of a member get.
	refuses map[string]string

	mu sync.Mutex
	// calls are the bodies of the calls, by their members.
	calls map[string][]any
}

// signal is one of the notification service, or with another name one of the bus itself.
type signal struct {
	member string
	body   []any
}

const unknownService = "org.freedesktop.DBus.Error.ServiceUnknown"

// start serves every connection until the test ends.
func (b *bus) start(t *testing.T) {
	t.Helper()
	b.calls = map[string][]any{}
	sessionbustest.Serve(t, b.serve)
}

func (b *bus) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	in := bufio.NewReader(conn)
	if !sessionbustest.Greet(in, conn) {
		return
	}
	for {
		call, err := dbus.DecodeMessage(in)
		if err != nil {
			return
		}
		member, _ := call.Headers[dbus.FieldMember].Value().(string)
		messages := []*dbus.Message{b.answer(member, call)}
		if member == "Notify" {
			for _, s := range b.then {
				messages = append(messages, s.message())
			}
		}
		for _, m := range messages {
			if m.EncodeTo(conn, binary.LittleEndian) != nil {
				return
			}
		}
		if member == "Notify" && b.ends {
			return
		}
	}
}

func (b *bus) answer(member string, call *dbus.Message) *dbus.Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls[member] = call.Body
	answer := &dbus.Message{Type: dbus.TypeMethodReply, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldReplySerial: dbus.MakeVariant(call.Serial()),
	}}
	switch name, refused := b.refuses[member]; {
	case refused:
		answer.Type = dbus.TypeError
		answer.Headers[dbus.FieldErrorName] = dbus.MakeVariant(name)
	case member == "Hello":
		answer.Body = []any{":1.1"}
	case member == "GetCapabilities":
		answer.Body = []any{b.capabilities}
	case member == "Notify":
		answer.Body = []any{uint32(7)}
	case member == "StartTransientUnit":
		answer.Body = []any{dbus.ObjectPath("/job/1")}
	}
	return signed(answer)
}

func (s signal) message() *dbus.Message {
	path, from := dbus.ObjectPath(servicePath), serviceName
	if s.member == "NameOwnerChanged" {
		path, from = "/org/freedesktop/DBus", "org.freedesktop.DBus"
	}
	return signed(&dbus.Message{Type: dbus.TypeSignal, Body: s.body, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldPath: dbus.MakeVariant(path), dbus.FieldInterface: dbus.MakeVariant(from), dbus.FieldMember: dbus.MakeVariant(s.member),
		dbus.FieldSender: dbus.MakeVariant(":1.9"),
	}})
}

func signed(m *dbus.Message) *dbus.Message {
	if len(m.Body) > 0 {
		m.Headers[dbus.FieldSignature] = dbus.MakeVariant(dbus.SignatureOf(m.Body...))
	}
	return m
}

func (b *bus) called(member string) []any {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.calls[member]
}
