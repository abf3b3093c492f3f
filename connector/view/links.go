package view

import (
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// linksPage is the first page for the two links of another product: whose they are, for which tenant and account, and the links themselves.
// What is wrong with links that were read stands on top; before any is there, the way to them does. A keychain is of use for them, and nothing
// fails without one.
func linksPage(s wizard.State) page {
	w, p := s.Wizard, draftProduct(s)
	blocks := blocksOf(
		linksCompared(s), anyTenant(w), productChoice(s), tenantField(w), tenantAnswer(w), p.government(w.Draft.Tenant), linkUPN(w), linkName(s),
	)
	needs := blocksOf(p.heading("page.links.product"), p.stepsTo(link.Admin), practised(s))
	unwell, well := readiness(w, reachRow(w), browserRow(w), elevatedRow(w))
	blocks = append(blocks, unwell...)
	if w.Draft.AnyLink() {
		blocks = blocksOf(blocks, bothLinks(s), readLink(s, link.Admin), readLink(s, link.User), needs)
	} else {
		blocks = blocksOf(blocks, needs, bothLinks(s))
	}
	return page{
		answers: linkArgs(s),
		blocks:  blocksOf(blocks, p.requirements(w.Draft.Tenant), tryUser(s), well),
		focus:   changing(w, linksFocus(s)...),
	}
}

// practised leads to the page of the product that a rehearsal has; a real one is open already.
func practised(s wizard.State) []Block {
	r := s.Rehearsal
	if r == nil || r.ProductPage == "" || s.Wizard.Draft.Links.Product != r.Product {
		return nil
	}
	return blocksOf(Actions{Buttons: []Button{{ID: "open-product", Label: draftProduct(s).says("page.links.open-product"), URL: r.ProductPage}}})
}

// bothLinks is the place to paste them.
func bothLinks(s wizard.State) []Block {
	blocks := pasteLinks(s)
	if len(blocks) == 0 {
		return nil
	}
	return append(blocksOf(heading("page.links.paste")), blocks...)
}

// linksFocus is the first thing that is missing.
func linksFocus(s wizard.State) []string {
	w := s.Wizard
	switch {
	case len(s.LinkDifferences()) > 0:
		return append(differFocus(), string(connector.FieldLinks))
	case w.Draft.Tenant == nil:
		return []string{string(connector.FieldTenant)}
	case !connector.ValidUPN(w.Draft.UPN):
		return []string{string(connector.FieldUPN)}
	}
	return []string{"link-refused-1-retry", string(connector.FieldLinks), "main"}
}

// linkArgs are what the titles and answers of the four pages are filled with.
func linkArgs(s wizard.State) map[string]any {
	w := s.Wizard
	return draftProduct(s).says("", "Tenant", tenantName(w.Draft.Tenant), "UPN", w.Draft.UPN).Args
}

// linkUPN is the field for the integration user, with the words of this page.
func linkUPN(w wizard.Wizard) []Block {
	blocks := upnField(w)
	if in, ok := blocks[0].(Input); ok && !in.Locked {
		in.Hint = text("page.links.upn.hint")
		blocks[0] = in
	}
	return blocks
}

func linkName(s wizard.State) []Block {
	in := entered(s.Wizard, connector.FieldName, s.Wizard.Draft.Name)
	in.Error = nameError(s.BlockedAt(connector.StepLinks))
	return blocksOf(in)
}

// anyTenant warns of a link that counts for whichever tenant signs in, and names the one that it should be in large.
func anyTenant(w wizard.Wizard, kinds ...link.Kind) []Block {
	if len(kinds) == 0 {
		kinds = link.Kinds()
	}
	for _, kind := range kinds {
		if l := w.Draft.Links.Of(kind); l != nil && l.AnyTenant() {
			blocks := blocksOf(Notice{
				ID: "any-tenant", Severity: Warning, Title: text("page.links.any-tenant", "Tenant", tenantName(w.Draft.Tenant)), Text: text("page.links.any-tenant.text", "Segment", l.Tenant),
			})
			if w.Draft.Tenant == nil {
				return blocks
			}
			return append(blocks, blocksOf(
				Paragraph{Role: Lead, Text: text("page.links.any-tenant.expected", "Tenant", tenantName(w.Draft.Tenant))},
				Facts{Items: []FactItem{{ID: "any-tenant-id", Label: text("detail.tenant-id"), Value: w.Draft.Tenant.ID, Copy: true}}},
			)...)
		}
	}
	return nil
}
