//go:build e2e && keychains && linux

package vault_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"partner-center-connector/connector/vault"
)

// keepassxcSettings switch the Secret Service on, and off what a person would be asked: about updates, whether this program may read an
// item, and whether one is to be removed.
const keepassxcSettings = `[General]
ConfigVersion=2
UpdateCheckMessageShown=true
[GUI]
CheckForUpdates=false
[FdoSecrets]
Enabled=true
ShowNotification=false
ConfirmDeleteItem=false
ConfirmAccessItem=false
`

// keepassxcDatabase exposes one of its groups to the Secret Service. A UUID is in base64 there, but for that of the setting.
const keepassxcDatabase = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<KeePassFile>
<Meta><DatabaseName>test</DatabaseName><RecycleBinEnabled>True</RecycleBinEnabled><CustomData>
<Item><Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{31313131-3131-3131-3131-313131313131}</Value></Item>
</CustomData></Meta>
<Root><Group><UUID>MDAwMDAwMDAwMDAwMDAwMA==</UUID><Name>Root</Name>
<Group><UUID>MTExMTExMTExMTExMTExMQ==</UUID><Name>Exposed</Name></Group>
</Group></Root>
</KeePassFile>
`

const (
	keepassxcPassword = "correct horse\n"
	keepassxcFile     = "test.kdbx"
)

// keepassxc is a KeePassXC that runs.
type keepassxc struct {
	listed
	cmd *exec.Cmd
}

// makeKeePassXCDatabase makes a database that is as slow to save as one that KeePassXC makes by itself.
func makeKeePassXCDatabase(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	writeFile(t, filepath.Join(dir, "keepassxc.ini"), keepassxcSettings)
	writeFile(t, filepath.Join(dir, "test.xml"), keepassxcDatabase)
	cmd := exec.Command("keepassxc-cli", "import", "--set-password", filepath.Join(dir, "test.xml"), filepath.Join(dir, keepassxcFile))
	cmd.Stdin = strings.NewReader(keepassxcPassword + keepassxcPassword)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

// startKeePassXC starts it with its database unlocked.
func startKeePassXC(t *testing.T, dir string) keepassxc {
	t.Helper()
	cmd := exec.Command("keepassxc", "--config", filepath.Join(dir, "keepassxc.ini"), "--localconfig", filepath.Join(dir, "local.ini"),
		"--pw-stdin", filepath.Join(dir, keepassxcFile))
	cmd.Stdin = strings.NewReader(keepassxcPassword)
	start(t, cmd)
	l := look(t)
	until(t, "KeePassXC has unlocked its database", func() bool { return !l.locked() })
	l.isThatOf("keepassxc")
	return keepassxc{l, cmd}
}

// startDisplay starts a display for this test alone.
func startDisplay(t *testing.T) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = read.Close() }()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1024x768x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{write}
	start(t, cmd)
	_ = write.Close()
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DISPLAY", ":"+strings.TrimSpace(number))
}

// TestKeePassXC runs what every keychain must pass against KeePassXC, which must live through it and have saved everything. Nothing is
// written over go-keyring, which does not wait until it has saved.
func TestKeePassXC(t *testing.T) {
	startBus(t)
	startDisplay(t)
	dir := makeKeePassXCDatabase(t)
	k := startKeePassXC(t, dir)
	for _, form := range overBus.forms {
		t.Run(fmt.Sprintf("form %d: black box", form), func(t *testing.T) {
			blackBox(t, form, func(t *testing.T, dir string) (v, beside *vault.Vault, l lister) {
				t.Helper()
				return openAs(t, form, vault.System, dir), openAs(t, form, vault.System, dir), k
			})
		})
		k.isThatOf("keepassxc")
	}
	t.Run("saved", func(t *testing.T) { k.hasSaved(t, dir) })
}

// hasSaved holds that everything that was put is in the database when KeePassXC ends without warning, and nothing that was removed.
func (k keepassxc) hasSaved(t *testing.T, dir string) {
	t.Helper()
	v := openAs(t, vault.FormWhole, vault.System, tempDir(t))
	put(t, v, "removed", oldOne)
	for range 20 { // more than are saved together
		put(t, v, id, oldOne)
		put(t, v, id, newOne)
	}
	if err := v.Delete(context.Background(), "removed"); err != nil {
		t.Fatal(err)
	}
	done := time.Now()
	until(t, "KeePassXC has saved", func() bool {
		info, err := os.Stat(filepath.Join(dir, keepassxcFile))
		return err == nil && info.ModTime().After(done)
	})
	_ = k.cmd.Process.Kill()
	until(t, "KeePassXC is gone", func() bool { return !k.owned() })
	again := startKeePassXC(t, dir)
	if got := get(t, v, id); got != newOne {
		t.Error("another credential came back")
	}
	if left := again.accounts(); len(left) != 1 {
		t.Errorf("the keychain holds %v", left)
	}
}
