package cli

import (
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
)

// terminalFont knows how many columns a terminal gives to a character: none to a combining one, two to a wide one. Characters that
// East Asian fonts draw either way ("…") count as one, as terminals draw them today, and whatever the system's language is, so that
// a script sees the same output everywhere.
var terminalFont = &runewidth.Condition{StrictEmojiNeutral: true}

// textWidth returns how many columns of a terminal a text takes.
func textWidth(text string) int {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return terminalFont.StringWidth(text)
		}
	}
	return len(text) // what most cells of a long table are
}

// padded fills a text up with blanks to a number of columns.
func padded(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-textWidth(text)))
}

// columnGap is the space between two columns of a table.
const columnGap = 2

// aligned sets the cells of rows below each other, a line for each row, and returns how many columns the widest line has. The last cell of a
// row is not filled up.
func aligned(rows [][]string) (text string, width int) {
	widths := []int{}
	for _, row := range rows {
		for i, cell := range row[:max(0, len(row)-1)] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], textWidth(cell)+columnGap)
		}
	}
	blanks := strings.Repeat(" ", slices.Max(append(widths, 0)))
	var lines strings.Builder
	for n, row := range rows {
		if n > 0 {
			lines.WriteByte('\n')
		}
		filled := 0
		for i, cell := range row {
			lines.WriteString(cell)
			if i == len(row)-1 {
				filled += textWidth(cell)
				break
			}
			filled += widths[i]
			lines.WriteString(blanks[:widths[i]-textWidth(cell)])
		}
		if width = max(width, filled); n == 1 { // the first line names the columns, and is shorter than what follows
			lines.Grow(len(rows) * (width + columnGap))
		}
	}
	return lines.String(), width
}

// columns sets rows of two cells below each other; the second cell is wrapped in its own column.
func columns(rows [][2]string, width int) []string {
	left := 0
	for _, r := range rows {
		left = max(left, textWidth(r[0])+columnGap)
	}
	lines := []string{}
	for _, r := range rows {
		rest := 0
		if width > 0 {
			rest = max(width-left, minWidth)
		}
		for i, l := range wrap(r[1], rest) {
			cell := ""
			if i == 0 {
				cell = r[0]
			}
			lines = append(lines, strings.TrimRight(padded(cell, left)+l, " "))
		}
	}
	return lines
}
