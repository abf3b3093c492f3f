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

// GroupScope is the permission that a connector may have besides those that it needs.
const GroupScope = scopeGroupRead

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
// withGroups adds the optional GroupMember.Read.All to Graph's.
func (c Cloud) Scopes(r Resource, withGroups bool) []string {
	if r == PartnerCenter {
		return []string{c.PartnerCenterResource + "/" + scopePartnerCenter}
	}
	scopes := []string{c.Graph + "/" + scopeUserRead}
	if withGroups {
		scopes = append(scopes, c.Graph+"/"+scopeGroupRead)
	}
	return scopes
}

// ConsentScopes returns the whole list, which both consents ask for.
func (c Cloud) ConsentScopes(withGroups bool) []string {
	scopes := []string{scopeOpenID, scopeProfile, scopeOfflineAccess}
	scopes = append(scopes, c.Scopes(Graph, withGroups)...)
	return append(scopes, c.Scopes(PartnerCenter, withGroups)...)
}
