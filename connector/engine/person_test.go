package engine_test

import (
	"context"
	"reflect"
	"strconv"
	"sync"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/runner"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/rehearsal"
)

// restTime is how long a person waits at most until nothing moves any more.
const restTime = 40 * time.Second

// person sits at the window: they see what view.Project shows, and send what its controls send.
type person struct {
	t      *testing.T
	w      *world
	runner *runner.Runner
	// facts are those of the scenario with which it began: they name the app registration to practice with.
	facts rehearsal.Facts
	// redo are pages that something was said about: there everything is done again.
	redo map[connector.Step]bool
	// inVain are the consents that nothing more comes of, by their number, though the program waits for them.
	inVain map[int]bool
	// followed are the cards whose button was pressed, by what they were about.
	followed map[string]bool
	// watch looks at each state, where there is one.
	watch func(wizard.State)

	mu    sync.Mutex
	state wizard.State
	news  chan struct{}
	marks int
}

// sitDown starts the program in a world, with a person at it who leaves when the test ends.
func sitDown(t *testing.T, w *world) *person {
	t.Helper()
	return sitDownWatched(t, w, nil)
}

// sitDownWatched does so, and shows every state to watch.
func sitDownWatched(t *testing.T, w *world, watch func(wizard.State)) *person {
	t.Helper()
	p := &person{
		t: t, w: w, watch: watch, facts: w.cloud.Facts(), redo: map[connector.Step]bool{}, inVain: map[int]bool{}, followed: map[string]bool{}, news: make(chan struct{}, 1),
	}
	w.browsers.notice = p.wake
	p.runner = runner.New(w.engine.Ports, nil, p.notice)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); p.runner.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-ended })
	return p
}

func (p *person) notice(s wizard.State) {
	if p.watch != nil {
		p.watch(s)
	}
	p.mu.Lock()
	p.state = s
	p.mu.Unlock()
	p.wake()
}

// wake has the person look again.
func (p *person) wake() {
	select {
	case p.news <- struct{}{}:
	default:
	}
}

// until waits for a state.
func (p *person) until(what string, ok func(wizard.State) bool) wizard.State {
	p.t.Helper()
	limit := time.NewTimer(restTime)
	defer limit.Stop()
	for {
		p.mu.Lock()
		s := p.state
		p.mu.Unlock()
		if ok(s) {
			return s
		}
		select {
		case <-p.news:
		case <-limit.C:
			p.t.Fatalf("never came to: %s\nscreen %s, page %v\nadmin %+v\nuser %+v\nprobe %+v", what, s.Screen, s.Wizard.Draft.Step, s.Wizard.Admin, s.Wizard.User, s.Wizard.Probe)
		}
	}
}

// rest waits until everything that was sent has been taken in and nothing is under way.
func (p *person) rest() wizard.State {
	p.t.Helper()
	p.marks++
	mark := strconv.Itoa(p.marks)
	p.runner.Send(wizard.Edited{Field: connector.FieldSearch, Value: mark})
	return p.until("rest", func(s wizard.State) bool { return s.Home.Search == mark && s.Home.Loaded && !p.underWay(s) })
}

// underWay reports whether something goes on. Where a browser stays on an error page, a consent never gets its answer.
func (p *person) underWay(s wizard.State) bool {
	w, d := s.Wizard, s.Detail
	for _, work := range []wizard.Work{w.Ready.Work, w.Lookup.Work, w.Probe.Work, w.StoringSecret, w.Checking, w.Saving, d.Checking, d.Work} {
		if work.Running {
			return true
		}
	}
	return w.Open && !w.Ready.Done || w.Probe.Retry != nil || p.goesOn(w.Admin) || p.goesOn(w.User)
}

func (p *person) goesOn(c wizard.Consent) bool {
	return c.Busy() && (c.Phase != wizard.PhaseWaiting || !p.w.browsers.stays() && !p.inVain[c.Attempt])
}

// tellOfError does what the program asks for where the browser shows an error: copy its text and have it explained.
func (p *person) tellOfError() {
	p.t.Helper()
	s := p.rest()
	text := p.w.browsers.untold()
	if text == "" {
		return
	}
	p.inVain[s.Wizard.Admin.Attempt], p.inVain[s.Wizard.User.Attempt] = true, true
	p.press("tell-error")
	p.runner.Send(wizard.Edited{Field: connector.FieldTold, Value: text})
	p.press("explain-error")
}

// press presses a button that is there and can be pressed.
func (p *person) press(id string) {
	p.t.Helper()
	v := view.Project(p.rest())
	for _, b := range buttonsOf(reflect.ValueOf(v)) {
		if b.ID != id {
			continue
		}
		if b.Disabled || b.Event == nil {
			p.t.Fatalf("%s on page %s can't be pressed: %q, %q", id, v.Page, b.Reason.Key, v.Footer.Reason.Key)
		}
		p.runner.Send(b.Event)
		return
	}
	for _, item := range v.Rail {
		if item.ID == id && item.Go != nil {
			p.runner.Send(item.Go)
			return
		}
	}
	p.t.Fatalf("page %s has no button %s", v.Page, id)
}

// buttonsOf collects every button of a view.
func buttonsOf(v reflect.Value) []view.Button {
	found := []view.Button{}
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			return buttonsOf(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			found = append(found, buttonsOf(v.Index(i))...)
		}
	case reflect.Struct:
		if b, ok := v.Interface().(view.Button); ok {
			return []view.Button{b}
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				found = append(found, buttonsOf(v.Field(i))...)
			}
		}
	default:
	}
	return found
}

// begin opens the wizard on a new draft.
func (p *person) begin() {
	p.t.Helper()
	p.press("main")
	p.until("the wizard", func(s wizard.State) bool { return s.Wizard.Open })
}

// unlock agrees to a change of a field that undoes a consent.
func (p *person) unlock(f connector.Field) {
	p.t.Helper()
	if p.rest().Wizard.Locked(f) {
		p.press("change-" + string(f))
		p.press("change-agree")
	}
}

// fill types a value into a field, unless it has it already.
func (p *person) fill(f connector.Field, value string) {
	p.t.Helper()
	for _, block := range view.Project(p.rest()).Blocks {
		in, ok := block.(view.Input)
		if !ok || in.Field != f {
			continue
		}
		if in.Value == value {
			return
		}
		p.unlock(f)
		p.runner.Send(wizard.Edited{Field: f, Value: value})
		return
	}
	p.t.Fatalf("there is no field %s", f)
}

// tick sets every check box of the page but the one of GroupMember.Read.All.
func (p *person) tick() {
	p.t.Helper()
	for _, block := range view.Project(p.rest()).Blocks {
		if box, ok := block.(view.Tick); ok && !box.On && !connector.IsScopes(box.Field) {
			p.runner.Send(wizard.Ticked{Field: box.Field, On: true})
		}
	}
}

// ask does what a page asks for.
func (p *person) ask(s wizard.State) {
	p.t.Helper()
	w, step := s.Wizard, s.Wizard.Draft.Step
	redo := p.redo[step]
	delete(p.redo, step)
	switch step {
	case connector.StepBefore:
		p.fill(connector.FieldTenant, p.facts.Domain)
		p.tick()
	case connector.StepAccount:
		p.fill(connector.FieldUPN, p.w.cloud.Facts().IntegrationUPN)
	case connector.StepMFA:
		p.tick()
	case connector.StepConnector:
		p.register(w, redo)
	case connector.StepAdmin:
		if redo || w.Draft.Admin.Status != connector.AdminReported {
			p.start(w.Admin, "admin-stop", "start-default")
		}
	case connector.StepUser:
		if redo || w.SignedIn == nil {
			p.start(w.User, "user-stop", "start-private")
		}
	default:
	}
}

// start begins a consent, and before that ends the one that never gets its answer.
func (p *person) start(c wizard.Consent, stop, start string) {
	p.t.Helper()
	if c.Busy() {
		p.press(stop)
	}
	p.press(start)
}

// register describes the app registration.
func (p *person) register(w wizard.Wizard, redo bool) {
	p.t.Helper()
	kind := auth.ClientKind(p.facts.ClientKind)
	if w.Draft.ClientKind != kind {
		p.unlock(connector.FieldClientKind)
		p.runner.Send(wizard.Chosen{Field: connector.FieldClientKind, Value: string(kind)})
	}
	p.fill(connector.FieldClientID, p.facts.ClientID)
	if w.Draft.WithGroups != p.facts.WithGroups {
		p.unlock(connector.FieldWithGroups)
		p.runner.Send(wizard.Ticked{Field: connector.FieldWithGroups, On: p.facts.WithGroups})
	}
	if kind != auth.PublicClient && (redo || !w.Draft.HasSecret) {
		field, text := connector.FieldSecret, p.facts.ClientSecret
		if kind == auth.CertificateClient {
			field, text = connector.FieldCertificate, p.facts.Certificate
		}
		p.runner.Send(wizard.SecretEntered{Field: field, Secret: auth.NewSecret(text)})
	}
}
