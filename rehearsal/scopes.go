package rehearsal

import (
	"slices"
	"strings"
)

// resource is an API that a token can be for.
type resource string

const (
	noResource    resource = ""
	partnerCenter resource = "partnercenter"
	graph         resource = "graph"
)

// Names of scopes.
const (
	scopeUserRead      = "User.Read"
	scopeGroupRead     = "GroupMember.Read.All"
	scopeDirectoryRead = "Directory.Read.All"
	scopeGrantRead     = "DelegatedPermissionGrant.Read.All"
	scopeAppRead       = "Application.Read.All"
	scopeImpersonation = "user_impersonation"
	scopeDefault       = ".default"
	scopeOpenID        = "openid"
	scopeProfile       = "profile"
	scopeEmail         = "email"
	scopeOffline       = "offline_access"
)

var oidcScopes = []string{scopeOpenID, scopeProfile, scopeEmail, scopeOffline}

// known lists the delegated permissions that each API offers here.
var known = map[resource][]string{
	graph:         append([]string{scopeUserRead}, adminOnly...),
	partnerCenter: {scopeImpersonation},
}

// adminOnly are the permissions that a user can't consent to. https://learn.microsoft.com/graph/permissions-reference
var adminOnly = []string{
	scopeGroupRead, scopeDirectoryRead, scopeGrantRead,
	"PartnerBilling.Read.All", "PartnerSecurity.Read.All", "DelegatedAdminRelationship.Read.All", scopeAppRead,
}

// scopeSet is a scope parameter, taken apart.
type scopeSet struct {
	// oidc are the OpenID Connect scopes; api are the other ones by resource, under their short names.
	oidc []string
	api  map[resource][]string
	// base is how each resource was named, with a slash after it; empty for Graph's short names.
	base map[resource]string
	// all reports whether .default was asked for: every configured permission of the one resource, or at the admin consent of all.
	all bool
}

// parseScopes takes a scope parameter apart. Scopes without an address are Graph's. Capital letters make no difference, as in Microsoft's
// own examples.
// https://learn.microsoft.com/entra/identity-platform/scopes-oidc
func (c *Cloud) parseScopes(text string) (scopeSet, *fault) {
	set := scopeSet{api: map[resource][]string{}, base: map[resource]string{}}
	named := false
	for _, word := range strings.Fields(text) {
		if i := slices.IndexFunc(oidcScopes, equalFold(word)); i >= 0 {
			set.oidc = addOnce(set.oidc, oidcScopes[i])
			continue
		}
		r, base, name := c.splitScope(word)
		at := slices.IndexFunc(known[r], equalFold(name))
		switch {
		case r == noResource:
			return set, &fault{code: 500011, oauth: "invalid_resource", text: "The resource principal named " + cut(word) + " was not found in the tenant."}
		case strings.EqualFold(name, scopeDefault):
			set.all = true
			set.api[r] = slices.Clone(c.configured(r))
		case at < 0:
			return set, &fault{code: 650053, oauth: "invalid_scope", text: "The application asked for scope '" + cut(name) + "' that doesn't exist on the resource."}
		default:
			named = true
			set.api[r] = addOnce(set.api[r], known[r][at])
		}
		set.base[r] = base
	}
	if named && set.all {
		return set, &fault{code: 70011, oauth: "invalid_scope", text: ".default scope can't be combined with resource-specific scopes."}
	}
	return set, nil
}

func equalFold(word string) func(string) bool {
	return func(other string) bool { return strings.EqualFold(word, other) }
}

// splitScope takes a scope apart: the API, how it was named, and the permission.
func (c *Cloud) splitScope(word string) (r resource, base, name string) {
	for _, r := range []resource{graph, partnerCenter} {
		for _, known := range append([]string{c.audiences()[r]}, realNames[r]...) {
			if len(word) > len(known) && strings.EqualFold(word[:len(known)+1], known+"/") {
				// A resource whose own name ends in a slash is asked for with two.
				return r, word[:len(known)+1], strings.TrimPrefix(word[len(known)+1:], "/")
			}
		}
	}
	if strings.Contains(word, "/") {
		return noResource, "", word
	}
	return graph, "", word
}

// realNames are what the two APIs are called in Microsoft's own cloud: foreign clients have them built in.
var realNames = map[resource][]string{
	graph:         {"https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"},
	partnerCenter: {"https://api.partnercenter.microsoft.com", "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"},
}

// audiences are the App ID URIs of the two APIs.
func (c *Cloud) audiences() map[resource]string {
	return map[resource]string{graph: c.back.origin, partnerCenter: partnerResource}
}

// configured are the permissions that the practice app registrations have.
func (c *Cloud) configured(r resource) []string {
	if r == graph {
		return []string{scopeUserRead, scopeGroupRead}
	}
	return []string{scopeImpersonation}
}

// resources returns the APIs that are named, in a fixed order.
func (s scopeSet) resources() []resource {
	found := []resource{}
	for _, r := range []resource{graph, partnerCenter} {
		if len(s.api[r]) > 0 {
			found = append(found, r)
		}
	}
	return found
}

func (s scopeSet) has(oidc string) bool { return slices.Contains(s.oidc, oidc) }

// names returns every scope under a name that is unique among the APIs: "graph/User.Read", "openid".
func (s scopeSet) names() []string {
	names := slices.Clone(s.oidc)
	for _, r := range s.resources() {
		for _, n := range s.api[r] {
			names = append(names, string(r)+"/"+n)
		}
	}
	return names
}

// full returns the scopes of one resource as an answer names them: as the resource was asked for.
func (c *Cloud) full(r resource, s scopeSet) []string {
	base, asked := s.base[r]
	if !asked {
		base = c.audiences()[r] + "/"
	}
	words := []string{}
	for _, n := range s.api[r] {
		words = append(words, base+n)
	}
	if s.all && asked {
		words = append(words, base+scopeDefault)
	}
	return words
}

// text puts the whole set together again, as a scope parameter.
func (c *Cloud) text(s scopeSet) string {
	words := slices.Clone(s.oidc)
	for _, r := range s.resources() {
		words = append(words, c.full(r, s)...)
	}
	return strings.Join(words, " ")
}

// needsAdmin reports whether one of the scopes can only be consented to by an administrator.
func (s scopeSet) needsAdmin() bool {
	return slices.ContainsFunc(s.api[graph], func(n string) bool { return slices.Contains(adminOnly, n) })
}

func addOnce(list []string, word string) []string {
	if slices.Contains(list, word) {
		return list
	}
	return append(list, word)
}

// cut keeps what came from outside short in an answer.
func cut(s string) string {
	const most = 120
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
