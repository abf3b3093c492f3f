package logfile

import (
	"errors"
	"io"
	"os"
	"strings"

	"partner-center-connector/connector/safefile"
)

// tailSize is how many bytes at the end of a file are looked at for its last lines.
const tailSize = 256 << 10

// Tail returns the last lines of the log in a config folder, the oldest first, as they stand there: somebody may have written into the file by
// hand. Who shows them has to look at each value. No log is no lines.
func Tail(dir string, lines int) ([]string, error) {
	var found []string
	for age := range names {
		if len(found) >= lines {
			break
		}
		older, err := lastLines(path(dir, age))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = append(older, found...)
	}
	return found[max(0, len(found)-lines):], nil
}

// lastLines are the whole lines at the end of a file, as far as they are looked at.
func lastLines(path string) ([]string, error) {
	f, info, err := safefile.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	from := max(0, info.Size()-tailSize)
	text, err := io.ReadAll(io.NewSectionReader(f, from, info.Size()-from))
	if err != nil {
		return nil, err
	}
	read := string(text)
	if from > 0 {
		_, read, _ = strings.Cut(read, "\n")
	}
	return strings.FieldsFunc(read, func(r rune) bool { return r == '\n' || r == '\r' }), nil
}
