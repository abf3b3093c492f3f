//go:build e2e && keychains && linux

package vault_test

import (
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"partner-center-connector/connector/vault"
)

// kwalletSettings switch KWallet's first questions off.
const kwalletSettings = `[Wallet]
Enabled=true
First Use=false
Default Wallet=kdewallet
Prompt on Open=false
Leave Open=true
[Auto Allow]
kdewallet=*
[org.freedesktop.secrets]
apiEnabled=true
`

// startKWallet starts KDE's wallet daemon without a window, with the default wallet unlocked as by a login.
func startKWallet(t *testing.T) listed {
	t.Helper()
	t.Setenv("QT_QPA_PLATFORM", "offscreen")
	writeFile(t, filepath.Join(os.Getenv("XDG_CONFIG_HOME"), "kwalletrc"), kwalletSettings)
	l := look(t)
	// The first daemon makes the wallet; it is in the list of the next one.
	first := startKWalletDaemon(t)
	until(t, "KWallet has made its wallet", func() bool {
		info, err := os.Stat(filepath.Join(os.Getenv("XDG_DATA_HOME"), "kwalletd", "kdewallet.kwl"))
		return err == nil && info.Size() > 0 && l.owned()
	})
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	until(t, "KWallet is gone", func() bool { return !l.owned() })
	startKWalletDaemon(t)
	until(t, "the wallet is there and open", func() bool {
		var isOpen bool
		err := l.bus.Object("org.kde.kwalletd5", "/modules/kwalletd5").Call("org.kde.KWallet.isOpen", 0, "kdewallet").Store(&isOpen)
		return err == nil && isOpen && l.collection() != "/"
	})
	return l
}

// startKWalletDaemon plays the part of pam_kwallet: it hands the wallet's key over in a pipe, and the environment through a socket.
func startKWalletDaemon(t *testing.T) *exec.Cmd {
	t.Helper()
	path := filepath.Join(t.TempDir(), "login")
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: path})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	socket, err1 := listener.File()
	key, handed, err2 := os.Pipe()
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("kwalletd5", "--pam-login", "3", "4")
	cmd.Env = append(os.Environ(), "PAM_KWALLET5_LOGIN="+path)
	cmd.ExtraFiles = []*os.File{key, socket}
	start(t, cmd)
	_, _ = key.Close(), socket.Close()
	const keyLength = 56
	_, err1 = io.WriteString(handed, strings.Repeat("k", keyLength))
	login, err2 := net.Dial("unix", path)
	if err := errors.Join(err1, handed.Close(), err2); err != nil {
		t.Fatal(err)
	}
	_, err = io.WriteString(login, strings.Join(os.Environ(), "\n")+"\n")
	if err := errors.Join(err, login.Close()); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// TestKWallet runs the same tests against KDE's Secret Service.
func TestKWallet(t *testing.T) {
	startBus(t)
	l := startKWallet(t)
	l.isThatOf("kwalletd5")
	overBus.everything(t, l)
	t.Run("each finds what the other wrote", func(t *testing.T) { bothWays(t, l) })
	// KWallet gives an item that go-keyring replaces another path: whoever reads at that moment does not find it.
	chunks := overLibrary
	chunks.forms = []vault.Form{vault.FormChunks}
	chunks.everything(t, l)
	t.Run("locked", func(t *testing.T) { lockedCollection(t, l) })
}

// isThatOf returns which program the Secret Service is.
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
