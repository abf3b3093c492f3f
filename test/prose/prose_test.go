package prose

import (
	"slices"
	"testing"
)

func TestSentences(t *testing.T) {
	for text, want := range map[string][]string{
		"One. Two? Three": {"One.", "Two?", "Three"},
		"Open it (see below.) Then wait: it is long.":   {"Open it (see below.)", "Then wait: it is long."},
		"See contoso.com, e.g. its pages.":              {"See contoso.com, eg its pages."},
		"Läuft am 27. Februar 2027 ab. Dann z. B. neu.": {"Läuft am 27 Februar 2027 ab.", "Dann zB neu."},
		"Run:\n  pcc connect\n- An item.":               {"Run:", "An item."},
		"":                                              {},
	} {
		if got := Sentences(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, test := range []struct {
		lang, text string
		limit      int
		want       int
	}{
		{"en", "The account is a guest. Use another one.", 20, 0},
		{"en", "One two three four, five.", 5, 0},
		{"en", "One two three four, five: six.", 5, 1},
		{"en", "This consent is no longer waited for.", 20, 1},
		{"en", "No check stands against it.", 20, 2},
		{"en", "A check failed that a connector cannot be saved without.", 20, 1},
		{"en", "Best is an account that Entra manages.", 20, 1},
		{"en", "Nobody is here to be asked.", 20, 1},
		{"en", "There is no licence for the programme.", 20, 2},
		{"en", "Give the upn and the client ID.", 20, 1},
		{"en", "Use --output json, or \"pcc list --json id\".", 20, 0},
		{"en", "Require multifactor authentication.", 20, 1},
		{"en", "Choose “Require multifactor authentication”.", 20, 0},
		{"en", "Require multi-factor authentication.", 20, 0},
		{"en", "It is no longer here. There is no file.", 20, 0},
		{"en", "Standard input is no terminal.", 20, 1},
		{"de", "Die Administrator-Zustimmung fehlt.", 25, 1},
		{"de", "Der Mandant („Tenant“) hat die Tenant-ID X.", 25, 0},
		{"de", "Der Key Vault fehlt, Azure Key Vault nicht.", 25, 1},
		{"de", "Es ist nicht unmöglich!", 25, 2},
	} {
		if got := Faults(test.lang, test.limit, test.text); len(got) != test.want {
			t.Errorf("%s: %d faults, want %d: %q", test.text, len(got), test.want, got)
		}
	}
}
