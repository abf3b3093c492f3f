package link

import (
	"cmp"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/lazyregexp"
)

// search goes through one reading.
type search struct {
	endpoints []signInEndpoint
	alone     bool // the whole text is one word
	outcome
	left int // how many bytes of addresses it may still look at
}

// maxSearched is how many bytes of addresses of one reading are looked at, with those inside others.
const maxSearched = 512 << 10

func read(endpoints []signInEndpoint, text string, alone bool) outcome {
	s := &search{endpoints: endpoints, alone: alone, left: maxSearched}
	text = s.withoutScripts(text)
	s.text(text, 0)
	if len(s.links)+len(s.refusals) == 0 {
		s.bare(text)
	}
	return s.outcome
}

// maxNested is how many gateways may have rewritten one address, one after the other.
const maxNested = 5

func (s *search) text(text string, depth int) {
	for _, p := range addresses(text) {
		if s.left -= len(p.address); s.left < 0 {
			return
		}
		s.piece(p, depth)
	}
}

// piece takes an address for a link, or for one that has another one in it.
func (s *search) piece(p piece, depth int) {
	parts, ok := split(p.address)
	if ok && s.isLink(parts) {
		s.link(p, parts)
		return
	}
	if depth < maxNested && (!ok || !s.atEndpoint(parts)) {
		before := len(s.links) + len(s.refusals)
		for _, inner := range wrapped(p.address) {
			s.text(inner, depth+1)
		}
		if len(s.links)+len(s.refusals) > before {
			return
		}
	}
	if ok {
		s.lesser = cmp.Or(s.lesser, s.other(parts))
	}
}

// atEndpoint reports whether an address leads to a sign-in host.
func (s *search) atEndpoint(p parts) bool {
	_, refusal := endpointOf(s.endpoints, p.scheme, p.authority)
	return refusal == nil
}

// isLink reports whether an address is meant as a link, whatever is wrong with it.
func (s *search) isLink(p parts) bool {
	if innerAddress.MatchString(p.path) {
		return false
	}
	path := strings.ToLower(strings.TrimSuffix(p.path, "/"))
	if !strings.HasSuffix(path, "adminconsent") && !strings.HasSuffix(path, "authorize") {
		return false
	}
	all, _ := parameters(p.query)
	return all.has("client_id") || s.atEndpoint(p)
}

func (s *search) link(p piece, parts parts) {
	f, refusal := judge(s.endpoints, p.address, parts)
	switch {
	case refusal == nil && (p.cut || normal(p.address) != p.address): // or there is more in it that was changed on its way
		refusal = &Refusal{Fault: FaultCutOff, Kind: f.Kind, Host: shownHost(f.Host)}
	case refusal == nil:
		s.links = append(s.links, foundLink{Link{f, auth.NewSecret(p.address)}, p.sure})
		return
	}
	s.refusals = append(s.refusals, refusedLink{*refusal, p.address})
}

// other is what an address is that is no link at all; nil where it has nothing to do with signing in.
func (s *search) other(p parts) *Refusal {
	all, _ := parameters(p.query)
	if all.has("admin_consent") || all.has("state") && (all.has("code") || all.has("error") || all.has("id_token")) {
		return &Refusal{Fault: FaultAnswer, Host: shownHost(p.authority)}
	}
	_, refusal := endpointOf(s.endpoints, p.scheme, p.authority)
	switch {
	case refusal != nil && (refusal.Fault == FaultLookAlike || refusal.Fault == FaultUserInfo):
		return refusal
	case refusal == nil || s.alone:
		return &Refusal{Fault: FaultNeither, Host: shownHost(p.authority)}
	}
	return nil
}

// scripts are addresses that run something, or show what is in them or on this computer.
var scripts = lazyregexp.New(`(?i)(?:^|[\s"'<>(=])((?:javascript|vbscript|blob|filesystem|view-source):[^\s]+|data:[a-z]+/[^\s]+|file:/[^\s]+)`)

// withoutScripts takes such addresses out of a text, with what is in them.
func (s *search) withoutScripts(text string) string {
	return scripts.ReplaceAllStringFunc(text, func(address string) string {
		r := Refusal{Fault: FaultScript}
		if strings.Contains(address, "adminconsent") || strings.Contains(address, "authorize") {
			s.refusals = append(s.refusals, refusedLink{r, address})
		} else if s.lesser == nil {
			s.lesser = &r
		}
		return " "
	})
}

// bareLink is a link without its scheme, as people send it to get it past a gateway, or as it is behind a flag.
var bareLink = lazyregexp.New(`(?i)(?:^|[\s"'<>(=])((?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s"'<>?#]*(?:adminconsent|authorize)/?\?)`)

// bare looks for links without a scheme.
func (s *search) bare(text string) {
	for _, at := range bareLink.FindAllStringSubmatchIndex(text, maxPieces) {
		p, _ := addressAt(text[:at[2]]+schemeHTTPS+"://"+text[at[2]:], at[2])
		s.piece(p, maxNested)
	}
}
