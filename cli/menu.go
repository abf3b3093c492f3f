package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// choice is one way on that a page offers.
type choice struct {
	label   string
	primary bool
	// event is what it sends, if it is a button that does; two that send the same are one.
	event wizard.Event
	do    func(context.Context) error
}

// menu offers what the page's buttons do, its inputs, its help, and the way out. Its error is errMoved when the page changed by itself.
func (c *conversation) menu(ctx context.Context) error {
	return c.offer(ctx, func() []choice { return c.choices(c.project(c.states.newest())) })
}

// wait lets a person end or change a wait: they press Enter, and choose.
func (c *conversation) wait(ctx context.Context) error {
	_, err := c.in.await(ctx, change{c.states.wake, func() bool { return true }})
	if errors.Is(err, errNoAnswer) {
		// Nobody types any more, but the browser may still answer.
		c.stdinClosed = true
		return nil
	}
	if err != nil {
		return err
	}
	c.screen.entered()
	return c.offer(ctx, func() []choice { return c.waitChoices(c.states.newest()) })
}

// offer asks which of several ways to take, as long as they are the same ones.
func (c *conversation) offer(ctx context.Context, ways func() []choice) error {
	choices := ways()
	labels := labelsOf(choices)
	c.screen.gap()
	moved := func() bool { return !slices.Equal(labels, labelsOf(ways())) }
	standard := slices.IndexFunc(choices, func(ch choice) bool { return ch.primary })
	n, err := c.in.option(ctx, c.t("cli.ask.what-next"), labels, standard, change{c.states.wake, moved})
	if errors.Is(err, errMoved) {
		// Nobody pressed Enter behind the question.
		_, _ = fmt.Fprintln(c.Err)
	}
	if err != nil {
		return err
	}
	return choices[n].do(ctx)
}

func labelsOf(choices []choice) []string {
	labels := []string{}
	for _, ch := range choices {
		labels = append(labels, ch.label)
	}
	return labels
}

func (c *conversation) choices(v view.View) []choice {
	all := []choice{}
	if v.Footer.Main != nil {
		all = c.add(all, *v.Footer.Main)
	}
	for _, b := range v.Blocks {
		all = append(c.buttonChoices(all, b), c.inputChoices(b)...)
	}
	all = c.addTools(all, v)
	if v.Footer.Back != nil {
		all = c.add(all, *v.Footer.Back)
	}
	all = append(all, c.pageChoice(v)...)
	return append(all, c.stopChoice())
}

func (c *conversation) waitChoices(state wizard.State) []choice {
	if !consentWaits(state.Wizard) {
		return nil
	}
	nothing := func(context.Context) error { return nil }
	all := []choice{{label: c.t("cli.ask.wait"), primary: true, do: nothing}}
	v := c.project(state)
	for _, b := range v.Blocks {
		all = c.buttonChoices(all, b)
	}
	for i := range all[1:] {
		all[i+1].primary = false
	}
	return append(c.addTools(all, v), c.stopChoice())
}

// addTools adds of what every screen has what a terminal can do: what the other tools are for has no screen here.
func (c *conversation) addTools(all []choice, v view.View) []choice {
	for _, tool := range v.Tools {
		if tool.Command == "help" {
			all = c.add(all, tool)
		}
	}
	return all
}

func (c *conversation) stopChoice() choice {
	key := "cli.ask.stop"
	if c.options.renew != "" {
		key = "cli.ask.stop-renewal"
	}
	return choice{label: c.t(key), do: c.stop}
}

// stop ends the conversation. A sign-in that was made would be lost, which is said before.
func (c *conversation) stop(ctx context.Context) error {
	w := c.states.newest().Wizard
	if w.SignedIn != nil && w.Saved == nil {
		c.say(say("common.leaving.text", "UPN", w.Draft.UPN))
		if ok, err := c.in.yes(ctx, c.t("cli.ask.leave")); err != nil || !ok {
			return upToMenu(err)
		}
	}
	return errStopped
}

// inputChoices offer to enter something, or to enter it again.
func (c *conversation) inputChoices(b view.Block) []choice {
	named := func(key string, label view.Text, do func(context.Context) error) []choice {
		return []choice{{label: c.tr.Text(key, map[string]any{"Label": label.Render(c.tr)}), do: do}}
	}
	switch b := b.(type) {
	case view.Input:
		if b.Locked {
			return nil
		}
		return named("cli.ask.input", b.Label, func(ctx context.Context) error { return c.retype(ctx, b) })
	case view.Tick:
		key := "cli.ask.tick"
		if b.On {
			key = "cli.ask.untick"
		}
		return named(key, b.Label, func(ctx context.Context) error { return c.act(ctx, wizard.Ticked{Field: b.Field, On: !b.On}) })
	case view.Choice:
		if b.Locked || len(b.Options) < 2 {
			return nil
		}
		return named("cli.ask.choose", b.Label, func(ctx context.Context) error { return c.askChoice(ctx, b) })
	}
	return nil
}

// retype asks for an input and does at once what it is for.
func (c *conversation) retype(ctx context.Context, b view.Input) error {
	c.forgetAnswer()
	err := c.askInput(ctx, b)
	if err != nil || b.Field != connector.FieldRetype {
		return err
	}
	if c.states.newest().Wizard.AcceptsRetyped() {
		return c.act(ctx, wizard.AcceptAccount{})
	}
	return nil
}

// pageChoice leads to the pages that can be gone to.
func (c *conversation) pageChoice(v view.View) []choice {
	pages := []choice{}
	for _, r := range v.Rail {
		if r.Go == nil {
			continue
		}
		label := c.tr.Text("common.go-to", map[string]any{"Number": r.Number, "Label": r.Label.Render(c.tr)})
		pages = append(pages, choice{label: label, do: func(ctx context.Context) error { return c.press(ctx, r.Go) }})
	}
	if len(pages) == 0 {
		return nil
	}
	return []choice{{label: c.t("cli.ask.page"), do: func(ctx context.Context) error {
		n, err := c.in.option(ctx, c.t("cli.ask.what-next"), labelsOf(pages), -1, change{})
		if err != nil {
			return upToMenu(err)
		}
		return pages[n].do(ctx)
	}}}
}

// upToMenu takes the wish to go back, from what a menu led to, as one for that menu.
func upToMenu(err error) error {
	if errors.Is(err, errBack) {
		return nil
	}
	return err
}

// back goes back to the page before, where there is one that can be gone to now.
func (c *conversation) back(ctx context.Context) error {
	state := c.states.newest()
	footer := c.project(state).Footer
	if footer.Back == nil || footer.Back.Event != (wizard.Back{}) {
		c.say(say("cli.ask.first-page"))
		return nil
	}
	if reason := state.Refuses(footer.Back.Event); reason != "" {
		c.say(say("reason." + string(reason)))
		return nil
	}
	return c.press(ctx, footer.Back.Event)
}
