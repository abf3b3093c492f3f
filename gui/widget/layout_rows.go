package widget

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Row is a layout that puts objects side by side at their natural widths, on one middle line, and begins a new line where one does not fit.
type Row struct {
	Gap  float32
	last float32
}

// lines are the visible objects, line by line. None stands alone below others that have company: it gets some, or else they all stand alone.
func (r *Row) lines(objects []fyne.CanvasObject, width float32) [][]fyne.CanvasObject {
	lines, x := [][]fyne.CanvasObject{}, float32(0)
	for _, o := range objects {
		if !Shown(o) {
			continue
		}
		w := min(NaturalWidth(o), width)
		if len(lines) == 0 || x+w > width+WrapSlack {
			lines, x = append(lines, nil), 0
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], o)
		x += w + r.Gap
	}
	if r.balance(lines, width); slices.ContainsFunc(lines[min(1, len(lines)):], alone) {
		return eachAlone(lines)
	}
	return lines
}

func alone(line []fyne.CanvasObject) bool { return len(line) == 1 }

// balance gives the one that is alone on the last line the company of the one before it, where both fit there.
func (r *Row) balance(lines [][]fyne.CanvasObject, width float32) {
	n := len(lines)
	if n < 2 || !alone(lines[n-1]) || alone(lines[n-2]) {
		return
	}
	full := lines[n-2]
	both := []fyne.CanvasObject{full[len(full)-1], lines[n-1][0]}
	if NaturalWidth(both[0])+r.Gap+NaturalWidth(both[1]) <= width+WrapSlack {
		lines[n-2], lines[n-1] = full[:len(full)-1], both
	}
}

func eachAlone(lines [][]fyne.CanvasObject) [][]fyne.CanvasObject {
	column := [][]fyne.CanvasObject{}
	for _, line := range lines {
		for i := range line {
			column = append(column, line[i:i+1])
		}
	}
	return column
}

// walk calls at for every visible object with its place and returns the height of all lines.
func (r *Row) walk(objects []fyne.CanvasObject, width float32, at func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	y := float32(0)
	for i, line := range r.lines(objects, width) {
		if i > 0 {
			y += r.Gap
		}
		high := float32(0)
		for _, o := range line {
			high = max(high, HeightOf(o, min(NaturalWidth(o), width)))
		}
		x := float32(0)
		for _, o := range line {
			w := min(NaturalWidth(o), width)
			h := HeightOf(o, w)
			at(o, x, y+(high-h)/2, w, h)
			x += w + r.Gap
		}
		y += high
	}
	return y
}

// HeightFor is the height of all lines.
func (r *Row) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	return r.walk(objects, width, nowhere)
}

// NaturalWidth is the width of all objects on one line.
func (r *Row) NaturalWidth(objects []fyne.CanvasObject) float32 {
	width, gap := float32(0), float32(0)
	for _, o := range objects {
		if Shown(o) {
			width += gap + NaturalWidth(o)
			gap = r.Gap
		}
	}
	return width
}

// Layout places the objects.
func (r *Row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	r.last = size.Width
	r.walk(objects, size.Width, Place)
}

// MinSize is the height at the width of the last Layout.
func (r *Row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, r.HeightFor(objects, r.last))
}

// Trailing is a layout of two objects: the second stands at the right at its natural width, the first takes the rest. Where that
// leaves the first less than Narrow, the second stands below it.
type Trailing struct {
	Gap    float32
	Narrow float32
	// Centered puts both on one middle line.
	Centered bool
	last     float32
}

func (t *Trailing) stacked(objects []fyne.CanvasObject, width float32) (end float32, below bool) {
	end = min(NaturalWidth(objects[1]), width)
	return end, width-end-t.Gap < min(t.Narrow, NaturalWidth(objects[0]))
}

// HeightFor is the height of the higher one, or of both where they are stacked.
func (t *Trailing) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	if !Shown(objects[1]) {
		return HeightOf(objects[0], width)
	}
	end, below := t.stacked(objects, width)
	if below {
		return HeightOf(objects[0], width) + SpaceMedium + HeightOf(objects[1], width)
	}
	return max(HeightOf(objects[0], width-end-t.Gap), HeightOf(objects[1], end))
}

// Layout places the objects.
func (t *Trailing) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	t.last = size.Width
	if !Shown(objects[1]) {
		Place(objects[0], 0, 0, size.Width, HeightOf(objects[0], size.Width))
		Place(objects[1], 0, 0, 0, 0) // it may have had a place outside of what is left now
		return
	}
	end, below := t.stacked(objects, size.Width)
	if below {
		first := HeightOf(objects[0], size.Width)
		Place(objects[0], 0, 0, size.Width, first)
		Place(objects[1], 0, first+SpaceMedium, size.Width, HeightOf(objects[1], size.Width))
		return
	}
	rest := size.Width - end - t.Gap
	first, second := HeightOf(objects[0], rest), HeightOf(objects[1], end)
	high := float32(0)
	if t.Centered {
		high = max(first, second)
	}
	Place(objects[0], 0, max(0, high-first)/2, rest, first)
	Place(objects[1], rest+t.Gap, max(0, high-second)/2, end, second)
}

// MinSize is the height at the width of the last Layout.
func (t *Trailing) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, t.HeightFor(objects, t.last))
}

// EqualColumns is a layout that gives every object an equal part of the width or, below Narrow, stacks them.
type EqualColumns struct {
	Gap    float32
	Narrow float32
	last   float32
}

func (e *EqualColumns) part(objects []fyne.CanvasObject, width float32) float32 {
	n := float32(len(objects))
	return (width - e.Gap*(n-1)) / n
}

// HeightFor is the height of the highest object, or of all where they are stacked.
func (e *EqualColumns) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	if width < e.Narrow {
		return (&Column{Gap: SpaceMedium}).HeightFor(objects, width)
	}
	height := float32(0)
	for _, o := range objects {
		height = max(height, HeightOf(o, e.part(objects, width)))
	}
	return height
}

// Layout places the objects.
func (e *EqualColumns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	e.last = size.Width
	if size.Width < e.Narrow {
		(&Column{Gap: SpaceMedium}).Layout(objects, size)
		return
	}
	part := e.part(objects, size.Width)
	for i, o := range objects {
		Place(o, float32(i)*(part+e.Gap), 0, part, HeightOf(o, part))
	}
}

// MinSize is the height at the width of the last Layout.
func (e *EqualColumns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, e.HeightFor(objects, e.last))
}
