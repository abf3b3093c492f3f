package auth

// AdminRequest asks for the tenant-wide admin consent.
type AdminRequest struct {
	Cloud  Cloud
	Tenant Tenant
	App    App
	// Scopes is the whole list (Cloud.ConsentScopes).
	Scopes []string
	// Isolated reports whether a throw-away window is used, which must not share its cookies with another one.
	Isolated bool
}

// UserRequest asks for the integration user's consent.
type UserRequest struct {
	Cloud  Cloud
	Tenant Tenant
	App    App
	Scopes []string
	// LoginHint is the UPN of the integration user.
	LoginHint string
	// WithGroups reports whether GroupMember.Read.All is among the scopes.
	WithGroups bool
	// PlainPrompt leaves prompt=login away: the way out for a federated account, in an isolated profile only.
	PlainPrompt bool
}

// LinkRequest asks for a browser to be sent on to a link that another product has made.
type LinkRequest struct {
	// Address is the whole link, with what was agreed to be added to it.
	Address Secret
	// User reports whether it is the link for the user consent.
	User bool
	// Private reports whether a window of its own is used, which must not share its cookies with another one.
	Private bool
}

// Answer is what a browser brought back and the listener accepted.
type Answer struct {
	// Tenant is the `tenant` parameter of an admin consent.
	Tenant string
	// WithoutCookie reports whether a handed-over link was opened on this computer.
	WithoutCookie bool
	// Code, Verifier, Nonce and RedirectURI are those of a user consent.
	Code        Secret
	Verifier    Secret
	Nonce       Secret
	RedirectURI string
}

// Page names a page that the listener shows to a browser. Its words are in the translations under "callback.<page>".
type Page string

// The pages.
const (
	PageAdminDone   Page = "admin-done"
	PageUserDone    Page = "user-done"
	PageDeclined    Page = "declined"
	PageWrongTenant Page = "wrong-tenant"
	PageFailed      Page = "failed"
	PageSuperseded  Page = "superseded"
	PageNotPrivate  Page = "not-private"
	PageTicketSpent Page = "ticket-spent"
	PageExpired     Page = "expired"
	PageStranger    Page = "stranger"
	// PageReceived is neutral: the answer came, and what became of it is not known yet.
	PageReceived Page = "received"
)

// IDClaims are the claims of an ID token, decoded by us. MSAL validates none of them.
type IDClaims struct {
	Issuer            string
	Audience          string
	Subject           string
	TenantID          string
	ObjectID          string
	PreferredUsername string
	Name              string
	// HomeTenant is the utid of client_info; empty when there was none. Another one than TenantID means a guest.
	HomeTenant string
	// IdentityProvider is idp; empty when it is the issuer.
	IdentityProvider string
	// Acct is the optional acct claim: "0" member, "1" guest, "" not given.
	Acct string
	// Roles are wids, the template IDs of directory roles; nil when not given.
	Roles []string
	// HomeAccountID is MSAL's key of the account.
	HomeAccountID string
	// Federated reports whether the account's identity provider is not Entra, as far as the token tells.
	Federated bool
	// IssuedAt is iat, in Unix seconds.
	IssuedAt int64
}

// Token is an access token with what the raw token response said about it.
type Token struct {
	Value Secret
	// Expires is in Unix seconds.
	Expires int64
	// Scopes are the granted scopes of the raw response; ScopesGiven is false when it had none, which is "could not check".
	Scopes      []string
	ScopesGiven bool
	// RefreshToken reports whether the response brought a refresh token.
	RefreshToken bool
	// AMR is read from the access token as a hint only; nil when it could not be read.
	AMR []string
	// Cached reports whether it came from the cache, without a request.
	Cached bool
}
