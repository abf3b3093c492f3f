package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestOperators holds what each of them makes of a piece of code: only what compiles.
func TestOperators(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, operator, code string
		want                 []string
	}{
		{
			"a condition", "negate a condition", "if a && !b {\n\tuse(1)\n}\nfor n == 1 {\n\tuse(2)\n}\nswitch {\ncase !a:\n\tuse(3)\n}",
			[]string{"if !(a && !b) {", "for n != 1 {", "case a:"},
		},
		{"a comparison", "exchange a comparison", "a = n < 2", []string{"a = n >= 2", "a = n <= 2"}},
		{
			"and", "exchange and/or, or drop a side", "a = a && b", []string{"a = a", "a = b", "a = a || b"},
		},
		{"arithmetic", "exchange an arithmetic operator", "n = n + 1\ns = s + s", []string{"n = n - 1"}},
		{"an answer", "negate what is returned", "f := func() bool { return a }\nuse(f)", []string{"f := func() bool { return !(a) }"}},
		{
			"an error", "return no error", "f := func() (int, error) { return 1, err }\ng := func() error { return nil }\nuse(f, g)",
			[]string{"f := func() (int, error) { return 1, nil }"},
		},
		{
			"a statement", "remove a statement", "x := 1\nuse(x)\nn = 2\ndefer use(3)\nslog.Info(\"words\")",
			[]string{"(removed)", "(removed)"}, // x would not be used any more
		},
		{"a loop", "exchange break and continue", "for range n {\n\tcontinue\n}", []string{"break"}},
		{"a switch", "drop a case", "switch n {\ncase 1:\n\tuse(4)\ncase 2:\n}", []string{"(removed)", "(removed)"}},
		{"a number", "one more, one less", "n = 0x10\nn = 0o077\nn = 0", []string{"n = 0x11", "n = 0x0f", "n = 0o100", "n = 0o076", "n = 1"}},
		{
			"a string", "empty a string", "s = \"text\"\nerr = errors.New(\"words\" + \"more\")\npanic(\"words\")",
			[]string{"s = \"\""},
		},
		{
			"a table", "drop a row or a field", "use([]int{\n\t7,\n\t8,\n}, point{x: 1, y: 2}, point{3, 4})",
			[]string{"(removed)", "(removed)", "}, point{ y: 2}, point{3, 4})", "}, point{x: 1, }, point{3, 4})"},
		},
		{"a constant", "another constant of the type", "k = second", []string{"k = third"}},
	} {
		if got := made(t, tc.operator, tc.code); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

// made are the changed lines that an operator makes of statements.
func made(t *testing.T, operator, code string) []string {
	t.Helper()
	folder := t.TempDir()
	text := `package sample

import (
	"errors"
	"log/slog"
)

type kind string

const (
	first  kind = "1"
	second kind = "2"
	third  kind = "3"
	alias  kind = "2"
)

type point struct{ x, y int }

func use(...any) {}

func sample(a, b bool, n int, s string, err error, k kind) {
	_, _, _ = slog.Info, errors.New, []any{a, b, n, s, err, k, first, alias}
` + code + "\n}\n"
	for name, text := range map[string]string{"go.mod": "module sample\n\ngo 1.26.0\n", "sample.go": text} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := load(t.Context(), folder, ".", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	begin := 1 + strings.Count(text[:strings.Index(text, code)], "\n")
	var all []string
	for _, m := range s.mutants() {
		if m.operator == operator && m.line >= begin && m.function == "sample" && s.compiles(m) {
			all = append(all, m.after)
		}
	}
	return all
}
