package record

import (
	"maps"

	"partner-center-connector/connector"
)

// JSONFact is a piece of evidence for scripts: what was found, in the words of the sentence under "evidence" beside it. Args are the values of that
// sentence; At is the sign-in that it is from, null where it was found out when the check was made.
type JSONFact struct {
	Key  string            `json:"key"`
	Args map[string]string `json:"args"`
	At   *string           `json:"at"`
}

// JSONFacts is the evidence of a check, in the order of its sentences.
func JSONFacts(check connector.Check) []JSONFact {
	all := []JSONFact{}
	for _, f := range check.Evidence {
		args := map[string]string{}
		maps.Copy(args, f.Args)
		all = append(all, JSONFact{f.Key, args, OrNull(stamp(f.At))})
	}
	return all
}

// OrNull is a text for JSON; null where it is empty. Keys of the first version are empty there, which they stay.
func OrNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
