package widget

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// letters measures every character as one.
func letters(s string) float32 { return float32(utf8.RuneCountInString(s)) }

func TestWrap(t *testing.T) {
	tests := []struct {
		name, text string
		width      float32
		want       []string
	}{
		{"empty", "", 10, []string{""}},
		{"fits", "one two", 10, []string{"one two"}},
		{"breaks at a space", "one two three", 7, []string{"one two", "three"}},
		{"breaks a long word", "abcdefgh", 3, []string{"abc", "def", "gh"}},
		{"breaks an address at a sign", "user@contoso.com", 9, []string{"user@", "contoso.", "com"}},
		{"goes on after a long word", "abcdefgh i", 4, []string{"abcd", "efgh", "i"}},
		{"keeps line breaks", "one\n\ntwo", 10, []string{"one", "", "two"}},
		{"too narrow for anything", "ab", 0, []string{"a", "b"}},
		{"counts runes", "äöü", 2, []string{"äö", "ü"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := wrap(tt.text, tt.width, letters); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("wrap = %q, want %q", got, tt.want)
			}
		})
	}
}

func FuzzWrap(f *testing.F) {
	for _, seed := range []string{"", "a b", "Vertriebsgesellschaft Nordwest", "a  b\nc", " lead", "trail "} {
		f.Add(seed, uint8(7))
	}
	f.Fuzz(func(t *testing.T, text string, width uint8) {
		if !utf8.ValidString(text) {
			return
		}
		lines := wrap(text, float32(width), letters)
		for _, line := range lines {
			if n := utf8.RuneCountInString(line); n > 1 && letters(line) > float32(width)+WrapSlack {
				t.Errorf("line %q is wider than %d", line, width)
			}
		}
		squeeze := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		if got := squeeze(strings.Join(lines, "")); got != squeeze(text) {
			t.Errorf("wrap changed %q into %q", text, got)
		}
	})
}
