package rehearsal

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

// Options configure a practice cloud.
type Options struct {
	// Scenario is the name of the first scenario; empty means "good".
	Scenario string
	// Auto lets the pages press their own buttons, as the scenario wants it, after AutoDelay; 0 is half a second, so that a
	// person can follow.
	Auto      bool
	AutoDelay time.Duration
	// Now is the cloud's clock; nil means time.Now.
	Now func() time.Time
	// Text returns the sentences of the pages, by the keys "rehearsal.…"; nil shows the keys themselves.
	Text func(key string, args map[string]any) string
	// PublicClientID, SecretClientID and CertificateClientID replace the client IDs of the three practice app registrations.
	PublicClientID, SecretClientID, CertificateClientID string
}

const defaultAutoDelay = 500 * time.Millisecond

// Cloud is a running practice cloud. Its methods may be called from any goroutine.
type Cloud struct {
	opts        Options
	authority   *certificateAuthority
	app         *appCertificate
	clients     []*registration
	people      []*person
	pages       *site // what browsers see: http on 127.0.0.1
	back        *site // what programs call: TLS on 127.0.0.1
	productSite *site // the pages of the practice product: http on 127.0.0.1
	product     *product
	ledger      *ledger
	journal     *journal
	keyVaults   *keyVaults
	// workload is the token of the practice workload, machineSecret what the practice machine's identity is asked for with.
	workload, machineSecret string
	stop                    context.CancelFunc
	unwatch                 func() bool

	mu       sync.Mutex // guards scenario and strikes
	scenario Scenario
	strikes  map[string]int

	visiting sync.Mutex // one page request at a time walks on in its visit
	closing  sync.Once
	closed   error
}

// Start starts a practice cloud, which runs until Close, or until ctx ends. Its error is that of an unknown scenario or of
// binding a loopback port.
func Start(ctx context.Context, o Options) (*Cloud, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c, err := prepare(o)
	if err != nil {
		return nil, err
	}
	base, stop := context.WithCancel(context.WithoutCancel(ctx))
	c.stop = stop
	if err := c.open(base); err != nil {
		_ = c.Close()
		return nil, err
	}
	c.unwatch = context.AfterFunc(ctx, func() { _ = c.shut() })
	return c, nil
}

func prepare(o Options) (*Cloud, error) {
	if o.Scenario == "" {
		o.Scenario = "good"
	}
	if o.AutoDelay == 0 {
		o.AutoDelay = defaultAutoDelay
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Text == nil {
		o.Text = func(key string, _ map[string]any) string { return key }
	}
	authority, err := newCertificateAuthority()
	if err != nil {
		return nil, fmt.Errorf("rehearsal: certificates: %w", err)
	}
	app, err := practiceAppCertificate()
	if err != nil {
		return nil, fmt.Errorf("rehearsal: app certificate: %w", err)
	}
	c := &Cloud{opts: o, authority: authority, app: app, people: practicePeople(), ledger: newLedger(), journal: &journal{}, keyVaults: newKeyVaults(), machineSecret: newSecret()}
	c.clients = practiceRegistrations(o)
	c.product = newProduct()
	c.clients = append(c.clients, c.product.app, workloadRegistration())
	c.journal.issue(kindClientSecret, c.registration(secretClient).secret)
	c.journal.issue(kindClientSecret, c.product.app.secret)
	c.journal.issue(kindPrivateKey, app.keyLine)
	c.journal.issue(kindClientSecret, c.machineSecret)
	if err := c.SetScenario(o.Scenario); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Cloud) open(base context.Context) error {
	var err error
	if c.pages, err = listen(base, nil); err != nil {
		return fmt.Errorf("rehearsal: pages: %w", err)
	}
	if c.productSite, err = listen(base, nil); err != nil {
		return fmt.Errorf("rehearsal: product: %w", err)
	}
	c.product.app.redirect = []string{c.productSite.origin + adminSuccessPath, c.productSite.origin + userSuccessPath}
	certificate, err := c.authority.serverCertificate()
	if err != nil {
		return fmt.Errorf("rehearsal: server certificate: %w", err)
	}
	if c.back, err = listen(base, &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}); err != nil {
		return fmt.Errorf("rehearsal: back channel: %w", err)
	}
	_, port, err := net.SplitHostPort(c.back.host)
	if err != nil {
		return fmt.Errorf("rehearsal: back channel: %w", err)
	}
	c.keyVaults.suffix = keyVaultDomain + ":" + port
	c.back.also = func(host string) bool { return c.keyVaults.nameOf(host) != "" }
	if c.workload, err = c.workloadToken(); err != nil {
		return fmt.Errorf("rehearsal: workload identity: %w", err)
	}
	c.pages.serve(c.recorded(c.pages, c.pageRoutes()))
	c.productSite.serve(c.recorded(c.productSite, c.productRoutes()))
	c.back.serve(c.recorded(c.back, c.byHost()))
	return nil
}

// Close ends the servers and waits for them. It may be called more than once.
func (c *Cloud) Close() error {
	if c.unwatch != nil {
		c.unwatch()
	}
	return c.shut()
}

func (c *Cloud) shut() error {
	c.closing.Do(func() {
		c.stop()
		c.closed = errors.Join(c.pages.close(), c.productSite.close(), c.back.close())
	})
	return c.closed
}

// SetScenario changes what goes wrong from now on, and starts its "first time only" faults over again. Consents and tokens stay. A sign-in
// that a browser still has ends where the scenario has somebody else sign in, since that one would not be asked for otherwise.
func (c *Cloud) SetScenario(name string) error {
	s, ok := findScenario(name)
	if !ok {
		return fmt.Errorf("rehearsal: there is no scenario %q", name)
	}
	c.play(s)
	c.visiting.Lock()
	defer c.visiting.Unlock()
	c.ledger.endOthers(s)
	return nil
}

func (c *Cloud) play(s Scenario) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.scenario = s
	c.strikes = map[string]int{}
}

// current returns the scenario that is played.
func (c *Cloud) current() Scenario {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.scenario
}

// hits reports whether a fault that hits only the first times requests of a place hits this one.
func (c *Cloud) hits(place string, times int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.strikes[place]++
	return times == 0 || c.strikes[place] <= times
}

// now is the cloud's clock, put wrong where the scenario wants it.
func (c *Cloud) now() time.Time { return c.opts.Now().Add(c.current().hooks.skew) }
