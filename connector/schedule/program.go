package schedule

import (
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/lazyregexp"
)

// version finds a part of a path that names a version, which the next one will not have.
var version = lazyregexp.New(`\d+\.\d+`)

func isVersioned(path string) bool { return version.MatchString(path) }

// program is the path by which the schedule calls pcc: that of a link in a folder of programs where there is one, since it stays when the version
// changes. The window has pcc beside it.
func (h host) program() (string, error) {
	own, err := h.executable()
	if err != nil {
		return "", err
	}
	if resolved, err := filepath.EvalSymlinks(own); err == nil {
		own = resolved
	}
	name := "pcc"
	if h.system == "windows" {
		name = "pcc.exe"
	}
	path := filepath.Join(filepath.Dir(own), name)
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return "", &connector.UnfitProgramError{Program: path, Missing: true}
	}
	for _, dir := range h.programFolders() {
		link := filepath.Join(dir, name)
		if there, err := os.Stat(link); err == nil && os.SameFile(there, info) && h.fit(link) == nil {
			return link, nil
		}
	}
	return path, h.fit(path)
}

// programFolders are the folders in which systems keep links to programs.
func (h host) programFolders() []string {
	folders := filepath.SplitList(h.env("PATH"))
	if h.system != "windows" {
		local := []string{filepath.Join(h.home, ".local/bin"), filepath.Join(h.home, "bin")}
		folders = slices.Concat([]string{"/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"}, local, folders)
	}
	return slices.DeleteFunc(folders, func(dir string) bool { return !filepath.IsAbs(dir) })
}

// fit checks that a program will still be there tomorrow, and that nobody else can put another one into its place.
func (h host) fit(path string) error {
	places := []string{path}
	if resolved, err := filepath.EvalSymlinks(path); err == nil && resolved != path {
		places = append(places, resolved)
	}
	for _, place := range places {
		for step := range h.above(place) {
			if depth := step.depth; depth > 0 && h.isTemporary(step.path) || isOpen(step.path, depth) {
				return &connector.UnfitProgramError{Program: path, Folder: step.path}
			}
		}
	}
	return nil
}

// step is a file, or a folder so many above it.
type step struct {
	path  string
	depth int
}

// above are a file and the folders above it.
func (h host) above(path string) iter.Seq[step] {
	return func(yield func(step) bool) {
		for depth, below := 0, ""; path != below && path != h.root; depth++ {
			if !yield(step{path, depth}) {
				return
			}
			path, below = filepath.Dir(path), path
		}
	}
}

// isTemporary reports whether a folder is one whose files go by themselves: one for temporary files, a cache of Go's, or a disk image.
func (h host) isTemporary(dir string) bool {
	name := filepath.Base(dir)
	if strings.HasPrefix(name, "go-build") || name == "AppTranslocation" {
		return true
	}
	temporary := []string{os.TempDir()}
	for _, known := range []string{"/tmp", "/var/tmp", "/dev/shm", "/run", "/Volumes", "/private/tmp", "/private/var/tmp"} {
		temporary = append(temporary, h.root+known)
	}
	return slices.ContainsFunc(temporary, func(t string) bool {
		resolved, err := filepath.EvalSymlinks(t)
		return filepath.Clean(t) == dir || err == nil && resolved == dir
	})
}
