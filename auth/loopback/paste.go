package loopback

import (
	"cmp"
	"crypto/subtle"
	"net/url"
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/auth/pasted"
	"partner-center-connector/lazyregexp"
)

// ReadPasted reads the address of the last page of an admin consent, as another person sent it back: state is the one of
// the link that was given to that person. It forgives what mail programs and gateways do to an address. Its error is an
// *Error: what an error redirect said, or with Cause ErrOtherAnswer for the answer to another link, ErrBadAnswer for one
// that is cut off, *HiddenAnswerError for a gateway's address that nothing can be read from, and ErrBadInput for any other text with no
// answer in it.
func ReadPasted(text, state string) (auth.Answer, error) {
	if len(text) > pasted.MaxText {
		return auth.Answer{}, &auth.Error{Stage: auth.StageAdminConsent, Cause: auth.ErrBadInput}
	}
	best := pastedReading{rank: pastedNothing}
	for reading := range pasted.Readings(text) {
		for _, address := range splitAddresses(reading) {
			best = slices.MaxFunc([]pastedReading{best, readAddress(address, state)}, byRank)
		}
		if best.rank >= pastedError {
			break
		}
	}
	if best.rank == pastedNothing {
		if gateway := pasted.HidingGateway(text, "localhost", "127.0.0.1"); gateway != "" {
			return auth.Answer{}, &auth.Error{Stage: auth.StageAdminConsent, Cause: &auth.HiddenAnswerError{Gateway: gateway}}
		}
	}
	return best.outcome(state)
}

// pastedRank orders what a text can be read as; the highest counts.
type pastedRank int

const (
	pastedNothing    pastedRank = iota
	pastedNoState               // an answer that ends before its state: of this line alone, or as it was copied
	pastedOtherState            // an answer, with another state
	pastedCutOff                // ours, but not whole
	pastedError
	pastedConsent
)

// pastedReading is one way to read the text.
type pastedReading struct {
	rank   pastedRank
	params callbackParams
}

func byRank(a, b pastedReading) int { return cmp.Compare(a.rank, b.rank) }

func (r pastedReading) outcome(state string) (auth.Answer, error) {
	switch r.rank {
	case pastedConsent:
		return auth.Answer{Tenant: r.params.tenant}, nil
	case pastedError:
		return auth.Answer{}, r.params.failure(auth.StageAdminConsent, state)
	case pastedCutOff, pastedNoState:
		return auth.Answer{}, &auth.Error{Stage: auth.StageAdminConsent, Cause: auth.ErrBadAnswer}
	case pastedOtherState:
		return auth.Answer{}, &auth.Error{Stage: auth.StageAdminConsent, Cause: auth.ErrOtherAnswer}
	default:
	}
	return auth.Answer{}, &auth.Error{Stage: auth.StageAdminConsent, Cause: auth.ErrBadInput}
}

var (
	addressStart = lazyregexp.New(`(?i)https?:/`)
	answerPair   = lazyregexp.New(`(?i)(?:^|[?&#;])(admin_consent|tenant|state|error|error_subcode|suberror|error_description)=([^&#]*)`)
	// A hyphen may be gone: some programs make it a soft one, which looks the same and is dropped elsewhere.
	pastedTenant = lazyregexp.New(`^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})`)
	firstWord    = lazyregexp.New(`^[A-Za-z]*`)
	saidState    = lazyregexp.New(`^[A-Za-z0-9]*`)
)

// splitAddresses cuts a text where an address ends or another one begins: the question is often quoted below the answer.
func splitAddresses(text string) []string {
	var addresses []string
	for _, word := range strings.FieldsFunc(text, pasted.EndsAddress) {
		from := 0
		for _, at := range addressStart.FindAllStringIndex(word, -1) {
			addresses = append(addresses, word[from:at[0]])
			from = at[0]
		}
		addresses = append(addresses, word[from:])
	}
	return addresses
}

// readAddress looks for the parameters of an answer. What follows a value without a separator (a full stop, the next word of
// a mail) is forgiven: state and tenant have a known length.
func readAddress(address, state string) pastedReading {
	found := map[string]string{}
	for _, m := range answerPair.FindAllStringSubmatch(address, -1) {
		name := strings.ToLower(m[1])
		if _, again := found[name]; !again {
			found[name] = strings.Map(pasted.PlainLetter, unescapeValue(m[2]))
		}
	}
	p := callbackParams{
		oauth: found["error"], suberror: cmp.Or(found["suberror"], found["error_subcode"]), description: found["error_description"],
	}
	if parts := pastedTenant.FindStringSubmatch(strings.ToLower(found["tenant"])); parts != nil {
		p.tenant = strings.Join(parts[1:], "-")
	}
	value, isConsent := found["admin_consent"]
	said := strings.ToLower(firstWord.FindString(value))
	consented := strings.HasPrefix(said, "true")
	isConsent = isConsent && (consented || strings.HasPrefix("true", said)) // or the word is cut off
	switch {
	case !isConsent && p.oauth == "":
		return pastedReading{rank: pastedNothing}
	case !beginsWithState(found["state"], state):
		return pastedReading{rank: rankWithout(saidState.FindString(found["state"]), state)}
	case p.oauth != "":
		return pastedReading{rank: pastedError, params: p}
	case p.tenant == "" || !consented:
		return pastedReading{rank: pastedCutOff}
	}
	return pastedReading{rank: pastedConsent, params: p}
}

func beginsWithState(value, state string) bool {
	return state != "" && len(value) >= len(state) && subtle.ConstantTimeCompare([]byte(value[:len(state)]), []byte(state)) == 1
}

// rankWithout is the rank of an answer without the whole state: with said, which may be its beginning. Microsoft gives the state of a link
// back with every answer, and as the last parameter, so that an answer without one was not copied to its end.
func rankWithout(said, state string) pastedRank {
	const surely = 4 // so many letters are not the same by chance
	switch {
	case state == "" || len(said) >= len(state) || !beginsWithState(state, said) && said != "":
		return pastedOtherState
	case len(said) < surely:
		return pastedNoState
	}
	return pastedCutOff
}

func unescapeValue(s string) string {
	if v, err := url.QueryUnescape(s); err == nil {
		return v
	}
	return s
}
