// Package assets holds what the programs carry with them: translations and their translator, icons, pictures, and the
// page that the browser shows after a consent.
package assets

import (
	"embed"
	"io/fs"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed translations/*.toml
var translations embed.FS

// Translations are the files that LoadCatalog reads.
func Translations() fs.FS { return translations }

var builtinCatalog = sync.OnceValues(func() (*Catalog, error) { return LoadCatalog(translations) })

// Translator turns keys into sentences of one language, English where that language lacks one. Its language can be changed while
// others use it.
type Translator struct {
	catalog *Catalog
	current atomic.Pointer[speech]
}

// speech is a language and what speaks it.
type speech struct {
	lang      string
	localizer *i18n.Localizer
}

// NewTranslator returns the translator of this program for lang, as Catalog.Translator does. Its error means that a translation
// file in the program itself is broken.
func NewTranslator(lang string) (*Translator, error) {
	catalog, err := builtinCatalog()
	if err != nil {
		return nil, err
	}
	return catalog.Translator(lang), nil
}

// Languages returns the languages that this program has, as BCP 47 tags.
func Languages() ([]string, error) {
	tr, err := NewTranslator("")
	if err != nil {
		return nil, err
	}
	return tr.Tags(), nil
}

// Use changes the language, by the rules of Catalog.Translator.
func (t *Translator) Use(lang string) {
	tag := t.catalog.match(lang)
	if now := t.current.Load(); now != nil && now.lang == tag {
		return
	}
	t.current.Store(&speech{lang: tag, localizer: i18n.NewLocalizer(t.catalog.bundle, tag)})
}

// Lang is the language in use, as a BCP 47 tag.
func (t *Translator) Lang() string { return t.current.Load().lang }

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

// Text returns the sentence of a key, filled from args. A key that no translation has comes back in brackets, which the
// tests refuse.
func (t *Translator) Text(key string, args map[string]any) string {
	config := &i18n.LocalizeConfig{MessageID: key, TemplateData: args, TemplateParser: t.catalog.parser}
	if n, ok := args["Count"]; ok {
		config.PluralCount = n
	}
	s, err := t.current.Load().localizer.Localize(config)
	if err != nil && s == "" {
		return "[" + key + "]"
	}
	return s
}

// Has reports whether some translation has the key.
func (t *Translator) Has(key string) bool {
	_, err := t.current.Load().localizer.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateParser: t.catalog.parser})
	return err == nil
}

// tagOf reads a BCP 47 tag or a POSIX locale ("de_DE.UTF-8").
func tagOf(lang string) (language.Tag, error) {
	lang, _, _ = strings.Cut(lang, ".")
	return language.Parse(strings.ReplaceAll(lang, "_", "-"))
}
