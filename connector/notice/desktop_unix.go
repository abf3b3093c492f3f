//go:build unix && !darwin

package notice

import (
	"context"
	"slices"

	"github.com/godbus/dbus/v5"

	"partner-center-connector/connector"
	"partner-center-connector/connector/sessionbus"
)

// The notification service. https://specifications.freedesktop.org/notification-spec/latest/protocol.html
const (
	serviceName   = "org.freedesktop.Notifications"
	servicePath   = "/org/freedesktop/Notifications"
	actionSignal  = serviceName + ".ActionInvoked"
	tokenSignal   = serviceName + ".ActivationToken"
	closedSignal  = serviceName + ".NotificationClosed"
	ownerSignal   = "org.freedesktop.DBus.NameOwnerChanged"
	defaultAction = "default"
	// icon is that of the desktop entry. Its hint is left out: GNOME takes a notification that it can assign to a program back when the sender
	// leaves the bus, and this one has to outlive it.
	icon         = "io.github.partnercenterconnector"
	normalUrgent = byte(1)
)

// Show implements connector.Notices by the notification service of the session.
func (d Desktop) Show(ctx context.Context, n connector.Notice) (clicked bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, Patience+callLimit)
	defer cancel()
	address, err := sessionbus.Address()
	if err != nil {
		return false, err
	}
	bus, err := dbus.Connect(address, dbus.WithContext(ctx))
	if err != nil {
		return false, err
	}
	defer func() { _ = bus.Close() }()
	s := shown{service: bus.Object(serviceName, servicePath), signals: make(chan *dbus.Signal, 64)}
	bus.Signal(s.signals)
	if err := s.listen(ctx, bus); err != nil {
		return false, err
	}
	if err := s.notify(ctx, d, n); err != nil {
		return false, err
	}
	token, clicked := s.wait(ctx)
	if !clicked {
		return false, nil
	}
	return true, d.openWindow(n.ConnectorID, token)
}

// shown is a notification on the screen.
type shown struct {
	service dbus.BusObject
	signals chan *dbus.Signal
	id      uint32
	// clickable reports whether the service tells of a click.
	clickable bool
}

// listen begins to listen to the service before anything is shown, so that no click is missed.
func (s *shown) listen(ctx context.Context, bus *dbus.Conn) error {
	for _, match := range [][]dbus.MatchOption{
		{dbus.WithMatchObjectPath(servicePath), dbus.WithMatchInterface(serviceName)},
		{dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, serviceName)},
	} {
		if err := bus.AddMatchSignalContext(ctx, match...); err != nil {
			return err
		}
	}
	return nil
}

// notify shows it. It goes when its click would not be heard any more, where the service obeys that.
func (s *shown) notify(ctx context.Context, d Desktop, n connector.Notice) error {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	var can []string
	if err := s.service.CallWithContext(ctx, serviceName+".GetCapabilities", 0).Store(&can); err != nil {
		return err
	}
	actions := []string{}
	if s.clickable = slices.Contains(can, "actions"); s.clickable {
		actions = []string{defaultAction, d.Text("notice.show", nil)}
	}
	hints := map[string]dbus.Variant{"urgency": dbus.MakeVariant(normalUrgent)}
	return s.service.CallWithContext(
		ctx, serviceName+".Notify", 0, d.app(), uint32(0), icon, n.Title, n.Text, actions, hints, int32(Patience.Milliseconds()),
	).Store(&s.id)
}

// wait waits until it is clicked, closed, or the time is over.
func (s *shown) wait(ctx context.Context) (token string, clicked bool) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	for s.clickable {
		select {
		case <-ctx.Done():
			return "", false
		case signal, open := <-s.signals:
			switch {
			case !open || signal.Name == ownerSignal && s.gone(signal):
				return "", false
			case !s.mine(signal):
			case signal.Name == tokenSignal:
				token, _ = signal.Body[1].(string)
			case signal.Name == actionSignal:
				return token, signal.Body[1] == defaultAction
			case signal.Name == closedSignal:
				return "", false
			}
		}
	}
	return "", false
}

// mine reports whether a signal is about this notification.
func (s *shown) mine(signal *dbus.Signal) bool {
	return len(signal.Body) == 2 && signal.Body[0] == s.id
}

// gone reports whether the service left the bus.
func (s *shown) gone(signal *dbus.Signal) bool {
	return len(signal.Body) == 3 && signal.Body[0] == serviceName && signal.Body[2] == ""
}
