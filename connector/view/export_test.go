package view

import (
	"maps"
	"slices"
)

// Topics returns the names of all help topics, sorted.
func Topics() []string { return slices.Sorted(maps.Keys(topics)) }
