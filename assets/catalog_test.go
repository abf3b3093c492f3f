package assets

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestCatalogTakesTheFirstLanguageThatThereIs(t *testing.T) {
	catalog, err := builtinCatalog()
	if err != nil {
		t.Fatal(err)
	}
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
	_, err := LoadCatalog(fstest.MapFS{"translations/xx.toml": {Data: []byte("no toml at all")}})
	if err == nil || !strings.Contains(err.Error(), "xx.toml") {
		t.Errorf("%v", err)
	}
}

func TestEveryLanguageHasItsOwnName(t *testing.T) {
	catalog, err := builtinCatalog()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, l := range catalog.Languages() {
		if l.Name == "" || strings.HasPrefix(l.Name, "[") || seen[l.Name] {
			t.Errorf("%s is called %q", l.Tag, l.Name)
		}
		seen[l.Name] = true
	}
}

func TestTheLanguageCanBeChanged(t *testing.T) {
	tr, err := NewTranslator("en")
	if err != nil {
		t.Fatal(err)
	}
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
		{seven, "The tenant is chosen on page 1.", "Seite 6: Benutzerzustimmung", "repeats page 6 and 7 for"},
		{
			slices.Insert(slices.Clone(seven), 4, "licence"),
			"The tenant is chosen on page 1.", "Seite 7: Benutzerzustimmung", "repeats page 7 and 8 for",
		},
		{
			slices.Insert(slices.Clone(seven), 0, "welcome"),
			"The tenant is chosen on page 2.", "Seite 7: Benutzerzustimmung", "repeats page 7 and 8 for",
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

func TestAPageThatThereIsNotIsNoSentence(t *testing.T) {
	catalog, err := LoadCatalog(fstest.MapFS{"translations/en.toml": {Data: []byte("\"lang.name\" = \"English\"\n\"x\" = \"page {{page `none`}}\"\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if tr := catalog.Translator(""); tr.Has("x") || tr.Text("x", nil) != "[x]" {
		t.Errorf("%q", tr.Text("x", nil))
	}
}
