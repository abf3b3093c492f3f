package wizard

import (
	"maps"
	"time"

	"partner-center-connector/connector"
)

// Lasting is the check whether the sign-ins of saved connectors last. The window makes it by itself as soon as it can be made, for one connector after
// the other.
type Lasting struct {
	// ByItself says that this program does; a terminal program ends before.
	ByItself bool
	// Checking checks the connector of ID; Checks fill in meanwhile.
	Checking Work
	ID       string
	Checks   []connector.Check
	// waiting is the attempt that waits until at for the connector that can be checked first; 0 for none.
	waiting int
	at      time.Time
	// tried are from when those could be checked that were tried, by their ID: none is tried twice, whatever came of it. Never changed in place.
	tried map[string]time.Time
}

// IsChecking reports whether a connector is being checked by itself.
func (l Lasting) IsChecking(id string) bool { return l.Checking.Running && l.ID == id }

// withTried notes that a connector is not to be checked by itself any more.
func (l Lasting) withTried(id string, from time.Time) Lasting {
	l.tried = maps.Clone(l.tried)
	if l.tried == nil {
		l.tried = map[string]time.Time{}
	}
	l.tried[id] = from
	return l
}

// withoutLasting has a connector that somebody tried to check, in vain, not checked by itself on top of that. Before its time that tells nothing.
func (s State) withoutLasting(id string) State {
	c := s.connector(id)
	if c == nil || c.CheckFrom().IsZero() || c.CheckFrom().After(s.Home.Now) {
		return s
	}
	s.Home.Lasting = s.Home.Lasting.withTried(id, c.CheckFrom())
	return s
}

// minded returns the state in which the next connector is checked by itself, or its time is waited for.
func (s State) minded() (State, []Effect) {
	l := s.Home.Lasting
	if !l.ByItself || l.Checking.Running || s.Quit || s.Home.Now.IsZero() {
		return s, nil
	}
	id, from := s.nextLasting()
	switch {
	case from.IsZero():
		s.Home.Lasting.waiting = 0
		return s, stop(l.waiting)
	case !from.After(s.Home.Now):
		return s.checkLasting(id, from)
	case l.waiting != 0 && l.at.Equal(from):
		return s, nil
	}
	effects := stop(l.waiting)
	s, n := attempt(s)
	s.Home.Lasting.waiting, s.Home.Lasting.at = n, from
	return s, append(effects, AwaitLasting{Attempt: n, At: from})
}

// nextLasting is the connector that can be checked first, and from when; the zero time where there is none.
func (s State) nextLasting() (id string, from time.Time) {
	for i := range s.Home.Connectors {
		c := &s.Home.Connectors[i]
		at := c.CheckFrom()
		if at.IsZero() || !from.IsZero() && !at.Before(from) || s.Home.Lasting.tried[c.ID].Equal(at) || s.isBusyWith(c.ID) {
			continue
		}
		id, from = c.ID, at
	}
	return id, from
}

// isBusyWith reports whether a connector is being checked, or changed, since somebody asked for that.
func (s State) isBusyWith(id string) bool {
	_, begun := s.Home.Checking.begun[id]
	return s.Home.Checking.Running && begun || s.Detail.ID == id && (s.Detail.Checking.Running || s.Detail.Work.Running)
}

func (s State) checkLasting(id string, from time.Time) (State, []Effect) {
	effects := stop(s.Home.Lasting.waiting)
	s, n := attempt(s)
	l := s.Home.Lasting.withTried(id, from)
	l.waiting = 0
	l.Checking, l.ID, l.Checks = Work{Attempt: n, Running: true}, id, pendingChecks(connector.OriginHere)
	s.Home.Lasting = l
	return s, append(effects, CheckLasting{Attempt: n, ID: id})
}

// stopLasting stops the check of a connector that is about to be changed.
func stopLasting(s State, id string) (State, []Effect) {
	l := &s.Home.Lasting
	if !l.IsChecking(id) {
		return s, nil
	}
	l.Checking.Running, l.Checks = false, nil
	return s, stop(l.Checking.Attempt)
}

// next brings the time. What is due by it is checked then; by a clock that was set back it is waited for again.
func (e LastingDue) next(s State) (State, []Effect) {
	if e.Attempt != s.Home.Lasting.waiting {
		return s, nil
	}
	s.Home.Lasting.waiting = 0
	return s.at(e.Now), nil
}

func (e LastingChecked) next(s State) (State, []Effect) {
	if e.Attempt != runningAttempt(s.Home.Lasting.Checking) {
		return s, nil
	}
	s.Home.Lasting.Checking.Running, s.Home.Lasting.Checks = false, nil
	s = s.at(e.Now)
	if e.Problem != nil && s.connector(e.ID) != nil {
		s.Home.Checking = s.Home.Checking.withUnchecked(e.ID, *e.Problem)
		return s, nil
	}
	s.Home.Checking = s.Home.Checking.checkedAlone(e.ID)
	if e.Connector != nil && e.ID == s.Detail.ID {
		s = s.saysChecked(*e.Connector, e.Now)
	}
	return s.checked(e.Connector), nil
}
