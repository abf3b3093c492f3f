package viewtest

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing/fstest"
	"unicode"

	"github.com/pelletier/go-toml/v2"

	"partner-center-connector/assets"
)

// PseudoTag is the tag of the pseudo-locale, PseudoName what it calls itself.
const (
	PseudoTag  = "en-XA"
	PseudoName = "[Ṕšëüđö]"
)

// Languages is the program's catalog with one language more, as if somebody had added one file: English with accents, each of whose
// words is at least 40 % longer. It panics where the translations are broken: a mistake in a test.
func Languages() *assets.Catalog {
	files := fstest.MapFS{"translations/" + PseudoTag + ".toml": {Data: pseudoFile()}}
	names, err := fs.Glob(assets.Translations(), "translations/*.toml")
	must(err)
	for _, name := range names {
		data, err := fs.ReadFile(assets.Translations(), name)
		must(err)
		files[name] = &fstest.MapFile{Data: data}
	}
	catalog, err := assets.LoadCatalog(files)
	must(err)
	return catalog
}

func pseudoFile() []byte {
	english, err := fs.ReadFile(assets.Translations(), "translations/en.toml")
	must(err)
	sentences := map[string]any{}
	must(toml.Unmarshal(english, &sentences))
	for key, value := range sentences {
		switch v := value.(type) {
		case string:
			sentences[key] = pseudo(v)
		case map[string]any:
			for form, text := range v {
				v[form] = pseudo(fmt.Sprint(text))
			}
		}
	}
	sentences["lang.name"] = PseudoName
	data, err := toml.Marshal(sentences)
	must(err)
	return data
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// kept is what stays as it is: what is filled in, and what is not in words.
var kept = regexp.MustCompile(`{{.*?}}|[^\s{]*[./:@_][^\s{]+|--\S+|\n`)

// pseudo is a sentence in the pseudo-locale.
func pseudo(text string) string {
	var out strings.Builder
	at := 0
	for _, span := range kept.FindAllStringIndex(text, -1) {
		out.WriteString(longer(text[at:span[0]]))
		out.WriteString(text[span[0]:span[1]])
		at = span[1]
	}
	out.WriteString(longer(text[at:]))
	return out.String()
}

// accents are letters as high and as low as they get.
var accents = strings.NewReplacer("A", "Ä", "E", "Ê", "I", "Î", "O", "Ö", "U", "Ü", "a", "å", "e", "ê", "i", "î", "o", "ö", "u", "ü", "y", "ÿ", "c", "ç", "n", "ñ", "s", "š")

// longer doubles two of five letters of each word, the first and the third.
func longer(text string) string {
	var out strings.Builder
	n := 0
	for _, r := range text {
		out.WriteRune(r)
		if !unicode.IsLetter(r) {
			n = 0
			continue
		}
		if n%5 == 0 || n%5 == 2 {
			out.WriteRune(unicode.ToLower(r))
		}
		n++
	}
	return accents.Replace(out.String())
}
