package view

import (
	"maps"
	"slices"

	"partner-center-connector/connector"
)

// Topics returns the names of all help topics, sorted.
func Topics() []string { return slices.Sorted(maps.Keys(topics())) }

// HasPage reports whether the table of pages has the step.
func HasPage(step connector.Step) bool { return pages[step].make != nil }
