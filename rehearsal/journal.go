package rehearsal

import (
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"
)

// maxRequests is how many requests the journal keeps; the oldest go first, so that a cloud can run for days.
const maxRequests = 10_000

// maxErrorPages is how many error pages the journal keeps.
const maxErrorPages = 100

// The kinds of what the cloud issues.
const (
	kindAccessToken  = "access_token"
	kindRefreshToken = "refresh_token"
	kindIDToken      = "id_token"
	kindCode         = "code"
	kindClientSecret = "client_secret"
	kindPrivateKey   = "private_key"
	kindAssertion    = "assertion"
)

// Request is one request that reached the cloud.
type Request struct {
	// Pages reports whether it came to the browser pages, not to the back channel.
	Pages bool
	// Endpoint names it: "authorize", "adminconsent", "visit", "discovery", "token", "me", "organization" …; empty if unknown.
	Endpoint string
	Method   string
	// Status is the HTTP status; 0 when the connection was ended without an answer.
	Status int
	// Grant is the grant_type of a token request.
	Grant string
	// UserAgent is the header; Cookies are the names of the cookies that came along.
	UserAgent string
	Cookies   []string
	// SignedInAs is the role of the person whose sign-in cookie came along; empty for none.
	SignedInAs string
}

// Consent is a consent that was given on a page.
type Consent struct {
	// Admin reports whether it is tenant-wide.
	Admin    bool
	TenantID string
	ClientID string
	// Role and UPN are those of the person who gave it.
	Role, UPN string
	Scopes    []string
	At        time.Time
}

// SignIn is a sign-in that was made on the pages: a password was typed, and nobody was signed in by a cookie.
type SignIn struct {
	// Admin reports whether it was made for an admin consent.
	Admin    bool
	ClientID string
	// Role is that of the person.
	Role string
	// Jar numbers the cookie jars of browsers, from 1 on: two sign-ins of the same number were made in windows that share their cookies.
	Jar int
}

// MadeLink is a link that the practice product has made, and what of it must stay secret.
type MadeLink struct {
	Admin        bool
	Address      string
	State, Nonce string
}

// Journal is what the cloud has seen and done so far.
type Journal struct {
	Requests []Request
	Consents []Consent
	SignIns  []SignIn
	// Links are those that the practice product has made.
	Links []MadeLink
	// Tokens counts what was issued: "access_token", "refresh_token", "id_token", "code".
	Tokens map[string]int
	// Refreshes counts the refresh tokens that were redeemed with success.
	Refreshes int
	// ErrorPages are the texts that people can copy from the error pages that were shown, the newest last: a page like that leads nowhere.
	ErrorPages []string
	// AdminCookieSeenAtUserConsent reports whether a user consent came from a window that also sent the sign-in cookie of an
	// admin consent: the two windows share their cookies.
	AdminCookieSeenAtUserConsent bool

	issued []string
}

// Issued returns every token, code and client secret that the cloud has made, and a line of the practice certificate's key,
// so that a test can search for them where they must not be. Cookies of the pages are not among them: browsers keep those.
func (j Journal) Issued() []string { return slices.Clone(j.issued) }

// Count returns how many requests an endpoint got.
func (j Journal) Count(endpoint string) int {
	n := 0
	for _, r := range j.Requests {
		if r.Endpoint == endpoint {
			n++
		}
	}
	return n
}

// journal is written from all requests at once; a request is in it from its arrival on.
type journal struct {
	mu       sync.Mutex
	book     Journal
	requests []*Request
	jars     []string // the cookies that cookie jars are known by
}

// Journal returns a snapshot.
func (c *Cloud) Journal() Journal {
	c.journal.mu.Lock()
	defer c.journal.mu.Unlock()
	j := c.journal.book
	for _, r := range c.journal.requests {
		j.Requests = append(j.Requests, *r)
	}
	j.Consents = slices.Clone(j.Consents)
	j.SignIns = slices.Clone(j.SignIns)
	j.Links = slices.Clone(j.Links)
	j.ErrorPages = slices.Clone(j.ErrorPages)
	j.Tokens = maps.Clone(j.Tokens)
	j.issued = slices.Clone(j.issued)
	return j
}

func (j *journal) arrive(r *Request) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.requests) >= maxRequests {
		j.requests = slices.Delete(j.requests, 0, maxRequests/10)
	}
	j.requests = append(j.requests, r)
}

func (j *journal) consent(c Consent) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.book.Consents = append(j.book.Consents, c)
}

func (j *journal) signIn(s SignIn, jar string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !slices.Contains(j.jars, jar) {
		j.jars = append(j.jars, jar)
	}
	s.Jar = slices.Index(j.jars, jar) + 1
	j.book.SignIns = append(j.book.SignIns, s)
}

func (j *journal) linked(l MadeLink) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.book.Links) >= maxOffers {
		j.book.Links = slices.Delete(j.book.Links, 0, 1)
	}
	j.book.Links = append(j.book.Links, l)
}

func (j *journal) showed(errorPage string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.book.ErrorPages) >= maxErrorPages {
		j.book.ErrorPages = slices.Delete(j.book.ErrorPages, 0, 1)
	}
	j.book.ErrorPages = append(j.book.ErrorPages, errorPage)
}

func (j *journal) issue(kind, secret string) string {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.book.issued = append(j.book.issued, secret)
	if kind == kindClientSecret || kind == kindPrivateKey || kind == kindAssertion {
		return secret
	}
	if j.book.Tokens == nil {
		j.book.Tokens = map[string]int{}
	}
	j.book.Tokens[kind]++
	return secret
}

func (j *journal) refreshed() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.book.Refreshes++
}

func (j *journal) sharedCookie() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.book.AdminCookieSeenAtUserConsent = true
}

// statusWriter remembers the status and what the handler says about the request.
type statusWriter struct {
	http.ResponseWriter
	journal *journal
	entry   *Request
}

func (w *statusWriter) WriteHeader(status int) {
	w.fill(func(r *Request) { r.Status = status })
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) fill(f func(*Request)) {
	w.journal.mu.Lock()
	defer w.journal.mu.Unlock()
	f(w.entry)
}

// note fills in the journal's entry of a request; it does nothing for a writer that is not recorded.
func note(w http.ResponseWriter, f func(*Request)) {
	if s, ok := w.(*statusWriter); ok {
		s.fill(f)
	}
}

// recorded writes every request into the journal.
func (c *Cloud) recorded(s *site, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		entry := &Request{Pages: !s.tls, Method: r.Method, Status: http.StatusOK, UserAgent: r.UserAgent()}
		for _, k := range r.Cookies() {
			entry.Cookies = append(entry.Cookies, k.Name)
		}
		if session := c.sessionOf(r); session != nil {
			entry.SignedInAs = session.person.Role
		}
		c.journal.arrive(entry)
		w.Header().Set("Date", c.now().UTC().Format(http.TimeFormat))
		next.ServeHTTP(&statusWriter{ResponseWriter: w, journal: c.journal, entry: entry}, r)
	})
}
