package gui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// page is the part of a window that scrolls: the answers and the blocks, and in a narrow window the title.
type page struct {
	screen  *screen
	title   *widget.Label
	answers *fyne.Container
	// what and who are the answers: what happens here, and who does it in which browser.
	what, who *widget.Label
	blocks    *fyne.Container
	stack     *widget.Column
	drawn     map[string]drawn
	order     []drawn

	sheet   *sheet
	content *fyne.Container
	scroll  *container.Scroll
	wheel   *wheel
	below   *below
}

func newPage(s *screen) *page {
	p := &page{screen: s, title: widget.NewLabel(widget.StyleTitle), sheet: &sheet{}}
	p.what, p.who = widget.NewLabel(widget.StyleBody), widget.NewLabel(widget.StyleBody.In(widget.ColorMuted))
	p.answers = widget.Box(&widget.Column{Gap: widget.SpaceHair}, p.what, p.who)
	p.stack = &widget.Column{Gap: widget.SpaceBlock}
	p.blocks = widget.Box(p.stack)
	column := widget.Box(&widget.Column{Gap: widget.SpaceBlock}, s.banner.panel, p.title, p.answers, p.blocks)
	p.content = widget.Box(p.sheet, column)
	p.scroll = container.NewVScroll(p.content)
	p.scroll.OnScrolled = func(fyne.Position) { p.fill() }
	p.wheel, p.below = newWheel(p), newBelow()
	return p
}

func (p *page) set(v view.View, fresh bool) {
	p.title.SetText(p.screen.text(v.Title))
	p.setAnswers(v.Answers)
	p.below.text.SetText(p.screen.word("below", nil))
	if fresh {
		p.drawn = nil
	}
	blocks := runsOf(v.Blocks)
	p.drawn, p.order = p.screen.reconcile(p.drawn, blocks)
	p.blocks.Objects, p.stack.Gaps = nil, nil
	for i, d := range p.order {
		p.blocks.Objects = append(p.blocks.Objects, d.object())
		p.stack.Gaps = append(p.stack.Gaps, gapAbove(blocks, i))
	}
}

// gapAbove is the distance between a block and the one before it: a heading keeps close to what it heads, and what
// belongs together keeps close too.
func gapAbove(blocks []view.Block, i int) float32 {
	if i == 0 || i >= len(blocks) {
		return 0
	}
	switch {
	case roleOf(blocks[i]) == view.Heading:
		return gapSection
	case roleOf(blocks[i-1]) == view.Heading:
		return gapHeading
	case roleOf(blocks[i]) != "" && roleOf(blocks[i-1]) != "":
		return gapText
	case roleOf(blocks[i]) == view.Caption, areTicks(blocks[i], blocks[i-1]):
		return gapKin
	}
	return gapBlock
}

// roleOf is the role of a paragraph; empty for any other block.
func roleOf(b view.Block) view.Role {
	if p, ok := b.(view.Paragraph); ok {
		return p.Role
	}
	return ""
}

// areTicks reports whether two blocks are ticks of one list.
func areTicks(a, b view.Block) bool {
	_, first := a.(view.Tick)
	_, second := b.(view.Tick)
	return first && second
}

// setAnswers shows what happens here on one line, and who does it in which browser on another. One that has no content is left out.
func (p *page) setAnswers(answers []view.Answer) {
	told := []string{}
	for _, a := range answers {
		if text := p.screen.text(a.Text); text != "" {
			told = append(told, text)
		}
	}
	p.answers.Hidden = len(told) == 0
	if p.answers.Hidden {
		return
	}
	p.what.SetText(told[0])
	p.who.SetText(strings.Join(told[1:], " · "))
}

// place gives the page its room. The content's width is settled first, so that Fyne's scroller finds its height right. What is read stays
// in view where the width changes, and so does the control that has the focus, unless it was out of view before.
func (p *page) place(x, y, width, height float32, railed bool) {
	p.sheet.left = railed
	before := p.scroll.Size()
	resized := before != fyne.NewSize(width, height)
	back := func() {}
	if before.Width != width {
		back = p.hold()
	}
	lost := before.Height > 0 && !p.screen.focusInView()
	p.content.Resize(fyne.NewSize(width, max(height, p.sheet.HeightFor(p.content.Objects, width))))
	widget.Place(p.scroll, x, y, width, height)
	widget.Place(p.wheel, x, y, width, height)
	widget.Place(p.below.box, x, y+height-fadeHeight, width, fadeHeight)
	p.fill()
	back()
	if focused, ok := p.screen.window.Canvas().Focused().(widget.TabStop); ok && resized && !lost {
		p.reveal(focused, true)
	}
}

// settleScroll updates the scroller after its content has become higher or lower.
func (p *page) settleScroll() {
	at := p.scroll.Offset
	p.scroll.Offset.Y++
	p.scroll.ScrollToOffset(at)
	widget.Relayout(p.content)
	p.fill()
}

func (p *page) scrollToTop() { p.scrollTo(0) }

func (p *page) scrollBy(distance float32) { p.scrollTo(p.scroll.Offset.Y + distance) }

// scrollTo shows the page from y on. Fyne tells OnScrolled only of what the person scrolls.
func (p *page) scrollTo(y float32) {
	p.scroll.ScrollToOffset(fyne.NewPos(0, max(0, y)))
	p.fill()
}

// reveal scrolls an object of the page into view, with some room around it, and with the card that it stands in, where that
// fits. On arrival a higher card shows its top, which says what it is about.
func (p *page) reveal(o fyne.CanvasObject, arriving bool) {
	y, ok := yIn(p.content, o)
	if !ok {
		return
	}
	top, bottom := y-scrollMargin, y+o.Size().Height+scrollMargin
	view := p.scroll.Size().Height
	if bottom-top > view {
		top, bottom = y, y+min(o.Size().Height, view)
	}
	if card := cardAround(p.content, o); card != nil {
		cardTop, _ := yIn(p.content, card)
		cardBottom := cardTop + card.Size().Height
		if arriving || cardBottom-cardTop <= view {
			top, bottom = cardTop-widget.SpaceMedium, cardBottom
		}
	}
	bottom = min(bottom, top+view)
	switch offset := p.scroll.Offset.Y; {
	case top < offset:
		p.scrollTo(top)
	case bottom > offset+view:
		p.scrollTo(bottom - view)
	}
}

// revealAll scrolls an object of the page into view, or as much of it as there is room for from its top.
func (p *page) revealAll(o fyne.CanvasObject) {
	y, ok := yIn(p.content, o)
	if !ok {
		return
	}
	top, height := y-widget.SpaceMedium, p.scroll.Size().Height
	if bottom := y + o.Size().Height + scrollMargin; bottom > p.scroll.Offset.Y+height {
		p.scrollTo(min(top, bottom-height))
	}
}

// cardAround is the innermost card that an object stands in; nil for none.
func cardAround(root *fyne.Container, o fyne.CanvasObject) *fyne.Container {
	for _, child := range root.Objects {
		c, ok := child.(*fyne.Container)
		if !ok {
			continue
		}
		if card := cardAround(c, o); card != nil {
			return card
		}
		if _, isCard := c.Layout.(*cardLayout); !isCard {
			continue
		}
		if _, inside := yIn(c, o); inside {
			return c
		}
	}
	return nil
}

// fitsAtTop reports whether all of an object can be seen where the page is not scrolled.
func (p *page) fitsAtTop(o fyne.CanvasObject) bool {
	y, ok := yIn(p.content, o)
	return ok && y+o.Size().Height+scrollMargin <= p.scroll.Size().Height
}

// inView reports whether some of an object of the page can be seen.
func (p *page) inView(o fyne.CanvasObject) bool {
	y, ok := yIn(p.content, o)
	top := p.scroll.Offset.Y
	return ok && y < top+p.scroll.Size().Height && y+o.Size().Height > top
}

// yIn is how far below the top of root an object in it stands.
func yIn(root *fyne.Container, o fyne.CanvasObject) (float32, bool) {
	for _, child := range root.Objects {
		if child == o {
			return child.Position().Y, true
		}
		if c, ok := child.(*fyne.Container); ok {
			if y, ok := yIn(c, o); ok {
				return c.Position().Y + y, true
			}
		}
	}
	return 0, false
}

// ticking is a block that counts the seconds, or that has something to settle after a while.
type ticking interface {
	// tick brings it up to date.
	tick()
	// ticks reports whether there is something to count.
	ticks() bool
}

// paced is a ticking block that need not be updated every second, since each update paints the window anew.
type paced interface {
	ticking
	// pace is how long it may be left alone.
	pace() time.Duration
}

// pace is how long the page may be left alone.
func (p *page) pace() time.Duration { return paceOf(p.order) }

// paceOf is how long blocks may be left alone.
func paceOf(blocks []drawn) time.Duration {
	least := longWaitStep
	for _, d := range blocks {
		t, ok := d.(ticking)
		if !ok || !t.ticks() {
			continue
		}
		own := tickEvery
		if slow, ok := d.(paced); ok {
			own = slow.pace()
		}
		least = min(least, own)
	}
	return least
}

// tick brings the counting blocks up to date; the page is only laid out again where one became higher or lower.
func (p *page) tick() {
	height := p.sheet.HeightFor(p.content.Objects, p.content.Size().Width)
	for _, d := range p.order {
		if t, ok := d.(ticking); ok {
			t.tick()
		}
	}
	if p.sheet.HeightFor(p.content.Objects, p.content.Size().Width) != height {
		p.screen.arrange()
	}
}

func (p *page) ticks() bool {
	for _, d := range p.order {
		if t, ok := d.(ticking); ok && t.ticks() {
			return true
		}
	}
	return false
}

// sheet keeps a page's content off the edges and no wider than can be read well: beside the rail at the left, else in
// the middle.
type sheet struct {
	left bool
	last float32
}

func (s *sheet) edges(width float32) (x, y, inner float32) {
	x, y = widget.SpacePage, widget.SpaceSmall
	if width < pageNarrow {
		x, y = widget.SpaceNarrow, widget.SpaceNarrow
	}
	inner = min(contentMax, max(0, width-2*x))
	if !s.left {
		x = max(x, (width-inner)/2)
	}
	return x, y, inner
}

func (s *sheet) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	_, y, inner := s.edges(width)
	return y + widget.HeightOf(objects[0], inner) + pageEnd
}

func (s *sheet) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s.last = size.Width
	x, y, inner := s.edges(size.Width)
	widget.Place(objects[0], x, y, inner, widget.HeightOf(objects[0], inner))
}

func (s *sheet) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, s.HeightFor(objects, s.last))
}
