package timeline

import (
	"strings"
)

// The signs of a drawing in text.
const (
	signPoint  = 'o'
	signBar    = '='
	signGap    = '.'
	signLife   = '-'
	signEnd    = 'x'
	signBeyond = '>'
	signBefore = '<'
	signNow    = '|'
)

// Text draws the lanes in signs that every terminal and every file has, each as wide as width; the last line has the word for today and the marks of the
// axis. It is nil for an empty axis.
func Text(a Axis, w Words, width int) []string {
	if a.Empty() || width < 1 {
		return nil
	}
	lines := make([]string, 0, len(a.Lanes)+1)
	for _, l := range a.Lanes {
		lines = append(lines, string(a.row(l, width)))
	}
	return append(lines, a.ruler(w.Now, width))
}

// column is where a share of the axis is in a line.
func column(share float64, width int) int { return int(share * float64(width-1)) }

func (a Axis) row(l Lane, width int) []rune {
	row := []rune(strings.Repeat(" ", width))
	row[column(a.Share(a.Now), width)] = signNow
	sign := map[Form]rune{Point: signPoint, Bar: signBar, Gap: signGap, Life: signLife}[l.Form]
	for _, s := range l.Spans {
		first, last := column(a.Share(s.From), width), column(a.Share(s.To), width)
		for i := first; i <= last; i++ {
			row[i] = sign
		}
		switch {
		case s.Beyond:
			row[last] = signBeyond
		case l.Form == Life:
			row[last] = signEnd
		}
		if s.Before {
			row[first] = signBefore
		}
	}
	return row
}

// ruler is the line under the lanes. A mark for which there is no room is left out.
func (a Axis) ruler(now string, width int) string {
	row := []rune(strings.Repeat(" ", width))
	put := func(at int, text string) {
		label := []rune(text)
		at = max(0, min(at, width-len(label)))
		first, last := max(0, at-1), min(width, at+len(label)+1)
		if len(label) > width || strings.TrimSpace(string(row[first:last])) != "" {
			return
		}
		copy(row[at:], label)
	}
	put(column(a.Share(a.Now), width), now)
	for _, t := range a.Ticks {
		if at := column(a.Share(t.At), width); at+len(t.Label) <= width {
			put(at, t.Label)
		}
	}
	return strings.TrimRight(string(row), " ")
}
