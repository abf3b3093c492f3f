package rehearsal

import (
	"net/http"
	"sync"
	"time"
)

// How long what the cloud issues lives.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow (a code: about a minute)
// https://learn.microsoft.com/entra/identity-platform/refresh-tokens (90 days unused)
const (
	codeLife        = time.Minute
	accessTokenLife = 3599 * time.Second
	refreshLife     = 90 * 24 * time.Hour
	maxVisits       = 500
)

// session is a sign-in that a browser's cookie stands for.
type session struct {
	person *person
	mfa    bool
	at     time.Time
	// admin reports whether the sign-in was made for an admin consent.
	admin bool
}

// grant is what the authorization code, and later each refresh token, stands for.
type grant struct {
	app             *registration
	tenant          tenant
	person          *person
	mfa             bool
	nonce, redirect string
	challenge       challenge
	scopes          scopeSet
	signedIn        time.Time
}

// code is an authorization code.
type code struct {
	grant
	expires time.Time
	used    bool
}

// refreshToken is a refresh token; it stays good when it is used, until it was not used for refreshLife. Where the scenario lets each be used once
// alone, spent says that it was.
// https://learn.microsoft.com/entra/identity-platform/refresh-tokens
type refreshToken struct {
	grant
	used  time.Time
	spent bool
}

// accessToken is what an API must know of a token; person is nil for an app-only one.
type accessToken struct {
	resource resource
	person   *person
	tenant   tenant
	scopes   map[string]bool
	mfa      bool
	expires  time.Time
	aadGraph bool // its audience is the retired one
	// app is whom it was issued to, and signIn what the sign-in asked for.
	app    *registration
	signIn scopeSet
}

// ledger is what the cloud remembers.
type ledger struct {
	mu       sync.Mutex
	sessions map[string]*session
	visits   map[string]*visit
	order    []string // of visits, the oldest first
	codes    map[string]*code
	refresh  map[string]*refreshToken
	access   map[string]*accessToken
	consents map[consentKey]map[string]bool
	calls    map[callKey]calls
}

// consentKey is whom a consent is for; an empty person means the whole tenant.
type consentKey struct{ tenant, client, person string }

func newLedger() *ledger {
	return &ledger{
		sessions: map[string]*session{}, visits: map[string]*visit{}, codes: map[string]*code{},
		refresh: map[string]*refreshToken{}, access: map[string]*accessToken{}, consents: map[consentKey]map[string]bool{},
		calls: map[callKey]calls{},
	}
}

func (l *ledger) addSession(s *session) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	id := newSecret()
	l.sessions[id] = s
	return id
}

func (l *ledger) endSession(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.sessions, id)
}

// endOthers ends the sign-ins of people whom the scenario does not have sign in there, and has the visits that go on with one of them begin anew.
func (l *ledger) endOthers(scenario Scenario) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, s := range l.sessions {
		if s.person.Role != scenario.person(s.admin) {
			delete(l.sessions, id)
		}
	}
	for _, v := range l.visits {
		if v.stage != stageDone && v.session != nil && v.session.person.Role != scenario.person(v.admin) {
			v.signInAnew()
		}
	}
}

func (c *Cloud) sessionOf(r *http.Request) *session {
	cookie, err := r.Cookie(signInCookie)
	if err != nil {
		return nil
	}
	c.ledger.mu.Lock()
	defer c.ledger.mu.Unlock()
	return c.ledger.sessions[cookie.Value]
}

func (l *ledger) addVisit(v *visit) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.visits[v.id] = v
	l.order = append(l.order, v.id)
	if len(l.order) > maxVisits {
		delete(l.visits, l.order[0])
		l.order = l.order[1:]
	}
}

func (l *ledger) visit(id string) *visit {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.visits[id]
}

func (l *ledger) addCode(text string, c *code) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.codes[text] = c
}

// takeCode finds a code and marks it as used; again says that it was used before.
func (l *ledger) takeCode(text string) (found *code, again bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	found = l.codes[text]
	if found == nil {
		return nil, false
	}
	again, found.used = found.used, true
	return found, again
}

// releaseCode takes the use back: a request that failed for another reason than the code may be sent again.
func (l *ledger) releaseCode(c *code) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c.used = false
}

func (l *ledger) addRefresh(text string, t *refreshToken) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refresh[text] = t
}

// useRefresh finds a refresh token and notes its use; idle is how long it was not used before, and again says that it counts once and was
// used.
func (l *ledger) useRefresh(text string, now time.Time, once bool) (g grant, idle time.Duration, again, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	t := l.refresh[text]
	if t == nil {
		return grant{}, 0, false, false
	}
	idle = now.Sub(t.used)
	if idle <= refreshLife {
		t.used = now
	}
	again = once && t.spent
	t.spent = t.spent || once
	return t.grant, idle, again, true
}

// releaseRefresh takes the use back: a request that failed for another reason leaves the refresh token good.
func (l *ledger) releaseRefresh(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refresh[text].spent = false
}

func (l *ledger) addAccess(text string, t *accessToken, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for old, o := range l.access {
		if now.Sub(o.expires) > time.Hour {
			delete(l.access, old)
		}
	}
	l.access[text] = t
}

func (l *ledger) accessToken(text string) *accessToken {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.access[text]
}

// consent records a consent. A tenant-wide one takes the place of the one before: "granting tenant-wide admin consent may
// revoke permissions that have already been granted", so a narrower one narrows. A person's adds to what they gave before.
// https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent
func (l *ledger) consent(k consentKey, scopes []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if k.person == "" || l.consents[k] == nil {
		l.consents[k] = map[string]bool{}
	}
	for _, s := range scopes {
		l.consents[k][s] = true
	}
}

// missing returns those of the scopes that neither the tenant nor the person consented to.
func (l *ledger) missing(wide, own consentKey, scopes []string) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	missing := []string{}
	for _, s := range scopes {
		if !l.consents[wide][s] && !l.consents[own][s] {
			missing = append(missing, s)
		}
	}
	return missing
}

// granted reports whether one scope is consented to.
func (l *ledger) granted(wide, own consentKey, scope string) bool {
	return len(l.missing(wide, own, []string{scope})) == 0
}
