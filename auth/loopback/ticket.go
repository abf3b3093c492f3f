package loopback

import (
	"encoding/base32"
	"fmt"
	"io"
	"net/http"
	"strings"

	"partner-center-connector/auth"
)

// consentCookiePrefix begins the names of our cookies. Cookies of localhost ignore ports, so the rest is random: two
// programs at once don't get into each other's way, and any of them tells that a window is not private.
const consentCookiePrefix = "pcc-consent-"

// maxTickets caps the start addresses of one attempt; the oldest goes first.
const maxTickets = 64

// randomName returns 256 bits as lower-case letters and digits only, which no mail program or gateway takes apart.
func randomName(source io.Reader) (string, error) {
	var b [32]byte
	if _, err := io.ReadFull(source, b[:]); err != nil {
		return "", fmt.Errorf("auth: read random bytes: %w", err)
	}
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])), nil
}

// startTicket lets one browser start an attempt. It has no limit of its own: what protects a link that somebody else has read, in a
// process list for one, is that the first browser uses the ticket up, and that a second one ends the attempt: one of the two is not the
// person's, or the first never got its reply; which, nobody can tell from here. And the attempt ends by its answer or by the limit of the
// wait, which people may extend. Where they do, a link that they copied but have not opened yet has to go on working.
type startTicket struct {
	name string
	used bool
}

// attemptOfTicket finds a ticket and its attempt; nil if there is none. It compares with all, in constant time each.
func (l *Listener) attemptOfTicket(name string) (*Attempt, *startTicket) {
	var attempt *Attempt
	var found *startTicket
	for _, a := range l.attempts {
		for _, t := range a.tickets {
			if auth.SameText(t.name, name) {
				attempt, found = a, t
			}
		}
	}
	return attempt, found
}

// consentCookie ties an attempt to the browser that started it.
type consentCookie struct{ name, value string }

func newConsentCookie(source io.Reader) (consentCookie, error) {
	name, err := randomName(source)
	if err != nil {
		return consentCookie{}, err
	}
	value, err := randomName(source)
	return consentCookie{name: consentCookiePrefix + name[:16], value: value}, err
}

// header is the cookie as it is set: a session cookie that comes along when the browser itself goes to localhost.
func (c consentCookie) header() *http.Cookie {
	//nolint:gosec // Secure would keep it from http://localhost, which is the only place where it goes
	return &http.Cookie{Name: c.name, Value: c.value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
}

// heldBy reports whether the browser of r has this cookie.
func (c consentCookie) heldBy(r *http.Request) bool {
	held := false
	for _, sent := range r.CookiesNamed(c.name) {
		held = auth.SameText(c.value, sent.Value) || held
	}
	return held
}

// othersIn reports whether the browser of r has a cookie of another attempt, of this program or of another run of it.
func (c consentCookie) othersIn(r *http.Request) bool {
	for _, sent := range r.Cookies() {
		if !strings.HasPrefix(sent.Name, consentCookiePrefix) {
			continue
		}
		if sent.Name != c.name || !auth.SameText(c.value, sent.Value) {
			return true
		}
	}
	return false
}
