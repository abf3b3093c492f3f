package rehearsal

import (
	"net/http"
	"strings"
)

// discovery answers with what a tenant's sign-in service is, to anybody.
// https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc
func (c *Cloud) discovery(w http.ResponseWriter, r *http.Request) {
	note(w, func(entry *Request) { entry.Endpoint = "discovery" })
	h := c.current().hooks
	if h.discovery != nil && c.hits("discovery", h.discovery.times) {
		c.refuse(w, r, *h.discovery)
		return
	}
	t, ok := findTenant(r.PathValue("tenant"))
	if !ok {
		c.refuse(w, r, *unknownTenant(r.PathValue("tenant")))
		return
	}
	pages := c.pages.origin + "/" + t.id
	doc := map[string]any{
		"issuer": c.issuer(t.id), "authorization_endpoint": pages + "/oauth2/v2.0/authorize", "token_endpoint": c.tokenEndpoint(t.id),
		"jwks_uri":                              c.back.origin + "/" + t.id + "/discovery/v2.0/keys",
		"response_modes_supported":              []string{"query", "fragment", "form_post"},
		"response_types_supported":              []string{"code"},
		"subject_types_supported":               []string{"pairwise"},
		"scopes_supported":                      []string{"openid", "profile", "email", "offline_access"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"token_endpoint_auth_methods_supported": []string{"client_secret_post", "private_key_jwt", "client_secret_basic"},
		"claims_supported":                      []string{"sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver"},
		"tenant_region_scope":                   regionScope, "cloud_instance_name": instanceName,
		"cloud_graph_host_name": c.back.host, "msgraph_host": c.back.host,
	}
	if h.document != nil {
		h.document(doc)
	}
	writeJSON(w, http.StatusOK, doc)
}

func (c *Cloud) keys(w http.ResponseWriter, r *http.Request) {
	note(w, func(entry *Request) { entry.Endpoint = "keys" })
	set, err := keySet()
	if err != nil {
		c.refuse(w, r, *signingFault(err))
		return
	}
	writeJSON(w, http.StatusOK, set)
}

func (c *Cloud) backRoutes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{tenant}/v2.0/.well-known/openid-configuration", c.discovery)
	mux.HandleFunc("GET /{tenant}/discovery/v2.0/keys", c.keys)
	mux.HandleFunc("/{tenant}/oauth2/v2.0/token", c.token)
	mux.HandleFunc("GET /v1.0/me", c.graphHandler("me", c.me))
	mux.HandleFunc("GET /v1.0/me/memberOf", c.graphHandler("memberOf", c.memberOf))
	mux.HandleFunc("GET /v1.0/me/transitiveMemberOf", c.graphHandler("transitiveMemberOf", c.memberOf))
	mux.HandleFunc("GET /v1.0/oauth2PermissionGrants", c.graphHandler("oauth2PermissionGrants", c.grants))
	mux.HandleFunc("GET /v1/profiles/organization", c.partnerHandler("organization", c.organization))
	mux.HandleFunc("GET /v1/customers", c.partnerHandler("customers", c.customers))
	mux.HandleFunc("/", c.noSuchPath)
	return mux
}

// noSuchPath answers in the manner of the API that the path looks like.
func (c *Cloud) noSuchPath(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, "/v1.0/"):
		graphError(w, http.StatusBadRequest, "BadRequest", "Resource not found for the segment.")
	case strings.HasPrefix(r.URL.Path, "/v1/"):
		writeJSON(w, http.StatusNotFound, partnerError{Code: "404", Description: "The resource was not found.", Source: partnerSource, Data: []string{}})
	default:
		http.NotFound(w, r)
	}
}
