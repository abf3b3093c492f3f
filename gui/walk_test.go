package gui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
)

// walker goes the whole way of a rehearsal in which all goes well: from the first start to the saved connector. They see what the window shows,
// and press what it offers; the world outside answers at once.
type walker struct {
	*bench
	state wizard.State
	// keys counts the key presses; steps are how often something was pressed on each page, ticks left out.
	keys  int
	steps map[string]int
}

// walkOn starts the program with the values of a rehearsal.
func walkOn(t *testing.T) *walker {
	t.Helper()
	tenant := viewtest.Tenant()
	w := &walker{bench: newKeyBench(t), steps: map[string]int{}}
	var effects []wizard.Effect
	w.state, effects = wizard.Machine{}.Start(&connector.Rehearsal{
		Scenario: "good", AdminUPN: "ada@rehearsal.example", UserUPN: viewtest.UPN,
		Prefill: connector.Draft{TenantInput: tenant.Domain, UPN: viewtest.UPN, ClientID: viewtest.ClientID, ClientKind: auth.PublicClient, RedirectPath: "/consent"},
	})
	w.answer(effects)
	w.look()
	return w
}

func (w *walker) look() { w.show(view.Project(w.state)) }

// send has the machine take events, and the world answer what they lead to.
func (w *walker) send(events ...wizard.Event) {
	for _, e := range events {
		var effects []wizard.Effect
		w.state, effects = wizard.Machine{}.Next(w.state, e)
		w.look()
		w.answer(effects)
	}
}

// answer takes its time: what is under way is on the screen before each outcome.
func (w *walker) answer(effects []wizard.Effect) {
	for _, e := range effects {
		w.look()
		w.send(w.outcomes(e)...)
	}
}

// outcomes are what comes of an effect where all goes well.
func (w *walker) outcomes(e wizard.Effect) []wizard.Event {
	tenant := viewtest.Tenant()
	opened := func(n int) wizard.Event {
		return wizard.ConsentOpened{Attempt: n, Browser: viewtest.Browsers()[0], Since: w.now, Until: w.now.Add(15 * time.Minute)}
	}
	switch e := e.(type) {
	case wizard.LoadLists:
		return []wizard.Event{wizard.Loaded{Now: w.now}}
	case wizard.MakeDraft:
		d := e.Prefill
		d.ID, d.Step, d.Created = "draft", connector.StepBefore, w.now
		return []wizard.Event{wizard.DraftMade{Draft: d}}
	case wizard.CheckComputer:
		return []wizard.Event{wizard.ReadyChecked{Attempt: e.Attempt, Browsers: viewtest.Browsers()}}
	case wizard.FindTenant:
		return []wizard.Event{wizard.TenantFound{Attempt: e.Attempt, Found: []auth.Tenant{tenant}}}
	case wizard.ProbeRegistration:
		return []wizard.Event{wizard.Probed{Attempt: e.Attempt, Result: connector.ProbeFine}}
	case wizard.OpenAdminConsent:
		return []wizard.Event{opened(e.Attempt), wizard.ConsentStarted{Attempt: e.Attempt, At: w.now}, wizard.AdminAnswered{Attempt: e.Attempt, Tenant: tenant.ID, At: w.now}}
	case wizard.OpenUserConsent:
		return []wizard.Event{
			opened(e.Attempt),
			wizard.ConsentStarted{Attempt: e.Attempt, At: w.now},
			wizard.UserAnswered{Attempt: e.Attempt, Identity: &connector.Identity{UPN: viewtest.UPN, TenantID: tenant.ID}},
		}
	case wizard.CheckGrant:
		all := []wizard.Event{}
		for _, c := range w.state.Wizard.Checks {
			c.State = connector.CheckPassed
			all = append(all, wizard.CheckDone{Attempt: e.Attempt, Check: c})
		}
		return append(all, wizard.ChecksDone{Attempt: e.Attempt, Now: w.now})
	case wizard.SaveConnector:
		return []wizard.Event{wizard.SaveDone{Attempt: e.Attempt, Name: e.Draft.Name, Connector: &connector.Connector{
			ID: e.Draft.ID, Name: e.Draft.Name, Tenant: tenant, User: connector.Identity{UPN: viewtest.UPN}, Saved: w.now,
		}}}
	}
	return nil
}

// press presses a key, and looks at what came of it.
func (w *walker) press(name fyne.KeyName) {
	w.keys++
	w.events = nil
	w.key(name)
	w.send(w.events...)
	w.look()
}

// wanted is what has to be used next, as whoever has not been told sees it: what is not ticked where that is in the way, the main button
// where it can be used, or else the primary button of the page.
func (w *walker) wanted() (id string, ticks bool) {
	v := view.Project(w.state)
	if m := v.Footer.Main; m != nil && !m.Disabled {
		return m.ID, false
	}
	for _, b := range v.Blocks {
		if t, ok := b.(view.Tick); ok && !t.On {
			return t.ID, true
		}
	}
	for _, b := range allButtons(v) {
		if b.Primary && !b.Disabled {
			return b.ID, false
		}
	}
	w.t.Fatalf("nothing to press on page %s", v.Page)
	return "", false
}

// step uses it: Enter reaches the main button from everything that is no button itself, and else there is Tab.
func (w *walker) step() {
	id, ticks := w.wanted()
	if !ticks {
		w.steps[w.screenName()]++
	}
	_, onButton := w.canvas().Focused().(*widget.Button)
	for w.focused() != id && (id != "main" || onButton) {
		w.keys++
		w.tab()
		_, onButton = w.canvas().Focused().(*widget.Button)
	}
	if ticks {
		w.press(fyne.KeySpace)
		return
	}
	w.press(fyne.KeyReturn)
}

func (w *walker) screenName() string { return view.Project(w.state).Page }

// TestTheWholeWayByKeys counts the keys from the first start to the saved connector, and the presses on each page: one where nothing has to
// be typed or ticked.
func TestTheWholeWayByKeys(t *testing.T) {
	w := walkOn(t)
	for range 60 {
		if w.state.Wizard.Saved != nil {
			break
		}
		w.step()
		w.now = w.now.Add(raiseGuard)
	}
	if w.state.Wizard.Saved == nil {
		t.Fatalf("never saved, on page %s after %d keys", w.screenName(), w.keys)
	}
	if w.keys != 15 {
		t.Errorf("%d key presses, on the pages %v", w.keys, w.steps)
	}
	for page, presses := range w.steps {
		if presses != 1 {
			t.Errorf("page %s takes %d presses", page, presses)
		}
	}
}
