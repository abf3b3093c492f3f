package wizard

import (
	"reflect"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

func TestAnotherTenantOfTheSameNameUndoesBothConsents(t *testing.T) {
	ways := map[string][]Event{
		"chosen":   {AskChange{connector.FieldCloud}, AgreeChange{}, Chosen{connector.FieldCloud, tenantB.Cloud}},
		"switched": {SwitchCloud{tenantB.Cloud}, AgreeChange{}},
	}
	for name, events := range ways {
		t.Run(name, func(t *testing.T) {
			m := atCheck(t)
			m.state.Wizard.Lookup.Found = []auth.Tenant{tenantA, tenantB}
			if m.send(Chosen{connector.FieldCloud, tenantA.Cloud}); m.state.Wizard.SignedIn == nil {
				t.Fatal("the tenant that it is already undid a consent")
			}
			last := len(events) - 1
			if m.send(events[:last]...); m.state.Wizard.SignedIn == nil {
				t.Fatal("a consent is undone before the change was agreed to")
			}
			m.send(events[last])
			w := m.state.Wizard
			if *w.Draft.Tenant != tenantB || w.Draft.Admin.Status != connector.AdminNone || w.SignedIn != nil || !has[ForgetGrant](m) {
				t.Errorf("tenant %s, admin %q, signed in %v", w.Draft.Tenant.Cloud, w.Draft.Admin.Status, w.SignedIn)
			}
		})
	}
}

// A lookup that finds another tenant than the first time undoes nothing by itself: it offers to switch.
func TestALookupUndoesNoConsent(t *testing.T) {
	m := atCheck(t).send(LookUpTenant{})
	m.send(TenantFound{Attempt: effect[FindTenant](m).Attempt, Found: []auth.Tenant{tenantB}})
	w := m.state.Wizard
	if *w.Draft.Tenant != tenantA || w.SignedIn == nil {
		t.Errorf("tenant %s, signed in %v", w.Draft.Tenant.Cloud, w.SignedIn)
	}
	if others := w.OtherTenants(); len(others) != 1 || others[0] != tenantB {
		t.Errorf("the others are %v", others)
	}
}

func TestNothingChangesWhileItIsSaved(t *testing.T) {
	m := checked(atCheck(t), nil).send(Save{})
	saving := m.state
	for _, e := range []Event{
		Back{},
		GoTo{connector.StepAdmin},
		Edited{connector.FieldName, "Another"},
		Ticked{connector.TickMFA, false},
		StartAdmin{Way: WayDefault},
		StartUser{Way: WayLink},
		OpenHandover{},
		GoUnconfirmed{},
		RunChecks{},
		LookUpTenant{},
		Save{},
		SecretEntered{connector.FieldSecret, auth.NewSecret("value-secret")},
	} {
		if m.send(e); !reflect.DeepEqual(saving, m.state) || len(m.effects) > 0 {
			t.Errorf("%T changed something: %+v", e, m.effects)
		}
	}
}

func TestComingBackForward(t *testing.T) {
	m := checked(atCheck(t), nil).send(GoTo{connector.StepMFA}, Forward{}, Forward{}, Forward{})
	if m.send(Forward{}); has[CheckGrant](m) || m.state.Wizard.Draft.Step != connector.StepCheck {
		t.Error("checks without a problem are made again")
	}
	m.state.Wizard.Checks = replaceCheck(m.state.Wizard.Checks, connector.Check{ID: connector.CheckMFA, State: connector.CheckFailed, Problem: &connector.Problem{Kind: connector.KindNoMFA, Step: connector.StepMFA}})
	if m.send(GoTo{connector.StepMFA}, GoTo{connector.StepUser}, Forward{}); !has[CheckGrant](m) {
		t.Error("checks with a problem are not made again by whoever comes back from mending it")
	}
	for step, kept := range map[connector.Step]bool{connector.StepMFA: false, connector.StepUser: true} {
		m := atUser(t)
		m.state.Wizard.User.Problem = &connector.Problem{Kind: connector.KindUnknown, Step: step}
		if m.send(Back{}, Forward{}); (m.state.Wizard.User.Problem != nil) != kept {
			t.Errorf("a problem that page %v mends is kept: %v", step, !kept)
		}
	}
}
