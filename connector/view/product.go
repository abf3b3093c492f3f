package view

import (
	"cmp"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// product is what is known of the product whose links a draft or a connector is about; its zero value where that is nothing.
type product connector.Product

// productOf finds the product of links among those that there are words for. What a connector was saved with it is called, if it is none of them.
func productOf(known []connector.Product, l *connector.Links) product {
	if l == nil || l.Product == "" {
		return product{}
	}
	if p, ok := connector.ProductByID(known, l.Product); ok {
		return product(p)
	}
	return product{Name: l.Name}
}

func draftProduct(s wizard.State) product { return productOf(s.Products, s.Wizard.Draft.Links) }

// says makes a sentence that may use the product's own words. Where it has none of a kind the sentence has neutral ones.
func (p product) says(key string, pairs ...any) Text {
	return text(key, append([]any{
		"Product", p.Name, "Path", strings.Join(p.Path, " > "), "AdminButton", p.AdminButton, "UserButton", p.UserButton,
		"SaveButton", p.SaveButton, "EditButton", p.EditButton,
	}, pairs...)...)
}

func (p product) heading(key string) Paragraph { return Paragraph{Role: Heading, Text: p.says(key)} }

// stepsTo are what is done in the product until it has made the link of that kind. The button of the second one may be disabled.
func (p product) stepsTo(kind link.Kind) List {
	steps := []Text{p.says("product.step.open"), p.says("product.step.admin")}
	if kind == link.User {
		steps = []Text{p.says("product.step.user"), p.says("product.step.disabled")}
	}
	return List{Numbered: true, Items: append(steps, p.says("product.step.no-save"))}
}

// stepsToEnd are those after both consents.
func (p product) stepsToEnd() List {
	return List{Numbered: true, Items: []Text{p.says("product.step.rest"), p.says("product.step.save")}}
}

// requirements are what has to be there before the first link.
func (p product) requirements(t *auth.Tenant) Fold {
	list := []Text{}
	if p.Version != "" {
		list = append(list, p.says("product.need.version", "Version", p.Version))
	}
	if p.AppRole != "" {
		list = append(list, p.says("product.need.app-role", "Role", p.AppRole))
	}
	list = append(list, text("product.need.admin", "Tenant", tenantName(t)))
	if p.Role != "" {
		list = append(list, text("product.need.role", "Set", roleSet(p.Role, cloudOf(t).RolesInEntra)))
	} else {
		list = append(list, p.says("product.need.any-role"))
	}
	if p.MFAEnforced {
		list = append(list, text("product.need.mfa-enforced"))
	} else {
		list = append(list, text("product.need.mfa"))
	}
	needs := Fold{ID: "needs", Title: p.says("product.needs"), Blocks: blocksOf(List{Items: list})}
	if t != nil {
		needs.Blocks = append(needs.Blocks, linkButtons(
			Button{ID: "open-users", Label: text("page.account.open-users"), URL: cmp.Or(portalOf(t).users, portalOf(t).partnerCenter)},
			Button{ID: "open-entra", Label: text("page.mfa.open-entra"), URL: portalOf(t).entra},
		))
	}
	return needs
}

// government leads to the publisher's own guide for a tenant of a government.
func (p product) government(t *auth.Tenant) []Block {
	if t == nil || t.Government() == "" {
		return nil
	}
	n := Notice{
		ID: "government", Severity: Warning, Title: p.says("product.government", "Government", t.Government()),
		Text: p.says("product.government.text", "Government", t.Government(), "Guide", p.GovernmentGuide),
	}
	if p.Support != "" {
		n.Buttons = []Button{{ID: "government-support", Label: text("preset.support", "Product", p.Name), URL: p.Support}}
	}
	return []Block{n}
}

// productChoice asks which product has made the links.
func productChoice(s wizard.State) []Block {
	if len(s.Products) == 0 {
		return nil
	}
	c := Choice{
		ID: string(connector.FieldProduct), Field: connector.FieldProduct, Label: text("field.product"), Hint: text("field.product.hint"),
		Value: s.Wizard.Draft.Links.Product,
	}
	for _, p := range s.Products {
		c.Options = append(c.Options, Option{Value: p.ID, Plain: p.Name})
	}
	c.Options = append(c.Options, Option{Label: text("field.product.other")})
	return blocksOf(c.lock(s.Wizard))
}
