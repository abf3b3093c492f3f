package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"
)

// equivalents are the mutants that were judged to make no difference that a test could or should see, each with the reason.
type equivalents map[identity]string

var (
	errMalformed = errors.New("an entry is a line with file and function, one with - and the text, one with + and the changed text, one with why")
	errTwice     = errors.New("an entry is there twice")
	errStale     = errors.New("an entry is of a mutant that is not there any more")
)

// readEquivalents reads the file of those that were judged: entries between empty lines, after a # anything. Its form is that in which
// survivors are told, with a last line "why …".
func readEquivalents(name string) (equivalents, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	all := equivalents{}
	var entry []string
	number := 0
	end := func() error {
		if len(entry) == 0 {
			return nil
		}
		id, why, err := parseEntry(entry)
		if _, found := all[id]; err == nil && found {
			err = errTwice
		}
		if err != nil {
			return fmt.Errorf("%s, before line %d: %w", name, number, err)
		}
		all[id], entry = why, nil
		return nil
	}
	for line := range strings.Lines(string(text)) {
		number++
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "":
			if err := end(); err != nil {
				return nil, err
			}
		default:
			entry = append(entry, line)
		}
	}
	number++
	return all, end()
}

func parseEntry(lines []string) (identity, string, error) {
	if len(lines) != 4 {
		return identity{}, "", errMalformed
	}
	head := strings.Fields(lines[0])
	before, isBefore := strings.CutPrefix(lines[1], "- ")
	after, isAfter := strings.CutPrefix(lines[2], "+ ")
	why, isWhy := strings.CutPrefix(lines[3], "why ")
	if len(head) < 2 || len(head) > 3 || !isBefore || !isAfter || !isWhy {
		return identity{}, "", errMalformed
	}
	id := identity{name: head[0], function: head[1], before: before, after: after, nth: 1}
	if len(head) == 3 {
		n, err := strconv.Atoi(strings.TrimPrefix(head[2], "#"))
		if err != nil {
			return identity{}, "", errMalformed
		}
		id.nth = n
	}
	return id, why, nil
}

// stale returns an error for each entry of the package that none of its mutants is meant by.
func (e equivalents) stale(folder string, all []mutant) error {
	there := map[identity]bool{}
	for _, m := range all {
		there[m.identity] = true
	}
	var errs []error
	for id := range e {
		if path.Dir(id.name) == folder && !there[id] {
			errs = append(errs, fmt.Errorf("%w:\n%s", errStale, id))
		}
	}
	return errors.Join(errs...)
}
