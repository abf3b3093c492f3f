// Package link reads the consent links that another product has made with its own app registration, and refuses those that lead elsewhere.
//
// [Read] finds the links in whatever somebody pasted. A link counts only when it is an address of one of Microsoft's sign-in hosts, has all that
// a consent needs, and sends the answer to a product's own host. What may be shown of it are its [Facts]; its address is a secret, since
// it has a state.
package link

import (
	"net/url"
	"strings"

	"partner-center-connector/auth"
)

// Kind is which of the two consents a link asks for.
type Kind string

// The kinds.
const (
	Admin Kind = "admin"
	User  Kind = "user"
)

// Kinds are both, in the order in which the links are opened.
func Kinds() []Kind { return []Kind{Admin, User} }

// Facts are what of a link may be shown and kept: never its state, its nonce or anything else that it alone has.
type Facts struct {
	Kind Kind `json:"kind"`
	// Cloud is the name of the cloud whose sign-in host the link leads to; Host is that host as the link has it, in lower case.
	Cloud string `json:"cloud"`
	Host  string `json:"host"`
	// Tenant is the tenant's segment of the path: a GUID or a domain, lower case, or "common" or "organizations".
	Tenant   string `json:"tenant"`
	ClientID string `json:"clientId"`
	// Redirect is the redirect address without its query. Every link has one.
	Redirect string   `json:"redirect,omitempty"`
	Scopes   []string `json:"scopes,omitempty"`
	// Resource is what links of the first version have in place of scopes.
	Resource     string `json:"resource,omitempty"`
	ResponseType string `json:"responseType,omitempty"`
	Prompt       string `json:"prompt,omitempty"`
	LoginHint    string `json:"loginHint,omitempty"`
	// HasPrompt and HasLoginHint say that the link has the parameter, be it empty: nothing is added to it then.
	HasPrompt    bool `json:"hasPrompt,omitempty"`
	HasLoginHint bool `json:"hasLoginHint,omitempty"`
}

// AnyTenant reports whether the link leaves it to whoever signs in which tenant it counts for.
func (f Facts) AnyTenant() bool { return f.Tenant == "common" || f.Tenant == "organizations" }

// RedirectHost is the host of the redirect address, with its port if it has one.
func (f Facts) RedirectHost() string {
	u, err := url.Parse(f.Redirect)
	if err != nil {
		return ""
	}
	return u.Host
}

// Link is a link that may be opened: what can be told of it, and its address.
type Link struct {
	Facts
	// Address is the whole link, byte for byte as its product made it. It is kept out of files, logs and records.
	Address auth.Secret
}

// Opened is the address to open. Of a user link, where it has none of its own, hint is added as the account that is proposed, and
// promptLogin asks Microsoft to have somebody sign in again. What is there stays as it is.
func (l Link) Opened(hint string, promptLogin bool) auth.Secret {
	if l.Kind != User {
		return l.Address
	}
	address := l.Address.Reveal()
	if hint != "" && !has(address, "login_hint") {
		address = with(address, "login_hint", hint)
	}
	if promptLogin && !has(address, "prompt") {
		address = with(address, "prompt", "login")
	}
	return auth.NewSecret(address)
}

// RedirectAddress is the redirect address with its query, which the facts leave out.
func (l Link) RedirectAddress() string {
	_, query, _ := strings.Cut(l.Address.Reveal(), "?")
	all, _ := parameters(query)
	return all.value("redirect_uri")
}

// has reports whether an address has a parameter, be it empty.
func has(address, name string) bool {
	_, query, _ := strings.Cut(address, "?")
	all, _ := parameters(query)
	return all.has(name)
}

func with(address, name, value string) string {
	if !strings.HasSuffix(address, "&") {
		address += "&"
	}
	return address + name + "=" + url.QueryEscape(value)
}
