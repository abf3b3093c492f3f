package view_test

import (
	"slices"
	"strings"
	"testing"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/connector/preset"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

// answers are the titles of what a search found, in their order.
func answers(v view.View) []string {
	keys := []string{}
	for _, block := range view.Flat(v.Blocks) {
		if f, ok := block.(view.Fold); ok && f.ID != "found-more" {
			keys = append(keys, strings.TrimSuffix(f.Title.Key, ".title"))
		}
	}
	return keys
}

// headings are those of a topic, in their order.
func headings(v view.View) []string {
	keys := []string{}
	for _, block := range v.Blocks {
		if p, ok := block.(view.Paragraph); ok && p.Role == view.Heading && p.Text.Key != "help.menu" && p.Text.Key != "help.preset" {
			keys = append(keys, strings.TrimSuffix(p.Text.Key, ".title"))
		}
	}
	return keys
}

// TestSearchesOfWhoComesFromAnotherProduct holds that what readers of that product's guide type finds its answer among the first three.
func TestSearchesOfWhoComesFromAnotherProduct(t *testing.T) {
	cases := []struct{ lang, search, want string }{
		{"en", "Generate Admin Consent Redirect Link", "help.product-first"},
		{"en", "Generate User Consent Redirect Link", "help.product-second"},
		{"en", "redirect link", "help.product"},
		{"en", "user consent link disabled", "help.product-disabled"},
		{"en", "greyed out", "help.product-disabled"},
		{"en", "do not click Save", "help.product-order"},
		{"en", "Admin Hub", "help.product"},
		{"en", "click Edit again", "help.product-disabled"},
		{"en", "incognito", "help.why-private"},
		{"en", "InPrivate", "help.why-private"},
		{"en", "private window", "help.why-private"},
		{"en", "GCC", "help.government"},
		{"en", "Dataverse license", "help.licence"},
		{"en", "licence", "help.licence"},
		{"en", "Global Admin both", "help.same-person"},
		{"en", "App + User", "help.why-two"},
		{"en", "secure application model", "help.why-two"},
		{"en", "MFA every login", "help.mfa"},
		{"en", "per-user MFA Enforced", "help.mfa"},
		{"en", "April 1, 2026", "help.enforcement"},
		{"en", "sync fails", "help.fails"},
		{"en", "API calls fail later", "help.calls-fail"},
		{"en", "can't connect", "help.fails"},
		{"en", "can’t connect", "help.fails"},
		{"en", "Need admin approval", "problem.need-admin"},
		{"en", "wrong tenant", "problem.wrong-tenant"},
		{"en", "900421", "problem.no-mfa"},
		{"en", "Work 365", "help.product"},
		{"en", "Work 365 Admin", "help.product"},
		{"de", "Generate Admin Consent Redirect Link", "help.product-first"},
		{"de", "ausgegraut", "help.product-disabled"},
		{"de", "nicht auf Speichern klicken", "help.product-order"},
		{"de", "Inkognito", "help.why-private"},
		{"de", "privates Fenster", "help.why-private"},
		{"de", "GCC", "help.government"},
		{"de", "Lizenz", "help.licence"},
		{"de", "Aufrufe schlagen später fehl", "help.calls-fail"},
		{"de", "keine Verbindung", "help.fails"},
		{"de", "zwei Links", "help.links"},
	}
	tr := translators(t)
	for _, c := range cases {
		got := answers(view.Help(connector.Preset{}, preset.BuiltIn(), "home", c.search, tr[c.lang].Text))
		if first := got[:min(3, len(got))]; !slices.Contains(first, c.want) {
			t.Errorf("%s %q finds %v first, of %d; want %s among them", c.lang, c.search, first, len(got), c.want)
		}
	}
}

// TestAProductsHelpIsInItsWords holds that the sections of a product have its own words, and neutral ones where its publisher says nothing.
func TestAProductsHelpIsInItsWords(t *testing.T) {
	tr := translators(t)
	for lang, parts := range map[string][]string{
		"en": {"Press “Generate Admin Link”", "“Generate User Link” makes", "“Partner Center for GCC”", "the role Admin agent", "Fabrikam Billing 4.5 or later"},
		"de": {"Wählen Sie „Generate Admin Link“", "„Generate User Link“ erzeugt", "„Partner Center for GCC“", "Fabrikam Billing 4.5 oder neuer"},
	} {
		said := plainText(view.Help(connector.Preset{}, viewtest.Products()[:1], "links", "", tr[lang].Text), tr[lang])
		for _, part := range append(parts, "Administration > Integrations > Add New > Partner Center > Create", "Fabrikam Admin") {
			if !strings.Contains(said, part) {
				t.Errorf("%s: help does not say %q", lang, part)
			}
		}
		bare := plainText(view.Help(connector.Preset{}, viewtest.Products()[1:], "links", "", tr[lang].Text), tr[lang])
		for _, wrong := range []string{"“”", "„“", "<no value>", "  ", " .", " ,", "Fabrikam"} {
			if strings.Contains(bare, wrong) {
				t.Errorf("%s: help of a product without words has %q", lang, wrong)
			}
		}
		if !strings.Contains(bare, "Contoso Links") {
			t.Errorf("%s: the product is not named", lang)
		}
	}
}

// TestHelpWithoutProducts holds that the topic stands without any product, and leads to no publisher.
func TestHelpWithoutProducts(t *testing.T) {
	v := view.Help(connector.Preset{}, nil, "links", "", nil)
	if got := headings(v); len(got) < 5 || got[0] != "help.links" || got[1] != "help.licence" {
		t.Errorf("%v", got)
	}
	for _, c := range v.Controls() {
		if strings.HasPrefix(c.ID, "link-product") {
			t.Errorf("%s is there", c.ID)
		}
	}
}

// plainText is all that a view says.
func plainText(v view.View, tr view.Translator) string {
	said := []string{}
	for _, text := range texts(v) {
		said = append(said, text.Render(tr))
	}
	return strings.Join(said, "\n")
}

// TestSearchesAfterSave holds that whoever has saved a connector finds what comes then among the first three answers.
func TestSearchesAfterSave(t *testing.T) {
	for _, c := range []struct{ lang, search, want string }{
		{"en", "daily check", "help.daily-check"},
		{"en", "schedule", "help.daily-check"},
		{"en", "cron", "help.daily-check"},
		{"en", "Task Scheduler", "help.daily-check"},
		{"en", "every day", "help.daily-check"},
		{"en", "notification", "help.notices"},
		{"en", "toast", "help.notices"},
		{"en", "take back", "help.take-back"},
		{"en", "takeback", "help.take-back"},
		{"en", "support report", "help.report"},
		{"en", "diagnostics", "help.report"},
		{"en", "log file", "help.log"},
		{"en", "verbose", "help.log"},
		{"en", "upgrade", "help.update"},
		{"en", "telemetry", "help.update"},
		{"de", "tägliche Prüfung", "help.daily-check"},
		{"de", "Aufgabenplanung", "help.daily-check"},
		{"de", "Benachrichtigung", "help.notices"},
		{"de", "zurückholen", "help.take-back"},
		{"de", "Supportbericht", "help.report"},
		{"de", "Logdatei", "help.log"},
		{"de", "Telemetrie", "help.update"},
	} {
		tr := assets.NewTranslator(c.lang)
		got := answers(view.Help(connector.Preset{}, nil, "home", c.search, tr.Text))
		if !slices.Contains(got[:min(3, len(got))], c.want) {
			t.Errorf("%s: %q finds %v, and not %s", c.lang, c.search, got[:min(5, len(got))], c.want)
		}
	}
}
