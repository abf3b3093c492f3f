package auth

import (
	"strings"
	"testing"
)

func TestLabels(t *testing.T) {
	for s, want := range map[string]bool{
		"a": true, "0": true, "a-b": true, "a--b9": true, "a1b2": true, strings.Repeat("a", 8): true,
		"": false, "-": false, "-a": false, "a-": false, "a.b": false, "A": false, "ä": false, "a b": false, "a\n": false, "a_b": false,
		strings.Repeat("a", 9): false,
	} {
		if isLabel(s, "-", 8) != want {
			t.Errorf("%q", s)
		}
	}
	// Letters inside are trimmed from both ends alone: a mark that is not allowed stays between them.
	if isLabel("ab.cd", "-", 8) || !isLabel("ab.cd", ".-", 8) || isLabel("ab.c-", ".-", 8) || isLabel(".", ".", 8) {
		t.Error("marks")
	}
}
