package link

import (
	"strings"

	"partner-center-connector/auth/pasted"
	"partner-center-connector/lazyregexp"
)

var (
	// innerAddress is an address as it stands, in another one.
	innerAddress = lazyregexp.New(`(?i)https?:/+[^/]`)
	// encoded is one that is percent-encoded, up to where the value ends that it is.
	encoded = lazyregexp.New(`(?i)https?(?::|%(?:25)*3A)(?:%(?:25)*2F)[^&#]*|https?%(?:25)*3A/[^&#]*`)
)

// certificate is what Avanan puts around an address.
const certificate = "___"

// wrapped are the addresses in an address: what a gateway has rewritten.
func wrapped(address string) []string {
	inner := pasted.WithoutRewriting(address)
	runs, plain := encoded.FindAllStringIndex(address, maxPieces), firstIn(address[1:], innerAddress)+1
	switch {
	case len(inner) > 0:
	case plain > 0 && (len(runs) == 0 || plain < runs[0][0]):
		inner = append(inner, withScheme(address[:plain], address[plain:]))
	case len(runs) > 0:
		for _, run := range runs {
			inner = append(inner, pasted.WithoutPercents(address[run[0]:run[1]]))
		}
	default:
		inner = pasted.WithoutBase64(address)
	}
	for i, text := range inner {
		inner[i] = normal(text)
	}
	return inner
}

// withScheme mends the beginning of an address that stands as it is behind the rest of another one, and ends it where that goes on.
func withScheme(before, address string) string {
	if strings.HasSuffix(before, certificate) {
		address, _, _ = strings.Cut(address, certificate)
	}
	return slashes.ReplaceAllString(address, "$1://")
}

// slashes begin an address from which a gateway took one, as some programs do with those in a path.
var slashes = lazyregexp.New(`^(?i)(https?):/+`)
