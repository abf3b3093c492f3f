package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// fitting are the events that mean something in the draft: what --yes confirms of our own pages is on no page for another product's links.
func fitting(events []wizard.Event, d connector.Draft) []wizard.Event {
	if d.Links == nil {
		return events
	}
	return slices.DeleteFunc(slices.Clone(events), func(e wizard.Event) bool {
		t, ok := e.(wizard.Ticked)
		return ok && (t.Field == connector.TickMFA || slices.Contains(connector.Ticks1, t.Field))
	})
}

// takeLinks reads the text that the command line brought. A script ends with what is wrong with it; a person sees it on the page.
func (c *conversation) takeLinks(ctx context.Context) error {
	if c.links.Empty() {
		return nil
	}
	c.asked[connector.FieldLinks] = true
	if err := c.readLinks(ctx, c.links); err != nil {
		return err
	}
	state, err := c.settle(ctx)
	if err != nil || c.mayAsk {
		return err
	}
	switch form := state.Wizard.Links; {
	case len(form.Refused) > 0:
		return ofProblem(&form.Refused[0])
	case form.Nothing:
		return c.noLinks()
	}
	return nil
}

// readLinks hands in a text, which is read at once.
func (c *conversation) readLinks(ctx context.Context, text auth.Secret) error {
	return c.act(ctx, wizard.SecretEntered{Field: connector.FieldLinks, Secret: text})
}

// askLinks asks for a text with links. It is not shown: a link has a state and a nonce, and a terminal keeps what it showed.
func (c *conversation) askLinks(ctx context.Context, b view.Input) error {
	text, err := c.in.paste(ctx, b.Label.Render(c.tr)+":")
	if err != nil || text.Empty() {
		return err
	}
	c.forgetAnswer()
	c.answered = b.Field
	return c.readLinks(ctx, text)
}

// offerLinks asks what is to become of a link of another product that was typed in where something else was asked for. A sign-in that was made
// would be lost, which is said before. A script is told where a link belongs.
func (c *conversation) offerLinks(ctx context.Context, state wizard.State) error {
	if !c.mayAsk {
		return c.usageText("cli.error.link-elsewhere", nil)
	}
	c.say(say("cli.ask.link-offer"))
	if w := state.Wizard; w.SignedIn != nil {
		c.say(say("common.leaving.text", "UPN", w.Draft.UPN))
	}
	ok, err := c.in.yes(ctx, c.t("cli.ask.link-take"))
	if err != nil {
		return err
	}
	if !ok {
		return c.act(ctx, wizard.RefuseOffer{})
	}
	if err := c.act(ctx, wizard.TakeOffer{}); err != nil {
		return err
	}
	if c.states.newest().Wizard.Leaving {
		if err := c.act(ctx, wizard.LeaveWizard{}); err != nil {
			return err
		}
	}
	c.begun()
	return nil
}

// unreadLinks reports whether something in what was pasted could not be read as a link.
func unreadLinks(f wizard.LinkForm) bool { return f.Nothing || len(f.Refused) > 0 }

// offersTrial reports whether the integration user can be checked before a link is opened, and nobody was asked about that.
func (c *conversation) offersTrial(state wizard.State) bool {
	return state.Wizard.Draft.Step == connector.StepLinks && !c.tried[connector.StepLinks] && state.Refuses(wizard.TryUser{}) == ""
}

func (c *conversation) askTrial(ctx context.Context) error {
	c.tried[connector.StepLinks] = true
	c.hint(say("page.links.try.text"))
	ok, err := c.in.yes(ctx, c.t("page.links.try.button")+"?")
	if err != nil || !ok {
		return err
	}
	return c.act(ctx, wizard.TryUser{})
}

// linkAsks are the inputs of the pages of the links that a person is asked for; the other ones stand in the menu.
var linkAsks = []connector.Field{connector.FieldLinks, connector.TickAddHint, connector.TickAddPrompt, connector.TickLinkSaved}

// askUnasked asks for the first input of a page that was not asked for yet, and reports whether there was one.
func (c *conversation) askUnasked(ctx context.Context, state wizard.State) (bool, error) {
	if !c.mayAsk || c.stay {
		return false, nil
	}
	for _, b := range c.project(state).Blocks {
		switch b := b.(type) {
		case view.Input:
			if slices.Contains(linkAsks, b.Field) && !b.Locked && !c.asked[b.Field] {
				return true, c.ask(ctx, b)
			}
		case view.Tick:
			if slices.Contains(linkAsks, b.Field) && !b.On && !c.asked[b.Field] {
				return true, c.ask(ctx, b)
			}
		}
	}
	return false, nil
}

// linkTurn goes on where it was told that a link's page has said that all is well, or opens the link: as the command line says, else as the
// person chooses.
func (c *conversation) linkTurn(ctx context.Context, state wizard.State, kind link.Kind) error {
	c.answered = ""
	step, consent := state.Wizard.Draft.Step, state.Wizard.LinkConsent(kind)
	if state.Blocked() == "" && !c.stay {
		return c.forward(ctx)
	}
	c.tell(state)
	if asked, err := c.askUnasked(ctx, state); asked || err != nil {
		return err
	}
	switch {
	case consent.Problem != nil && !c.mayAsk:
		return ofProblem(consent.Problem)
	case kind == link.Admin && c.options.adminWay == adminOther && !c.mayAsk && !c.options.links.reports(reportAdmin):
		return c.handedOn(state)
	case state.Wizard.Draft.Links.Of(kind) == nil && !c.mayAsk:
		return c.notNow(state, wizard.ReasonLinkMissing)
	case c.options.links.reports(reportOf(kind)) && !c.tried[step]:
		c.tried[step] = true
		return c.begin(ctx, state, wizard.ReportLink{Kind: kind, Worked: true})
	case kind == link.Admin && c.options.adminWay == adminSkip && !c.tried[step]:
		c.tried[step] = true
		return c.begin(ctx, state, wizard.GoUnconfirmed{})
	}
	if c.tried[step] && !c.mayAsk {
		return c.notReported(reportOf(kind))
	}
	if kind == link.Admin && c.options.adminWay == adminOther && !c.tried[step] {
		c.tried[step] = true
		c.showCopy(c.Err, c.letter(view.Project(state)))
	}
	start := c.startOf(kind)
	if start == nil || c.tried[step] || c.stay {
		return c.next(ctx, state)
	}
	c.tried[step] = true
	if err := c.begin(ctx, state, start); err != nil || c.mayAsk {
		return err
	}
	return c.watchLink(ctx, kind)
}

// startOf is the event that opens a link in the way that the command line says, or that a script goes; nil where a person chooses.
func (c *conversation) startOf(kind link.Kind) wizard.Event {
	way := c.options.userWay
	if kind == link.Admin {
		way = c.options.adminWay
	}
	switch {
	case way == "" && c.mayAsk:
		return nil
	case kind == link.Admin && way == "":
		return wizard.StartAdmin{Way: wizard.WayDefault}
	case kind == link.Admin && (way == adminOther || way == adminSkip):
		return nil
	case kind == link.Admin:
		return wizard.StartAdmin{Way: wizard.Way(way)}
	case way == userDefault:
		return wizard.StartUser{Way: wizard.WayDefault}
	case way == string(wizard.WayLink):
		return wizard.StartUser{Way: wizard.WayLink}
	}
	return wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.Mode(way)}
}

// watchLink waits, for a script, until there is nothing more to see of a link from here: its own window has ended, or another browser was sent
// on to it.
func (c *conversation) watchLink(ctx context.Context, kind link.Kind) error {
	_, err := c.states.until(ctx, func(s wizard.State) bool {
		c.tell(s)
		consent := s.Wizard.LinkConsent(kind)
		own := consent.Way == wizard.WayPrivate || consent.Way == wizard.WayIsolated
		return !consent.Busy() || consent.Started && !own
	})
	if err != nil {
		return err
	}
	if c.states.newest().Wizard.LinkConsent(kind).Problem != nil {
		return nil
	}
	return c.notReported(reportOf(kind))
}

// notReported ends a script that has done what it can: what comes of that, only a person sees.
func (c *conversation) notReported(what string) error {
	return c.unreported("cli.links.not-reported."+what, what)
}

func (c *conversation) unreported(key, what string) error {
	said := append(slices.Clone(c.options.links.reported), what)
	text := c.tr.Text(key, map[string]any{"Flag": "--reported " + strings.Join(said, ",")})
	return &exitError{code: ExitSignIn, kind: "not-reported", err: errors.New(text)}
}

// handedOn prints the text that asks another person for the admin consent, and ends. The link is not in it: its product makes it again.
func (c *conversation) handedOn(state wizard.State) error {
	text, d := c.letter(view.Project(state)), state.Wizard.Draft
	if c.json {
		since := stamp(c.now())
		c.print(map[string]any{"handover": jsonHandover{Text: text, Since: since, WaitsSince: since, DraftID: d.ID}, "exitCode": ExitSignIn})
		return &exitError{code: ExitSignIn, shown: true}
	}
	_, _ = fmt.Fprintln(c.Out, text)
	return c.unreported("cli.links.handed-over", reportAdmin)
}

// finishTurn saves what may be saved. A person is asked first, unless they said yes to everything.
func (c *conversation) finishTurn(ctx context.Context, state wizard.State) error {
	c.tell(state)
	w := state.Wizard
	switch {
	case !w.Draft.Ticks[connector.TickLinkSaved] && c.options.links.reports(reportSaved) && !c.asked[connector.TickLinkSaved]:
		c.asked[connector.TickLinkSaved] = true
		return c.act(ctx, wizard.Ticked{Field: connector.TickLinkSaved, On: true})
	case state.Blocked() == wizard.ReasonTickLinkSaved && !c.mayAsk:
		return c.notReported(reportSaved)
	}
	if asked, err := c.askUnasked(ctx, state); asked || err != nil {
		return err
	}
	return c.checkTurn(ctx, state)
}
