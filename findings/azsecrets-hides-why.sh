#!/usr/bin/env bash
# azsecrets: why a vault says no stands in no field of the error, and a long Retry-After means no second try.
#
# Seen with github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets v1.5.1, azcore v1.24.0 and Go 1.26 on Linux.
#
# A name that a deleted secret still has is refused with 409 like any other conflict, a firewall with 403 like a missing role: ErrorCode says
# "Conflict" and "Forbidden", and the code that tells what to do is in error.innererror of the body alone, which can be read once more from
# RawResponse. The wait that a vault asks for is in no field either. Of more than 60 s (MaxRetryDelay) the client does not wait less, or 60 s, but
# fails at the first try; of 1 s it waits, three times.
#
# Output:
#   deleted: ErrorCode "Conflict", innererror "ObjectIsDeletedButRecoverable", 1 try
#   firewall: ErrorCode "Forbidden", innererror "ForbiddenByFirewall", 1 try
#   role: ErrorCode "Forbidden", innererror "ForbiddenByRbac", 1 try
#   throttled, Retry-After 1: ErrorCode "Throttled", innererror "", 4 tries
#   throttled, Retry-After 61: ErrorCode "Throttled", innererror "", 1 try
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
cd "$folder"
export GOMODCACHE="$folder/modules" GOCACHE="$folder/cache" GOFLAGS="-mod=mod -modcacherw"
cat >main.go <<'END'
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets"
)

// vault says no, and counts how often it was asked with a token.
type vault struct {
	status      int
	body, after string
	asked       int
}

func (v *vault) Do(r *http.Request) (*http.Response, error) {
	answer := &http.Response{StatusCode: http.StatusUnauthorized, Header: http.Header{}, Body: http.NoBody, Request: r}
	if r.Header.Get("Authorization") == "" {
		answer.Header.Set("WWW-Authenticate", `Bearer authorization="https://login.example/tenant", resource="https://vault.example"`)
		return answer, nil
	}
	v.asked++
	answer.StatusCode, answer.Body = v.status, io.NopCloser(strings.NewReader(v.body))
	if v.after != "" {
		answer.Header.Set("Retry-After", v.after)
	}
	return answer, nil
}

type signedIn struct{}

func (signedIn) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return azcore.AccessToken{Token: "t", ExpiresOn: time.Now().Add(time.Hour)}, nil
}

func try(name string, v *vault) {
	client, err := azsecrets.NewClient("https://contoso.vault.example", signedIn{}, &azsecrets.ClientOptions{ClientOptions: azcore.ClientOptions{Transport: v}})
	if err != nil {
		panic(err)
	}
	_, err = client.SetSecret(context.Background(), "one", azsecrets.SetSecretParameters{Value: to.Ptr("x")}, nil)
	var e *azcore.ResponseError
	if !errors.As(err, &e) {
		panic(err)
	}
	var said struct {
		Error struct {
			Inner struct {
				Code string `json:"code"`
			} `json:"innererror"`
		} `json:"error"`
	}
	if err := json.NewDecoder(e.RawResponse.Body).Decode(&said); err != nil {
		panic(err)
	}
	tries := "tries"
	if v.asked == 1 {
		tries = "try"
	}
	fmt.Printf("%s: ErrorCode %q, innererror %q, %d %s\n", name, e.ErrorCode, said.Error.Inner.Code, v.asked, tries)
}

func main() {
	try("deleted", &vault{status: 409, body: `{"error":{"code":"Conflict","innererror":{"code":"ObjectIsDeletedButRecoverable"}}}`})
	try("firewall", &vault{status: 403, body: `{"error":{"code":"Forbidden","innererror":{"code":"ForbiddenByFirewall"}}}`})
	try("role", &vault{status: 403, body: `{"error":{"code":"Forbidden","innererror":{"code":"ForbiddenByRbac"}}}`})
	for _, after := range []string{"1", "61"} {
		try("throttled, Retry-After "+after, &vault{status: 429, body: `{"error":{"code":"Throttled"}}`, after: after})
	}
}
END
cat >go.mod <<'END'
module finding

go 1.26
END
go get github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets@v1.5.1 github.com/Azure/azure-sdk-for-go/sdk/azcore@v1.24.0 >get.log 2>&1 || { cat get.log; exit 1; }
go run . >seen
cat seen
diff - seen <<'END'
deleted: ErrorCode "Conflict", innererror "ObjectIsDeletedButRecoverable", 1 try
firewall: ErrorCode "Forbidden", innererror "ForbiddenByFirewall", 1 try
role: ErrorCode "Forbidden", innererror "ForbiddenByRbac", 1 try
throttled, Retry-After 1: ErrorCode "Throttled", innererror "", 4 tries
throttled, Retry-After 61: ErrorCode "Throttled", innererror "", 1 try
END
