package gui

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/gui/widget"
)

const fitSlack = 1

func projected(t *testing.T, name string) view.View {
	t.Helper()
	return view.Project(viewtest.State(name))
}

// TestNothingIsCutOff measures everything in every state and every page of help, in every language and in one whose words are 40 %
// longer than in English, in the smallest and the usual window.
func TestNothingIsCutOff(t *testing.T) {
	for _, lang := range viewtest.Languages().Languages() {
		if lang.Tag == "en" {
			continue // the pseudo-locale's sentences are the English ones, but longer
		}
		inEveryWindow(t, lang.Tag, func(t *testing.T, name string, b *bench, size fyne.Size) {
			t.Helper()
			b.now = b.now.Add(61 * time.Second)
			b.w.tick()
			checkFit(t, name, b.w.screen, size)
		})
	}
}

// inEveryWindow shows every view in a language in the smallest and the usual window, and looks whether its frame stays where it is.
func inEveryWindow(t *testing.T, lang string, look func(t *testing.T, name string, b *bench, size fyne.Size)) {
	t.Helper()
	for _, size := range []fyne.Size{fyne.NewSize(windowMinW, windowMinH), fyne.NewSize(windowStartW, windowStartH)} {
		t.Run(fmt.Sprintf("%s %.0fx%.0f", lang, size.Width, size.Height), func(t *testing.T) {
			tr := viewtest.Languages().Translator(lang)
			b := newBenchIn(t, tr)
			b.resize(size.Width, size.Height)
			frame := frameCheck{size: size, ends: map[string]fyne.Position{}, plain: lang == "en" || lang == "de"}
			for name, v := range everyView(tr) {
				b.w.screen.drawn = false
				b.show(v)
				frame.look(t, name, b.w.screen)
				look(t, name, b, size)
			}
		})
	}
}

// everyView is the view of every state, with what takes longer counted too, and every page of help.
func everyView(tr *assets.Translator) map[string]view.View {
	all := map[string]view.View{}
	for _, s := range viewtest.States() {
		all[s.Name] = view.Project(s.State)
	}
	for _, topic := range viewtest.HelpTopics() {
		all["help "+topic] = view.Help(connector.Preset{}, viewtest.Products(), topic, "", tr.Text)
	}
	all["help nothing found"] = view.Help(connector.Preset{}, viewtest.Products(), "home", "zzqx", tr.Text)
	all["help found"] = view.Help(connector.Preset{}, viewtest.Products(), "home", "consent", tr.Text)
	return all
}

func checkFit(t *testing.T, name string, s *screen, window fyne.Size) {
	t.Helper()
	if h := s.page.scroll.Size().Height; h < window.Height/3 {
		t.Errorf("%s: only %.0f are left for the page", name, h)
	}
	walk(s, s.root, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
		size := o.Size()
		if at.X < -fitSlack || at.X+size.Width > window.Width+fitSlack {
			t.Errorf("%s: %s reaches from %.0f to %.0f", name, describe(o), at.X, at.X+size.Width)
		}
		checkInner(t, name, o)
		if needs := widget.HeightOf(o, size.Width); widget.Shown(o) && o != s.root && o != s.page.scroll && size.Height < needs-fitSlack {
			t.Errorf("%s: %T %s is %.0f high and needs %.0f", name, o, describe(o), size.Height, needs)
		}
		if c, ok := o.(*fyne.Container); ok {
			checkChildren(t, name, s, c)
		}
	})
	if f := s.footer.box; f.Visible() && f.Position().Y+f.Size().Height > window.Height+fitSlack {
		t.Errorf("%s: the footer ends at %.0f", name, f.Position().Y+f.Size().Height)
	}
}

// checkInner looks into the controls too.
func checkInner(t *testing.T, name string, o fyne.CanvasObject) {
	t.Helper()
	if w, ok := o.(*widget.Label); ok {
		checkWords(t, name, w)
	}
	if e, ok := o.(*widget.Entry); ok && e.Text == "" && !e.MultiLine {
		wide := widget.StyleBody.Measure(e.PlaceHolder) + 2*widget.EntryPad
		if wide > e.Size().Width+fitSlack {
			t.Errorf("%s: the field %s does not hold %q", name, e.ID(), e.PlaceHolder)
		}
	}
	for _, part := range controlParts(o) {
		w, ok := part.(*widget.Label)
		if !ok || !w.Visible() {
			continue
		}
		checkWords(t, name, w)
		if needs := w.HeightFor(w.Size().Width); outside(w, o.Size()) || w.Size().Height < needs-fitSlack {
			t.Errorf("%s: %s does not hold %q", name, describe(o), w.Text())
		}
	}
}

func checkWords(t *testing.T, name string, w *widget.Label) {
	t.Helper()
	for _, line := range w.Lines(w.Size().Width) {
		if wide := w.Style().Measure(line); wide > w.Size().Width+fitSlack && len([]rune(line)) > 1 {
			t.Errorf("%s: %q is %.0f wide in %.0f", name, line, wide, w.Size().Width)
		}
	}
}

// checkChildren wants each child inside its parent, and none over another but on a backdrop.
func checkChildren(t *testing.T, name string, s *screen, c *fyne.Container) {
	t.Helper()
	if c == s.root {
		return
	}
	var before []fyne.CanvasObject
	for _, o := range c.Objects {
		if !widget.Shown(o) || backdrop(o) {
			continue
		}
		if outside(o, c.Size()) {
			t.Errorf("%s: %T %s at %v %v is outside its %v", name, o, describe(o), o.Position(), o.Size(), c.Size())
		}
		for _, other := range before {
			if overlap(o, other) {
				t.Errorf("%s: %s over %s", name, describe(o), describe(other))
			}
		}
		before = append(before, o)
	}
}

func backdrop(o fyne.CanvasObject) bool {
	switch o.(type) {
	case *widget.Shape, *widget.Fade, *opener:
		return true
	}
	return false
}

func outside(o fyne.CanvasObject, size fyne.Size) bool {
	// A copy button beside a value is higher than the line it stands on, by design.
	slack := widget.SpaceSmall + fitSlack
	p, own := o.Position(), o.Size()
	return p.X < -fitSlack || p.Y < -slack || p.X+own.Width > size.Width+fitSlack || p.Y+own.Height > size.Height+slack
}

func overlap(a, b fyne.CanvasObject) bool {
	pa, sa, pb, sb := a.Position(), a.Size(), b.Position(), b.Size()
	return pa.X+fitSlack < pb.X+sb.Width && pb.X+fitSlack < pa.X+sa.Width &&
		pa.Y+fitSlack < pb.Y+sb.Height && pb.Y+fitSlack < pa.Y+sa.Height
}

// TestNoStepIsBroken holds that the name of each step has one line in the rail, where the step is shown and the name is at its widest.
func TestNoStepIsBroken(t *testing.T) {
	for _, lang := range viewtest.Languages().Languages() {
		b := newBench(t, lang.Tag)
		b.resize(windowStartW, windowStartH)
		for _, name := range []string{"before-new", "account-empty", "mfa-open", "connector-empty", "admin-start", "user-start", "check-new"} {
			b.show(projected(t, name))
			for _, o := range b.w.screen.rail.list.Objects {
				label := o.(*railItem).label
				if lines := label.Lines(label.Size().Width); len(lines) != 1 {
					t.Errorf("%s, %s: %q", lang.Tag, name, lines)
				}
			}
		}
	}
}

func TestRailFolds(t *testing.T) {
	b := newBench(t, "en")
	b.resize(windowStartW, windowStartH)
	b.show(projected(t, "connector-empty"))
	if !b.w.screen.rail.box.Visible() || b.w.screen.rail.line.Visible() {
		t.Error("in a wide window the rail is not shown as a list")
	}
	b.resize(railFold-1, windowStartH)
	if b.w.screen.rail.box.Visible() || !b.w.screen.rail.line.Visible() {
		t.Error("in a narrow window the rail is not folded")
	}
	if got, want := b.w.screen.rail.line.Text(), "Step 4 of 7 · Connector"; got != want {
		t.Errorf("folded rail says %q, want %q", got, want)
	}
}

func TestWindowIsUsableAtItsLeastSize(t *testing.T) {
	b := newBench(t, "en")
	if got := b.w.screen.root.MinSize(); got != fyne.NewSize(windowMinW, windowMinH) {
		t.Errorf("least size %v", got)
	}
}
