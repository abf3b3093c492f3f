package wizard

import (
	"strings"

	"partner-center-connector/connector"
)

func (m Machine) detail(s State, e Event) (State, []Effect) {
	c := s.Shown()
	if s.Screen != ScreenConnector || c == nil {
		return s, nil
	}
	d := &s.Detail
	switch e := e.(type) {
	case DetailOpened:
		d.Now = e.Now
	case CheckNow:
		return checkNow(s)
	case Renew:
		return renew(s, *c)
	case AskRename:
		if c.Can().Rename {
			d.ask(true, false, false)
			d.Rename = c.Name
		}
	case AskChangeUser:
		if c.Can().Renew {
			d.ask(false, true, false)
			d.NewUser = ""
		}
	case ChangeUser:
		return changeUser(s, *c)
	case AskRemove:
		d.ask(false, false, true)
	case CancelDetail:
		d.ask(false, false, false)
		d.Problem = nil
	case Rename:
		return rename(s)
	case Remove:
		if !d.Removing || d.Work.Running {
			return s, nil
		}
		s, n := attempt(s)
		s.Detail.Work = Work{Attempt: n, Running: true}
		return s, append(stop(runningAttempt(s.Detail.Checking)), RemoveConnector{Attempt: n, ID: c.ID})
	case DetailDone:
		return detailDone(s, e)
	}
	return s, nil
}

// renew goes on to the user consent of the account that the connector has.
func renew(s State, c connector.Connector) (State, []Effect) {
	if !c.Can().Renew {
		return s, nil
	}
	return s, append(stop(runningAttempt(s.Detail.Checking)), MakeRenewal{Connector: c})
}

// ask opens one of the three questions of the screen, or none.
func (d *Detail) ask(rename, changeUser, remove bool) {
	d.Renaming, d.ChangingUser, d.Removing = rename, changeUser, remove
}

// NewUserReason says why what was typed can't be the connector's new integration user; empty if it can.
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

// changeUser goes on to the user consent of the account that was typed. Nothing of the saved connector changes before Save.
func changeUser(s State, c connector.Connector) (State, []Effect) {
	if !s.Detail.ChangingUser || s.Detail.Work.Running || s.NewUserReason() != "" {
		return s, nil
	}
	effects := stop(runningAttempt(s.Detail.Checking))
	return s, append(effects, MakeRenewal{Connector: c, UPN: strings.TrimSpace(s.Detail.NewUser)})
}

func checkNow(s State) (State, []Effect) {
	if c := s.Shown(); s.Detail.Checking.Running || !c.Can().Check {
		return s, nil
	}
	s, n := attempt(s)
	s.Detail.Checking = Work{Attempt: n, Running: true}
	s.Detail.Checks = pendingChecks()
	s.Detail.Problem = nil
	return s, []Effect{CheckConnector{Attempt: n, ID: s.Detail.ID}}
}

// RenameReason says why what was typed can't be the connector's new name; empty if it can.
func (s State) RenameReason() Reason {
	if reason := NameReason(s.Detail.Rename); reason != "" {
		return reason
	}
	if s.NameTaken(s.Detail.Rename, s.Detail.ID) {
		return ReasonNameTaken
	}
	return ""
}

func rename(s State) (State, []Effect) {
	if !s.Detail.Renaming || s.Detail.Work.Running || s.RenameReason() != "" {
		return s, nil
	}
	s, n := attempt(s)
	s.Detail.Work = Work{Attempt: n, Running: true}
	return s, []Effect{RenameConnector{Attempt: n, ID: s.Detail.ID, Name: strings.TrimSpace(s.Detail.Rename)}}
}

func detailDone(s State, e DetailDone) (State, []Effect) {
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
