package store

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"partner-center-connector/connector"
)

// damagedTexts are texts that no version of this program writes.
var damagedTexts = map[string]string{
	"empty":              "",
	"zeros":              "\x00\x00\x00",
	"no JSON":            "hello",
	"cut off":            `{"format":1,"connectors":[{"id":"a"`,
	"more behind it":     `{"format":1,"connectors":[]} {}`,
	"an array":           `[]`,
	"null":               `null`,
	"no format":          `{"connectors":[]}`,
	"format 0":           `{"format":0,"connectors":[]}`,
	"a negative format":  `{"format":-1,"connectors":[]}`,
	"a text as format":   `{"format":"1","connectors":[]}`,
	"no list":            `{"format":1}`,
	"a null list":        `{"format":1,"connectors":null}`,
	"another list":       `{"format":1,"drafts":[]}`,
	"an object as list":  `{"format":1,"connectors":{}}`,
	"a number as record": `{"format":1,"connectors":[1]}`,
	"a record without":   `{"format":1,"connectors":[{"name":"x"}]}`,
	"an ID as a path":    `{"format":1,"connectors":[{"id":"../../x"}]}`,
	"the same ID twice":  `{"format":1,"connectors":[{"id":"a"},{"id":"a"}]}`,
	"a wrong time":       `{"format":1,"connectors":[{"id":"a","saved":"yesterday"}]}`,
	"not UTF-8":          "\xff\xfe{}",
}

func TestDamagedListIsKeptAsideOnce(t *testing.T) {
	t.Parallel()
	for name, text := range damagedTexts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openStore(t)
			writeFile(t, s, connectorsFile, text)
			for range 2 {
				_, err := s.Connectors()
				var damaged *DamagedError
				if !errors.Is(err, connector.ErrListDamaged) || !errors.As(err, &damaged) {
					t.Fatalf("%v, want a *DamagedError that is %v", err, connector.ErrListDamaged)
				}
				if want := s.path("connectors.damaged-20261123T120000Z.json"); damaged.Kept != want {
					t.Errorf("kept at %s, want %s", damaged.Kept, want)
				}
			}
			if got := readFile(t, s, "connectors.damaged-20261123T120000Z.json"); got != text {
				t.Errorf("kept: %q", got)
			}
			if err := s.PutConnector(connector.Connector{ID: "new"}); err != nil {
				t.Fatal(err)
			}
			if got := ids(t, s); len(got) != 1 || got[0] != "new" {
				t.Errorf("the new list holds %v", got)
			}
			if kept := glob(t, s, "connectors.damaged-*"); len(kept) != 1 {
				t.Errorf("kept: %v", kept)
			}
		})
	}
}

// Whoever writes without having heard of the damage hears of it first, also when another process kept the list aside.
func TestDamagedListIsNeverReplacedSilently(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	other := beside(t, s)
	writeFile(t, s, connectorsFile, "{")
	if err := s.PutConnector(connector.Connector{ID: "a"}); !errors.Is(err, connector.ErrListDamaged) {
		t.Errorf("the first put: %v, want %v", err, connector.ErrListDamaged)
	}
	if err := other.DeleteConnector("a"); !errors.Is(err, connector.ErrListDamaged) {
		t.Errorf("another process: %v, want %v", err, connector.ErrListDamaged)
	}
	if _, err := beside(t, s).Connectors(); !errors.Is(err, connector.ErrListDamaged) {
		t.Errorf("a third one: %v, want %v", err, connector.ErrListDamaged)
	}
	if err := s.PutConnector(connector.Connector{ID: "a"}); err != nil {
		t.Errorf("the second put: %v", err)
	}
	writeFile(t, s, connectorsFile, "}")
	if err := s.PutConnector(connector.Connector{ID: "a"}); !errors.Is(err, connector.ErrListDamaged) {
		t.Errorf("damaged again: %v, want %v", err, connector.ErrListDamaged)
	}
	if kept := glob(t, s, "connectors.damaged-*"); len(kept) != 2 {
		t.Errorf("kept: %v", kept)
	}
	if _, err := s.Drafts(); err != nil {
		t.Errorf("the drafts: %v", err)
	}
}

// TestAFolderThatIsGoneIsNoEmptyList checks that a folder of connectors that was taken away, with the rest left, is reported until
// something is written again.
func TestAFolderThatIsGoneIsNoEmptyList(t *testing.T) {
	t.Parallel()
	s := threeConnectors(t)
	if err := os.Rename(s.path(connectorsFolder), filepath.Join(t.TempDir(), "elsewhere")); err != nil {
		t.Fatal(err)
	}
	other := beside(t, s)
	for range 2 {
		_, err := other.Connectors()
		var damaged *DamagedError
		if !errors.As(err, &damaged) || damaged.Kept != s.path("connectors") || damaged.Reason != "the folder is missing" {
			t.Fatalf("%v", err)
		}
	}
	if _, err := other.Connector("a"); !errors.Is(err, connector.ErrListDamaged) {
		t.Errorf("one connector: %v", err)
	}
	if err := s.PutConnector(connector.Connector{ID: "new"}); !errors.Is(err, connector.ErrListDamaged) {
		t.Errorf("a change of one that has not heard of it: %v", err)
	}
	if err := other.PutConnector(connector.Connector{ID: "new"}); err != nil {
		t.Errorf("a change of one that has: %v", err)
	}
	wantRows(t, beside(t, s), connector.Connector{ID: "new"})
}

// TestNoFolderYetIsAnEmptyList checks that a crash between the mark and the folder is no loss.
func TestNoFolderYetIsAnEmptyList(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	if err := s.writeMark(nil); err != nil {
		t.Fatal(err)
	}
	if got := ids(t, s); len(got) != 0 {
		t.Errorf("it has %v", got)
	}
	if err := s.PutConnector(connector.Connector{ID: "new"}); err != nil {
		t.Fatal(err)
	}
	wantRows(t, s, connector.Connector{ID: "new"})
}

func TestTooLargeIsDamaged(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	const text = `{"format":1,"drafts":[]}`
	writeFile(t, s, draftsFile, text+strings.Repeat(" ", 16<<20-len(text)))
	if _, err := s.Drafts(); err != nil {
		t.Errorf("16 MiB: %v", err)
	}
	writeFile(t, s, draftsFile, text+strings.Repeat(" ", 16<<20-len(text)+1))
	if _, err := s.Drafts(); !errors.Is(err, connector.ErrListDamaged) {
		t.Errorf("%v, want %v", err, connector.ErrListDamaged)
	}
}

func TestNewerListIsNotTouched(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	const newer = `{"format":4,"connectors":{"by":"id"}}`
	writeFile(t, s, connectorsFile, newer)
	_, err := s.Connectors()
	_, oneErr := s.Connector("a")
	_, nameErr := s.Named("a")
	for what, err := range map[string]error{
		"read": err, "read one": oneErr, "look up": nameErr, "put": s.PutConnector(connector.Connector{ID: "a"}), "remove": s.DeleteConnector("a"),
	} {
		if !errors.Is(err, connector.ErrListNewer) {
			t.Errorf("%s: %v, want %v", what, err, connector.ErrListNewer)
		}
	}
	if got := readFile(t, s, connectorsFile); got != newer {
		t.Errorf("the file holds %q", got)
	}
	if kept := glob(t, s, "*damaged*"); len(kept) != 0 {
		t.Errorf("kept aside: %v", kept)
	}
}

func TestWhatIsNoFileIsRefused(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	target := filepath.Join(t.TempDir(), "target")
	const text = `{"format":1,"connectors":[]}`
	if err := os.WriteFile(target, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	err := os.Symlink(target, s.path(connectorsFile))
	if err == nil {
		_, err = os.Lstat(s.path(connectorsFile)) // wine says that it makes one, and makes none
	}
	switch {
	case err != nil && runtime.GOOS == "windows":
		t.Skip("not every account of Windows may make a symbolic link:", err)
	case err != nil:
		t.Fatal(err)
	}
	if err := os.Mkdir(s.path(draftsFile), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err = s.Connectors()
	_, draftsErr := s.Drafts()
	for what, err := range map[string]error{
		"read": err, "put": s.PutConnector(connector.Connector{ID: "a"}), "remove": s.DeleteConnector("a"),
		"read a folder": draftsErr, "put over a folder": s.PutDraft(connector.Draft{ID: "a"}),
	} {
		if err == nil || errors.Is(err, connector.ErrListDamaged) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if got, _ := os.ReadFile(target); string(got) != text {
		t.Errorf("the target of the link holds %q", got)
	}
}

func FuzzList(f *testing.F) {
	for _, text := range damagedTexts {
		f.Add([]byte(text))
	}
	f.Add([]byte(`{"format":1,"connectors":[{"id":"a","name":"x","saved":"2026-11-23T12:00:00Z"}]}`))
	f.Add([]byte(`{"format":9,"connectors":[]}`))
	l := (&Store{}).oldList()
	f.Fuzz(func(t *testing.T, text []byte) {
		records, err := l.decode(text)
		if err != nil {
			if !errors.Is(err, connector.ErrListDamaged) && !errors.Is(err, connector.ErrListNewer) {
				t.Errorf("an error of another kind: %v", err)
			}
			if strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' }) {
				t.Errorf("the error is no line: %q", err)
			}
			return
		}
		written, err := l.encode(records)
		if err != nil { // a time that JSON does not take
			if cause := (*json.MarshalerError)(nil); !errors.As(err, &cause) {
				t.Errorf("it can't be written: %v", err)
			}
			return
		}
		again, err := l.decode(written)
		if err != nil {
			t.Fatalf("what was written can't be read: %v", err)
		}
		rewritten, err := l.encode(again)
		if err != nil || string(rewritten) != string(written) || len(again) != len(records) {
			t.Errorf("it changes when it is read and written: %v", err)
		}
		if len(records) > 0 && !reflect.DeepEqual(l.id(records[0].value), l.id(again[0].value)) {
			t.Error("the ID changed")
		}
	})
}
