package view_test

import (
	"slices"
	"strings"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

func notice(v view.View, id string) (view.Notice, bool) {
	for _, b := range v.Blocks {
		if n, ok := b.(view.Notice); ok && n.ID == id {
			return n, true
		}
	}
	return view.Notice{}, false
}

// TestTheWrongAccountIsNoGoodNews goes back to page 6 after page 7 found another account than the one that was named.
func TestTheWrongAccountIsNoGoodNews(t *testing.T) {
	v := view.Project(viewtest.State("user-other-account"))
	if n, _ := notice(v, "signed-in"); n.Severity != view.Bad {
		t.Errorf("the notice is %q", n.Severity)
	}
	if v.Focus != "start-private" {
		t.Errorf("the focus is on %q", v.Focus)
	}
	onPage7 := view.Project(viewtest.State("check-mismatch"))
	if state := onPage7.Rail[connector.StepUser-1].State; state != view.RailProblem {
		t.Errorf("the rail shows page 6 as %q", state)
	}
}

// TestPortalsOfACloudFromAFile opens the pages that the clouds file names.
func TestPortalsOfACloudFromAFile(t *testing.T) {
	s := viewtest.State("account-from-file")
	tenant := *s.Wizard.Draft.Tenant
	tenant.PartnerCenterPortal, tenant.EntraPortal = "https://partner.example", "https://entra.example"
	s.Wizard.Draft.Tenant = &tenant
	for step, want := range map[connector.Step]string{
		connector.StepAccount: "https://partner.example", connector.StepMFA: "https://entra.example", connector.StepConnector: "https://entra.example",
	} {
		s.Wizard.Draft.Step = step
		if got := links(view.Project(s)); !slices.Equal(got, []string{want}) {
			t.Errorf("page %d leads to %q, want %q", step, got, want)
		}
	}
}

func links(v view.View) []string {
	found := []string{}
	for _, block := range view.Flat(v.Blocks) {
		if a, ok := block.(view.Actions); ok {
			for _, b := range a.Buttons {
				if b.URL != "" {
					found = append(found, b.URL)
				}
			}
		}
	}
	return found
}

// TestTheCommandForScripts names what pcc needs to find the connector, and is not offered where pcc can't find it.
func TestTheCommandForScripts(t *testing.T) {
	s := viewtest.State("detail-good")
	s.CommandFlags = `--config-dir "/there"`
	if got := command(view.Project(s)); !strings.HasPrefix(got, "pcc token ") || !strings.HasSuffix(got, s.CommandFlags) {
		t.Errorf("the command is %q", got)
	}
	if got := command(view.Project(viewtest.State("rehearsal-detail"))); got != "" {
		t.Errorf("a rehearsal offers %q", got)
	}
}

func command(v view.View) string {
	for _, block := range view.Flat(v.Blocks) {
		if f, ok := block.(view.Facts); ok {
			for _, item := range f.Items {
				if item.ID == "fact-command" {
					return item.Value
				}
			}
		}
	}
	return ""
}

// TestAnUnlockedFieldHasTheFocus lets whoever agreed to a change type it at once.
func TestAnUnlockedFieldHasTheFocus(t *testing.T) {
	s := viewtest.State("connector-locked")
	for _, field := range []connector.Field{connector.FieldClientID, connector.FieldClientKind} {
		s.Wizard.Change, s.Wizard.Unlocked = "", map[connector.Field]bool{field: true}
		if got := view.Project(s).Focus; got != string(field) {
			t.Errorf("%s is unlocked, and the focus is on %q", field, got)
		}
	}
}
