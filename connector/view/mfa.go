package view

import (
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// mfaPage shows the one way to MFA that fits what the connector is for. Its statement stands below it: whoever ticks it has seen the way.
func mfaPage(s wizard.State) page {
	w := s.Wizard
	links, user := portalOf(w.Draft.Tenant), usedBy(s)
	return page{
		answers: map[string]any{"Tenant": tenantName(w.Draft.Tenant), "UPN": w.Draft.UPN},
		blocks: blocksOf(
			usedByChoice(s),
			user.wayToMFA(),
			linkButtons(Button{ID: "open-entra", Label: text("page.mfa.open-entra"), URL: links.entra}),
			body(text("page.mfa.register.text", "UPN", w.Draft.UPN)),
			registerAddress(links),
			tick(w, connector.TickMFA),
			Fold{ID: "other-ways", Title: text("common.other-ways"), Blocks: user.otherWaysToMFA()},
			Fold{ID: "why", Title: text("page.mfa.why"), Blocks: blocksOf(
				body(text("page.mfa.rule")), body(text("page.mfa.try")), body(text("page.mfa.breaks")), List{Items: items("page.mfa.break", 6)},
			)},
		),
		focus: []string{string(connector.TickMFA)},
	}
}

// usedBy is the product that the connector is for: the preset's, or else the one that was chosen; its zero value for programs of the
// partner's own. What is not known has a name at most.
func usedBy(s wizard.State) product {
	if name := presetUse(s.Preset); name != "" {
		for _, p := range s.Products {
			if strings.EqualFold(p.Name, name) {
				return product(p)
			}
		}
		return product{Name: name}
	}
	chosen := s.Wizard.Draft.For
	p, known := connector.ProductByID(s.Products, chosen)
	if !known && chosen == connector.ForOther {
		p.ID = connector.ForOther
	}
	return product(p)
}

// presetUse is the product that the preset's publisher made it for; empty for none.
func presetUse(p connector.Preset) string {
	if p.Problem != nil {
		return ""
	}
	return p.Product
}

// usedByChoice asks which product the connector is for, or says so where the preset does.
func usedByChoice(s wizard.State) []Block {
	if name := presetUse(s.Preset); name != "" {
		return []Block{caption(text("page.mfa.for-preset", "Product", name))}
	}
	c := Choice{
		ID: string(connector.FieldFor), Field: connector.FieldFor, Label: text("field.for"), Value: s.Wizard.Draft.For,
		Options: []Option{{Value: connector.ForOwn, Label: text("field.for.own")}},
	}
	for _, p := range s.Products {
		c.Options = append(c.Options, Option{Value: p.ID, Plain: p.Name})
	}
	c.Options = append(c.Options, Option{Value: connector.ForOther, Label: text("field.for.other")})
	return blocksOf(c.lock(s.Wizard))
}

// wayToMFA is the way that fits the product: what its publisher documents, or else Microsoft's advice.
func (p product) wayToMFA() []Block {
	if p.MFAEnforced {
		way := append(items("page.mfa.per-user", 2), p.says("page.mfa.per-user.alone"))
		return blocksOf(p.heading("page.mfa.best.per-user"), List{Numbered: true, Items: way})
	}
	blocks := blocksOf(heading("page.mfa.best.conditional"), List{Items: items("page.mfa.conditional", 3)})
	if p.Name == "" && p.ID == "" {
		return blocks
	}
	return append(blocks, caption(p.says("page.mfa.guide")))
}

// otherWaysToMFA are the others, the better ones first.
func (p product) otherWaysToMFA() []Block {
	other := blocksOf(heading("page.mfa.per-user"), List{Numbered: true, Items: items("page.mfa.per-user", 3)})
	if p.MFAEnforced {
		other = blocksOf(heading("page.mfa.conditional"), body(p.says("page.mfa.conditional.not")), List{Items: items("page.mfa.conditional", 3)})
	}
	return append(other, heading("page.mfa.defaults"), body(text("page.mfa.defaults.text")))
}

// registerAddress is given to copy, not to open: it belongs into a private window, as the integration user.
func registerAddress(links portal) []Block {
	if links.mfa == "" {
		return nil
	}
	return []Block{Facts{Items: []FactItem{{ID: "mfa-address", Label: text("page.mfa.register.address"), Value: links.mfa, Copy: true}}}}
}
