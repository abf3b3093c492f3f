package connector_test

import (
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

func TestVaultName(t *testing.T) {
	for name, want := range map[string]string{
		"Contoso Billing": "contoso-billing", "contoso-billing": "contoso-billing", "  Contoso -- Billing! ": "contoso-billing", "Müller & Söhne": "muller-sohne",
		"Straße 7": "strasse-7", "Ünï": "uni", "a_b.c/d": "a-b-c-d", "ﬁnance": "finance", "K2": "k2", "日本": "connector", "…": "connector", "": "connector",
		"日本 Billing": "billing", "a\u200bb": "a-b", strings.Repeat("ab ", 40): strings.TrimSuffix(strings.Repeat("ab-", 20), "-"),
	} {
		if got := connector.VaultName(name); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
}

// FuzzVaultName holds that whatever a connector is called, its secrets have names that a key vault takes.
func FuzzVaultName(f *testing.F) {
	for _, seed := range []string{"Contoso", "\x00", "İstanbul", strings.Repeat("x", 300), "-", "ß"} {
		f.Add(seed)
	}
	taken := regexp.MustCompile(`^[0-9a-z-]{1,127}$`)
	f.Fuzz(func(t *testing.T, name string) {
		place, err := connector.VaultPlace{Prefix: strings.Repeat("a", 30), Name: connector.VaultName(name)}.Clean()
		if secret := place.Secret(connector.VaultCertificate); err != nil || !taken.MatchString(secret) {
			t.Errorf("%q: %q, %v", name, secret, err)
		}
		if again := connector.VaultName(place.Name); again != place.Name {
			t.Errorf("%q: %q becomes %q", name, place.Name, again)
		}
	})
}

func TestAPlaceIsCleaned(t *testing.T) {
	at := time.Date(2026, time.December, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		place, want connector.VaultPlace
		err         error
	}{
		{connector.VaultPlace{URL: "https://v.vault.azure.net/"}, connector.VaultPlace{URL: "https://v.vault.azure.net", Prefix: "pcc"}, nil},
		{
			connector.VaultPlace{URL: " https://v.vault.azure.net ", Prefix: " Team ", Name: "Contoso Billing", WithSecret: true, At: at},
			connector.VaultPlace{URL: "https://v.vault.azure.net", Prefix: "Team", Name: "contoso-billing", WithSecret: true, At: at},
			nil,
		},
		{connector.VaultPlace{Prefix: "p c"}, connector.VaultPlace{Prefix: "p c"}, connector.ErrVaultName},
	} {
		if got, err := tt.place.Clean(); got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("%+v: %+v, %v", tt.place, got, err)
		}
	}
}

// TestTheTagsDescribeTheConnector: what another computer makes of them is the connector, but for what they do not tell.
func TestTheTagsDescribeTheConnector(t *testing.T) {
	consented := time.Date(2026, time.November, 1, 12, 30, 0, 0, time.UTC)
	full := connector.Connector{
		ID: "a1", Name: "Contoso", Tenant: auth.Tenant{ID: "t", Domain: "contoso.example", Cloud: "usgov", Issuer: "https://login.example/t/v2.0", Token: "https://login.example/token"},
		ClientID: "c", ClientKind: auth.CertificateClient, RedirectPath: "/consent", WithGroups: true, Scopes: []string{auth.ScopeApplications, auth.ScopeGrants},
		Role: connector.RoleAdminAgent, User: connector.Identity{TenantID: "t", ObjectID: "o", UPN: "u@contoso.example", Mail: "m", Name: "n", HomeAccountID: "o.t"},
		Health: connector.HealthGood, Consented: consented, SecretExpires: connector.Day{Year: 2027, Month: time.May, Day: 1},
	}
	tags := full.VaultTags(time.Date(2026, time.December, 1, 23, 0, 0, 0, time.UTC))
	want := connector.Connector{
		ID: "a1", Origin: connector.OriginVault, Tenant: auth.Tenant{ID: "t", Cloud: "usgov", Issuer: "https://login.example/t/v2.0"}, ClientKind: auth.CertificateClient,
		RedirectPath: "/consent", WithGroups: true, Scopes: full.Scopes, Role: connector.RoleAdminAgent,
		User: connector.Identity{TenantID: "t", ObjectID: "o", HomeAccountID: "o.t"}, Health: connector.HealthUnknown, Consented: consented, SecretExpires: full.SecretExpires,
	}
	if got := connector.OfVault(tags); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\ninstead of\n%+v", got, want)
	}
	if len(tags) != 14 || tags["written"] != "2026-12-01" {
		t.Errorf("%d tags: %v", len(tags), tags)
	}
	public := connector.Connector{ID: "a1", ClientKind: auth.PublicClient, SecretExpires: full.SecretExpires}
	if tags := public.VaultTags(consented); len(tags) != 4 || tags["program"] != "partner-center-connector" || tags["connector"] != "a1" || tags["client-kind"] != "public" ||
		tags["written"] != "2026-11-01" {
		t.Errorf("%v", tags)
	}
	if got := connector.OfVault(nil); got.ID != "" || !got.Consented.IsZero() || !got.SecretExpires.IsZero() {
		t.Errorf("of nothing: %+v", got)
	}
}

func TestWhoseASecretIs(t *testing.T) {
	for _, tt := range []struct {
		tags map[string]string
		want bool
	}{
		{nil, false},
		{map[string]string{"program": "partner-center-connector"}, false},
		{map[string]string{"connector": "a"}, false},
		{map[string]string{"program": "Partner-Center-Connector", "connector": "a"}, false},
		{map[string]string{"program": "partner-center-connector", "connector": "a"}, true},
	} {
		if got := (connector.VaultSecret{Tags: tt.tags}).Ours(); got != tt.want {
			t.Errorf("%v: %v", tt.tags, got)
		}
	}
}

// TestWhoCanBeLookedWith: whoever has its credential here, also after it was taken back.
func TestWhoCanBeLookedWith(t *testing.T) {
	for origin, want := range map[connector.Origin]bool{
		connector.OriginHere: true, connector.OriginTaken: true, connector.OriginVault: false, connector.OriginLink: false, "newer": false,
	} {
		c := connector.Connector{Origin: origin, Tenant: auth.Tenant{ID: "T", Cloud: "global"}}
		if got := c.Witness(auth.Tenant{ID: "t", Cloud: "global"}); got != want {
			t.Errorf("%q: %v", origin, got)
		}
	}
}

func TestCopiesElsewhere(t *testing.T) {
	a := connector.VaultPlace{URL: "https://a.vault.azure.net", Prefix: "pcc", Name: "n"}
	b := connector.VaultPlace{URL: "https://b.vault.azure.net", Prefix: "pcc", Name: "n"}
	c := connector.Connector{Copies: []connector.VaultPlace{a, b}}
	again := a
	again.URL, again.Prefix, again.WithSecret, again.At = "https://A.vault.azure.net", "PCC", true, time.Now()
	got := c.Elsewhere(again)
	if !reflect.DeepEqual(got, []connector.VaultPlace{b}) || !reflect.DeepEqual(c.Copies, []connector.VaultPlace{a, b}) {
		t.Errorf("%+v, of %+v", got, c.Copies)
	}
	if got := c.Elsewhere(connector.VaultPlace{}); !reflect.DeepEqual(got, c.Copies) || len(append(got, a)) != 3 || len(c.Copies) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestANameBesideAnother(t *testing.T) {
	for name, want := range map[string]string{
		"Contoso": "contoso-0f1e2d3c", strings.Repeat("x", 80): strings.Repeat("x", 51) + "-0f1e2d3c", strings.Repeat("x", 50) + " y": strings.Repeat("x", 50) + "-0f1e2d3c",
	} {
		c := connector.Connector{ID: "0f1e2d3c4b5a", Name: name}
		if got := c.VaultNameBeside(); got != want || connector.VaultName(got) != got {
			t.Errorf("%q: %q", name, got)
		}
	}
}
