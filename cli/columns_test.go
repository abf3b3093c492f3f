package cli

import (
	"strings"
	"testing"
)

// wideNames have characters of two columns, of none, and of more than one code point.
var wideNames = []string{
	"Contoso",
	"コントソ株式会社",     // two columns each
	"콘토소",          // composed Hangul, two columns each
	"Müller",       // composed
	"Mu\u0308ller", // u with a combining diaeresis: six columns, seven runes
	"ที่ปรึกษา",    // Thai vowels and tone marks stand above
	"👩‍💻 Ops",      // one picture of three code points
	"Ünïcödé…",
}

func TestTextWidth(t *testing.T) {
	for i, want := range []int{7, 16, 6, 6, 6, 6, 6, 8} {
		if got := textWidth(wideNames[i]); got != want {
			t.Errorf("%q: %d, want %d", wideNames[i], got, want)
		}
	}
}

// TestTextWidthNeedsNoLanguage holds that the same text has the same width wherever the program runs.
func TestTextWidthNeedsNoLanguage(t *testing.T) {
	for _, lang := range []string{"C", "en_US.UTF-8", "ja_JP.UTF-8", "zh_CN.UTF-8"} {
		t.Setenv("LC_ALL", lang)
		if got := textWidth("…—·"); got != 3 {
			t.Errorf("%s: %d", lang, got)
		}
	}
}

// TestColumnsLineUp holds that what stands behind a name begins in the same column of the terminal, whatever the name is written in.
func TestColumnsLineUp(t *testing.T) {
	rows, pairs := [][]string{}, [][2]string{}
	for _, name := range wideNames {
		rows = append(rows, []string{name, "|" + name, "|"})
		pairs = append(pairs, [2]string{name, "| " + strings.Repeat("word ", 10)})
	}
	text, width := aligned(rows)
	if width != 38 {
		t.Errorf("%d columns", width)
	}
	for l := range strings.Lines(text) {
		cells := strings.Split(l, "|")
		if first, second := textWidth(cells[0]), textWidth(cells[1]); first != 18 || second != 18 {
			t.Errorf("%d and %d columns: %s", first, second, l)
		}
	}
	for _, l := range columns(pairs, 48) {
		before, _, begins := strings.Cut(l, "|")
		if begins && textWidth(before) != 18 || !begins && !strings.HasPrefix(l, strings.Repeat(" ", 18)+"word") || textWidth(l) > 48 {
			t.Errorf("%d columns: %s", textWidth(before), l)
		}
	}
}

func TestAlignedRowsOfAnyLength(t *testing.T) {
	text, width := aligned([][]string{{}, {"a"}, {"long", "b", ""}, {"", "c"}})
	if want := "\na\nlong  b  \n      c"; text != want || width != 9 {
		t.Errorf("%q, %d columns", text, width)
	}
}

// TestWideTextIsWrapped holds that wide characters are counted where lines are broken.
func TestWideTextIsWrapped(t *testing.T) {
	for _, l := range wrap(strings.Repeat("株式会社 ", 20), 40) {
		if textWidth(l) > 40 {
			t.Errorf("%d columns: %s", textWidth(l), l)
		}
	}
}
