package widget

import (
	"strings"
)

// WrapSlack forgives what rounding adds to a line.
const WrapSlack = 0.5

// unlimited is a width that no text reaches.
const unlimited float32 = 1 << 20

// wrap breaks text into lines that measure no more than width, at spaces, and inside a word only where the word alone is
// wider. It loses no character but the spaces at which it breaks. A width that not even one character fits gives one
// character a line.
func wrap(text string, width float32, measure func(string) float32) []string {
	lines := []string{}
	for _, paragraph := range strings.Split(text, "\n") {
		lines = append(lines, wrapParagraph(paragraph, width, measure)...)
	}
	return lines
}

func wrapParagraph(text string, width float32, measure func(string) float32) []string {
	if measure(text) <= width+WrapSlack {
		return []string{text}
	}
	var lines []string
	line := ""
	for _, word := range strings.Split(text, " ") {
		if line != "" && measure(line+" "+word) <= width+WrapSlack {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		var full []string
		full, line = chop(word, width, measure)
		lines = append(lines, full...)
	}
	if line == "" && len(lines) > 0 {
		return lines
	}
	return append(lines, line)
}

// chop cuts a word that is too wide, after a sign that parts addresses where there is one; it returns the full lines and
// what is left for the next one.
func chop(word string, width float32, measure func(string) float32) (full []string, rest string) {
	for word != "" && measure(word) > width+WrapSlack {
		runes := []rune(word)
		cut := fitting(runes, width, measure)
		if cut == len(runes) {
			break
		}
		cut = niceCut(runes, cut)
		full = append(full, string(runes[:cut]))
		word = string(runes[cut:])
	}
	return full, word
}

// niceCut moves a cut back to just after a sign that parts addresses, unless that wastes more than half of the line.
func niceCut(runes []rune, cut int) int {
	for i := cut; i > cut/2; i-- {
		if strings.ContainsRune("@./-_&?=,;:", runes[i-1]) {
			return i
		}
	}
	return cut
}

// fitting is how many of the runes fit into width, at least one.
func fitting(runes []rune, width float32, measure func(string) float32) int {
	low, high := 1, len(runes)
	for low < high {
		middle := (low + high + 1) / 2
		if measure(string(runes[:middle])) <= width+WrapSlack {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low
}
