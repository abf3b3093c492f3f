package browser

import (
	"bytes"
	"io/fs"
	"net/url"
	"os"
	"path"
	"slices"
)

// Kept is what the profile of an open window has kept of the pages that it showed, as seen from outside: what tells a private window, or a
// guest's, from an ordinary one, whatever it was asked to be.
type Kept string

// The answers.
const (
	// KeptUnknown: it can't be told; the browser keeps its profile elsewhere, or in another way.
	KeptUnknown Kept = "unknown"
	// KeptNothing: the profile is in use, and has nothing of the page. An ordinary window has within seconds.
	KeptNothing Kept = "nothing"
	// KeptPages: the profile has the page, so that the window is an ordinary one.
	KeptPages Kept = "pages"
)

// traces are where the browsers of a family keep the pages of an ordinary window, as patterns of files in the profile.
type traces struct {
	// used are files of which every profile in use has one, with or without pages in it.
	used []string
	// pages are files that only an ordinary window has.
	pages []string
}

// Kept looks at the profile of the window.
func (w *Window) Kept() Kept {
	if w.over(0) {
		return KeptUnknown
	}
	return w.traces.in(w.folder.profile(), w.marks)
}

// in looks at a profile for the marks of a page.
func (t traces) in(profile string, marks []string) Kept {
	dir := os.DirFS(profile)
	used, pages := matching(dir, t.used), matching(dir, t.pages)
	for _, file := range slices.Concat(pages, used) {
		// What the browser does not let anybody else read tells nothing.
		text, _ := fs.ReadFile(dir, file)
		if slices.ContainsFunc(marks, func(mark string) bool { return bytes.Contains(text, []byte(mark)) }) {
			return KeptPages
		}
	}
	if len(used) == 0 || len(pages) > 0 || len(marks) == 0 {
		return KeptUnknown
	}
	return KeptNothing
}

func matching(dir fs.FS, patterns []string) []string {
	var all []string
	for _, pattern := range patterns {
		// The patterns are never malformed.
		found, _ := fs.Glob(dir, pattern)
		all = append(all, found...)
	}
	return all
}

// marksOf are parts of an address by which it is known in a file, even in a compressed one: its host with the port, and the ticket at its end.
func marksOf(address string) []string {
	u, err := url.Parse(address)
	if err != nil || u.Port() == "" {
		return nil
	}
	marks := []string{u.Host}
	if ticket := path.Base(u.Path); len(ticket) >= shortestTicket {
		marks = append(marks, ticket)
	}
	return marks
}

// shortestTicket is how long a part of an address must be to stand nowhere else by chance.
const shortestTicket = 16
