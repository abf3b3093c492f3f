package cli

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/policy"
	"partner-center-connector/connector/precedence"
	"partner-center-connector/connector/view"
)

// checkPolicy refuses a flag that says something else than a policy locks, instead of leaving it out silently. A run of the schedule goes on by the
// policy: nobody would see why it does not, and its flags were written before.
func (p *program) checkPolicy() error {
	for _, given := range []struct {
		option precedence.Option
		value  string
	}{{precedence.ConfigDir, p.configDir}, {precedence.Clouds, p.cloudsFile}, {precedence.Language, p.language}} {
		lock := p.Policy.Lock(given.option.Name)
		if IsScheduled(p.args) || !policy.Contradicts(lock, given.value) {
			continue
		}
		return p.usageText("cli.error.policy-flag", map[string]any{
			"Flag": given.option.Flag, "Value": given.value, "Locked": lock.Text, "From": lock.From,
		})
	}
	return nil
}

// heldBy is the policy that locks an input.
func (p *program) heldBy(f connector.Field) string {
	name := connector.PolicyOf(f)
	if name == "" {
		name = presetKeys([]connector.Field{f})[0]
	}
	return cmp.Or(p.Policy.Lock(name).From, p.preset.Policy)
}

// logPolicy notes what of a policy counts, by its names alone, and what can't be used.
func (p *program) logPolicy(ctx context.Context) {
	names := []string{}
	for _, v := range p.Policy.Values {
		names = append(names, v.Name)
	}
	if len(names) > 0 {
		p.Log.LogAttrs(ctx, slog.LevelDebug, "policy", slog.String("names", strings.Join(names, " ")))
	}
	for _, problem := range p.Policy.Problems {
		p.Log.LogAttrs(ctx, slog.LevelWarn, "policy can't be used", slog.Any("problem", &problem))
	}
}

// examinePolicy says what the administrator of this computer has set. What can't be used is a warning; a failure where no cloud is allowed because
// of it.
func (p *program) examinePolicy(e *engine.Engine) []examination {
	all := e.Ports.Policy
	found := []examination{}
	switch {
	case len(all.Values) > 0:
		found = append(found, p.finding("policy", nil, say("cli.said", "Text", p.policyText(all))))
	case len(all.Problems) == 0:
		found = append(found, p.finding("policy", nil, say("cli.doctor.policy-none", "Paths", strings.Join(all.Places, ", "))))
	}
	for _, problem := range all.Problems {
		x := p.finding("policy", &problem, view.Text{})
		if problem.Args[connector.PolicyFatalArg] == "" {
			x.State = string(connector.CheckWarning)
		}
		found = append(found, x)
	}
	return found
}

// policyText has a line for each value.
func (p *program) policyText(all connector.Policy) string {
	parts := []string{}
	for _, v := range all.Values {
		parts = append(parts, v.Name+": "+view.PolicyValue(v).Render(p.tr)+".")
	}
	return strings.Join(parts, "\n")
}

// jsonPolicy is what the administrator of this computer says, and what counts of each setting.
type jsonPolicy struct {
	// Places are where a policy is looked for.
	Places   []string            `json:"places"`
	Settings []jsonPolicySetting `json:"settings"`
	// Usable reports whether all of it can be used.
	Usable bool `json:"usable"`
}

// jsonPolicySetting is a setting that policies know, with the value that counts.
type jsonPolicySetting struct {
	Name   string   `json:"name"`
	Value  string   `json:"value"`
	Values []string `json:"values"`
	// Source is the place that says it, by its name in the documentation; null where the program goes by its own choice.
	Source *string `json:"source"`
	// From is the policy that says it; null for none.
	From   *string `json:"from"`
	Locked bool    `json:"locked"`
}

func (p *program) jsonOfPolicy(e *engine.Engine) jsonPolicy {
	j := jsonPolicy{Places: append([]string{}, e.Ports.Policy.Places...), Settings: []jsonPolicySetting{}, Usable: len(e.Ports.Policy.Problems) == 0}
	kept, _ := e.Store.Settings() // what can't be read does not count
	for _, s := range policy.Settings() {
		j.Settings = append(j.Settings, p.jsonOfSetting(e, s.Name, kept))
	}
	return j
}

// jsonOfSetting says what counts of a setting, and where it comes from.
func (p *program) jsonOfSetting(e *engine.Engine, name string, kept connector.Settings) jsonPolicySetting {
	said, option := precedence.Said{Settings: func() string { return kept.Named(name) }}, precedence.Option{Name: name}
	for _, o := range precedence.Options() {
		if o.Name == name {
			option, said.Flag = o, p.flagged(o)
		}
	}
	preset := e.Ports.Preset
	said.Preset = func() string { return strings.Join(presetValue(preset, name), ", ") }
	choice := p.choose(option, said)
	j := jsonPolicySetting{Name: name, Value: choice.Value, Values: []string{}}
	v, of := e.Ports.Policy.Value(name, choice.From != precedence.Default)
	if list, recommended := e.Ports.Policy.Value(name, false); !of && recommended && len(list.List) > 0 {
		v, of = list, true // the order of places knows texts alone
	}
	switch {
	case of && len(v.List) > 0, of && v.Name == connector.PolicyAllowedClouds:
		choice.From, j.Value, j.Values = precedence.Locked, "", append(j.Values, v.List...)
		if !v.Locked {
			choice.From = precedence.Default
		}
	case choice.From == precedence.Preset && name == connector.PolicyScopes:
		j.Value, j.Values = "", presetValue(preset, name)
	}
	if choice.From != precedence.Nowhere {
		source := string(choice.From)
		j.Source = &source
	}
	if of && (choice.From == precedence.Locked || choice.From == precedence.Default) {
		j.From = &v.From
	}
	j.Locked = choice.From == precedence.Locked || choice.From == precedence.Preset && slices.ContainsFunc(preset.Locked, func(f connector.Field) bool {
		return preset.Locks(f) && presetKeys([]connector.Field{f})[0] == name
	})
	return j
}

// flagged is what the command line says of an option.
func (p *program) flagged(o precedence.Option) string {
	return map[string]string{
		precedence.ConfigDir.Name: p.configDir, precedence.Clouds.Name: p.cloudsFile, precedence.Language.Name: p.language,
	}[o.Name]
}

// presetValue is what a preset has for a name; nothing where it gives none.
func presetValue(preset connector.Preset, name string) []string {
	text := map[string]string{
		connector.PolicyProduct: preset.Product, connector.PolicySupport: preset.Support, connector.PolicyClientID: preset.ClientID,
		connector.PolicyClientKind: string(preset.ClientKind), connector.PolicyRedirectPath: preset.RedirectPath, connector.PolicyRole: string(preset.Role),
	}[name]
	switch {
	case text != "":
		return []string{text}
	case name == connector.PolicyScopes && preset.Gives(connector.FieldWithGroups):
		return append([]string{}, preset.Scopes...)
	}
	return nil
}
