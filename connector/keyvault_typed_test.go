package connector_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/connector"
)

func TestVaultAddress(t *testing.T) {
	const azure = "vault.azure.net"
	long := strings.Repeat("a", 24)
	for _, c := range []struct {
		typed, suffix, want string
		reason              connector.Reason
	}{
		{"https://contoso.vault.azure.net", azure, "https://contoso.vault.azure.net", ""},
		{" HTTPS://Contoso.Vault.Azure.Net/ ", azure, "https://contoso.vault.azure.net", ""},
		{"contoso.vault.azure.net", azure, "https://contoso.vault.azure.net", ""},
		{"https://contoso.vault.azure.net:443/", azure, "https://contoso.vault.azure.net", ""},
		{"https://contoso.vault.azure.net/secrets/pcc-contoso-refresh-token/0f1e", azure, "https://contoso.vault.azure.net", ""},
		{"contoso-2", azure, "https://contoso-2.vault.azure.net", ""},
		{long, azure, "https://" + long + ".vault.azure.net", ""},
		{"https://practice.vault.localhost:8443", "vault.localhost:8443", "https://practice.vault.localhost:8443", ""},
		{"", azure, "", connector.ReasonVaultMissing},
		{" \u200b ", azure, "", connector.ReasonVaultMissing},
		{"https://", azure, "", connector.ReasonVaultMissing},
		{"http://contoso.vault.azure.net", azure, "", connector.ReasonVaultInvalid},
		{"https://contoso.vault.azure.cn", azure, "", connector.ReasonVaultOther},
		{"https://contoso.vault.azure.net.example", azure, "", connector.ReasonVaultOther},
		{"https://contoso.example/vault.azure.net", azure, "", connector.ReasonVaultOther},
		{"https://a.b.vault.azure.net", azure, "", connector.ReasonVaultInvalid},
		{"https://user@contoso.vault.azure.net", azure, "", connector.ReasonVaultInvalid},
		{"https://contoso.vault.azure.net:8443", azure, "", connector.ReasonVaultOther},
		{"https://practice.vault.localhost", "vault.localhost:8443", "", connector.ReasonVaultOther},
		{"co", azure, "", connector.ReasonVaultInvalid},
		{long + "a", azure, "", connector.ReasonVaultInvalid},
		{"1contoso", azure, "", connector.ReasonVaultInvalid},
		{"contoso--2", azure, "", connector.ReasonVaultInvalid},
		{"contoso-", azure, "", connector.ReasonVaultInvalid},
		{"contoso", "", "", connector.ReasonVaultNone},
	} {
		got, reason := connector.VaultAddress(c.typed, c.suffix)
		if got != c.want || reason != c.reason {
			t.Errorf("%q in %q: %q, %q instead of %q, %q", c.typed, c.suffix, got, reason, c.want, c.reason)
		}
	}
}

func TestIsVaultName(t *testing.T) {
	for typed, want := range map[string]bool{
		"contoso": true, " Contoso ": true, "https://contoso/": true, "contoso.vault.azure.net": false, "https://contoso.vault.azure.net/secrets/one": false, "": false,
	} {
		if got := connector.IsVaultName(typed); got != want {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

func TestVaultPrefixReason(t *testing.T) {
	for typed, want := range map[string]connector.Reason{
		"": "", " ": "", "pcc": "", "Team-2": "", strings.Repeat("a", 30): "",
		strings.Repeat("a", 31): "key-vault-prefix", "pcc_2": "key-vault-prefix", "-pcc": "key-vault-prefix", "pcc-": "key-vault-prefix",
		"a--b": "key-vault-prefix", "p cc": "key-vault-prefix", "prüf": "key-vault-prefix",
	} {
		if got := connector.VaultPrefixReason(typed); got != want {
			t.Errorf("%q: %q instead of %q", typed, got, want)
		}
	}
}

func TestForeignOf(t *testing.T) {
	f := connector.FieldForeign("pcc-contoso-client-secret")
	if secret, ok := connector.ForeignOf(f); !ok || secret != "pcc-contoso-client-secret" {
		t.Errorf("%q is about %q, %v", f, secret, ok)
	}
	if secret, ok := connector.ForeignOf(connector.FieldVault); ok {
		t.Errorf("the address is about the secret %q", secret)
	}
}

func TestKeptIn(t *testing.T) {
	place := func(host string) connector.VaultPlace { return connector.VaultPlace{URL: "https://" + host} }
	moved := place("b.vault.azure.net")
	c := connector.Connector{Copies: []connector.VaultPlace{place("a.vault.azure.net"), place("b.vault.azure.net"), place("a.vault.azure.net")}, Vault: &moved}
	if got, want := c.KeptIn(), []string{"a.vault.azure.net", "b.vault.azure.net"}; !slices.Equal(got, want) {
		t.Errorf("kept in %q instead of %q", got, want)
	}
	if got := (connector.Connector{}).KeptIn(); len(got) != 0 {
		t.Errorf("kept in %q", got)
	}
}

// TestACopyDoesNotFollowWhatIsRenewed: one that was written before the last consent is the earlier one, whatever else has it.
func TestACopyDoesNotFollowWhatIsRenewed(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, time.December, n, 12, 0, 0, 0, time.UTC) }
	at := func(name, prefix string, n int) connector.VaultPlace {
		return connector.VaultPlace{URL: "https://" + name + ".vault.azure.net", Prefix: prefix, Name: "contoso", At: day(n)}
	}
	vault := at("moved", "pcc", 1)
	for name, tt := range map[string]struct {
		c    connector.Connector
		want []string
	}{
		"none":               {connector.Connector{Consented: day(2)}, []string{}},
		"written after it":   {connector.Connector{Consented: day(2), Copies: []connector.VaultPlace{at("one", "pcc", 2), at("two", "pcc", 3)}}, []string{}},
		"one before it":      {connector.Connector{Consented: day(2), Copies: []connector.VaultPlace{at("one", "pcc", 1), at("two", "pcc", 3)}}, []string{"one.vault.azure.net"}},
		"two in one vault":   {connector.Connector{Consented: day(3), Copies: []connector.VaultPlace{at("one", "pcc", 1), at("one", "b", 2)}}, []string{"one.vault.azure.net"}},
		"moved, and copied":  {connector.Connector{Origin: connector.OriginVault, Vault: &vault, Consented: day(2), Copies: []connector.VaultPlace{at("one", "pcc", 1)}}, []string{"one.vault.azure.net"}},
		"moved, and renewed": {connector.Connector{Origin: connector.OriginVault, Vault: &vault, Consented: day(2)}.RenewedHere(), []string{"moved.vault.azure.net"}},
	} {
		if got := tt.c.EarlierIn(); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
