package main

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// rules are licenses.toml: the licenses that may be linked, and what a person has read where no program can tell.
type rules struct {
	Allowed []string `toml:"allowed"`
	Read    []read   `toml:"read"`
	Skip    []skip   `toml:"skip"`
	Part    []part   `toml:"part"`
}

// read is the license of a file that is not recognized, or that gives a choice.
type read struct {
	File    string `toml:"file"`
	SHA256  string `toml:"sha256"`
	License string `toml:"license"`
	Why     string `toml:"why"`
}

// skip is a file that looks like a license of what is linked, and is none.
type skip struct {
	File string `toml:"file"`
	Why  string `toml:"why"`
}

// part is what is linked beside Go code: files that are embedded, C code, a runtime.
type part struct {
	Of       string   `toml:"of"`
	Programs []string `toml:"programs"`
	Systems  []string `toml:"systems"`
	// Embeds are the embedded files that it is about; Cgo the packages with C code; Scan the sources to be looked through.
	Embeds []string `toml:"embeds"`
	Cgo    []string `toml:"cgo"`
	Scan   []string `toml:"scan"`
	// License is what it has; empty where it has that of the module. Texts are files below the module, or "debian:" and a path.
	License string   `toml:"license"`
	Texts   []string `toml:"texts"`
	// From and To are the first and the last line of what counts of the texts; empty for all.
	From string `toml:"from"`
	To   string `toml:"to"`
	// Notice is a text of ours: whose it is, and where from.
	Notice string `toml:"notice"`
	Why    string `toml:"why"`
}

func readRules(file string) (*rules, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	r := &rules{}
	d := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	if err := d.Decode(r); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for _, p := range r.Part {
		if p.Of == "" || p.Why == "" {
			return nil, fmt.Errorf("%s: a [[part]] needs of and why: %v", file, p)
		}
	}
	return r, nil
}

// in reports whether a part is in a build.
func (p part) in(b build) bool {
	return (len(p.Programs) == 0 || slices.Contains(p.Programs, b.program)) && (len(p.Systems) == 0 || slices.Contains(p.Systems, b.system))
}

// refused are the licenses of an expression that are not on the short list. Of a choice one is enough.
func (r *rules) refused(expression string) []string {
	all := []string{}
	for _, one := range strings.Split(expression, " AND ") {
		choice := strings.Split(strings.Trim(one, "()"), " OR ")
		if !slices.ContainsFunc(choice, func(id string) bool { return slices.Contains(r.Allowed, id) }) {
			all = append(all, one)
		}
	}
	return all
}

// matches reports whether a path is one of the patterns.
func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		ok, err := path.Match(p, name)
		return err == nil && ok
	})
}
