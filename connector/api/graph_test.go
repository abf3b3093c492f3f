package api_test

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/api"
)

var token = auth.NewSecret("the-access-token")

func serveGraph(t *testing.T, f http.HandlerFunc) (*api.Graph, string) {
	t.Helper()
	server := httptest.NewTLSServer(f)
	t.Cleanup(server.Close)
	t.Cleanup(server.Client().CloseIdleConnections)
	return api.NewGraph(server.URL, server.Client()), server.URL
}

func TestMe(t *testing.T) {
	client, _ := serveGraph(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1.0/me" || r.URL.Query().Get("$select") != "id,userPrincipalName,mail,displayName" {
			t.Errorf("asked %s", r.URL)
		}
		if r.Header.Get("Authorization") != "Bearer the-access-token" || len(r.Header.Get("client-request-id")) != 36 {
			t.Errorf("headers %v", r.Header)
		}
		_, _ = w.Write([]byte(`{"id":"oid","userPrincipalName":"a@b.c","mail":null,"displayName":"A"}`))
	})
	got, err := client.Me(t.Context(), token)
	if want := (connector.Me{ID: "oid", UPN: "a@b.c", Name: "A"}); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestMeErrors(t *testing.T) {
	for body, status := range map[string]int{`{}`: 200, `[]`: 200, `{"error":{"code":"InvalidAuthenticationToken","message":"Access token has expired."}}`: 401} {
		client, _ := serveGraph(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		})
		_, err := client.Me(t.Context(), token)
		var api *connector.APIError
		if !errors.As(err, &api) || api.Service != auth.Graph || api.Status != status || api.CorrelationID == "" {
			t.Errorf("%s: %#v", body, err)
			continue
		}
		if status == 401 && (api.Code != "InvalidAuthenticationToken" || api.Description != "Access token has expired.") {
			t.Errorf("got %#v", api)
		}
		if status == 200 && !errors.Is(err, auth.ErrBadAnswer) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

const (
	agents       = `{"@odata.type":"#microsoft.graph.group","id":"1","displayName":"AdminAgents"}`
	others       = `{"@odata.type":"#microsoft.graph.group","id":"2","displayName":"HelpdeskAgents"}`
	hidden       = `{"@odata.type":"#microsoft.graph.group","id":"3","displayName":null}`
	globalAdmin  = `{"@odata.type":"#microsoft.graph.directoryRole","id":"4","displayName":"Global Administrator","roleTemplateId":"62e90394-69f5-4237-9190-012177145e10"}`
	globalReader = `{"@odata.type":"#microsoft.graph.directoryRole","id":"5","displayName":"Global Reader","roleTemplateId":"f2ef992c-3afb-46b9-b7cf-a126ee74c451"}`
	hiddenRole   = `{"@odata.type":"#microsoft.graph.directoryRole","id":"6","displayName":null,"roleTemplateId":null}`
	billing      = `{"@odata.type":"#microsoft.graph.directoryRole","id":"8","displayName":"Billing Administrator","roleTemplateId":"B0F54661-2d74-4c50-afa3-1ec803f12efe"}`
	sales        = `{"@odata.type":"#microsoft.graph.group","id":"9","displayName":"salesAgents"}`
	unit         = `{"@odata.type":"#microsoft.graph.administrativeUnit","id":"7","displayName":"AdminAgents"}`
)

func TestMembership(t *testing.T) {
	yes, no := true, false
	tests := []struct {
		name          string
		objects       []string
		agents, admin *bool
	}{
		{"nothing, or all hidden", nil, nil, nil},
		{"names hidden", []string{hidden, hidden}, nil, nil},
		{"Admin agent", []string{others, agents}, &yes, &no},
		{"Admin agent among hidden ones", []string{hidden, agents}, &yes, &no},
		{"another agent", []string{others}, &no, &no},
		{"another agent, one hidden", []string{others, hidden}, nil, &no},
		{"administrator", []string{others, globalAdmin}, &no, &yes},
		{"administrator, groups hidden", []string{hidden, globalAdmin}, nil, &yes},
		{"a reader is none", []string{others, globalReader}, &no, &no},
		{"a role that is hidden", []string{others, hiddenRole}, &no, nil},
		{"no group by that name", []string{others, unit}, &no, &no},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client, _ := serveGraph(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/v1.0/me/transitiveMemberOf" || !strings.Contains(r.URL.Query().Get("$select"), "id,displayName") {
					t.Errorf("asked %s", r.URL)
				}
				fmt.Fprintf(w, `{"value":[%s]}`, strings.Join(tt.objects, ","))
			})
			got, err := client.Membership(t.Context(), token)
			if err != nil || !same(agentsOf(got), tt.agents) || !same(got.Administrator, tt.admin) {
				t.Errorf("agents %s, administrator %s, %v", show(agentsOf(got)), show(got.Administrator), err)
			}
		})
	}
}

// agentsOf reports whether the account is an Admin agent; nil where that could not be read.
func agentsOf(m connector.Membership) *bool {
	if held, known := m.Roles[connector.RoleAdminAgent]; known {
		return &held
	}
	return nil
}

// TestMembershipRoles holds what is known of each role of Partner Center: a Billing Administrator is no administrator.
func TestMembershipRoles(t *testing.T) {
	const admin, salesAgent, helpdesk, bill = connector.RoleAdminAgent, connector.RoleSalesAgent, connector.RoleHelpdeskAgent, connector.RoleBillingAdmin
	for name, tt := range map[string]struct {
		objects []string
		want    map[connector.Role]bool
		admin   *bool
	}{
		"hidden":                     {[]string{hidden, hiddenRole}, map[connector.Role]bool{}, nil},
		"helpdesk":                   {[]string{others}, map[connector.Role]bool{admin: false, salesAgent: false, helpdesk: true, bill: false}, new(false)},
		"sales and billing":          {[]string{sales, billing}, map[connector.Role]bool{admin: false, salesAgent: true, helpdesk: false, bill: true}, new(false)},
		"sales, directory roles not": {[]string{sales, hiddenRole}, map[connector.Role]bool{admin: false, salesAgent: true, helpdesk: false}, nil},
		"billing, groups not":        {[]string{hidden, billing}, map[connector.Role]bool{bill: true}, new(false)},
		"billing and more":           {[]string{agents, billing, globalAdmin}, map[connector.Role]bool{admin: true, salesAgent: false, helpdesk: false, bill: true}, new(true)},
	} {
		client, _ := serveGraph(t, func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"value":[%s]}`, strings.Join(tt.objects, ","))
		})
		got, err := client.Membership(t.Context(), token)
		if err != nil || !maps.Equal(got.Roles, tt.want) || !same(got.Administrator, tt.admin) {
			t.Errorf("%s: %v, administrator %s, %v; want %v, %s", name, got.Roles, show(got.Administrator), err, tt.want, show(tt.admin))
		}
	}
}

func TestMembershipPages(t *testing.T) {
	pages := 0
	var base string
	client, base := serveGraph(t, func(w http.ResponseWriter, _ *http.Request) {
		if pages++; pages < 3 {
			fmt.Fprintf(w, `{"value":[%s],"@odata.nextLink":"%s/v1.0/me/transitiveMemberOf?$skiptoken=%d"}`, others, base, pages)
			return
		}
		fmt.Fprintf(w, `{"value":[%s]}`, agents)
	})
	got, err := client.Membership(t.Context(), token)
	if err != nil || !same(agentsOf(got), new(true)) || pages != 3 {
		t.Errorf("%s after %d pages, %v", show(agentsOf(got)), pages, err)
	}
}

func TestMembershipWithoutEndSaysNothing(t *testing.T) {
	pages := 0
	var base string
	client, base := serveGraph(t, func(w http.ResponseWriter, _ *http.Request) {
		pages++
		fmt.Fprintf(w, `{"value":[%s],"@odata.nextLink":"%s/v1.0/me/transitiveMemberOf?$skiptoken=x"}`, others, base)
	})
	got, err := client.Membership(t.Context(), token)
	if err != nil || !maps.Equal(got.Roles, map[connector.Role]bool{connector.RoleHelpdeskAgent: true}) || got.Administrator != nil || pages != 20 {
		t.Errorf("%s after %d pages, %v", show(agentsOf(got)), pages, err)
	}
}

func TestNextLinkStaysWithGraph(t *testing.T) {
	stranger := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the stranger was asked") }))
	defer stranger.Close()
	for _, link := range []string{stranger.URL + "/v1.0/me", "http://graph.example/v1.0/me", "//graph.example/x", "x", "https://user@127.0.0.1/"} {
		client, _ := serveGraph(t, func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"value":[],"@odata.nextLink":%q}`, link)
		})
		if _, err := client.Membership(t.Context(), token); !errors.Is(err, auth.ErrBadAnswer) {
			t.Errorf("%s: %v", link, err)
		}
	}
}

func TestMembershipErrors(t *testing.T) {
	for _, status := range []int{401, 403, 500} {
		client, _ := serveGraph(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(`{"error":{"code":"Authorization_RequestDenied","message":"no"}}`))
		})
		got, err := client.Membership(t.Context(), token)
		if err == nil || len(got.Roles) > 0 || got.Administrator != nil {
			t.Errorf("%d: %+v, %v", status, got, err)
		}
	}
}

func same(a, b *bool) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

func show(b *bool) string {
	if b == nil {
		return "not readable"
	}
	return fmt.Sprint(*b)
}
