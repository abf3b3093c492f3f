package keeper

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/problems"
)

// CheckLinks checks what can be known of the two links of a draft from a saved connector of our own in the same tenant; emit is told every
// change of a check. Its error is that of a cloud that is not known.
func (k Keeper) CheckLinks(ctx context.Context, d connector.Draft, emit func(connector.Check)) ([]connector.Check, error) {
	c := connector.Connector{Origin: connector.OriginLink, User: connector.Identity{UPN: d.UPN}, Links: d.Links}
	if d.Tenant != nil {
		c.Tenant = *d.Tenant
	}
	return k.lookAt(ctx, c, surroundings{sleep: k.Ports.Sleep}, emit)
}

// checkKept checks a saved connector that another product keeps, and keeps the outcome. The caller holds its lock.
func (k Keeper) checkKept(ctx context.Context, c connector.Connector, s surroundings, emit func(connector.Check)) (connector.Connector, error) {
	made, err := k.lookAt(ctx, c, s, emit)
	switch {
	case err != nil:
		return c, errors.Join(err, k.noteUnchecked(c, err))
	case ctx.Err() != nil:
		return c, errors.Join(ctx.Err(), k.noteUnchecked(c, ctx.Err()))
	}
	c = k.withOutcome(c, made)
	return c, k.Ports.Store.PutConnector(c)
}

// lookAt looks at a connector that another product keeps with one of our own, of which it holds the lock meanwhile. Locks of connectors that
// others keep are taken before those of our own, never after.
func (k Keeper) lookAt(ctx context.Context, c connector.Connector, s surroundings, emit func(connector.Check)) ([]connector.Check, error) {
	cloud, err := k.Ports.CloudOf(c.Tenant.Cloud)
	if err != nil {
		return nil, err
	}
	in := checks.LinkInput{
		Tenant: c.Tenant, UPN: c.User.UPN, Cloud: cloud, PartnerCenter: k.Ports.Clouds.PartnerCenter(cloud), Graph: k.Ports.Clouds.Graph(cloud),
		Now: k.Ports.Now, Sleep: s.sleep, Waits: s.waits,
	}
	if c.Links != nil {
		in.Links = *c.Links
	}
	own, err := k.ownOf(c.Tenant)
	if own == nil {
		in.Problem = problems.Of(err, k.Ports.Now())
		return checks.RunLinks(ctx, in, emit), nil
	}
	in.Own = own
	unlock, err := k.Ports.Store.Lock(ctx, own.ID)
	if err != nil {
		in.Problem = problems.Of(err, k.Ports.Now())
		return checks.RunLinks(ctx, in, emit), nil
	}
	defer unlock()
	return k.lookWith(ctx, in, emit), nil
}

// lookWith makes the checks with the connector of our own whose lock is held.
func (k Keeper) lookWith(ctx context.Context, in checks.LinkInput, emit func(connector.Check)) []connector.Check {
	own, err := k.get(in.Own.ID)
	if err == nil {
		in.Own = &own
		in.Session, err = k.resume(ctx, own)
	}
	if err != nil {
		in.Session, in.Problem = nil, problems.Of(err, k.Ports.Now())
		problems.FitClient(in.Problem, own.ClientKind)
	}
	made := checks.RunLinks(ctx, in, emit)
	// What can't be stored or noted shows when that connector itself is checked; the stored refresh token stays in use.
	if in.Session != nil {
		_ = in.Session.Keep(ctx)
	}
	_ = k.noteOwn(*in.Own, append(made, connector.Check{Problem: in.Problem}))
	return made
}

// ownOf returns the connector of our own to look with in a tenant: one that may read the directory before one that may not, and a healthy one
// before others; nil where none is saved. Its errors are those of the Store, where nothing was found.
func (k Keeper) ownOf(tenant auth.Tenant) (*connector.Connector, error) {
	all, err := k.List()
	all = slices.DeleteFunc(all, func(c connector.Connector) bool {
		return !c.Witness(tenant)
	})
	if len(all) == 0 {
		return nil, err
	}
	now := k.Ports.Now()
	best := slices.MinFunc(all, func(a, b connector.Connector) int {
		return cmp.Compare(witnessRank(a, checks.HealthAt(a, now)), witnessRank(b, checks.HealthAt(b, now)))
	})
	return &best, nil
}

// witnessRank is how little a connector is fit to look with: a sign-in that has ended is of no use at all.
func witnessRank(c connector.Connector, h connector.Health) int {
	reads := slices.Contains(c.Scopes, auth.ScopeApplications) && slices.Contains(c.Scopes, auth.ScopeGrants)
	ended := h == connector.HealthSignIn || h == connector.HealthExpired
	switch {
	case reads && !ended:
		return 0
	case !ended:
		return 1
	case reads:
		return 2
	}
	return 3
}

// noteOwn notes in the list what looking with a connector of our own told of that one: that a person must sign in, or that its client secret or
// certificate has ended.
func (k Keeper) noteOwn(own connector.Connector, made []connector.Check) error {
	found := make([]*connector.Problem, len(made))
	for i, c := range made {
		found[i] = c.Problem
	}
	return k.noteRefusal(own, found...)
}
