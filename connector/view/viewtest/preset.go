package viewtest

import (
	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/wizard"
)

// PresetPath is where the states have their preset.
const PresetPath = "/etc/partner-center-connector/preset.toml"

// Preset is a preset that gives and locks everything it can.
func Preset() connector.Preset {
	return connector.Preset{
		Path: PresetPath, Product: "Fabrikam Billing", Support: "https://support.fabrikam.example/partner-center",
		ClientID: ClientID, ClientKind: auth.SecretClient, RedirectPath: auth.DefaultRedirectPath, WithGroups: true, Role: connector.RoleSalesAndBilling,
		Given:  connector.PresetFields,
		Locked: []connector.Field{connector.FieldClientID, connector.FieldClientKind, connector.FieldRedirectPath, connector.FieldWithGroups, connector.FieldRole},
	}
}

// BadPreset is a preset that can't be used, for a fault.
func BadPreset(f connector.PresetFault) connector.Preset {
	p := problems.Sample(connector.KindPreset)
	p.At, p.Raw = Now, PresetPath+":4: client-id"
	if f == connector.PresetStranger {
		p.Actor = connector.ActorYou
	}
	p.Args = map[string]string{
		connector.PresetFaultArg: string(f), "Path": PresetPath, "Line": "4", "Key": "client-id", "Value": "Mail.Read", "Known": "openid, User.Read",
	}
	return connector.Preset{Path: PresetPath, Problem: &p}
}

// withPreset puts a preset into a state, with the values of the draft changed by it where filled is set.
func withPreset(filled bool, change func(*connector.Preset)) func(*wizard.State) {
	return func(s *wizard.State) {
		s.Preset = Preset()
		change(&s.Preset)
		if filled {
			s.Wizard.Draft = s.Preset.Fill(s.Wizard.Draft)
		}
		s.Wizard.Fixed = map[connector.Field]bool{}
		for _, f := range connector.PresetFields {
			if s.Preset.Locks(f) && s.Preset.Agrees(s.Wizard.Draft, f) {
				s.Wizard.Fixed[f] = true
			}
		}
	}
}

func presetStates() []Named {
	asIs := func(*connector.Preset) {}
	open := func(p *connector.Preset) { p.Locked = nil }
	bare := func(p *connector.Preset) { *p = connector.Preset{Path: p.Path, Product: p.Product, Support: p.Support} }
	page := func(name string, filled bool, preset func(*connector.Preset), changes ...func(*wizard.State)) Named {
		return Named{name, inStep(connector.StepConnector, append([]func(*wizard.State){withPreset(filled, preset)}, changes...)...)}
	}
	wrong := inWizard(func(w *wizard.Wizard) {
		p := problem(connector.KindRedirectURI, connector.StepConnector, connector.ActorPublisher, "AADSTS50011")
		w.Probe = wizard.Probe{Result: connector.ProbeWrong, Problem: p}
	})
	otherID := draft(func(d *connector.Draft) { d.ClientID, d.WithGroups = "1b2c3d4e-0a5c-4e3d-b7f9-6c1e2d3a4b58", false })
	states := []Named{
		page("connector-preset", true, open),
		page("connector-preset-locked", true, asIs),
		page("connector-preset-locked-after-consent", true, asIs, draft(reported)),
		page("connector-preset-loose", true, func(p *connector.Preset) { p.Loose = true }),
		page("connector-preset-plain", true, func(p *connector.Preset) { p.Locked, p.Product, p.Support = nil, "", "" }),
		page("connector-preset-changed", true, open, otherID, draft(func(d *connector.Draft) { d.ClientKind, d.RedirectPath = auth.PublicClient, "" })),
		page("connector-preset-differs", false, func(p *connector.Preset) {
			p.Given = []connector.Field{connector.FieldClientID, connector.FieldWithGroups}
		}, otherID),
		page("connector-preset-no-values", false, bare),
		page("connector-preset-publisher", true, asIs, wrong),
		page("connector-preset-other-publisher", true, open, otherID, wrong),
		page("connector-preset-problem", false, func(p *connector.Preset) { *p = BadPreset(connector.PresetClientID) }),
		page("connector-preset-renewal", true, asIs, draft(reported), draft(func(d *connector.Draft) { d.Renews = SavedID }),
			inWizard(func(w *wizard.Wizard) { w.Fixed = nil })),
	}
	states = append(states,
		page("connector-preset-role-alone", true, func(p *connector.Preset) { p.Given, p.Locked = []connector.Field{connector.FieldRole}, nil }),
		Named{"account-preset", inStep(connector.StepAccount, withPreset(true, open))},
		Named{"account-preset-changed", inStep(connector.StepAccount, withPreset(false, open))},
		Named{"account-preset-locked", inStep(connector.StepAccount, withPreset(true, asIs))},
	)
	for _, f := range []connector.PresetFault{connector.PresetClientID, connector.PresetCredential, connector.PresetStranger} {
		s := home()
		s.Preset = BadPreset(f)
		states = append(states, Named{"home-preset-" + string(f), s})
	}
	return states
}
