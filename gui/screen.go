package gui

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
)

// screen draws views into one window: the main one or the one for help.
type screen struct {
	window fyne.Window
	tr     view.Translator
	now    func() time.Time
	// send, open, copy and command do what the buttons are for.
	send    func(wizard.Event)
	open    func(url string)
	copy    func(text string)
	command func(name, topic string)
	// escape is what Esc does where the view has nothing for it.
	escape func()
	// confirm is what Enter does where the view has no main button; nil for nothing.
	confirm func()
	// wake asks for a tick in a second.
	wake func()

	view      view.View
	drawn     bool
	pool      *pool
	banner    *banner
	rail      *rail
	header    *header
	page      *page
	footer    *footer
	root      *fyne.Container
	copied    string
	copiedAt  time.Time
	lastPress time.Time
	pressed   bool
	// lastEscape is when Esc was pressed last.
	lastEscape time.Time
	// raisedAt is when the window came to the front by itself.
	raisedAt time.Time
	sights   sights
	// movingFocus is set while the program moves the focus, and not the person. placed is the ID of the control to which it moved it last, at
	// placedAt; empty once the person has moved it on, or used it.
	movingFocus bool
	placed      string
	placedAt    time.Time
	// acted is the ID of the control that the person has pressed and not left since.
	acted string
	// gained is the control that got the focus last.
	gained widget.TabStop
}

func newScreen(window fyne.Window) *screen {
	s := &screen{window: window, now: time.Now}
	s.sights.now = func() time.Time { return s.now() }
	s.pool = newPool(s)
	s.banner = newBanner(s)
	s.rail = newRail(s)
	s.header, s.page, s.footer = newHeader(s), newPage(s), newFooter(s)
	s.root = &fyne.Container{Layout: &frame{screen: s}, Objects: []fyne.CanvasObject{
		s.rail.back, s.header.box, s.banner.box, s.rail.box, s.page.scroll, s.page.wheel, s.page.below.box, s.footer.box,
	}}
	window.SetPadded(false)
	window.SetContent(s.root)
	s.bindKeys()
	return s
}

// draw shows a view. What is the same as before stays as it is; the focus stays on the control of the same ID.
func (s *screen) draw(v view.View) {
	fresh := !s.drawn || v.Page != s.view.Page
	focused, inView := s.focusedID(), s.focusInView()
	order := s.order()
	closed := s.view.Opener
	if v.Opener == closed {
		closed = ""
	}
	back := s.page.hold()
	confirmed := s.confirmation(v) != "" && s.confirmation(v) != s.confirmation(s.view)
	s.view, s.drawn = v, true
	if fresh {
		s.pool.clear()
	}
	s.pool.begin()
	s.sights.begin(fresh)
	s.sights.see(view.Button{ID: sightEscape, Event: v.Escape})
	s.sights.see(view.Button{ID: sightReturn, Event: v.Return})
	s.header.set(v)
	s.banner.set(v.Banner, v.BannerButton)
	s.rail.set(v.Rail)
	s.page.set(v, fresh)
	s.footer.set(v.Footer)
	s.pool.end()
	s.sights.end()
	s.arrange()
	if fresh {
		s.page.scrollToTop()
	} else {
		back()
	}
	s.refocus(fresh, focused, closed, order)
	c, ok := s.window.Canvas().Focused().(widget.TabStop)
	switch stayed := ok && c.ID() == focused; {
	case !ok || fresh:
	case confirmed && isButton(c): // what the button did is said on top; a list of options shows itself what was chosen
		s.page.scrollToTop()
		s.page.revealAll(s.page.order[0].object())
	case stayed && inView:
		s.page.reveal(c, false)
	case !stayed && s.page.fitsAtTop(c):
		s.page.scrollToTop()
	}
}

// confirmation is what a view says of what was done last; empty for nothing.
func (s *screen) confirmation(v view.View) string {
	if len(v.Blocks) == 0 {
		return ""
	}
	if n, ok := v.Blocks[0].(view.Notice); ok && n.ID == view.SaidID {
		return s.text(n.Title) + "\n" + s.text(n.Text)
	}
	return ""
}

// again draws the view that is shown once more, after something was folded open or away.
func (s *screen) again() {
	if s.drawn {
		s.draw(s.view)
	}
}

// arrange gives everything its place again.
func (s *screen) arrange() {
	widget.Relayout(s.root)
	s.page.settleScroll()
	// One refreshed object makes Fyne paint the window anew; refreshing the root would throw every text's texture away.
	s.rail.back.Refresh()
}

func (s *screen) text(t view.Text) string { return t.Render(s.tr) }

// word is one of the window's own few words.
func (s *screen) word(key string, args map[string]any) string { return s.tr.Text("window."+key, args) }

// label is a button's text, and what it shows at other times: for a moment after something was copied, it says so.
func (s *screen) label(b view.Button) (text, also string) {
	text = s.text(b.Label)
	if b.Copy == "" && b.CopyText.Empty() {
		return text, ""
	}
	return s.copyLabel(b.ID, text)
}

func (s *screen) copyLabel(id, text string) (now, also string) {
	copied := s.word("copied", nil)
	if s.copied == id {
		return copied, text
	}
	return text, copied
}

// reasons are the reasons of the disabled ones among buttons, each once, a line each.
func (s *screen) reasons(list []view.Button) string {
	var lines []string
	for _, b := range list {
		reason := s.text(b.Reason)
		if !b.Disabled || reason == "" || slices.Contains(lines, reason) {
			continue
		}
		lines = append(lines, reason)
	}
	return strings.Join(lines, "\n")
}

// run does what a button is for.
func (s *screen) run(b view.Button) {
	switch {
	case b.Disabled:
	case b.Event != nil:
		s.sights.spend(b.ID)
		s.send(b.Event)
	case b.URL != "":
		s.open(b.URL)
	case b.Copy != "":
		s.copyText(b.ID, b.Copy)
	case !b.CopyText.Empty():
		s.copyText(b.ID, s.text(b.CopyText))
	case b.Command == view.CommandFocus:
		s.focusAndSelect(b.Topic)
	case b.Command != "":
		s.command(b.Command, b.Topic)
	}
}

// copyText puts a text on the clipboard and lets the button of the ID say so for a moment.
func (s *screen) copyText(id, text string) {
	s.copy(text)
	s.copied, s.copiedAt = id, s.now()
	s.again()
	s.wake()
}

// tick counts the seconds of what is being waited for.
func (s *screen) tick() {
	if s.copied != "" && s.now().Sub(s.copiedAt) >= copiedFor {
		s.copied = ""
		s.again()
	}
	s.page.tick()
}

// pace is how long the screen may be left alone.
func (s *screen) pace() time.Duration {
	if s.copied != "" {
		return tickEvery
	}
	return s.page.pace()
}

// ticks reports whether something on the screen counts.
func (s *screen) ticks() bool { return s.page.ticks() || s.copied != "" }
