package wizard

import (
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

func (MoreTime) blocked(s State) Reason { return goneUnless(s.Wizard.waiting() != nil) }

func (MoreTime) next(s State) (State, []Effect) {
	return s, []Effect{ExtendConsent{Attempt: s.Wizard.waiting().Attempt}}
}

func (e TellError) blocked(s State) Reason { return goneUnless(s.Wizard.Told.Open != e.Open) }

func (e TellError) next(s State) (State, []Effect) {
	s.Wizard.Told = Told{Open: e.Open}
	return s, nil
}

// What a consent tells on its way.

func (e ConsentOpened) next(s State) (State, []Effect) {
	return updateRunning(s, e.Attempt, func(c *Consent) {
		c.Phase = PhaseWaiting
		c.Browser, c.Mode, c.Since, c.Until, c.Link = e.Browser, e.Mode, e.Since, e.Until, e.Link
	})
}

func (e ConsentStarted) next(s State) (State, []Effect) {
	s, _ = updateRunning(s, e.Attempt, func(c *Consent) { c.Started, c.NoStart = true, false })
	return startedLink(s, e.Attempt, e.At)
}

func (e ConsentNotStarted) next(s State) (State, []Effect) {
	return updateRunning(s, e.Attempt, func(c *Consent) { c.NoStart = !c.Started })
}

// A window that keeps its pages is an ordinary one, whatever was asked for.
func (e ConsentLookedAt) next(s State) (State, []Effect) {
	s, _ = updateRunning(s, e.Attempt, func(c *Consent) {
		if c.Kept = e.Kept; e.Kept == browser.KeptPages {
			c.Mode = browser.ModePlain
		}
	})
	if e.Kept != browser.KeptPages {
		return s, nil
	}
	return noteLink(s, e.Attempt, func(p *connector.ProductLink) { p.Private = false })
}

func (e ConsentExtended) next(s State) (State, []Effect) {
	return updateRunning(s, e.Attempt, func(c *Consent) { c.Until = e.Until })
}

func (e ConsentAnswered) next(s State) (State, []Effect) {
	return updateRunning(s, e.Attempt, func(c *Consent) { c.Phase, c.Started, c.NoStart = PhaseFinishing, true, false })
}

func (e Retrying) next(s State) (State, []Effect) {
	for _, p := range []*Probe{&s.Wizard.Probe, &s.Wizard.Links.Probe} {
		if p.Attempt == e.Attempt {
			p.Retry = e.Retry
		}
	}
	return updateRunning(s, e.Attempt, func(c *Consent) { c.Retry = e.Retry })
}

// updateRunning applies change to the consent that is under way with that number, if there is one.
func updateRunning(s State, attempt int, change func(*Consent)) (State, []Effect) {
	if c := s.Wizard.consentOf(attempt); c != nil {
		change(c)
	}
	return s, nil
}

// consentOf returns the consent that is under way with that number, or nil.
func (w *Wizard) consentOf(attempt int) *Consent {
	for _, c := range []*Consent{&w.Admin, &w.User} {
		if c.Busy() && c.Attempt == attempt {
			return c
		}
	}
	return nil
}

// waiting returns the consent that the current page waits for, or nil.
func (w *Wizard) waiting() *Consent {
	c := &w.Admin
	if w.Draft.Step == w.Draft.StepFor(connector.StepUser) {
		c = &w.User
	}
	if !c.Busy() {
		return nil
	}
	return c
}

// askBlocked returns why nobody can be asked for a consent yet, on this computer or another.
func (s State) askBlocked() Reason {
	if s.Wizard.Draft.Tenant == nil {
		return ReasonTenantUnknown
	}
	return s.BlockedAt(connector.StepConnector)
}

// startBlocked returns why no consent can be started now.
func (s State) startBlocked() Reason {
	if r := s.Wizard.ConsentBlocked(); r != "" {
		return r
	}
	if s.renewsNothing() {
		return ReasonConnectorGone
	}
	if r := s.Wizard.LookupBlocked(); r != "" {
		return r
	}
	return s.askBlocked()
}

// renewsNothing reports whether the connector that is being renewed is known to be gone.
func (s State) renewsNothing() bool {
	renews := s.Wizard.Draft.Renews
	return renews != "" && s.Home.Loaded && s.Home.Problem == nil && s.connector(renews) == nil
}

// privateBlocked returns why no window can be opened that is kept apart from the others.
func (w Wizard) privateBlocked(b browser.Browser) Reason {
	if browser.FirstMode(b) == "" {
		return ReasonNoPrivateBrowser
	}
	return ""
}

// begin begins one of the consents anew, under a number of its own.
func begin(s State, which func(*Wizard) *Consent, way Way) (State, Opening) {
	s, n := attempt(s)
	w := &s.Wizard
	w.Told = Told{}
	*which(w) = Consent{Attempt: n, Phase: PhaseOpening, Way: way}
	return s, Opening{Attempt: n, Draft: w.Draft, Way: way}
}

func adminConsent(w *Wizard) *Consent { return &w.Admin }
func userConsent(w *Wizard) *Consent  { return &w.User }

func (e StartAdmin) blocked(s State) Reason {
	switch d := s.Wizard.Draft; {
	case d.Links != nil:
		return s.startLinkBlocked(link.Admin, e.Way)
	case d.Trial != nil:
		return ReasonGone // its page is none of a trial
	}
	if r := s.startBlocked(); r != "" || e.Way != WayIsolated {
		return r
	}
	return s.Wizard.privateBlocked(browser.Choose(s.Wizard.Ready.Browsers, ""))
}

func (e StartAdmin) next(s State) (State, []Effect) {
	if s.Wizard.Draft.Links != nil {
		return startLink(s, link.Admin, e.Way, "")
	}
	effects := stop(s.Wizard.Admin.Attempt)
	s, opening := begin(s, adminConsent, e.Way)
	w := s.Wizard
	switch e.Way {
	case WayIsolated:
		opening.Browser = browser.Choose(w.Ready.Browsers, "")
		opening.Mode = browser.FirstMode(opening.Browser)
	case WayDefault:
		if w.Draft.AdminBrowser != "" {
			opening.Browser = browser.Choose(w.Ready.Browsers, w.Draft.AdminBrowser)
		}
	default:
	}
	return s, append(effects, OpenAdminConsent{opening})
}

func (e StartUser) blocked(s State) Reason {
	if s.Wizard.Draft.Links != nil {
		return s.startLinkBlocked(link.User, e.Way)
	}
	if r := s.startBlocked(); r != "" || e.Way != WayPrivate {
		return r
	}
	return s.Wizard.privateBlocked(s.Wizard.PrivateBrowser())
}

func (e StartUser) next(s State) (State, []Effect) {
	if s.Wizard.Draft.Links != nil {
		return startLink(s, link.User, e.Way, e.Mode)
	}
	s, effects := voidUser(s)
	s, opening := begin(s, userConsent, e.Way)
	if e.Way != WayPrivate {
		return s, append(effects, OpenUserConsent{Opening: opening})
	}
	opening.Browser, opening.Mode = s.Wizard.PrivateBrowser(), e.Mode
	if !slices.Contains(opening.Browser.Modes(), e.Mode) {
		opening.Mode = browser.FirstMode(opening.Browser)
	}
	return s, append(effects, OpenUserConsent{Opening: opening, PlainPrompt: e.PlainPrompt})
}

// PrivateBrowser is the browser that the user consent will use; its ID is empty if there is none.
func (w Wizard) PrivateBrowser() browser.Browser {
	return browser.Choose(w.Ready.Browsers, w.Draft.UserBrowser)
}

func (StopWait) blocked(s State) Reason { return goneUnless(s.Wizard.waiting() != nil) }

func (StopWait) next(s State) (State, []Effect) {
	c := s.Wizard.waiting()
	effects := stop(c.Attempt)
	*c = Consent{}
	s.Wizard.Told = Told{}
	return s.says(Said{What: saidOfStop(s.Wizard.Draft.Step)}), effects
}

func (ExplainError) blocked(s State) Reason {
	switch told := s.Wizard.Told; {
	case strings.TrimSpace(told.Text) == "":
		return ReasonToldMissing
	case told.Explained:
		return ReasonToldExplained
	}
	return ""
}

// next looks up what was told of an error page. The consent goes on being waited for: the page may still be left.
func (ExplainError) next(s State) (State, []Effect) {
	stage := auth.StageUserConsent
	if d := s.Wizard.Draft; d.Step == d.StepFor(connector.StepAdmin) {
		stage = auth.StageAdminConsent
	}
	s.Wizard.Told.Explained, s.Wizard.Told.Problem = true, nil
	if found := problems.LookUpAt(s.Wizard.Told.Text, stage); len(found) > 0 {
		s.Wizard.Told.Problem = &found[0]
	}
	return s, nil
}

// over ends the opening of a link: what was opened for it stays known, and what the browser showed is for the person to tell.
func (c *Consent) over() {
	*c = Consent{Attempt: c.Attempt, Phase: PhaseDone, Way: c.Way, Mode: c.Mode, Browser: c.Browser, Started: c.Started}
}

// end ends the consent and reports whether it was given. What was opened for it stays known where it was not.
func (c *Consent) end(p *connector.Problem, given bool) bool {
	if p != nil || !given {
		*c = Consent{Attempt: c.Attempt, Way: c.Way, Mode: c.Mode, Browser: c.Browser, Problem: p}
		return false
	}
	c.Phase = PhaseDone
	return true
}

func (e AdminAnswered) next(s State) (State, []Effect) {
	w := &s.Wizard
	if e.Attempt != w.Admin.Attempt || w.Saved != nil || w.Draft.Links != nil {
		return s, nil
	}
	s, effects := raise(s)
	waited := w.Admin.Busy()
	s, problem, more := lostSecret(s, e.Problem)
	if effects = append(effects, more...); !s.Wizard.Admin.end(problem, e.Tenant != "") {
		return s, effects
	}
	s, more = adminReported(s, connector.Admin{Status: connector.AdminReported, Tenant: e.Tenant, At: e.At, Pasted: e.Pasted})
	effects = append(effects, more...)
	if !waited || s.Wizard.Draft.Step != connector.StepAdmin || s.Blocked() != "" {
		return s, effects
	}
	// The page has nothing more to ask: go on, and say what came.
	s, more = arrive(s.says(Said{What: SaidAdminGiven}), connector.StepUser)
	return s, append(effects, more...)
}

// adminReported takes the administrator's answer. Whoever agreed to a change before it is asked again before the next one.
func adminReported(s State, a connector.Admin) (State, []Effect) {
	w := &s.Wizard
	w.Draft.Admin, w.Unlocked = a, nil
	w.HandoverOpen, w.Paste, w.PasteProblem = false, "", nil
	return s, keep(s)
}

// lostSecret has the client secret or certificate asked for again where the keychain has lost it: without it no consent can be begun, and
// giving the consent again would say the same again. It returns the problem as it is then.
func lostSecret(s State, p *connector.Problem) (State, *connector.Problem, []Effect) {
	d := &s.Wizard.Draft
	if p == nil || p.Kind != connector.KindCredentialGone || d.ClientKind == auth.PublicClient {
		return s, p, nil
	}
	lost := *p
	problems.Reclassify(&lost, connector.KindSecretGone)
	d.HasSecret, d.EndedOn = false, connector.Day{}
	return s, &lost, keep(s)
}

func (e UserAnswered) next(s State) (State, []Effect) {
	if w := s.Wizard; e.Attempt != w.User.Attempt || !w.User.Busy() || w.Draft.Links != nil {
		return s, nil
	}
	s, effects := raise(s)
	s, problem, more := lostSecret(s, e.Problem)
	w := &s.Wizard
	if effects = append(effects, more...); !w.User.end(problem, e.Identity != nil) {
		return s, effects
	}
	w.SignedIn, w.SignedInAt, w.Unlocked = e.Identity, e.At, nil
	if w.Draft.Step != connector.StepUser || s.Blocked() != "" {
		return s, effects
	}
	// The page has nothing more to ask: go on and let the checks begin.
	s, more = arrive(s, connector.StepCheck)
	return s, append(effects, more...)
}
