package plaintext_test

import (
	"errors"
	"strings"
	"testing"

	"partner-center-connector/plaintext"
)

// TestUTF8 reads what programs of Windows write.
func TestUTF8(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"UTF-8", "Ü €\r\n", "Ü €\r\n"},
		{"UTF-8 with a mark", "\xef\xbb\xbfÜ", "Ü"},
		{"a mark alone", "\xef\xbb\xbf", ""},
		{"UTF-8 that begins as a mark does", "ﬁ", "ﬁ"},
		{"UTF-16, little end first", "\xff\xfeA\x00\xdc\x00\xac\x20\r\x00\n\x00", "AÜ€\r\n"},
		{"UTF-16, big end first", "\xfe\xff\x00A\x00\xdc\x20\xac\x00\r\x00\n", "AÜ€\r\n"},
		{"UTF-16, the mark alone", "\xff\xfe", ""},
		{"UTF-16 with a pair", "\xff\xfe\x3d\xd8\x00\xde", "😀"},
		{"UTF-16 with half a pair", "\xff\xfe\x3d\xd8A\x00", "\ufffdA"},
		{"UTF-16 cut off within a character", "\xff\xfeA\x00B", "A\ufffd"},
		{"two files in UTF-16", "\xff\xfeA\x00\xff\xfeB\x00", "AB"},
		{"two files in UTF-8", "\xef\xbb\xbfA\n\xef\xbb\xbfB", "A\nB"},
		{"one byte", "\xff", "\xff"},
		{"another code page", "\xdcber", "\xdcber"},
		{"no text", "\x30\x82\xef\xbb\xbf\x01", "\x30\x82\xef\xbb\xbf\x01"},
	} {
		got, err := plaintext.UTF8([]byte(c.in))
		if string(got) != c.want || err != nil {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

// TestWhatIsNeither names what it can't read, and leaves it as it is.
func TestWhatIsNeither(t *testing.T) {
	for name, in := range map[string]string{
		"UTF-16, little end first": "A\x00B\x00", "UTF-16, big end first": "\x00A\x00B", "a NUL far behind": strings.Repeat("A", 10_000) + "\x00",
		"UTF-32 with a mark": "\xff\xfe\x00\x00A\x00\x00\x00", "UTF-32, big end first": "\x00\x00\xfe\xff\x00\x00\x00A",
		"a certificate": "\x30\x82\x00\x01", "UTF-16 with a NUL": "\xff\xfeA\x00\x00\x00",
	} {
		got, err := plaintext.UTF8([]byte(in))
		if !errors.Is(err, plaintext.ErrEncoding) || string(got) != in {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}
