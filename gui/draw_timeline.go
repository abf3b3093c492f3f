package gui

import (
	"reflect"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector/timeline"
	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// timelineBlock draws a view.Timeline: the words of each lane at the left, or above it where there is little room, and what happened at the
// right. It is the layout of its own parts.
type timelineBlock struct {
	screen *screen
	v      view.Timeline
	lanes  []*lane
	ticks  []*widget.Label
	now    *widget.Label
	box    *fyne.Container
	last   float32
}

// lane is a row: its words and its spans. The end of a life is a shape of its own.
type lane struct {
	icon        *widget.Icon
	label, note *widget.Label
	now         *widget.Shape
	spans       []*widget.Shape
	ends        []fyne.CanvasObject
}

func newTimeline(s *screen) drawn {
	t := &timelineBlock{screen: s, now: widget.NewLabel(widget.StyleCaption.In(widget.ColorText))}
	t.box = widget.Box(t)
	return t
}

func (t *timelineBlock) object() fyne.CanvasObject { return t.box }

func (t *timelineBlock) update(b view.Block) {
	v := b.(view.Timeline)
	anew := !reflect.DeepEqual(v.Axis, t.v.Axis)
	if t.v = v; anew {
		t.build()
	}
	t.now.SetText(t.screen.text(v.Now))
	for i, words := range v.Lanes {
		t.lanes[i].label.SetText(t.screen.text(words.Label))
		t.lanes[i].note.SetText(t.screen.text(words.Note))
	}
}

// build makes the parts of another axis, without their words.
func (t *timelineBlock) build() {
	t.box.Objects, t.lanes, t.ticks = nil, nil, nil
	for i, words := range t.v.Lanes {
		l := newLane(t.v.Axis.Lanes[i], words.Severity)
		t.lanes = append(t.lanes, l)
		t.box.Objects = append(t.box.Objects, l.objects()...)
	}
	for _, tick := range t.v.Axis.Ticks {
		label := widget.NewLabel(widget.StyleCaption)
		label.SetText(tick.Label)
		t.ticks = append(t.ticks, label)
		t.box.Objects = append(t.box.Objects, label)
	}
	t.box.Objects = append(t.box.Objects, t.now)
}

// laneMark is the icon and the colour of a lane. What only happened has the colour of the accent and no icon.
func laneMark(s view.Severity) (icon string, c fyne.ThemeColorName) {
	if s == view.Info {
		return "", widget.ColorAccent
	}
	m := markOf(s)
	return m.icon, m.color
}

func newLane(of timeline.Lane, s view.Severity) *lane {
	icon, c := laneMark(s)
	l := &lane{
		icon: widget.NewIcon(icon, c, widget.IconSmall).Beside(widget.StyleBody), label: widget.NewLabel(widget.StyleBody),
		note: widget.NewLabel(widget.StyleCaption), now: widget.NewShape(widget.ShapeLook{Fill: widget.ColorText}),
	}
	for _, span := range of.Spans {
		l.spans = append(l.spans, spanShape(of.Form, c))
		if of.Form == timeline.Life {
			l.ends = append(l.ends, endOf(span, c))
		}
	}
	return l
}

// spanShape tells forms apart by more than their colour: a circle, a bar, the outline of one, and a line.
func spanShape(form timeline.Form, c fyne.ThemeColorName) *widget.Shape {
	switch form {
	case timeline.Point:
		return widget.NewShape(widget.ShapeLook{Fill: c, Radius: pointSize / 2})
	case timeline.Gap:
		return widget.NewShape(widget.ShapeLook{Stroke: widget.ColorMuted, Line: widget.LineThin, Radius: widget.RadiusBar})
	case timeline.Life:
		return widget.NewShape(widget.ShapeLook{Fill: c})
	case timeline.Bar:
	}
	return widget.NewShape(widget.ShapeLook{Fill: c, Radius: widget.RadiusBar})
}

// endOf is a stop where a life ends, and an arrow where it goes on beyond the picture.
func endOf(s timeline.Span, c fyne.ThemeColorName) fyne.CanvasObject {
	if s.Beyond {
		return widget.NewIcon("chevron-right", c, widget.IconSmall)
	}
	return widget.NewShape(widget.ShapeLook{Fill: c})
}

func (l *lane) objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{l.now, l.icon, l.label, l.note}
	for _, s := range l.spans {
		all = append(all, s)
	}
	return append(all, l.ends...)
}

// words places the words of a lane, and returns how high they are.
func (l *lane) words(y, width float32, at func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	indent := float32(0)
	if widget.Shown(l.icon) {
		indent = widget.IconSmall + widget.SpaceSmall
		at(l.icon, 0, y, widget.IconSmall, widget.StyleBody.LineHeight())
	}
	label := l.label.HeightFor(width - indent)
	note := l.note.HeightFor(width)
	at(l.label, indent, y, width-indent, label)
	at(l.note, 0, y+label, width, note)
	return label + note
}

// strip places the spans of a lane around the middle of its height.
func (l *lane) strip(a timeline.Axis, of timeline.Lane, left, middle, width float32, at func(o fyne.CanvasObject, x, y, w, h float32)) {
	for i, s := range of.Spans {
		from, to := left+width*float32(a.Share(s.From)), left+width*float32(a.Share(s.To))
		switch of.Form {
		case timeline.Point:
			at(l.spans[i], from-pointSize/2, middle-pointSize/2, pointSize, pointSize)
		case timeline.Life:
			line := to - from
			if s.Beyond {
				line -= widget.IconSmall/2 + widget.LineThin // the arrow takes over in its middle
			}
			at(l.spans[i], from, middle-lifeLine/2, max(0, line), lifeLine)
			l.end(i, s, to, middle, at)
		case timeline.Bar, timeline.Gap:
			at(l.spans[i], from, middle-spanHeight/2, max(spanLeast, to-from), spanHeight)
		}
	}
}

func (l *lane) end(i int, s timeline.Span, to, middle float32, at func(o fyne.CanvasObject, x, y, w, h float32)) {
	if s.Beyond {
		at(l.ends[i], to-widget.IconSmall, middle-widget.IconSmall/2, widget.IconSmall, widget.IconSmall)
		return
	}
	at(l.ends[i], to-stopWidth, middle-widget.IconSmall/2, stopWidth, widget.IconSmall)
}

// walk calls at for every part with its place, and returns the height of all.
func (t *timelineBlock) walk(width float32, at func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	left, words := float32(0), width
	beside := width >= laneNarrow
	if beside {
		words = min(laneWords, width*laneShare)
		left = words + widget.SpaceLarge
	}
	a, y := t.v.Axis, float32(0)
	now := left + (width-left)*float32(a.Share(a.Now))
	for i, l := range t.lanes {
		top, height := y, l.words(y, words, at)
		if !beside {
			top, height = y+height, laneStrip
		}
		l.strip(a, a.Lanes[i], left, top+height/2, width-left, at)
		y = top + height + widget.SpaceMedium
		at(l.now, now, top, widget.LineThin, y-top)
	}
	return y + t.ruler(left, y, width, now, at)
}

// ruler places the word for today and those marks of the axis for which there is room beside it and each other.
func (t *timelineBlock) ruler(left, y, width, now float32, at func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	height := widget.StyleCaption.LineHeight()
	put := func(l *widget.Label, middle float32) (from, to float32) {
		w := widget.NaturalWidth(l) + widget.WrapSlack
		return middle - w/2, middle + w/2
	}
	from, to := put(t.now, now)
	moved := min(max(left, from), width-(to-from)) - from
	from, to = from+moved, to+moved
	at(t.now, from, y, to-from, height)
	end := left - 2*widget.SpaceMedium // the first one may stand a little before the lanes
	for i, tick := range t.v.Axis.Ticks {
		first, last := put(t.ticks[i], left+(width-left)*float32(t.v.Axis.Share(tick.At)))
		if first < end+widget.SpaceMedium || last > width || last > from-widget.SpaceMedium && first < to+widget.SpaceMedium {
			at(t.ticks[i], 0, y, 0, 0)
			continue
		}
		end = last
		at(t.ticks[i], first, y, last-first, height)
	}
	return height
}

// HeightFor implements widget.Layout.
func (t *timelineBlock) HeightFor(_ []fyne.CanvasObject, width float32) float32 {
	return t.walk(width, func(fyne.CanvasObject, float32, float32, float32, float32) {})
}

// Layout implements widget.Layout. A mark for which there is no room is hidden.
func (t *timelineBlock) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	t.last = size.Width
	t.walk(size.Width, func(o fyne.CanvasObject, x, y, w, h float32) {
		if l, is := o.(*widget.Label); is {
			l.Hidden = w == 0
		}
		widget.Place(o, x, y, w, h)
	})
}

// MinSize implements widget.Layout.
func (t *timelineBlock) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, t.HeightFor(objects, t.last))
}
