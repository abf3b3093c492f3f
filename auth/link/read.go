package link

import (
	"iter"
	"net/url"
	"slices"
	"strings"
	"sync"

	"partner-center-connector/auth"
	"partner-center-connector/auth/pasted"
	"partner-center-connector/lazyregexp"
)

// MaxText is the longest text with links, in bytes: a mail with its headers and its HTML.
const MaxText = 256 << 10

// Read finds the links in a text that somebody pasted: one or both of them, in a whole mail too, however mail programs and gateways have
// changed it. A link that is there twice counts once. What was refused comes with the reasons; what has nothing to do with a consent is
// passed over, unless there is nothing else.
func Read(text string, clouds []auth.Cloud) (found []Link, refused []Refusal) {
	if len(text) > MaxText {
		return nil, []Refusal{{Fault: FaultTooLong}}
	}
	endpoints := endpointsOf(clouds)
	alone := len(strings.Fields(text)) == 1
	var first outcome
	for reading := range readings(text) {
		o := read(endpoints, reading, alone)
		if len(o.links) > 0 {
			return o.told()
		}
		if len(first.refusals) == 0 {
			first.refusals = o.refusals
		}
		if first.lesser == nil {
			first.lesser = o.lesser
		}
	}
	if first.lesser == nil || first.lesser.Fault == FaultNeither {
		if gateway := pasted.HidingGateway(text, names(endpoints)...); gateway != "" {
			first.lesser = &Refusal{Fault: FaultGateway, Host: gateway}
		}
	}
	return first.told()
}

// builtinEndpoints are those of the built-in clouds. Looks asks for them at every letter that is typed.
var builtinEndpoints = sync.OnceValue(func() []signInEndpoint { return endpointsOf(auth.BuiltinClouds()) })

// Looks reports whether there is something like a consent link of another product in a text, be it one that is refused. The
// links that this program makes itself are not: they lead back to this computer. A text that is too long to be read counts as one as soon as it
// may have a link, which then is written nowhere.
func Looks(text string) bool {
	may := mayHaveLink.MatchString(text)
	if !may || len(text) > MaxText {
		return may
	}
	endpoints := builtinEndpoints()
	for reading := range readings(text) {
		o := read(endpoints, reading, false)
		if len(o.links) > 0 || slices.ContainsFunc(o.refusals, func(r refusedLink) bool { return !isOwn(r.address) }) {
			return true
		}
	}
	return false
}

// isOwn reports whether an address is a link that this program has made, in whatever cloud.
func isOwn(address string) bool {
	p, _ := split(address)
	all, _ := parameters(p.query)
	u, err := url.Parse(all.value("redirect_uri"))
	return err == nil && u.Scheme == schemeHTTP && u.Hostname() == "localhost"
}

// mayHaveLink is in every text that has a link, or in base64 what every address begins with.
var mayHaveLink = lazyregexp.New(`(?i)adminconsent|authorize|aHR0c|h\s*t\s*t\s*p`)

// readings are the ways to read a text, the likeliest first. Only where one has no link that can be opened, the next one counts: an address
// from which an escape was taken that was none is another address.
func readings(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		plain := normal(text)
		mail := func() string { return normal(pasted.WithoutQuotedPrintable(text)) }
		ways := []func() string{
			func() string { return plain },
			func() string { return normal(pasted.WithoutEscapes(plain)) },
			func() string { return normal(strings.Join(pasted.WithoutBase64(pasted.WithJoinedLines(text)), "\n")) },
			func() string { return withoutSpaces(plain) },
		}
		switch quoted := strings.Contains(text, "=3D"); {
		case quoted && !unquoted.MatchString(text):
			// Where its lines are broken in what a gateway has encoded, nothing else shows that they are.
			ways = slices.Insert(ways, 0, mail)
		case quoted:
			ways = append(ways, mail)
		}
		for _, way := range ways {
			if !yield(way()) {
				return
			}
		}
	}
}

// unquoted is a parameter that is not in quoted-printable. https://www.rfc-editor.org/rfc/rfc2045#section-6.7
var unquoted = lazyregexp.New(`[?&][A-Za-z0-9_]+=(?:[^3\r\n]|3[^D])`)

// paragraph is what stands between two of them.
var paragraph = lazyregexp.New(`\n[ \t>]*\r?\n\s*`)

// withoutSpaces joins the words of each paragraph.
func withoutSpaces(text string) string {
	var all strings.Builder
	from := 0
	for _, at := range append(paragraph.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
		all.WriteString(pasted.WithoutSpaces(text[from:at[0]]) + "\n\n")
		from = at[1]
	}
	return all.String()
}

// How some programs write an address that nobody is to press.
var (
	defusedScheme = lazyregexp.New(`(?i)\bhxxp(s?)(?::|\[:\])//`)
	defusedDots   = strings.NewReplacer("[.]", ".", "[:]", ":")
)

// maxEntities is how often the entities of HTML may have been encoded again.
const maxEntities = 4

// normal undoes what never is in a link: HTML's entities, wide letters, and letters that nobody sees.
func normal(text string) string {
	for range maxEntities {
		text = pasted.WithoutEntities(text)
	}
	text = strings.Map(pasted.PlainLetter, text)
	return defusedDots.Replace(defusedScheme.ReplaceAllString(text, "http$1://"))
}

// outcome is what one reading of a text has in it.
type outcome struct {
	links    []foundLink
	refusals []refusedLink
	// lesser is the refusal of what is no link, and counts where nothing else is there.
	lesser *Refusal
}

type foundLink struct {
	Link
	sure bool
}

type refusedLink struct {
	Refusal
	address string
}

// told is the outcome for the caller: each link once, and one of each kind.
func (o outcome) told() (found []Link, refused []Refusal) {
	for _, kind := range []Kind{Admin, User} {
		switch links := distinct(o.links, kind); {
		case len(links) == 1:
			found = append(found, links[0].Link)
		case len(links) > 1:
			refused = append(refused, Refusal{Fault: FaultSeveral, Kind: kind})
		}
	}
	for _, r := range o.refusals {
		known := func(f foundLink) bool { return strings.HasPrefix(f.Address.Reveal(), r.address) }
		if !slices.ContainsFunc(o.links, known) && !slices.Contains(refused, r.Refusal) {
			refused = append(refused, r.Refusal)
		}
	}
	if len(found)+len(refused) == 0 && o.lesser != nil {
		refused = append(refused, *o.lesser)
	}
	return found, refused
}

// distinct are the links of a kind, each once. One that is the beginning of another one is the same: it was cut off, or the text behind it
// was taken for its end. Of the two the one counts whose end was sure, and then the longer.
func distinct(links []foundLink, kind Kind) []foundLink {
	all := []foundLink{}
	for _, l := range links {
		if l.Kind != kind {
			continue
		}
		same := slices.IndexFunc(all, func(have foundLink) bool { return sameLink(have, l) })
		switch {
		case same < 0:
			all = append(all, l)
		case better(l, all[same]):
			all[same] = l
		}
	}
	return all
}

func sameLink(a, b foundLink) bool {
	one, other := a.Address.Reveal(), b.Address.Reveal()
	if strings.HasPrefix(one, other) || strings.HasPrefix(other, one) {
		return true
	}
	p, _ := split(one)
	q, _ := split(other)
	mine, _ := parameters(p.query)
	yours, _ := parameters(q.query)
	return a.Host == b.Host && strings.EqualFold(p.path, q.path) && slices.Equal(mine, yours)
}

func better(a, b foundLink) bool {
	if a.sure != b.sure {
		return a.sure
	}
	one, other := a.Address.Reveal(), b.Address.Reveal()
	return len(one) > len(other) && strings.HasPrefix(one, other)
}
