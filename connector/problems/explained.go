package problems

import (
	"strings"
	"unicode"

	"partner-center-connector/auth/codes"
	"partner-center-connector/lazyregexp"
)

var (
	oauthWord = lazyregexp.New(`(?i)\b[a-z]+(?:_[a-z]+)+\b`)
	// errorName and suberrorName end before the value of a member or parameter of that name.
	errorName    = lazyregexp.New(`(?i)\berror(?:[ _]?code)?["']?\s{0,2}[:=]\s{0,2}["']?$`)
	suberrorName = lazyregexp.New(`(?i)\b(?:error_subcode|sub_?error)["']?\s{0,2}[:=]\s{0,2}["']?$`)
)

// saying is an OAuth error or suberror in an answer.
type saying struct {
	code     string
	from, to int
	// named reports whether it is the value of a member or parameter that is called so, and object which one that is in.
	named  bool
	object object
}

// sayingsIn are the suberrors and the OAuth errors of an answer. What can be both is a suberror, unless it is called an error.
func sayingsIn(answer string) (suberrors, errors []saying) {
	for _, at := range oauthWord.FindAllStringIndex(answer, -1) {
		s := saying{code: strings.ToLower(answer[at[0]:at[1]]), from: at[0], to: at[1]}
		_, suberror := codes.Suberror(s.code)
		_, oauth := codes.OAuth(s.code)
		before := answer[max(0, s.from-maxBefore):s.from]
		switch {
		case oauth && (!suberror || errorName.MatchString(before)):
			s.named, s.object = errorName.MatchString(before), objectAround(answer, s.from)
			errors = append(errors, s)
		case suberror:
			s.named, s.object = suberrorName.MatchString(before), objectAround(answer, s.from)
			suberrors = append(suberrors, s)
		}
	}
	return suberrors, errors
}

// explained reports for each of the sayings whether a number, or a suberror, says more exactly the same: each of these explains one at most, the nearest of
// those that are named in the same object, or that are beside it.
func explained(answer string, by []spot, sayings []saying) []bool {
	nearest, gaps := map[string]int{}, map[string]int{}
	for _, b := range by {
		for i, s := range sayings {
			gap := max(b.from-s.to, s.from-b.to)
			if least, found := gaps[b.code]; (!found || gap < least) && (s.named && s.object.holds(b.from) || beside(answer, b, s)) {
				nearest[b.code], gaps[b.code] = i, gap
			}
		}
	}
	done := make([]bool, len(sayings))
	for _, i := range nearest {
		done[i] = true
	}
	return done
}

// maxBeside is how much stands between a number and the error beside it at most, in bytes: "invalid_grant: 50173 - [2026-11-23 09:08:07Z]: AADSTS50173".
const maxBeside = 60

// beside reports whether there are no words between a number, or a suberror, and a saying.
func beside(answer string, b spot, s saying) bool {
	from, to := s.to, b.from
	if b.from < s.from {
		from, to = b.to, s.from
	}
	if to < from || to-from > maxBeside {
		return false
	}
	between := strings.TrimRight(answer[from:to], " \t\n:#_-")
	if len(between) >= len(entraName) && strings.EqualFold(between[len(between)-len(entraName):], entraName) {
		between = between[:len(between)-len(entraName)]
	}
	return !strings.ContainsFunc(strings.NewReplacer("T", "", "Z", "").Replace(between), unicode.IsLetter)
}

// places are where the sayings stand.
func places(sayings []saying) []spot {
	spots := []spot{}
	for _, s := range sayings {
		spots = append(spots, spot{code: s.code, word: true, from: s.from, to: s.to})
	}
	return spots
}
