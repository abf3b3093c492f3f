//go:build !windows && !darwin

package proxy

import (
	"context"
	"os"
	"os/exec"
	"time"
)

// gsettingsTime is how long gsettings may take, which reads a file.
const gsettingsTime = 3 * time.Second

// readSystemProxy reads what the desktop is set to.
func readSystemProxy() systemProxy {
	// Without a home there are no settings of the account.
	home, _ := os.UserHomeDir()
	return desktop{env: os.Getenv, home: home, settings: gsettings, read: os.ReadFile}.proxy()
}

// gsettings prints GNOME's settings of the proxy. It needs no bus to read them, and would start one where there is none.
func gsettings() ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), gsettingsTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, "gsettings", "list-recursively", "org.gnome.system.proxy")
	cmd.Env = append(cmd.Environ(), "DBUS_SESSION_BUS_ADDRESS=disabled:")
	cmd.WaitDelay = time.Second
	return cmd.Output()
}
