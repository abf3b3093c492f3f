package rehearsal

import (
	"net/http"
	"net/url"
	"strings"
)

// realm is what the first part of a sign-in service's path names: a tenant, or one of the names that many tenants share.
type realm struct {
	tenant
	// shared is "common", "organizations" or "consumers"; empty where it is one tenant.
	shared string
}

// The names that stand for many tenants, and the tenant that all personal accounts are in.
// https://learn.microsoft.com/entra/identity-platform/v2-protocols#endpoints
const (
	sharedCommon        = "common"
	sharedOrganizations = "organizations"
	sharedConsumers     = "consumers"
	consumersTenantID   = "9188040d-6c67-4c5b-b112-36a304b66dad"
)

func findRealm(name string) (realm, *fault) {
	switch lower := strings.ToLower(name); lower {
	case sharedCommon, sharedOrganizations, sharedConsumers:
		return realm{shared: lower}, nil
	}
	t, ok := findTenant(name)
	if !ok {
		return realm{}, unknownTenant(name)
	}
	return realm{tenant: t}, nil
}

// path is how the endpoints of a realm begin.
func (r realm) path() string {
	if r.shared != "" {
		return r.shared
	}
	return r.id
}

// issuer is that of a realm's tokens. For the names whose tokens can be of any tenant it has a blank.
func (c *Cloud) realmIssuer(r realm) string {
	switch r.shared {
	case "":
		return c.issuer(r.id)
	case sharedConsumers:
		return c.issuer(consumersTenantID)
	}
	return c.issuer("{tenantid}")
}

// refuses says why a practice app can't be used by a shared name; nil where it can: by a tenant, or where it is made for several of them.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes#aadsts-error-codes (50194, 9002332)
func (r realm) refuses(app *registration) *fault {
	who := "Application '" + app.id + "'(" + app.name + ") is "
	switch {
	case r.shared == "", app.shared && r.shared != sharedConsumers:
		return nil
	case r.shared == sharedConsumers:
		return &fault{code: 9002332, oauth: "invalid_request", text: who + "configured for use by Microsoft Entra users only. Please do not use the /consumers endpoint to serve this request."}
	}
	return &fault{code: 50194, oauth: "invalid_request", text: who + "not configured as a multi-tenant application. Usage of the /" + r.shared + " endpoint is not supported for such applications created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant."}
}

// discovery answers with what a tenant's sign-in service is, to anybody.
// https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc
func (c *Cloud) discovery(w http.ResponseWriter, r *http.Request) {
	h := c.current().hooks
	if h.discovery != nil && c.hits("discovery", h.discovery.times) {
		c.refuse(w, r, *h.discovery)
		return
	}
	found, f := findRealm(r.PathValue("tenant"))
	if f != nil {
		c.refuse(w, r, *f)
		return
	}
	doc := c.metadata(found)
	if h.document != nil {
		h.document(doc)
	}
	writeJSON(w, http.StatusOK, doc)
}

// metadata is the discovery document. Its members are those of Entra's own, with as much of what they name as there is here.
// https://github.com/panva/wellknown/blob/main/issuers/entra-common/entra-common.mjs
func (c *Cloud) metadata(r realm) map[string]any {
	pages, back := c.pages.origin+"/"+r.path(), c.back.origin+"/"+r.path()
	doc := map[string]any{
		"issuer":                                c.realmIssuer(r),
		"authorization_endpoint":                pages + "/oauth2/v2.0/authorize",
		"token_endpoint":                        back + "/oauth2/v2.0/token",
		"device_authorization_endpoint":         back + "/oauth2/v2.0/devicecode",
		"end_session_endpoint":                  pages + "/oauth2/v2.0/logout",
		"jwks_uri":                              back + "/discovery/v2.0/keys",
		"userinfo_endpoint":                     c.back.origin + userinfoPath,
		"response_modes_supported":              []string{"query", "fragment", "form_post"},
		"response_types_supported":              []string{"code"},
		"subject_types_supported":               []string{"pairwise"},
		"scopes_supported":                      []string{scopeOpenID, scopeProfile, scopeEmail, scopeOffline},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"token_endpoint_auth_methods_supported": []string{"client_secret_post", "private_key_jwt", "client_secret_basic"},
		"request_uri_parameter_supported":       false,
		"http_logout_supported":                 true,
		"frontchannel_logout_supported":         false,
		"claims_supported":                      []string{"sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver", "email"},
		"tenant_region_scope":                   regionScope, "cloud_instance_name": instanceName,
		"cloud_graph_host_name": c.back.host, "msgraph_host": c.back.host,
	}
	if r.shared != "" {
		doc["tenant_region_scope"] = nil
	}
	return doc
}

// instance tells which names a sign-in service goes by, as clients ask of an address that they do not know.
// https://learn.microsoft.com/entra/msal/dotnet/advanced/custom-authority-aliases
func (c *Cloud) instance(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("api-version") == "" {
		c.refuse(w, r, *missingParameter("api-version"))
		return
	}
	asked, err := url.Parse(q.Get("authorization_endpoint"))
	if err != nil || asked.Host == "" {
		c.refuse(w, r, fault{code: 50050, oauth: "invalid_request", text: "The request is malformed."})
		return
	}
	if asked.Host != c.back.host && asked.Host != c.pages.host {
		c.refuse(w, r, fault{code: 50049, oauth: "invalid_instance", text: "Unknown or invalid instance."})
		return
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(asked.Path, "/"), "/")
	writeJSON(w, http.StatusOK, map[string]any{
		"tenant_discovery_endpoint": c.back.origin + "/" + name + "/v2.0/.well-known/openid-configuration",
		"api-version":               q.Get("api-version"),
		"metadata": []map[string]any{{
			"preferred_network": c.back.host, "preferred_cache": c.back.host, "aliases": []string{c.back.host, c.pages.host},
		}},
	})
}

func (c *Cloud) keys(w http.ResponseWriter, r *http.Request) {
	found, f := findRealm(r.PathValue("tenant"))
	if f != nil {
		c.refuse(w, r, *f)
		return
	}
	set, err := keySet(c.realmIssuer(found))
	if err != nil {
		c.refuse(w, r, *signingFault(err))
		return
	}
	writeJSON(w, http.StatusOK, set)
}

func (c *Cloud) backRoutes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{tenant}/v2.0/.well-known/openid-configuration", c.entra("discovery", c.discovery))
	mux.HandleFunc("GET /{tenant}/.well-known/openid-configuration", c.entra("discovery-v1", c.discoveryV1))
	mux.HandleFunc("GET /{tenant}/discovery/instance", c.entra("instance", c.instance))
	mux.HandleFunc("GET /{tenant}/discovery/v2.0/keys", c.entra("keys", c.keys))
	mux.HandleFunc("/{tenant}/oauth2/v2.0/token", c.entra("token", c.token))
	mux.HandleFunc("/{tenant}/oauth2/v2.0/devicecode", c.entra("devicecode", c.deviceCode))
	mux.HandleFunc("/{tenant}/oauth2/token", c.entra("token-v1", c.tokenV1))
	mux.HandleFunc("/{tenant}/oauth2/devicecode", c.entra("devicecode-v1", c.tokenV1))
	mux.HandleFunc("GET /{tenant}/discovery/keys", c.entra("keys-v1", c.keys))
	mux.HandleFunc("GET "+userinfoPath, c.graphHandler("userinfo", c.userinfo))
	mux.HandleFunc("POST "+userinfoPath, c.graphHandler("userinfo", c.userinfo))
	mux.HandleFunc("GET /v1.0/me", c.graphHandler("me", c.me))
	mux.HandleFunc("GET /v1.0/me/memberOf", c.graphHandler("memberOf", c.memberOf))
	mux.HandleFunc("GET /v1.0/me/transitiveMemberOf", c.graphHandler("transitiveMemberOf", c.memberOf))
	mux.HandleFunc("GET /v1.0/oauth2PermissionGrants", c.graphHandler("oauth2PermissionGrants", c.grants))
	mux.HandleFunc("GET /v1.0/servicePrincipals/{id}", c.graphHandler("servicePrincipal", c.servicePrincipal))
	mux.HandleFunc("GET /v1.0/{key}", c.byKey)
	mux.HandleFunc("GET /v1/applicationmfaadoptionstatus", c.partnerHandler("applicationmfaadoptionstatus", c.mfaReport))
	mux.HandleFunc("GET /v1/profiles/organization", c.partnerHandler("organization", c.organization))
	mux.HandleFunc("GET /v1/customers", c.partnerHandler("customers", c.customers))
	mux.HandleFunc("/", c.noSuchPath)
	return mux
}

// noSuchPath answers in the manner of the API that the path looks like.
func (c *Cloud) noSuchPath(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, "/v1.0/"):
		graphHeaders(w, r)
		graphError(w, http.StatusBadRequest, "BadRequest", "Resource not found for the segment.")
	case strings.HasPrefix(r.URL.Path, "/v1/"):
		echo(w, r)
		c.failPartner(w, r, apiFault{status: http.StatusNotFound, code: "1000", text: "The resource was not found."})
	default:
		http.NotFound(w, r)
	}
}
