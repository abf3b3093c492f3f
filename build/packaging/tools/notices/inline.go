package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// comment is what a line of a comment begins or ends with.
var comment = regexp.MustCompile(`^\s*(//+|/\*+!?|\*+/|\*+|;+|#+)? ?|\s*\*/\s*$`)

// inline adds the notices in a source file whose license is not the module's.
func (f *finder) inline(of *parts, owner, root, short string) {
	if of.seen(owner + ":" + short) {
		return
	}
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(short)))
	if err != nil {
		f.fail("%s:%s: %v", owner, short, err)
		return
	}
	for _, m := range licensecheck.Scan(data).Match {
		if m.IsURL || slices.Contains(of.ids[owner], m.ID) {
			continue
		}
		of.later = append(of.later, found{owner, short, m.ID, noticeAround(string(data), m.Start, m.End)})
	}
}

// found is a notice in a source file.
type found struct{ owner, file, id, text string }

// noticeAround is the whole comment that a license stands in, without its marks.
func noticeAround(text string, start, end int) string {
	lines := strings.SplitAfter(text, "\n")
	first, last, at := -1, -1, 0
	for i, line := range lines {
		if first < 0 && at+len(line) > start {
			first = i
		}
		if last < 0 && at+len(line) >= end {
			last = i
		}
		at += len(line)
	}
	for first > 0 && !strings.Contains(lines[first], "/*") && inComment(lines[first-1]) {
		first--
	}
	for last+1 < len(lines) && !strings.Contains(lines[last], "*/") && inComment(lines[last+1]) {
		last++
	}
	said := []string{}
	for _, line := range lines[first : last+1] {
		said = append(said, comment.ReplaceAllString(strings.TrimRight(line, "\r\n"), ""))
	}
	return strings.Join(said, "\n")
}

// inComment reports whether a line goes on with a comment: its mark, or, in C's, words alone.
func inComment(line string) bool {
	line = strings.TrimSpace(line)
	return line != "" && !strings.HasSuffix(line, "*/") && !strings.ContainsAny(line, "{}") && !strings.HasPrefix(line, "#include") && !strings.HasPrefix(line, "#define")
}
