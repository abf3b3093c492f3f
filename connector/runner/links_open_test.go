package runner

import (
	"context"
	"errors"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// linkStage is a runner that holds both links of a draft.
func linkStage(t *testing.T) (linkRunner, *world, connector.Draft) {
	t.Helper()
	w := newWorld()
	d := w.linksDraft(t, "d", adminLink+"\n"+userLink)
	r := newLinkRunner(t, w, w.ports())
	r.limits = limits{consent: time.Hour, more: time.Hour, noStart: time.Hour, look: time.Hour, grace: time.Millisecond, linger: time.Millisecond}
	r.read(t.Context(), d, adminLink+"\n"+userLink)
	r.settled()
	return r, w, d
}

func userOpening(d connector.Draft) wizard.OpenLink {
	return wizard.OpenLink{
		Opening: wizard.Opening{Attempt: 7, Draft: d, Way: wizard.WayPrivate, Browser: chromium, Mode: browser.ModePrivate}, Kind: link.User,
	}
}

func adminOpening(d connector.Draft) wizard.OpenLink {
	return wizard.OpenLink{Opening: wizard.Opening{Attempt: 6, Draft: d, Way: wizard.WayDefault}, Kind: link.Admin}
}

// TestWhatIsOpenedOfALink has the listener asked for each way.
func TestWhatIsOpenedOfALink(t *testing.T) {
	hint, prompt := "&login_hint=integration%40contoso.example", "&prompt=login"
	for name, c := range map[string]struct {
		kind    link.Kind
		way     wizard.Way
		hint    bool
		prompt  bool
		browser browser.Browser
		address string
		private bool
		opened  string
	}{
		"admin, default browser":     {link.Admin, wizard.WayDefault, false, false, browser.Browser{}, adminLink, false, "open default"},
		"admin, another browser":     {link.Admin, wizard.WayDefault, false, false, chromium, adminLink, false, "open chromium"},
		"admin, isolated":            {link.Admin, wizard.WayIsolated, false, false, chromium, adminLink, true, "open private"},
		"admin, copied":              {link.Admin, wizard.WayLink, false, false, browser.Browser{}, adminLink, false, ""},
		"admin, nothing to be added": {link.Admin, wizard.WayDefault, true, true, browser.Browser{}, adminLink, false, "open default"},
		"user, private":              {link.User, wizard.WayPrivate, false, false, chromium, userLink, true, "open private"},
		"user, with a hint":          {link.User, wizard.WayPrivate, true, false, chromium, userLink + hint, true, "open private"},
		"user, with both":            {link.User, wizard.WayPrivate, true, true, chromium, userLink + hint + prompt, true, "open private"},
		"user, with prompt":          {link.User, wizard.WayPrivate, false, true, chromium, userLink + prompt, true, "open private"},
		"user, default browser":      {link.User, wizard.WayDefault, false, false, browser.Browser{}, userLink, false, "open default"},
		"user, copied":               {link.User, wizard.WayLink, false, false, browser.Browser{}, userLink, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r, w, d := linkStage(t)
			r.perform(t.Context(), wizard.OpenLink{
				Opening: wizard.Opening{Attempt: 7, Draft: d, Way: c.way, Browser: c.browser, Mode: browser.ModePrivate}, Kind: c.kind, Hint: c.hint, Prompt: c.prompt,
			})
			opened := r.awaits(t, isOpened).(wizard.ConsentOpened)
			if (opened.Link != "") != (c.way == wizard.WayLink) || !opened.Since.Equal(day) || !opened.Until.Equal(day.Add(time.Hour)) || opened.Attempt != 7 {
				t.Errorf("%+v", opened)
			}
			r.stop(7)
			r.settled()
			got := w.asked[0]
			if got.Address.Reveal() != c.address || got.User != (c.kind == link.User) || got.Private != c.private {
				t.Errorf("%q, user %v, private %v", got.Address.Reveal(), got.User, got.Private)
			}
			if c.opened != "" && !w.order("listen", c.opened) || c.opened == "" && w.order("open default") {
				t.Errorf("%v", w.log)
			}
		})
	}
}

// awaits waits for an event, which stays in the queue.
func (r linkRunner) awaits(t *testing.T, ok func(wizard.Event) bool) wizard.Event {
	t.Helper()
	limit := time.After(10 * time.Second)
	pause := time.NewTicker(time.Millisecond)
	defer pause.Stop()
	for {
		r.mu.Lock()
		for _, e := range r.queue {
			if ok(e) {
				r.mu.Unlock()
				return e
			}
		}
		r.mu.Unlock()
		select {
		case <-pause.C:
		case <-limit:
			t.Fatal("it never comes")
		}
	}
}

func isOpened(e wizard.Event) bool  { _, ok := e.(wizard.ConsentOpened); return ok }
func isStarted(e wizard.Event) bool { _, ok := e.(wizard.ConsentStarted); return ok }
func isEnded(e wizard.Event) bool   { _, ok := e.(wizard.LinkEnded); return ok }

func TestHowTheOpeningOfALinkEnds(t *testing.T) {
	refuse := func(cause error) func(linkRunner, *world) {
		return func(r linkRunner, w *world) {
			r.awaits(r.t, isOpened)
			w.attempt(r.t).answers <- answered{err: &auth.Error{Stage: auth.StageUserConsent, Cause: cause}}
		}
	}
	for name, c := range map[string]struct {
		limits func(*limits)
		do     func(linkRunner, *world)
		want   connector.ProblemKind
		closed bool
	}{
		"window closed": {nil, func(r linkRunner, w *world) {
			r.awaits(r.t, isOpened)
			close(w.attempt(r.t).started)
			r.awaits(r.t, isStarted)
			w.windows[0].exit <- browser.Exit{}
		}, "", true},
		"window gone before the start page": {nil, func(r linkRunner, w *world) {
			r.awaits(r.t, isOpened)
			w.windows[0].exit <- browser.Exit{Code: 1}
		}, connector.KindBrowserFailed, false},
		"not private":  {nil, refuse(auth.ErrNotPrivate), connector.KindNotPrivate, false},
		"opened twice": {nil, refuse(auth.ErrTicketSpent), connector.KindTicketSpent, false},
		"no browser": {nil, func(_ linkRunner, w *world) {
			w.fail["open private"] = errors.New("no such program")
		}, connector.KindBrowserFailed, false},
		"no port": {nil, func(_ linkRunner, w *world) { w.fail["listen"] = errors.New("address in use") }, connector.KindListener, false},
	} {
		t.Run(name, func(t *testing.T) {
			r, w, d := linkStage(t)
			early := name == "no browser" || name == "no port"
			if early {
				c.do(r, w)
			}
			r.perform(t.Context(), userOpening(d))
			if !early {
				c.do(r, w)
			}
			ended := lastOf[wizard.LinkEnded](t, r.settled())
			got := connector.ProblemKind("")
			if ended.Problem != nil {
				got = ended.Problem.Kind
				if ended.Problem.Step != connector.StepLinkUser {
					t.Errorf("on page %v", ended.Problem.Step)
				}
			}
			if ended.Attempt != 7 || ended.Kind != link.User || got != c.want || ended.Closed.Equal(day) != c.closed || !c.closed && !ended.Closed.IsZero() {
				t.Errorf("%+v, %q, want %q", ended, got, c.want)
			}
			if len(w.windows) > 0 && !w.order("open private", "close window") {
				t.Errorf("the window was left open: %v", w.log)
			}
			for _, a := range w.attempts {
				<-a.closed
			}
			if len(r.windows) != 0 {
				t.Errorf("%d windows are known", len(r.windows))
			}
		})
	}
}

// TestTheTimeOfALinkIsUp holds that the window with what is asked for stays open until somebody has told it, or has closed it.
func TestTheTimeOfALinkIsUp(t *testing.T) {
	for name, end := range map[string]func(linkRunner, *world, context.CancelFunc){
		"told":          func(r linkRunner, _ *world, _ context.CancelFunc) { r.stop(7) },
		"window closed": func(_ linkRunner, w *world, _ context.CancelFunc) { w.windows[0].exit <- browser.Exit{} },
		"program's end": func(_ linkRunner, _ *world, quit context.CancelFunc) { quit() },
	} {
		t.Run(name, func(t *testing.T) {
			r, w, d := linkStage(t)
			r.limits.consent = 20 * time.Millisecond
			ctx, quit := context.WithCancel(t.Context())
			defer quit()
			r.perform(ctx, userOpening(d))
			ended := r.awaits(t, isEnded).(wizard.LinkEnded)
			if ended.Problem == nil || ended.Problem.Kind != connector.KindTimedOut || !ended.Closed.IsZero() {
				t.Errorf("%+v", ended)
			}
			<-w.attempt(t).closed
			if w.order("close window") || len(r.openWindows()) != 1 {
				t.Errorf("the window is closed already: %v", w.log)
			}
			end(r, w, quit)
			r.settled()
			if !w.order("close window") || len(r.openWindows()) != 0 {
				t.Errorf("the window is still open: %v", w.log)
			}
		})
	}
}

// TestMoreTimeForALink lets the limit be put off.
func TestMoreTimeForALink(t *testing.T) {
	r, w, d := linkStage(t)
	r.perform(t.Context(), adminOpening(d))
	w.comesTo(t, "open default")
	r.awaits(t, isOpened)
	r.perform(t.Context(), wizard.ExtendConsent{Attempt: 6})
	extended := r.awaits(t, func(e wizard.Event) bool { _, ok := e.(wizard.ConsentExtended); return ok }).(wizard.ConsentExtended)
	if !extended.Until.Equal(day.Add(2 * time.Hour)) {
		t.Errorf("until %v", extended.Until)
	}
	r.perform(t.Context(), wizard.StopAttempt{Attempt: 6})
	r.settled()
}

// TestTheOpeningOfALinkIsStopped stops it at each moment, and nobody hears of it any more.
func TestTheOpeningOfALinkIsStopped(t *testing.T) {
	for _, moment := range []string{"listen", "open private", "waiting"} {
		t.Run(moment, func(t *testing.T) {
			r, w, d := linkStage(t)
			hold := make(chan struct{})
			w.hold = map[string]chan struct{}{moment: hold}
			r.perform(t.Context(), userOpening(d))
			if moment == "waiting" {
				r.awaits(t, isOpened)
			} else {
				w.comesTo(t, moment)
			}
			r.perform(t.Context(), wizard.StopAttempt{Attempt: 7})
			close(hold)
			for _, e := range r.settled() {
				if isEnded(e) {
					t.Errorf("%+v", e)
				}
			}
			for _, a := range w.attempts {
				<-a.closed
			}
			if len(w.windows) > 0 && !w.order("close window") || len(r.openWindows()) != 0 {
				t.Errorf("the window is left open: %v", w.log)
			}
		})
	}
}

// TestTheUserLinkHasTheWindowsBeforeClosed, as a user consent of our own has; the admin link leaves them alone.
func TestTheUserLinkHasTheWindowsBeforeClosed(t *testing.T) {
	r, w, d := linkStage(t)
	before := &fakeWindow{world: w, exit: make(chan browser.Exit, 1)}
	r.keepWindow(before)
	r.perform(t.Context(), adminOpening(d))
	w.comesTo(t, "open default")
	if len(r.openWindows()) != 1 {
		t.Error("the admin link has closed a window")
	}
	r.perform(t.Context(), userOpening(d))
	w.comesTo(t, "open private")
	if !w.order("close window", "listen", "open private") {
		t.Errorf("%v", w.log)
	}
	r.stop(6)
	r.stop(7)
	r.settled()
}

// TestALinkThatTheDraftDoesNotTellOfIsNotOpened: what is opened is what was compared with the tenant.
func TestALinkThatTheDraftDoesNotTellOfIsNotOpened(t *testing.T) {
	for name, change := range map[string]func(linkRunner, *connector.Draft){
		"another client ID": func(_ linkRunner, d *connector.Draft) {
			*d.Links = d.Links.With(link.User, func(l *connector.ProductLink) { l.ClientID = tenantA.ID })
		},
		"another tenant": func(_ linkRunner, d *connector.Draft) {
			*d.Links = d.Links.With(link.User, func(l *connector.ProductLink) { l.Tenant = "common" })
		},
		"not read":  func(_ linkRunner, d *connector.Draft) { *d.Links = d.Links.Without(link.User) },
		"no links":  func(_ linkRunner, d *connector.Draft) { d.Links = nil },
		"not held":  func(r linkRunner, _ *connector.Draft) { r.links.forget("d", link.User) },
		"never had": func(_ linkRunner, d *connector.Draft) { d.ID = "other" },
	} {
		t.Run(name, func(t *testing.T) {
			r, w, d := linkStage(t)
			links := *d.Links
			d.Links = &links
			change(r, &d)
			r.perform(t.Context(), userOpening(d))
			ended := lastOf[wizard.LinkEnded](t, r.settled())
			if ended.Problem == nil || ended.Problem.Kind != connector.KindLink || ended.Problem.Args["Fault"] != "gone" || ended.Problem.Step != connector.StepLinkUser {
				t.Errorf("%+v", ended.Problem)
			}
			if len(w.asked)+len(w.attempts)+len(w.windows) != 0 {
				t.Error("something was opened")
			}
		})
	}
}

// TestALinkIsNotHeldUpByTheKeychain opens what was just pasted while the keychain waits for a person, and what it alone has after that.
func TestALinkIsNotHeldUpByTheKeychain(t *testing.T) {
	w := newWorld()
	d := w.linksDraft(t, "d", adminLink+"\n"+userLink)
	w.secrets["draft-d"] = auth.NewSecret(`{"user":"` + userLink + `"}`)
	r := newLinkRunner(t, w, w.ports())
	r.limits = limits{consent: time.Hour, noStart: time.Hour, look: time.Hour}
	hold := make(chan struct{})
	r.queues.do(secretOf("d"), "", func() { <-hold })
	r.perform(t.Context(), wizard.FindLinks{DraftID: "d"})
	r.read(t.Context(), d, adminLink)
	r.perform(t.Context(), adminOpening(d))
	w.comesTo(t, "open default")
	user := userOpening(d)
	r.perform(t.Context(), user)
	if w.order("open private") {
		t.Error("it opens what it can't have yet")
	}
	close(hold)
	w.comesTo(t, "open private")
	r.stop(6)
	r.stop(7)
	r.settled()
	if len(w.asked) != 2 || w.asked[1].Address.Reveal() != userLink {
		t.Errorf("%d were opened", len(w.asked))
	}
	w.keychainHas(t, "d", adminLink, userLink)
}
