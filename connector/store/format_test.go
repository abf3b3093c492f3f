package store

import (
	"reflect"
	"strings"
	"testing"

	"partner-center-connector/connector"
)

// firstDrafts and firstConnectors are lists as the first versions wrote them, with numbers for the pages.
const (
	firstDrafts = `{"format": 1, "drafts": [
  {"id": "d-1", "created": "2026-11-23T12:00:00Z", "step": 5, "seen": 6, "name": "Contoso", "redirectPath": "/consent"},
  {"id": "d-2", "created": "2026-11-23T12:00:00Z", "step": 1, "redirectPath": ""}
]}`
	firstConnectors = `{"format": 1, "connectors": [{"id": "c-1", "name": "Contoso", "health": "attention",
  "checks": [{"id": "mfa", "state": "failed", "problem": {"kind": "no-mfa", "step": 3, "actor": "administrator"}}]}]}`
)

func TestListsOfTheFirstFormatAreRead(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	writeFile(t, s, draftsFile, firstDrafts)
	writeFile(t, s, connectorsFile, firstConnectors)
	drafts, err := s.Drafts()
	want := []connector.Draft{
		{ID: "d-1", Created: noon, Step: connector.StepAdmin, Seen: connector.StepUser, Role: connector.RoleAdminAgent, Name: "Contoso", RedirectPath: "/consent"},
		{ID: "d-2", Created: noon, Step: connector.StepBefore, Role: connector.RoleAdminAgent},
	}
	if err != nil || !reflect.DeepEqual(drafts, want) {
		t.Errorf("drafts: %+v, %v", drafts, err)
	}
	all := whole(t, s)
	if len(all) != 1 || all[0].Checks[0].Problem.Step != connector.StepMFA {
		t.Errorf("connectors: %+v", all)
	}
	if readFile(t, s, draftsFile) != firstDrafts || readFile(t, s, "connectors.format-1.json") != firstConnectors {
		t.Error("reading changed a list")
	}
}

// TestListsNameTheirPages checks that what is written says a format that older versions refuse and leave alone: they would take the names
// for damage. The settings name no page, and stay readable for them.
func TestListsNameTheirPages(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	writeFile(t, s, draftsFile, firstDrafts)
	if err := s.PutDraft(connector.Draft{ID: "d-2", Step: connector.StepUser, Seen: connector.StepCheck}); err != nil {
		t.Fatal(err)
	}
	if err := s.PutConnector(fullConnector("c-1")); err != nil {
		t.Fatal(err)
	}
	if err := s.ChangeSettings(speaking("de")); err != nil {
		t.Fatal(err)
	}
	for name, parts := range map[string][]string{
		draftsFile:     {`"format": 2`, `"step": "user-consent"`, `"seen": "checks"`},
		connectorsFile: {`"format": 3`},
		fileOf("c-1"):  {`"format": 3`, `"step": "none"`},
		settingsFile:   {`"format": 1`},
	} {
		for _, part := range parts {
			if text := readFile(t, s, name); !strings.Contains(text, part) {
				t.Errorf("%s has no %s:\n%s", name, part, text)
			}
		}
	}
	drafts, err := beside(t, s).Drafts()
	if err != nil || len(drafts) != 2 || drafts[0].Step != connector.StepAdmin || drafts[1].Step != connector.StepUser {
		t.Errorf("read back: %+v, %v", drafts, err)
	}
}

// TestWhatANewerVersionKeepsIsNotLost checks that a record keeps what this version does not know, as long as the record itself is not
// changed.
func TestWhatANewerVersionKeepsIsNotLost(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	writeFile(t, s, draftsFile, `{"format": 2, "drafts": [{"id": "d-1", "step": "licence", "plan": {"seats": 5}, "redirectPath": ""}]}`)
	drafts, err := s.Drafts()
	if err != nil || len(drafts) != 1 || drafts[0].Step != connector.StepBefore {
		t.Errorf("drafts: %+v, %v", drafts, err)
	}
	if err := s.PutDraft(connector.Draft{ID: "d-2", Step: connector.StepMFA}); err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteDraft("d-2"); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"step": "licence"`, `"seats": 5`} {
		if text := readFile(t, s, draftsFile); !strings.Contains(text, part) {
			t.Errorf("there is no %s any more:\n%s", part, text)
		}
	}
}

// TestAChangeKeepsWhatItDoesNotKnow checks that a change of a record leaves in it what a newer version keeps there, and takes away what was
// taken away.
func TestAChangeKeepsWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	writeFile(t, s, connectorsFile, `{"format": 2, "connectors": [
  {"vault \"x\"": {"days": [1, 2]}, "id": "a", "NAME": "Contoso", "withGroups": true, "plan": null, "health": "good", "kind": "secret", "redirectPath": ""}]}`)
	for range 2 { // the second time there is nothing left to change
		if err := s.PutConnector(connector.Connector{ID: "a", Name: "Contoso Europe"}); err != nil {
			t.Fatal(err)
		}
	}
	text := readFile(t, s, fileOf("a"))
	for _, part := range []string{`"vault \"x\"": {`, `"plan": null`, `"name": "Contoso Europe"`} {
		if strings.Count(text, part) != 1 {
			t.Errorf("there is not one %s:\n%s", part, text)
		}
	}
	for _, part := range []string{"withGroups", "NAME", `"good"`, `"secret"`} {
		if strings.Contains(text, part) {
			t.Errorf("there is still %s:\n%s", part, text)
		}
	}
	if all := whole(t, beside(t, s)); !reflect.DeepEqual(all, []connector.Connector{{ID: "a", Name: "Contoso Europe"}}) {
		t.Errorf("read back: %+v", all)
	}
}

// TestEndsThatWereWrittenAsInstantsAreDays reads lists that keep the end of a credential as a time, and writes nothing that their readers refuse.
func TestEndsThatWereWrittenAsInstantsAreDays(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	writeFile(t, s, connectorsFile, `{"format": 2, "connectors": [
		{"id": "a", "name": "A", "secretExpires": "2027-01-08T00:00:00Z"}, {"id": "b", "name": "B", "secretExpires": "2027-01-08T15:04:05Z"},
		{"id": "c", "name": "C", "secretExpires": "2027-01-08"}, {"id": "d", "name": "D"}]}`)
	all, err := s.Connectors()
	if err != nil || len(all) != 4 {
		t.Fatalf("%v, %v", all, err)
	}
	for _, c := range all {
		if want := map[bool]string{true: "2027-01-08"}[c.ID != "d"]; c.SecretExpires.String() != want {
			t.Errorf("%s ends on %q, want %q", c.ID, c.SecretExpires, want)
		}
	}
	ended := all[0]
	ended.Name = "renamed"
	if err := s.PutConnector(ended); err != nil {
		t.Fatal(err)
	}
	if text := readFile(t, s, fileOf("a")); !strings.Contains(text, `"secretExpires": "2027-01-08T00:00:00Z"`) {
		t.Error(text)
	}
}

// TestTheRoleOfListsBeforeThereWasAChoice reads a connector without a role as one of which nobody said what it needs, and a draft as its page
// said then: Admin agent. What is chosen is kept.
func TestTheRoleOfListsBeforeThereWasAChoice(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	writeFile(t, s, connectorsFile, `{"format": 2, "connectors": [{"id": "a", "name": "A", "health": "good", "checks": [{"id": "role", "state": "passed"}]}]}`)
	writeFile(t, s, draftsFile, `{"format": 2, "drafts": [
  {"id": "d-1", "step": "admin-consent", "upn": "i@contoso.example", "redirectPath": ""},
  {"id": "d-2", "step": "user-consent", "renews": "a", "redirectPath": ""},
  {"id": "d-3", "step": "checks", "role": "sales-agent-and-billing-admin", "redirectPath": ""}]}`)
	all := whole(t, s)
	if len(all) != 1 || all[0].Role != "" || all[0].Health != connector.HealthGood || all[0].Checks[0].State != connector.CheckPassed {
		t.Errorf("connectors: %+v", all)
	}
	drafts, err := s.Drafts()
	if err != nil || len(drafts) != 3 || drafts[0].Role != connector.RoleAdminAgent || drafts[1].Role != "" || drafts[2].Role != connector.RoleSalesAndBilling {
		t.Errorf("drafts: %+v, %v", drafts, err)
	}
	all[0].Name = "B"
	if err := s.PutConnector(all[0]); err != nil {
		t.Fatal(err)
	}
	if text := readFile(t, s, fileOf("a")); strings.Contains(text, `"role": "`) {
		t.Errorf("a role was made up:\n%s", text)
	}
	all[0].Role = connector.RoleSalesAgent
	if err := s.PutConnector(all[0]); err != nil {
		t.Fatal(err)
	}
	if text := readFile(t, s, fileOf("a")); !strings.Contains(text, `"role": "sales-agent"`) {
		t.Errorf("the role is not kept:\n%s", text)
	}
	if listed, err := beside(t, s).Connectors(); err != nil || len(listed) != 1 || listed[0].Role != connector.RoleSalesAgent {
		t.Errorf("read back: %+v, %v", listed, err)
	}
}
