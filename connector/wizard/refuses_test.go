package wizard

import (
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
)

// keptDraft is a draft that is complete up to the admin consent.
func keptDraft(step connector.Step) connector.Draft {
	tenant := tenantA
	return connector.Draft{
		ID: "kept", Step: step, Seen: step, Tenant: &tenant, TenantInput: tenant.Domain, UPN: "integration@contoso.example", Name: "Contoso",
		Ticks:    map[connector.Field]bool{connector.TickDirectBill: true, connector.TickAccess: true, connector.TickConsentRight: true, connector.TickMFA: true},
		ClientID: clientID, ClientKind: auth.SecretClient, HasSecret: true, RedirectPath: "/consent",
		Admin: connector.Admin{Status: connector.AdminReported, Tenant: tenant.ID},
	}
}

func resumed(t *testing.T, d connector.Draft) *machine {
	t.Helper()
	return newMachine(t).send(Loaded{Drafts: []connector.Draft{d}}, OpenDraft{d.ID}).found(nil, nil)
}

// found tells what came of looking the known tenant up again: a problem, or a wrong clock.
func (m *machine) found(problem, clock *connector.Problem) *machine {
	m.t.Helper()
	w := m.state.Wizard
	e := TenantFound{Attempt: w.Lookup.Attempt, Problem: problem, Clock: clock}
	if w.Draft.Tenant != nil && problem == nil {
		e.Found = []auth.Tenant{*w.Draft.Tenant}
	}
	return m.send(e)
}

// The pages after the first can be gone on from while this computer is being checked, and where it can keep no credential; a consent can
// be started in neither case.
func TestAResumedDraftGoesOnWhateverThisComputerIs(t *testing.T) {
	locked := &connector.Problem{Kind: connector.KindKeychainLocked, Step: connector.StepBefore}
	for name, c := range map[string]struct {
		ready *ReadyChecked
		want  Reason
	}{
		"being checked": {nil, "ready-running"},
		"locked":        {&ReadyChecked{Keychain: locked, Browsers: []browser.Browser{chromium}}, "keychain"},
		"elevated":      {&ReadyChecked{Elevated: locked, Browsers: []browser.Browser{chromium}}, "elevated"},
	} {
		m := resumed(t, keptDraft(connector.StepAccount))
		if c.ready != nil {
			c.ready.Attempt = m.state.Wizard.Ready.Attempt
			m.send(*c.ready)
		}
		for _, want := range []connector.Step{connector.StepMFA, connector.StepConnector, connector.StepAdmin, connector.StepUser} {
			if m.send(Forward{}); m.state.Wizard.Draft.Step != want {
				t.Fatalf("%s: page %v instead of %v, blocked by %q", name, m.state.Wizard.Draft.Step, want, m.state.Blocked())
			}
		}
		for _, e := range []Event{StartAdmin{Way: WayDefault}, StartUser{Way: WayLink}} {
			if got := m.state.Refuses(e); got != c.want {
				t.Errorf("%s: %T is refused for %q instead of %q", name, e, got, c.want)
			}
			if m.send(e); has[OpenAdminConsent](m) || has[OpenUserConsent](m) {
				t.Errorf("%s: %T opened a consent", name, e)
			}
		}
		m.send(GoTo{connector.StepBefore})
		if got := m.state.Blocked(); got != c.want {
			t.Errorf("%s: page 1 is blocked by %q instead of %q", name, got, c.want)
		}
	}
}

func TestANameThatWasTakenMeanwhileIsSaidBeforeSave(t *testing.T) {
	m := checked(atCheck(t), nil)
	name := m.state.Wizard.Draft.Name
	m.send(Loaded{Connectors: []connector.Connector{{ID: "other", Name: name}}})
	if m.state.Refuses(Save{}) != "name-taken" || m.state.Blocked() != "name-taken" {
		t.Fatalf("Save is refused for %q, the page for %q", m.state.Refuses(Save{}), m.state.Blocked())
	}
	if step, reason := m.state.Missing(connector.StepCheck); step != connector.StepConnector || reason != "name-taken" {
		t.Errorf("page %v lacks %q", step, reason)
	}
	if m.send(Save{}); has[SaveConnector](m) {
		t.Fatal("saved under a name that is taken")
	}
	m.send(GoTo{connector.StepConnector}, Edited{connector.FieldName, name + " 2"}, GoTo{connector.StepCheck}, Save{})
	if !has[SaveConnector](m) {
		t.Errorf("not saved under another name, refused for %q", m.state.Refuses(Save{}))
	}
}

func TestWhatIsSavedCanBeOpenedAtOnce(t *testing.T) {
	m := checked(atCheck(t), nil).send(Save{})
	saved := connector.Connector{ID: "draft-id", Name: "Contoso", Tenant: tenantA}
	m.send(SaveDone{Attempt: m.state.Wizard.Saving.Attempt, Connector: &saved}, OpenConnector{ID: "draft-id"})
	if m.state.Screen != ScreenConnector || m.state.Shown() == nil {
		t.Errorf("screen %s, shown %v", m.state.Screen, m.state.Shown())
	}
}

// Whoever agreed to a change is asked again once new consents were given.
func TestAChangeIsAskedForAfterNewConsents(t *testing.T) {
	const other = "33333333-3333-3333-3333-333333333333"
	m := checked(atCheck(t), nil)
	m.send(GoTo{connector.StepConnector}, AskChange{connector.FieldClientID}, AgreeChange{}, Edited{connector.FieldClientID, other})
	if m.state.Wizard.SignedIn != nil || m.state.Wizard.Draft.Admin.Status != connector.AdminNone {
		t.Fatal("the change did not undo the consents")
	}
	if m.send(Edited{connector.FieldClientID, other[:35]}, Edited{connector.FieldClientID, other}); m.state.Wizard.Draft.ClientID != other {
		t.Fatal("the field is locked again before there is a consent to lose")
	}
	m.send(GoTo{connector.StepAdmin}, StartAdmin{Way: WayDefault})
	n := m.state.Wizard.Admin.Attempt
	m.send(ConsentOpened{Attempt: n}, AdminAnswered{Attempt: n, Tenant: tenantA.ID, At: day})
	if got := m.state.Refuses(Edited{Field: connector.FieldClientID}); got != "locked" {
		t.Errorf("after the admin consent a change is refused for %q instead of %q", got, "locked")
	}
	m.send(Forward{}, StartUser{Way: WayPrivate, Mode: browser.ModePrivate})
	n = m.state.Wizard.User.Attempt
	m.send(ConsentOpened{Attempt: n}, UserAnswered{Attempt: n, Identity: account()}, GoTo{connector.StepConnector}, Edited{connector.FieldClientID, other[:35]})
	if m.state.Wizard.SignedIn == nil || m.state.Wizard.Draft.ClientID != other {
		t.Error("one key undid both consents, and nobody was asked")
	}
}

// A client secret that the keychain has lost is asked for again, at whatever shows it: only that leads on.
func TestALostClientSecretIsAskedForAgain(t *testing.T) {
	gone := &connector.Problem{Kind: connector.KindCredentialGone, Step: connector.StepUser, Actor: connector.ActorUser}
	for name, fail := range map[string]func(*machine) *connector.Problem{
		"probe": func(m *machine) *connector.Problem {
			m.send(GoTo{connector.StepConnector}, ProbeApp{})
			m.send(Probed{Attempt: m.state.Wizard.Probe.Attempt, Result: connector.ProbeUnknown, Problem: gone})
			return m.state.Wizard.Probe.Problem
		},
		"admin": func(m *machine) *connector.Problem {
			m.send(GoTo{connector.StepAdmin}, StartAdmin{Way: WayDefault})
			m.send(AdminAnswered{Attempt: m.state.Wizard.Admin.Attempt, Problem: gone})
			return m.state.Wizard.Admin.Problem
		},
		"handover": func(m *machine) *connector.Problem {
			m.send(GoTo{connector.StepAdmin}, OpenHandover{})
			m.send(HandoverMade{Attempt: m.state.Wizard.Admin.Attempt, Problem: gone})
			return m.state.Wizard.Admin.Problem
		},
		"user": func(m *machine) *connector.Problem {
			m.send(StartUser{Way: WayPrivate, Mode: browser.ModePrivate})
			m.send(UserAnswered{Attempt: m.state.Wizard.User.Attempt, Problem: gone})
			return m.state.Wizard.User.Problem
		},
	} {
		m := resumed(t, keptDraft(connector.StepUser))
		m.send(ReadyChecked{Attempt: m.state.Wizard.Ready.Attempt, Browsers: []browser.Browser{chromium}})
		p := fail(m)
		if p == nil || p.Kind != connector.KindSecretGone || p.Step != connector.StepConnector || p.Actor != connector.ActorYou {
			t.Errorf("%s: %+v", name, p)
		}
		if d := m.state.Wizard.Draft; d.HasSecret || m.state.BlockedAt(connector.StepConnector) != "secret-missing" || effect[KeepDraft](m).Draft.HasSecret {
			t.Errorf("%s: the client secret counts as kept", name)
		}
		if gone.Kind != connector.KindCredentialGone {
			t.Fatalf("%s: the event was changed", name)
		}
		m.send(GoTo{connector.StepConnector}, SecretEntered{connector.FieldSecret, auth.NewSecret("again-secret")})
		m.send(SecretKept{Attempt: m.state.Wizard.StoringSecret.Attempt}, Forward{}, Forward{})
		if p := m.state.Wizard.User.Problem; p != nil || m.state.Refuses(StartUser{Way: WayLink}) != "" {
			t.Errorf("%s: once it was entered again: %+v, refused for %q", name, p, m.state.Refuses(StartUser{Way: WayLink}))
		}
	}
}

// A link for another person has the redirect path in it: where that is corrected a new one has to be made.
func TestAnotherRedirectPathDropsTheHandedOverLink(t *testing.T) {
	d := keptDraft(connector.StepAdmin)
	d.Admin = connector.Admin{}
	m := resumed(t, d)
	m.send(ReadyChecked{Attempt: m.state.Wizard.Ready.Attempt, Browsers: []browser.Browser{chromium}}, OpenHandover{})
	n := effect[MakeHandover](m).Attempt
	m.send(HandoverMade{Attempt: n, Handover: connector.Handover{State: "state", Link: "https://login.example/old"}})
	m.send(GoTo{connector.StepConnector}, Edited{connector.FieldRedirectPath, "/consent"})
	if m.state.Wizard.Draft.Admin.Handover == nil {
		t.Fatal("the same path dropped the link")
	}
	m.send(Edited{connector.FieldRedirectPath, "/callback"})
	if m.state.Wizard.Draft.Admin.Handover != nil || effect[StopAttempt](m).Attempt != n || effect[KeepDraft](m).Draft.Admin.Handover != nil {
		t.Errorf("the old link is still there: %+v", m.state.Wizard.Draft.Admin.Handover)
	}
	m.send(Forward{}, OpenHandover{})
	if got := effect[MakeHandover](m).Draft.RedirectPath; got != "/callback" {
		t.Errorf("the new link is made for %q", got)
	}
}

// An answer that was pasted ends the wait for the same answer on this computer, whose refusal would stand beside the consent.
func TestAPastedAnswerEndsTheWaitForIt(t *testing.T) {
	d := keptDraft(connector.StepAdmin)
	d.Admin = connector.Admin{}
	m := resumed(t, d)
	m.send(ReadyChecked{Attempt: m.state.Wizard.Ready.Attempt, Browsers: []browser.Browser{chromium}}, OpenHandover{})
	n := effect[MakeHandover](m).Attempt
	m.send(HandoverMade{Attempt: n, Handover: connector.Handover{State: "state"}}, TakePaste{})
	if has[ReadPaste](m) || m.state.Refuses(TakePaste{}) != "paste-missing" {
		t.Error("nothing can be pasted")
	}
	m.send(Edited{connector.FieldPaste, "http://localhost/consent?admin_consent=True"}, TakePaste{})
	m.send(PasteRead{DraftID: effect[ReadPaste](m).Draft.ID, State: "state", Tenant: tenantA.ID, At: day})
	if effect[StopAttempt](m).Attempt != n {
		t.Error("the wait goes on")
	}
	m.send(AdminAnswered{Attempt: n, Problem: &connector.Problem{Kind: connector.KindDeclined}})
	if w := m.state.Wizard; w.Admin.Problem != nil || w.Draft.Admin.Status != connector.AdminReported {
		t.Errorf("%+v, %q", w.Admin.Problem, w.Draft.Admin.Status)
	}
}

// An answer that comes while it is saved would not be in the connector: it is not taken.
func TestAnAnswerThatComesWhileItIsSaved(t *testing.T) {
	m := atAdmin(t).send(GoUnconfirmed{}, GoTo{connector.StepAdmin}, OpenHandover{})
	n := effect[MakeHandover](m).Attempt
	m.send(HandoverMade{Attempt: n, Handover: connector.Handover{State: "s", Link: "https://login.example/"}}, Forward{}, StartUser{Way: WayLink})
	u := effect[OpenUserConsent](m).Attempt
	m.send(ConsentOpened{Attempt: u}, UserAnswered{Attempt: u, Identity: account()})
	checked(m, nil).send(Save{})
	saved := effect[SaveConnector](m).Draft.Admin.Status
	if effect[StopAttempt](m).Attempt != n {
		t.Error("it is still waited for")
	}
	m.send(AdminAnswered{Attempt: n, Tenant: tenantA.ID, At: day, Pasted: true})
	if got := m.state.Wizard.Draft.Admin.Status; got != saved || saved != connector.AdminNotConfirmed {
		t.Errorf("saved as %q; the page says %q", saved, got)
	}
}

// A Save goes on when the wizard is left, and what came of it is told on the home screen.
func TestASaveThatEndsAfterTheWizardWasLeft(t *testing.T) {
	for _, problem := range []*connector.Problem{nil, {Kind: connector.KindKeychainLocked}} {
		m := checked(atCheck(t), nil).send(Save{})
		n := effect[SaveConnector](m).Attempt
		m.send(GoHome{}, LeaveWizard{})
		if m.state.Screen != ScreenHome {
			t.Fatal("the wizard can't be left")
		}
		done := SaveDone{Attempt: n, Name: "Contoso", Problem: problem}
		if problem == nil {
			done.Connector = &connector.Connector{ID: "draft-id", Name: "Contoso"}
		}
		m.send(done)
		if p, _ := m.state.told(); !has[LoadLists](m) || p != problem || m.state.Wizard.Open {
			t.Errorf("told %+v of %+v", p, problem)
		}
		m.send(Loaded{})
		if p, about := m.state.told(); p != problem || problem != nil && about != "Contoso" {
			t.Errorf("once the lists were read it tells %+v about %q", p, about)
		}
	}
}

// A link that is still being made when the redirect path is corrected has the old one in it.
func TestAnotherRedirectPathDropsTheLinkThatIsBeingMade(t *testing.T) {
	m := atAdmin(t).send(OpenHandover{})
	n := effect[MakeHandover](m).Attempt
	m.send(GoTo{connector.StepConnector}, Edited{connector.FieldRedirectPath, "/callback"})
	if effect[StopAttempt](m).Attempt != n {
		t.Error("it goes on being made")
	}
	m.send(HandoverMade{Attempt: n, Handover: connector.Handover{State: "s", Link: "https://login.example/old"}})
	if got := m.state.Wizard.Draft.Admin.Handover; got != nil {
		t.Errorf("the old link is taken: %+v", got)
	}
}

// A renewal whose connector another process has removed can't be gone on with.
func TestARenewalOfWhatIsGoneEndsThere(t *testing.T) {
	c := connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, ClientID: clientID, ClientKind: auth.PublicClient, RedirectPath: "/consent"}
	d := connector.RenewalOf(c, "", day)
	d.ID = "r"
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{c}}, DraftMade{Draft: d})
	m.send(ReadyChecked{Attempt: m.state.Wizard.Ready.Attempt, Browsers: []browser.Browser{chromium}}).found(nil, nil)
	start := StartUser{Way: WayPrivate, Mode: browser.ModePrivate}
	if r := m.state.Refuses(start); r != "" {
		t.Fatalf("refused for %q", r)
	}
	m.send(Loaded{Problem: &connector.Problem{Kind: connector.KindListDamaged}})
	if r := m.state.Refuses(start); r != "" {
		t.Errorf("a list that can't be read says nothing of the connector; refused for %q", r)
	}
	m.send(Loaded{})
	if r := m.state.Refuses(start); r != "connector-gone" {
		t.Errorf("refused for %q", r)
	}
}

// What is typed for the end of a client secret is a day that it still has, or nothing.
func TestWhatIsTypedForTheEndOfAClientSecret(t *testing.T) {
	for text, want := range map[string]Reason{
		"": "", "  ": "", "2027-01-31": "", "2026-11-23": "", "2026-11-22": "", "2026-11-21": "end-passed", "0001-01-01": "end-invalid", "31.12.2027": "end-invalid",
		"tomorrow": "end-invalid", "2027-02-30": "end-invalid",
	} {
		m := resumed(t, keptDraft(connector.StepConnector)).send(Loaded{Now: day}, Edited{connector.FieldSecretExpires, text})
		if got := m.state.Blocked(); got != want {
			t.Errorf("%q: page 4 is blocked by %q instead of %q", text, got, want)
		}
		m.send(AskChange{connector.FieldClientKind}, AgreeChange{}, Chosen{connector.FieldClientKind, "public"})
		if got := m.state.EndReason(); got != "" {
			t.Errorf("%q: a public client has %q", text, got)
		}
	}
}
