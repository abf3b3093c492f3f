//go:build e2e && linux

package soak

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/test/golden"
)

// actionNames are the actions that are killed in.
var actionNames = []string{"save", "refresh", "renew", "remove", "takeover", "draft", "copies"}

// Outcomes: the credential is the one from before the action (or none, where there was none), or the one from after it.
const (
	outcomeOld = "old"
	outcomeNew = "new"
)

// killing is one action to be killed in, in a world of its own.
type killing struct {
	*world
	name string
	// id is the connector's; empty for a save. row and credential are what a removed one is put back from.
	id         string
	row        connector.Connector
	credential auth.Secret
}

func newKilling(t *testing.T, name string) *killing {
	t.Helper()
	cloud, file := newCloud(t)
	k := &killing{world: newWorld(t, cloud, file, "Partner Center Connector Soak "+name), name: name}
	k.clear()
	if name == "save" || name == "draft" {
		return k
	}
	k.row = k.connect()
	k.id = k.row.ID
	k.credential = k.stored()
	return k
}

func (k *killing) stored() auth.Secret {
	k.t.Helper()
	credential, err := k.open().Vault.Get(context.Background(), k.id)
	if err != nil {
		k.t.Fatalf("the credential is not whole: %v", err)
	}
	return credential
}

// before makes everything as it must be before the action.
func (k *killing) before() {
	k.t.Helper()
	switch k.name {
	case "save", "draft":
		k.clear()
	case "refresh":
		k.expire(k.id)
		k.credential = k.stored()
	case "renew":
		k.credential = k.stored()
	case "remove":
		k.putBack()
	case "copies":
		k.beforeCopies()
	case "takeover":
		k.beforeTakeover()
	}
}

// putBack puts a connector that was removed back.
func (k *killing) putBack() {
	k.t.Helper()
	e := k.open()
	if err := errors.Join(e.Vault.Put(context.Background(), k.id, k.credential), e.Store.PutConnector(k.row)); err != nil {
		k.t.Fatal(err)
	}
}

// after is the next start: it sweeps, and looks that the old credential or the new one is there, whole, and nothing else.
func (k *killing) after() (outcome string) {
	k.t.Helper()
	if k.name == "takeover" {
		return k.afterTakeover()
	}
	e := k.sweep()
	connectors, err1 := e.Store.Connectors()
	drafts, err2 := e.Store.Drafts()
	if err := errors.Join(err1, err2); err != nil {
		k.t.Fatal(err)
	}
	for _, d := range drafts {
		if d.Saving {
			k.t.Errorf("the draft %s is still marked", d.ID)
		}
	}
	switch k.name {
	case "save":
		return k.afterSave(e, connectors, drafts)
	case "remove":
		return k.afterRemove(e, connectors)
	case "copies":
		return k.afterCopies(e, connectors)
	case "draft":
		return k.afterDraft(e, drafts)
	}
	if len(connectors) != 1 || len(drafts) > 1 {
		k.t.Fatalf("%d connectors and %d drafts", len(connectors), len(drafts))
	}
	k.expectItems([]string{k.id})
	outcome = outcomeOld
	if !k.stored().Equal(k.credential) {
		outcome = outcomeNew
	}
	k.expectUsable(e, k.id)
	for _, d := range drafts {
		if err := e.Keeper().RemoveDraft(context.Background(), d.ID); err != nil {
			k.t.Error(err)
		}
	}
	return outcome
}

func (k *killing) afterSave(e *engine.Engine, connectors []connector.Connector, drafts []connector.Draft) string {
	k.t.Helper()
	switch {
	case len(connectors) == 0 && len(drafts) == 1:
		k.expectItems([]string{keeper.DraftSecretID(drafts[0].ID)})
		return outcomeOld
	case len(connectors) == 1 && len(drafts) == 0:
		k.expectItems([]string{connectors[0].ID})
		k.expectUsable(e, connectors[0].ID)
		return outcomeNew
	}
	k.t.Fatalf("%d connectors and %d drafts", len(connectors), len(drafts))
	return ""
}

// afterRemove takes a row without its credential for a removal that can be done again.
func (k *killing) afterRemove(e *engine.Engine, connectors []connector.Connector) string {
	k.t.Helper()
	if items := k.keychain.accounts(k.t, k.place.service); len(items) > 0 {
		k.expectItems([]string{k.id})
		k.expectUsable(e, k.id)
		if len(connectors) != 1 {
			k.t.Error("the credential has no connector")
		}
		return outcomeOld
	}
	for _, c := range connectors {
		if err := e.Keeper().Remove(context.Background(), c.ID); err != nil {
			k.t.Error(err)
		}
	}
	k.expectItems(nil)
	return outcomeNew
}

// tries is how often an action is done again when an operation does not come: a lock may be free at the first try for once.
const tries = 3

// everywhere kills before every operation, one after the other. It returns the fault table: the operations in the order in which
// they come first, each with what it led to.
func (k *killing) everywhere() []string {
	k.t.Helper()
	order, outcomes, kills := []string{}, map[string][]string{}, 0
	for _, o := range k.operations() {
		outcome, killed := k.at(o)
		if !killed {
			continue
		}
		kills++
		if outcomes[o.name] == nil {
			order = append(order, o.name)
		}
		if !slices.Contains(outcomes[o.name], outcome) {
			outcomes[o.name] = append(outcomes[o.name], outcome)
		}
	}
	k.t.Logf("killed %d times", kills)
	return table(order, outcomes)
}

// operations are those of the action, done twice: the longer list counts. Once, under load, a list lacked a rename; why is
// not known, and many more runs did not show it again.
func (k *killing) operations() []operation {
	k.t.Helper()
	first, second := k.whole(), k.whole()
	if len(second) > len(first) {
		return counted(second)
	}
	return counted(first)
}

// whole does the action to its end, and returns the names of its operations.
func (k *killing) whole() []string {
	k.t.Helper()
	k.before()
	child := k.run(k.name, k.id, operation{}, 0)
	if outcome := k.after(); child.killed || outcome != outcomeNew || k.t.Failed() {
		k.t.Fatalf("it came to its end with the %s credential", outcome)
	}
	return child.seen
}

// at kills before an operation, and looks what the next start finds.
func (k *killing) at(o operation) (outcome string, killed bool) {
	k.t.Helper()
	for range tries {
		k.before()
		child := k.run(k.name, k.id, o, 0)
		outcome = k.after()
		if k.t.Failed() {
			k.t.Fatalf("killed before %v, after\n%s", o, strings.Join(child.seen, "\n"))
		}
		if child.killed {
			return outcome, true
		}
		k.t.Logf("%v did not come this time, only\n%s", o, strings.Join(child.seen, "\n"))
	}
	return "", false
}

// counted gives every operation the number that it has among those of its name.
func counted(names []string) []operation {
	all, times := []operation{}, map[string]int{}
	for _, name := range names {
		times[name]++
		all = append(all, operation{name, times[name]})
	}
	return all
}

func table(order []string, outcomes map[string][]string) []string {
	lines := []string{}
	for _, name := range order {
		lines = append(lines, fmt.Sprintf("%-8s %s", strings.Join(outcomes[name], "/"), name))
	}
	return lines
}

// TestKilledAtEveryOperation kills the program before each operation that changes a file or the keychain, or asks the cloud, and
// compares what it finds with the fault table in testdata, which has for every action its operations, and what the next start finds
// when the program was killed before one: no operation may be missing there.
func TestKilledAtEveryOperation(t *testing.T) {
	for _, name := range actionNames {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := newKilling(t, name).everywhere()
			want := strings.Split(strings.TrimSpace(golden.Want(t, name+".golden", strings.Join(got, "\n")+"\n")), "\n")
			for _, line := range without(got, want) {
				t.Errorf("not in the fault table: %s", line)
			}
			for _, line := range without(want, got) {
				t.Errorf("only in the fault table: %s", line)
			}
			if t.Failed() {
				t.Error("if that is right, run with -update")
			}
		})
	}
}

// without returns the lines of one table that another does not have.
func without(lines, others []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return slices.Contains(others, line) })
}

// TestKilledAtAnyTime kills from outside, whatever is under way: SOAK_KILLS times, shared out among the actions.
func TestKilledAtAnyTime(t *testing.T) {
	kills := size(t, "SOAK_KILLS", 40)
	var mu sync.Mutex
	outcomes := map[string]int{}
	t.Cleanup(func() { t.Logf("%d times: %v", kills, outcomes) })
	for _, name := range actionNames {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newKilling(t, name)
			k.before()
			whole := k.run(name, k.id, operation{}, time.Minute).took
			k.after()
			for range kills / len(actionNames) {
				k.before()
				at := 1 + rand.N(whole) // when, is what this test leaves to chance
				child := k.run(name, k.id, operation{}, at)
				outcome := k.after()
				if t.Failed() {
					t.Fatalf("killed %v after the beginning", at)
				}
				// How long it takes changes with what else the computer does: reach further until one comes to its end.
				if whole += whole / 20; !child.killed {
					whole = child.took
				}
				mu.Lock()
				outcomes[fmt.Sprintf("%s, %s, killed: %v", name, outcome, child.killed)]++
				mu.Unlock()
			}
		})
	}
}
