package view_test

import (
	"fmt"
	"strings"
	"testing"

	"partner-center-connector/connector/timeline"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// foreign are the beginnings of keys whose sentences are not the views' own: a golden shows the key in their place.
var foreign = []string{"problem.", "check.", "check-state.", "evidence.", "actor.", "rehearsal."}

// partly translates the views' own sentences only.
type partly struct{ view.Translator }

func (p partly) Text(key string, args map[string]any) string {
	for _, prefix := range foreign {
		if strings.HasPrefix(key, prefix) {
			return "«" + key + "»"
		}
	}
	return p.Translator.Text(key, args)
}

// printer writes a view as plain text.
type printer struct {
	out strings.Builder
	tr  view.Translator
}

// plain is a view as plain text in English.
func plain(t *testing.T, v view.View) string {
	t.Helper()
	p := &printer{tr: partly{translators(t)["en"]}}
	for _, line := range v.Banner {
		p.line("!! %s", p.say(line))
	}
	p.line("# %s", p.say(v.Title))
	for _, a := range v.Answers {
		p.line("%s: %s", p.say(a.Label), p.say(a.Text))
	}
	for _, b := range v.Tools {
		p.button(b)
	}
	for _, item := range v.Rail {
		p.line("%d %s (%s)%s", item.Number, p.say(item.Label), item.State, map[bool]string{true: " >"}[item.Go != nil])
	}
	for _, b := range v.Blocks {
		p.line("")
		p.block(b)
	}
	p.line("\n---")
	for _, b := range []*view.Button{v.Footer.Back, v.Footer.Main} {
		if b != nil {
			p.button(*b)
		}
	}
	if !v.Footer.Reason.Empty() {
		p.line("(%s)", p.say(v.Footer.Reason))
	}
	p.line("focus %s, Esc %s, Alt+Left %s", v.Focus, nameOf(v.Escape), nameOf(v.Return))
	return p.out.String()
}

// nameOf is an event's type, whatever package it is in.
func nameOf(e wizard.Event) string {
	name := fmt.Sprintf("%T", e)
	return name[strings.LastIndex(name, ".")+1:]
}

func (p *printer) say(t view.Text) string { return t.Render(p.tr) }

func (p *printer) line(format string, args ...any) { fmt.Fprintf(&p.out, format+"\n", args...) }

// optional writes a line if there is something to say.
func (p *printer) optional(format string, t view.Text) {
	if !t.Empty() {
		p.line(format, p.say(t))
	}
}

func (p *printer) button(b view.Button) {
	mark := map[bool]string{true: "*"}[b.Primary] + map[bool]string{true: "!"}[b.Danger] + map[bool]string{true: "-"}[b.Disabled]
	does := fmt.Sprintf("%s %+v", nameOf(b.Event), b.Event)
	switch {
	case b.Event != nil:
	case b.CopyText.Key != "":
		does = "copy: " + p.say(b.CopyText)
	default:
		does = strings.TrimSpace(strings.Join([]string{b.URL, b.Copy, b.Command, b.Topic}, " "))
	}
	p.line("[%s%s] %s", mark, p.say(b.Label), does)
	p.optional("  (%s)", b.Reason)
}

func (p *printer) buttons(list []view.Button) {
	for _, b := range list {
		p.button(b)
	}
}

func (p *printer) more(list []view.Button) {
	if len(list) > 0 {
		p.line("more:")
		p.buttons(list)
	}
}

func (p *printer) block(block view.Block) {
	switch b := block.(type) {
	case view.Paragraph:
		p.line("%s%s", map[view.Role]string{view.Heading: "## ", view.Caption: "~ "}[b.Role], p.say(b.Text))
	case view.List:
		for i, item := range b.Items {
			p.line("%s %s", map[bool]string{true: fmt.Sprint(i + 1), false: "-"}[b.Numbered], p.say(item))
		}
	case view.Picture:
		p.line("picture %s: %s", b.Name, p.say(b.Alt))
		for _, l := range b.Labels {
			p.line("  %s", p.say(l))
		}
	case view.Notice:
		p.line("<%s> %s", b.Severity, p.say(b.Title))
		p.optional("%s", b.Text)
		p.buttons(b.Buttons)
	case view.Problem:
		p.problem(b)
	case view.Input:
		p.input(b)
	case view.Tick:
		p.line("[%s] %s", map[bool]string{true: "x", false: " "}[b.On], p.say(b.Label))
		p.optional("  %s", b.Hint)
	default:
		p.further(block)
	}
}

func (p *printer) further(block view.Block) {
	switch b := block.(type) {
	case view.Choice:
		p.choice(b)
	case view.Facts:
		for _, item := range b.Items {
			p.line("%s: %s%s%s", p.say(item.Label), item.Value, p.say(item.Text), map[bool]string{true: " [copy]"}[item.Copy])
		}
	case view.Listing:
		p.line("%s:", p.say(b.Label))
		p.buttons(b.Buttons)
		p.line("| %s", strings.ReplaceAll(strings.TrimSpace(b.Text), "\n", "\n| "))
	case view.Actions:
		p.buttons(b.Buttons)
		p.more(b.More)
	case view.Fold:
		p.line("%s %s", map[bool]string{true: "v", false: ">"}[b.Open], p.say(b.Title))
		for _, folded := range b.Blocks {
			p.block(folded)
		}
		p.line("<")
	case view.Wait:
		p.line("waiting: %s", p.say(b.Text))
		p.line("since %s until %s", b.Since.Format("15:04:05"), b.Until.Format("15:04:05"))
		for _, d := range b.Details {
			p.line("- %s", p.say(d))
		}
		p.buttons(b.Buttons)
	case view.Busy:
		p.line("busy: %s", p.say(b.Text))
	case view.Checks:
		p.checks(b)
	case view.Row:
		p.line("<%s> %s%s: %s%s", b.Severity, b.Title, p.say(b.TitleText), p.say(b.Word), map[bool]string{true: " >"}[b.Open != nil])
		for _, l := range b.Lines {
			p.line("  %s", p.say(l))
		}
		p.buttons(b.Buttons)
		p.more(b.More)
	case view.Meter:
		p.line("<%s> %s %.0f%%: %s", b.Severity, p.say(b.Label), b.Share*100, p.say(b.Text))
	case view.Timeline:
		p.timeline(b)
	default:
		p.line("unknown block %T", block)
	}
}

func (p *printer) timeline(b view.Timeline) {
	for i, l := range b.Lanes {
		p.line("<%s> %s: %s [%s]", b.Axis.Lanes[i].Form, p.say(l.Label), p.say(l.Note), l.Severity)
	}
	for _, row := range timeline.Text(b.Axis, timeline.Words{Now: p.say(b.Now)}, 80) {
		p.line("    %s", row)
	}
}

func (p *printer) problem(b view.Problem) {
	p.line("problem: %s", p.say(b.Title))
	p.line("%s: %s", p.say(b.Actor), p.say(b.Do))
	if b.Button != nil {
		p.button(*b.Button)
	}
	p.buttons(b.Others)
	if b.Raw != "" {
		p.line("raw: %s", strings.ReplaceAll(b.Raw, "\n", " / "))
	}
	p.optional("copy for the one who acts: %s", b.CopyForActor)
}

func (p *printer) input(b view.Input) {
	value := b.Value
	if b.Secret {
		value = "••••"
	}
	p.line("%s: %s%s", p.say(b.Label), value, map[bool]string{true: " (locked)"}[b.Locked])
	p.optional("  placeholder: %s", b.Placeholder)
	p.optional("  %s", b.Hint)
	p.optional("  good: %s", b.Good)
	p.optional("  error: %s", b.Error)
	p.optional("  (%s)", b.Reason)
	p.buttons(b.Buttons)
}

func (p *printer) choice(b view.Choice) {
	p.line("%s:%s", p.say(b.Label), map[bool]string{true: " (locked)"}[b.Locked])
	for _, o := range b.Options {
		p.line("  (%s) %s%s", map[bool]string{true: "o", false: " "}[o.Value == b.Value], o.Plain, p.say(o.Label))
	}
	p.optional("  %s", b.Hint)
	p.optional("  (%s)", b.Reason)
	p.buttons(b.Buttons)
}

func (p *printer) checks(b view.Checks) {
	for _, row := range b.Rows {
		p.line("%s: %s", p.say(row.Title), p.say(row.Word))
		for _, e := range row.Evidence {
			p.line("  %s", p.say(e))
		}
		if row.Problem != nil {
			p.problem(*row.Problem)
		}
	}
}
