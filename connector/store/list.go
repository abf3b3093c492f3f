package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"partner-center-connector/connector"
)

// record is a record of a list, with the text that it was read from: what a newer version keeps in it, and this one does not know, stays,
// whether the record changes or its neighbor.
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

// with returns the text of the record with another value. The keys that T does not have stay.
func (r record[T]) with(value T) (json.RawMessage, error) {
	text, err := json.Marshal(value)
	if err != nil || r.text == nil {
		return text, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(r.text, &fields); err != nil {
		return nil, err
	}
	known := keysOf(reflect.TypeFor[T]())
	text = bytes.TrimSuffix(text, []byte("}"))
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, key) }) {
			continue
		}
		name, err := json.Marshal(key)
		if err != nil {
			return nil, err
		}
		text = slices.Concat(text, []byte(","), name, []byte(":"), fields[key])
	}
	return append(text, '}'), nil
}

// keysOf returns the keys of a struct in JSON.
func keysOf(t reflect.Type) []string {
	keys := []string{}
	for _, f := range reflect.VisibleFields(t) {
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		keys = append(keys, cmp.Or(key, f.Name))
	}
	return keys
}

// list is a document that holds records, each with an ID of its own.
type list[T any] struct {
	document[[]record[T]]
	id func(T) string
}

func newList[T any](s *Store, file, key string, id func(T) string) list[T] {
	l := list[T]{id: id}
	l.document = document[[]record[T]]{store: s, file: file, key: key, format: listFormat, limit: sizeLimit, check: l.checkIDs}
	return l
}

func (l list[T]) checkIDs(records []record[T]) error {
	seen := make(map[string]bool, len(records))
	for i, r := range records {
		id := l.id(r.value)
		if !connector.IsID(id) || seen[id] {
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
	return valuesOf(records), err
}

func valuesOf[T any](records []record[T]) []T {
	values := make([]T, len(records))
	for i, r := range records {
		values[i] = r.value
	}
	return values
}

// put replaces the record of the same ID, or adds it at the end.
func (l list[T]) put(value T) error {
	if !connector.IsID(l.id(value)) {
		return errBadID
	}
	return l.change(func(records []record[T]) ([]record[T], bool, error) {
		i := l.index(records, l.id(value))
		if i < 0 {
			return append(records, record[T]{value: value}), true, nil
		}
		text, err := records[i].with(value)
		records[i] = record[T]{value: value, text: text}
		return records, true, err
	})
}

// remove takes a record off the list; one that is not there is no error.
func (l list[T]) remove(id string) error {
	return l.change(func(records []record[T]) ([]record[T], bool, error) {
		i := l.index(records, id)
		if i < 0 {
			return records, false, nil
		}
		return slices.Delete(records, i, i+1), true, nil
	})
}

func (l list[T]) index(records []record[T], id string) int {
	return slices.IndexFunc(records, func(r record[T]) bool { return l.id(r.value) == id })
}
