package record

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

const (
	maxSlug = 40
	// maxTries is how many names with a number are looked at before one is suggested that is there.
	maxTries = 100
	// jsonEnding is the ending of a file's name that asks for JSON.
	jsonEnding = ".json"
)

// Suggest implements connector.ConsentRecords: a text file, named after the connector and the day, in the person's Documents folder.
func (w Writer) Suggest(c connector.Connector) string {
	base := filepath.Join(w.folder(), "consent-record-"+slug(c)+"-"+w.Now().Local().Format(time.DateOnly))
	path := base + ".txt"
	for n := 2; n < maxTries; n++ {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			break
		}
		path = base + "-" + strconv.Itoa(n) + ".txt"
	}
	return path
}

func (w Writer) home() string {
	if w.Home != "" {
		return w.Home
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return os.TempDir()
	}
	return home
}

func (w Writer) folder() string {
	documents := filepath.Join(w.home(), "Documents")
	if info, err := os.Stat(documents); err == nil && info.IsDir() {
		return documents
	}
	return w.home()
}

// maxFolders is how many folders are listed at most.
const maxFolders = 60

// Folders implements connector.ConsentRecords. Hidden folders are left out.
func (w Writer) Folders(path string) connector.FolderList {
	dir := w.folder()
	if path != "" {
		dir = filepath.Dir(w.absolute(path))
	}
	for {
		entries, err := os.ReadDir(dir)
		parent := filepath.Dir(dir)
		if err == nil || parent == dir {
			return listed(dir, entries)
		}
		dir = parent
	}
}

func listed(dir string, entries []os.DirEntry) connector.FolderList {
	list := connector.FolderList{Path: dir}
	if parent := filepath.Dir(dir); parent != dir {
		list.Parent = parent
	}
	for _, e := range entries {
		switch {
		case !e.IsDir() || strings.HasPrefix(e.Name(), "."):
		case len(list.Names) == maxFolders:
			list.More = true
		default:
			list.Names = append(list.Names, e.Name())
		}
	}
	return list
}

// slug is a connector's name as a part of a file name on every system.
func slug(c connector.Connector) string {
	words := strings.FieldsFunc(strings.ToLower(c.Name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name := []rune(strings.Join(words, "-"))
	if len(name) == 0 {
		return c.ID
	}
	return strings.Trim(string(name[:min(len(name), maxSlug)]), "-")
}

// Write implements connector.ConsentRecords: JSON where the name ends in .json, else text. A path that is not absolute begins in the folder
// that Suggest suggests.
func (w Writer) Write(c connector.Connector, path string, replace bool) (string, error) {
	full := w.absolute(path)
	data := []byte(w.Text(c))
	if strings.EqualFold(filepath.Ext(full), jsonEnding) {
		data = w.JSON(c)
	}
	return full, write(full, data, replace)
}

// WriteJSON writes the JSON form, whatever the file's name ends in.
func (w Writer) WriteJSON(c connector.Connector, path string, replace bool) (string, error) {
	full := w.absolute(path)
	return full, write(full, w.JSON(c), replace)
}

func (w Writer) absolute(path string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		return filepath.Join(w.home(), rest)
	}
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(w.folder(), path)
}

// write puts the record into its file at once, for this account only. It follows no link: the file is the one that was named.
func write(path string, data []byte, replace bool) error {
	err := safefile.ExportTo(path, data, replace)
	if errors.Is(err, safefile.ErrNotRegular) {
		return fmt.Errorf("%s: %w", path, connector.ErrNotAFile)
	}
	return err
}
