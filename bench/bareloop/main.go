//go:build e2e && linux

// Command bareloop checks connectors as a plain loop would: for each, one after the other, the requests of `pcc check` with its two
// refreshes, by net/http alone, and one item of the keychain of the same size. `make bench` measures `pcc check --all` beside it.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"partner-center-connector/bench/fixture"
)

// job is what standard input says.
type job struct {
	// CA is a PEM text; Base the origin of the sign-in service and of both APIs.
	CA, Base, Tenant, ClientID, RefreshToken string
	PartnerScopes, GraphScopes               string
	// IDs are the connectors, Service is that of their items, and Size the length of each in bytes.
	IDs     []string
	Service string
	Size    int
}

func main() {
	if err := run(); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "bareloop:", err)
		os.Exit(1)
	}
}

func run() error {
	var j job
	if err := json.NewDecoder(os.Stdin).Decode(&j); err != nil {
		return err
	}
	keychain, err := fixture.OpenKeychain("")
	if err != nil {
		return err
	}
	defer func() { _ = keychain.Close() }()
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM([]byte(j.CA))
	l := loop{job: j, keychain: keychain, client: &http.Client{
		Timeout: time.Minute, Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}},
	}}
	for _, id := range j.IDs {
		if err := l.check(id); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
	}
	return nil
}

type loop struct {
	job
	keychain *fixture.Keychain
	client   *http.Client
}

// tokens are those of an answer.
type tokens struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
}

func (l loop) check(id string) error {
	if err := l.getAll("/"+l.Tenant+"/v2.0/.well-known/openid-configuration", ""); err != nil {
		return err
	}
	partner, err := l.refresh(l.RefreshToken, l.PartnerScopes)
	if err != nil {
		return err
	}
	graph, err := l.refresh(l.RefreshToken, l.GraphScopes)
	if err != nil {
		return err
	}
	for _, call := range []struct{ path, token string }{
		{"/v1.0/me?$select=id,userPrincipalName,mail,displayName", graph.AccessToken},
		{"/v1.0/me/transitiveMemberOf?$select=id,displayName,roleTemplateId&$top=999", graph.AccessToken},
		{"/v1/profiles/organization", partner.AccessToken},
		{"/v1/customers?size=1", partner.AccessToken},
	} {
		if err := l.getAll(call.path, call.token); err != nil {
			return err
		}
	}
	kept := graph.RefreshToken + partner.AccessToken + graph.AccessToken
	kept += strings.Repeat(".", max(0, l.Size-len(kept)))
	return l.keychain.Set(l.Service, id, kept[:l.Size])
}

func (l loop) refresh(token, scopes string) (tokens, error) {
	form := url.Values{"grant_type": {"refresh_token"}, "client_id": {l.ClientID}, "refresh_token": {token}, "scope": {scopes}, "client_info": {"1"}}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, l.Base+"/"+l.Tenant+"/oauth2/v2.0/token", strings.NewReader(form.Encode()))
	if err != nil {
		return tokens{}, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var t tokens
	err = l.send(r, &t)
	if err == nil && (t.AccessToken == "" || t.RefreshToken == "") {
		err = errors.New("the answer has no tokens")
	}
	return t, err
}

// getAll gets a page, and those that it leads to.
func (l loop) getAll(path, token string) error {
	for address := l.Base + path; address != ""; {
		r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address, http.NoBody)
		if err != nil {
			return err
		}
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
			r.Header.Set("ValidateMfa", "true")
		}
		var body map[string]any
		if err := l.send(r, &body); err != nil {
			return err
		}
		address, _ = body["@odata.nextLink"].(string)
	}
	return nil
}

func (l loop) send(r *http.Request, into any) error {
	a, err := l.client.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = a.Body.Close() }()
	text, err := io.ReadAll(a.Body)
	if err == nil && a.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %s", r.URL.Path, a.Status)
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}
