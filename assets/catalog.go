package assets

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

// nameKey is the key of a language's name in that language.
const nameKey = "lang.name"

// Language is one that sentences can be had in.
type Language struct {
	// Tag is its BCP 47 tag; Name is what it calls itself.
	Tag, Name string
}

// Catalog is the sentences of several languages.
type Catalog struct {
	bundle    *i18n.Bundle
	parser    *sentenceParser
	languages []Language
}

// LoadCatalog reads every file translations/<tag>.toml: one language each, English among them.
func LoadCatalog(files fs.FS) (*Catalog, error) { return loadCatalog(files, Pages()) }

func loadCatalog(files fs.FS, pages []string) (*Catalog, error) {
	names, err := fs.Glob(files, "translations/*.toml")
	if err != nil {
		return nil, err
	}
	c := &Catalog{bundle: i18n.NewBundle(language.English), parser: newSentenceParser(pages)}
	c.bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	for _, name := range names {
		if _, err := c.bundle.LoadMessageFileFS(files, name); err != nil {
			return nil, fmt.Errorf("assets: translation %s: %w", path.Base(name), err)
		}
	}
	for _, tag := range c.bundle.LanguageTags() {
		one := c.Translator(tag.String())
		c.languages = append(c.languages, Language{Tag: tag.String(), Name: one.Text(nameKey, nil)})
	}
	slices.SortFunc(c.languages, func(a, b Language) int { return strings.Compare(a.Tag, b.Tag) })
	return c, nil
}

// Languages are its languages, by their tags.
func (c *Catalog) Languages() []Language { return slices.Clone(c.languages) }

// Translator returns a translator for lang: BCP 47 tags or POSIX locales ("de", "de_DE.UTF-8"), with commas between them, the
// first of which that there is counts. For an empty or unknown one it speaks English.
func (c *Catalog) Translator(lang string) *Translator {
	t := &Translator{catalog: c}
	t.Use(lang)
	return t
}

func (c *Catalog) match(wanted string) string {
	tags := c.bundle.LanguageTags()
	matcher := language.NewMatcher(tags)
	for _, lang := range strings.Split(wanted, ",") {
		tag, err := tagOf(lang)
		if err != nil {
			continue
		}
		if _, i, confidence := matcher.Match(tag); confidence != language.No {
			return tags[i].String()
		}
	}
	return language.English.String()
}
