package gui

import (
	"sort"

	"partner-center-connector/connector/view"
)

// rowShape is what the height of a row depends on before its texts are measured.
type rowShape struct{ lines, buttons int }

// rowHeights knows how high each row of a list is at a width: the rows that were made were measured, another one is taken to be as high
// as the first one of its shape that was. So a long list is laid out without a look at its texts.
type rowHeights struct {
	rows  []view.Row
	width float32
	// known are the measured ones, by the ID of the row.
	known   map[string]float32
	typical map[rowShape]float32
	// last is what was measured last, for rows of a shape that none has been measured of.
	last float32
	// tops are where the rows begin and, behind the last one, where another would; nil until they are asked for.
	tops []float32
}

func newRowHeights() *rowHeights {
	return &rowHeights{known: map[string]float32{}, typical: map[rowShape]float32{}}
}

// set takes other rows. A height that was measured is kept until the row is measured again.
func (h *rowHeights) set(rows []view.Row) { h.rows, h.tops = rows, nil }

// reset forgets all heights if the width is another one than before, and reports whether it is.
func (h *rowHeights) reset(width float32) bool {
	if h.width == width {
		return false
	}
	h.width, h.tops = width, nil
	clear(h.known)
	clear(h.typical)
	return true
}

// note takes the measured height of a row, and reports whether that changes where rows begin.
func (h *rowHeights) note(i int, height float32) bool {
	id, shape := h.rows[i].ID, shapeOf(h.rows[i])
	_, shaped := h.typical[shape]
	if shaped && h.height(i) == height {
		h.known[id] = height
		return false
	}
	if !shaped {
		h.typical[shape] = height
	}
	h.known[id], h.last, h.tops = height, height, nil
	return true
}

func shapeOf(r view.Row) rowShape { return rowShape{len(r.Lines), min(len(r.Buttons), 1)} }

// height is how high a row is.
func (h *rowHeights) height(i int) float32 {
	if known, ok := h.known[h.rows[i].ID]; ok {
		return known
	}
	if typical, ok := h.typical[shapeOf(h.rows[i])]; ok {
		return typical
	}
	return h.last
}

// top is where a row begins below the top of the list; len(rows) is the one that would come behind the last.
func (h *rowHeights) top(i int) float32 {
	if h.tops == nil {
		h.tops = make([]float32, len(h.rows)+1)
		for n := range h.rows {
			h.tops[n+1] = h.tops[n] + h.height(n) + gapKin
		}
	}
	return h.tops[i]
}

// total is the height of the list.
func (h *rowHeights) total() float32 { return h.top(len(h.rows)) - gapKin }

// at is the row at a distance from the top of the list: the first one that ends below it, or else the last one.
func (h *rowHeights) at(y float32) int {
	h.top(0)
	return min(sort.Search(len(h.rows), func(i int) bool { return h.tops[i+1] > y }), len(h.rows)-1)
}
