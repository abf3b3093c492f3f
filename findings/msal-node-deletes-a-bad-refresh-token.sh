#!/usr/bin/env bash
# MSAL: after a refused refresh, MSAL for Node.js has thrown the refresh token away, if the suberror is bad_token; MSAL for Go has kept it.
#
# Seen with @azure/msal-node 3.8.9 on Node.js 20.20 and github.com/AzureAD/microsoft-authentication-library-for-go v1.10.1 on Go 1.26.
#
# Both are handed a token response with a refresh token and are then asked for a fresh access token, silently. The token endpoint answers
# invalid_grant, first with the suberror basic_action, then with bad_token. Node.js reports both alike (InteractionRequiredAuthError), but bad_token
# also takes the refresh token out of the cache, and with a cache plugin out of the file or keychain behind it: the next call fails with
# no_tokens_found and asks nobody. So one such answer to one program ends it for all that share the cache, even if the next answer would have been
# another. MSAL for Go has the token in its cache after either.
#
# Output:
#   Node.js, basic_action: InteractionRequiredAuthError invalid_grant, refresh tokens kept: 1, asked again: yes
#   Node.js, bad_token: InteractionRequiredAuthError invalid_grant, refresh tokens kept: 0, asked again: no (no_tokens_found)
#   Go, basic_action: invalid_grant, refresh tokens kept: 1, asked again: yes
#   Go, bad_token: invalid_grant, refresh tokens kept: 1, asked again: yes
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
cd "$folder"
export GOMODCACHE="$folder/modules" GOCACHE="$folder/cache" GOFLAGS="-mod=mod -modcacherw" npm_config_cache="$folder/npm"
mkdir node go
cat >node/main.mjs <<'END'
import { ConfidentialClientApplication } from "@azure/msal-node";

const tenant = "11111111-2222-4333-8444-555555555555", host = "login.example";
const base = `https://${host}/${tenant}`;
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const now = Math.floor(Date.now() / 1000);
const idToken = [{ alg: "RS256" }, { iss: `${base}/v2.0`, aud: "app", sub: "s", oid: "o", tid: tenant, preferred_username: "user@example.com", iat: now, exp: now + 3600 }]
  .map(encode).join(".") + ".c2lnbmF0dXJl";
const tokens = { token_type: "Bearer", expires_in: 3600, scope: "api/read", access_token: "a", refresh_token: "r", id_token: idToken, client_info: encode({ uid: "o", utid: tenant }) };

for (const suberror of ["basic_action", "bad_token"]) {
  let asked = 0, refuse = false;
  const answer = (status, body) => ({ status, headers: {}, body });
  const networkClient = {
    sendGetRequestAsync: async () => { throw new Error("nothing is to be fetched"); },
    sendPostRequestAsync: async () => {
      asked++;
      return refuse ? answer(400, { error: "invalid_grant", suberror, error_description: "refused" }) : answer(200, tokens);
    },
  };
  const metadata = { issuer: `${base}/v2.0`, authorization_endpoint: `${base}/authorize`, token_endpoint: `${base}/token`, jwks_uri: `${base}/keys` };
  const client = new ConfidentialClientApplication({
    auth: { clientId: "app", clientSecret: "x", authority: base, knownAuthorities: [host], authorityMetadata: JSON.stringify(metadata) },
    system: { networkClient },
  });
  const { account } = await client.acquireTokenByCode({ code: "c", scopes: ["api/read"], redirectUri: "http://localhost" });
  refuse = true;
  const refresh = () => client.acquireTokenSilent({ account, scopes: ["api/read"], forceRefresh: true }).catch((e) => e);
  const first = await refresh();
  const kept = Object.keys(JSON.parse(client.getTokenCache().serialize()).RefreshToken).length;
  const before = asked;
  const second = await refresh();
  const again = asked > before ? "yes" : `no (${second.errorCode})`;
  console.log(`Node.js, ${suberror}: ${first.name} ${first.errorCode}, refresh tokens kept: ${kept}, asked again: ${again}`);
}
END
cat >go/main.go <<'END'
package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/cache"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	msalerrors "github.com/AzureAD/microsoft-authentication-library-for-go/apps/errors"
)

const tenant = "11111111-2222-4333-8444-555555555555"
const base = "https://login.example/" + tenant

// endpoint answers in place of the network.
type endpoint struct {
	suberror string
	refuse   bool
	asked    int
}

func encode(v any) string {
	data, _ := json.Marshal(v)
	return base64.RawURLEncoding.EncodeToString(data)
}

func (e *endpoint) Do(r *http.Request) (*http.Response, error) {
	status, body := 200, any(map[string]any{})
	switch {
	case strings.Contains(r.URL.Path, "openid-configuration"):
		body = map[string]any{"issuer": base + "/v2.0", "authorization_endpoint": base + "/authorize", "token_endpoint": base + "/token"}
	case e.refuse:
		e.asked++
		status, body = 400, map[string]any{"error": "invalid_grant", "suberror": e.suberror, "error_description": "refused"}
	default:
		now := time.Now().Unix()
		claims := map[string]any{"iss": base + "/v2.0", "aud": "app", "sub": "s", "oid": "o", "tid": tenant, "preferred_username": "user@example.com", "iat": now, "exp": now + 3600}
		body = map[string]any{
			"token_type": "Bearer", "expires_in": 1, "scope": "api/read", "access_token": "a", "refresh_token": "r",
			"id_token": encode(map[string]any{"alg": "RS256"}) + "." + encode(claims) + ".c2lnbmF0dXJl", "client_info": encode(map[string]any{"uid": "o", "utid": tenant}),
		}
	}
	data, _ := json.Marshal(body)
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(data)), Request: r}, nil
}

func (*endpoint) CloseIdleConnections() {}

// memory keeps the cache as a file would.
type memory struct{ data []byte }

func (m *memory) Replace(_ context.Context, c cache.Unmarshaler, _ cache.ReplaceHints) error {
	if m.data == nil {
		return nil
	}
	return c.Unmarshal(m.data)
}

func (m *memory) Export(_ context.Context, c cache.Marshaler, _ cache.ExportHints) error {
	data, err := c.Marshal()
	m.data = data
	return err
}

func (m *memory) refreshTokens() int {
	var kept struct{ RefreshToken map[string]any }
	if err := json.Unmarshal(m.data, &kept); err != nil {
		panic(err)
	}
	return len(kept.RefreshToken)
}

func main() {
	ctx := context.Background()
	for _, suberror := range []string{"basic_action", "bad_token"} {
		e, m := &endpoint{suberror: suberror}, &memory{}
		secret, _ := confidential.NewCredFromSecret("x")
		client, err := confidential.New(base, "app", secret, confidential.WithHTTPClient(e), confidential.WithCache(m), confidential.WithInstanceDiscovery(false))
		if err != nil {
			panic(err)
		}
		got, err := client.AcquireTokenByAuthCode(ctx, "c", "http://localhost", []string{"api/read"})
		if err != nil {
			panic(err)
		}
		e.refuse = true
		// MSAL refreshes an access token that lives for less than five minutes.
		refresh := func() error {
			_, err := client.AcquireTokenSilent(ctx, []string{"api/read"}, confidential.WithSilentAccount(got.Account))
			return err
		}
		first := refresh()
		var call msalerrors.CallErr
		word := "another error"
		if errors.As(first, &call) && strings.Contains(call.Error(), "invalid_grant") {
			word = "invalid_grant"
		}
		kept, before, again := m.refreshTokens(), e.asked, "no"
		_ = refresh()
		if e.asked > before {
			again = "yes"
		}
		fmt.Printf("Go, %s: %s, refresh tokens kept: %d, asked again: %s\n", suberror, word, kept, again)
	}
}
END
{
	cd "$folder/node"
	printf '{"private": true, "dependencies": {"@azure/msal-node": "3.8.9"}}\n' >package.json
	npm install --silent --ignore-scripts --no-audit --no-fund
	node main.mjs
	cd "$folder/go"
	go mod init finding >get.log 2>&1
	go get github.com/AzureAD/microsoft-authentication-library-for-go@v1.10.1 >>get.log 2>&1 || { cat get.log >&2; exit 1; }
	go run .
} >"$folder/output"
cat "$folder/output"
cat >"$folder/expected" <<'END'
Node.js, basic_action: InteractionRequiredAuthError invalid_grant, refresh tokens kept: 1, asked again: yes
Node.js, bad_token: InteractionRequiredAuthError invalid_grant, refresh tokens kept: 0, asked again: no (no_tokens_found)
Go, basic_action: invalid_grant, refresh tokens kept: 1, asked again: yes
Go, bad_token: invalid_grant, refresh tokens kept: 1, asked again: yes
END
diff "$folder/expected" "$folder/output"
