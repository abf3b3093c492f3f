package store

import (
	"fmt"
	"slices"

	"partner-center-connector/connector"
)

// list is a document that holds records, each with an ID of its own.
type list[T any] struct {
	document[[]T]
	id func(T) string
}

func newList[T any](s *Store, file, key string, id func(T) string) list[T] {
	return list[T]{
		document: document[[]T]{store: s, file: file, key: key, check: func(records []T) error { return checkIDs(records, id) }},
		id:       id,
	}
}

func checkIDs[T any](records []T, id func(T) string) error {
	seen := make(map[string]bool, len(records))
	for i, r := range records {
		if !idPattern.MatchString(id(r)) || seen[id(r)] {
			return fmt.Errorf("%w: record %d has no ID of its own", connector.ErrListDamaged, i+1)
		}
		seen[id(r)] = true
	}
	return nil
}

// put replaces the record of the same ID, or adds it at the end.
func (l list[T]) put(record T) error {
	if !idPattern.MatchString(l.id(record)) {
		return errBadID
	}
	return l.change(func(records []T) ([]T, bool) {
		if i := l.index(records, l.id(record)); i >= 0 {
			records[i] = record
			return records, true
		}
		return append(records, record), true
	})
}

// remove takes a record off the list; one that is not there is no error.
func (l list[T]) remove(id string) error {
	return l.change(func(records []T) ([]T, bool) {
		i := l.index(records, id)
		if i < 0 {
			return records, false
		}
		return slices.Delete(records, i, i+1), true
	})
}

func (l list[T]) index(records []T, id string) int {
	return slices.IndexFunc(records, func(r T) bool { return l.id(r) == id })
}
