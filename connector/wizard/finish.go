package wizard

import (
	"cmp"
	"slices"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
)

func (RunChecks) blocked(s State) Reason {
	switch {
	case s.Wizard.Checking.Running:
		return ReasonChecksRunning
	case s.Wizard.Draft.Links != nil:
		return s.checkLinksBlocked()
	case s.Wizard.SignedIn == nil:
		return ReasonUserMissing
	}
	return ""
}

func (RunChecks) next(s State) (State, []Effect) { return runChecks(s) }

// pendingChecks are the checks of a connector of an origin, before they are made.
func pendingChecks(origin connector.Origin) []connector.Check {
	pending := []connector.Check{}
	for _, id := range checks.OrderFor(origin) {
		pending = append(pending, connector.Check{ID: id, State: connector.CheckPending})
	}
	return pending
}

func runChecks(s State) (State, []Effect) {
	effects := stop(runningAttempt(s.Wizard.Checking))
	s, n := attempt(s)
	s.Wizard.Checking = Work{Attempt: n, Running: true}
	if s.Wizard.Draft.Links != nil {
		s.Wizard.Checks = pendingChecks(connector.OriginLink)
		return s, append(effects, CheckLinks{Attempt: n, Draft: s.Wizard.Draft})
	}
	s.Wizard.Checks = pendingChecks(connector.OriginHere)
	return s, append(effects, CheckGrant{Attempt: n, Draft: s.Wizard.Draft})
}

func (e CheckDone) next(s State) (State, []Effect) {
	switch e.Attempt {
	case s.Wizard.Checking.Attempt:
		if s.Wizard.Checking.Running {
			s.Wizard.Checks = replaceCheck(s.Wizard.Checks, e.Check)
		}
	case s.Detail.Checking.Attempt:
		if s.Detail.Checking.Running {
			s.Detail.Checks = replaceCheck(s.Detail.Checks, e.Check)
		}
	case runningAttempt(s.Home.Lasting.Checking):
		s.Home.Lasting.Checks = replaceCheck(s.Home.Lasting.Checks, e.Check)
	}
	return s, nil
}

func replaceCheck(all []connector.Check, c connector.Check) []connector.Check {
	all = slices.Clone(all)
	i := slices.IndexFunc(all, func(one connector.Check) bool { return one.ID == c.ID })
	if i < 0 {
		return append(all, c)
	}
	all[i] = c
	return all
}

func (e ChecksDone) next(s State) (State, []Effect) {
	switch e.Attempt {
	case runningAttempt(s.Wizard.Checking):
		s.Wizard.Checking.Running = false
		s.Wizard.Problem = cmp.Or(e.Problem, s.Wizard.Unkept)
	case runningAttempt(s.Detail.Checking):
		s.Detail.Checking.Running = false
		s.Detail.Problem = e.Problem
		s.Home.Checking = s.Home.Checking.checkedAlone(s.Detail.ID)
		if e.Problem == nil && e.Connector != nil {
			s = s.saysChecked(*e.Connector, e.Now)
		}
		s = s.at(e.Now).checked(e.Connector)
		if e.Problem != nil {
			s = s.withoutLasting(s.Detail.ID)
		}
	}
	return s, nil
}

// checked returns the state with a connector as its checks left it, which is nil where they were not kept: what they say of it and what it
// says of itself change at once, wherever it is shown.
func (s State) checked(c *connector.Connector) State {
	if c == nil || s.connector(c.ID) == nil {
		return s
	}
	if c.ID == s.Detail.ID {
		s.Detail.Kept, s.Detail.Past = c.Checks, c.History
	}
	if saved := s.Wizard.Saved; saved != nil && saved.ID == c.ID {
		s.Wizard.Saved = c
	}
	s.Home.Connectors = slices.Clone(s.Home.Connectors)
	row := s.connector(c.ID)
	*row = *c
	row.Checks, row.History = nil, nil
	return s
}

// AcceptsRetyped reports whether what was typed anew names the account that signed in.
func (w Wizard) AcceptsRetyped() bool {
	typed := connector.CleanText(connector.FieldRetype, w.Retyped)
	return w.SignedIn != nil && typed != "" &&
		(strings.EqualFold(typed, w.SignedIn.UPN) || strings.EqualFold(typed, w.SignedIn.Mail))
}

func (AcceptAccount) blocked(s State) Reason {
	if s.Wizard.Draft.Trial != nil {
		return ReasonGone // the user name of the links is the one to change
	}
	if !s.Wizard.AcceptsRetyped() {
		return ReasonRetype
	}
	return ""
}

func (AcceptAccount) next(s State) (State, []Effect) {
	s.Wizard.Draft.UPN = s.Wizard.SignedIn.UPN
	s.Wizard.Retyped = ""
	s, effects := runChecks(s)
	return s, append(effects, keep(s)...)
}

// blocked goes by the checks, and by every page before them: what was right when it was left can have changed, as a name that another
// process took.
func (Save) blocked(s State) Reason {
	last := s.Wizard.LastStep()
	if s.Wizard.Draft.Step != last || s.Wizard.Draft.Trial != nil {
		return ReasonGone
	}
	if r := s.BlockedAt(last); r != "" {
		return r
	}
	if s.renewsNothing() {
		return ReasonConnectorGone
	}
	if r := s.Wizard.LookupBlocked(); r != "" {
		return r
	}
	_, r := s.Missing(last)
	return r
}

func (Save) next(s State) (State, []Effect) {
	// The answer to a handed-over link may still be waited for. What came of it from now on would not be in the connector; the other person
	// is told so, and what they send can still be pasted if Save fails.
	effects := stop(s.Wizard.Admin.Attempt)
	s, n := attempt(s)
	w := &s.Wizard
	w.Admin = Consent{Phase: w.Admin.Phase}
	w.Saving, w.Problem = Work{Attempt: n, Running: true}, nil
	return s, append(effects, SaveConnector{Attempt: n, Draft: w.Draft, Checks: w.Checks})
}

// next tells on the home screen what came of it after the wizard was left.
func (e SaveDone) next(s State) (State, []Effect) {
	s.Home.Saving = withoutLeft(s.Home.Saving, e.Attempt)
	if w := s.Wizard.Saving; e.Attempt != w.Attempt || !w.Running {
		if e.Connector != nil {
			s = s.saysHere(ScreenHome, Said{What: SaidSaved, Name: e.Connector.Name})
		}
		return s.toldAtHome(e.Problem, e.Name), []Effect{LoadLists{}}
	}
	s.Wizard.Saving.Running = false
	s.Wizard.Problem, s.Wizard.Saved = e.Problem, e.Connector
	if e.Connector == nil {
		return s, nil
	}
	s.Wizard.Admin = Consent{}
	s.Wizard.Leaving, s.Wizard.QuitAfter = false, false
	s = s.withConnectors(withConnector(s.Home.Connectors, *e.Connector))
	return s, []Effect{ForgetGrant{}, LoadLists{}}
}

// withConnector returns the list with a connector that was just saved, so that it can be opened before the list is read again.
func withConnector(list []connector.Connector, saved connector.Connector) []connector.Connector {
	list = slices.DeleteFunc(slices.Clone(list), func(c connector.Connector) bool { return c.ID == saved.ID })
	return append(list, saved)
}
