package cli_test

import (
	"slices"
	"strings"
	"testing"

	"partner-center-connector/cli"
)

// roleOf is what a check of the saved connector says of its role.
func (w *world) roleOf(args ...string) (health, state string, evidence []string, role any) {
	w.t.Helper()
	type check struct {
		ID, State string
		Evidence  []string
	}
	var found struct {
		Connectors []struct {
			Health    string
			Connector map[string]any
			Checks    []check
		}
	}
	w.decode(w.run(append([]string{"check", "Practice", "--json"}, args...)...), &found)
	one := found.Connectors[0]
	i := slices.IndexFunc(one.Checks, func(c check) bool { return c.ID == "role" })
	return one.Health, one.Checks[i].State, one.Checks[i].Evidence, one.Connector["role"]
}

// TestTheRoleOfAConnector chooses a smaller role than the account has, which is a remark, and by a renewal the one that it has.
func TestTheRoleOfAConnector(t *testing.T) {
	w := newWorld(t, "good")
	if r := w.connect("--role", "sales-agent"); r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	health, state, evidence, role := w.roleOf()
	if health != "new" || state != "warning" || role != "sales-agent" || !slices.Contains(evidence, words("evidence.role-no", "Role", "Sales agent")) {
		t.Errorf("%s, %s, %v, %v", health, state, evidence, role)
	}
	if r := w.run("renew", "Practice", "--role", "admin-agent"); r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if health, state, evidence, role := w.roleOf(); state != "passed" || role != "admin-agent" {
		t.Errorf("after the renewal: %s, %s, %v, %v", health, state, evidence, role)
	}
}

func TestAConnectorAsksForAdminAgentUnlessToldOtherwise(t *testing.T) {
	w := newWorld(t, "other-role")
	if r := w.connect(); r.code != cli.ExitFailed {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if health, state, _, role := w.roleOf(); health != "attention" || state != "failed" || role != "admin-agent" {
		t.Errorf("%s, %s, %v", health, state, role)
	}
	w = newWorld(t, "other-role")
	if r := w.connect("--role", "sales-agent"); r.code != cli.ExitFine {
		t.Fatalf("as Sales agent: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if health, state, _, _ := w.roleOf(); health != "new" || state != "passed" {
		t.Errorf("as Sales agent: %s, %s", health, state)
	}
}

func TestARoleThatThereIsNot(t *testing.T) {
	w := newWorld(t, "good")
	r := w.connect("--role", "global-admin")
	if r.code != cli.ExitUsage || !strings.Contains(r.err, "admin-agent, sales-agent-and-billing-admin, sales-agent, helpdesk-agent, billing-admin, any") {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}
