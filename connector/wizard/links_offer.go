package wizard

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// offersLink reports whether a text that was put into a field has a link of another product in it, which belongs elsewhere. The link that this
// program has given to another person is none: where its answer is pasted, the reader of answers says what it is.
func (s State) offersLink(f connector.Field, text string) bool {
	if f == connector.FieldLinks || !link.Looks(text) {
		return false
	}
	if d, _ := s.pasteFor(); f == connector.FieldPaste && d != nil && d.Admin.Handover != nil {
		return !strings.Contains(text, d.Admin.Handover.State)
	}
	return true
}

// offerLink keeps a link out of the field that it was put into, and of everything that is written of that.
func offerLink(s State, f connector.Field, text auth.Secret) State {
	s.LinkOffer = LinkOffer{Field: f, Text: text}
	return s
}

func (TakeOffer) blocked(s State) Reason {
	switch {
	case s.LinkOffer.Text.Empty():
		return ReasonGone
	case s.Wizard.Saving.Running:
		return ReasonSaving
	case s.Wizard.Draft.Links != nil && s.Wizard.Links.Reading.Running:
		return ReasonLinksReading
	case s.LinkOffer.Taken && s.Wizard.Leaving:
		return ReasonQuestion
	}
	return ""
}

// next reads the link for the draft that is open, if that is for links, or for a new one. A sign-in that would be lost is asked about first.
func (TakeOffer) next(s State) (State, []Effect) {
	w := s.Wizard
	switch {
	case w.Open && w.Draft.Links != nil && !w.fixed():
		return readOffer(s)
	case w.Open && w.mustAsk():
		s.LinkOffer.Taken, s.Wizard.Leaving = true, true
		return toWizard(s)
	}
	return leaveForOffer(s)
}

// leaveForOffer leaves the screen for a new draft for links. What was entered of the tenant and the integration user goes with it.
func leaveForOffer(s State) (State, []Effect) {
	offer, left := s.LinkOffer, s.Wizard
	offer.Taken = true
	prefill := s.linksPrefill()
	if left.UnderWay() && left.Draft.Renews == "" {
		prefill.TenantInput, prefill.Tenant, prefill.UPN = left.Draft.TenantInput, left.Draft.Tenant, left.Draft.UPN
	}
	s, effects := closeWizard(s)
	s.LinkOffer = offer
	return s, append(effects, MakeDraft{Prefill: prefill})
}

// readOffer reads the link that was offered for the draft that is open.
func readOffer(s State) (State, []Effect) {
	text := s.LinkOffer.Text
	s.LinkOffer = LinkOffer{}
	return readEntered(s, text)
}

// readEntered reads a whole text at once.
func readEntered(s State, text auth.Secret) (State, []Effect) {
	s = pasteLinks(s, text)
	if (ReadLinks{}).blocked(s) != "" {
		return s, nil
	}
	return ReadLinks{}.next(s)
}

func (RefuseOffer) blocked(s State) Reason { return goneUnless(s.LinkOffer.Field != "") }

func (RefuseOffer) next(s State) (State, []Effect) {
	s.LinkOffer = LinkOffer{}
	return s, nil
}

// chooseProduct takes another product. What was told of the links stays: they are the same. What was done in the product does not.
func chooseProduct(s State, id string) (State, []Effect) {
	known := id == "" || slices.ContainsFunc(s.Products, func(p connector.Product) bool { return p.ID == id })
	if !known || id == s.Wizard.Draft.Links.Product {
		return s, nil
	}
	s.Wizard.changeLinks(func(l connector.Links) connector.Links {
		l.Product, l.Name, l.Finished = id, "", time.Time{}
		return l
	})
	s.Wizard.Draft.Role = s.Product(s.Wizard.Draft.Links).Role
	s, effects := probeLinks(s)
	return s, append(effects, keep(s)...)
}

// chooseReminder takes after how many days from now somebody is to be reminded; empty for never.
func chooseReminder(s State, days string) (State, []Effect) {
	n, err := strconv.Atoi(days)
	switch {
	case days == "":
	case err != nil || !slices.Contains(connector.RemindDays, n) || s.Home.Now.IsZero():
		return s, nil
	}
	remind := connector.Day{}
	if days != "" {
		remind = connector.DayOf(s.Home.Now.AddDate(0, 0, n))
	}
	s.Wizard.changeLinks(func(l connector.Links) connector.Links {
		l.Remind = remind
		return l
	})
	return s, keep(s)
}

// tickSaved has it dated that the rest was done in the product.
func tickSaved(s State, on bool) (State, []Effect) {
	if on {
		return s, append(keep(s), DateLinks{DraftID: s.Wizard.Draft.ID})
	}
	s.Wizard.changeLinks(func(l connector.Links) connector.Links {
		l.Finished = time.Time{}
		return l
	})
	return s, keep(s)
}

// nameLinks gives a draft for links a name, where it has none: the tenant's, with the product's beside it, since a connector of our own may
// have the former.
func nameLinks(s State) State {
	d := &s.Wizard.Draft
	if d.Name == "" && d.Tenant != nil {
		d.Name = connector.CleanName(d.Tenant.Domain + " " + s.Product(d.Links).Name)
	}
	return s
}

// forgets reports whether the end of the program would lose a link that is still needed: one that the keychain does not have.
func (w Wizard) forgets() bool {
	links := w.LinksDraft().Links
	if w.Saved != nil || links == nil || w.Links.Unkept == nil {
		return false
	}
	return slices.ContainsFunc(link.Kinds(), func(kind link.Kind) bool { return w.Links.Held[kind] && !links.Told(kind) })
}

// LinkWitnesses are the saved connectors of our own that can tell what is known of the draft's links: those of the same tenant.
func (s State) LinkWitnesses() []connector.Connector {
	t, found := s.Wizard.Draft.Tenant, []connector.Connector{}
	if t == nil {
		return found
	}
	for i := range s.Home.Connectors {
		if s.Home.Connectors[i].Witness(*t) {
			found = append(found, s.Home.Connectors[i])
		}
	}
	return found
}

// HasLinkWitness reports whether there is one. The list may be long, and a page asks at every change.
func (s State) HasLinkWitness() bool {
	t := s.Wizard.Draft.Tenant
	for i := range s.Home.Connectors {
		if t != nil && s.Home.Connectors[i].Witness(*t) {
			return true
		}
	}
	return false
}

// checkLinksBlocked returns why nothing can be checked of the links.
func (s State) checkLinksBlocked() Reason {
	if r := s.probeLinksBlocked(); r != "" {
		return r
	}
	if !s.HasLinkWitness() {
		return ReasonNoWitness
	}
	return ""
}
