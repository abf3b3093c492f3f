package keeper

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/problems"
)

// TakeBack takes the credential of a connector of origin OriginVault back to the keychain of this computer, once a refresh with it has succeeded. The
// vault keeps what it has, and is among the connector's Copies then. Its errors are ErrOrigin, ErrVaultHere, where the credential is here, those of
// the vault, and those of Redeemer, Vault and Store.
func (k Keeper) TakeBack(ctx context.Context, id string) (connector.Connector, error) {
	unlock, err := k.Ports.Store.Lock(ctx, id)
	if err != nil {
		return connector.Connector{}, err
	}
	defer unlock()
	c, err := k.get(id)
	switch {
	case err != nil:
		return c, err
	case c.Can().Credential:
		return c, connector.ErrVaultHere
	}
	v, err := k.standing(ctx, c)
	if err != nil {
		return c, err
	}
	return k.takeOver(ctx, v, c, true, "")
}

// Adopt takes a credential back that this program wrote to a key vault on another computer: the list need not have its connector. It is called name
// here; where that is empty, a connector of the list keeps its name, and another one gets that by which it is there. Its errors are those of TakeBack, ErrNameTaken, and those of the discovery of the tenant.
func (k Keeper) Adopt(ctx context.Context, cloudName string, place connector.VaultPlace, name string) (connector.Connector, error) {
	v, err := k.found(ctx, cloudName, place)
	if err != nil {
		return connector.Connector{}, err
	}
	c := connector.OfVault(v.token.Tags)
	c.Name = cmp.Or(connector.CleanName(name), v.place.Name)
	unlock, err := k.Ports.Store.Lock(ctx, c.ID)
	if err != nil {
		return connector.Connector{}, err
	}
	defer unlock()
	listed, there, err := k.saved(c.ID)
	switch {
	case err != nil:
		return connector.Connector{}, err
	case there && listed.Origin != connector.OriginVault:
		return listed, connector.ErrVaultHere
	case there:
		return k.takeOver(ctx, v, listed, true, name)
	}
	if c, err = k.described(ctx, c, v); err != nil {
		return connector.Connector{}, err
	}
	return k.takeOver(ctx, v, c, false, "")
}

// described is a connector that is not in the list, as far as the vault and its tenant's document describe it.
func (k Keeper) described(ctx context.Context, c connector.Connector, v vaulted) (connector.Connector, error) {
	named, err := k.Ports.Store.Named(c.Name)
	switch {
	case err != nil:
		return c, err
	case len(named) > 0:
		return c, connector.ErrNameTaken
	}
	tenants, err := k.Ports.Tenants.FindTenant(ctx, c.Tenant.ID)
	if err != nil {
		return c, err
	}
	i := slices.IndexFunc(tenants, func(t auth.Tenant) bool { return t.Cloud == c.Tenant.Cloud && strings.EqualFold(t.ID, c.Tenant.ID) })
	if i < 0 {
		return c, &auth.Error{Stage: auth.StageDiscovery, Cause: auth.ErrUnknownTenant}
	}
	c.Tenant, c.ClientID, c.Saved, c.Vault = tenants[i], v.clientID, k.Ports.Now(), &v.place
	return c, nil
}

// takeOver proves what is in the vault by a refresh, and keeps it here. The list has the connector as the vault's, with what may be left over, until
// the keychain has its credential: whatever ends this in between, the next start puts right. Where the list had another place for it, that is one of
// the copies afterwards, and stays as it is until then. A name that is not empty becomes the connector's. The caller holds the lock.
func (k Keeper) takeOver(ctx context.Context, v vaulted, c connector.Connector, listed bool, name string) (connector.Connector, error) {
	before := c
	c, err := v.connector(c)
	if err != nil {
		return before, err
	}
	session, err := k.open(ctx, v, c, nil)
	if err != nil {
		return before, err
	}
	if _, err := session.Token(ctx, auth.PartnerCenter, true); err != nil {
		if listed && before.Vault.Same(v.place) { // of what stands elsewhere this says nothing
			err = errors.Join(err, k.noteRefusal(before, problems.Of(err, k.Ports.Now())))
		}
		return before, err
	}
	if c.User.UPN == "" {
		cloud, _ := k.Ports.Clouds.Cloud(c.Tenant.Cloud)
		c.User = checks.Identify(ctx, session, k.Ports.Clouds.Graph(cloud))
	}
	c.Leftover, c.Name = true, cmp.Or(connector.CleanName(name), c.Name)
	if err := k.Ports.Store.PutConnector(c); err != nil {
		return before, err
	}
	if err := k.Ports.Vault.Put(ctx, c.ID, session.Credential()); err != nil {
		return before, errors.Join(err, k.undo(ctx, before, listed))
	}
	if !before.Vault.Same(v.place) {
		c.Copies = append(c.Elsewhere(*before.Vault), *before.Vault)
	}
	if v.place.At.Before(v.token.Created) { // others have written it since
		v.place.At = v.token.Created
	}
	c.Copies = append(c.Elsewhere(v.place), v.place)
	c.Origin, c.Vault, c.Leftover, c.Refreshed = connector.OriginTaken, nil, false, k.Ports.Now()
	c.Health, c.Checks, c.Checked = connector.HealthUnknown, nil, time.Time{}
	c = k.past(c, connector.Past{What: connector.HappenedTakeBack})
	return c, k.Ports.Store.PutConnector(c)
}

// undo puts the list back as it was before a taking back that the keychain refused. Where the keychain may hold a piece all the same, the row stays
// and says so.
func (k Keeper) undo(ctx context.Context, before connector.Connector, listed bool) error {
	if err := k.Ports.Vault.Delete(ctx, before.ID); err != nil {
		return nil //nolint:nilerr // the row has its mark, and the next start tries again
	}
	if !listed {
		return k.Ports.Store.DeleteConnector(before.ID)
	}
	return k.Ports.Store.PutConnector(before)
}
