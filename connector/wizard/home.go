package wizard

import (
	"slices"
	"time"

	"partner-center-connector/connector"
)

func (e Loaded) next(s State) (State, []Effect) {
	s = s.at(e.Now)
	s.Home.Loaded = true
	s = s.withConnectors(e.Connectors)
	s.Home.Drafts, s.Home.Problem = s.offeredDrafts(e.Drafts), e.Problem
	if d := &s.Wizard.Draft; d.Renews != "" && !d.Renamed && s.connector(d.Renews) != nil {
		d.Name = s.connector(d.Renews).Name // another process may have renamed it
	}
	if s.Screen == ScreenConnector && s.connector(s.Detail.ID) == nil && e.Problem == nil {
		s.Screen, s.Detail = ScreenHome, Detail{}
	}
	return s.withoutIdleQuestions(), s.readShown()
}

// readShown returns the effect that reads the connector whose screen is shown, if one is.
func (s State) readShown() []Effect {
	if s.Screen != ScreenConnector || s.Shown() == nil {
		return nil
	}
	return []Effect{ReadConnector{ID: s.Detail.ID}}
}

// withConnectors returns the state with another list of saved connectors, in which each is found at once: home asks for every row.
func (s State) withConnectors(all []connector.Connector) State {
	s.Home.Connectors, s.Home.places = all, make(map[string]int, len(all))
	for i := range all {
		s.Home.places[all[i].ID] = i
	}
	return s
}

// withoutIdleQuestions takes back what is asked about a draft that is gone, or that waits for no answer any more.
func (s State) withoutIdleQuestions() State {
	if s.Home.Discard != "" && s.draft(s.Home.Discard) == nil {
		s.Home.Discard = ""
	}
	if s.Home.Paste != "" && !s.handedOver(s.Home.Paste) {
		s.Home.Paste, s.Home.PasteText, s.Home.PasteProblem = "", "", nil
	}
	return s
}

func (e TimePassed) next(s State) (State, []Effect) { return s.at(e.Now), nil }

// at is the state at a time, if that is known.
func (s State) at(now time.Time) State {
	if now.IsZero() {
		return s
	}
	s.Home.Now = now
	if s.Detail.ID != "" {
		s.Detail.Now = now
	}
	return s
}

// connector returns the saved connector with the ID, or nil.
func (s State) connector(id string) *connector.Connector {
	if i, ok := s.Home.places[id]; ok && i < len(s.Home.Connectors) && s.Home.Connectors[i].ID == id {
		return &s.Home.Connectors[i]
	}
	i := slices.IndexFunc(s.Home.Connectors, func(c connector.Connector) bool { return c.ID == id })
	if i < 0 {
		return nil
	}
	return &s.Home.Connectors[i]
}

// Shown returns the saved connector whose screen is shown, or nil.
func (s State) Shown() *connector.Connector { return s.connector(s.Detail.ID) }

func (s State) draft(id string) *connector.Draft {
	i := slices.IndexFunc(s.Home.Drafts, func(d connector.Draft) bool { return d.ID == id })
	if i < 0 {
		return nil
	}
	return &s.Home.Drafts[i]
}

func (NewConnector) next(s State) (State, []Effect) { return newConnector(s) }

func (e OpenDraft) blocked(s State) Reason { return goneUnless(s.draft(e.ID) != nil && !s.Wizard.Open) }

func (e OpenDraft) next(s State) (State, []Effect) { return openAgain(s, *s.draft(e.ID)) }

func (e DraftMade) next(s State) (State, []Effect) {
	if s.Wizard.Open {
		return s, nil
	}
	return open(s, withBrowsers(e.Draft, s.Settings))
}

// asked returns why a question can't be asked, or taken back by an empty ID.
func asked(id, now string) Reason {
	switch {
	case id != now:
		return ""
	case id == "":
		return ReasonGone
	}
	return ReasonQuestion
}

func (e AskDiscard) blocked(s State) Reason { return asked(e.ID, s.Home.Discard) }

func (e AskDiscard) next(s State) (State, []Effect) {
	s.Home.Discard = e.ID
	return s, nil
}

func (e Discard) blocked(s State) Reason {
	open := s.Wizard.Open && s.Wizard.Draft.ID == e.ID
	return goneUnless(s.draft(e.ID) != nil && !open)
}

func (e Discard) next(s State) (State, []Effect) {
	s.Home.Discard = ""
	s.Home.Failures = nil
	return dropDraft(s, e.ID)
}

func (e AskPaste) blocked(s State) Reason {
	if e.ID != "" && !s.handedOver(e.ID) {
		return ReasonGone
	}
	return asked(e.ID, s.Home.Paste)
}

// handedOver reports whether a draft has a link that another person was given.
func (s State) handedOver(id string) bool {
	d := s.draft(id)
	return d != nil && d.Admin.Handover != nil
}

func (e AskPaste) next(s State) (State, []Effect) {
	s.Home.Paste, s.Home.PasteText, s.Home.PasteProblem = e.ID, "", nil
	return s, nil
}

func (e OpenConnector) blocked(s State) Reason {
	switch {
	case s.Wizard.Open && s.Wizard.Saved == nil:
		return ReasonGone
	case s.connector(e.ID) == nil:
		return ReasonConnectorGone
	}
	return ""
}

// next shows a saved connector; the wizard that has just saved it is closed.
func (e OpenConnector) next(s State) (State, []Effect) {
	effects, shown := []Effect{}, Detail{ID: e.ID, Now: s.Home.Now}
	if s.Wizard.Open {
		if saved := s.Wizard.Saved; saved != nil && saved.ID == e.ID {
			shown.Kept = saved.Checks
		}
		s, effects = closeWizard(s)
	}
	s.Screen, s.Detail, s.Record = ScreenConnector, shown, RecordForm{}
	s.Home.Failures = nil
	return s, append(effects, ReadConnector(e))
}

func newConnector(s State) (State, []Effect) {
	if s.Wizard.Open && s.Wizard.Saved == nil {
		s.Screen = ScreenWizard
		return s, nil
	}
	s, effects := closeWizard(s)
	prefill := connector.NewDraft()
	prefill = s.Preset.Fill(prefill)
	if s.Rehearsal != nil {
		prefill = s.Rehearsal.Prefill
	}
	return s, append(effects, MakeDraft{Prefill: prefill})
}

func (GoHome) blocked(s State) Reason {
	if s.Wizard.Leaving {
		return ReasonQuestion
	}
	return ""
}

func (GoHome) next(s State) (State, []Effect) {
	if s.Wizard.Open && s.Wizard.mustAsk() {
		s.Wizard.Leaving = true
		return s, nil
	}
	s.Home.Left = ""
	if s.Screen == ScreenConnector {
		s.Home.Left = s.Detail.ID
	}
	return closeWizard(s)
}

func (StayInWizard) blocked(s State) Reason { return goneUnless(s.Wizard.Leaving) }

func (StayInWizard) next(s State) (State, []Effect) {
	s.Wizard.Leaving, s.Wizard.QuitAfter = false, false
	return s, nil
}

func (LeaveWizard) next(s State) (State, []Effect) {
	quit := s.Wizard.QuitAfter
	s, effects := closeWizard(s)
	s.Quit = quit
	return s, effects
}

func (Quit) next(s State) (State, []Effect) {
	if s.Wizard.Open && s.Wizard.mustAsk() && !s.Wizard.QuitAfter {
		s.Screen = ScreenWizard
		s.Wizard.Leaving, s.Wizard.QuitAfter = true, true
		s.Raise++
		return s, nil
	}
	s, effects := closeWizard(s)
	s.Quit = true
	return s, effects
}

// mustAsk reports whether closing would lose a sign-in that was made, or is being made.
func (w Wizard) mustAsk() bool {
	return w.Saved == nil && (w.SignedIn != nil || w.User.Busy())
}

// closeWizard goes home. The draft stays, unless nothing was typed.
func closeWizard(s State) (State, []Effect) {
	effects := []Effect{}
	if w := s.Wizard; w.Open {
		for _, n := range []int{
			w.Admin.Attempt, w.User.Attempt, runningAttempt(w.Lookup.Work), runningAttempt(w.Probe.Work),
			runningAttempt(w.Ready.Work), runningAttempt(w.Checking),
		} {
			effects = append(effects, stop(n)...)
		}
		effects = append(effects, ForgetGrant{})
		switch {
		case w.Saved != nil:
		case w.Draft.Renews != "" || s.untouched(w.Draft):
			var more []Effect
			s, more = dropDraft(s, w.Draft.ID)
			effects = append(effects, more...)
		default:
			s = s.leaveDraft()
		}
	}
	if n := runningAttempt(s.Detail.Checking); n != 0 {
		effects = append(effects, StopAttempt{Attempt: n})
	}
	effects = append(effects, stop(runningAttempt(s.SettingsPage.Looking))...)
	s.Screen, s.Wizard, s.Detail, s.Record, s.SettingsPage.Looking = ScreenHome, Wizard{}, Detail{}, RecordForm{}, Work{}
	return s, append(effects, LoadLists{})
}

// untouched reports whether nobody has entered anything in a draft. What the practice cloud fills in is nobody's, and its credential
// comes by itself.
func (s State) untouched(d connector.Draft) bool {
	if s.Rehearsal == nil {
		return d.Untouched(s.Preset)
	}
	p := s.Rehearsal.Prefill
	return d.TenantInput == p.TenantInput && d.UPN == p.UPN && d.ClientID == p.ClientID && len(d.Ticks) == 0
}
