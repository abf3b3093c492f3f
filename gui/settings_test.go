package gui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/gui/widget"
)

// TestThemeShowsAtOnce chooses a theme while a page with a picture is shown.
func TestThemeShowsAtOnce(t *testing.T) {
	b := newBench(t, "en")
	for _, c := range []connector.Theme{connector.ThemeDark, connector.ThemeLight, connector.ThemeDark} {
		s := viewtest.State("user-start")
		s.Settings.Theme = c
		b.show(view.Project(s))
		if widget.IsDark() != (c == connector.ThemeDark) {
			t.Errorf("%s is not shown", c)
		}
		if widget.Color(widget.ColorBackground) != widget.NewTheme(c).Color(widget.ColorBackground, 0) {
			t.Errorf("%s: the background is %v", c, widget.Color(widget.ColorBackground))
		}
		if name := themeName(); name != string(c) {
			t.Errorf("%s: the picture is the %s one", c, name)
		}
	}
}

// TestLanguageShowsAtOnce changes the language while the main window and the help are open.
func TestLanguageShowsAtOnce(t *testing.T) {
	catalog := viewtest.Languages()
	tr := catalog.Translator("en")
	b := newBenchIn(t, tr)
	b.w.options.Help = func(topic, search string) view.View {
		return view.Help(connector.Preset{}, viewtest.Products(), topic, search, tr.Text)
	}
	b.show(projected(t, "settings"))
	b.w.showHelp("settings")
	b.canvas().Focus(b.w.screen.pool.find("language"))
	focused := b.focused()
	for _, to := range []string{"de", viewtest.PseudoTag, "en"} {
		tr.Use(to)
		b.show(projected(t, "settings"))
		for what, pair := range map[string][2]string{
			"the title":        {b.w.screen.header.title.Text(), tr.Text("settings.title", nil)},
			"the help's title": {b.w.help.native.Title(), tr.Text("help.title", nil)},
			"Fyne's own word":  {lang.L("Select all"), tr.Text("window.select-all", nil)},
			"the focus":        {b.focused(), focused},
		} {
			if pair[0] != pair[1] {
				t.Errorf("in %s %s is %q, not %q", to, what, pair[0], pair[1])
			}
		}
	}
}

// TestARehearsalsWindowSaysSo lets people tell the two windows apart on the task bar.
func TestARehearsalsWindowSaysSo(t *testing.T) {
	b := newBench(t, "en")
	if got := b.w.native.Title(); got != "Partner Center Connector" {
		t.Errorf("the window is called %q", got)
	}
	b.w.options.Rehearsal = true
	b.w.options.Translator.Use("de")
	b.w.setLanguage("de")
	if got := b.w.native.Title(); got != "Partner Center Connector – Übung" {
		t.Errorf("the window of a rehearsal is called %q", got)
	}
}

// TestLongWorkIsCounted counts the seconds of what takes more than two, and says how far it is.
func TestLongWorkIsCounted(t *testing.T) {
	b := newBench(t, "en")
	far := fmt.Sprintf("5 of %d done", len(viewtest.EvidentChecks()))
	b.show(projected(t, "check-running"))
	said := func() string {
		all := []string{}
		walk(b.w.screen, b.w.screen.root, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
			if w, ok := o.(*widget.Label); ok {
				all = append(all, w.Text())
			}
		})
		return strings.Join(all, "\n")
	}
	if s := said(); !strings.Contains(s, far) || strings.Contains(s, "so far") {
		t.Errorf("at first:\n%s", s)
	}
	b.now = b.now.Add(3 * time.Second)
	b.w.tick()
	if s := said(); !strings.Contains(s, far+" · 0:03 so far") || !strings.Contains(s, "checking · 0:03 so far") {
		t.Errorf("after three seconds:\n%s", s)
	}
	b.show(projected(t, "check-new"))
	if s := said(); strings.Contains(s, "so far") {
		t.Errorf("at the end:\n%s", s)
	}
}

// TestALongWaitIsNotCountedBySeconds leaves a wait of minutes alone until the next quarter of one, but not what was copied.
func TestALongWaitIsNotCountedBySeconds(t *testing.T) {
	b := newBench(t, "en")
	b.show(waitView(b, 15*time.Minute))
	if got := b.w.screen.pace(); got != longWaitStep {
		t.Errorf("at first it is left alone for %v", got)
	}
	b.now = b.now.Add(20 * time.Second)
	if got := b.w.screen.pace(); got != 10*time.Second {
		t.Errorf("after 20 s it is left alone for %v", got)
	}
	b.w.tick()
	b.w.screen.copy = func(string) {}
	b.w.screen.copyText("x", "y")
	if got := b.w.screen.pace(); got != tickEvery || b.w.due != b.now.Add(tickEvery) {
		t.Errorf("with something copied it is left alone for %v, until %v", got, b.w.due)
	}
	b.w.screen.copied = ""
	b.show(waitView(b, 30*time.Second))
	if got := b.w.screen.pace(); got != tickEvery {
		t.Errorf("a short wait is left alone for %v", got)
	}
}

// ticksForWork holds that nothing moves on a page on which nothing is under way.
func ticksForWork(t *testing.T, b *bench, v view.View) {
	t.Helper()
	if got, want := b.w.screen.ticks(), underWay(v.Blocks); got != want {
		t.Errorf("it ticks: %v, something is under way: %v", got, want)
	}
}

// underWay reports whether something shows among blocks that goes on; what is folded away does not.
func underWay(blocks []view.Block) bool {
	for _, b := range blocks {
		switch b := b.(type) {
		case view.Fold:
			if b.Open && underWay(b.Blocks) {
				return true
			}
		case view.Busy:
			return true
		case view.Wait:
			if !b.Since.IsZero() || !b.Until.IsZero() {
				return true
			}
		case view.Checks:
			for _, row := range b.Rows {
				if row.State == connector.CheckRunning {
					return true
				}
			}
		}
	}
	return false
}
