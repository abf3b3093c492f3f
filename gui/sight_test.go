package gui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
)

// tooSoon is how soon after a key the same one comes again where it was meant once.
const tooSoon = 300 * time.Millisecond

// TestAKeyPressedTwiceEndsNothing presses a key on every screen, and once more before anybody can have seen what came of the first press, be
// it at once or by what the world outside answered: the second press stops, discards, leaves, removes and saves nothing.
func TestAKeyPressedTwiceEndsNothing(t *testing.T) {
	press := func(name fyne.KeyName) func(*bench) { return func(b *bench) { b.repeat(name) } }
	back := func(b *bench) { b.shortcut(shortcuts()[0].key, shortcuts()[0].modifier) }
	for name, keys := range map[string]struct {
		first  func(*bench)
		second []func(*bench)
	}{
		"Enter":  {press(fyne.KeyReturn), []func(*bench){press(fyne.KeyReturn), press(fyne.KeySpace)}},
		"Escape": {press(fyne.KeyEscape), []func(*bench){press(fyne.KeyEscape)}},
		"Back":   {back, []func(*bench){back}},
	} {
		b := newKeyBench(t)
		t.Cleanup(func() { b.app.Clipboard().SetContent("") })
		for _, n := range viewtest.States() {
			after := []wizard.State{}
			for i := 0; i == 0 || i < len(after); i++ {
				b.show(view.View{Page: "nothing"})
				b.show(view.Project(n.State))
				b.now, b.events = b.now.Add(time.Minute), nil
				keys.first(b)
				if after = statesAfter(n.State, b.events); len(after) == 0 {
					break
				}
				b.show(view.Project(after[i]))
				b.now, b.events = b.now.Add(tooSoon), nil
				for _, again := range keys.second {
					again(b)
					b.now = b.now.Add(repeatGuard)
				}
				for _, e := range b.events {
					if wizard.Final(e) {
						t.Errorf("%s: %s twice, with the focus on %q, sends %T", n.Name, name, b.focused(), e)
					}
				}
			}
		}
	}
}

// statesAfter are those that events lead to: at once, and with each answer of the world outside.
func statesAfter(s wizard.State, events []wizard.Event) []wizard.State {
	all := []wizard.State{}
	for _, e := range events {
		next, effects := wizard.Machine{}.Next(s, e)
		all = append(all, next)
		for _, effect := range effects {
			for _, answer := range answersTo(effect) {
				answered, _ := wizard.Machine{}.Next(next, answer)
				all = append(all, answered)
			}
		}
	}
	return all
}

// answersTo are what an effect can bring back that changes what stands under a key.
func answersTo(e wizard.Effect) []wizard.Event {
	full := &connector.Problem{Kind: connector.KindDisk, Actor: connector.ActorYou}
	saved := connector.Connector{ID: "answered", Name: "Answered"}
	switch e := e.(type) {
	case wizard.MakeDraft:
		d := e.Prefill
		d.ID = "made"
		return []wizard.Event{wizard.DraftMade{Draft: d}}
	case wizard.MakeRenewal:
		return []wizard.Event{wizard.DraftMade{Draft: connector.Draft{
			ID: "renewal", Renews: e.Connector.ID, Name: e.Connector.Name, Tenant: &e.Connector.Tenant, ClientID: e.Connector.ClientID,
			UPN: e.Connector.User.UPN, Step: connector.StepUser, HasSecret: true,
		}}}
	case wizard.CheckComputer:
		return []wizard.Event{wizard.ReadyChecked{Attempt: e.Attempt, Browsers: viewtest.Browsers()}}
	case wizard.OpenAdminConsent:
		return []wizard.Event{
			wizard.ConsentOpened{Attempt: e.Attempt, Since: viewtest.Now, Until: viewtest.Now.Add(time.Hour)},
			wizard.AdminAnswered{Attempt: e.Attempt, Tenant: e.Draft.Tenant.ID, At: viewtest.Now},
			wizard.AdminAnswered{Attempt: e.Attempt, Problem: full},
		}
	case wizard.OpenUserConsent:
		return []wizard.Event{
			wizard.ConsentOpened{Attempt: e.Attempt, Since: viewtest.Now, Until: viewtest.Now.Add(time.Hour)},
			wizard.UserAnswered{Attempt: e.Attempt, Identity: &connector.Identity{UPN: e.Draft.UPN}},
			wizard.UserAnswered{Attempt: e.Attempt, Problem: full},
		}
	case wizard.CheckGrant:
		return []wizard.Event{wizard.ChecksDone{Attempt: e.Attempt, Now: viewtest.Now}}
	case wizard.SaveConnector:
		return []wizard.Event{wizard.SaveDone{Attempt: e.Attempt, Connector: &saved}, wizard.SaveDone{Attempt: e.Attempt, Problem: full}}
	case wizard.SuggestRecord:
		return []wizard.Event{wizard.RecordSuggested{ID: e.Connector.ID, Path: viewtest.RecordPath}}
	case wizard.WriteRecord:
		return []wizard.Event{
			wizard.RecordDone{Attempt: e.Attempt, Path: e.Path}, wizard.RecordDone{Attempt: e.Attempt, Reason: wizard.ReasonRecordExists},
		}
	case wizard.RemoveConnector:
		return []wizard.Event{wizard.DetailDone{Attempt: e.Attempt, ID: e.ID, Removed: true}, wizard.DetailDone{Attempt: e.Attempt, ID: e.ID, Problem: full}}
	case wizard.RenameConnector:
		return []wizard.Event{wizard.DetailDone{Attempt: e.Attempt, ID: e.ID}}
	case wizard.PlanHandover:
		return []wizard.Event{wizard.KeyVaultLooked{Attempt: e.Attempt}}
	case wizard.PlanSchedule:
		return []wizard.Event{wizard.SchedulePlanned{Attempt: e.Attempt, Plan: &connector.SchedulePlan{}}}
	}
	return nil
}

// TestASecondEnterDoesNotEndAConsent is the case that it began with: Enter opened the browser, and Stop waiting stood where that button was.
func TestASecondEnterDoesNotEndAConsent(t *testing.T) {
	for page, states := range map[string][]string{"admin": {"admin-start", "admin-opening", "admin-waiting"}, "user": {"user-start", "user-opening", "user-waiting"}} {
		b := newKeyBench(t)
		for _, name := range states {
			b.show(projected(t, name))
			if stop := page + "-stop"; b.focused() == stop {
				t.Errorf("%s: the focus is on %s", name, stop)
			}
		}
		b.focus(page + "-stop")
		b.now = b.now.Add(tooSoon)
		b.wantEvent(page, "Enter at once", nil, func() { b.repeat(fyne.KeyReturn) })
		b.now = b.now.Add(sightGuard)
		b.wantEvent(page, "Enter", wizard.StopWait{}, func() { b.repeat(fyne.KeyReturn) })
	}
}

// TestOnRenewTheFocusWaits has the page's button disabled while the computer is being checked: the focus goes to it once it can be used.
func TestOnRenewTheFocusWaits(t *testing.T) {
	loading := viewtest.State("user-renewal")
	loading.Wizard.Ready = wizard.Readiness{Work: wizard.Work{Attempt: 1, Running: true}}
	for _, c := range []struct {
		name string
		do   func(*bench)
		want string
	}{
		{"nobody does anything", func(*bench) {}, "start-private"},
		{"the person moves on", func(b *bench) { b.focus("back") }, "back"},
	} {
		b := newKeyBench(t)
		b.show(projected(t, "detail-good"))
		b.show(view.Project(loading))
		if got := b.focused(); got != "user-upn" {
			t.Errorf("%s: at first the focus is on %q", c.name, got)
		}
		c.do(b)
		b.show(projected(t, "user-renewal"))
		if got := b.focused(); got != c.want {
			t.Errorf("%s: then it is on %q, want %q", c.name, got, c.want)
		}
	}
}

// savable is page 7 as it is right after the private sign-in, while its checks run, and once they have settled.
func savable() (running, settled view.View) {
	s := viewtest.State("check-new")
	s.Raise++
	settled = view.Project(s)
	running = settled
	main := *settled.Footer.Main
	main.Unsettled = true
	running.Footer.Main = &main
	return running, settled
}

// TestOneEnterTooManyDoesNotSave presses Enter and Space on Save, and Enter elsewhere, right after the window came forward, while the checks
// run, right after they have settled, and once the person has seen it; the pointer saves at once.
func TestOneEnterTooManyDoesNotSave(t *testing.T) {
	for _, c := range []struct {
		name  string
		press func(*bench)
	}{
		{"Enter on Save", func(b *bench) { b.focus("main"); b.repeat(fyne.KeyReturn) }},
		{"Space on Save", func(b *bench) { b.focus("main"); b.repeat(fyne.KeySpace) }},
		{"Enter elsewhere", func(b *bench) { b.canvas().Unfocus(); b.repeat(fyne.KeyReturn) }},
	} {
		b := newKeyBench(t)
		b.show(projected(t, "user-waiting"))
		b.now = b.now.Add(time.Minute)
		running, settled := savable()
		wait := func(d time.Duration) { b.now = b.now.Add(d) }
		b.show(running)
		wait(raiseGuard - time.Millisecond)
		b.wantEvent(c.name, "the window has just come forward,", nil, func() { c.press(b) })
		wait(time.Minute)
		b.wantEvent(c.name, "the checks run,", nil, func() { c.press(b) })
		wait(time.Minute)
		b.show(settled)
		wait(tooSoon)
		b.wantEvent(c.name, "the checks have just settled,", nil, func() { c.press(b) })
		wait(sightGuard)
		b.wantEvent(c.name, "once it was seen,", wizard.Save{}, func() { c.press(b) })
	}
	b := newKeyBench(t)
	b.show(projected(t, "user-waiting"))
	running, _ := savable()
	b.show(running)
	b.wantEvent("Save", "a click", wizard.Save{}, func() { b.w.pressNow("main") })
}

// TestEveryMainButtonWaitsAfterTheWindowCameForward, also one that could be taken back.
func TestEveryMainButtonWaitsAfterTheWindowCameForward(t *testing.T) {
	b := newKeyBench(t)
	b.show(projected(t, "admin-waiting"))
	s := viewtest.State("admin-reported")
	s.Raise++
	b.show(view.Project(s))
	if got := b.focused(); got != "main" {
		t.Fatalf("the focus is on %q", got)
	}
	b.now = b.now.Add(raiseGuard - time.Millisecond)
	b.wantEvent("main", "Enter at once", nil, func() { b.repeat(fyne.KeyReturn) })
	b.now = b.now.Add(raiseGuard)
	b.wantEvent("main", "Enter", wizard.Forward{}, func() { b.repeat(fyne.KeyReturn) })
}

// TestEscapeHeldDownLeavesOneThingOnly stops a wait, and does not leave the wizard too, however long the key is held.
func TestEscapeHeldDownLeavesOneThingOnly(t *testing.T) {
	b := newKeyBench(t)
	b.show(projected(t, "user-waiting"))
	b.key(fyne.KeyEscape)
	b.show(projected(t, "user-start"))
	for range 40 {
		b.now = b.now.Add(repeatGuard / 4)
		b.repeat(fyne.KeyEscape)
	}
	if len(b.events) != 1 || b.events[0] != (wizard.StopWait{}) {
		t.Errorf("sent %#v", b.events)
	}
	b.wantEvent("the page", "Escape later", wizard.GoHome{}, func() { b.key(fyne.KeyEscape) })
}

// TestEnterInAFieldThatHasJustAppeared asks for a file with Enter, and does not write it with the next one.
func TestEnterInAFieldThatHasJustAppeared(t *testing.T) {
	b := newKeyBench(t)
	b.show(projected(t, "detail-good"))
	b.focus("ask-record")
	b.wantEvent("the button", "Enter", wizard.AskRecord{}, func() { b.key(fyne.KeyReturn) })
	s := viewtest.State("detail-good")
	s.Record = wizard.RecordForm{Open: true, Path: viewtest.RecordPath}
	b.show(view.Project(s))
	if got := b.focused(); got != string(connector.FieldRecord) {
		t.Fatalf("the focus is on %q", got)
	}
	b.now = b.now.Add(tooSoon)
	b.wantEvent("the field", "Enter at once", nil, func() { b.repeat(fyne.KeyReturn) })
	b.now = b.now.Add(sightGuard)
	b.wantEvent("the field", "Enter", wizard.SaveRecord{}, func() { b.repeat(fyne.KeyReturn) })
}
