package view

import (
	"strconv"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// policyFault says what is wrong with a policy.
func policyFault(args map[string]string) Text {
	namespace := "policy.fault."
	if args[connector.PolicyPresetArg] != "" {
		namespace = "preset.fault."
	}
	return text(namespace+args[connector.PolicyFaultArg], "Key", args["Name"], "Name", args["Name"], "Value", args["Value"], "Known", args["Known"])
}

// held locks a setting that a policy locks, and says of one that it recommends what that is.
func (c Choice) held(p connector.Policy) Choice {
	name := connector.PolicyOf(c.Field)
	if lock := p.Lock(name); lock.Locked {
		c.Locked, c.Hint, c.Reason = true, Text{}, text("settings.policy.locked", "From", lock.From)
		return c
	}
	if v, recommended := p.Value(name, false); recommended && c.Hint.Key == "" {
		c.Hint = text("settings.policy.recommended", "Value", c.named(v.Text))
	}
	return c
}

// named is a value of a policy as the option of a choice is called; the value itself where it has none.
func (c Choice) named(value string) any {
	for _, o := range c.Options {
		switch {
		case o.Value != value && (o.Value != "" || value != connector.UsualSystem):
		case o.Plain != "":
			return o.Plain
		default:
			return o.Label
		}
	}
	return value
}

// policyFacts are what the administrator of this computer says, and what of it can't be used.
func policyFacts(s wizard.State) []Block {
	if len(s.Policy.Values) == 0 && len(s.Policy.Problems) == 0 {
		return nil
	}
	blocks := []Block{heading("settings.policy"), caption(text("settings.policy.text"))}
	for i, problem := range s.Policy.Problems {
		blocks = append(blocks, card{id: "policy-problem-" + strconv.Itoa(i+1), problem: &problem}.show())
	}
	facts := Facts{}
	for _, v := range s.Policy.Values {
		facts.Items = append(facts.Items, FactItem{ID: "policy-" + v.Name, Label: text("settings.policy.name", "Name", v.Name), Text: PolicyValue(v)})
	}
	if len(facts.Items) == 0 {
		return blocks
	}
	return append(blocks, facts)
}

// PolicyValue is what a policy says, whether it is locked, and where it says so.
func PolicyValue(v connector.PolicyValue) Text {
	key := "policy.value.recommended"
	if v.Locked {
		key = "policy.value.locked"
	}
	value := v.Text
	if value == "" {
		value = strings.Join(v.List, ", ")
	}
	return text(key, "Value", value, "From", v.From)
}

// scheduleForbidden says that there is to be no daily check, and lets one that is there be removed.
func scheduleForbidden(p connector.Policy, page wizard.SchedulePage) []Block {
	if !p.ForbidsDailyCheck() {
		return nil
	}
	n := Notice{ID: "schedule-forbidden", Severity: Info, Title: text("settings.policy.daily-check"), Text: text("settings.policy.set", "From", p.Lock(connector.PolicyDailyCheck).From)}
	if page.Known && page.Is.Installed {
		n.Severity, n.Text = Warning, text("settings.policy.daily-check.there", "From", p.Lock(connector.PolicyDailyCheck).From)
		n.Buttons = scheduleButtons(p, page)
	}
	return []Block{n}
}
