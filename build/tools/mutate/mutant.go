package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// mutant is a file with one wrong change: a stretch of its text is replaced.
type mutant struct {
	identity
	file       *file
	operator   string
	start, end int
	text       string
	line       int
}

// identity tells a mutant from all others without the number of its line, which changes with every edit above it.
type identity struct {
	name     string // of the file
	function string // around it, or what is declared there
	before   string // the lines that change
	after    string
	nth      int // of those that are the same but for this, counted from 1
}

func (i identity) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s", i.name, i.function)
	if i.nth > 1 {
		fmt.Fprintf(&text, " #%d", i.nth)
	}
	fmt.Fprintf(&text, "\n- %s\n+ %s\n", i.before, i.after)
	return text.String()
}

func (m mutant) apply() []byte {
	return slices.Concat(m.file.text[:m.start], []byte(m.text), m.file.text[m.end:])
}

// longest is how much of a changed line or statement is shown.
const longest = 160

// identify fills in what the lines around the change say.
func (m *mutant) identify(function string) {
	text := m.file.text
	from := bytes.LastIndexByte(text[:m.start], '\n') + 1
	to := len(text)
	if n := bytes.IndexByte(text[m.end:], '\n'); n >= 0 {
		to = m.end + n
	}
	m.line = 1 + bytes.Count(text[:m.start], []byte("\n"))
	m.identity = identity{
		name: m.file.name, function: function,
		before: shown(string(text[from:to])),
		after:  shown(string(text[from:m.start]) + m.text + string(text[m.end:to])),
	}
}

// shown is text on one line, not too long, never empty.
func shown(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > longest {
		text = string(r[:longest]) + "…"
	}
	return cmp.Or(text, "(removed)")
}

// distinct leaves out what comes to the same text as one before it, and numbers those that look the same.
func distinct(all []mutant) []mutant {
	seen := map[string]bool{}
	alike := map[identity]int{}
	var kept []mutant
	slices.SortStableFunc(all, func(a, b mutant) int {
		return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	})
	for _, m := range all {
		result := hash(m.name, string(m.apply()))
		if seen[result] {
			continue
		}
		seen[result] = true
		alike[m.identity]++
		m.nth = alike[m.identity]
		kept = append(kept, m)
	}
	return kept
}

// draw puts the mutants in an order that depends on nothing but the seed and each of them: an edit elsewhere draws the same ones again.
func draw(all []mutant, seed string) []mutant {
	place := map[identity]string{}
	for _, m := range all {
		place[m.identity] = hash(seed, m.operator, m.String())
	}
	drawn := slices.Clone(all)
	slices.SortFunc(drawn, func(a, b mutant) int { return strings.Compare(place[a.identity], place[b.identity]) })
	return drawn
}

func hash(parts ...string) string {
	sum := sha256.New()
	for _, p := range parts {
		_, _ = fmt.Fprintf(sum, "%d\n%s", len(p), p)
	}
	return hex.EncodeToString(sum.Sum(nil))
}
