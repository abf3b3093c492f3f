//go:build linux

package browser

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestWhatABrowserIsStartedWith looks at the process itself: arguments, environment and profile.
func TestWhatABrowserIsStartedWith(t *testing.T) {
	const tell = `printf '%s\n' "$@" "$MOZ_CRASHREPORTER_DISABLE" >"$TOLD"`
	for _, tc := range []struct {
		name      string
		family    Family
		mode      Mode
		noSandbox bool
		want      string
	}{
		{
			"Chromium", Chromium, ModeGuest, false,
			"--lead --user-data-dir=PROFILE --incognito --guest" + quiet + " --password-store=basic " + address + " ",
		},
		{
			"Chromium in a rehearsal as root", Chromium, ModePlain, true,
			"--lead --user-data-dir=PROFILE" + quiet + " --password-store=basic --no-sandbox " + address + " ",
		},
		{"Firefox", Firefox, ModePrivate, true, "--lead -profile PROFILE -new-instance " + address + " 1"},
	} {
		l, d := opening(t, map[string]string{"mine": tell})
		l.noSandbox = New(Config{NoSandbox: tc.noSandbox}).noSandbox
		b := Browser{ID: "mine", Family: tc.family, Command: []string{d.root + "/bin/mine", "--lead"}}
		w, err := l.OpenPrivate(background, b, tc.mode, address)
		if err != nil {
			t.Fatal(err)
		}
		exitOf(t, w)
		want := strings.ReplaceAll(tc.want, "PROFILE", filepath.Join(w.Dir(), "profile"))
		if got := strings.ReplaceAll(told(d)+" ", "\n", " "); strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("%s:\ngot  %s\nwant %s", tc.name, got, want)
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestWhereADisplayIs(t *testing.T) {
	l := New(Config{Root: t.TempDir()})
	l.goos = "linux"
	release, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil {
		t.Fatal(err)
	}
	below := strings.Contains(strings.ToLower(string(release)), "microsoft")
	for name, want := range map[string]bool{"DISPLAY": true, "WAYLAND_DISPLAY": true, "BROWSER": true, "WSL_DISTRO_NAME": true, "TERM": false} {
		l.env = func(asked string) string { return map[string]string{name: "x"}[asked] }
		if got := l.hasDisplay(); got != want {
			t.Errorf("%s: %v", name, got)
		}
		if err := l.ready(background, address); errors.Is(err, ErrNoDisplay) == want {
			t.Errorf("%s: %v", name, err)
		}
		if got := l.inWSL(); got != (below || name == "WSL_DISTRO_NAME") {
			t.Errorf("%s: below Windows: %v", name, got)
		}
	}
	l.goos, l.env = "darwin", func(string) string { return "" }
	if err := l.ready(background, address); err != nil {
		t.Errorf("macOS: %v", err)
	}
}

func TestNoFolderForTheProfile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, root := range []string{file, filepath.Join(file, "below")} {
		w, err := rehearsed(root).OpenPrivate(background, fake(), ModePrivate, address)
		if w != nil || !errors.Is(err, syscall.ENOTDIR) || !strings.HasPrefix(err.Error(), "make a profile: ") {
			t.Errorf("%s: %v, %v, want %v", root, w, err, syscall.ENOTDIR)
		}
	}
}

func TestApplications(t *testing.T) {
	of := func(env map[string]string) string {
		h := host{env: func(name string) string { return env[name] }, home: "/home/a"}
		return strings.Join(h.applications(), " ")
	}
	const flatpaksAndSnaps = " /home/a/.local/share/flatpak/exports/share/applications /var/lib/flatpak/exports/share/applications" +
		" /var/lib/snapd/desktop/applications"
	for _, tc := range []struct {
		data, dirs string
		want       string
	}{
		{"", "", "/home/a/.local/share/applications /usr/local/share/applications /usr/share/applications" + flatpaksAndSnaps},
		{"/data", "/one:/two:relative:", "/data/applications /one/applications /two/applications" + flatpaksAndSnaps},
		{"relative", "/one:/one", "/home/a/.local/share/applications /one/applications" + flatpaksAndSnaps},
		{
			"/d", "/var/lib/snapd/desktop", "/d/applications /var/lib/snapd/desktop/applications" +
				strings.TrimSuffix(flatpaksAndSnaps, " /var/lib/snapd/desktop/applications"),
		},
	} {
		if got := of(map[string]string{"XDG_DATA_HOME": tc.data, "XDG_DATA_DIRS": tc.dirs}); got != tc.want {
			t.Errorf("%q, %q:\ngot  %s\nwant %s", tc.data, tc.dirs, got, tc.want)
		}
	}
}

func TestTheDesktopsDefault(t *testing.T) {
	d := desk{t, t.TempDir()}
	for want, answers := range map[string]map[string]string{
		"mime.desktop":     {"xdg-mime": "mime.desktop", "xdg-settings": "settings.desktop"},
		"settings.desktop": {"xdg-settings": "settings.desktop"},
		"":                 nil,
	} {
		if got := d.host(answers).standard(background); got != want {
			t.Errorf("%v: got %q", answers, got)
		}
	}
	// Nobody's default does not make a browser that has no desktop file the default one.
	d.program("chromium")
	if all := found(t, d.host(nil)); len(all) != 1 || all[0].Default {
		t.Errorf("got %+v", all)
	}
}

func TestABrowserWithTwoNamesIsFoundOnce(t *testing.T) {
	d := desk{t, t.TempDir()}
	d.program("google-chrome")
	d.program("google-chrome-stable")
	got := d.host(nil).executables()
	if len(got) != 1 || got[0].name != "Google Chrome" || !slices.Equal(got[0].command, []string{filepath.Join(d.root, "bin", "google-chrome-stable")}) {
		t.Errorf("got %+v", got)
	}
}

func TestHeadOfAFile(t *testing.T) {
	d := desk{t, t.TempDir()}
	for size, want := range map[int]int{10: 10, 8192: 8192, 8193: 8192} {
		if got := head(d.write("file", strings.Repeat("x", size), 0o644)); len(got) != want {
			t.Errorf("%d of %d bytes", len(got), size)
		}
	}
	if head(filepath.Join(d.root, "absent")) != "" || head(d.root) != "" {
		t.Error("what is no file has a beginning")
	}
}

func TestFilesBehindLinks(t *testing.T) {
	d := desk{t, t.TempDir()}
	target, err := filepath.EvalSymlinks(d.write("target", "", 0o644))
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(d.root, "link")
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if got := resolved(link); got != target {
		t.Errorf("got %s, want %s", got, target)
	}
	if got := resolved("/nowhere/x"); got != "/nowhere/x" {
		t.Errorf("what is not there: %s", got)
	}
}

func TestAskIsLimited(t *testing.T) {
	t.Parallel()
	d := desk{t, t.TempDir()}
	slow := d.write("slow", "#!/bin/sh\necho one\nexec sleep 60\n", 0o755)
	began := time.Now()
	if got := ask(background, slow); got != "" {
		t.Errorf("got %q of a command that did not end", got)
	}
	if took := time.Since(began); askLimit != 2*time.Second || took < 2*time.Second || took > 20*time.Second {
		t.Errorf("it took %v, want two seconds", took)
	}
	// The command has ended, a child of it still holds the pipe.
	left := d.write("left", "#!/bin/sh\necho one\nsleep 5 &\n", 0o755)
	if got := ask(background, left); got != "one" {
		t.Errorf("with a child left: %q", got)
	}
}

func TestIdentify(t *testing.T) {
	me, err := identify(os.Getpid())
	boot, bootErr := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err := errors.Join(err, bootErr); err != nil {
		t.Fatal(err)
	}
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		t.Fatal(err)
	}
	// The name of a test program has neither blanks nor brackets.
	started := strings.Fields(string(stat))[21]
	if want := (processID{os.Getpid(), strings.TrimSpace(string(boot)) + "/" + started}); me != want {
		t.Errorf("got %+v, want %+v", me, want)
	}
	if id, err := identify(1 << 30); !errors.Is(err, fs.ErrNotExist) || id != (processID{}) {
		t.Errorf("nobody: %+v, %v", id, err)
	}
}

func TestTheInstalledBrowserThatOpensALink(t *testing.T) {
	const tell = `echo "$0 $*" >>"$TOLD"`
	for standard, want := range map[string]string{"": "/google-chrome-stable", "firefox.desktop": "/firefox"} {
		l, d := opening(t, map[string]string{"google-chrome-stable": tell, "firefox": tell, "xdg-mime": "echo " + standard})
		d.entry("data/applications/firefox.desktop", "Firefox", "firefox %u")
		t.Setenv("PATH", d.root+"/bin")
		t.Setenv("HOME", d.root)
		t.Setenv("XDG_DATA_HOME", "")
		t.Setenv("XDG_DATA_DIRS", d.root+"/data")
		if err := l.OpenDefault(background, address); err != nil || !strings.HasSuffix(strings.Fields(told(d) + " x")[0], want) {
			t.Errorf("%q: %v, told %q", standard, err, told(d))
		}
	}
	l, d := opening(t, nil)
	t.Setenv("PATH", d.root+"/bin")
	t.Setenv("HOME", d.root)
	t.Setenv("XDG_DATA_DIRS", d.root)
	// Snaps of this computer would be found all the same.
	if all, err := l.Installed(background); err == nil && len(all) == 0 {
		if err := l.OpenDefault(background, address); !errors.Is(err, ErrNoBrowser) {
			t.Errorf("nothing is installed: %v, want %v", err, ErrNoBrowser)
		}
	}
}

func TestAFolderIsNoDesktopFile(t *testing.T) {
	d := desk{t, t.TempDir()}
	d.program("falkon")
	d.write("home/.local/share/applications/falkon.desktop/note", "", 0o644)
	d.entry("system/applications/falkon.desktop", "Falkon", "falkon %u")
	if got := d.host(nil).desktopFiles(); len(got) != 1 || got[0].name != "Falkon" || got[0].key != "falkon.desktop" {
		t.Errorf("got %+v", got)
	}
}
