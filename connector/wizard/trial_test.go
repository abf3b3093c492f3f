package wizard

import (
	"slices"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// ownConnector is a saved connector of the tenant whose app registration can sign the integration user in.
func ownConnector(id string, checked time.Time) connector.Connector {
	return connector.Connector{
		ID: id, Name: "Own " + id, Tenant: tenantA, ClientID: "33333333-3333-3333-3333-333333333333", ClientKind: auth.PublicClient,
		Admin: connector.Admin{Status: connector.AdminReported, Tenant: tenantA.ID}, User: connector.Identity{UPN: "older@contoso.example"},
		Role: connector.RoleAdminAgent, Checked: checked,
	}
}

// atTrial is a machine in the trial of the integration user, from a draft for links of which the admin link was read.
func atTrial(t *testing.T) *machine {
	t.Helper()
	m := atLinks(t).read(adminLink, adminFacts())
	m.send(Loaded{Now: day, Connectors: []connector.Connector{ownConnector("a", day.Add(-time.Hour)), ownConnector("b", day)}, Drafts: []connector.Draft{m.state.Wizard.Draft}})
	m.send(TryUser{})
	made := effect[MakeTrial](m)
	if made.Own.ID != "b" || made.For.ID != "draft-id" {
		t.Fatalf("a trial with %s for %s", made.Own.ID, made.For.ID)
	}
	d := connector.TrialOf(made.Own, made.For, day)
	d.ID = "trial-id"
	browsers := m.state.Wizard.Ready.Browsers
	m.send(DraftMade{Draft: d})
	m.send(ReadyChecked{Attempt: m.state.Wizard.Ready.Attempt, Browsers: browsers})
	return m.send(TenantFound{Attempt: m.state.Wizard.Lookup.Attempt, Found: []auth.Tenant{tenantA}})
}

func TestATrialSignsInAndSavesNothing(t *testing.T) {
	m := atTrial(t)
	d := m.state.Wizard.Draft
	if d.Step != connector.StepUser || d.UPN != "integration@contoso.example" || d.ClientID != "33333333-3333-3333-3333-333333333333" || d.Renews != "" {
		t.Fatalf("the trial is %+v", d)
	}
	for _, refused := range []Event{Back{}, GoTo{Step: connector.StepConnector}, AskChange{Field: connector.FieldUPN}, Save{}} {
		if m.state.Refuses(refused) == "" {
			t.Errorf("%T can be done", refused)
		}
	}
	m.send(StartUser{Way: WayLink})
	opening := effect[OpenUserConsent](m)
	m.send(UserAnswered{Attempt: opening.Attempt, Identity: &connector.Identity{UPN: "integration@contoso.example", TenantID: tenantA.ID}})
	if grant := effect[CheckGrant](m); grant.Draft.ID != "trial-id" {
		t.Errorf("checked %+v", grant.Draft)
	}
	if has[KeepDraft](m) {
		t.Error("the trial is written")
	}
	if got := m.state.Refuses(EndTrial{}); got != ReasonChecksRunning {
		t.Errorf("while the checks run its end is refused by %q", got)
	}
	m = checked(m, map[connector.CheckID]connector.Weight{connector.CheckRole: connector.WeightNever})
	if got := m.state.Refuses(Save{}); got != ReasonGone {
		t.Errorf("it can be saved: %q", got)
	}
	m.send(Forward{})
	if !has[ForgetGrant](m) || has[KeepDraft](m) || has[DropDraft](m) {
		t.Errorf("its end makes %+v", m.effects)
	}
	if d := m.state.Wizard.Draft; d.ID != "draft-id" || d.Step != connector.StepLinks || d.Links.Admin == nil {
		t.Errorf("gone on with %+v", d)
	}
	tried := m.state.Wizard.Links.Tried
	if tried.UPN != "integration@contoso.example" || tried.ConnectorName != "Own b" || connector.Heaviest(tried.Checks) != connector.WeightNever {
		t.Errorf("tried %+v", tried)
	}
}

// TestATrialThatIsLeft leaves the links' draft on the home screen, and asks nothing: there is nothing to be lost.
func TestATrialThatIsLeft(t *testing.T) {
	m := atTrial(t)
	m.send(StartUser{Way: WayLink})
	m.send(UserAnswered{Attempt: effect[OpenUserConsent](m).Attempt, Identity: &connector.Identity{UPN: "integration@contoso.example", TenantID: tenantA.ID}})
	m.send(GoHome{})
	if m.state.Wizard.Open || m.state.Wizard.Leaving || has[KeepDraft](m) || has[DropDraft](m) {
		t.Errorf("left: %+v, effects %+v", m.state.Wizard, m.effects)
	}
	ids := []string{}
	for _, d := range m.state.Home.Drafts {
		ids = append(ids, d.ID)
	}
	if !slices.Equal(ids, []string{"draft-id"}) {
		t.Errorf("home offers %v", ids)
	}
}

func TestATrialNeedsAConnectorOfOurs(t *testing.T) {
	m := atLinks(t)
	ended, elsewhere, kept := ownConnector("ended", day), ownConnector("elsewhere", day), ownConnector("kept", day)
	ended.Health, elsewhere.Tenant.ID, kept.Origin = connector.HealthExpired, "44444444-4444-4444-4444-444444444444", connector.OriginLink
	m.send(Loaded{Now: day, Connectors: []connector.Connector{ended, elsewhere, kept}})
	if got := m.state.Refuses(TryUser{}); got != ReasonNoWitness {
		t.Errorf("refused by %q", got)
	}
	m.send(Loaded{Now: day, Connectors: []connector.Connector{ended, ownConnector("own", day)}})
	if got := m.state.Refuses(TryUser{}); got != "" {
		t.Errorf("refused by %q", got)
	}
	m.read(adminLink, adminFacts()).forwardTo(connector.StepLinkAdmin).send(StartAdmin{Way: WayDefault})
	if got := m.state.Refuses(TryUser{}); got != ReasonAdminWaiting {
		t.Errorf("while a link is open it is refused by %q", got)
	}
	if m.state.Wizard.Draft.Links.Of(link.Admin) == nil {
		t.Error("the link is gone")
	}
}

func TestATrialStaysInItsTenant(t *testing.T) {
	m := atTrial(t)
	if got := m.state.Refuses(SwitchCloud{}); got != ReasonGone {
		t.Errorf("a lookup in all clouds is refused for %q", got)
	}
	m.send(TenantFound{Attempt: m.state.Wizard.Lookup.Attempt, Found: []auth.Tenant{tenantA, tenantB}})
	if got := m.state.Wizard.OtherTenants(); len(got) != 0 || m.state.Wizard.Draft.Step != connector.StepUser {
		t.Errorf("offered %+v on page %v", got, m.state.Wizard.Draft.Step)
	}
}

// TestATrialWithThePresetsAppRegistration needs no connector of ours where the preset's app registration needs no secret.
func TestATrialWithThePresetsAppRegistration(t *testing.T) {
	m := atLinks(t)
	m.state.Preset = connector.Preset{
		Path: "preset.toml", ClientID: "33333333-3333-3333-3333-333333333333", ClientKind: auth.SecretClient,
		Given: []connector.Field{connector.FieldClientID, connector.FieldClientKind},
	}
	if got := m.state.Refuses(TryUser{}); got != ReasonNoWitness {
		t.Errorf("with a client that has a secret it is refused by %q", got)
	}
	m.state.Preset.ClientKind = auth.PublicClient
	own := effect[MakeTrial](m.send(TryUser{})).Own
	if own.ID != "" || own.ClientID != "33333333-3333-3333-3333-333333333333" || own.Tenant.ID != tenantA.ID || own.RedirectPath != auth.DefaultRedirectPath {
		t.Errorf("tried with %+v", own)
	}
}

// renewed makes the draft that a trial was begun for a renewal.
func (m *machine) renewed(told bool) *machine {
	trial := *m.state.Wizard.Draft.Trial
	links := *trial.For.Links
	if told {
		links = links.With(link.Admin, func(p *connector.ProductLink) { p.Reported = day })
	}
	trial.For.Renews, trial.For.Links = "c", &links
	m.state.Wizard.Draft.Trial = &trial
	return m
}

// TestATrialInARenewalThatIsLeft leaves nothing of the renewal, and asks before what was told in it is lost.
func TestATrialInARenewalThatIsLeft(t *testing.T) {
	m := atTrial(t).renewed(false).send(GoHome{})
	if m.state.Wizard.Open || len(m.state.Home.Drafts) != 0 || effect[DropDraft](m).ID != "draft-id" {
		t.Errorf("home offers %+v", m.state.Home.Drafts)
	}
	m = atTrial(t).renewed(true).send(GoHome{})
	if !m.state.Wizard.Open || !m.state.Wizard.Leaving {
		t.Error("what was told is lost unasked")
	}
	if m.send(LeaveWizard{}); m.state.Wizard.Open || effect[DropDraft](m).ID != "draft-id" {
		t.Errorf("home offers %+v", m.state.Home.Drafts)
	}
}

// inMemory says that the links of the draft are in memory alone.
func inMemory() LinksHeld {
	return LinksHeld{
		DraftID: "draft-id", Held: map[link.Kind]bool{link.Admin: true}, Unkept: &connector.Problem{Kind: connector.KindKeychainMissing},
	}
}

// TestTheEndLosesNoLinkUnasked, whether its draft is open, was left for home, or waits for a trial.
func TestTheEndLosesNoLinkUnasked(t *testing.T) {
	for name, m := range map[string]*machine{
		"open":            atLinks(t).read(adminLink, adminFacts()).send(inMemory()),
		"left":            atLinks(t).read(adminLink, adminFacts()).send(inMemory(), GoHome{}),
		"left, told late": atLinks(t).read(adminLink, adminFacts()).send(GoHome{}, inMemory()),
	} {
		if m.send(Quit{}); m.state.Quit || !m.state.Wizard.Leaving || !m.state.Wizard.QuitAfter || m.state.Wizard.Draft.ID != "draft-id" || m.state.Wizard.Links.Unkept == nil {
			t.Errorf("%s: %+v", name, m.state.Wizard)
		}
		if m.send(LeaveWizard{}); !m.state.Quit {
			t.Errorf("%s: it does not end", name)
		}
	}
	m := atLinks(t).read(adminLink, adminFacts()).send(inMemory())
	m.send(Loaded{Now: day, Connectors: []connector.Connector{ownConnector("b", day)}, Drafts: []connector.Draft{m.state.Wizard.Draft}}, TryUser{})
	made := effect[MakeTrial](m)
	trial := connector.TrialOf(made.Own, made.For, day)
	trial.ID = "trial-id"
	if m.send(DraftMade{Draft: trial}, Quit{}); m.state.Quit || !m.state.Wizard.Leaving {
		t.Error("during a trial it ends unasked")
	}
}

// TestTheEndAsksForNothingThatIsKept asks neither for links that the keychain has, nor for those that are told of, nor for a draft that is gone.
func TestTheEndAsksForNothingThatIsKept(t *testing.T) {
	kept := inMemory()
	kept.Unkept = nil
	for name, m := range map[string]*machine{
		"kept":      atLinks(t).read(adminLink, adminFacts()).send(inMemory(), kept, GoHome{}),
		"told of":   atLinks(t).read(adminLink, adminFacts()).report(link.Admin).send(inMemory(), GoHome{}),
		"discarded": atLinks(t).read(adminLink, adminFacts()).send(inMemory(), GoHome{}, Discard{ID: "draft-id"}),
	} {
		if m.send(Quit{}); !m.state.Quit {
			t.Errorf("%s: %+v", name, m.state.Wizard)
		}
	}
}

// TestATrialKeepsWhatBecameKnownMeanwhile: the links' draft as it is when the trial begins, and that the keychain did not take its links.
func TestATrialKeepsWhatBecameKnownMeanwhile(t *testing.T) {
	m := atLinks(t).read(adminLink, adminFacts())
	m.send(Loaded{Now: day, Connectors: []connector.Connector{ownConnector("own", day)}}, TryUser{})
	made := effect[MakeTrial](m)
	m.send(Edited{connector.FieldName, "Typed meanwhile"})
	d := connector.TrialOf(made.Own, made.For, day)
	d.ID = "trial-id"
	m.send(DraftMade{Draft: d}, inMemory())
	if m.state.Wizard.Links.Unkept == nil {
		t.Error("nobody is asked before the links are lost")
	}
	for _, refused := range []Event{StartAdmin{Way: WayDefault}, OpenHandover{}, GoUnconfirmed{}, Discard{ID: "draft-id"}} {
		if got := m.state.Refuses(refused); got != ReasonGone {
			t.Errorf("%T is refused by %q", refused, got)
		}
	}
	if m.send(EndTrial{}); m.state.Wizard.Draft.ID != "draft-id" || m.state.Wizard.Draft.Name != "Typed meanwhile" {
		t.Errorf("gone on with %+v", m.state.Wizard.Draft)
	}
}
