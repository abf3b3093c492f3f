//go:build unix && !darwin

package notice

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/connector/sessionbus"
)

var (
	signIn  = connector.Notice{ConnectorID: "c-1", Title: "A connector needs attention", Text: "It has to sign in."}
	desktop = Desktop{Text: assets.NewTranslator("en").Text, Args: []string{"--config-dir", "/home/a/$x y"}}
	clicks  = []string{"body", "actions"}
)

// installWindow puts a window program on the PATH that writes down how it was called, and returns that file.
func installWindow(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	said := filepath.Join(folder, "said")
	script := fmt.Sprintf("#!/bin/sh\nprintf '%%s|' \"$@\" \"$XDG_ACTIVATION_TOKEN\" >%s.part\nmv %s.part %s\n", said, said, said)
	if err := os.WriteFile(filepath.Join(folder, windowProgram), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
	t.Setenv("DISPLAY", ":77")
	t.Setenv("WAYLAND_DISPLAY", "")
	t.Setenv("INVOCATION_ID", "")
	return said
}

// TestAClickOpensTheWindow checks that the window program is called with the connector, and the token of the click.
func TestAClickOpensTheWindow(t *testing.T) {
	said := installWindow(t)
	b := &bus{capabilities: clicks, then: []signal{
		{"ActionInvoked", []any{uint32(6), "default"}}, // another one's
		{"NameOwnerChanged", []any{serviceName, "", ":1.9"}},
		{"ActivationToken", []any{uint32(7), "token-1"}},
		{"ActionInvoked", []any{uint32(7), "default"}},
	}}
	b.start(t)
	if clicked, err := desktop.Show(context.Background(), signIn); !clicked || err != nil {
		t.Fatalf("%v, %v", clicked, err)
	}
	want := []any{
		"Partner Center Connector", uint32(0), "io.github.partnercenterconnector", "A connector needs attention", "It has to sign in.",
		[]string{"default", "Show"},
		map[string]dbus.Variant{"urgency": dbus.MakeVariant(byte(1))},
		int32(60_000),
	}
	if got := b.called("Notify"); !reflect.DeepEqual(got, want) {
		t.Errorf("shown: %#v", got)
	}
	if b.called("StartTransientUnit") != nil {
		t.Error("the manager was asked, though no service calls")
	}
	for !isFile(said) {
		<-time.After(time.Millisecond)
	}
	text, err := os.ReadFile(said)
	if err != nil || string(text) != "--config-dir|/home/a/$x y|--connector|c-1|token-1|" {
		t.Errorf("the window: %s, %v", text, err)
	}
}

// TestNoClick checks that what is not clicked opens nothing, and what can't be is not waited for.
func TestNoClick(t *testing.T) {
	said := installWindow(t)
	for name, b := range map[string]*bus{
		"closed":                 {capabilities: clicks, then: []signal{{"NotificationClosed", []any{uint32(7), uint32(1)}}}},
		"another action":         {capabilities: clicks, then: []signal{{"ActionInvoked", []any{uint32(7), "snooze"}}}},
		"the service ends":       {capabilities: clicks, then: []signal{{"NameOwnerChanged", []any{serviceName, ":1.9", ""}}}},
		"the bus ends":           {capabilities: clicks, ends: true},
		"it knows of no actions": {capabilities: []string{"body"}},
	} {
		b.start(t)
		if clicked, err := desktop.Show(context.Background(), signIn); clicked || err != nil {
			t.Errorf("%s: %v, %v", name, clicked, err)
		}
		if actions := b.called("Notify")[5].([]string); (len(actions) == 2) != (len(b.capabilities) == 2) {
			t.Errorf("%s: actions %v", name, actions)
		}
	}
	b := &bus{capabilities: clicks}
	b.start(t)
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if clicked, err := desktop.Show(ctx, signIn); clicked || err != nil {
		t.Errorf("nobody is there: %v, %v", clicked, err)
	}
	if _, err := os.Stat(said); err == nil {
		t.Error("the window was opened")
	}
}

// TestNothingShowsIt checks that a system without notifications is told as such, and does not hang.
func TestNothingShowsIt(t *testing.T) {
	for _, member := range []string{"GetCapabilities", "Notify", "AddMatch"} {
		b := &bus{capabilities: clicks, refuses: map[string]string{member: unknownService}}
		b.start(t)
		_, err := desktop.Show(context.Background(), signIn)
		var answer dbus.Error
		if !errors.As(err, &answer) || answer.Name != unknownService {
			t.Errorf("%s: %v", member, err)
		}
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "bus"))
	if _, err := desktop.Show(context.Background(), signIn); err == nil {
		t.Error("no bus: no error")
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	if _, err := sessionbus.Address(); err != nil { // an account may have one at the usual place
		if _, err := desktop.Show(context.Background(), signIn); !errors.Is(err, sessionbus.ErrNone) {
			t.Errorf("without a bus: %v", err)
		}
	}
}

// TestAServiceHasTheWindowStartedByTheManager checks that the window outlives the service that shows the notification, and gets the display.
func TestAServiceHasTheWindowStartedByTheManager(t *testing.T) {
	said := installWindow(t)
	click := []signal{{"ActivationToken", []any{uint32(7), "token-1"}}, {"ActionInvoked", []any{uint32(7), "default"}}}
	for name, c := range map[string]struct{ invocation, display string }{"in a service": {"0123", ":77"}, "from cron": {"", ""}} {
		t.Setenv("INVOCATION_ID", c.invocation)
		t.Setenv("DISPLAY", c.display)
		t.Setenv("XAUTHORITY", "/home/a/.Xauthority")
		b := &bus{capabilities: clicks, then: click}
		b.start(t)
		if clicked, err := desktop.Show(context.Background(), signIn); !clicked || err != nil {
			t.Fatalf("%s: %v, %v", name, clicked, err)
		}
		body := b.called("StartTransientUnit")
		unit, _ := body[0].(string)
		if !strings.HasPrefix(unit, "app-io.github.partnercenterconnector@") || !strings.HasSuffix(unit, ".service") || body[1] != "fail" {
			t.Errorf("%s: %v", name, body[:2])
		}
		told := fmt.Sprint(body[2])
		program, _ := exec.LookPath(windowProgram)
		for _, part := range []string{
			program + " --config-dir /home/a/$$x y --connector c-1]", "XDG_ACTIVATION_TOKEN=token-1", "DESKTOP_STARTUP_ID=token-1", "XAUTHORITY=/home/a/.Xauthority",
		} {
			if !strings.Contains(strings.NewReplacer(`"`, "", ",", "").Replace(told), part) {
				t.Errorf("%s: no %q in %s", name, part, told)
			}
		}
		if strings.Contains(told, "DISPLAY=:77") != (c.display != "") {
			t.Errorf("%s: the display in %s", name, told)
		}
	}
	t.Setenv("DISPLAY", "")
	b := &bus{capabilities: clicks, then: click, refuses: map[string]string{"StartTransientUnit": unknownService}}
	b.start(t)
	if clicked, err := desktop.Show(context.Background(), signIn); !clicked || !errors.Is(err, errNoDisplay) {
		t.Errorf("no display, no manager: %v, %v", clicked, err)
	}
	t.Setenv("PATH", t.TempDir())
	b = &bus{capabilities: clicks, then: click}
	b.start(t)
	if clicked, err := desktop.Show(context.Background(), signIn); !clicked || !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("only pcc is installed: %v, %v", clicked, err)
	}
	if _, err := os.Stat(said); err == nil {
		t.Error("the window was started by the program itself")
	}
}
