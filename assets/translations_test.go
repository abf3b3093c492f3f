package assets

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// wording is the sentences of one language: a key has several where it has plural forms.
type wording map[string]map[string]string

// readSentences reads the file of a language; a key that is there twice is an error of the file's.
func readSentences(t *testing.T, lang string) wording {
	t.Helper()
	data, err := translations.ReadFile("translations/" + lang + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	keys, all := map[string]any{}, wording{}
	if err := toml.Unmarshal(data, &keys); err != nil {
		t.Fatalf("%s: %v", lang, err)
	}
	for key, value := range keys {
		all[key] = formsOf(t, key, value)
	}
	return all
}

func formsOf(t *testing.T, key string, value any) map[string]string {
	t.Helper()
	switch v := value.(type) {
	case string:
		return map[string]string{"other": v}
	case map[string]any:
		forms := map[string]string{}
		for form, text := range v {
			forms[form] = fmt.Sprint(text)
		}
		return forms
	}
	t.Errorf("%q is a %T", key, value)
	return nil
}

func TestTranslationsHaveTheSameKeys(t *testing.T) {
	english := readSentences(t, "en")
	for _, lang := range otherLanguages(t) {
		other := readSentences(t, lang)
		for _, key := range slices.Sorted(maps.Keys(english)) {
			if other[key] == nil {
				t.Errorf("%s lacks %q", lang, key)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(other)) {
			if english[key] == nil {
				t.Errorf("only %s has %q", lang, key)
			}
		}
	}
}

func otherLanguages(t *testing.T) []string {
	t.Helper()
	others := slices.DeleteFunc(Languages(), func(lang string) bool { return lang == "en" })
	if len(others) == 0 {
		t.Fatal("there is no other language than English")
	}
	return others
}

// action is a template action; field is a field that it names.
var (
	action = regexp.MustCompile(`{{(.*?)}}`)
	field  = regexp.MustCompile(`\.([A-Z][A-Za-z0-9]*)`)
)

// fieldsOf are the fields that a sentence is filled from, in every form together.
func fieldsOf(forms map[string]string) []string {
	found := map[string]bool{}
	for _, text := range forms {
		for _, a := range action.FindAllStringSubmatch(text, -1) {
			for _, f := range field.FindAllStringSubmatch(a[1], -1) {
				found[f[1]] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func TestTranslationsAreFilledFromTheSameFields(t *testing.T) {
	english := readSentences(t, "en")
	for _, lang := range otherLanguages(t) {
		for key, forms := range readSentences(t, lang) {
			if english[key] == nil {
				continue
			}
			if want, got := fieldsOf(english[key]), fieldsOf(forms); !slices.Equal(want, got) {
				t.Errorf("%s %q has the fields %v, English %v", lang, key, got, want)
			}
			if want, got := slices.Sorted(maps.Keys(english[key])), slices.Sorted(maps.Keys(forms)); !slices.Equal(want, got) {
				t.Errorf("%s %q has the forms %v, English %v", lang, key, got, want)
			}
		}
	}
}

// forbidden are words that no sentence has, by their language.
var forbidden = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)\b(please|oops|sorry|unfortunately)\b`),
	"de": regexp.MustCompile(`\b(bitte|leider|hoppla|du|dein|deine|dir)\b|(^|[.?] )(Bitte|Leider|Hoppla|Du|Dein)\b`),
}

func TestSentencesAreWellMade(t *testing.T) {
	for _, lang := range append(otherLanguages(t), "en") {
		for key, forms := range readSentences(t, lang) {
			for _, text := range forms {
				for _, fault := range faultsOf(lang, text) {
					t.Errorf("%s %q %s: %s", lang, key, fault, text)
				}
			}
		}
	}
}

// flagName is a flag of a command: what its name means in a language does not count.
var flagName = regexp.MustCompile(`--[a-z-]+`)

func faultsOf(lang, text string) []string {
	faults := []string{}
	bare := flagName.ReplaceAllString(action.ReplaceAllString(text, ""), "")
	if strings.TrimSpace(text) == "" {
		faults = append(faults, "is empty")
	}
	if strings.Contains(bare, "!") {
		faults = append(faults, "has an exclamation mark")
	}
	if words := forbidden[lang]; words != nil && words.MatchString(bare) {
		faults = append(faults, "has a word that no sentence has")
	}
	if strings.Count(text, "{{") != strings.Count(text, "}}") || strings.ContainsAny(bare, "{}") {
		faults = append(faults, "has braces that do not match")
	}
	if strings.Contains(text, "  ") {
		faults = append(faults, "has two spaces")
	}
	if strings.Count(bare, "(") != strings.Count(bare, ")") {
		faults = append(faults, "has parentheses that do not match")
	}
	return faults
}

func TestFaultsAreFound(t *testing.T) {
	for text, want := range map[string]int{
		"A good sentence with {{.Name}} (and more).": 0, " ": 1, "Done!": 1, "Please wait.": 1, "{{.Name": 1, "a  b": 1, "(": 1,
	} {
		if got := faultsOf("en", text); len(got) != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestKeysInTheCodeExist looks for keys that the terminal program and the start of the window program name literally.
func TestKeysInTheCodeExist(t *testing.T) {
	english := readSentences(t, "en")
	found := 0
	for _, pattern := range []string{"../cli/*.go", "../gui/program/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, key := range keysIn(t, file) {
				found++
				if english[key] == nil && !isPrefix(english, key) {
					t.Errorf("%s names %q, which no translation has", file, key)
				}
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d keys were found", found)
	}
}

// isPrefix reports whether a key is completed by the code: "cli.doctor.".
func isPrefix(all wording, key string) bool {
	if !strings.HasSuffix(key, ".") {
		return false
	}
	for k := range all {
		if strings.HasPrefix(k, key) {
			return true
		}
	}
	return false
}

// keysIn are the string literals of a file that begin as keys of these programs do.
func keysIn(t *testing.T, file string) []string {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	keys := []string{}
	ast.Inspect(tree, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, err := strconv.Unquote(lit.Value)
			if err == nil && (strings.HasPrefix(text, "cli.") || strings.HasPrefix(text, "start.")) && !strings.ContainsAny(text, " \n") {
				keys = append(keys, text)
			}
		}
		return true
	})
	return keys
}

// TestEveryKeyOfTheTerminalIsUsed finds sentences that nothing says any more.
func TestEveryKeyOfTheTerminalIsUsed(t *testing.T) {
	used, prefixes := map[string]bool{}, []string{"cli.flag.", "start.flag.", "start.error."}
	for _, pattern := range []string{"../cli/*.go", "../gui/program/*.go"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			for _, key := range keysIn(t, file) {
				used[key] = true
				if strings.HasSuffix(key, ".") {
					prefixes = append(prefixes, key)
				}
			}
		}
	}
	for key := range readSentences(t, "en") {
		if !strings.HasPrefix(key, "cli.") && !strings.HasPrefix(key, "start.") || used[key] {
			continue
		}
		if !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) }) {
			t.Errorf("nothing says %q", key)
		}
	}
}

var (
	// pageOf is the number of a page in a sentence; typedPage is one that would be wrong as soon as a page is put before it.
	pageOf    = regexp.MustCompile("{{ *page +`([a-z]+)` *}}")
	typedPage = regexp.MustCompile(`(?i)\b(pages?|seiten?)\s+(\d|.*}}\s+(and|to|und|bis)\s+\d)`)
)

// pagesOf are the pages that a sentence names, in every form together.
func pagesOf(forms map[string]string) []string {
	found := map[string]bool{}
	for _, text := range forms {
		for _, p := range pageOf.FindAllStringSubmatch(text, -1) {
			found[p[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func TestNoSentenceHasAPageTypedIn(t *testing.T) {
	for _, typed := range []string{"See page 6.", "Pages 1 to 3", "page {{page `user`}} and 7", "auf Seite 4", "die Seiten 6 und 7"} {
		if !typedPage.MatchString(typed) {
			t.Errorf("%q is not found", typed)
		}
	}
	for _, lang := range append(otherLanguages(t), "en") {
		for key, forms := range readSentences(t, lang) {
			for _, text := range forms {
				if found := typedPage.FindString(text); found != "" {
					t.Errorf("%s %q has %q typed in; {{page `name`}} is its number: %s", lang, key, found, text)
				}
			}
		}
	}
}

func TestSentencesNameTheSamePages(t *testing.T) {
	english := readSentences(t, "en")
	named := 0
	for key, forms := range english {
		for _, page := range pagesOf(forms) {
			named++
			if !slices.Contains(Pages(), page) {
				t.Errorf("%q names the page %q, which there is not", key, page)
			}
		}
	}
	if named < 40 {
		t.Errorf("only %d pages are named", named)
	}
	for _, lang := range otherLanguages(t) {
		for key, forms := range readSentences(t, lang) {
			if want, got := pagesOf(english[key]), pagesOf(forms); !slices.Equal(want, got) {
				t.Errorf("%s %q names the pages %v, English %v", lang, key, got, want)
			}
		}
	}
}

// TestTheTerminalNamesNoButtonOfTheWindow holds that pcc says a command where the window names the button that renews or checks a connector, in all
// that is told of saved connectors, problems, checks and reasons; and that the sentence it says instead is filled from the same fields.
func TestTheTerminalNamesNoButtonOfTheWindow(t *testing.T) {
	const instead = "cli.instead."
	told := regexp.MustCompile(`^(health\.|problem\..*\.do$|evidence\.|reason\.|detail\.secret-ends\.|page\.connector\.duplicate)`)
	for _, lang := range Languages() {
		all := readSentences(t, lang)
		for key, forms := range all {
			if other := all[instead+key]; other != nil {
				for _, field := range fieldsOf(other) {
					if !slices.Contains(fieldsOf(forms), field) {
						t.Errorf("%s: %s%s is filled from %s, which %s has not", lang, instead, key, field, key)
					}
				}
				forms = other
			}
			for _, button := range []string{all["detail.renew"]["other"], all["detail.check-now"]["other"]} {
				for _, text := range forms {
					if told.MatchString(key) && strings.Contains(text, button) {
						t.Errorf("%s, %s: the terminal would say: %s", lang, key, text)
					}
				}
			}
			if rest, isInstead := strings.CutPrefix(key, instead); isInstead && all[rest] == nil {
				t.Errorf("%s: nothing is said that %s stands for", lang, key)
			}
		}
	}
}

func TestPrefer(t *testing.T) {
	tr := NewTranslator("en")
	before, other := tr.Text("health.sign-in.text", nil), tr.Text("health.good", nil)
	tr.Prefer("cli.instead.")
	if got := tr.Text("health.sign-in.text", nil); got == before || !strings.Contains(got, "pcc renew NAME") {
		t.Errorf("%q", got)
	}
	if got := tr.Text("health.good", nil); got != other {
		t.Errorf("%q", got)
	}
}
