package gui

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/gui/widget"
	"partner-center-connector/test/golden"
)

// narrow are the states that are compared in the smallest window too.
var narrow = []string{"home-drafts", "before-new", "user-start", "admin-waiting", "check-attention", "rehearsal-user"}

func TestNarrowGoldens(t *testing.T) {
	for _, name := range narrow {
		t.Run(name, func(t *testing.T) {
			b := newKeyBench(t)
			b.resize(windowMinW, windowMinH)
			b.show(projected(t, name))
			golden.Compare(t, "narrow-"+name+".txt", b.outline())
		})
	}
}

// TestNoGoldenIsLeftOver finds the goldens of states that there are no more.
func TestNoGoldenIsLeftOver(t *testing.T) {
	wanted := map[string]bool{}
	for _, s := range viewtest.States() {
		wanted[s.Name+".txt"] = true
	}
	for _, name := range narrow {
		wanted["narrow-"+name+".txt"] = true
	}
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !f.IsDir() && !wanted[f.Name()] {
			t.Errorf("testdata/%s belongs to no state", f.Name())
		}
	}
}

// outline describes what is shown, a line for each thing: what it is, its words and look, and its place on the window.
func (b *bench) outline() string {
	var out strings.Builder
	s := b.w.screen
	walk(s, s.root, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
		if text := describe(o); text != "" {
			size := o.Size()
			fmt.Fprintf(&out, "%s @%.0f,%.0f %.0fx%.0f\n", text, at.X, at.Y, size.Width, size.Height)
		}
	})
	fmt.Fprintf(&out, "focus %s\n", b.focused())
	return out.String()
}

// walk goes through everything that is shown, with its place on the window.
func walk(s *screen, o fyne.CanvasObject, at fyne.Position, each func(fyne.CanvasObject, fyne.Position)) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	if o == s.page.scroll {
		each(o, at)
		o = s.page.content
		at = at.Add(o.Position())
	}
	each(o, at)
	if c, ok := o.(*fyne.Container); ok {
		for _, child := range c.Objects {
			walk(s, child, at, each)
		}
	}
}

func describe(o fyne.CanvasObject) string {
	switch o := o.(type) {
	case *widget.Label:
		return fmt.Sprintf("text %q %s %s lines=%d", o.Text(), o.Style().Size, o.Style().Color, len(o.Lines(o.Size().Width)))
	case *widget.Button:
		l := o.Look()
		return fmt.Sprintf("button %s %q%s", o.ID(), l.Text,
			flags("primary", l.Primary, "danger", l.Danger, "quiet", l.Quiet, "disabled", o.Disabled()))
	case *widget.Toggle:
		return fmt.Sprintf("%s %s %q%s", kindOf(o), o.ID(), o.AccessibilityLabel(), flags("on", o.On(), "disabled", o.Disabled()))
	case *widget.Entry:
		return fmt.Sprintf("entry %s %q placeholder=%q%s", o.ID(), o.Text, o.PlaceHolder, flags("secret", o.Password, "lines", o.MultiLine))
	case *railItem:
		return fmt.Sprintf("step %s %q %s%s", o.ID(), o.text, o.item.State, flags("disabled", o.Disabled()))
	case *opener:
		return fmt.Sprintf("row %s %q%s", o.ID(), o.text, flags("disabled", o.Disabled()))
	case *widget.Icon:
		return fmt.Sprintf("icon %s %s", o.Name(), o.Color())
	case *drawing:
		return fmt.Sprintf("picture %s %q", o.name, o.alt)
	case *widget.Shape:
		if o.Look().Fill == "" && o.Look().Stroke == "" {
			return ""
		}
		return fmt.Sprintf("shape %s %s", o.Look().Fill, o.Look().Stroke)
	}
	return ""
}

// kindOf is "box" or "radio": the name of the icon that a toggle shows while it is off.
func kindOf(t *widget.Toggle) string {
	for _, o := range test.WidgetRenderer(t).Objects() {
		if icon, ok := o.(*widget.Icon); ok {
			return strings.TrimSuffix(icon.Name(), "-on")
		}
	}
	return ""
}

// controlParts are what a control draws; nil for what is no control or is drawn by Fyne.
func controlParts(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o.(type) {
	case *opener, *widget.Entry:
		return nil
	}
	if _, ok := o.(widget.TabStop); !ok {
		return nil
	}
	return test.WidgetRenderer(o.(fyne.Widget)).Objects()
}

func flags(pairs ...any) string {
	text := ""
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1].(bool) {
			text += " " + pairs[i].(string)
		}
	}
	return text
}
