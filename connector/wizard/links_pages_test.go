package wizard

import (
	"slices"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

func TestEachLinksPageSaysWhyItIsBlocked(t *testing.T) {
	m := newMachine(t)
	m.state.Products = products
	m.send(Loaded{Now: day, Connectors: []connector.Connector{{ID: "other", Name: "Taken"}}}, NewLinks{})
	d := effect[MakeDraft](m).Prefill
	d.ID = "draft-id"
	m.send(DraftMade{Draft: d}, LinksHeld{DraftID: "draft-id"})
	step := func(want Reason, events ...Event) {
		t.Helper()
		if m.send(events...); m.state.Blocked() != want {
			t.Fatalf("on page %v: blocked by %q, want %q", m.state.Wizard.Draft.Step, m.state.Blocked(), want)
		}
	}
	ready := m.state.Wizard.Ready.Attempt
	step(ReasonReadyRunning)
	step(ReasonElevated, ReadyChecked{Attempt: ready, Elevated: &connector.Problem{Kind: connector.KindElevated}})
	step(ReasonTenantMissing, ReadyChecked{Attempt: ready, Browsers: []browser.Browser{chromium}})
	step(ReasonTenantLookup, Edited{connector.FieldTenant, "contoso.example"})
	lookup := m.state.Wizard.Lookup.Attempt
	step(ReasonTenantUnknown, TenantFound{Attempt: lookup, Problem: &connector.Problem{Kind: connector.KindUnknownTenant}})
	step(ReasonChooseCloud, TenantFound{Attempt: lookup, Found: []auth.Tenant{tenantA, tenantB}})
	step(ReasonUPNMissing, Chosen{connector.FieldCloud, "global"})
	step(connector.ReasonUPNInvalid, Edited{connector.FieldUPN, "nobody"})
	step("", Edited{connector.FieldUPN, "integration@contoso.example"})
	step(connector.ReasonNameTaken, Edited{connector.FieldName, "taken"})
	step("", Edited{connector.FieldName, "Mine"}, Edited{connector.FieldLinks, "text"})
	step(ReasonLinksReading, ReadLinks{})
	step("", LinksRead{Attempt: m.state.Wizard.Links.Reading.Attempt, DraftID: "draft-id"})
	step(ReasonLinkMissing, Forward{})
	m.read(adminLink+userLink, adminFacts(), userFacts())
	step(ReasonLinkReport)
	step(ReasonAdminWaiting, StartAdmin{Way: WayLink})
	m.report(link.Admin)
	step(ReasonLinkReport, Forward{})
	step(ReasonUserWaiting, StartUser{Way: WayLink})
	m.report(link.User)
	step(ReasonTickLinkSaved, Forward{})
	step("", Ticked{connector.TickLinkSaved, true})
	step(ReasonLinkReport, GoTo{connector.StepLinkAdmin}, ReportLink{link.Admin, false})
	if got := m.state.Refuses(GoTo{connector.StepLinkFinish}); got != ReasonLinkReport {
		t.Errorf("the last page is refused for %q", got)
	}
}

// What was done in the product after both consents counts no more once one of them is opened again.
func TestTheProductsSaveIsToldOfAnew(t *testing.T) {
	m := atLinkUser(t).report(link.User).forwardTo(connector.StepLinkFinish).send(Ticked{connector.TickLinkSaved, true})
	m.send(LinksDated{DraftID: "draft-id", At: day})
	if m.links().Finished != day {
		t.Fatalf("finished %v", m.links().Finished)
	}
	m.send(GoTo{connector.StepLinkUser}, StartUser{Way: WayLink})
	if d := m.state.Wizard.Draft; !d.Links.Finished.IsZero() || d.Ticks[connector.TickLinkSaved] {
		t.Errorf("finished %v, ticked %v", d.Links.Finished, d.Ticks[connector.TickLinkSaved])
	}
	m.report(link.User).forwardTo(connector.StepLinkFinish).send(Ticked{connector.TickLinkSaved, true}, Ticked{connector.TickLinkSaved, false})
	if m.send(LinksDated{DraftID: "draft-id", At: day}); !m.links().Finished.IsZero() {
		t.Error("finished though the tick was taken back")
	}
}

// A practice cloud that plays the other product too begins with links, with its own values.
func TestLinksOfARehearsal(t *testing.T) {
	prefill := connector.Draft{TenantInput: "practice.example", UPN: "integration@practice.example", ClientID: clientID, Links: &connector.Links{Product: "other"}}
	s, _ := Machine{Products: products}.Start(&connector.Rehearsal{Prefill: prefill})
	m := &machine{t: t, state: s}
	for _, e := range []Event{NewLinks{}, NewConnector{}} {
		m.send(Loaded{Now: day}, e)
		if got := effect[MakeDraft](m).Prefill; got.Links == nil || got.Links.Product != "other" || got.UPN != prefill.UPN || got.TenantInput != prefill.TenantInput || got.ClientID != "" {
			t.Errorf("%T begins with %+v", e, got)
		}
	}
	d := effect[MakeDraft](m).Prefill
	d.ID = "draft-id"
	if m.send(DraftMade{Draft: d}, GoHome{}); effect[DropDraft](m).ID != "draft-id" {
		t.Error("a draft that nobody touched stays")
	}
}

func TestNewLinksGoOnWithTheOpenDraft(t *testing.T) {
	m := atLinks(t)
	if m.send(NewLinks{}); has[MakeDraft](m) || m.state.Screen != ScreenWizard || m.state.Wizard.Draft.ID != "draft-id" {
		t.Errorf("another draft is begun: %+v", m.effects)
	}
	m.send(GoHome{})
	if !slices.ContainsFunc(m.state.Home.Drafts, func(d connector.Draft) bool { return d.ID == "draft-id" && d.Links != nil }) {
		t.Errorf("kept: %+v", m.state.Home.Drafts)
	}
}

// The domains of the links, and their app registration, are looked for as long as the wizard is open.
func TestGoingHomeStopsWhatIsLookedFor(t *testing.T) {
	facts := adminFacts()
	facts.Tenant = "contoso.onmicrosoft.example"
	m := atLinks(t).read(adminLink, facts)
	find, probe := effect[FindTenant](m).Attempt, effect[ProbeLink](m).Attempt
	m.send(GoHome{})
	for _, n := range []int{find, probe} {
		if !slices.Contains(m.effects, Effect(StopAttempt{n})) {
			t.Errorf("attempt %d goes on: %+v", n, m.effects)
		}
	}
}

// Microsoft's answer to the probe is of the links, and not of an app registration of our own.
func TestTheProbeOfLinks(t *testing.T) {
	m := atLinks(t).read(adminLink, adminFacts())
	n := effect[ProbeLink](m).Attempt
	m.send(Retrying{n, &Retry{At: day}})
	if m.state.Wizard.Links.Probe.Retry == nil {
		t.Error("that it is tried again is not known")
	}
	m.send(Probed{Attempt: n, Result: connector.ProbeFine}, Probed{Attempt: n, Result: connector.ProbeWrong})
	if w := m.state.Wizard; w.Links.Probe.Result != connector.ProbeFine || w.Probe.Result != connector.ProbeNone {
		t.Errorf("probed: %+v and %+v", w.Links.Probe, w.Probe)
	}
	m.forwardTo(connector.StepLinkAdmin).report(link.Admin)
	if effect[ProbeLink](m).Attempt == n {
		t.Error("not asked again once the administrator has consented")
	}
}
