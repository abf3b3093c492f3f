//go:build unix && !darwin

package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"slices"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/sessionbus"

	"github.com/godbus/dbus/v5"
)

// The names of the Secret Service. https://specifications.freedesktop.org/secret-service-spec/latest/
const (
	secretName          = "org.freedesktop.secrets"
	secretPath          = "/org/freedesktop/secrets"
	secretInterface     = "org.freedesktop.Secret.Service"
	collectionInterface = "org.freedesktop.Secret.Collection"
	itemInterface       = "org.freedesktop.Secret.Item"
	promptInterface     = "org.freedesktop.Secret.Prompt"
	loginCollection     = "/org/freedesktop/secrets/collection/login"
	defaultAlias        = "/org/freedesktop/secrets/aliases/default"
	propertiesInterface = "org.freedesktop.DBus.Properties"
	busName             = "org.freedesktop.DBus"
)

// Answers of the Secret Service and the bus.
const (
	errLocked        = "org.freedesktop.Secret.Error.IsLocked"
	errNoSession     = "org.freedesktop.Secret.Error.NoSession"
	errNoSuchObject  = "org.freedesktop.Secret.Error.NoSuchObject"
	errUnknownObject = busName + ".Error.UnknownObject"
	errUnknownMethod = busName + ".Error.UnknownMethod"
	errNotSupported  = busName + ".Error.NotSupported"
	errNoReply       = busName + ".Error.NoReply"
)

// unlockFailed begins the error for a collection that stayed locked, ours as well as go-keyring's: the prompt was dismissed, or the
// collection is not there at all.
const unlockFailed = "failed to unlock correct collection"

var errNoCollection = errors.New("the Secret Service has no default collection")

// errDismissed means that a person said no.
var errDismissed = errors.New("a prompt was dismissed")

func stillLocked(object dbus.ObjectPath) error { return fmt.Errorf("%s '%s'", unlockFailed, object) }

// lookCloser tells a collection that is locked from one that does not exist, which go-keyring reports alike. See link.unlockHome.
func lookCloser(err error) error {
	if err == nil || !strings.HasPrefix(err.Error(), unlockFailed) {
		return err
	}
	bus, busErr := dbus.SessionBus()
	if busErr != nil {
		return err
	}
	service := bus.Object(secretName, secretPath)
	var alias dbus.ObjectPath
	if service.Call(secretInterface+".ReadAlias", 0, "default").Store(&alias) != nil || alias != "/" {
		return err
	}
	all, propErr := service.GetProperty(secretInterface + ".Collections")
	if propErr != nil {
		return err
	}
	paths, _ := all.Value().([]dbus.ObjectPath)
	if slices.Contains(paths, loginCollection) {
		return err
	}
	return errNoCollection
}

// copiesEach is how many items of one account are removed: a prompt that was dismissed is no error to go-keyring, and must not come again.
const copiesEach = 1

// causeOf returns which of the keychain's errors err is; nil for one that is not known.
func causeOf(err error) error {
	var answer dbus.Error
	var dial *net.OpError
	var address *connector.BusAddressError
	switch {
	case errors.As(err, &address):
		return address
	case errors.Is(err, connector.ErrKeychainGone):
		return connector.ErrKeychainGone
	case errors.Is(err, connector.ErrKeychainUnattended):
		return connector.ErrKeychainUnattended
	case errors.Is(err, errDismissed):
		return connector.ErrKeychainLocked
	case errors.Is(err, errNoCollection), errors.Is(err, sessionbus.ErrNone), errors.Is(err, dbus.ErrClosed),
		errors.As(err, &dial), errors.Is(err, fs.ErrNotExist):
		return connector.ErrKeychainMissing
	case strings.HasPrefix(err.Error(), unlockFailed):
		return connector.ErrKeychainLocked
	case errors.Is(err, context.DeadlineExceeded):
		return connector.ErrKeychainSlow
	case errors.As(err, &answer):
		return causeOfAnswer(answer)
	}
	return nil
}

// https://dbus.freedesktop.org/doc/dbus-specification.html#standard-interfaces, and the bus daemon's own errors
func causeOfAnswer(answer dbus.Error) error {
	const bus = busName + ".Error."
	switch name := answer.Name; {
	case name == errLocked, name == bus+"InteractiveAuthorizationRequired":
		return connector.ErrKeychainLocked
	case name == bus+"ServiceUnknown", name == bus+"NameHasNoOwner", name == bus+"Disconnected", name == bus+"NoServer",
		name == bus+"AccessDenied", strings.HasPrefix(name, bus+"Spawn."):
		return connector.ErrKeychainMissing
	case name == bus+"NoReply", name == bus+"Timeout", name == bus+"TimedOut":
		return connector.ErrKeychainSlow
	case name == bus+"LimitsExceeded":
		return connector.ErrKeychainFull
	}
	return nil
}

// detailOf returns what the keychain's error was.
func detailOf(err error) string {
	var answer dbus.Error
	var address *connector.BusAddressError
	switch {
	case errors.As(err, &address) && address.Cause == nil, errors.Is(err, connector.ErrKeychainUnattended):
		return ""
	case errors.As(err, &address):
		return address.Cause.Error()
	case errors.As(err, &answer):
		return fmt.Sprintf("%s: %v", answer.Name, answer)
	}
	return err.Error()
}
