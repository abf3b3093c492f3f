package rehearsal_test

import (
	"strings"
	"testing"

	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

// TestAScenarioForSomebodyElseEndsTheSignIn: a browser that is still signed in would not ask who signs in, and the scenario would not be seen.
func TestAScenarioForSomebodyElseEndsTheSignIn(t *testing.T) {
	for _, test := range []struct {
		name, before, after string
		asks                bool
	}{
		{"another administrator", "good", "wrong-tenant", true},
		{"back again", "wrong-tenant", "good", true},
		{"the same administrator", "good", "declined", false},
		{"another integration user", "good", "guest", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := start(t, options())
			p := newProgram(t, c)
			v := visitor.New()
			setScenario(t, c, test.before)
			p.walk(v, p.adminURL())
			setScenario(t, c, test.after)
			page, err := v.Open(t.Context(), p.adminURL())
			if err != nil {
				t.Fatal(err)
			}
			if asks := strings.Contains(page.Body, "person:"); asks != test.asks {
				t.Errorf("asks who signs in: %v", asks)
			}
		})
	}
}

// TestAScenarioForSomebodyElseEndsTheSignInOfAnOpenWindow has the window on the page of the permissions when the scenario changes.
func TestAScenarioForSomebodyElseEndsTheSignInOfAnOpenWindow(t *testing.T) {
	c := start(t, options())
	p := newProgram(t, c)
	v := visitor.New()
	page, err := v.Open(t.Context(), p.adminURL())
	for _, do := range []string{"person:admin", "password", "approve"} {
		if err != nil {
			t.Fatal(err)
		}
		page, err = v.Press(t.Context(), page, do)
	}
	if err != nil || !strings.Contains(page.Body, `value="accept"`) {
		t.Fatalf("no permissions are asked for: %v", err)
	}
	setScenario(t, c, "wrong-tenant")
	if page, err = v.Press(t.Context(), page, "accept"); err != nil || !strings.Contains(page.Body, "person:other-admin") {
		t.Errorf("it does not ask who signs in: %v, %s", err, page.Body)
	}
	if made := c.Journal().Consents; len(made) != 0 {
		t.Errorf("%d consents", len(made))
	}
}

func setScenario(t *testing.T, c *rehearsal.Cloud, name string) {
	t.Helper()
	if err := c.SetScenario(name); err != nil {
		t.Fatal(err)
	}
}
