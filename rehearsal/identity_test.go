package rehearsal_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"testing"
)

// TestWorkloadIdentity: the token of the cluster is exchanged for one that a key vault takes, and nothing else is.
func TestWorkloadIdentity(t *testing.T) {
	c := start(t, options())
	p := newProgram(t, c)
	f := p.facts.Azure
	form := func(changes ...string) url.Values {
		v := url.Values{
			"grant_type": {"client_credentials"}, "client_id": {f.WorkloadClientID}, "scope": {"https://" + f.KeyVaultSuffix + "/.default"},
			"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}, "client_assertion": {f.WorkloadToken},
		}
		for i := 0; i+1 < len(changes); i += 2 {
			v.Set(changes[i], changes[i+1])
		}
		return v
	}
	token := func(tenant string, v url.Values) reply {
		return p.send(http.MethodPost, "/"+tenant+"/oauth2/v2.0/token", v, nil)
	}
	good := token(p.facts.TenantID, form())
	if got := claims(t, good.text("access_token")); got["aud"] != "https://"+f.KeyVaultSuffix || got["tid"] != p.facts.TenantID || got["appid"] != f.WorkloadClientID {
		t.Errorf("%v", got)
	}
	k := newKeyVaultClient(t, c, "contoso")
	k.token = good.text("access_token")
	if r := k.call("PUT", "/secrets/one", `{"value":"x"}`); r.status != 200 {
		t.Errorf("%s", r.raw)
	}
	for _, x := range []struct {
		name, tenant string
		form         url.Values
		code         string
	}{
		{"signed by nobody", p.facts.TenantID, form("client_assertion", f.WorkloadToken[:len(f.WorkloadToken)-6]+"AAAAAA"), "AADSTS70021"},
		{"an access token", p.facts.TenantID, form("client_assertion", good.text("access_token")), "AADSTS70021"},
		{"none", p.facts.TenantID, form("client_assertion", ""), "AADSTS7000218"},
		{"of another kind", p.facts.TenantID, form("client_assertion_type", "x"), "AADSTS50027"},
		{"in the other tenant", p.facts.OtherTenantID, form(), "AADSTS700016"},
	} {
		if r := token(x.tenant, x.form); r.code() != x.code {
			t.Errorf("%s: %s, want %s", x.name, r.raw, x.code)
		}
	}
	if !slices.Contains(c.Journal().Issued(), f.WorkloadToken) {
		t.Error("nobody could look for a leak of the cluster's token")
	}
}

func TestManagedIdentity(t *testing.T) {
	c := start(t, options())
	f := c.Facts().Azure
	ask := func(query, header string) reply {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, f.IdentityEndpoint+"?"+query, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-IDENTITY-HEADER", header)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		defer http.DefaultClient.CloseIdleConnections()
		out := reply{status: answer.StatusCode}
		_ = json.NewDecoder(answer.Body).Decode(&out.body)
		return out
	}
	good := ask("api-version=2019-08-01&resource=https://"+f.KeyVaultSuffix, f.IdentityHeader)
	if got := claims(t, good.text("access_token")); got["aud"] != "https://"+f.KeyVaultSuffix {
		t.Errorf("%v", got)
	}
	if r := ask("api-version=2019-08-01&resource=x", "wrong"); r.status != 401 {
		t.Errorf("with a wrong header: %d", r.status)
	}
	if r := ask("resource=x", f.IdentityHeader); r.status != 400 {
		t.Errorf("without a version: %d", r.status)
	}
}
