package view

import (
	"slices"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/wizard"
)

// tryUser offers to sign the integration user in beforehand, with an app registration of our own, and shows what that found.
func tryUser(s wizard.State) []Block {
	w := s.Wizard
	try := Fold{ID: "try", Title: text("page.links.try")}
	if s.TrialConnector() == nil {
		try.Blocks = blocksOf(body(text("page.links.try.none")))
		return []Block{try}
	}
	try.Blocks = blocksOf(
		body(text("page.links.try.text")), Actions{Buttons: []Button{{ID: "try-user", Label: text("page.links.try.button"), Event: wizard.TryUser{}}}},
	)
	tried := w.Links.Tried
	if tried.UPN == "" {
		return []Block{try}
	}
	cards := checkCards{"tried-checks", tried.Checks, wizardCheckCard(w)}
	return blocksOf(triedNotice(w), cards.open(""), cards.passed(), try)
}

// triedNotice shows whether the account that signed in is fit for the user link.
func triedNotice(w wizard.Wizard) Notice {
	tried := w.Links.Tried
	word, severity := trialOutcome(tried.Checks)
	return Notice{
		ID: "tried-outcome", Severity: severity, Title: text("page.trial.outcome." + word),
		Text: text("page.links.tried.text", "UPN", tried.UPN, "Connector", tried.ConnectorName),
	}
}

// trialOutcome is the word for the checks of an account, and how it is shown.
func trialOutcome(made []connector.Check) (word string, severity Severity) {
	switch h := checks.HealthOf(made); {
	case slices.ContainsFunc(made, func(c connector.Check) bool {
		return c.State == connector.CheckFailed && c.Weight == connector.WeightNever
	}):
		return "unfit", Bad
	case h == connector.HealthUnknown: // nothing is wrong that was seen, as where the network is down
		return "unknown", Warning
	case h == connector.HealthGood, h == connector.HealthNew:
		return "fit", Good
	}
	return "doubtful", Warning
}
