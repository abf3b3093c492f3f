package wizard

import (
	"slices"
	"time"

	"partner-center-connector/auth/link"
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
	if s.beneath() == ScreenConnector && s.connector(s.Detail.ID) == nil && e.Problem == nil {
		if said := s.Detail.saying; s.Detail.Work.Running && said.What == SaidRemoved { // the list tells it before the work has ended
			s = s.says(said)
		}
		s.Detail = Detail{}
		s = s.show(ScreenHome)
	}
	s, effects := s.withoutIdleQuestions().showWanted(e.Problem)
	if len(effects) > 0 {
		return s, effects
	}
	return s, s.readShown()
}

// readShown returns the effect that reads the connector whose screen is shown, if one is.
func (s State) readShown() []Effect {
	if s.beneath() != ScreenConnector || s.Shown() == nil {
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
	if e.Draft.Trial != nil {
		return beginTrial(s, e.Draft)
	}
	if s.Wizard.Open {
		return s, nil
	}
	s, effects := open(s, withBrowsers(e.Draft, s.Chosen()))
	if e.Draft.Links == nil || !s.LinkOffer.Taken {
		return s, effects
	}
	s, more := readOffer(s)
	return s, append(effects, more...)
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
	open := s.Wizard.Open && (s.Wizard.Draft.ID == e.ID || s.Wizard.LinksDraft().ID == e.ID)
	return goneUnless(s.draft(e.ID) != nil && !open)
}

func (e Discard) next(s State) (State, []Effect) {
	s.Home.Discard = ""
	s.Home.Failures = nil
	s.Home.discarding = withName(s.Home.discarding, e.ID, s.draftName(e.ID))
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
			shown.Kept, shown.Past = saved.Checks, saved.History
		}
		s, effects = closeWizard(s)
	}
	s.Screen, s.Detail, s.Record = ScreenConnector, shown, RecordForm{}
	s.Home.Failures = nil
	return s, append(effects, ReadConnector(e))
}

func newConnector(s State) (State, []Effect) {
	if s.Rehearsal != nil && s.Rehearsal.Prefill.Links != nil {
		return newLinks(s)
	}
	if s.Wizard.Open && s.Wizard.Saved == nil {
		return toWizard(s)
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

// next goes home from whatever is shown, which the support report and the choice among the scenarios may stand before.
func (GoHome) next(s State) (State, []Effect) {
	effects := stop(runningAttempt(s.Report.Making))
	s.Report, s.Practice.Open = SupportReport{}, false
	if s.Wizard.Open && s.Wizard.mustAsk() {
		s.Wizard.Leaving = true
		s, more := toWizard(s)
		return s, append(effects, more...)
	}
	s.Home.Left = ""
	if s.beneath() == ScreenConnector {
		s.Home.Left = s.Detail.ID
	}
	s, more := closeWizard(s)
	return s, append(effects, more...)
}

func (StayInWizard) blocked(s State) Reason { return goneUnless(s.Wizard.Leaving) }

func (StayInWizard) next(s State) (State, []Effect) {
	s.Wizard.Leaving, s.Wizard.QuitAfter = false, false
	s.LinkOffer.Taken = false
	return s, nil
}

func (LeaveWizard) next(s State) (State, []Effect) {
	quit := s.Wizard.QuitAfter
	if s.LinkOffer.Taken && !quit {
		return leaveForOffer(s)
	}
	s, effects := closeWizard(s)
	s.Quit = quit
	return s, effects
}

func (Quit) next(s State) (State, []Effect) {
	if s.Wizard.Open && (s.Wizard.mustAsk() || s.Wizard.forgets()) && !s.Wizard.QuitAfter {
		s.Wizard.Leaving, s.Wizard.QuitAfter = true, true
		return raise(s)
	}
	if d := s.forgotten(); d != nil && !s.Wizard.QuitAfter {
		return askForgotten(s, *d)
	}
	s, effects := closeWizard(s)
	s.Quit = true
	return s, effects
}

// forgotten is a draft of the home screen whose links the end of the program would lose; nil where none is.
func (s State) forgotten() *connector.Draft {
	for _, d := range s.Home.Drafts {
		unkept := s.Home.Unkept[d.ID]
		left := Wizard{Draft: d, Links: LinkForm{Held: unkept.Held, Unkept: unkept.Unkept}}
		if left.forgets() && d.ID != s.Wizard.LinksDraft().ID {
			return &d
		}
	}
	return nil
}

// askForgotten opens such a draft to ask about it before the program ends.
func askForgotten(s State, d connector.Draft) (State, []Effect) {
	unkept := s.Home.Unkept[d.ID]
	s, effects := closeWizard(s)
	s, more := openAgain(s, d)
	s.Wizard.Links.Held, s.Wizard.Links.Unkept = unkept.Held, unkept.Unkept
	s.Wizard.Leaving, s.Wizard.QuitAfter = true, true
	s.Raise++
	return s, append(effects, more...)
}

// LinksDraft is the draft with the links of another product: during a trial the one that it was begun for.
func (w Wizard) LinksDraft() connector.Draft {
	if w.Draft.Trial != nil {
		return w.Draft.Trial.For
	}
	return w.Draft
}

// mustAsk reports whether closing would lose a sign-in that was made, or is being made, or what was told in a renewal, which is not kept.
func (w Wizard) mustAsk() bool {
	d := w.LinksDraft()
	told := d.Renews != "" && d.Links != nil && (d.Links.Told(link.Admin) || d.Links.Told(link.User))
	signing := w.Draft.Trial == nil && (w.SignedIn != nil || w.User.Busy())
	return w.Saved == nil && (signing || told)
}

// stopAll stops everything that goes on for the page that is shown.
func (w Wizard) stopAll() []Effect {
	effects := []Effect{}
	for _, n := range []int{
		w.Admin.Attempt, w.User.Attempt, runningAttempt(w.Lookup.Work), runningAttempt(w.Probe.Work),
		runningAttempt(w.Ready.Work), runningAttempt(w.Checking), runningAttempt(w.Links.Probe.Work),
	} {
		effects = append(effects, stop(n)...)
	}
	return append(effects, w.Links.stopLookups()...)
}

// closeWizard goes home. The draft stays, unless nothing was typed.
func closeWizard(s State) (State, []Effect) {
	effects := []Effect{}
	if w := s.Wizard; w.Open {
		effects = append(w.stopAll(), ForgetGrant{})
		switch {
		case w.Saved != nil:
		case w.Draft.Trial != nil:
			var more []Effect
			s, more = closeTrial(s, w.Draft.Trial.For)
			s, effects = s.says(w.saidLeft()), append(effects, more...)
		case w.Draft.Renews != "" || s.untouched(w.Draft) && !w.Links.Reading.Running:
			var more []Effect
			s, more = dropDraft(s, w.Draft.ID)
			effects = append(effects, more...)
			if w.Draft.Renews != "" {
				s = s.says(w.saidLeft())
			}
		default:
			if s = s.leaveDraft(); w.Unkept == nil && !w.Saving.Running {
				s = s.says(w.saidLeft())
			}
		}
	}
	effects = append(effects, s.Detail.stopAll()...)
	s, more := leaveSettings(s)
	effects = append(effects, more...)
	s.Screen, s.Wizard, s.Detail, s.Record = ScreenHome, Wizard{}, Detail{}, RecordForm{}
	s.LinkOffer = LinkOffer{}
	return s, append(effects, LoadLists{})
}

// untouched reports whether nobody has entered anything in a draft. What the practice cloud fills in is nobody's, and its credential
// comes by itself.
func (s State) untouched(d connector.Draft) bool {
	if s.Rehearsal == nil {
		return d.Untouched(s.Preset)
	}
	p := s.Rehearsal.Prefill
	return d.TenantInput == p.TenantInput && d.UPN == p.UPN && (d.ClientID == p.ClientID || d.Links != nil) && len(d.Ticks) == 0 && !d.AnyLink()
}
