package runner

import (
	"context"
	"errors"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
)

// sweepless is a world whose keychain can't be swept.
type sweepless struct {
	*world
	err error
}

func (s sweepless) Sweep(context.Context) error { return s.err }

// draftless is a store whose drafts can't be read any more after so many times.
type draftless struct {
	fakeStore
	reads int
	err   error
}

func (s *draftless) Drafts() ([]connector.Draft, error) {
	if s.reads--; s.reads < 0 {
		return nil, s.err
	}
	return s.fakeStore.Drafts()
}

// TestASweepTellsWhatItCouldNotDo: whatever fails comes back, and keeps nothing else from being swept.
func TestASweepTellsWhatItCouldNotDo(t *testing.T) {
	why := errors.New("it does not work")
	saving := func(id, renews string) connector.Draft { return connector.Draft{ID: id, Renews: renews, Saving: true} }
	for what, c := range map[string]struct {
		draft connector.Draft
		saved bool
		// stays is the credential that the failure leaves.
		stays string
	}{
		"lock a":          {saving("a", ""), false, "a"},
		"read connectors": {saving("a", ""), false, "a"},
		"delete a":        {saving("a", ""), false, "a"},
		"draft a":         {saving("a", ""), false, ""},
		"delete draft-a":  {saving("a", ""), true, "draft-a"},
		"undraft a":       {saving("a", ""), true, ""},
		"lock renewed":    {saving("a", "renewed"), false, "draft-a"},
		"undraft r":       {saving("r", "renewed"), false, ""},
	} {
		t.Run(what, func(t *testing.T) {
			w := newWorld()
			w.drafts[c.draft.ID] = c.draft
			if c.saved {
				w.connectors["a"] = connector.Connector{ID: "a"}
			}
			for _, id := range []string{"a", "draft-a"} {
				w.secrets[id] = auth.NewSecret("credential")
			}
			if what != "read connectors" { // that spoils the other one too
				w.drafts["b"] = saving("b", "")
			}
			w.fail[what] = why
			changed, err := keeper.Keeper{Ports: w.ports()}.Sweep(context.Background())
			if !changed || !errors.Is(err, why) {
				t.Errorf("changed: %v, %v, want %v", changed, err, why)
			}
			if !w.drafts[c.draft.ID].Saving {
				t.Error("it is not tried again")
			}
			if w.drafts["b"].Saving {
				t.Error("the other Save was not ended")
			}
			if _, kept := w.secrets[c.stays]; c.stays != "" && !kept {
				t.Errorf("%s is gone", c.stays)
			}
		})
	}
}

func TestASweepOfAKeychainThatFails(t *testing.T) {
	locked, unreadable := connector.ErrKeychainLocked, connector.ErrListDamaged
	w := newWorld()
	w.drafts["a"] = connector.Draft{ID: "a", Saving: true}
	ports := w.ports()
	ports.Vault = sweepless{w, locked}
	if changed, err := (keeper.Keeper{Ports: ports}).Sweep(context.Background()); !changed || !errors.Is(err, locked) || w.drafts["a"].Saving {
		t.Errorf("changed: %v, %v; still marked: %v", changed, err, w.drafts["a"].Saving)
	}
	ports.Store = &draftless{fakeStore{w}, 0, unreadable}
	if changed, err := (keeper.Keeper{Ports: ports}).Sweep(context.Background()); changed || !errors.Is(err, locked) || !errors.Is(err, unreadable) {
		t.Errorf("changed: %v, %v", changed, err)
	}
	w.drafts["a"] = connector.Draft{ID: "a", Saving: true}
	ports.Store = &draftless{fakeStore{w}, 1, unreadable} // not under the lock either
	if _, err := (keeper.Keeper{Ports: ports}).Sweep(context.Background()); !errors.Is(err, unreadable) {
		t.Errorf("%v, want %v", err, unreadable)
	}
}
