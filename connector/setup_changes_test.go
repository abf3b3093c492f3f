package connector

import (
	"reflect"
	"testing"

	"partner-center-connector/auth"
)

func TestAnotherTenantOfTheSameNameUndoesBothConsents(t *testing.T) {
	ways := map[string]func(*machine){
		"chosen": func(m *machine) { m.send(Chosen{FieldCloud, tenantB.Cloud}) },
		"looked up again": func(m *machine) {
			m.send(LookUpTenant{})
			m.send(TenantFound{Attempt: effect[FindTenant](m).Attempt, Found: []auth.Tenant{tenantB}})
		},
	}
	for name, change := range ways {
		t.Run(name, func(t *testing.T) {
			m := atCheck(t)
			m.state.Wizard.Lookup.Found = []auth.Tenant{tenantA, tenantB}
			if m.send(Chosen{FieldCloud, tenantA.Cloud}); m.state.Wizard.SignedIn == nil {
				t.Fatal("the tenant that it is already undid a consent")
			}
			change(m)
			w := m.state.Wizard
			if *w.Draft.Tenant != tenantB || w.Draft.Admin.Status != AdminNone || w.SignedIn != nil || !has[ForgetGrant](m) {
				t.Errorf("tenant %s, admin %q, signed in %v", w.Draft.Tenant.Cloud, w.Draft.Admin.Status, w.SignedIn)
			}
		})
	}
}

func TestNothingChangesWhileItIsSaved(t *testing.T) {
	m := checked(atCheck(t), nil).send(Save{})
	saving := m.state
	for _, e := range []Event{
		Back{},
		GoTo{StepAdmin},
		Edited{FieldName, "Another"},
		Ticked{TickMFA, false},
		StartAdmin{Way: WayDefault},
		StartUser{Way: WayLink},
		OpenHandover{},
		GoUnconfirmed{},
		RunChecks{},
		LookUpTenant{},
		Save{},
		SecretEntered{FieldSecret, auth.NewSecret("value")},
	} {
		if m.send(e); !reflect.DeepEqual(saving, m.state) || len(m.effects) > 0 {
			t.Errorf("%T changed something: %+v", e, m.effects)
		}
	}
}

func TestComingBackForward(t *testing.T) {
	m := checked(atCheck(t), nil).send(GoTo{StepMFA}, Forward{}, Forward{}, Forward{})
	if m.send(Forward{}); has[CheckGrant](m) || m.state.Wizard.Draft.Step != StepCheck {
		t.Error("checks without a problem are made again")
	}
	m.state.Wizard.Checks = replaceCheck(m.state.Wizard.Checks, Check{ID: CheckMFA, State: CheckFailed, Problem: &Problem{Kind: KindNoMFA, Step: StepMFA}})
	if m.send(GoTo{StepMFA}, GoTo{StepUser}, Forward{}); !has[CheckGrant](m) {
		t.Error("checks with a problem are not made again by whoever comes back from mending it")
	}
	for step, kept := range map[Step]bool{StepMFA: false, StepUser: true} {
		m := atUser(t)
		m.state.Wizard.User.Problem = &Problem{Kind: KindUnknown, Step: step}
		if m.send(Back{}, Forward{}); (m.state.Wizard.User.Problem != nil) != kept {
			t.Errorf("a problem that page %v mends is kept: %v", step, !kept)
		}
	}
}
