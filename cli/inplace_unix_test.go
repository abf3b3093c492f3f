//go:build unix

package cli_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"partner-center-connector/cli"
)

// TestWhatStandsInThePlaceOfAFile holds that a link, a pipe or a folder there, and what a newer version wrote, has a sentence of its own, and
// hides nothing that can be read.
func TestWhatStandsInThePlaceOfAFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "good")
	practice, _ := w.twoConnectors()
	w.damage("drafts.json", `{"format": 2, "drafts": []}`)
	const nothing = ""
	for _, file := range []string{"drafts.json", "connectors.json", "connectors/" + practice + ".json", "connectors.index", "settings.json", "connectors", "lists.lock"} {
		for form, says := range map[string]string{
			"a link": "is a symbolic link, which", "a link to nothing": "is a symbolic link, which", "a pipe": "is a pipe, a socket or a device", "a folder": "is a folder, but must be a file",
			"newer": "A newer version of this program wrote",
		} {
			lists := map[string]bool{"Practice": true, "Second": true}
			switch {
			case file == "connectors.index", file == "settings.json", file == "lists.lock":
				says = nothing // they are only there to be fast, or not needed to read
			case file == "connectors" && (form == "a folder" || form == "newer"):
				continue
			case file == "connectors" && form == "a link":
				says = nothing // folders may be links
			case file == "connectors":
				lists, says = nil, "must be a folder of this program"
			case file == "connectors.json":
				lists = nil
			case strings.HasPrefix(file, "connectors/"):
				lists = map[string]bool{"Second": true}
			}
			path := w.path("config/" + file)
			aside := w.path("aside")
			moved := os.Rename(path, aside)
			if moved != nil && !errors.Is(moved, os.ErrNotExist) {
				t.Fatal(moved)
			}
			w.inPlace(form, path, aside)
			r := w.run("list")
			for _, name := range []string{"Practice", "Second"} {
				if strings.Contains(r.out, name) != lists[name] {
					t.Errorf("%s, %s: lists %s: %v\n%s%s", file, form, name, !lists[name], r.out, r.err)
				}
			}
			if says == nothing && (r.code != cli.ExitFine || r.err != "") || says != nothing && r.code != cli.ExitFailed {
				t.Errorf("%s, %s: exit code %d\n%s", file, form, r.code, r.err)
			}
			w.says(r.err, says)
			if strings.Contains(r.err, "program does not know") {
				t.Errorf("%s, %s:\n%s", file, form, r.err)
			}
			w.must(os.RemoveAll(path))
			if moved == nil {
				w.must(os.Rename(aside, path))
			}
		}
	}
	if r := w.run("list"); r.code != cli.ExitFine || len(w.list().Connectors) != 2 {
		t.Errorf("afterwards: exit code %d\n%s%s", r.code, r.out, r.err)
	}
}

// TestDraftsOfANewerVersionHideNoConnector, neither in words nor for scripts.
func TestDraftsOfANewerVersionHideNoConnector(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "good")
	w.twoConnectors()
	w.damage("drafts.json", `{"format": 9, "drafts": []}`)
	got := struct {
		Connectors []map[string]any
		Drafts     []map[string]any
		Error      struct {
			Kind     string
			ExitCode int
		}
	}{}
	r := w.run("list", "--json")
	w.decode(r, &got)
	if len(got.Connectors) != 2 || got.Drafts == nil || got.Error.Kind != "list-newer" || got.Error.ExitCode != r.code || r.code != cli.ExitFailed {
		t.Errorf("exit code %d: %+v", r.code, got)
	}
	for _, args := range [][]string{{"token", "Practice"}, {"check", "Second"}, {"rename", "Second", "Third"}, {"remove", "Third", "--yes"}} {
		if r := w.run(args...); r.code != cli.ExitFine {
			t.Errorf("%v: exit code %d\n%s%s", args, r.code, r.out, r.err)
		}
	}
}

func (w *world) inPlace(form, path, aside string) {
	w.t.Helper()
	switch form {
	case "a link":
		w.must(os.Symlink(aside, path))
	case "a link to nothing":
		w.must(os.Symlink(filepath.Join(w.dir, "nowhere"), path))
	case "a pipe":
		w.must(syscall.Mkfifo(path, 0o600))
	case "a folder":
		w.must(os.Mkdir(path, 0o700))
	case "newer":
		w.must(os.WriteFile(path, []byte(`{"format": 9}`), 0o600))
	}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}
