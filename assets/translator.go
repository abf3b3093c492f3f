// Package assets holds what the programs carry with them: translations and their translator, icons, pictures, and the
// page that the browser shows after a consent.
package assets

import (
	"embed"
	"io/fs"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/text/language"
)

//go:embed translations/*.toml
var translations embed.FS

// Translations are the files that Pack and LoadCatalog read. The programs carry only what Pack makes of them.
func Translations() fs.FS { return translations }

var builtinCatalog = sync.OnceValue(func() *Catalog { return newCatalog(builtin(), Pages()) })

// Translator turns keys into sentences of one language, English where that language lacks one. Its language can be changed while
// others use it.
type Translator struct {
	catalog *Catalog
	// lang is the tag of the language in use.
	lang atomic.Pointer[string]
	// preferred is what the keys begin with whose sentences are taken before those without; empty for none.
	preferred string
}

// NewTranslator returns the translator of this program for lang, as Catalog.Translator does.
func NewTranslator(lang string) *Translator { return builtinCatalog().Translator(lang) }

// Languages returns the languages that this program has, as BCP 47 tags.
func Languages() []string { return builtinCatalog().Translator("").Tags() }

// Use changes the language, by the rules of Catalog.Translator.
func (t *Translator) Use(lang string) {
	tag := t.catalog.match(lang)
	t.lang.Store(&tag)
}

// Prefer has a sentence whose key begins with a prefix taken instead of the one whose key is the rest of it. A terminal says a command where a window
// names its button.
func (t *Translator) Prefer(prefix string) { t.preferred = prefix }

// Lang is the language in use, as a BCP 47 tag.
func (t *Translator) Lang() string { return *t.lang.Load() }

// Match is the tag of the language that Use would take.
func (t *Translator) Match(lang string) string { return t.catalog.match(lang) }

// Speaks reports whether there is a language, or one that it is a variant of ("de-AT").
func (t *Translator) Speaks(lang string) bool {
	tag, err := tagOf(lang)
	if err != nil {
		return false
	}
	base, _ := tag.Base()
	found, _ := language.MustParse(t.Match(lang)).Base()
	return base == found
}

// Tags are the tags of Languages.
func (t *Translator) Tags() []string {
	tags := []string{}
	for _, l := range t.Languages() {
		tags = append(tags, l.Tag)
	}
	return tags
}

// Languages are those that it can use.
func (t *Translator) Languages() []Language { return t.catalog.Languages() }

// Text returns the sentence of a key, filled from args; "Count", an int, chooses its plural form. A key that no translation has comes back
// in brackets, which the tests refuse.
func (t *Translator) Text(key string, args map[string]any) string {
	text, found := t.sentence(key, args["Count"])
	if !found {
		return "[" + key + "]"
	}
	filled, err := fill(text, t.catalog.pages, args)
	if err != nil { // Pack has found those already
		return "[" + key + "]"
	}
	return filled
}

func (t *Translator) sentence(key string, count any) (string, bool) {
	if t.preferred != "" {
		if text, found := t.catalog.sentence(t.preferred+key, t.Lang(), count); found {
			return text, true
		}
	}
	return t.catalog.sentence(key, t.Lang(), count)
}

// Has reports whether some translation has the key.
func (t *Translator) Has(key string) bool {
	_, found := t.catalog.sentence(key, t.Lang(), nil)
	return found
}

// tagOf reads a BCP 47 tag or a POSIX locale ("de_DE.UTF-8").
func tagOf(lang string) (language.Tag, error) {
	lang, _, _ = strings.Cut(lang, ".")
	return language.Parse(strings.ReplaceAll(lang, "_", "-"))
}
