package wizard

import (
	"slices"
	"testing"

	"partner-center-connector/connector"
)

var (
	diskFull = &connector.Problem{Kind: connector.KindDisk, Actor: connector.ActorYou}
	locked   = &connector.Problem{Kind: connector.KindKeychainLocked, Actor: connector.ActorYou}
)

// pasting is a machine on the home screen with the answer to a handed-over link pasted and read.
func pasting(t *testing.T) (*machine, connector.Draft) {
	t.Helper()
	d := atAdmin(t).state.Wizard.Draft
	d.Admin.Handover = &connector.Handover{State: "s"}
	m := newMachine(t).send(Loaded{Drafts: []connector.Draft{d}}, AskPaste{d.ID}, Edited{connector.FieldPaste, "the answer"}, TakePaste{})
	return m.send(PasteRead{DraftID: d.ID, State: "s", Tenant: tenantA.ID, At: day}), d
}

func TestAPastedAnswerStaysUntilItIsKept(t *testing.T) {
	m, d := pasting(t)
	m.send(DraftKept{DraftID: d.ID, Problem: diskFull})
	h := m.state.Home
	if h.Paste != d.ID || h.PasteText != "the answer" || h.PasteProblem != diskFull || m.state.Wizard.Problem != nil {
		t.Fatalf("pasting for %q: %q, problem %+v, told in the wizard: %+v", h.Paste, h.PasteText, h.PasteProblem, m.state.Wizard.Problem)
	}
	if m.send(TakePaste{}); effect[ReadPaste](m).Text != "the answer" {
		t.Fatalf("%+v", m.effects)
	}
	m.send(PasteRead{DraftID: d.ID, State: "s", Tenant: tenantA.ID, At: day})
	if m.state.Home.PasteProblem != nil {
		t.Error("the problem stays while it is tried again")
	}
	if m.send(DraftKept{DraftID: d.ID, Admin: connector.AdminReported}); m.state.Home.Paste != "" || m.state.Home.Answered != nil || !has[LoadLists](m) {
		t.Errorf("kept, and still there: %+v", m.state.Home)
	}
}

func TestAPastedAnswerThatCouldNotBeKeptIsToldElsewhere(t *testing.T) {
	m, d := pasting(t)
	m.send(AskPaste{}, DraftKept{DraftID: d.ID, Problem: diskFull})
	if p, about := m.state.told(); p != diskFull || about == "" || m.state.Home.PasteProblem != nil {
		t.Errorf("problem %+v of %q; %+v", p, about, m.state.Home.PasteProblem)
	}
}

func TestADraftIsOpenedWithTheAnswerThatWasPastedForIt(t *testing.T) {
	m, d := pasting(t)
	m.send(DraftKept{DraftID: d.ID, Problem: diskFull}, OpenDraft{d.ID})
	if got := m.state.Wizard.Draft.Admin; got.Status != connector.AdminReported || effect[KeepDraft](m).Draft.Admin.Tenant != tenantA.ID {
		t.Fatalf("the admin consent is %+v", got)
	}
	m.send(DraftKept{DraftID: d.ID, Problem: diskFull})
	if m.state.Wizard.Problem != diskFull {
		t.Error("the wizard does not tell that its draft can't be kept")
	}
}

func TestAProblemOfAnotherDraftIsNotTheWizards(t *testing.T) {
	m := opened(t).send(DraftKept{DraftID: "another", Problem: diskFull})
	if p, _ := m.state.told(); m.state.Wizard.Problem != nil || p != diskFull {
		t.Errorf("told in the wizard: %+v, at home: %+v", m.state.Wizard.Problem, p)
	}
}

func TestWhatFailsAfterGoingHomeIsTold(t *testing.T) {
	c := connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, ClientID: clientID}
	list := Loaded{Connectors: []connector.Connector{c, {ID: "d", Name: "Other"}}}
	m := newMachine(t).send(list, OpenConnector{"c"}, AskRemove{}, Remove{})
	n := effect[RemoveConnector](m).Attempt
	m.send(GoHome{}, list, DetailDone{Attempt: n, ID: "c", Problem: locked})
	if !has[LoadLists](m) {
		t.Error("the lists are not read again")
	}
	m.send(list)
	if p, about := m.state.told(); p != locked || about != "Contoso" || m.state.Screen != ScreenHome {
		t.Fatalf("told: %+v, of %q", p, about)
	}
	unreadable := &connector.Problem{Kind: connector.KindListDamaged}
	m.send(Loaded{Problem: unreadable})
	if p, _ := m.state.told(); m.state.Home.Problem != unreadable || p != locked {
		t.Errorf("the list can't be read, and told is %+v and %+v", m.state.Home.Problem, p)
	}
	if m.send(list); m.state.Home.Problem != nil {
		t.Error("the list can be read again, and it is not said")
	}
	m.send(DetailDone{Attempt: n, ID: "d", Problem: locked}, DetailDone{Attempt: n, ID: "d", Problem: locked})
	if f := m.state.Home.Failures; len(f) != 1 || !slices.Equal(f[0].About, []string{"Contoso", "Other"}) {
		t.Errorf("of two failures it tells %+v", f)
	}
	m.send(DetailDone{Attempt: n, ID: "d", Problem: unreadable})
	if f := m.state.Home.Failures; len(f) != 2 || f[1].Problem != unreadable {
		t.Errorf("of failures of two kinds it tells %+v", f)
	}
	m.send(OpenConnector{"d"})
	if p, _ := m.state.told(); p != nil || m.state.Detail.Problem != nil {
		t.Error("it is still told after somebody has gone on, or told of another connector")
	}
}

func TestARemovalThatEndsAfterGoingHomeReadsTheLists(t *testing.T) {
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{{ID: "c", Name: "Contoso"}}}, OpenConnector{"c"}, AskRemove{}, Remove{})
	n := effect[RemoveConnector](m).Attempt
	m.send(GoHome{}, DetailDone{Attempt: n, ID: "c", Removed: true})
	if p, _ := m.state.told(); !has[LoadLists](m) || p != nil {
		t.Errorf("%+v, %+v", m.effects, p)
	}
}

func TestADraftThatIsDiscardedCantBeOpened(t *testing.T) {
	d := atAdmin(t).state.Wizard.Draft
	list := Loaded{Drafts: []connector.Draft{d}}
	m := newMachine(t).send(list, AskDiscard{d.ID}, Discard{d.ID})
	if effect[DropDraft](m).ID != d.ID || len(m.state.Home.Drafts) != 0 {
		t.Fatalf("%+v, %d drafts", m.effects, len(m.state.Home.Drafts))
	}
	if m.send(OpenDraft{d.ID}); m.state.Wizard.Open {
		t.Fatal("opened")
	}
	m.send(list, DraftDropped{ID: d.ID, Problem: locked}, list)
	if p, about := m.state.told(); p != locked || about != d.Name {
		t.Errorf("told: %+v, of %q", p, about)
	}
	m.send(Discard{d.ID})
	if p, _ := m.state.told(); p != nil {
		t.Error("the problem stays while it is tried again")
	}
	if m := opened(t).send(Discard{"draft-id"}); has[DropDraft](m) {
		t.Error("the draft that the wizard shows was discarded")
	}
}

func TestADraftThatWasLeftIsOpenedAsItWasLeft(t *testing.T) {
	m := atAdmin(t)
	before := m.state.Wizard.Draft
	before.Name = "as it was on disk"
	m.send(Loaded{Drafts: []connector.Draft{before}}, GoTo{connector.StepConnector}, Edited{connector.FieldName, "as it was left"}, GoHome{}, OpenDraft{before.ID})
	if got := m.state.Wizard.Draft.Name; got != "as it was left" {
		t.Errorf("opened %s", got)
	}
}

// What was written before the answer came says nothing of the answer.
func TestAPastedAnswerWaitsForItsOwnWriting(t *testing.T) {
	m, d := pasting(t)
	m.send(DraftKept{DraftID: d.ID}, DraftKept{DraftID: d.ID, Admin: connector.AdminReported, Problem: diskFull}, Loaded{Drafts: []connector.Draft{d}})
	if h := m.state.Home; h.Answered == nil || h.PasteText != "the answer" || h.PasteProblem != diskFull {
		t.Errorf("answered %v, %q, problem %+v", h.Answered != nil, h.PasteText, h.PasteProblem)
	}
}

func TestAPastedAnswerCountsWhoeverGoesOnWithoutIt(t *testing.T) {
	m, d := pasting(t)
	m.send(DraftKept{DraftID: d.ID, Admin: connector.AdminReported, Problem: diskFull}, GoUnconfirmed{d.ID})
	if w := m.state.Wizard; !w.Open || w.Draft.Admin.Status != connector.AdminReported {
		t.Errorf("open %v, the admin consent is %q", w.Open, w.Draft.Admin.Status)
	}
}

func TestAConfirmedAdminConsentStaysConfirmed(t *testing.T) {
	m := atAdmin(t).send(StartAdmin{Way: WayDefault})
	m.send(AdminAnswered{Attempt: effect[OpenAdminConsent](m).Attempt, Tenant: tenantA.ID, At: day})
	for _, e := range []Event{GoUnconfirmed{}, OpenHandover{}, GoUnconfirmed{}} {
		m.send(e)
	}
	if got := m.state.Wizard.Draft.Admin; got.Status != connector.AdminReported {
		t.Errorf("%+v", got)
	}
}

func TestWhatIsWrongWithAPastedAnswerIsToldOfItsDraft(t *testing.T) {
	a := atAdmin(t).state.Wizard.Draft
	a.Admin.Handover = &connector.Handover{State: "s"}
	b := a
	b.ID, b.Name = "b", "Another"
	other := &connector.Problem{Kind: connector.KindPasteOther}
	m := newMachine(t).send(Loaded{Drafts: []connector.Draft{a, b}}, AskPaste{a.ID}, Edited{connector.FieldPaste, "text"}, TakePaste{}, AskPaste{"b"})
	m.send(PasteRead{DraftID: a.ID, State: "s", Problem: other})
	if p, about := m.state.told(); m.state.Home.PasteProblem != nil || p != other || about != a.Name {
		t.Errorf("beside the other one: %+v; at home: %+v of %q", m.state.Home.PasteProblem, p, about)
	}
}

// The checks that a removal stops have no end that anybody hears of.
func TestARemovalThatFailsLeavesTheConnectorToBeChecked(t *testing.T) {
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{{ID: "c", Name: "Contoso"}}}, OpenConnector{"c"}, AskRemove{}, CheckNow{})
	n := effect[CheckConnector](m).Attempt
	if m.send(Remove{}); effect[StopAttempt](m).Attempt != n {
		t.Fatalf("%+v", m.effects)
	}
	m.send(DetailDone{Attempt: effect[RemoveConnector](m).Attempt, ID: "c", Problem: locked})
	if d := m.state.Detail; d.Problem != locked || d.Checking.Running || m.state.Refuses(CheckNow{}) != "" {
		t.Errorf("told %+v, checking %v, refused for %q", d.Problem, d.Checking.Running, m.state.Refuses(CheckNow{}))
	}
}

// told returns the newest failure that the home screen tells, and the last name with it.
func (s State) told() (*connector.Problem, string) {
	if len(s.Home.Failures) == 0 {
		return nil, ""
	}
	f := s.Home.Failures[len(s.Home.Failures)-1]
	if len(f.About) == 0 {
		return f.Problem, ""
	}
	return f.Problem, f.About[len(f.About)-1]
}
