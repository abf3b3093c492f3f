package wizard

import (
	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// next has the lists read: the connector may be newer than they are.
func (e ShowConnector) next(s State) (State, []Effect) {
	s.Wanted = e.ID
	s.Raise++
	return s, []Effect{LoadLists{}}
}

func (ForgetWanted) blocked(s State) Reason { return goneUnless(s.Wanted != "") }

func (ForgetWanted) next(s State) (State, []Effect) {
	s.Wanted = ""
	return s, nil
}

// AlsoWanted returns the connector that is shown when the wizard is closed, or nil. Nobody's work is thrown away for it.
func (s State) AlsoWanted() *connector.Connector {
	if !s.Wizard.Open || s.Wanted == "" {
		return nil
	}
	return s.connector(s.Wanted)
}

// showWanted shows the connector that is asked for, once the lists are read and no wizard is open; problem is why they could not be read whole. One
// that is in no list is told on the home screen.
func (s State) showWanted(problem *connector.Problem) (State, []Effect) {
	id, known := s.Wanted, s.connector(s.Wanted) != nil
	switch {
	case id == "", known && s.Wizard.Open:
		return s, nil
	case s.beneath() == ScreenConnector && s.Detail.ID == id:
		s.Wanted = ""
		return leaveSettings(s)
	}
	s.Wanted = ""
	var effects []Effect
	if !s.Wizard.Open && s.Screen != ScreenHome {
		s, effects = closeWizard(s) // what goes on for the screen that is left stops
	}
	if known {
		s, more := OpenConnector{ID: id}.next(s)
		return s, append(effects, more...)
	}
	if problem == nil {
		s = s.toldAtHome(problems.New(connector.KindConnectorGone, auth.Stage("")).Dated(s.Home.Now), "")
	}
	return s, effects
}
