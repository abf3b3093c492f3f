package assets

import (
	_ "embed" // for the sentences
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"
)

//go:generate go run ./pack

// builtinSentences is what Pack makes of the translation files. It stays in the program's read-only memory: nothing of it is read before
// it is said.
//
//go:embed sentences.txt
var builtinSentences string

// packed is the sentences of several languages: a line for each key, in the order of their bytes. A line is the key, and by turns the name
// of a variant and its sentence, with tabs between them. A variant is a language's tag and, for a plural form other than [otherForm], a dot
// and that form: "de", "de.one".
type packed string

// escaped and plain are what a packed sentence is written with, and back.
var (
	escaped = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\t", `\t`)
	plain   = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t")
)

// variant names the sentence of one language and plural form.
func variant(tag, form string) string {
	if form == otherForm {
		return tag
	}
	return tag + "." + form
}

// packedLine is the line of a key.
func packedLine(key string, variants map[string]string) string {
	fields := []string{key}
	for _, name := range slices.Sorted(maps.Keys(variants)) {
		fields = append(fields, name, escaped.Replace(variants[name]))
	}
	return strings.Join(fields, "\t")
}

// variants yields the variants of a key, by their names.
func (p packed) variants(key string) iter.Seq2[string, string] {
	return func(yield func(name, sentence string) bool) {
		start := key + "\t"
		line, _, _ := strings.Cut(string(p)[p.offset(start):], "\n")
		rest, more := strings.CutPrefix(line, start)
		for more {
			var name, sentence string
			name, rest, _ = strings.Cut(rest, "\t")
			sentence, rest, more = strings.Cut(rest, "\t")
			if !yield(name, sentence) {
				return
			}
		}
	}
}

// find returns the sentence of a key in one language and plural form.
func (p packed) find(key, tag, form string) (string, bool) {
	wanted := variant(tag, form)
	for name, sentence := range p.variants(key) {
		if name == wanted {
			return unescaped(sentence), true
		}
	}
	return "", false
}

func unescaped(sentence string) string {
	if strings.Contains(sentence, `\`) {
		return plain.Replace(sentence)
	}
	return sentence
}

// languages are those that the sentences are in, by their tags.
func (p packed) languages() []Language {
	all := []Language{}
	for tag, name := range p.variants(nameKey) {
		all = append(all, Language{Tag: tag, Name: unescaped(name)})
	}
	return all
}

// offset is where the first line begins that is not before start.
func (p packed) offset(start string) int {
	text := string(p)
	return sort.Search(len(text), func(i int) bool {
		begin := strings.LastIndexByte(text[:i], '\n') + 1
		return text[begin:] >= start
	})
}
