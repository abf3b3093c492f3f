package assets

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestCatalogTakesTheFirstLanguageThatThereIs(t *testing.T) {
	catalog := builtinCatalog()
	for wanted, lang := range map[string]string{
		"": "en", "de": "de", "de_DE.UTF-8": "de", "de-AT": "de", "en-GB": "en", "ja": "en", "ja,de": "de", "ja-JP,de-DE,en-US": "de",
		"en-US,de": "en", "no such language": "en", ",": "en", "C": "en",
	} {
		if got := catalog.Translator(wanted).Lang(); got != lang {
			t.Errorf("for %q it speaks %q, not %q", wanted, got, lang)
		}
	}
}

func TestCatalogRefusesABrokenFile(t *testing.T) {
	for file, text := range map[string]string{"xx.toml": "no toml at all", "de.toml": `"x" = "without a name"`, "no language.toml": `"lang.name" = "x"`} {
		_, err := LoadCatalog(fstest.MapFS{"translations/" + file: {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestEveryLanguageHasItsOwnName(t *testing.T) {
	catalog := builtinCatalog()
	seen := map[string]bool{}
	for _, l := range catalog.Languages() {
		if l.Name == "" || strings.HasPrefix(l.Name, "[") || seen[l.Name] {
			t.Errorf("%s is called %q", l.Tag, l.Name)
		}
		seen[l.Name] = true
	}
}

func TestTheLanguageCanBeChanged(t *testing.T) {
	tr := NewTranslator("en")
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 100 {
			tr.Use("de")
		}
	}()
	for range 100 {
		if said := tr.Text("common.back", nil); said != "Back" && said != "Zurück" {
			t.Errorf("it says %q", said)
		}
	}
	<-done
	if tr.Lang() != "de" || tr.Text("common.back", nil) != "Zurück" {
		t.Errorf("it speaks %s", tr.Lang())
	}
}

func TestLanguagesOfTheEnvironment(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want []string
	}{
		{map[string]string{}, nil},
		{map[string]string{"LANG": "C"}, nil},
		{map[string]string{"LANG": "C.UTF-8", "LANGUAGE": "de"}, nil},
		{map[string]string{"LANG": "de_DE.UTF-8"}, []string{"de_DE.UTF-8"}},
		{map[string]string{"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr_FR"}, []string{"fr_FR"}},
		{map[string]string{"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, nil},
		{map[string]string{"LANG": "en_US.UTF-8", "LANGUAGE": "fr:de"}, []string{"fr", "de", "en_US.UTF-8"}},
	} {
		if got := environmentLanguages(func(name string) string { return c.env[name] }); !slices.Equal(got, c.want) {
			t.Errorf("%v: %q", c.env, got)
		}
	}
}

// TestAPagePutInTheMiddleMovesTheNumbers holds that sentences follow the pages: nothing else has to change.
func TestAPagePutInTheMiddleMovesTheNumbers(t *testing.T) {
	seven := []string{"before", "account", "mfa", "connector", "admin", "user", "check"}
	for _, c := range []struct {
		pages                []string
		english, german, two string
	}{
		{seven, "You chose it on page 1.", "Seite 6: Benutzerzustimmung", "repeats page 6 and 7 for"},
		{
			slices.Insert(slices.Clone(seven), 4, "licence"),
			"You chose it on page 1.", "Seite 7: Benutzerzustimmung", "repeats page 7 and 8 for",
		},
		{
			slices.Insert(slices.Clone(seven), 0, "welcome"),
			"You chose it on page 2.", "Seite 7: Benutzerzustimmung", "repeats page 7 and 8 for",
		},
	} {
		catalog, err := loadCatalog(translations, c.pages)
		if err != nil {
			t.Fatal(err)
		}
		en, de := catalog.Translator("en"), catalog.Translator("de")
		if got := en.Text("page.connector.tenant-reason", nil); got != c.english {
			t.Errorf("%v: %q", c.pages, got)
		}
		if got := de.Text("practice.place.user", nil); got != c.german {
			t.Errorf("%v: %q", c.pages, got)
		}
		if got := en.Text("help.detail.2", nil); !strings.Contains(got, c.two) {
			t.Errorf("%v: %q", c.pages, got)
		}
	}
}

func TestAFileWithWhatIsNoSentenceIsRefused(t *testing.T) {
	for _, line := range []string{
		"\"x\" = \"page {{page `none`}}\"", `"x" = "{{.Name"`, `"x" = "{{Name}}"`, `"x" = "{{.Na me}}"`, `"x" = "{{range .Names}}{{end}}"`, `"x" = "{{if .A}}a"`,
		`"x" = "{{if .A}}a{{else}}b{{else}}c{{end}}"`, `"x" = "a{{end}}"`, `"x" = "{{if and .A .B}}a{{end}}"`, `"x" = "{{if .A}}a{{else if B}}b{{end}}"`,
		`"x" = "{{if .A}}{{else}}{{Name}}{{end}}"`, `"x" = 1`, `"x" = { one = "a" }`, `"x" = { other = "a", dual = "b" }`,
	} {
		_, err := LoadCatalog(fstest.MapFS{"translations/en.toml": {Data: []byte("\"lang.name\" = \"English\"\n" + line)}})
		if err == nil || !strings.Contains(err.Error(), `"x"`) {
			t.Errorf("%s: %v", line, err)
		}
	}
}

func TestSentencesAreFilled(t *testing.T) {
	for _, c := range []struct {
		text string
		args map[string]any
		want string
	}{
		{"plain", nil, "plain"},
		{"{{.A}} and {{ .B }}", map[string]any{"A": "{{.B}}", "B": 2}, "{{.B}} and 2"},
		{"{{.A}}", nil, "<no value>"},
		{"{{page `mfa`}}/{{ page `user` }}", nil, "1/2"},
		{"{{if .A}}a{{else if .B}}b{{else}}c{{end}}.", map[string]any{"A": "x", "B": "x"}, "a."},
		{"{{if .A}}a{{else if .B}}b{{else}}c{{end}}.", map[string]any{"A": "", "B": true}, "b."},
		{"{{if .A}}a{{else if .B}}b{{else}}c{{end}}.", map[string]any{"A": 0, "B": false}, "c."},
		{"{{if not .A}}a{{end}}{{if not .B}}b{{end}}", map[string]any{"B": 1}, "a"},
		{"{{if .A}}1{{if .B}}2{{else}}3{{end}}4{{else}}5{{if .B}}6{{end}}7{{end}}", map[string]any{"A": 1}, "134"},
		{"{{if .A}}1{{if .B}}2{{else}}3{{end}}4{{else}}5{{if .B}}6{{end}}7{{end}}", map[string]any{"B": 1}, "567"},
	} {
		if got, err := fill(c.text, []string{"mfa", "user"}, c.args); got != c.want || err != nil {
			t.Errorf("%s with %v: %q, %v", c.text, c.args, got, err)
		}
	}
}

func TestPluralsFollowTheLanguage(t *testing.T) {
	polish := `"lang.name" = "Polski"
"n" = { one = "{{.Count}} plik", few = "{{.Count}} pliki", many = "{{.Count}} plików", other = "{{.Count}} pliku" }`
	files := fstest.MapFS{
		"translations/pl.toml": {Data: []byte(polish)},
		"translations/en.toml": {Data: []byte("\"lang.name\" = \"English\"\n\"n\" = { one = \"{{.Count}} file\", other = \"{{.Count}} files\" }\n\"d\" = \"{{.Count}} days\"\n")},
	}
	catalog, err := LoadCatalog(files)
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int][3]string{
		0: {"0 plików", "0 files", "0 days"}, 1: {"1 plik", "1 file", "1 days"}, 2: {"2 pliki", "2 files", "2 days"}, 5: {"5 plików", "5 files", "5 days"},
		12: {"12 plików", "12 files", "12 days"}, 22: {"22 pliki", "22 files", "22 days"}, -1: {"-1 plik", "-1 file", "-1 days"},
		10_000_001: {"10000001 plików", "10000001 files", "10000001 days"},
	} {
		count := map[string]any{"Count": n}
		pl, en := catalog.Translator("pl"), catalog.Translator("en")
		if got := [3]string{pl.Text("n", count), en.Text("n", count), pl.Text("d", count)}; got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}

// TestWhatIsCarriedIsThatOfTheFiles holds what go generate has made, and what it would make, beside the files themselves. It compares what is in the
// blocks: another version of Go may compress them in another way.
func TestWhatIsCarriedIsThatOfTheFiles(t *testing.T) {
	want, err := pack(translations, Pages())
	if err != nil {
		t.Fatal(err)
	}
	made, err := Pack(translations)
	if err != nil {
		t.Fatal(err)
	}
	if linesOf(unpacked(string(made))) != want {
		t.Error("what Pack makes has other lines than the files")
	}
	if linesOf(builtin()) != want {
		t.Error("assets/sentences.pack is not that of assets/translations: make sentences")
	}
}

// linesOf are all lines of all blocks.
func linesOf(p packed) string {
	var all strings.Builder
	for _, b := range p {
		all.WriteString(b.lines())
	}
	return all.String()
}

// TestEverySentenceIsFound holds the search in the packed sentences beside the files themselves.
func TestEverySentenceIsFound(t *testing.T) {
	for _, lang := range append(otherLanguages(t), english) {
		for key, forms := range readSentences(t, lang) {
			for form, want := range forms {
				if got, found := builtin().find(key, lang, form); got != want || !found {
					t.Errorf("%s %s %s: %q, not %q", lang, key, form, got, want)
				}
			}
		}
		for _, key := range []string{"", "a", "app", "app.name.more", "zzz"} {
			if got, found := builtin().find(key, lang, otherForm); found {
				t.Errorf("%s has %q: %q", lang, key, got)
			}
		}
	}
}
