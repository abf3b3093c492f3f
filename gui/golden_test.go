package gui

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/test/golden"
)

// TestGoldens compares every state with a description of what stands where in the window, with keys for sentences.
// After a change that was meant: go test ./gui -tags ci -run Golden -update, and look at the difference.
func TestGoldens(t *testing.T) {
	everyState(t, func(t *testing.T, name string, v view.View) {
		t.Helper()
		b := newKeyBench(t)
		b.resize(windowStartW, windowStartH)
		b.show(v)
		golden.Compare(t, name+".txt", b.outline())
	})
}

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
	case *words:
		return fmt.Sprintf("text %q %s %s lines=%d", o.text, o.style.size, o.style.color, len(o.wrapped(o.Size().Width)))
	case *button:
		return fmt.Sprintf("button %s %q%s", o.id, o.text,
			flags("primary", o.primary, "danger", o.danger, "quiet", o.quiet, "disabled", o.disabled))
	case *toggle:
		return fmt.Sprintf("%s %s %q%s", o.off, o.id, o.text, flags("on", o.on, "disabled", o.disabled))
	case *entry:
		return fmt.Sprintf("entry %s %q placeholder=%q%s", o.id, o.Text, o.PlaceHolder, flags("secret", o.Password, "lines", o.MultiLine))
	case *railItem:
		return fmt.Sprintf("step %s %q %s%s", o.id, o.text, o.item.State, flags("disabled", o.disabled))
	case *opener:
		return fmt.Sprintf("row %s %q%s", o.id, o.text, flags("disabled", o.disabled))
	case *glyph:
		return fmt.Sprintf("icon %s %s", o.name, o.color)
	case *drawing:
		return fmt.Sprintf("picture %s %q", o.name, o.alt)
	case *shape:
		if o.fill == "" && o.stroke == "" {
			return ""
		}
		return fmt.Sprintf("shape %s %s", o.fill, o.stroke)
	}
	return ""
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
