package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// write prints a piece of a page.
func (p *program) write(w io.Writer, width int, piece []line) {
	for _, l := range piece {
		write(w, width, l)
	}
}

// showHead prints a page's title and its three answers.
func (c *conversation) showHead(v view.View) {
	title := v.Title.Render(c.tr)
	for _, r := range v.Rail {
		if r.ID == "rail-"+v.Page {
			title = c.tr.Text("cli.connect.page", map[string]any{"Number": r.Number, "Steps": len(v.Rail), "Title": title})
		}
	}
	if !c.mayAsk {
		c.head = title
		if c.verbose {
			c.tellHead()
		}
		return
	}
	c.screen.gap()
	write(c.Err, 0, line{text: title, style: bold})
	_, _ = fmt.Fprintln(c.Err, strings.Repeat("-", textWidth(title)))
	for _, b := range v.Banner {
		c.say(b)
	}
	c.showAnswers(v.Answers)
	if v.Footer.Back != nil && v.Footer.Back.Event == (wizard.Back{}) {
		c.say(say("cli.ask.back"))
	}
	c.screen.gap()
}

// tellHead prints the title of a page on which, without a person, there is something to tell.
func (c *conversation) tellHead() {
	if c.head == "" {
		return
	}
	write(c.Err, c.errWidth(), line{text: c.head, style: bold})
	c.head = ""
}

// showAnswers prints what the page is for, and below it in short who acts where.
func (c *conversation) showAnswers(answers []view.Answer) {
	short := []string{}
	for i, a := range answers {
		switch {
		case a.Text.Empty():
		case i == 0:
			c.say(a.Text)
		default:
			short = append(short, a.Label.Render(c.tr)+": "+a.Text.Render(c.tr))
		}
	}
	if len(short) > 0 {
		indented(c.Err, c.errWidth(), "", "", strings.Join(short, " · "))
	}
}

// tell prints what the page says and has not said yet: all of it, or, while something is under way, only how that goes.
func (c *conversation) tell(state wizard.State) {
	v := c.project(state)
	if v.Page != c.page {
		return
	}
	fits := func(view.Block) bool { return true }
	switch {
	case c.quiet && !c.mayAsk:
		return
	case !c.mayAsk:
		fits = tellsScript
	case isForm(state.Wizard.Draft.Step) && (underWay(state.Wizard) || state.Wizard.Probe.Running):
		fits = func(b view.Block) bool { _, busy := b.(view.Busy); return busy }
	case underWay(state.Wizard):
		fits = tellsProgress
	}
	c.tellBlocks(v.Blocks, fits)
}

// isForm reports whether a page is one of inputs, and opens no browser.
func isForm(step connector.Step) bool {
	return step < connector.StepAdmin || step == connector.StepLinks
}

// tellsProgress reports whether a block is about the progress of something.
func tellsProgress(b view.Block) bool {
	switch b := b.(type) {
	case view.Wait, view.Busy, view.Notice, view.Checks, view.Problem:
		return true
	case view.Facts:
		return isLink(b)
	}
	return false
}

// isLink reports whether facts are the link that a person copies into a browser.
func isLink(b view.Facts) bool { return len(b.Items) == 1 && strings.HasSuffix(b.Items[0].ID, "-link") }

// tellsScript reports whether a block is worth a line where no person reads along.
func tellsScript(b view.Block) bool {
	switch b := b.(type) {
	case view.Wait:
		return true
	case view.Checks:
		return b.ID == "checks"
	case view.Facts:
		return isLink(b)
	case view.Notice:
		return b.ID == verdictID || (b.Severity == view.Warning || b.Severity == view.Bad) && !slices.ContainsFunc(b.Buttons, goesUnconfirmed)
	}
	return false
}

// verdictID is the block that says what the checks came to.
const verdictID = "outcome"

// goesUnconfirmed reports whether a button goes on without a consent being confirmed, which a script does by a flag.
func goesUnconfirmed(b view.Button) bool { return b.Event == wizard.GoUnconfirmed{} }

// tellsState reports whether a block is about the current state.
func tellsState(b view.Block) bool {
	switch b.(type) {
	case view.Notice, view.Problem:
		return true
	}
	return false
}

// tellsText reports whether a block explains something.
func tellsText(b view.Block) bool {
	switch b.(type) {
	case view.Paragraph, view.List, view.Facts, view.Listing, view.Picture, view.Fold:
		return true
	}
	return tellsState(b)
}

// tellBlocks prints the blocks that fit, each piece once. A heading is printed with the first piece below it.
func (c *conversation) tellBlocks(blocks []view.Block, fits func(view.Block) bool) {
	heading := ""
	for _, b := range blocks {
		if p, ok := b.(view.Paragraph); ok && p.Role == view.Heading {
			heading = p.Text.Render(c.tr)
			continue
		}
		if !fits(b) {
			continue
		}
		pieces := c.piecesOf(b)
		for _, piece := range pieces {
			under := ""
			if isFacts(b) {
				under = heading // the same fact may be one of both links
			}
			if !c.first(b, under, piece) {
				continue
			}
			c.tellHead()
			if heading != "" && !c.told[heading] {
				c.told[heading] = true
				c.screen.gap()
				write(c.Err, c.errWidth(), line{text: heading, style: bold})
			}
			c.write(c.Err, c.errWidth(), piece)
		}
	}
}

// piecesOf are the pieces of a block, as far as they show at first. Without a person only checks that have not passed
// are told, and --verbose tells all.
func (c *conversation) piecesOf(b view.Block) [][]line {
	switch b := b.(type) {
	case view.Fold:
		return c.foldLines(b)
	case view.Checks:
		if !c.mayAsk && !c.verbose {
			return c.openLines(b)
		}
	}
	return c.blockLines(b)
}

// first reports whether a piece was not printed on this page yet, under that heading.
func (c *conversation) first(b view.Block, heading string, piece []line) bool {
	key := fmt.Sprintf("%T", b)
	if heading != "" {
		key += "\n" + heading
	}
	for _, l := range piece {
		key += "\n" + l.text
	}
	if c.told[key] {
		return false
	}
	c.told[key] = true
	return true
}

// forget lets the page describe the current state again, after something was tried again.
func (c *conversation) forget() {
	c.forgetKinds(func(kind string) bool {
		return kind != "view.Paragraph" && kind != "view.List" && kind != "view.Picture" && kind != "view.Fold"
	})
}

// forgetAnswer lets the page say again what came of an answer.
func (c *conversation) forgetAnswer() {
	c.forgetKinds(func(kind string) bool { return kind == "view.Input" || kind == "view.Problem" })
}

func (c *conversation) forgetKinds(fits func(kind string) bool) {
	for key := range c.told {
		if kind, _, _ := strings.Cut(key, "\n"); fits(kind) {
			delete(c.told, key)
		}
	}
}

// showCopy prints a text that is to be copied, as it is.
func (c *conversation) showCopy(w io.Writer, text string) {
	ruler := strings.Repeat("-", minWidth)
	_, _ = fmt.Fprintf(w, "\n%s\n%s\n%s\n\n", ruler, strings.TrimSpace(text), ruler)
}
