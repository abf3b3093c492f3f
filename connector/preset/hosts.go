package preset

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Longest names of hosts and of their parts, in bytes (RFC 1035, 2.3.4).
const (
	maxHost = 253
	maxPart = 63
)

// hostOf reads the host of a redirect address: a name, or "*." and a domain for every name below it. It reports whether only one owner can have
// such addresses: an IP address, a name of this computer or of one network, and a domain below which anybody can have a name are none.
func hostOf(text string) (host string, ok bool) {
	host = strings.ToLower(strings.TrimSpace(text))
	name := strings.TrimPrefix(host, "*.")
	return host, isHost(name) && !isLocal(name) && !isPublic(name)
}

// isHost reports whether name is that of a host, with two parts or more. What ends with a number would be taken for an IP address.
// https://url.spec.whatwg.org/#ends-in-a-number-checker
func isHost(name string) bool {
	labels := strings.Split(name, ".")
	for _, label := range labels {
		if label == "" || len(label) > maxPart || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" ||
			strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
	}
	return len(labels) > 1 && len(name) <= maxHost && !isNumber(labels[len(labels)-1])
}

// isNumber reports whether a browser takes the last part of a host for a number of an IP address.
func isNumber(label string) bool {
	return strings.Trim(label, "0123456789") == "" || strings.HasPrefix(label, "0x") && strings.Trim(label[2:], "0123456789abcdef") == ""
}

// isLocal reports whether the name is that of this computer (RFC 6761, 6.3).
func isLocal(name string) bool { return strings.HasSuffix(name, ".localhost") }

// isPublic reports whether others than one owner can have names below this one, as below com, co.uk and github.io.
func isPublic(name string) bool {
	suffix, _ := publicsuffix.PublicSuffix(name)
	return suffix == name
}
