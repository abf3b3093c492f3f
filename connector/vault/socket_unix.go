//go:build unix && !darwin

package vault

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/godbus/dbus/v5"
)

// socket is the socket of a bus that keeps the value of a secret back from godbus, which would take 0.2 µs for every byte of it: most of
// what reading a credential costs. In its place stands a ticket, for take.
type socket struct {
	net.Conn
	in *bufio.Reader
	// begun reports whether messages come, and no lines any more; rest is what godbus has yet to read of one.
	begun bool
	rest  []byte

	mu     sync.Mutex
	ticket uint32
	values map[uint32][]byte
}

// connect connects to the session bus, over a socket where its address is that of one.
func connect(ctx context.Context, address string, options ...dbus.ConnOption) (*dbus.Conn, *socket, error) {
	name, ok := socketName(address)
	if !ok || runtime.GOOS != "linux" { // other systems want more than the socket says of who connects
		bus, err := dbus.Dial(address, options...)
		return bus, nil, err
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "unix", name)
	if err != nil {
		return nil, nil, err
	}
	s := &socket{Conn: conn, in: bufio.NewReader(conn), values: map[uint32][]byte{}}
	bus, err := dbus.NewConn(s, options...)
	return bus, s, err
}

// socketName returns the socket of an address; ok is false for any but the usual ones.
// https://dbus.freedesktop.org/doc/dbus-specification.html#addresses
func socketName(address string) (name string, ok bool) {
	parts, isUnix := strings.CutPrefix(address, "unix:")
	if !isUnix || strings.Contains(parts, ";") {
		return "", false
	}
	for part := range strings.SplitSeq(parts, ",") {
		key, value, _ := strings.Cut(part, "=")
		value, err := url.PathUnescape(value)
		switch {
		case err != nil || value == "":
			return "", false
		case key == "path":
			name = value
		case key == "abstract":
			name = "@" + value
		case key != "guid":
			return "", false
		}
	}
	return name, name != ""
}

// Write notes the line after which there are messages.
func (s *socket) Write(data []byte) (int, error) {
	if !s.begun && bytes.HasPrefix(data, []byte("BEGIN")) {
		s.begun = true
	}
	return s.Conn.Write(data)
}

func (s *socket) Read(data []byte) (int, error) {
	if !s.begun {
		return s.in.Read(data)
	}
	if len(s.rest) == 0 {
		message, err := s.message()
		if err != nil {
			return 0, err
		}
		s.rest = s.light(message)
	}
	n := copy(data, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// The header of a message: https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol-messages
const (
	fixedHeader   = 16
	typeAt        = 1
	bodyLengthAt  = 4
	fieldsAt      = 12
	maxMessage    = 1 << 27
	secretAs      = "(oayays)"
	ticketSize    = 4
	ticketsAtOnce = 8
)

// message reads the next message whole.
func (s *socket) message() ([]byte, error) {
	head, err := s.in.Peek(fixedHeader)
	if err != nil {
		return nil, err
	}
	order := orderOf(head)
	size := fixedHeader + (uint64(order.Uint32(head[fieldsAt:]))+7)&^7 + uint64(order.Uint32(head[bodyLengthAt:]))
	if size > maxMessage {
		return nil, io.ErrShortBuffer // as good as the end
	}
	message := make([]byte, size)
	_, err = io.ReadFull(s.in, message)
	return message, err
}

// ticketOrder is that of a ticket, which is an array of bytes to godbus.
var ticketOrder = binary.LittleEndian

// byteOrder is that of a message.
type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

func orderOf(message []byte) byteOrder {
	if message[0] == 'B' {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// light returns the answer to GetSecret without the secret's value, and any other message as it is.
func (s *socket) light(message []byte) []byte {
	order := orderOf(message)
	start := len(message) - int(order.Uint32(message[bodyLengthAt:]))
	if message[typeAt] != byte(dbus.TypeMethodReply) || !bytes.Contains(message[fixedHeader:start], []byte(secretAs)) {
		return message
	}
	body := fields{data: message[start:], order: order}
	body.next(1) // the session, and a zero
	parameters := start + (body.at+3)&^3
	if encoded := body.next(0); encoded == nil || len(encoded) > 0 {
		return message
	}
	value := body.next(0)
	kind := start + body.at
	if body.next(1); value == nil || body.at != len(body.data) {
		return message
	}
	short := order.AppendUint32(slices.Clone(message[:parameters]), ticketSize)
	short = ticketOrder.AppendUint32(short, s.keep(value))
	short = order.AppendUint32(short, 0) // no value
	short = append(short, message[kind:]...)
	order.PutUint32(short[bodyLengthAt:], uint32(len(short)-start))
	return short
}

// fields are those of a body, each of which begins with its length at a multiple of four.
type fields struct {
	data  []byte
	order byteOrder
	at    int
}

// next returns the next field, which more bytes follow; nil where there is none.
func (f *fields) next(more int) []byte {
	begin := (f.at+3)&^3 + 4
	if begin > len(f.data) {
		f.at = len(f.data) + 1
		return nil
	}
	end := uint64(begin) + uint64(f.order.Uint32(f.data[begin-4:]))
	if end+uint64(more) > uint64(len(f.data)) {
		f.at = len(f.data) + 1
		return nil
	}
	f.at = int(end) + more
	if more == 0 {
		f.at = (f.at + 3) &^ 3
	}
	return f.data[begin:end:end]
}

// keep keeps a value until it is taken. The oldest ones, which nobody took since their calls were given up, are forgotten.
func (s *socket) keep(value []byte) (ticket uint32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ticket++
	delete(s.values, s.ticket-ticketsAtOnce)
	s.values[s.ticket] = value
	return s.ticket
}

// errForgotten means that there was a value which is not kept any more: that must not look like an empty one.
var errForgotten = errors.New("the value of the secret is not there any more")

// take returns the value of a secret. Its error is errForgotten.
func (s *socket) take(from secret) ([]byte, error) {
	if s == nil || len(from.Parameters) != ticketSize {
		return from.Value, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ticket := ticketOrder.Uint32(from.Parameters)
	value, ok := s.values[ticket]
	switch {
	case ok:
		delete(s.values, ticket)
		return value, nil
	case len(from.Value) == 0:
		return nil, errForgotten
	}
	return from.Value, nil
}
