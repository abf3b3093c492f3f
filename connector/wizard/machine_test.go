package wizard

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
)

var (
	tenantA  = auth.Tenant{ID: "11111111-1111-1111-1111-111111111111", Domain: "contoso.example", Cloud: "global"}
	tenantB  = auth.Tenant{ID: "11111111-1111-1111-1111-111111111111", Domain: "contoso.example", Cloud: "china"}
	chromium = browser.Browser{ID: "chromium", Family: browser.Chromium}
	clientID = "22222222-2222-2222-2222-222222222222"
	day      = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

// machine drives Machine as the runner does, and keeps the effects of the last event.
type machine struct {
	t       *testing.T
	state   State
	effects []Effect
}

func newMachine(t *testing.T) *machine {
	t.Helper()
	s, effects := Machine{}.Start(nil)
	return &machine{t: t, state: s, effects: effects}
}

func (m *machine) send(events ...Event) *machine {
	m.t.Helper()
	for _, e := range events {
		m.state, m.effects = Machine{}.Next(m.state, e)
	}
	return m
}

// effect returns the last event's effect of type E; the test fails if there is none.
func effect[E Effect](m *machine) E {
	m.t.Helper()
	for _, e := range m.effects {
		if found, ok := e.(E); ok {
			return found
		}
	}
	var none E
	m.t.Fatalf("no %T among the effects %#v", none, m.effects)
	return none
}

func has[E Effect](m *machine) bool {
	return slices.ContainsFunc(m.effects, func(e Effect) bool { _, ok := e.(E); return ok })
}

// opened is a machine with a new draft open on page 1 and the computer checked.
func opened(t *testing.T) *machine {
	t.Helper()
	m := newMachine(t).send(Loaded{}, NewConnector{})
	d := effect[MakeDraft](m).Prefill
	d.ID, d.Step, d.Created = "draft-id", connector.StepBefore, day
	m.send(DraftMade{Draft: d})
	n := effect[CheckComputer](m).Attempt
	return m.send(ReadyChecked{Attempt: n, Browsers: []browser.Browser{chromium}})
}

func tick(fields ...connector.Field) []Event {
	events := []Event{}
	for _, f := range fields {
		events = append(events, Ticked{Field: f, On: true})
	}
	return events
}

// atAdmin is a machine on page 5, everything before it filled in, with a public client.
func atAdmin(t *testing.T) *machine {
	t.Helper()
	m := opened(t).send(Edited{connector.FieldTenant, "contoso.example"})
	m.send(TenantFound{Attempt: effect[FindTenant](m).Attempt, Found: []auth.Tenant{tenantA}})
	m.send(tick(connector.Ticks1...)...).forwardTo(connector.StepAccount).send(Edited{connector.FieldUPN, "integration@contoso.example"})
	m.forwardTo(connector.StepMFA).send(Ticked{connector.TickMFA, true}).forwardTo(connector.StepConnector)
	m.send(Chosen{connector.FieldClientKind, string(auth.PublicClient)}, Edited{connector.FieldClientID, clientID})
	return m.forwardTo(connector.StepAdmin)
}

// forwardTo goes forward to a page, over all that come before it.
func (m *machine) forwardTo(step connector.Step) *machine {
	m.t.Helper()
	for m.state.Wizard.Draft.Step != step {
		before := m.state.Wizard.Draft.Step
		if m.send(Forward{}); m.state.Wizard.Draft.Step == before {
			m.t.Fatalf("on page %v instead of %v; blocked by %q", before, step, m.state.Blocked())
		}
	}
	return m
}

func atUser(t *testing.T) *machine {
	t.Helper()
	m := atAdmin(t).send(StartAdmin{Way: WayDefault})
	n := effect[OpenAdminConsent](m).Attempt
	m.send(ConsentOpened{Attempt: n, Since: day, Until: day.Add(time.Minute)}, ConsentStarted{Attempt: n}, ConsentAnswered{n})
	m.send(AdminAnswered{Attempt: n, Tenant: tenantA.ID, At: day}, Forward{})
	if m.state.Wizard.Draft.Step != connector.StepUser {
		t.Fatalf("on page %v instead of the user consent", m.state.Wizard.Draft.Step)
	}
	return m
}

func account() *connector.Identity {
	return &connector.Identity{TenantID: tenantA.ID, ObjectID: "oid", UPN: "integration@contoso.example", Mail: "int@contoso.example"}
}

func atCheck(t *testing.T) *machine {
	t.Helper()
	m := atUser(t).send(StartUser{Way: WayPrivate, Mode: browser.ModePrivate})
	n := effect[OpenUserConsent](m).Attempt
	return m.send(ConsentOpened{Attempt: n}, ConsentAnswered{n}, UserAnswered{Attempt: n, Identity: account()})
}

func checked(m *machine, weights map[connector.CheckID]connector.Weight) *machine {
	n := effect[CheckGrant](m).Attempt
	for _, id := range checks.Order() {
		c := connector.Check{ID: id, State: connector.CheckPassed, Weight: weights[id]}
		if c.Weight != connector.WeightNone {
			c.State = connector.CheckFailed
		}
		m.send(CheckDone{n, c})
	}
	return m.send(ChecksDone{Attempt: n, Now: day})
}

func TestWholeWay(t *testing.T) {
	m := checked(atCheck(t), nil)
	if m.state.Wizard.Draft.Step != connector.StepCheck || m.state.Raise != 2 {
		t.Fatalf("step %v, raised %d times", m.state.Wizard.Draft.Step, m.state.Raise)
	}
	m.send(Forward{})
	save := effect[SaveConnector](m)
	if len(save.Checks) != len(checks.Order()) || save.Draft.Admin.Status != connector.AdminReported {
		t.Fatalf("saves %+v", save)
	}
	m.send(SaveDone{Attempt: save.Attempt, Connector: &connector.Connector{ID: "draft-id", Name: "contoso.example"}})
	if m.state.Wizard.Saved == nil || !has[ForgetGrant](m) {
		t.Fatalf("not saved, or the grant is kept: %+v", m.effects)
	}
	m.send(GoHome{})
	if m.state.Screen != ScreenHome || m.state.Wizard.Open || has[DropDraft](m) {
		t.Fatalf("home is not reached quietly: %+v", m.effects)
	}
}

func TestEachPageSaysWhyItIsBlocked(t *testing.T) {
	m := newMachine(t).send(Loaded{}, NewConnector{})
	d := effect[MakeDraft](m).Prefill
	d.ID = "x"
	m.send(DraftMade{Draft: d})
	step := func(want Reason, events ...Event) {
		t.Helper()
		m.send(events...)
		if got := m.state.Blocked(); got != want {
			t.Fatalf("on page %v: blocked by %q, want %q", m.state.Wizard.Draft.Step, got, want)
		}
		before := m.state.Wizard.Draft.Step
		if want != "" {
			m.send(Forward{})
			if m.state.Wizard.Draft.Step != before {
				t.Fatalf("page %v was left although %q", before, want)
			}
		}
	}
	ready := effect[CheckComputer](m).Attempt
	step(ReasonReadyRunning)
	step(ReasonKeychain, ReadyChecked{Attempt: ready, Keychain: &connector.Problem{Kind: connector.KindKeychainMissing}})
	step(ReasonElevated, ReadyChecked{Attempt: ready, Elevated: &connector.Problem{Kind: connector.KindElevated}})
	step(ReasonTenantMissing, ReadyChecked{Attempt: ready, Browsers: []browser.Browser{chromium}})
	step(ReasonTenantLookup, Edited{connector.FieldTenant, "contoso.example"})
	m.send(Edited{connector.FieldTenant, "contoso.example2"})
	lookup := effect[FindTenant](m).Attempt
	step(ReasonTenantUnknown, TenantFound{Attempt: lookup, Problem: &connector.Problem{Kind: connector.KindUnknownTenant}})
	step(ReasonChooseCloud, TenantFound{Attempt: lookup, Found: []auth.Tenant{tenantA, tenantB}})
	step(ReasonTicks, Chosen{connector.FieldCloud, "china"})
	step(ReasonTicks, tick(connector.TickDirectBill, connector.TickAccess)...)
	step("", Ticked{connector.TickConsentRight, true})
	step(ReasonUPNMissing, Forward{})
	step(connector.ReasonUPNInvalid, Edited{connector.FieldUPN, "nobody"})
	step("", Edited{connector.FieldUPN, "a@b.example"})
	step(ReasonTickMFA, Forward{})
	step("", Ticked{connector.TickMFA, true})
	step(ReasonClientIDMissing, Forward{})
	step(connector.ReasonNameMissing, Edited{connector.FieldName, " "})
	step(connector.ReasonNameTaken, Loaded{Connectors: []connector.Connector{{ID: "other", Name: "Taken"}}}, Edited{connector.FieldName, "taken"})
	step(ReasonClientIDInvalid, Edited{connector.FieldName, "Mine"}, Edited{connector.FieldClientID, "123"})
	step(ReasonSecretMissing, Edited{connector.FieldClientID, clientID})
	m.send(SecretEntered{connector.FieldSecret, auth.NewSecret("value-secret")})
	kept := effect[KeepSecret](m)
	step(ReasonSecretStoring)
	step(ReasonSecretMissing, SecretKept{Attempt: kept.Attempt, Problem: &connector.Problem{Kind: connector.KindKeychainFull}})
	step(ReasonSecretMissing, SecretKept{Attempt: kept.Attempt - 1})
	step("", SecretEntered{connector.FieldSecret, auth.NewSecret("value-secret")}, SecretKept{Attempt: m.state.LastAttempt + 1})
	step(connector.ReasonRedirectInvalid, Edited{connector.FieldRedirectPath, "no slash"})
	step("", Edited{connector.FieldRedirectPath, "http://localhost/consent"})
	step(ReasonAdminMissing, Forward{})
	step(ReasonAdminWaiting, StartAdmin{Way: WayDefault})
	step(ReasonAdminMissing, StopWait{})
	step(ReasonUserMissing, GoUnconfirmed{})
	step(ReasonUserWaiting, StartUser{Way: WayPrivate})
}

func TestOutcomeOfASupersededAttemptIsDropped(t *testing.T) {
	m := atAdmin(t).send(StartAdmin{Way: WayDefault})
	old := effect[OpenAdminConsent](m).Attempt
	m.send(StartAdmin{Way: WayIsolated})
	if got := effect[StopAttempt](m).Attempt; got != old {
		t.Fatalf("stops %d, want %d", got, old)
	}
	isolated := effect[OpenAdminConsent](m)
	if isolated.Browser.ID != chromium.ID || isolated.Mode != browser.ModePrivate {
		t.Errorf("the isolated window is %q, %q", isolated.Browser.ID, isolated.Mode)
	}
	before := m.state
	m.send(AdminAnswered{Attempt: old, Tenant: tenantA.ID}, ConsentOpened{Attempt: old}, ConsentNotStarted{old}, ConsentLookedAt{old, browser.KeptPages})
	if !reflect.DeepEqual(before, m.state) {
		t.Error("the outcome of the older attempt changed the state")
	}
}

func TestWhatAChangeUndoes(t *testing.T) {
	cases := map[string]struct {
		field       connector.Field
		event       Event
		admin, user bool
	}{
		"tenant":          {connector.FieldTenant, Edited{connector.FieldTenant, "fabrikam.example"}, true, true},
		"client ID":       {connector.FieldClientID, Edited{connector.FieldClientID, tenantA.ID}, true, true},
		"kind":            {connector.FieldClientKind, Chosen{connector.FieldClientKind, "certificate"}, true, true},
		"scopes":          {connector.FieldWithGroups, Ticked{connector.FieldWithGroups, true}, true, true},
		"a further scope": {connector.FieldWithGroups, Ticked{connector.FieldScopeGrants, true}, true, true},
		"UPN":             {connector.FieldUPN, Edited{connector.FieldUPN, "other@contoso.example"}, false, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			m := atCheck(t)
			if !m.state.Wizard.Locked(c.field) {
				t.Fatal("not locked although a consent would be undone")
			}
			before := m.state.Wizard.Draft
			if m.send(c.event); !reflect.DeepEqual(before, m.state.Wizard.Draft) {
				t.Fatal("changed without being asked")
			}
			m.send(AskChange{c.field}, KeepField{})
			if !m.state.Wizard.Locked(c.field) {
				t.Fatal("keeping it unlocked it")
			}
			m.send(AskChange{c.field}, AgreeChange{}, c.event)
			w := m.state.Wizard
			if (w.Draft.Admin.Status == connector.AdminNone) != c.admin || (w.SignedIn == nil) != c.user || !has[ForgetGrant](m) {
				t.Errorf("admin %q, signed in %v, effects %v", w.Draft.Admin.Status, w.SignedIn, m.effects)
			}
		})
	}
	m := atCheck(t).send(Edited{connector.FieldName, "Another name"})
	if m.state.Wizard.SignedIn == nil || m.state.Wizard.Draft.Admin.Status != connector.AdminReported {
		t.Error("the name undid a consent")
	}
}

func TestNeverSavedWhenACheckSaysSo(t *testing.T) {
	m := checked(atCheck(t), map[connector.CheckID]connector.Weight{connector.CheckUser: connector.WeightNever}).send(Save{}, Forward{})
	if has[SaveConnector](m) || m.state.Blocked() != ReasonChecksNever {
		t.Fatalf("saved, or blocked only by %q", m.state.Blocked())
	}
	m = checked(atCheck(t), map[connector.CheckID]connector.Weight{connector.CheckRole: connector.WeightAttention})
	if m.send(Save{}); !has[SaveConnector](m) {
		t.Fatal("a connector that needs attention was not saved")
	}
}

func TestAcceptingTheAccountThatSignedIn(t *testing.T) {
	m := checked(atCheck(t), map[connector.CheckID]connector.Weight{connector.CheckUser: connector.WeightNever})
	m.send(Edited{connector.FieldRetype, "somebody@contoso.example"}, AcceptAccount{})
	if has[CheckGrant](m) {
		t.Fatal("another account than the one that signed in was accepted")
	}
	m.send(Edited{connector.FieldRetype, " INT@contoso.example"}, AcceptAccount{})
	if effect[CheckGrant](m).Draft.UPN != "integration@contoso.example" || !m.state.Wizard.Checking.Running {
		t.Fatal("the account that signed in was not accepted")
	}
}

func TestLeavingAsksWhereASignInWouldBeLost(t *testing.T) {
	m := atCheck(t).send(GoHome{})
	if !m.state.Wizard.Leaving || m.state.Screen != ScreenWizard {
		t.Fatal("left without asking")
	}
	if m.send(StayInWizard{}); m.state.Wizard.Leaving {
		t.Fatal("still asking")
	}
	m.send(Quit{})
	if m.state.Quit || !m.state.Wizard.Leaving {
		t.Fatal("quit without asking")
	}
	m.send(LeaveWizard{})
	if !m.state.Quit || !has[ForgetGrant](m) || has[DropDraft](m) {
		t.Fatalf("quit %v, effects %v", m.state.Quit, m.effects)
	}
	if m := atAdmin(t).send(Quit{}); !m.state.Quit {
		t.Error("asked on a page where nothing is lost")
	}
	if m := opened(t).send(GoHome{}); !has[DropDraft](m) {
		t.Error("an empty draft was kept")
	}
}

func TestDraftResumesWhereItWas(t *testing.T) {
	d := atCheck(t).state.Wizard.Draft
	m := newMachine(t).send(Loaded{Drafts: []connector.Draft{d}}, OpenDraft{d.ID})
	if m.state.Wizard.Draft.Step != connector.StepUser || m.state.Wizard.SignedIn != nil {
		t.Fatalf("resumed on page %v, signed in %v", m.state.Wizard.Draft.Step, m.state.Wizard.SignedIn)
	}
	if m.send(StartUser{Way: WayPrivate}); has[OpenUserConsent](m) {
		t.Fatal("a consent was started before the computer was checked")
	}
}

func TestHandover(t *testing.T) {
	m := atAdmin(t).send(OpenHandover{})
	n := effect[MakeHandover](m).Attempt
	m.send(HandoverMade{Attempt: n, Handover: connector.Handover{State: "s", Link: "https://login.example/", Since: day}})
	if effect[KeepDraft](m).Draft.Admin.Handover == nil {
		t.Fatal("the link is not in the draft")
	}
	m.send(CloseHandover{}, OpenHandover{})
	if has[MakeHandover](m) {
		t.Fatal("a second link was made; the first one may be on its way")
	}
	m.send(Edited{connector.FieldPaste, "localhost/?…"}, TakePaste{})
	if got := effect[ReadPaste](m); got.Text != "localhost/?…" || got.Draft.ID != "draft-id" {
		t.Fatalf("reads %+v", got)
	}
	m.send(PasteRead{DraftID: "draft-id", State: "s", Problem: &connector.Problem{Kind: connector.KindWrongTenant}})
	if m.state.Wizard.PasteProblem == nil || m.state.Wizard.Draft.Admin.Status != connector.AdminNone {
		t.Fatal("a wrong answer was taken")
	}
	m.send(PasteRead{DraftID: "draft-id", State: "an older link's", Tenant: tenantA.ID, At: day})
	if m.state.Wizard.Draft.Admin.Status != connector.AdminNone {
		t.Fatal("the answer to another link was taken")
	}
	m.send(PasteRead{DraftID: "draft-id", State: "s", Tenant: tenantA.ID, At: day})
	if a := m.state.Wizard.Draft.Admin; a.Status != connector.AdminReported || !a.Pasted || a.Handover != nil {
		t.Fatalf("the answer became %+v", a)
	}
}

func TestHandoverAnsweredFromHome(t *testing.T) {
	d := atAdmin(t).state.Wizard.Draft
	d.Admin.Handover = &connector.Handover{State: "s"}
	m := newMachine(t).send(Loaded{Drafts: []connector.Draft{d}}, AskPaste{d.ID}, Edited{connector.FieldPaste, "text"}, TakePaste{})
	effect[ReadPaste](m)
	m.send(PasteRead{DraftID: d.ID, State: "s", Tenant: tenantA.ID, At: day})
	if got := effect[KeepDraft](m).Draft.Admin.Status; got != connector.AdminReported {
		t.Fatalf("status %q", got)
	}
	if m.send(DraftKept{DraftID: d.ID, Admin: connector.AdminReported}); m.state.Home.Paste != "" || m.state.Home.PasteText != "" || !has[LoadLists](m) {
		t.Fatalf("kept, and still pasting for %q", m.state.Home.Paste)
	}
	m = newMachine(t).send(Loaded{Drafts: []connector.Draft{d}}, GoUnconfirmed{d.ID})
	if w := m.state.Wizard; w.Draft.Step != connector.StepUser || w.Draft.Admin.Status != connector.AdminNotConfirmed {
		t.Fatalf("page %v, %q", w.Draft.Step, w.Draft.Admin.Status)
	}
}

func TestConnectorScreen(t *testing.T) {
	c := connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, ClientID: clientID}
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{c, {ID: "d", Name: "Other"}}}, OpenConnector{"c"}, CheckNow{})
	n := effect[CheckConnector](m).Attempt
	m.send(CheckDone{n, connector.Check{ID: connector.CheckMFA, State: connector.CheckFailed}}, ChecksDone{Attempt: n, Now: day})
	if m.state.Detail.Checking.Running || m.state.Detail.Now != day {
		t.Fatal("the check has not ended")
	}
	m.send(AskRename{}, Edited{connector.FieldRename, "other"}, Rename{})
	if has[RenameConnector](m) || m.state.RenameReason() != connector.ReasonNameTaken {
		t.Fatal("renamed to a name that is taken")
	}
	m.send(Edited{connector.FieldRename, " New name "}, Rename{})
	rename := effect[RenameConnector](m)
	if rename.Name != "New name" {
		t.Fatalf("renamed to %q", rename.Name)
	}
	m.send(DetailDone{Attempt: rename.Attempt}, Remove{})
	if has[RemoveConnector](m) {
		t.Fatal("removed without asking")
	}
	m.send(AskRemove{}, Remove{})
	m.send(DetailDone{Attempt: effect[RemoveConnector](m).Attempt, Removed: true})
	if m.state.Screen != ScreenHome {
		t.Fatal("still on the screen of a connector that is gone")
	}
}

func TestAnAnswerAfterGoingOnWithoutItComesToNothing(t *testing.T) {
	m := atAdmin(t).send(StartAdmin{Way: WayDefault})
	n := effect[OpenAdminConsent](m).Attempt
	m.send(GoUnconfirmed{})
	for _, late := range []Event{
		AdminAnswered{Attempt: n, Tenant: tenantA.ID}, AdminAnswered{Attempt: n, Problem: &connector.Problem{Kind: connector.KindDeclined}},
	} {
		m.send(late)
		if got := m.state.Wizard.Draft.Admin.Status; got != connector.AdminNotConfirmed || m.state.Wizard.Admin.Problem != nil {
			t.Errorf("the admin consent is %q, problem %v", got, m.state.Wizard.Admin.Problem)
		}
	}
}

func TestDuplicateIsNoticed(t *testing.T) {
	m := atAdmin(t).send(Loaded{Connectors: []connector.Connector{{ID: "c", Name: "First", Tenant: tenantA, ClientID: clientID}}})
	if m.state.Wizard.Duplicate != "First" {
		t.Fatalf("duplicate of %q", m.state.Wizard.Duplicate)
	}
}

func TestAnotherIntegrationUser(t *testing.T) {
	c := connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, ClientID: clientID, ClientKind: auth.PublicClient, User: *account()}
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{c}}, OpenConnector{"c"}, AskRename{}, AskChangeUser{})
	if d := m.state.Detail; !d.ChangingUser || d.Renaming {
		t.Fatal("two questions at once, or none")
	}
	for typed, reason := range map[string]Reason{
		" ": ReasonUPNMissing, "nobody": connector.ReasonUPNInvalid, strings.ToUpper(c.User.UPN): ReasonSameUser,
	} {
		m.send(Edited{connector.FieldNewUser, typed}, ChangeUser{})
		if has[MakeRenewal](m) || m.state.NewUserReason() != reason {
			t.Fatalf("%q: %q", typed, m.state.NewUserReason())
		}
	}
	m.send(Edited{connector.FieldNewUser, " other@contoso.example "}, CancelDetail{}, ChangeUser{})
	if has[MakeRenewal](m) || m.state.Detail.ChangingUser {
		t.Fatal("changed though it was taken back")
	}
	m.send(AskChangeUser{}, Edited{connector.FieldNewUser, " other@contoso.example "}, ChangeUser{})
	e := effect[MakeRenewal](m)
	m.send(DraftMade{Draft: connector.RenewalOf(e.Connector, e.UPN, day)})
	w := m.state.Wizard
	if w.Draft.Renews != "c" || w.Draft.UPN != "other@contoso.example" || w.Draft.Replaces != c.User.UPN || !w.Locked(connector.FieldUPN) {
		t.Fatalf("%+v", w.Draft)
	}
	if saved := m.state.connector("c"); saved.User != c.User {
		t.Fatalf("the connector has changed before Save: %+v", saved.User)
	}
}

func TestRenewalBeginsAtTheUserConsent(t *testing.T) {
	c := connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, ClientID: clientID, ClientKind: auth.PublicClient, User: *account()}
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{c}}, OpenConnector{"c"}, Renew{})
	m.send(DraftMade{Draft: connector.RenewalOf(effect[MakeRenewal](m).Connector, "", day)})
	w := m.state.Wizard
	if w.Draft.Step != connector.StepUser || m.state.Reachable(connector.StepMFA) || !w.Locked(connector.FieldUPN) || !w.Locked(connector.FieldTenant) {
		t.Fatalf("renewal starts on %v", w.Draft.Step)
	}
}

func TestTellingAnErrorPage(t *testing.T) {
	m := atUser(t).send(StartUser{Way: WayPrivate})
	n := effect[OpenUserConsent](m).Attempt
	m.send(ConsentOpened{Attempt: n}, TellError{Open: true}, Edited{connector.FieldTold, "Sorry … AADSTS50105: assignment required"}, ExplainError{})
	told := m.state.Wizard.Told
	if told.Problem == nil || told.Problem.Code != "AADSTS50105" || !m.state.Wizard.User.Busy() {
		t.Fatalf("explained as %+v, waiting %v", told.Problem, m.state.Wizard.User.Busy())
	}
	m.send(Edited{connector.FieldTold, "hello"}, ExplainError{})
	if told := m.state.Wizard.Told; told.Problem != nil || !told.Explained {
		t.Fatalf("a text without a code was explained as %+v", told.Problem)
	}
	if m.send(StopWait{}); m.state.Wizard.Told.Open {
		t.Error("still asking for the page of a consent that was stopped")
	}
}

func TestKeychainIsWaitedForWithWords(t *testing.T) {
	m := opened(t).send(KeychainWaits{})
	if m.state.Wizard.Ready.KeychainWaits {
		t.Error("a keychain that nobody asks is waited for")
	}
	n := effect[CheckComputer](m.send(CheckReady{})).Attempt
	if m.send(KeychainWaits{}); !m.state.Wizard.Ready.KeychainWaits {
		t.Error("the wait is not shown")
	}
	m.send(ReadyChecked{Attempt: n, Browsers: []browser.Browser{chromium}})
	if m.state.Wizard.Ready.KeychainWaits {
		t.Error("the wait does not end with the check")
	}
}
