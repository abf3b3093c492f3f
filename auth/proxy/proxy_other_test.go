//go:build !windows && !darwin

package proxy

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"
)

// TestGsettingsIsAsked has a gsettings that answers only where it can start no bus.
func TestGsettingsIsAsked(t *testing.T) {
	noEnvironmentProxy(t)
	dir := t.TempDir()
	script := "#!/bin/sh\n[ \"$DBUS_SESSION_BUS_ADDRESS $*\" = 'disabled: list-recursively org.gnome.system.proxy' ] || exit 1\ncat <<'END'\n" +
		gnomeSettings(" mode = 'manual'", ".https host = 'proxy.example'", ".https port = 8080") + "END\n"
	if err := os.WriteFile(filepath.Join(dir, "gsettings"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	t.Setenv("XDG_CURRENT_DESKTOP", "GNOME")
	to := &url.URL{Scheme: "https", Host: "login.example"}
	if u, found := memoryOf(readSystemProxy()).find(t.Context(), to); u == nil || u.String() != "http://proxy.example:8080" || found.Source != System {
		t.Errorf("%v from %q", u, found.Source)
	}
	t.Setenv("PATH", dir+"/nowhere")
	if _, found := memoryOf(readSystemProxy()).find(t.Context(), to); found.Source != Unread {
		t.Errorf("without gsettings: %q", found.Source)
	}
}
