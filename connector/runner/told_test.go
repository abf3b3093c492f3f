package runner

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// TestARemovedConnectorLeavesTheList goes home while the keychain is asked to remove its credential.
func TestARemovedConnectorLeavesTheList(t *testing.T) {
	w := newWorld()
	w.connectors["c"], w.secrets["c"] = connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA}, auth.NewSecret("x")
	v := newHeldVault(w, "delete c")
	s := startWith(t, w, withVault(w, v)).run()
	s.until("loaded", func(st wizard.State) bool { return len(st.Home.Connectors) == 1 })
	s.send(wizard.OpenConnector{ID: "c"}, wizard.AskRemove{}, wizard.Remove{})
	v.called(t, "delete c")
	s.send(wizard.GoHome{}, wizard.Edited{Field: connector.FieldSearch, Value: "at home"})
	s.until("home", func(st wizard.State) bool { return st.Screen == wizard.ScreenHome && st.Home.Search == "at home" })
	close(v.hold["delete c"])
	s.until("gone", func(st wizard.State) bool { return len(st.Home.Connectors) == 0 })
}

// TestARemovalThatFailsIsToldAtHome is the same with a keychain that is locked.
func TestARemovalThatFailsIsToldAtHome(t *testing.T) {
	w := newWorld()
	w.connectors["c"] = connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA}
	w.fail["delete c"] = connector.ErrKeychainLocked
	v := newHeldVault(w, "delete c")
	s := startWith(t, w, withVault(w, v)).run()
	s.until("loaded", func(st wizard.State) bool { return len(st.Home.Connectors) == 1 })
	s.send(wizard.OpenConnector{ID: "c"}, wizard.AskRemove{}, wizard.Remove{})
	v.called(t, "delete c")
	s.send(wizard.GoHome{})
	s.until("home", func(st wizard.State) bool { return st.Screen == wizard.ScreenHome })
	close(v.hold["delete c"])
	st := s.until("told", func(st wizard.State) bool { return len(st.Home.Failures) > 0 })
	if f := st.Home.Failures[0]; f.Problem.Kind != connector.KindKeychainLocked || f.About[0] != "Contoso" || len(st.Home.Connectors) != 1 {
		t.Errorf("%+v of %q", f.Problem, f.About)
	}
}

// TestNothingWaitsForAWindowThatCloses signs in again while the window before takes its time to close.
func TestNothingWaitsForAWindowThatCloses(t *testing.T) {
	w := newWorld()
	s := start(t, w).run().toUser()
	slow := slowWindow{make(chan struct{}, 2), make(chan struct{})}
	s.runner.keepWindow(slow)
	s.send(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate}, wizard.Edited{Field: connector.FieldSearch, Value: "pressed"})
	expectCall(t, slow)
	st := s.until("what was pressed is done", func(st wizard.State) bool { return st.Home.Search == "pressed" })
	if st.Wizard.User.Phase != wizard.PhaseOpening || w.order("open private") {
		t.Errorf("phase %q; the new window is open before the old one is closed: %v", st.Wizard.User.Phase, w.order("open private"))
	}
	close(slow.release)
	s.until("waiting for the user", waiting(userOf))
}

// TestAPastedAnswerIsNotLostOnAFullDisk pastes it on the home screen.
func TestAPastedAnswerIsNotLostOnAFullDisk(t *testing.T) {
	w := newWorld()
	w.drafts["d"] = connector.Draft{
		ID: "d", Tenant: &tenantA, Step: connector.StepAdmin, Admin: connector.Admin{Handover: &connector.Handover{State: "handed-over-state"}},
	}
	w.fail["draft d"] = errors.New("no space left on device")
	s := start(t, w).run()
	s.until("loaded", func(st wizard.State) bool { return len(st.Home.Drafts) == 1 })
	text := "http://localhost/consent?admin_consent=True&tenant=" + tenantA.ID + "&state=handed-over-state"
	s.send(wizard.AskPaste{ID: "d"}, wizard.Edited{Field: connector.FieldPaste, Value: text}, wizard.TakePaste{})
	st := s.until("told", func(st wizard.State) bool { return st.Home.PasteProblem != nil })
	if st.Home.PasteText != text {
		t.Errorf("the text became %q", st.Home.PasteText)
	}
	s.send(wizard.TakePaste{})
	s.until("kept", func(st wizard.State) bool {
		return st.Home.Paste == "" && st.Home.PasteProblem == nil && st.Home.Drafts[0].Admin.Status == connector.AdminReported
	})
}

// TestSaveIsNotCutShortByLeaving forgets the grant, and drops the draft of a renewal, while Save waits for the keychain.
func TestSaveIsNotCutShortByLeaving(t *testing.T) {
	w := newWorld()
	w.connectors["c"], w.secrets["c"] = connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA}, auth.NewSecret("old")
	v := newHeldVault(w, "put credential")
	r := New(withVault(w, v), nil, func(wizard.State) {})
	r.grant = &grant{attempt: 1, session: w.session, consented: day}
	d := connector.Draft{ID: "r", Renews: "c", Name: "Contoso", Tenant: &tenantA}
	r.perform(t.Context(), wizard.SaveConnector{Attempt: 2, Draft: d, Checks: passed()})
	r.perform(t.Context(), wizard.ForgetGrant{})
	r.perform(t.Context(), wizard.DropDraft{ID: "r"})
	v.called(t, "put credential")
	close(v.hold["put credential"])
	r.work.Wait()
	if got := w.secrets["c"]; got.Reveal() != "credential" || len(w.drafts) != 0 || r.currentGrant() != nil {
		t.Errorf("the keychain holds %q; drafts %+v", got.Reveal(), w.drafts)
	}
}

// TestADraftThatWasSavedIsNotOffered asks for the lists while the keychain is asked to forget what it held for the draft.
func TestADraftThatWasSavedIsNotOffered(t *testing.T) {
	w := newWorld()
	w.drafts["d"] = connector.Draft{ID: "d"}
	v := newHeldVault(w, "delete draft-d")
	r := New(withVault(w, v), nil, func(wizard.State) {})
	r.grant = &grant{attempt: 1, session: w.session, consented: day}
	r.perform(t.Context(), wizard.SaveConnector{Attempt: 2, Draft: connector.Draft{ID: "d", Name: "Contoso", Tenant: &tenantA}, Checks: passed()})
	v.called(t, "delete draft-d")
	if lists := r.load(); len(lists.Drafts) != 0 || len(lists.Connectors) != 1 {
		t.Errorf("%+v", lists)
	}
	close(v.hold["delete draft-d"])
	r.work.Wait()
	if len(w.drafts) != 0 {
		t.Errorf("%+v", w.drafts)
	}
}

// TestTheEndDoesNotWaitForALastPage ends the program while a private window stays open on its last page.
func TestTheEndDoesNotWaitForALastPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		r := New(w.ports(), nil, func(wizard.State) {})
		ctx, cancel := context.WithCancel(context.Background())
		r.ending = ctx.Done()
		begun := time.Now()
		closed := func(window connector.Window) time.Duration {
			r.keepWindow(window)
			r.closeLater(window, r.limits.linger)
			r.work.Wait()
			return time.Since(begun)
		}
		if took := closed(&fakeWindow{world: w}); took != 2*time.Second {
			t.Errorf("closed after %v", took)
		}
		cancel()
		begun = time.Now()
		if took := closed(&fakeWindow{world: w}); took != 0 || len(r.openWindows()) != 0 {
			t.Errorf("at the end it is closed after %v", took)
		}
	})
}
