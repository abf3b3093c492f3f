package rehearsal_test

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/rehearsal"
)

// keyVaultClient calls key vaults by hand.
type keyVaultClient struct {
	t      *testing.T
	cloud  *rehearsal.Cloud
	client *http.Client
	name   string
	token  string
}

func newKeyVaultClient(t *testing.T, c *rehearsal.Cloud, name string) *keyVaultClient {
	t.Helper()
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(c.Facts().CA)
	transport := &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: pool}, DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			_, port, _ := net.SplitHostPort(address)
			return (&net.Dialer{}).DialContext(ctx, network, "127.0.0.1:"+port)
		},
	}
	token, err := c.AzureToken(c.Facts().TenantID, "")
	if err != nil {
		t.Fatal(err)
	}
	return &keyVaultClient{t: t, cloud: c, client: &http.Client{Transport: transport, Timeout: 20 * time.Second}, name: name, token: token}
}

func (k *keyVaultClient) call(method, path, body string) reply {
	k.t.Helper()
	address := "https://" + k.name + "." + k.cloud.Facts().Azure.KeyVaultSuffix + path
	if !strings.Contains(path, "api-version") {
		address += "?api-version=7.4"
	}
	r, err := http.NewRequestWithContext(k.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		k.t.Fatal(err)
	}
	if k.token != "" {
		r.Header.Set("Authorization", "Bearer "+k.token)
	}
	answer, err := k.client.Do(r)
	if err != nil {
		return reply{err: err}
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	out := reply{status: answer.StatusCode, header: answer.Header, raw: string(data), err: err}
	_ = json.Unmarshal(data, &out.body)
	return out
}

// inner is the code within the error.
func (r reply) inner() string {
	said, _ := r.body["error"].(map[string]any)
	in, _ := said["innererror"].(map[string]any)
	code, _ := in["code"].(string)
	return code
}

func TestKeyVaultAsksForAToken(t *testing.T) {
	time := newClock()
	c := start(t, rehearsal.Options{Now: time.Now})
	f := c.Facts()
	k := newKeyVaultClient(t, c, "contoso")
	other, err := c.AzureToken(f.OtherTenantID, "")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := c.AzureToken(f.TenantID, "https://graph.microsoft.com")
	if err != nil {
		t.Fatal(err)
	}
	good := k.token
	for name, token := range map[string]string{"none": "", "another's": "abc", "of another tenant": other, "for Graph": graph} {
		k.token = token
		r := k.call(http.MethodPut, "/secrets/one", "")
		want := `Bearer authorization="` + f.BackChannel + "/" + f.TenantID + `", resource="https://` + f.Azure.KeyVaultSuffix + `"`
		if r.status != 401 || r.code() != "Unauthorized" || r.header.Get("WWW-Authenticate") != want {
			t.Errorf("%s: %d %s %q", name, r.status, r.raw, r.header.Get("WWW-Authenticate"))
		}
	}
	k.token = good
	if r := k.call(http.MethodPut, "/secrets/one", `{"value":"x"}`); r.status != 200 {
		t.Errorf("a good one: %s", r.raw)
	}
	time.forward(3600e9)
	if r := k.call(http.MethodGet, "/secrets/one", ""); r.status != 401 || !strings.Contains(r.raw, "TokenExpired") {
		t.Errorf("after an hour: %s", r.raw)
	}
	if n := c.Journal().Count("vault-set"); n != 5 {
		t.Errorf("%d calls are in the journal", n)
	}
}

func TestKeyVaultRefusesWhatItCantKeep(t *testing.T) {
	c := start(t, options())
	k := newKeyVaultClient(t, c, "contoso")
	for _, x := range []struct {
		method, path, body string
		status             int
		code               string
	}{
		{"PUT", "/secrets/one?api-version=", `{"value":"x"}`, 400, "BadParameter"},
		{"PUT", "/secrets/my_secret", `{"value":"x"}`, 400, "BadParameter"},
		{"PUT", "/secrets/one", "", 400, "BadParameter"},
		{"PUT", "/secrets/one", "{}", 400, "BadParameter"},
		{"PUT", "/secrets/one", `{"value":"` + strings.Repeat("v", 25601) + `"}`, 400, "BadParameter"},
		{"PUT", "/secrets/one", `{"value":"x","tags":{"t":"` + strings.Repeat("v", 257) + `"}}`, 400, "BadParameter"},
		{"PUT", "/secrets/one", `{"value":"x","tags":{"1":"","2":"","3":"","4":"","5":"","6":"","7":"","8":"","9":"","10":"","11":"","12":"","13":"","14":"","15":"","16":""}}`, 400, "BadParameter"},
		{"GET", "/secrets/one", "", 404, "SecretNotFound"},
		{"GET", "/secrets/one/", "", 404, "SecretNotFound"},
		{"PATCH", "/secrets/one/00000000000000000000000000000000", "{}", 404, "SecretNotFound"},
		{"PATCH", "/secrets/one/0", "no JSON", 400, "BadParameter"},
		{"GET", "/deletedsecrets/one", "", 404, "SecretNotFound"},
		{"DELETE", "/secrets/one", "", 404, "SecretNotFound"},
		{"GET", "/keys/one", "", 404, "NotFound"},
	} {
		if r := k.call(x.method, x.path, x.body); r.status != x.status || r.code() != x.code {
			t.Errorf("%s %s %.40s: %d %s", x.method, x.path, x.body, r.status, r.raw)
		}
	}
	if names := c.KeptNames("contoso"); len(names) != 0 {
		t.Errorf("it keeps %v", names)
	}
}

// TestKeyVaultVersions: all of them stay, in pages, and names count in any case.
func TestKeyVaultVersions(t *testing.T) {
	c := start(t, options())
	k := newKeyVaultClient(t, c, "contoso")
	ids := []string{}
	for _, value := range []string{"1", "2", "3"} {
		r := k.call("PUT", "/secrets/One", `{"value":"`+value+`","tags":{"n":"`+value+`"},"contentType":"text/plain"}`)
		if r.status != 200 || r.text("value") != value {
			t.Fatalf("%s", r.raw)
		}
		ids = append(ids, r.text("id"))
	}
	if !strings.HasPrefix(ids[0], "https://contoso."+c.Facts().Azure.KeyVaultSuffix+"/secrets/One/") {
		t.Errorf("%s", ids[0])
	}
	if r := k.call("GET", "/secrets/one", ""); r.text("value") != "3" || r.text("id") != ids[2] || r.text("contentType") != "text/plain" {
		t.Errorf("the newest: %s", r.raw)
	}
	first := ids[0][strings.LastIndex(ids[0], "/")+1:]
	if r := k.call("GET", "/secrets/one/"+first, ""); r.text("value") != "1" {
		t.Errorf("the first: %s", r.raw)
	}
	if r := k.call("PATCH", "/secrets/one/"+first, `{"tags":{"n":"changed"}}`); r.status != 200 || r.text("value") != "" {
		t.Errorf("%s", r.raw)
	}
	listed, path, pages := []string{}, "/secrets/one/versions", 0
	for path != "" {
		r := k.call("GET", path, "")
		for _, one := range r.body["value"].([]any) {
			listed = append(listed, one.(map[string]any)["id"].(string))
			if one.(map[string]any)["value"] != nil {
				t.Error("the list has values")
			}
		}
		pages++
		u, _ := url.Parse(r.text("nextLink"))
		path = cmp.Or(u.RequestURI(), "")
		if r.text("nextLink") == "" {
			path = ""
		}
	}
	slices.Sort(ids)
	if !slices.Equal(listed, ids) || pages != 2 {
		t.Errorf("%v in %d pages, want %v", listed, pages, ids)
	}
	if r := k.call("GET", "/secrets/none/versions", ""); r.status != 200 || len(r.body["value"].([]any)) != 0 {
		t.Errorf("%s", r.raw)
	}
	if r := k.call("GET", "/secrets", ""); !strings.HasSuffix(r.body["value"].([]any)[0].(map[string]any)["id"].(string), "/secrets/One") {
		t.Errorf("%s", r.raw)
	}
	kept := c.KeptSecrets("Contoso", "ONE")
	if len(kept) != 3 || kept[0].Value != "1" || kept[0].Tags["n"] != "changed" || kept[2].Value != "3" {
		t.Errorf("%+v", kept)
	}
	if kept := c.KeptSecrets("another", "one"); kept != nil {
		t.Errorf("another vault has it too: %+v", kept)
	}
}

// TestKeyVaultDeletes: a deleted secret keeps its name until it is recovered or purged.
func TestKeyVaultDeletes(t *testing.T) {
	c := start(t, options())
	k := newKeyVaultClient(t, c, "contoso")
	k.call("PUT", "/secrets/one", `{"value":"x"}`)
	if r := k.call("DELETE", "/secrets/one", ""); r.status != 200 || !strings.HasSuffix(r.text("recoveryId"), "/deletedsecrets/one") {
		t.Errorf("%s", r.raw)
	}
	if r := k.call("GET", "/secrets/one", ""); r.status != 404 {
		t.Errorf("%s", r.raw)
	}
	if r := k.call("PUT", "/secrets/one", `{"value":"y"}`); r.status != 409 || r.code() != "Conflict" || r.inner() != "ObjectIsDeletedButRecoverable" {
		t.Errorf("%s", r.raw)
	}
	if r := k.call("GET", "/deletedsecrets/one", ""); r.status != 200 {
		t.Errorf("%s", r.raw)
	}
	if r := k.call("POST", "/deletedsecrets/one/recover", ""); r.status != 200 {
		t.Errorf("%s", r.raw)
	}
	if r := k.call("GET", "/secrets/one", ""); r.text("value") != "x" {
		t.Errorf("%s", r.raw)
	}
	k.call("DELETE", "/secrets/one", "")
	if r := k.call("DELETE", "/deletedsecrets/one", ""); r.status != 204 {
		t.Errorf("%d", r.status)
	}
	if r := k.call("PUT", "/secrets/one", `{"value":"z"}`); r.status != 200 {
		t.Errorf("%s", r.raw)
	}
}

func TestKeyVaultFaults(t *testing.T) {
	c := start(t, options())
	for name, want := range map[string]string{
		"throttled": "429 Throttled  40", "busy": "429 Throttled  1", "no-rights": "403 Forbidden ForbiddenByRbac ", "list-only": "403 Forbidden ForbiddenByRbac ",
		"read-only": "403 Forbidden ForbiddenByRbac ", "by-policy": "403 Forbidden ForbiddenByPolicy ", "firewall": "403 Forbidden ForbiddenByFirewall ",
		"private": "403 Forbidden ForbiddenByConnection ", "deleted": "409 Conflict ObjectIsDeletedButRecoverable ", "disabled": "200   ",
		"other-tenant": "401 Unauthorized  ", "revoked": "401 Unauthorized  ", "other-address": "200   ", "no-challenge": "200   ",
		"write-only": "200   ", "down": "503 ServiceUnavailable  ", "gateway": "403   ", "garbled": "200   ", "cut-off": "0   ",
	} {
		r := newKeyVaultClient(t, c, name).call("PUT", "/secrets/one", `{"value":"x"}`)
		retry := ""
		if r.header != nil {
			retry = r.header.Get("Retry-After")
		}
		if got := strings.Join([]string{json.Number(jsonNumber(float64(r.status))).String(), r.code(), r.inner(), retry}, " "); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := len(rehearsal.KeyVaultFaults()); got != 20 {
		t.Errorf("%d faults: each has its line above, but the silent one", got)
	}
	if r := newKeyVaultClient(t, c, "busy").call("PUT", "/secrets/one", `{"value":"x"}`); r.status != 200 {
		t.Errorf("busy the second time: %s", r.raw)
	}
}

// TestForeignHosts: a name that is not below the suffix reaches nothing.
func TestForeignHosts(t *testing.T) {
	c := start(t, options())
	for _, host := range []string{"contoso.vault.example", "contoso.vault.localhost", "vault.localhost", "a.contoso." + c.Facts().Azure.KeyVaultSuffix} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.Facts().BackChannel+"/secrets/one", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		answer, err := newProgram(t, c).client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusMisdirectedRequest {
			t.Errorf("%s: %d", host, answer.StatusCode)
		}
	}
}
