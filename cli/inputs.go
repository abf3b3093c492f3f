package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// inputTurn leads through a page with inputs: it asks for what was not given yet, one after the other, and goes on when the page is
// complete.
func (c *conversation) inputTurn(ctx context.Context, state wizard.State) error {
	if !c.mayAsk {
		return c.inputsGiven(ctx, state)
	}
	v := c.project(state)
	if c.stay {
		c.tell(state)
		return c.menu(ctx)
	}
	if f := c.answered; f != "" {
		c.answered = ""
		if again := c.feedback(state, v, f); again != nil {
			return c.ask(ctx, again)
		}
	}
	if i, next := c.nextInput(v); next != nil {
		c.tellBlocks(v.Blocks[:readBefore(v.Blocks, i)], tellsText)
		return c.ask(ctx, next)
	}
	if state.Wizard.Probe.Running && state.Wizard.Probe.Retry == nil {
		return c.probed(ctx)
	}
	if state.Blocked() == "" {
		c.tellBlocks(view.Flat(v.Blocks), func(b view.Block) bool {
			return isChecks(b) || tellsState(b) || isFacts(b) && state.Wizard.Draft.Links != nil
		})
		if c.offersTrial(state) {
			return c.askTrial(ctx)
		}
		return c.forward(ctx)
	}
	if in := c.notPrompted(v, needs[state.Blocked()].field); in != nil {
		c.say(v.Footer.Reason)
		return c.ask(ctx, in)
	}
	c.tellBlocks(v.Blocks, func(b view.Block) bool { return isChecks(b) || tellsText(b) })
	c.say(v.Footer.Reason)
	return c.menu(ctx)
}

// inputsGiven goes on from a page whose inputs the command line gave. An app registration that Microsoft does not take would end in the
// browser, where a script does not see it, so it ends here.
func (c *conversation) inputsGiven(ctx context.Context, state wizard.State) error {
	c.tell(state)
	probe := state.Wizard.Probe
	switch {
	case state.Blocked() != "":
		return c.missing(ctx, state)
	case probe.Running:
		return c.probed(ctx)
	case probe.Result == connector.ProbeWrong && probe.Problem != nil && state.Wizard.Draft.Step == connector.StepConnector:
		return ofProblem(probe.Problem)
	}
	return c.forward(ctx)
}

// probed waits until the probe of the app registration has ended; a person need not wait while Microsoft is given time.
func (c *conversation) probed(ctx context.Context) error {
	_, err := c.states.until(ctx, func(s wizard.State) bool {
		if s.Wizard.Probe.Running {
			c.tell(s)
		}
		return !s.Wizard.Probe.Running || c.mayAsk && s.Wizard.Probe.Retry != nil
	})
	return err
}

// missing ends with what keeps the page from being left, and the flag that gives it.
func (c *conversation) missing(ctx context.Context, state wizard.State) error {
	reason := state.Blocked()
	if reason == wizard.ReasonChooseCloud && c.options.cloud != "" && !c.asked[connector.FieldCloud] {
		c.asked[connector.FieldCloud] = true
		return c.act(ctx, wizard.Chosen{Field: connector.FieldCloud, Value: c.options.cloud})
	}
	return c.notNow(state, reason)
}

// nextInput is the first input of a page that was not asked for yet, be it in a fold or not, and the index of the block that it is, or is in;
// nil for none.
func (c *conversation) nextInput(v view.View) (int, view.Block) {
	for i, b := range v.Blocks {
		within := view.Flat([]view.Block{b})
		if at := slices.IndexFunc(within, c.toAsk); at >= 0 {
			return i, within[at]
		}
	}
	return -1, nil
}

// toAsk reports whether a block is an input that can be changed and was not asked for yet.
func (c *conversation) toAsk(b view.Block) bool {
	switch b := b.(type) {
	case view.Input:
		return !b.Locked && !c.asked[b.Field]
	case view.Tick:
		return !b.On && !c.asked[b.Field]
	case view.Choice:
		return !b.Locked && len(b.Options) > 1 && !c.asked[b.Field]
	}
	return false
}

// notPrompted is the input of the field, if it can be changed and no person entered its value; nil for none.
func (c *conversation) notPrompted(v view.View, f connector.Field) view.Block {
	for _, b := range view.Flat(v.Blocks) {
		if in, ok := b.(view.Input); ok && f != "" && in.Field == f && !in.Locked && !c.prompted[f] {
			return in
		}
	}
	return nil
}

// readBefore is how far a page is to be read before an input is asked for: to the end of its section, and the whole page where the
// input is a statement about it.
func readBefore(blocks []view.Block, i int) int {
	if t, ok := blocks[i].(view.Tick); ok && t.Field == connector.TickMFA {
		return len(blocks)
	}
	return sectionEnd(blocks, i)
}

func isFacts(b view.Block) bool { _, ok := b.(view.Facts); return ok }

func isChecks(b view.Block) bool { _, ok := b.(view.Checks); return ok }

// sectionEnd is where the section of a block ends: at the next heading.
func sectionEnd(blocks []view.Block, i int) int {
	for end := i + 1; end < len(blocks); end++ {
		if p, ok := blocks[end].(view.Paragraph); ok && p.Role == view.Heading {
			return end
		}
	}
	return len(blocks)
}

// feedback says what came of an answer, and returns the input if it has to be asked for again.
func (c *conversation) feedback(state wizard.State, v view.View, f connector.Field) view.Block {
	c.forget()
	blocks := view.Flat(v.Blocks)
	i := slices.IndexFunc(blocks, func(b view.Block) bool { in, ok := b.(view.Input); return ok && in.Field == f })
	if i < 0 {
		return nil
	}
	c.tellBlocks(blocks[i:sectionEnd(blocks, i)], tellsState)
	in, _ := blocks[i].(view.Input)
	for _, t := range []view.Text{in.Cleaned, in.Good, in.Error} {
		if !t.Empty() {
			indented(c.Err, c.errWidth(), "  ", "  ", t.Render(c.tr))
		}
	}
	need := needs[state.Blocked()].field
	if f == connector.FieldLinks {
		c.tellBlocks(blocks[i:], tellsText)
	}
	if !in.Error.Empty() || f == connector.FieldLinks && unreadLinks(state.Wizard.Links) || f == need || f == connector.FieldCertificate && need == connector.FieldSecret {
		return in
	}
	return nil
}

// ask asks for an input. Who goes back instead of answering is asked again when they come by.
func (c *conversation) ask(ctx context.Context, b view.Block) error {
	var err error
	var field connector.Field
	switch b := b.(type) {
	case view.Input:
		field, err = b.Field, c.askInput(ctx, b)
	case view.Tick:
		field, err = b.Field, c.askTick(ctx, b)
	case view.Choice:
		field, err = b.Field, c.askChoice(ctx, b)
	}
	if errors.Is(err, errBack) {
		c.asked[field] = false
	}
	return err
}

// hint leaves a line empty, and has the next question followed by what there is to know about it.
func (c *conversation) hint(all ...view.Text) {
	c.screen.gap()
	hints := []string{}
	for _, t := range all {
		if !t.Empty() {
			hints = append(hints, t.Render(c.tr))
		}
	}
	c.in.hint = strings.Join(hints, "\n")
}

// askInput asks for a text. An empty answer leaves the input as it is.
func (c *conversation) askInput(ctx context.Context, b view.Input) error {
	hints := []view.Text{}
	if !c.asked[b.Field] {
		hints = append(hints, b.Hint)
	}
	if key := keysHint(b.Field); key != "" {
		hints = append(hints, say(key))
	}
	if len(hints) > 0 {
		c.hint(hints...)
	}
	c.asked[b.Field], c.prompted[b.Field] = true, true
	switch b.Field {
	case connector.FieldSecret, connector.FieldCertificate:
		return c.askSecret(ctx, b)
	case connector.FieldPaste:
		return c.askPaste(ctx, b)
	case connector.FieldLinks:
		return c.askLinks(ctx, b)
	default:
	}
	answer, err := c.in.line(ctx, question(b.Label.Render(c.tr), b.Value))
	if err != nil || answer == "" {
		return err
	}
	c.answered = b.Field
	return c.act(ctx, wizard.Edited{Field: b.Field, Value: answer})
}

// keysHint is the key of what a terminal has to say about an input; empty for nothing.
func keysHint(f connector.Field) string {
	switch f {
	case connector.FieldPaste:
		return "cli.ask.paste"
	case connector.FieldLinks:
		return "cli.ask.links"
	case connector.FieldRedirectPath:
		return "cli.ask.redirect"
	default:
		return ""
	}
}

func question(label, value string) string {
	if value != "" {
		label += " [" + value + "]"
	}
	return label + ":"
}

func (c *conversation) askSecret(ctx context.Context, b view.Input) error {
	secret, err := c.readSecret(ctx, b)
	var wrong *exitError
	if errors.As(err, &wrong) && wrong.code == ExitUsage {
		c.say(say("cli.said", "Text", wrong.Error()))
		return c.askSecret(ctx, b)
	}
	if err != nil || secret.Empty() {
		return err
	}
	c.answered = b.Field
	return c.act(ctx, wizard.SecretEntered{Field: b.Field, Secret: secret})
}

func (c *conversation) readSecret(ctx context.Context, b view.Input) (auth.Secret, error) {
	if b.Field == connector.FieldSecret {
		return c.in.secret(ctx, b.Label.Render(c.tr)+":")
	}
	path, err := c.in.line(ctx, c.t("cli.ask.certificate"))
	if err != nil || path == "" {
		return auth.Secret{}, err
	}
	pem, err := c.readFile(path)
	return auth.NewSecret(string(pem)), err
}

// askPaste asks for the address of the administrator's last page, which mail programs break into lines, and takes it.
func (c *conversation) askPaste(ctx context.Context, b view.Input) error {
	text, err := c.in.lines(ctx, b.Label.Render(c.tr)+":")
	if err != nil || text == "" {
		return err
	}
	c.forgetAnswer()
	if err := c.act(ctx, wizard.Edited{Field: b.Field, Value: text}); err != nil {
		return err
	}
	return c.act(ctx, wizard.TakePaste{})
}

// askTold asks for the error page that the browser stays on, and explains it. The wait goes on meanwhile.
func (c *conversation) askTold(ctx context.Context) error {
	c.hint(say("field.told.hint"), say("cli.ask.paste"))
	text, err := c.in.lines(ctx, c.t("field.told")+":")
	if err != nil || text == "" {
		return err
	}
	for _, e := range []wizard.Event{
		wizard.TellError{Open: true}, wizard.Edited{Field: connector.FieldTold, Value: text}, wizard.ExplainError{},
	} {
		if err := c.act(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

func (c *conversation) askTick(ctx context.Context, b view.Tick) error {
	c.asked[b.Field] = true
	c.hint(b.Hint)
	ok, err := c.in.yes(ctx, b.Label.Render(c.tr))
	if err != nil || ok == b.On {
		return err
	}
	return c.act(ctx, wizard.Ticked{Field: b.Field, On: ok})
}

func (c *conversation) askChoice(ctx context.Context, b view.Choice) error {
	c.asked[b.Field] = true
	c.hint(b.Hint)
	names, current := []string{}, -1
	for i, o := range b.Options {
		names = append(names, c.optionName(o))
		if o.Value == b.Value {
			current = i
		}
	}
	n, err := c.in.option(ctx, b.Label.Render(c.tr), names, current, change{})
	if err != nil || n == current {
		return err
	}
	return c.act(ctx, wizard.Chosen{Field: b.Field, Value: b.Options[n].Value})
}
