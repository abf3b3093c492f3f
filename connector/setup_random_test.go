package connector_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

const (
	monkeys      = 200
	monkeyEvents = 250
	monkeySecret = "this-client-secret-is-in-no-draft"
	monkeyTenant = "11111111-1111-4111-8111-111111111111"
	monkeyUPN    = "integration@contoso.example"
)

// monkey uses the program at random: it presses what is shown, sends what makes no sense, and lets the outside world answer early,
// late, twice or never.
type monkey struct {
	t      *testing.T
	random *rand.Rand
	// wild is how many of a hundred events are not what somebody would do who wants to get on.
	wild  int
	state connector.State
	// pending are the effects whose outcomes are still to come, or may come again.
	pending []connector.Effect
	// more are events that come at once after the last one.
	more   []connector.Event
	saved  []connector.Connector
	drafts map[string]connector.Draft
	// live are the attempts at a consent that were begun and neither stopped nor answered, by their kind.
	live map[string]map[int]bool
	// asked are the drafts of the user consents that were begun; given is that of the one that counts.
	asked map[int]connector.Draft
	given connector.Draft
	log   []string
	// reached counts what was come to, so that the test can't become blind.
	reached map[string]int
}

func TestRandomEvents(t *testing.T) {
	reached := map[string]int{}
	for seed := range uint64(monkeys) {
		m := &monkey{
			t: t, random: rand.New(rand.NewPCG(seed, 0)), drafts: map[string]connector.Draft{},
			live: map[string]map[int]bool{"admin": {}, "user": {}}, reached: reached, asked: map[int]connector.Draft{}, wild: []int{5, 15, 30, 60}[seed%4],
		}
		var effects []connector.Effect
		if seed%2 == 0 {
			m.saved = []connector.Connector{monkeyConnector()}
		}
		m.state, effects = connector.Setup{}.Start(nil)
		m.take(effects)
		for range monkeyEvents {
			m.send(m.event())
			for len(m.more) > 0 && !t.Failed() {
				e := m.more[0]
				m.more = m.more[1:]
				m.send(e)
			}
			if t.Failed() {
				t.Fatalf("seed %d, the last events:\n%s", seed, strings.Join(m.log[max(0, len(m.log)-25):], "\n"))
			}
		}
	}
	t.Log(reached)
	for _, what := range []string{"connector.SaveConnector", "page 7", "saved", "renewal", "handover", "connector screen", "never"} {
		if reached[what] == 0 {
			t.Errorf("nobody ever came to %s: %v", what, reached)
		}
	}
}

// send sends one event and holds what must be true of the step.
func (m *monkey) send(e connector.Event) {
	m.log = append(m.log, fmt.Sprintf("page %v: %T %.160s", m.state.Wizard.Draft.Step, e, fmt.Sprintf("%+v", e)))
	before := m.state
	frozen := m.frozen(before)
	after, effects := connector.Setup{}.Next(before, e)
	if m.frozen(before) != frozen {
		m.t.Errorf("%T changed the state that it was given", e)
	}
	m.left(e, before, after)
	m.ended(e)
	m.state = after
	m.take(effects)
	m.holds()
}

// frozen is a state as text, which a change in place would change.
func (m *monkey) frozen(s connector.State) string {
	text, err := json.Marshal(s)
	if err != nil {
		m.t.Fatal(err)
	}
	return string(text)
}

// left holds that no page was left forwards that is blocked, or that lies behind one that is.
func (m *monkey) left(e connector.Event, before, after connector.State) {
	from, to := before.Wizard.Draft.Step, after.Wizard.Draft.Step
	switch e.(type) {
	case connector.Forward, connector.GoTo:
	default:
		return
	}
	if to <= from || !after.Wizard.Open {
		return
	}
	for p := before.Wizard.FirstStep(); p < to; p++ {
		if reason := before.BlockedAt(p); reason != "" {
			m.t.Errorf("%T went from page %v to %v though page %v is blocked: %s", e, from, to, p, reason)
		}
	}
}

// ended notes that an attempt at a consent came to its end.
func (m *monkey) ended(e connector.Event) {
	switch e := e.(type) {
	case connector.AdminAnswered:
		delete(m.live["admin"], e.Attempt)
	case connector.UserAnswered:
		delete(m.live["user"], e.Attempt)
		if asked, ok := m.asked[e.Attempt]; ok && e.Identity != nil && m.state.Wizard.User.Attempt == e.Attempt && m.state.Wizard.User.Busy() {
			m.given = asked
		}
	}
}

// take notes what is to be done.
func (m *monkey) take(effects []connector.Effect) {
	for _, e := range effects {
		switch e := e.(type) {
		case connector.StopAttempt:
			delete(m.live["admin"], e.Attempt)
			delete(m.live["user"], e.Attempt)
		case connector.OpenAdminConsent:
			m.live["admin"][e.Attempt] = true
		case connector.MakeHandover:
			m.live["admin"][e.Attempt] = true
		case connector.OpenUserConsent:
			m.live["user"][e.Attempt] = true
			m.asked[e.Attempt] = e.Draft
		case connector.KeepDraft:
			m.keep(e.Draft)
		case connector.DropDraft:
			delete(m.drafts, e.ID)
		case connector.SaveConnector:
			m.fit(e)
		}
		m.reached[fmt.Sprintf("%T", e)]++
		switch e.(type) {
		case connector.StopAttempt, connector.ForgetGrant, connector.ExtendConsent, connector.DropDraft:
			continue
		case connector.KeepDraft, connector.LoadLists:
			if m.random.IntN(6) > 0 {
				continue
			}
		}
		m.pending = append(m.pending, e)
	}
	if extra := len(m.pending) - 12; extra > 0 {
		m.pending = m.pending[extra:]
	}
}

// fit holds that nothing is saved which a check forbids, and that what is saved is what the integration user consented to.
func (m *monkey) fit(e connector.SaveConnector) {
	for _, c := range e.Checks {
		if c.Weight == connector.WeightNever || c.State == connector.CheckPending || c.State == connector.CheckRunning {
			m.t.Errorf("saved though the check %s is %s and weighs %q", c.ID, c.State, c.Weight)
		}
	}
	of := func(d connector.Draft) string {
		return fmt.Sprint(d.ID, d.Tenant.ID, d.Tenant.Cloud, d.ClientID, d.Kind, d.WithGroups)
	}
	if len(e.Checks) != len(connector.CheckOrder) || of(e.Draft) != of(m.given) {
		m.t.Errorf("saved %s with %d checks, and consented to was %s", of(e.Draft), len(e.Checks), of(m.given))
	}
	if a := e.Draft.Admin; a.Status == connector.AdminReported && a.Tenant != e.Draft.Tenant.ID {
		m.t.Errorf("saved with the admin consent of %s", a.Tenant)
	}
}

func (m *monkey) keep(d connector.Draft) {
	text, err := json.Marshal(d)
	if err != nil || strings.Contains(string(text), monkeySecret) {
		m.t.Errorf("a secret in the draft (%v): %s", err, text)
	}
	if m.state.Wizard.Saved != nil {
		m.t.Error("a draft is kept after Save")
	}
	m.drafts[d.ID] = d
}

// holds holds what must be true of every state.
func (m *monkey) holds() {
	m.count()
	for kind, attempts := range m.live {
		if len(attempts) > 1 {
			m.t.Errorf("%d attempts at the %s consent are under way", len(attempts), kind)
		}
	}
	w := m.state.Wizard
	if w.Open && (w.Draft.Step < connector.StepBefore || w.Draft.Step > connector.StepCheck) {
		m.t.Errorf("page %d", w.Draft.Step)
	}
	if w.Saved != nil && w.Admin.Busy() {
		m.t.Error("a consent is under way after Save")
	}
	v := view.Project(m.state)
	ids := map[string]bool{}
	for _, c := range v.Controls() {
		if c.ID == "" || ids[c.ID] || c.Label.Empty() || c.Disabled == c.Reason.Empty() {
			m.t.Errorf("page %s: control %q is nameless, there twice, or disabled without a reason", v.Page, c.ID)
		}
		ids[c.ID] = true
	}
	if !ids[v.Focus] {
		m.t.Errorf("page %s: the focus is on %q, which is not there", v.Page, v.Focus)
	}
}

func (m *monkey) count() {
	w := m.state.Wizard
	for what, yes := range map[string]bool{
		"saved": w.Saved != nil, "renewal": w.Open && w.Draft.Renews != "", "handover": w.Draft.Admin.Handover != nil,
		"connector screen": m.state.Screen == connector.ScreenConnector, "never": m.state.Blocked() == connector.ReasonChecksNever,
		fmt.Sprintf("page %d", w.Draft.Step): w.Open,
	} {
		if yes {
			m.reached[what]++
		}
	}
}

// TestStateHoldsNoSecret holds that no secret can be in a State at all.
func TestStateHoldsNoSecret(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var look func(typ reflect.Type, path string)
	look = func(typ reflect.Type, path string) {
		if typ == reflect.TypeFor[auth.Secret]() {
			t.Errorf("%s is a secret", path)
		}
		if seen[typ] {
			return
		}
		seen[typ] = true
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array:
			look(typ.Elem(), path)
		case reflect.Map:
			look(typ.Key(), path)
			look(typ.Elem(), path)
		case reflect.Struct:
			for i := range typ.NumField() {
				look(typ.Field(i).Type, path+"."+typ.Field(i).Name)
			}
		default:
		}
	}
	look(reflect.TypeFor[connector.State](), "State")
}

// event chooses the next event: mostly what somebody would do who wants to get on, else anything.
func (m *monkey) event() connector.Event {
	if m.random.IntN(100) >= m.wild {
		return m.sensible()
	}
	switch m.random.IntN(4) {
	case 0:
		return m.press()
	case 1:
		return m.fill()
	case 2:
		return m.answer()
	}
	return m.nonsense()
}

// sensible waits for outcomes, does what the page asks for, and goes forward.
func (m *monkey) sensible() connector.Event {
	w := m.state.Wizard
	if len(m.pending) > 0 && m.random.IntN(3) > 0 {
		return m.answer()
	}
	main := view.Project(m.state).Footer.Main
	switch {
	case main != nil && !main.Disabled && m.random.IntN(3) > 0:
		return main.Event
	case w.Open && w.Draft.Step == connector.StepAdmin && w.Draft.Admin.Status == connector.AdminNone && !w.Admin.Busy():
		return connector.StartAdmin{Way: connector.WayDefault}
	case w.Open && w.Draft.Step == connector.StepUser && w.SignedIn == nil && !w.User.Busy():
		return connector.StartUser{Way: connector.WayPrivate, Mode: browser.ModePrivate}
	case m.state.Screen == connector.ScreenConnector, m.random.IntN(6) == 0:
		return m.press()
	}
	return m.fill()
}

func pick[T any](m *monkey, all ...T) T { return all[m.random.IntN(len(all))] }

// press presses any button of the screen, disabled ones too: a double click is faster than a drawer.
func (m *monkey) press() connector.Event {
	events := []connector.Event{}
	v := view.Project(m.state)
	var look func(reflect.Value)
	look = func(r reflect.Value) {
		switch r.Kind() {
		case reflect.Interface, reflect.Pointer:
			if !r.IsNil() {
				look(r.Elem())
			}
		case reflect.Slice:
			for i := range r.Len() {
				look(r.Index(i))
			}
		case reflect.Struct:
			if b, ok := r.Interface().(view.Button); ok && b.Event != nil {
				events = append(events, b.Event)
				return
			}
			if item, ok := r.Interface().(view.RailItem); ok && item.Go != nil {
				events = append(events, item.Go)
			}
			if row, ok := r.Interface().(view.Row); ok && row.Open != nil {
				events = append(events, row.Open)
			}
			for i := range r.NumField() {
				if r.Type().Field(i).IsExported() {
					look(r.Field(i))
				}
			}
		default:
		}
	}
	look(reflect.ValueOf(v))
	if v.Footer.Main != nil {
		events = append(events, v.Footer.Main.Event, v.Footer.Main.Event) // mostly one goes forward
	}
	if v.Return != nil {
		events = append(events, v.Return)
	}
	if len(events) == 0 {
		return connector.GoHome{}
	}
	return pick(m, events...)
}

// fill types into the fields of the screen, mostly what is right.
func (m *monkey) fill() connector.Event {
	right := map[connector.Field]string{
		connector.FieldTenant: "contoso.example", connector.FieldUPN: monkeyUPN, connector.FieldName: "Contoso",
		connector.FieldClientID: monkeyTenant, connector.FieldRedirectPath: "/consent", connector.FieldRetype: monkeyUPN,
		connector.FieldKind: "public",
	}
	events := []connector.Event{}
	for _, block := range view.Project(m.state).Blocks {
		switch b := block.(type) {
		case view.Input:
			if b.Secret {
				events = append(events, connector.SecretEntered{Field: b.Field, Secret: auth.NewSecret(monkeySecret)})
				continue
			}
			value := right[b.Field]
			if value == b.Value && m.random.IntN(6) > 0 {
				continue
			}
			if m.random.IntN(8) == 0 {
				value = pick(m, "", " ", "x", "@", "/", strings.Repeat("long ", 60), "other.example", "someone@other.example")
			}
			events = append(events, connector.Edited{Field: b.Field, Value: value})
		case view.Tick:
			if on := m.random.IntN(12) > 0; on != b.On {
				events = append(events, connector.Ticked{Field: b.Field, On: on})
			}
		case view.Choice:
			if len(b.Options) > 0 {
				events = append(events, connector.Chosen{Field: b.Field, Value: pick(m, b.Options...).Value})
			}
		}
	}
	if len(events) == 0 {
		return connector.NewConnector{}
	}
	return pick(m, events...)
}

// nonsense sends what no control of the screen sends.
func (m *monkey) nonsense() connector.Event {
	number := m.random.IntN(m.state.LastAttempt + 3)
	id := pick(m, "", "draft-1", "draft-2", "nobody")
	return pick[connector.Event](m,
		connector.Forward{}, connector.Back{}, connector.GoTo{Step: connector.Step(m.random.IntN(10) - 1)}, connector.Save{}, connector.RunChecks{},
		connector.AcceptAccount{}, connector.AgreeChange{}, connector.AskChange{Field: connector.FieldUPN}, connector.StopWait{},
		connector.MoreTime{}, connector.OpenHandover{}, connector.CloseHandover{}, connector.TakePaste{}, connector.GoUnconfirmed{ID: id},
		connector.StartAdmin{Way: pick(m, connector.WayDefault, connector.WayIsolated, connector.WayLink)},
		connector.StartUser{Way: pick(m, connector.WayPrivate, connector.WayLink), Mode: pick(m, browser.ModePrivate, browser.ModePlain, "")},
		connector.OpenDraft{ID: id}, connector.Discard{ID: id}, connector.OpenConnector{ID: id}, connector.Renew{}, connector.Remove{},
		connector.CheckNow{}, connector.GoHome{}, connector.LeaveWizard{}, connector.StayInWizard{}, connector.NewConnector{}, connector.Quit{},
		connector.AdminAnswered{Attempt: number, Tenant: monkeyTenant}, connector.UserAnswered{Attempt: number, Identity: monkeyIdentity()},
		connector.ConsentAnswered{Attempt: number}, connector.ChecksDone{Attempt: number}, connector.SaveDone{Attempt: number},
		connector.SecretKept{Attempt: number}, connector.TenantFound{Attempt: number}, connector.LookUpTenant{}, connector.ProbeApp{},
		connector.Edited{Field: connector.FieldTenant, Value: "late.example"}, connector.Ticked{Field: connector.FieldWithGroups, On: true},
	)
}

func monkeyConnector() connector.Connector {
	return connector.Connector{
		ID: "saved", Name: "Saved", Tenant: auth.Tenant{ID: monkeyTenant, Domain: "contoso.example", Cloud: "global"}, ClientID: monkeyTenant,
		Kind: auth.PublicClient, RedirectPath: "/consent", User: *monkeyIdentity(), Health: connector.HealthSignIn, Saved: monkeyTime,
		Admin: connector.Admin{Status: connector.AdminReported, Tenant: monkeyTenant},
	}
}

func monkeyIdentity() *connector.Identity {
	return &connector.Identity{TenantID: monkeyTenant, ObjectID: "oid", UPN: monkeyUPN}
}

var monkeyTime = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
