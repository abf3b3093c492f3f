package runner

import (
	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// linked does what the pages for two links ask for.
func (k *talk) linked(s wizard.State) []wizard.Event {
	w := s.Wizard
	kind, start := link.Admin, wizard.Event(wizard.StartAdmin{Way: wizard.WayDefault})
	if w.Draft.Step == connector.StepLinkUser {
		kind, start = link.User, wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate}
	}
	switch {
	case w.Draft.Step == connector.StepLinks:
		return one(
			wizard.CheckReady{}, wizard.Edited{Field: connector.FieldTenant, Value: tenantA.Domain},
			wizard.Edited{Field: connector.FieldUPN, Value: "integration@contoso.example"}, k.pasteLinks(),
		)
	case w.Draft.Step == connector.StepLinkFinish:
		return one(wizard.Ticked{Field: connector.TickLinkSaved, On: true}, wizard.Save{})
	case !w.Links.Held[kind]:
		return one(k.pasteLinks())
	case k.world.throw(3) == 0:
		return one(wizard.ReportLink{Kind: kind, Worked: true}, wizard.Forward{})
	}
	return one(start)
}

// pasteLinks pastes one of the links, or both.
func (k *talk) pasteLinks() wizard.Event {
	text := []string{adminLink, userLink, adminLink + "\n" + userLink, adminLink + "&newer=1\n" + userLink}[k.world.throw(4)]
	return wizard.SecretEntered{Field: connector.FieldLinks, Secret: auth.NewSecret(text)}
}
