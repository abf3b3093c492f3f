package wizard

import (
	"maps"
	"slices"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// changeLinks puts what change makes of the draft's links in their place: drafts share them.
func (w *Wizard) changeLinks(change func(connector.Links) connector.Links) {
	if w.Draft.Links == nil {
		return
	}
	changed := change(*w.Draft.Links)
	if changed.Finished.IsZero() && !w.Draft.Links.Finished.IsZero() {
		w.Draft.Ticks = withField(w.Draft.Ticks, connector.TickLinkSaved, false)
	}
	w.Draft.Links = &changed
	if w.Draft.Renews == "" {
		w.Draft.ClientID = changed.ClientID()
	}
}

// pasteLinks holds what was pasted until it is read.
func pasteLinks(s State, text auth.Secret) State {
	w := &s.Wizard
	w.Links.Text, w.Links.Refused, w.Links.Nothing, w.Links.Other = text, nil, false, ""
	return s
}

func (ReadLinks) blocked(s State) Reason {
	switch w := s.Wizard; {
	case w.Draft.Links == nil:
		return ReasonGone
	case w.Links.Reading.Running:
		return ReasonLinksReading
	case w.Links.Text.Empty():
		return ReasonLinksEmpty
	}
	return ""
}

// next has the text read, and is rid of it. The draft is written first: what stands in the keychain for it must be found again.
func (ReadLinks) next(s State) (State, []Effect) {
	text := s.Wizard.Links.Text
	s = pasteLinks(s, auth.Secret{})
	s, n := attempt(s)
	s.Wizard.Links.Reading = Work{Attempt: n, Running: true}
	return s, append(keep(s), ReadLinkText{Attempt: n, Draft: s.Wizard.Draft, Text: text})
}

func (e LinksRead) next(s State) (State, []Effect) {
	w := &s.Wizard
	if !w.Open || w.Draft.ID != e.DraftID {
		return linksReadAtHome(s, e)
	}
	if e.Attempt != w.Links.Reading.Attempt || !w.Links.Reading.Running || w.fixed() {
		return s, nil
	}
	w.Links.Reading.Running = false
	w.Links.Refused, w.Links.Unkept = e.Refused, e.Unkept
	w.Links.Nothing = e.Admin == nil && e.User == nil && len(e.Refused) == 0
	w.Links.Other = e.other(w.Draft.Step)
	effects := []Effect{}
	for _, f := range e.facts() {
		if !w.Draft.Links.Has(f) || slices.Contains(e.Anew, f.Kind) {
			effects = append(effects, w.endLink(f.Kind)...)
			if w.Draft.Links.Of(f.Kind) != nil {
				w.disagree(f.Kind)
			}
		}
		w.changeLinks(e.taken(f))
		w.Links.Held = withHeld(w.Links.Held, f.Kind, true)
	}
	s, more := followLinks(s)
	return s, append(append(effects, more...), keep(s)...)
}

// facts are those of the links that were read.
func (e LinksRead) facts() []link.Facts {
	found := []link.Facts{}
	for _, f := range []*link.Facts{e.Admin, e.User} {
		if f != nil {
			found = append(found, *f)
		}
	}
	return found
}

// taken puts one of them in its place.
func (e LinksRead) taken(f link.Facts) func(connector.Links) connector.Links {
	return func(l connector.Links) connector.Links {
		if l = l.Read(f, e.At); slices.Contains(e.Anew, f.Kind) {
			l = l.Untold(f.Kind)
		}
		return l
	}
}

// other is the kind of the link that was pasted on the page of the other one.
func (e LinksRead) other(page connector.Step) link.Kind {
	switch {
	case page == connector.StepLinkAdmin && e.Admin == nil && e.User != nil:
		return link.User
	case page == connector.StepLinkUser && e.User == nil && e.Admin != nil:
		return link.Admin
	}
	return ""
}

// linksReadAtHome takes what was read for a draft that was left meanwhile.
func linksReadAtHome(s State, e LinksRead) (State, []Effect) {
	d := s.draft(e.DraftID)
	if d == nil || d.Links == nil || len(e.facts()) == 0 {
		return s, nil
	}
	left := Wizard{Draft: *d}
	for _, f := range e.facts() {
		left.changeLinks(e.taken(f))
	}
	s.Home.Drafts = withDraft(s.Home.Drafts, left.Draft)
	return s, []Effect{KeepDraft{Draft: left.Draft}}
}

func (e LinksHeld) next(s State) (State, []Effect) {
	s.Home.Unkept = maps.Clone(s.Home.Unkept)
	if delete(s.Home.Unkept, e.DraftID); e.Unkept != nil {
		if s.Home.Unkept == nil {
			s.Home.Unkept = map[string]LinksHeld{}
		}
		s.Home.Unkept[e.DraftID] = e
	}
	w := &s.Wizard
	if d := w.LinksDraft(); !w.Open || d.ID != e.DraftID || d.Links == nil {
		return s, nil
	}
	held := maps.Clone(e.Held)
	if held == nil {
		held = map[link.Kind]bool{}
	}
	w.Links.Held, w.Links.Unkept = held, e.Unkept
	return s, nil
}

func withHeld(held map[link.Kind]bool, kind link.Kind, is bool) map[link.Kind]bool {
	held = maps.Clone(held)
	if held == nil {
		held = map[link.Kind]bool{}
	}
	held[kind] = is
	return held
}

func (e ForgetLink) blocked(s State) Reason {
	w := s.Wizard
	return goneUnless(w.Draft.Links != nil && (w.Draft.Links.Of(e.Kind) != nil || w.Links.Held[e.Kind]))
}

func (e ForgetLink) next(s State) (State, []Effect) {
	w := &s.Wizard
	effects := w.endLink(e.Kind)
	w.disagree(e.Kind)
	w.changeLinks(func(l connector.Links) connector.Links { return l.Without(e.Kind) })
	w.Links.Held = withHeld(w.Links.Held, e.Kind, false)
	if w.Links.Copied == e.Kind {
		w.Links.Copied = ""
	}
	effects = append(effects, DropLink{DraftID: w.Draft.ID, Kind: e.Kind})
	s, more := followLinks(s.says(Said{What: SaidLinkForgotten}))
	return s, append(append(effects, more...), keep(s)...)
}

// disagree takes back that a user link may be opened in the default browser: that was agreed to for one link and one integration user.
func (w *Wizard) disagree(kind link.Kind) {
	if kind == link.User && w.Draft.Ticks[connector.TickLinkDefault] {
		w.Draft.Ticks = withField(w.Draft.Ticks, connector.TickLinkDefault, false)
	}
}

// followLinks begins what the links' facts call for: whose their domains are, and whether Microsoft knows their app registration. What was
// checked with others counts no more.
func followLinks(s State) (State, []Effect) {
	s, effects := voidChecks(s)
	s, more := lookUpLinks(s)
	effects = append(effects, more...)
	s, more = probeLinks(s)
	return s, append(effects, more...)
}

// probeLinks asks anew whether Microsoft knows the app registration of the links, where they agree on one.
func probeLinks(s State) (State, []Effect) {
	w := s.Wizard
	effects := stop(runningAttempt(w.Links.Probe.Work))
	s.Wizard.Links.Probe = Probe{}
	if s.probeLinksBlocked() != "" {
		return s, effects
	}
	s, n := attempt(s)
	s.Wizard.Links.Probe.Work = Work{Attempt: n, Running: true}
	return s, append(effects, ProbeLink{Attempt: n, Draft: s.Wizard.Draft})
}

func (s State) probeLinksBlocked() Reason {
	d := s.Wizard.Draft
	switch {
	case d.Links == nil:
		return ReasonGone
	case d.Tenant == nil:
		return ReasonTenantUnknown
	case !d.AnyLink():
		return ReasonLinkMissing
	case len(s.LinkDifferences()) > 0:
		return ReasonLinksDiffer
	}
	return ""
}
