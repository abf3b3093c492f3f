package main

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestHiddenLine(t *testing.T) {
	for _, c := range []struct {
		typed, want string
		err         error
	}{
		{"secret\r", "secret", nil},
		{"secret\nmore\n", "secret", nil},
		{"\r", "", nil},
		{"", "", io.EOF},
		{"\x04", "", io.EOF},
		{"\x1a", "", io.EOF},
		{"sec\x04", "sec", nil},
		{"sec\x03", "", errInterrupted},
		{"secrex\x7ft\r", "secret", nil},
		{"\x08\x08s\r", "s", nil},
		{"wrong\x15right\r", "right", nil},
		{"se\x1b[Dcret\r", "secret", nil},
	} {
		got, err := (&paste{in: strings.NewReader(c.typed), oneLine: true}).read()
		if string(got) != c.want || !errors.Is(err, c.err) {
			t.Errorf("%q: %q, %v", c.typed, got, err)
		}
	}
}
