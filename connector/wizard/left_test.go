package wizard

import (
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// A draft whose Save goes on is a connector soon: nobody can go on with it, or discard it, meanwhile.
func TestADraftThatIsBeingSavedIsNotOffered(t *testing.T) {
	for _, problem := range []*connector.Problem{nil, locked} {
		m := checked(atCheck(t), nil).send(Save{})
		n, d := effect[SaveConnector](m).Attempt, m.state.Wizard.Draft
		m.send(GoHome{}, LeaveWizard{})
		for range 2 {
			for _, e := range []Event{OpenDraft{d.ID}, Discard{d.ID}, GoUnconfirmed{d.ID}} {
				if r := m.state.Refuses(e); r != ReasonGone {
					t.Errorf("%T is refused for %q", e, r)
				}
			}
			m.send(Loaded{Drafts: []connector.Draft{d}})
		}
		m.send(SaveDone{Attempt: n, Name: d.Name, Problem: problem}, Loaded{Drafts: []connector.Draft{d}})
		if r := m.state.Refuses(OpenDraft{d.ID}); r != "" {
			t.Errorf("once Save has ended it is refused for %q", r)
		}
	}
}

// storing is a machine that went home while a client secret was being stored, and that draft; n is the attempt.
func storing(t *testing.T) (m *machine, d connector.Draft, n int) {
	t.Helper()
	m = atAdmin(t).send(GoTo{connector.StepConnector}, Chosen{connector.FieldClientKind, "secret"}, SecretEntered{connector.FieldSecret, auth.NewSecret("shown-once")})
	n, d = effect[KeepSecret](m).Attempt, m.state.Wizard.Draft
	return m.send(GoHome{}), d, n
}

func TestASecretThatIsStoredAfterGoingHome(t *testing.T) {
	m, d, n := storing(t)
	m.send(SecretKept{Attempt: n, Expires: connector.Day{Year: 2027, Month: 3, Day: 1}})
	if got := effect[KeepDraft](m).Draft; got.ID != d.ID || !got.HasSecret || got.SecretExpires.String() != "2027-03-01" {
		t.Errorf("kept: %+v", got)
	}
	if m.send(OpenDraft{d.ID}); !m.state.Wizard.Draft.HasSecret || m.state.Wizard.StoringSecret.Running {
		t.Error("the client secret is asked for again")
	}
	m, d, n = storing(t)
	m.send(SecretKept{Attempt: n, Problem: locked})
	if p, about := m.state.told(); p != locked || about != d.Name {
		t.Errorf("told: %+v, of %q", p, about)
	}
	m, d, n = storing(t)
	if m.send(Discard{d.ID}, SecretKept{Attempt: n}); has[KeepDraft](m) || len(m.state.Home.Drafts) != 0 {
		t.Error("a draft that was discarded is kept again")
	}
}

func TestADraftIsOpenedAgainWhileItsSecretIsStored(t *testing.T) {
	m, d, n := storing(t)
	if m.send(OpenDraft{d.ID}); !m.state.Wizard.StoringSecret.Running {
		t.Fatal("it is not said that the client secret is being stored")
	}
	m.send(GoHome{}, OpenDraft{d.ID}, SecretKept{Attempt: n})
	if w := m.state.Wizard; !w.Draft.HasSecret || w.StoringSecret.Running {
		t.Errorf("%+v, %+v", w.Draft, w.StoringSecret)
	}
	m, d, n = storing(t)
	m.send(OpenDraft{d.ID}, Chosen{connector.FieldClientKind, "certificate"}, SecretKept{Attempt: n})
	if m.state.Wizard.Draft.HasSecret {
		t.Error("the client secret counts as a certificate")
	}
}

func TestASecretThatIsStoredBesideAPastedAnswer(t *testing.T) {
	m, d, n := storing(t)
	d.Admin.Handover = &connector.Handover{State: "s"}
	m.send(Loaded{Drafts: []connector.Draft{d}}, PasteRead{DraftID: d.ID, State: "s", Tenant: tenantA.ID, At: day}, SecretKept{Attempt: n})
	if got := effect[KeepDraft](m).Draft; !got.HasSecret || got.Admin.Status != connector.AdminReported {
		t.Errorf("kept: %+v", got)
	}
}

func TestNothingIsPastedForALinkThatWasDropped(t *testing.T) {
	m := atAdmin(t).send(OpenHandover{})
	m.send(HandoverMade{Attempt: effect[MakeHandover](m).Attempt, Handover: connector.Handover{State: "s", Link: "https://login.example/old"}}, GoHome{})
	id := m.state.Home.Drafts[0].ID
	m.send(AskPaste{id}, Edited{connector.FieldPaste, "text"}, OpenDraft{id}, GoHome{})
	if m.state.Home.Paste != id {
		t.Fatal("the place for the answer is gone")
	}
	m.send(OpenDraft{id}, GoTo{connector.StepConnector}, Edited{connector.FieldRedirectPath, "/callback"}, GoHome{})
	if h := m.state.Home; h.Paste != "" || h.PasteText != "" {
		t.Errorf("an answer to it is still asked for: %q, %q", h.Paste, h.PasteText)
	}
}

// An outcome may come after everything else has ended.
func TestWhatComesAfterSaveChangesNothing(t *testing.T) {
	m := checked(atCheck(t), nil)
	n := m.state.Wizard.Checking.Attempt
	m.send(Save{})
	m.send(SaveDone{Attempt: effect[SaveConnector](m).Attempt, Connector: &connector.Connector{ID: "draft-id", Name: "Contoso"}})
	m.send(ChecksDone{Attempt: n, Now: day, Problem: locked}, DraftKept{DraftID: "draft-id", Problem: diskFull})
	if w := m.state.Wizard; w.Saved == nil || w.Problem != nil {
		t.Errorf("saved %v, told %+v", w.Saved != nil, w.Problem)
	}
}

// Whoever presses Back, and Save before the page is drawn, has gone back.
func TestSaveIsForItsPage(t *testing.T) {
	m := checked(atCheck(t), nil)
	if r := m.send(Back{}).state.Refuses(Save{}); r != ReasonGone {
		t.Errorf("refused for %q", r)
	}
	if m.send(Save{}); m.state.Wizard.Saving.Running || m.send(GoTo{connector.StepCheck}).state.Refuses(Save{}) != "" {
		t.Error("saved on another page, or not on its own")
	}
}
