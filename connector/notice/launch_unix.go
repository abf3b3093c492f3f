//go:build unix && !darwin

package notice

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"github.com/godbus/dbus/v5"

	"partner-center-connector/connector/sessionbus"
)

// The manager of the user's services. https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.systemd1.html
const (
	managerName = "org.freedesktop.systemd1"
	managerPath = "/org/freedesktop/systemd1"
)

// errNoDisplay means that this session knows no display to open a window on.
var errNoDisplay = errors.New("no display is known here")

// displayVariables are those by which a program finds the display.
var displayVariables = []string{"DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"}

// launch starts a program that goes on when this one has ended. The manager of the user's services does so where it called this program: it ends
// what a service has left behind, and knows the display where this program does not.
func launch(args []string, token string) error {
	more := tokenVariables(token)
	if os.Getenv("INVOCATION_ID") != "" || !hasDisplay() {
		if err := launchByManager(args, more); err == nil {
			return nil
		}
	}
	if !hasDisplay() {
		return errNoDisplay
	}
	cmd := exec.Command(args[0], args[1:]...) //nolint:noctx // it outlives this program
	cmd.Env = append(cmd.Environ(), more...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Process.Release()
}

// tokenVariables hand on what lets the window come to the front, on Wayland and on X11.
func tokenVariables(token string) []string {
	if token == "" {
		return nil
	}
	return []string{"XDG_ACTIVATION_TOKEN=" + token, "DESKTOP_STARTUP_ID=" + token}
}

func hasDisplay() bool { return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "" }

// execCommand is a command line as the manager takes it.
type execCommand struct {
	Path          string
	Args          []string
	IgnoreFailure bool
}

// property is a setting of a unit.
type property struct {
	Name  string
	Value dbus.Variant
}

// launchByManager has the user's systemd start a program as a service of its own, with the display that it knows of.
func launchByManager(args, variables []string) error {
	ctx, cancel := context.WithTimeout(context.Background(), callLimit)
	defer cancel()
	address, err := sessionbus.Address()
	if err != nil {
		return err
	}
	bus, err := dbus.Connect(address, dbus.WithContext(ctx))
	if err != nil {
		return err
	}
	defer func() { _ = bus.Close() }()
	unit := "app-" + icon + "@" + strings.ToLower(rand.Text()) + ".service"
	type auxiliary struct {
		Name       string
		Properties []property
	}
	return bus.Object(managerName, managerPath).CallWithContext(
		ctx, managerName+".Manager.StartTransientUnit", dbus.FlagNoAutoStart, unit, "fail", unitProperties(args, variables), []auxiliary{},
	).Err
}

func unitProperties(args, variables []string) []property {
	for _, name := range displayVariables {
		if value := os.Getenv(name); value != "" {
			variables = append(variables, name+"="+value)
		}
	}
	command := execCommand{Path: args[0], Args: make([]string, len(args))}
	for i, arg := range args {
		command.Args[i] = strings.ReplaceAll(arg, "$", "$$") // it fills in variables
	}
	return []property{
		{"Description", dbus.MakeVariant("Partner Center Connector")},
		{"ExecStart", dbus.MakeVariant([]execCommand{command})},
		{"Environment", dbus.MakeVariant(append([]string{}, variables...))},
		{"CollectMode", dbus.MakeVariant("inactive-or-failed")},
	}
}
