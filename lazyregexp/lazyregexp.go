// Package lazyregexp has regular expressions that are compiled when they are first used: most runs of a program use few of them, and
// compiling all of them at the start took longer than the start itself.
package lazyregexp

import (
	"regexp"
	"sync"
)

// Regexp is a regular expression. It may be used by several goroutines. Its methods are those of [regexp.Regexp].
type Regexp struct {
	expr     string
	once     sync.Once
	compiled *regexp.Regexp
}

// New returns the regular expression of expr. It does not look at it: the first use panics where it is none, and a test of the module
// compiles each that is in the code.
func New(expr string) *Regexp { return &Regexp{expr: expr} }

func (r *Regexp) get() *regexp.Regexp {
	r.once.Do(func() { r.compiled = regexp.MustCompile(r.expr) })
	return r.compiled
}

// MatchString reports whether s has a match.
func (r *Regexp) MatchString(s string) bool { return r.get().MatchString(s) }

// FindString returns the first match in s; empty for none.
func (r *Regexp) FindString(s string) string { return r.get().FindString(s) }

// FindStringSubmatch returns the first match in s and its groups; nil for none.
func (r *Regexp) FindStringSubmatch(s string) []string { return r.get().FindStringSubmatch(s) }

// FindAllString returns the first n matches in s, all of them for -1.
func (r *Regexp) FindAllString(s string, n int) []string { return r.get().FindAllString(s, n) }

// FindAllStringSubmatch returns the first n matches in s with their groups, all of them for -1.
func (r *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	return r.get().FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex returns where the first n matches in s and their groups begin and end, all of them for -1.
func (r *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return r.get().FindAllStringSubmatchIndex(s, n)
}

// FindAllStringIndex returns where the first n matches in s begin and end, all of them for -1.
func (r *Regexp) FindAllStringIndex(s string, n int) [][]int {
	return r.get().FindAllStringIndex(s, n)
}

// ReplaceAllString replaces each match in s with a template in which $1 is the first group.
func (r *Regexp) ReplaceAllString(s, template string) string {
	return r.get().ReplaceAllString(s, template)
}

// ReplaceAllStringFunc replaces each match in s with what replace makes of it.
func (r *Regexp) ReplaceAllStringFunc(s string, replace func(string) string) string {
	return r.get().ReplaceAllStringFunc(s, replace)
}
