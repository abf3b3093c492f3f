package problems

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/lazyregexp"
)

// maxRaw is how many runes of a raw line are kept.
const maxRaw = 2000

// shortestToken is the shortest that tokenShape finds, in bytes, of what does not begin with "eyJ".
const shortestToken = 33

// secretNames are the names of parameters whose value is a secret wherever they stand.
const secretNames = `state|nonce|ticket|client_secret|client_assertion|code_verifier|refresh_token|access_token|id_token|password`

// What looks like a secret is taken out of raw lines once more, although auth and the clients took it out already: a line
// that people copy into mails is worth two locks. A GUID has 36 characters, and is meant to stay.
var (
	tokenShape  = lazyregexp.New(`eyJ[A-Za-z0-9_-]{8,}[A-Za-z0-9_.-]*|[A-Za-z0-9_~+=-]{44,}|[01]\.A[A-Za-z0-9_.-]{30,}`)
	secretShape = lazyregexp.New(`[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{20,}`)
	secretParam = lazyregexp.New(`(?i)((?:\b|%(?:25)*[0-9a-f]{2})(?:code|` + secretNames + `))=[^&\s"']+`)
	// An address in another one is encoded, and in a third one its percent signs are, too.
	encodedParam = lazyregexp.New(`(?i)(?:\b|%(?:25)*[0-9a-f]{2})(?:code|` + secretNames + `)%(?:25)*3D`)
	encodedEnd   = lazyregexp.New(`%(?:25)*26|[&\s"']`)
	// In JSON, a code is the name of an error.
	secretKey = lazyregexp.New(`(?i)\b((?:` + secretNames + `)\\*"\s*:\s*\\*")[^\s"\\]+`)
	bearer    = lazyregexp.New(`(?i)\bbearer\s+[^\s,"']{8,}`)
)

// CleanLine makes one line of text: no control characters, no secrets, not longer than maxRaw.
func CleanLine(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	text = withoutSecrets(text)
	if utf8.RuneCountInString(text) <= maxRaw {
		return text
	}
	return string([]rune(text)[:maxRaw-1]) + "…"
}

// errorLine is CleanLine of an error. Several that were joined stay apart, and the same one twice is told once.
func errorLine(err error) string {
	told := []string{}
	for text := range strings.SplitSeq(err.Error(), "\n") {
		if text = strings.TrimSpace(text); text != "" && !slices.Contains(told, text) {
			told = append(told, text)
		}
	}
	return CleanLine(strings.Join(told, "; "))
}

// withoutSecrets looks first for what each of the secrets has: in a code alone there is none of it, and no expression is compiled.
func withoutSecrets(text string) string {
	if strings.Contains(text, "=") {
		text = secretParam.ReplaceAllString(text, "$1=[redacted]")
	}
	if strings.Contains(text, "%") {
		text = withoutEncoded(text)
	}
	if strings.Contains(text, `"`) {
		text = secretKey.ReplaceAllString(text, "$1[redacted]")
	}
	if strings.Contains(text, " ") {
		text = bearer.ReplaceAllString(text, "Bearer [redacted]")
	}
	if strings.Contains(text, "Q~") {
		text = secretShape.ReplaceAllString(text, "[redacted]")
	}
	if len(text) >= shortestToken || strings.Contains(text, "eyJ") {
		text = tokenShape.ReplaceAllString(text, "[redacted]")
	}
	return text
}

// withoutEncoded takes out the values of encoded parameters, each up to the next encoded separator.
func withoutEncoded(text string) string {
	var clean strings.Builder
	for {
		found := encodedParam.FindAllStringIndex(text, 1)
		if len(found) == 0 {
			return clean.String() + text
		}
		clean.WriteString(text[:found[0][1]] + "[redacted]")
		text = text[found[0][1]:]
		end := len(text)
		if ends := encodedEnd.FindAllStringIndex(text, 1); len(ends) > 0 {
			end = ends[0][0]
		}
		text = text[end:]
	}
}

// signInRaw is the description as the service gave it, or what is known where it gave none.
func signInRaw(e *auth.Error) string {
	if line := CleanLine(e.Description); line != "" {
		return line
	}
	return CleanLine(e.Error())
}

// apiRaw begins with the code, as the service's description goes on.
func apiRaw(e *connector.APIError) string {
	if e.Cause != nil && e.Status == 0 {
		return CleanLine(e.Error())
	}
	line, status := e.Code, fmt.Sprintf("HTTP %d", e.Status)
	if line == "" {
		line, status = status, ""
	}
	if e.Description != "" {
		line += ": " + e.Description
	}
	if status != "" {
		line += " (" + status + ")"
	}
	return CleanLine(line)
}

// codeOf is the code that people search for: the first AADSTS number that the table knows, else the first, else the error.
func codeOf(e *auth.Error) string {
	for _, code := range e.Codes {
		if _, ok := entraKind(code, e.Description, e.Stage); ok {
			return fmt.Sprintf("AADSTS%d", code)
		}
	}
	if len(e.Codes) > 0 {
		return fmt.Sprintf("AADSTS%d", e.Codes[0])
	}
	if e.OAuth != "" {
		return CleanLine(e.OAuth)
	}
	if e.Suberror != "" {
		return CleanLine(e.Suberror)
	}
	if e.Status >= http.StatusMultipleChoices {
		return fmt.Sprintf("HTTP %d", e.Status)
	}
	return ""
}

// serviceTime reads the timestamp of an answer ("2026-11-23 10:20:30Z"); zero when it can't be read.
func serviceTime(s string) time.Time {
	for _, layout := range []string{"2006-01-02 15:04:05Z", time.RFC3339} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
