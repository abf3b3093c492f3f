package cli

import (
	"context"
	"fmt"
	"sync"
	"time"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

// states holds the newest state that the runner told.
type states struct {
	mu     sync.Mutex
	state  connector.State
	wakeup chan struct{}
}

func newStates() *states { return &states{wakeup: make(chan struct{}, 1)} }

func (s *states) put(state connector.State) {
	s.mu.Lock()
	s.state = state
	s.mu.Unlock()
	select {
	case s.wakeup <- struct{}{}:
	default:
	}
}

func (s *states) newest() connector.State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// until waits for a state that fits. Its error is ctx's.
func (s *states) until(ctx context.Context, fits func(connector.State) bool) (connector.State, error) {
	for {
		if state := s.newest(); fits(state) {
			return state, nil
		}
		select {
		case <-s.wakeup:
		case <-ctx.Done():
			return connector.State{}, ctx.Err()
		}
	}
}

// conversation leads through the wizard in a terminal: it prints the pages that the window would draw, asks for what is
// missing, and presses the same buttons.
type conversation struct {
	*program
	prompt  *prompt
	options connectOptions
	send    func(connector.Event)
	states  *states
	page    string
	// asked has the inputs that were asked for or given on the command line.
	asked map[string]bool
	given []connector.Event
	tries int
}

func (c *conversation) interactive() bool { return c.InTerminal && !c.options.noInput }

func (c *conversation) run(ctx context.Context, start []connector.Event) error {
	if _, err := c.states.until(ctx, func(s connector.State) bool { return s.Home.Loaded }); err != nil {
		return err
	}
	if err := c.open(ctx, start); err != nil {
		return err
	}
	for {
		state, err := c.settle(ctx)
		if err != nil {
			return err
		}
		if state.Wizard.Saved != nil {
			return c.saved(state)
		}
		if err := c.turn(ctx, state); err != nil {
			return err
		}
	}
}

// open opens the wizard and hands in what the command line gave.
func (c *conversation) open(ctx context.Context, start []connector.Event) error {
	state := c.states.newest()
	if p := state.Home.Problem; p != nil {
		return ofProblem(p)
	}
	if c.options.resume {
		if len(state.Home.Drafts) == 0 {
			return c.usageText("cli.error.no-draft", nil)
		}
		newest := state.Home.Drafts[0]
		for _, d := range state.Home.Drafts {
			if d.Created.After(newest.Created) {
				newest = d
			}
		}
		start = []connector.Event{connector.OpenDraft{ID: newest.ID}}
	}
	for _, e := range start {
		c.send(e)
	}
	if _, err := c.states.until(ctx, func(s connector.State) bool { return s.Wizard.Open }); err != nil {
		return err
	}
	for _, e := range c.given {
		c.send(e)
		c.note(e)
	}
	return c.handedIn(ctx)
}

// note remembers which fields the command line gave, so that they are not asked for.
func (c *conversation) note(e connector.Event) {
	switch e := e.(type) {
	case connector.Edited:
		c.asked[string(e.Field)] = true
	case connector.Chosen:
		c.asked[string(e.Field)] = true
	case connector.Ticked:
		c.asked[string(e.Field)] = true
	case connector.SecretEntered:
		c.asked[string(e.Field)] = true
	}
}

// handedIn waits until the runner has taken everything that was sent: the events come back in order, so a marker tells.
func (c *conversation) handedIn(ctx context.Context) error {
	mark := time.Now().String()
	c.send(connector.Edited{Field: connector.FieldSearch, Value: mark})
	_, err := c.states.until(ctx, func(s connector.State) bool { return s.Home.Search == mark })
	return err
}

// settle waits until nothing is under way that ends by itself.
func (c *conversation) settle(ctx context.Context) (connector.State, error) {
	state, err := c.states.until(ctx, func(s connector.State) bool { return !underWay(s.Wizard) && s.Wizard.Open })
	return state, err
}

func underWay(w connector.Wizard) bool {
	return w.Ready.Running || w.Lookup.Running || w.StoringSecret.Running || w.Probe.Running || w.Checking.Running || w.Saving.Running ||
		w.Admin.Busy() || w.User.Busy()
}

// turn shows the page, once, and does what is next on it.
func (c *conversation) turn(ctx context.Context, state connector.State) error {
	v := view.Project(state)
	if v.Page != c.page {
		c.page, c.tries = v.Page, 0
		c.showPage(v)
		if c.interactive() {
			if err := c.askInputs(ctx, v); err != nil {
				return err
			}
			var err error
			if state, err = c.settle(ctx); err != nil {
				return err
			}
		}
	}
	if state.Wizard.Problem != nil {
		return ofProblem(state.Wizard.Problem)
	}
	switch state.Wizard.Draft.Step {
	case connector.StepAdmin:
		return c.adminTurn(ctx, state)
	case connector.StepUser:
		return c.userTurn(ctx, state)
	case connector.StepCheck:
		return c.checkTurn(ctx, state)
	}
	if state.Blocked() == "" {
		return c.act(ctx, connector.Forward{})
	}
	return c.stuck(ctx, state)
}

// act sends an event and waits until it was taken.
func (c *conversation) act(ctx context.Context, e connector.Event) error {
	c.send(e)
	return c.handedIn(ctx)
}

// stuck says why the page can't be left. Where a person is there, they are asked; else it ends with the reason.
func (c *conversation) stuck(ctx context.Context, state connector.State) error {
	v := view.Project(state)
	c.tries++
	if problem := firstProblem(state.Wizard); problem != nil && (!c.interactive() || c.tries > 1) {
		if !c.interactive() {
			return ofProblem(problem)
		}
		_, _ = fmt.Fprint(c.Err, c.problemText(problem))
	}
	if !c.interactive() {
		return c.usageText("cli.error.blocked", map[string]any{"Reason": v.Footer.Reason.Render(c.tr), "Flag": flagFor(state.Blocked())})
	}
	c.say(v.Footer.Reason)
	return c.menu(ctx, v)
}

// firstProblem is the problem that keeps the first pages from being left.
func firstProblem(w connector.Wizard) *connector.Problem {
	for _, p := range []*connector.Problem{w.Ready.Elevated, w.Ready.Keychain, w.Lookup.Problem, w.SecretProblem} {
		if p != nil {
			return p
		}
	}
	return nil
}

// flagFor names the flag that gives what is missing.
func flagFor(r connector.Reason) string {
	flags := map[connector.Reason]string{
		connector.ReasonTenantMissing: "--tenant", connector.ReasonTenantUnknown: "--tenant", connector.ReasonChooseCloud: "--tenant",
		connector.ReasonTicks: "--yes", connector.ReasonTickMFA: "--yes", connector.ReasonUPNMissing: "--user", connector.ReasonUPNInvalid: "--user",
		connector.ReasonNameMissing: "--name", connector.ReasonNameTaken: "--name", connector.ReasonNameLong: "--name",
		connector.ReasonClientIDMissing: "--client-id", connector.ReasonClientIDInvalid: "--client-id",
		connector.ReasonRedirectInvalid: "--redirect-path", connector.ReasonSecretMissing: "--secret-stdin, --certificate",
	}
	return flags[r]
}

func (c *conversation) adminTurn(ctx context.Context, state connector.State) error {
	if state.Blocked() == "" {
		return c.act(ctx, connector.Forward{})
	}
	if p := state.Wizard.Admin.Problem; p != nil {
		if !c.interactive() {
			return ofProblem(p)
		}
		_, _ = fmt.Fprint(c.Err, c.problemText(p))
		return c.menu(ctx, view.Project(state))
	}
	if c.options.adminWay == "" && c.interactive() {
		return c.menu(ctx, view.Project(state))
	}
	switch c.options.adminWay {
	case "skip":
		return c.act(ctx, connector.GoUnconfirmed{})
	case "other-person":
		return c.handOver(ctx)
	}
	way := connector.Way(c.options.adminWay)
	if way == "" {
		way = connector.WayDefault
	}
	return c.consent(ctx, connector.StartAdmin{Way: way})
}

// handOver prints the link and the text for another person, and ends: the answer may come tomorrow.
func (c *conversation) handOver(ctx context.Context) error {
	c.send(connector.OpenHandover{})
	state, err := c.states.until(ctx, func(s connector.State) bool {
		return s.Wizard.Draft.Admin.Handover != nil || s.Wizard.Admin.Problem != nil
	})
	if err != nil {
		return err
	}
	if p := state.Wizard.Admin.Problem; p != nil {
		return ofProblem(p)
	}
	c.printTexts(view.Project(state))
	if !c.interactive() {
		c.say(say("cli.connect.handed-over"))
		return &exitError{code: ExitSignIn, shown: true}
	}
	return c.menu(ctx, view.Project(state))
}

func (c *conversation) userTurn(ctx context.Context, state connector.State) error {
	if p := state.Wizard.User.Problem; p != nil {
		if !c.interactive() {
			return ofProblem(p)
		}
		_, _ = fmt.Fprint(c.Err, c.problemText(p))
		return c.menu(ctx, view.Project(state))
	}
	if state.Wizard.SignedIn != nil {
		return c.act(ctx, connector.GoTo{Step: connector.StepCheck})
	}
	if c.options.userWay == "" && c.interactive() {
		return c.menu(ctx, view.Project(state))
	}
	way, mode := connector.WayPrivate, browser.Mode(c.options.userWay)
	if c.options.userWay == "link" {
		way, mode = connector.WayLink, ""
	}
	return c.consent(ctx, connector.StartUser{Way: way, Mode: mode})
}

// consent starts a consent and tells what is waited for until it ends.
func (c *conversation) consent(ctx context.Context, start connector.Event) error {
	if reason := c.states.newest().Wizard.ConsentBlocked(); reason != "" {
		if problem := firstProblem(c.states.newest().Wizard); problem != nil {
			return ofProblem(problem)
		}
		return &exitError{code: ExitFailed, err: fmt.Errorf("%s", c.t("reason."+string(reason)))}
	}
	if err := c.act(ctx, start); err != nil {
		return err
	}
	told := ""
	_, err := c.states.until(ctx, func(s connector.State) bool {
		told = c.tellWait(s, told)
		return !s.Wizard.Admin.Busy() && !s.Wizard.User.Busy()
	})
	return err
}

// tellWait prints what is waited for whenever that changes, and returns what it told last.
func (c *conversation) tellWait(state connector.State, told string) string {
	v := view.Project(state)
	for _, b := range v.Blocks {
		w, ok := b.(view.Wait)
		if !ok {
			continue
		}
		text := w.Text.Render(c.tr)
		link := state.Wizard.Admin.Link + state.Wizard.User.Link
		if now := text + link; now != told {
			_, _ = fmt.Fprintln(c.Err, text)
			if link != "" {
				_, _ = fmt.Fprintln(c.Err, link)
			}
			c.say(say("cli.connect.until", "Until", w.Until))
			told = now
		}
	}
	return told
}

func (c *conversation) checkTurn(ctx context.Context, state connector.State) error {
	if len(state.Wizard.Checks) == 0 && state.Wizard.SignedIn != nil {
		return c.act(ctx, connector.RunChecks{})
	}
	if !c.json {
		for _, check := range state.Wizard.Checks {
			c.showCheck(check)
		}
	}
	if state.Blocked() == "" {
		if c.options.yes || !c.interactive() {
			return c.act(ctx, connector.Save{})
		}
		ok, err := c.prompt.yes(ctx, c.t("cli.connect.save"))
		if err != nil {
			return err
		}
		if ok {
			return c.act(ctx, connector.Save{})
		}
	}
	if !c.interactive() {
		return c.notSaved(state)
	}
	return c.menu(ctx, view.Project(state))
}

// notSaved ends with the exit code of the check that keeps the connector from being saved.
func (c *conversation) notSaved(state connector.State) error {
	for _, check := range state.Wizard.Checks {
		if check.Weight == connector.WeightNever && check.Problem != nil {
			return ofProblem(check.Problem)
		}
	}
	return &exitError{code: ExitFailed, err: fmt.Errorf("%s", c.t("reason."+string(state.Blocked())))}
}

func (c *conversation) saved(state connector.State) error {
	saved := *state.Wizard.Saved
	code := codeOfHealth(saved)
	if c.json {
		c.print(map[string]any{"connector": jsonOfConnector(saved), "health": string(saved.Health), "checks": c.jsonChecks(saved.Checks), "exitCode": code})
	} else {
		c.out(say("cli.connect.saved", "Name", saved.Name, "Health", say("health."+string(saved.Health))))
		c.out(say("cli.connect.next", "Name", saved.Name))
	}
	if code != ExitFine {
		return &exitError{code: code, shown: true}
	}
	return nil
}
