package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// namesFolder holds which connector has which name, in files that stay short: a line "<name> <ID>" each, where the name is a part of the hash
// of connector.FoldName, the beginning of which is the file's name, and a last line with the check sum of those before. Like the index it can
// be made again at any time. What it says counts only where the connector's file says the same.
const namesFolder = "names"

// errNames reports a file of names that is not as this version wrote it.
var errNames = errors.New("names: the check sum is another one")

// claim is a name in the folder of names.
type claim struct{ file, name string }

// claimOf returns where a name is looked up; ok is false for a name that shows nothing, which is nobody's.
func claimOf(name string) (c claim, ok bool) {
	folded := connector.FoldName(name)
	sum := sha256.Sum256([]byte(folded))
	const first, length = 1, 8
	return claim{hex.EncodeToString(sum[:first]), hex.EncodeToString(sum[first : first+length])}, folded != ""
}

func (c claim) line(id string) string { return c.name + " " + id }

func (s *Store) namesPath(file string) string { return filepath.Join(s.path(namesFolder), file) }

// readClaims returns the lines of a file of names; none where there is no file.
func (s *Store) readClaims(file string) ([]string, error) {
	text, err := safefile.Read(s.namesPath(file), sizeLimit)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("names: %w", err)
	}
	end := max(0, len(text)-len(checkLine(nil)))
	if lines := text[:end]; string(text[end:]) == checkLine(lines) {
		return strings.FieldsFunc(string(lines), func(r rune) bool { return r == '\n' }), nil
	}
	return nil, errNames
}

func checkLine(lines []byte) string { return fmt.Sprintf("= %08x\n", crc32.ChecksumIEEE(lines)) }

func (s *Store) writeClaims(file string, lines []string) error {
	text := []byte(strings.Join(append(slices.Clone(lines), ""), "\n"))
	var err error
	if len(lines) == 0 {
		err = safefile.Remove(s.namesPath(file))
	} else {
		err = safefile.Write(s.namesPath(file), append(text, checkLine(text)...))
	}
	if err != nil {
		return fmt.Errorf("names: %w", err)
	}
	return nil
}

// claimants returns the IDs of the connectors that may have a name, or had it.
func (s *Store) claimants(name string) ([]string, error) {
	c, ok := claimOf(name)
	if !ok {
		return nil, nil
	}
	lines, err := s.readClaims(c.file)
	ids := []string{}
	for _, line := range lines {
		if id, ours := strings.CutPrefix(line, c.line("")); ours && connector.IsID(id) {
			ids = append(ids, id)
		}
	}
	return ids, err
}

// holders returns those of the claimants whose files say that they have the name. One that can't be read has none.
func (s *Store) holders(name string, ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !connector.SameName(s.nameOf(id), name) })
}

// nameOf returns the name that the file of a connector has, and takes nothing else out of it; empty where that can't be read.
func (s *Store) nameOf(id string) string {
	text, err := safefile.Read(s.connectorPath(id), sizeLimit)
	var file struct {
		Format    int
		Connector struct{ ID, Name string }
	}
	if err != nil || json.Unmarshal(text, &file) != nil || file.Format != connectorFormat || file.Connector.ID != id {
		return ""
	}
	return file.Connector.Name
}

// claim gives a name to a connector, before its file has it; unclaim takes it away, when its file has another one or is gone.
func (s *Store) claim(name, id string) error {
	return s.changeClaims(name, func(lines []string, line string) []string {
		if slices.Contains(lines, line) {
			return lines
		}
		return append(lines, line)
	}, id)
}

func (s *Store) unclaim(name, id string) error {
	return s.changeClaims(name, func(lines []string, line string) []string {
		return slices.DeleteFunc(lines, func(l string) bool { return l == line })
	}, id)
}

func (s *Store) changeClaims(name string, change func(lines []string, line string) []string, id string) error {
	c, ok := claimOf(name)
	if !ok {
		return nil
	}
	before, err := s.readClaims(c.file)
	if err != nil {
		return err
	}
	after := change(slices.Clone(before), c.line(id))
	if slices.Equal(before, after) {
		return nil
	}
	return s.writeClaims(c.file, after)
}

// claimAll writes all names again, as far as they differ.
func (s *Store) claimAll(all []connector.Connector) error {
	if err := safefile.Folder(s.path(namesFolder)); err != nil {
		return fmt.Errorf("names: %w", err)
	}
	wanted := map[string][]string{}
	for i := range all {
		if c, ok := claimOf(all[i].Name); ok {
			wanted[c.file] = append(wanted[c.file], c.line(all[i].ID))
		}
	}
	entries, err := os.ReadDir(s.path(namesFolder))
	if err != nil {
		return fmt.Errorf("names: %w", err)
	}
	for _, e := range entries { // a file of names that nobody has any more
		if wanted[e.Name()] == nil && e.Type().IsRegular() {
			if err := os.Remove(s.namesPath(e.Name())); err != nil {
				return fmt.Errorf("names: %w", err)
			}
		}
	}
	for file, lines := range wanted {
		before, err := s.readClaims(file)
		if err == nil && slices.Equal(before, lines) {
			continue
		}
		if err := s.writeClaims(file, lines); err != nil {
			return err
		}
	}
	return nil
}
