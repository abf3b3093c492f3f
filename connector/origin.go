package connector

import (
	"errors"
	"strings"

	"partner-center-connector/auth"
)

// Origin says where a connector of the list came from. A newer version may write one that this version does not know.
type Origin string

// OriginHere is the origin of a connector whose two consents were given with this program, on this computer.
const OriginHere Origin = ""

// OriginLink is the origin of a connector that another product keeps: its two links were opened with this program, which has no credential of it.
const OriginLink Origin = "link"

// OriginVault is the origin of a connector whose credential was moved to an Azure Key Vault: this computer has none.
const OriginVault Origin = "vault"

// OriginTaken is the origin of a connector that was taken back from an Azure Key Vault, where this program had written it: its consent was not
// seen again.
const OriginTaken Origin = "taken"

// Abilities are what can be done with a saved connector here, besides showing it and taking it off the list.
type Abilities struct {
	// Check: its checks can be made. Renew: the user consent can be given again, by the same account or another. Token: access tokens can be
	// handed out. Rename: it can be given another name. Record: its consent record can be made.
	Check, Renew, Token, Rename, Record bool
	// Credential says that its credential is in the keychain of this computer. Where it is not, the keychain is left alone.
	Credential bool
}

// abilities are those of each origin.
var abilities = map[Origin]Abilities{
	OriginHere: {Check: true, Renew: true, Token: true, Rename: true, Record: true, Credential: true},
	OriginLink: {Check: true, Renew: true, Rename: true, Record: true},
	// Whoever may read the vault can check it and hand out tokens from it. A renewal needs nothing of the vault, and is kept here: where the refresh
	// token there is refused, nothing else helps.
	OriginVault: {Check: true, Renew: true, Token: true, Rename: true, Record: true},
	OriginTaken: {Check: true, Renew: true, Token: true, Rename: true, Record: true, Credential: true},
}

// Can returns what can be done with the connector here: nothing where its origin is not known.
func (c Connector) Can() Abilities { return abilities[c.Origin] }

// RenewedHere returns the connector as one whose user consent was given with this program, on this computer. What a key vault has of it is an earlier
// copy from then on.
func (c Connector) RenewedHere() Connector {
	if c.Vault != nil {
		c.Copies = append(c.Elsewhere(*c.Vault), *c.Vault)
	}
	c.Origin, c.Vault, c.Leftover = OriginHere, nil, false
	return c
}

// Witness reports whether the connector can be looked with in a tenant: its credential is here, and it is of that tenant.
func (c *Connector) Witness(t auth.Tenant) bool {
	return c.Can().Check && c.Can().Credential && c.Tenant.Cloud == t.Cloud && strings.EqualFold(c.Tenant.ID, t.ID)
}

// Errors of what can't be done with a connector, for where it came from.
var (
	// ErrOrigin says that what was asked for can't be done with a connector of that origin.
	ErrOrigin = errors.New("this version can't do that with a connector of this origin")
	// ErrNoToken says that another product keeps the connector's credential, so that there are no tokens of it here.
	ErrNoToken = errors.New("another product keeps the credential of this connector")
)
