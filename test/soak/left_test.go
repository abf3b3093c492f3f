//go:build e2e && linux

package soak

import (
	"context"
	"slices"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/wizard"
)

// beforeCopies puts two copies beside the credential: one that is nothing, and one that looks like another credential.
func (k *killing) beforeCopies() {
	k.t.Helper()
	k.putBack()
	k.keychain.plant(k.t, k.place.service, k.id, "nothing of ours")
	k.keychain.plant(k.t, k.place.service, k.id, `{"format":1}`)
	k.expectItems([]string{k.id, k.id, k.id})
}

// afterCopies checks that one removal more leaves nothing in the keychain, however far the first one came.
func (k *killing) afterCopies(e *engine.Engine, connectors []connector.Connector) (outcome string) {
	k.t.Helper()
	outcome = outcomeNew
	if items := k.keychain.accounts(k.t, k.place.service); len(items) > 0 {
		outcome = outcomeOld
		if len(connectors) != 1 {
			k.t.Errorf("%v have no connector", items)
		}
	}
	for _, c := range connectors {
		if err := e.Keeper().Remove(context.Background(), c.ID); err != nil {
			k.t.Error(err)
		}
	}
	k.expectItems(nil)
	return outcome
}

// wrongBy is how far the clock of the next start is off.
const wrongBy = 3 * time.Hour

// afterDraft checks that the draft is there with the user name from before or after, and that whoever goes on with it on a computer whose
// clock is wrong is told so, and gets no consent.
func (k *killing) afterDraft(e *engine.Engine, drafts []connector.Draft) (outcome string) {
	k.t.Helper()
	k.expectItems(nil)
	f := factsOf(k.cloud)
	if len(drafts) != 1 {
		k.t.Fatalf("%d drafts", len(drafts))
	}
	switch drafts[0].UPN {
	case f.UPN:
		outcome = outcomeOld
	case typedUPN(f):
		outcome = outcomeNew
	default:
		k.t.Errorf("the draft has the user name %q", drafts[0].UPN)
	}
	k.expectClockTold(drafts[0].ID)
	if err := e.Keeper().RemoveDraft(context.Background(), drafts[0].ID); err != nil {
		k.t.Error(err)
	}
	return outcome
}

func (k *killing) expectClockTold(id string) {
	k.t.Helper()
	p := k.place
	p.now = func() time.Time { return time.Now().Add(wrongBy) }
	e, err := p.open(context.Background())
	if err != nil {
		k.t.Fatal(err)
	}
	w, stop := begin(e, factsOf(k.cloud))
	defer stop()
	err = w.all(
		step{"home", nil, func(s wizard.State) bool {
			return slices.ContainsFunc(s.Home.Drafts, func(d connector.Draft) bool { return d.ID == id })
		}},
		step{"the draft", []wizard.Event{wizard.OpenDraft{ID: id}}, func(s wizard.State) bool {
			return s.Wizard.Draft.ID == id && s.Wizard.Lookup.Attempt > 0 && !s.Wizard.Lookup.Running
		}},
		step{"the clock", nil, func(s wizard.State) bool {
			return s.Wizard.Lookup.Clock != nil && s.Refuses(wizard.StartAdmin{Way: wizard.WayDefault}) == wizard.ReasonClock
		}},
	)
	if err != nil {
		k.t.Error(err)
	}
}
