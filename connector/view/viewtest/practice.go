package viewtest

import (
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// scenarios are some of those that a rehearsal offers.
func scenarios() []connector.Scenario {
	const user = "integration@rehearsal.example"
	return []connector.Scenario{
		{Name: "good", Place: "none", UPN: user, Words: "Both people do everything right."},
		{Name: "redirect-mismatch", Place: "probe", ProblemKind: connector.KindRedirectURI, Code: "AADSTS50011", UPN: user, Words: "The redirect URI is not registered."},
		{Name: "declined", Place: "admin", ProblemKind: connector.KindDeclined, Code: "AADSTS65004", UPN: user, Words: "The administrator presses Cancel."},
		{Name: "access-blocked", Place: "user", ProblemKind: connector.KindCondAccess, Code: "AADSTS53003", UPN: user, Words: "Conditional Access blocks the sign-in."},
		{Name: "no-mfa", Place: "check", ProblemKind: connector.KindNoMFA, Code: "900421", UPN: "nora@rehearsal.example", Words: "The integration user signs in without MFA."},
		{Name: "links-swapped", Place: "links", UPN: user, Words: "Two links: each of the product's buttons makes the other link."},
		{Name: "later-revoked", Place: "later", ProblemKind: connector.KindSignInAgain, UPN: user, Words: "After five minutes the refresh token is revoked."},
	}
}

// practiceStates are the choice among the scenarios.
func practiceStates() []Named {
	choosing := func(s wizard.State, p wizard.Practice) wizard.State {
		s.Rehearsal = &connector.Rehearsal{
			Scenario: "good", AdminUPN: "ada@rehearsal.example", UserUPN: "integration@rehearsal.example", Scenarios: scenarios(),
			People: []connector.Person{{Role: "admin", UPN: "ada@rehearsal.example"}},
		}
		p.Open = p.Place != ""
		s.Practice = p
		return s
	}
	all := wizard.Practice{Place: wizard.AllPlaces}
	searched, asked, other, switching, failed := all, all, all, all, all
	searched.Search = "mfa"
	asked.Asked, other.Asked = "access-blocked", "no-mfa"
	switching.Playing = wizard.Work{Attempt: 3, Running: true}
	failed.Problem = problem(connector.KindUnknown, connector.NoStep, connector.ActorYou, "")
	own := draft(func(d *connector.Draft) { d.UPN = "integration@rehearsal.example" })
	return []Named{
		{"practice-closed", choosing(home(), wizard.Practice{})},
		{"practice-all", choosing(home(), all)},
		{"practice-place", choosing(home(), wizard.Practice{Place: "user"})},
		{"practice-search", choosing(home(), searched)},
		{"practice-nothing", choosing(home(), wizard.Practice{Place: wizard.AllPlaces, Search: "no such word"})},
		{"practice-asked", choosing(inStep(connector.StepUser, own), asked)},
		{"practice-asked-other", choosing(inStep(connector.StepUser, own), other)},
		{"practice-switching", choosing(home(), switching)},
		{"practice-failed", choosing(home(), failed)},
	}
}
