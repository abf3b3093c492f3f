//go:build e2e && linux

package soak

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/runner"
	"partner-center-connector/connector/safefile"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/rehearsal/visitor"
)

// stepLimit is how long one step of the wizard may take here.
const stepLimit = 60 * time.Second

// place is where an engine works: a folder, a keychain service and the file of a practice cloud.
type place struct {
	dir, service, clouds string
	// now is its clock; nil for the computer's.
	now func() time.Time
}

// open puts an engine together there. Nobody waits for other people's pauses.
func (p place) open(ctx context.Context) (*engine.Engine, error) {
	tr := assets.NewTranslator("en")
	e, err := engine.New(engine.Options{ConfigDir: p.dir, CloudsFile: p.clouds, Service: p.service, Rehearsal: true, Translator: tr, Now: p.now})
	if err != nil {
		return nil, err
	}
	e.Ports.Browsers = people{ctx: ctx, own: visitor.New()}
	e.Ports.Vault = untested{e.Vault}
	e.Ports.Sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	return e, nil
}

// untested is a vault that works: the test of full size, which the wizard makes, is shown elsewhere.
type untested struct{ connector.Vault }

func (untested) Test(ctx context.Context) error { return ctx.Err() }

func (untested) Tested(ctx context.Context) error { return ctx.Err() }

// walk is a wizard, and what is typed into it.
type walk struct {
	facts  facts
	runner *runner.Runner
	mu     sync.Mutex
	state  wizard.State
	news   chan struct{}
}

// facts are what a person knows of the practice cloud.
type facts struct {
	Domain, UPN, ClientID, ClientSecret, Name string
	WithGroups                                bool
}

// begin starts a runner; stop ends it as closing the window does.
func begin(e *engine.Engine, f facts) (w *walk, stop func()) {
	w = &walk{facts: f, news: make(chan struct{}, 1)}
	w.runner = runner.New(e.Ports, nil, w.notice)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); w.runner.Run(ctx) }()
	return w, func() { cancel(); <-ended }
}

func (w *walk) notice(s wizard.State) {
	w.mu.Lock()
	w.state = s
	w.mu.Unlock()
	select {
	case w.news <- struct{}{}:
	default:
	}
}

// until waits for a state, and ends with the problem if one is shown instead.
func (w *walk) until(what string, ok func(wizard.State) bool) error {
	limit := time.NewTimer(stepLimit)
	defer limit.Stop()
	for {
		w.mu.Lock()
		s := w.state
		w.mu.Unlock()
		if ok(s) {
			return nil
		}
		for _, p := range []*connector.Problem{s.Wizard.Problem, s.Wizard.Admin.Problem, s.Wizard.User.Problem, s.Wizard.SecretProblem, s.Detail.Problem, s.Detail.Unread} {
			if p != nil {
				return fmt.Errorf("%s: %+v", what, *p)
			}
		}
		select {
		case <-w.news:
		case <-limit.C:
			return fmt.Errorf("never came to: %s; page %v, %q", what, s.Wizard.Draft.Step, s.Blocked())
		}
	}
}

// step sends events and waits for what they lead to.
type step struct {
	what   string
	events []wizard.Event
	ok     func(wizard.State) bool
}

func (w *walk) all(steps ...step) error {
	for _, s := range steps {
		for _, e := range s.events {
			w.runner.Send(e)
		}
		if err := w.until(s.what, s.ok); err != nil {
			return err
		}
	}
	return nil
}

func at(step connector.Step) func(wizard.State) bool {
	return func(s wizard.State) bool { return s.Wizard.Draft.Step == step }
}

// toAccount goes from the home screen to page 2 with a tenant that is known.
func (w *walk) toAccount() error {
	ticks := []wizard.Event{}
	for _, f := range connector.Ticks1 {
		ticks = append(ticks, wizard.Ticked{Field: f, On: true})
	}
	return w.all(
		step{"home", nil, func(s wizard.State) bool { return s.Home.Loaded }},
		step{"a checked computer", []wizard.Event{wizard.NewConnector{}}, func(s wizard.State) bool { return s.Wizard.Ready.Done }},
		step{"the tenant", append(ticks, wizard.Edited{Field: connector.FieldTenant, Value: w.facts.Domain}), func(s wizard.State) bool {
			return s.Wizard.Draft.Tenant != nil && s.Blocked() == ""
		}},
		step{"page 2", []wizard.Event{wizard.Forward{}}, at(connector.StepAccount)},
	)
}

// toSave goes from the home screen to the page on which only Save is left to press.
func (w *walk) toSave() error {
	f := w.facts
	if err := w.toAccount(); err != nil {
		return err
	}
	err := w.all(
		step{"the integration user", []wizard.Event{wizard.Edited{Field: connector.FieldUPN, Value: f.UPN}}, func(s wizard.State) bool {
			return s.Wizard.Draft.UPN == f.UPN
		}},
		step{"page 3", []wizard.Event{wizard.Forward{}, wizard.Ticked{Field: connector.TickMFA, On: true}}, at(connector.StepMFA)},
		step{"page 4", []wizard.Event{wizard.Forward{}}, at(connector.StepConnector)},
		step{"the registration", []wizard.Event{
			wizard.Chosen{Field: connector.FieldClientKind, Value: string(auth.SecretClient)},
			wizard.Edited{Field: connector.FieldClientID, Value: f.ClientID},
			wizard.Ticked{Field: connector.FieldWithGroups, On: f.WithGroups},
			wizard.Edited{Field: connector.FieldName, Value: f.Name},
			wizard.SecretEntered{Field: connector.FieldSecret, Secret: auth.NewSecret(f.ClientSecret)},
		}, func(s wizard.State) bool {
			return s.Wizard.Draft.HasSecret && !s.Wizard.Probe.Running && s.Blocked() == ""
		}},
		step{"page 5", []wizard.Event{wizard.Forward{}}, at(connector.StepAdmin)},
		step{"the admin consent", []wizard.Event{wizard.StartAdmin{Way: wizard.WayDefault}}, func(s wizard.State) bool {
			return s.Wizard.Draft.Admin.Status == connector.AdminReported
		}},
		step{"page 6", nil, at(connector.StepUser)},
	)
	if err != nil {
		return err
	}
	return w.consent()
}

// toSaveAgain goes from the home screen to the end of a renewal, but for Save.
func (w *walk) toSaveAgain(id string) error {
	err := w.all(
		step{"home", nil, func(s wizard.State) bool { return s.Home.Loaded }},
		step{"the connector", []wizard.Event{wizard.OpenConnector{ID: id}}, func(s wizard.State) bool { return s.Detail.ID == id }},
		step{"page 6", []wizard.Event{wizard.Renew{}}, func(s wizard.State) bool {
			return s.Wizard.Draft.Renews == id && s.Wizard.Draft.Step == connector.StepUser && s.Wizard.Ready.Done && !s.Wizard.Lookup.Running
		}},
	)
	if err != nil {
		return err
	}
	return w.consent()
}

// consent lets the integration user sign in, and waits for the checks.
func (w *walk) consent() error {
	return w.all(
		step{"the user consent", []wizard.Event{wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate}}, func(s wizard.State) bool {
			return s.Wizard.SignedIn != nil
		}},
		step{"the checks", nil, func(s wizard.State) bool {
			return len(s.Wizard.Checks) > 0 && !s.Wizard.Checking.Running && s.Blocked() == ""
		}},
	)
}

// save presses Save and waits until the connector is in the list.
func (w *walk) save() error {
	return w.all(step{"saved", []wizard.Event{wizard.Save{}}, func(s wizard.State) bool { return s.Wizard.Saved != nil }})
}

// onDisk waits until the draft is on the disk as the window shows it, and its writer has released the lock.
func (w *walk) onDisk(e *engine.Engine) error {
	for limit := time.Now().Add(stepLimit); ; {
		w.mu.Lock()
		shown := w.state.Wizard.Draft
		w.mu.Unlock()
		drafts, err := e.Store.Drafts()
		if err != nil {
			return err
		}
		for _, d := range drafts {
			a, _ := json.Marshal(d)
			if b, _ := json.Marshal(shown); string(a) == string(b) {
				return quiet(filepath.Join(e.Store.Dir(), "lists.lock"))
			}
		}
		if time.Now().After(limit) {
			return fmt.Errorf("the draft %s does not come to the disk", shown.ID)
		}
		<-time.After(2 * time.Millisecond)
	}
}

// quiet waits until nobody holds a lock.
func quiet(path string) error {
	ctx, cancel := context.WithTimeout(context.Background(), stepLimit)
	defer cancel()
	lock, err := safefile.WaitLock(ctx, path)
	if err != nil {
		return err
	}
	lock.Release()
	return nil
}
