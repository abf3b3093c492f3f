package registration

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

const (
	// maxSlug is how much of the registration's name is in that of its file, in characters.
	maxSlug = 40
	// maxTries is how many names with a number are looked at before it is abandoned.
	maxTries = 100
)

// byteOrderMark makes Windows PowerShell read a script as UTF-8.
// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding
const byteOrderMark = "\xef\xbb\xbf"

// Save implements connector.Registrations: the file is for this account only.
func (w Writer) Save(text string, r connector.Registration, way connector.RegistrationWay) (string, error) {
	base := filepath.Join(safefile.Documents(w.Home), "app-registration"+slug(r.Name))
	path := base + ending(way)
	for n := 2; ; n++ {
		_, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err == nil && n > maxTries {
			err = &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
		}
		if err != nil {
			return "", err
		}
		path = base + "-" + strconv.Itoa(n) + ending(way)
	}
	return path, safefile.Export(path, bytesOf(text, way))
}

// Write puts such a text into the file that a person has named, for this account only. One that is there stays as it is unless replace is
// set: fs.ErrExist, wrapped. Its other errors are those of the file system, and connector.ErrNotAFile.
func Write(path, text string, way connector.RegistrationWay, replace bool) error {
	err := safefile.ExportTo(path, bytesOf(text, way), replace)
	if errors.Is(err, safefile.ErrNotRegular) {
		return connector.ErrNotAFile
	}
	return err
}

// ending is that of the name of a file with such a text.
func ending(way connector.RegistrationWay) string {
	if l, known := languages[way]; known {
		return l.ending
	}
	return ".json"
}

// bytesOf is a text as it is in a file.
func bytesOf(text string, way connector.RegistrationWay) []byte {
	if ending(way) == ".ps1" {
		return []byte(byteOrderMark + text)
	}
	return []byte(text)
}

// slug is a name as a part of a file's name on every system, behind a hyphen; "" where nothing of it can be one.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	short := []rune(strings.Join(words, "-"))
	short = short[:min(len(short), maxSlug)]
	if len(short) == 0 {
		return ""
	}
	return "-" + strings.Trim(string(short), "-")
}
