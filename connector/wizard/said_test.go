package wizard

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"partner-center-connector/connector"
)

// confirmed is what each event of the person is confirmed by: what is said, or what the page shows; empty where it writes nothing and ends
// nothing but what it opened itself.
var confirmed = map[string]string{
	"Remove": string(SaidRemoved), "Rename": string(SaidRenamed), "TakeBack": string(SaidTakenBack), "CheckNow": string(SaidChecked),
	"CheckAll": string(SaidCheckedAll), "StopCheckAll": string(SaidCheckStopped), "StopLookInKeyVault": string(SaidLookStopped),
	"Discard": string(SaidDiscarded), "StopWait": string(SaidConsentStopped), "ForgetLink": string(SaidLinkForgotten),
	"SaveRecord": string(SaidRecord), "SaveScript": string(SaidScript), "SaveReport": string(SaidReport),
	"SetSchedule": string(SaidScheduled), "Unschedule": string(SaidUnscheduled), "PlayScenario": string(SaidPlays),
	"GoHome": string(SaidDraftKept), "LeaveWizard": string(SaidDraftKept), "Chosen": string(SaidSettings),
	"Save": "the page: saved, or " + string(SaidSaved) + " on the home screen",

	"HandOverToKeyVault": "the page: what was written, and how a server reads it",
	"Quit":               "the program: it ends",
	"Edited":             "the field: it shows what was typed", "Ticked": "the field", "SecretEntered": "the field: what was stored of it",
	"AgreeChange": "the field: it can be changed", "SwitchCloud": "the field: the tenant in the cloud",
	"StartAdmin": "the page: what is waited for; then " + string(SaidAdminGiven), "StartUser": "the page: what is waited for", "MoreTime": "the page: the time that is left",
	"OpenHandover": "the page: the link", "TakePaste": "the page: the consent that was reported", "GoUnconfirmed": "the next page: its warning",
	"AcceptAccount": "the page: the account, and the checks that run again", "RunChecks": "the page: the checks",
	"ReadLinks": "the page: what was read", "TakeOffer": "the page: what was read", "RefuseOffer": "the page: the offer is gone",
	"CopyLink": "the page: that it is on the clipboard", "ReportLink": "the page: what was told", "EndTrial": "the page: what the trial found",
	"OpenReport": "the page: the report",

	"NewConnector": "", "OpenDraft": "", "AskDiscard": "", "AskPaste": "", "OpenConnector": "", "StayInWizard": "", "Back": "", "Forward": "", "GoTo": "",
	"AskChange": "", "KeepField": "", "LookUpTenant": "", "CheckReady": "", "ProbeApp": "", "CloseHandover": "", "TellError": "", "ExplainError": "",
	"Renew": "", "AskRename": "", "AskRemove": "", "AskChangeUser": "", "ChangeUser": "", "CancelDetail": "", "AskRecord": "", "CloseRecord": "",
	"BrowseFolder": "", "UseFolder": "", "CloseFolders": "", "OpenPractice": "", "KeepScenario": "", "NewLinks": "", "TryUser": "", "AskKeyVault": "",
	"CloseKeyVault": "", "LookInKeyVault": "", "AskTakeBack": "", "AskSchedule": "", "AskUnschedule": "", "CloseSchedule": "", "OpenSettings": "",
	"CloseSettings": "", "ShowModules": "", "ShowConnector": "", "ForgetWanted": "",
}

// TestEveryActionIsConfirmed holds that each event is either what comes of something, or the person's, and then has its confirmation in the table.
func TestEveryActionIsConfirmed(t *testing.T) {
	outcomes := outcomesIn(t)
	found := 0
	for _, name := range eventsIn(t) {
		_, person := confirmed[name]
		if person == outcomes[name] {
			t.Errorf("%s is the person's %v, and an outcome %v", name, person, outcomes[name])
		}
		found++
	}
	if found < 100 {
		t.Errorf("only %d events were found", found)
	}
}

// files are the files of this package.
func files(t *testing.T) []*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	all := []*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

// eventsIn are the names of all events: the types that have a scope.
func eventsIn(t *testing.T) []string {
	t.Helper()
	names := []string{}
	for _, f := range files(t) {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == "scope" && fn.Recv != nil {
				names = append(names, fn.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	return names
}

// outcomesIn are the names of those that byPerson knows as outcomes.
func outcomesIn(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, f := range files(t) {
		ast.Inspect(f, func(n ast.Node) bool {
			fn, ok := n.(*ast.FuncDecl)
			if !ok || fn.Name.Name != "byPerson" {
				return true
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				if c, ok := n.(*ast.CaseClause); ok {
					for _, e := range c.List {
						names[e.(*ast.Ident).Name] = true
					}
				}
				return true
			})
			return false
		})
	}
	return names
}

func (m *machine) wantSaid(what string, want *Said) {
	m.t.Helper()
	if !reflect.DeepEqual(m.state.Said, want) {
		m.t.Errorf("%s: said %+v, want %+v", what, m.state.Said, want)
	}
}

// shownConnector is a machine on the screen of a saved connector.
func shownConnector(t *testing.T) *machine {
	t.Helper()
	c := connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, ClientID: clientID}
	made := []connector.Check{{ID: connector.CheckUser, State: connector.CheckPassed}, {ID: connector.CheckMFA, State: connector.CheckPassed}}
	return newMachine(t).send(Loaded{Connectors: []connector.Connector{c}, Now: day}, OpenConnector{"c"}, DetailOpened{ID: "c", Checks: made, Now: day})
}

func TestARemovedConnectorIsNamed(t *testing.T) {
	removed := &Said{What: SaidRemoved, Name: "Contoso"}
	m := shownConnector(t).send(AskRemove{}, Remove{})
	n := effect[RemoveConnector](m).Attempt
	m.send(DetailDone{Attempt: n, ID: "c", Removed: true})
	m.wantSaid("removed", removed)
	m.send(Loaded{Now: day}, TimePassed{Now: day.Add(time.Hour)})
	m.wantSaid("once the list is read", removed)
	m.send(NewConnector{})
	m.wantSaid("after the next thing", nil)

	m = shownConnector(t).send(AskRemove{}, Remove{})
	n = effect[RemoveConnector](m).Attempt
	m.send(Loaded{Now: day}, DetailDone{Attempt: n, ID: "c", Removed: true})
	m.wantSaid("where the list is read before", removed)

	m = shownConnector(t).send(AskRemove{}, Remove{})
	n = effect[RemoveConnector](m).Attempt
	m.send(GoHome{}, DetailDone{Attempt: n, ID: "c", Removed: true})
	m.wantSaid("where its screen was left before", removed)

	m = shownConnector(t).send(AskRemove{}, Remove{})
	m.send(DetailDone{Attempt: effect[RemoveConnector](m).Attempt, ID: "c", Problem: &connector.Problem{Kind: connector.KindKeychainLocked}})
	m.wantSaid("where it could not be", nil)
}

func TestARenamedConnectorIsNamed(t *testing.T) {
	m := shownConnector(t).send(AskRename{}, Edited{connector.FieldRename, "Fabrikam"}, Rename{})
	m.send(DetailDone{Attempt: effect[RenameConnector](m).Attempt, ID: "c"})
	m.wantSaid("renamed", &Said{What: SaidRenamed, Name: "Fabrikam"})
}

func TestWhatACheckChangedIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		mfa  connector.CheckState
		want []CheckChange
	}{
		"nothing": {connector.CheckPassed, []CheckChange{}},
		"one":     {connector.CheckFailed, []CheckChange{{connector.CheckMFA, connector.CheckPassed, connector.CheckFailed}}},
	} {
		m := shownConnector(t).send(CheckNow{})
		m.wantSaid(name+", while it checks", nil)
		after := *m.state.Shown()
		after.Checks = []connector.Check{
			{ID: connector.CheckUser, State: connector.CheckPassed}, {ID: connector.CheckMFA, State: c.mfa}, {ID: connector.CheckRole, State: connector.CheckPassed},
		}
		m.send(ChecksDone{Attempt: effect[CheckConnector](m).Attempt, Now: day.Add(time.Minute), Connector: &after})
		m.wantSaid(name, &Said{What: SaidChecked, At: day.Add(time.Minute), Changes: c.want})
	}
	m := shownConnector(t).send(CheckNow{})
	m.send(ChecksDone{Attempt: effect[CheckConnector](m).Attempt, Now: day, Problem: &connector.Problem{Kind: connector.KindBusy}})
	m.wantSaid("checks that could not be made", nil)
}

func TestTheCheckOfAllIsSaid(t *testing.T) {
	m := newMachine(t).send(connectors("a", "b"), CheckAll{})
	n := m.state.Home.Checking.Attempt
	m.send(ConnectorChecked{Attempt: n, ID: "a"}, ConnectorChecked{Attempt: n, ID: "b", Problem: &connector.Problem{Kind: connector.KindBusy}}, AllChecked{Attempt: n})
	m.wantSaid("all", &Said{What: SaidCheckedAll, Done: 2, Total: 2, Unchecked: 1})
	m.send(CheckAll{})
	n = m.state.Home.Checking.Attempt
	m.send(ConnectorChecked{Attempt: n, ID: "a"}, StopCheckAll{})
	stopped := &Said{What: SaidCheckStopped, Done: 1, Total: 2}
	m.wantSaid("stopped", stopped)
	m.send(AllChecked{Attempt: n})
	m.wantSaid("once it has come to its end", stopped)
	m.send(CheckAll{})
	n = m.state.Home.Checking.Attempt
	m.send(OpenConnector{"a"}, AllChecked{Attempt: n})
	m.wantSaid("on another screen", nil)
}

// TestAStoppedConsentLeavesALine holds what the browser's page promises: the program shows that it was stopped, until it is started again.
func TestAStoppedConsentLeavesALine(t *testing.T) {
	for _, m := range []*machine{atAdmin(t).send(StartAdmin{Way: WayDefault}, StopWait{}), atUser(t).send(StartUser{Way: WayLink}, StopWait{})} {
		m.wantSaid("stopped", &Said{What: SaidConsentStopped})
		if m.state.Wizard.Draft.Step == connector.StepAdmin {
			m.send(StartAdmin{Way: WayDefault})
		} else {
			m.send(StartUser{Way: WayLink})
		}
		m.wantSaid("started again", nil)
	}
}

// TestAStoppedLinkLeavesALineOfItsOwn: a consent by it goes to the product all the same.
func TestAStoppedLinkLeavesALineOfItsOwn(t *testing.T) {
	admin := atLinks(t).read(adminLink, adminFacts()).forwardTo(connector.StepLinkAdmin).send(StartAdmin{Way: WayIsolated})
	for _, m := range []*machine{admin, atLinkUser(t).send(StartUser{Way: WayLink})} {
		m.send(StopWait{}).wantSaid("stopped", &Said{What: SaidLinkStopped})
	}
}

func TestWhatBecomesOfADraftIsSaid(t *testing.T) {
	m := atAdmin(t)
	name, id := m.state.Wizard.Draft.Name, m.state.Wizard.Draft.ID
	m.send(GoHome{})
	m.wantSaid("closed", &Said{What: SaidDraftKept, Name: name})
	m.send(AskDiscard{id})
	m.wantSaid("asked about", nil)
	m.send(Discard{id})
	m.wantSaid("before it is gone", nil)
	m.send(DraftDropped{ID: id})
	m.wantSaid("discarded", &Said{What: SaidDiscarded, Name: name})
	m.send(DraftDropped{ID: "another"})
	m.wantSaid("another one that was dropped by itself", &Said{What: SaidDiscarded, Name: name})

	opened(t).send(GoHome{}).wantSaid("an untouched one", nil)

	m = atAdmin(t)
	m.send(DraftKept{DraftID: id, Problem: &connector.Problem{Kind: connector.KindDisk}}, GoHome{})
	m.wantSaid("one that could not be written", nil)

	m = atCheck(t).send(GoHome{}, LeaveWizard{})
	m.wantSaid("left with a sign-in", &Said{What: SaidDraftKept, Name: name})

	m = shownConnector(t).send(DraftMade{Draft: connector.Draft{ID: "r", Renews: "c", Name: "Contoso", Step: connector.StepUser}}, GoHome{})
	m.wantSaid("a renewal", &Said{What: SaidRenewalLeft, Name: "Contoso"})
}

func TestASaveThatWasLeftIsSaidAtHome(t *testing.T) {
	m := checked(atCheck(t), nil).send(Save{})
	n := m.state.Wizard.Saving.Attempt
	m.send(GoHome{}, LeaveWizard{})
	m.wantSaid("left", nil)
	m.send(SaveDone{Attempt: n, Name: "Contoso", Connector: &connector.Connector{ID: "c", Name: "Contoso"}})
	m.wantSaid("saved", &Said{What: SaidSaved, Name: "Contoso"})
}

func TestSettingsThatAreKeptAreSaid(t *testing.T) {
	dark := connector.Settings{Theme: connector.ThemeDark}
	m := &machine{t: t, state: openedSettings(t, State{})}
	m.send(SettingsRead{Settings: connector.Settings{Language: "de"}})
	m.wantSaid("of another process", nil)
	m.send(SettingsRead{}, Chosen{connector.FieldTheme, "dark"})
	m.wantSaid("before they are kept", nil)
	m.send(SettingsRead{Settings: dark})
	m.wantSaid("kept", &Said{What: SaidSettings})
	m.send(Chosen{connector.FieldTheme, "light"}, SettingsRead{Problem: &connector.Problem{Kind: connector.KindDisk}}, SettingsRead{Settings: connector.Settings{Theme: connector.ThemeLight}})
	m.wantSaid("that could not be kept", nil)
	m.send(Chosen{connector.FieldTheme, "dark"}, GoHome{}, SettingsRead{Settings: dark})
	m.wantSaid("on another screen", nil)
}

func TestTheScheduleIsSaid(t *testing.T) {
	is := connector.Schedule{Kind: connector.ScheduleCron}
	m := &machine{t: t, state: scheduling(t, is)}
	m.send(AskSchedule{})
	m.send(SchedulePlanned{Attempt: m.state.SettingsPage.Schedule.Planning.Attempt, Plan: &connector.SchedulePlan{}}, SetSchedule{})
	is.Installed = true
	m.send(ScheduleChanged{Attempt: m.state.SettingsPage.Schedule.Changing.Attempt, Read: true, Schedule: is})
	m.wantSaid("set up", &Said{What: SaidScheduled})
	m.send(AskUnschedule{}, Unschedule{})
	is.Installed = false
	m.send(ScheduleChanged{Attempt: m.state.SettingsPage.Schedule.Changing.Attempt, Read: true, Schedule: is})
	m.wantSaid("removed", &Said{What: SaidUnscheduled})
}

// TestWhatIsSaidGoesWithTheScreen also where nobody pressed anything.
func TestWhatIsSaidGoesWithTheScreen(t *testing.T) {
	m := shownConnector(t).send(AskRename{}, Edited{connector.FieldRename, "Fabrikam"}, Rename{})
	m.send(DetailDone{Attempt: effect[RenameConnector](m).Attempt, ID: "c"}, TimePassed{Now: day})
	if m.state.Said == nil {
		t.Fatal("it went with the time")
	}
	m.send(Loaded{Now: day})
	if m.state.Screen != ScreenHome || m.state.Said != nil {
		t.Errorf("on %s it says %+v", m.state.Screen, m.state.Said)
	}
}

// TestOnlyThePersonsEventsAreFinal holds that nothing that comes of something is kept from the machine.
func TestOnlyThePersonsEventsAreFinal(t *testing.T) {
	for _, e := range []Event{
		Discard{},
		GoHome{},
		Quit{},
		LeaveWizard{},
		AgreeChange{},
		SwitchCloud{},
		AcceptAccount{},
		StartAdmin{},
		StartUser{},
		StopWait{},
		GoUnconfirmed{},
		StopCheckAll{},
		StopLookInKeyVault{},
		Save{},
		Rename{},
		Remove{},
		SaveRecord{},
		SaveScript{},
		SaveReport{},
		HandOverToKeyVault{},
		TakeBack{},
		SetSchedule{},
		Unschedule{},
		TakeOffer{},
		RefuseOffer{},
		EndTrial{},
		ForgetLink{},
		ReportLink{},
		PlayScenario{},
	} {
		if !Final(e) || !byPerson(e) {
			t.Errorf("%T is final %v, the person's %v", e, Final(e), byPerson(e))
		}
	}
	for _, e := range []Event{Forward{}, Back{}, GoTo{}, NewConnector{}, OpenDraft{}, AskDiscard{}, AskRemove{}, StayInWizard{}, CancelDetail{}, MoreTime{}, SaveDone{}, DetailDone{}} {
		if Final(e) {
			t.Errorf("%T can be taken back", e)
		}
	}
}
