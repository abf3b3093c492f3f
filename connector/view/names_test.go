package view_test

import (
	"strings"
	"testing"

	"partner-center-connector/connector/view"
)

var knownRoles = map[view.ControlRole]bool{
	view.ButtonRole: true, view.LinkRole: true, view.TextRole: true, view.SecretRole: true, view.TickRole: true, view.ChoiceRole: true,
	view.StepRole: true,
}

// TestEveryControlHasANameAndARole holds what assistive technology needs: of every control on every screen a role, and in every
// language a name that no other control of the same role on the screen has.
func TestEveryControlHasANameAndARole(t *testing.T) {
	seen := map[view.ControlRole]bool{}
	for lang, tr := range translators(t) {
		for screen, v := range views() {
			names := map[string]string{}
			for _, c := range v.Controls() {
				seen[c.Role] = true
				if !knownRoles[c.Role] {
					t.Errorf("%s: %s has the role %q", screen, c.ID, c.Role)
				}
				name := strings.TrimSpace(c.Label.Render(tr))
				if name == "" || strings.HasPrefix(name, "[") {
					t.Errorf("%s, %s: %s is called %q", screen, lang, c.ID, name)
				}
				full := string(c.Role) + " " + name + " / " + c.Within.Render(tr)
				if other := names[full]; other != "" {
					t.Errorf("%s, %s: %s and %s are both called %q", screen, lang, other, c.ID, full)
				}
				names[full] = c.ID
			}
		}
	}
	for role := range knownRoles {
		if !seen[role] {
			t.Errorf("no control has the role %q", role)
		}
	}
}

// TestPicturesAndOptionsHaveWords holds that a picture says what it shows, and that each option of a choice has a name of its own.
func TestPicturesAndOptionsHaveWords(t *testing.T) {
	pictures := 0
	for lang, tr := range translators(t) {
		for screen, v := range views() {
			for _, b := range v.Blocks {
				switch b := b.(type) {
				case view.Picture:
					pictures++
					if alt := b.Alt.Render(tr); len(strings.Fields(alt)) < 3 {
						t.Errorf("%s, %s: the picture %s is described as %q", screen, lang, b.Name, alt)
					}
				case view.Choice:
					names := map[string]bool{}
					for _, o := range b.Options {
						name := o.Plain
						if name == "" {
							name = o.Label.Render(tr)
						}
						if name == "" || names[name] {
							t.Errorf("%s, %s: an option of %s is called %q", screen, lang, b.ID, name)
						}
						names[name] = true
					}
				}
			}
		}
	}
	if pictures == 0 {
		t.Error("no screen has a picture")
	}
}
