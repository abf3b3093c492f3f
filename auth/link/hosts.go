package link

import (
	"cmp"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"

	"partner-center-connector/auth"
)

// signInEndpoint is a place where a link may lead to.
type signInEndpoint struct {
	cloud, scheme string
	// host has the port too, where it is not the scheme's own.
	host string
	// local is whether it is a page of a practice cloud on this computer, where the redirect may be on this computer as well.
	local bool
}

// endpointsOf are the sign-in hosts of the clouds, and Microsoft's aliases of them. A cloud from a clouds file may serve what browsers see by http on a
// literal loopback address: the file names that address as the one of its portals. No built-in cloud has such an endpoint.
func endpointsOf(clouds []auth.Cloud) []signInEndpoint {
	endpoints := []signInEndpoint{}
	for _, c := range clouds {
		if login, err := url.Parse(c.Login); err == nil && login.Scheme == schemeHTTPS {
			endpoints = append(endpoints, signInEndpoint{cloud: c.Name, scheme: schemeHTTPS, host: bareHost(schemeHTTPS, login.Host)})
		}
		for _, alias := range c.LoginAliases() {
			endpoints = append(endpoints, signInEndpoint{cloud: c.Name, scheme: schemeHTTPS, host: alias})
		}
		for _, page := range []string{c.EntraPortal, c.PartnerCenterPortal} {
			if u, err := url.Parse(page); c.FromFile && err == nil && auth.IsLoopbackHTTP(u) {
				endpoints = append(endpoints, signInEndpoint{cloud: c.Name, scheme: schemeHTTP, host: bareHost(schemeHTTP, u.Host), local: true})
			}
		}
	}
	return endpoints
}

// names are the hosts of the endpoints, without ports.
func names(endpoints []signInEndpoint) []string {
	hosts := []string{}
	for _, d := range endpoints {
		hosts = append(hosts, withoutPort(d.host))
	}
	return hosts
}

const (
	schemeHTTP  = "http"
	schemeHTTPS = "https"
)

// bareHost is a host in lower case, without the port if it is the scheme's own.
func bareHost(scheme, host string) string {
	own := map[string]string{schemeHTTP: ":80", schemeHTTPS: ":443"}[scheme]
	return strings.TrimSuffix(lower(host), own)
}

// lower makes capital letters of ASCII small ones. Those of other scripts stay what they are: some of them have a small form in ASCII, and a
// browser takes them to another host all the same.
func lower(host string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, host)
}

func withoutPort(host string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 && strings.Trim(host[i+1:], "0123456789") == "" {
		return host[:i]
	}
	return host
}

// endpointOf is the one that an address leads to; otherwise the fault, with the host in it.
func endpointOf(endpoints []signInEndpoint, scheme, authority string) (signInEndpoint, *Refusal) {
	host := authority
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		return signInEndpoint{}, &Refusal{Fault: FaultUserInfo, Host: shownHost(host[i+1:])}
	}
	host = bareHost(scheme, host)
	refusal := &Refusal{Fault: FaultHost, Host: shownHost(host)}
	for _, d := range endpoints {
		switch same := withoutPort(d.host) == withoutPort(host); {
		case d.host == host && d.scheme == scheme:
			return d, nil
		case same && d.scheme == scheme:
			refusal.Fault = FaultPort
		case same && scheme == schemeHTTP && refusal.Fault == FaultHost:
			refusal.Fault = FaultHTTP
		}
	}
	if refusal.Fault == FaultHost && resembles(host, names(endpoints)) {
		refusal.Fault = FaultLookAlike
	}
	return signInEndpoint{}, refusal
}

// maxHost is the longest name in DNS.
const maxHost = 253

// networkHost is a host in the form that the network knows, without its port: letters of other scripts that look like Latin ones don't there.
// What can't be in a host is left out, and ok is false then.
func networkHost(host string) (ascii string, ok bool) {
	host = lower(withoutPort(host))
	if encoded, err := idna.Punycode.ToASCII(host); err == nil {
		host = encoded
	}
	ascii = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune(".-:[]", r) {
			return r
		}
		return -1
	}, host)
	ascii = ascii[:min(len(ascii), maxHost)]
	return ascii, ascii == host
}

// shownHost is a host for people, who are told of one even where it has no letter that can be in one.
func shownHost(host string) string {
	ascii, _ := networkHost(host)
	return cmp.Or(ascii, "?")
}

// likeLatin are digits and pairs that are taken for letters.
var likeLatin = strings.NewReplacer("0", "o", "1", "l", "rn", "m", "vv", "w", "5", "s", "-", "", ".", "")

// closeBy is how many letters of a look-alike may be others.
const closeBy = 2

// resembles reports whether a host that is none of the known ones is made to look like one.
func resembles(host string, known []string) bool {
	host = withoutPort(host)
	ascii := shownHost(host)
	if ascii != host || strings.Contains(ascii, "xn--") {
		return true
	}
	return slices.ContainsFunc(append(known, "microsoftonline.com"), func(right string) bool {
		if _, err := netip.ParseAddr(right); err == nil {
			return false
		}
		return strings.Contains(likeLatin.Replace(host), likeLatin.Replace(right)) || distance(host, right) <= closeBy || (withoutLast(host) != "" && withoutLast(host) == withoutLast(right))
	})
}

// withoutLast is a host without its top-level domain.
func withoutLast(host string) string { return host[:max(strings.LastIndexByte(host, '.'), 0)] }

// distance is how many letters have to be put in, left out or replaced to make one word of another.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
