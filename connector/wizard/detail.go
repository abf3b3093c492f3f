package wizard

import (
	"strings"
	"time"

	"partner-center-connector/connector"
)

// Detail is the screen of one saved connector.
type Detail struct {
	ID       string
	Checking Work
	// Checks fill in while Checking runs.
	Checks []connector.Check
	// Kept are the checks of the last time, nil until they are read.
	Kept []connector.Check
	// Past is its history, nil until it is read.
	Past []connector.Past
	// Unread says why they could not be read when that was last tried; Problem is that of what was last done here.
	Unread, Problem *connector.Problem
	Renaming        bool
	Rename          string
	// ChangingUser asks for another integration user; NewUser is what was typed for it.
	ChangingUser bool
	NewUser      string
	// TakingBack asks whether to take the credential back from its key vault; KeyVault is the form for a handover to one.
	Removing, TakingBack bool
	KeyVault             KeyVaultForm
	Work                 Work
	// saying is what is to be said once Work has ended well.
	saying Said
	// Now is the newest time that is known, for the ages that the screen shows.
	Now time.Time
}

func (e DetailOpened) next(s State) (State, []Effect) {
	s = s.at(e.Now)
	switch {
	case e.ID != s.Detail.ID:
	case e.Problem != nil:
		s.Detail.Unread = e.Problem
	default:
		s.Detail.Kept, s.Detail.Past, s.Detail.Unread = e.Checks, e.Past, nil
	}
	return s, nil
}

// changeBlocked returns why the connector that is shown can't be changed now; can says whether its origin allows it at all.
func (s State) changeBlocked(can bool) Reason {
	switch {
	case !can, s.Detail.KeyVault.Open:
		return ReasonGone
	case s.Detail.Work.Running:
		return ReasonDetailBusy
	}
	return ""
}

// questionBlocked returns why one of the questions of the screen can't be asked: it is being asked, or the connector is being changed.
func (s State) questionBlocked(can, open bool) Reason {
	if r := s.changeBlocked(can); r != "" || !open {
		return r
	}
	return ReasonQuestion
}

func (Renew) blocked(s State) Reason { return s.changeBlocked(s.Shown().Can().Renew) }

// next goes on to the user consent of the account that the connector has.
func (Renew) next(s State) (State, []Effect) {
	c := *s.Shown()
	s, effects := stopChecking(s)
	return s, append(effects, MakeRenewal{Connector: c})
}

func (AskRename) blocked(s State) Reason {
	return s.questionBlocked(s.Shown().Can().Rename, s.Detail.Renaming)
}

func (AskRename) next(s State) (State, []Effect) {
	s.Detail.ask(true, false, false)
	s.Detail.Rename = s.Shown().Name
	return s, nil
}

func (AskChangeUser) blocked(s State) Reason {
	return s.questionBlocked(s.Shown().Can().Renew, s.Detail.ChangingUser)
}

func (AskChangeUser) next(s State) (State, []Effect) {
	s.Detail.ask(false, true, false)
	s.Detail.NewUser = ""
	return s, nil
}

func (AskRemove) blocked(s State) Reason { return s.questionBlocked(true, s.Detail.Removing) }

func (AskRemove) next(s State) (State, []Effect) {
	s.Detail.ask(false, false, true)
	return s, nil
}

func (CancelDetail) blocked(s State) Reason {
	d := s.Detail
	return goneUnless(d.Renaming || d.ChangingUser || d.Removing || d.TakingBack || d.Problem != nil)
}

func (CancelDetail) next(s State) (State, []Effect) {
	s.Detail.ask(false, false, false)
	s.Detail.Problem = nil
	return s, nil
}

func (Remove) blocked(s State) Reason { return s.changeBlocked(s.Detail.Removing) }

func (Remove) next(s State) (State, []Effect) {
	s, effects := stopChecking(s)
	s, n := attempt(s)
	s.Detail.Work, s.Detail.saying = Work{Attempt: n, Running: true}, Said{What: SaidRemoved, Name: s.Shown().Name}
	return s, append(effects, RemoveConnector{Attempt: n, ID: s.Detail.ID})
}

// stopChecking stops the checks of the connector that is shown. Nobody will hear that they have ended.
func stopChecking(s State) (State, []Effect) {
	s, effects := stopLasting(s, s.Detail.ID)
	n := runningAttempt(s.Detail.Checking)
	if n == 0 {
		return s, effects
	}
	s.Detail.Checking, s.Detail.Checks = Work{}, nil
	return s, append(effects, stop(n)...)
}

// ask opens one of three questions of the screen, or none; any other one is taken back.
func (d *Detail) ask(rename, changeUser, remove bool) {
	d.Renaming, d.ChangingUser, d.Removing, d.TakingBack = rename, changeUser, remove, false
}

// stopAll stops everything that goes on for the screen and changes nothing.
func (d Detail) stopAll() []Effect {
	return append(stop(runningAttempt(d.Checking)), stop(runningAttempt(d.KeyVault.Looking))...)
}

// NewUserReason returns why what was typed can't be the connector's new integration user; empty if it can.
func (s State) NewUserReason() Reason {
	upn := connector.CleanText(connector.FieldNewUser, s.Detail.NewUser)
	if reason := upnReason(upn); reason != "" {
		return reason
	}
	if c := s.Shown(); c != nil && strings.EqualFold(upn, c.User.UPN) {
		return ReasonSameUser
	}
	return ""
}

func (ChangeUser) blocked(s State) Reason {
	if r := s.changeBlocked(s.Shown().Can().Renew && s.Detail.ChangingUser); r != "" {
		return r
	}
	return s.NewUserReason()
}

// next goes on to the user consent of the account that was typed. Nothing of the saved connector changes before Save.
func (ChangeUser) next(s State) (State, []Effect) {
	renewal := MakeRenewal{Connector: *s.Shown(), UPN: connector.CleanText(connector.FieldNewUser, s.Detail.NewUser)}
	s, effects := stopChecking(s)
	return s, append(effects, renewal)
}

func (CheckNow) blocked(s State) Reason {
	if s.Detail.Checking.Running || s.Home.Lasting.IsChecking(s.Detail.ID) {
		return ReasonChecksRunning
	}
	return s.changeBlocked(s.Shown().Can().Check)
}

func (CheckNow) next(s State) (State, []Effect) {
	s, n := attempt(s)
	s.Detail.Checking = Work{Attempt: n, Running: true}
	s.Detail.Checks = pendingChecks(s.Shown().Origin)
	s.Detail.Problem = nil
	return s, []Effect{CheckConnector{Attempt: n, ID: s.Detail.ID}}
}

// RenameReason returns why what was typed can't be the connector's new name; empty if it can.
func (s State) RenameReason() Reason { return s.nameReasonOf(s.Detail.newName(), s.Detail.ID) }

// newName is what was typed for the connector's name, as it is used.
func (d Detail) newName() string {
	return connector.CleanName(connector.CleanText(connector.FieldRename, d.Rename))
}

func (Rename) blocked(s State) Reason {
	if r := s.changeBlocked(s.Shown().Can().Rename && s.Detail.Renaming); r != "" {
		return r
	}
	return s.RenameReason()
}

func (Rename) next(s State) (State, []Effect) {
	s, n := attempt(s)
	s.Detail.Work, s.Detail.saying = Work{Attempt: n, Running: true}, Said{What: SaidRenamed, Name: s.Detail.newName()}
	return s, []Effect{RenameConnector{Attempt: n, ID: s.Detail.ID, Name: s.Detail.newName()}}
}

// next tells on the home screen what went wrong after the connector's screen was left.
func (e DetailDone) next(s State) (State, []Effect) {
	if e.Attempt != s.Detail.Work.Attempt {
		if name := s.connectorName(e.ID); e.Removed && name != "" {
			s = s.saysHere(ScreenHome, Said{What: SaidRemoved, Name: name})
		}
		return s.toldAtHome(e.Problem, s.connectorName(e.ID)), []Effect{LoadLists{}}
	}
	s.Detail.Work.Running = false
	s.Detail.Problem = e.Problem
	if e.Problem != nil {
		return s, []Effect{LoadLists{}}
	}
	s.Detail.ask(false, false, false)
	s = s.says(s.Detail.saying)
	if e.Removed {
		s.Detail = Detail{}
		s = s.show(ScreenHome)
	}
	return s, []Effect{LoadLists{}}
}

func (s State) connectorName(id string) string {
	if c := s.connector(id); c != nil {
		return c.Name
	}
	return ""
}
