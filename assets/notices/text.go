package notices

import (
	"cmp"
	"io"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
)

// Entry is a part of a program with its version, which the compiler has noted in the program.
type Entry struct {
	// Path is as that of a [Part]; Version is empty for what has none in a program.
	Path, Version string
	License       string
}

// name is the path, with its version if it has one.
func (e Entry) name() string {
	if e.Version == "" {
		return e.Path
	}
	return e.Path + " " + e.Version
}

// Entries are the parts of a set with their versions, which are by path.
func (s Set) Entries(versions map[string]string) []Entry {
	all := []Entry{}
	for _, p := range s.Parts() {
		all = append(all, Entry{Path: p.Path, Version: versions[p.Path], License: p.License})
	}
	return all
}

// Has reports whether a set has a part.
func (s Set) Has(path string) bool {
	return slices.ContainsFunc(s.Parts(), func(p Part) bool { return p.Path == path })
}

// Versions are those of the modules in a program, and that of Go. What was put in the place of a module is what counts.
func Versions(info *debug.BuildInfo) map[string]string {
	all := map[string]string{"Go": info.GoVersion}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		all[m.Path] = m.Version
	}
	return all
}

// License is a text, with the parts whose license it is.
type License struct {
	Of   []Entry
	Text string
}

// Licenses are the texts of the given sets, each once, in the order of the first part of each.
func Licenses(versions map[string]string, sets ...Set) ([]License, error) {
	of, text := map[string][]Entry{}, map[string]string{}
	for _, s := range sets {
		texts, err := s.Texts()
		if err != nil {
			return nil, err
		}
		maps.Copy(text, texts)
		for i, e := range s.Entries(versions) {
			for _, name := range s.Parts()[i].Texts {
				if !slices.Contains(of[name], e) {
					of[name] = append(of[name], e)
				}
			}
		}
	}
	all := []License{}
	for _, name := range slices.Sorted(maps.Keys(of)) {
		entries := slices.SortedFunc(slices.Values(of[name]), compare)
		all = append(all, License{Of: entries, Text: text[name]})
	}
	slices.SortStableFunc(all, func(a, b License) int { return compare(a.Of[0], b.Of[0]) })
	return all, nil
}

func compare(a, b Entry) int {
	return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.License, b.License))
}

// rule separates the texts.
var rule = strings.Repeat("=", 80) + "\n"

// Write writes what goes with a program: a line for each part of the sets, and each text once, under the parts whose license it is.
func Write(w io.Writer, versions map[string]string, sets ...Set) error {
	licenses, err := Licenses(versions, sets...)
	if err != nil {
		return err
	}
	parts := []Entry{}
	for _, s := range sets {
		parts = append(parts, s.Entries(versions)...)
	}
	slices.SortFunc(parts, compare)
	said := &strings.Builder{}
	for _, e := range slices.Compact(parts) {
		said.WriteString(e.name() + ": " + e.License + "\n")
	}
	for _, l := range licenses {
		said.WriteString("\n" + rule)
		for _, e := range l.Of {
			said.WriteString(e.name() + "\n")
		}
		said.WriteString(rule + "\n" + l.Text)
	}
	_, err = io.WriteString(w, said.String())
	return err
}
