package view_test

import (
	"strings"
	"testing"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

// TestARefusedLinkSaysWhy reads each fault as people do, with as little known as there may be and with everything.
func TestARefusedLinkSaysWhy(t *testing.T) {
	hostsKnown := []link.Fault{
		link.FaultUserInfo, link.FaultHost, link.FaultLookAlike, link.FaultPort, link.FaultGateway, link.FaultRedirectLocal,
	}
	for lang, tr := range translators(t) {
		for _, f := range link.Faults() {
			least := link.Refusal{Fault: f}
			for _, known := range hostsKnown {
				if f == known {
					least.Host = "login.evil.example"
				}
			}
			if f == link.FaultTwice {
				least.Parameter = "state"
			}
			for _, r := range []link.Refusal{least, {Fault: f, Kind: link.Admin, Host: "login.evil.example", Parameter: "state"}} {
				card := view.ProblemCard(problems.Of(r, viewtest.Now))
				wordsOf(t, tr, lang+", "+string(f), card)
				do := card.Do.Render(tr)
				if !strings.Contains(do, least.Host) || !strings.Contains(do, least.Parameter) {
					t.Errorf("%s, %s: %s", lang, f, do)
				}
			}
		}
	}
}
