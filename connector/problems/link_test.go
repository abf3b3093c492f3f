package problems

import (
	"fmt"
	"maps"
	"testing"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// TestARefusedLink: who has to do with it depends on whether copying the link again can mend it.
func TestARefusedLink(t *testing.T) {
	for _, c := range []struct {
		refusal link.Refusal
		actor   connector.Actor
		args    map[string]string
	}{
		{link.Refusal{Fault: link.FaultLookAlike, Host: "login.rnicrosoftonline.com", Kind: link.User}, "you", map[string]string{"Fault": "look-alike", "Host": "login.rnicrosoftonline.com", "Kind": "user"}},
		{link.Refusal{Fault: link.FaultCutOff, Parameter: "scope"}, "you", map[string]string{"Fault": "cut-off", "Parameter": "scope"}},
		{link.Refusal{Fault: link.FaultGone}, "you", map[string]string{"Fault": "gone"}},
		{link.Refusal{Fault: link.FaultRedirectLocal, Host: "localhost", Kind: link.Admin}, "publisher", map[string]string{"Fault": "redirect-local", "Host": "localhost", "Kind": "admin"}},
		{link.Refusal{Fault: link.FaultHTTP}, "publisher", map[string]string{"Fault": "http"}},
	} {
		p := Of(fmt.Errorf("reading: %w", c.refusal), testNow)
		if p.Kind != "link" || p.Step != connector.StepLinks || p.Actor != c.actor || !maps.Equal(p.Args, c.args) || p.Raw != "" || !p.At.Equal(testNow) {
			t.Errorf("%v: %+v", c.refusal, p)
		}
	}
}
