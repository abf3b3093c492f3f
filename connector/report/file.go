package report

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// maxTries is how many names with a number are looked at before it is abandoned.
const maxTries = 100

// Save puts a report into a file of its own that is not there yet, in the person's Documents folder, for this account only, and returns its path.
// An empty home is the system's answer. Its errors are those of the file system.
func Save(text, home string, now time.Time) (string, error) {
	base := filepath.Join(safefile.Documents(home), "support-report-"+now.Local().Format(time.DateOnly))
	path := base + ".md"
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
		path = base + "-" + strconv.Itoa(n) + ".md"
	}
	return path, safefile.Export(path, []byte(text))
}

// Write puts a report into the file that a person has named, for this account only. One that is there stays as it is unless replace is set:
// fs.ErrExist, wrapped. Its other errors are those of the file system, and connector.ErrNotAFile.
func Write(path string, data []byte, replace bool) error {
	err := safefile.ExportTo(path, data, replace)
	if errors.Is(err, safefile.ErrNotRegular) {
		return connector.ErrNotAFile
	}
	return err
}
