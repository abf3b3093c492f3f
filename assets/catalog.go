package assets

import (
	"io/fs"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// nameKey is the key of a language's name in that language.
const nameKey = "lang.name"

// english is the language of every sentence that another one lacks.
const english = "en"

// Language is one that sentences can be had in.
type Language struct {
	// Tag is its BCP 47 tag; Name is what it calls itself.
	Tag, Name string
}

// Catalog is the sentences of several languages.
type Catalog struct {
	packed  packed
	pages   []string
	matcher func() *matcher
}

// LoadCatalog reads every file translations/<tag>.toml: one language each, English among them.
func LoadCatalog(files fs.FS) (*Catalog, error) { return loadCatalog(files, Pages()) }

func loadCatalog(files fs.FS, pages []string) (*Catalog, error) {
	lines, err := pack(files, pages)
	if err != nil {
		return nil, err
	}
	return newCatalog(packed{{lines: func() string { return lines }}}, pages), nil
}

func newCatalog(p packed, pages []string) *Catalog {
	return &Catalog{packed: p, pages: pages, matcher: sync.OnceValue(func() *matcher { return newMatcher(p.languages()) })}
}

// Languages are its languages, by their tags.
func (c *Catalog) Languages() []Language { return c.packed.languages() }

// Translator returns a translator for lang: BCP 47 tags or POSIX locales ("de", "de_DE.UTF-8"), with commas between them, the
// first of which that there is counts. For an empty or unknown one it speaks English.
func (c *Catalog) Translator(lang string) *Translator {
	t := &Translator{catalog: c}
	t.Use(lang)
	return t
}

func (c *Catalog) match(wanted string) string {
	for lang := range strings.SplitSeq(wanted, ",") {
		if lang == "" {
			continue
		}
		if tag, found := c.matcher().match(lang); found {
			return tag
		}
	}
	return english
}

// sentence is that of a key in lang, in the form for what count is, if it is a number; in English where lang lacks it.
func (c *Catalog) sentence(key, lang string, count any) (string, bool) {
	for _, tag := range []string{lang, english} {
		if n, ok := count.(int); ok {
			if text, found := c.packed.find(key, tag, pluralForm(tag, n)); found {
				return text, true
			}
		}
		if text, found := c.packed.find(key, tag, otherForm); found {
			return text, true
		}
	}
	return "", false
}

// pluralForm is the form for n of something, by the rules of the language. https://cldr.unicode.org/index/cldr-spec/plural-rules
func pluralForm(lang string, n int) string {
	form := plural.Cardinal.MatchPlural(language.Make(lang), max(n, -n), 0, 0, 0, 0)
	return map[plural.Form]string{
		plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: otherForm,
	}[form]
}

// matcher finds the language of a catalog that is nearest to a wanted one.
type matcher struct {
	tags []string
	of   language.Matcher
}

func newMatcher(languages []Language) *matcher {
	m := &matcher{tags: []string{english}}
	for _, l := range languages {
		if l.Tag != english {
			m.tags = append(m.tags, l.Tag)
		}
	}
	parsed := []language.Tag{}
	for _, tag := range m.tags {
		parsed = append(parsed, language.Make(tag))
	}
	m.of = language.NewMatcher(parsed)
	return m
}

func (m *matcher) match(wanted string) (string, bool) {
	if slices.Contains(m.tags, wanted) {
		return wanted, true
	}
	tag, err := tagOf(wanted)
	if err != nil {
		return "", false
	}
	_, i, confidence := m.of.Match(tag)
	return m.tags[i], confidence != language.No
}
