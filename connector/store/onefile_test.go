package store

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// damagedFiles are texts of a connector's file that no version of this program writes, with what is said of them.
var damagedFiles = map[string]string{
	"":                                    "no JSON at byte 0",
	"\x00\x00\x00":                        "no JSON at byte 1",
	`[]`:                                  `wrong type of ""`,
	`{"format":3`:                         "no JSON at byte 11",
	`{"format":3} {}`:                     "no JSON at byte 14",
	`{"connector":{"id":"a"}}`:            "it names no format",
	`{"format":3}`:                        `it has no "connector"`,
	`{"format":3,"connector":1}`:          `wrong type of ""`,
	`{"format":3,"connector":{"id":"b"}}`: "it has another ID",
	`{"format":3,"connector":{}}`:         "it has another ID",
	`{"format":3,"connector":{"id":"a","saved":"yesterday"}}`:                "a value of the wrong form",
	`{"format":3,"added":"first","connector":{"id":"a"}}`:                    `wrong type of "added"`,
	`{"format":3,"connector":{"id":"a","name":"secret","health":{"x":"y"}}}`: `wrong type of "health"`,
}

// TestADamagedFileHidesNoOther checks that it is told for as long as it is there, that nothing is written over it, and that it can be restored.
func TestADamagedFileHidesNoOther(t *testing.T) {
	t.Parallel()
	for text, reason := range damagedFiles {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			s := threeConnectors(t)
			good := readFile(t, s, fileOf("a"))
			writeFile(t, s, fileOf("a"), text)
			for _, each := range []*Store{s, s, beside(t, s)} {
				all, err := each.Connectors()
				if len(all) != 2 || all[0].ID != "b" || all[1].ID != "c" {
					t.Errorf("the list has %+v", all)
				}
				bad := connector.Unreadable(err)
				if len(bad) != 1 || bad[0].ID != "a" || !errors.Is(err, connector.ErrListDamaged) {
					t.Fatalf("told: %v", err)
				}
				file := strings.ReplaceAll(fileOf("a"), "/", string(os.PathSeparator))
				if want := file + ": " + connector.ErrListDamaged.Error() + ": " + s.connectorPath("a") + ": " + reason; err.Error() != want {
					t.Errorf("told\n     %v\nwant %v", err, want)
				}
			}
			if _, err := s.Connector("a"); !errors.Is(err, connector.ErrListDamaged) {
				t.Errorf("read: %v", err)
			}
			if err := s.PutConnector(fullConnector("a")); !errors.Is(err, connector.ErrListDamaged) {
				t.Errorf("put: %v", err)
			}
			if err := errors.Join(s.PutConnector(fullConnector("d")), s.DeleteConnector("b")); err != nil {
				t.Errorf("others: %v", err)
			}
			if got := readFile(t, s, fileOf("a")); got != text {
				t.Errorf("it became %q", got)
			}
			writeFile(t, s, fileOf("a"), good)
			wantRows(t, s, fullConnector("a"), fullConnector("c"), fullConnector("d"))
		})
	}
}

func TestADamagedFileIsRemovedByItsID(t *testing.T) {
	t.Parallel()
	s := threeConnectors(t)
	for range 2 {
		writeFile(t, s, fileOf("a"), "half")
		if err := s.DeleteConnector("a"); err != nil {
			t.Fatal(err)
		}
		wantRows(t, s, fullConnector("b"), fullConnector("c"))
	}
	kept := []string{"connectors-a.damaged-20261123T120000Z.json", "connectors-a.damaged-20261123T120000Z-2.json"}
	for _, name := range kept {
		if got := readFile(t, s, name); got != "half" {
			t.Errorf("%s has %q", name, got)
		}
	}
}

func TestAFileOfANewerVersionIsLeftAlone(t *testing.T) {
	t.Parallel()
	s := threeConnectors(t)
	const newer = `{"format":4,"connector":{"id":"a"}}`
	writeFile(t, s, fileOf("a"), newer)
	all, listErr := s.Connectors()
	_, readErr := s.Connector("a")
	for what, err := range map[string]error{
		"list": listErr, "read": readErr, "put": s.PutConnector(fullConnector("a")), "remove": s.DeleteConnector("a"),
	} {
		if !errors.Is(err, connector.ErrListNewer) || errors.Is(err, connector.ErrListDamaged) || !strings.Contains(err.Error(), "a.json: it was written by a newer version") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if got := readFile(t, s, fileOf("a")); got != newer || len(all) != 2 {
		t.Errorf("it became %q; %d others", got, len(all))
	}
}

// TestWhatIsNoFileOfAConnector has a link and a folder in the place of files.
func TestWhatIsNoFileOfAConnector(t *testing.T) {
	t.Parallel()
	s := threeConnectors(t)
	target := s.path("target")
	if err := errors.Join(os.Rename(s.connectorPath("a"), target), os.Remove(s.connectorPath("b")), os.Mkdir(s.connectorPath("b"), 0o700)); err != nil {
		t.Fatal(err)
	}
	want := []string{"a", "b"}
	if err := os.Symlink(target, s.connectorPath("a")); err != nil || !exists(s.connectorPath("a")) {
		if runtime.GOOS != "windows" { // not every account may make one there
			t.Fatal(err)
		}
		want = want[1:]
	}
	before := readFile(t, s, "target")
	all, err := s.Connectors()
	bad := connector.Unreadable(err)
	if len(all) != 1 || all[0].ID != "c" || len(bad) != len(want) || !errors.Is(err, safefile.ErrNotRegular) || errors.Is(err, connector.ErrListDamaged) {
		t.Errorf("%+v, %v", all, err)
	}
	for _, id := range want {
		if err := s.PutConnector(fullConnector(id)); !errors.Is(err, safefile.ErrNotRegular) {
			t.Errorf("put %s: %v", id, err)
		}
		if err := s.DeleteConnector(id); !errors.Is(err, safefile.ErrNotRegular) {
			t.Errorf("remove %s: %v", id, err)
		}
	}
	if got := readFile(t, s, "target"); got != before {
		t.Errorf("the target of the link became %q", got)
	}
}

// TestTheLargestFileIsReadAgain checks that what could not be read again is refused before it replaces anything.
func TestTheLargestFileIsReadAgain(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	put := func(length int) error {
		return s.PutConnector(connector.Connector{ID: "a", Name: strings.Repeat("x", length)})
	}
	if err := put(1); err != nil {
		t.Fatal(err)
	}
	largest := 16<<20 - len(readFile(t, s, fileOf("a"))) + 1
	err := put(largest + 1)
	var failed *fs.PathError
	if !errors.Is(err, safefile.ErrTooLarge) || !errors.As(err, &failed) || failed.Op != "write" || failed.Path != s.connectorPath("a") {
		t.Errorf("one byte more than 16 MiB: %v", err)
	}
	if c, err := s.Connector("a"); err != nil || c.Name != "x" {
		t.Errorf("after it was refused: %.10q, %v", c.Name, err)
	}
	if err := put(largest); err != nil {
		t.Errorf("16 MiB are refused: %v", err)
	}
	if _, err := s.Connector("a"); err != nil {
		t.Errorf("and not read again: %v", err)
	}
	c := connector.Connector{ID: "a", Saved: time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)} // JSON has no such year
	if err := s.PutConnector(c); err == nil {
		t.Error("what JSON does not have was written")
	}
}

// TestWhatANewerVersionKeepsBesideAConnector checks that the file keeps it too, through changes of what this version knows.
func TestWhatANewerVersionKeepsBesideAConnector(t *testing.T) {
	t.Parallel()
	s := threeConnectors(t)
	text := strings.Replace(readFile(t, s, fileOf("a")), `"added": 2`, `"added": 2, "sync": {"etag": "7"}`, 1)
	writeFile(t, s, fileOf("a"), text)
	c := fullConnector("a")
	c.Health = connector.HealthSignIn
	if err := s.PutConnector(c); err != nil {
		t.Fatal(err)
	}
	if text := readFile(t, s, fileOf("a")); strings.Count(text, `"etag": "7"`) != 1 || strings.Count(text, `"added": 2`) != 1 || !strings.Contains(text, `"sign-in"`) {
		t.Errorf("it became %s", text)
	}
	wantRows(t, s, fullConnector("b"), c, fullConnector("c"))
}

func FuzzConnectorFile(f *testing.F) {
	for text := range damagedFiles {
		f.Add([]byte(text))
	}
	f.Add([]byte(`{"format":3,"added":7,"connector":{"id":"a","name":"x","plan":1,"saved":"2026-11-23T12:00:00Z"},"etag":2}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		k, err := decodeConnector("a", text)
		if err != nil {
			if !errors.Is(err, connector.ErrListDamaged) && !errors.Is(err, connector.ErrListNewer) {
				t.Errorf("an error of another kind: %v", err)
			}
			return
		}
		written, err := k.encode("a.json")
		if err != nil { // a time that JSON does not take
			if cause := (*json.MarshalerError)(nil); !errors.As(err, &cause) {
				t.Errorf("it can't be written: %v", err)
			}
			return
		}
		again, err := decodeConnector("a", written)
		if err != nil {
			t.Fatalf("what was written can't be read: %v", err)
		}
		if rewritten, err := again.encode("a.json"); err != nil || string(rewritten) != string(written) {
			t.Errorf("it changes when it is read and written: %v", err)
		}
		if !reflect.DeepEqual(again.inner.value, k.inner.value) || again.outer.value.Added != k.outer.value.Added {
			t.Error("it is another one")
		}
	})
}

func TestIDs(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"a", "0", "-", "1f0c2a4e-0a5c-4e3d-b7f9-6c1e2d3a4b58", strings.Repeat("z", 64)} {
		if got, ok := connectorID(id + ".json"); !ok || got != id {
			t.Errorf("%s: %q, %v", id, got, ok)
		}
	}
	for _, name := range []string{"", ".json", "A.json", "a.JSON", "a", "a.json0", ".a.json0", "a b.json", "`.json", "{.json", "/.json", ":.json", strings.Repeat("z", 65) + ".json"} {
		if id, ok := connectorID(name); ok {
			t.Errorf("%s is the file of %q", name, id)
		}
	}
}
