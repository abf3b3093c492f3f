package cli

import (
	"context"
	"fmt"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

// showPage prints a page's title and its three answers.
func (c *conversation) showPage(v view.View) {
	if c.json {
		return
	}
	title := v.Title.Render(c.tr)
	if number := stepNumber(v); number > 0 {
		title = c.tr.Text("cli.connect.page", map[string]any{"Number": number, "Steps": connector.StepCount, "Title": title})
	}
	_, _ = fmt.Fprintf(c.Err, "\n%s\n%s\n", title, strings.Repeat("-", len([]rune(title))))
	for _, b := range v.Banner {
		c.say(b)
	}
	for _, a := range v.Answers {
		_, _ = fmt.Fprintf(c.Err, "%s: %s\n", a.Label.Render(c.tr), a.Text.Render(c.tr))
	}
	if c.interactive() {
		c.printTexts(v)
	}
}

func stepNumber(v view.View) int {
	for _, r := range v.Rail {
		if r.State == view.RailHere || r.State == view.RailProblem && r.ID == v.Page {
			return r.Number
		}
	}
	return 0
}

// printTexts prints what a page says in sentences.
func (c *conversation) printTexts(v view.View) {
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case view.Paragraph:
			c.say(b.Text)
		case view.List:
			for i, item := range b.Items {
				mark := "-"
				if b.Numbered {
					mark = fmt.Sprintf("%d.", i+1)
				}
				_, _ = fmt.Fprintf(c.Err, "  %s %s\n", mark, item.Render(c.tr))
			}
		case view.Picture:
			c.say(b.Alt)
		case view.Facts:
			for _, f := range b.Items {
				value := f.Value
				if !f.Text.Empty() {
					value = f.Text.Render(c.tr)
				}
				_, _ = fmt.Fprintf(c.Err, "  %s: %s\n", f.Label.Render(c.tr), value)
			}
		case view.Notice:
			_, _ = fmt.Fprintf(c.Err, "[%s] %s\n", c.t("cli.severity."+string(b.Severity)), b.Title.Render(c.tr))
			if !b.Text.Empty() {
				c.say(b.Text)
			}
		}
	}
}

// askInputs asks for every input of a page that is open and was not given yet.
func (c *conversation) askInputs(ctx context.Context, v view.View) error {
	for _, b := range v.Blocks {
		var err error
		switch b := b.(type) {
		case view.Input:
			err = c.askInput(ctx, b, false)
		case view.Tick:
			err = c.askTick(ctx, b)
		case view.Choice:
			err = c.askChoice(ctx, b)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *conversation) askInput(ctx context.Context, b view.Input, again bool) error {
	if b.Locked || c.asked[string(b.Field)] && !again {
		return nil
	}
	c.asked[string(b.Field)] = true
	if b.Secret {
		return c.askSecret(ctx, b)
	}
	if !b.Hint.Empty() {
		_, _ = fmt.Fprintln(c.Err, "  "+b.Hint.Render(c.tr))
	}
	question := b.Label.Render(c.tr)
	if b.Value != "" {
		question += " [" + b.Value + "]"
	}
	answer, err := c.prompt.line(ctx, question+":")
	if err != nil || answer == "" {
		return err
	}
	return c.act(ctx, connector.Edited{Field: b.Field, Value: answer})
}

func (c *conversation) askSecret(ctx context.Context, b view.Input) error {
	if b.Field == connector.FieldCertificate {
		path, err := c.prompt.line(ctx, c.t("cli.ask.certificate"))
		if err != nil || path == "" {
			return err
		}
		pem, err := readFile(path)
		if err != nil {
			_, _ = fmt.Fprintln(c.Err, err)
			return nil
		}
		return c.act(ctx, secretOf(b.Field, string(pem)))
	}
	secret, err := c.prompt.secret(ctx, b.Label.Render(c.tr)+":")
	if err != nil || secret.Empty() {
		return err
	}
	return c.act(ctx, connector.SecretEntered{Field: b.Field, Secret: secret})
}

func (c *conversation) askTick(ctx context.Context, b view.Tick) error {
	if b.On || c.asked[string(b.Field)] {
		return nil
	}
	c.asked[string(b.Field)] = true
	if !b.Hint.Empty() {
		_, _ = fmt.Fprintln(c.Err, "  "+b.Hint.Render(c.tr))
	}
	ok, err := c.prompt.yes(ctx, b.Label.Render(c.tr))
	if err != nil || !ok {
		return err
	}
	return c.act(ctx, connector.Ticked{Field: b.Field, On: true})
}

func (c *conversation) askChoice(ctx context.Context, b view.Choice) error {
	if b.Locked || c.asked[string(b.Field)] || len(b.Options) < 2 {
		return nil
	}
	c.asked[string(b.Field)] = true
	names, current := []string{}, -1
	for i, o := range b.Options {
		name := o.Plain
		if name == "" {
			name = o.Label.Render(c.tr)
		}
		names = append(names, name)
		if o.Value == b.Value {
			current = i
		}
	}
	n, err := c.prompt.option(ctx, b.Label.Render(c.tr)+":", names, current)
	if err != nil || n == current {
		return err
	}
	return c.act(ctx, connector.Chosen{Field: b.Field, Value: b.Options[n].Value})
}

// choice is one way on that a page offers.
type choice struct {
	label string
	do    func(context.Context) error
}

// menu offers what the page's buttons do, and its inputs again.
func (c *conversation) menu(ctx context.Context, v view.View) error {
	choices := c.choices(v)
	labels := []string{}
	for _, ch := range choices {
		labels = append(labels, ch.label)
	}
	n, err := c.prompt.option(ctx, c.t("cli.ask.what-next"), labels, -1)
	if err != nil {
		return err
	}
	return choices[n].do(ctx)
}

func (c *conversation) choices(v view.View) []choice {
	all := []choice{}
	if v.Footer.Main != nil && !v.Footer.Main.Disabled {
		all = c.addButton(all, *v.Footer.Main)
	}
	for _, b := range v.Blocks {
		for _, button := range buttonsOf(b) {
			all = c.addButton(all, button)
		}
		if input, ok := b.(view.Input); ok && !input.Locked {
			all = append(all, choice{c.tr.Text("cli.ask.again", map[string]any{"Label": input.Label.Render(c.tr)}), func(ctx context.Context) error {
				return c.askInput(ctx, input, true)
			}})
		}
		if tick, ok := b.(view.Tick); ok && !tick.On {
			all = append(all, choice{tick.Label.Render(c.tr), func(ctx context.Context) error {
				return c.act(ctx, connector.Ticked{Field: tick.Field, On: true})
			}})
		}
	}
	if v.Footer.Back != nil && !v.Footer.Back.Disabled {
		all = c.addButton(all, *v.Footer.Back)
	}
	return append(all, choice{c.t("cli.ask.stop"), func(context.Context) error {
		c.say(say("cli.connect.draft-kept"))
		return &exitError{code: ExitFailed, shown: true}
	}})
}

// buttonsOf returns the buttons of a block.
func buttonsOf(b view.Block) []view.Button {
	switch b := b.(type) {
	case view.Notice:
		return b.Buttons
	case view.Actions:
		return b.Buttons
	case view.Input:
		return b.Buttons
	case view.Choice:
		return b.Buttons
	case view.Problem:
		if b.Button == nil {
			return b.Others
		}
		return append([]view.Button{*b.Button}, b.Others...)
	}
	return nil
}

// addButton adds a button that does something in a terminal: one that sends an event or shows a text to be copied.
func (c *conversation) addButton(all []choice, b view.Button) []choice {
	label := b.Label.Render(c.tr)
	switch {
	case b.Disabled:
		return all
	case b.Event != nil:
		return append(all, choice{label, func(ctx context.Context) error { return c.press(ctx, b.Event) }})
	}
	if text := b.Copy + b.CopyText.Render(c.tr) + b.URL; text != "" {
		return append(all, choice{label, func(context.Context) error {
			_, err := fmt.Fprintln(c.Err, text)
			return err
		}})
	}
	return all
}

// press does what a button does. A consent is waited for; what needs a text asks for it first.
func (c *conversation) press(ctx context.Context, e connector.Event) error {
	switch e := e.(type) {
	case connector.StartAdmin, connector.StartUser:
		return c.consent(ctx, e)
	case connector.OpenHandover:
		return c.handOver(ctx)
	case connector.TakePaste:
		return c.askThen(ctx, connector.FieldPaste, "cli.ask.paste", e)
	case connector.AcceptAccount:
		return c.askThen(ctx, connector.FieldRetype, "cli.ask.retype", e)
	case connector.GoTo:
		c.page = ""
	}
	return c.act(ctx, e)
}

func (c *conversation) askThen(ctx context.Context, field connector.Field, key string, e connector.Event) error {
	answer, err := c.prompt.line(ctx, c.t(key))
	if err != nil {
		return err
	}
	if err := c.act(ctx, connector.Edited{Field: field, Value: answer}); err != nil {
		return err
	}
	return c.act(ctx, e)
}

func secretOf(field connector.Field, text string) connector.SecretEntered {
	return connector.SecretEntered{Field: field, Secret: auth.NewSecret(text)}
}
