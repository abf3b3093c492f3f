package store

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// secondConnectors is a list as the version before this one wrote it, out of alphabetical order, with what a newer one keeps in it.
const secondConnectors = `{
  "format": 2,
  "connectors": [
    {"id": "z", "name": "Zeppelin", "health": "good", "checks": [{"id": "user", "state": "passed"}], "plan": {"seats": 5}},
    {"id": "a", "name": "Contoso", "health": "new"},
    {"id": "m", "name": "contoso ", "health": "new"}
  ]
}
`

func TestTheListOfAnOlderVersionIsTakenOver(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	writeFile(t, s, connectorsFile, secondConnectors)
	for _, each := range []*Store{s, s, beside(t, s)} {
		if got := ids(t, each); !slices.Equal(got, []string{"z", "a", "m"}) {
			t.Fatalf("the list has %v", got)
		}
	}
	if got := readFile(t, s, "connectors.format-2.json"); got != secondConnectors {
		t.Errorf("kept aside: %s", got)
	}
	if got, want := readFile(t, s, connectorsFile), "{\n  \"folder\": \"connectors\",\n  \"format\": 3\n}\n"; got != want {
		t.Errorf("the mark is %s", got)
	}
	want := "{\n  \"format\": 3,\n  \"added\": 1,\n  \"connector\": {\n    \"id\": \"z\",\n"
	if got := readFile(t, s, fileOf("z")); !strings.HasPrefix(got, want) || !strings.Contains(got, `"seats": 5`) {
		t.Errorf("the first one is %s", got)
	}
	c, err := s.Connector("z")
	if err != nil || len(c.Checks) != 1 {
		t.Errorf("%+v, %v", c, err)
	}
	for name, want := range map[string][]string{"zeppelin": {"z"}, "CONTOSO": {"a", "m"}, "nobody": {}} {
		if got, err := s.Named(name); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	if err := s.PutConnector(connector.Connector{ID: "b", Name: "Fabrikam"}); err != nil {
		t.Fatal(err)
	}
	if got := ids(t, s); !slices.Equal(got, []string{"z", "a", "m", "b"}) {
		t.Errorf("a new one comes at %v", got)
	}
	if exists(s.path(newFolder)) {
		t.Error("the new folder is left beside the connectors'")
	}
}

// TestAnOlderVersionLeavesTheMarkAlone reads the mark as the versions before this one read their lists.
func TestAnOlderVersionLeavesTheMarkAlone(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	if err := s.PutConnector(connector.Connector{ID: "a", Name: "a"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.oldList().get(); !errors.Is(err, connector.ErrListNewer) {
		t.Errorf("%v, want %v", err, connector.ErrListNewer)
	}
	if err := s.oldList().put(connector.Connector{ID: "b"}); !errors.Is(err, connector.ErrListNewer) {
		t.Errorf("%v, want %v", err, connector.ErrListNewer)
	}
}

// TestATakeoverThatACrashCutShort leaves what each step of it leaves, and looks that the next one loses nothing.
func TestATakeoverThatACrashCutShort(t *testing.T) {
	t.Parallel()
	half := `{"format": 3, "added": 2, "conn`
	for name, crash := range map[string]func(t *testing.T, s *Store){
		"before anything": func(*testing.T, *Store) {},
		"within the new folder": func(t *testing.T, s *Store) {
			t.Helper()
			if err := os.Mkdir(s.path(newFolder), 0o700); err != nil {
				t.Fatal(err)
			}
			writeFile(t, s, newFolder+"/z.json", half)
			writeFile(t, s, newFolder+"/stranger.json", half)
		},
		"before the list is kept aside": takenOverTo(func(s *Store, old []record[connector.Connector]) error { return s.takeOverAnew(old) }),
		"before the mark": takenOverTo(func(s *Store, old []record[connector.Connector]) error {
			return errors.Join(s.takeOverAnew(old), s.keepOld([]byte(secondConnectors)))
		}),
		"before the index": takenOverTo(func(s *Store, old []record[connector.Connector]) error {
			return errors.Join(s.takeOverAnew(old), s.keepOld([]byte(secondConnectors)), s.writeMark(nil))
		}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openStore(t)
			writeFile(t, s, connectorsFile, secondConnectors)
			crash(t, s)
			s = beside(t, s)
			if got := ids(t, s); !slices.Equal(got, []string{"z", "a", "m"}) {
				t.Errorf("the list has %v", got)
			}
			if got := glob(t, s, "connectors.format-*"); len(got) != 1 || readFile(t, s, "connectors.format-2.json") != secondConnectors {
				t.Errorf("kept aside: %v", got)
			}
			if there, err := s.marked(); there != markOurs || err != nil {
				t.Errorf("mark %v, %v", there, err)
			}
			if got, err := s.Named("CONTOSO"); err != nil || len(got) != 2 {
				t.Errorf("%v, %v", got, err)
			}
			if got := glob(t, s, "connectors.new*"); len(got) != 0 {
				t.Errorf("left: %v", got)
			}
		})
	}
}

func takenOverTo(step func(s *Store, old []record[connector.Connector]) error) func(t *testing.T, s *Store) {
	return func(t *testing.T, s *Store) {
		t.Helper()
		_, old, err := s.oldList().read()
		if err := errors.Join(err, step(s, old)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAListBesideTheFolder restores the backup of an older version's list beside the folder: what the folder has counts, the rest is added.
func TestAListBesideTheFolder(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	for _, c := range []connector.Connector{{ID: "b", Name: "Fabrikam"}, {ID: "a", Name: "Contoso Europe"}} {
		if err := s.PutConnector(c); err != nil {
			t.Fatal(err)
		}
	}
	writeFile(t, s, "connectors.format-2.json", "of another time")
	writeFile(t, s, connectorsFile, secondConnectors)
	names := map[string]string{}
	for _, c := range whole(t, s) {
		names[c.ID] = c.Name
	}
	want := map[string]string{"b": "Fabrikam", "a": "Contoso Europe", "z": "Zeppelin", "m": "contoso "}
	if !reflect.DeepEqual(names, want) {
		t.Errorf("the list has %v", names)
	}
	if readFile(t, s, "connectors.format-2.json") != "of another time" || readFile(t, s, "connectors.format-2-2.json") != secondConnectors {
		t.Error("a list that was kept aside was written over")
	}
}

// TestARemovedOneDoesNotComeBack checks that the list that was kept aside is never read again.
func TestARemovedOneDoesNotComeBack(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	writeFile(t, s, connectorsFile, secondConnectors)
	if err := s.DeleteConnector("z"); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(s.path(indexFile)); err != nil {
		t.Fatal(err)
	}
	if got := ids(t, beside(t, s)); !slices.Equal(got, []string{"a", "m"}) {
		t.Errorf("the list has %v", got)
	}
}

// TestAListThatWasWrittenTooLarge is read: the version that wrote it would have put it aside as damaged at its next start.
func TestAListThatWasWrittenTooLarge(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	var list strings.Builder
	list.WriteString(`{"format": 2, "connectors": [`)
	const n = 40
	for i := range n {
		if i > 0 {
			list.WriteString(",")
		}
		fmt.Fprintf(&list, `{"id": "c-%d", "name": "%d", "note": "%s"}`, i, i, strings.Repeat("x", 500_000))
	}
	list.WriteString("]}")
	if list.Len() < sizeLimit {
		t.Fatal("it is not too large")
	}
	writeFile(t, s, connectorsFile, list.String())
	if got := ids(t, s); len(got) != n || got[n-1] != "c-39" {
		t.Errorf("%d connectors", len(got))
	}
}

// TestATakeoverThatFails checks that the old list can be read on, whole, and that a change says why it can't be made.
func TestATakeoverThatFails(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	writeFile(t, s, connectorsFile, secondConnectors)
	writeFile(t, s, connectorsFolder, "in the way")
	_, err := s.Connectors()
	if !errors.Is(err, safefile.ErrNotFolder) {
		t.Errorf("a file for the folder: %v", err)
	}
	if err := os.Remove(s.path(connectorsFolder)); err != nil {
		t.Fatal(err)
	}
	// What is in the way of the lock, or a folder that can't be written to, is in the way of the takeover alone.
	if err := errors.Join(os.RemoveAll(s.path(listsLock)), os.Mkdir(s.path(listsLock), 0o700)); err != nil {
		t.Fatal(err)
	}
	if got := ids(t, s); !slices.Equal(got, []string{"z", "a", "m"}) {
		t.Errorf("the list has %v", got)
	}
	all, err := s.Connectors()
	if err != nil || all[0].Checks != nil {
		t.Errorf("%+v, %v", all, err)
	}
	c, err := s.Connector("z")
	if err != nil || len(c.Checks) != 1 || c.Name != "Zeppelin" {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := s.Connector("nobody"); !errors.Is(err, connector.ErrAbsent) {
		t.Errorf("%v, want %v", err, connector.ErrAbsent)
	}
	if got, err := s.Named("contoso"); err != nil || !slices.Equal(got, []string{"a", "m"}) {
		t.Errorf("%v, %v", got, err)
	}
	if err := s.PutConnector(connector.Connector{ID: "b"}); err == nil {
		t.Error("a change says that it was made")
	}
	if readFile(t, s, connectorsFile) != secondConnectors {
		t.Error("the list was changed")
	}
}
