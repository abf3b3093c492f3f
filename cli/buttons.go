package cli

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// buttonsOf returns the buttons of a block that it shows at first.
func buttonsOf(b view.Block) []view.Button {
	switch b := b.(type) {
	case view.Notice:
		return b.Buttons
	case view.Listing:
		return b.Buttons
	case view.Actions:
		return b.Buttons
	case view.Row:
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
	// What takes an input is offered with that input; what goes home is the last choice of every menu. The settings are the window's.
	switch b.Event.(type) {
	case wizard.TakePaste, wizard.AcceptAccount, wizard.ExplainError, wizard.ReadLinks, wizard.GoHome, wizard.OpenSettings:
		return all
	}
	if tell, ok := b.Event.(wizard.TellError); ok && !tell.Open {
		return all
	}
	if _, copies := b.Event.(wizard.CopyLink); copies && c.engine.Ports.Clipboard == nil {
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
		made.do = func(context.Context) error { c.showCopy(c.Err, c.forOther(b.CopyText)); return nil }
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
	if piece := []line{plain(text)}; c.first(view.Actions{}, "", piece) {
		c.write(c.Err, c.errWidth(), piece)
	}
}

// press does what a button does.
func (c *conversation) press(ctx context.Context, e wizard.Event) error {
	switch e.(type) {
	case wizard.TellError:
		return c.askTold(ctx)
	case wizard.MoreTime:
		return c.act(ctx, e)
	}
	c.forget()
	switch e.(type) {
	case wizard.StartAdmin, wizard.StartUser:
		c.stay = false
	case wizard.OpenHandover:
		return c.handOver(ctx)
	case wizard.Forward:
		return c.forward(ctx)
	case wizard.Back, wizard.GoTo:
		c.stay = true
	}
	return c.act(ctx, e)
}

func (c *conversation) showHelp(topic string) {
	v := view.Help(c.engine.Ports.Preset, c.engine.Ports.Products, topic, "", c.tr.Text)
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
