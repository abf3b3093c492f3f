package wizard

import (
	"slices"

	"partner-center-connector/connector"
)

func (e OpenPractice) blocked(s State) Reason { return goneUnless(s.Practice.Open != e.Open) }

func (e OpenPractice) next(s State) (State, []Effect) {
	s.Practice = Practice{Open: e.Open, Place: AllPlaces}
	return s, nil
}

func (KeepScenario) blocked(s State) Reason { return goneUnless(s.Practice.Asked != "") }

func (KeepScenario) next(s State) (State, []Effect) {
	s.Practice.Asked = ""
	return s, nil
}

func (e PlayScenario) blocked(s State) Reason {
	known := slices.ContainsFunc(s.Rehearsal.Scenarios, func(one connector.Scenario) bool { return one.Name == e.Name })
	switch {
	case !known:
		return ReasonGone
	case s.Practice.Playing.Running:
		return ReasonSwitching
	case e.How == PlayAsk && s.Wizard.UnderWay() && s.Practice.Asked == e.Name:
		return ReasonQuestion
	}
	return ""
}

func (e PlayScenario) next(s State) (State, []Effect) {
	if e.How == PlayAsk && s.Wizard.UnderWay() {
		s.Practice.Asked = e.Name
		return s, nil
	}
	s, n := attempt(s)
	s.Practice.Asked, s.Practice.Problem, s.Practice.Anew = "", nil, e.How == PlayAnew
	s.Practice.Playing = Work{Attempt: n, Running: true}
	return s, []Effect{SwitchScenario{Attempt: n, Name: e.Name}}
}

func (e ScenarioPlays) next(s State) (State, []Effect) {
	if e.Attempt != s.Practice.Playing.Attempt {
		return s, nil
	}
	s.Practice.Playing.Running, s.Practice.Problem = false, e.Problem
	if e.Rehearsal == nil {
		return s, nil
	}
	anew := s.Practice.Anew
	s.Rehearsal, s.Practice = e.Rehearsal, Practice{}
	if !anew {
		return s.says(Said{What: SaidPlays, Name: e.Rehearsal.Scenario}), nil
	}
	given := s.Wizard
	s, effects := closeWizard(s)
	s = s.says(Said{What: SaidPlays, Name: e.Rehearsal.Scenario})
	if drop := (DropDraft{ID: given.Draft.ID}); given.UnderWay() && !slices.Contains(effects, Effect(drop)) {
		effects = append(effects, drop)
	}
	return s, append(effects, MakeDraft{Prefill: s.Rehearsal.Prefill})
}

// UnderWay reports whether a connector is being made that is not saved yet.
func (w Wizard) UnderWay() bool { return w.Open && w.Saved == nil }
