package connector

import (
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/lazyregexp"
)

// The inputs of a handover to a key vault: its address, the prefix of the names there, whether the credential is copied or moved, and whether a
// copy takes the client secret or certificate along.
const (
	FieldVault       Field = "key-vault"
	FieldVaultPrefix Field = "key-vault-prefix"
	FieldVaultWay    Field = "key-vault-way"
	FieldVaultSecret Field = "key-vault-secret"
)

// foreign begins the fields in which the names of foreign secrets are typed again.
const foreign = "key-vault-foreign-"

// FieldForeign is the input in which the name of a secret is typed again that this program did not write.
func FieldForeign(secret string) Field { return Field(foreign + secret) }

// ForeignOf returns the name of the secret that such an input is about, and whether it is one.
func ForeignOf(f Field) (secret string, ok bool) { return strings.CutPrefix(string(f), foreign) }

// The ways of a handover, as FieldVaultWay has them.
const (
	VaultCopy = "copy"
	VaultMove = "move"
)

// Why what was typed is no key vault, or no prefix.
const (
	ReasonVaultMissing Reason = "key-vault-missing"
	// ReasonVaultOther: the address does not end as those of the key vaults of the connector's cloud do.
	ReasonVaultOther   Reason = "key-vault-other"
	ReasonVaultInvalid Reason = "key-vault-invalid"
	// ReasonVaultNone: no key vaults of this cloud are known.
	ReasonVaultNone   Reason = "key-vault-none"
	ReasonVaultPrefix Reason = "key-vault-prefix"
)

// maxVaultPrefix leaves room for the connector's name within the 127 characters of a secret's name.
const maxVaultPrefix = 30

// vaultSecretName is the name that a secret of a key vault may have.
// https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#objects-identifiers-and-versioning
var vaultSecretName = lazyregexp.New(`^[0-9A-Za-z-]{1,127}$`)

// IsVaultSecretName reports whether a secret of a key vault may have that name.
func IsVaultSecretName(name string) bool { return vaultSecretName.MatchString(name) }

// IsVaultName reports whether what was typed is the name of a key vault alone, which does not tell its cloud.
func IsVaultName(typed string) bool {
	host, _ := vaultHost(strings.ToLower(CleanText(FieldVault, typed)))
	return host != "" && !strings.Contains(host, ".")
}

// VaultAddress makes of what was typed the address of a key vault, as [auth.Cloud.KeyVault] has it, and says why it is none. The name of the vault
// alone is enough; what is behind the host, as in the address of a secret, is left out. suffix is the cloud's VaultSuffix.
func VaultAddress(typed, suffix string) (url string, reason Reason) {
	host, https := vaultHost(strings.ToLower(CleanText(FieldVault, typed)))
	if IsVaultName(typed) {
		host += "." + suffix
	}
	url, ok := auth.Cloud{VaultSuffix: suffix}.KeyVault(host)
	switch {
	case suffix == "":
		return "", ReasonVaultNone
	case host == "" && https:
		return "", ReasonVaultMissing
	case https && ok:
		return url, ""
	case https && !strings.HasSuffix(host, "."+strings.ToLower(suffix)):
		return "", ReasonVaultOther
	}
	return "", ReasonVaultInvalid
}

// vaultHost is what an address has as its host, and whether it is one by https, as it is without a scheme.
func vaultHost(address string) (host string, https bool) {
	scheme, rest, has := strings.Cut(address, "://")
	if !has {
		scheme, rest = "https", address
	}
	host, _, _ = strings.Cut(rest, "/")
	return host, scheme == "https"
}

// VaultPrefixReason returns why what was typed can't begin the names of secrets; empty if it can, as nothing at all can, for VaultPrefix.
func VaultPrefixReason(typed string) Reason {
	prefix := CleanText(FieldVaultPrefix, typed)
	if prefix != "" && (len(prefix) > maxVaultPrefix || !IsVaultSecretName(prefix) || !singleHyphens(prefix)) {
		return ReasonVaultPrefix
	}
	return ""
}

// singleHyphens reports whether hyphens stand neither together nor at an end, where they would run into those between the parts of a name.
func singleHyphens(s string) bool {
	return !strings.HasPrefix(s, "-") && !strings.HasSuffix(s, "-") && !strings.Contains(s, "--")
}

// LastingAlone reports whether the connector needs no client secret or certificate for its refresh token to be used.
func (c Connector) LastingAlone() bool { return c.ClientKind == auth.PublicClient }

// Host is the vault's name in the network.
func (p VaultPlace) Host() string { return strings.TrimPrefix(p.URL, "https://") }

// KeptIn are the hosts of the key vaults in which the credential is, or copies of it are, each once.
func (c Connector) KeptIn() []string { return hostsOf(c.InVaults()) }

// EarlierIn are the hosts of the key vaults whose copies are from before the last user consent, with which another account or client secret may have
// come: a copy does not follow what is renewed here.
func (c Connector) EarlierIn() []string {
	return hostsOf(slices.DeleteFunc(slices.Clone(c.Copies), func(p VaultPlace) bool { return !p.At.Before(c.Consented) }))
}

func hostsOf(places []VaultPlace) []string {
	hosts, seen := []string{}, map[string]bool{}
	for _, p := range places {
		if host := p.Host(); !seen[host] {
			hosts, seen[host] = append(hosts, host), true
		}
	}
	return hosts
}
