package keeper

import (
	"context"
	"errors"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/problems"
)

// CheckLimit is how long the checks of one connector may take; each of their calls has a limit of its own.
const CheckLimit = 10 * time.Minute

// Check runs the checks of a saved connector and keeps their outcome in the list. emit is told every change of a check. Where it can't be
// checked its error is ErrOrigin.
func (k Keeper) Check(ctx context.Context, id string, emit func(connector.Check)) (connector.Connector, error) {
	c, err := k.check(ctx, id, surroundings{sleep: k.Ports.Sleep, keychain: k.Ports.Vault.Tested, clock: k.Ports.Tenants.AskClock, atOnce: true}, emit)
	k.logChecked(id, c, err)
	return c, err
}

// CheckLasting is Check for a connector of which nobody has checked whether its sign-in lasts. Where another process has done that meanwhile no check
// is made, and the connector comes as it is.
func (k Keeper) CheckLasting(ctx context.Context, id string, emit func(connector.Check)) (connector.Connector, error) {
	ctx, cancel := context.WithTimeout(ctx, CheckLimit)
	defer cancel()
	begun := false
	c, err := k.check(ctx, id, surroundings{
		sleep: k.Ports.Sleep, keychain: k.Ports.Vault.Tested, clock: k.Ports.Tenants.AskClock, atOnce: true, onlyLasting: true,
	}, func(check connector.Check) {
		begun = true
		emit(check)
	})
	if begun || err != nil {
		k.logChecked(id, c, err)
	}
	return c, err
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
	// onlyLasting leaves a connector alone of which it is known whether its sign-in lasts.
	onlyLasting bool
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
	if s.onlyLasting && c.CheckFrom().IsZero() {
		return c, nil
	}
	if c.Origin == connector.OriginLink {
		return k.checkKept(ctx, c, s, emit)
	}
	cloud, err := k.Ports.CloudOf(c.Tenant.Cloud)
	if err != nil {
		return c, errors.Join(err, k.noteUnchecked(c, err))
	}
	session, c, err := k.session(ctx, c)
	switch {
	case errors.Is(err, connector.ErrVaultRight):
		return k.checkTags(ctx, c, err, emit)
	case err != nil:
		return c, errors.Join(err, k.noteUnchecked(c, err))
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
		return c, errors.Join(ctx.Err(), k.noteUnchecked(c, ctx.Err()))
	}
	c = k.withOutcome(c, made)
	return c, k.Ports.Store.PutConnector(c)
}

// checkTags keeps of a connector whose key vault lets nobody here read its secrets what their tags tell: that they are there, and when the refresh
// token was last written. None of the checks could be made; why says so.
func (k Keeper) checkTags(ctx context.Context, c connector.Connector, why error, emit func(connector.Check)) (connector.Connector, error) {
	var tags *connector.VaultSecret
	vault, err := k.openVault(c.Tenant.Cloud, c.Vault.URL)
	if err != nil {
		return c, errors.Join(err, k.noteUnchecked(c, err))
	}
	s, err := vault.Tags(ctx, c.Vault.Secret(connector.VaultRefreshToken))
	switch {
	case err == nil:
		tags = &s
		if s.Created.After(c.Refreshed) {
			c.Refreshed = s.Created
		}
	case !errors.Is(err, connector.ErrVaultRight):
		return c, errors.Join(err, k.noteUnchecked(c, err))
	}
	p := problems.Of(why, k.Ports.Now())
	made := checks.OfTags(c, tags, p, k.Ports.Now())
	for _, check := range made {
		if emit != nil {
			emit(check)
		}
	}
	if ctx.Err() != nil {
		return c, ctx.Err()
	}
	c = k.past(checks.WithOutcome(c, made), connector.Past{What: connector.HappenedUnchecked, Problem: p.Kind})
	return c, k.Ports.Store.PutConnector(c)
}
