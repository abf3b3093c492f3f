package program

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui"
	"partner-center-connector/rehearsal"
)

const (
	// pressPause lets a person who watches see each page, and the window draw it.
	pressPause = 700 * time.Millisecond
	// unattendedLimit is how long the whole way may take.
	unattendedLimit = 4 * time.Minute
	// pageTime is how long each practice page is shown before it presses its own button; browserPause is how long a browser gets
	// to show one before it is photographed.
	pageTime     = 1500 * time.Millisecond
	browserPause = 800 * time.Millisecond
	// lookPause is the time between two looks at how far a browser has come.
	lookPause = 50 * time.Millisecond
)

// unattended goes through the wizard by pressing the controls of the real window. A nil one leaves that to a person.
type unattended struct {
	tr       *assets.Translator
	out      io.Writer
	window   *gui.Window
	keeper   keeper.Keeper
	cloud    *rehearsal.Cloud
	send     func(wizard.Event)
	pictures string
	shots    int
	// links reports whether it goes the way of another product's two links.
	links bool
	// waits reports whether a browser is at work, and told is how many error pages were shown before.
	waits bool
	told  int

	mu     sync.Mutex
	state  wizard.State
	view   view.View
	news   chan struct{}
	failed error
	saved  bool
}

// prepareUnattended makes it, so that it is told every state from the first one on.
func (p *program) prepareUnattended() {
	if !p.options.unattended {
		return
	}
	p.unattended = &unattended{
		tr: p.tr, out: p.stdout, keeper: p.engine.Keeper(), cloud: p.rehearsal.cloud, pictures: p.pictures, links: p.links, news: make(chan struct{}, 1),
	}
}

// begin starts it, once the window is up.
func (p *program) begin(ctx context.Context) {
	u := p.unattended
	if u == nil {
		return
	}
	u.window, u.send = p.window, p.runner.Send
	go func() {
		ctx, cancel := context.WithTimeout(ctx, unattendedLimit)
		defer cancel()
		if err := u.walk(ctx); err != nil {
			u.fail(err)
		}
		p.runner.Send(wizard.Quit{})
		p.runner.Send(wizard.LeaveWizard{})
	}()
}

func (u *unattended) follow(s wizard.State, v view.View) {
	if u == nil {
		return
	}
	u.mu.Lock()
	u.state, u.view = s, v
	u.mu.Unlock()
	select {
	case u.news <- struct{}{}:
	default:
	}
}

func (u *unattended) fail(err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.failed = err
	_, _ = fmt.Fprintln(u.out, err)
}

// exitCode is 0 when a connector was saved and verified.
func (u *unattended) exitCode() int {
	if u == nil {
		return 0
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.failed != nil || !u.saved {
		return 1
	}
	return 0
}

func (u *unattended) newest() (wizard.State, view.View) {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.state, u.view
}

// until waits for a state that fits.
func (u *unattended) until(ctx context.Context, what string, fits func(wizard.State) bool) error {
	for {
		s, _ := u.newest()
		if fits(s) {
			return nil
		}
		if p := problemOf(s); p != nil {
			return u.stopped(p)
		}
		if err := u.tellOfError(ctx); err != nil {
			return err
		}
		if err := u.look(ctx); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
}

// problemOf is the problem that the wizard shows.
func problemOf(s wizard.State) *connector.Problem {
	w := s.Wizard
	if refused := append(slices.Clone(w.Links.Refused), s.LinkDifferences()...); len(refused) > 0 {
		return &refused[0]
	}
	for _, p := range []*connector.Problem{w.Ready.Keychain, w.Ready.Elevated, w.Lookup.Problem, w.Lookup.Clock, w.Admin.Problem, w.User.Problem, w.Told.Problem, w.Problem} {
		if p != nil {
			return p
		}
	}
	return nil
}

func (u *unattended) stopped(p *connector.Problem) error {
	u.picture("problem-" + string(p.Kind))
	card := view.ProblemCard(p)
	return fmt.Errorf("%s %s", card.Title.Render(u.tr), p.Code)
}

// walk goes from the home screen to a saved connector, and checks that once more.
func (u *unattended) walk(ctx context.Context) error {
	if u.links {
		return u.walkLinks(ctx)
	}
	steps := []func(context.Context) error{u.home, u.begun, u.firstPages, u.adminConsent, u.userConsent, u.save, u.verify}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (u *unattended) home(ctx context.Context) error {
	if err := u.until(ctx, "the list", func(s wizard.State) bool { return s.Home.Loaded }); err != nil {
		return err
	}
	if err := connector.Sleep(ctx, pressPause); err != nil {
		return err
	}
	u.picture("home")
	return nil
}

func (u *unattended) begun(context.Context) error { return u.press("main") }

// firstPages fills in pages 1 to 4: their fields are filled in already, so there are boxes to tick.
func (u *unattended) firstPages(ctx context.Context) error {
	for step := connector.StepBefore; step < connector.StepAdmin; step++ {
		at := func(s wizard.State) bool { return s.Wizard.Open && s.Wizard.Draft.Step == step }
		if err := u.until(ctx, step.Name(), at); err != nil {
			return err
		}
		if err := u.tickAll(ctx); err != nil {
			return err
		}
		ready := func(s wizard.State) bool { return s.Blocked() == "" && !s.Wizard.Probe.Running }
		if err := u.until(ctx, step.Name()+" complete", ready); err != nil {
			return err
		}
		if err := u.leave(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

func (u *unattended) tickAll(ctx context.Context) error {
	if err := connector.Sleep(ctx, pressPause); err != nil {
		return err
	}
	_, v := u.newest()
	for _, b := range v.Blocks {
		if tick, ok := b.(view.Tick); ok && !tick.On && !connector.IsScopes(tick.Field) {
			if err := u.press(tick.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// leave takes a picture of a page and presses its main button.
func (u *unattended) leave(ctx context.Context, step connector.Step) error {
	if err := connector.Sleep(ctx, pressPause); err != nil {
		return err
	}
	u.picture(step.Name())
	return u.press("main")
}

func (u *unattended) adminConsent(ctx context.Context) error {
	if err := u.consent(ctx, connector.StepAdmin, "start-default", func(s wizard.State) wizard.Consent { return s.Wizard.Admin }); err != nil {
		return err
	}
	reported := func(s wizard.State) bool { return s.Wizard.Draft.Admin.Status == connector.AdminReported }
	return u.until(ctx, "the admin consent", reported)
}

func (u *unattended) userConsent(ctx context.Context) error {
	if err := u.consent(ctx, connector.StepUser, "start-private", func(s wizard.State) wizard.Consent { return s.Wizard.User }); err != nil {
		return err
	}
	return u.until(ctx, "the user consent", func(s wizard.State) bool { return s.Wizard.SignedIn != nil })
}

// consent opens a browser from its page and takes a picture of the screen while the browser is at work.
func (u *unattended) consent(ctx context.Context, step connector.Step, button string, of func(wizard.State) wizard.Consent) error {
	if err := u.until(ctx, step.Name(), func(s wizard.State) bool { return s.Wizard.Draft.Step == step }); err != nil {
		return err
	}
	if err := connector.Sleep(ctx, pressPause); err != nil {
		return err
	}
	u.picture(step.Name() + "-start")
	journal := u.cloud.Journal()
	before := journal.Count("visit")
	u.waits, u.told = true, len(journal.ErrorPages)
	if err := u.press(button); err != nil {
		return err
	}
	asked := func(s wizard.State) bool { return of(s).Started || of(s).Phase == wizard.PhaseDone }
	if err := u.until(ctx, "the browser", asked); err != nil {
		return err
	}
	if err := u.browse(ctx, before, of); err != nil {
		return err
	}
	u.screen(ctx, step.Name()+"-browser")
	return nil
}

// browse waits until the browser shows the page that asks for a second factor, or is through with its pages.
func (u *unattended) browse(ctx context.Context, before int, of func(wizard.State) wizard.Consent) error {
	for u.cloud.Journal().Count("visit")-before < 2 {
		if s, _ := u.newest(); !of(s).Busy() {
			return nil
		}
		if err := u.tellOfError(ctx); err != nil {
			return err
		}
		if err := connector.Sleep(ctx, lookPause); err != nil {
			return err
		}
	}
	return connector.Sleep(ctx, browserPause)
}

func (u *unattended) save(ctx context.Context) error {
	done := func(s wizard.State) bool { return len(s.Wizard.Checks) > 0 && !s.Wizard.Checking.Running }
	if err := u.until(ctx, "the checks", done); err != nil {
		return err
	}
	if s, _ := u.newest(); s.Blocked() != "" {
		u.picture("check-refused")
		return fmt.Errorf("%s", u.tr.Text("reason."+string(s.Blocked()), nil))
	}
	if err := u.leave(ctx, connector.StepCheck); err != nil {
		return err
	}
	return u.until(ctx, "saving", func(s wizard.State) bool { return s.Wizard.Saved != nil })
}

// verify checks the saved connector as `pcc check` would: with no browser, from the keychain.
func (u *unattended) verify(ctx context.Context) error {
	if err := connector.Sleep(ctx, pressPause); err != nil {
		return err
	}
	u.picture("saved")
	s, _ := u.newest()
	c, err := u.keeper.Check(ctx, s.Wizard.Saved.ID, func(connector.Check) {})
	if err != nil {
		return err
	}
	for _, check := range c.Checks {
		_, _ = fmt.Fprintf(u.out, "  [%s] %s\n", view.StateWord(check).Render(u.tr), u.tr.Text("check."+string(check.ID)+".title", nil))
	}
	health := view.Text{Key: "health." + string(c.Health)}.Render(u.tr)
	_, _ = fmt.Fprintln(u.out, u.tr.Text("start.rehearsed", map[string]any{"Name": c.Name, "Health": health}))
	u.mu.Lock()
	defer u.mu.Unlock()
	u.saved = c.Health == connector.HealthNew || c.Health == connector.HealthGood
	return nil
}

// press presses a control of the real window.
func (u *unattended) press(id string) error {
	if !u.window.Press(id) {
		return fmt.Errorf("the window has no control %q that can be pressed", id)
	}
	return nil
}
