package wizard

import (
	"maps"
	"slices"

	"partner-center-connector/connector"
)

func (NewLinks) next(s State) (State, []Effect) { return newLinks(s) }

// newLinks opens the wizard with a new draft for two links; one that is open already is gone on with.
func newLinks(s State) (State, []Effect) {
	if s.Wizard.UnderWay() {
		return toWizard(s)
	}
	s, effects := closeWizard(s)
	return s, append(effects, MakeDraft{Prefill: s.linksPrefill()})
}

// linksPrefill is what a new draft for two links begins with: the first product, and the practice values in a rehearsal.
func (s State) linksPrefill() connector.Draft {
	product := ""
	if len(s.Products) > 0 {
		product = s.Products[0].ID
	}
	d := connector.NewLinksDraft(product)
	d.Role = s.Product(d.Links).Role
	if s.Rehearsal == nil {
		return d
	}
	practice := s.Rehearsal.Prefill
	d.TenantInput, d.UPN = practice.TenantInput, practice.UPN
	if practice.Links != nil {
		d.Links = practice.Links
	}
	return d
}

// openLinks looks which links are held for the draft that was opened, and what is known of them.
func openLinks(s State) (State, []Effect) {
	find := FindLinks{DraftID: s.Wizard.Draft.ID}
	s, effects := followLinks(nameLinks(s))
	return s, append(effects, find)
}

// stopLookups stops the lookups of the links' domains.
func (f LinkForm) stopLookups() []Effect {
	effects := []Effect{}
	for _, domain := range slices.Sorted(maps.Keys(f.Tenants)) {
		effects = append(effects, stop(runningAttempt(f.Tenants[domain].Work))...)
	}
	return effects
}

// Product is the product that the draft's, or the shown connector's, links are of; its zero value is one that this program does not know.
func (s State) Product(l *connector.Links) connector.Product {
	if l == nil {
		return connector.Product{}
	}
	p, _ := connector.ProductByID(s.Products, l.Product)
	return p
}
