package wizard

import (
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// inCloud is a wizard on a page whose tenant was found in the global cloud and in that of the US government.
func inCloud(step connector.Step, consented bool) State {
	global := auth.Tenant{ID: "one", Domain: "contoso.example", Cloud: "global"}
	government := auth.Tenant{ID: "one", Domain: "contoso.example", Cloud: "usgov"}
	s := State{Screen: ScreenWizard}
	s.Wizard = Wizard{Open: true, Draft: connector.Draft{
		ID: "draft", Step: step, Tenant: &global, TenantInput: "contoso.example", ClientID: "8d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58",
		ClientKind: auth.PublicClient, Name: "Contoso", RedirectPath: "/consent",
	}}
	s.Wizard.Lookup.Found = []auth.Tenant{global, government}
	if consented {
		s.Wizard.Draft.Admin = connector.Admin{Status: connector.AdminReported, Tenant: "one"}
		s.Wizard.SignedIn = &connector.Identity{TenantID: "one"}
	}
	return s
}

func play(s State, events ...Event) (State, []Effect) {
	var all []Effect
	for _, e := range events {
		var effects []Effect
		s, effects = Machine{}.Next(s, e)
		all = append(all, effects...)
	}
	return s, all
}

func TestSwitchingTheCloudUndoesNothingUnasked(t *testing.T) {
	s, _ := play(inCloud(connector.StepUser, true), SwitchCloud{Cloud: "usgov"})
	if s.Wizard.Change != connector.FieldCloud || s.Wizard.Draft.Tenant.Cloud != "global" || s.Wizard.SignedIn == nil {
		t.Fatalf("not asked first: %+v", s.Wizard)
	}
	kept, _ := play(s, KeepField{}, AskChange{Field: connector.FieldClientID}, AgreeChange{})
	if kept.Wizard.Draft.Tenant.Cloud != "global" || kept.Wizard.SignedIn == nil || kept.Wizard.SwitchTo != "" {
		t.Errorf("switched although it was to be kept: %+v", kept.Wizard)
	}
	s, _ = play(s, AgreeChange{})
	w := s.Wizard
	if w.Draft.Tenant.Cloud != "usgov" || w.SignedIn != nil || w.Draft.Admin.Status != connector.AdminNone || w.Draft.Step != connector.StepConnector {
		t.Errorf("agreed to, and it came to %+v", w)
	}
	if !w.Probe.Running {
		t.Error("whether the new cloud knows the app registration is not asked")
	}
}

func TestSwitchingTheCloudBeforeAnyConsent(t *testing.T) {
	for _, step := range []connector.Step{connector.StepBefore, connector.StepConnector, connector.StepUser} {
		s, _ := play(inCloud(step, false), SwitchCloud{Cloud: "usgov"})
		if s.Wizard.Draft.Tenant.Cloud != "usgov" || s.Wizard.Change != "" || s.Wizard.Draft.Step > connector.StepConnector {
			t.Errorf("page %d: %+v", step, s.Wizard.Draft)
		}
	}
	s, _ := play(inCloud(connector.StepUser, false), SwitchCloud{Cloud: "elsewhere"})
	if s.Wizard.Draft.Tenant.Cloud != "global" {
		t.Error("switched to a cloud that does not know the tenant")
	}
	s, effects := play(inCloud(connector.StepUser, false), SwitchCloud{})
	if s.Wizard.Draft.Step != connector.StepBefore || !s.Wizard.Lookup.Running || len(effects) == 0 {
		t.Error("not looked up again on page 1")
	}
}

func TestALookupDoesNotUndoConsents(t *testing.T) {
	found := func(s State) State {
		s, _ = play(s, LookUpTenant{})
		s, _ = play(s, TenantFound{Attempt: s.Wizard.Lookup.Attempt, Found: []auth.Tenant{{ID: "one", Cloud: "usgov"}}})
		return s
	}
	if s := found(inCloud(connector.StepBefore, true)); s.Wizard.Draft.Tenant.Cloud != "global" || s.Wizard.SignedIn == nil || len(s.Wizard.OtherTenants()) != 1 {
		t.Errorf("the consents are gone: %+v", s.Wizard)
	}
	if s := found(inCloud(connector.StepBefore, false)); s.Wizard.Draft.Tenant.Cloud != "usgov" {
		t.Errorf("not taken although nothing was consented to: %+v", s.Wizard.Draft)
	}
}

func TestTheCloudIsLockedLikeTheTenant(t *testing.T) {
	for _, consented := range []bool{false, true} {
		w := inCloud(connector.StepBefore, consented).Wizard
		if w.Locked(connector.FieldCloud) != w.Locked(connector.FieldTenant) || w.Locked(connector.FieldCloud) != consented {
			t.Errorf("consented %v: the cloud is locked %v, the tenant %v", consented, w.Locked(connector.FieldCloud), w.Locked(connector.FieldTenant))
		}
	}
	s, _ := play(inCloud(connector.StepBefore, true), Chosen{Field: connector.FieldCloud, Value: "usgov"})
	if s.Wizard.Draft.Tenant.Cloud != "global" {
		t.Error("chosen although it is locked")
	}
	s, _ = play(s, AskChange{Field: connector.FieldCloud}, AgreeChange{}, Chosen{Field: connector.FieldCloud, Value: "usgov"})
	if s.Wizard.Draft.Tenant.Cloud != "usgov" || s.Wizard.SignedIn != nil {
		t.Errorf("not switched after it was agreed to: %+v", s.Wizard)
	}
}
