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
	"partner-center-connector/connector/view"
)

const (
	maxSlug = 40
	// maxTries is how many names with a number are looked at before one is suggested that is there.
	maxTries = 100
	// jsonEnding is the ending of a file's name that asks for JSON.
	jsonEnding = ".json"
	// svgEnding is that of the picture beside a record.
	svgEnding = ".svg"
)

// Suggest implements connector.ConsentRecords: a text file, named after the connector and the day, in the person's Documents folder.
func (w Writer) Suggest(c connector.Connector) string {
	base := filepath.Join(safefile.Documents(w.Home), "consent-record-"+slug(c)+"-"+w.Now().Local().Format(time.DateOnly))
	path := base + ".txt"
	for n := 2; n < maxTries; n++ {
		if isFree(path) && isFree(picturePath(path)) {
			break
		}
		path = base + "-" + strconv.Itoa(n) + ".txt"
	}
	return path
}

func isFree(path string) bool {
	_, err := os.Lstat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// maxFolders is how many folders are listed at most.
const maxFolders = 60

// Folders implements connector.ConsentRecords. Hidden folders are left out.
func (w Writer) Folders(path string) connector.FolderList {
	dir := safefile.Documents(w.Home)
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

// Write implements connector.ConsentRecords: JSON where the name ends in .json, the picture of what happened to the connector alone where it ends in
// .svg, else text. The picture goes beside a record, under its name with .svg behind it; where that name is taken the record is not written either, unless replace is set. A path that is not absolute begins in the folder
// that Suggest suggests.
func (w Writer) Write(c connector.Connector, path string, replace bool) (string, error) {
	full := w.absolute(path)
	switch strings.ToLower(filepath.Ext(full)) {
	case svgEnding:
		return full, write(full, w.Picture(c), replace)
	case jsonEnding:
		return full, w.writeBoth(c, full, w.JSON(c), replace)
	}
	return full, w.writeBoth(c, full, []byte(w.Text(c)), replace)
}

// WriteJSON writes the JSON form, whatever the file's name ends in.
func (w Writer) WriteJSON(c connector.Connector, path string, replace bool) (string, error) {
	full := w.absolute(path)
	return full, w.writeBoth(c, full, w.JSON(c), replace)
}

// WritePicture writes the picture alone, whatever the file's name ends in.
func (w Writer) WritePicture(c connector.Connector, path string, replace bool) (string, error) {
	full := w.absolute(path)
	return full, write(full, w.Picture(c), replace)
}

// writeBoth writes a record, and its picture beside it. A connector of which there is no picture has the record alone.
func (w Writer) writeBoth(c connector.Connector, full string, data []byte, replace bool) error {
	picture := picturePath(full)
	if view.TimelineOf(c, w.Now()).Axis.Empty() {
		return write(full, data, replace)
	}
	if !replace && !isFree(picture) {
		return fmt.Errorf("%s: %w", picture, fs.ErrExist)
	}
	if err := write(full, data, replace); err != nil {
		return err
	}
	return write(picture, w.Picture(c), replace)
}

// picturePath is where the picture of a record goes. The ending of the record stays in it, so that one as text and one as JSON can be beside each
// other.
func picturePath(record string) string { return record + svgEnding }

func (w Writer) absolute(path string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		return filepath.Join(safefile.Home(w.Home), rest)
	}
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(safefile.Documents(w.Home), path)
}

// write puts the record into its file at once, for this account only. It follows no link: the file is the one that was named.
func write(path string, data []byte, replace bool) error {
	err := safefile.ExportTo(path, data, replace)
	if errors.Is(err, safefile.ErrNotRegular) {
		return fmt.Errorf("%s: %w", path, connector.ErrNotAFile)
	}
	return err
}
