package gui

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// wait draws a view.Wait and counts its seconds. Nothing else on it moves.
type wait struct {
	screen  *screen
	v       view.Wait
	text    *widget.Label
	clock   *widget.Label
	details []*widget.Label
	list    *fyne.Container
	buttons *buttons
	card    *card
}

func newWait(s *screen) drawn {
	w := &wait{screen: s, text: widget.NewLabel(widget.StyleHeading), buttons: newButtons(s)}
	w.clock = widget.NewLabel(widget.StyleBody.In(widget.ColorMuted))
	w.list = widget.Box(&widget.Column{Gap: widget.SpaceSmall})
	w.card = newMarkedCard(widget.StyleHeading, widget.Box(&widget.Column{Gap: widget.SpaceHair}, w.text, w.clock), w.list, w.buttons.box)
	w.card.set(mark{"running", widget.ColorAccent, widget.ColorTint, ""})
	return w
}

func (w *wait) object() fyne.CanvasObject { return w.card.box }

func (w *wait) update(b view.Block) {
	w.v = b.(view.Wait)
	w.text.SetText(w.screen.text(w.v.Text))
	for len(w.details) < len(w.v.Details) {
		w.details = append(w.details, widget.NewLabel(widget.StyleBody))
	}
	w.list.Objects = nil
	for i, d := range w.v.Details {
		w.details[i].SetText(w.screen.text(d))
		w.list.Objects = append(w.list.Objects, w.details[i])
	}
	w.buttons.set(w.v.Buttons)
	w.tick()
}

func (w *wait) tick() { w.clock.SetText(w.clockText(w.screen.now())) }

func (w *wait) ticks() bool { return !w.v.Since.IsZero() || !w.v.Until.IsZero() }

// pace is a second for a short wait; a long one is brought up to date at the quarters of a minute.
func (w *wait) pace() time.Duration {
	if w.v.Since.IsZero() || w.v.Until.IsZero() || w.v.Until.Sub(w.v.Since) <= longWait {
		return tickEvery
	}
	return longWaitStep - w.screen.now().Sub(w.v.Since)%longWaitStep
}

// clockText says how long it has been and, where there is a limit, how long is left.
func (w *wait) clockText(now time.Time) string {
	switch {
	case !w.ticks():
		return ""
	case w.v.Until.IsZero():
		return w.screen.word("waited", map[string]any{"For": minutes(now.Sub(w.v.Since))})
	case w.v.Since.IsZero():
		return w.screen.word("left", map[string]any{"Left": minutes(w.v.Until.Sub(now))})
	}
	return w.screen.word("waited-left", map[string]any{
		"For": minutes(now.Sub(w.v.Since)), "Left": minutes(w.v.Until.Sub(now)),
	})
}

// minutes is a duration as minutes and seconds, never negative.
func minutes(d time.Duration) string {
	seconds := int(max(0, d).Round(time.Second) / time.Second)
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// busy draws a view.Busy, and counts the seconds of what takes longer.
type busy struct {
	screen   *screen
	text     *widget.Label
	progress *widget.Label
	v        view.Busy
	since    stopwatch
	box      *fyne.Container
}

func newBusy(s *screen) drawn {
	b := &busy{screen: s, text: widget.NewLabel(widget.StyleBody.In(widget.ColorMuted)), progress: widget.NewLabel(widget.StyleCaption)}
	glyph := widget.NewIcon("running", widget.ColorMuted, widget.IconSmall).Beside(widget.StyleBody)
	b.box = widget.Box(&widget.Leading{Gap: widget.SpaceMedium}, glyph, widget.Box(&widget.Column{Gap: widget.SpaceHair}, b.text, b.progress))
	return b
}

func (b *busy) object() fyne.CanvasObject { return b.box }

func (b *busy) update(v view.Block) {
	b.v = v.(view.Busy)
	b.text.SetText(b.screen.text(b.v.Text))
	b.since.start(b.screen.now())
	b.tick()
}

func (b *busy) tick() {
	progress := b.screen.text(b.v.Progress)
	if seconds := b.since.text(b.screen); seconds != "" && progress != "" {
		progress += " · " + seconds
	} else if seconds != "" {
		progress = seconds
	}
	b.progress.SetText(progress)
}

func (b *busy) ticks() bool { return true }

// stopwatch counts how long something has been on the screen; its zero value stands still.
type stopwatch struct{ since time.Time }

// start starts it, if it does not run yet.
func (s *stopwatch) start(now time.Time) {
	if s.since.IsZero() {
		s.since = now
	}
}

func (s *stopwatch) reset() { s.since = time.Time{} }

func (s *stopwatch) runs() bool { return !s.since.IsZero() }

// text is how long it has been; empty for what may be over at once.
func (s *stopwatch) text(on *screen) string {
	if long := on.now().Sub(s.since); s.runs() && long >= countFrom {
		return on.word("so-far", map[string]any{"For": minutes(long)})
	}
	return ""
}

// lines renders texts one a line.
func (s *screen) lines(texts []view.Text) string {
	list := make([]string, 0, len(texts))
	for _, t := range texts {
		if line := s.text(t); line != "" {
			list = append(list, line)
		}
	}
	return strings.Join(list, "\n")
}
