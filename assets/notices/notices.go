// Package notices reads and prints the licenses of what others made and is linked into a program: modules, C code, fonts, icons.
//
// make notices finds them: for each program and system a list, and each text once, in texts. What a program carries is the list as it is,
// and its texts packed.
package notices

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:generate go run ./pack

// Ours is the path of this project in a list.
const Ours = "partner-center-connector"

// Set is what one program carries for one system.
type Set struct {
	// List has a line for each part: its path, its license and the names of its texts, with tabs between them.
	List string
	// Packed is the texts.
	Packed string
}

// Part is a module, or what else has licenses of its own.
type Part struct {
	// Path is a module's path, "Go", or a name.
	Path string
	// License is an SPDX expression.
	License string
	// Texts are the names of its texts.
	Texts []string
}

// Parts are all of a set, by their paths. It unpacks nothing.
func (s Set) Parts() []Part {
	all := []Part{}
	for line := range strings.Lines(s.List) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) == 3 {
			all = append(all, Part{Path: fields[0], License: fields[1], Texts: strings.Fields(fields[2])})
		}
	}
	return all
}

// names are the texts of a set, each once, in the order of its parts.
func (s Set) names() []string {
	all := []string{}
	for _, p := range s.Parts() {
		for _, name := range p.Texts {
			if !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	return all
}

// mark stands before the name of each packed text, which ends with its line.
const mark = "\x00"

// Texts unpacks the texts, by their names.
func (s Set) Texts() (map[string]string, error) {
	all := map[string]string{}
	if s.Packed == "" {
		return all, nil
	}
	unpacked, err := gzip.NewReader(strings.NewReader(s.Packed))
	if err != nil {
		return nil, fmt.Errorf("notices: %w", err)
	}
	data, err := io.ReadAll(unpacked)
	if err != nil {
		return nil, fmt.Errorf("notices: %w", err)
	}
	for one := range strings.SplitSeq(strings.TrimPrefix(string(data), mark), mark) {
		name, text, _ := strings.Cut(one, "\n")
		all[name] = text
	}
	return all, nil
}

// Pack packs the texts of a list, which are files of texts.
func Pack(list string, files fs.FS) ([]byte, error) {
	packed := &bytes.Buffer{}
	w, err := gzip.NewWriterLevel(packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	for _, name := range (Set{List: list}).names() {
		text, err := fs.ReadFile(files, path.Join("texts", name))
		if err != nil {
			return nil, err
		}
		if _, err := fmt.Fprintf(w, "%s%s\n%s", mark, name, text); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
