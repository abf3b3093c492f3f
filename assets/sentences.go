package assets

import (
	"compress/flate"
	_ "embed" // for the sentences
	"io"
	"iter"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
)

//go:generate go run ./pack

// builtinSentences is what Pack makes of the translation files: blocks, each after a line with its first key, its form and its length.
//
//go:embed sentences.pack
var builtinSentences string

// packed is the sentences of several languages: a line for each key, in the order of their bytes. A line is the key, and by turns the name
// of a variant and its sentence, with tabs between them. A variant is a language's tag and, for a plural form other than [otherForm], a dot
// and that form: "de", "de.one". The lines are in blocks, of which none is read before something of it is said.
type packed []block

// block is some of the lines.
type block struct {
	// first is the key of its first line.
	first string
	lines func() string
}

// builtin are the sentences of this program.
var builtin = sync.OnceValue(func() packed { return unpacked(builtinSentences) })

// The forms of a block.
const (
	plainForm    = "plain"
	deflatedForm = "deflated"
)

// unpacked are the blocks of what Pack has made.
func unpacked(file string) packed {
	p := packed{}
	for file != "" {
		head, rest, _ := strings.Cut(file, "\n")
		first, head, _ := strings.Cut(head, "\t")
		form, length, _ := strings.Cut(head, "\t")
		n, err := strconv.Atoi(length)
		if err != nil {
			break // no file of Pack's, which a test holds
		}
		b := block{first, func() string { return rest[:n] }}
		if form == deflatedForm {
			b.lines = sync.OnceValue(func() string { return inflated(rest[:n]) })
		}
		p, file = append(p, b), rest[n:]
	}
	return p
}

// inflated is the text of a block. A block is as Pack has made it, so that there is no error to be told.
func inflated(compressed string) string {
	text, _ := io.ReadAll(flate.NewReader(strings.NewReader(compressed)))
	return string(text)
}

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
		for line := range p.from(start) {
			rest, more := strings.CutPrefix(line, start)
			for more {
				var name, sentence string
				name, rest, _ = strings.Cut(rest, "\t")
				sentence, rest, more = strings.Cut(rest, "\t")
				if !yield(name, sentence) {
					return
				}
			}
			return
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

// from yields the lines that are not before start, without their ends.
func (p packed) from(start string) iter.Seq[string] {
	return func(yield func(line string) bool) {
		behind := sort.Search(len(p), func(i int) bool { return p[i].first > start })
		for _, b := range p[max(behind-1, 0):] {
			text := b.lines()
			for line := range strings.Lines(text[offset(text, start):]) {
				if !yield(strings.TrimSuffix(line, "\n")) {
					return
				}
			}
		}
	}
}

// offset is where the first line of a text begins that is not before start.
func offset(text, start string) int {
	return sort.Search(len(text), func(i int) bool {
		begin := strings.LastIndexByte(text[:i], '\n') + 1
		return text[begin:] >= start
	})
}
