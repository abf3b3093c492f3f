package connector

import (
	"strings"
	"time"
	"unicode/utf8"

	"partner-center-connector/auth"
	"partner-center-connector/lazyregexp"
)

// Cleaned is what somebody typed or pasted, as it is used, and what of it is not. The zero value is nothing.
type Cleaned struct {
	Value string
	// Unseen are the characters taken out that nobody sees, Replaced those for which ASCII is written that they stand for.
	Unseen, Replaced []rune
	// Before and After are what was taken off around the value, as it was typed.
	Before, After string
}

// Touched reports whether there is something to be told: more than white space was taken off.
func (c Cleaned) Touched() bool {
	return len(c.Unseen) > 0 || len(c.Replaced) > 0 || c.Before != "" || c.After != ""
}

// Clean makes of what somebody typed or pasted for a field what is used, in the window and in the terminal alike. Characters that nobody sees are
// taken out. Where the field's value has a form, it is found within quotation marks, brackets, a label, a list mark or punctuation; a text in
// which there is none stays as it is, to be refused. Of a name only what nobody sees is taken.
func Clean(f Field, text string) Cleaned {
	c := clean(text, finders[f])
	switch {
	case f == FieldRedirectPath:
		c.Before = withoutLocalhost(strings.TrimSpace(text), c.Value, c.Before)
	case f == FieldSecret && strings.ContainsAny(c.Before, ":=") && len(strings.Fields(text)) == 1:
		return clean(text, nil) // no label, which has white space behind it, but the beginning of another service's secret
	}
	return c
}

func clean(text string, find func(string) (string, bool)) Cleaned {
	seen, unseen := withoutUnseen(text)
	c := Cleaned{Value: strings.TrimSpace(seen), Unseen: unseen}
	if find == nil || len(seen) > maxEntry {
		return c
	}
	plain, replaced := asMeant(c.Value)
	for _, try := range []struct {
		text     string
		replaced []rune
	}{{c.Value, nil}, {plain, replaced}} {
		if value, ok := within(try.text, find, map[string]bool{}, 0); ok {
			c.Before, c.After = around(try.text, value)
			c.Value, c.Replaced = value, try.replaced
			return c
		}
		if len(replaced) == 0 {
			break
		}
	}
	return c
}

// Around is what was taken off around the value, as one line; empty for nothing.
func (c Cleaned) Around() string {
	before, after := shorten(c.Before), shorten(c.After)
	if before == "" || after == "" {
		return before + after
	}
	return before + " … " + after
}

// shorten keeps the beginning of a long text, such as the rest of an address.
func shorten(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > maxAround {
		return string(runes[:maxAround]) + "…"
	}
	return string(runes)
}

// maxAround is how much is told of what stood around a value at one side, in characters.
const maxAround = 60

// CleanWord is a word of a fixed choice, as Clean would find it.
func CleanWord(text string) Cleaned { return clean(text, wordIn) }

// CleanText is the value alone.
func CleanText(f Field, text string) string { return Clean(f, text).Value }

// maxEntry is longer than any address in which a value stands, in bytes.
const maxEntry = 4 << 10

// finders find the value of a field that has a form, in a text that begins and ends with it.
var finders = map[Field]func(text string) (string, bool){
	FieldTenant: tenantIn, FieldUPN: upnIn, FieldNewUser: upnIn, FieldRetype: upnIn, FieldClientID: clientIDIn, FieldRedirectPath: redirectIn,
	FieldSecret: secretIn, FieldSecretExpires: dayIn,
}

// around returns what is before and after a value in a text, where it is there as it is.
func around(text, value string) (before, after string) {
	i := strings.LastIndex(strings.ToLower(text), strings.ToLower(value))
	if value == "" || i < 0 || len(strings.ToLower(text)) != len(text) {
		return "", ""
	}
	return strings.TrimSpace(text[:i]), strings.TrimSpace(text[i+len(value):])
}

// Limits of the search: how many layers are taken off, and how many texts are looked at.
const (
	maxLayers = 5
	maxTries  = 60
)

// within finds a value in a text, or else in what remains of it without one more layer around it, which adds to tried.
func within(text string, find func(string) (string, bool), tried map[string]bool, layers int) (string, bool) {
	if tried[text] || len(tried) >= maxTries {
		return "", false
	}
	tried[text] = true
	if value, ok := find(text); ok || text == "" || layers >= maxLayers {
		return value, ok
	}
	for _, part := range parts(text) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if value, ok := within(part, find, tried, layers+1); ok {
			return value, true
		}
	}
	return "", false
}

// What stands around a value at either end, and what a sentence or a list has after an entry and before one.
const (
	wraps   = "\"'`*\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a()[]{}<>\u300c\u300d\u300e\u300f\uff02\uff07"
	endings = ".,;:!?\u2026\u3002\uff0c\uff1b"
	bullets = "-*>\u2010\u2011\u2013\u2014\u2022\u00b7\u2023\u25aa"
)

// knownLabel is one of the labels that the portals have before a value, without a mark behind it.
var knownLabel = lazyregexp.New(`(?i)^(?:upn|user ?name|user principal name|e-?mail|account|benutzername|benutzerprinzipalname|e-mail-adresse|konto|` +
	`(?:primary |initial |tenant )?domain|tenant(?: name)?|(?:primäre |anfängliche )?domäne|mandant(?:enname)?)\s+(\S+)$`)

var label = lazyregexp.New(`(?s)^[\pL\pM][^@/.:=]{0,60}?(?:\s*[:=\x{ff1a}]|\t|\n)\s*(.+)$`)

// parts are what a text is without one layer: its label, the marks around it, the punctuation after it, the mark of a list before it, the
// brackets at its end or what is before them.
func parts(text string) []string {
	first, _ := utf8.DecodeRuneInString(text)
	last, size := utf8.DecodeLastRuneInString(text)
	list := []string{}
	if m := label.FindStringSubmatch(text); m != nil {
		list = append(list, m[1])
	}
	if m := knownLabel.FindStringSubmatch(text); m != nil {
		list = append(list, m[1])
	}
	inner := text
	if strings.ContainsRune(wraps, last) {
		inner = inner[:len(inner)-size]
	}
	if inner != "" && strings.ContainsRune(wraps, first) {
		inner = inner[utf8.RuneLen(first):]
	}
	list = append(list, inner)
	if strings.ContainsRune(endings, last) { // one alone: a full stop may belong to a client secret
		list = append(list, text[:len(text)-size])
	}
	if bullet, rest, ok := strings.Cut(text, " "); ok && strings.Trim(bullet, bullets) == "" {
		list = append(list, rest)
	}
	if i := strings.IndexByte(")]}>", text[len(text)-1]); i >= 0 {
		if open := strings.LastIndexByte(text, "([{<"[i]); open >= 0 {
			list = append(list, text[open+1:len(text)-1], text[:open])
		}
	}
	return list
}

var guids = lazyregexp.New(`(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`)

// onlyGUID returns the one GUID that is in a text; there may be words around it, since nothing else looks like one.
func onlyGUID(text string) (string, bool) {
	found := ""
	for _, id := range guids.FindAllString(text, -1) {
		if found != "" && !strings.EqualFold(found, id) {
			return "", false
		}
		found = id
	}
	return found, found != ""
}

// tenantIn finds the tenant as it was typed, in an address too; what discovery makes of it is what counts.
func tenantIn(text string) (string, bool) {
	if id, ok := onlyGUID(text); ok && !strings.ContainsAny(text, "/@") { // in an address it may be something else's
		return id, true
	}
	tenant, err := auth.NormalizeTenantInput(text)
	if err != nil {
		return "", false
	}
	if before, after := around(text, tenant); strings.EqualFold(before+tenant+after, text) {
		return text[len(before) : len(text)-len(after)], true
	}
	return text, upnDomain.MatchString(text) // with letters outside ASCII
}

var word = lazyregexp.New(`^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$`)

func wordIn(text string) (string, bool) { return text, word.MatchString(text) }

func upnIn(text string) (string, bool) {
	if len(text) > len("mailto:") && strings.EqualFold(text[:len("mailto:")], "mailto:") {
		text = text[len("mailto:"):]
	}
	return text, ValidUPN(text)
}

var appParameter = lazyregexp.New(`(?i)(?:client_?id|appid)(?:=|/|%3d|%2f)([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b`)

// clientIDIn finds the client ID, in lower case: the one that an address of Microsoft's calls so, or the only GUID.
func clientIDIn(text string) (string, bool) {
	if m := appParameter.FindStringSubmatch(text); m != nil {
		return strings.ToLower(m[1]), true
	}
	id, ok := onlyGUID(text)
	return strings.ToLower(id), ok
}

// microsoftSecret is the form of the client secrets that Entra makes. It has no mark that is taken off around it.
var microsoftSecret = lazyregexp.New(`^[A-Za-z0-9~._-]{34,64}$`)

// secretIn finds a client secret of Entra's. Another one stays as it is, since nobody knows what belongs to it.
func secretIn(text string) (string, bool) { return text, microsoftSecret.MatchString(text) }

var days = lazyregexp.New(`\b\d{4}-\d{2}-\d{2}(?:T[0-9:.]+(?:Z|[+-]\d{2}:\d{2}))?\b`)

// dayIn finds the one day in a text, also where Microsoft's tools write it as an instant.
func dayIn(text string) (string, bool) {
	found := days.FindAllString(text, -1)
	if len(found) != 1 {
		return "", false
	}
	if at, err := time.Parse(time.RFC3339, found[0]); err == nil {
		return DayOf(at).String(), true
	}
	_, err := ParseDay(found[0])
	return found[0], err == nil
}
