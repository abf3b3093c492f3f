// Package prose holds what people read to plain language: short sentences, US spelling, one name for each thing.
package prose

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	// example matches a line that is typed into a terminal, or is a line of a table or a file.
	example = regexp.MustCompile("^(\\s|#|\\$|```)|\t")
	// item matches what begins an item of a list.
	item = regexp.MustCompile(`^\s*([-*•]|\d+\.)\s+`)
	// end matches the end of a sentence.
	end = regexp.MustCompile(`[.?!…]["'”“’‘»«)]*\s+`)
	// word matches what counts as a word.
	word = regexp.MustCompile(`[\pL\pN]`)
	// quiet are dots that end no sentence.
	quiet = regexp.MustCompile(`\b(e\.g|i\.e|etc|vs|No|Nr|ca|bzw|usw|ggf|St|z\. ?B|d\. ?h|u\. ?a)\.`)
	// ordinal is the day of a German date.
	ordinal = regexp.MustCompile(`\b(\d{1,2})\. (Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b`)
)

// Sentences are those of a text. Lines end a sentence; a line that is an example has none. A colon and a semicolon end none.
func Sentences(text string) []string {
	all := []string{}
	for line := range strings.SplitSeq(text, "\n") {
		if example.MatchString(line) {
			continue
		}
		line = item.ReplaceAllString(line, "")
		line = quiet.ReplaceAllStringFunc(line, func(s string) string { return strings.NewReplacer(".", "", " ", "").Replace(s) })
		line = ordinal.ReplaceAllString(line, "$1 $2")
		for s := range strings.SplitSeq(end.ReplaceAllString(line, "$0\n"), "\n") {
			if s = strings.TrimSpace(s); s != "" {
				all = append(all, s)
			}
		}
	}
	return all
}

// Words counts the words of a sentence.
func Words(sentence string) int {
	n := 0
	for _, w := range strings.Fields(sentence) {
		if word.MatchString(w) {
			n++
		}
	}
	return n
}

// Faults tells what is wrong with a text in a language ("en", "de") whose sentences have at most limit words.
func Faults(lang string, limit int, text string) []string {
	found := []string{}
	for _, s := range Sentences(text) {
		if n := Words(s); n > limit {
			found = append(found, fmt.Sprintf("%d words, at most %d: %s", n, limit, s))
		}
		bare := typed.ReplaceAllString(s, "X")
		for _, r := range rules[lang] {
			if match := r.find(bare); match != "" {
				found = append(found, fmt.Sprintf("%q: %s: %s", match, r.instead, s))
			}
		}
	}
	return found
}

// typed matches what is typed, or named, as it stands: a command in quotes, a flag, an address, a file, a key.
var typed = regexp.MustCompile("\"(pcc|partner-center-connector)[^\"]*\"|`[^`]*`|--(output|format) [a-z|]+|--[a-z][a-z-]*|[a-z]+://\\S+|\\b[\\w.-]+\\.(json|html|toml|csv|pem|pfx)\\b|\\b\\w+[_=]\\w+\\b")

// rule is a pattern that no sentence has, and what to write.
type rule struct {
	pattern *regexp.Regexp
	// except matches what the pattern would find wrongly.
	except  *regexp.Regexp
	instead string
}

func (r rule) find(sentence string) string {
	if r.except != nil {
		sentence = r.except.ReplaceAllString(sentence, "")
	}
	return strings.TrimSpace(r.pattern.FindString(sentence))
}

func no(pattern, instead string) rule {
	return rule{pattern: regexp.MustCompile("(?i)" + pattern), instead: instead}
}

func (r rule) but(except string) rule {
	r.except = regexp.MustCompile("(?i)" + except)
	return r
}
