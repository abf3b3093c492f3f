package wizard_test

import (
	"slices"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// monkeySuffixes are those of the clouds of the monkeys.
var monkeySuffixes = map[string]string{"global": "vault.azure.net"}

const monkeyForeign = "pcc-contoso-client-secret"

// keyVaultWays are what somebody does with a saved connector and a key vault.
func (m *monkey) keyVaultWays() [][]wizard.Event {
	ask := []wizard.Event{wizard.AskKeyVault{}, wizard.Edited{Field: connector.FieldVault, Value: pick(m, "contoso", "contoso", "contoso", "http://x")}}
	move := wizard.Chosen{Field: connector.FieldVaultWay, Value: pick(m, connector.VaultCopy, connector.VaultMove)}
	secret := wizard.Ticked{Field: connector.FieldVaultSecret, On: m.random.IntN(2) == 0}
	retype := wizard.Edited{Field: connector.FieldForeign(monkeyForeign), Value: pick(m, monkeyForeign, monkeyForeign, "pcc")}
	f := m.state.Detail.KeyVault
	switch {
	case len(m.saved) > 0 && m.saved[0].Origin == connector.OriginVault && m.random.IntN(2) > 0:
		return [][]wizard.Event{{wizard.CloseKeyVault{}, wizard.AskTakeBack{}, wizard.TakeBack{}}}
	case !f.Open:
		return [][]wizard.Event{slices.Concat(ask, []wizard.Event{move, secret, wizard.LookInKeyVault{}})}
	case f.Plan != nil && f.Problem == nil && m.random.IntN(3) > 0:
		return [][]wizard.Event{{retype, wizard.HandOverToKeyVault{}}}
	}
	return [][]wizard.Event{{wizard.LookInKeyVault{}}, {wizard.StopLookInKeyVault{}}, {wizard.CloseKeyVault{}}}
}

// keyVaultAnswer is the outcome that the form waits for.
func (m *monkey) keyVaultAnswer() wizard.Event {
	f := m.state.Detail.KeyVault
	for _, e := range slices.Backward(m.pending) {
		switch e := e.(type) {
		case wizard.PlanHandover:
			if e.Attempt == f.Looking.Attempt {
				return m.keyVaultOutcome(e)
			}
		case wizard.WriteToKeyVault:
			if e.Attempt == f.Writing.Attempt {
				return m.keyVaultOutcome(e)
			}
		}
	}
	return m.lists()
}

// keyVaultOutcome is that of an effect on a key vault; nil for any other.
func (m *monkey) keyVaultOutcome(e wizard.Effect) wizard.Event {
	switch e := e.(type) {
	case wizard.PlanHandover:
		e.Place.Name = "contoso"
		plan := connector.HandoverPlan{Place: e.Place, Secrets: []connector.PlannedSecret{{Name: monkeyForeign, There: m.random.IntN(2) == 0}}}
		return wizard.KeyVaultLooked{Attempt: e.Attempt, Plan: pick(m, plan, plan, plan, connector.HandoverPlan{}), Problem: m.maybe(connector.KindBusy)}
	case wizard.WriteToKeyVault:
		p := m.maybe(connector.KindNoNetwork)
		if p == nil {
			m.alter(e.ID, func(c *connector.Connector) {
				if c.Copies = append(slices.Clone(c.Copies), e.Plan.Place); e.Move {
					c.Origin, c.Vault, c.Copies = connector.OriginVault, &e.Plan.Place, nil
				}
			})
		}
		return wizard.HandedToKeyVault{Attempt: e.Attempt, ID: e.ID, Problem: p}
	case wizard.TakeFromKeyVault:
		m.alter(e.ID, func(c *connector.Connector) { c.Origin, c.Vault = connector.OriginTaken, nil })
		return wizard.DetailDone{Attempt: e.Attempt, ID: e.ID, Problem: m.maybe(connector.KindBusy)}
	}
	return nil
}

// alter changes the saved connector of the ID, if there is one.
func (m *monkey) alter(id string, change func(*connector.Connector)) {
	m.saved = slices.Clone(m.saved)
	for i := range m.saved {
		if m.saved[i].ID == id {
			change(&m.saved[i])
		}
	}
}
