package auth

// ClientKind says how the app registration proves itself at the token endpoint.
type ClientKind string

// The kinds of client. Entra's portal calls the platforms "Mobile and desktop applications" (public) and "Web" (the others).
const (
	PublicClient      ClientKind = "public"
	SecretClient      ClientKind = "secret"
	CertificateClient ClientKind = "certificate"
)

// App is the app registration that the connector uses.
type App struct {
	// ClientID is the application ID, a GUID.
	ClientID string
	// ClientKind is how it proves itself.
	ClientKind ClientKind
	// RedirectPath is the path of the registered loopback redirect URI: "/consent", or "" for the bare http://localhost.
	RedirectPath string
	// Redirect is the whole redirect address of an app registration of somebody else, which no answer comes to us by; empty for our own.
	Redirect string
	// Scopes are the names of the further permissions of Microsoft Graph that it is asked for (MoreScopes); nil for none.
	Scopes []string
	// Secret is the client secret; only for SecretClient.
	Secret Secret
	// Certificate is a PEM bundle of an RSA key and its certificate; only for CertificateClient.
	Certificate Secret
}

// DefaultRedirectPath is the path that the guide tells people to register, as http://localhost/consent.
const DefaultRedirectPath = "/consent"

// RegisteredRedirectURI is what the app registration must have: Entra ignores the port of http://localhost.
// https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions
func (a App) RegisteredRedirectURI() string { return "http://localhost" + a.RedirectPath }

// Scopes that the connector needs. One list serves both consents: a narrower admin consent would revoke an earlier, wider one.
const (
	scopeOpenID        = "openid"
	scopeProfile       = "profile"
	scopeOfflineAccess = "offline_access"
	scopeUserRead      = "User.Read"
	scopeGroupRead     = "GroupMember.Read.All"
	scopePartnerCenter = "user_impersonation"
)

// GroupScope is the permission that makes the integration user's role checkable. A connector does not need it.
const GroupScope = scopeGroupRead

// Further permissions of Microsoft Graph, for what a connector's token is used for. No connector needs them.
const (
	// ScopePartnerBilling reads billing and reconciliation data, which have left the Partner Center API. Only the global cloud has it.
	// https://learn.microsoft.com/graph/api/resources/partners-billing-api-overview
	ScopePartnerBilling = "PartnerBilling.Read.All"
	// ScopePartnerSecurity reads security alerts of customers. https://learn.microsoft.com/graph/api/resources/partner-security-api-overview
	ScopePartnerSecurity = "PartnerSecurity.Read.All"
	// ScopeDelegatedAdmin reads delegated admin relationships (GDAP). https://learn.microsoft.com/graph/api/resources/delegatedadminrelationships-api-overview
	ScopeDelegatedAdmin = "DelegatedAdminRelationship.Read.All"
	// ScopeApplications and ScopeGrants read which applications there are in the tenant, and what was consented to.
	ScopeApplications = "Application.Read.All"
	ScopeGrants       = "DelegatedPermissionGrant.Read.All"
)

// MoreScopes are the names of these, in the order in which they are asked for.
func MoreScopes() []string {
	return []string{ScopePartnerBilling, ScopePartnerSecurity, ScopeDelegatedAdmin, ScopeApplications, ScopeGrants}
}

// NeededScopes are the names of the permissions that every connector asks for.
func NeededScopes() []string {
	return []string{scopeOpenID, scopeProfile, scopeOfflineAccess, scopeUserRead, scopePartnerCenter}
}

// Resource names an API that a token is for.
type Resource string

// The two resources. A token call names exactly one of them (AADSTS700022 otherwise).
const (
	PartnerCenter Resource = "partnercenter"
	Graph         Resource = "graph"
)

// Scopes returns the scopes of one resource in c, as the token endpoint wants them, without the OIDC ones.
// withGroups adds the optional GroupMember.Read.All to Graph's, more those of MoreScopes.
func (c Cloud) Scopes(r Resource, withGroups bool, more ...string) []string {
	if r == PartnerCenter {
		return []string{c.PartnerCenterResource + "/" + scopePartnerCenter}
	}
	scopes := []string{c.Graph + "/" + scopeUserRead}
	if withGroups {
		scopes = append(scopes, c.Graph+"/"+scopeGroupRead)
	}
	for _, name := range more {
		scopes = append(scopes, c.Graph+"/"+name)
	}
	return scopes
}

// ConsentScopes returns the whole list, which both consents ask for.
func (c Cloud) ConsentScopes(withGroups bool, more ...string) []string {
	scopes := []string{scopeOpenID, scopeProfile, scopeOfflineAccess}
	scopes = append(scopes, c.Scopes(Graph, withGroups, more...)...)
	return append(scopes, c.Scopes(PartnerCenter, withGroups)...)
}
