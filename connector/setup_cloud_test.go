package connector

import (
	"testing"

	"partner-center-connector/auth"
)

// inCloud is a wizard on a page whose tenant was found in the global cloud and in that of the US government.
func inCloud(step Step, consented bool) State {
	global := auth.Tenant{ID: "one", Domain: "contoso.example", Cloud: "global"}
	government := auth.Tenant{ID: "one", Domain: "contoso.example", Cloud: "usgov"}
	s := State{Screen: ScreenWizard}
	s.Wizard = Wizard{Open: true, Draft: Draft{
		ID: "draft", Step: step, Tenant: &global, TenantInput: "contoso.example", ClientID: "8d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58",
		Kind: auth.PublicClient, Name: "Contoso", RedirectPath: "/consent",
	}}
	s.Wizard.Lookup.Found = []auth.Tenant{global, government}
	if consented {
		s.Wizard.Draft.Admin = Admin{Status: AdminReported, Tenant: "one"}
		s.Wizard.SignedIn = &Identity{TenantID: "one"}
	}
	return s
}

func play(s State, events ...Event) (State, []Effect) {
	var all []Effect
	for _, e := range events {
		var effects []Effect
		s, effects = Setup{}.Next(s, e)
		all = append(all, effects...)
	}
	return s, all
}

func TestSwitchingTheCloudUndoesNothingUnasked(t *testing.T) {
	s, _ := play(inCloud(StepUser, true), SwitchCloud{Cloud: "usgov"})
	if s.Wizard.Change != FieldCloud || s.Wizard.Draft.Tenant.Cloud != "global" || s.Wizard.SignedIn == nil {
		t.Fatalf("not asked first: %+v", s.Wizard)
	}
	kept, _ := play(s, KeepField{}, AskChange{Field: FieldClientID}, AgreeChange{})
	if kept.Wizard.Draft.Tenant.Cloud != "global" || kept.Wizard.SignedIn == nil || kept.Wizard.SwitchTo != "" {
		t.Errorf("switched although it was to be kept: %+v", kept.Wizard)
	}
	s, _ = play(s, AgreeChange{})
	w := s.Wizard
	if w.Draft.Tenant.Cloud != "usgov" || w.SignedIn != nil || w.Draft.Admin.Status != AdminNone || w.Draft.Step != StepConnector {
		t.Errorf("agreed to, and it came to %+v", w)
	}
	if !w.Probe.Running {
		t.Error("whether the new cloud knows the app registration is not asked")
	}
}

func TestSwitchingTheCloudBeforeAnyConsent(t *testing.T) {
	for _, step := range []Step{StepBefore, StepConnector, StepUser} {
		s, _ := play(inCloud(step, false), SwitchCloud{Cloud: "usgov"})
		if s.Wizard.Draft.Tenant.Cloud != "usgov" || s.Wizard.Change != "" || s.Wizard.Draft.Step > StepConnector {
			t.Errorf("page %d: %+v", step, s.Wizard.Draft)
		}
	}
	s, _ := play(inCloud(StepUser, false), SwitchCloud{Cloud: "elsewhere"})
	if s.Wizard.Draft.Tenant.Cloud != "global" {
		t.Error("switched to a cloud that does not know the tenant")
	}
	s, effects := play(inCloud(StepUser, false), SwitchCloud{})
	if s.Wizard.Draft.Step != StepBefore || !s.Wizard.Lookup.Running || len(effects) == 0 {
		t.Error("not looked up again on page 1")
	}
}

func TestALookupDoesNotUndoConsents(t *testing.T) {
	found := func(s State) State {
		s, _ = play(s, LookUpTenant{})
		s, _ = play(s, TenantFound{Attempt: s.Wizard.Lookup.Attempt, Found: []auth.Tenant{{ID: "one", Cloud: "usgov"}}})
		return s
	}
	if s := found(inCloud(StepBefore, true)); s.Wizard.Draft.Tenant.Cloud != "global" || s.Wizard.SignedIn == nil || len(s.Wizard.OtherTenants()) != 1 {
		t.Errorf("the consents are gone: %+v", s.Wizard)
	}
	if s := found(inCloud(StepBefore, false)); s.Wizard.Draft.Tenant.Cloud != "usgov" {
		t.Errorf("not taken although nothing was consented to: %+v", s.Wizard.Draft)
	}
}

func TestTheCloudIsLockedLikeTheTenant(t *testing.T) {
	for _, consented := range []bool{false, true} {
		w := inCloud(StepBefore, consented).Wizard
		if w.Locked(FieldCloud) != w.Locked(FieldTenant) || w.Locked(FieldCloud) != consented {
			t.Errorf("consented %v: the cloud is locked %v, the tenant %v", consented, w.Locked(FieldCloud), w.Locked(FieldTenant))
		}
	}
	s, _ := play(inCloud(StepBefore, true), Chosen{Field: FieldCloud, Value: "usgov"})
	if s.Wizard.Draft.Tenant.Cloud != "global" {
		t.Error("chosen although it is locked")
	}
	s, _ = play(s, AskChange{Field: FieldCloud}, AgreeChange{}, Chosen{Field: FieldCloud, Value: "usgov"})
	if s.Wizard.Draft.Tenant.Cloud != "usgov" || s.Wizard.SignedIn != nil {
		t.Errorf("not switched after it was agreed to: %+v", s.Wizard)
	}
}
