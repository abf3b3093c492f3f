// Package assets holds what the programs carry with them: translations and their translator, icons, pictures, and the
// page that the browser shows after a consent.
package assets

import (
	"embed"
	"fmt"
	"os"
	"path"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

//go:embed translations/*.toml
var translations embed.FS

// Translator turns keys into sentences of one language, English where that language lacks one.
type Translator struct {
	lang      string
	localizer *i18n.Localizer
}

var loadBundle = sync.OnceValues(func() (*i18n.Bundle, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	files, err := translations.ReadDir("translations")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if _, err := bundle.LoadMessageFileFS(translations, path.Join("translations", f.Name())); err != nil {
			return nil, fmt.Errorf("assets: translation %s: %w", f.Name(), err)
		}
	}
	return bundle, nil
})

// NewTranslator returns the translator for lang, a BCP 47 tag or a POSIX locale ("de", "de_DE.UTF-8"); for an empty or
// unknown one it returns English. Its error means that a translation file in the program itself is broken.
func NewTranslator(lang string) (*Translator, error) {
	bundle, err := loadBundle()
	if err != nil {
		return nil, err
	}
	tag := match(bundle, lang)
	return &Translator{lang: tag, localizer: i18n.NewLocalizer(bundle, tag)}, nil
}

// Languages returns the languages there are, as BCP 47 tags.
func Languages() ([]string, error) {
	bundle, err := loadBundle()
	if err != nil {
		return nil, err
	}
	tags := []string{}
	for _, t := range bundle.LanguageTags() {
		tags = append(tags, t.String())
	}
	return tags, nil
}

// Lang is the language in use, as a BCP 47 tag.
func (t *Translator) Lang() string { return t.lang }

// Text returns the sentence of a key, filled from args. A key that no translation has comes back in brackets, which the
// tests refuse.
func (t *Translator) Text(key string, args map[string]any) string {
	config := &i18n.LocalizeConfig{MessageID: key, TemplateData: args}
	if n, ok := args["Count"]; ok {
		config.PluralCount = n
	}
	s, err := t.localizer.Localize(config)
	if err != nil && s == "" {
		return "[" + key + "]"
	}
	return s
}

// Has says whether some translation has the key.
func (t *Translator) Has(key string) bool {
	_, err := t.localizer.LocalizeMessage(&i18n.Message{ID: key})
	return err == nil
}

func match(bundle *i18n.Bundle, lang string) string {
	lang, _, _ = strings.Cut(lang, ".")
	tag, err := language.Parse(strings.ReplaceAll(lang, "_", "-"))
	if err != nil {
		return language.English.String()
	}
	tags := bundle.LanguageTags()
	_, i, confidence := language.NewMatcher(tags).Match(tag)
	if confidence == language.No {
		return language.English.String()
	}
	return tags[i].String()
}

// SystemLanguage is the language that the environment asks for (LC_ALL, LC_MESSAGES, LANG); empty if it names none.
func SystemLanguage() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" && v != "C" && v != "POSIX" && !strings.HasPrefix(v, "C.") {
			return v
		}
	}
	return ""
}
