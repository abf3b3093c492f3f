package problems

import (
	"slices"
	"strings"
	"unicode"

	"partner-center-connector/lazyregexp"
)

// Ports, times, postal codes and amounts have as many digits as codes. A number is one only where it stands as one: after AADSTS, or where the
// words around it say that it is a code. The expressions for what is before a number end where it begins, those for what follows begin
// where it ends.
var (
	// inList ends in the list "error_codes" of an answer of the sign-in service.
	inList = lazyregexp.New(`(?i)error[ _-]?codes?["']?\s*[:=]\s*\[\s*(?:\d+\s*,\s*)*$`)
	// announced are the expressions whose words say themselves that a code comes.
	announced = []announcement{
		// Error code: 50076, "errorCode":50076, Fehlercode 50076, ResultType 50126
		{before: lazyregexp.New(`(?i)(?:error[ _-]?(?:codes?|number|no\.|nr\.)|fehler[ -]?(?:codes?|nummer|nr\.)|codes? d'erreur(?: de [\p{L} ]{3,20})?|` +
			`c[oó]\pM?digos? d[eo] erro(?:r)?(?: de [\p{L}\pM ]{3,25})?|fout[ -]?(?:codes?|nummer)|エラー ?コード|result[ _-]?type)["'\])]{0,2}\s{0,3}[:=]{0,2}\s{0,3}` +
			`(?:(?:is|was|lautet|ist|est|es|é) )?[#"'(]{0,2}$`)},
		// error 50076, Fehler #50076, エラー 50076, Erreur n° 50076
		{before: lazyregexp.New(`(?i)(?:(?:^|[^\p{L}\p{N}_])(?:error|fehler|erreur|erro|fout)|エラー)(?: n(?:[°ºo]\.?|[uú]\pM?mero|um[eé]\pM?ro|ummer|r\.?))?` +
			` {0,2}[:=]? {0,2}[#"'(\[]{0,2}$`)},
		// HTTP 401 (900421), HTTP/1.1 403 Forbidden: 900308, 401/900421
		{before: lazyregexp.New(`(?i)\bHTTP(?:/[123](?:\.[01])?)?(?:[ -]?(?:status|error|response|fehler|code))*[ :=]{0,2}[45]\d\d(?: [a-z]+){0,2} ?` +
			`(?:[/:,;-] {0,2}[(\[]?|[(\[])$`)},
		{before: lazyregexp.New(`(?:^|[\s("'])40[01349] ?/ ?$`)},
		// MFA required. (10001)
		{before: lazyregexp.New(`(?i)\b(?:access|auth|sign-?in|log-?[io]n|token|MFA|multi-?factor|entra|azure|aad|partner center|consent|credential|permission|` +
			`zugriff|anmeld)[^\n\d(]{0,40}(?:required|denied|refused|failed|rejected|verweigert|fehlgeschlagen|abgelehnt)[^\n\d(]{0,20}\($`), ends: true},
		{before: lazyregexp.New(`(?i)\b(?:unauthorized|forbidden)[^\n\d(]{0,20}\($`), ends: true},
		// fails with 50076, scheitert seit gestern mit 50076
		{before: lazyregexp.New(`(?i)\b(?:fail(?:s|ed|ing)?|reject(?:s|ed)|refuse[sd]?|denied|respond(?:s|ed)|answer(?:s|ed)|scheitert|antwortet|bricht)` +
			`[^\n\d.]{0,25}?\b(?:with|mit) (?:(?:the|a|an|dem|der|code) )?$`), ends: true},
	}
	// denial ends what comes before an error that there is not; foreign what comes before one of another system, which foreignName follows.
	denial      = lazyregexp.New(`(?i)\b(?:no|0|zero|keine?n?|ohne|without|sans|aucune?|sin|sem|geen)[^\p{L}\p{N}]?$`)
	foreign     = lazyregexp.New(`(?i)\b(?:SQLSTATE|postgres(?:ql)?|mysql|mariadb|sql server|oracle|odbc|smtp|ftp|winsock|errno)\b[^\n.]{0,20}$`)
	foreignName = lazyregexp.New(`^["')\]]{0,2}[:,]? ?[(\[]?(?:WSA|ECONN|ETIMED|ENOTF|EADDR|EHOST|EACCES|EPIPE)`)
	// end ends what a number belongs to: a mark, or a word that goes on with something else.
	end = lazyregexp.New(`(?i)^["')\]]{0,3}(?:\s*$|\n|[.,;:!?)\]]| ?-|\s(?:on|at|in|for|from|by|and|but|or|when|while|whenever|if|since|after|before|because|as|all the time|every|again|today|now|` +
		`bei|beim|seit|am|im|und|aber|wenn|weil|nach|vor|von|ab|zur[uü]ck|heute|immer)\b)`)
	// amount begins what makes a number one of something.
	amount = lazyregexp.New(`(?i)^ ?(?:[%‰€$£]|ms\b|msec|milli|µs|s\b|sec|sek|min\b|minut|h\b|hour|stund|days?\b|tage?\b|[kmgt]?i?b\b|bytes?\b|rows?\b|zeilen|` +
		`records?\b|requests?\b|anfragen|times\b|mal\b|calls?\b|users?\b|benutzer|items?\b|entries|lines?\b|files?\b|dateien|mails?\b|messages?\b|` +
		`customers?\b|kunden|people|results?\b|warnings?\b|warnungen|errors\b|ports?\b|eur\b|usd\b|(?:of|von|de|from) \d|/ ?\d)`)
)

// announcement is a way of saying that a code comes. Where ends is set, the number must end what it belongs to: "failed with 50126 warnings".
type announcement struct {
	before *lazyregexp.Regexp
	ends   bool
}

// isForeign reports whether the words around a number say that it is a code of another system.
func isForeign(before, rest string) bool {
	return foreign.MatchString(before) || foreignName.MatchString(rest)
}

// isAnnounced reports whether the words before a number say that a code comes, and not that there is none.
func isAnnounced(before, rest string) bool {
	for _, a := range announced {
		if at := a.before.FindAllStringIndex(before, 1); at != nil {
			return !denial.MatchString(before[:at[0][0]]) && (!a.ends || end.MatchString(rest))
		}
	}
	return false
}

var (
	// plainCode is a code that is only called "code".
	plainCode = lazyregexp.New(`(?i)(?:^|[^\p{L}\p{N}_])(codes?|c[oó]\pM?digos?|コード)["']?\s{0,2}[:=]?\s{0,2}[#"'(\[]{0,2}$`)
	lastWord  = lazyregexp.New(`[\p{L}']+[ -]?$`)
	// aboutError are words with which a code is that of an error, oneTime those with which it is one that somebody has to type, or a place.
	aboutError = lazyregexp.New(`(?i)error|fail|denied|deny|refus|reject|block|forbid|unauthori|exception|problem|sign-?in\b|log-?[io]n\b|AADSTS|\bentra id|azure ad|` +
		`partner center|fehler|fehlge|verweiger|abgelehn|gesperrt|scheiter|anmeld|erreur|échou|connexion|fall[oó]|deneg|rechaz|sesión|falh|negad|recus|` +
		`fout|mislukt|geweiger|aanmeld|エラー|失敗|拒否|サインイン`)
	oneTime = lazyregexp.New(`(?i)verif|\bv[ée]rif|enter(?:ed)?\b|type\b|phone|\bsms\b|text message|authenticator|one-?time|passcode|expires|minutes?\b|valid for|postal|` +
		`\bzip\b|gültig|eingeben|\bgib\b|bestätig|telefon|handy|\bplz\b|saisi|valable|introdu|ingres|insira|digite|geldig|voer\b|確認|郵便`)
	// ofError ends before an object that is the value of "error".
	ofError = lazyregexp.New(`(?i)error["']\s*:\s*$`)
	titled  = lazyregexp.New(`^: \p{L}`)
)

// callers are the words before a plain "code" with which it is that of an error, in lower case.
var callers = map[string]bool{
	"": true, "the": true, "a": true, "this": true, "with": true, "and": true, "or": true, "is": true, "error": true, "reason": true, "failure": true,
	"entra": true, "aad": true, "sts": true, "center": true, "aadsts": true, "microsoft": true, "result": true,
	"der": true, "den": true, "dem": true, "mit": true, "und": true, "dieser": true, "le": true, "avec": true, "el": true, "con": true,
	"o": true, "com": true, "de": true, "met": true, "het": true,
}

// isCode reports whether the number of a text from i to end is called a code before it, and whether that can be about an error: in prose by the
// words of its sentence, in JSON by where it stands, in an address by the page that it is for.
func isCode(text string, i, end int) bool {
	before := text[max(0, i-maxBefore):i]
	at := plainCode.FindAllStringSubmatchIndex(before, 1)
	if at == nil {
		return false
	}
	before, after := before[:at[0][2]], before[at[0][3]:]
	switch {
	case strings.HasSuffix(before, `"`) && strings.Contains(after, ":"), strings.HasSuffix(before, "'") && strings.Contains(after, ":"):
		return isErrorMember(text, i)
	case strings.HasSuffix(before, "?"), strings.HasSuffix(before, "&"):
		return strings.Contains(before, "/error?")
	case !callers[strings.Trim(strings.ToLower(lastWord.FindString(before)), " -'")]:
		return false
	}
	sentence, begins, ends := sentenceAround(text, i-len(after), end)
	if begins && ends {
		sentence = text // "Code: 53003", as pages have it, is about what stands around it
	}
	return !oneTime.MatchString(sentence) && (aboutError.MatchString(sentence) || begins && titled.MatchString(text[end:]))
}

// isErrorMember reports whether the member "code" at i of a text is that of an error: in an object that is called "error", or in one that has a message,
// and that either nothing is around or Partner Center has made.
func isErrorMember(text string, i int) bool {
	o := objectAround(text, i)
	if o.from >= 0 && ofError.MatchString(text[max(0, o.from-maxBefore):o.from]) {
		return true
	}
	inside := text[max(0, o.from, i-maxObject):min(o.to, i+maxObject)]
	told := slices.ContainsFunc(messages, func(name string) bool { return strings.Contains(inside, name) })
	return told && (o.from < 0 || objectAround(text, o.from).from < 0 || strings.Contains(inside, "PartnerFD"))
}

// sentenceAround returns the sentence that holds a code, whose name ends at from, and its number at to; and whether it is nothing else.
func sentenceAround(text string, from, to int) (sentence string, begins, ends bool) {
	start, stop := max(0, from-maxSentence), min(len(text), to+maxSentence)
	for _, mark := range sentenceMarks {
		if at := strings.LastIndex(text[start:from], mark); at >= 0 {
			start += at + len(mark)
		}
		if at := strings.Index(text[to:stop], mark); at >= 0 {
			stop = to + at
		}
	}
	words := strings.FieldsFunc(text[start:from], func(r rune) bool { return !unicode.IsLetter(r) })
	return text[start:stop], len(words) == 1, strings.Trim(text[to:stop], " \t\"').]") == ""
}

// maxSentence is how far the words of a sentence are looked for, in bytes.
const maxSentence = 300

// messages are the names of what an error says.
var messages = []string{`"description"`, `"message"`, `'description'`, `'message'`}

// sentenceMarks stand between sentences.
var sentenceMarks = []string{"\n", ". ", "! ", "? ", "。"}
