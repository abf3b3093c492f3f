package wizard

import (
	"strings"

	"partner-center-connector/connector"
)

func (CloseHandover) blocked(s State) Reason { return goneUnless(s.Wizard.HandoverOpen) }

func (CloseHandover) next(s State) (State, []Effect) {
	s.Wizard.HandoverOpen = false
	return s, nil
}

func (OpenHandover) blocked(s State) Reason {
	w := s.Wizard
	switch {
	case w.Draft.Links != nil, w.Draft.Trial != nil:
		return ReasonGone
	case w.Draft.Admin.Handover == nil && (!w.HandoverOpen || w.Admin.Problem != nil):
		return s.askBlocked()
	case w.HandoverOpen:
		return ReasonGone
	}
	return ""
}

func (OpenHandover) next(s State) (State, []Effect) {
	w := &s.Wizard
	w.HandoverOpen = true
	if w.Draft.Admin.Handover != nil {
		return s, nil
	}
	effects := stop(w.Admin.Attempt)
	s, n := attempt(s)
	s.Wizard.Admin = Consent{Attempt: n}
	return s, append(effects, MakeHandover{Attempt: n, Draft: s.Wizard.Draft})
}

func (e HandoverMade) next(s State) (State, []Effect) {
	w := &s.Wizard
	if e.Attempt != w.Admin.Attempt || w.Draft.Links != nil {
		return s, nil
	}
	s, problem, effects := lostSecret(s, e.Problem)
	w.Admin.Problem = problem
	if problem != nil {
		return s, effects
	}
	handover := e.Handover
	w.Draft.Admin.Handover = &handover
	return s, keep(s)
}

func (TakePaste) blocked(s State) Reason {
	d, text := s.pasteFor()
	switch {
	case d == nil || d.Admin.Handover == nil:
		return ReasonGone
	case strings.TrimSpace(text) == "":
		return ReasonPasteMissing
	}
	return ""
}

func (TakePaste) next(s State) (State, []Effect) {
	d, text := s.pasteFor()
	return s, []Effect{ReadPaste{Draft: *d, Text: text}}
}

// pasteFor returns the draft that an administrator's answer is being pasted for, nil for none, and what was pasted.
func (s State) pasteFor() (*connector.Draft, string) {
	switch {
	case s.Screen == ScreenHome:
		return s.draft(s.Home.Paste), s.Home.PasteText
	case s.Wizard.Open && !s.Wizard.fixed():
		return &s.Wizard.Draft, s.Wizard.Paste
	}
	return nil, ""
}

// answersTo reports whether what was read is the answer to the link that a draft has now.
func (e PasteRead) answersTo(d connector.Draft) bool {
	return d.ID == e.DraftID && d.Admin.Handover != nil && d.Admin.Handover.State == e.State
}

func (e PasteRead) next(s State) (State, []Effect) {
	if s.Wizard.Open && s.Wizard.Draft.ID == e.DraftID {
		if !e.answersTo(s.Wizard.Draft) || s.Wizard.fixed() {
			return s, nil
		}
		s.Wizard.PasteProblem = e.Problem
		if e.Problem != nil {
			return s, nil
		}
		// What is still waited for is answered with it: what else came would stand beside an accepted consent.
		effects := stop(s.Wizard.Admin.Attempt)
		s.Wizard.Admin = Consent{Phase: PhaseDone}
		s, more := adminReported(s, connector.Admin{Status: connector.AdminReported, Tenant: e.Tenant, At: e.At, Pasted: true})
		return s, append(effects, more...)
	}
	d := s.draft(e.DraftID)
	if d == nil || !e.answersTo(*d) {
		return s, nil
	}
	switch {
	case s.Home.Paste == e.DraftID:
		s.Home.PasteProblem = e.Problem
	case e.Problem != nil:
		s = s.toldAtHome(e.Problem, s.draftName(e.DraftID))
	}
	if e.Problem != nil {
		return s, nil
	}
	draft := *d
	draft.Admin = connector.Admin{Status: connector.AdminReported, Tenant: e.Tenant, At: e.At, Pasted: true}
	draft.Step = max(draft.Step, connector.StepAdmin)
	s.Home.Answered = &draft
	return s, []Effect{KeepDraft{Draft: draft}}
}

func (e GoUnconfirmed) blocked(s State) Reason {
	switch {
	case e.ID != "" && !s.Wizard.Open:
		d := s.draft(e.ID)
		return goneUnless(d != nil && d.Links == nil)
	case !s.Wizard.Open || s.Wizard.Saved != nil || s.Wizard.Draft.Trial != nil:
		return ReasonGone
	case s.Wizard.Saving.Running:
		return ReasonSaving
	case s.Wizard.Draft.Links != nil:
		return s.unconfirmBlocked()
	case s.Wizard.Draft.Admin.Status == connector.AdminReported:
		return ReasonGone // it is confirmed
	}
	return s.askBlocked()
}

func (e GoUnconfirmed) next(s State) (State, []Effect) {
	if e.ID != "" && !s.Wizard.Open {
		draft := *s.draft(e.ID)
		if a := s.Home.Answered; a != nil && a.ID == e.ID {
			return openAgain(s, draft) // the answer came all the same
		}
		draft.Admin.Status = connector.AdminNotConfirmed
		draft.Step = connector.StepUser
		s, effects := open(s, draft)
		return s, append(effects, keep(s)...)
	}
	if s.Wizard.Draft.Links != nil {
		return unconfirmLink(s)
	}
	effects := stop(s.Wizard.Admin.Attempt)
	s.Wizard.Admin = Consent{} // without its number, so that an answer which is on its way comes to nothing
	s.Wizard.Draft.Admin.Status = connector.AdminNotConfirmed
	s.Wizard.HandoverOpen = false
	s, more := arrive(s, connector.StepUser)
	return s, append(effects, more...)
}

// dropHandover drops a link for another person that was made, or is being made, with what is changed now.
func dropHandover(s State) (State, []Effect) {
	a := s.Wizard.Admin
	making := a.Attempt != 0 && a.Phase == PhaseIdle && a.Problem == nil
	if s.Wizard.Draft.Admin.Handover == nil && !making {
		return s, nil
	}
	effects := stop(s.Wizard.Admin.Attempt)
	s.Wizard.Admin, s.Wizard.Draft.Admin.Handover = Consent{}, nil
	s.Wizard.HandoverOpen, s.Wizard.Paste, s.Wizard.PasteProblem = false, "", nil
	return s, effects
}
