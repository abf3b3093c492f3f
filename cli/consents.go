package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// adminTurn goes on where the administrator's answer is known, or gets it: as the command line says, else as the person chooses.
func (c *conversation) adminTurn(ctx context.Context, state wizard.State) error {
	c.tell(state)
	w := state.Wizard
	if state.Blocked() == "" && !c.stay {
		return c.forward(ctx)
	}
	if w.Admin.Problem != nil && !c.mayAsk {
		return ofProblem(w.Admin.Problem)
	}
	way := c.options.adminWay
	if way == "" && !c.mayAsk {
		way = string(wizard.WayDefault)
	}
	if way == "" || c.tried[connector.StepAdmin] || c.stay {
		return c.next(ctx, state)
	}
	c.tried[connector.StepAdmin] = true
	switch way {
	case adminSkip:
		return c.act(ctx, wizard.GoUnconfirmed{})
	case adminOther:
		return c.handOver(ctx)
	}
	return c.begin(ctx, state, wizard.StartAdmin{Way: wizard.Way(way)})
}

// next is what a person chooses; without one the page can't be gone on from.
func (c *conversation) next(ctx context.Context, state wizard.State) error {
	if c.mayAsk {
		return c.menu(ctx)
	}
	return c.notNow(state, state.Blocked())
}

// begin starts a consent; settle waits for its end.
func (c *conversation) begin(ctx context.Context, state wizard.State, start wizard.Event) error {
	reason := state.Refuses(start)
	switch {
	case reason == "":
		return c.act(ctx, start)
	case c.mayAsk:
		return nil
	}
	return c.notNow(state, reason)
}

// notNow ends with the reason why it does not go on, and the flag that helps.
func (c *conversation) notNow(state wizard.State, reason wizard.Reason) error {
	if problem := firstProblem(state); problem != nil {
		return ofProblem(problem)
	}
	if reason == "" {
		return &exitError{code: ExitFailed, err: errors.New(c.tr.Text("cli.error.stuck", map[string]any{"Command": c.command("connect --resume")}))}
	}
	text := c.t("reason." + string(reason))
	if reason == wizard.ReasonSecretMissing && !state.Wizard.Draft.EndedOn.IsZero() {
		return c.usageText("cli.error.for-flag", map[string]any{"Flag": "--secret-stdin | --secret-expires", "Reason": c.t("page.connector.ended.text")})
	}
	if need, known := needs[reason]; known {
		return c.usageText("cli.error.for-flag", map[string]any{"Flag": need.flag, "Reason": text})
	}
	return &exitError{code: ExitFailed, err: errors.New(text)}
}

// handOver makes the link and the text for another person. Without a person here it ends: the answer may come tomorrow.
func (c *conversation) handOver(ctx context.Context) error {
	c.send(wizard.OpenHandover{})
	state, err := c.states.until(ctx, func(s wizard.State) bool {
		return s.Wizard.Draft.Admin.Handover != nil || s.Wizard.Admin.Problem != nil
	})
	if err != nil {
		return err
	}
	if p := state.Wizard.Admin.Problem; p != nil {
		if c.mayAsk {
			return nil
		}
		return ofProblem(p)
	}
	if !c.mayAsk {
		return c.handedOver(state)
	}
	c.showCopy(c.Err, c.letter(view.Project(state)))
	return nil
}

// jsonHandover is the link for another person, for scripts. Its keys never change.
type jsonHandover struct {
	Link  string `json:"link"`
	Text  string `json:"text"`
	Since string `json:"since"`
	// WaitsSince is Since, by the name that it has in a draft.
	WaitsSince string `json:"waitsSince"`
	DraftID    string `json:"draftId"`
}

// handedOver prints the text for another person, and ends.
func (c *conversation) handedOver(state wizard.State) error {
	d := state.Wizard.Draft
	text := c.letter(view.Project(state))
	if c.json {
		since := stamp(d.Admin.Handover.Since)
		h := jsonHandover{Link: d.Admin.Handover.Link, Text: text, Since: since, WaitsSince: since, DraftID: d.ID}
		c.print(map[string]any{"handover": h, "exitCode": ExitSignIn})
		return &exitError{code: ExitSignIn, shown: true}
	}
	_, _ = fmt.Fprintln(c.Out, text)
	return &exitError{code: ExitSignIn, err: errors.New(c.t("cli.connect.handed-over"))}
}

// letter is the text for another person.
func (c *conversation) letter(v view.View) string {
	if texts := copiesOf(v.Blocks); len(texts) > 0 {
		return c.forOther(texts[0])
	}
	return ""
}

// forOther is a text to be handed on. Nothing is put on a clipboard here, so what asks for a link to follow it says where that comes from.
func (c *conversation) forOther(t view.Text) string {
	text := strings.TrimSpace(t.Render(c.tr))
	if t.Key == "page.link-admin.letter" {
		text += "\n" + c.tr.Text("cli.links.letter-link", t.Args)
	}
	return text
}

func (c *conversation) userTurn(ctx context.Context, state wizard.State) error {
	c.tell(state)
	w := state.Wizard
	if w.User.Problem != nil && !c.mayAsk {
		return ofProblem(w.User.Problem)
	}
	if w.SignedIn != nil && !c.stay {
		return c.forward(ctx)
	}
	wanted := c.options.userWay != "" || !c.mayAsk
	if !wanted || c.tried[connector.StepUser] || c.stay {
		return c.next(ctx, state)
	}
	c.tried[connector.StepUser] = true
	start := wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.Mode(c.options.userWay)}
	if c.options.userWay == "link" {
		start = wizard.StartUser{Way: wizard.WayLink}
	}
	return c.begin(ctx, state, start)
}

// checkTurn saves what may be saved. A person is asked first, unless they said yes to everything.
func (c *conversation) checkTurn(ctx context.Context, state wizard.State) error {
	c.tell(state)
	if state.Blocked() == "" && state.Wizard.Draft.Trial == nil && !c.tried[connector.StepCheck] && (c.options.yes || !c.mayAsk) {
		c.tried[connector.StepCheck] = true
		return c.act(ctx, wizard.Save{})
	}
	if c.mayAsk {
		return c.menu(ctx)
	}
	for _, check := range state.Wizard.Checks {
		if check.Weight == connector.WeightNever && check.Problem != nil {
			return ofProblem(check.Problem)
		}
	}
	return c.notNow(state, state.Blocked())
}

// firstProblem is the problem that keeps the first pages from being left, or the links from being opened.
func firstProblem(state wizard.State) *connector.Problem {
	w := state.Wizard
	keychain := w.Ready.Keychain
	if w.Draft.Links != nil {
		keychain = nil // links are held in memory where it is missing
	}
	for _, p := range []*connector.Problem{w.Ready.Elevated, keychain, w.Lookup.Problem, w.Lookup.Clock, w.SecretProblem} {
		if p != nil {
			return p
		}
	}
	if differences := state.LinkDifferences(); len(differences) > 0 {
		return &differences[0]
	}
	return nil
}

func (c *conversation) saved(saved connector.Connector) error {
	h, code := c.healthOf(saved), c.codeOfHealth(saved)
	if c.json {
		c.print(c.jsonOfChecked(saved))
	} else {
		c.out(say("cli.connect.saved", "Name", saved.Name, "Health", view.ConnectorWord(saved, c.now())))
		c.savedHints(saved, h)
	}
	if code != ExitFine {
		return &exitError{code: code, shown: true}
	}
	return nil
}

// savedHints say what to do with a connector that was just saved.
func (c *conversation) savedHints(saved connector.Connector, h connector.Health) {
	if c.quiet {
		return
	}
	next := say("cli.connect.health."+string(h), "Command", c.commandFor("check", saved), "Schedule", c.command("schedule install"))
	if from := saved.CheckFrom(); !from.IsZero() {
		next.Args["From"] = view.OnClock(from, c.now())
	}
	c.out(next)
	if saved.Can().Token {
		c.out(say("cli.connect.next", "Command", c.commandFor("token", saved)))
	}
	if earlier := saved.EarlierIn(); len(earlier) > 0 {
		c.out(say("cli.copies.earlier", "Vault", strings.Join(earlier, ", ")))
	}
}
