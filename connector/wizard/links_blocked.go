package wizard

import (
	"cmp"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// Why something can't be done with the two links of another product.
const (
	ReasonLinkMissing     Reason = "link-missing"
	ReasonLinkReport      Reason = "link-report"
	ReasonLinksDiffer     Reason = "links-differ"
	ReasonLinksReading    Reason = "links-reading"
	ReasonLinksEmpty      Reason = "links-empty"
	ReasonLinkTenant      Reason = "link-tenant"
	ReasonNoWitness       Reason = "no-witness"
	ReasonTickLinkDefault Reason = "tick-link-default"
	ReasonTickLinkSaved   Reason = "tick-link-saved"
)

// linksBlockedAt returns what one of the pages for two links still lacks.
func (s State) linksBlockedAt(step connector.Step) Reason {
	switch step {
	case connector.StepLinks:
		return s.blockedLinks()
	case connector.StepLinkAdmin:
		return s.Wizard.blockedLink(link.Admin)
	case connector.StepLinkUser:
		return s.Wizard.blockedLink(link.User)
	case connector.StepLinkFinish:
		return s.Wizard.blockedLinkFinish()
	default:
		return ""
	}
}

// blockedLinks asks for no link yet: the page of each asks for it.
func (s State) blockedLinks() Reason {
	w := s.Wizard
	if r := w.ConsentBlocked(); r != "" && w.Draft.Step == connector.StepLinks {
		return r
	}
	return cmp.Or(w.tenantBlocked(), upnReason(w.Draft.UPN), s.nameReason(w.Draft), s.linksCompared())
}

// LinkConsent is the opening of the link of that kind.
func (w Wizard) LinkConsent(kind link.Kind) Consent { return *w.linkConsent(kind) }

// linkConsent is where that stands.
func (w *Wizard) linkConsent(kind link.Kind) *Consent {
	if kind == link.User {
		return &w.User
	}
	return &w.Admin
}

// blockedLink wants it told what came of the link, or that nobody can tell.
func (w Wizard) blockedLink(kind link.Kind) Reason {
	l := w.Draft.Links
	switch {
	case w.linkConsent(kind).Busy() && kind == link.Admin:
		return ReasonAdminWaiting
	case w.linkConsent(kind).Busy():
		return ReasonUserWaiting
	case l == nil || l.Told(kind) || l.NotConfirmed[kind]:
		return ""
	case l.Of(kind) == nil:
		return ReasonLinkMissing
	}
	return ReasonLinkReport
}

// blockedLinkFinish wants the rest done in the product, where both consents were given: nothing of them counts before it is saved there.
func (w Wizard) blockedLinkFinish() Reason {
	l := w.Draft.Links
	switch {
	case w.Saving.Running:
		return ReasonSaving
	case w.Checking.Running:
		return ReasonChecksRunning
	case !w.Draft.AnyLink():
		return ReasonLinkMissing
	case l.Told(link.Admin) && l.Told(link.User) && !w.Draft.Ticks[connector.TickLinkSaved]:
		return ReasonTickLinkSaved
	}
	return ""
}
