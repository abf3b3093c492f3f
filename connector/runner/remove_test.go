package runner

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/wizard"
)

// TestSweepEndsASave: whatever a Save had done when the program was killed, afterwards a credential has its connector.
func TestSweepEndsASave(t *testing.T) {
	credential := auth.NewSecret("credential")
	for _, c := range []struct {
		name    string
		draft   connector.Draft
		listed  []string
		secrets []string
		// drafts, marked and kept are what is left of them.
		drafts, marked int
		kept           []string
	}{
		{"not begun", connector.Draft{ID: "a"}, nil, []string{"draft-a"}, 1, 0, []string{"draft-a"}},
		{"begun", connector.Draft{ID: "a", Saving: true}, nil, []string{"draft-a"}, 1, 0, []string{"draft-a"}},
		{"credential written", connector.Draft{ID: "a", Saving: true}, nil, []string{"a", "draft-a"}, 1, 0, []string{"draft-a"}},
		{"in the list", connector.Draft{ID: "a", Saving: true}, []string{"a"}, []string{"a", "draft-a"}, 0, 0, []string{"a"}},
		{"draft's secret gone", connector.Draft{ID: "a", Saving: true}, []string{"a"}, []string{"a"}, 0, 0, []string{"a"}},
		{"renewal not begun", connector.Draft{ID: "r", Renews: "a"}, []string{"a"}, []string{"a", "draft-r"}, 1, 0, []string{"a", "draft-r"}},
		{"renewal", connector.Draft{ID: "r", Renews: "a", Saving: true}, []string{"a"}, []string{"a", "draft-r"}, 0, 0, []string{"a"}},
		{"renewal of one that was removed", connector.Draft{ID: "r", Renews: "a", Saving: true}, nil, []string{"draft-r"}, 0, 0, nil},
		{"renewal of one that an older version brought back", connector.Draft{ID: "r", Renews: "a", Saving: true}, nil, []string{"a", "draft-r"}, 0, 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			w.drafts[c.draft.ID] = c.draft
			for _, id := range c.listed {
				w.connectors[id] = connector.Connector{ID: id}
			}
			for _, id := range c.secrets {
				w.secrets[id] = credential
			}
			k := keeper.Keeper{Ports: w.ports()}
			changed, err := k.Sweep(context.Background())
			if err != nil || changed != c.draft.Saving {
				t.Fatalf("changed: %v, %v", changed, err)
			}
			if _, err := k.Sweep(context.Background()); err != nil {
				t.Error(err)
			}
			if got := slices.Sorted(maps.Keys(w.secrets)); !slices.Equal(got, c.kept) {
				t.Errorf("the keychain holds %q, want %q", got, c.kept)
			}
			marked := 0
			for _, d := range w.drafts {
				if d.Saving {
					marked++
				}
			}
			if len(w.drafts) != c.drafts || marked != c.marked || len(w.connectors) != len(c.listed) {
				t.Errorf("%d drafts, %d marked, %d connectors", len(w.drafts), marked, len(w.connectors))
			}
		})
	}
}

func TestSweepThatFailsIsTriedAgain(t *testing.T) {
	w := newWorld()
	w.drafts["a"] = connector.Draft{ID: "a", Saving: true}
	w.secrets["a"] = auth.NewSecret("credential")
	w.fail["delete a"] = connector.ErrKeychainLocked
	k := keeper.Keeper{Ports: w.ports()}
	if _, err := k.Sweep(context.Background()); !errors.Is(err, connector.ErrKeychainLocked) || !w.drafts["a"].Saving {
		t.Fatalf("%v; still marked: %v", err, w.drafts["a"].Saving)
	}
	if _, err := k.Sweep(context.Background()); err != nil || w.drafts["a"].Saving || len(w.secrets) != 0 {
		t.Errorf("%v; marked: %v, %d items", err, w.drafts["a"].Saving, len(w.secrets))
	}
}

func TestRemoveDraftTakesAnUnsavedCredentialAlong(t *testing.T) {
	w := newWorld()
	w.drafts["a"], w.drafts["b"] = connector.Draft{ID: "a"}, connector.Draft{ID: "b"}
	w.connectors["b"] = connector.Connector{ID: "b"}
	for _, id := range []string{"a", "draft-a", "b", "draft-b"} {
		w.secrets[id] = auth.NewSecret("x")
	}
	k := keeper.Keeper{Ports: w.ports()}
	for _, id := range []string{"a", "b"} {
		if err := k.RemoveDraft(context.Background(), id); err != nil {
			t.Fatal(err)
		}
	}
	if got := slices.Sorted(maps.Keys(w.secrets)); !slices.Equal(got, []string{"b"}) || len(w.drafts) != 0 {
		t.Errorf("the keychain holds %q, the list %d drafts", got, len(w.drafts))
	}
}

// TestSaveThatTheListRefuses holds that a Save which does not get into the list takes its credential back, or leaves the mark by which Sweep
// will.
func TestSaveThatTheListRefuses(t *testing.T) {
	for name, keychain := range map[string]error{"the keychain answers": nil, "the keychain is locked by then": connector.ErrKeychainLocked} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			s := start(t, w).run().toChecked()
			id := s.draftID()
			w.mu.Lock()
			w.fail["list "+id], w.fail["delete "+id] = errors.New("the disk is full"), keychain
			w.mu.Unlock()
			s.send(wizard.Save{})
			s.until("not saved", func(st wizard.State) bool { return st.Wizard.Problem != nil })
			w.mu.Lock()
			_, left := w.secrets[id]
			marked := w.drafts[id].Saving
			w.mu.Unlock()
			if want := keychain != nil; marked != want || left != want || !w.order("lock "+id, "draft "+id, "put "+id, "unlock "+id) {
				t.Errorf("marked: %v, a credential is left: %v; %v", marked, left, w.log)
			}
			s.send(wizard.GoTo{Step: connector.StepConnector}, wizard.Edited{Field: connector.FieldName, Value: "typed since"}, wizard.GoTo{Step: connector.StepCheck})
			w.until(t, "what was typed since, marked as before", func() bool {
				d := w.drafts[id]
				return d.Name == "typed since" && d.Step == connector.StepCheck && d.Saving == marked
			})
			s.until("back", func(st wizard.State) bool {
				return st.Wizard.Draft.Step == connector.StepCheck && !st.Wizard.Checking.Running
			})
			s.send(wizard.Save{})
			s.until("saved", func(st wizard.State) bool { return st.Wizard.Saved != nil && len(st.Home.Drafts) == 0 })
			s.end()
		})
	}
}

// TestADraftThatPointsToACredentialStays: where the list can't be read nobody knows whether the credential is that of a saved connector.
func TestADraftThatPointsToACredentialStays(t *testing.T) {
	for _, saving := range []bool{true, false} {
		w := newWorld()
		w.drafts["a"] = connector.Draft{ID: "a", Saving: saving}
		w.secrets["a"], w.secrets["draft-a"] = auth.NewSecret("x"), auth.NewSecret("x")
		w.fail["read connectors"] = connector.ErrListDamaged
		err := keeper.Keeper{Ports: w.ports()}.RemoveDraft(context.Background(), "a")
		items := map[bool]int{true: 2, false: 1}[saving]
		if saving != errors.Is(err, connector.ErrListDamaged) || (len(w.drafts) == 1) != saving || len(w.secrets) != items {
			t.Errorf("saving: %v; %v, %d drafts, %d items", saving, err, len(w.drafts), len(w.secrets))
		}
	}
}

// TestSweepLeavesWhatWasTypedMeanwhile ends a Save that was cut short while somebody goes on with its draft.
func TestSweepLeavesWhatWasTypedMeanwhile(t *testing.T) {
	w := newWorld()
	w.drafts["a"] = connector.Draft{ID: "a", Saving: true, Name: "before"}
	w.secrets["a"] = auth.NewSecret("credential")
	v := newHeldVault(w, "delete a")
	ended := make(chan error)
	go func() { _, err := keeper.Keeper{Ports: withVault(w, v)}.Sweep(context.Background()); ended <- err }()
	v.called(t, "delete a")
	if err := w.ports().Store.PutDraft(connector.Draft{ID: "a", Saving: true, Name: "typed meanwhile"}); err != nil {
		t.Fatal(err)
	}
	close(v.hold["delete a"])
	if err := <-ended; err != nil || w.drafts["a"].Name != "typed meanwhile" || w.drafts["a"].Saving {
		t.Errorf("%v, %+v", err, w.drafts["a"])
	}
}

// A connector is removed whole or not at all: where the list can't be written its credential stays, and where the end of it can't be written
// the list does not vouch for what is gone.
func TestARemovalThatFailsHalfWay(t *testing.T) {
	for step, want := range map[string]struct {
		health connector.Health
		items  int
	}{
		"list a":   {connector.HealthGood, 1},
		"delete a": {connector.HealthSignIn, 1},
		"unlist a": {connector.HealthSignIn, 0},
	} {
		w := newWorld()
		w.connectors["a"], w.secrets["a"] = connector.Connector{ID: "a", Name: "Contoso", Health: connector.HealthGood}, auth.NewSecret("credential")
		w.fail[step] = errors.New("no space left on device")
		k := keeper.Keeper{Ports: w.ports()}
		if err := k.Remove(t.Context(), "a"); err == nil {
			t.Fatalf("%s: nothing failed", step)
		}
		if got := w.connectors["a"].Health; got != want.health || len(w.secrets) != want.items {
			t.Errorf("%s: %q, %d items in the keychain", step, got, len(w.secrets))
		}
		if err := k.Remove(t.Context(), "b"); err != nil || len(w.connectors) != 1 {
			t.Errorf("%s: one that is not there: %v, %d connectors", step, err, len(w.connectors))
		}
		if err := k.Remove(t.Context(), "a"); err != nil || len(w.connectors)+len(w.secrets) != 0 {
			t.Errorf("%s, tried again: %v, %d connectors, %d items", step, err, len(w.connectors), len(w.secrets))
		}
	}
}
