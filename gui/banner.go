package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// banner says on every page what must not be overlooked: that this is a rehearsal, or a cloud from a file. Its first line
// stays in view; the others are folded away, and scroll with the page when they are unfolded.
type banner struct {
	screen *screen
	open   bool
	text   *widget.Label
	fold   *fyne.Container
	box    *fyne.Container

	rest  *widget.Label
	panel *fyne.Container
}

func newBanner(s *screen) *banner {
	b := &banner{screen: s, text: widget.NewLabel(widget.StyleBody), rest: widget.NewLabel(widget.StyleBody)}
	b.fold = widget.Box(&widget.Row{Gap: widget.SpaceMedium})
	icon := widget.NewIcon("info", widget.ColorWarning, widget.IconSmall).Beside(widget.StyleBody)
	line := widget.Box(&widget.Leading{Gap: widget.SpaceMedium}, icon, b.text)
	both := widget.Box(&widget.Trailing{Gap: widget.SpaceMedium, Narrow: widget.EntryNarrow, Centered: true}, line, b.fold)
	back := widget.NewShape(widget.ShapeLook{Fill: widget.ColorWarningTint})
	b.box = widget.Box(&widget.Padded{X: widget.SpaceNarrow, Y: widget.SpaceSmall}, back, both)
	b.panel = widget.Box(&widget.Padded{X: widget.SpaceNarrow, Y: widget.SpaceLarge}, widget.NewCard(widget.ColorWarningTint, ""), b.rest)
	return b
}

func (b *banner) set(texts []view.Text, choose *view.Button) {
	b.fold.Objects = nil
	b.box.Hidden, b.panel.Hidden = len(texts) == 0, len(texts) < 2 || !b.open
	if len(texts) == 0 {
		return
	}
	b.text.SetText(b.screen.text(texts[0]))
	b.rest.SetText(b.screen.lines(texts[1:]))
	if choose != nil {
		b.fold.Objects = append(b.fold.Objects, b.screen.pool.quiet(*choose))
	}
	if len(texts) > 1 {
		b.fold.Objects = append(b.fold.Objects, b.folder())
	}
}

func (b *banner) folder() *widget.Button {
	o := b.screen.pool.folder("banner.fold", b.screen.word("more", nil), b.screen.word("less", nil), b.open, func() {
		b.open = !b.open
		b.screen.page.scrollToTop()
		b.screen.again()
	})
	return o
}
