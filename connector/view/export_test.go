package view

import (
	"maps"
	"slices"

	"partner-center-connector/connector"
)

// Topics returns the names of all help topics, sorted.
func Topics() []string { return slices.Sorted(maps.Keys(topics())) }

// SearchWords returns the keys of the words that something is found by without showing them.
func SearchWords() []string {
	keys := []string{"help.idle.words"}
	for _, s := range slices.Concat(general(), productSections) {
		if s.words {
			keys = append(keys, "help."+s.name+".words")
		}
	}
	for _, k := range wordedKinds {
		keys = append(keys, "help.problem-words."+string(k))
	}
	return keys
}

// HasPage reports whether the table of pages has the step.
func HasPage(step connector.Step) bool { return pages[step].make != nil }
