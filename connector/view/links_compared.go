package view

import (
	"strconv"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// linksCompared says why the links must not be opened as they are: they don't belong together, or to another tenant or product.
func linksCompared(s wizard.State) []Block {
	blocks := linkLookups(s.Wizard)
	for i, p := range s.LinkDifferences() {
		made := wizardCard(s.Wizard, "links-differ-"+strconv.Itoa(i+1), &p, nil)
		kind := link.Kind(p.Args[connector.LinkKindArg])
		made.Title = text("page.links.differ."+p.Args[connector.LinkDifferenceArg], "Admin", kind == link.Admin)
		if s.Wizard.Draft.Step == connector.StepLinks {
			made.pasteInstead(kind)
		}
		blocks = append(blocks, made)
	}
	return blocks
}

// pasteInstead gives the card the way to another link in the place of the one that differs, or of either one.
func (p *Problem) pasteInstead(kind link.Kind) {
	buttons := []Button{}
	for _, of := range link.Kinds() {
		if kind == "" || kind == of {
			buttons = append(buttons, Button{
				ID: p.ID + "-forget-" + string(of), Label: text("page.links.forget." + string(of)), Event: wizard.ForgetLink{Kind: of},
				Primary: len(buttons) == 0,
			})
		}
	}
	p.Button, p.Others = &buttons[0], buttons[1:]
}

// linkLookups shows the lookups of the tenants that the links name.
func linkLookups(w wizard.Wizard) []Block {
	asked := map[string]bool{}
	blocks := []Block{}
	for _, kind := range link.Kinds() {
		of := w.Draft.Links.Of(kind)
		if of == nil || asked[of.Tenant] {
			continue
		}
		asked[of.Tenant] = true
		switch lookup := w.Links.Tenants[of.Tenant]; {
		case lookup.Running:
			blocks = append(blocks, Busy{ID: "link-lookup-" + string(kind), Text: text("page.before.looking-up", "Tenant", of.Tenant)})
		case lookup.Problem != nil && lookup.Problem.Kind != connector.KindUnknownTenant: // that is a difference
			blocks = append(blocks, wizardCard(w, "link-lookup-problem-"+string(kind), lookup.Problem, wizard.LookUpTenant{}))
		}
	}
	return blocks
}
