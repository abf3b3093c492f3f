package pasted

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"

	"partner-center-connector/lazyregexp"
)

// The addresses of a gateway that doesn't merely percent-encode what it wraps (as Safe Links, Link Protect and most do).
// https://help.proofpoint.com/Threat_Insight_Dashboard/API_Documentation/URL_Decoder_API
var (
	urlDefense2 = lazyregexp.New(`(?i)/v2/url\?u=([^&\s"<>]+)`)
	urlDefense3 = lazyregexp.New(`(?i)/v3/__(.+?)__;([A-Za-z0-9_-]*)`)
)

// maxRewritten is how many rewritten addresses of one text are looked at.
const maxRewritten = 8

var urlDefense2Marks = strings.NewReplacer("-", "%", "_", "/")

// WithoutRewriting undoes the encodings of URL Defense: it returns the addresses that were rewritten.
func WithoutRewriting(text string) []string {
	var found []string
	for _, m := range urlDefense2.FindAllStringSubmatch(text, maxRewritten) {
		found = append(found, WithoutPercents(urlDefense2Marks.Replace(m[1])))
	}
	for _, m := range urlDefense3.FindAllStringSubmatch(text, maxRewritten) {
		found = append(found, refill(m[1], m[2]))
	}
	return found
}

// runLengths are the digits of the length of a run, from 2 up.
const runLengths = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// refill puts the characters that URL Defense 3 took out of an address back: each "*" stands for one of them, "**" and a
// digit for a run.
func refill(address, taken string) string {
	bytes, err := base64.RawURLEncoding.DecodeString(taken)
	if err != nil || !utf8.Valid(bytes) {
		return address
	}
	rest := []rune(string(bytes))
	take := func(n int) string {
		n = min(n, len(rest))
		run := string(rest[:n])
		rest = rest[n:]
		return run
	}
	var b strings.Builder
	for i := 0; i < len(address); i++ {
		switch {
		case address[i] != '*':
			b.WriteByte(address[i])
		case i+2 < len(address) && address[i+1] == '*' && strings.IndexByte(runLengths, address[i+2]) >= 0:
			b.WriteString(take(strings.IndexByte(runLengths, address[i+2]) + 2))
			i += 2
		default:
			b.WriteString(take(1))
		}
	}
	return b.String()
}

// encodedRun is what may be an address in base64, in its form for addresses, or in hexadecimal digits: in a parameter, or in a path, whose
// slashes base64 has too.
var encodedRun = lazyregexp.New(`[A-Za-z0-9+/_-]{48,}`)

// maxRuns is how many runs of one text are decoded.
const maxRuns = 32

var plainBase64 = strings.NewReplacer("-", "+", "_", "/")

// WithoutBase64 decodes what may be an address. Where the address begins in a run can't be seen, so each of the four offsets is tried.
func WithoutBase64(text string) []string {
	var found []string
	add := func(decoded []byte) {
		reading := strings.ToValidUTF8(string(decoded), "?")
		if lower := strings.ToLower(reading); strings.Contains(lower, "http") || strings.Contains(lower, "state") {
			found = append(found, reading)
		}
	}
	for _, run := range encodedRun.FindAllString(text, maxRuns) {
		if decoded, err := hex.DecodeString(run[:len(run)&^1]); err == nil {
			add(decoded)
		}
		run = plainBase64.Replace(run)
		for offset := range 4 {
			part := run[offset:]
			if len(part)%4 == 1 { // as it was cut off
				part = part[:len(part)-1]
			}
			decoded, _ := base64.RawStdEncoding.DecodeString(part) // its alphabet is that of the run
			add(decoded)
		}
	}
	return found
}

// The addresses of gateways from which nothing can be read: they keep what they replace for themselves, or encrypt it.
var (
	anyAddress  = lazyregexp.New(`(?i)https?:/+([a-z0-9.-]+)`)
	hidingHosts = []string{
		"mimecast.com", "mimecastprotect.com", "emailprotection.link", "blackspider.com", "mailcontrol.com", "hornetsecurity.com", "cloud-security.net",
		"inky.com", "greathorn.com", "mailanyone.net",
	}
	// protecting is in the names of the gateways that a company has for itself, as a part of its own.
	protecting = lazyregexp.New(`(?:^|[.-])(?:(?:url|link|web)?-?protect[0-9]*|(?:url|link)-?protection|clicktime|safe-?links?|sec-?links?|(?:url|link)-?(?:defen[cs]e|scan))(?:[.-]|$)`)
	// named is a host in an address that still shows whose address was replaced.
	named = lazyregexp.New(`(?i)[?&;][a-z_-]+=([a-z0-9.-]+)`)
	// legible is an address in another one, percent-encoded, as URL Defense 2 encodes, or in base64; one that is there as it is follows opening.
	legible = lazyregexp.New(`(?i:https?(?:%|-3a))|aHR0c`)
	opening = lazyregexp.New(`[=/_]$`)
)

// maxHost is the longest name in DNS.
const maxHost = 253

// HidingGateway returns the host of the first address in the text behind which a gateway hides another one; empty for none. Where the other
// one can be read there is nothing hidden, whatever it is. An address at one of the hosts that are expected hides nothing, and another
// one that names one of them does.
func HidingGateway(text string, expected ...string) string {
	text = WithJoinedLines(WithoutEntities(text))
	for _, reading := range []string{text, WithoutPercents(text)} {
		for _, word := range strings.FieldsFunc(reading, EndsAddress) {
			all := anyAddress.FindAllStringSubmatchIndex(word, -1)
			for i, at := range all {
				end, last := len(word), i+1 == len(all)
				if !last {
					end = all[i+1][0]
				}
				host, rest := strings.ToLower(word[at[2]:at[3]]), word[at[1]:end]
				if hides(host, rest, expected) && !legible.MatchString(rest) && (last || !opening.MatchString(rest)) {
					return host
				}
			}
		}
	}
	return ""
}

// hides reports whether an address at a host with the rest behind it is one of a gateway.
func hides(host, rest string, expected []string) bool {
	if len(host) > maxHost || slices.Contains(expected, host) || strings.Trim(rest, "/") == "" {
		return false
	}
	known := func(hiding string) bool { return host == hiding || strings.HasSuffix(host, "."+hiding) }
	return slices.ContainsFunc(hidingHosts, known) || protecting.MatchString(host) || namesOne(rest, expected)
}

// namesOne reports whether one of the parameters in the rest of an address is one of the hosts.
func namesOne(rest string, hosts []string) bool {
	return slices.ContainsFunc(named.FindAllStringSubmatch(rest, maxRuns), func(m []string) bool {
		return slices.Contains(hosts, strings.ToLower(m[1]))
	})
}
