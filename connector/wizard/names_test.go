package wizard

import (
	"testing"

	"partner-center-connector/connector"
)

// TestTheNameOfARenewal holds that it is the connector's, whatever that is by now, until somebody types another one.
func TestTheNameOfARenewal(t *testing.T) {
	saved := connector.Connector{ID: "c", Name: "Contoso\u200b", Tenant: tenantA, ClientID: clientID, ClientKind: "public"}
	twin := connector.Connector{ID: "d", Name: "contoso"}
	d := connector.RenewalOf(saved, "", day)
	d.ID = "r"
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{saved, twin}}, DraftMade{Draft: d}, GoTo{connector.StepConnector})
	state := func(what, name string, renamed bool, reason Reason) {
		t.Helper()
		if d := m.state.Wizard.Draft; d.Name != name || d.Renamed != renamed || m.state.Blocked() != reason {
			t.Errorf("%s: %+q, renamed %v, blocked by %q", what, d.Name, d.Renamed, m.state.Blocked())
		}
	}
	state("as an older version left it", "Contoso\u200b", false, "")
	saved.Name = "Contoso Europe"
	m.send(Loaded{Connectors: []connector.Connector{saved, twin}})
	state("renamed by another process", "Contoso Europe", false, "")
	m.send(Edited{connector.FieldName, " CONTOSO"})
	state("a name that is taken", "CONTOSO", true, "name-taken")
	m.send(Edited{connector.FieldName, "\u200b"})
	state("a name that nobody sees", "", true, "name-missing")
	m.send(Edited{connector.FieldName, "\ue000"})
	state("a name that each computer shows in another way", "\ue000", true, "name-unreadable")
	m.send(Edited{connector.FieldName, "Contoso \u202eAsia "})
	state("another name", "Contoso Asia", true, "")
	saved.Name = "Contoso Africa"
	m.send(Loaded{Connectors: []connector.Connector{saved, twin}})
	state("renamed by another process again", "Contoso Asia", true, "")
	m.send(Edited{connector.FieldName, "Contoso Africa"})
	state("typed what it is called already", "Contoso Africa", false, "")
	m.send(Loaded{})
	state("removed", "Contoso Africa", false, "")
	m.send(Edited{connector.FieldName, "x"})
	state("typed after that", "x", true, "")
}

func TestANewNameIsNoRenaming(t *testing.T) {
	m := opened(t).send(Edited{connector.FieldName, "x"})
	if d := m.state.Wizard.Draft; d.Name != "x" || d.Renamed {
		t.Errorf("%q, renamed %v", d.Name, d.Renamed)
	}
}

// TestRenameRefuses holds that both places where a name is typed have the same reasons.
func TestRenameRefuses(t *testing.T) {
	c := connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA}
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{c, {ID: "d", Name: "Mu\u0308ller "}}}, OpenConnector{"c"}, AskRename{})
	for name, want := range map[string]Reason{
		"m\u00fcller": "name-taken", " contoso ": "", "\u2060": "name-missing", "\ue000": "name-unreadable", "": "name-missing", "\u202econtoso": "",
		"1f0c2a4e-9d3b-4c5d-8e6f-7a8b9c0d1e2f": "name-id",
	} {
		m.send(Edited{connector.FieldRename, name}, Rename{})
		if got := m.state.RenameReason(); got != want || has[RenameConnector](m) != (want == "") {
			t.Errorf("%+q: %q, renamed: %v", name, got, has[RenameConnector](m))
		}
		if want == "" {
			e := effect[RenameConnector](m)
			if e.Name != "contoso" {
				t.Errorf("renamed to %q", e.Name)
			}
			m.send(DetailDone{Attempt: e.Attempt}, AskRename{})
		}
	}
}

// TestWhatChecksFoundStays holds that a draft which could be written takes no other problem off the page, and that the next page begins without
// what was wrong on this one.
func TestWhatChecksFoundStays(t *testing.T) {
	gone := &connector.Problem{Kind: connector.KindConnectorGone}
	full := &connector.Problem{Kind: connector.KindDisk}
	m := atUser(t).send(StartUser{Way: WayPrivate, Mode: "private"})
	n := effect[OpenUserConsent](m).Attempt
	m.send(ConsentOpened{Attempt: n}, UserAnswered{Attempt: n, Identity: &connector.Identity{TenantID: tenantA.ID, ObjectID: "o"}}, Forward{})
	id, shown := m.state.Wizard.Draft.ID, func(what string, want *connector.Problem) {
		t.Helper()
		if got := m.state.Wizard.Problem; got != want {
			t.Errorf("%s: the page shows %+v", what, got)
		}
	}
	m.send(ChecksDone{Attempt: m.state.Wizard.Checking.Attempt, Problem: gone})
	m.send(DraftKept{DraftID: id})
	shown("the draft was written", gone)
	m.send(GoTo{connector.StepConnector})
	shown("on another page", nil)
	m.send(DraftKept{DraftID: id, Problem: full})
	shown("the draft could not be written", full)
	m.send(GoTo{connector.StepCheck})
	shown("back again", full)
	n = effect[CheckGrant](m).Attempt
	m.send(ChecksDone{Attempt: n})
	shown("checked", full)
	m.send(RunChecks{})
	m.send(ChecksDone{Attempt: effect[CheckGrant](m).Attempt, Problem: gone}, DraftKept{DraftID: id})
	shown("the draft was written again", gone)
	m.send(RunChecks{})
	m.send(ChecksDone{Attempt: effect[CheckGrant](m).Attempt})
	shown("checked again", nil)
}

// TestTheProposedNameIsFree begins a second connector for a tenant.
func TestTheProposedNameIsFree(t *testing.T) {
	saved := []connector.Connector{{ID: "saved", Name: tenantA.Domain}}
	m := atAdmin(t).send(Loaded{Connectors: saved}, GoTo{connector.StepConnector}, Edited{connector.FieldName, ""}, GoTo{connector.StepMFA}, Forward{})
	if got, want := m.state.Wizard.Draft.Name, tenantA.Domain+" 2"; got != want {
		t.Errorf("%q is proposed, want %q", got, want)
	}
}
