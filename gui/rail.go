package gui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// rail is the list of the wizard's steps at the left; in a narrow window it folds to "Step 4 of 7".
type rail struct {
	screen *screen
	items  []view.RailItem

	back *widget.Shape
	list *fyne.Container
	box  *fyne.Container
	// line is the folded rail, which the header shows.
	line *widget.Label
}

func newRail(s *screen) *rail {
	r := &rail{screen: s, list: widget.Box(&widget.Column{Gap: widget.SpaceSmall})}
	r.back = widget.NewShape(widget.ShapeLook{Fill: widget.ColorRail})
	r.box = widget.Box(&widget.Padded{X: widget.SpaceMedium, Y: widget.SpaceBlock}, widget.NewShape(widget.ShapeLook{}), r.list)
	r.line = widget.NewLabel(widget.StyleCaptionStrong)
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
	r.line.SetText(r.foldedText())
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

// railItem is one step: its mark and its name. Pressing it goes to the step, where the view allows it.
type railItem struct {
	widget.Control
	screen *screen
	item   view.RailItem
	text   string
	back   *widget.Shape
	mark   *widget.Shape
	num    *widget.Label
	icon   *widget.Icon
	label  *widget.Label
}

func newRailItem(id string, s *screen) *railItem {
	i := &railItem{
		screen: s,
		back:   widget.NewShape(widget.ShapeLook{Radius: widget.RadiusControl}),
		mark:   widget.NewShape(widget.ShapeLook{Line: widget.LineThin, Radius: markSize / 2}),
		num:    widget.NewLabel(widget.StyleCaptionStrong.Centered()),
		icon:   widget.NewIcon("", widget.ColorAccent, markSize),
		label:  widget.NewLabel(widget.StyleBody),
	}
	i.PressedByEnter = true
	i.OnPressed = func() { s.send(i.item.Go) }
	i.Extend(i, id, s)
	return i
}

func (i *railItem) show(item view.RailItem) {
	text := i.screen.text(item.Label)
	same := i.text == text && i.item.State == item.State && i.item.Number == item.Number
	i.item, i.text = item, text
	i.SetDisabled(item.Go == nil)
	if !same {
		i.Refresh()
	}
}

func (i *railItem) apply() {
	here := i.item.State == view.RailHere
	i.back.SetColors(pick(here, widget.ColorTint, pick(i.Hovered(), widget.ColorHover, "")), "")
	i.num.SetStyled(widget.StyleCaptionStrong.Centered().In(pick(here, widget.ColorOnAccent, widget.ColorMuted)), strconv.Itoa(i.item.Number))
	style := pick(here, widget.StyleStrong, widget.StyleBody)
	if i.item.State == view.RailToDo && i.Disabled() {
		style = style.In(widget.ColorMuted)
	}
	i.label.SetStyled(style, i.text)
	switch i.item.State {
	case view.RailDone:
		i.icon.Set("passed", widget.ColorGood)
	case view.RailProblem:
		i.icon.Set("warning", widget.ColorBad)
	default:
		i.icon.Set("", widget.ColorMuted)
	}
	marked := i.icon.Visible()
	i.mark.Hidden, i.num.Hidden = marked, marked
	i.mark.SetColors(pick(here, widget.ColorAccent, ""), pick(here, widget.ColorAccent, widget.ColorControlLine))
}

func (i *railItem) labelX() float32 { return widget.SpaceMedium + markSize + widget.SpaceMedium }

func (i *railItem) HeightFor(width float32) float32 {
	return max(markSize, i.label.HeightFor(width-i.labelX()-widget.SpaceSmall)) + 2*widget.SpaceMedium
}

func (i *railItem) MinSize() fyne.Size { return fyne.NewSize(0, i.HeightFor(i.Size().Width)) }

// AccessibilityLabel is the step's name.
func (i *railItem) AccessibilityLabel() string { return i.text }

// AccessibilityRole says that it can be pressed.
func (i *railItem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (i *railItem) Refresh() {
	i.apply()
	i.BaseWidget.Refresh()
}

func (i *railItem) arrange(size fyne.Size) {
	widget.Place(i.back, 0, 0, size.Width, size.Height)
	i.PlaceRing(size)
	line := i.label.Style().LineHeight()
	y := widget.SpaceMedium
	widget.Place(i.mark, widget.SpaceMedium+widget.SpaceHair, y+widget.SpaceHair, markSize-2*widget.SpaceHair, markSize-2*widget.SpaceHair)
	num := i.num.Style().LineHeight()
	widget.Place(i.num, widget.SpaceMedium, y+(markSize-num)/2, markSize, num)
	widget.Place(i.icon, widget.SpaceMedium, y, markSize, markSize)
	room := size.Width - i.labelX() - widget.SpaceSmall
	widget.Place(i.label, i.labelX(), y+max(0, (markSize-line)/2), room, i.label.HeightFor(room))
}

// CreateRenderer makes the item's renderer.
func (i *railItem) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewRenderer(widget.Parts{
		Objects: []fyne.CanvasObject{i.back, i.mark, i.num, i.icon, i.label, i.Ring()},
		Layout:  i.arrange,
		MinSize: i.MinSize,
		Apply:   func() { i.apply(); i.arrange(i.Size()) },
	})
}
