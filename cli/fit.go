package cli

import "slices"

// minCell is to how many columns a cell is shortened at least, and ellipsis what it ends with then.
const (
	minCell  = 9
	ellipsis = "…"
)

// fit shortens the cells of the widest columns until the rows fit into a width, but for the columns that are to stay whole. ok is false where that is
// not enough.
func fit(rows [][]string, width int, whole func(column int) bool) (fitted [][]string, ok bool) {
	widths := columnWidths(rows)
	for over := tableWidth(widths) - width; over > 0; over-- {
		widest := -1
		for i, w := range widths {
			if !whole(i) && w > minCell && (widest < 0 || w > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return rows, false
		}
		widths[widest]--
	}
	fitted = make([][]string, 0, len(rows))
	for _, row := range rows {
		cells := slices.Clone(row)
		for i, cell := range cells {
			if textWidth(cell) > widths[i] {
				cells[i] = shortened(cell, widths[i])
			}
		}
		fitted = append(fitted, cells)
	}
	return fitted, true
}

// shortened is what of a text fits into a number of columns, with a sign that more was there.
func shortened(text string, width int) string {
	return terminalFont.Truncate(text, width, ellipsis)
}

func columnWidths(rows [][]string) []int {
	widths := []int{}
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], textWidth(cell))
		}
	}
	return widths
}

func tableWidth(widths []int) int {
	sum := columnGap * max(0, len(widths)-1)
	for _, w := range widths {
		sum += w
	}
	return sum
}
