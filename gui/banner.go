package gui

import (
	"fyne.io/fyne/v2"
	"partner-center-connector/connector/view"
)

// banner says on every page what must not be overlooked: that this is a rehearsal, or a cloud from a file. Its first line
// stays in view; the others are folded away, and scroll with the page when they are unfolded.
type banner struct {
	screen *screen
	open   bool
	text   *words
	fold   *fyne.Container
	box    *fyne.Container

	rest  *words
	panel *fyne.Container
}

func newBanner(s *screen) *banner {
	b := &banner{screen: s, text: newWords(styleBody), rest: newWords(styleBody), fold: flow(&rowed{gap: spaceMedium})}
	line := flow(&beside{gap: spaceMedium}, newGlyph("info", colorWarning, iconSmall).on(styleBody), b.text)
	both := flow(&ended{gap: spaceMedium, narrow: entryNarrow, centred: true}, line, b.fold)
	b.box = flow(&padded{x: spaceNarrow, y: spaceSmall}, newShape(outline{fill: colorWarningTint}), both)
	b.panel = flow(&padded{x: spaceNarrow, y: spaceLarge}, newCard(colorWarningTint, ""), b.rest)
	return b
}

func (b *banner) set(texts []view.Text, choose *view.Button) {
	b.fold.Objects = nil
	b.box.Hidden, b.panel.Hidden = len(texts) == 0, len(texts) < 2 || !b.open
	if len(texts) == 0 {
		return
	}
	b.text.set(b.screen.text(texts[0]))
	b.rest.set(b.screen.lines(texts[1:]))
	if choose != nil {
		b.fold.Objects = append(b.fold.Objects, b.screen.pool.quiet(*choose))
	}
	if len(texts) > 1 {
		b.fold.Objects = append(b.fold.Objects, b.folder())
	}
}

func (b *banner) folder() *button {
	o := b.screen.pool.folder("banner.fold", b.screen.word("more", nil), b.screen.word("less", nil), b.open, func() {
		b.open = !b.open
		b.screen.page.top()
		b.screen.again()
	})
	return o
}
