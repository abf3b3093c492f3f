package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func fixture(t *testing.T) options {
	t.Helper()
	return options{
		root: filepath.Join("testdata", "fixture"), packages: []string{"limit"}, tests: map[string][]string{"limit": {"limit", "above"}},
		seed: "1", workers: 2, equivalents: filepath.Join("testdata", "equivalent.txt"), memory: t.TempDir(), patience: 3 * time.Second,
	}
}

func played(t *testing.T, o options) (string, error) {
	t.Helper()
	var out strings.Builder
	err := run(t.Context(), o, &out)
	return out.String(), err
}

func TestRunTellsWhatBecameOfEveryMutant(t *testing.T) {
	t.Parallel()
	o := fixture(t)
	o.least = 87.6
	before := contents(t, o.root)
	out, err := played(t, o)
	if err == nil || !errors.Is(err, errTooFew) {
		t.Errorf("%v, want %v", err, errTooFew)
	}
	for _, want := range []string{
		"limit 8: ",
		"limit/limit.go:5 exchange a comparison: survived\n",
		"limit/limit.go:10 exchange a comparison: caught\n", // by the test of the package above
		"limit/limit.go:17 empty a string: caught\n",        // by a test that reads the source
		"limit/limit.go:11 remove a statement: hung\n",
		"# survived: exchange a comparison, line 5\nlimit/limit.go Over\n" +
			"- func Over(n int) bool { return n > 3 }\n+ func Over(n int) bool { return n >= 3 }\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if got := strings.Count(out, "# survived"); got != 1 {
		t.Errorf("%d survivors, want 1", got)
	}
	numbers := strings.Fields(out[strings.LastIndex(out, "in all"):])
	if want := strings.Fields("in all 8 5 1 1 1 87.5 %"); !slices.Equal(numbers, want) {
		t.Errorf("%q, want %q", numbers, want)
	}
	if t.Failed() {
		t.Log(out)
	}
	if !slices.Equal(contents(t, o.root), before) {
		t.Error("the folder was written to")
	}

	// What was told once is remembered; the share that is enough passes.
	o.least = 87.5
	began := time.Now()
	again, err := played(t, o)
	if err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("the second time took %v", took)
	}
	if got, want := again[strings.LastIndex(again, "in all"):], out[strings.LastIndex(out, "in all"):]; got != want {
		t.Errorf("the second time: %s, want %s", got, want)
	}
}

// breaker ends a run as Ctrl+C does, once the first outcome is told.
type breaker struct {
	strings.Builder
	cancel context.CancelFunc
}

func (b *breaker) Write(text []byte) (int, error) {
	b.cancel()
	return b.Builder.Write(text)
}

func TestARunThatIsBrokenOffLeavesNothingAndGoesOnLater(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	o := fixture(t)
	ctx, cancel := context.WithCancel(t.Context())
	out := &breaker{cancel: cancel}
	if err := run(ctx, o, out); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
	if strings.Contains(out.String(), "in all") {
		t.Errorf("it went on:\n%s", out.String())
	}
	if left, _ := os.ReadDir(temporary); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	if again, err := played(t, o); err != nil || !strings.Contains(again, "limit 8: ") {
		t.Errorf("%v, %s", err, again)
	}
}

func TestTheSeedDrawsTheSameMutants(t *testing.T) {
	t.Parallel()
	first, second, other := drawn(t, "1"), drawn(t, "1"), drawn(t, "2")
	if !slices.Equal(first, second) {
		t.Error("the same seed drew others")
	}
	if slices.Equal(first, other) {
		t.Error("another seed drew the same")
	}
}

func drawn(t *testing.T, seed string) []identity {
	t.Helper()
	s, err := load(t.Context(), filepath.Join("testdata", "fixture"), "limit", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	var ids []identity
	for _, m := range draw(s.mutants(), seed) {
		ids = append(ids, m.identity)
	}
	return ids
}

func TestEntriesOfMutantsThatAreGone(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		text string
		want error
	}{
		"gone":           {"limit/limit.go Over\n- a\n+ b\nwhy so\n", errStale},
		"of a file gone": {"limit/old.go Over\n- a\n+ b\nwhy so\n", errStale},
		"no reason":      {"limit/limit.go Over\n- a\n+ b\n", errMalformed},
		"empty reason":   {"limit/limit.go Over\n- a\n+ b\nwhy \n", errMalformed},
		"no function":    {"limit/limit.go\n- a\n+ b\nwhy so\n", errMalformed},
		"twice":          {"a/b.go F #2\n- a\n+ b\nwhy so\n\na/b.go F #2\n- a\n+ b\nwhy so\n", errTwice},
	} {
		o := fixture(t)
		o.equivalents = filepath.Join(t.TempDir(), "equivalent.txt")
		if err := os.WriteFile(o.equivalents, []byte(tc.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := played(t, o); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", name, err, tc.want)
		}
	}
}

func TestTestsThatFailWithoutAMutant(t *testing.T) {
	t.Parallel()
	o := fixture(t)
	o.equivalents = filepath.Join("testdata", "equivalent.txt")
	o.root = filepath.Join(t.TempDir(), "fixture")
	if err := copyTree(filepath.Join("testdata", "fixture"), o.root); err != nil {
		t.Fatal(err)
	}
	failing := "package limit\n\nimport \"testing\"\n\nfunc TestFails(t *testing.T) { t.Fail() }\n"
	if err := os.WriteFile(filepath.Join(o.root, "limit", "fails_test.go"), []byte(failing), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := played(t, o); !errors.Is(err, errFails) {
		t.Errorf("%v, want %v", err, errFails)
	}
}

// contents are the names and texts of all files in a folder.
func contents(t *testing.T, folder string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		all = append(all, name, string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
