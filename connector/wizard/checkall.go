package wizard

import (
	"maps"

	"partner-center-connector/connector"
)

// CheckingAll is the check of all connectors that is under way, or was made last.
type CheckingAll struct {
	Work
	// Done counts those whose checks have ended, of Total.
	Done, Total int
	// Unchecked are why connectors could not be checked, with all others or by itself, by their ID.
	Unchecked map[string]connector.Problem
	// begun are the connectors as they were when it began, by their ID.
	begun map[string]connector.Connector
}

func (CheckAll) blocked(s State) Reason {
	if s.Home.Checking.Running {
		return ReasonChecksRunning
	}
	return goneUnless(len(s.checkable()) > 0)
}

// checkable are the connectors that this version can check.
func (s State) checkable() []connector.Connector {
	found := []connector.Connector{}
	for _, c := range s.Home.Connectors {
		if c.Can().Check {
			found = append(found, c)
		}
	}
	return found
}

func (CheckAll) next(s State) (State, []Effect) {
	all := s.checkable()
	s, n := attempt(s)
	begun := make(map[string]connector.Connector, len(all))
	for _, c := range all {
		begun[c.ID] = c
	}
	s.Home.Checking = CheckingAll{Work: Work{Attempt: n, Running: true}, Total: len(all), begun: begun}
	s.Home.Left = ""
	return s, []Effect{CheckConnectors{Attempt: n, Connectors: all}}
}

// AsBegun returns a list of connectors with the health that each had when the run that is under way began, so that rows in the order of it
// keep their places until the run has ended: one that moved away while others are checked would be lost by who is about to press it.
func (c CheckingAll) AsBegun(all []connector.Connector) []connector.Connector {
	if !c.Running {
		return all
	}
	as := make([]connector.Connector, len(all))
	for i := range all {
		as[i] = all[i]
		if was, ok := c.begun[all[i].ID]; ok {
			as[i].Health, as[i].Checked, as[i].Refreshed = was.Health, was.Checked, was.Refreshed
		}
	}
	return as
}

func (StopCheckAll) blocked(s State) Reason { return goneUnless(s.Home.Checking.Running) }

func (StopCheckAll) next(s State) (State, []Effect) {
	s.Home.Checking.Running = false
	return s.says(s.Home.Checking.said(SaidCheckStopped)), stop(s.Home.Checking.Attempt)
}

// next counts a connector, also where the run has been stopped meanwhile: it was checked all the same.
func (e ConnectorChecked) next(s State) (State, []Effect) {
	if c := s.Home.Checking; e.Attempt != c.Attempt || c.Done == c.Total {
		return s, nil
	}
	s.Home.Checking.Done++
	if e.Problem != nil {
		s.Home.Checking = s.Home.Checking.withUnchecked(e.ID, *e.Problem)
		s = s.withoutLasting(e.ID)
	}
	return s, nil
}

// withUnchecked notes why a connector could not be checked.
func (c CheckingAll) withUnchecked(id string, p connector.Problem) CheckingAll {
	c.Unchecked = maps.Clone(c.Unchecked)
	if c.Unchecked == nil {
		c.Unchecked = map[string]connector.Problem{}
	}
	c.Unchecked[id] = p
	return c
}

func (e AllChecked) next(s State) (State, []Effect) {
	if c := s.Home.Checking; e.Attempt != c.Attempt || !c.Running {
		return s, nil
	}
	s.Home.Checking.Running = false
	return s.saysHere(ScreenHome, s.Home.Checking.said(SaidCheckedAll)), nil
}

// said is what there is to say of the check of all connectors once it has ended.
func (c CheckingAll) said(what SaidWhat) Said {
	return Said{What: what, Done: c.Done, Total: c.Total, Unchecked: len(c.Unchecked)}
}

// checkedAlone forgets why a connector could not be checked with all others, once it is checked by itself.
func (c CheckingAll) checkedAlone(id string) CheckingAll {
	if _, told := c.Unchecked[id]; told {
		c.Unchecked = maps.Clone(c.Unchecked)
		delete(c.Unchecked, id)
	}
	return c
}
