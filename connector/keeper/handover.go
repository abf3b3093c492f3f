package keeper

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/problems"
)

// PlanHandover finds out what a handover of a connector to a place in a key vault would write, and whether it may: the vault is only read. Where
// place has no prefix it is connector.VaultPrefix; where it has no name, it is that of an earlier copy at this place, or one is made of the
// connector's. What is against it is in the plan's Missing; the error is one of the list, ErrVaultMoved, where the credential is in a
// key vault alone, or ErrOrigin where another product keeps it.
func (k Keeper) PlanHandover(ctx context.Context, id string, place connector.VaultPlace) (connector.HandoverPlan, error) {
	c, err := k.handable(id)
	if err != nil {
		return connector.HandoverPlan{}, err
	}
	plan := connector.HandoverPlan{}
	if plan.Place, plan.Missing = place.Clean(); plan.Missing == nil {
		plan, _ = k.plan(ctx, c, plan.Place)
	}
	return plan, nil
}

// handable returns a connector of the list whose credential is here.
func (k Keeper) handable(id string) (connector.Connector, error) {
	c, err := k.get(id)
	switch {
	case err != nil || c.Can().Credential:
		return c, err
	case c.Origin == connector.OriginVault:
		return c, connector.ErrVaultMoved
	}
	return c, connector.ErrOrigin
}

func (k Keeper) plan(ctx context.Context, c connector.Connector, place connector.VaultPlace) (connector.HandoverPlan, connector.KeyVault) {
	plan := connector.HandoverPlan{Place: place}
	if place.Name == "" {
		plan.Place.Name = earlierName(c, place)
	}
	vault, err := k.openVault(c.Tenant.Cloud, place.URL)
	if err != nil {
		plan.Missing = err
		return plan, nil
	}
	var other bool
	plan.Secrets, other, plan.Missing = look(ctx, vault, c, plan.Place)
	if other && plan.Missing == nil && place.Name == "" {
		// Another connector has a name that is written in the same way.
		plan.Place.Name = c.VaultNameBeside()
		plan.Secrets, _, plan.Missing = look(ctx, vault, c, plan.Place)
	}
	earlier, _ := c.CopyAt(plan.Place)
	plan.SecretStays = earlier.WithSecret && !plan.Place.WithSecret && !c.LastingAlone()
	for i := 0; plan.Missing == nil && i < len(plan.Secrets); i++ {
		plan.Missing = vault.MayWrite(ctx, plan.Secrets[i].Name)
	}
	return plan, vault
}

// earlierName is the name by which a copy of the connector is at the place already, whatever it was called then; else its name of now.
func earlierName(c connector.Connector, place connector.VaultPlace) string {
	for _, copied := range slices.Backward(c.Copies) {
		if place.Name = copied.Name; place.Same(copied) {
			return copied.Name
		}
	}
	return connector.VaultName(c.Name)
}

// partsOf are what would be written for a connector, the refresh token last: where that stands, everything does.
func partsOf(c connector.Connector, place connector.VaultPlace) []connector.VaultPart {
	parts := []connector.VaultPart{connector.VaultTenantID, connector.VaultClientID}
	if proof := connector.VaultProof(c.ClientKind); place.WithSecret && proof != "" {
		parts = append(parts, proof)
	}
	return append(parts, connector.VaultRefreshToken)
}

// look looks at what is at each name of a place. other reports whether some of it is of another connector of this program. After a failure it
// asks for no other name, and only lists them: the lock is held meanwhile, and a vault that is silent would be so each time.
func look(ctx context.Context, vault connector.KeyVault, c connector.Connector, place connector.VaultPlace) (secrets []connector.PlannedSecret, other bool, err error) {
	for _, part := range partsOf(c, place) {
		p := connector.PlannedSecret{Name: place.Secret(part)}
		if err == nil {
			var there connector.VaultSecret
			switch there, err = vault.Tags(ctx, p.Name); {
			case err == nil:
				p.There, p.Ours = true, there.Ours() && there.Tags[connector.TagConnector] == c.ID
				other = other || there.Ours() && !p.Ours
			case errors.Is(err, connector.ErrVaultAbsent):
				err = nil
			}
		}
		secrets = append(secrets, p)
	}
	return secrets, other, err
}

// HandOver writes the credential of a connector to the key vault of a plan, reads it back, and compares. Foreign secrets get a new version only
// where their names are in retyped. With move the credential is in the vault alone afterwards: a refresh with what was read back from there
// comes first, then the list, and then it is removed from the keychain, so that whatever ends this in between leaves it in one of them. It returns the
// connector as the list has it. Its errors are those of the vault, of which ErrVaultNotOurs names a secret that was not retyped,
// ErrVaultNoSecret, where a move would leave the client secret or certificate behind, and those of Redeemer, Vault and Store.
func (k Keeper) HandOver(ctx context.Context, id string, plan connector.HandoverPlan, move bool, retyped []string) (connector.Connector, error) {
	unlock, err := k.Ports.Store.Lock(ctx, id)
	if err != nil {
		return connector.Connector{}, err
	}
	defer unlock()
	c, err := k.handable(id)
	if err != nil {
		return c, err
	}
	place, err := plan.Place.Clean()
	if err != nil {
		return c, err
	}
	if move && !place.WithSecret && connector.VaultProof(c.ClientKind) != "" {
		return c, connector.ErrVaultNoSecret
	}
	// What was shown may be a while ago.
	fresh, vault := k.plan(ctx, c, place)
	if fresh.Missing != nil {
		return c, fresh.Missing
	}
	for _, name := range fresh.Foreign() {
		if !slices.ContainsFunc(retyped, func(typed string) bool { return strings.EqualFold(strings.TrimSpace(typed), name) }) {
			return c, &connector.VaultError{Vault: fresh.Place.Host(), Secret: name, Cause: connector.ErrVaultNotOurs}
		}
	}
	c, err = k.copyTo(ctx, c, vault, fresh.Place)
	if err != nil {
		return c, err
	}
	if move {
		c, err = k.moveTo(ctx, c, vault, fresh.Place)
	}
	if c.Origin == connector.OriginVault {
		return c, err
	}
	c = k.past(checks.WithProblem(c, problems.Of(err, k.Ports.Now())), connector.Past{What: connector.HappenedCopy})
	return c, errors.Join(err, k.Ports.Store.PutConnector(c))
}

// copyTo writes a copy of the credential to a place. The list has the place before the vault has anything, so that no copy is forgotten; where
// nothing was written it has it no more. A copy that stood there before counts as that one until the refresh token, which is the last, is written; its
// client secret stays there where none is written.
func (k Keeper) copyTo(ctx context.Context, c connector.Connector, vault connector.KeyVault, place connector.VaultPlace) (connector.Connector, error) {
	credential, err := k.Ports.Vault.Get(ctx, c.ID)
	if err != nil {
		return c, err
	}
	bare, err := k.Ports.Redeemer.TakeApart(credential)
	if err != nil {
		return c, err
	}
	place.At = k.Ports.Now()
	before, row := c, place
	if earlier, there := c.CopyAt(place); there {
		row.At, row.WithSecret = earlier.At, place.WithSecret || earlier.WithSecret
	}
	c.Copies = append(c.Elsewhere(place), row)
	if err := k.Ports.Store.PutConnector(c); err != nil {
		return before, err
	}
	for i, s := range secretsOf(c, place, bare) {
		written, err := put(ctx, vault, place, s)
		if err != nil && i == 0 && !written {
			return before, errors.Join(err, k.Ports.Store.PutConnector(before))
		}
		if err != nil {
			return c, err
		}
	}
	row.At = place.At
	c.Copies = append(c.Elsewhere(place), row)
	return c, nil
}

// secretsOf are the secrets that are written, in their order.
func secretsOf(c connector.Connector, place connector.VaultPlace, bare auth.Bare) []connector.VaultSecret {
	c.User.HomeAccountID, c.User.ObjectID = cmp.Or(c.User.HomeAccountID, bare.Account), cmp.Or(c.User.ObjectID, bare.ObjectID)
	values := map[connector.VaultPart]auth.Secret{
		connector.VaultTenantID: auth.NewSecret(c.Tenant.ID), connector.VaultClientID: auth.NewSecret(c.ClientID),
		connector.VaultSecretPart: bare.Secret, connector.VaultCertificate: bare.Certificate, connector.VaultRefreshToken: bare.RefreshToken,
	}
	var secrets []connector.VaultSecret
	for _, part := range partsOf(c, place) {
		secrets = append(secrets, connector.VaultSecret{Name: place.Secret(part), Value: values[part], Tags: c.VaultTags(place.At)})
	}
	return secrets
}

// put writes a secret, reads it back, and compares. written reports whether the vault may have it.
func put(ctx context.Context, vault connector.KeyVault, place connector.VaultPlace, s connector.VaultSecret) (written bool, err error) {
	if _, err := vault.Set(ctx, s); err != nil {
		var refused *connector.VaultError
		return !errors.As(err, &refused) || refused.Status == 0, err
	}
	return true, same(ctx, vault, place, s)
}

// same reads a secret back, and compares it with what was written. Its error is ErrVaultDiffers.
func same(ctx context.Context, vault connector.KeyVault, place connector.VaultPlace, s connector.VaultSecret) error {
	back, err := vault.Get(ctx, s.Name)
	if err == nil && (!back.Value.Equal(s.Value) || back.Tags[connector.TagConnector] != s.Tags[connector.TagConnector]) {
		err = &connector.VaultError{Vault: place.Host(), Secret: s.Name, Cause: connector.ErrVaultDiffers}
	}
	return err
}

// moveTo makes of a copy the only one: it is proven by a refresh from the vault, whose answer the vault gets too, then the list says that the
// credential is there, and only then the one here is removed.
func (k Keeper) moveTo(ctx context.Context, c connector.Connector, vault connector.KeyVault, place connector.VaultPlace) (connector.Connector, error) {
	v, err := readVault(ctx, vault, place)
	if err != nil {
		return c, err
	}
	session, err := k.open(ctx, v, c, func(ctx context.Context, changed auth.Secret) error {
		s, err := k.writeBack(ctx, v, changed)
		if err == nil {
			err = same(ctx, vault, place, s)
		}
		return err
	})
	if err != nil {
		return c, err
	}
	if _, err := session.Token(ctx, auth.PartnerCenter, true); err != nil {
		return c, err
	}
	if err := session.Keep(ctx); err != nil {
		return c, err
	}
	place.At = k.Ports.Now()
	before := c
	c.Origin, c.Vault, c.Copies, c.Leftover, c.Refreshed = connector.OriginVault, &place, c.Elsewhere(place), true, place.At
	c = k.past(c, connector.Past{What: connector.HappenedMove})
	if err := k.Ports.Store.PutConnector(c); err != nil {
		return before, err
	}
	return k.forget(ctx, c)
}

// forget removes what the keychain still has of a connector whose credential is in a key vault. The caller holds its lock.
func (k Keeper) forget(ctx context.Context, c connector.Connector) (connector.Connector, error) {
	if err := k.Ports.Vault.Delete(context.WithoutCancel(ctx), c.ID); err != nil {
		return c, err
	}
	c.Leftover = false
	return c, k.Ports.Store.PutConnector(c)
}

// forgetLeftovers removes what a move, or a taking back, that was cut short has left in the keychain.
func (k Keeper) forgetLeftovers(ctx context.Context) error {
	all, err := k.List()
	for i := range all {
		if !all[i].Leftover || ctx.Err() != nil {
			continue
		}
		err = errors.Join(err, k.forgetLeftover(ctx, all[i].ID))
	}
	return err
}

func (k Keeper) forgetLeftover(ctx context.Context, id string) error {
	unlock, err := k.lockDraft(ctx, id)
	if err != nil {
		return err
	}
	defer unlock()
	// Whoever held the lock may have done it.
	c, there, err := k.saved(id)
	if err != nil || !there || !c.Leftover {
		return err
	}
	_, err = k.forget(ctx, c)
	return err
}
