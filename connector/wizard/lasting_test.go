package wizard

import (
	"testing"
	"time"

	"partner-center-connector/connector"
)

// young is a connector whose integration user signed in so many seconds after noon, and that was saved at once.
func young(id string, seconds int) connector.Connector {
	at := day.Add(time.Duration(seconds) * time.Second)
	return connector.Connector{ID: id, Name: id, Health: connector.HealthNew, Consented: at, Checked: at, Saved: at}
}

// window is a machine that checks by itself, with these connectors, at noon.
func window(t *testing.T, all ...connector.Connector) *machine {
	t.Helper()
	s, effects := Machine{ChecksLasting: true}.Start(nil)
	m := &machine{t: t, state: s, effects: effects}
	return m.send(Loaded{Connectors: all, Now: day})
}

// proven is the connector after a check that told.
func proven(c connector.Connector, at time.Time, h connector.Health) *connector.Connector {
	c.Checked, c.Health, c.Checks = at, h, []connector.Check{{ID: connector.CheckLasts, State: connector.CheckPassed, At: at}}
	return &c
}

// TestTheSignInIsCheckedByItself: the first one is waited for, then checked, and what came of it is shown; then the next.
func TestTheSignInIsCheckedByItself(t *testing.T) {
	a, b := young("a", 10), young("b", 70)
	m := window(t, b, a)
	e := effect[AwaitLasting](m)
	if want := day.Add(7 * time.Minute); !e.At.Equal(want) || has[CheckLasting](m) {
		t.Fatalf("%v is waited for, want %v", e.At, want)
	}
	if m.send(TimePassed{Now: day.Add(time.Minute)}); has[AwaitLasting](m) || has[StopAttempt](m) {
		t.Errorf("it is waited for anew: %#v", m.effects)
	}
	m.send(LastingDue{Attempt: e.Attempt + 1, Now: day.Add(7 * time.Minute)})
	if len(m.effects) != 0 {
		t.Errorf("another attempt is listened to: %#v", m.effects)
	}
	m.send(LastingDue{Attempt: e.Attempt, Now: day.Add(7 * time.Minute)})
	check := effect[CheckLasting](m)
	if check.ID != "a" || !m.state.Home.Lasting.IsChecking("a") || m.state.Home.Lasting.IsChecking("b") || has[AwaitLasting](m) {
		t.Fatalf("%+v", check)
	}
	m.send(CheckDone{Attempt: check.Attempt, Check: connector.Check{ID: connector.CheckLasts, State: connector.CheckRunning}})
	if got := m.state.Home.Lasting.Checks; len(got) != 13 || got[10].State != connector.CheckRunning {
		t.Errorf("filling in: %+v", got)
	}
	at := day.Add(7*time.Minute + time.Second)
	m.send(LastingChecked{Attempt: check.Attempt, ID: "a", Now: at, Connector: proven(a, at, connector.HealthGood)})
	if c := m.state.connector("a"); c.Health != connector.HealthGood || c.Checks != nil || m.state.Home.Lasting.IsChecking("a") {
		t.Errorf("%+v", c)
	}
	if e := effect[AwaitLasting](m); !e.At.Equal(day.Add(8 * time.Minute)) {
		t.Errorf("then %v", e.At)
	}
}

// TestWhatIsNotWaitedFor: a terminal program waits for nothing, and nobody waits for what is known or can't be.
func TestWhatIsNotWaitedFor(t *testing.T) {
	with := func(change func(*connector.Connector)) connector.Connector {
		c := young("a", 0)
		change(&c)
		return c
	}
	for name, c := range map[string]connector.Connector{
		"checked since":    with(func(c *connector.Connector) { c.Checked = c.Consented.Add(connector.LastsAfter) }),
		"healthy":          with(func(c *connector.Connector) { c.Health = connector.HealthGood }),
		"sign-in needed":   with(func(c *connector.Connector) { c.Health = connector.HealthSignIn }),
		"another product":  with(func(c *connector.Connector) { c.Origin = connector.OriginLink }),
		"in a key vault":   with(func(c *connector.Connector) { c.Origin = connector.OriginVault }),
		"of older version": with(func(c *connector.Connector) { c.Consented = time.Time{} }),
	} {
		if m := window(t, c); has[AwaitLasting](m) || has[CheckLasting](m) {
			t.Errorf("%s: %#v", name, m.effects)
		}
	}
	if m := newMachine(t).send(Loaded{Connectors: []connector.Connector{young("a", 0)}, Now: day}); has[AwaitLasting](m) {
		t.Error("a terminal program waits")
	}
}

// TestItIsMadeUpForAfterARestart: what is due is checked at once, one after the other.
func TestItIsMadeUpForAfterARestart(t *testing.T) {
	a, b := young("a", -3600), young("b", -7200)
	m := window(t, a, b)
	first := effect[CheckLasting](m)
	if first.ID != "b" {
		t.Fatalf("%+v", first)
	}
	m.send(LastingChecked{Attempt: first.Attempt, ID: "b", Now: day, Connector: proven(b, day, connector.HealthAttention)})
	if second := effect[CheckLasting](m); second.ID != "a" {
		t.Errorf("%+v", second)
	}
}

// TestTheWaitEndsWithTheConnector: it is given up where the connector goes, or somebody checks it.
func TestTheWaitEndsWithTheConnector(t *testing.T) {
	for name, e := range map[string]Event{
		"removed":               Loaded{Now: day},
		"checked by a terminal": Loaded{Connectors: []connector.Connector{*proven(young("a", 0), day.Add(6*time.Minute), connector.HealthGood)}, Now: day},
	} {
		m := window(t, young("a", 0))
		n := effect[AwaitLasting](m).Attempt
		m.send(e)
		if got := effect[StopAttempt](m).Attempt; got != n || has[AwaitLasting](m) {
			t.Errorf("%s: %#v", name, m.effects)
		}
		if m.send(LastingDue{Attempt: n, Now: day.Add(time.Hour)}); has[CheckLasting](m) {
			t.Errorf("%s: it is checked all the same", name)
		}
	}
	m := window(t, young("a", 0))
	m.send(Quit{})
	if has[AwaitLasting](m) {
		t.Error("it is waited for after the end")
	}
}

// TestAClockThatWasSetBack is waited for again.
func TestAClockThatWasSetBack(t *testing.T) {
	m := window(t, young("a", 0))
	m.send(LastingDue{Attempt: effect[AwaitLasting](m).Attempt, Now: day.Add(-time.Hour)})
	if e := effect[AwaitLasting](m); !e.At.Equal(day.Add(6*time.Minute)) || has[CheckLasting](m) {
		t.Errorf("%+v", e)
	}
}

// TestItIsTriedOnceByItself: what could not be checked is told, and somebody else may try again; another sign-in counts anew.
func TestItIsTriedOnceByItself(t *testing.T) {
	late := day.Add(10 * time.Minute)
	m := window(t, young("a", 0)).send(TimePassed{Now: late})
	e := effect[CheckLasting](m)
	locked := &connector.Problem{Kind: connector.KindKeychainLocked}
	m.send(LastingChecked{Attempt: e.Attempt, ID: "a", Now: late, Problem: locked})
	if got := m.state.Home.Checking.Unchecked["a"].Kind; got != connector.KindKeychainLocked || has[CheckLasting](m) || has[AwaitLasting](m) {
		t.Errorf("told %q, %#v", got, m.effects)
	}
	if m.send(TimePassed{Now: late.Add(time.Hour)}, Loaded{Connectors: []connector.Connector{young("a", 0)}, Now: late}); has[CheckLasting](m) {
		t.Error("it is tried again by itself")
	}
	m.send(Loaded{Connectors: []connector.Connector{young("a", 3600)}, Now: late})
	if e := effect[AwaitLasting](m); !e.At.Equal(day.Add(66 * time.Minute)) {
		t.Errorf("after a renewal: %v", e.At)
	}
}

// TestWhoeverChecksItself is not checked on top of that: not at the same time, and not after it failed.
func TestWhoeverChecksItself(t *testing.T) {
	m := window(t, young("a", 0)).send(OpenConnector{"a"}, CheckNow{})
	n := m.state.Detail.Checking.Attempt
	if m.send(TimePassed{Now: day.Add(time.Hour)}); has[CheckLasting](m) {
		t.Fatal("it is checked twice at once")
	}
	m.send(ChecksDone{Attempt: n, Now: day.Add(time.Hour), Problem: &connector.Problem{Kind: connector.KindKeychainLocked}})
	if has[CheckLasting](m) {
		t.Error("it is checked again at once")
	}
	m = window(t, young("a", 0)).send(OpenConnector{"a"}, CheckNow{})
	m.send(ChecksDone{Attempt: m.state.Detail.Checking.Attempt, Now: day.Add(time.Minute), Problem: &connector.Problem{Kind: connector.KindKeychainLocked}})
	if e := effect[AwaitLasting](m); !e.At.Equal(day.Add(6 * time.Minute)) {
		t.Errorf("after a try before its time: %v", e.At)
	}
	m = window(t, young("a", -3600)).send(OpenConnector{"a"})
	if got := m.state.Refuses(CheckNow{}); got != ReasonChecksRunning {
		t.Errorf("while it is checked by itself another check is refused for %q", got)
	}
	m.send(AskRemove{}, Remove{})
	if stopped := effect[StopAttempt](m).Attempt; stopped != m.state.Home.Lasting.Checking.Attempt || m.state.Home.Lasting.IsChecking("a") {
		t.Errorf("a removal stops attempt %d", stopped)
	}
}

// TestEveryScreenShowsWhatCameOfIt: the connector's own, and the page after Save.
func TestEveryScreenShowsWhatCameOfIt(t *testing.T) {
	a := young("a", -3600)
	m := window(t, a)
	e := effect[CheckLasting](m)
	m.send(OpenConnector{"a"})
	m.state.Wizard = Wizard{Open: true, Saved: &a}
	m.send(LastingChecked{Attempt: e.Attempt, ID: "a", Now: day, Connector: proven(a, day, connector.HealthGood)})
	if s := m.state; s.Wizard.Saved.Health != connector.HealthGood || len(s.Detail.Kept) != 1 || s.connector("a").Health != connector.HealthGood {
		t.Errorf("saved %s, shown %+v", s.Wizard.Saved.Health, s.Detail.Kept)
	}
}
