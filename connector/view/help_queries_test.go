package view_test

import (
	"slices"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/preset"
	"partner-center-connector/connector/view"
)

// titlesFound are the first three titles of what a search finds, as people read them.
func titlesFound(search string, tr view.Translator) []string {
	titles := []string{}
	for _, block := range view.Flat(view.Help(connector.Preset{}, preset.BuiltIn(), "home", search, tr.Text).Blocks) {
		if f, ok := block.(view.Fold); ok && len(titles) < 3 {
			titles = append(titles, f.Title.Render(tr))
		}
	}
	return titles
}

// TestWhatPeopleTypeIntoHelp holds that the right answer to what people type is among the first three.
func TestWhatPeopleTypeIntoHelp(t *testing.T) {
	const (
		licence   = "Does the integration user need a license?"
		two       = "Why are there two consents?"
		private   = "Why a private window for the user consent?"
		both      = "Can the Global Administrator do both?"
		mfa       = "Multi-factor sign-in"
		stillFail = "Consented, and the connection still fails"
		disabled  = "Coming from Work 365: its second link is disabled"
		order     = "Coming from Work 365: the order of its steps"
	)
	for _, c := range []struct{ lang, search, want string }{
		{"en", "Generate Admin Consent Redirect Link", "Coming from Work 365: its first link"},
		{"en", "Generate User Consent Redirect Link", "Coming from Work 365: its second link"},
		{"en", "redirect link", "Coming from Work 365"},
		{"en", "user consent link disabled", disabled},
		{"en", "greyed out", disabled},
		{"en", "do not click Save", order},
		{"en", "Admin Hub", "Coming from Work 365"},
		{"en", "incognito", private},
		{"en", "InPrivate", private},
		{"en", "private window", private},
		{"en", "GCC", "Tenants of the US government"},
		{"en", "Dataverse license", licence},
		{"en", "licence", licence},
		{"en", "Global Admin both", both},
		{"en", "App + User", two},
		{"en", "secure application model", two},
		{"en", "MFA every login", mfa},
		{"en", "per-user MFA Enforced", mfa},
		{"en", "sync fails", stillFail},
		{"en", "API calls fail later", "The user can sign in, but API calls fail later"},
		{"en", "can't connect", stillFail},
		{"en", "Need admin approval", "This tenant requires an administrator's approval for the app."},
		{"en", "wrong tenant", "The account belongs to another tenant."},
		{"en", "900421", "Partner Center reports that this sign-in was not multi-factor."},

		// Slips, other spellings, parts of words, whole questions, and what stands on a page or a card.
		{"en", "incogntio", private},
		{"en", "greyd out button", disabled},
		{"en", "why is the second link disabled?", disabled},
		{"en", "cannot click the second button in Work 365", disabled},
		{"en", "Work 365 button inactive", disabled},
		{"en", "multifactor", mfa},
		{"en", "licences", licence},
		{"en", "Save", order},
		{"en", "HTTP 401", "Partner Center reports that this sign-in was not multi-factor."},
		{"en", "Exclude the user from other policies that it cannot meet", mfa},
		{"en", "The answer belongs to this sign-in", "The checks"},
		{"en", "has registered a second factor and is asked for it", mfa},

		{"de", "Dataverse-Lizenz", "Braucht der Integrationsbenutzer eine Lizenz?"},
		{"de", "Lizenzen", "Braucht der Integrationsbenutzer eine Lizenz?"},
		{"de", "zweiter Link ausgegraut", "Sie kommen von Work 365: der zweite Link ist nicht wählbar"},
		{"de", "Schaltfläche in Work 365 lässt sich nicht anklicken", "Sie kommen von Work 365: der zweite Link ist nicht wählbar"},
		{"de", "Work 365 Schaltfläche inaktiv", "Sie kommen von Work 365: der zweite Link ist nicht wählbar"},
		{"de", "Knopf in Work 365 geht nicht", "Sie kommen von Work 365: der zweite Link ist nicht wählbar"},
		{"de", "wann auf Save klicken", "Sie kommen von Work 365: die Reihenfolge der Schritte"},
		{"de", "MFA bei jeder Anmeldung", "Anmeldung mit MFA"},
		{"de", "Inkognitofenster", "Warum ein privates Fenster für die Benutzerzustimmung?"},
		{"de", "zurueckholen", "Aus einem Schlüsseltresor zurückholen"},
		{"de", "falscher Tenant", "Das Konto gehört zu einem anderen Mandanten."},
		{"de", "Verbindung schlägt fehl", "Zugestimmt, und die Verbindung klappt trotzdem nicht"},
		{"de", "globaler Administrator beides", "Kann der globale Administrator beides tun?"},
		{"de", "Umleitungslink", "Sie kommen von Work 365"},
		{"de", "Zustimung Administrator", "Die Administratorzustimmung"},
		{"de", "wo liegen die Geheimnisse", "Was wird aufbewahrt, und wo?"},
		{"de", "connector loeschen", "Ein gespeicherter Connector"},
	} {
		tr := translators(t)[c.lang]
		if got := titlesFound(c.search, tr); !slices.Contains(got, c.want) {
			t.Errorf("%s %q finds %q, and not %q", c.lang, c.search, got, c.want)
		}
	}
}
