package rehearsal_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/rehearsal"
)

func fuzzCloud(f *testing.F) *rehearsal.Cloud {
	f.Helper()
	c, err := rehearsal.Start(context.Background(), rehearsal.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = c.Close() })
	return c
}

// serve calls a handler as its server would, under its own host.
func serve(t *testing.T, h http.Handler, origin, method, target, body string, header http.Header) *http.Response {
	t.Helper()
	u, err := url.Parse(origin)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), method, origin+"/", strings.NewReader(body))
	r.Host = u.Host
	r.URL.Path, r.URL.RawQuery, _ = strings.Cut(target, "?")
	if header != nil {
		r.Header = header
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func FuzzPageParameters(f *testing.F) {
	c := fuzzCloud(f)
	facts := c.Facts()
	challenge := challenge(strings.Repeat("v", 50))
	full := url.Values{
		"client_id": {facts.Clients.Public}, "redirect_uri": {"http://localhost:8400/consent"}, "scope": {"openid User.Read"}, "state": {"s"},
		"response_type": {"code"}, "response_mode": {"form_post"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"}, "nonce": {"n"},
	}
	f.Add(full.Encode(), facts.TenantID)
	f.Add(full.Encode()+"&prompt=none", facts.Domain)
	f.Add("client_id="+facts.Clients.Public+"&redirect_uri=http://localhost:1&response_mode=fragment", facts.TenantID)
	f.Add("client_id=%zz&;=", "common")
	f.Add("redirect_uri=javascript:alert(1)&client_id="+facts.Clients.Public, facts.TenantID)
	f.Add("redirect_uri=http://localhost:80@evil.example/consent&client_id="+facts.Clients.Public, facts.TenantID)
	product := url.Values{
		"client_id": {facts.Product.ClientID}, "redirect_uri": {facts.Product.RedirectURIs[1]}, "scope": {"openid"}, "state": {"s"}, "nonce": {"n"}, "response_type": {"code id_token"},
	}
	f.Add(product.Encode(), "common")
	f.Add(product.Encode()+"&response_mode=query", facts.TenantID)
	f.Fuzz(func(t *testing.T, query, tenant string) {
		for _, path := range []string{"/" + tenant + "/oauth2/v2.0/authorize", "/" + tenant + "/v2.0/adminconsent"} {
			answer := serve(t, c.PagesHandler(), facts.Pages, http.MethodGet, path+"?"+query, "", nil)
			if answer.StatusCode < 200 || answer.StatusCode > 499 {
				t.Errorf("status %d", answer.StatusCode)
			}
			location := answer.Header.Get("Location")
			if location == "" || strings.HasPrefix(location, "/") { // the mux cleans odd paths
				continue
			}
			to, err := url.Parse(location)
			ours := err == nil && (to.Hostname() == "localhost" || slices.Contains(facts.Product.RedirectURIs, to.Scheme+"://"+to.Host+to.Path))
			if !ours || to.Scheme != "http" || to.User != nil {
				t.Errorf("it redirects to %q", location)
			}
		}
	})
}

func FuzzVisitForm(f *testing.F) {
	c := fuzzCloud(f)
	facts := c.Facts()
	f.Add("visit=x&do=accept")
	f.Add("visit=&do=person:admin&password=")
	f.Add("%")
	f.Fuzz(func(t *testing.T, body string) {
		header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
		answer := serve(t, c.PagesHandler(), facts.Pages, http.MethodPost, "/practice/visit", body, header)
		if answer.StatusCode != http.StatusBadRequest {
			t.Errorf("status %d for a visit that is not there", answer.StatusCode)
		}
	})
}

// FuzzProductForm presses buttons of the product that are not there, and brings it answers that nobody gave.
func FuzzProductForm(f *testing.F) {
	c := fuzzCloud(f)
	facts := c.Facts()
	f.Add("do=create", "state=x&admin_consent=True")
	f.Add("do=user-link&connector=x", "state=&error=access_denied")
	f.Add("do=open:x", "%")
	f.Fuzz(func(t *testing.T, pressed, answer string) {
		header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
		for path, body := range map[string]string{"/integrations": pressed, "/consent/partnercenter/user/success": answer} {
			got := serve(t, c.ProductHandler(), facts.Product.Page[:len(facts.Product.Page)-1], http.MethodPost, path, body, header)
			if got.StatusCode != http.StatusOK && got.StatusCode != http.StatusBadRequest || got.StatusCode == http.StatusOK && path != "/integrations" {
				t.Errorf("%s: status %d", path, got.StatusCode)
			}
		}
	})
}

func FuzzTokenParameters(f *testing.F) {
	c := fuzzCloud(f)
	facts := c.Facts()
	id := facts.Clients.Public
	f.Add("grant_type=authorization_code&code=x&code_verifier=y&client_id="+id, "")
	f.Add("grant_type=refresh_token&refresh_token=x&scope=.default&client_id="+id, "")
	f.Add("grant_type=client_credentials&scope=https://partnercenter.rehearsal.invalid/.default&client_id="+facts.Clients.Certificate+
		"&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion=eyJhbGciOiJQUzI1NiJ9.e30.AA", "")
	f.Add("grant_type=client_credentials&scope=User.Read+.default", "Basic Zm9vOiV6eg==")
	f.Add("%zz", "Basic")
	f.Fuzz(func(t *testing.T, body, authorization string) {
		header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Authorization": {authorization}}
		answer := serve(t, c.BackHandler(), facts.BackChannel, http.MethodPost, "/"+facts.TenantID+"/oauth2/v2.0/token", body, header)
		got := map[string]any{}
		if err := json.NewDecoder(answer.Body).Decode(&got); err != nil {
			t.Fatalf("no JSON: %v", err)
		}
		if answer.StatusCode == http.StatusOK {
			if got["access_token"] == "" || !strings.Contains(body, facts.ClientSecret) && !strings.Contains(authorization, "Basic") {
				t.Errorf("tokens for %q", body)
			}
			return
		}
		for _, key := range []string{"error", "error_description", "error_codes", "timestamp", "trace_id", "correlation_id"} {
			if got[key] == nil || got[key] == "" {
				t.Errorf("no %s", key)
			}
		}
	})
}

func FuzzAPIs(f *testing.F) {
	c := fuzzCloud(f)
	facts := c.Facts()
	f.Add("/v1/profiles/organization", "Bearer x")
	f.Add("/v1.0/me/transitiveMemberOf?$skiptoken=9&$top=-1", "bearer")
	f.Add("/v1/customers?size=0", "")
	f.Add("//v1/../x", "Bearer \x00")
	f.Fuzz(func(t *testing.T, target, authorization string) {
		answer := serve(t, c.BackHandler(), facts.BackChannel, http.MethodGet, target, "", http.Header{"Authorization": {authorization}})
		path, _, _ := strings.Cut(target, "?")
		if strings.HasPrefix(path, "/v1") && answer.StatusCode == http.StatusOK {
			t.Errorf("%s answers without a token", target)
		}
	})
}
