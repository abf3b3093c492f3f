package cli

import (
	"cmp"
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// checkMissing names what neither the command line nor the preset gives, where nobody can be asked.
func (p *program) checkMissing(o connectOptions, preset connector.Preset) error {
	if p.mayAsk || o.resumes() || o.renew != "" {
		return nil
	}
	if missing := missingFlags(o, preset); len(missing) > 0 {
		return p.usageText("cli.error.missing", map[string]any{"Flags": strings.Join(missing, ", ")})
	}
	return nil
}

// complete reports whether a command line says all that a new connector needs, --yes included, so that nothing is asked.
func (o connectOptions) complete(preset connector.Preset) bool {
	return o.yes && !o.resumes() && o.renew == "" && !o.links.asked() && len(missingFlags(o, preset)) == 0
}

// missingFlags are those that a new connector needs where nobody can be asked.
func missingFlags(o connectOptions, preset connector.Preset) []string {
	if o.links.asked() {
		return notGiven([]requiredFlag{{o.links.file != "", "--from-link"}, {o.tenant != "", "--tenant"}, {o.user != "", "--user"}})
	}
	kind := o.kind
	if preset.Gives(connector.FieldClientKind) {
		kind = cmp.Or(kind, string(preset.ClientKind))
	}
	return notGiven([]requiredFlag{
		{o.tenant != "", "--tenant"},
		{o.user != "", "--user"},
		{o.clientID != "" || preset.Gives(connector.FieldClientID), "--client-id"},
		{o.certificate != "" || o.secretFromInput || kind == string(auth.PublicClient), secretFlags(kind)},
		{o.yes, "--yes"},
	})
}

// requiredFlag is a flag that a command needs where nobody can be asked, and whether it was given.
type requiredFlag struct {
	given bool
	flag  string
}

func notGiven(all []requiredFlag) []string {
	missing := []string{}
	for _, f := range all {
		if !f.given {
			missing = append(missing, f.flag)
		}
	}
	return missing
}

// warnOfPreset says that there is a preset which can't be used. The program goes on without it.
func (p *program) warnOfPreset(preset connector.Preset) {
	if preset.Problem != nil {
		p.showProblem(p.Err, p.errWidth(), preset.Problem)
	}
}

// takePreset says on the page of the app registration what came from the preset, and asks for none of it.
func (c *conversation) takePreset(w wizard.Wizard) {
	preset := c.engine.Ports.Preset
	if w.Draft.Renews != "" {
		return
	}
	for _, f := range connector.PresetFields {
		if preset.Agrees(w.Draft, f) {
			c.asked[f] = true
		}
	}
	// Who was given an app registration has nothing to look its redirect URI up in.
	if preset.Agrees(w.Draft, connector.FieldClientID) {
		c.asked[connector.FieldRedirectPath] = true
	}
}

// tellPreset prints the values that came from the preset: the page shows them in fields, which are not asked for here.
func (c *conversation) tellPreset(state wizard.State) {
	preset := state.Preset
	if state.Wizard.Draft.Step != connector.StepConnector || state.Wizard.Draft.Renews != "" || len(preset.Given) == 0 {
		return
	}
	c.remark(say("cli.preset.from", "Path", preset.Path, "Policy", preset.Policy))
	for _, f := range preset.Given {
		if preset.Agrees(state.Wizard.Draft, f) {
			indented(c.Err, c.errWidth(), "  ", "    ", view.PresetValue(preset, f).Render(c.tr))
		}
	}
}

// refuseChange returns why a flag can't change an input.
func (c *conversation) refuseChange(w wizard.Wizard, f connector.Field) error {
	field := c.t("field." + string(f))
	if w.Fixed[f] && w.Held[f] {
		return c.usageText("cli.error.policy-field", map[string]any{"Field": field, "From": c.heldBy(f)})
	}
	if w.Fixed[f] {
		return c.usageText("cli.error.preset-locked", map[string]any{"Field": field, "Path": c.engine.Ports.Preset.Path})
	}
	return c.usageText("cli.error.locked", map[string]any{"Field": field})
}

// examinePreset says what the preset gives. One that can't be used is a warning: everything in it can be entered by hand.
func (p *program) examinePreset(e *engine.Engine) examination {
	preset := e.Ports.Preset
	switch {
	case preset.Problem != nil:
		x := p.finding("preset", preset.Problem, view.Text{})
		x.State = string(connector.CheckWarning)
		return x
	case preset.Path == "" && len(e.PresetFiles()) == 0:
		return p.finding("preset", nil, say("cli.doctor.preset-practice"))
	case preset.Path == "":
		return p.finding("preset", nil, say("cli.doctor.preset-none", "Paths", strings.Join(e.PresetFiles(), ", ")))
	}
	x := p.finding("preset", nil, say("cli.said", "Text", p.presetText(preset)))
	if slices.ContainsFunc(preset.Locked, preset.Loosened) {
		x.State = string(connector.CheckWarning)
	}
	return x
}

// presetText is a preset in one paragraph.
func (p *program) presetText(preset connector.Preset) string {
	parts := []string{preset.Path + "."}
	if preset.Policy != "" && preset.Policy != preset.Path {
		parts = append(parts, preset.Policy+".")
	}
	add := func(t view.Text) { parts = append(parts, t.Render(p.tr)) }
	if preset.Product != "" {
		add(say("cli.doctor.preset-product", "Product", preset.Product))
	}
	if preset.Support != "" {
		add(say("cli.doctor.preset-support", "Support", preset.Support))
	}
	if preset.Links != nil {
		add(say("cli.doctor.preset-links", "Product", preset.Links.Name))
	}
	for _, f := range preset.Given {
		parts = append(parts, view.PresetValue(preset, f).Render(p.tr)+".")
	}
	if len(preset.Locked) > 0 {
		names := []string{}
		for _, f := range preset.Locked {
			names = append(names, p.t("field."+string(f)))
		}
		key := "cli.doctor.preset-locked"
		if slices.ContainsFunc(preset.Locked, preset.Loosened) {
			key = "cli.doctor.preset-loose"
		}
		add(say(key, "Fields", strings.Join(names, ", ")))
	}
	if preset.Ignored != "" {
		add(say("cli.doctor.preset-ignored", "Path", preset.Ignored))
	}
	return strings.Join(parts, " ")
}

// jsonPreset is a preset. Given and locked hold keys of the file.
type jsonPreset struct {
	Path         string   `json:"path"`
	Product      string   `json:"product"`
	Support      string   `json:"support"`
	ClientID     string   `json:"clientId"`
	ClientKind   string   `json:"clientKind"`
	RedirectPath string   `json:"redirectPath"`
	WithGroups   bool     `json:"withGroups"`
	Scopes       []string `json:"scopes"`
	Role         string   `json:"role"`
	Given        []string `json:"given"`
	Locked       []string `json:"locked"`
	// LocksHold reports whether what is locked is safe from changes by this account.
	LocksHold bool   `json:"locksHold"`
	Ignored   string `json:"ignored"`
	Usable    bool   `json:"usable"`
	// LinksProduct is the name of the product whose two links it has words for.
	LinksProduct string `json:"linksProduct"`
}

// jsonOfPreset is nil for none.
func jsonOfPreset(p connector.Preset) *jsonPreset {
	if p.Path == "" {
		return nil
	}
	j := &jsonPreset{
		Path: p.Path, Product: p.Product, Support: p.Support, ClientID: p.ClientID, ClientKind: string(p.ClientKind), RedirectPath: p.RedirectPath,
		WithGroups: p.WithGroups, Role: string(p.Role), Scopes: append([]string{}, p.Scopes...), Given: presetKeys(p.Given), Locked: presetKeys(p.Locked), LocksHold: len(p.Locked) > 0 && !slices.ContainsFunc(p.Locked, p.Loosened),
		Ignored: p.Ignored, Usable: p.Problem == nil,
	}
	if p.Links != nil {
		j.LinksProduct = p.Links.Name
	}
	return j
}

func presetKeys(fields []connector.Field) []string {
	keys := []string{}
	for _, f := range fields {
		key := string(f)
		if f == connector.FieldWithGroups {
			key = "scopes"
		}
		keys = append(keys, key)
	}
	return keys
}
