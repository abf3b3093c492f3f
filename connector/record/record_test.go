package record

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/runner"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/test/golden"
)

func writer(t *testing.T, lang string) Writer {
	t.Helper()
	tr := assets.NewTranslator(lang)
	local := time.Local
	time.Local = time.UTC
	t.Cleanup(func() { time.Local = local })
	return Writer{Translator: tr, Version: "1.2.3", Now: func() time.Time { return viewtest.Now }, Home: t.TempDir()}
}

func good() connector.Connector {
	c := viewtest.Saved()
	c.Checks = viewtest.EvidentChecks()
	return c
}

// bad has everything that a record can tell of what is not as it should be: no confirmed admin consent, a failed check with its
// problem, and no time of a single check, as in lists of older versions.
func bad() connector.Connector {
	c := viewtest.Saved()
	c.Admin = connector.Admin{Status: connector.AdminNotConfirmed}
	c.Health = connector.HealthAttention
	c.Checks = []connector.Check{
		{ID: connector.CheckTenant, State: connector.CheckPassed},
		{ID: connector.CheckMFA, State: connector.CheckFailed, Weight: connector.WeightNever, Problem: &connector.Problem{
			Kind: connector.KindNoMFA, Actor: connector.ActorAdmin, Code: "900421", Raw: "raw", CorrelationID: "c-1", At: viewtest.Now,
		}},
	}
	return c
}

// taken was taken back from a key vault, and is in another one too.
func taken() connector.Connector {
	c := good()
	c.Origin, c.Checks = connector.OriginTaken, viewtest.TakenChecks()
	c.Copies = []connector.VaultPlace{
		{URL: "https://contoso-services.vault.azure.net", Prefix: "pcc", Name: "contoso", WithSecret: true, At: viewtest.Now},
		{URL: "https://contoso-archive.vault.azure.net", Prefix: "old", Name: "contoso", At: viewtest.Now},
	}
	return c
}

func TestGoldens(t *testing.T) {
	for lang, w := range map[string]Writer{"en": writer(t, "en"), "de": writer(t, "de")} {
		for name, c := range map[string]connector.Connector{"good": good(), "bad": bad(), "kept": viewtest.Kept(), "taken": taken()} {
			golden.Compare(t, name+"."+lang+".txt", w.Text(c))
			if lang == "en" {
				golden.Compare(t, name+".json", string(w.JSON(c)))
			}
		}
	}
}

// TestNoKeyIsLacking checks that a key of the JSON is there whether it has a value or not.
func TestNoKeyIsLacking(t *testing.T) {
	w := writer(t, "en")
	for _, pair := range [][2]connector.Connector{
		{bad(), {Checks: bad().Checks}},
		{viewtest.Kept(), {Links: &connector.Links{}, Checks: viewtest.Kept().Checks}},
	} {
		full, empty := keys(t, w.JSON(pair[0])), keys(t, w.JSON(pair[1]))
		if !reflect.DeepEqual(full, empty) {
			t.Errorf("%v\n%v", full, empty)
		}
	}
}

func keys(t *testing.T, data []byte) map[string]bool {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	var look func(path string, v any)
	look = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, inner := range v {
				all[path+"."+key] = true
				look(path+"."+key, inner)
			}
		case []any:
			for _, inner := range v {
				look(path+"[]", inner)
			}
		}
	}
	look("", v)
	return all
}

// TestAdminConsentIsNeverCalledProven holds the honest wording in every language.
func TestAdminConsentIsNeverCalledProven(t *testing.T) {
	for lang, words := range map[string][2]string{"en": {"is not signed", "Not confirmed"}, "de": {"ist nicht signiert", "Nicht bestätigt"}} {
		w := writer(t, lang)
		pasted := good()
		pasted.Admin.Pasted = true
		for _, c := range []connector.Connector{good(), pasted} {
			if text := w.Text(c); !strings.Contains(text, words[0]) {
				t.Errorf("%s:\n%s", lang, text)
			}
		}
		if text := w.Text(bad()); !strings.Contains(text, words[1]) {
			t.Errorf("%s:\n%s", lang, text)
		}
	}
}

func TestSuggestedFile(t *testing.T) {
	w := writer(t, "en")
	c := good()
	for name, want := range map[string]string{
		"Contoso": "contoso", "  Contoso / Süd: <2> ": "contoso-süd-2", "…": c.ID, strings.Repeat("a", 80): strings.Repeat("a", 40),
	} {
		c.Name = name
		if got := w.Suggest(c); got != filepath.Join(w.Home, "consent-record-"+want+"-2026-11-23.txt") {
			t.Errorf("%q: %s", name, got)
		}
	}
	c.Name = "Contoso"
	if err := os.Mkdir(filepath.Join(w.Home, "Documents"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"contoso-2026-11-23.txt", "contoso-2026-11-23-2.txt", "contoso-2026-11-23-3.txt"} {
		path := w.Suggest(c)
		if path != filepath.Join(w.Home, "Documents", "consent-record-"+want) {
			t.Errorf("%s", path)
		}
		if _, err := w.Write(c, path, false); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWrite(t *testing.T) {
	w, c := writer(t, "en"), good()
	for _, p := range []struct{ typed, at, begins string }{
		{"record.txt", "record.txt", "Consent record of"},
		{"~" + string(filepath.Separator) + "home.TXT", "home.TXT", "Consent record of"},
		{filepath.Join(w.Home, "record.JSON"), "record.JSON", "{"},
		{"no-ending", "no-ending", "Consent record of"},
		{"picture.svg", "picture.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\""},
	} {
		full, err := w.Write(c, p.typed, false)
		if want := filepath.Join(w.Home, p.at); err != nil || full != want {
			t.Fatalf("%s: %s, %v", p.typed, full, err)
		}
		data, err := os.ReadFile(full)
		if err != nil || !strings.HasPrefix(string(data), p.begins) {
			t.Errorf("%s: %v\n%s", p.typed, err, data)
		}
		if info, err := os.Stat(full); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", p.typed, info.Mode(), err)
		}
	}
	entries, err := os.ReadDir(w.Home)
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	want := "home.TXT home.TXT.svg no-ending no-ending.svg picture.svg record.JSON record.JSON.svg record.txt record.txt.svg"
	if got := strings.Join(names, " "); err != nil || got != want {
		t.Errorf("%s, %v", got, err)
	}
}

// TestThePictureReplacesNothing checks that a record is not written where the name of its picture is taken, and that nothing is overwritten.
func TestThePictureReplacesNothing(t *testing.T) {
	w := writer(t, "en")
	theirs, record := filepath.Join(w.Home, "record.txt.svg"), filepath.Join(w.Home, "record.txt")
	if err := os.WriteFile(theirs, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(good(), record, false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v", err)
	}
	if _, err := os.Lstat(record); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the record was written: %v", err)
	}
	if _, err := w.Write(good(), record, true); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(theirs); err != nil || !strings.HasPrefix(string(data), "<svg ") {
		t.Errorf("%s, %v", data, err)
	}
}

// TestNothingKnownIsNoPicture: a connector of which nothing is known has its record alone.
func TestNothingKnownIsNoPicture(t *testing.T) {
	w := writer(t, "en")
	c := connector.Connector{ID: "c", Name: "Contoso", ClientKind: auth.PublicClient}
	if _, err := w.Write(c, "record.txt", false); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(filepath.Join(w.Home, "record.txt.svg")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

// TestWriteRemovesNothing checks that a person's own file is left alone, whatever its name looks like.
func TestWriteRemovesNothing(t *testing.T) {
	w := writer(t, "en")
	theirs := filepath.Join(w.Home, ".env2026")
	if err := os.WriteFile(theirs, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := w.Write(good(), filepath.Join(w.Home, "env"), true); err != nil {
			t.Fatal(err)
		}
	}
	if data, err := os.ReadFile(theirs); err != nil || string(data) != "theirs" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestWriteRefuses(t *testing.T) {
	w, c := writer(t, "en"), good()
	there := filepath.Join(w.Home, "there.txt")
	if err := os.WriteFile(there, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, p := range []struct {
		path    string
		replace bool
		want    error
		reason  wizard.Reason
	}{
		{there, false, fs.ErrExist, wizard.ReasonRecordExists},
		{w.Home, true, connector.ErrNotAFile, wizard.ReasonRecordPath},
		{filepath.Join(w.Home, "nowhere", "record.txt"), true, fs.ErrNotExist, wizard.ReasonRecordFolder},
	} {
		_, err := w.Write(c, p.path, p.replace)
		if !errors.Is(err, p.want) || runner.RecordReasonOf(err) != p.reason {
			t.Errorf("%s: %v, %q", p.path, err, runner.RecordReasonOf(err))
		}
	}
	if data, err := os.ReadFile(there); err != nil || string(data) != "mine" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := w.WriteJSON(c, there, true); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(there); err != nil || !json.Valid(data) {
		t.Errorf("%s, %v", data, err)
	}
}

func TestFolders(t *testing.T) {
	w := writer(t, "en")
	for _, dir := range []string{"b", "a/inner", ".hidden"} {
		if err := os.MkdirAll(filepath.Join(w.Home, filepath.FromSlash(dir)), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(w.Home, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	want := connector.FolderList{Path: w.Home, Parent: filepath.Dir(w.Home), Names: []string{"a", "b"}}
	for _, path := range []string{"", "record.txt", filepath.Join(w.Home, "gone", "further", "record.txt")} {
		if got := w.Folders(path); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v", path, got)
		}
	}
	for n := range maxFolders {
		if err := os.Mkdir(filepath.Join(w.Home, "c"+string(rune('a'+n/26))+string(rune('a'+n%26))), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.Folders(""); len(got.Names) != maxFolders || !got.More {
		t.Errorf("%d folders, more: %v", len(got.Names), got.More)
	}
	root := filepath.VolumeName(w.Home) + string(filepath.Separator)
	if got := w.Folders(filepath.Join(root, "record.txt")); got.Path != root || got.Parent != "" {
		t.Errorf("%+v", got)
	}
}

// TestARecordCanHoldNoSecret checks that nothing which a record is made of can hold one.
func TestARecordCanHoldNoSecret(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var look func(typ reflect.Type, path string)
	look = func(typ reflect.Type, path string) {
		if typ == reflect.TypeFor[auth.Secret]() {
			t.Errorf("%s is a secret", path)
		}
		if seen[typ] {
			return
		}
		seen[typ] = true
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice:
			look(typ.Elem(), path)
		case reflect.Struct:
			for i := range typ.NumField() {
				look(typ.Field(i).Type, path+"."+typ.Field(i).Name)
			}
		default:
		}
	}
	look(reflect.TypeFor[connector.Connector](), "Connector")
}

// TestEveryTimeHasItsOwnDistanceFromUTC reads a record of January about a sign-in in July.
func TestEveryTimeHasItsOwnDistanceFromUTC(t *testing.T) {
	w := writer(t, "en")
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	time.Local = zone
	w.Now = func() time.Time { return time.Date(2027, time.January, 8, 12, 0, 0, 0, time.UTC) }
	c := good()
	c.Consented, c.SecretExpires = time.Date(2026, time.July, 8, 12, 0, 0, 0, time.UTC), connector.Day{Year: 2027, Month: time.January, Day: 8}
	text := w.Text(c)
	for _, want := range []string{"Made on 8 January 2027, 13:00 UTC+01:00 by", "User consent given on: 8 July 2026, 14:00 UTC+02:00\n", "Health: Needs attention\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	for _, want := range []string{`"secretExpires": "2027-01-08T00:00:00Z"`, `"health": "attention"`, `"at": "2026-07-08T12:00:00Z"`} {
		if data := string(w.JSON(c)); !strings.Contains(data, want) {
			t.Errorf("%q is not in\n%s", want, data)
		}
	}
}
