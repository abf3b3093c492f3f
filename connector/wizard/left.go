package wizard

import (
	"cmp"
	"maps"
	"slices"

	"partner-center-connector/connector"
)

// leaveDraft leaves the draft of the wizard on the home screen. What goes on for it there ends there.
func (s State) leaveDraft() State {
	w := s.Wizard
	if n := runningAttempt(w.Saving); n != 0 {
		s.Home.Saving = withLeft(s.Home.Saving, n, w.Draft.ID)
		s.Home.Drafts = s.offeredDrafts(s.Home.Drafts)
		return s.withoutIdleQuestions()
	}
	if n := runningAttempt(w.StoringSecret); n != 0 {
		s.Home.Storing = withLeft(s.Home.Storing, n, w.Draft.ID)
	}
	s.Home.Drafts = withDraft(s.Home.Drafts, w.Draft)
	return s.withoutIdleQuestions()
}

// takeStoring returns the work of storing the client secret or certificate of a draft that is opened again.
func (s State) takeStoring(draftID string) (State, Work) {
	for n, id := range s.Home.Storing {
		if id == draftID {
			s.Home.Storing = withoutLeft(s.Home.Storing, n)
			return s, Work{Attempt: n, Running: true}
		}
	}
	return s, Work{}
}

// storedAtHome ends the storing of a client secret or certificate whose draft was left.
func storedAtHome(s State, e SecretKept) (State, []Effect) {
	d := s.draft(s.Home.Storing[e.Attempt])
	s.Home.Storing = withoutLeft(s.Home.Storing, e.Attempt)
	if d == nil {
		return s, nil
	}
	if e.Problem != nil {
		return s.toldAtHome(e.Problem, s.draftName(d.ID)), nil
	}
	draft := e.storedFor(*d)
	s.Home.Drafts = withDraft(s.Home.Drafts, draft)
	if a := s.Home.Answered; a != nil && a.ID == draft.ID {
		draft = e.storedFor(*a)
		s.Home.Answered = &draft
	}
	return s, []Effect{KeepDraft{Draft: draft}}
}

// storedFor returns the draft whose client secret or certificate was stored.
func (e SecretKept) storedFor(d connector.Draft) connector.Draft {
	d.HasSecret, d.EndedOn = true, connector.Day{}
	if !e.Expires.IsZero() {
		d.SecretExpires, d.SecretExpiresInput = e.Expires, ""
	}
	return d
}

// offeredDrafts returns the drafts without those that are being saved.
func (s State) offeredDrafts(drafts []connector.Draft) []connector.Draft {
	saving := slices.Collect(maps.Values(s.Home.Saving))
	return slices.DeleteFunc(slices.Clone(drafts), func(d connector.Draft) bool { return slices.Contains(saving, d.ID) })
}

func withLeft(left map[int]string, attempt int, draftID string) map[int]string {
	left = maps.Clone(left)
	if left == nil {
		left = map[int]string{}
	}
	left[attempt] = draftID
	return left
}

func withoutLeft(left map[int]string, attempt int) map[int]string {
	if _, there := left[attempt]; !there {
		return left
	}
	left = maps.Clone(left)
	delete(left, attempt)
	return left
}

// saidLeft is what there is to say of what was made here once the wizard is left.
func (w Wizard) saidLeft() Said {
	d := w.LinksDraft()
	if d.Renews != "" {
		return Said{What: SaidRenewalLeft, Name: d.Name}
	}
	return Said{What: SaidDraftKept, Name: cmp.Or(d.Name, d.TenantInput)}
}

// closeTrial leaves the draft that a trial was begun for on the home screen, unless it is a renewal: that is never left there.
func closeTrial(s State, d connector.Draft) (State, []Effect) {
	if d.Renews == "" {
		return s, nil
	}
	return dropDraft(s, d.ID)
}
