package connector

import (
	"errors"
	"strings"
)

// UnreadableError reports that one saved connector can't be read, while the others can be used.
type UnreadableError struct {
	// ID is the connector's; empty where a list of several can't be read any more.
	ID string
	// Err is ErrListDamaged, ErrListNewer or one of the file system, wrapped.
	Err error
}

// Error implements error.
func (e *UnreadableError) Error() string { return e.Err.Error() }

// Unwrap returns the cause, for errors.Is.
func (e *UnreadableError) Unwrap() error { return e.Err }

// UnreadableErrors are all connectors of the list that can't be read.
type UnreadableErrors []*UnreadableError

// toldUnreadable is how many of them are named in words.
const toldUnreadable = 3

// Error implements error.
func (all UnreadableErrors) Error() string {
	told := []string{}
	for _, e := range all[:min(len(all), toldUnreadable)] {
		told = append(told, e.Error())
	}
	if len(all) > toldUnreadable {
		told = append(told, "…")
	}
	return strings.Join(told, "; ")
}

// Unwrap returns them, for errors.Is.
func (all UnreadableErrors) Unwrap() []error {
	errs := make([]error, len(all))
	for i, e := range all {
		errs[i] = e
	}
	return errs
}

// Unreadable returns the connectors that an error of Store.Connectors says can't be read; none where it says something else.
func Unreadable(err error) UnreadableErrors {
	var all UnreadableErrors
	errors.As(err, &all)
	return all
}
