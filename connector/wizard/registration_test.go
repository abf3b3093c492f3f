package wizard

import (
	"reflect"
	"slices"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// atRegistration is page 4 of a draft that has everything.
func atRegistration(t *testing.T) *machine {
	t.Helper()
	d := keptDraft(connector.StepConnector)
	d.Admin = connector.Admin{}
	m := resumed(t, d)
	m.send(Probed{Attempt: m.state.Wizard.Probe.Attempt, Result: connector.ProbeFine})
	if m.state.Wizard.Draft.Step != connector.StepConnector {
		t.Fatalf("page %v", m.state.Wizard.Draft.Step)
	}
	return m
}

func TestTheScriptFollowsTheDraft(t *testing.T) {
	m := atRegistration(t)
	if m.state.Wizard.Registering.Way() != connector.RegisterByHand {
		t.Fatalf("%q", m.state.Wizard.Registering.Way())
	}
	m.send(Chosen{connector.FieldRegisterBy, "bash"})
	first := effect[WriteScript](m)
	if first.Way != connector.RegisterByBash || first.Draft.Name != "Contoso" || first.Attempt != m.state.Wizard.Registering.Attempt {
		t.Fatalf("%+v", first)
	}
	if m.send(SaveScript{}); has[KeepScript](m) {
		t.Fatal("saved before it was written")
	}
	m.send(ScriptWritten{first.Attempt, "one"})
	if r := m.state.Wizard.Registering; r.Text != "one" || r.Running {
		t.Fatalf("%+v", r)
	}
	if m.send(Edited{connector.FieldUPN, "another@contoso.example"}); has[WriteScript](m) || m.state.Wizard.Registering.Text != "one" {
		t.Fatal("written anew for what is not in it")
	}

	m.send(Edited{connector.FieldName, "Fabrikam"})
	second := effect[WriteScript](m)
	if second.Draft.Name != "Fabrikam" || m.state.Wizard.Registering.Text != "" {
		t.Fatalf("%+v", second)
	}
	m.send(Edited{connector.FieldRedirectPath, "/other"})
	third := effect[WriteScript](m)
	if e := effect[StopAttempt](m); e.Attempt != second.Attempt {
		t.Fatalf("stopped %d instead of %d", e.Attempt, second.Attempt)
	}
	m.send(ScriptWritten{second.Attempt, "late"})
	if m.state.Wizard.Registering.Text != "" {
		t.Fatal("a superseded text counts")
	}
	m.send(ScriptWritten{third.Attempt, "three"})
	for _, e := range []Event{
		Ticked{connector.FieldWithGroups, true},
		Edited{connector.FieldClientID, "99999999-0a5c-4e3d-b7f9-6c1e2d3a4b58"},
		Chosen{connector.FieldClientKind, "public"},
		Chosen{connector.FieldRegisterBy, "manifest"},
	} {
		if m.send(e); !has[WriteScript](m) {
			t.Errorf("not written anew after %+v", e)
		}
	}

	m.send(Chosen{connector.FieldRegisterBy, "nonsense"})
	if m.state.Wizard.Registering.By != connector.RegisterByManifest {
		t.Fatal("a way that there is not was taken")
	}
	m.send(Chosen{connector.FieldRegisterBy, "hand"})
	if r := m.state.Wizard.Registering; has[WriteScript](m) || r.Running || r.Text != "" {
		t.Fatalf("by hand: %+v", r)
	}
}

func TestTheScriptIsWrittenOnItsPageAlone(t *testing.T) {
	m := atRegistration(t).send(Chosen{connector.FieldRegisterBy, "powershell"})
	m.send(ScriptWritten{effect[WriteScript](m).Attempt, "one"}, GoTo{connector.StepAccount}, Edited{connector.FieldTenant, "fabrikam.example"})
	if has[WriteScript](m) {
		t.Fatal("written for another page")
	}
	m = atRegistration(t).send(Chosen{connector.FieldRegisterBy, "powershell"}, GoTo{connector.StepAccount})
	if m.send(GoTo{connector.StepConnector}); has[WriteScript](m) {
		t.Fatal("written anew though nothing has changed")
	}
}

func TestTheScriptWaitsForTheCertificate(t *testing.T) {
	m := atRegistration(t).send(Chosen{connector.FieldClientKind, "certificate"}, Chosen{connector.FieldRegisterBy, "bash"})
	before := effect[WriteScript](m)
	m.send(SecretEntered{connector.FieldCertificate, auth.NewSecret("pem")})
	keep := effect[KeepSecret](m)
	if has[WriteScript](m) {
		t.Fatal("written while the certificate is being stored")
	}
	m.send(SecretKept{Attempt: keep.Attempt})
	after := effect[WriteScript](m)
	if after.Attempt == before.Attempt || !after.Draft.HasSecret {
		t.Fatalf("%+v", after)
	}
}

func TestSavingTheScript(t *testing.T) {
	m := atRegistration(t).send(Chosen{connector.FieldRegisterBy, "graph-powershell"})
	m.send(ScriptWritten{effect[WriteScript](m).Attempt, "text"}, SaveScript{})
	e := effect[KeepScript](m)
	if e.Text != "text" || e.Way != connector.RegisterByGraph || e.Draft.Name != "Contoso" {
		t.Fatalf("%+v", e)
	}
	if m.send(SaveScript{}); has[KeepScript](m) || m.state.Refuses(SaveScript{}) != "record-saving" {
		t.Fatal("saved twice at once")
	}
	m.send(ScriptSaved{Attempt: e.Attempt, Raw: "disk full"})
	if r := m.state.Wizard.Registering; r.Raw != "disk full" || m.state.Said != nil || r.Saving.Running {
		t.Fatalf("%+v", r)
	}
	m.send(SaveScript{})
	again := effect[KeepScript](m)
	m.send(ScriptSaved{Attempt: e.Attempt, Path: "/late"}, ScriptSaved{Attempt: again.Attempt, Path: "/home/me/make.ps1"})
	if r := m.state.Wizard.Registering; !reflect.DeepEqual(m.state.Said, &Said{What: SaidScript, Path: "/home/me/make.ps1"}) || r.Raw != "" {
		t.Fatalf("%+v, %+v", r, m.state.Said)
	}
	m.send(Edited{connector.FieldName, "Fabrikam"})
	if m.state.Said != nil {
		t.Fatal("another text is called saved")
	}
}

func TestFurtherScopes(t *testing.T) {
	m := atRegistration(t).send(Ticked{connector.FieldMoreScopes, true})
	if w := m.state.Wizard; !w.MoreScopes || w.Draft.Scopes != nil || has[KeepDraft](m) {
		t.Fatalf("shown: %v, %v", w.MoreScopes, w.Draft.Scopes)
	}
	m.send(Ticked{connector.FieldScopeGrants, true}, Ticked{connector.FieldScopeBilling, true}, Ticked{connector.FieldScopeBilling, true})
	want := []string{"PartnerBilling.Read.All", "DelegatedPermissionGrant.Read.All"}
	if got := m.state.Wizard.Draft.Scopes; !slices.Equal(got, want) {
		t.Fatalf("%v", got)
	}
	m.send(Ticked{connector.FieldScopeBilling, false})
	if got := effect[KeepDraft](m).Draft.Scopes; !slices.Equal(got, want[1:]) {
		t.Fatalf("%v", got)
	}
	m.send(Ticked{connector.FieldMoreScopes, false})
	if w := m.state.Wizard; w.MoreScopes || w.Draft.Scopes != nil {
		t.Fatalf("none wanted: %v, %v", w.MoreScopes, w.Draft.Scopes)
	}
}

// TestFurtherScopesAreLockedTogether holds that a consent and a preset lock all of them, and that one question unlocks all.
func TestFurtherScopesAreLockedTogether(t *testing.T) {
	m := resumed(t, keptDraft(connector.StepConnector))
	for _, f := range append([]connector.Field{connector.FieldMoreScopes}, connector.ScopeFields...) {
		if got := m.state.Refuses(Ticked{f, true}); got != ReasonLocked {
			t.Errorf("%s is refused for %q", f, got)
		}
	}
	m.send(AskChange{connector.FieldWithGroups}, AgreeChange{}, Ticked{connector.FieldScopeApplications, true})
	if d := m.state.Wizard.Draft; d.Admin.Status != connector.AdminNone || !slices.Equal(d.Scopes, []string{"Application.Read.All"}) {
		t.Errorf("%+v", d)
	}
	if got := (Wizard{Fixed: map[connector.Field]bool{connector.FieldWithGroups: true}}).LockReason(connector.FieldScopeGrants); got != ReasonPresetLocks {
		t.Errorf("a preset's list can be changed: %q", got)
	}
}
