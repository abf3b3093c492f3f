package view

import (
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// mfaPage has its one statement above the explanations, so that whoever knows them need not scroll, and the page is not
// scrolled to its end on arrival.
func mfaPage(s wizard.State) page {
	w := s.Wizard
	links := portalOf(w.Draft.Tenant)
	return page{
		answers: map[string]any{"Tenant": tenantName(w.Draft.Tenant), "UPN": w.Draft.UPN},
		blocks: blocksOf(
			Paragraph{Role: Lead, Text: text("page.mfa.rule")},
			tick(w, connector.TickMFA),
			heading("page.mfa.ways"),
			List{Items: items("page.mfa.way", 3)},
			linkButtons(Button{ID: "open-entra", Label: text("page.mfa.open-entra"), URL: links.entra}),
			heading("page.mfa.register"),
			body(text("page.mfa.register.text", "UPN", w.Draft.UPN)),
			registerAddress(links),
			heading("page.mfa.breaks"),
			List{Items: items("page.mfa.break", 6)},
			heading("page.mfa.try"),
			body(text("page.mfa.try.text", "UPN", w.Draft.UPN)),
		),
		focus: []string{string(connector.TickMFA)},
	}
}

// registerAddress is given to copy, not to open: it belongs into a private window, as the integration user.
func registerAddress(links portal) []Block {
	if links.mfa == "" {
		return nil
	}
	return []Block{Facts{Items: []FactItem{{ID: "mfa-address", Label: text("page.mfa.register.address"), Value: links.mfa, Copy: true}}}}
}
