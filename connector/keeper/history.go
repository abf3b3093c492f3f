package keeper

import (
	"context"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/problems"
)

// past returns the connector with something more in its history, which happened now.
func (k Keeper) past(c connector.Connector, p connector.Past) connector.Connector {
	p.From, p.Scheduled = k.Ports.Now(), k.Scheduled
	return c.WithPast(p)
}

// withOutcome returns the connector with the outcome of checks that were just made, which its history keeps too.
func (k Keeper) withOutcome(c connector.Connector, made []connector.Check) connector.Connector {
	c = checks.WithOutcome(c, made)
	return k.past(c, connector.Past{What: connector.HappenedCheck, Health: c.Health})
}

// noteUnchecked notes in the list why the checks could not be made: in the history always, and in the health if a person must sign in, or if the
// client secret or certificate has ended. A history that can't be written is no error of the checks. What a person stopped is not noted.
func (k Keeper) noteUnchecked(c connector.Connector, err error) error {
	p := problems.Of(err, k.Ports.Now())
	if p == nil {
		return nil
	}
	noted := k.past(checks.WithProblem(c, p), connector.Past{What: connector.HappenedUnchecked, Problem: p.Kind})
	if err := k.Ports.Store.PutConnector(noted); noted.Health != c.Health {
		return err
	}
	return nil
}

// noteUnbegun notes the same of a connector whose checks were not begun.
func (k Keeper) noteUnbegun(ctx context.Context, id string, why error) error {
	unlock, err := k.Ports.Store.Lock(ctx, id)
	if err != nil {
		return err
	}
	defer unlock()
	c, err := k.get(id)
	if err != nil || !c.Can().Check {
		return err
	}
	return k.noteUnchecked(c, why)
}

// noteRefusal notes in the list that a person must sign in, or that the client secret or certificate has ended, if that is what problems say
// that came of asking for tokens. What is known already is not written again: a server may ask for tokens all day.
func (k Keeper) noteRefusal(c connector.Connector, found ...*connector.Problem) error {
	noted, why := c, connector.KindUnknown
	for _, p := range found {
		before := noted.Health
		if noted = checks.WithProblem(noted, p); noted.Health != before {
			why = p.Kind
		}
	}
	if noted.Health == c.Health {
		return nil
	}
	return k.Ports.Store.PutConnector(k.past(noted, connector.Past{What: connector.HappenedRefused, Problem: why}))
}
