package proxy

import (
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// fault is why a text can't be used as the address of a proxy.
type fault string

const (
	noFault    fault = ""
	notAddress fault = "address"
	// rawCredentials is a user name or password with characters that end it for whoever reads the address, so that a part of it
	// passes for the proxy's name.
	rawCredentials fault = "credentials"
	otherKind      fault = "kind"
)

// kinds are those of proxies that net/http speaks to. It would speak HTTP to one of any other.
var kinds = []string{"http", "https", "socks5", "socks5h"}

// readAddress reads the address of a proxy, with or without its kind. What stands after the last "@" is the proxy: where others, who
// take the first "#", "/" or "?" for the end of it, read another one, a part of the credentials would be asked for as a host, and shown.
func readAddress(text string) (*url.URL, fault) {
	kind, rest, given := strings.Cut(strings.TrimSpace(text), "://")
	if !given {
		kind, rest = "http", kind
	}
	kind = strings.ToLower(kind)
	if !slices.Contains(kinds, kind) {
		if isName(kind) {
			return nil, otherKind
		}
		return nil, notAddress
	}
	place, err := url.Parse(kind + "://" + rest[strings.LastIndex(rest, "@")+1:])
	if err != nil || !isPlace(place) {
		return nil, notAddress
	}
	whole, err := url.Parse(kind + "://" + rest)
	if err != nil || whole.Host != place.Host {
		return nil, rawCredentials
	}
	return &url.URL{Scheme: kind, User: whole.User, Host: whole.Host}, noFault
}

// isPlace reports whether an address leads to a host, and to a port that there is if it names one.
func isPlace(u *url.URL) bool {
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return false
		}
	} else if strings.HasSuffix(u.Host, ":") {
		return false
	}
	host := u.Hostname()
	address, _, _ := strings.Cut(host, "%")
	return net.ParseIP(address) != nil || isName(host) && !slices.Contains(kinds, strings.ToLower(host))
}

// isName reports whether a text is written as the name of a host, or of a kind.
func isName(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".-_", r)
	})
}
