package checks

import (
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// signInScopes are about the sign-in itself. A directory lists them with a consent or does not, so that nothing follows where they are missing.
// https://learn.microsoft.com/entra/identity-platform/scopes-oidc#openid-connect-scopes
var signInScopes = []string{"openid", "profile", "email", "offline_access"}

// defaultScope asks for whatever the app registration lists, which a link does not tell.
const defaultScope = ".default"

// askedScope is a permission that a link asks for: its name, and the application ID of its API; empty for one that is not known here.
type askedScope struct{ api, name string }

// askedScopes are the permissions that a link asks for; unknown says that it asks for some that it does not name.
type askedScopes struct {
	scopes  []askedScope
	unnamed bool
}

// asked are the permissions that a link asks for, but for those of the sign-in.
func (c *checker) asked(p *connector.ProductLink) askedScopes {
	if p == nil || len(p.Scopes) == 0 {
		return askedScopes{unnamed: true}
	}
	a := askedScopes{}
	for _, scope := range p.Scopes {
		name := shortScope(scope)
		switch {
		case strings.EqualFold(name, defaultScope):
			a.unnamed = true
		case !slices.Contains(signInScopes, strings.ToLower(name)):
			a.scopes = append(a.scopes, askedScope{c.apiOf(scope), name})
		}
	}
	return a
}

// apiOf is the application ID of the API that a scope names; one that names none is Microsoft Graph's.
func (c *checker) apiOf(scope string) string {
	resource := strings.TrimPrefix(strings.TrimRight(strings.TrimSuffix(scope, shortScope(scope)), "/"), "api://")
	is := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, resource) })
	}
	switch {
	case is("", auth.GraphAppID, c.Cloud.Graph):
		return auth.GraphAppID
	case is(auth.PartnerCenterAppID, c.Cloud.PartnerCenterResource):
		return auth.PartnerCenterAppID
	}
	return ""
}

// missing are those that none of the consents has.
func (a askedScopes) missing(grants []connector.Grant) []string {
	missing := []string{}
	for _, s := range a.scopes {
		if !slices.ContainsFunc(grants, s.isIn) {
			missing = append(missing, s.name)
		}
	}
	return missing
}

// isIn reports whether a consent has the permission. An API that is not known counts as any.
func (s askedScope) isIn(g connector.Grant) bool {
	if s.api != "" && g.APIID != "" && !strings.EqualFold(s.api, g.APIID) {
		return false
	}
	return slices.ContainsFunc(g.Scopes, func(name string) bool { return strings.EqualFold(name, s.name) })
}

// fact says what the link asks for.
func (a askedScopes) fact() connector.Fact {
	names := make([]string, 0, len(a.scopes))
	for _, s := range a.scopes {
		names = append(names, s.name)
	}
	switch {
	case len(names) > 0:
		return fact("link-asks", "Scopes", strings.Join(names, " "))
	case a.unnamed:
		return fact("link-asks-unnamed")
	}
	return fact("link-asks-sign-in")
}

// grantFacts name what was consented to, API by API.
func grantFacts(grants []connector.Grant, tell func(api, scopes string) connector.Fact) []connector.Fact {
	facts := []connector.Fact{}
	for _, g := range grants {
		facts = append(facts, tell(apiOfGrant(g), connector.Bounded(strings.Join(g.Scopes, " "), maxScopeText)))
	}
	return facts
}

func tenantGrant(api, scopes string) connector.Fact {
	return fact("link-grant-tenant", "API", api, "Scopes", scopes)
}

func effectiveGrant(api, scopes string) connector.Fact {
	return fact("link-grant-effective", "API", api, "Scopes", scopes)
}

// maxScopeText is how many characters of the permissions of a consent are shown.
const maxScopeText = 500

func apiOfGrant(g connector.Grant) string {
	switch {
	case g.API != "":
		return g.API
	case g.APIID != "":
		return g.APIID
	}
	return "?"
}
