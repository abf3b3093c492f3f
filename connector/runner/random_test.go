package runner

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/wizard"
)

const (
	talks      = 50
	talkEvents = 250
)

// TestRandomConversations has many people use the program at random at the same time, each with a world of their own that is slow and fails
// now and then. However it ends, the world is in order afterwards. Their clock goes on when everybody waits, so that they come equally far on a
// busy machine.
func TestRandomConversations(t *testing.T) { synctest.Test(t, randomConversations) }

func randomConversations(t *testing.T) {
	before := goleak.IgnoreCurrent()
	reached := map[string]int{}
	all := make([]*talk, talks)
	var people sync.WaitGroup
	for seed := range all {
		all[seed] = newTalk(t, uint64(seed))
		people.Go(all[seed].lead)
	}
	people.Wait()
	for _, talk := range all {
		talk.look()
		for what := range talk.reached {
			reached[what]++
		}
	}
	goleak.VerifyNone(t, before)
	t.Log(reached)
	for _, what := range []string{
		"a problem at home", "a secret kept", "a secret refused", "signed in", "saved", "not saved", "renewal", "handed over",
		"links held", "links not kept", "a link opened",
	} {
		if reached[what] == 0 {
			t.Errorf("nobody came to: %s", what)
		}
	}
}

// talk is one person's use of the program.
type talk struct {
	t      *testing.T
	seed   uint64
	world  *rough
	runner *Runner
	mu     sync.Mutex
	state  wizard.State
	// reached are the things that the conversation came to.
	reached map[string]bool
}

func newTalk(t *testing.T, seed uint64) *talk {
	t.Helper()
	k := &talk{t: t, seed: seed, world: newRough(seed), reached: map[string]bool{}}
	k.world.connectors["saved"] = connector.Connector{
		ID: "saved", Name: "Saved", Tenant: tenantA, ClientID: clientID, ClientKind: auth.SecretClient, RedirectPath: "/consent",
		User: connector.Identity{TenantID: tenantA.ID, ObjectID: "oid", UPN: "integration@contoso.example"}, Health: connector.HealthGood,
	}
	k.world.secrets["saved"] = auth.NewSecret("credential")
	k.runner = New(k.world.ports(), nil, k.notice)
	k.runner.limits = limits{
		consent: 30 * time.Millisecond, more: 10 * time.Millisecond, noStart: 2 * time.Millisecond, grace: time.Millisecond,
		typing: time.Millisecond, linger: 3 * time.Millisecond, pace: 0.0001,
	}
	return k
}

func (k *talk) notice(s wizard.State) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.state = s
	w := s.Wizard
	for what, yes := range map[string]bool{
		"a problem at home": s.Home.Problem != nil || len(s.Home.Failures) > 0, "a secret kept": w.Draft.HasSecret && w.Draft.Renews == "", "a secret refused": w.SecretProblem != nil,
		"signed in": w.SignedIn != nil, "saved": w.Saved != nil, "not saved": w.Saving.Attempt > 0 && w.Problem != nil, "renewal": w.Draft.Renews != "",
		"handed over": w.Draft.Admin.Handover != nil, "links held": len(w.Links.Held) == 2, "links not kept": w.Links.Unkept != nil,
		"a link opened": w.Draft.Links != nil && w.User.Started,
	} {
		if yes {
			k.reached[what] = true
		}
	}
}

func (k *talk) now() wizard.State {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.state
}

// lead leads the conversation to its end, which may come in the middle of anything.
func (k *talk) lead() {
	ended := make(chan struct{})
	go func() { defer close(ended); k.runner.Run(context.Background()) }()
	for range talkEvents {
		for _, e := range k.next(k.now()) {
			k.runner.Send(e)
		}
		k.world.take(time.Duration(k.world.throw(1500)) * time.Microsecond)
	}
	k.runner.Send(wizard.Quit{})
	k.runner.Send(wizard.LeaveWizard{})
	select {
	case <-ended:
	case <-time.After(time.Minute):
		panic(fmt.Sprintf("conversation %d does not come to its end", k.seed)) // with what every goroutine waits for
	}
}

// next is what the person does next: mostly what leads on, else anything.
func (k *talk) next(s wizard.State) []wizard.Event {
	if k.world.throw(100) < []int{5, 15, 30, 50}[k.seed%4] {
		return k.anything(s)
	}
	switch {
	case s.Screen == wizard.ScreenConnector:
		return k.lookAfter()
	case !s.Wizard.Open:
		return k.atHome(s)
	}
	return k.forward(s)
}

func one(events ...wizard.Event) []wizard.Event { return events }

func (k *talk) atHome(s wizard.State) []wizard.Event {
	switch {
	case len(s.Home.Drafts) > 0 && k.world.throw(2) == 0:
		d := s.Home.Drafts[k.world.throw(len(s.Home.Drafts))]
		if d.Admin.Handover != nil && k.world.throw(2) == 0 {
			return k.paste(wizard.AskPaste{ID: d.ID})
		}
		return one(wizard.OpenDraft{ID: d.ID})
	case len(s.Home.Connectors) > 0 && k.world.throw(3) == 0:
		return one(wizard.OpenConnector{ID: s.Home.Connectors[k.world.throw(len(s.Home.Connectors))].ID})
	case k.world.throw(4) == 0:
		return one(wizard.NewLinks{})
	}
	return one(wizard.NewConnector{})
}

func (k *talk) paste(before ...wizard.Event) []wizard.Event {
	text := "http://localhost/consent?admin_consent=True&tenant=" + tenantA.ID + "&state=handed-over-state"
	return append(before, wizard.Edited{Field: connector.FieldPaste, Value: text}, wizard.TakePaste{})
}

func (k *talk) lookAfter() []wizard.Event {
	name := fmt.Sprintf("Renamed %d", k.world.throw(1000))
	switch k.world.throw(8) {
	case 0:
		return one(wizard.AskRemove{}, wizard.Remove{}, wizard.GoHome{})
	case 1:
		return one(wizard.AskRemove{}, wizard.Remove{})
	case 2:
		return one(wizard.AskRename{}, wizard.Edited{Field: connector.FieldRename, Value: name}, wizard.Rename{})
	case 3, 4:
		return one(wizard.Renew{})
	case 5:
		return one(wizard.CheckNow{})
	case 6:
		return one(wizard.AskRecord{}, wizard.Edited{Field: connector.FieldRecord, Value: "/record"}, wizard.SaveRecord{Replace: true})
	}
	return one(wizard.GoHome{})
}

func (k *talk) secret() wizard.Event {
	return entered(fmt.Sprintf("client-secret-%06d", k.world.throw(1000000)))
}

// forward does what the page of the wizard asks for.
func (k *talk) forward(s wizard.State) []wizard.Event {
	d := s.Wizard.Draft
	if s.Blocked() == "" {
		return one(wizard.Forward{})
	}
	if d.Links != nil {
		return k.linked(s)
	}
	switch d.Step {
	case connector.StepBefore:
		return append(tick(connector.Ticks1...), wizard.CheckReady{}, wizard.Edited{Field: connector.FieldTenant, Value: tenantA.Domain})
	case connector.StepAccount:
		return one(wizard.Edited{Field: connector.FieldUPN, Value: "integration@contoso.example"})
	case connector.StepMFA:
		return tick(connector.TickMFA)
	case connector.StepConnector:
		name := fmt.Sprintf("Contoso %d", k.world.throw(1000000))
		return one(wizard.Edited{Field: connector.FieldName, Value: name}, wizard.Edited{Field: connector.FieldClientID, Value: clientID}, k.secret())
	case connector.StepAdmin:
		switch k.world.throw(5) {
		case 0:
			return one(wizard.OpenHandover{})
		case 1:
			return k.paste()
		}
		return one(wizard.StartAdmin{Way: []wizard.Way{wizard.WayDefault, wizard.WayIsolated, wizard.WayLink}[k.world.throw(3)]})
	case connector.StepUser:
		if s.Wizard.User.Busy() && k.world.throw(4) > 0 {
			return nil
		}
		return one(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate})
	default:
		if k.world.throw(4) > 0 {
			return nil
		}
		return one(wizard.RunChecks{})
	}
}

// anything is what somebody does who changes their mind, and what comes too late.
func (k *talk) anything(s wizard.State) []wizard.Event {
	id := "nobody's"
	if len(s.Home.Drafts) > 0 {
		id = s.Home.Drafts[k.world.throw(len(s.Home.Drafts))].ID
	}
	kind := func(kind auth.ClientKind) wizard.Event {
		return wizard.Chosen{Field: connector.FieldClientKind, Value: string(kind)}
	}
	all := [][]wizard.Event{
		one(wizard.GoHome{}),
		one(wizard.GoHome{}, wizard.LeaveWizard{}),
		one(wizard.GoTo{Step: connector.StepConnector}, k.secret()),
		one(k.secret(), k.secret(), k.secret()),
		one(wizard.AskChange{Field: connector.FieldClientKind}, wizard.AgreeChange{}, kind(auth.PublicClient), kind(auth.SecretClient), k.secret()),
		one(wizard.AskChange{Field: connector.FieldClientKind}, wizard.AgreeChange{}, kind(auth.CertificateClient)),
		one(kind(auth.PublicClient)),
		one(wizard.GoHome{}, wizard.LeaveWizard{}, wizard.Discard{ID: id}),
		one(wizard.Discard{ID: id}, wizard.OpenDraft{ID: id}),
		one(wizard.Discard{ID: s.Wizard.Draft.ID}),
		one(wizard.StopWait{}),
		one(wizard.MoreTime{}, wizard.MoreTime{}),
		one(wizard.Back{}),
		one(wizard.Save{}, wizard.GoHome{}, wizard.LeaveWizard{}),
		one(wizard.Save{}, k.secret()),
		one(wizard.OpenHandover{}),
		one(wizard.GoUnconfirmed{}),
		one(wizard.NewLinks{}, k.pasteLinks(), k.pasteLinks()),
		one(wizard.ForgetLink{Kind: link.Admin}, k.pasteLinks(), wizard.ForgetLink{Kind: link.User}),
		one(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate}, wizard.ReportLink{Kind: link.User, Worked: true}),
		one(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate}, wizard.StopWait{}, wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate}),
		one(wizard.ProbeApp{}, wizard.LookUpTenant{}),
		one(wizard.OpenSettings{}, wizard.Chosen{Field: connector.FieldTheme, Value: string(connector.ThemeDark)}),
		one(wizard.Edited{Field: connector.FieldName, Value: strings.Repeat("x", k.world.throw(90))}),
	}
	return all[k.world.throw(len(all))]
}

// look holds that the world is in order after the end.
func (k *talk) look() {
	w := k.world
	w.world.mu.Lock()
	defer w.world.mu.Unlock()
	for id := range w.secrets {
		draft, isDraft := strings.CutPrefix(id, keeper.DraftSecretID(""))
		_, drafted := w.drafts[draft]
		_, listed := w.connectors[id]
		switch {
		case isDraft && !drafted:
			k.t.Errorf("conversation %d: the keychain holds a secret for draft %s, which is gone", k.seed, draft)
		case !isDraft && !listed && !drafted:
			k.t.Errorf("conversation %d: the keychain holds a credential for %s, which is in no list", k.seed, id)
		}
	}
	for id, c := range w.connectors {
		if _, ok := w.secrets[id]; !ok && !w.unlisted[id] && c.Can().Credential {
			k.t.Errorf("conversation %d: connector %s has no credential", k.seed, id)
		}
	}
	for id, d := range w.drafts {
		if _, ok := w.secrets[keeper.DraftSecretID(id)]; d.HasSecret && d.Renews == "" && !ok && !w.stale[id] {
			k.t.Errorf("conversation %d: draft %s has no secret, and says that it has", k.seed, id)
		}
	}
	for what := range w.open {
		k.t.Errorf("conversation %d: %T is left open", k.seed, what)
	}
}
