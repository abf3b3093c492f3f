package auth

import "testing"

func TestAddressesOfKeyVaults(t *testing.T) {
	global, practice := Cloud{VaultSuffix: "vault.azure.net"}, Cloud{VaultSuffix: "vault.localhost:8443"}
	for _, c := range []struct {
		cloud     Cloud
		given     string
		want      string
		isAddress bool
	}{
		{global, "https://contoso.vault.azure.net", "https://contoso.vault.azure.net", true},
		{global, " https://Contoso.vault.azure.net/ ", "https://contoso.vault.azure.net", true},
		{global, "contoso.vault.azure.net", "https://contoso.vault.azure.net", true},
		{global, "https://contoso.vault.azure.net:443", "https://contoso.vault.azure.net", true},
		{global, "https://a-b.vault.azure.net", "https://a-b.vault.azure.net", true},
		{global, "https://abcdefghijklmnopqrstuvwx.vault.azure.net", "https://abcdefghijklmnopqrstuvwx.vault.azure.net", true},
		{practice, "https://contoso.vault.localhost:8443", "https://contoso.vault.localhost:8443", true},
		{practice, "https://contoso.vault.localhost", "", false},
		{Cloud{}, "https://contoso.vault.azure.net", "", false},
		{Cloud{}, "https://contoso", "", false},
		{global, "", "", false},
		{global, "contoso", "", false},
		{global, "http://contoso.vault.azure.net", "", false},
		{global, "https://vault.azure.net", "", false},
		{global, "https://contoso.vault.azure.net.example", "", false},
		{global, "https://contoso.vault.usgovcloudapi.net", "", false},
		{global, "https://a.contoso.vault.azure.net", "", false},
		{global, "https://contoso.vault.azure.net:8443", "", false},
		{global, "https://contoso.vault.azure.net/secrets/one", "", false},
		{global, "https://somebody@contoso.vault.azure.net", "", false},
		{global, "https://contoso.vault.azure.net?x=1", "", false},
		{global, "https://ab.vault.azure.net", "", false},
		{global, "https://abcdefghijklmnopqrstuvwxy.vault.azure.net", "", false},
		{global, "https://1contoso.vault.azure.net", "", false},
		{global, "https://contoso-.vault.azure.net", "", false},
		{global, "https://con--toso.vault.azure.net", "", false},
	} {
		if got, ok := c.cloud.KeyVault(c.given); got != c.want || ok != c.isAddress {
			t.Errorf("%q: %q, %v; want %q, %v", c.given, got, ok, c.want, c.isAddress)
		}
	}
}

func TestNamesOfThisComputer(t *testing.T) {
	for host, want := range map[string]bool{
		"contoso.vault.localhost": true, "contoso.vault.localhost:8443": true, "X.LOCALHOST.": true,
		"localhost": false, "127.0.0.1:80": false, "contoso.vault.azure.net:443": false, "localhost.example": false, "xlocalhost": false,
	} {
		if got := isLocalName(host); got != want {
			t.Errorf("%q: %v, want %v", host, got, want)
		}
	}
}
