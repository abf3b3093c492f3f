package cli

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

// choice is one way on that a page offers.
type choice struct {
	label   string
	primary bool
	// event is what it sends, if it is a button that does; two that send the same are one.
	event connector.Event
	do    func(context.Context) error
}

// menu offers what the page's buttons do, its inputs, its help, and the way out. Its error is errMoved when the page changed by itself.
func (c *conversation) menu(ctx context.Context) error {
	return c.offer(ctx, func() []choice { return c.choices(view.Project(c.states.newest())) })
}

// wait lets a person end or change a wait: they press Enter, and choose.
func (c *conversation) wait(ctx context.Context, state connector.State) error {
	_, err := c.in.await(ctx, change{c.states.wake, func() bool { return true }})
	if err != nil && !errors.Is(err, errNoAnswer) {
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
		for _, button := range buttonsOf(b) {
			all = c.add(all, button)
		}
		all = append(all, c.inputChoices(b)...)
	}
	if v.Footer.Back != nil {
		all = c.add(all, *v.Footer.Back)
	}
	all = append(all, c.pageChoice(v)...)
	return append(all, c.stopChoice())
}

func (c *conversation) waitChoices(state connector.State) []choice {
	if !consentWaits(state.Wizard) {
		return nil
	}
	nothing := func(context.Context) error { return nil }
	all := []choice{{label: c.t("cli.ask.wait"), primary: true, do: nothing}}
	for _, b := range view.Project(state).Blocks {
		for _, button := range buttonsOf(b) {
			button.Primary = false
			all = c.add(all, button)
		}
	}
	return append(all, c.stopChoice())
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
			return err
		}
	}
	return errStopped
}

// inputChoices offer to enter something, or to enter it anew.
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
		return named(key, b.Label, func(ctx context.Context) error { return c.act(ctx, connector.Ticked{Field: b.Field, On: !b.On}) })
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
		return c.act(ctx, connector.AcceptAccount{})
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
			return err
		}
		return pages[n].do(ctx)
	}}}
}

// buttonsOf returns the buttons of a block.
func buttonsOf(b view.Block) []view.Button {
	switch b := b.(type) {
	case view.Notice:
		return b.Buttons
	case view.Actions:
		return b.Buttons
	case view.Wait:
		return b.Buttons
	case view.Input:
		return b.Buttons
	case view.Choice:
		return b.Buttons
	case view.Problem:
		return problemButtons(b)
	case view.Checks:
		all := []view.Button{}
		for _, r := range b.Rows {
			if r.Problem != nil {
				all = append(all, problemButtons(*r.Problem)...)
			}
		}
		return all
	}
	return nil
}

func problemButtons(b view.Problem) []view.Button {
	all := slices.Clone(b.Others)
	if b.Button != nil {
		all = slices.Insert(all, 0, *b.Button)
	}
	if !b.CopyForActor.Empty() {
		all = append(all, view.Button{Label: b.Actor, CopyText: b.CopyForActor, Command: forActor})
	}
	return all
}

// forActor marks the text for the person who must act.
const forActor = "for-actor"

// add adds a button that does something in a terminal: one that sends an event, shows a text, opens a page or explains.
func (c *conversation) add(all []choice, b view.Button) []choice {
	// What takes an input is offered with that input; what goes home is the last choice of every menu.
	switch b.Event.(type) {
	case connector.TakePaste, connector.AcceptAccount, connector.ExplainError, connector.GoHome:
		return all
	}
	if tell, ok := b.Event.(connector.TellError); ok && !tell.Open {
		return all
	}
	made := choice{label: b.Label.Render(c.tr), primary: b.Primary, event: b.Event}
	switch {
	case b.Disabled:
		c.sayDisabled(b)
		return all
	case b.Event != nil:
		made.do = func(ctx context.Context) error { return c.press(ctx, b.Event) }
	case b.Command == "help":
		made.do = func(context.Context) error { c.showHelp(b.Topic); return nil }
	case !b.CopyText.Empty():
		key := "cli.ask.show-text"
		if b.Command == forActor {
			key = "cli.ask.show-for-actor"
		}
		made.label, made.primary = c.tr.Text(key, map[string]any{"Label": made.label}), false
		made.do = func(context.Context) error { c.showCopy(c.Err, b.CopyText.Render(c.tr)); return nil }
	case b.URL != "":
		made.do = func(context.Context) error { c.openPage(b.URL); return nil }
	default:
		return all
	}
	same := func(ch choice) bool {
		return ch.label == made.label || ch.event != nil && reflect.DeepEqual(ch.event, made.event)
	}
	if slices.ContainsFunc(all, same) {
		return all
	}
	return append(all, made)
}

// sayDisabled says once why something can't be chosen now.
func (c *conversation) sayDisabled(b view.Button) {
	if b.Reason.Empty() {
		return
	}
	text := c.tr.Text("cli.ask.disabled", map[string]any{"Label": b.Label.Render(c.tr), "Reason": b.Reason.Render(c.tr)})
	if piece := []line{plain(text)}; c.first(view.Actions{}, piece) {
		c.write(c.Err, c.errWidth(), piece)
	}
}

// press does what a button does.
func (c *conversation) press(ctx context.Context, e connector.Event) error {
	switch e.(type) {
	case connector.TellError:
		return c.askTold(ctx)
	case connector.MoreTime:
		return c.act(ctx, e)
	}
	c.forget()
	switch e.(type) {
	case connector.StartAdmin, connector.StartUser:
		c.stay = false
	case connector.OpenHandover:
		return c.handOver(ctx)
	case connector.Forward:
		return c.forward(ctx)
	case connector.Back, connector.GoTo:
		c.stay = true
	}
	return c.act(ctx, e)
}

func (c *conversation) showHelp(topic string) {
	v := view.Help(topic, "", c.tr.Text)
	_, _ = fmt.Fprintf(c.Err, "\n%s\n", v.Title.Render(c.tr))
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case view.Input, view.Actions:
			continue
		case view.Paragraph:
			if b.Role == view.Heading {
				_, _ = fmt.Fprintln(c.Err)
			}
		}
		for _, piece := range c.blockLines(b) {
			c.write(c.Err, c.errWidth(), piece)
		}
	}
}

// openTime is how long the system has to open a page.
const openTime = 10 * time.Second

// openPage prints the address of a page of a portal and opens it, except as root, whose browser is not the person's.
func (c *conversation) openPage(url string) {
	_, _ = fmt.Fprintln(c.Err, strings.TrimSpace(url))
	if c.engine.Ports.Browsers.Elevated() {
		return
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), openTime)
		defer cancel()
		_ = c.engine.Ports.Browsers.OpenDefault(ctx, url)
	}()
}
