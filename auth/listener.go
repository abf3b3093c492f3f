package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"time"
)

// DeskConfig is what a Desk needs from outside.
type DeskConfig struct {
	// Render writes the HTML document of a page.
	Render func(w io.Writer, page Page) error
	// Now is the clock.
	Now func() time.Time
	// Rand makes tickets, states, cookies and verifiers; nil for crypto/rand.
	Rand io.Reader
	// Log may be nil. It never gets a state, code, ticket or cookie.
	Log *slog.Logger
}

// deskLimits bound every wait of a Desk, and what a local program can make it hold.
type deskLimits struct {
	header, read, write, idle time.Duration
	// hold is how long a browser waits for its last page before it gets a neutral one.
	hold time.Duration
	// fetch is how long Finish waits for a browser to fetch the page.
	fetch time.Duration
	// shutdown is how long Release waits for pages that are on their way.
	shutdown time.Duration
	// parked is how long an answer waits to be fetched with the cookie; a code lives about as long.
	parked time.Duration
	// ticket is how long a start address waits to be opened.
	ticket      time.Duration
	connections int
}

var defaultDeskLimits = deskLimits{
	header: 5 * time.Second, read: 10 * time.Second, write: 15 * time.Second, idle: 5 * time.Second,
	hold: 90 * time.Second, fetch: 3 * time.Second, shutdown: 2 * time.Second, parked: 10 * time.Minute,
	ticket: 30 * time.Minute, connections: 32,
}

// keptAttempts is how many attempts are remembered, so that a late answer gets a page that tells why it came too late.
const keptAttempts = 32

// Desk receives the answers of both consents on one loopback port. It binds the port when the first consent begins and
// keeps it until Release; after that it can be used again.
type Desk struct {
	cfg    DeskConfig
	limits deskLimits
	listen loopbackListen

	mu       sync.Mutex
	server   *loopbackServer // nil while nothing is bound
	attempts []*Attempt      // oldest first
}

// NewDesk returns a Desk that has bound nothing yet.
func NewDesk(cfg DeskConfig) *Desk {
	if cfg.Rand == nil {
		cfg.Rand = rand.Reader
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Desk{cfg: cfg, limits: defaultDeskLimits, listen: listenLoopback}
}

// BeginAdmin starts an attempt at the admin consent; an earlier one is superseded. ctx bounds the start only. Its error is
// an *Error with Cause ErrListener, ctx's, or one that names what in r cannot be used.
func (d *Desk) BeginAdmin(ctx context.Context, r AdminRequest) (*Attempt, error) {
	return d.begin(ctx, &Attempt{kind: adminAttempt, private: r.Isolated, path: r.App.RedirectPath}, adminURL(r))
}

// BeginUser starts an attempt at the user consent; otherwise like BeginAdmin.
func (d *Desk) BeginUser(ctx context.Context, r UserRequest) (*Attempt, error) {
	return d.begin(ctx, &Attempt{kind: userAttempt, private: true, path: r.App.RedirectPath}, userURL(r))
}

// Handover starts an attempt at the admin consent by another person: link is Microsoft's address, state the one in it. If
// the link is opened on this computer the Attempt gets the answer, which then has WithoutCookie.
func (d *Desk) Handover(ctx context.Context, r AdminRequest) (a *Attempt, link, state string, err error) {
	a, err = d.begin(ctx, &Attempt{kind: handoverAttempt, path: r.App.RedirectPath}, adminURL(r))
	if err != nil {
		return nil, "", "", err
	}
	return a, a.flow.link, a.flow.state, nil
}

// Release ends all attempts and closes the port: pages on their way are let out first, then the connections are cut.
func (d *Desk) Release() {
	d.mu.Lock()
	server := d.server
	for _, a := range d.attempts {
		a.closeLocked()
	}
	d.server, d.attempts = nil, nil
	d.mu.Unlock()
	if server != nil {
		server.close(d.limits.shutdown)
	}
}

// begin binds the port, gives a its flow and puts it in the place of the open attempt of its kind.
func (d *Desk) begin(ctx context.Context, a *Attempt, address flowURL) (*Attempt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	path, err := callbackPath(a.path)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.bindLocked(ctx, a.kind.stage()); err != nil {
		return nil, err
	}
	a.desk, a.address = d, address
	a.origin = fmt.Sprintf("http://localhost:%d", d.server.port)
	a.redirectURI, a.path = a.origin+a.path, path
	a.settled, a.started = make(chan struct{}), make(chan struct{})
	a.decided, a.served = make(chan struct{}), make(chan struct{})
	if a.cookie, err = newConsentCookie(d.cfg.Rand); err != nil {
		return nil, err
	}
	if a.flow, err = a.newFlow(a.kind == userAttempt); err != nil {
		return nil, err
	}
	d.supersedeLocked(a.kind)
	d.attempts = append(d.attempts, a)
	return a, nil
}

func (d *Desk) bindLocked(ctx context.Context, stage Stage) error {
	if d.server != nil {
		return nil
	}
	listeners, port, err := bindLoopback(ctx, d.listen)
	if ctx.Err() != nil {
		closeListeners(listeners)
		return ctx.Err()
	}
	if err != nil {
		return &Error{Stage: stage, Cause: fmt.Errorf("%w: %w", ErrListener, err)}
	}
	d.server = d.serve(listeners, port)
	d.cfg.Log.Debug("loopback listener bound", "port", port, "families", len(listeners))
	return nil
}

// supersedeLocked ends the attempts of a kind, and forgets the oldest ended ones.
func (d *Desk) supersedeLocked(kind attemptKind) {
	for _, a := range d.attempts {
		if a.kind == kind {
			a.supersedeLocked()
		}
	}
	if len(d.attempts) < keptAttempts {
		return
	}
	for i, a := range d.attempts {
		if a.end != attemptOpen {
			d.attempts = append(d.attempts[:i:i], d.attempts[i+1:]...)
			return
		}
	}
}

// attemptOfState finds the attempt that sent out a state; nil if none did. It compares with all, in constant time each.
func (d *Desk) attemptOfState(state string) *Attempt {
	var found *Attempt
	for _, a := range d.attempts {
		if sameText(a.flow.state, state) {
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

// sameText compares in constant time; an empty text is like no other.
func sameText(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
