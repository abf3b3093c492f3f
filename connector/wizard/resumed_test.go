package wizard

import (
	"testing"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
)

// Whatever stands against a consent is looked at again when a draft is gone on with, whatever page it stands on: a draft does not remember it.
func TestAResumedDraftIsLookedAtAgain(t *testing.T) {
	clock := &connector.Problem{Kind: connector.KindClock, Step: connector.StepBefore}
	unknown := &connector.Problem{Kind: connector.KindUnknownTenant, Step: connector.StepBefore}
	network := &connector.Problem{Kind: connector.KindNoNetwork, Step: connector.StepBefore}
	for name, c := range map[string]struct {
		found          bool
		problem, clock *connector.Problem
		want           Reason
	}{
		"not looked up yet":   {want: "tenant-lookup"},
		"as it was":           {found: true},
		"wrong clock":         {found: true, clock: clock, want: "clock"},
		"the tenant has gone": {found: true, problem: unknown, want: "tenant-unknown"},
		"nobody answers":      {found: true, problem: network},
	} {
		for step := connector.StepBefore; step <= connector.StepUser; step++ {
			d := keptDraft(step)
			m := newMachine(t).send(Loaded{Drafts: []connector.Draft{d}}, OpenDraft{d.ID})
			if got := effect[FindTenant](m); got.Input != d.TenantInput || got.Quiet {
				t.Fatalf("%s: looked up %+v", name, got)
			}
			m.send(ReadyChecked{Attempt: m.state.Wizard.Ready.Attempt, Browsers: []browser.Browser{chromium}})
			if c.found {
				m.found(c.problem, c.clock)
			}
			for _, e := range []Event{StartAdmin{Way: WayDefault}, StartUser{Way: WayLink}} {
				if got := m.state.Refuses(e); got != c.want {
					t.Errorf("%s, page %v: %T is refused for %q instead of %q", name, step, e, got, c.want)
				}
			}
			if step == connector.StepBefore && m.state.Blocked() != c.want {
				t.Errorf("%s: page 1 is blocked by %q instead of %q", name, m.state.Blocked(), c.want)
			}
			if c.want == "" || !c.found {
				continue
			}
			m.send(LookUpTenant{}).found(nil, nil)
			if got := m.state.Refuses(StartUser{Way: WayLink}); got != "" {
				t.Errorf("%s, page %v: refused for %q once it was set right", name, step, got)
			}
		}
	}
}

// A registration that Microsoft does not take is found out again on its page, and on no other: only there is something to be done about it.
func TestAResumedDraftProbesItsRegistration(t *testing.T) {
	for step := connector.StepBefore; step <= connector.StepUser; step++ {
		d := keptDraft(step)
		m := newMachine(t).send(Loaded{Drafts: []connector.Draft{d}}, OpenDraft{d.ID})
		if got := m.state.Wizard.Probe.Running; got != (step == connector.StepConnector) {
			t.Errorf("page %v: probed is %v", step, got)
		}
	}
	renewal := connector.RenewalOf(connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA}, "", day)
	renewal.Step = connector.StepConnector
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{{ID: "c", Tenant: tenantA}}}, DraftMade{Draft: renewal})
	if m.state.Wizard.Probe.Running {
		t.Error("a renewal that begins with a new secret is probed with the old one")
	}
}

// A clock that turns out to be wrong between the checks and Save keeps it from being saved.
func TestSaveIsRefusedByAWrongClock(t *testing.T) {
	m := checked(atCheck(t), nil)
	if r := m.state.Refuses(Save{}); r != "" {
		t.Fatalf("refused for %q", r)
	}
	m.send(LookUpTenant{})
	if r := m.state.Refuses(Save{}); r != "tenant-lookup" {
		t.Errorf("while it is looked up: refused for %q", r)
	}
	m.found(nil, &connector.Problem{Kind: connector.KindClock, Step: connector.StepBefore})
	if r := m.state.Refuses(Save{}); r != "clock" {
		t.Errorf("refused for %q", r)
	}
}

// The tenant of a renewal is known: it is asked for by its ID, since a domain can leave it.
func TestARenewalAsksForTheTenantByItsID(t *testing.T) {
	d := connector.RenewalOf(connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA}, "", day)
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{{ID: "c", Tenant: tenantA}}}, DraftMade{Draft: d})
	if got := effect[FindTenant](m).Input; got != tenantA.ID {
		t.Fatalf("asked for %q", got)
	}
	byID := tenantA
	byID.Domain = tenantA.ID
	m.send(TenantFound{Attempt: m.state.Wizard.Lookup.Attempt, Found: append(m.state.Wizard.Lookup.Found, byID)})
	if got := m.state.Wizard.Draft.Tenant; *got != tenantA {
		t.Errorf("the tenant is %+v now", *got)
	}
}
