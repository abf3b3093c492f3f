//go:build unix && !darwin

package vault

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"sync/atomic"

	"github.com/godbus/dbus/v5"

	"partner-center-connector/connector"
	"partner-center-connector/connector/sessionbus"
)

// link is a connection to the session bus with a session of the Secret Service on it: all that a run of the program needs of both.
type link struct {
	bus *dbus.Conn
	// socket is what bus reads from; nil where that is the library's own.
	socket *socket
	// session is a plain one: the bus is the account's own, and go-keyring does the same.
	session dbus.ObjectPath
	// alone says that nobody is there to answer a prompt.
	alone bool
	// hasLogin reports whether a collection of the login was seen.
	hasLogin atomic.Bool
	// keepassxc reports whether the service is KeePassXC, once that is known; pace is when that may be changed.
	keepassxc atomic.Pointer[bool]
	pace      *pace
}

// dial connects to the session bus and opens a session, within the limit of ctx. It starts no bus.
func dial(ctx context.Context) (*link, error) {
	address, err := sessionbus.Address()
	if err != nil {
		return nil, err
	}
	life, end := context.WithCancel(context.Background())
	stop := context.AfterFunc(ctx, end) // it is the opening that has a limit
	bus, socket, err := connect(ctx, address, dbus.WithContext(life))
	if err != nil {
		end()
		return nil, sessionbus.Unreached(err)
	}
	l := &link{bus: bus, socket: socket}
	if err := l.begin(ctx); err != nil || !stop() {
		_ = bus.Close()
		end()
		return nil, cmp.Or(ctx.Err(), err)
	}
	return l, nil
}

func (l *link) begin(ctx context.Context) error {
	if err := l.bus.Auth(nil); err != nil {
		return sessionbus.Unreached(err)
	}
	if err := l.bus.Hello(); err != nil {
		return sessionbus.Unreached(err)
	}
	var nothing dbus.Variant
	err := l.call(ctx, secretPath, secretInterface+".OpenSession", "plain", dbus.MakeVariant("")).Store(&nothing, &l.session)
	if lost(err) {
		return goneError{err}
	}
	return err
}

func (l *link) call(ctx context.Context, object dbus.ObjectPath, method string, args ...any) *dbus.Call {
	return l.bus.Object(secretName, object).CallWithContext(ctx, method, 0, args...)
}

// lost reports whether an error says that the bus, the service or the session went away. What was being done can be done again, since
// nothing is that depends on how often.
func lost(err error) bool {
	var broken *net.OpError
	return errors.Is(err, dbus.ErrClosed) || errors.Is(err, io.EOF) || errors.As(err, &broken) || answered(err, errNoSession, errNoReply)
}

// answered reports whether an error is an answer of one of these names.
func answered(err error, names ...string) bool {
	var answer dbus.Error
	return errors.As(err, &answer) && slices.Contains(names, answer.Name)
}

// unlock unlocks a collection or an item, and waits for the person who is asked. It costs one call where it is not locked.
func (l *link) unlock(ctx context.Context, object dbus.ObjectPath) error {
	var unlocked []dbus.ObjectPath
	var prompt dbus.ObjectPath
	if err := l.call(ctx, secretPath, secretInterface+".Unlock", []dbus.ObjectPath{object}).Store(&unlocked, &prompt); err != nil {
		return err
	}
	result, err := l.prompt(ctx, prompt)
	if errors.Is(err, errDismissed) {
		return fmt.Errorf("%w: %w", stillLocked(object), err)
	}
	if err != nil {
		return err
	}
	if more, ok := result.Value().([]dbus.ObjectPath); ok {
		unlocked = append(unlocked, more...)
	}
	if len(unlocked) == 0 {
		return stillLocked(object)
	}
	return nil
}

// prompt lets the service ask a person, and returns what came of it; nothing where there is no prompt. One that is not answered within
// the limit of ctx is dismissed. It is not shown where nobody is there: a service that unlocks itself needs none.
func (l *link) prompt(ctx context.Context, prompt dbus.ObjectPath) (dbus.Variant, error) {
	none := dbus.MakeVariant("")
	if prompt == "/" {
		return none, nil
	}
	if l.alone {
		l.dismiss(prompt)
		return none, connector.ErrKeychainUnattended
	}
	matches := [][]dbus.MatchOption{
		{dbus.WithMatchObjectPath(prompt), dbus.WithMatchInterface(promptInterface)},
		{dbus.WithMatchInterface(busName), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, secretName)},
	}
	for _, match := range matches {
		if err := l.bus.AddMatchSignalContext(ctx, match...); err != nil {
			return none, err
		}
		defer func() { _ = l.bus.RemoveMatchSignalContext(ctx, match...) }()
	}
	signals := make(chan *dbus.Signal, 8)
	l.bus.Signal(signals)
	defer l.bus.RemoveSignal(signals)
	if err := l.call(ctx, prompt, promptInterface+".Prompt", "").Err; err != nil {
		if ctx.Err() != nil {
			l.dismiss(prompt) // it may be on the screen before its answer is here
		}
		return none, err
	}
	for {
		select {
		case signal, open := <-signals:
			switch {
			case !open:
				return none, dbus.ErrClosed
			case signal.Name == promptInterface+".Completed" && signal.Path == prompt && len(signal.Body) == 2:
				if dismissed, _ := signal.Body[0].(bool); dismissed {
					return none, errDismissed
				}
				result, _ := signal.Body[1].(dbus.Variant)
				return result, nil
			case signal.Name == busName+".NameOwnerChanged" && len(signal.Body) == 3 && signal.Body[0] == secretName:
				return none, dbus.ErrClosed // with the service its prompt is gone
			}
		case <-ctx.Done():
			l.dismiss(prompt)
			return none, ctx.Err()
		}
	}
}

// dismiss takes a prompt away that nobody waits for any more. What the service says of it changes nothing.
func (l *link) dismiss(prompt dbus.ObjectPath) {
	_ = l.bus.Object(secretName, prompt).Go(promptInterface+".Dismiss", dbus.FlagNoReplyExpected, nil).Err
}
