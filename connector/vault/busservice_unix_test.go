//go:build unix && !darwin

package vault

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"

	"partner-center-connector/connector/sessionbus/sessionbustest"
)

// secrets is a session bus with a Secret Service on it, in memory: just what go-keyring and we ask for.
// https://dbus.freedesktop.org/doc/dbus-specification.html#auth-protocol
type secrets struct {
	alias       dbus.ObjectPath   // what the alias "default" stands for; "/" is nothing
	collections []dbus.ObjectPath // nil: the property can't be had
	locked      bool              // no collection can be unlocked without a prompt
	hides       bool              // a locked collection does not tell what it holds, as with KeePassXC
	prompt      string            // what a prompt comes to: promptUnlocks, promptDismissed; empty where there is none
	adds        map[string]string // attributes that the service adds to those of an item
	owners      map[string]string // of names on the bus

	mu    sync.Mutex
	items map[dbus.ObjectPath]*kept
	last  int
	// sessions are those of the connections that are served.
	sessions map[dbus.ObjectPath]bool
	// calls are the members that were called; answers are errors that the next call of a member gets instead of its answer.
	calls   []string
	answers map[string]string
	// always is the error that every call but those of the bus itself gets then; hangsUp has the connection end at the next of them.
	always  string
	hangsUp bool
	conns   []net.Conn
}

const (
	promptUnlocks   = "unlocks"
	promptDismissed = "is dismissed"
	promptHangs     = "is not answered"
	promptSilent    = "is not answered, and the call that shows it neither"
)

// kept is an item.
type kept struct {
	attributes map[string]string
	text       string
	modified   uint64
	locked     bool // only this item, as with KeePassXC
}

// start serves every connection until the test ends.
func (s *secrets) start(t *testing.T) {
	t.Helper()
	s.items, s.sessions, s.answers = map[dbus.ObjectPath]*kept{}, map[dbus.ObjectPath]bool{}, map[string]string{}
	sessionbustest.Serve(t, func(conn net.Conn) {
		s.mu.Lock()
		s.conns = append(s.conns, conn)
		s.mu.Unlock()
		s.serve(conn)
	})
	bus, err := dbus.SessionBus() // that of go-keyring, which keeps it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := bus.Close(); err != nil {
			t.Error(err)
		}
		s.cut()
	})
}

// cut ends every connection, as a bus does that ends.
func (s *secrets) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, conn := range s.conns {
		_ = conn.Close()
	}
}

func (s *secrets) serve(conn net.Conn) {
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
		answer, signal := s.answer(call)
		if s.ends(call) {
			return
		}
		if answer == nil {
			continue
		}
		answer.Headers[dbus.FieldReplySerial] = dbus.MakeVariant(call.Serial())
		for _, m := range []*dbus.Message{answer, signal} {
			if m == nil {
				continue
			}
			if len(m.Body) > 0 {
				m.Headers[dbus.FieldSignature] = dbus.MakeVariant(dbus.SignatureOf(m.Body...))
			}
			if err := m.EncodeTo(conn, binary.LittleEndian); err != nil {
				return
			}
		}
	}
}

// ends reports whether the bus hangs up instead of answering.
func (s *secrets) ends(call *dbus.Message) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	member, _ := call.Headers[dbus.FieldMember].Value().(string)
	return s.hangsUp && member != "Hello"
}

func (s *secrets) answer(call *dbus.Message) (answer, signal *dbus.Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	member, _ := call.Headers[dbus.FieldMember].Value().(string)
	from, _ := call.Headers[dbus.FieldInterface].Value().(string)
	to, _ := call.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)
	s.calls = append(s.calls, member)
	if name, ok := s.answers[member]; ok {
		delete(s.answers, member)
		return refusal(name), nil
	}
	if s.always != "" && member != "Hello" {
		return refusal(s.always), nil
	}
	switch name := string(to) + " " + from + "." + member; {
	case member == "Hello":
		return reply(":1.1"), nil
	case member == "GetNameOwner" && s.owners[call.Body[0].(string)] != "":
		return reply(s.owners[call.Body[0].(string)]), nil
	case member == "AddMatch", member == "RemoveMatch", member == "Close", member == "Dismiss":
		return reply(), nil
	case name == "/org/freedesktop/secrets org.freedesktop.Secret.Service.ReadAlias" && call.Body[0] == "default":
		return reply(s.alias), nil
	case name == "/org/freedesktop/secrets org.freedesktop.DBus.Properties.Get" && s.collections != nil &&
		call.Body[0] == "org.freedesktop.Secret.Service" && call.Body[1] == "Collections":
		return reply(dbus.MakeVariant(s.collections)), nil
	case from == propertiesInterface && member == "Get" && call.Body[0] == collectionInterface && call.Body[1] == "Locked":
		return reply(dbus.MakeVariant(s.locked)), nil
	case member == "OpenSession":
		session := dbus.ObjectPath(fmt.Sprintf("/session/%d", len(s.calls)))
		s.sessions[session] = true
		return reply(dbus.MakeVariant(""), session), nil
	case member == "Unlock":
		return s.unlock(call.Body[0].([]dbus.ObjectPath)), nil
	case member == "Prompt" && s.prompt == promptSilent:
		return nil, nil
	case member == "Prompt":
		return reply(), s.prompted(to)
	case member == "SearchItems":
		return s.search(from, call.Body[0].(map[string]string)), nil
	case member == "CreateItem":
		return s.create(to, call.Body), nil
	}
	item, ok := s.items[to]
	if !ok {
		return refusal(errUnknownMethod), nil
	}
	return s.answerItem(to, item, member, call.Body), nil
}

func (s *secrets) answerItem(path dbus.ObjectPath, item *kept, member string, body []any) *dbus.Message {
	switch {
	case member == "GetAll":
		all := maps.Clone(item.attributes)
		maps.Copy(all, s.adds)
		return reply(map[string]dbus.Variant{"Attributes": dbus.MakeVariant(all), "Modified": dbus.MakeVariant(item.modified)})
	case s.locked || item.locked:
		return refusal(errLocked)
	case member == "Delete":
		delete(s.items, path)
		return reply(dbus.ObjectPath("/"))
	case member == "GetSecret" && s.sessions[body[0].(dbus.ObjectPath)]:
		return reply(secret{Session: body[0].(dbus.ObjectPath), Parameters: []byte{}, Value: []byte(item.text), ContentType: "text/plain"})
	case member == "SetSecret" && s.sessions[body[0].([]any)[0].(dbus.ObjectPath)]:
		item.text = string(body[0].([]any)[2].([]byte))
		return reply()
	case member == "GetSecret", member == "SetSecret":
		return refusal(errNoSession)
	}
	return refusal(errUnknownMethod)
}

func (s *secrets) unlock(objects []dbus.ObjectPath) *dbus.Message {
	none := []dbus.ObjectPath{}
	item := s.items[objects[0]]
	switch {
	case s.prompt != "" && (s.locked || item != nil && item.locked):
		return reply(none, "/prompt"+objects[0])
	case s.locked:
		return reply(none, dbus.ObjectPath("/"))
	}
	return reply(objects, dbus.ObjectPath("/"))
}

// prompted is the signal that ends a prompt.
func (s *secrets) prompted(prompt dbus.ObjectPath) *dbus.Message {
	if s.prompt == promptHangs {
		return nil
	}
	unlocked := []dbus.ObjectPath{}
	if s.prompt == promptUnlocks {
		object := dbus.ObjectPath(strings.TrimPrefix(string(prompt), "/prompt"))
		unlocked, s.locked = append(unlocked, object), false
		if item := s.items[object]; item != nil {
			item.locked = false
		}
	}
	return &dbus.Message{
		Type: dbus.TypeSignal, Body: []any{s.prompt == promptDismissed, dbus.MakeVariant(unlocked)},
		Headers: map[dbus.HeaderField]dbus.Variant{
			dbus.FieldPath: dbus.MakeVariant(prompt), dbus.FieldInterface: dbus.MakeVariant(promptInterface),
			dbus.FieldMember: dbus.MakeVariant("Completed"), dbus.FieldSender: dbus.MakeVariant(":1.0"),
		},
	}
}

func (s *secrets) search(from string, attributes map[string]string) *dbus.Message {
	found, locked := []dbus.ObjectPath{}, []dbus.ObjectPath{}
	for _, path := range slices.Sorted(maps.Keys(s.items)) {
		matches := true
		for name, value := range attributes {
			matches = matches && s.items[path].attributes[name] == value
		}
		switch {
		case !matches, s.locked && s.hides:
		case s.locked:
			locked = append(locked, path)
		default:
			found = append(found, path)
		}
	}
	if from == collectionInterface {
		return reply(append(found, locked...))
	}
	return reply(found, locked)
}

func (s *secrets) create(collection dbus.ObjectPath, body []any) *dbus.Message {
	if s.locked {
		return refusal(errLocked)
	}
	if collection == defaultAlias {
		collection = s.alias
	}
	attributes, _ := body[0].(map[string]dbus.Variant)[itemInterface+".Attributes"].Value().(map[string]string)
	path := s.insert(collection, attributes, string(body[1].([]any)[2].([]byte)))
	return reply(path, dbus.ObjectPath("/"))
}

// add adds an item of a collection.
func (s *secrets) add(collection dbus.ObjectPath, attributes map[string]string, text string) (path dbus.ObjectPath) {
	s.change(func() { path = s.insert(collection, attributes, text) })
	return path
}

// change changes the service between two calls.
func (s *secrets) change(how func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	how()
}

func (s *secrets) insert(collection dbus.ObjectPath, attributes map[string]string, text string) dbus.ObjectPath {
	s.last++
	path := collection + dbus.ObjectPath(fmt.Sprintf("/%d", s.last))
	s.items[path] = &kept{attributes: attributes, text: text, modified: uint64(s.last)}
	return path
}

func refusal(name string) *dbus.Message {
	m := reply()
	m.Type = dbus.TypeError
	m.Headers[dbus.FieldErrorName] = dbus.MakeVariant(name)
	return m
}

func reply(body ...any) *dbus.Message {
	return &dbus.Message{Type: dbus.TypeMethodReply, Headers: map[dbus.HeaderField]dbus.Variant{}, Body: body}
}
