package wizard

import (
	"testing"

	"partner-center-connector/connector"
)

var (
	wantedA = connector.Connector{ID: "a", Name: "Adatum", Health: connector.HealthSignIn}
	wantedB = connector.Connector{ID: "b", Name: "Contoso", Health: connector.HealthGood}
	bothOf  = Loaded{Connectors: []connector.Connector{wantedA, wantedB}}
)

// shows reports whether the screen is that of a connector, and nothing is waited for any more.
func (m *machine) shows(id string) bool {
	return m.state.Screen == ScreenConnector && m.state.Detail.ID == id && m.state.Wanted == "" && !m.state.Wizard.Open
}

// TestAConnectorIsShownFromAnyScreen holds that what goes on for the screen that is left stops, and that the window comes to the front.
func TestAConnectorIsShownFromAnyScreen(t *testing.T) {
	for name, before := range map[string][]Event{
		"at the start":           {},
		"home":                   {bothOf},
		"settings":               {bothOf, OpenSettings{}},
		"another connector":      {bothOf, OpenConnector{"b"}, CheckNow{}},
		"that connector":         {bothOf, OpenConnector{"a"}, AskRemove{}},
		"asked for two at once":  {bothOf, ShowConnector{"b"}},
		"a search on the screen": {bothOf, Edited{connector.FieldSearch, "x"}},
	} {
		m := newMachine(t).send(before...)
		raised, left := m.state.Raise, m.state.Detail.Checking
		m.send(ShowConnector{"a"})
		if m.state.Raise != raised+1 || !has[LoadLists](m) {
			t.Errorf("%s: raised %d, lists read %v", name, m.state.Raise-raised, has[LoadLists](m))
		}
		m.send(bothOf)
		if !m.shows("a") || !has[ReadConnector](m) {
			t.Errorf("%s: on %s, %q, waiting for %q", name, m.state.Screen, m.state.Detail.ID, m.state.Wanted)
		}
		if left.Running && !has[StopAttempt](m) {
			t.Errorf("%s: its checks go on for nobody", name)
		}
		if m.state.Detail.Removing != (name == "that connector") {
			t.Errorf("%s: the question is %v", name, m.state.Detail.Removing)
		}
		if m.send(bothOf, GoHome{}, bothOf); m.state.Screen != ScreenHome {
			t.Errorf("%s: it is shown a second time", name)
		}
	}
}

// TestAWizardIsNotThrownAway holds that the connector waits until the wizard is closed, by whatever way.
func TestAWizardIsNotThrownAway(t *testing.T) {
	for name, c := range map[string]struct{ before, leave []Event }{
		"closed":                {nil, []Event{GoHome{}, LeaveWizard{}}},
		"stayed in first":       {nil, []Event{GoHome{}, StayInWizard{}, GoHome{}, LeaveWizard{}}},
		"asked for while asked": {[]Event{GoHome{}}, []Event{LeaveWizard{}}},
	} {
		m := atCheck(t)
		m.send(bothOf)
		m.send(c.before...).send(ShowConnector{"a"}, bothOf)
		if w := m.state.AlsoWanted(); !m.state.Wizard.Open || m.state.Screen != ScreenWizard || w == nil || w.ID != "a" {
			t.Errorf("%s: the wizard is open: %v, waiting: %v", name, m.state.Wizard.Open, w)
		}
		m.send(c.leave...)
		if !has[LoadLists](m) {
			t.Errorf("%s: the lists are not read", name)
		}
		if m.send(bothOf); !m.shows("a") {
			t.Errorf("%s: on %s", name, m.state.Screen)
		}
	}
	m := atCheck(t).send(bothOf, ShowConnector{"a"}, bothOf, ForgetWanted{}, GoHome{}, LeaveWizard{}, bothOf)
	if m.state.Screen != ScreenHome || m.state.Refuses(ForgetWanted{}) != ReasonGone {
		t.Errorf("forgotten, and on %s", m.state.Screen)
	}
}

// TestAConnectorThatIsInNoList is told on the home screen.
func TestAConnectorThatIsInNoList(t *testing.T) {
	for name, before := range map[string][]Event{"at the start": {}, "settings": {bothOf, OpenSettings{}}, "another connector": {bothOf, OpenConnector{"b"}}} {
		m := newMachine(t).send(before...).send(ShowConnector{"gone"}, bothOf)
		if p, _ := m.state.told(); m.state.Screen != ScreenHome || p == nil || p.Kind != connector.KindConnectorGone || m.state.Wanted != "" {
			t.Errorf("%s: on %s, told %+v", name, m.state.Screen, p)
		}
	}
	m := atCheck(t).send(ShowConnector{"gone"}, bothOf)
	if p, _ := m.state.told(); !m.state.Wizard.Open || m.state.AlsoWanted() != nil || p == nil {
		t.Errorf("in the wizard: told %+v", p)
	}
	// What is wrong with the list says it better.
	damaged := Loaded{Problem: &connector.Problem{Kind: connector.KindListDamaged}}
	if m := newMachine(t).send(ShowConnector{"a"}, damaged); len(m.state.Home.Failures) != 0 || m.state.Wanted != "" {
		t.Errorf("a damaged list: told %+v", m.state.Home.Failures)
	}
}
