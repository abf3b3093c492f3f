package wizard

import (
	"cmp"
	"maps"
	"slices"

	"partner-center-connector/connector"
)

// toldAtHome puts what went wrong on the home screen, for whom its own screen is gone. It stays there until somebody has gone on.
func (s State) toldAtHome(p *connector.Problem, about string) State {
	if p == nil {
		return s
	}
	failures, names := slices.Clone(s.Home.Failures), []string{}
	if i := slices.IndexFunc(failures, func(f Failure) bool { return f.Problem.Kind == p.Kind }); i >= 0 {
		names = slices.DeleteFunc(slices.Clone(failures[i].About), func(name string) bool { return name == about })
		failures = slices.Delete(failures, i, i+1)
	}
	if about != "" {
		names = append(names, about)
	}
	s.Home.Failures = append(failures, Failure{Problem: p, About: names})
	return s
}

// openAgain opens the wizard on a draft of the home screen, with the answer that was pasted for it there.
func openAgain(s State, d connector.Draft) (State, []Effect) {
	a := s.Home.Answered
	if a == nil || a.ID != d.ID {
		return open(s, d)
	}
	s.Home.Answered = nil
	s, effects := open(s, *a)
	return s, append(effects, keep(s)...) // it may not have been written
}

// withDraft returns the drafts with the one that was left just now, as it will be on disk.
func withDraft(drafts []connector.Draft, left connector.Draft) []connector.Draft {
	drafts = slices.Clone(drafts)
	i := slices.IndexFunc(drafts, func(d connector.Draft) bool { return d.ID == left.ID })
	if i < 0 {
		return append(drafts, left)
	}
	drafts[i] = left
	return drafts
}

// dropDraft drops a draft, which can't be opened any more.
func dropDraft(s State, id string) (State, []Effect) {
	s.Home.Drafts = slices.DeleteFunc(slices.Clone(s.Home.Drafts), func(d connector.Draft) bool { return d.ID == id })
	if a := s.Home.Answered; a != nil && a.ID == id {
		s.Home.Answered = nil
	}
	return s.withoutIdleQuestions(), []Effect{DropDraft{ID: id}}
}

// withName returns the names with that of a draft.
func withName(names map[string]string, id, name string) map[string]string {
	names = maps.Clone(names)
	if names == nil {
		names = map[string]string{}
	}
	names[id] = name
	return names
}

func (e DraftDropped) next(s State) (State, []Effect) {
	if name, asked := s.Home.discarding[e.ID]; asked {
		s.Home.discarding = maps.Clone(s.Home.discarding)
		delete(s.Home.discarding, e.ID)
		if e.Problem == nil {
			s = s.saysHere(ScreenHome, Said{What: SaidDiscarded, Name: name})
		}
	}
	return s.toldAtHome(e.Problem, s.draftName(e.ID)), nil
}

func (s State) draftName(id string) string {
	d := s.draft(id)
	if d == nil {
		return ""
	}
	return cmp.Or(d.Name, d.TenantInput)
}

// next tells that a draft could not be written where that draft is shown.
func (e DraftKept) next(s State) (State, []Effect) {
	switch a := s.Home.Answered; {
	case s.Wizard.Open && s.Wizard.Draft.ID == e.DraftID:
		s.Wizard.kept(e.Problem)
		return s, nil
	case a != nil && a.ID == e.DraftID:
		return answerKept(s, e)
	}
	return s.toldAtHome(e.Problem, s.draftName(e.DraftID)), nil
}

// kept takes what came of writing the draft. That it could be written takes no other problem off the page.
func (w *Wizard) kept(p *connector.Problem) {
	if w.Saved != nil {
		return // the draft has ended
	}
	if p != nil || w.Problem == w.Unkept {
		w.Problem = p
	}
	w.Unkept = p
}

// answerKept ends the pasting of an administrator's answer on the home screen. Where the draft could not be written the text stays, to be
// taken again.
func answerKept(s State, e DraftKept) (State, []Effect) {
	shown := s.Home.Paste == e.DraftID
	switch {
	case e.Problem == nil && e.Admin != connector.AdminReported:
		return s, nil // it was written before the answer came
	case e.Problem != nil && shown:
		s.Home.PasteProblem = e.Problem
		return s, nil
	case e.Problem != nil:
		return s.toldAtHome(e.Problem, s.draftName(e.DraftID)), nil
	case shown:
		s.Home.Paste, s.Home.PasteText, s.Home.PasteProblem = "", "", nil
	}
	s.Home.Answered = nil
	return s, []Effect{LoadLists{}}
}
