package connector

import (
	"encoding/json"
	"maps"
	"strings"
	"time"
	"unicode"

	"partner-center-connector/auth/link"
)

// How much of what is on disk about the two links is read back, in characters: somebody may have changed it by hand, and it is shown.
const (
	maxLinkWord  = link.MaxWord
	maxLinkText  = 300
	maxLinkValue = link.MaxRedirect
	maxScopes    = link.MaxScopes
)

// UnmarshalJSON reads what is known of the two links from a list, and leaves out of it what no link has.
func (l *Links) UnmarshalJSON(text []byte) error {
	type fields Links
	if err := json.Unmarshal(text, (*fields)(l)); err != nil {
		return err
	}
	l.Product, l.Name = Bounded(l.Product, maxLinkWord), Bounded(l.Name, maxLinkWord)
	if l.Admin != nil {
		l.Admin.bound(link.Admin)
	}
	if l.User != nil {
		l.User.bound(link.User)
	}
	maps.DeleteFunc(l.NotConfirmed, func(kind link.Kind, _ bool) bool { return kind != link.Admin && kind != link.User })
	return nil
}

// bound makes the facts of a link such as reading one yields.
func (p *ProductLink) bound(kind link.Kind) {
	p.Kind = kind
	for _, word := range []*string{&p.Cloud, &p.ClientID, &p.ResponseType, &p.Prompt, &p.Browser} {
		*word = Bounded(*word, maxLinkWord)
	}
	for _, text := range []*string{&p.Host, &p.Tenant, &p.Resource, &p.LoginHint} {
		*text = Bounded(*text, maxLinkText)
	}
	// A query may have what the link alone has to have.
	if i := strings.IndexAny(p.Redirect, "?#"); i >= 0 {
		p.Redirect = p.Redirect[:i]
	}
	p.Redirect = Bounded(p.Redirect, maxLinkValue)
	p.Scopes = p.Scopes[:min(len(p.Scopes), maxScopes)]
	for i := range p.Scopes {
		p.Scopes[i] = Bounded(p.Scopes[i], maxLinkText)
	}
}

// Bounded is a text from elsewhere as it may be shown in a line: without control characters and what nobody sees, and no longer than so many
// characters.
func Bounded(text string, most int) string {
	line := strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp) {
			return -1
		}
		return r
	}, WithoutUnseen(strings.ToValidUTF8(text, "")))
	if runes := []rune(line); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return line
}

// Reminder is the day on which somebody wants to be reminded to look again at a connector that another product keeps; zero for never.
func (c Connector) Reminder() Day {
	if c.Origin != OriginLink || c.Links == nil {
		return Day{}
	}
	return c.Links.Remind
}

// Reminds reports whether that day has come.
func (c Connector) Reminds(now time.Time) bool {
	day := c.Reminder()
	return !now.IsZero() && !day.IsZero() && !DayOf(now).Before(day)
}
