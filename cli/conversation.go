package cli

import (
	"context"
	"errors"
	"reflect"
	"strconv"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/runner"
	"partner-center-connector/connector/store"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// conversation leads through the wizard in a terminal: it prints the pages that the window would draw, asks for what is
// missing, and presses the same buttons. Where nobody can be asked it goes on by what the command line says.
type conversation struct {
	*program
	options connectOptions
	engine  *engine.Engine
	send    func(wizard.Event)
	states  *states
	marks   int

	// page is the page that is shown; told has the lines of it that were printed, so that none comes twice.
	page string
	// head is the page's title until it was printed, where nobody reads along.
	head string
	told map[string]bool
	// opened has the folds of the page, by their IDs, that the person had shown.
	opened map[string]bool
	// asked has the inputs that were asked for, or given on the command line; prompted those that a person was asked for.
	asked, prompted map[connector.Field]bool
	// tried has the consents that were started because the command line says how.
	tried map[connector.Step]bool
	// links are the text with links that the command line brought, until it is read.
	links auth.Secret
	// stay reports whether the person went back to the page, so that it is not left by itself.
	stay bool
	// stdinClosed reports whether standard input ended while a consent was waited for.
	stdinClosed bool
	// answered is the input that was answered last; what came of it is to be told.
	answered connector.Field
	// before is what the last turn began with, and idle how many turns in a row changed nothing and asked nothing.
	before situation
	idle   int
}

// situation is what a turn can change: the state, and how much was asked.
type situation struct {
	state     wizard.State
	questions int
}

// maxIdle is how many turns may change nothing and ask nothing: those that only note what was tried already.
const maxIdle = 3

// converse drives the same state machine as the window does.
func (p *program) converse(ctx context.Context, o connectOptions) error {
	p.noInput = o.noInput
	p.mayAsk = p.InTerminal && !o.noInput
	o = p.cleaned(o)
	if err := p.checkConnect(o); err != nil {
		return err
	}
	e, err := p.engine()
	if err != nil {
		return err
	}
	p.mayAsk = p.mayAsk && !o.complete(e.Ports.Preset)
	if err := firstError(p.checkProduct(o, e.Ports.Products), p.checkMissing(o, e.Ports.Preset)); err != nil {
		return err
	}
	secret, err := p.givenSecret(ctx, o)
	if err != nil {
		return err
	}
	links, err := p.givenLinks(ctx, o)
	if err != nil {
		return err
	}
	if o.renew == "" {
		p.warnOfPreset(e.Ports.Preset)
	}
	c := &conversation{
		program: p, options: o, engine: e, states: newStates(), links: links,
	}
	c.begun()
	runner := runner.New(e.Ports, nil, c.states.put)
	if o.waitGiven || !p.mayAsk {
		runner.WaitForSecret(o.wait)
	}
	runner.StartWith(store.PeekSettings(e.Store.Dir()), connector.Settings{}, connector.Computer{})
	c.send = runner.Send
	// The runner ends after the conversation, not with it: the draft is to be closed in order.
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go func() { defer close(ended); runner.Run(run) }()
	err = c.run(ctx, secret)
	left, err := c.leave(run, err)
	cancel()
	await(ended, endLimit)
	return c.withDraft(err, left)
}

// begun notes that a draft was just begun or opened: nothing on its pages was told, asked or tried yet.
func (c *conversation) begun() {
	c.page, c.stay, c.answered = "", false, ""
	c.opened = map[string]bool{}
	c.told, c.asked, c.prompted, c.tried = map[string]bool{}, onlyInMenu(), map[connector.Field]bool{}, map[connector.Step]bool{}
}

// onlyInMenu are the inputs that hardly anybody needs: they count as asked for, and the menu of their page offers them.
func onlyInMenu() map[connector.Field]bool {
	fields := map[connector.Field]bool{connector.FieldRegisterBy: true, connector.FieldMoreScopes: true}
	for _, f := range connector.ScopeFields {
		fields[f] = true
	}
	return fields
}

// How long a program that is to end waits for its parts: for the wizard to close, and for everything else.
const (
	closeLimit = time.Second
	endLimit   = 5 * time.Second
)

func await(ended <-chan struct{}, limit time.Duration) {
	t := time.NewTimer(limit)
	defer t.Stop()
	select {
	case <-ended:
	case <-t.C:
	}
}

func (c *conversation) run(ctx context.Context, secret wizard.SecretEntered) error {
	state, err := c.states.until(ctx, func(s wizard.State) bool { return s.Home.Loaded })
	if err != nil {
		return err
	}
	if p := state.Home.Problem; p != nil {
		if !readable(c.engine) {
			return ofProblem(p)
		}
		c.showProblem(c.Err, c.errWidth(), p) // it is not about the connector that is made here
	}
	start, err := c.start(ctx, state, secret)
	if err != nil {
		return err
	}
	if err := c.open(ctx, start, c.options.events(secret)); err != nil {
		return err
	}
	c.in.backs = true
	for {
		state, err := c.settle(ctx)
		switch {
		case err != nil:
			return err
		case state.Wizard.Saved != nil:
			return c.saved(*state.Wizard.Saved)
		case !state.Wizard.Open:
			return errStopped
		}
		turn := c.turn
		if c.stuck(state) {
			turn = c.next
		}
		err = turn(ctx, state)
		if errors.Is(err, errBack) {
			err = c.back(ctx)
		}
		if err != nil && !errors.Is(err, errMoved) {
			return c.onItsPage(err)
		}
	}
}

// stuck reports whether the turns do not lead on any more. Then a person chooses, and a script is told why.
func (c *conversation) stuck(state wizard.State) bool {
	state.Home.Search = "" // it has the marks
	now := situation{state, c.in.questions}
	if reflect.DeepEqual(now, c.before) {
		c.idle++
	} else {
		c.idle = 0
	}
	c.before = now
	return c.idle >= maxIdle
}

// open opens the wizard and hands in what the command line gave.
func (c *conversation) open(ctx context.Context, start, given []wizard.Event) error {
	for _, e := range start {
		c.send(e)
	}
	state, err := c.states.until(ctx, func(s wizard.State) bool { return s.Wizard.Open })
	if err != nil {
		return err
	}
	if err := c.checkFit(c.options, state.Wizard.Draft.Links != nil); err != nil {
		return err
	}
	given = fitting(given, state.Wizard.Draft)
	if f := overruled(state.Wizard, given); f != "" {
		return c.refuseChange(state.Wizard, f)
	}
	if c.options.secretExpires != "" && kindAfter(state.Wizard.Draft, given) != auth.SecretClient {
		return c.usageText("cli.error.for-flag", map[string]any{"Flag": "--secret-expires", "Reason": c.t("cli.error.secret-expires")})
	}
	for _, e := range given {
		c.send(e)
		c.asked[fieldOf(e)] = true
	}
	if c.asked[connector.FieldClientID] {
		for _, f := range optional {
			c.asked[f] = true
		}
		// No end of a client secret can be guessed: without it nothing can warn of it.
		c.asked[connector.FieldSecretExpires] = c.options.secretExpires != ""
	}
	if err := c.handedIn(ctx); err != nil {
		return err
	}
	state, err = c.settle(ctx)
	if err != nil {
		return err
	}
	c.takePreset(state.Wizard)
	if err := c.checkBrowsers(state.Wizard); err != nil {
		return err
	}
	if err := c.takeLinks(ctx); err != nil {
		return err
	}
	return c.takeAnswer(ctx)
}

// optional are the inputs that have a good value to begin with. Who gives the client ID by a flag gives these by flags, too.
var optional = []connector.Field{
	connector.FieldName, connector.FieldRedirectPath, connector.FieldSecretExpires, connector.FieldWithGroups, connector.FieldRole, connector.FieldFor,
}

// handedIn waits until the runner has taken everything that was sent, and what came back at once of it: events come back in order,
// so a mark tells.
func (c *conversation) handedIn(ctx context.Context) error {
	for range 2 {
		c.marks++
		mark := "\x00" + strconv.Itoa(c.marks)
		c.send(wizard.Edited{Field: connector.FieldSearch, Value: mark})
		if _, err := c.states.until(ctx, func(s wizard.State) bool { return s.Home.Search == mark }); err != nil {
			return err
		}
	}
	return nil
}

// act sends an event and waits until it was taken.
func (c *conversation) act(ctx context.Context, e wizard.Event) error {
	c.send(e)
	return c.handedIn(ctx)
}

// onItsPage names the page that a problem ended on, if nothing of that page was told before.
func (c *conversation) onItsPage(err error) error {
	var failed *exitError
	if errors.As(err, &failed) && failed.problem != nil && !c.quiet {
		c.tellHead()
	}
	return err
}

// turn shows the page and does what is next on it.
func (c *conversation) turn(ctx context.Context, state wizard.State) error {
	v := c.project(state)
	if v.Page != c.page {
		c.page, c.told, c.opened = v.Page, map[string]bool{}, map[string]bool{}
		v = c.project(state)
		if state.Wizard.Draft.Step > connector.StepLinks {
			c.asked[connector.FieldLinks] = false // each page of a link asks for its own
		}
		c.showHead(v)
		c.tellPreset(state)
	}
	if p := state.Wizard.Problem; p != nil && !c.mayAsk {
		return ofProblem(p)
	}
	if state.LinkOffer.Field != "" {
		return c.offerLinks(ctx, state)
	}
	switch state.Wizard.Draft.Step {
	case connector.StepLinkAdmin:
		return c.linkTurn(ctx, state, link.Admin)
	case connector.StepLinkUser:
		return c.linkTurn(ctx, state, link.User)
	case connector.StepLinkFinish:
		return c.finishTurn(ctx, state)
	case connector.StepAdmin:
		return c.adminTurn(ctx, state)
	case connector.StepUser:
		return c.userTurn(ctx, state)
	case connector.StepCheck:
		return c.checkTurn(ctx, state)
	default:
		return c.inputTurn(ctx, state)
	}
}

// forward goes on to the next page.
func (c *conversation) forward(ctx context.Context) error {
	c.stay = false
	return c.act(ctx, wizard.Forward{})
}

// leave closes the wizard where it is still open, has the error's problem shown as that of its draft, and returns it where that draft is to
// be kept; nil where there is none. A renewal keeps none, and neither does a wizard in which nothing was typed.
func (c *conversation) leave(run context.Context, err error) (*wizard.Wizard, error) {
	w := c.states.newest().Wizard
	if !w.Open || w.Saved != nil {
		return nil, err
	}
	err = about(err, func(p *connector.Problem) view.Problem { return view.DraftCard(w.Draft, p, c.preset) })
	closing, cancel := context.WithTimeout(run, closeLimit)
	defer cancel()
	c.send(wizard.LeaveWizard{})
	_, _ = c.states.until(closing, func(s wizard.State) bool { return !s.Wizard.Open })
	if err == nil || w.Draft.Renews != "" || w.Draft.Untouched(c.engine.Ports.Preset) {
		return nil, err
	}
	return &w, err
}
