package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"partner-center-connector/connector"
)

// record is a record of a list, with the text that it was read from. A record that is not changed is written as it was, so that what a
// newer version keeps in it, and this one does not know, is not lost when its neighbour changes.
type record[T any] struct {
	value T
	text  json.RawMessage
}

// UnmarshalJSON reads the record and keeps its text.
func (r *record[T]) UnmarshalJSON(text []byte) error {
	r.text = bytes.Clone(text)
	return json.Unmarshal(text, &r.value)
}

// MarshalJSON writes the record as it was read, if it was.
func (r record[T]) MarshalJSON() ([]byte, error) {
	if r.text != nil {
		return r.text, nil
	}
	return json.Marshal(r.value)
}

// list is a document that holds records, each with an ID of its own.
type list[T any] struct {
	document[[]record[T]]
	id func(T) string
}

func newList[T any](s *Store, file, key string, id func(T) string) list[T] {
	l := list[T]{id: id}
	l.document = document[[]record[T]]{store: s, file: file, key: key, format: listFormat, check: l.checkIDs}
	return l
}

func (l list[T]) checkIDs(records []record[T]) error {
	seen := make(map[string]bool, len(records))
	for i, r := range records {
		id := l.id(r.value)
		if !idPattern.MatchString(id) || seen[id] {
			return fmt.Errorf("%w: record %d has no ID of its own", connector.ErrListDamaged, i+1)
		}
		seen[id] = true
	}
	return nil
}

// all returns the records; nil where there is no file.
func (l list[T]) all() ([]T, error) {
	records, err := l.get()
	if records == nil {
		return nil, err
	}
	values := make([]T, len(records))
	for i, r := range records {
		values[i] = r.value
	}
	return values, err
}

// put replaces the record of the same ID, or adds it at the end.
func (l list[T]) put(value T) error {
	if !idPattern.MatchString(l.id(value)) {
		return errBadID
	}
	return l.change(func(records []record[T]) ([]record[T], bool) {
		if i := l.index(records, l.id(value)); i >= 0 {
			records[i] = record[T]{value: value}
			return records, true
		}
		return append(records, record[T]{value: value}), true
	})
}

// remove takes a record off the list; one that is not there is no error.
func (l list[T]) remove(id string) error {
	return l.change(func(records []record[T]) ([]record[T], bool) {
		i := l.index(records, id)
		if i < 0 {
			return records, false
		}
		return slices.Delete(records, i, i+1), true
	})
}

func (l list[T]) index(records []record[T], id string) int {
	return slices.IndexFunc(records, func(r record[T]) bool { return l.id(r.value) == id })
}
