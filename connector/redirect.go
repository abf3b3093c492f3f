package connector

import (
	"slices"
	"strings"
)

// loopbacks are the hosts of this computer's own addresses.
var loopbacks = []string{"localhost", "127.0.0.1", "[::1]"}

// redirectIn finds the path of a redirect URI on this computer, given alone or with the address before it: the port does not matter to
// Microsoft. The bare http://localhost has the empty path. https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions
func redirectIn(text string) (string, bool) {
	if text == "" || text == "/" {
		return "", true
	}
	path := text
	if host, rest := splitHost(text); isLoopback(host) {
		path = rest
	}
	if path == "/" {
		path = ""
	}
	return path, ValidRedirectPath(path)
}

// withoutLocalhost is what is told of the address before a path: nothing, where it is the one that the app registration has to have.
func withoutLocalhost(text, path, before string) string {
	if path == "" {
		before = strings.TrimSuffix(text, "/")
	}
	if strings.EqualFold(strings.TrimPrefix(strings.ToLower(before), "http://"), "localhost") {
		return ""
	}
	return before
}

// OtherHost reports whether a redirect URI was given whose host is this computer, and not called localhost.
func (c Cleaned) OtherHost() bool {
	return strings.Contains(c.Before, "127.0.0.1") || strings.Contains(c.Before, "[::1]")
}

// splitHost takes an address over http apart, whose scheme may be missing: its host, without the port, and what follows.
func splitHost(text string) (host, rest string) {
	if len(text) >= len("http://") && strings.EqualFold(text[:len("http://")], "http://") {
		text = text[len("http://"):]
	}
	host = text
	if i := strings.IndexByte(text, '/'); i >= 0 {
		host, rest = text[:i], text[i:]
	}
	if name, port, ok := cutPort(host); ok && strings.Trim(port, "0123456789") == "" {
		host = name
	}
	return strings.ToLower(host), rest
}

// cutPort cuts a host at the colon before its port, and not at one within an IPv6 address.
func cutPort(host string) (name, port string, ok bool) {
	i := strings.LastIndexByte(host, ':')
	if i < 0 || strings.HasSuffix(host, "]") {
		return host, "", false
	}
	return host[:i], host[i+1:], true
}

func isLoopback(host string) bool { return slices.Contains(loopbacks, host) }

// RedirectPathOf takes a redirect URI, or only its path, as typed. The bare http://localhost has the empty path. What can't be one stays as
// it is, for [RedirectReason] to say why.
func RedirectPathOf(text string) string { return CleanText(FieldRedirectPath, text) }

// Why a redirect URI can't be used.
const (
	ReasonRedirectInvalid   Reason = "redirect-invalid"
	ReasonRedirectHTTPS     Reason = "redirect-https"
	ReasonRedirectElsewhere Reason = "redirect-elsewhere"
)

// RedirectReason returns why a path, as RedirectPathOf returns it, can't be that of a redirect URI of this program; empty if it can.
func RedirectReason(path string) Reason {
	if ValidRedirectPath(path) {
		return ""
	}
	lower := strings.ToLower(path)
	if https, ok := strings.CutPrefix(lower, "https://"); ok {
		if host, _ := splitHost(https); isLoopback(host) {
			return ReasonRedirectHTTPS
		}
	}
	host, _ := splitHost(lower)
	if !isLoopback(host) && (strings.Contains(lower, "://") || strings.HasPrefix(lower, "urn:")) {
		return ReasonRedirectElsewhere
	}
	return ReasonRedirectInvalid
}
