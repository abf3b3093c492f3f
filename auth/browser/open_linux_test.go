package browser

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

// opening is a Launcher whose PATH has only the scripts of the test.
func opening(t *testing.T, scripts map[string]string) (*Launcher, desk) {
	t.Helper()
	d := desk{t, t.TempDir()}
	for name, script := range scripts {
		d.write("bin/"+name, "#!/bin/sh\n"+script+"\n", 0o755)
	}
	t.Setenv("PATH", d.root+"/bin:/usr/bin:/bin")
	t.Setenv("TOLD", d.root+"/told")
	l := rehearsed(t.TempDir())
	l.grace = 200 * time.Millisecond
	l.env = func(name string) string { return map[string]string{"DISPLAY": ":0"}[name] }
	return l, d
}

func told(d desk) string {
	text, _ := os.ReadFile(d.root + "/told")
	return strings.TrimSpace(string(text))
}

func TestOpenDefault(t *testing.T) {
	const tell = `echo "$0 $*" >>"$TOLD"`
	for _, c := range []struct {
		name    string
		scripts map[string]string
		want    string
		fails   bool
	}{
		{"told", map[string]string{"xdg-open": tell}, "xdg-open " + address, false},
		{"failed, next one", map[string]string{"xdg-open": "exit 3", "gio": tell}, "gio open " + address, false},
		{"slow without a word", map[string]string{"xdg-open": tell + "\nwhile [ -e \"$TOLD\" ]; do sleep 0.05; done\nexit 3", "gio": tell}, "xdg-open " + address, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, d := opening(t, c.scripts)
			err := l.OpenDefault(background, address)
			if (err != nil) != c.fails || !strings.HasSuffix(told(d), c.want) || strings.Contains(told(d), "\n") {
				t.Errorf("got %v, told %q", err, told(d))
			}
		})
	}
}

func TestOpenDefaultWithoutAnOpener(t *testing.T) {
	l, d := opening(t, map[string]string{
		"chromium": `echo "$*" >>"$TOLD"`, "xdg-mime": "echo mine.desktop", "xdg-open": "exit 4", "gio": "exit 2",
	})
	d.entry("data/applications/mine.desktop", "Mine", d.root+"/bin/chromium %U")
	t.Setenv("PATH", d.root+"/bin")
	t.Setenv("HOME", d.root)
	t.Setenv("XDG_DATA_HOME", "")
	t.Setenv("XDG_DATA_DIRS", d.root+"/data")
	if err := l.OpenDefault(background, address); err != nil || told(d) != "--new-window "+address {
		t.Errorf("got %v, told %q", err, told(d))
	}
	d.write("bin/chromium", "#!/bin/sh\nexit 5\n", 0o755)
	err := l.OpenDefault(background, address)
	for _, part := range []string{"xdg-open: exit status 4", "gio: exit status 2", "chromium: exit status 5"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("no %q in %v", part, err)
		}
	}
}

func TestOwnDirectory(t *testing.T) {
	dir := t.TempDir()
	file := dir + "/file"
	if err := os.WriteFile(file, nil, 0o700); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{dir: true, file: false, dir + "/missing": false} {
		if got := ownDirectory(path); got != want {
			t.Errorf("%s: got %v", path, got)
		}
	}
	if Elevated() != (os.Geteuid() == 0) {
		t.Error("Elevated does not know who runs this")
	}
}

func TestOpenDefaultRefusesOtherAddresses(t *testing.T) {
	l, d := opening(t, map[string]string{"xdg-open": `echo "$*" >>"$TOLD"`})
	for _, bad := range []string{"file:///etc/passwd", "http://example.org/", "-h", ""} {
		if err := l.OpenDefault(background, bad); !errors.Is(err, ErrAddress) {
			t.Errorf("%q: %v", bad, err)
		}
		if err := l.OpenWith(background, fake(), bad); !errors.Is(err, ErrAddress) {
			t.Errorf("with, %q: %v", bad, err)
		}
	}
	if told(d) != "" {
		t.Errorf("told %q", told(d))
	}
}

func TestOpenWith(t *testing.T) {
	l, d := opening(t, map[string]string{"mine": `echo "$*" >"$TOLD"`, "bad": "exit 1"})
	mine := d.root + "/bin/mine"
	for family, want := range map[Family]string{
		Chromium: "--flag --new-window " + address, Firefox: "--flag --new-window " + address, Other: "--flag " + address,
	} {
		if err := l.OpenWith(background, Browser{Family: family, Command: []string{mine, "--flag"}}, address); err != nil || told(d) != want {
			t.Errorf("%s: %v, told %q", family, err, told(d))
		}
	}
	err := l.OpenWith(background, Browser{Command: []string{d.root + "/bin/bad"}}, address)
	if err == nil || strings.Contains(err.Error(), "ticket") {
		t.Errorf("bad: %v", err)
	}
	if err := l.OpenWith(background, Browser{}, address); !errors.Is(err, ErrNoBrowser) {
		t.Errorf("none: %v", err)
	}
	cancelled, cancel := context.WithCancel(background)
	cancel()
	if err := l.OpenWith(cancelled, Browser{Command: []string{mine}}, address); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestOpeners(t *testing.T) {
	join := func(all [][]string) string {
		var lines []string
		for _, argv := range all {
			lines = append(lines, strings.Join(argv, " "))
		}
		return strings.Join(lines, "\n")
	}
	if got := join(openers(false, "URL")); got != "xdg-open URL\ngio open URL" {
		t.Error(got)
	}
	want := "wslview https://a/'b\npowershell.exe -NoProfile -NonInteractive -Command Start-Process 'https://a/''b'\n" +
		"xdg-open https://a/'b\ngio open https://a/'b"
	if got := join(openers(true, "https://a/'b")); got != want {
		t.Error(got)
	}
}
