package wizard

import (
	"reflect"
	"testing"

	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// waiting are machines in which the wizard waits for a browser, each with what ends the wait.
func waiting(t *testing.T) map[string]struct {
	m      *machine
	answer Event
} {
	t.Helper()
	type wait = struct {
		m      *machine
		answer Event
	}
	admin := atAdmin(t).send(StartAdmin{Way: WayDefault})
	a := effect[OpenAdminConsent](admin).Attempt
	user := atUser(t).send(StartUser{Way: WayPrivate, Mode: browser.ModePrivate})
	u := effect[OpenUserConsent](user).Attempt
	links := atLinkUser(t).send(StartUser{Way: WayPrivate, Mode: browser.ModePrivate})
	l := effect[OpenLink](links).Attempt
	return map[string]wait{
		"admin consent": {admin.send(ConsentOpened{Attempt: a}), AdminAnswered{Attempt: a, Tenant: tenantA.ID, At: day}},
		"user consent":  {user.send(ConsentOpened{Attempt: u}), UserAnswered{Attempt: u, Identity: account()}},
		"a link":        {links.send(ConsentOpened{Attempt: l}), LinkEnded{Attempt: l, Kind: link.User, Closed: day}},
		"a refusal":     {atAdmin(t).send(StartAdmin{Way: WayDefault}), AdminAnswered{Attempt: a, Problem: failed}},
	}
}

// TestTheSettingsOpenOverAWizard holds that nothing of it stops, and that it is where it was once they are closed.
func TestTheSettingsOpenOverAWizard(t *testing.T) {
	for name, c := range waiting(t) {
		before := c.m.state.Wizard
		c.m.send(OpenSettings{})
		if c.m.state.Screen != ScreenSettings || has[StopAttempt](c.m) || !has[InspectComputer](c.m) {
			t.Errorf("%s: on %s, %#v", name, c.m.state.Screen, c.m.effects)
		}
		c.m.send(Chosen{Field: connector.FieldTheme, Value: "dark"})
		looking := c.m.state.SettingsPage.Looking.Attempt
		c.m.send(CloseSettings{})
		if c.m.state.Screen != ScreenWizard || !reflect.DeepEqual(c.m.state.Wizard, before) {
			t.Errorf("%s: on %s, it was %+v and is %+v", name, c.m.state.Screen, before, c.m.state.Wizard)
		}
		if got := effect[StopAttempt](c.m).Attempt; got != looking || has[LoadLists](c.m) {
			t.Errorf("%s: closed with %#v", name, c.m.effects)
		}
	}
}

// TestAnAnswerBringsTheWizardBack from the settings, and the window to the front.
func TestAnAnswerBringsTheWizardBack(t *testing.T) {
	for name, c := range waiting(t) {
		c.m.send(OpenSettings{})
		raised, page := c.m.state.Raise, c.m.state.SettingsPage
		c.m.send(c.answer)
		if s := c.m.state; s.Screen != ScreenWizard || s.Raise != raised+1 || s.SettingsPage.Looking.Running {
			t.Errorf("%s: on %s, raised %d", name, s.Screen, s.Raise-raised)
		}
		stopped := map[int]bool{}
		for _, e := range c.m.effects {
			if stop, ok := e.(StopAttempt); ok {
				stopped[stop.Attempt] = true
			}
		}
		if !stopped[page.Looking.Attempt] || !stopped[page.Schedule.Looking.Attempt] || len(stopped) != 2 {
			t.Errorf("%s: stopped are %v", name, stopped)
		}
	}
	user := waiting(t)["user consent"]
	if user.m.send(OpenSettings{}, user.answer); user.m.state.Wizard.Draft.Step != connector.StepCheck || !has[CheckGrant](user.m) {
		t.Errorf("the checks are not made on page %v", user.m.state.Wizard.Draft.Step)
	}
}

// TestHomeFromTheSettingsClosesTheWizard as it does from its page: where a sign-in would be lost it is asked first.
func TestHomeFromTheSettingsClosesTheWizard(t *testing.T) {
	m := atAdmin(t).send(OpenSettings{}, GoHome{})
	if s := m.state; s.Screen != ScreenHome || s.Wizard.Open || len(s.Home.Drafts) != 1 || !has[LoadLists](m) {
		t.Errorf("on %s, open %v, %d drafts", s.Screen, s.Wizard.Open, len(s.Home.Drafts))
	}
	m = atCheck(t).send(OpenSettings{}, GoHome{})
	if s := m.state; s.Screen != ScreenWizard || !s.Wizard.Leaving || s.SettingsPage.Looking.Running {
		t.Errorf("on %s, asked %v", s.Screen, s.Wizard.Leaving)
	}
	m = atCheck(t).send(OpenSettings{}, Quit{})
	if s := m.state; s.Screen != ScreenWizard || !s.Wizard.Leaving || s.Quit {
		t.Errorf("at the end of the program: on %s, asked %v", s.Screen, s.Wizard.Leaving)
	}
}

// TestTheSettingsLeadBackToAConnector with its checks, which went on meanwhile, and with what was asked there.
func TestTheSettingsLeadBackToAConnector(t *testing.T) {
	m := newMachine(t).send(bothOf, OpenConnector{"b"}, AskRename{}, CheckNow{})
	n := effect[CheckConnector](m).Attempt
	if m.send(OpenSettings{}); has[StopAttempt](m) {
		t.Errorf("the checks are stopped: %#v", m.effects)
	}
	if m.send(bothOf); effect[ReadConnector](m).ID != "b" {
		t.Error("what is newer of the connector is not read")
	}
	m.send(CloseSettings{})
	if s := m.state; s.Screen != ScreenConnector || s.Detail.ID != "b" || !s.Detail.Renaming || s.Detail.Checking != (Work{n, true}) {
		t.Errorf("on %s: %+v", s.Screen, s.Detail)
	}
	m.send(OpenSettings{}, Loaded{Connectors: []connector.Connector{wantedA}})
	if m.state.Screen != ScreenSettings {
		t.Errorf("a connector that is removed elsewhere closes the settings: on %s", m.state.Screen)
	}
	if m.send(CloseSettings{}); m.state.Screen != ScreenHome || !has[LoadLists](m) {
		t.Errorf("from the settings of a connector that is gone: on %s", m.state.Screen)
	}
	if m.send(bothOf, OpenConnector{"b"}, OpenSettings{}, GoHome{}); m.state.Screen != ScreenHome || m.state.Home.Left != "b" {
		t.Errorf("home from there: on %s, left %q", m.state.Screen, m.state.Home.Left)
	}
}

// TestTheSettingsLeadBackToWhatStoodBeforeTheScreen holds that of the support report and of the choice among the scenarios.
func TestTheSettingsLeadBackToWhatStoodBeforeTheScreen(t *testing.T) {
	m := newMachine(t).send(bothOf, OpenReport{Open: true})
	n := effect[MakeReport](m).Attempt
	m.send(OpenSettings{}, ReportMade{Attempt: n, Text: "all is well"})
	if m.state.Report.Open {
		t.Error("the report stands before the settings")
	}
	if m.send(CloseSettings{}); !m.state.Report.Open || m.state.Report.Text != "all is well" {
		t.Errorf("afterwards: %+v", m.state.Report)
	}
	m.send(OpenReport{}, OpenSettings{}, OpenReport{Open: true}, OpenReport{})
	if m.state.Screen != ScreenSettings {
		t.Errorf("a report of the settings leads to %s", m.state.Screen)
	}
	m.send(OpenReport{Open: true}, OpenSettings{})
	if m.state.Screen != ScreenSettings || m.state.Report.Open {
		t.Error("the settings are not shown again")
	}
	if m.send(CloseSettings{}); m.state.Report.Open || m.state.Screen != ScreenHome {
		t.Errorf("from the settings to %s, with a report %v", m.state.Screen, m.state.Report.Open)
	}

	m.state.Rehearsal = &connector.Rehearsal{}
	if m.send(OpenPractice{Open: true}, OpenSettings{}); m.state.Practice.Open {
		t.Error("the scenarios stand before the settings")
	}
	if m.send(CloseSettings{}); !m.state.Practice.Open {
		t.Error("the scenarios are gone")
	}
	if m.send(GoHome{}); m.state.Practice.Open || m.state.Screen != ScreenHome {
		t.Errorf("home leads to %s, with scenarios %v", m.state.Screen, m.state.Practice.Open)
	}
}
