//go:build e2e && linux

package soak

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

// busConfig is a session bus on which nothing is started by itself.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=%s</listen><policy context="default"><allow send_destination="*" eavesdrop="false"/>
<allow receive_sender="*"/><allow own="*"/></policy></busconfig>`

// inSession runs the tests with a bus and a Secret Service of their own: other tests look into the session's at the same time.
func inSession(run func() int) (code int, err error) {
	if err := ready(); err != nil {
		return 1, err
	}
	dir, err := os.MkdirTemp("", "pcc-soak-")
	if err != nil {
		return 1, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	for _, name := range []string{"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"} {
		folder := filepath.Join(dir, strings.ToLower(name))
		if err := errors.Join(os.Mkdir(folder, 0o700), os.Setenv(name, folder)); err != nil {
			return 1, err
		}
	}
	endBus, err := startBus(dir)
	if err != nil {
		return 1, err
	}
	defer endBus()
	endKeyring, err := startKeyring()
	if err != nil {
		return 1, err
	}
	defer endKeyring()
	return run(), nil
}

func startBus(dir string) (end func(), err error) {
	config := filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, busConfig, filepath.Join(dir, "bus")), 0o600); err != nil {
		return nil, err
	}
	cmd := exec.Command("dbus-daemon", "--config-file="+config, "--nofork", "--print-address=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	end, err = start(cmd)
	if err != nil {
		return nil, err
	}
	address, err := bufio.NewReader(out).ReadString('\n')
	return end, errors.Join(err, os.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(address)))
}

func startKeyring() (end func(), err error) {
	cmd := exec.Command("gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock")
	cmd.Stdin = strings.NewReader("correct horse")
	end, err = start(cmd)
	if err != nil {
		return nil, err
	}
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		return end, err
	}
	defer func() { _ = bus.Close() }()
	for limit := time.Now().Add(20 * time.Second); time.Now().Before(limit); {
		path := dbus.ObjectPath("/")
		if bus.Object(secretName, secretPath).Call(secretInterface+".ReadAlias", 0, "default").Store(&path) == nil && path != "/" {
			return end, nil
		}
		<-time.After(20 * time.Millisecond)
	}
	return end, errors.New("the Secret Service has no default collection")
}

// start starts a program; end kills it. One that has ended before is reported with what it said, since no test of its clients can tell why they
// failed then.
func start(cmd *exec.Cmd) (end func(), err error) {
	said := &strings.Builder{}
	cmd.Stderr, cmd.WaitDelay = said, 5*time.Second
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	return func() {
		select {
		case err := <-ended:
			fmt.Fprintf(os.Stderr, "%s ended before the tests: %v\n%s", filepath.Base(cmd.Path), err, said)
		default:
			_ = cmd.Process.Kill()
			<-ended
		}
	}, nil
}
