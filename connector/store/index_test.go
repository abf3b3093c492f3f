package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/connector"
)

// full sets everything that a value has to something else than its zero value.
func full(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("text of " + v.Type().String())
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(-7)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		full(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		full(v.Index(0))
		full(v.Index(1))
	case reflect.Map:
		key, elem := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		full(key)
		full(elem)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, elem)
	case reflect.Struct:
		if v.Type() == timeType {
			v.Set(reflect.ValueOf(noon.Add(123456789)))
			return
		}
		for i := range v.NumField() {
			full(v.Field(i))
		}
	default:
		panic(v.Kind())
	}
}

// rowIn parses a row of the file that r is about.
func rowIn(fields string, r row) (row, bool) {
	got := row{File: r.File}
	added, ok := parseRow(fields, r.File, &got.Value)
	got.Added = added
	return got, ok
}

// TestTheFormOfTheIndexHasEverything checks that nothing that a connector has is lost in a row, checks and all, and that no part of a row is
// taken for one.
func TestTheFormOfTheIndexHasEverything(t *testing.T) {
	t.Parallel()
	for name, fill := range map[string]func(*connector.Connector){
		"full": func(c *connector.Connector) { full(reflect.ValueOf(c).Elem()) }, "empty": func(*connector.Connector) {},
		"times": func(c *connector.Connector) { c.Saved, c.Checked = noon.In(time.FixedZone("", 3600)), time.Time{} },
	} {
		r := row{File: identity{1, -2, 1 << 62}, Added: 5}
		fill(&r.Value)
		text, err := appendValue(nil, reflect.ValueOf(r))
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := rowIn(string(text), r); !ok || !reflect.DeepEqual(got, r) {
			t.Errorf("%s: %v\ngot  %+v\nwant %+v", name, ok, got, r)
		}
		for n := range text {
			if got, ok := rowIn(string(text[:n]), r); ok {
				t.Errorf("%s: %d bytes of %d are %+v", name, n, len(text), got)
			}
		}
	}
	if _, err := appendValue(nil, reflect.ValueOf(1.5)); !errors.Is(err, errForm) {
		t.Errorf("%v, want %v", err, errForm)
	}
	if shapeOf(reflect.TypeFor[struct{ A int }]()) == shapeOf(reflect.TypeFor[struct{ B int }]()) {
		t.Error("another field has the same shape")
	}
}

func FuzzRow(f *testing.F) {
	r := row{File: identity{1, 2, 3}, Added: 4}
	full(reflect.ValueOf(&r.Value).Elem())
	text, _ := appendValue(nil, reflect.ValueOf(r))
	f.Add(text)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, text []byte) {
		got, ok := rowIn(string(text), r)
		if !ok {
			if !reflect.DeepEqual(got, row{File: r.File}) {
				t.Errorf("of no row came %+v", got)
			}
			return
		}
		again, err := appendValue(nil, reflect.ValueOf(got))
		if err != nil {
			t.Fatal(err)
		}
		if same, ok := rowIn(string(again), r); !ok || !reflect.DeepEqual(same, got) {
			t.Errorf("%+v became %+v", got, same)
		}
	})
}

// threeConnectors fills a folder.
func threeConnectors(t *testing.T) *Store {
	t.Helper()
	s := openStore(t)
	for _, id := range []string{"b", "a", "c"} {
		if err := s.PutConnector(fullConnector(id)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// asRows are the connectors as a list has them.
func asRows(all ...connector.Connector) []connector.Connector {
	for i := range all {
		all[i].Checks = nil
	}
	return all
}

func wantRows(t *testing.T, s *Store, want ...connector.Connector) {
	t.Helper()
	if got, err := s.Connectors(); err != nil || !reflect.DeepEqual(got, asRows(want...)) {
		t.Errorf("%v\ngot  %+v\nwant %+v", err, got, want)
	}
}

// TestWhateverBecomesOfTheIndex checks that the list is right with any index, or none, and that the next change is.
func TestWhateverBecomesOfTheIndex(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(index string) string{
		"empty":             func(string) string { return "" },
		"zeros":             func(i string) string { return strings.Repeat("\x00", len(i)) },
		"of another shape":  func(i string) string { return "pcc connectors 00000000" + i[len("pcc connectors 00000000"):] },
		"cut in the last":   func(i string) string { return i[:len(i)-10] },
		"cut in the middle": func(i string) string { return i[:len(i)/2] },
		"more behind it":    func(i string) string { return i + "\xff\xff\xff" },
		"one byte is wrong": func(i string) string { return i[:len(i)/2] + "\x00" + i[len(i)/2+1:] },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := threeConnectors(t)
			writeFile(t, s, indexFile, spoil(readFile(t, s, indexFile)))
			wantRows(t, beside(t, s), fullConnector("b"), fullConnector("a"), fullConnector("c"))
			if _, ok := s.sealed(); !ok {
				t.Error("the list did not make the index anew")
			}
			writeFile(t, s, indexFile, spoil(readFile(t, s, indexFile)))
			if err := s.PutConnector(fullConnector("d")); err != nil {
				t.Fatal(err)
			}
			if _, ok := s.sealed(); !ok {
				t.Error("the change did not make the index anew")
			}
			wantRows(t, s, fullConnector("b"), fullConnector("a"), fullConnector("c"), fullConnector("d"))
		})
	}
}

// TestWhatIsChangedByHandIsSeen changes, restores and removes files behind the index's back.
func TestWhatIsChangedByHandIsSeen(t *testing.T) {
	t.Parallel()
	s := threeConnectors(t)
	wantRows(t, s, fullConnector("b"), fullConnector("a"), fullConnector("c"))
	changed := fullConnector("a")
	changed.Name = "By hand"
	text := strings.Replace(readFile(t, s, fileOf("a")), `"name": "Contoso “Süd” \u003c\u0026 Co\u003e a"`, `"name": "By hand"`, 1)
	writeFile(t, s, fileOf("a"), text)
	if got, err := s.Named("by hand"); err != nil || len(got) != 0 {
		t.Errorf("before the list was read: %v, %v", got, err)
	}
	wantRows(t, s, fullConnector("b"), changed, fullConnector("c"))
	if got, err := s.Named("by hand"); err != nil || !slices.Equal(got, []string{"a"}) {
		t.Errorf("after it was read: %v, %v", got, err)
	}
	restored := strings.NewReplacer(`"id": "a"`, `"id": "r"`, "By hand", "Restored", `"added": 2`, `"added": 9`).Replace(text)
	writeFile(t, s, fileOf("r"), restored)
	if err := s.PutConnector(connector.Connector{ID: "new", Name: "restored"}); !errors.Is(err, connector.ErrNameTaken) {
		t.Errorf("by the name of one that was restored: %v", err)
	}
	if err := os.Remove(s.path(fileOf("b"))); err != nil {
		t.Fatal(err)
	}
	r := changed
	r.ID, r.Name = "r", "Restored"
	wantRows(t, s, changed, fullConnector("c"), r)
	if err := s.PutConnector(fullConnector("n")); err != nil {
		t.Fatal(err)
	}
	if got := ids(t, s); !slices.Equal(got, []string{"a", "c", "r", "n"}) {
		t.Errorf("a new one comes at %v", got)
	}
}

// TestACrashBetweenFileAndIndex leaves the file of a change without its row.
func TestACrashBetweenFileAndIndex(t *testing.T) {
	t.Parallel()
	s := threeConnectors(t)
	before := readFile(t, s, indexFile)
	changed := fullConnector("a")
	changed.Name, changed.Health = "Renamed", connector.HealthSignIn
	if err := errors.Join(s.PutConnector(changed), s.PutConnector(fullConnector("d")), s.DeleteConnector("c")); err != nil {
		t.Fatal(err)
	}
	for _, half := range []string{"", "x", "\x10\x00\x00\x00half"} {
		writeFile(t, s, indexFile, before+half)
		if got, err := beside(t, s).Named("renamed"); err != nil || !slices.Equal(got, []string{"a"}) {
			t.Errorf("%q: %v, %v", half, got, err)
		}
		writeFile(t, s, indexFile, before+half)
		wantRows(t, beside(t, s), fullConnector("b"), changed, fullConnector("d"))
	}
}

// TestTheIndexDoesNotGrowForEver checks that it has little more than twice what it needs.
func TestTheIndexDoesNotGrowForEver(t *testing.T) {
	t.Parallel()
	s := threeConnectors(t)
	c := fullConnector("a")
	largest := 0
	for i := range 500 {
		c.Refreshed = noon.Add(time.Duration(i) * time.Second)
		if err := s.PutConnector(c); err != nil {
			t.Fatal(err)
		}
		largest = max(largest, len(readFile(t, s, indexFile)))
	}
	if largest < indexSlack/2 || largest > indexSlack+10_000 {
		t.Errorf("it had %d bytes", largest)
	}
	wantRows(t, s, fullConnector("b"), c, fullConnector("c"))
}

// TestWhatACrashLeavesInTheFolderIsSwept has half a file of a connector, and files that are nobody's.
func TestWhatACrashLeavesInTheFolderIsSwept(t *testing.T) {
	t.Parallel()
	s := threeConnectors(t)
	for _, name := range []string{".n.json0", ".notes", "notes.txt", "N.json", "a.json~"} {
		writeFile(t, s, "connectors/"+name, "half")
	}
	wantRows(t, s, fullConnector("b"), fullConnector("a"), fullConnector("c"))
	left := []string{}
	for _, path := range glob(t, s, "connectors/*") {
		left = append(left, filepath.Base(path))
	}
	if want := []string{".notes", "N.json", "a.json", "a.json~", "b.json", "c.json", "notes.txt"}; !slices.Equal(left, want) {
		t.Errorf("left: %v", left)
	}
}

// TestNamesStaySmall checks that names which are given back leave nothing.
func TestNamesStaySmall(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	for i := range 20 {
		if err := s.PutConnector(connector.Connector{ID: "a", Name: fmt.Sprint("name ", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.DeleteConnector("a"); err != nil {
		t.Fatal(err)
	}
	if left := glob(t, s, "names/*"); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// TestWhateverBecomesOfTheNames checks that a name is given once whatever is in the files of names, and that the next change mends them.
func TestWhateverBecomesOfTheNames(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(lines string) string{
		"empty":             func(string) string { return "" },
		"garbage":           func(string) string { return "garbage" },
		"no check sum":      func(lines string) string { return lines[:strings.Index(lines, "=")] },
		"one byte is wrong": func(lines string) string { return "x" + lines[1:] },
		"more behind it":    func(lines string) string { return lines + "\n" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openStore(t)
			if err := s.PutConnector(connector.Connector{ID: "a", Name: "Contoso"}); err != nil {
				t.Fatal(err)
			}
			files := glob(t, s, "names/*")
			if len(files) != 1 {
				t.Fatalf("the names are in %v", files)
			}
			file := "names/" + filepath.Base(files[0])
			writeFile(t, s, file, spoil(readFile(t, s, file)))
			if got, err := s.Named("contoso"); err != nil || !slices.Equal(got, []string{"a"}) {
				t.Errorf("its name is that of %v, %v", got, err)
			}
			if err := s.PutConnector(connector.Connector{ID: "b", Name: "CONTOSO"}); !errors.Is(err, connector.ErrNameTaken) {
				t.Errorf("by the same name: %v", err)
			}
			if lines, err := s.readClaims(filepath.Base(file)); err != nil || len(lines) != 1 {
				t.Errorf("afterwards the names are %q, %v", lines, err)
			}
		})
	}
}

// TestWhatIsRemovedIsGone checks that neither the index nor a list that was kept when it was taken over tells of a removed connector.
func TestWhatIsRemovedIsGone(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	const list = `{"format": 2, "connectors": [{"id": "a", "name": "Contoso"}, {"id": "b", "name": "Fabrikam"}, {"id": "c", "name": "Northwind"}]}`
	writeFile(t, s, connectorsFile, list)
	if got := ids(t, s); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Fatalf("taken over: %v", got)
	}
	if err := s.PutConnector(connector.Connector{ID: "b", Name: "Fabrikam", Health: connector.HealthGood}); err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteConnector("b"); err != nil {
		t.Fatal(err)
	}
	if index := readFile(t, s, indexFile); strings.Contains(index, "Fabrikam") || !strings.Contains(index, "Contoso") || !strings.Contains(index, "Northwind") {
		t.Errorf("the index: %q", index)
	}
	if _, ok := s.sealed(); !ok {
		t.Error("the index has to be made anew")
	}
	if kept := glob(t, s, "connectors.format-2.json"); len(kept) != 1 {
		t.Errorf("with two connectors left: %v", kept)
	}
	writeFile(t, s, "connectors.format-2-2.json", list)
	if err := errors.Join(s.DeleteConnector("a"), s.DeleteConnector("c")); err != nil {
		t.Fatal(err)
	}
	for _, path := range append(glob(t, s, "*"), glob(t, s, "*/*")...) {
		text, err := os.ReadFile(path)
		if err == nil && (strings.Contains(string(text), "Contoso") || strings.Contains(string(text), "Northwind")) {
			t.Errorf("%s still tells of them", path)
		}
	}
}

// TestARemovalBehindADamagedIndex checks that a removed connector is gone from an index that can't be read to its row, too.
func TestARemovalBehindADamagedIndex(t *testing.T) {
	t.Parallel()
	s := threeConnectors(t)
	index := readFile(t, s, indexFile)
	writeFile(t, s, indexFile, index[:headerSize+frameSize]+"\xff"+index[headerSize+frameSize+1:])
	if err := s.DeleteConnector("c"); err != nil {
		t.Fatal(err)
	}
	if index := readFile(t, s, indexFile); strings.Contains(index, fullConnector("c").Name) {
		t.Errorf("the index: %q", index)
	}
	wantRows(t, s, fullConnector("b"), fullConnector("a"))
}
