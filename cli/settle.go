package cli

import (
	"context"
	"errors"

	"partner-center-connector/connector/wizard"
)

// settle waits until nothing is under way that ends by itself, and tells what comes meanwhile. A person can end or change a wait.
func (c *conversation) settle(ctx context.Context) (wizard.State, error) {
	for {
		state := c.states.newest()
		if !state.Wizard.Open || !underWay(state.Wizard) {
			return state, nil
		}
		c.tell(state)
		if !c.mayAsk || c.stdinClosed || !consentWaits(state.Wizard) {
			select {
			case <-c.states.wake:
			case <-ctx.Done():
				return state, ctx.Err()
			}
			continue
		}
		if err := upToMenu(c.wait(ctx)); err != nil && !errors.Is(err, errMoved) {
			return state, err
		}
	}
}

func underWay(w wizard.Wizard) bool {
	return w.Ready.Running || w.Lookup.Running || w.StoringSecret.Running || readsLinks(w) || w.Checking.Running || w.Saving.Running ||
		w.Admin.Busy() || w.User.Busy()
}

// readsLinks reports whether links are being read or looked for, or the tenants that they name looked up.
func readsLinks(w wizard.Wizard) bool {
	for _, lookup := range w.Links.Tenants {
		if lookup.Running {
			return true
		}
	}
	return w.Links.Reading.Running || w.Draft.Links != nil && w.Links.Held == nil
}

// consentWaits reports whether a browser's answer is waited for.
func consentWaits(w wizard.Wizard) bool {
	return w.Admin.Phase == wizard.PhaseWaiting || w.User.Phase == wizard.PhaseWaiting
}
