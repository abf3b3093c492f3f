// Package loopback receives the answers of both consents on a port of this computer, and only those.
//
// A [Listener] binds 127.0.0.1 and ::1 before any browser starts. Each attempt at a consent is an [Attempt]. Its browser is opened at a start
// address with a ticket, used once, which sets a cookie and redirects to Microsoft: an answer counts only with the state of the attempt
// and from the browser that holds its cookie. An answer that is posted is parked first and counts when that browser fetches the page
// behind it; whoever sends anything else is a stranger and ends nothing. An address that another person sends back is read by
// [ReadPasted], which needs no cookie and promises less. A link that another product has made is only sent on to: its answer goes there.
package loopback

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"time"

	"partner-center-connector/auth"
)

// Config configures a Listener.
type Config struct {
	// Render writes the HTML document of a page.
	Render func(w io.Writer, page auth.Page) error
	// Now is the clock.
	Now func() time.Time
	// Rand makes tickets, states, cookies and verifiers; nil for crypto/rand.
	Rand io.Reader
	// Log may be nil. It never gets a state, code, ticket or cookie.
	Log *slog.Logger
}

// listenerLimits bound every wait of a Listener, and what a local program can make it hold.
type listenerLimits struct {
	header, read, write, idle time.Duration
	// hold is how long a browser waits for its last page before it gets a neutral one.
	hold time.Duration
	// fetch is how long Finish waits for a browser to fetch the page.
	fetch time.Duration
	// shutdown is how long Release waits for pages that are on their way.
	shutdown time.Duration
	// parked is how long an answer waits to be fetched with the cookie; a code lives about as long.
	parked time.Duration
	// connections is how many there may be at once. Where that is not enough, the oldest that is longer than quiet without having sent a whole
	// request is cut off.
	connections int
	quiet       time.Duration
}

var defaultLimits = listenerLimits{
	header: 5 * time.Second, read: 10 * time.Second, write: 15 * time.Second, idle: 5 * time.Second,
	hold: 90 * time.Second, fetch: 3 * time.Second, shutdown: 2 * time.Second, parked: 10 * time.Minute, connections: 128,
	quiet: 100 * time.Millisecond,
}

// keptAttempts is how many attempts are remembered, so that a late answer gets a page that tells why it came too late.
const keptAttempts = 32

// Listener receives the answers of both consents on one loopback port. It binds the port when the first consent begins and
// keeps it until Release; after that it can be used again.
type Listener struct {
	cfg    Config
	limits listenerLimits
	listen loopbackListen

	mu       sync.Mutex
	server   *loopbackServer // nil while nothing is bound
	attempts []*Attempt      // oldest first
}

// NewListener returns a Listener that has bound nothing yet.
func NewListener(cfg Config) *Listener {
	if cfg.Rand == nil {
		cfg.Rand = rand.Reader
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Listener{cfg: cfg, limits: defaultLimits, listen: listenLoopback}
}

// BeginAdmin starts an attempt at the admin consent; an earlier one is superseded. ctx bounds the start only. Its error is
// an *Error with Cause ErrListener, ctx's, or one that names what in r cannot be used.
func (l *Listener) BeginAdmin(ctx context.Context, r auth.AdminRequest) (*Attempt, error) {
	return l.begin(ctx, &Attempt{purpose: adminAttempt, private: r.Isolated, path: r.App.RedirectPath}, adminURL(r))
}

// BeginUser starts an attempt at the user consent; otherwise like BeginAdmin.
func (l *Listener) BeginUser(ctx context.Context, r auth.UserRequest) (*Attempt, error) {
	return l.begin(ctx, &Attempt{purpose: userAttempt, private: true, path: r.App.RedirectPath}, userURL(r))
}

// Handover starts an attempt at the admin consent by another person: link is Microsoft's address, state the one in it. If
// the link is opened on this computer the Attempt gets the answer, which then has WithoutCookie.
func (l *Listener) Handover(ctx context.Context, r auth.AdminRequest) (a *Attempt, link, state string, err error) {
	a, err = l.begin(ctx, &Attempt{purpose: handoverAttempt, path: r.App.RedirectPath}, adminURL(r))
	if err != nil {
		return nil, "", "", err
	}
	return a, a.flow.link, a.flow.state, nil
}

// Release ends all attempts and closes the port: responses on their way are finished first, then the connections are cut.
func (l *Listener) Release() {
	l.mu.Lock()
	server := l.server
	for _, a := range l.attempts {
		a.closeLocked()
	}
	l.server, l.attempts = nil, nil
	l.mu.Unlock()
	if server != nil {
		server.close(l.limits.shutdown)
	}
}

// begin starts an attempt whose answer comes back to the path of its redirect URI.
func (l *Listener) begin(ctx context.Context, a *Attempt, address flowURL) (*Attempt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	registered := a.path
	path, err := callbackPath(registered)
	if err != nil {
		return nil, err
	}
	a.path, a.address = path, address
	return l.enter(ctx, a, func() (*consentFlow, error) {
		a.redirectURI = a.origin + registered
		return a.newFlow(a.purpose == userAttempt)
	})
}

// enter binds the port, gives a its flow, and lets it supersede the open attempt with the same purpose.
func (l *Listener) enter(ctx context.Context, a *Attempt, flow func() (*consentFlow, error)) (*Attempt, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.bindLocked(ctx, a.purpose.stage()); err != nil {
		return nil, err
	}
	a.listener = l
	a.origin = fmt.Sprintf("http://localhost:%d", l.server.port)
	a.settled, a.started = make(chan struct{}), make(chan struct{})
	a.decided, a.served = make(chan struct{}), make(chan struct{})
	var err error
	if a.cookie, err = newConsentCookie(l.cfg.Rand); err != nil {
		return nil, err
	}
	if a.flow, err = flow(); err != nil {
		return nil, err
	}
	l.supersedeLocked(a.purpose)
	l.attempts = append(l.attempts, a)
	return a, nil
}

func (l *Listener) bindLocked(ctx context.Context, stage auth.Stage) error {
	if l.server != nil {
		return nil
	}
	listeners, port, err := bindLoopback(ctx, l.listen)
	if ctx.Err() != nil {
		closeListeners(listeners)
		return ctx.Err()
	}
	if err != nil {
		return &auth.Error{Stage: stage, Cause: fmt.Errorf("%w: %w", auth.ErrListener, err)}
	}
	l.server = l.serve(listeners, port)
	l.cfg.Log.Debug("loopback listener bound", "port", port, "families", len(listeners))
	return nil
}

// supersedeLocked ends the attempts with purpose p, and forgets the oldest ended one.
func (l *Listener) supersedeLocked(p purpose) {
	for _, a := range l.attempts {
		if a.purpose == p {
			a.supersedeLocked()
		}
	}
	if len(l.attempts) < keptAttempts {
		return
	}
	for i, a := range l.attempts {
		if a.end != attemptOpen {
			l.attempts = append(l.attempts[:i:i], l.attempts[i+1:]...)
			return
		}
	}
}

// attemptOfState finds the attempt that sent out a state; nil if none did. It compares with all, in constant time each.
func (l *Listener) attemptOfState(state string) *Attempt {
	var found *Attempt
	for _, a := range l.attempts {
		if auth.SameText(a.flow.state, state) {
			found = a
		}
	}
	return found
}

// callbackPath turns the path of a registered redirect URI into that of the requests which come to it.
func callbackPath(registered string) (string, error) {
	if registered == "" {
		return "/", nil
	}
	u, err := url.Parse("http://localhost" + registered)
	if err != nil || !strings.HasPrefix(registered, "/") || u.RawQuery != "" || u.ForceQuery || strings.Contains(registered, "#") {
		return "", fmt.Errorf("auth: %q is not the path of a redirect URI", registered)
	}
	return u.Path, nil
}
