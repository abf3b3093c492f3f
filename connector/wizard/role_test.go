package wizard

import (
	"testing"

	"partner-center-connector/connector"
)

// TestAnotherRoleIsCheckedAnew keeps both consents, which are not about the role, and forgets the checks, which are.
func TestAnotherRoleIsCheckedAnew(t *testing.T) {
	m := checked(atCheck(t), nil)
	before := m.state.Wizard.Draft
	m.send(GoTo{connector.StepAccount}, Chosen{connector.FieldRole, "sales-agent"})
	d := m.state.Wizard.Draft
	if d.Role != connector.RoleSalesAgent || d.Admin != before.Admin || m.state.Wizard.SignedIn == nil || m.state.Wizard.Checks != nil {
		t.Errorf("%+v, signed in as %+v, checks %v", d, m.state.Wizard.SignedIn, m.state.Wizard.Checks)
	}
	if kept := effect[KeepDraft](m).Draft; kept.Role != connector.RoleSalesAgent {
		t.Errorf("kept: %+v", kept)
	}
	if r := m.state.Refuses(Chosen{connector.FieldRole, "any"}); r != "" {
		t.Errorf("another role is refused: %s", r)
	}
}

func TestARoleThatThereIsNot(t *testing.T) {
	m := opened(t)
	m.send(Chosen{connector.FieldRole, "global-admin"}, Chosen{connector.FieldRole, ""})
	if got := m.state.Wizard.Draft.Role; got != connector.RoleAdminAgent {
		t.Errorf("the role became %q", got)
	}
}
