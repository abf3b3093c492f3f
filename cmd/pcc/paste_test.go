package main

import (
	"errors"
	"io"
	"strings"
	"testing"
)

// TestPaste holds what is made of the keys of a terminal: of those that mark what is pasted, and of those that do not.
func TestPaste(t *testing.T) {
	for name, c := range map[string]struct {
		keys, want string
		err        error
	}{
		"marked, then Enter":                {"\x1b[200~one\r\rtwo\r\x1b[201~\rrest", "one\n\ntwo", nil},
		"marked twice":                      {"\x1b[200~one \x1b[201~\x1b[200~two\x1b[201~\r", "one two", nil},
		"marked, with a sequence in it":     {"\x1b[200~o\x1b[31mne\x1b[201~\r", "o\x1b[31mne", nil},
		"not marked, with an empty line":    {"one\r\rtwo\r\r\rrest", "one\n\ntwo", nil},
		"longer than a terminal's own line": {strings.Repeat("x", 9000) + "\r\r\r", strings.Repeat("x", 9000), nil},
		"nothing":                           {"\rrest", "", nil},
		"a mistake taken back":              {"onx\x7fe\r\r\r", "one", nil},
		"arrow keys":                        {"\x1b[A\x1bOBo\x1b[1;5Cne\r\r\r", "one", nil},
		"Ctrl+C":                            {"one\r\x03", "", errInterrupted},
		"Ctrl+D":                            {"one\r\x04rest", "one\n", nil},
		"Ctrl+D alone":                      {"\x04", "", io.EOF},
		"the terminal is gone":              {"", "", io.EOF},
		"gone in the middle of a paste":     {"\x1b[200~one", "one", nil},
	} {
		got, err := (&paste{in: strings.NewReader(c.keys)}).read()
		if string(got) != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestALongPasteIsCutOff holds that no more is kept than a text may have, and that the end of the paste is still seen.
func TestALongPasteIsCutOff(t *testing.T) {
	got, err := (&paste{in: strings.NewReader("\x1b[200~" + strings.Repeat("x", maxPaste+100) + "\x1b[201~\rrest")}).read()
	if err != nil || len(got) > maxPaste || strings.Trim(string(got), "x") != "" {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}
