//go:build unix

package schedule

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"partner-center-connector/connector"
)

// put makes a file below the root of the computer, and its folders with a mode.
func (c *computer) put(path string, mode os.FileMode) string {
	c.t.Helper()
	path = filepath.Join(c.root, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		c.t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(path, nil, 0o700), os.Chmod(filepath.Dir(path), mode)); err != nil {
		c.t.Fatal(err)
	}
	return path
}

// TestProgram: pcc beside the program that asks, by a link that stays where there is one, and never where it may be gone or another one tomorrow.
func TestProgram(t *testing.T) {
	for _, test := range []struct {
		name, program, link string
		mode                os.FileMode
		// asks is the program that asks, beside pcc.
		asks string
		// want is the path; where it is unfit, the folder that makes it so.
		want  string
		unfit bool
	}{
		{name: "installed", program: "/opt/pcc/bin/pcc", want: "/opt/pcc/bin/pcc"},
		{name: "the window asks", program: "/opt/pcc/bin/pcc", asks: "partner-center-connector", want: "/opt/pcc/bin/pcc"},
		{name: "a link that stays", program: "/opt/pcc-1.2.3/bin/pcc", link: "/bin/pcc", want: "/bin/pcc"},
		{name: "a link from a temporary folder", program: "/opt/pcc-1.2.3/bin/pcc", link: "/tmp/pcc", want: "/opt/pcc-1.2.3/bin/pcc"},
		{name: "a folder of everybody's", program: "/opt/open/pcc", mode: 0o777, want: "/opt/open", unfit: true},
		{name: "one further down", program: "/srv/open/bin/x/pcc", mode: 0o700, want: "/srv/open", unfit: true},
		{name: "temporary", program: "/tmp/pcc-1/pcc", want: "/tmp", unfit: true},
		{name: "temporary and kept", program: "/var/tmp/pcc", want: "/var/tmp", unfit: true},
		{name: "go run", program: "/home/me/.cache/go-build/ab/abcd-d/pcc", want: "/home/me/.cache/go-build", unfit: true},
		{name: "go run, before 1.24", program: "/home/me/t/go-build123/b001/exe/pcc", want: "/home/me/t/go-build123", unfit: true},
		{name: "a disk image", program: "/Volumes/Connector/Connector.app/Contents/MacOS/pcc", want: "/Volumes", unfit: true},
		{name: "a link to a temporary folder", program: "/tmp/new/pcc", link: "/bin/pcc", want: "/tmp", unfit: true},
	} {
		c := newComputer(t, "linux")
		if test.mode == 0 {
			test.mode = 0o755
		}
		program := c.put(test.program, test.mode)
		if test.name == "one further down" {
			if err := os.Chmod(filepath.Join(c.root, "/srv/open"), 0o777); err != nil {
				t.Fatal(err)
			}
		}
		if test.link != "" {
			if err := errors.Join(os.MkdirAll(filepath.Dir(filepath.Join(c.root, test.link)), 0o700), os.Symlink(program, filepath.Join(c.root, test.link))); err != nil {
				t.Fatal(err)
			}
			c.env = func(string) string { return filepath.Dir(filepath.Join(c.root, test.link)) }
		}
		c.executable = func() (string, error) { return program, nil }
		if test.asks != "" {
			own := c.put(filepath.Join(filepath.Dir(test.program), test.asks), test.mode)
			c.executable = func() (string, error) { return own, nil }
		}
		got, err := c.program()
		var unfit *connector.UnfitProgramError
		if errors.As(err, &unfit) {
			got = unfit.Folder
		}
		if got != filepath.Join(c.root, test.want) || (unfit != nil) != test.unfit {
			t.Errorf("%s: %s, %v", test.name, got, err)
		}
	}
}

func TestProgramThatIsNotThere(t *testing.T) {
	c := newComputer(t, "linux")
	_, err := c.program()
	var unfit *connector.UnfitProgramError
	if !errors.As(err, &unfit) || !unfit.Missing || unfit.Program != filepath.Join(c.home, "bin/pcc") {
		t.Errorf("%v", err)
	}
	// Status still tells what is there; it has nothing to compare it with.
	c.says["crontab -l"] = cronBegin + "x\n" + cronEnd
	s := c.scheduler(func(c *Config) { c.Program = "" })
	if status := must(s.Status(t.Context()))(t); !status.Installed || len(status.Changed) > 0 {
		t.Errorf("%+v", status)
	}
	if _, err := s.Plan(t.Context()); !errors.As(err, &unfit) {
		t.Errorf("%v", err)
	}
}

func TestVersioned(t *testing.T) {
	for path, want := range map[string]bool{
		"/usr/bin/pcc": false, "/opt/pcc-1.2/pcc": true, "/opt/homebrew/Cellar/pcc/0.1.0/bin/pcc": true, `C:\Program Files\PCC 2\pcc.exe`: false,
	} {
		if isVersioned(path) != want {
			t.Errorf("%s: %t", path, !want)
		}
	}
}
