package connector

import (
	"cmp"
	"encoding/json"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
)

// AdminStatus is what is known of the admin consent.
type AdminStatus string

// The answers. A reported consent was told by a browser's redirect, which carries no signature: it is never called proven.
const (
	AdminNone         AdminStatus = ""
	AdminReported     AdminStatus = "reported"
	AdminNotConfirmed AdminStatus = "not-confirmed"
	// AdminTold: the answer went to another product, and a person told here what that said.
	AdminTold AdminStatus = "told"
)

// Admin is the record of the admin consent.
type Admin struct {
	Status AdminStatus `json:"status,omitempty"`
	// Tenant is the tenant that the answer named.
	Tenant string `json:"tenant,omitempty"`
	// Pasted says that the answer's address was pasted in, or came without our cookie.
	Pasted bool      `json:"pasted,omitempty"`
	At     time.Time `json:"at,omitzero"`
	// Handover is set while another person has been asked.
	Handover *Handover `json:"handover,omitempty"`
}

// Handover is a link that was given to another person, who may answer tomorrow.
type Handover struct {
	// State is the state parameter of that link; it is no secret.
	State string `json:"state"`
	// Link is Microsoft's address with everything in it.
	Link  string    `json:"link"`
	Since time.Time `json:"since"`
}

// Draft is what was typed before Save. It holds no secret.
type Draft struct {
	// ID is the connector's random ID, made when the draft is made.
	ID      string    `json:"id"`
	Created time.Time `json:"created"`
	Step    Step      `json:"step"`
	// Seen is the last page that was visited.
	Seen Step `json:"seen,omitempty"`
	// Renews is the ID of the saved connector whose user consent is done again; empty for a new one.
	Renews string `json:"renews,omitempty"`
	// Replaces is the UPN of the integration user whose place another account takes in that; empty where the account stays.
	Replaces    string       `json:"replaces,omitempty"`
	TenantInput string       `json:"tenantInput,omitempty"`
	Tenant      *auth.Tenant `json:"tenant,omitempty"`
	// Ticks are the statements of page 1 and 3 that the admin ticked, by their field.
	Ticks map[Field]bool `json:"ticks,omitempty"`
	UPN   string         `json:"upn,omitempty"`
	// Role is the role in Partner Center that the integration user needs; empty only in a renewal of a connector that has none.
	Role Role `json:"role,omitempty"`
	// For is the product that uses the connector: ForOwn, ForOther, or a Product's ID. It only chooses which way to MFA is shown.
	For  string `json:"for,omitempty"`
	Name string `json:"name,omitempty"`
	// Renamed says that another name was typed in a renewal; without it the connector keeps the name that it has when it is saved.
	Renamed bool `json:"renamed,omitempty"`

	ClientID     string          `json:"clientId,omitempty"`
	ClientKind   auth.ClientKind `json:"kind,omitempty"`
	RedirectPath string          `json:"redirectPath"`
	// HasSecret says that the client secret or certificate waits in the keychain under the draft's ID.
	HasSecret bool `json:"hasSecret,omitempty"`
	// SecretExpires is the day the client secret or certificate ends, if it is known; SecretExpiresInput is what was typed
	// for it (YYYY-MM-DD), which may not be a date yet.
	SecretExpires      Day    `json:"secretExpires,omitzero"`
	SecretExpiresInput string `json:"secretExpiresInput,omitempty"`
	// EndedOn is the day recorded as the last one of the client secret that the renewed connector has in the keychain, where it is over. That secret
	// is gone on with if another day is entered; zero where there is none to go on with.
	EndedOn Day `json:"endedOn,omitzero"`
	// WithGroups asks for GroupMember.Read.All too, which makes the agent role checkable.
	WithGroups bool `json:"withGroups,omitempty"`
	// Scopes are further permissions of Microsoft Graph that are asked for, of auth.MoreScopes; nil for none.
	Scopes []string `json:"scopes,omitempty"`

	Admin Admin `json:"admin,omitzero"`
	// AdminBrowser and UserBrowser are the IDs of the browsers chosen for the consents; empty for the recommended one.
	AdminBrowser string `json:"adminBrowser,omitempty"`
	UserBrowser  string `json:"userBrowser,omitempty"`

	// Links is set for the two links of another product, which this program opens and has no credential of; nil for a connector of our own.
	Links *Links `json:"links,omitempty"`

	// Trial is set where the integration user signs in only to be checked, and nothing is saved. It is in memory alone.
	Trial *Trial `json:"-"`

	// Saving says that Save has begun: from then on the keychain may hold a credential that no connector of the list has, until
	// the draft is gone.
	Saving bool `json:"saving,omitempty"`
}

// What a connector is for, beside the products that there are words for: programs of the partner's own, which is where nobody said, and a
// product that nothing is known of.
const (
	ForOwn   = ""
	ForOther = "other"
)

// NewLinksDraft is what a new draft for the two links of a product begins with; product is empty for one that this program does not know.
func NewLinksDraft(product string) Draft { return Draft{Links: &Links{Product: product}} }

// NewDraft is what a new connector begins with.
func NewDraft() Draft {
	return Draft{ClientKind: auth.SecretClient, RedirectPath: auth.DefaultRedirectPath, Role: RoleAdminAgent}
}

// UnmarshalJSON reads a draft from a list. One whose page this version does not have begins with the first page; what was typed stays. One
// that was begun before there was a choice of roles asks for Admin agent, as its page said then.
func (d *Draft) UnmarshalJSON(text []byte) error {
	type fields Draft
	if err := json.Unmarshal(text, (*fields)(d)); err != nil {
		return err
	}
	first, last := d.Steps()
	if d.Step < first || d.Step > last {
		d.Step = first
	}
	if d.Role == "" && d.Renews == "" && d.Links == nil {
		d.Role = RoleAdminAgent
	}
	return nil
}

// ConnectorID is the ID of the connector that the draft becomes; a renewal keeps the ID of what it renews.
func (d Draft) ConnectorID() string { return cmp.Or(d.Renews, d.ID) }

// Identity is the account that signed in, as Microsoft's token says.
type Identity struct {
	TenantID string `json:"tenantId"`
	ObjectID string `json:"objectId"`
	// UPN is Graph's userPrincipalName, or else the token's preferred_username; for display and comparison only.
	UPN  string `json:"upn"`
	Mail string `json:"mail,omitempty"`
	Name string `json:"name,omitempty"`
	// HomeAccountID is MSAL's key of the account.
	HomeAccountID string `json:"homeAccountId"`
}

// Health is the one word for a saved connector.
type Health string

// The words. HealthNew: every check that could be made passed, but it is not yet proven to last. HealthExpired: the client secret or
// certificate has ended, so that a new one has to be entered before anybody signs in again. HealthKept: another product keeps the connector, so
// that no more is known than that nothing was found against it.
const (
	HealthUnknown   Health = "unknown"
	HealthNew       Health = "new"
	HealthGood      Health = "good"
	HealthAttention Health = "attention"
	HealthSignIn    Health = "sign-in"
	HealthExpired   Health = "expired"
	HealthKept      Health = "kept"
)

// Connector is a saved connector as the list on disk keeps it: everything but the secrets.
type Connector struct {
	ID           string          `json:"id"`
	Name         string          `json:"name"`
	Origin       Origin          `json:"origin,omitempty"`
	Tenant       auth.Tenant     `json:"tenant"`
	ClientID     string          `json:"clientId"`
	ClientKind   auth.ClientKind `json:"kind"`
	RedirectPath string          `json:"redirectPath"`
	WithGroups   bool            `json:"withGroups,omitempty"`
	// Scopes are the further permissions of Microsoft Graph that it has, of auth.MoreScopes; nil for none.
	Scopes []string `json:"scopes,omitempty"`
	User   Identity `json:"user"`
	// Role is the role in Partner Center that User needs; empty where nobody said, since an older version saved it.
	Role  Role  `json:"role,omitempty"`
	Admin Admin `json:"admin,omitzero"`
	// Health is the word of the last check, or of what was found out since; what time has made of it, package checks knows.
	Health Health    `json:"health"`
	Checks []Check   `json:"checks,omitempty"`
	Saved  time.Time `json:"saved"`
	// Consented is when the integration user signed in.
	Consented time.Time `json:"consented"`
	// Refreshed is when the refresh token was last used with success; it dies 90 days after that.
	Refreshed time.Time `json:"refreshed"`
	// Checked is how old the oldest of Checks is; zero where there are none.
	Checked time.Time `json:"checked,omitzero"`
	// SecretExpires is the last day of the client secret or certificate, in UTC; zero where it is not known.
	SecretExpires Day `json:"secretExpires,omitzero"`
	// Links is what is known of the two links, where the origin is OriginLink; else nil.
	Links *Links `json:"links,omitempty"`
	// History is what happened to it, the oldest first. The list leaves it out, as it does Checks.
	History []Past `json:"history,omitempty"`
	// Vault is where its credential stands, where the origin is OriginVault; else nil.
	Vault *VaultPlace `json:"vault,omitempty"`
	// Leftover says that the keychain may hold a credential of it, though its origin is OriginVault: the next start removes that.
	Leftover bool `json:"leftover,omitempty"`
	// Copies are the places in key vaults where copies of its credential were written, the newest last.
	Copies []VaultPlace `json:"copies,omitempty"`
}

// RefreshTokenLife is how long an unused refresh token lives.
// https://learn.microsoft.com/entra/identity-platform/refresh-tokens#token-lifetime
const RefreshTokenLife = 90 * 24 * time.Hour

// LastsAfter is the age of a sign-in from which a working refresh proves that it lasts: a sign-in frequency of "every time"
// lets a public client through for five minutes.
const LastsAfter = 6 * time.Minute

// LastsFrom is from when it can be checked whether a sign-in lasts, on a full minute, as a clock on the wall tells it.
func LastsFrom(consented time.Time) time.Time {
	from := consented.Add(LastsAfter)
	if full := from.Truncate(time.Minute); !full.Equal(from) {
		return full.Add(time.Minute)
	}
	return from
}

// CheckFrom is from when it can be checked whether the sign-in of the connector lasts, as long as nobody has done that; else the zero time, as where
// nothing but a new sign-in helps.
func (c Connector) CheckFrom() time.Time {
	open := c.Health == HealthNew || c.Health == HealthAttention
	if !open || c.Origin != OriginHere || c.Consented.IsZero() || !c.Checked.Before(c.Consented.Add(LastsAfter)) {
		return time.Time{}
	}
	return LastsFrom(c.Consented)
}

// SecretWarningDays is how many days before its end the client secret's expiry is warned of.
const SecretWarningDays = 30

// SecretAttentionDays is how many days before its last day a client secret or certificate needs attention: enough for a new one to be made, by
// whoever has the app registration, and for the integration user to sign in. The last day itself may be of no use: it ends at some hour of it.
const SecretAttentionDays = 7

// CheckLife is how long the outcome of the checks speaks for a connector that was not checked since.
const CheckLife = 30 * 24 * time.Hour

// RefreshTokenEnd is when the refresh token ends unless it is used before; zero where its last use is not known, as in a key vault, where servers
// use it.
func (c Connector) RefreshTokenEnd() time.Time {
	if c.Refreshed.IsZero() || c.Origin == OriginVault {
		return time.Time{}
	}
	return c.Refreshed.Add(RefreshTokenLife)
}

// UseBy is the day by which the refresh token has to be used, so that it does not end; zero where its last use is not known.
func (c Connector) UseBy() Day { return DayBefore(c.RefreshTokenEnd()) }

// ReplaceBy is the day by which the client secret or certificate has to be replaced, which ends at some hour of its last day; zero where that is
// not known, or where there is none.
func (c Connector) ReplaceBy() Day { return DayBefore(c.LastDay().Time()) }

// LastDay is the last day of the client secret or certificate; zero where it is not known, and for a public client, which has none.
func (c Connector) LastDay() Day {
	if c.ClientKind == auth.PublicClient {
		return Day{}
	}
	return c.SecretExpires
}

// CredentialEnded reports whether the client secret or certificate is of no use any more: its last day is over, or it was refused for that.
func (c Connector) CredentialEnded(now time.Time) bool {
	last := c.LastDay()
	return c.Health == HealthExpired || !now.IsZero() && !last.IsZero() && last.Before(DayOf(now))
}

// CredentialEnding reports whether the client secret or certificate, still good, ends so soon that it needs attention.
func (c Connector) CredentialEnding(now time.Time) bool {
	last := c.LastDay()
	return !now.IsZero() && !last.IsZero() && !c.CredentialEnded(now) && last.Since(DayOf(now)) <= SecretAttentionDays
}

// RenewalOf is the draft that renews a saved connector: everything is filled in, and the user consent is to be given again, by
// the account of another UPN where one is given. It begins with a new client secret or certificate where the old one has ended, or with another day
// where only that was wrong; and with that of now where this computer does not have it, since it is in a key vault.
func RenewalOf(c Connector, upn string, now time.Time) Draft {
	if c.Origin == OriginLink {
		return linksAgain(c, upn, now)
	}
	tenant := c.Tenant
	d := Draft{
		Created: now, Step: StepUser, Renews: c.ID, TenantInput: c.Tenant.Domain, Tenant: &tenant,
		Ticks: map[Field]bool{TickDirectBill: true, TickAccess: true, TickConsentRight: true, TickMFA: true},
		UPN:   c.User.UPN, Role: c.Role, Name: c.Name, ClientID: c.ClientID, ClientKind: c.ClientKind, RedirectPath: c.RedirectPath,
		HasSecret: c.ClientKind != auth.PublicClient, SecretExpires: c.LastDay(), WithGroups: c.WithGroups, Scopes: c.Scopes, Admin: c.Admin,
	}
	if c.CredentialEnded(now) {
		d.Step, d.HasSecret, d.SecretExpires = StepConnector, false, Day{}
		if last := c.LastDay(); c.Can().Credential && c.ClientKind == auth.SecretClient && !last.IsZero() && last.Before(DayOf(now)) {
			d.EndedOn = last
		}
	}
	if c.Origin == OriginVault && d.HasSecret {
		d.Step, d.HasSecret = StepConnector, false
	}
	if upn != "" {
		d.UPN, d.Replaces = upn, c.User.UPN
	}
	return d
}

// linksAgain is the draft that renews a connector which another product keeps: its links are known, and have to be pasted and opened anew, and
// told of.
func linksAgain(c Connector, upn string, now time.Time) Draft {
	tenant, links := c.Tenant, Links{}
	if c.Links != nil {
		links = c.Links.Untold(link.Admin).Untold(link.User)
	}
	if c.Reminds(now) {
		links.Remind = Day{} // somebody looks again now
	}
	d := Draft{
		Created: now, Step: StepLinks, Renews: c.ID, TenantInput: c.Tenant.Domain, Tenant: &tenant, UPN: c.User.UPN, Role: c.Role, Name: c.Name,
		ClientID: c.ClientID, Links: &links,
	}
	if upn != "" {
		d.UPN, d.Replaces = upn, c.User.UPN
	}
	return d
}
