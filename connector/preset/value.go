package preset

import (
	"errors"
	"slices"

	"partner-center-connector/connector"
)

// Value is what a key of a preset holds: a text, or a list for scopes.
type Value struct {
	Key, Text string
	List      []string
}

// ValueFault says why a key can't hold a value: the reason and, of a list or a choice, what is not known and what is.
type ValueFault struct {
	Reason       connector.PresetFault
	Value, Known string
}

// Put puts a value into a preset in place of what the preset has for the key. Its fault is nil where a preset can hold it; else nothing is put.
func Put(p connector.Preset, v Value) (connector.Preset, *ValueFault) {
	kept := p
	e := entry{key: v.Key, text: v.Text, list: v.List}
	if f, ok := fields[v.Key]; ok {
		p.Given = slices.DeleteFunc(slices.Clone(p.Given), func(given connector.Field) bool { return given == f })
	}
	if v.Key == keyScopes {
		p.WithGroups, p.Scopes = false, nil
	}
	var wrong *fault
	if err := e.into(&p); errors.As(err, &wrong) {
		return kept, &ValueFault{wrong.reason, wrong.value, wrong.known}
	}
	return p, nil
}

// FieldOf is the input that a key fills in; false for a key that fills in none.
func FieldOf(key string) (connector.Field, bool) {
	f, ok := fields[key]
	return f, ok
}

// Protected reports whether this account can neither change a file of the computer's administrator nor put another one into its place.
func Protected(path string) bool { return protected(path) }
