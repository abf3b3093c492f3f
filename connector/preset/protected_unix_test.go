//go:build unix

package preset

import (
	"os"
	"path/filepath"
	"testing"
)

// TestProtected goes by files that every system has: no test can make a file that the account which runs it could not change, and
// as root there is no such file but root's own.
func TestProtected(t *testing.T) {
	const system = "/etc/passwd"
	own := filepath.Join(put(t, quick), FileName)
	dir := t.TempDir()
	links := map[string]string{"file": system, "folder": "/etc", "there": "back", "back": "there", "away": "absent"}
	for name, target := range links {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	cases := map[string]bool{
		system:                                 true,
		"/etc/../etc/passwd":                   true,
		own:                                    false,
		filepath.Join(dir, "file"):             false, // the file is safe, the link is not
		filepath.Join(dir, "folder", "passwd"): false,
		filepath.Join(dir, "there"):            false,
		filepath.Join(dir, "away"):             false,
		"/etc/there is no such file":           false,
		"/dev/null":                            false, // everybody may write to it
	}
	for path, want := range cases {
		if got := protected(path); got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
}

func TestTrusted(t *testing.T) {
	own := filepath.Join(put(t, quick), FileName)
	for path, want := range map[string]bool{"/etc/passwd": true, own: true, own + "x": false} {
		f, _ := os.Open(path) // one that is not there is nil, and not trusted
		if got := trusted(f); got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
		_ = f.Close()
	}
	if os.Geteuid() != root {
		return // only root can make a file another account's
	}
	for _, part := range []string{FileName, "."} {
		dir := put(t, quick)
		own, of := filepath.Join(dir, FileName), filepath.Join(dir, part)
		if err := os.Chown(of, 65534, 65534); err != nil {
			t.Fatal(err)
		}
		if protected(own) {
			t.Errorf("%s of another account: protected", of)
		}
		p := Find([]Place{{Dir: dir, Machine: true}}, now)
		if p.Problem == nil || p.Problem.Args["Fault"] != "stranger" {
			t.Errorf("%s of another account: %+v", of, p)
		}
	}
}

func TestALinkThatLeadsNowhereIsAProblem(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	if err := os.Symlink(filepath.Join(dir, "absent"), path); err != nil {
		t.Fatal(err)
	}
	p := Find(places(dir), now).Problem
	if p == nil || p.Args["Fault"] != "unreadable" || p.Actor != "you" || p.Raw != path+": no such file or directory" {
		t.Errorf("%+v", p)
	}
}
