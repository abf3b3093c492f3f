package gui

import "fyne.io/fyne/v2"

// rowed puts objects side by side at their natural widths and begins a new line where one does not fit.
type rowed struct {
	gap  float32
	last float32
}

// walk calls at for every visible object with its place and returns the height of all lines.
func (r *rowed) walk(objects []fyne.CanvasObject, width float32, at func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	x, y, line := float32(0), float32(0), float32(0)
	for _, o := range objects {
		if !shown(o) {
			continue
		}
		w := min(naturalWidth(o), width)
		if x > 0 && x+w > width+wrapSlack {
			x, y, line = 0, y+line+r.gap, 0
		}
		h := heightOf(o, w)
		at(o, x, y, w, h)
		x, line = x+w+r.gap, max(line, h)
	}
	return y + line
}

func (r *rowed) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return r.walk(objects, width, nowhere)
}

func (r *rowed) natural(objects []fyne.CanvasObject) float32 {
	width, gap := float32(0), float32(0)
	for _, o := range objects {
		if shown(o) {
			width += gap + naturalWidth(o)
			gap = r.gap
		}
	}
	return width
}

func (r *rowed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	r.last = size.Width
	r.walk(objects, size.Width, place)
}

func (r *rowed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, r.heightFor(objects, r.last))
}

// ended gives its first object the rest of the width and puts the second at its natural width to the right, or, where
// that leaves the first less than narrow, below it.
type ended struct {
	gap    float32
	narrow float32
	// centred puts both on one middle line.
	centred bool
	last    float32
}

func (e *ended) stacked(objects []fyne.CanvasObject, width float32) (end float32, below bool) {
	end = min(naturalWidth(objects[1]), width)
	return end, width-end-e.gap < min(e.narrow, naturalWidth(objects[0]))
}

func (e *ended) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if !shown(objects[1]) {
		return heightOf(objects[0], width)
	}
	end, below := e.stacked(objects, width)
	if below {
		return heightOf(objects[0], width) + spaceMedium + heightOf(objects[1], width)
	}
	return max(heightOf(objects[0], width-end-e.gap), heightOf(objects[1], end))
}

func (e *ended) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	e.last = size.Width
	if !shown(objects[1]) {
		place(objects[0], 0, 0, size.Width, heightOf(objects[0], size.Width))
		return
	}
	end, below := e.stacked(objects, size.Width)
	if below {
		first := heightOf(objects[0], size.Width)
		place(objects[0], 0, 0, size.Width, first)
		place(objects[1], 0, first+spaceMedium, size.Width, heightOf(objects[1], size.Width))
		return
	}
	rest := size.Width - end - e.gap
	first, second := heightOf(objects[0], rest), heightOf(objects[1], end)
	high := float32(0)
	if e.centred {
		high = max(first, second)
	}
	place(objects[0], 0, max(0, high-first)/2, rest, first)
	place(objects[1], rest+e.gap, max(0, high-second)/2, end, second)
}

func (e *ended) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, e.heightFor(objects, e.last))
}

// shared gives every object an equal part of the width, or, below narrow, stacks them.
type shared struct {
	gap    float32
	narrow float32
	last   float32
}

func (s *shared) part(objects []fyne.CanvasObject, width float32) float32 {
	n := float32(len(objects))
	return (width - s.gap*(n-1)) / n
}

func (s *shared) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if width < s.narrow {
		return (&column{gap: spaceMedium}).heightFor(objects, width)
	}
	height := float32(0)
	for _, o := range objects {
		height = max(height, heightOf(o, s.part(objects, width)))
	}
	return height
}

func (s *shared) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s.last = size.Width
	if size.Width < s.narrow {
		(&column{gap: spaceMedium}).Layout(objects, size)
		return
	}
	part := s.part(objects, size.Width)
	for i, o := range objects {
		place(o, float32(i)*(part+s.gap), 0, part, heightOf(o, part))
	}
}

func (s *shared) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, s.heightFor(objects, s.last))
}

// labelled puts a label of a fixed width before its value, or above it where there is little room.
type labelled struct {
	last float32
}

func (l *labelled) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if width < factNarrow {
		return heightOf(objects[0], width) + heightOf(objects[1], width)
	}
	label := l.label(width)
	return max(heightOf(objects[0], label), heightOf(objects[1], width-label-spaceLarge))
}

func (l *labelled) label(width float32) float32 { return min(factLabel, width*factShare) }

func (l *labelled) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.last = size.Width
	if size.Width < factNarrow {
		first := heightOf(objects[0], size.Width)
		place(objects[0], 0, 0, size.Width, first)
		place(objects[1], 0, first, size.Width, heightOf(objects[1], size.Width))
		return
	}
	label := l.label(size.Width)
	rest := size.Width - label - spaceLarge
	place(objects[0], 0, 0, label, heightOf(objects[0], label))
	place(objects[1], label+spaceLarge, 0, rest, heightOf(objects[1], rest))
}

func (l *labelled) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.heightFor(objects, l.last))
}
