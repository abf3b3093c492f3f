package keeper

import (
	"context"
	"errors"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
)

// CheckLimit is how long the checks of one connector may take; each of their calls has a limit of its own.
const CheckLimit = 10 * time.Minute

// Check runs the checks of a saved connector and keeps their outcome in the list. emit is told every change of a check. Where it can't be
// checked its error is ErrOrigin.
func (k Keeper) Check(ctx context.Context, id string, emit func(connector.Check)) (connector.Connector, error) {
	return k.check(ctx, id, surroundings{sleep: k.Ports.Sleep, keychain: k.Ports.Vault.Tested, clock: k.Ports.Tenants.AskClock, atOnce: true}, emit)
}

// surroundings are what the checks of several connectors have in common.
type surroundings struct {
	sleep    func(context.Context, time.Duration) error
	waits    *checks.Waits
	keychain func(context.Context) error
	// clock asks a cloud by how much its clock is ahead of this computer's.
	clock func(ctx context.Context, cloud string) time.Duration
	// atOnce says that this connector is checked alone, so that both APIs may be asked at the same time.
	atOnce bool
}

func (k Keeper) check(ctx context.Context, id string, s surroundings, emit func(connector.Check)) (connector.Connector, error) {
	unlock, err := k.Ports.Store.Lock(ctx, id)
	if err != nil {
		return connector.Connector{}, err
	}
	defer unlock()
	c, err := k.get(id)
	if err != nil {
		return connector.Connector{}, err
	}
	if !c.Can().Check {
		return c, connector.ErrOrigin
	}
	if c.Origin == connector.OriginLink {
		return k.checkKept(ctx, c, s, emit)
	}
	cloud, ok := k.Ports.Clouds.Cloud(c.Tenant.Cloud)
	if !ok {
		return c, &auth.Error{Stage: auth.StageDiscovery, Cause: auth.ErrUnknownCloud}
	}
	session, err := k.resume(ctx, c)
	if err != nil {
		return c, errors.Join(err, k.noteProblem(c, err))
	}
	made := checks.Run(ctx, checks.Input{
		Tenant: c.Tenant, Cloud: cloud, ClientID: c.ClientID, UPN: c.User.UPN, AdminTenant: c.Admin.Tenant, WithGroups: c.WithGroups, Scopes: c.Scopes,
		Role: c.Role, ClientKind: c.ClientKind, SecretExpires: c.SecretExpires,
		Session: session, PartnerCenter: k.Ports.Clouds.PartnerCenter(cloud), Graph: k.Ports.Clouds.Graph(cloud),
		ClockOffset:  func(ctx context.Context) time.Duration { return s.clock(ctx, cloud.Name) },
		KeychainTest: s.keychain, Now: k.Ports.Now, Sleep: s.sleep, Consented: c.Consented, Saved: &c, Waits: s.waits, AtOnce: s.atOnce,
	}, emit)
	// What was redeemed before the checks were cut short is stored all the same. Where it can't be, the stored refresh token stays in use.
	_ = session.Keep(ctx)
	if ctx.Err() != nil {
		return c, ctx.Err()
	}
	c = checks.WithOutcome(c, made)
	return c, k.Ports.Store.PutConnector(c)
}
