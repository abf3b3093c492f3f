package store

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"partner-center-connector/connector"
)

// DamagedError reports that a list, or the file of a connector, could not be read and where its text is kept. It is connector.ErrListDamaged.
type DamagedError struct {
	// File is the name of the file in the folder; Kept the path under which its text is kept, which is its own where nobody moved it.
	File, Kept string
	// Reason says what is wrong with it; empty where another process found out.
	Reason string
}

// Error implements error.
func (e *DamagedError) Error() string {
	s := fmt.Sprintf("%s: %v: %s", e.File, connector.ErrListDamaged, e.Kept)
	if e.Reason != "" {
		s += ": " + e.Reason
	}
	return s
}

// Unwrap makes it a kind of connector.ErrListDamaged.
func (e *DamagedError) Unwrap() error { return connector.ErrListDamaged }

const keptInfix = ".damaged-"

// keepAside renames a file to "<name>.damaged-<time>.json", without ever replacing another one.
func (s *Store) keepAside(file string, why error) error {
	kept := s.freePath(strings.TrimSuffix(file, ".json")+keptInfix+s.stamp(), ".json")
	if err := os.Rename(s.path(file), kept); err != nil {
		return fmt.Errorf("%w; it could not be kept aside: %w", why, err)
	}
	s.report(file)
	return damagedError(file, kept, why)
}

func damagedError(file, kept string, why error) *DamagedError {
	reason := strings.TrimPrefix(why.Error(), connector.ErrListDamaged.Error()+": ")
	return &DamagedError{File: file, Kept: kept, Reason: reason}
}

// stamp is the time as a part of a file's name.
func (s *Store) stamp() string { return s.now().UTC().Format("20060102T150405Z") }

// freePath returns the path of a file of the folder that is not there yet.
func (s *Store) freePath(stem, ending string) string {
	path := s.path(stem + ending)
	for n := 2; exists(path); n++ {
		path = s.path(fmt.Sprintf("%s-%d%s", stem, n, ending))
	}
	return path
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, os.ErrNotExist)
}

// keptAside reports the newest file that was kept aside of one that is missing now; nil where there is none.
func (s *Store) keptAside(file string) error {
	kept, err := s.newestKept(file)
	if err != nil || kept == "" {
		return err
	}
	s.report(file)
	return &DamagedError{File: file, Kept: s.path(kept)}
}

// newestKept returns the name of the newest file that was kept aside of another one; empty where there is none.
func (s *Store) newestKept(file string) (string, error) {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return "", err
	}
	kept := ""
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), strings.TrimSuffix(file, ".json")+keptInfix) {
			kept = max(kept, e.Name())
		}
	}
	return kept, nil
}

func (s *Store) report(file string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reported[file] = true
}

func (s *Store) wasReported(file string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reported[file]
}
