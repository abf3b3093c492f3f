package problems

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"partner-center-connector/auth/codes"
	"partner-center-connector/lazyregexp"
)

// Ports, times, postal codes and amounts have as many digits as codes. A number is one only where it stands as one: after AADSTS, or where the
// words before it say that a code comes. The expressions are for the text before a number, up to it.
var (
	// inList ends in the list "error_codes" of an answer of the sign-in service.
	inList = lazyregexp.New(`(?i)error[ _-]?codes?["']?\s*[:=]\s*\[\s*(?:\d+\s*,\s*)*$`)
	// announced are the expressions whose words say themselves that a code comes.
	announced = []*lazyregexp.Regexp{
		// Error code: 50076, "errorCode":50076, Fehlercode 50076, ResultType 50126
		lazyregexp.New(`(?i)(?:error[ _-]?(?:codes?|number|no\.|nr\.)|fehler[ -]?(?:codes?|nummer|nr\.)|codes? d'erreur(?: de [\p{L} ]{3,20})?|` +
			`c[oó]\pM?digos? d[eo] erro(?:r)?(?: de [\p{L}\pM ]{3,25})?|fout-?codes?|エラー ?コード|result[ _-]?type)["'\])]{0,2}\s{0,3}[:=]{0,2}\s{0,3}` +
			`(?:(?:is|was|lautet|ist|est|es|é) )?[#"'(]{0,2}$`),
		// error 50076, Fehler #50076, エラー 50076
		lazyregexp.New(`(?i)(?:(?:^|[^\p{L}\p{N}_])(?:error|fehler|erreur|erro|fout)|エラー) {0,2}[:=]? {0,2}[#"'(\[]{0,2}$`),
		// HTTP 401 (900421), HTTP/1.1 403 Forbidden: 900308, 401/900421
		lazyregexp.New(`(?i)\bHTTP(?:/[123](?:\.[01])?)?(?:[ -]?(?:status|error|response|fehler|code))*[ :=]{0,2}[45]\d\d(?: [a-z]+){0,2}[ /:,;-]{0,3}[(\[]?$`),
		lazyregexp.New(`(?:^|[\s("'])40[01349] ?/ ?$`),
		// MFA required. (10001)
		lazyregexp.New(`(?i)(?:required|denied|refused|failed|unauthorized|forbidden|rejected|verweigert|fehlgeschlagen|abgelehnt)[^\n\d(]{0,20}\($`),
		// fails with 50076, scheitert seit gestern mit 50076
		lazyregexp.New(`(?i)\b(?:fail(?:s|ed|ing)?|reject(?:s|ed)|refuse[sd]?|denied|respond(?:s|ed)|answer(?:s|ed)|scheitert|antwortet|bricht)` +
			`[^\n\d.]{0,25}?\b(?:with|mit) (?:(?:the|a|an|dem|der|code) )?$`),
	}
	// denial ends what comes before an error that there is not.
	denial = lazyregexp.New(`(?i)\b(?:no|0|zero|keine?n?|ohne|without|sans|aucune?|sin|sem|geen)[^\p{L}\p{N}]?$`)
	// plainCode is a code that is only called "code".
	plainCode = lazyregexp.New(`(?i)(?:^|[^\p{L}\p{N}_])(codes?)["']?\s{0,2}[:=]?\s{0,2}[#"'(\[]{0,2}$`)
	lastWord  = lazyregexp.New(`[\p{L}']+[ -]?$`)
	// bareNumber begins a text that begins with a description whose AADSTS was left out.
	bareNumber = lazyregexp.New(`^\s*(\d{5,7}):\s+\p{L}`)
	// amount begins what makes a number one of something.
	amount = lazyregexp.New(`(?i)^ ?(?:[%‰€$£]|ms\b|msec|milli|µs|s\b|sec|sek|min\b|minut|h\b|hour|stund|days?\b|tage?\b|[kmgt]?i?b\b|bytes?\b|rows?\b|zeilen|` +
		`records?\b|requests?\b|anfragen|times\b|mal\b|calls?\b|users?\b|benutzer|items?\b|entries|lines?\b|files?\b|dateien|mails?\b|messages?\b|` +
		`customers?\b|kunden|people|results?\b|eur\b|usd\b|(?:of|von|de|from) \d|/ ?\d)`)
)

// callers are the words before a plain "code" with which it is that of an error, in lower case.
var callers = map[string]bool{
	"": true, "the": true, "a": true, "this": true, "with": true, "and": true, "or": true, "is": true, "error": true, "reason": true, "failure": true,
	"entra": true, "aad": true, "sts": true, "center": true, "aadsts": true, "microsoft": true, "result": true,
	"der": true, "den": true, "dem": true, "mit": true, "und": true, "dieser": true, "le": true, "avec": true, "el": true, "con": true,
	"o": true, "com": true, "de": true, "met": true, "het": true,
}

const (
	// maxBefore is how much before a number is looked at, in bytes.
	maxBefore = 80
	// maxDigits are more than any number has today.
	maxDigits = 10
)

// spot is what stands as a code.
type spot struct {
	code string
	// entra reports whether it is marked as Entra's; word whether it is no number, but a code of OAuth.
	entra, word bool
}

// entraName is what stands before Entra's numbers.
const entraName = "AADSTS"

// spotsIn are the numbers of a text that stand as codes, in their order: those after AADSTS, and others that are known.
func spotsIn(text string) []spot {
	spots := []spot{}
	for i := 0; i < len(text); {
		if !isDigit(text[i]) {
			i++
			continue
		}
		end := i
		for end < len(text) && isDigit(text[end]) {
			end++
		}
		if s, ok := spotAt(text, i, end); ok {
			spots = append(spots, s)
		}
		i = end
	}
	return spots
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// spotAt judges the digits of a text from i to end.
func spotAt(text string, i, end int) (s spot, ok bool) {
	s = spot{code: text[i:end]}
	before := text[max(0, i-maxBefore):i]
	switch {
	case len(s.code) < 4 || len(s.code) > maxDigits:
		return s, false
	case followsEntra(before), strings.Contains(before, "[") && inList.MatchString(before):
		s.entra = true
		return s, true
	}
	return s, s.known() && whole(text[end:]) && (isAnnounced(before) || isCode(before, text))
}

// followsEntra reports whether what stands before a number ends with AADSTS, and at most three separators.
func followsEntra(before string) bool {
	word := strings.TrimRight(before, " \t\n:#_-")
	return len(before)-len(word) <= 3 && len(word) >= len(entraName) && strings.EqualFold(word[len(word)-len(entraName):], entraName)
}

// known reports whether the table has the number.
func (s spot) known() bool {
	if _, ok := codes.Partner(s.code); ok {
		return true
	}
	number, err := strconv.Atoi(s.code)
	_, ok := codes.Entra(number, "")
	return ok && err == nil
}

// whole reports whether a number ends before rest, and is no amount.
func whole(rest string) bool {
	next, size := utf8.DecodeRuneInString(rest)
	switch {
	case size == 0:
		return true
	case unicode.IsLetter(next) || next == '_':
		return false
	case strings.ContainsRune(".,:/-", next) && size < len(rest) && isDigit(rest[size]):
		return false
	}
	return !amount.MatchString(rest[:min(len(rest), maxBefore)])
}

// isAnnounced reports whether the words before a number say that a code comes, and not that there is none.
func isAnnounced(before string) bool {
	for _, words := range announced {
		if at := words.FindAllStringIndex(before, 1); at != nil {
			return !denial.MatchString(before[:at[0][0]])
		}
	}
	return false
}

// isCode reports whether a number is called a code before it, and whether that can be about an error: in prose by the word before, in JSON by the
// members beside it, in an address by the page that it is for.
func isCode(before, text string) bool {
	at := plainCode.FindAllStringSubmatchIndex(before, 1)
	if at == nil {
		return false
	}
	before, after := before[:at[0][2]], before[at[0][3]:]
	switch {
	case strings.HasSuffix(before, `"`) && strings.Contains(after, ":"):
		return strings.Contains(text, `"description"`) || strings.Contains(text, `"message"`) || strings.Contains(text, `"error"`)
	case strings.HasSuffix(before, "?"), strings.HasSuffix(before, "&"):
		return strings.Contains(before, "/error?")
	}
	return callers[strings.Trim(strings.ToLower(lastWord.FindString(before)), " -'")]
}

// bare are the codes that a text is, and nothing else; empty for any other text. A number alone is one even if it is not known.
func bare(text string) []spot {
	spots := []spot{}
	entra := false
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'#.,;:()[]<>`", r) }) {
		digits := word
		if len(word) >= len(entraName) && strings.EqualFold(word[:len(entraName)], entraName) {
			entra, digits = true, word[len(entraName):]
		}
		if digits == "" {
			continue // the number is the next word
		}
		s := spot{code: digits, entra: entra, word: !isNumber(digits)}
		if s.word && (entra || !isWord(digits)) {
			return nil
		}
		spots, entra = append(spots, s), false
	}
	if len(spots) > 1 && slices.ContainsFunc(spots, func(s spot) bool { return !s.word && !s.entra && !s.known() }) {
		return nil
	}
	return spots
}

// isNumber reports whether a word has the form of a number of Entra or Partner Center.
func isNumber(word string) bool {
	return len(word) >= 4 && len(word) <= maxDigits && !strings.ContainsFunc(word, func(r rune) bool { return r < '0' || r > '9' })
}

// isWord reports whether a word is a code of OAuth.
func isWord(word string) bool {
	_, oauth := codes.OAuth(word)
	_, suberror := codes.Suberror(word)
	return (oauth || suberror) && strings.Contains(word, "_")
}
