package viewtest

import (
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/wizard"
)

// PolicyPath is where the states have their policy.
const PolicyPath = "/etc/partner-center-connector/policy.toml"

// policies lock, or recommend, settings. One of them can't be used.
func policies(locked bool) func(*wizard.State) {
	return func(s *wizard.State) {
		bad := problems.Sample(connector.KindPolicy)
		bad.At, bad.Raw = Now, PolicyPath+":4: "+connector.PolicyLog
		bad.With("Place", PolicyPath).With("Line", "4").With("Name", connector.PolicyLog).With("Value", "loud").With("Known", "off, info, debug").
			With(connector.PolicyFaultArg, string(connector.PolicyNoChoice))
		s.Policy.Problems = []connector.Problem{bad}
		for _, v := range [][2]string{
			{connector.PolicyLanguage, "de"}, {connector.PolicyTheme, "dark"}, {connector.PolicyUserBrowser, "edge"}, {connector.PolicyNotify, "off"},
		} {
			s.Policy.Values = append(s.Policy.Values, connector.PolicyValue{Name: v[0], Text: v[1], From: PolicyPath, Locked: locked})
		}
		s.Policy.Values = append(s.Policy.Values,
			connector.PolicyValue{Name: connector.PolicyAllowedClouds, List: []string{"global", "usgov"}, From: PolicyPath, Locked: true})
		if locked {
			s.Policy.Values = append(s.Policy.Values,
				connector.PolicyValue{Name: connector.PolicyDailyCheck, Text: connector.DailyCheckOff, From: PolicyPath, Locked: true})
		}
	}
}
