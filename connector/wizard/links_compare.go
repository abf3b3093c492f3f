package wizard

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// LinkDifferences are everything that the draft's links differ in, from each other and from what is known: none of them is opened then, and
// nothing is saved.
func (s State) LinkDifferences() []connector.Problem {
	w := s.Wizard
	if w.Draft.Links == nil {
		return nil
	}
	found := w.betweenLinks()
	for _, kind := range link.Kinds() {
		if of := w.Draft.Links.Of(kind); of != nil {
			found = append(found, w.fromTenant(of.Facts)...)
			found = append(found, s.fromRedirects(of.Facts)...)
		}
	}
	return found
}

func differ(d connector.LinkDifference, first, second string, kind link.Kind) connector.Problem {
	p := problems.New(connector.KindLinksDiffer, "")
	p.With(connector.LinkDifferenceArg, string(d)).With("First", first).With("Second", second)
	if kind != "" {
		p.With(connector.LinkKindArg, string(kind))
	}
	return *p
}

// betweenLinks are the differences of the two links, and that of them from the connector that is renewed.
func (w Wizard) betweenLinks() []connector.Problem {
	found, l := []connector.Problem{}, w.Draft.Links
	if w.Draft.Renews != "" {
		for _, kind := range link.Kinds() {
			if of := l.Of(kind); of != nil && w.Draft.ClientID != "" && !strings.EqualFold(of.ClientID, w.Draft.ClientID) {
				found = append(found, differ(connector.LinksRenewal, w.Draft.ClientID, of.ClientID, kind))
			}
		}
	}
	if l.Admin == nil || l.User == nil {
		return found
	}
	if !strings.EqualFold(l.Admin.ClientID, l.User.ClientID) {
		found = append(found, differ(connector.LinksClientID, l.Admin.ClientID, l.User.ClientID, ""))
	}
	if w.apart(l.Admin.Facts, l.User.Facts) {
		found = append(found, differ(connector.LinksTenant, l.Admin.Tenant, l.User.Tenant, ""))
	}
	return found
}

// apart reports whether two links are known to be for different tenants.
func (w Wizard) apart(a, b link.Facts) bool {
	if a.Tenant == b.Tenant || a.AnyTenant() || b.AnyTenant() {
		return false
	}
	first, known := w.tenantsNamed(a.Tenant)
	second, alsoKnown := w.tenantsNamed(b.Tenant)
	return known && alsoKnown && !slices.ContainsFunc(first, func(id string) bool { return slices.Contains(second, id) })
}

// fromTenant are a link's differences from the tenant that was looked up.
func (w Wizard) fromTenant(f link.Facts) []connector.Problem {
	t, found := w.Draft.Tenant, []connector.Problem{}
	if t == nil {
		return found
	}
	if f.Cloud != t.Cloud {
		found = append(found, differ(connector.LinksCloud, f.Cloud, t.Cloud, f.Kind))
	}
	if f.AnyTenant() {
		return found
	}
	if ids, known := w.tenantsNamed(f.Tenant); known && !slices.Contains(ids, t.ID) {
		found = append(found, differ(connector.LinksLookup, f.Tenant, t.Label(), f.Kind))
	}
	return found
}

// fromRedirects is the difference of a link's redirect address from those of the product, where both are known.
func (s State) fromRedirects(f link.Facts) []connector.Problem {
	allowed := s.Product(s.Wizard.Draft.Links).RedirectHosts
	address, err := url.Parse(f.Redirect)
	if len(allowed) == 0 || f.Redirect == "" {
		return nil
	}
	host := ""
	if err == nil {
		host = address.Hostname()
	}
	if slices.ContainsFunc(allowed, func(pattern string) bool { return isHostOf(host, pattern) }) {
		return nil
	}
	return []connector.Problem{differ(connector.LinksRedirect, cmp.Or(host, f.Redirect), strings.Join(allowed, ", "), f.Kind)}
}

// isHostOf reports whether a host is the one of a pattern, or lies below the domain of "*." and a domain.
func isHostOf(host, pattern string) bool {
	host, pattern = strings.ToLower(host), strings.ToLower(pattern)
	if domain, ok := strings.CutPrefix(pattern, "*"); ok {
		return len(host) > len(domain) && strings.HasSuffix(host, domain)
	}
	return host == pattern
}

// tenantsNamed are the IDs of the tenants that a link can mean by its segment; known is false as long as nobody knows.
func (w Wizard) tenantsNamed(segment string) (ids []string, known bool) {
	if connector.ValidClientID(segment) { // both are GUIDs
		return []string{strings.ToLower(segment)}, true
	}
	if t := w.Draft.Tenant; t != nil && t.Domain != "" && strings.EqualFold(segment, t.Domain) {
		return []string{t.ID}, true
	}
	lookup, asked := w.Links.Tenants[segment]
	if !asked || lookup.Running || lookup.Problem != nil && lookup.Problem.Kind != connector.KindUnknownTenant {
		return nil, false
	}
	for _, t := range lookup.Found {
		ids = append(ids, t.ID)
	}
	return ids, true
}

// unresolved are the domains of links of which it is not known whose they are.
func (w Wizard) unresolved() []string {
	domains := []string{}
	for _, kind := range link.Kinds() {
		of := w.Draft.Links.Of(kind)
		if of == nil || of.AnyTenant() || slices.Contains(domains, of.Tenant) {
			continue
		}
		if _, known := w.tenantsNamed(of.Tenant); !known {
			domains = append(domains, of.Tenant)
		}
	}
	return domains
}

// lookUpLinks looks up whose the domains in the links are, which may be other names of the tenant that was looked up. What is being looked up
// is left alone; what failed is tried again.
func lookUpLinks(s State) (State, []Effect) {
	if s.Wizard.Draft.Links == nil {
		return s, nil
	}
	effects := []Effect{}
	for _, domain := range s.Wizard.unresolved() {
		if s.Wizard.Links.Tenants[domain].Running {
			continue
		}
		var n int
		s, n = attempt(s)
		s.Wizard.Links = s.Wizard.Links.withTenant(domain, Lookup{Work: Work{Attempt: n, Running: true}, Input: domain})
		effects = append(effects, FindTenant{Attempt: n, Input: domain})
	}
	return s, effects
}

func (f LinkForm) withTenant(domain string, l Lookup) LinkForm {
	f.Tenants = maps.Clone(f.Tenants)
	if f.Tenants == nil {
		f.Tenants = map[string]Lookup{}
	}
	f.Tenants[domain] = l
	return f
}

// linkTenantFound takes what the lookup of a link's domain found, and reports whether it was that.
func linkTenantFound(s State, e TenantFound) (State, bool) {
	for domain, lookup := range s.Wizard.Links.Tenants {
		if lookup.Attempt == e.Attempt {
			lookup.Running, lookup.Found, lookup.Problem = false, slices.Clone(e.Found), e.Problem
			s.Wizard.Links = s.Wizard.Links.withTenant(domain, lookup)
			return s, true
		}
	}
	return s, false
}

// linksCompared returns why the links can't be said to be for the same app registration and the right tenant.
func (s State) linksCompared() Reason {
	w := s.Wizard
	if w.Draft.Links == nil {
		return ""
	}
	if w.Links.Reading.Running {
		return ReasonLinksReading
	}
	if len(s.LinkDifferences()) > 0 {
		return ReasonLinksDiffer
	}
	domains := w.unresolved()
	switch {
	case len(domains) == 0:
		return ""
	case slices.ContainsFunc(domains, func(domain string) bool { return w.Links.Tenants[domain].Running }):
		return ReasonTenantLookup
	}
	return ReasonLinkTenant
}
