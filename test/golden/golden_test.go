package golden

import (
	"os"
	"testing"
)

func TestDifference(t *testing.T) {
	for _, c := range []struct{ got, want, told string }{
		{"", "", ""},
		{"one\ntwo\n", "one\ntwo\n", ""},
		{"one\ntwo", "one\n2", "line 2\n got  two\n want 2"},
		{"one", "one\ntwo", "line 2\n got  \n want two"},
		{"one\n", "one", "line 2\n got  \n want "},
	} {
		if told := Difference(c.got, c.want); told != c.told {
			t.Errorf("%q, %q: %q, want %q", c.got, c.want, told, c.told)
		}
	}
}

// recorder is a test that fails without ending.
type recorder struct {
	testing.TB
	failed bool
}

func (*recorder) Helper() {}

func (r *recorder) Errorf(string, ...any) { r.failed = true }

// TestCompare compares with a file that it has written as -update does.
func TestCompare(t *testing.T) {
	t.Chdir(t.TempDir())
	*update = true
	Compare(t, "kept.txt", "one\n")
	*update = false
	Compare(t, "kept.txt", "one\n")
	r := &recorder{TB: t}
	if Compare(r, "kept.txt", "two\n"); !r.failed {
		t.Error("another text was taken for the golden one")
	}
	if data, err := os.ReadFile(path("kept.txt")); err != nil || string(data) != "one\n" {
		t.Errorf("%q %v: a comparison wrote", data, err)
	}
}
