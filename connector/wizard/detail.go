package wizard

import "strings"

func (e DetailOpened) next(s State) (State, []Effect) { return s.at(e.Now), nil }

// next goes on to the user consent of the account that the connector has.
func (Renew) next(s State) (State, []Effect) {
	if !s.Shown().Can().Renew {
		return s, nil
	}
	return s, append(stop(runningAttempt(s.Detail.Checking)), MakeRenewal{Connector: *s.Shown()})
}

func (AskRename) next(s State) (State, []Effect) {
	if c := s.Shown(); c.Can().Rename {
		s.Detail.ask(true, false, false)
		s.Detail.Rename = c.Name
	}
	return s, nil
}

func (AskChangeUser) next(s State) (State, []Effect) {
	if s.Shown().Can().Renew {
		s.Detail.ask(false, true, false)
		s.Detail.NewUser = ""
	}
	return s, nil
}

func (AskRemove) next(s State) (State, []Effect) {
	s.Detail.ask(false, false, true)
	return s, nil
}

func (CancelDetail) next(s State) (State, []Effect) {
	s.Detail.ask(false, false, false)
	s.Detail.Problem = nil
	return s, nil
}

func (Remove) next(s State) (State, []Effect) {
	if !s.Detail.Removing || s.Detail.Work.Running {
		return s, nil
	}
	s, n := attempt(s)
	s.Detail.Work = Work{Attempt: n, Running: true}
	return s, append(stop(runningAttempt(s.Detail.Checking)), RemoveConnector{Attempt: n, ID: s.Detail.ID})
}

// ask opens one of the three questions of the screen, or none.
func (d *Detail) ask(rename, changeUser, remove bool) {
	d.Renaming, d.ChangingUser, d.Removing = rename, changeUser, remove
}

// NewUserReason returns why what was typed can't be the connector's new integration user; empty if it can.
func (s State) NewUserReason() Reason {
	upn := strings.TrimSpace(s.Detail.NewUser)
	if reason := upnReason(upn); reason != "" {
		return reason
	}
	if c := s.Shown(); c != nil && strings.EqualFold(upn, c.User.UPN) {
		return ReasonSameUser
	}
	return ""
}

// next goes on to the user consent of the account that was typed. Nothing of the saved connector changes before Save.
func (ChangeUser) next(s State) (State, []Effect) {
	if !s.Shown().Can().Renew || !s.Detail.ChangingUser || s.Detail.Work.Running || s.NewUserReason() != "" {
		return s, nil
	}
	effects := stop(runningAttempt(s.Detail.Checking))
	return s, append(effects, MakeRenewal{Connector: *s.Shown(), UPN: strings.TrimSpace(s.Detail.NewUser)})
}

func (CheckNow) next(s State) (State, []Effect) {
	if s.Detail.Checking.Running || !s.Shown().Can().Check {
		return s, nil
	}
	s, n := attempt(s)
	s.Detail.Checking = Work{Attempt: n, Running: true}
	s.Detail.Checks = pendingChecks()
	s.Detail.Problem = nil
	return s, []Effect{CheckConnector{Attempt: n, ID: s.Detail.ID}}
}

// RenameReason returns why what was typed can't be the connector's new name; empty if it can.
func (s State) RenameReason() Reason {
	if reason := NameReason(s.Detail.Rename); reason != "" {
		return reason
	}
	if s.NameTaken(s.Detail.Rename, s.Detail.ID) {
		return ReasonNameTaken
	}
	return ""
}

func (Rename) next(s State) (State, []Effect) {
	if !s.Shown().Can().Rename || !s.Detail.Renaming || s.Detail.Work.Running || s.RenameReason() != "" {
		return s, nil
	}
	s, n := attempt(s)
	s.Detail.Work = Work{Attempt: n, Running: true}
	return s, []Effect{RenameConnector{Attempt: n, ID: s.Detail.ID, Name: strings.TrimSpace(s.Detail.Rename)}}
}

func (e DetailDone) next(s State) (State, []Effect) {
	if e.Attempt != s.Detail.Work.Attempt {
		return s, nil
	}
	s.Detail.Work.Running = false
	s.Detail.Problem = e.Problem
	if e.Problem != nil {
		return s, []Effect{LoadLists{}}
	}
	s.Detail.ask(false, false, false)
	if e.Removed {
		s.Screen, s.Detail = ScreenHome, Detail{}
	}
	return s, []Effect{LoadLists{}}
}
