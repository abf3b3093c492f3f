package cli

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// barWidth is how many columns the bar has between its brackets.
const barWidth = 20

// showProgress shows a bar with how many are done and how long it will still take, where a terminal can show one. It is a line that is written
// over, without escapes: a library for that would make the program 600 KB larger.
func (p *program) showProgress(done, total int, since time.Duration) {
	if !p.ErrRedraws || p.json || total == 0 {
		return
	}
	filled := barWidth * done / total
	bar := "[" + strings.Repeat("#", filled) + strings.Repeat("-", barWidth-filled) + "] "
	text := p.tr.Text("cli.check.progress", map[string]any{"Done": done, "Total": total})
	if left, ok := timeLeft(done, total, since); ok {
		text += p.tr.Text("cli.check.left", map[string]any{"Left": left})
	}
	// The last column stays free: some terminals go on to the next line there.
	if width := p.terminalWidth(); width > 0 && textWidth(bar+text) >= width {
		bar = ""
		if textWidth(text) >= width {
			return
		}
	}
	p.screen.setStatus(bar + text)
}

// timeLeft is how long those that are left will take at the pace until now, in units that are the same in every language; ok is false where that
// can't be told yet, or where nothing is left.
func timeLeft(done, total int, since time.Duration) (text string, ok bool) {
	if done == 0 || done == total {
		return "", false
	}
	left := since / time.Duration(done) * time.Duration(total-done)
	if left < time.Minute {
		return count(left.Seconds()) + " s", true
	}
	return count(left.Minutes()) + " min", true
}

// count rounds up to a whole number of at least one.
func count(n float64) string { return strconv.Itoa(max(1, int(math.Ceil(n)))) }
