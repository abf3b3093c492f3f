package browser

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestEveryTryHasItsOwnFolder(t *testing.T) {
	as(t, "exit:0")
	root := filepath.Join(t.TempDir(), "not", "yet")
	l := rehearsed(root)
	seen := map[string]bool{}
	for range 3 {
		w := open(t, l)
		if seen[w.Dir()] {
			t.Errorf("%s was used twice", w.Dir())
		}
		seen[w.Dir()] = true
		if filepath.Dir(w.Dir()) != root || !strings.HasPrefix(filepath.Base(w.Dir()), "pcc-browser-") {
			t.Errorf("the folder is %s", w.Dir())
		}
	}
}

func TestFolder(t *testing.T) {
	f, err := newFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{f.path, f.profile()} {
		info, err := os.Stat(dir)
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
			t.Errorf("%s has mode %v", dir, info.Mode())
		}
	}
	if err := f.used(os.Getpid()); err != nil {
		t.Fatal(err)
	}
	n, err := f.read()
	if err != nil {
		t.Fatal(err)
	}
	if n.Owner.PID != os.Getpid() || !n.Owner.alive() || n.Browser != n.Owner {
		t.Errorf("the note says %+v", n)
	}
	if err := f.remove(); err != nil || !absent(f.path) {
		t.Errorf("not removed: %v", err)
	}
	if err := f.remove(); err != nil {
		t.Errorf("a second time: %v", err)
	}
}

func TestPlaces(t *testing.T) {
	join := filepath.Join
	native := Browser{Packaging: Native, Command: []string{"/usr/bin/chromium"}}
	snap := Browser{Packaging: Snap, Command: []string{"/snap/bin/chromium"}}
	alias := Browser{Packaging: Snap, Command: []string{"/snap/bin/firefox.nightly"}}
	flatpak := Browser{Packaging: Flatpak, Command: []string{"/usr/bin/flatpak", "run", "--branch=stable", "org.mozilla.firefox"}}
	for _, c := range []struct {
		name, goos, root string
		env              map[string]string
		mine             bool
		browser          Browser
		want             string
	}{
		{"run directory", "linux", "", map[string]string{"XDG_RUNTIME_DIR": "/run/user/1"}, true, native, "/run/user/1"},
		{"another's run directory", "linux", "", map[string]string{"XDG_RUNTIME_DIR": "/run/user/2"}, false, native, "/temp"},
		{"relative run directory", "linux", "", map[string]string{"XDG_RUNTIME_DIR": "run"}, true, native, "/temp"},
		{"no run directory", "linux", "", nil, true, native, "/temp"},
		{"snap", "linux", "", nil, true, snap, "/home/a/snap/chromium/common"},
		{"alias of a snap", "linux", "", nil, true, alias, "/home/a/snap/firefox/common"},
		{"flatpak", "linux", "", nil, true, flatpak, "/home/a/.var/app/org.mozilla.firefox/cache"},
		{"root", "linux", "/root", map[string]string{"XDG_RUNTIME_DIR": "/run/user/1"}, true, snap, "/root"},
		{"windows", "windows", "", map[string]string{"LOCALAPPDATA": "/local"}, true, native, "/local/partner-center-connector"},
		{"windows without", "windows", "", nil, true, native, "/temp"},
		{"macOS", "darwin", "", map[string]string{"XDG_RUNTIME_DIR": "/run/user/1"}, true, native, "/temp"},
	} {
		if c.goos != "windows" && runtime.GOOS == "windows" {
			continue // a path without a drive is not absolute here
		}
		p := places{
			goos: c.goos, root: c.root, home: "/home/a", temp: "/temp",
			env:  func(name string) string { return c.env[name] },
			mine: func(string) bool { return c.mine },
		}
		if got := p.of(c.browser); filepath.ToSlash(got) != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	home := t.TempDir()
	for _, dir := range []string{join(home, "snap", "firefox", "common"), join(home, ".var", "app", "org.x", "cache")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	p := places{goos: "linux", home: home, temp: "/temp", env: func(string) string { return "/run" }, mine: func(string) bool { return true }}
	want := []string{"/run", "/temp", join(home, "snap", "firefox", "common"), join(home, ".var", "app", "org.x", "cache")}
	if got := p.all(); runtime.GOOS != "windows" && !slices.Equal(got, want) {
		t.Errorf("all: got %q, want %q", got, want)
	}
}
