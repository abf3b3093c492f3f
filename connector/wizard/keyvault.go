package wizard

import (
	"cmp"
	"maps"

	"partner-center-connector/connector"
)

// KeyVaultForm is how the connector that is shown is handed over to a key vault in Azure; its zero value is "not open".
type KeyVaultForm struct {
	Open bool
	// Address and Prefix are what was typed.
	Address, Prefix string
	// Move says that the credential is to leave this computer. WithSecret says that a copy takes the client secret or certificate along; a move
	// does in any case.
	Move, WithSecret bool
	// Looking brings Plan: what would be written, and what stands there. Whatever is changed in the form drops it.
	Looking Work
	Plan    *connector.HandoverPlan
	// Retyped are the names that were typed again, by the names of the foreign secrets that they are to be.
	Retyped map[string]string
	// Writing is the handover itself.
	Writing Work
	// Written is where the credential was written to; nil before.
	Written *connector.VaultPlace
	Problem *connector.Problem
}

// CanHandOver reports whether the connector that is shown can be handed over to a key vault: its credential is here, and its cloud has some.
func (s State) CanHandOver() bool {
	c := s.Shown()
	return c != nil && c.Can().Credential && s.vaultSuffix() != ""
}

// vaultSuffix is what the addresses of the key vaults end with that the connector which is shown can be handed to; empty where none are known.
func (s State) vaultSuffix() string { return s.VaultSuffixes[s.Shown().Tenant.Cloud] }

func (AskKeyVault) blocked(s State) Reason { return s.changeBlocked(s.CanHandOver()) }

// next proposes what was written to last.
func (AskKeyVault) next(s State) (State, []Effect) {
	s, effects := stopChecking(s)
	s.Detail.ask(false, false, false)
	f := KeyVaultForm{Open: true, Prefix: connector.VaultPrefix}
	if copies := s.Shown().Copies; len(copies) > 0 {
		last := copies[len(copies)-1]
		f.Address, f.Prefix, f.WithSecret = last.URL, last.Prefix, last.WithSecret
	}
	s.Detail.KeyVault, s.Detail.Problem = f, nil
	return s, effects
}

// formBlocked returns why the form can't be used now.
func (f KeyVaultForm) formBlocked() Reason {
	switch {
	case !f.Open:
		return ReasonGone
	case f.Writing.Running:
		return ReasonKeyVaultWriting
	}
	return ""
}

// fillBlocked returns why nothing can be entered in it.
func (f KeyVaultForm) fillBlocked() Reason {
	if f.Written != nil {
		return ReasonGone
	}
	return f.formBlocked()
}

func (CloseKeyVault) blocked(s State) Reason { return s.Detail.KeyVault.formBlocked() }

func (CloseKeyVault) next(s State) (State, []Effect) {
	effects := stop(runningAttempt(s.Detail.KeyVault.Looking))
	s.Detail.KeyVault = KeyVaultForm{}
	return s, effects
}

// keyVaultTyped takes what was typed into the form. What was found out before was for something else.
func keyVaultTyped(s State, f connector.Field, value string) (State, []Effect) {
	if secret, ok := connector.ForeignOf(f); ok {
		retyped := maps.Clone(s.Detail.KeyVault.Retyped)
		if retyped == nil {
			retyped = map[string]string{}
		}
		retyped[secret] = value
		s.Detail.KeyVault.Retyped = retyped
		return s, nil
	}
	return changeKeyVault(s, func(form *KeyVaultForm) {
		if f == connector.FieldVault {
			form.Address = value
		} else {
			form.Prefix = value
		}
	})
}

// changeKeyVault changes what is to be written: it has to be looked at anew.
func changeKeyVault(s State, change func(*KeyVaultForm)) (State, []Effect) {
	f := &s.Detail.KeyVault
	effects := stop(runningAttempt(f.Looking))
	f.Looking, f.Plan, f.Retyped, f.Problem = Work{}, nil, nil, nil
	change(f)
	return s, effects
}

// chooseKeyVaultWay chooses between a copy and a move.
func chooseKeyVaultWay(s State, way string) (State, []Effect) {
	move := way == connector.VaultMove
	if move == s.Detail.KeyVault.Move || !move && way != connector.VaultCopy {
		return s, nil
	}
	return changeKeyVault(s, func(f *KeyVaultForm) { f.Move = move })
}

// keyVaultFieldBlocked returns why a field of the form can't be changed.
func (s State) keyVaultFieldBlocked(f connector.Field) Reason {
	if !onConnector.admits(s) {
		return ReasonGone
	}
	form := s.Detail.KeyVault
	secret, retype := connector.ForeignOf(f)
	switch {
	case retype && !form.isForeign(secret), f == connector.FieldVaultSecret && (form.Move || s.Shown().LastingAlone()):
		return ReasonGone
	}
	return form.fillBlocked()
}

func (f KeyVaultForm) isForeign(secret string) bool {
	if f.Plan == nil {
		return false
	}
	for _, name := range f.Plan.Foreign() {
		if name == secret {
			return true
		}
	}
	return false
}

// isKeyVaultField reports whether a field is one of the form.
func isKeyVaultField(f connector.Field) bool {
	switch f {
	case connector.FieldVault, connector.FieldVaultPrefix, connector.FieldVaultWay, connector.FieldVaultSecret:
		return true
	default:
		_, ok := connector.ForeignOf(f)
		return ok
	}
}

// KeyVaultPlace is the place in a key vault that the form names, and why it names none. Its Name is made of the connector's by whoever plans.
func (s State) KeyVaultPlace() (connector.VaultPlace, Reason) {
	f := s.Detail.KeyVault
	url, reason := connector.VaultAddress(f.Address, s.vaultSuffix())
	place := connector.VaultPlace{URL: url, Prefix: connector.CleanText(connector.FieldVaultPrefix, f.Prefix)}
	place.Prefix = cmp.Or(place.Prefix, connector.VaultPrefix)
	place.WithSecret = !s.Shown().LastingAlone() && (f.Move || f.WithSecret)
	return place, cmp.Or(reason, connector.VaultPrefixReason(f.Prefix))
}

func (LookInKeyVault) blocked(s State) Reason {
	f := s.Detail.KeyVault
	if r := f.fillBlocked(); r != "" {
		return r
	}
	if f.Looking.Running {
		return ReasonKeyVaultLooking
	}
	_, reason := s.KeyVaultPlace()
	return reason
}

func (LookInKeyVault) next(s State) (State, []Effect) {
	place, _ := s.KeyVaultPlace()
	s, effects := changeKeyVault(s, func(*KeyVaultForm) {})
	s, n := attempt(s)
	s.Detail.KeyVault.Looking = Work{Attempt: n, Running: true}
	return s, append(effects, PlanHandover{Attempt: n, ID: s.Detail.ID, Place: place})
}

func (StopLookInKeyVault) blocked(s State) Reason {
	return goneUnless(s.Detail.KeyVault.Looking.Running)
}

func (StopLookInKeyVault) next(s State) (State, []Effect) {
	return changeKeyVault(s.says(Said{What: SaidLookStopped}), func(*KeyVaultForm) {})
}

func (e KeyVaultLooked) next(s State) (State, []Effect) {
	f := &s.Detail.KeyVault
	if e.Attempt != runningAttempt(f.Looking) {
		return s, nil
	}
	f.Looking.Running = false
	f.Problem = e.Problem
	if len(e.Plan.Secrets) > 0 {
		f.Plan = &e.Plan
	}
	return s, nil
}

// retyped returns the names of the foreign secrets of the plan that were typed again, and whether those are all.
func (f KeyVaultForm) retyped() (names []string, all bool) {
	foreign := f.Plan.Foreign()
	for _, name := range foreign {
		if connector.CleanText(connector.FieldForeign(name), f.Retyped[name]) == name {
			names = append(names, name)
		}
	}
	return names, len(names) == len(foreign)
}

func (HandOverToKeyVault) blocked(s State) Reason {
	f := s.Detail.KeyVault
	switch r := f.fillBlocked(); {
	case r != "":
		return r
	case f.Looking.Running:
		return ReasonKeyVaultLooking
	case f.Plan == nil, f.Problem != nil:
		return ReasonKeyVaultLook
	}
	if _, all := f.retyped(); !all {
		return ReasonKeyVaultRetype
	}
	return ""
}

func (HandOverToKeyVault) next(s State) (State, []Effect) {
	s, n := attempt(s)
	f := &s.Detail.KeyVault
	f.Writing = Work{Attempt: n, Running: true}
	names, _ := f.retyped()
	return s, []Effect{WriteToKeyVault{Attempt: n, ID: s.Detail.ID, Plan: *f.Plan, Move: f.Move, Retyped: names}}
}

// next tells on the home screen what went wrong after the connector's screen was left. After a failure has to be looked again: a part may be there.
func (e HandedToKeyVault) next(s State) (State, []Effect) {
	f := &s.Detail.KeyVault
	if e.Attempt != runningAttempt(f.Writing) {
		return s.toldAtHome(e.Problem, s.connectorName(e.ID)), []Effect{LoadLists{}}
	}
	f.Writing.Running = false
	if e.Problem == nil {
		written := f.Plan.Written()
		f.Written = &written
	}
	f.Problem, f.Plan, f.Retyped = e.Problem, nil, nil
	return s, []Effect{LoadLists{}}
}

// canTakeBack reports whether the credential of the connector that is shown is in a key vault, and not here.
func (s State) canTakeBack() bool { return s.Shown().Origin == connector.OriginVault }

func (AskTakeBack) blocked(s State) Reason {
	return s.questionBlocked(s.canTakeBack(), s.Detail.TakingBack)
}

func (AskTakeBack) next(s State) (State, []Effect) {
	s.Detail.ask(false, false, false)
	s.Detail.TakingBack = true
	return s, nil
}

func (TakeBack) blocked(s State) Reason {
	return s.changeBlocked(s.Detail.TakingBack && s.canTakeBack())
}

func (TakeBack) next(s State) (State, []Effect) {
	s, effects := stopChecking(s)
	s, n := attempt(s)
	s.Detail.Work, s.Detail.saying = Work{Attempt: n, Running: true}, Said{What: SaidTakenBack, Name: s.Shown().Name}
	return s, append(effects, TakeFromKeyVault{Attempt: n, ID: s.Detail.ID})
}
