package engine_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
)

// countingVault counts what is written to a keychain.
type countingVault struct {
	*memoryVault
	mu     sync.Mutex
	writes int
}

func (v *countingVault) Put(ctx context.Context, id string, credential auth.Secret) error {
	v.mu.Lock()
	v.writes++
	v.mu.Unlock()
	return v.memoryVault.Put(ctx, id, credential)
}

// since returns how much was written since it was asked last.
func (v *countingVault) since() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	n := v.writes
	v.writes = 0
	return n
}

// TestACheckStoresOnce: a check redeems two tokens and stores the last answer, once; where a refresh token counts only once, both have to be
// stored. A token is stored when it was redeemed, and a cached one is not.
func TestACheckStoresOnce(t *testing.T) {
	for scenario, writes := range map[string]int{"good": 1, "refresh-once": 2} {
		t.Run(scenario, func(t *testing.T) {
			w := newWorld(t, scenario)
			p := sitDown(t, w)
			p.begin()
			p.nothingWrong(p.goOn())
			id := p.rest().Wizard.Saved.ID
			w.clock.forward(10 * time.Minute)
			v := &countingVault{memoryVault: w.vault}
			k := keeper.Keeper{Ports: w.engine.Ports}
			k.Ports.Vault = v
			do := func(what string, want int, f func() error) {
				t.Helper()
				if err := f(); err != nil {
					t.Fatalf("%s: %v", what, err)
				}
				if got := v.since(); got != want {
					t.Errorf("%s: stored %d times, want %d", what, got, want)
				}
			}
			check := func() error {
				c, err := k.Check(t.Context(), id, nil)
				if c.Health != connector.HealthGood {
					t.Errorf("it is %q: %+v", c.Health, c.Checks)
				}
				return err
			}
			token := func(r auth.Resource, cached bool) func() error {
				return func() error {
					got, err := k.Token(t.Context(), id, r)
					if got.Cached != cached {
						t.Errorf("%s is cached: %v", r, got.Cached)
					}
					return err
				}
			}
			do("a check", writes, check)
			do("a token of that check", 0, token(auth.PartnerCenter, true))
			do("a token that it did not keep", 1, token(auth.Graph, false))
			do("that token again", 0, token(auth.Graph, true))
			do("the other token", 0, token(auth.PartnerCenter, true))
			do("another check", writes, check)
			do("check all", writes, func() error {
				all, err := k.List()
				k.CheckAll(t.Context(), all, 0, func(c keeper.Checked) {
					if c.Err != nil || c.Connector.Health != connector.HealthGood {
						t.Errorf("%q, %v", c.Connector.Health, c.Err)
					}
				})
				return err
			})
		})
	}
}
