package keeper

import (
	"context"
	"errors"
	"maps"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// writeBackAfter is how old the refresh token in a key vault is when a newer one takes its place. Entra does not revoke earlier ones when they are used,
// so that nothing is lost meanwhile, and a vault that is read every minute does not get a version every minute.
// https://learn.microsoft.com/entra/identity-platform/refresh-tokens#token-lifetime
const writeBackAfter = 24 * time.Hour

// readersWait is how old it is when whoever may only read the vault is told that nobody writes a newer one: 60 days before it dies.
const readersWait = 30 * 24 * time.Hour

// vaulted is what stands of a connector in a key vault.
type vaulted struct {
	vault connector.KeyVault
	place connector.VaultPlace
	// token is the secret that holds the refresh token.
	token    connector.VaultSecret
	bare     auth.Bare
	clientID string
}

// openVault makes a client of a vault in the cloud of a name.
func (k Keeper) openVault(cloudName, url string) (connector.KeyVault, error) {
	cloud, err := k.Ports.CloudOf(cloudName)
	if err != nil {
		return nil, err
	}
	return k.Ports.KeyVaults.Open(cloud, url)
}

// readVault reads what this program wrote to a place in a vault. Its errors are *connector.VaultError: ErrVaultNotOurs, where somebody else wrote
// what is there. The client secret or certificate may be missing.
func readVault(ctx context.Context, vault connector.KeyVault, place connector.VaultPlace) (vaulted, error) {
	v := vaulted{vault: vault, place: place}
	v.place.WithSecret = false
	var err error
	if v.token, err = vault.Get(ctx, place.Secret(connector.VaultRefreshToken)); err != nil {
		return v, err
	}
	kind := auth.ClientKind(v.token.Tags[connector.TagClientKind])
	if !v.token.Ours() || !isKind(kind) {
		return v, unread(place, v.token.Name)
	}
	id, err := v.beside(ctx, connector.VaultClientID)
	if err != nil {
		return v, err
	}
	v.clientID = id.Value.Reveal()
	v.bare = auth.Bare{
		RefreshToken: v.token.Value, Account: v.token.Tags[connector.TagAccount], ObjectID: v.token.Tags[connector.TagUser],
	}
	proof := connector.VaultProof(kind)
	if proof == "" {
		return v, nil
	}
	s, err := v.beside(ctx, proof)
	if errors.Is(err, connector.ErrVaultAbsent) {
		return v, nil
	}
	v.place.WithSecret = true
	switch kind {
	case auth.SecretClient:
		v.bare.Secret = s.Value
	default:
		v.bare.Certificate = s.Value
	}
	return v, err
}

// beside reads another part of the same connector. Its error is ErrVaultNotOurs where that is somebody else's: a client ID or secret that was put under
// our name would be used like ours.
func (v vaulted) beside(ctx context.Context, part connector.VaultPart) (connector.VaultSecret, error) {
	s, err := v.vault.Get(ctx, v.place.Secret(part))
	if err == nil && (!s.Ours() || s.Tags[connector.TagConnector] != v.token.Tags[connector.TagConnector]) {
		err = unread(v.place, s.Name)
	}
	return s, err
}

func isKind(kind auth.ClientKind) bool {
	return kind == auth.PublicClient || kind == auth.SecretClient || kind == auth.CertificateClient
}

// unread says that a secret is not taken for the connector's: somebody else wrote it, or it is another connector's.
func unread(place connector.VaultPlace, secret string) error {
	return &connector.VaultError{Vault: place.Host(), Secret: secret, Reading: true, Cause: connector.ErrVaultNotOurs}
}

// connector is c as the vault has it: it may have been handed over again, from another computer, since it was listed here. Its error is
// ErrVaultNotOurs where it is another one's.
func (v vaulted) connector(c connector.Connector) (connector.Connector, error) {
	there := connector.OfVault(v.token.Tags)
	if there.ID != c.ID || there.Tenant.Cloud != c.Tenant.Cloud {
		return c, unread(v.place, v.token.Name)
	}
	c.ClientID, c.ClientKind, c.SecretExpires = v.clientID, there.ClientKind, there.SecretExpires
	if there.Consented.After(c.Consented) {
		c.Consented = there.Consented
	}
	return c, nil
}

// open makes a session of what is in the vault, without a request. Its Keep writes a newer refresh token back by store. Its error is
// ErrVaultNoSecret where the vault has no client secret or certificate.
func (k Keeper) open(ctx context.Context, v vaulted, c connector.Connector, store func(context.Context, auth.Secret) error) (connector.Session, error) {
	if connector.VaultProof(c.ClientKind) != "" && v.bare.Secret.Empty() && v.bare.Certificate.Empty() {
		return nil, connector.ErrVaultNoSecret
	}
	credential, err := k.Ports.Redeemer.PutTogether(c, v.bare)
	if err != nil {
		return nil, err
	}
	return k.Ports.Redeemer.Resume(ctx, c, credential, store)
}

// resumeVault opens the session of a connector of origin OriginVault, and returns the connector as the vault has it.
func (k Keeper) resumeVault(ctx context.Context, c connector.Connector) (connector.Session, connector.Connector, error) {
	v, err := k.standing(ctx, c)
	if err != nil {
		return nil, c, err
	}
	c, err = v.connector(c)
	if err != nil {
		return nil, c, err
	}
	session, err := k.open(ctx, v, c, k.whenDue(v))
	return session, c, err
}

// standing reads where a connector of origin OriginVault stands.
func (k Keeper) standing(ctx context.Context, c connector.Connector) (vaulted, error) {
	if c.Vault == nil {
		return vaulted{}, connector.ErrOrigin
	}
	vault, err := k.openVault(c.Tenant.Cloud, c.Vault.URL)
	if err != nil {
		return vaulted{}, err
	}
	return readVault(ctx, vault, *c.Vault)
}

// whenDue writes a newer refresh token back where that in the vault is over 24 hours old, and nobody else has just done it. Whoever loses that
// race has lost nothing. Where it can't be written its error is a *connector.UnwrittenError.
func (k Keeper) whenDue(v vaulted) func(context.Context, auth.Secret) error {
	return func(ctx context.Context, changed auth.Secret) error {
		if k.Ports.Now().Sub(v.token.Created) <= writeBackAfter {
			return nil
		}
		now, err := v.vault.Get(ctx, v.token.Name)
		if err != nil {
			return err
		}
		if k.Ports.Now().Sub(now.Created) <= writeBackAfter {
			return nil
		}
		if _, err = k.writeBack(ctx, v, changed); err == nil {
			return nil
		}
		return &connector.UnwrittenError{
			Vault: v.place.Host(), Ends: now.Created.Add(connector.RefreshTokenLife), Cause: err,
			InTime: errors.Is(err, connector.ErrVaultRight) && k.Ports.Now().Sub(now.Created) <= readersWait,
		}
	}
}

// unlessInTime is err where that is to be told whenever a token is handed out: not that whoever may write to the vault does it in time. The checks say
// that, too.
func unlessInTime(err error) error {
	var unwritten *connector.UnwrittenError
	if errors.As(err, &unwritten) && unwritten.InTime {
		return nil
	}
	return err
}

// writeBack writes the refresh token of a credential to where the vault has the earlier one, with the same tags but for the day.
func (k Keeper) writeBack(ctx context.Context, v vaulted, changed auth.Secret) (connector.VaultSecret, error) {
	bare, err := k.Ports.Redeemer.TakeApart(changed)
	if err != nil {
		return connector.VaultSecret{}, err
	}
	s := connector.VaultSecret{Name: v.token.Name, Value: bare.RefreshToken, Tags: maps.Clone(v.token.Tags)}
	s.Tags[connector.TagWritten] = connector.DayOf(k.Ports.Now()).String()
	_, err = v.vault.Set(ctx, s)
	return s, err
}

// VaultToken returns an access token of what this program wrote to a key vault, for a server: it needs neither the list nor the keychain, only
// place's address, prefix and name. The token is in memory alone, and a newer refresh token goes back to the vault where that one's is over 24 hours
// old. A usable token can come with an error that is auth.ErrNotStored: it could not be written back, and the one in the vault stays in use. Its
// other errors are *connector.VaultError, *auth.Error and connector.ErrVaultNoSecret.
func (k Keeper) VaultToken(ctx context.Context, cloudName string, place connector.VaultPlace, r auth.Resource) (auth.Token, error) {
	v, err := k.found(ctx, cloudName, place)
	if err != nil {
		return auth.Token{}, err
	}
	c := connector.OfVault(v.token.Tags)
	c.ClientID = v.clientID
	session, err := k.open(ctx, v, c, k.whenDue(v))
	if err != nil {
		return auth.Token{}, err
	}
	token, err := session.Token(ctx, r, false)
	return token, errors.Join(err, unlessInTime(session.Keep(ctx)))
}

// found reads a place of which nothing is known but what somebody typed.
func (k Keeper) found(ctx context.Context, cloudName string, place connector.VaultPlace) (vaulted, error) {
	place, err := place.Clean()
	if err == nil && place.Name == "" {
		err = &connector.VaultError{Vault: place.Host(), Cause: connector.ErrVaultName}
	}
	if err != nil {
		return vaulted{}, err
	}
	vault, err := k.openVault(cloudName, place.URL)
	if err != nil {
		return vaulted{}, err
	}
	v, err := readVault(ctx, vault, place)
	v.place.At = v.token.Created
	if err == nil && v.token.Tags[connector.TagCloud] != cloudName {
		err = unread(place, v.token.Name)
	}
	return v, err
}
