package notice

import (
	"strings"
	"testing"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
)

// TestCompose holds the words of one connector and of several, in both languages.
func TestCompose(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		language string
		due      []Call
		want     connector.Notice
	}{
		"one": {
			"en",
			[]Call{{"c-1", "sign-in", WorkSignIn}},
			connector.Notice{
				ConnectorID: "c-1", Title: "A connector needs attention",
				Text: "The integration user has to sign in again.\nPartner Center Connector shows what to do.",
			},
		},
		"a run that could not begin": {
			"en",
			[]Call{{"", "clouds-file", WorkRun}},
			connector.Notice{
				Title: "The daily check could not start",
				Text:  "It checked no connector, and somebody has to fix that.\nPartner Center Connector shows what to do.",
			},
		},
		"three, the most urgent first": {
			"en",
			[]Call{{"c-1", "reminder", WorkRemind}, {"c-2", "sign-in", WorkSignIn}, {"c-3", "expired", WorkCredential}, {"c-4", "sign-in", WorkSignIn}},
			connector.Notice{
				Title: "4 connectors need attention",
				Text: "1 with a client secret or certificate that has ended\n2 whose integration user has to sign in again\n1 with a reminder for today\n" +
					"Partner Center Connector shows what to do.",
			},
		},
		"in German": {
			"de",
			[]Call{{"c-1", "sign-in", WorkSignIn}, {"c-2", "sign-in", WorkSignIn}},
			connector.Notice{
				Title: "Um 2 Connectors muss sich jemand kümmern",
				Text:  "2, deren Integrationsbenutzer sich neu anmelden müssen\nPartner Center Connector zeigt, was zu tun ist.",
			},
		},
	} {
		got, ok := Compose(c.due, assets.NewTranslator(c.language).Text)
		if !ok || got != c.want {
			t.Errorf("%s: %v\n%q\nwant\n%q", name, ok, got, c.want)
		}
	}
	if n, ok := Compose(nil, assets.NewTranslator("en").Text); ok {
		t.Errorf("of nothing it says %+v", n)
	}
}

// TestEveryWorkHasItsWords checks that no key is shown in place of a sentence.
func TestEveryWorkHasItsWords(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"en", "de"} {
		for _, work := range byUrgency {
			call := Call{ConnectorID: "c", Work: work}
			for _, due := range [][]Call{{call}, {call, call}} {
				n, _ := Compose(due, assets.NewTranslator(language).Text)
				if strings.Contains(n.Title+n.Text, "notice.") || strings.Count(n.Text, "\n") != 1 {
					t.Errorf("%s, %s, %d: %q, %q", language, work, len(due), n.Title, n.Text)
				}
			}
		}
	}
}
