//go:build e2e && linux

package memorykeychain

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"

	"github.com/godbus/dbus/v5"
)

// The names of the Secret Service. https://specifications.freedesktop.org/secret-service-spec/latest/
const (
	busName          = "org.freedesktop.secrets"
	servicePath      = dbus.ObjectPath("/org/freedesktop/secrets")
	collectionPath   = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	aliasPath        = dbus.ObjectPath("/org/freedesktop/secrets/aliases/default")
	sessionPath      = dbus.ObjectPath("/org/freedesktop/secrets/session/1")
	serviceInterface = "org.freedesktop.Secret.Service"
	properties       = "org.freedesktop.DBus.Properties"
	collectionType   = "org.freedesktop.Secret.Collection"
	itemInterface    = "org.freedesktop.Secret.Item"
	noPrompt         = dbus.ObjectPath("/")
)

// secret is a secret as D-Bus carries it.
type secret struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}

// item is an entry.
type item struct {
	path       dbus.ObjectPath
	label      string
	attributes map[string]string
	value      secret
	modified   uint64
}

// Service is a running Secret Service.
type Service struct {
	// Address is that of its bus.
	Address string
	bus     *dbus.Conn
	daemon  *exec.Cmd

	mu    sync.Mutex
	items map[dbus.ObjectPath]*item
	// by holds the items by each of their attributes, as "name=value".
	by   map[string]map[dbus.ObjectPath]*item
	made int
}

// Start starts a bus and the service on it.
func Start(ctx context.Context) (*Service, error) {
	s := &Service{items: map[dbus.ObjectPath]*item{}, by: map[string]map[dbus.ObjectPath]*item{}}
	s.daemon = exec.CommandContext(ctx, "dbus-daemon", "--session", "--nofork", "--print-address")
	out, err := s.daemon.StdoutPipe()
	if err == nil {
		err = s.daemon.Start()
	}
	if err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("no bus: %w", err), s.Close())
	}
	s.Address = strings.TrimSpace(line)
	if s.bus, err = dbus.Connect(s.Address); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.export(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close ends the service and its bus.
func (s *Service) Close() error {
	var err error
	if s.bus != nil {
		err = s.bus.Close()
	}
	_ = s.daemon.Process.Kill()
	_ = s.daemon.Wait()
	return err
}

func (s *Service) export() error {
	collection := map[string]any{"CreateItem": s.create, "SearchItems": s.searchCollection}
	err := errors.Join(
		s.bus.ExportMethodTable(map[string]any{
			"OpenSession": open, "ReadAlias": readAlias, "Unlock": unlock, "SearchItems": s.search, "GetSecrets": s.secrets,
		}, servicePath, serviceInterface),
		s.bus.ExportMethodTable(map[string]any{"Get": serviceProperty}, servicePath, properties),
		s.bus.ExportMethodTable(map[string]any{"Close": func() *dbus.Error { return nil }}, sessionPath, "org.freedesktop.Secret.Session"),
	)
	for _, path := range []dbus.ObjectPath{collectionPath, aliasPath} {
		err = errors.Join(err, s.bus.ExportMethodTable(collection, path, collectionType),
			s.bus.ExportMethodTable(map[string]any{"Get": collectionProperty}, path, properties))
	}
	if err != nil {
		return err
	}
	answer, err := s.bus.RequestName(busName, dbus.NameFlagDoNotQueue)
	if err == nil && answer != dbus.RequestNameReplyPrimaryOwner {
		err = errors.New("the bus has a Secret Service already")
	}
	return err
}

func open(algorithm string, _ dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	if algorithm != "plain" {
		return dbus.MakeVariant(""), noPrompt, dbus.NewError("org.freedesktop.DBus.Error.NotSupported", []any{algorithm})
	}
	return dbus.MakeVariant(""), sessionPath, nil
}

func readAlias(name string) (dbus.ObjectPath, *dbus.Error) {
	if name == "default" {
		return collectionPath, nil
	}
	return noPrompt, nil
}

func unlock(paths []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	return paths, noPrompt, nil
}

func serviceProperty(_, name string) (dbus.Variant, *dbus.Error) {
	if name == "Collections" {
		return dbus.MakeVariant([]dbus.ObjectPath{collectionPath}), nil
	}
	return dbus.Variant{}, unknown(name)
}

func collectionProperty(_, name string) (dbus.Variant, *dbus.Error) {
	switch name {
	case "Locked":
		return dbus.MakeVariant(false), nil
	case "Label":
		return dbus.MakeVariant("Login"), nil
	}
	return dbus.Variant{}, unknown(name)
}

func unknown(name string) *dbus.Error {
	return dbus.NewError("org.freedesktop.DBus.Error.UnknownProperty", []any{name})
}
