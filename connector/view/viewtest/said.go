package viewtest

import (
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// says is a state in which something was done just now.
func says(s wizard.State, said wizard.Said) wizard.State {
	s.Said = &said
	return s
}

// saidStates confirm what was done, each on the one of the states where it is said.
func saidStates(states []Named) []Named {
	in := func(name string) wizard.State { return stateOf(states, name) }
	list := home(func(h *wizard.Home) { h.Connectors, h.Drafts = []connector.Connector{Saved()}, drafts() })
	shown, settings := detail(Saved()), in("settings")
	changed := []wizard.CheckChange{
		{ID: connector.CheckMFA, Before: connector.CheckPassed, After: connector.CheckFailed},
		{ID: connector.CheckRole, Before: connector.CheckUnknown, After: connector.CheckPassed},
	}
	return []Named{
		{"said-removed", says(list, wizard.Said{What: wizard.SaidRemoved, Name: "Fabrikam"})},
		{"said-discarded", says(list, wizard.Said{What: wizard.SaidDiscarded, Name: "Fabrikam"})},
		{"said-discarded-nameless", says(list, wizard.Said{What: wizard.SaidDiscarded})},
		{"said-draft-kept", says(list, wizard.Said{What: wizard.SaidDraftKept, Name: "Contoso"})},
		{"said-draft-kept-nameless", says(list, wizard.Said{What: wizard.SaidDraftKept})},
		{"said-renewal-left", says(list, wizard.Said{What: wizard.SaidRenewalLeft, Name: "Contoso"})},
		{"said-saved", says(list, wizard.Said{What: wizard.SaidSaved, Name: "Contoso"})},
		{"said-checked-all", says(list, wizard.Said{What: wizard.SaidCheckedAll, Done: 1, Total: 1})},
		{"said-checked-all-but-one", says(list, wizard.Said{What: wizard.SaidCheckedAll, Done: 12, Total: 12, Unchecked: 1})},
		{"said-check-stopped", says(list, wizard.Said{What: wizard.SaidCheckStopped, Done: 3, Total: 12})},
		{"said-renamed", says(shown, wizard.Said{What: wizard.SaidRenamed, Name: Saved().Name})},
		{"said-taken-back", says(shown, wizard.Said{What: wizard.SaidTakenBack, Name: Saved().Name})},
		{"said-checked", says(shown, wizard.Said{What: wizard.SaidChecked, At: Now})},
		{"said-checked-changed", says(shown, wizard.Said{What: wizard.SaidChecked, At: Now, Changes: changed})},
		{"said-look-stopped", says(in("key-vault-empty"), wizard.Said{What: wizard.SaidLookStopped})},
		{"said-admin-given", says(in("user-start"), wizard.Said{What: wizard.SaidAdminGiven})},
		{"said-consent-stopped", says(in("user-start"), wizard.Said{What: wizard.SaidConsentStopped})},
		{"said-link-stopped", says(in("link-user-start"), wizard.Said{What: wizard.SaidLinkStopped})},
		{"said-link-forgotten", says(in("links-one"), wizard.Said{What: wizard.SaidLinkForgotten})},
		{"said-settings", says(settings, wizard.Said{What: wizard.SaidSettings})},
		{"said-scheduled", says(settings, wizard.Said{What: wizard.SaidScheduled})},
		{"said-unscheduled", says(settings, wizard.Said{What: wizard.SaidUnscheduled})},
		{"said-plays", says(in("rehearsal-user"), wizard.Said{What: wizard.SaidPlays, Name: "guest"})},
	}
}
