package wizard

import (
	"slices"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

func (m Machine) consent(s State, e Event) (State, []Effect) {
	w := &s.Wizard
	switch e := e.(type) {
	case StartAdmin:
		return startAdmin(s, e)
	case StartUser:
		return startUser(s, e)
	case StopWait:
		return stopWait(s)
	case MoreTime:
		if c := w.waiting(); c != nil {
			return s, []Effect{ExtendConsent{Attempt: c.Attempt}}
		}
	case OpenHandover:
		return openHandover(s)
	case CloseHandover:
		w.HandoverOpen = false
	case TellError:
		w.Told = Told{Open: e.Open}
	case ExplainError:
		return explainTold(s), nil
	case HandoverMade:
		return handoverMade(s, e)
	case AdminAnswered:
		return adminAnswered(s, e)
	case UserAnswered:
		return userAnswered(s, e)
	default:
		return progress(s, e), nil
	}
	return s, nil
}

// progress takes what a consent tells on its way.
func progress(s State, e Event) State {
	switch e := e.(type) {
	case ConsentOpened:
		if c := s.Wizard.consentOf(e.Attempt); c != nil {
			c.Phase = PhaseWaiting
			c.Browser, c.Mode, c.Since, c.Until, c.Link = e.Browser, e.Mode, e.Since, e.Until, e.Link
		}
	case ConsentStarted:
		if c := s.Wizard.consentOf(e.Attempt); c != nil {
			c.Started, c.NoStart = true, false
		}
	case ConsentNotStarted:
		if c := s.Wizard.consentOf(e.Attempt); c != nil {
			c.NoStart = !c.Started
		}
	case ConsentExtended:
		if c := s.Wizard.consentOf(e.Attempt); c != nil {
			c.Until = e.Until
		}
	case Retrying:
		if c := s.Wizard.consentOf(e.Attempt); c != nil {
			c.Retry = e.Retry
		} else if p := &s.Wizard.Probe; p.Attempt == e.Attempt {
			p.Retry = e.Retry
		}
	case ConsentAnswered:
		if c := s.Wizard.consentOf(e.Attempt); c != nil {
			c.Phase, c.Started, c.NoStart = PhaseFinishing, true, false
		}
	}
	return s
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
	if w.Draft.Step == connector.StepUser {
		c = &w.User
	}
	if !c.Busy() {
		return nil
	}
	return c
}

func startAdmin(s State, e StartAdmin) (State, []Effect) {
	if s.Wizard.ConsentBlocked() != "" || s.BlockedAt(connector.StepConnector) != "" || s.Wizard.Draft.Tenant == nil || s.Wizard.fixed() {
		return s, nil
	}
	effects := stop(s.Wizard.Admin.Attempt)
	s, n := attempt(s)
	w := &s.Wizard
	w.Told = Told{}
	w.Admin = Consent{Attempt: n, Phase: PhaseOpening, Way: e.Way}
	open := OpenAdminConsent{Attempt: n, Draft: w.Draft, Way: e.Way}
	switch e.Way {
	case WayIsolated:
		open.Browser = browser.Choose(w.Ready.Browsers, "")
		open.Mode = browser.FirstMode(open.Browser)
	case WayDefault:
		if w.Draft.AdminBrowser != "" {
			open.Browser = browser.Choose(w.Ready.Browsers, w.Draft.AdminBrowser)
		}
	default:
	}
	return s, append(effects, open)
}

func startUser(s State, e StartUser) (State, []Effect) {
	if s.Wizard.ConsentBlocked() != "" || s.BlockedAt(connector.StepConnector) != "" || s.Wizard.Draft.Tenant == nil || s.Wizard.fixed() {
		return s, nil
	}
	s, effects := voidUser(s)
	s, n := attempt(s)
	w := &s.Wizard
	w.Told = Told{}
	w.User = Consent{Attempt: n, Phase: PhaseOpening, Way: e.Way}
	open := OpenUserConsent{Attempt: n, Draft: w.Draft, Way: e.Way}
	if e.Way == WayPrivate {
		open.Browser = browser.Choose(w.Ready.Browsers, w.Draft.UserBrowser)
		open.Mode, open.PlainPrompt = e.Mode, e.PlainPrompt
		if !slices.Contains(open.Browser.Modes(), e.Mode) {
			open.Mode = browser.FirstMode(open.Browser)
		}
	}
	return s, append(effects, open)
}

// PrivateBrowser is the browser that the user consent will use; its ID is empty if there is none.
func (w Wizard) PrivateBrowser() browser.Browser {
	return browser.Choose(w.Ready.Browsers, w.Draft.UserBrowser)
}

func stopWait(s State) (State, []Effect) {
	c := s.Wizard.waiting()
	if c == nil {
		return s, nil
	}
	effects := stop(c.Attempt)
	*c = Consent{}
	s.Wizard.Told = Told{}
	return s, effects
}

// explainTold looks up what was told of an error page. The consent goes on being waited for: the page may still be left.
func explainTold(s State) State {
	stage := auth.StageUserConsent
	if s.Wizard.Draft.Step == connector.StepAdmin {
		stage = auth.StageAdminConsent
	}
	s.Wizard.Told.Explained, s.Wizard.Told.Problem = true, nil
	if found := problems.LookUpAt(s.Wizard.Told.Text, stage); len(found) > 0 {
		s.Wizard.Told.Problem = &found[0]
	}
	return s
}

func openHandover(s State) (State, []Effect) {
	if s.Wizard.fixed() {
		return s, nil
	}
	w := &s.Wizard
	w.HandoverOpen = true
	if w.Draft.Admin.Handover != nil || w.Draft.Tenant == nil {
		return s, nil
	}
	effects := stop(w.Admin.Attempt)
	s, n := attempt(s)
	s.Wizard.Admin = Consent{Attempt: n}
	return s, append(effects, MakeHandover{Attempt: n, Draft: s.Wizard.Draft})
}

func handoverMade(s State, e HandoverMade) (State, []Effect) {
	w := &s.Wizard
	if e.Attempt != w.Admin.Attempt {
		return s, nil
	}
	w.Admin.Problem = e.Problem
	if e.Problem != nil {
		return s, nil
	}
	handover := e.Handover
	w.Draft.Admin.Handover = &handover
	return s, keep(s)
}

func adminAnswered(s State, e AdminAnswered) (State, []Effect) {
	w := &s.Wizard
	if e.Attempt != w.Admin.Attempt || w.Saved != nil {
		return s, nil
	}
	s.Raise++
	if e.Problem != nil || e.Tenant == "" {
		w.Admin = Consent{Attempt: w.Admin.Attempt, Way: w.Admin.Way, Problem: e.Problem}
		return s, nil
	}
	w.Admin.Phase = PhaseDone
	w.HandoverOpen = false
	w.Draft.Admin = connector.Admin{Status: connector.AdminReported, Tenant: e.Tenant, At: e.At, Pasted: e.Pasted}
	return s, keep(s)
}

func userAnswered(s State, e UserAnswered) (State, []Effect) {
	w := &s.Wizard
	if e.Attempt != w.User.Attempt || !w.User.Busy() {
		return s, nil
	}
	s.Raise++
	if e.Problem != nil || e.Identity == nil {
		w.User = Consent{Attempt: w.User.Attempt, Way: w.User.Way, Mode: w.User.Mode, Browser: w.User.Browser, Problem: e.Problem}
		return s, nil
	}
	w.User.Phase = PhaseDone
	w.SignedIn = e.Identity
	if w.Draft.Step != connector.StepUser || s.Blocked() != "" {
		return s, nil
	}
	// The page has nothing more to ask: go on and let the checks begin.
	return arrive(s, connector.StepCheck)
}

func (m Machine) takePaste(s State) (State, []Effect) {
	if s.Screen == ScreenHome {
		d := s.draft(s.Home.Paste)
		if d == nil || d.Admin.Handover == nil {
			return s, nil
		}
		return s, []Effect{ReadPaste{Draft: *d, Text: s.Home.PasteText}}
	}
	if !s.Wizard.Open || s.Wizard.Draft.Admin.Handover == nil {
		return s, nil
	}
	return s, []Effect{ReadPaste{Draft: s.Wizard.Draft, Text: s.Wizard.Paste}}
}

func (m Machine) pasteRead(s State, e PasteRead) (State, []Effect) {
	if s.Wizard.Open && s.Wizard.Draft.ID == e.DraftID {
		s.Wizard.PasteProblem = e.Problem
		if e.Problem != nil {
			return s, nil
		}
		s.Wizard.Draft.Admin = connector.Admin{Status: connector.AdminReported, Tenant: e.Tenant, At: e.At, Pasted: true}
		s.Wizard.Admin = Consent{Attempt: s.Wizard.Admin.Attempt, Phase: PhaseDone}
		s.Wizard.HandoverOpen, s.Wizard.Paste = false, ""
		return s, keep(s)
	}
	d := s.draft(e.DraftID)
	if d == nil {
		return s, nil
	}
	s.Home.PasteProblem = e.Problem
	if e.Problem != nil {
		return s, nil
	}
	draft := *d
	draft.Admin = connector.Admin{Status: connector.AdminReported, Tenant: e.Tenant, At: e.At, Pasted: true}
	draft.Step = max(draft.Step, connector.StepAdmin)
	s.Home.Paste, s.Home.PasteText = "", ""
	return s, []Effect{KeepDraft{Draft: draft}, LoadLists{}}
}

func (m Machine) goUnconfirmed(s State, e GoUnconfirmed) (State, []Effect) {
	if e.ID != "" && !s.Wizard.Open {
		d := s.draft(e.ID)
		if d == nil {
			return s, nil
		}
		draft := *d
		draft.Admin.Status = connector.AdminNotConfirmed
		draft.Step = connector.StepUser
		s, effects := open(s, draft)
		return s, append(effects, keep(s)...)
	}
	if !s.Wizard.Open || s.Wizard.fixed() || s.BlockedAt(connector.StepConnector) != "" {
		return s, nil
	}
	effects := stop(s.Wizard.Admin.Attempt)
	s.Wizard.Admin = Consent{Attempt: s.Wizard.Admin.Attempt}
	s.Wizard.Draft.Admin.Status = connector.AdminNotConfirmed
	s.Wizard.HandoverOpen = false
	s, more := arrive(s, connector.StepUser)
	return s, append(effects, more...)
}
