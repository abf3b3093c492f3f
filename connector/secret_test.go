package connector

import (
	"strings"
	"testing"
)

func TestSecretReason(t *testing.T) {
	for text, want := range map[string]Reason{
		"":         "",
		"s":        "secret-short",
		"sevenum":  "secret-short",
		"eightch":  "secret-short",
		"eightchr": "",
		"abc8Q~ZyXwVuTsRqPoNmLkJiHgFeDcBa98765432": "",
		"5e0a11c0-a000-4000-8000-000000000001":     "secret-id",
		"5E0A11C0-A000-4000-8000-00000000000A":     "secret-id",
		"5e0a11c0-a000-4000-8000-0000000000012":    "", // one more character
		"two words that are long":                  "secret-space",
		"one\ntwo-of-several-lines":                "secret-space",
		"no\u00a0break-space-in-it":                "secret-space",
		"bell\a-in-the-middle":                     "secret-space",
		strings.Repeat("ü", 8):                     "",
	} {
		if got := SecretReason(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := SecretReason(CleanText(FieldSecret, " \"5e0a11c0-a000-4000-8000-000000000001\" ")); got != "secret-id" {
		t.Errorf("between quotation marks: %q", got)
	}
}
