package gui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"partner-center-connector/connector/view"
)

// rail is the list of the wizard's steps at the left; in a narrow window it folds to "Step 4 of 7".
type rail struct {
	screen *screen
	items  []view.RailItem

	back   *shape
	list   *fyne.Container
	box    *fyne.Container
	line   *words
	folded *fyne.Container
}

func newRail(s *screen) *rail {
	r := &rail{screen: s, back: newShape(outline{fill: colorRail}), list: flow(&column{gap: spaceSmall})}
	r.box = flow(&padded{x: spaceLarge, y: spaceBlock}, newShape(outline{}), r.list)
	r.line = newWords(styleCaptionB)
	r.folded = flow(&padded{x: spaceNarrow, y: spaceMedium}, newShape(outline{fill: colorRail}), r.line)
	return r
}

func (r *rail) set(items []view.RailItem) {
	r.items = items
	r.list.Objects = nil
	for _, item := range items {
		o := take(r.screen.pool, item.ID, func(id string) *railItem { return newRailItem(id, r.screen) })
		o.show(item)
		r.list.Objects = append(r.list.Objects, o)
	}
	r.line.set(r.foldedText())
}

func (r *rail) foldedText() string {
	for _, item := range r.items {
		if item.State == view.RailHere {
			return r.screen.word("step-of", map[string]any{
				"Step": item.Number, "Steps": len(r.items), "Label": r.screen.text(item.Label),
			})
		}
	}
	return ""
}

// railItem is one step: its mark, and its name, which leads to it where it can be gone to.
type railItem struct {
	control
	item  view.RailItem
	text  string
	back  *shape
	mark  *shape
	num   *words
	glyph *glyph
	label *words
}

func newRailItem(id string, s *screen) *railItem {
	i := &railItem{
		back: newShape(outline{radius: radiusControl}), mark: newShape(outline{line: lineThin, radius: markSize / 2}),
		num: newWords(styleCaptionB.centered()), glyph: newGlyph("", colorAccent, markSize), label: newWords(styleBody),
	}
	i.enters = true
	i.press = func() { s.send(i.item.Go) }
	i.extend(i, id, s)
	return i
}

func (i *railItem) show(item view.RailItem) {
	text := i.host.(*screen).text(item.Label)
	same := i.text == text && i.item.State == item.State && i.item.Number == item.Number && i.disabled == (item.Go == nil)
	i.item, i.text, i.disabled = item, text, item.Go == nil
	if !same {
		i.Refresh()
	}
}

func (i *railItem) apply() {
	here := i.item.State == view.RailHere
	i.back.set(pick(here, colorTint, pick(i.hovered && !i.disabled, colorHover, "")), "")
	i.num.restyle(styleCaptionB.centered().in(pick(here, colorOnAccent, colorMuted)), strconv.Itoa(i.item.Number))
	style := pick(here, styleStrong, styleBody)
	if i.item.State == view.RailToDo && i.disabled {
		style = style.in(colorMuted)
	}
	i.label.restyle(style, i.text)
	switch i.item.State {
	case view.RailDone:
		i.glyph.set("passed", colorGood)
	case view.RailProblem:
		i.glyph.set("warning", colorBad)
	default:
		i.glyph.set("", colorMuted)
	}
	marked := i.glyph.name != ""
	i.mark.Hidden, i.num.Hidden = marked, marked
	i.mark.set(pick(here, colorAccent, ""), pick(here, colorAccent, colorControlLine))
}

func (i *railItem) labelX() float32 { return spaceMedium + markSize + spaceMedium }

func (i *railItem) heightFor(width float32) float32 {
	return max(markSize, i.label.heightFor(width-i.labelX()-spaceMedium)) + 2*spaceMedium
}

func (i *railItem) MinSize() fyne.Size { return fyne.NewSize(0, i.heightFor(i.Size().Width)) }

// AccessibilityLabel is the step's name.
func (i *railItem) AccessibilityLabel() string { return i.text }

// AccessibilityRole says that it can be pressed.
func (i *railItem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (i *railItem) Refresh() {
	i.apply()
	i.BaseWidget.Refresh()
}

func (i *railItem) arrange(size fyne.Size) {
	place(i.back, 0, 0, size.Width, size.Height)
	placeRing(i.ring, size)
	line := i.label.style.lineHeight()
	y := spaceMedium
	place(i.mark, spaceMedium+spaceHair, y+spaceHair, markSize-2*spaceHair, markSize-2*spaceHair)
	num := i.num.style.lineHeight()
	place(i.num, spaceMedium, y+(markSize-num)/2, markSize, num)
	place(i.glyph, spaceMedium, y, markSize, markSize)
	room := size.Width - i.labelX() - spaceMedium
	place(i.label, i.labelX(), y+max(0, (markSize-line)/2), room, i.label.heightFor(room))
}

// CreateRenderer is for Fyne.
func (i *railItem) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		objects: []fyne.CanvasObject{i.back, i.mark, i.num, i.glyph, i.label, i.ring},
		layout:  i.arrange,
		least:   i.MinSize,
		apply:   func() { i.apply(); i.arrange(i.Size()) },
	})
}
