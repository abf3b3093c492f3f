package wizard

import (
	"testing"

	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

func TestSavedWithoutAReport(t *testing.T) {
	m := atLinks(t).read(userLink, userFacts()).forwardTo(connector.StepLinkAdmin).send(GoUnconfirmed{})
	if m.state.Wizard.Draft.Step != connector.StepLinkUser || !m.links().NotConfirmed[link.Admin] {
		t.Fatalf("on page %v with %+v", m.state.Wizard.Draft.Step, m.links())
	}
	m.report(link.User).forwardTo(connector.StepLinkFinish).send(Save{})
	if l := effect[SaveConnector](m).Draft.Links; !l.NotConfirmed[link.Admin] || l.Told(link.Admin) || !l.Told(link.User) {
		t.Errorf("saved %+v", l)
	}
	m = atLinks(t).forwardTo(connector.StepLinkAdmin).send(GoUnconfirmed{}, GoUnconfirmed{})
	if m.state.Wizard.Draft.Step != connector.StepLinkFinish || m.state.Refuses(Save{}) != ReasonLinkMissing {
		t.Errorf("without any link: page %v, Save refused for %q", m.state.Wizard.Draft.Step, m.state.Refuses(Save{}))
	}
}

func TestLinksAreCheckedByAConnectorOfOurOwn(t *testing.T) {
	m := atLinkUser(t).report(link.User).forwardTo(connector.StepLinkFinish)
	if has[CheckLinks](m) || m.state.Refuses(RunChecks{}) != ReasonNoWitness {
		t.Errorf("checked by nobody: %q", m.state.Refuses(RunChecks{}))
	}
	own := connector.Connector{ID: "own", Name: "Own", Tenant: tenantA, ClientID: "33333333-3333-3333-3333-333333333333"}
	m.send(Loaded{Now: day, Connectors: []connector.Connector{own}}, Back{}, Forward{})
	n := effect[CheckLinks](m).Attempt
	app := connector.Check{ID: connector.CheckLinkApp, State: connector.CheckPassed}
	m.send(CheckDone{n, connector.Check{ID: connector.CheckLinkApp, State: connector.CheckRunning}}, CheckDone{n, app}, ChecksDone{Attempt: n, Now: day})
	if w := m.state.Wizard; len(w.Checks) != 4 || w.Checks[0].State != connector.CheckPassed || w.Checks[3].ID != connector.CheckLinkMFA || w.Checking.Running {
		t.Errorf("checks: %+v", w.Checks)
	}
}

func TestTheLinksOfARenewal(t *testing.T) {
	told := atLinkUser(t).report(link.User).links()
	saved := connector.Connector{
		ID: "c", Name: "Kept", Origin: connector.OriginLink, Tenant: tenantA, ClientID: clientID, User: connector.Identity{UPN: "integration@contoso.example"}, Links: &told,
	}
	d := connector.RenewalOf(saved, "", day)
	if d.Renews != "c" || d.Step != connector.StepLinks || d.Links.Product != "product" || d.Links.Told(link.Admin) || d.Links.Admin.ClientID != clientID {
		t.Fatalf("renewed by %+v, %+v", d, d.Links)
	}
	d.ID = "r"
	m := newMachine(t).send(Loaded{Now: day, Connectors: []connector.Connector{saved}}, DraftMade{Draft: d}, LinksHeld{DraftID: "r"})
	m.send(ReadyChecked{Attempt: m.state.Wizard.Ready.Attempt, Browsers: []browser.Browser{chromium}}).found(nil, nil)
	other := adminFacts()
	other.ClientID = "99999999-9999-9999-9999-999999999999"
	if m.read(adminLink, other); m.state.Blocked() != ReasonLinksDiffer || m.differences()[0] != "renewal admin "+clientID+" "+other.ClientID {
		t.Errorf("another app registration: %q, %q", m.state.Blocked(), m.differences())
	}
	m.read(adminLink, adminFacts()).forwardTo(connector.StepLinkAdmin)
	m.report(link.Admin)
	if m.send(GoHome{}); !m.state.Wizard.Leaving || has[DropDraft](m) {
		t.Error("what was told is lost unasked")
	}
	if m.send(LeaveWizard{}); effect[DropDraft](m).ID != "r" {
		t.Error("the renewal's draft stays")
	}
}

func TestTheLinkForAnotherPerson(t *testing.T) {
	m := atLinks(t).read(adminLink+userLink, adminFacts(), userFacts()).forwardTo(connector.StepLinkAdmin)
	if got := m.state.Refuses(CopyLink{link.User}); got != ReasonGone {
		t.Errorf("the user link is refused for %q", got)
	}
	m.send(CopyLink{link.Admin})
	put := effect[PutLink](m)
	if put != (PutLink{"draft-id", link.Admin}) {
		t.Fatalf("put %+v", put)
	}
	if m.send(LinkCopied{DraftID: "draft-id", Kind: link.Admin, At: day}); m.state.Wizard.Links.Copied != link.Admin || m.links().Admin.Copied != day {
		t.Errorf("copied %q, noted %v", m.state.Wizard.Links.Copied, m.links().Admin.Copied)
	}
	failed := &connector.Problem{Kind: connector.KindUnknown}
	if m.send(CopyLink{link.Admin}, LinkCopied{DraftID: "draft-id", Kind: link.Admin, Problem: failed}); m.state.Wizard.Links.CopyProblem != failed || m.state.Wizard.Links.Copied != "" {
		t.Errorf("not copied: %+v", m.state.Wizard.Links)
	}
}
