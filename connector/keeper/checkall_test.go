package keeper_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
)

// outside is a keychain, a disk and Microsoft, where each request takes a second.
type outside struct {
	connector.Store
	connector.Vault

	mu sync.Mutex
	// rows are the list, log what was asked for when.
	rows []connector.Connector
	log  []string
	// inside are the requests under way, most how many of them there were at once; "" is the key for all of them.
	inside, most map[string]int
	// refuse answers a request for Partner Center's organization; nil lets it pass.
	refuse func(tenant string) error
	began  time.Time
	tests  int
	kept   []string
	// late is a connector that is half a second behind.
	late string
	// offset is by how much the clouds' clocks are ahead, clocks how often they were asked.
	offset time.Duration
	clocks int
}

// newOutside has connectors named like "A1", each of the tenant that its letter names.
func newOutside(ids ...string) *outside {
	o := &outside{inside: map[string]int{}, most: map[string]int{}, began: time.Now()}
	for _, id := range ids {
		o.rows = append(o.rows, connector.Connector{
			ID: id, Name: id, Tenant: auth.Tenant{ID: id[:1], Cloud: "global"}, ClientKind: auth.PublicClient, Consented: time.Now().Add(-time.Hour),
		})
	}
	return o
}

func (o *outside) keeper() keeper.Keeper {
	return keeper.Keeper{Ports: connector.Ports{Store: o, Vault: o, Redeemer: redeemer{outside: o}, Tenants: tenants{outside: o}, Clouds: clouds{o}, Now: time.Now}}
}

type tenants struct {
	connector.TenantFinder
	*outside
}

func (o tenants) AskClock(context.Context, string) time.Duration {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.clocks++
	return o.offset
}

func (o *outside) Connectors() ([]connector.Connector, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.rows), nil
}

func (o *outside) Connector(id string) (connector.Connector, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if i := slices.IndexFunc(o.rows, func(r connector.Connector) bool { return r.ID == id }); i >= 0 {
		return o.rows[i], nil
	}
	return connector.Connector{}, connector.ErrAbsent
}

func (o *outside) PutConnector(c connector.Connector) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.rows[slices.IndexFunc(o.rows, func(r connector.Connector) bool { return r.ID == c.ID })] = c
	return nil
}

func (o *outside) Lock(context.Context, string) (func(), error) { return func() {}, nil }

func (o *outside) Get(context.Context, string) (auth.Secret, error) {
	return auth.NewSecret("credential"), nil
}

func (o *outside) Put(_ context.Context, id string, _ auth.Secret) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.kept = append(o.kept, id)
	return nil
}

func (o *outside) Tested(context.Context) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.tests++
	return errors.New("no room")
}

// request is under way for a second.
func (o *outside) request(ctx context.Context, what, id string) error {
	o.mu.Lock()
	o.log = append(o.log, fmt.Sprintf("%d %s %s", int(time.Since(o.began).Seconds()), id, what))
	for _, key := range []string{"", id[:1]} {
		o.inside[key]++
		o.most[key] = max(o.most[key], o.inside[key])
	}
	o.mu.Unlock()
	err := connector.Sleep(ctx, time.Second)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.inside[""]--
	o.inside[id[:1]]--
	return err
}

// asks are the times, in seconds, at which something was asked for a connector.
func (o *outside) asks(what, id string) []string {
	var at []string
	for _, line := range o.log {
		if when, rest, _ := strings.Cut(line, " "); rest == id+" "+what {
			at = append(at, when)
		}
	}
	return at
}

type redeemer struct {
	connector.Redeemer
	*outside
}

func (r redeemer) Resume(_ context.Context, c connector.Connector, _ auth.Secret, store func(context.Context, auth.Secret) error) (connector.Session, error) {
	return &session{outside: r.outside, id: c.ID, store: store}, nil
}

type session struct {
	*outside
	id    string
	store func(context.Context, auth.Secret) error

	own     sync.Mutex
	pending bool
}

func (s *session) setPending(pending bool) (before bool) {
	s.own.Lock()
	defer s.own.Unlock()
	before, s.pending = s.pending, pending
	return before
}

func (s *session) Claims() auth.IDClaims {
	return auth.IDClaims{TenantID: s.id[:1], ObjectID: "oid", HomeTenant: s.id[:1], PreferredUsername: "u@example.org"}
}
func (s *session) Verify(time.Time) error  { return nil }
func (s *session) Credential() auth.Secret { return auth.NewSecret("credential") }

func (s *session) Token(ctx context.Context, r auth.Resource, _ bool) (auth.Token, error) {
	err := s.request(ctx, "token", s.id)
	if err == nil {
		s.setPending(true)
	}
	if s.id == s.late && r == auth.Graph {
		err = connector.Sleep(ctx, time.Second/2)
	}
	return auth.Token{Value: auth.NewSecret(s.id), Scopes: auth.Cloud{}.Scopes(r, false), ScopesGiven: true}, err
}

func (s *session) Keep(ctx context.Context) error {
	if !s.setPending(false) {
		return nil
	}
	return s.store(context.WithoutCancel(ctx), s.Credential())
}

type clouds struct{ *outside }

func (c clouds) Cloud(name string) (auth.Cloud, bool)             { return auth.Cloud{Name: name}, true }
func (c clouds) All() []auth.Cloud                                { return nil }
func (c clouds) PartnerCenter(auth.Cloud) connector.PartnerCenter { return partner(c) }
func (c clouds) Graph(auth.Cloud) connector.Graph                 { return graph(c) }

type partner struct{ *outside }

func (p partner) Organization(ctx context.Context, token auth.Secret) (connector.Organization, error) {
	err := p.request(ctx, "organization", token.Reveal())
	if err == nil && p.refuse != nil {
		err = p.refuse(token.Reveal()[:1])
	}
	return connector.Organization{TenantID: token.Reveal()[:1], MFA: new(true)}, err
}

func (p partner) Customers(ctx context.Context, token auth.Secret) (connector.Customers, error) {
	return connector.Customers{}, p.request(ctx, "customers", token.Reveal())
}

func (p partner) AppMFA(ctx context.Context, token auth.Secret, _ string) ([]connector.MFADay, error) {
	return nil, p.request(ctx, "report", token.Reveal())
}

func (g graph) DirectoryApp(ctx context.Context, token auth.Secret, clientID string) (connector.DirectoryApp, error) {
	return connector.DirectoryApp{}, g.request(ctx, "app "+clientID, token.Reveal())
}

func (g graph) Grants(ctx context.Context, token auth.Secret, a connector.DirectoryApp) ([]connector.Grant, error) {
	return nil, g.request(ctx, "grants of "+a.ID, token.Reveal())
}

type graph struct{ *outside }

func (g graph) Me(ctx context.Context, token auth.Secret) (connector.Me, error) {
	return connector.Me{ID: "oid", UPN: "u@example.org"}, g.request(ctx, "me", token.Reveal())
}

func (g graph) Membership(ctx context.Context, token auth.Secret) (connector.Membership, error) {
	return connector.Membership{Roles: map[connector.Role]bool{connector.RoleAdminAgent: true}, Administrator: new(false)}, g.request(ctx, "groups", token.Reveal())
}

// checkAll checks all of them, and returns who was done when, in seconds.
func (o *outside) checkAll(ctx context.Context, width int) map[string]int {
	at := map[string]int{}
	all, _ := o.Connectors()
	o.keeper().CheckAll(ctx, all, width, func(c keeper.Checked) { at[c.Connector.ID] = int(time.Since(o.began).Seconds()) })
	return at
}

// TestCheckAllIsBounded: a connector needs six requests, one after the other; so many connectors are checked at once, and two of a tenant.
func TestCheckAllIsBounded(t *testing.T) {
	for name, tc := range map[string]struct {
		ids    string
		width  int
		want   map[string]int
		most   int
		tenant int
	}{
		"four at once": {"A1 B1 C1 D1 E1", 4, map[string]int{"A1": 6, "B1": 6, "C1": 6, "D1": 6, "E1": 12}, 4, 1},
		"one by one":   {"A1 B1 C1", 1, map[string]int{"A1": 6, "B1": 12, "C1": 18}, 1, 1},
		"one tenant":   {"A1 A2 A3 A4", 8, map[string]int{"A1": 6, "A2": 6, "A3": 12, "A4": 12}, 2, 2},
		"others first": {"A1 A2 A3 B1", 3, map[string]int{"A1": 6, "A2": 6, "B1": 6, "A3": 12}, 3, 2},
		"the usual": {"A1 B1 C1 D1 E1 F1 G1 H1 I1", 0, map[string]int{
			"A1": 6, "B1": 6, "C1": 6, "D1": 6, "E1": 6, "F1": 6, "G1": 6, "H1": 6, "I1": 12,
		}, 8, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOutside(strings.Fields(tc.ids)...)
				if got := o.checkAll(t.Context(), tc.width); !maps.Equal(got, tc.want) {
					t.Errorf("done at %v, want %v", got, tc.want)
				}
				if o.most[""] != tc.most || o.most["A"] != tc.tenant {
					t.Errorf("%d requests at once, %d of one tenant", o.most[""], o.most["A"])
				}
				ids := strings.Fields(tc.ids)
				if slices.Sort(o.kept); !slices.Equal(o.kept, ids) {
					t.Errorf("stored: %v", o.kept)
				}
			})
		})
	}
}

// TestAConnectorAloneAsksBothAtOnce: each API needs three requests, one after the other, and what they redeemed is stored once.
func TestAConnectorAloneAsksBothAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1")
		c, err := o.keeper().Check(t.Context(), "A1", nil)
		if took := time.Since(o.began); err != nil || took != 3*time.Second || o.most["A"] != 2 {
			t.Errorf("it took %v, %d requests at once, %v", took, o.most["A"], err)
		}
		if len(c.Checks) != 13 || !slices.Equal(o.kept, []string{"A1"}) {
			t.Errorf("%d checks, stored %v", len(c.Checks), o.kept)
		}
	})
}

// throttled refuses the first times requests of tenant A with a Retry-After.
func (o *outside) throttled(times int, wait time.Duration) {
	o.refuse = func(tenant string) error {
		o.mu.Lock()
		defer o.mu.Unlock()
		if tenant != "A" || times == 0 {
			return nil
		}
		times--
		return &connector.APIError{Service: auth.PartnerCenter, Status: 429, RetryAfter: wait}
	}
}

// TestRetryAfterIsOfOneTenant: the tenant that has to wait waits, and others have its place.
func TestRetryAfterIsOfOneTenant(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1", "A2", "A3", "B1", "C1", "D1")
		o.throttled(1, 40*time.Second)
		o.late = "A2"
		// A1 is refused in second 5, and A2, which was asking then, is not to ask again before second 45 either. B1 and C1 have their places, and
		// when those are done D1.
		if got, want := o.checkAll(t.Context(), 2), map[string]int{"B1": 11, "C1": 11, "D1": 17, "A2": 46, "A1": 47, "A3": 52}; !maps.Equal(got, want) {
			t.Errorf("done at %v, want %v", got, want)
		}
		for _, id := range []string{"A1", "A2", "A3"} {
			for _, at := range append(o.asks("organization", id), o.asks("customers", id)...) {
				if n, err := strconv.Atoi(at); err != nil || n > 4 && n < 45 {
					t.Errorf("%s asked Partner Center in second %s", id, at)
				}
			}
		}
	})
}

// TestOneByOneWaits: with a width of one nobody takes the place of one that waits.
func TestOneByOneWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1", "B1")
		o.throttled(1, 40*time.Second)
		if got, want := o.checkAll(t.Context(), 1), map[string]int{"A1": 47, "B1": 53}; !maps.Equal(got, want) {
			t.Errorf("done at %v, want %v", got, want)
		}
	})
}

// TestALongRetryAfterIsHonoured: where the wait is longer than a check waits, the tenant's other connectors do not ask, and say why.
func TestALongRetryAfterIsHonoured(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1", "A2", "B1")
		o.throttled(9, time.Hour)
		all, _ := o.Connectors()
		kinds := map[string]connector.ProblemKind{}
		o.keeper().CheckAll(t.Context(), all, 1, func(c keeper.Checked) {
			for _, check := range c.Made {
				if check.ID == connector.CheckPartner && check.Problem != nil {
					kinds[c.Connector.ID] = check.Problem.Kind
				}
			}
		})
		if want := map[string]connector.ProblemKind{"A1": connector.KindThrottled, "A2": connector.KindThrottled}; !maps.Equal(kinds, want) {
			t.Errorf("%v", kinds)
		}
		if first, second, other := o.asks("organization", "A1"), o.asks("organization", "A2"), o.asks("organization", "B1"); len(first) != 1 || len(second) != 0 || len(other) != 1 {
			t.Errorf("asked at %v, %v and %v", first, second, other)
		}
	})
}

// TestCancelledCheckAll keeps what was done, stores what was redeemed, and leaves nothing behind.
func TestCancelledCheckAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1", "B1", "C1", "D1", "E1")
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(7500*time.Millisecond, cancel)
		got := o.checkAll(ctx, 2)
		if want := map[string]int{"A1": 6, "B1": 6}; !maps.Equal(got, want) {
			t.Errorf("done at %v, want %v", got, want)
		}
		if at := time.Since(o.began); at != 7500*time.Millisecond {
			t.Errorf("it ended after %v", at)
		}
		for _, c := range o.rows {
			if checked := !c.Checked.IsZero(); checked != (c.ID == "A1" || c.ID == "B1") {
				t.Errorf("%s is kept as checked: %v", c.ID, checked)
			}
		}
		// C1 and D1 had redeemed the token for Graph by then.
		if slices.Sort(o.kept); !slices.Equal(o.kept, []string{"A1", "B1", "C1", "D1"}) {
			t.Errorf("stored: %v", o.kept)
		}
	})
}

// TestTheKeychainIsTriedOnce, and every connector tells what came of it.
func TestTheKeychainIsTriedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1", "B1", "C1")
		all, _ := o.Connectors()
		failed := 0
		o.keeper().CheckAll(t.Context(), all, 2, func(c keeper.Checked) {
			if last := c.Made[len(c.Made)-1]; last.ID == connector.CheckKeychain && last.State == connector.CheckFailed && len(c.Made) == 13 {
				failed++
			}
		})
		if o.tests != 1 || failed != 3 {
			t.Errorf("tried %d times, told %d times", o.tests, failed)
		}
	})
}

// TestOneThatCannotBeChecked does not end the others, and comes with what the list says of it.
func TestOneThatCannotBeChecked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1", "B1", "C1")
		all, _ := o.Connectors()
		o.rows = slices.Delete(o.rows, 1, 2)
		o.rows[1].Origin = "another"
		got := map[string]error{}
		o.keeper().CheckAll(t.Context(), all, 0, func(c keeper.Checked) { got[c.Connector.ID] = c.Err })
		if len(got) != 3 || got["A1"] != nil || !errors.Is(got["B1"], connector.ErrAbsent) || !errors.Is(got["C1"], connector.ErrOrigin) {
			t.Errorf("%v", got)
		}
	})
}
