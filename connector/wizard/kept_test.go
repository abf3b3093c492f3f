package wizard

import (
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
	if m.send(DraftKept{DraftID: d.ID}); m.state.Home.Paste != "" || m.state.Home.Answered != nil || !has[LoadLists](m) {
		t.Errorf("kept, and still there: %+v", m.state.Home)
	}
}

func TestAPastedAnswerThatCouldNotBeKeptIsToldElsewhere(t *testing.T) {
	m, d := pasting(t)
	m.send(AskPaste{}, DraftKept{DraftID: d.ID, Problem: diskFull})
	if h := m.state.Home; h.Problem != diskFull || h.About == "" || h.PasteProblem != nil {
		t.Errorf("problem %+v of %q; %+v", h.Problem, h.About, h.PasteProblem)
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
	if m.state.Wizard.Problem != nil || m.state.Home.Problem != diskFull {
		t.Errorf("told in the wizard: %+v, at home: %+v", m.state.Wizard.Problem, m.state.Home.Problem)
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
	if h := m.state.Home; h.Problem != locked || h.About != "Contoso" || m.state.Screen != ScreenHome {
		t.Fatalf("told: %+v, of %q", h.Problem, h.About)
	}
	unreadable := &connector.Problem{Kind: connector.KindListDamaged}
	if m.send(Loaded{Problem: unreadable}); m.state.Home.Problem != unreadable || m.state.Home.About != "" {
		t.Errorf("the list can't be read, and told is %+v of %q", m.state.Home.Problem, m.state.Home.About)
	}
	if m.send(list); m.state.Home.Problem != nil {
		t.Error("the list can be read again, and it is not said")
	}
	m.send(DetailDone{Attempt: n, ID: "c", Problem: locked}, OpenConnector{"d"})
	if m.state.Home.Problem != nil || m.state.Detail.Problem != nil {
		t.Error("it is still told after somebody has gone on, or told of another connector")
	}
}

func TestARemovalThatEndsAfterGoingHomeReadsTheLists(t *testing.T) {
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{{ID: "c", Name: "Contoso"}}}, OpenConnector{"c"}, AskRemove{}, Remove{})
	n := effect[RemoveConnector](m).Attempt
	m.send(GoHome{}, DetailDone{Attempt: n, ID: "c", Removed: true})
	if !has[LoadLists](m) || m.state.Home.Problem != nil {
		t.Errorf("%+v, %+v", m.effects, m.state.Home.Problem)
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
	if m.state.Home.Problem != locked || m.state.Home.About != d.Name {
		t.Errorf("told: %+v, of %q", m.state.Home.Problem, m.state.Home.About)
	}
	if m.send(Discard{d.ID}); m.state.Home.Problem != nil {
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
