package connector

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"partner-center-connector/auth"
)

// VaultPrefix is what the names of the secrets begin with where nobody chose another prefix.
const VaultPrefix = "pcc"

// VaultPart is what a secret of a key vault holds of a connector.
type VaultPart string

// The parts, as the names of their secrets end. A confidential client has one of the last two, and that only where it was asked for.
const (
	VaultRefreshToken VaultPart = "refresh-token"
	VaultClientID     VaultPart = "client-id"
	VaultTenantID     VaultPart = "tenant-id"
	VaultSecretPart   VaultPart = "client-secret"
	VaultCertificate  VaultPart = "client-certificate"
)

// VaultProof is the part that a kind of client proves itself with; empty for a public one.
func VaultProof(kind auth.ClientKind) VaultPart {
	switch kind {
	case auth.SecretClient:
		return VaultSecretPart
	case auth.CertificateClient:
		return VaultCertificate
	case auth.PublicClient:
	}
	return ""
}

// A name in a key vault has at most 127 letters, digits and hyphens, in which upper and lower case are the same.
// https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#objects-identifiers-and-versioning
const maxSlug = 60

// Errors of a handover to a key vault, besides those of the vault.
var (
	// ErrVaultNoSecret: what is in the vault is of no use without the client secret or certificate, which is not.
	ErrVaultNoSecret = errors.New("the client secret or certificate does not stand in the key vault")
	// ErrVaultMoved: the connector that would be handed over has its credential in a key vault already, and there alone.
	ErrVaultMoved = errors.New("the credential of this connector is in a key vault")
	// ErrVaultHere: the connector that would be taken back has its credential on this computer.
	ErrVaultHere = errors.New("this computer has the credential of this connector")
)

// Secret is the name of the secret that holds a part.
func (p VaultPlace) Secret(part VaultPart) string {
	return p.Prefix + "-" + p.Name + "-" + string(part)
}

// Same reports whether two places are one, whatever is there and since when.
func (p VaultPlace) Same(other VaultPlace) bool {
	return strings.EqualFold(p.URL, other.URL) && strings.EqualFold(p.Prefix, other.Prefix) && strings.EqualFold(p.Name, other.Name)
}

// Elsewhere are the connector's copies but for that at a place; never a part of Copies that would be written over.
func (c Connector) Elsewhere(place VaultPlace) []VaultPlace {
	var others []VaultPlace
	for _, copied := range c.Copies {
		if !copied.Same(place) {
			others = append(others, copied)
		}
	}
	return others
}

// CopyAt returns the connector's copy at a place, and whether it has one.
func (c Connector) CopyAt(place VaultPlace) (VaultPlace, bool) {
	i := slices.IndexFunc(c.Copies, place.Same)
	if i < 0 {
		return VaultPlace{}, false
	}
	return c.Copies[i], true
}

// InVaults are the places in key vaults that hold the connector's credential, or copies of it, as far as this computer knows; the newest is the last.
func (c Connector) InVaults() []VaultPlace {
	places := slices.Clone(c.Copies)
	if c.Vault != nil {
		places = append(places, *c.Vault)
	}
	return places
}

// Clean returns the place with the usual prefix where it has none, its name, if it has one, as names of secrets have it, and its address without a
// slash at the end. Its error is a *VaultError with ErrVaultName.
func (p VaultPlace) Clean() (VaultPlace, error) {
	p.URL = strings.TrimRight(strings.TrimSpace(p.URL), "/")
	if p.Prefix = strings.TrimSpace(p.Prefix); p.Prefix == "" {
		p.Prefix = VaultPrefix
	}
	if p.Name != "" {
		p.Name = VaultName(p.Name)
	}
	if VaultPrefixReason(p.Prefix) != "" {
		return p, &VaultError{Vault: p.Host(), Cause: ErrVaultName}
	}
	return p, nil
}

// VaultName makes of a connector's name one that a key vault takes: lower-case letters and digits, with a hyphen for everything else; "connector"
// where none of it can be written so.
func VaultName(name string) string {
	var out strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(strings.ReplaceAll(name, "ß", "ss"))) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			out.WriteRune(r)
		case unicode.Is(unicode.Mn, r): // the dots of ü, which stand after the u
		case out.Len() > 0 && !strings.HasSuffix(out.String(), "-"):
			out.WriteByte('-')
		}
	}
	slug := out.String()
	slug = strings.Trim(slug[:min(len(slug), maxSlug)], "-")
	if slug == "" {
		return "connector"
	}
	return slug
}

// VaultNameBeside is a name that is not VaultName's, for a connector beside another one of that name: the beginning of its ID follows.
func (c Connector) VaultNameBeside() string {
	const idPart = 8
	id, name := c.ID[:min(len(c.ID), idPart)], VaultName(c.Name)
	return strings.TrimRight(name[:min(len(name), maxSlug-idPart-1)], "-") + "-" + VaultName(id)
}

// The tags of a secret that this program wrote. They hold no secret, no customer and no account's name. A secret has at most 15 tags, of at most
// 256 characters. https://learn.microsoft.com/azure/key-vault/secrets/about-secrets#secret-tags
const (
	TagProgram     = "program"
	TagConnector   = "connector"
	TagTenant      = "tenant"
	TagIssuer      = "issuer"
	TagCloud       = "cloud"
	TagClientKind  = "client-kind"
	TagAccount     = "account"
	TagUser        = "user"
	TagRedirect    = "redirect-path"
	TagRole        = "role"
	TagPermissions = "permissions"
	TagConsented   = "consented"
	TagEnds        = "secret-expires"
	TagWritten     = "written"
)

// VaultProgram is the value of TagProgram.
const VaultProgram = "partner-center-connector"

// groupPermission stands among the permissions of the tags for Connector.WithGroups.
const groupPermission = "GroupMember.Read.All"

// VaultTags are the tags of the connector's secrets, written at a time; those of which nothing is known are left out.
func (c Connector) VaultTags(now time.Time) map[string]string {
	permissions := slices.Clone(c.Scopes)
	if c.WithGroups {
		permissions = append(permissions, groupPermission)
	}
	tags := map[string]string{
		TagProgram: VaultProgram, TagConnector: c.ID, TagTenant: c.Tenant.ID, TagIssuer: c.Tenant.Issuer, TagCloud: c.Tenant.Cloud,
		TagClientKind: string(c.ClientKind), TagAccount: c.User.HomeAccountID, TagUser: c.User.ObjectID, TagRedirect: c.RedirectPath, TagRole: string(c.Role),
		TagPermissions: strings.Join(permissions, " "), TagWritten: DayOf(now).String(),
	}
	if !c.Consented.IsZero() {
		tags[TagConsented] = c.Consented.UTC().Format(time.RFC3339)
	}
	if last := c.LastDay(); !last.IsZero() {
		tags[TagEnds] = last.String()
	}
	for name, value := range tags {
		if value == "" {
			delete(tags, name)
		}
	}
	return tags
}

// Ours reports whether this program wrote the secret.
func (s VaultSecret) Ours() bool {
	return s.Tags[TagProgram] == VaultProgram && IsID(s.Tags[TagConnector])
}

// OfVault is the connector as the tags of one of its secrets describe it. What they do not have, such as the client ID and the account's name, is
// empty.
func OfVault(tags map[string]string) Connector {
	c := Connector{
		ID: tags[TagConnector], Origin: OriginVault, Tenant: auth.Tenant{ID: tags[TagTenant], Cloud: tags[TagCloud], Issuer: tags[TagIssuer]},
		ClientKind: auth.ClientKind(tags[TagClientKind]), RedirectPath: tags[TagRedirect], Role: Role(tags[TagRole]),
		User: Identity{TenantID: tags[TagTenant], ObjectID: tags[TagUser], HomeAccountID: tags[TagAccount]}, Health: HealthUnknown,
	}
	for _, name := range strings.Fields(tags[TagPermissions]) {
		if name == groupPermission {
			c.WithGroups = true
		} else {
			c.Scopes = append(c.Scopes, name)
		}
	}
	c.Consented, _ = time.Parse(time.RFC3339, tags[TagConsented])
	c.SecretExpires, _ = ParseDay(tags[TagEnds])
	return c
}
