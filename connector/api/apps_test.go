package api_test

import (
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

const appID = "14f38d7d-c4fc-448a-b2df-0fc60e75465a"

func TestDirectoryApp(t *testing.T) {
	const notFound = `{"error":{"code":"Request_ResourceNotFound","message":"Resource does not exist."}}`
	for name, tt := range map[string]struct {
		status int
		body   string
		want   connector.DirectoryApp
		fails  int
	}{
		"there": {
			200, `{"id":"o","appId":"14F38D7D-c4fc-448a-b2df-0fc60e75465a","displayName":"Prod\u202euct 7\u0007","accountEnabled":true,"verifiedPublisher":{"displayName":"Publisher Ltd"}}`,
			connector.DirectoryApp{ID: "o", ClientID: "14F38D7D-c4fc-448a-b2df-0fc60e75465a", Name: "Product 7", Publisher: "Publisher Ltd"},
			0,
		},
		"switched off":       {200, `{"id":"o","appId":"` + appID + `","accountEnabled":false}`, connector.DirectoryApp{ID: "o", ClientID: appID, Disabled: true}, 0},
		"not there":          {404, notFound, connector.DirectoryApp{}, 0},
		"another app":        {200, `{"id":"o","appId":"another"}`, connector.DirectoryApp{}, 200},
		"no object":          {200, `{"appId":"` + appID + `"}`, connector.DirectoryApp{}, 200},
		"a page of a proxy":  {404, `<html>`, connector.DirectoryApp{}, 404},
		"another 404":        {404, `{"error":{"code":"BadRequest","message":"x"}}`, connector.DirectoryApp{}, 404},
		"may not be read":    {403, `{"error":{"code":"Authorization_RequestDenied","message":"x"}}`, connector.DirectoryApp{}, 403},
		"an array is no app": {200, `[]`, connector.DirectoryApp{}, 200},
	} {
		client, _ := serveGraph(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/v1.0/servicePrincipals(appId='"+appID+"')" || r.URL.Query().Get("$select") != "id,appId,displayName,accountEnabled,verifiedPublisher" {
				t.Errorf("%s: asked %s", name, r.URL)
			}
			w.WriteHeader(tt.status)
			_, _ = w.Write([]byte(tt.body))
		})
		got, err := client.DirectoryApp(t.Context(), token, appID)
		var api *connector.APIError
		if got != tt.want || (err == nil) != (tt.fails == 0) || err != nil && (!errors.As(err, &api) || api.Status != tt.fails) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// TestAClientIDStaysInItsQuotes checks that what a list of somebody's has as a client ID asks for nothing else.
func TestAClientIDStaysInItsQuotes(t *testing.T) {
	asked := ""
	client, _ := serveGraph(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.EscapedPath()
		w.WriteHeader(http.StatusNotFound)
	})
	_, _ = client.DirectoryApp(t.Context(), token, "x')/owners?$y=('#")
	if asked != "/v1.0/servicePrincipals(appId='x%27%27%29%2Fowners%3F$y=%28%27%27%23')" {
		t.Errorf("asked %s", asked)
	}
}

func TestGrants(t *testing.T) {
	asked := []string{}
	base := ""
	client, address := serveGraph(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path+" "+r.URL.Query().Get("$filter")+r.URL.Query().Get("$skiptoken"))
		body := ""
		switch {
		case r.URL.Query().Get("$filter") != "":
			body = `{"value":[{"clientId":"sp","consentType":"AllPrincipals","principalId":null,"resourceId":"g","scope":" User.Read openid"}],
				"@odata.nextLink":"` + base + `/v1.0/oauth2PermissionGrants?$skiptoken=2"}`
		case r.URL.Query().Get("$skiptoken") != "":
			body = `{"value":[{"clientId":"sp","consentType":"Principal","principalId":"p","resourceId":"x","scope":"user_impersonation"},
				{"clientId":"sp","consentType":"AllPrincipals","resourceId":"g","scope":""}]}`
		case strings.HasSuffix(r.URL.Path, "/g"):
			body = `{"id":"g","appId":"00000003-0000-0000-c000-000000000000","displayName":"Microsoft Graph"}`
		default:
			w.WriteHeader(http.StatusForbidden)
		}
		_, _ = w.Write([]byte(body))
	})
	base = address
	got, err := client.Grants(t.Context(), token, connector.DirectoryApp{ID: "sp"})
	const graph = "00000003-0000-0000-c000-000000000000"
	want := []connector.Grant{
		{APIID: graph, API: "Microsoft Graph", Scopes: []string{"User.Read", "openid"}},
		{Principal: "p", Scopes: []string{"user_impersonation"}},
		{APIID: graph, API: "Microsoft Graph", Scopes: []string{}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	wantAsked := []string{"/v1.0/oauth2PermissionGrants clientId eq 'sp'", "/v1.0/oauth2PermissionGrants 2", "/v1.0/servicePrincipals/g ", "/v1.0/servicePrincipals/x "}
	if !reflect.DeepEqual(asked, wantAsked) {
		t.Errorf("asked %q", asked)
	}
}

// TestGrantsOfOthersAreNoAnswer checks that a consent which is not clearly for the app, and for whom, counts for nothing.
func TestGrantsOfOthersAreNoAnswer(t *testing.T) {
	for _, grant := range []string{
		`{"clientId":"another","consentType":"AllPrincipals","resourceId":"g","scope":"x"}`,
		`{"clientId":"sp","consentType":"AllPrincipals","principalId":"p","resourceId":"g","scope":"x"}`,
		`{"clientId":"sp","consentType":"Principal","resourceId":"g","scope":"x"}`,
		`{"clientId":"sp","consentType":"Everybody","resourceId":"g","scope":"x"}`,
	} {
		client, _ := serveGraph(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"value":[` + grant + `]}`)) })
		if got, err := client.Grants(t.Context(), token, connector.DirectoryApp{ID: "sp"}); !errors.Is(err, auth.ErrBadAnswer) {
			t.Errorf("%s: %+v, %v", grant, got, err)
		}
	}
}
