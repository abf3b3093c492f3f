//go:build e2e && keychains && linux

package vault_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// keePassDatabase is an empty database whose root group is shown to the bus.
const keePassDatabase = `<?xml version="1.0" encoding="UTF-8"?>
<KeePassFile><Meta><Generator>test</Generator><CustomData>
<Item><Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{00112233-4455-6677-8899-aabbccddeeff}</Value></Item>
</CustomData></Meta><Root><Group><UUID>ABEiM0RVZneImaq7zN3u/w==</UUID><Name>Root</Name></Group></Root></KeePassFile>`

// keePassSettings switch its Secret Service on and its questions off. It must not save by itself: of many changes in a row its
// version 2.7.4 dies then.
const keePassSettings = `[General]
ConfigVersion=2
AutoSaveAfterEveryChange=false
AutoSaveOnExit=false
UpdateCheckMessageShown=true
[GUI]
CheckForUpdates=false
[FdoSecrets]
Enabled=true
ShowNotification=false
ConfirmDeleteItem=false
ConfirmAccessItem=false
`

// startKeePassXC starts KeePassXC without a window, with an unlocked database.
func startKeePassXC(t *testing.T) listed {
	t.Helper()
	t.Setenv("QT_QPA_PLATFORM", "offscreen")
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	writeFile(t, path("db.xml"), keePassDatabase)
	writeFile(t, path("settings.ini"), keePassSettings)
	const password = "correct horse\n"
	imported := exec.Command("keepassxc-cli", "import", "--set-password", path("db.xml"), path("db.kdbx"))
	imported.Stdin = strings.NewReader(password + password)
	if out, err := imported.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	cmd := exec.Command("keepassxc", "--config", path("settings.ini"), "--localconfig", path("local.ini"), "--pw-stdin", path("db.kdbx"))
	cmd.Stdin = strings.NewReader(password)
	start(t, cmd)
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	l := listed{t: t, bus: bus}
	until(t, "KeePassXC shows its database", func() bool { return !l.locked() })
	return l
}

// TestKeePassXC runs the same tests against another Secret Service than GNOME's.
func TestKeePassXC(t *testing.T) {
	startBus(t)
	l := startKeePassXC(t)
	l.isThatOf("keepassxc")
	l.everything()
}

// isThatOf says which program the Secret Service is.
func (l listed) isThatOf(program string) {
	l.t.Helper()
	var pid uint32
	if err := l.bus.BusObject().Call("org.freedesktop.DBus.GetConnectionUnixProcessID", 0, secretName).Store(&pid); err != nil {
		l.t.Fatal(err)
	}
	if name, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(int(pid)), "comm")); err != nil || strings.TrimSpace(string(name)) != program {
		l.t.Fatalf("the Secret Service is that of %q: %v", name, err)
	}
}
