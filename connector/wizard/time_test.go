package wizard

import (
	"testing"
	"time"

	"partner-center-connector/connector"
)

// TestTheScreensKnowTheTime holds that a connector's screen has a time from its first moment, and that an outcome without one takes none away.
func TestTheScreensKnowTheTime(t *testing.T) {
	later := day.Add(26 * time.Hour)
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{{ID: "c", Name: "Contoso"}}, Now: day}, OpenConnector{"c"})
	if m.state.Home.Now != day || m.state.Detail.Now != day {
		t.Errorf("home %v, connector %v", m.state.Home.Now, m.state.Detail.Now)
	}
	if m.send(TimePassed{Now: later}); m.state.Home.Now != later || m.state.Detail.Now != later {
		t.Errorf("a day later: home %v, connector %v", m.state.Home.Now, m.state.Detail.Now)
	}
	if m.send(TimePassed{}, DetailOpened{}); m.state.Home.Now != later || m.state.Detail.Now != later {
		t.Errorf("without a time: home %v, connector %v", m.state.Home.Now, m.state.Detail.Now)
	}
	if m.send(GoHome{}, TimePassed{Now: day}); m.state.Home.Now != day || !m.state.Detail.Now.IsZero() {
		t.Errorf("no connector is shown, at %v", m.state.Detail.Now)
	}
}
