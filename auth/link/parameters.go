package link

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"partner-center-connector/lazyregexp"
)

// pair is a parameter, decoded. Its name is in lower case: Microsoft does not tell the two apart.
type pair struct {
	name, value string
	bare        bool // there is no "="
}

type pairs []pair

// parameters takes a query apart; whole is false where a letter of an escape is missing.
func parameters(query string) (all pairs, whole bool) {
	whole = true
	for part := range strings.SplitSeq(query, "&") {
		if part == "" {
			continue
		}
		name, value, hasValue := strings.Cut(part, "=")
		name, errName := url.QueryUnescape(name)
		value, errValue := url.QueryUnescape(value)
		whole = whole && errName == nil && errValue == nil
		all = append(all, pair{name: strings.ToLower(name), value: value, bare: !hasValue})
	}
	return all, whole
}

func (all pairs) has(name string) bool {
	return slices.ContainsFunc(all, func(p pair) bool { return p.name == name })
}

// value is that of a parameter; empty where it is not there.
func (all pairs) value(name string) string {
	for _, p := range all {
		if p.name == name {
			return p.value
		}
	}
	return ""
}

// parameterName is a name that can be shown.
var parameterName = lazyregexp.New(`^[a-z][a-z0-9_.-]{0,39}$`)

// twice is the name of the first parameter that is there more than once; empty where none is.
func (all pairs) twice() string {
	seen := map[string]bool{}
	for _, p := range all {
		if seen[p.name] {
			if !parameterName.MatchString(p.name) {
				return "?"
			}
			return p.name
		}
		seen[p.name] = true
	}
	return ""
}

// mayBeEmpty are parameters that a product writes even where it has nothing to put there.
var mayBeEmpty = []string{"login_hint", "domain_hint", "prompt", "claims"}

// endsEmpty reports whether the last parameter, of one or more, has no value, as where a link was cut off.
func (all pairs) endsEmpty() bool {
	last := all[len(all)-1]
	return last.bare || last.value == "" && !slices.Contains(mayBeEmpty, last.name)
}

// hostName is a name that people give hosts on the Internet. Where its last part is a number, a browser takes it for an IP address.
var hostName = lazyregexp.New(`^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$`)

// isName reports whether a host is a whole name, or an IP address as it is usually written.
func isName(host string) bool {
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil || hostName.MatchString(host)
}

// isHere reports whether a host is the computer on which the link is opened.
func isHere(host string) bool {
	host = strings.TrimSuffix(host, ".")
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && (addr.Unmap().IsLoopback() || addr.IsUnspecified())
}
