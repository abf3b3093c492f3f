package wizard

import (
	"slices"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

func (Back) blocked(s State) Reason { return GoTo{Step: s.Wizard.Draft.Step - 1}.blocked(s) }

func (Back) next(s State) (State, []Effect) { return arrive(s, s.Wizard.Draft.Step-1) }

// blocked goes by the pages before the one that is gone to: each must be complete, unless the person has come past it.
func (e GoTo) blocked(s State) Reason {
	now := s.Wizard.Draft.Step
	if e.Step < s.Wizard.FirstStep() || e.Step > s.Wizard.LastStep() || e.Step == now {
		return ReasonGone
	}
	if e.Step < now {
		return ""
	}
	_, r := s.Missing(e.Step)
	return r
}

func (e GoTo) next(s State) (State, []Effect) { return arrive(s, e.Step) }

// blocked names what the current page lacks before what the pages before it do.
func (Forward) blocked(s State) Reason {
	step := s.Wizard.Draft.Step
	if step == s.Wizard.LastStep() {
		return s.ending().blocked(s)
	}
	if r := s.BlockedAt(step); r != "" {
		return r
	}
	return GoTo{Step: step + 1}.blocked(s)
}

func (Forward) next(s State) (State, []Effect) {
	step := s.Wizard.Draft.Step
	if step == s.Wizard.LastStep() {
		return s.ending().next(s)
	}
	return arrive(clearFixedProblem(s, step+1), step+1)
}

// ending is what the last page leads to.
func (s State) ending() conditional {
	if s.Wizard.Draft.Trial != nil {
		return EndTrial{}
	}
	return Save{}
}

// clearFixedProblem clears the problem of a consent when the person comes forward to it again from the page that fixes it.
func clearFixedProblem(s State, target connector.Step) State {
	d := s.Wizard.Draft
	for step, c := range map[connector.Step]*Consent{d.StepFor(connector.StepAdmin): &s.Wizard.Admin, d.StepFor(connector.StepUser): &s.Wizard.User} {
		if p := c.Problem; target == step && p != nil && d.StepFor(p.Step) != step {
			c.Problem = nil
		}
	}
	return s
}

// arrive shows a page and begins what that page does by itself.
func arrive(s State, step connector.Step) (State, []Effect) {
	w := &s.Wizard
	w.Draft.Step, w.Draft.Seen = step, max(w.Draft.Seen, w.Draft.Step, step)
	w.Change, w.SwitchTo, w.Leaving, w.QuitAfter, w.Told = "", "", false, false, Told{}
	w.Typed, w.SecretCleaned, w.SecretRefused = nil, SecretCleaned{}, ""
	s.LinkOffer = LinkOffer{}
	s = pasteLinks(s, auth.Secret{})
	w.Links.Copied, w.Links.CopyProblem = "", nil
	w.Problem = w.Unkept // what came of the checks, or of Save, belongs to the page that was left
	switch step {
	case connector.StepConnector:
		if w.Draft.Name == "" && w.Draft.Tenant != nil {
			w.Draft.Name = connector.FreeName(s.Home.Connectors, connector.CleanName(w.Draft.Tenant.Domain), w.Draft.ID)
		}
		if w.Probe.Result == connector.ProbeNone && !w.Probe.Running {
			s, effects := startProbe(s)
			return s, append(effects, keep(s)...)
		}
	case connector.StepLinkFinish:
		if (RunChecks{}).blocked(s) == "" && (!w.ChecksEnded() || stale(w.Checks)) {
			s, effects := runChecks(s)
			return s, append(effects, keep(s)...)
		}
	case connector.StepCheck:
		if w.SignedIn != nil && !w.Checking.Running && (!w.ChecksEnded() || stale(w.Checks)) {
			s, effects := runChecks(s)
			return s, append(effects, keep(s)...)
		}
	default:
	}
	return s, keep(s)
}

// stale reports whether some checks found a problem: whoever comes back has seen to it meanwhile.
func stale(checks []connector.Check) bool {
	return slices.ContainsFunc(checks, func(c connector.Check) bool { return c.Problem != nil })
}

func (LookUpTenant) blocked(s State) Reason {
	switch {
	case s.Wizard.Draft.TenantInput == "":
		return ReasonTenantMissing
	case s.Wizard.Lookup.Running:
		return ReasonTenantLookup
	}
	return ""
}

func (LookUpTenant) next(s State) (State, []Effect) {
	s, effects := startLookup(s, false)
	s, more := lookUpLinks(s)
	return s, append(effects, more...)
}

func (CheckReady) blocked(s State) Reason {
	if s.Wizard.Ready.Running {
		return ReasonReadyRunning
	}
	return ""
}

func (CheckReady) next(s State) (State, []Effect) {
	s, n := attempt(s)
	s.Wizard.Ready.Work, s.Wizard.Ready.KeychainWaits = Work{Attempt: n, Running: true}, false
	return s, []Effect{CheckComputer{Attempt: n}}
}

func (KeychainWaits) next(s State) (State, []Effect) {
	s.Wizard.Ready.KeychainWaits = s.Wizard.Ready.Running
	return s, nil
}

func (e ReadyChecked) next(s State) (State, []Effect) {
	if e.Attempt != s.Wizard.Ready.Attempt {
		return s, nil
	}
	s.Wizard.Ready = Readiness{
		Work: Work{Attempt: e.Attempt}, Done: true, Keychain: e.Keychain, Browsers: e.Browsers,
		NoBrowser: e.NoBrowser, Elevated: e.Elevated,
	}
	s.Wizard.Draft = withoutMissing(s.Wizard.Draft, e.Browsers)
	return s, nil
}

func (ProbeApp) blocked(s State) Reason {
	if s.Wizard.Draft.Links != nil {
		return s.probeLinksBlocked()
	}
	return probeBlocked(s.Wizard.Draft)
}

func (ProbeApp) next(s State) (State, []Effect) {
	if s.Wizard.Draft.Links != nil {
		return probeLinks(s)
	}
	return startProbe(s)
}

func (e Probed) next(s State) (State, []Effect) {
	if s.Wizard.Draft.Links != nil {
		if p := s.Wizard.Links.Probe; p.Running && p.Attempt == e.Attempt {
			s.Wizard.Links.Probe = Probe{Work: Work{Attempt: e.Attempt}, Result: e.Result, Problem: e.Problem}
		}
		return s, nil
	}
	if e.Attempt != s.Wizard.Probe.Attempt {
		return s, nil
	}
	s, problem, effects := lostSecret(s, e.Problem)
	s.Wizard.Probe = Probe{Work: Work{Attempt: e.Attempt}, Result: e.Result, Problem: problem}
	return s, effects
}

func (e TenantFound) next(s State) (State, []Effect) {
	if s, found := linkTenantFound(s, e); found {
		return s, nil
	}
	w := &s.Wizard
	if e.Attempt != w.Lookup.Attempt {
		return s, nil
	}
	w.Lookup.Running = false
	w.Lookup.Found, w.Lookup.Problem, w.Lookup.Clock = e.Found, e.Problem, e.Clock
	if w.Draft.Tenant != nil && len(e.Found) == 1 && !isOther(*w.Draft.Tenant, e.Found[0]) {
		return s, nil
	}
	if len(e.Found) != 1 || w.Draft.Tenant != nil && isOther(*w.Draft.Tenant, e.Found[0]) && w.Locked(connector.FieldCloud) {
		return s, nil // the admin chooses: what was found would undo a consent
	}
	s, effects := setTenant(s, e.Found[0])
	return s, append(effects, keep(s)...)
}

// FirstStep is the first page of the wizard that there is to go to: a renewal begins with the app registration, or with the links; a trial
// with the sign-in.
func (w Wizard) FirstStep() connector.Step {
	switch {
	case w.Draft.Trial != nil:
		return connector.StepUser
	case w.Draft.Renews != "" && w.Draft.Links == nil:
		return connector.StepConnector
	}
	first, _ := w.Draft.Steps()
	return first
}

// LastStep is the page on which the draft is saved.
func (w Wizard) LastStep() connector.Step {
	_, last := w.Draft.Steps()
	return last
}

// Reachable reports whether the page can be gone to: every page before it is complete, and nothing is saved yet.
func (s State) Reachable(step connector.Step) bool { return s.Refuses(GoTo{Step: step}) == "" }

// Missing returns the first page before a given one that still lacks something, and what; [connector.NoStep] for none.
func (s State) Missing(before connector.Step) (connector.Step, Reason) {
	for p := s.Wizard.FirstStep(); p < before; p++ {
		if r := s.BlockedAt(p); r != "" {
			return p, r
		}
	}
	return connector.NoStep, ""
}
