package runner

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// planted are what of the two links nobody may see: what they alone have in them.
var planted = []string{productState, productNonce, "company=7", "company%3D7", adminLink, userLink}

// leaks looks for them in something, however it is written.
func leaks(t *testing.T, what string, values ...any) {
	t.Helper()
	for _, v := range values {
		asJSON, err := json.Marshal(v)
		if err != nil {
			asJSON = nil // what has a channel in it is not for a file
		}
		for _, text := range []string{fmt.Sprintf("%v", v), fmt.Sprintf("%+v", v), fmt.Sprintf("%#v", v), string(asJSON)} {
			for _, secret := range planted {
				if strings.Contains(text, secret) {
					t.Errorf("%q stands in %s: %.300s", secret, what, text)
				}
			}
		}
	}
}

// tellAll has every state written down that a runner tells.
func tellAll(s *stage) (states func() []wizard.State) {
	var mu sync.Mutex
	var all []wizard.State
	tell := s.runner.notify
	s.runner.notify = func(st wizard.State) {
		mu.Lock()
		all = append(all, st)
		mu.Unlock()
		tell(st)
	}
	return func() []wizard.State {
		mu.Lock()
		defer mu.Unlock()
		return all
	}
}

// TestTheWholeWayOfTwoLinksLeaksNothing goes from the first page to the list, and looks for the links everywhere but in the keychain.
func TestTheWholeWayOfTwoLinksLeaksNothing(t *testing.T) {
	w := newWorld()
	s := start(t, w)
	states := tellAll(s)
	s.run().send(wizard.NewLinks{})
	s.until("the computer is checked", func(st wizard.State) bool { return st.Wizard.Ready.Done })
	s.send(wizard.Edited{Field: connector.FieldTenant, Value: tenantA.Domain})
	s.until("the tenant is found", func(st wizard.State) bool { return st.Wizard.Draft.Tenant != nil })
	s.send(wizard.Edited{Field: connector.FieldUPN, Value: "integration@contoso.example"}, wizard.Edited{Field: connector.FieldName, Value: "Contoso"})
	text := adminLink + "\n" + userLink + "\nhttps://evil.example/adminconsent?client_id=" + clientID + "&state=" + productState
	s.send(wizard.Edited{Field: connector.FieldLinks, Value: text}, wizard.ReadLinks{})
	st := s.until("read", func(st wizard.State) bool { return st.Wizard.Links.Held[link.User] && !st.Wizard.Links.Reading.Running })
	id := st.Wizard.Draft.ID
	w.until(t, "kept", func() bool { return !w.secrets["draft-"+id].Empty() })
	s.send(wizard.GoTo{Step: connector.StepLinkAdmin}, wizard.StartAdmin{Way: wizard.WayDefault})
	s.until("the admin link is open", waiting(adminOf))
	close(w.attempt(t).started)
	s.until("started", func(st wizard.State) bool { return !st.Wizard.Draft.Links.Admin.Started.IsZero() })
	s.send(wizard.ReportLink{Kind: link.Admin, Worked: true})
	s.until("reported", func(st wizard.State) bool { return st.Wizard.Draft.Links.Told(link.Admin) })
	s.send(wizard.GoTo{Step: connector.StepLinkUser}, wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate})
	s.until("the user link is open", waiting(userOf))
	close(w.attempt(t).started)
	s.until("started", func(st wizard.State) bool { return st.Wizard.User.Started })
	w.windows[0].exit <- browser.Exit{}
	st = s.until("closed", func(st wizard.State) bool { return !st.Wizard.Draft.Links.User.Ended.IsZero() })
	if c := st.Wizard.User; c.Problem != nil || c.Busy() {
		t.Errorf("a closed window: %+v", c)
	}
	s.send(wizard.ReportLink{Kind: link.User, Worked: true})
	s.until("reported", func(st wizard.State) bool { return st.Wizard.Draft.Links.Told(link.User) })
	var onDisk connector.Draft
	w.until(t, "on disk", func() bool { onDisk = w.drafts[id]; return onDisk.Links.Told(link.User) })
	leaks(t, "a draft on disk", onDisk)
	s.send(wizard.GoTo{Step: connector.StepLinkFinish}, wizard.Ticked{Field: connector.TickLinkSaved, On: true}, wizard.Save{})
	st = s.until("saved", func(st wizard.State) bool { return st.Wizard.Saved != nil || st.Wizard.Problem != nil })
	if st.Wizard.Saved == nil {
		t.Fatalf("%+v", st.Wizard.Problem)
	}
	s.until("in the list, the draft gone", func(st wizard.State) bool { return len(st.Home.Connectors) == 1 && len(st.Home.Drafts) == 0 })
	s.end()
	if len(w.secrets) != 0 || len(s.runner.links.all) != 0 {
		t.Errorf("saved, and %d items are in the keychain, %d in memory", len(w.secrets), len(s.runner.links.all))
	}
	for i, want := range []string{adminLink, userLink} {
		if got := w.asked[i]; got.Address.Reveal() != want || got.User != (i == 1) || got.Private != (i == 1) {
			t.Errorf("opened %q, user %v, private %v", got.Address.Reveal(), got.User, got.Private)
		}
	}
	for _, st := range states() {
		leaks(t, "a state", st)
	}
	leaks(t, "a connector on disk", w.connectors[id])
	leaks(t, "what the world was asked", w.log)
	leaks(t, "what a browser was started with", w.shown)
	if len(w.shown) != 2 {
		t.Errorf("%d browsers", len(w.shown))
	}
}

// TestEventsAndEffectsOfLinksHideThem looks at what goes between the runner and the machine, the problems among them.
func TestEventsAndEffectsOfLinksHideThem(t *testing.T) {
	w := newWorld()
	d := w.linksDraft(t, "d", adminLink+"\n"+userLink)
	r := newLinkRunner(t, w, w.ports())
	text := auth.NewSecret(adminLink + "\n" + userLink + "\n" + strings.Replace(adminLink, "https", "http", 1) +
		"\nhttps://login.microsoftonline.com.evil.example/?state=" + productState)
	w.fail["put draft-d"], w.fail["listen"] = connector.ErrKeychainFull, errors.New("address in use")
	read := wizard.ReadLinkText{Attempt: 1, Draft: d, Text: text}
	r.perform(t.Context(), read)
	open := wizard.OpenLink{Opening: wizard.Opening{Attempt: 2, Draft: d, Way: wizard.WayDefault}, Kind: link.User, Hint: true, Prompt: true}
	r.perform(t.Context(), open)
	r.perform(t.Context(), wizard.PutLink{DraftID: "d", Kind: link.Admin})
	r.perform(t.Context(), wizard.ProbeLink{Attempt: 3, Draft: d})
	events := r.settled()
	if len(events) < 5 {
		t.Errorf("only %d events: %+v", len(events), events)
	}
	leaks(t, "an effect", read, open, auth.LinkRequest{Address: text})
	leaks(t, "what is held", *r.links.of("d").known[link.Admin], *r.links.of("d").known[link.User])
	for _, e := range events {
		leaks(t, "an event", e)
	}
}
