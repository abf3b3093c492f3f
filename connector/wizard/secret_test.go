package wizard

import (
	"reflect"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
)

// withSecret is a machine on page 7, everything checked, with a client secret that ends on 2027-01-31.
func withSecret(t *testing.T) *machine {
	t.Helper()
	m := atAdmin(t).send(GoTo{connector.StepConnector}, Chosen{connector.FieldClientKind, "secret"})
	m.send(Edited{connector.FieldSecretExpires, "2027-01-31"}, SecretEntered{connector.FieldSecret, auth.NewSecret("first-secret")})
	m.send(SecretKept{Attempt: effect[KeepSecret](m).Attempt}).forwardTo(connector.StepAdmin).send(StartAdmin{Way: WayDefault})
	n := effect[OpenAdminConsent](m).Attempt
	m.send(ConsentOpened{Attempt: n}, AdminAnswered{Attempt: n, Tenant: tenantA.ID, At: day}).forwardTo(connector.StepUser)
	m.send(StartUser{Way: WayPrivate, Mode: browser.ModePrivate})
	n = effect[OpenUserConsent](m).Attempt
	m.send(ConsentOpened{Attempt: n}, UserAnswered{Attempt: n, Identity: account()})
	return checked(m, nil)
}

func TestANewSecretNeedsANewSignIn(t *testing.T) {
	m := withSecret(t)
	if m.state.Blocked() != "" || m.state.Wizard.SignedIn == nil {
		t.Fatalf("can't be saved: %q", m.state.Blocked())
	}
	m.send(GoTo{connector.StepConnector}, SecretEntered{connector.FieldSecret, auth.NewSecret("second-secret")})
	w := m.state.Wizard
	if w.SignedIn != nil || len(w.Checks) != 0 || w.User.Phase != PhaseIdle || !has[ForgetGrant](m) {
		t.Errorf("signed in: %v, %d checks, %q, effects %+v", w.SignedIn, len(w.Checks), w.User.Phase, m.effects)
	}
	if w.Draft.Admin.Status != connector.AdminReported {
		t.Errorf("the admin consent is %q", w.Draft.Admin.Status)
	}
	m.send(SecretKept{Attempt: effect[KeepSecret](m).Attempt}, GoTo{connector.StepCheck}, Save{})
	if m.state.Wizard.Draft.Step == connector.StepCheck || has[SaveConnector](m) {
		t.Errorf("on page %v; saved with what was checked with the secret before: %v", m.state.Wizard.Draft.Step, has[SaveConnector](m))
	}
}

func TestANewSecretStopsTheSignInThatIsUnderWay(t *testing.T) {
	m := withSecret(t).send(GoTo{connector.StepUser}, StartUser{Way: WayPrivate, Mode: browser.ModePrivate})
	n := effect[OpenUserConsent](m).Attempt
	m.send(ConsentOpened{Attempt: n}, GoTo{connector.StepConnector}, SecretEntered{connector.FieldSecret, auth.NewSecret("second-secret")})
	if got := effect[StopAttempt](m).Attempt; got != n {
		t.Errorf("attempt %d is stopped, want %d", got, n)
	}
	if m.send(UserAnswered{Attempt: n, Identity: account()}); m.state.Wizard.SignedIn != nil {
		t.Error("the sign-in with the secret before counts")
	}
}

func TestTheEndOfASecretGoesWithIt(t *testing.T) {
	first := connector.Day{Year: 2027, Month: 1, Day: 31}
	problem := &connector.Problem{Kind: connector.KindKeychainLocked}
	certificate := connector.Day{Year: 2028, Month: 2, Day: 3}
	enter := func(text string) func(*machine) {
		return func(m *machine) { m.send(SecretEntered{connector.FieldSecret, auth.NewSecret(text + "-secret")}) }
	}
	typed := func(text string) func(*machine) {
		return func(m *machine) { m.send(Edited{connector.FieldSecretExpires, text}) }
	}
	kept := func(out SecretKept) func(*machine) {
		return func(m *machine) {
			out.Attempt = m.state.Wizard.StoringSecret.Attempt
			m.send(out)
		}
	}
	for name, c := range map[string]struct {
		do    []func(*machine)
		want  connector.Day
		input string
	}{
		"stored":                         {[]func(*machine){enter("b"), kept(SecretKept{})}, connector.Day{}, ""},
		"stored, with an end of its own": {[]func(*machine){enter("b"), kept(SecretKept{Expires: certificate})}, certificate, ""},
		"stored, typed meanwhile":        {[]func(*machine){enter("b"), typed("2028-05-01"), kept(SecretKept{})}, connector.Day{Year: 2028, Month: 5, Day: 1}, "2028-05-01"},
		"not stored":                     {[]func(*machine){enter("b"), kept(SecretKept{Problem: problem})}, first, "2027-01-31"},
		"not stored, typed meanwhile":    {[]func(*machine){enter("b"), typed("soon"), kept(SecretKept{Problem: problem})}, connector.Day{}, "soon"},
		"not stored, then stored":        {[]func(*machine){enter("b"), kept(SecretKept{Problem: problem}), enter("c"), kept(SecretKept{})}, connector.Day{}, ""},
		"two at once, neither told":      {[]func(*machine){enter("b"), enter("c"), kept(SecretKept{Problem: problem})}, connector.Day{}, ""},
		"two at once, not told which":    {[]func(*machine){enter("b"), typed("2028-05-01"), enter("c"), kept(SecretKept{Problem: problem})}, connector.Day{}, ""},
		"two at once, the second stored": {[]func(*machine){enter("b"), typed("2028-05-01"), enter("c"), kept(SecretKept{})}, connector.Day{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := withSecret(t).send(GoTo{connector.StepConnector})
			for _, do := range c.do {
				do(m)
			}
			d := m.state.Wizard.Draft
			if d.SecretExpires != c.want || d.SecretExpiresInput != c.input || !d.HasSecret {
				t.Errorf("ends on %v, typed %q; there is one: %v", d.SecretExpires, d.SecretExpiresInput, d.HasSecret)
			}
			if got := effect[KeepDraft](m).Draft; !reflect.DeepEqual(got, d) {
				t.Errorf("on disk: %+v", got)
			}
		})
	}
}

func TestTheEndOfAFirstSecretMayBeTypedBeforeIt(t *testing.T) {
	m := atAdmin(t).send(GoTo{connector.StepConnector}, Chosen{connector.FieldClientKind, "secret"}, Edited{connector.FieldSecretExpires, "2027-01-31"})
	m.send(SecretEntered{connector.FieldSecret, auth.NewSecret("first-secret")}, SecretKept{Attempt: m.state.LastAttempt + 1})
	if got := m.state.Wizard.Draft.SecretExpiresInput; got != "2027-01-31" {
		t.Errorf("the end that was typed became %q", got)
	}
}

func TestTheEndOfTheSavedSecretGoesInARenewal(t *testing.T) {
	c := connector.Connector{
		ID: "c", Name: "Contoso", Tenant: tenantA, ClientID: clientID, ClientKind: auth.SecretClient, RedirectPath: "/consent",
		SecretExpires: connector.Day{Year: 2026, Month: 11, Day: 22},
	}
	d := connector.RenewalOf(c, "", time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
	d.ID = "r"
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{c}}, DraftMade{Draft: d})
	m.send(GoTo{connector.StepConnector}, SecretEntered{connector.FieldSecret, auth.NewSecret("new-secret")})
	m.send(SecretKept{Attempt: effect[KeepSecret](m).Attempt})
	if got := m.state.Wizard.Draft.SecretExpires; !got.IsZero() {
		t.Errorf("the new client secret ends on %v, as the old one", got)
	}
}

func TestAnotherKindSupersedesASecretThatIsBeingStored(t *testing.T) {
	for kind, field := range map[string]connector.Field{"certificate": connector.FieldCertificate, "public": ""} {
		m := opened(t).send(SecretEntered{connector.FieldSecret, auth.NewSecret("a-client-secret")})
		n := effect[KeepSecret](m).Attempt
		m.send(Chosen{connector.FieldClientKind, kind})
		if removal := effect[KeepSecret](m); !removal.Secret.Empty() || removal.DraftID != "draft-id" {
			t.Errorf("%s: what is being stored is not removed: %+v", kind, removal)
		}
		m.send(SecretKept{Attempt: n})
		if w := m.state.Wizard; w.Draft.HasSecret || w.StoringSecret.Running {
			t.Errorf("the client secret counts as the credential of a %s client; storing: %v", kind, w.StoringSecret.Running)
		}
		m.send(SecretEntered{connector.FieldSecret, auth.NewSecret("from-the-input-that-is-gone")})
		if has[KeepSecret](m) {
			t.Errorf("%s: a client secret is kept", kind)
		}
		m.send(SecretEntered{field, auth.NewSecret("a certificate")})
		if has[KeepSecret](m) != (field != "") {
			t.Errorf("%s: its own credential is kept: %v", kind, has[KeepSecret](m))
		}
	}
}

func TestASecretIsKeptOnlyOnce(t *testing.T) {
	m := opened(t).send(SecretKept{})
	if m.state.Wizard.Draft.HasSecret {
		t.Error("a secret that nobody entered is kept")
	}
	m.send(SecretEntered{connector.FieldSecret, auth.NewSecret("first-secret")})
	n := effect[KeepSecret](m).Attempt
	m.send(SecretKept{Attempt: n}, SecretKept{Attempt: n, Problem: &connector.Problem{}})
	if w := m.state.Wizard; !w.Draft.HasSecret || w.SecretProblem != nil {
		t.Errorf("there: %v, problem %v", w.Draft.HasSecret, w.SecretProblem)
	}
}

// TestTheSameAgainUndoesNothing chooses, or finds, what there is already.
func TestTheSameAgainUndoesNothing(t *testing.T) {
	found := func(m *machine) {
		m.send(TenantFound{Attempt: effect[FindTenant](m).Attempt, Found: []auth.Tenant{tenantA}})
	}
	for name, do := range map[string]func(*machine){
		"the tenant looked up": func(m *machine) { found(m.send(LookUpTenant{})) },
		"the tenant typed": func(m *machine) {
			m.send(AskChange{connector.FieldTenant}, AgreeChange{}, Edited{connector.FieldTenant, " contoso.example "})
		},
		"the tenant in all clouds": func(m *machine) { found(m.send(GoTo{connector.StepBefore}, LookUpTenant{})) },
		"the kind":                 func(m *machine) { m.send(Chosen{connector.FieldClientKind, "secret"}) },
		"the kind, unlocked": func(m *machine) {
			m.send(AskChange{connector.FieldClientKind}, AgreeChange{}, Chosen{connector.FieldClientKind, "secret"})
		},
		"the cloud": func(m *machine) {
			m.send(AskChange{connector.FieldCloud}, AgreeChange{}, Chosen{connector.FieldCloud, "global"})
		},
		"the groups": func(m *machine) {
			m.send(AskChange{connector.FieldWithGroups}, AgreeChange{}, Ticked{connector.FieldWithGroups, false})
		},
		"a tick": func(m *machine) { m.send(Ticked{connector.TickMFA, true}) },
		"the client ID": func(m *machine) {
			m.send(AskChange{connector.FieldClientID}, AgreeChange{}, Edited{connector.FieldClientID, " " + clientID})
		},
		"the integration user": func(m *machine) {
			m.send(AskChange{connector.FieldUPN}, AgreeChange{}, Edited{connector.FieldUPN, "integration@contoso.example "})
		},
		"no secret": func(m *machine) { m.send(SecretEntered{connector.FieldSecret, auth.NewSecret("")}) },
	} {
		t.Run(name, func(t *testing.T) {
			m := withSecret(t)
			do(m)
			w := m.state.Wizard
			if w.SignedIn == nil || len(w.Checks) == 0 || w.Draft.Admin.Status != connector.AdminReported || !w.Draft.HasSecret || w.Draft.SecretExpires.IsZero() {
				t.Errorf("signed in: %v, %d checks, admin consent %q, secret %v until %v", w.SignedIn != nil, len(w.Checks), w.Draft.Admin.Status, w.Draft.HasSecret, w.Draft.SecretExpires)
			}
			if m.send(GoTo{connector.StepCheck}, Save{}); !has[SaveConnector](m) {
				t.Errorf("can't be saved: %q", m.state.Blocked())
			}
		})
	}
}

// The day that a client secret ends is something that the checks go by.
func TestAnotherEndOfTheSecretIsCheckedAnew(t *testing.T) {
	m := withSecret(t).send(GoTo{connector.StepConnector}, Edited{connector.FieldSecretExpires, " 2027-01-31"})
	if !m.state.Wizard.ChecksEnded() {
		t.Fatal("the same day undid the checks")
	}
	m.send(Edited{connector.FieldSecretExpires, "2026-11-24"})
	if m.state.Wizard.ChecksEnded() || m.state.Wizard.SignedIn == nil {
		t.Errorf("checked %v, signed in %v", m.state.Wizard.ChecksEnded(), m.state.Wizard.SignedIn != nil)
	}
	m.send(GoTo{connector.StepCheck})
	if got := effect[CheckGrant](m).Draft.SecretExpires.String(); got != "2026-11-24" {
		t.Errorf("checked for %s", got)
	}
	if m.send(Save{}); has[SaveConnector](m) {
		t.Error("saved before it was checked")
	}
}

// atEnded is a machine on page 4 of a renewal, on 23 November 2026, whose client secret was recorded to end the day before.
func atEnded(t *testing.T) *machine {
	t.Helper()
	tenant := tenantA
	d := connector.Draft{
		ID: "id-renewal", Created: time.Date(2026, time.November, 23, 23, 30, 0, 0, time.UTC), Step: connector.StepConnector, Renews: "id-a", Tenant: &tenant,
		TenantInput: tenantA.Domain, UPN: "pc@contoso.example", Name: "A", ClientID: clientID, ClientKind: auth.SecretClient,
		RedirectPath: auth.DefaultRedirectPath, EndedOn: connector.Day{Year: 2026, Month: time.November, Day: 22},
	}
	return newMachine(t).send(DraftMade{Draft: d})
}

func TestAnotherDayGoesOnWithTheSecretOfBefore(t *testing.T) {
	for text, want := range map[string]Reason{
		"2026-11-24": "", "2026-11-23": "", "2026-11-22": ReasonSecretMissing, "24.11.2026": ReasonEndInvalid, "": ReasonSecretMissing,
	} {
		m := atEnded(t).send(Edited{connector.FieldSecretExpires, text})
		if got := m.state.BlockedAt(connector.StepConnector); got != want || has[ProbeRegistration](m) != (want == "") {
			t.Errorf("%q: %q, want %q; effects %+v", text, got, want, m.effects)
		}
	}
	m := atEnded(t).send(Edited{connector.FieldSecretExpires, "2027-01-31"}, Edited{connector.FieldSecretExpires, "2027-01-3"})
	if got := m.state.BlockedAt(connector.StepConnector); got != ReasonEndInvalid {
		t.Errorf("the day was taken back: %q", got)
	}
}

// A new client secret takes the place of the one before for good, whatever day is entered after it.
func TestANewSecretEndsTheOneInReserve(t *testing.T) {
	m := atEnded(t).send(SecretEntered{connector.FieldSecret, auth.NewSecret("new-secret")}, Edited{connector.FieldSecretExpires, "2027-01-31"})
	if got := m.state.BlockedAt(connector.StepConnector); got != ReasonSecretStoring || m.state.Wizard.Draft.HasSecret {
		t.Errorf("while it is stored: %q, has one: %v", got, m.state.Wizard.Draft.HasSecret)
	}
	n := m.state.Wizard.StoringSecret.Attempt
	m.send(SecretKept{Attempt: n}, Edited{connector.FieldSecretExpires, "2026-01-31"})
	if got := m.state.BlockedAt(connector.StepConnector); got != "" || !m.state.Wizard.Draft.EndedOn.IsZero() {
		t.Errorf("once it is stored: %q, in reserve until %s", got, m.state.Wizard.Draft.EndedOn)
	}
}

func TestASecretThatTheKeychainLostIsNotInReserve(t *testing.T) {
	m := atEnded(t).send(Edited{connector.FieldSecretExpires, "2027-01-31"})
	s, _, _ := lostSecret(m.state, &connector.Problem{Kind: connector.KindCredentialGone})
	if !s.Wizard.Draft.EndedOn.IsZero() || s.BlockedAt(connector.StepConnector) != ReasonSecretMissing {
		t.Errorf("%q, in reserve until %s", s.BlockedAt(connector.StepConnector), s.Wizard.Draft.EndedOn)
	}
}

// TestWhatCanBeNoClientSecretIsRefused holds that it is told at once, that nothing of it is stored, and that what is there already stays.
func TestWhatCanBeNoClientSecretIsRefused(t *testing.T) {
	m := withSecret(t).send(GoTo{connector.StepConnector})
	before := m.state.Wizard.Draft
	for text, want := range map[string]connector.Reason{
		"5e0a11c0-a000-4000-8000-000000000001":     "secret-id",
		"\"5e0a11c0-a000-4000-8000-000000000001\"": "secret-id",
		"s":                "secret-short",
		"two words of one": "secret-space",
	} {
		m.send(SecretEntered{connector.FieldSecret, auth.NewSecret(text)})
		if got := m.state.Wizard.SecretRefused; got != want || len(m.effects) != 0 || !reflect.DeepEqual(m.state.Wizard.Draft, before) {
			t.Errorf("%q: %q, effects %v", text, got, m.effects)
		}
	}
	m.send(SecretEntered{connector.FieldSecret, auth.NewSecret("a-client-secret")})
	if w := m.state.Wizard; w.SecretRefused != "" || !w.StoringSecret.Running {
		t.Errorf("one that can be: %q, %+v", w.SecretRefused, w.StoringSecret)
	}
}
