//go:build e2e && linux

package soak

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/godbus/dbus/v5"
)

// busConfig is a session bus on which nothing is started by itself.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=%s</listen><policy context="default"><allow send_destination="*" eavesdrop="false"/>
<allow receive_sender="*"/><allow own="*"/></policy></busconfig>`

// envInSession marks the process that runs the tests, in the session that another one made.
const envInSession = "PCC_SOAK_IN_SESSION"

// errKeyringEnded: the keychain's daemon ended by itself. Clients are killed here at any time, which gnome-keyring-daemon 42.1 does not always
// survive; what its clients find then tells nothing about them.
var errKeyringEnded = errors.New("the tests had no keychain any more")

// inSession runs the tests with a bus and a Secret Service of their own: other tests look into the session's at the same time. They run in
// another process, so that they can be done again in another session.
func inSession() (code int, err error) {
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
	bus, err := startBus(dir)
	if err != nil {
		return 1, err
	}
	defer bus.end()
	keyring, err := startKeyring()
	if err != nil {
		return 1, err
	}
	defer keyring.end()
	return runTests(keyring)
}

// runTests runs this program's tests to their end, or to that of the keychain. What they say is told once it is known to count.
func runTests(keyring *daemon) (code int, err error) {
	// The tests end with the thread that started them.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	out := &bytes.Buffer{}
	cmd := exec.Command(os.Args[0], os.Args[1:]...)
	cmd.Env = append(os.Environ(), envInSession+"=1")
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = out, os.Stderr, 5*time.Second
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return 1, err
	}
	go func() {
		<-keyring.ended
		_ = cmd.Process.Kill()
	}()
	err = cmd.Wait()
	select {
	case <-keyring.ended:
		return 1, errKeyringEnded
	default:
	}
	_, _ = os.Stdout.Write(out.Bytes())
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Exited() {
		return exit.ExitCode(), nil
	}
	return 0, err
}

func startBus(dir string) (*daemon, error) {
	config := filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, busConfig, filepath.Join(dir, "bus")), 0o600); err != nil {
		return nil, err
	}
	cmd := exec.Command("dbus-daemon", "--config-file="+config, "--nofork", "--print-address=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	bus, err := start(cmd)
	if err != nil {
		return nil, err
	}
	address, err := bufio.NewReader(out).ReadString('\n')
	if err := errors.Join(err, os.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(address))); err != nil {
		bus.end()
		return nil, err
	}
	return bus, nil
}

func startKeyring() (*daemon, error) {
	cmd := exec.Command("gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock")
	cmd.Stdin = strings.NewReader("correct horse")
	keyring, err := start(cmd)
	if err != nil {
		return nil, err
	}
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		keyring.end()
		return nil, err
	}
	defer func() { _ = bus.Close() }()
	for limit := time.Now().Add(20 * time.Second); time.Now().Before(limit); {
		path := dbus.ObjectPath("/")
		if bus.Object(secretName, secretPath).Call(secretInterface+".ReadAlias", 0, "default").Store(&path) == nil && path != "/" {
			return keyring, nil
		}
		<-time.After(20 * time.Millisecond)
	}
	keyring.end()
	return nil, errors.New("the Secret Service has no default collection")
}

// daemon is a program that runs beside the tests. Once ended is closed, err and said are how it ended and what it said.
type daemon struct {
	name    string
	process *os.Process
	ended   chan struct{}
	err     error
	said    *strings.Builder
}

func start(cmd *exec.Cmd) (*daemon, error) {
	d := &daemon{name: filepath.Base(cmd.Path), ended: make(chan struct{}), said: &strings.Builder{}}
	cmd.Stderr, cmd.WaitDelay = d.said, 5*time.Second
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	d.process = cmd.Process
	go func() {
		defer close(d.ended)
		d.err = cmd.Wait()
	}()
	return d, nil
}

// end kills it. One that has ended before is reported with what it said, since no test of its clients can tell why they failed then.
func (d *daemon) end() {
	select {
	case <-d.ended:
		fmt.Fprintf(os.Stderr, "%s ended before the tests: %v\n%s", d.name, d.err, d.said)
	default:
		_ = d.process.Kill()
		<-d.ended
	}
}
