package wizard

import (
	"slices"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// OtherTenants are those that the lookup found besides, or instead of, the one that the draft is for.
func (w Wizard) OtherTenants() []auth.Tenant {
	others := []auth.Tenant{}
	if w.Draft.Tenant == nil || w.Draft.Renews != "" || w.Draft.Trial != nil {
		return others
	}
	for _, t := range w.Lookup.Found {
		if isOther(*w.Draft.Tenant, t) {
			others = append(others, t)
		}
	}
	return others
}

func isOther(a, b auth.Tenant) bool { return a.ID != b.ID || a.Cloud != b.Cloud }

func (e SwitchCloud) blocked(s State) Reason {
	w := s.Wizard
	switch {
	case w.Draft.Trial != nil:
		return ReasonGone // the links that it is for say where
	case w.Draft.Renews != "":
		return ReasonRenewalKeeps
	case e.Cloud == "":
		return LookUpTenant{}.blocked(s)
	case !slices.ContainsFunc(w.OtherTenants(), func(t auth.Tenant) bool { return t.Cloud == e.Cloud }):
		return ReasonGone
	case w.Change == connector.FieldCloud && w.SwitchTo == e.Cloud:
		return ReasonQuestion
	}
	return ""
}

func (e SwitchCloud) next(s State) (State, []Effect) {
	if e.Cloud == "" {
		return lookUpAgain(s)
	}
	for _, t := range s.Wizard.OtherTenants() {
		if t.Cloud != e.Cloud {
			continue
		}
		if s.Wizard.Locked(connector.FieldCloud) {
			s.Wizard.Change, s.Wizard.SwitchTo = connector.FieldCloud, e.Cloud
			return s, nil
		}
		return takeTenant(s, t)
	}
	return s, nil
}

func lookUpAgain(s State) (State, []Effect) {
	var effects []Effect
	if first, _ := s.Wizard.Draft.Steps(); s.Wizard.Draft.Step != first {
		s, effects = arrive(s, first)
	}
	s, more := startLookup(s, false)
	return s, append(effects, more...)
}

// takeTenant makes the draft one for the tenant, and leads back to the app registration, which another cloud does not know, or to the links.
func takeTenant(s State, t auth.Tenant) (State, []Effect) {
	s.Wizard.SwitchTo = ""
	s, effects := setTenant(s, t)
	if back := s.Wizard.Draft.StepFor(connector.StepConnector); s.Wizard.Draft.Step > back {
		s, more := arrive(s, back)
		return s, append(effects, more...)
	}
	if s.Wizard.Draft.Step == connector.StepConnector {
		s, more := startProbe(s)
		return s, append(append(effects, more...), keep(s)...)
	}
	return s, append(effects, keep(s)...)
}

func (AgreeChange) blocked(s State) Reason { return s.Wizard.unasked() }

// next unlocks the field that was asked about, or switches the cloud at once where that was the question.
func (AgreeChange) next(s State) (State, []Effect) {
	w := &s.Wizard
	w.Unlocked, w.Change = withField(w.Unlocked, w.Change, true), ""
	if to := w.SwitchTo; to != "" {
		return SwitchCloud{Cloud: to}.next(s)
	}
	return s, nil
}
