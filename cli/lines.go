package cli

import (
	"fmt"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

// line is a line of a page before it is wrapped: the indents before its first line and before the others. One that is raw is to be
// copied, and never wrapped.
type line struct {
	first, rest, text string
	raw               bool
	// mark is the style of first, and style that of the text.
	mark, style style
}

func plain(text string) line { return line{text: text} }

func under(indent, text string) line { return line{first: indent, rest: indent, text: text} }

// blockLines are the pieces of a block, each of which is printed as a whole. Buttons are not among them: they are in the menu.
func (p *program) blockLines(b view.Block) [][]line {
	switch b := b.(type) {
	case view.Paragraph:
		return [][]line{{plain(b.Text.Render(p.tr))}}
	case view.List:
		return [][]line{p.listLines(b)}
	case view.Picture:
		return [][]line{{plain(b.Alt.Render(p.tr))}}
	case view.Facts:
		return p.factLines(b)
	case view.Listing:
		return [][]line{{plain(b.Label.Render(p.tr) + ":"), {text: b.Text, raw: true}}}
	case view.Notice:
		return [][]line{p.noticeLines(b)}
	case view.Problem:
		return [][]line{p.problemLines("", b)}
	case view.Input:
		return p.inputLines(b)
	case view.Choice:
		return [][]line{{plain(b.Label.Render(p.tr) + ": " + p.chosen(b))}}
	case view.Tick:
		mark := "[ ] "
		if b.On {
			mark = "[x] "
		}
		return [][]line{{{first: mark, rest: "    ", text: b.Label.Render(p.tr)}}}
	case view.Fold:
		pieces := [][]line{{plain(b.Title.Render(p.tr))}}
		for _, folded := range b.Blocks {
			pieces = append(pieces, p.blockLines(folded)...)
		}
		return pieces
	case view.Wait:
		return p.waitLines(b)
	case view.Busy:
		return [][]line{{plain(b.Text.Render(p.tr))}}
	case view.Checks:
		return p.checksLines(b)
	}
	return nil
}

func (p *program) listLines(b view.List) []line {
	lines := []line{}
	for i, item := range b.Items {
		mark := "  - "
		if b.Numbered {
			mark = fmt.Sprintf("%3d. ", i+1)
		}
		lines = append(lines, line{first: mark, rest: strings.Repeat(" ", len(mark)), text: item.Render(p.tr)})
	}
	return lines
}

func (p *program) factLines(b view.Facts) [][]line {
	pieces := [][]line{}
	for _, f := range b.Items {
		value := f.Value
		if !f.Text.Empty() {
			value = f.Text.Render(p.tr)
		}
		pieces = append(pieces, []line{{first: "  ", rest: "    ", text: f.Label.Render(p.tr) + ": " + value, raw: f.Copy}})
	}
	return pieces
}

func (p *program) noticeLines(b view.Notice) []line {
	lines := []line{{first: "[" + p.t("cli.severity."+string(b.Severity)) + "] ", rest: "  ", text: b.Title.Render(p.tr), mark: styleOf(b.Severity)}}
	if !b.Text.Empty() {
		lines = append(lines, under("  ", b.Text.Render(p.tr)))
	}
	return lines
}

// problemLines say what happened, who must act, what to do, where, and the raw lines.
func (p *program) problemLines(indent string, b view.Problem) []line {
	deeper := indent + "  "
	lines := []line{
		{first: indent + "[" + p.t("cli.severity.bad") + "] ", rest: deeper, text: b.Title.Render(p.tr), mark: red},
		under(deeper, p.tr.Text("cli.who", map[string]any{"Actor": b.Actor.Render(p.tr)})),
		under(deeper, b.Do.Render(p.tr)),
	}
	for _, link := range b.Links() {
		lines = append(lines, line{first: deeper, rest: deeper, text: p.linkText(link), raw: true})
	}
	if b.Raw != "" {
		lines = append(lines, line{first: deeper, rest: deeper, text: b.Raw, raw: true})
	}
	return lines
}

func (p *program) inputLines(b view.Input) [][]line {
	pieces := [][]line{}
	if b.Value != "" && b.Field != connector.FieldLinks { // a terminal keeps what it shows, and a link has a state and a nonce
		pieces = append(pieces, []line{plain(b.Label.Render(p.tr) + ": " + b.Value)})
	}
	for _, t := range []view.Text{b.Cleaned, b.Good, b.Error} {
		if !t.Empty() {
			pieces = append(pieces, []line{under("  ", t.Render(p.tr))})
		}
	}
	return pieces
}

func (p *program) chosen(b view.Choice) string {
	for _, o := range b.Options {
		if o.Value == b.Value {
			return p.optionName(o)
		}
	}
	return ""
}

func (p *program) optionName(o view.Option) string {
	if o.Plain != "" {
		return o.Plain
	}
	return o.Label.Render(p.tr)
}

// waitLines are a piece each, so that only what is new is printed when it changes.
func (p *program) waitLines(b view.Wait) [][]line {
	pieces := [][]line{{plain(b.Text.Render(p.tr))}}
	for _, d := range b.Details {
		pieces = append(pieces, []line{{first: "  - ", rest: "    ", text: d.Render(p.tr)}})
	}
	key, clock := "cli.connect.until", "15:04"
	switch {
	case len(b.Buttons) == 1:
		// Microsoft is given time, and the try that follows needs nobody.
		key, clock = "cli.connect.next-try", "15:04:05"
	case p.mayAsk:
		key = "cli.connect.until-ask"
	}
	until := p.tr.Text(key, map[string]any{"Until": b.Until.Local().Format(clock)})
	return append(pieces, []line{plain(until)})
}

// checksLines are the checks that have an outcome.
func (p *program) checksLines(b view.Checks) [][]line {
	pieces := [][]line{}
	for _, r := range b.Rows {
		if r.State != connector.CheckPending && r.State != connector.CheckRunning {
			pieces = append(pieces, p.checkLines(r))
		}
	}
	return pieces
}

// openLines are, once all checks have an outcome, those that have not passed.
func (p *program) openLines(b view.Checks) [][]line {
	pieces := [][]line{}
	for _, r := range b.Rows {
		switch r.State {
		case connector.CheckPending, connector.CheckRunning:
			return nil
		case connector.CheckPassed:
		default:
			pieces = append(pieces, p.checkLines(r))
		}
	}
	return pieces
}

// checkLines are one check: its state in a word, never by colour alone, then its evidence and remedy.
func (p *program) checkLines(r view.CheckRow) []line {
	indent := strings.Repeat(" ", p.stateWidth()+1)
	state := padded("["+r.Word.Render(p.tr)+"]", p.stateWidth()+1)
	lines := []line{{first: state, rest: indent, text: r.Title.Render(p.tr), mark: styleOfCheck(r.State)}}
	for _, e := range r.Evidence {
		lines = append(lines, under(indent+"  ", e.Render(p.tr)))
	}
	if r.Problem != nil && r.State != connector.CheckPassed {
		card := p.problemLines(indent+"  ", *r.Problem)
		card[0] = under(indent+"  ", r.Problem.Title.Render(p.tr))
		for i := range card[1:] {
			card[i+1].first, card[i+1].rest = indent+"  ", indent+"  "
		}
		lines = append(lines, card...)
	}
	return lines
}

// stateWidth is the width of the longest state of a check in the language in use, with its brackets.
func (p *program) stateWidth() int {
	width := 0
	for _, s := range []connector.CheckState{connector.CheckPassed, connector.CheckWarning, connector.CheckFailed, connector.CheckUnknown} {
		width = max(width, textWidth(p.t("check-state."+string(s)))+len("[]"))
	}
	return width
}
