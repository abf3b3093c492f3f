package wizard

import (
	"cmp"
	"slices"
	"time"

	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// endLink ends the opening of a link that is under way, and forgets how it was opened.
func (w *Wizard) endLink(kind link.Kind) []Effect {
	c := w.linkConsent(kind)
	effects := stop(c.Attempt)
	*c = Consent{}
	w.Told = Told{}
	return effects
}

// openBlocked returns why the link of the current page can't be opened, or given to another person, now.
func (s State) openBlocked(kind link.Kind) Reason {
	w := s.Wizard
	switch {
	case linkOn(w.Draft.Step) != kind:
		return ReasonGone
	case s.renewsNothing():
		return ReasonConnectorGone
	}
	_, missing := s.Missing(w.Draft.Step)
	if r := cmp.Or(w.LookupBlocked(), missing); r != "" {
		return r
	}
	switch {
	case w.Links.Held == nil:
		return ReasonLinksReading
	case w.Draft.Links.Of(kind) == nil || !w.Links.Held[kind]:
		return ReasonLinkMissing
	}
	return s.linksCompared()
}

// startLinkBlocked returns why a link can't be opened in a browser of this computer now.
func (s State) startLinkBlocked(kind link.Kind, way Way) Reason {
	if r := cmp.Or(s.Wizard.ConsentBlocked(), s.openBlocked(kind)); r != "" {
		return r
	}
	switch {
	case !slices.Contains(linkWays[kind], way):
		return ReasonGone
	case kind == link.User && way == WayDefault && !s.Wizard.Draft.Ticks[connector.TickLinkDefault]:
		return ReasonTickLinkDefault
	case way == WayPrivate || way == WayIsolated:
		return s.Wizard.privateBlocked(s.Wizard.linkBrowser(kind))
	}
	return ""
}

// linkWays are the ways in which a link can be opened.
var linkWays = map[link.Kind][]Way{link.Admin: {WayDefault, WayIsolated, WayLink}, link.User: {WayPrivate, WayLink, WayDefault}}

// linkBrowser is the browser for a window of its own.
func (w Wizard) linkBrowser(kind link.Kind) browser.Browser {
	if kind == link.User {
		return w.PrivateBrowser()
	}
	return browser.Choose(w.Ready.Browsers, "")
}

// startLink opens a link. What was told of it before was told of another try.
func startLink(s State, kind link.Kind, way Way, mode browser.Mode) (State, []Effect) {
	s, effects := voidChecks(s)
	effects = append(effects, s.Wizard.endLink(kind)...)
	s.Wizard.changeLinks(func(l connector.Links) connector.Links { return l.Untold(kind) })
	which := adminConsent
	if kind == link.User {
		which = userConsent
	}
	s, opening := begin(s, which, way)
	opening.Browser, opening.Mode = s.Wizard.openedIn(kind, way, mode)
	ticks, facts := s.Wizard.Draft.Ticks, s.Wizard.Draft.Links.Of(kind).Facts
	opened := OpenLink{
		Opening: opening, Kind: kind,
		Hint:   kind == link.User && !facts.HasLoginHint && ticks[connector.TickAddHint],
		Prompt: kind == link.User && !facts.HasPrompt && ticks[connector.TickAddPrompt],
	}
	effects = append(effects, keep(s)...)
	return s, append(effects, opened)
}

// openedIn is the browser that a way leads to, and how its window is kept apart.
func (w Wizard) openedIn(kind link.Kind, way Way, mode browser.Mode) (browser.Browser, browser.Mode) {
	switch way {
	case WayPrivate, WayIsolated:
		b := w.linkBrowser(kind)
		if !slices.Contains(b.Modes(), mode) {
			mode = browser.FirstMode(b)
		}
		return b, mode
	case WayDefault:
		if id := w.Draft.AdminBrowser; kind == link.Admin && id != "" {
			return browser.Choose(w.Ready.Browsers, id), ""
		}
	default:
	}
	return browser.Browser{}, ""
}

// linkOf is the kind of the link that is being opened under a number; empty for none.
func (w *Wizard) linkOf(attempt int) link.Kind {
	for _, kind := range link.Kinds() {
		if c := w.linkConsent(kind); w.Draft.Links != nil && c.Busy() && c.Attempt == attempt {
			return kind
		}
	}
	return ""
}

// noteLink notes in the draft what happened to the link that is being opened under a number.
func noteLink(s State, attempt int, change func(*connector.ProductLink)) (State, []Effect) {
	kind := s.Wizard.linkOf(attempt)
	if kind == "" {
		return s, nil
	}
	s.Wizard.changeLinks(func(l connector.Links) connector.Links { return l.With(kind, change) })
	return s, keep(s)
}

// startedLink notes that a browser was sent on to a link, and in which window.
func startedLink(s State, attempt int, at time.Time) (State, []Effect) {
	c := s.Wizard.consentOf(attempt)
	if c == nil {
		return s, nil
	}
	return noteLink(s, attempt, func(p *connector.ProductLink) {
		p.Started = at
		if at.IsZero() {
			p.Started = c.Since
		}
		p.Browser, p.Private = c.Browser.Name, c.apart()
	})
}

// apart reports whether the consent has a window that is kept apart from the others.
func (c Consent) apart() bool {
	return (c.Way == WayPrivate || c.Way == WayIsolated) && c.Mode != "" && c.Mode != browser.ModePlain
}

// next ends the wait. Where nothing failed the page asks what the browser showed.
func (e LinkEnded) next(s State) (State, []Effect) {
	if s.Wizard.linkOf(e.Attempt) != e.Kind || e.Kind == "" {
		return s, nil
	}
	s, effects := raise(s)
	if !e.Closed.IsZero() {
		var more []Effect
		s, more = noteLink(s, e.Attempt, func(p *connector.ProductLink) { p.Ended = e.Closed })
		effects = append(effects, more...)
	}
	c := s.Wizard.linkConsent(e.Kind)
	if e.Problem != nil {
		c.end(e.Problem, false)
		return s, effects
	}
	c.over()
	return s, effects
}

func (e ReportLink) blocked(s State) Reason {
	l := s.Wizard.Draft.Links
	switch {
	case l == nil || !e.Worked && !l.Told(e.Kind):
		return ReasonGone
	case l.Of(e.Kind) == nil:
		return ReasonLinkMissing
	case e.Worked && l.Told(e.Kind):
		return ReasonGone
	case e.Worked:
		return s.linksCompared()
	}
	return ""
}

// next ends the wait, if there is one: what the product's page says is all that can be waited for.
func (e ReportLink) next(s State) (State, []Effect) {
	w := &s.Wizard
	if !e.Worked {
		w.changeLinks(func(l connector.Links) connector.Links {
			return l.With(e.Kind, func(p *connector.ProductLink) { p.Reported = time.Time{} })
		})
		return s, keep(s)
	}
	effects := []Effect{}
	if c := w.linkConsent(e.Kind); c.Busy() || c.Problem != nil {
		effects = append(effects, stop(c.Attempt)...)
		c.over()
	}
	w.Told = Told{}
	return s, append(effects, DateLinks{DraftID: w.Draft.ID, Kind: e.Kind})
}

// next takes what was told just now, with its time. Whoever agreed to a change before it is asked again before the next one.
func (e LinksDated) next(s State) (State, []Effect) {
	w := &s.Wizard
	if w.Draft.ID != e.DraftID || w.Draft.Links == nil {
		return s, nil
	}
	if e.Kind == "" {
		if w.Draft.Ticks[connector.TickLinkSaved] {
			w.changeLinks(func(l connector.Links) connector.Links { l.Finished = e.At; return l })
		}
		return s, keep(s)
	}
	if w.Draft.Links.Of(e.Kind) == nil || s.linksCompared() != "" || w.linkConsent(e.Kind).Busy() {
		return s, nil // changed or opened anew meanwhile
	}
	w.Unlocked = nil
	w.changeLinks(func(l connector.Links) connector.Links {
		return l.Confirm(e.Kind, true).With(e.Kind, func(p *connector.ProductLink) { p.Reported = e.At })
	})
	effects := keep(s)
	if e.Kind != link.Admin {
		return s, effects
	}
	s, more := probeLinks(s) // the consent puts the app registration into the tenant
	return s, append(effects, more...)
}

// unconfirmLink goes on without a report of the link of the current page.
func unconfirmLink(s State) (State, []Effect) {
	kind := linkOn(s.Wizard.Draft.Step)
	effects := s.Wizard.endLink(kind)
	s.Wizard.changeLinks(func(l connector.Links) connector.Links { return l.Confirm(kind, false) })
	s, more := arrive(s, s.Wizard.Draft.Step+1)
	return s, append(effects, more...)
}

// linkOn is the kind of the link that a page is for; empty for none.
func linkOn(page connector.Step) link.Kind {
	switch page {
	case connector.StepLinkAdmin:
		return link.Admin
	case connector.StepLinkUser:
		return link.User
	default:
		return ""
	}
}

func (s State) unconfirmBlocked() Reason {
	kind := linkOn(s.Wizard.Draft.Step)
	if kind == "" || s.Wizard.Draft.Links.Told(kind) {
		return ReasonGone
	}
	if _, r := s.Missing(s.Wizard.Draft.Step); r != "" {
		return r
	}
	return s.linksCompared()
}

func (e CopyLink) blocked(s State) Reason {
	if s.Wizard.Draft.Links == nil || e.Kind != link.Admin {
		return ReasonGone
	}
	return s.openBlocked(e.Kind)
}

func (e CopyLink) next(s State) (State, []Effect) {
	s.Wizard.Links.Copied, s.Wizard.Links.CopyProblem = "", nil
	return s, []Effect{PutLink{DraftID: s.Wizard.Draft.ID, Kind: e.Kind}}
}

func (e LinkCopied) next(s State) (State, []Effect) {
	w := &s.Wizard
	if w.Draft.ID != e.DraftID || w.Draft.Links == nil || !w.Links.Held[e.Kind] {
		return s, nil
	}
	if w.Links.CopyProblem = e.Problem; e.Problem != nil {
		return s, nil
	}
	w.Links.Copied = e.Kind
	w.changeLinks(func(l connector.Links) connector.Links {
		return l.With(e.Kind, func(p *connector.ProductLink) { p.Copied = e.At })
	})
	return s, keep(s)
}
