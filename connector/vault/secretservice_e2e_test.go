//go:build e2e && linux

package vault_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/vault"

	"github.com/godbus/dbus/v5"
)

// listed is the real Secret Service, listed over a connection of the test's own.
type listed struct {
	t   testing.TB
	bus *dbus.Conn
}

const (
	secretName      = "org.freedesktop.secrets"
	secretPath      = dbus.ObjectPath("/org/freedesktop/secrets")
	secretInterface = "org.freedesktop.Secret.Service"
)

func (l listed) accounts() []string {
	l.t.Helper()
	var free, locked []dbus.ObjectPath
	search := map[string]string{"service": service}
	if err := l.bus.Object(secretName, secretPath).Call(secretInterface+".SearchItems", 0, search).Store(&free, &locked); err != nil {
		l.t.Fatal(err)
	}
	var names []string
	for _, path := range append(free, locked...) {
		attributes, err := l.bus.Object(secretName, path).GetProperty("org.freedesktop.Secret.Item.Attributes")
		if err != nil {
			l.t.Fatal(err)
		}
		names = append(names, attributes.Value().(map[string]string)["username"])
	}
	return names
}

// startBus starts a session bus for this test alone, in folders of its own, and leads the process to it.
func startBus(tb testing.TB) {
	tb.Helper()
	for _, name := range []string{"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"} {
		tb.Setenv(name, tb.TempDir())
	}
	tb.Setenv("DISPLAY", "")
	tb.Setenv("WAYLAND_DISPLAY", "")
	// No service folder is named, so nothing is started by itself.
	config := filepath.Join(tb.TempDir(), "bus.conf")
	writeFile(tb, config, fmt.Sprintf(`<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=%s/bus</listen><policy context="default"><allow send_destination="*" eavesdrop="false"/>
<allow receive_sender="*"/><allow own="*"/></policy></busconfig>`, os.Getenv("XDG_RUNTIME_DIR")))
	cmd := exec.Command("dbus-daemon", "--config-file="+config, "--nofork", "--print-address=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	start(tb, cmd)
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		tb.Fatal(err)
	}
	tb.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(address))
	tb.Cleanup(forgetBus)
}

// start starts a program that ends with the test.
func start(tb testing.TB, cmd *exec.Cmd) {
	tb.Helper()
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
}

// startKeyring starts gnome-keyring; with a password it makes and unlocks the login keyring, without one there is none.
func startKeyring(tb testing.TB, password string) listed {
	tb.Helper()
	cmd := exec.Command("gnome-keyring-daemon", "--foreground", "--components=secrets")
	if password != "" {
		cmd.Args = append(cmd.Args, "--unlock")
		cmd.Stdin = strings.NewReader(password)
	}
	start(tb, cmd)
	l := look(tb)
	until(tb, "the Secret Service is there", func() bool { return password == "" && l.owned() || l.collection() != "/" })
	return l
}

// look looks at the Secret Service over a connection of its own.
func look(tb testing.TB) listed {
	tb.Helper()
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = bus.Close() })
	return listed{t: tb, bus: bus}
}

func (l listed) owned() bool {
	var has bool
	return l.bus.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, secretName).Store(&has) == nil && has
}

// collection is the default collection, "/" where there is none.
func (l listed) collection() dbus.ObjectPath {
	path := dbus.ObjectPath("/")
	if l.owned() {
		_ = l.bus.Object(secretName, secretPath).Call(secretInterface+".ReadAlias", 0, "default").Store(&path)
	}
	return path
}

// locked reports whether there is no default collection yet, or only a locked one.
func (l listed) locked() bool {
	path := l.collection()
	if path == "/" {
		return true
	}
	locked, err := l.bus.Object(secretName, path).GetProperty("org.freedesktop.Secret.Collection.Locked")
	return err != nil || locked.Value() != false
}

// overBus is the system's keychain itself: what is done to a whole credential, and to chunks that are taken over.
var overBus = way{
	"over the bus", systemItems, vault.System,
	[]int{5, 6, 7, 8, 9, putLegacy, deleteLegacy},
	[]int{putWholeOver, putLegacy},
	[]vault.Form{vault.FormWhole, vault.FormChunks},
}

func TestSecretService(t *testing.T) {
	startBus(t)
	l := startKeyring(t, "correct horse")
	overBus.everything(t, l)
	t.Run("each finds what the other wrote", func(t *testing.T) { bothWays(t, l) })
	overLibrary.everything(t, l)
	t.Run("locked", func(t *testing.T) { lockedCollection(t, l) })
	t.Run("unlocked from a terminal", func(t *testing.T) { unlockedFromATerminal(t, l) })
}

// unlockedFromATerminal checks that the locked keyring is unlocked by the command that its problem names.
func unlockedFromATerminal(t *testing.T, l listed) {
	t.Helper()
	cmd := exec.Command("gnome-keyring-daemon", "--foreground", "--replace", "--unlock", "--components=secrets")
	cmd.Stdin = strings.NewReader("correct horse")
	start(t, cmd)
	until(t, "the collection is unlocked", func() bool { return !l.locked() })
	if err := vault.Open(vault.Config{Service: service, Dir: t.TempDir(), Alone: true}).Test(context.Background()); err != nil {
		t.Error(err)
	}
}

// lockedCollection locks the collection; nobody answers the prompt, since there is no prompter on this bus.
func lockedCollection(t *testing.T, l listed) {
	t.Helper()
	var done []dbus.ObjectPath
	var prompt dbus.ObjectPath
	call := l.bus.Object(secretName, secretPath).Call(secretInterface+".Lock", 0, []dbus.ObjectPath{l.collection()})
	if err := call.Store(&done, &prompt); err != nil {
		t.Fatal(err)
	}
	until(t, "the collection is locked", l.locked)
	dir := t.TempDir()
	v := vault.Open(vault.Config{Service: service, Dir: dir, CallLimit: time.Second, FirstLimit: 3 * time.Second})
	err := v.Test(context.Background())
	if !errors.Is(err, connector.ErrKeychainLocked) && !errors.Is(err, connector.ErrKeychainSlow) {
		t.Errorf("%v, want %v or %v", err, connector.ErrKeychainLocked, connector.ErrKeychainSlow)
	}
	t.Log(err)
	nobodyThere(t)
}

// nobodyThere checks that a real service that is locked is told at once where no prompt is to be shown.
func nobodyThere(t *testing.T) {
	t.Helper()
	v := vault.Open(vault.Config{Service: service, Dir: t.TempDir(), Alone: true})
	for name, do := range map[string]func() error{
		"test":   func() error { return v.Test(context.Background()) },
		"get":    func() error { _, err := v.Get(context.Background(), id); return err },
		"delete": func() error { return v.Delete(context.Background(), id) },
	} {
		begun := time.Now()
		if err := do(); !errors.Is(err, connector.ErrKeychainUnattended) || time.Since(begun) > 5*time.Second {
			t.Errorf("%s, after %v: %v, want %v", name, time.Since(begun), err, connector.ErrKeychainUnattended)
		}
	}
}

// TestPlantedItemsOfARealService checks that copies that somebody else put beside our item are gone with it.
func TestPlantedItemsOfARealService(t *testing.T) {
	startBus(t)
	l := startKeyring(t, "correct horse")
	dir := tempDir(t)
	v := openAs(t, vault.FormWhole, vault.System, dir)
	plant := func(text string, more map[string]string) {
		t.Helper()
		attributes := map[string]string{"service": service, "username": id}
		maps.Copy(attributes, more)
		l.create(attributes, text)
	}
	put(t, v, id, oldOne)
	copied, err := vault.System.Get(service, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, more := range []map[string]string{{}, {}, {"added": "by another program"}} {
		plant(copied, more)
	}
	plant("?", map[string]string{})
	plant("of another program", map[string]string{"more": "yes"})
	put(t, v, id, newOne)
	if got := get(t, v, id); got != newOne {
		t.Error("another credential came back")
	}
	plant(copied, map[string]string{})
	if err := v.Delete(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Get(context.Background(), id); !errors.Is(err, connector.ErrCredentialAbsent) {
		t.Errorf("after the removal: %v", err)
	}
	if left := l.accounts(); len(left) != 1 {
		t.Errorf("left are %v", left)
	}
}

// create makes an item as another program would.
func (l listed) create(attributes map[string]string, text string) {
	l.t.Helper()
	var nothing dbus.Variant
	var session, item, prompt dbus.ObjectPath
	if err := l.bus.Object(secretName, secretPath).Call(secretInterface+".OpenSession", 0, "plain", dbus.MakeVariant("")).Store(&nothing, &session); err != nil {
		l.t.Fatal(err)
	}
	properties := map[string]dbus.Variant{
		"org.freedesktop.Secret.Item.Label": dbus.MakeVariant("planted"), "org.freedesktop.Secret.Item.Attributes": dbus.MakeVariant(attributes),
	}
	secret := struct {
		Session           dbus.ObjectPath
		Parameters, Value []byte
		ContentType       string
	}{session, []byte{}, []byte(text), "text/plain"}
	if err := l.bus.Object(secretName, l.collection()).Call("org.freedesktop.Secret.Collection.CreateItem", 0, properties, secret, false).Store(&item, &prompt); err != nil {
		l.t.Fatal(err)
	}
}

func TestNoSecretService(t *testing.T) {
	for name, prepare := range map[string]func(*testing.T){
		"a bus without it": func(t *testing.T) { t.Helper(); startBus(t) },
		"no default collection": func(t *testing.T) {
			t.Helper()
			startBus(t)
			startKeyring(t, "")
		},
		"a bus that is gone": func(t *testing.T) {
			t.Helper()
			t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "bus"))
		},
		"no bus": func(t *testing.T) {
			t.Helper()
			t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
			if _, err := os.Stat(fmt.Sprintf("/run/user/%d/bus", os.Getuid())); err == nil {
				t.Skip("this account has a session bus at its usual place")
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			prepare(t)
			err := open(t, nil, t.TempDir()).Test(context.Background())
			if !errors.Is(err, connector.ErrKeychainMissing) {
				t.Errorf("%v, want %v", err, connector.ErrKeychainMissing)
			}
			t.Log(err)
		})
	}
}

// bothWays holds that items written over the bus and over go-keyring are the same.
func bothWays(t *testing.T, l listed) {
	t.Helper()
	for _, form := range []vault.Form{vault.FormWhole, vault.FormChunks} {
		dir := tempDir(t)
		ways := []*vault.Vault{openAs(t, form, vault.System, dir), openAs(t, form, vault.Library, dir)}
		for i, v := range ways {
			other := ways[1-i]
			put(t, v, id, oldOne)
			if got := get(t, other, id); got != oldOne {
				t.Errorf("form %d, %d: another credential came back", form, i)
			}
			put(t, other, id, newOne)
			if got := get(t, v, id); got != newOne {
				t.Errorf("form %d, %d: another credential came back", form, i)
			}
			if form == vault.FormWhole {
				oneItemLeft(t, l, dir)
			} else {
				nothingLeft(t, l, dir, chunksEach)
			}
			if err := other.Delete(context.Background(), id); err != nil {
				t.Error(err)
			}
			nothingLeft(t, l, dir, 0)
		}
	}
}

// forgetBus ends the connections that the process keeps, so that the next test looks for a bus again. It must run while the
// address of one is set: without it the D-Bus library starts a bus.
func forgetBus() {
	vault.ForgetLink()
	if bus, err := dbus.SessionBus(); err == nil {
		_ = bus.Close()
	}
}
