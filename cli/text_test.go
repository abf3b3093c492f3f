package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/assets"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 10, []string{""}},
		{"one two three", 0, []string{"one two three"}},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 13, []string{"one two three"}},
		{"äöü öüä üäö", 7, []string{"äöü öüä", "üäö"}},
		{"https://login.example/a/very/long/address end", 10, []string{"https://login.example/a/very/long/address", "end"}},
		{"one\ntwo three", 5, []string{"one", "two", "three"}},
		{"keeps  inner   spaces", 40, []string{"keeps  inner   spaces"}},
	} {
		if got := wrap(c.text, c.width); !slices.Equal(got, c.want) {
			t.Errorf("%q at %d: %q", c.text, c.width, got)
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("one two three", 7)
	f.Add("a\n\n b ", 1)
	f.Add("\xff\xfe \u00a0", 3)
	f.Fuzz(func(t *testing.T, text string, width int) {
		lines := wrap(text, width)
		if got, want := strings.Fields(strings.Join(lines, " ")), strings.Fields(text); !slices.Equal(got, want) {
			t.Errorf("%q became %q", want, got)
		}
		for _, l := range lines {
			if width > 0 && textWidth(l) > width && len(strings.Fields(l)) > 1 {
				t.Errorf("%q is wider than %d", l, width)
			}
		}
	})
}

func TestIndented(t *testing.T) {
	var b strings.Builder
	indented(&b, minWidth+4, "1.  ", "    ", strings.Repeat("word ", 12))
	for i, l := range strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n") {
		if prefix := map[bool]string{true: "1.  ", false: "    "}[i == 0]; !strings.HasPrefix(l, prefix) || len(l) > minWidth+4 {
			t.Errorf("line %d: %q", i, l)
		}
	}
}

func TestScreenLeavesOneEmptyLine(t *testing.T) {
	var b bytes.Buffer
	s := &screen{Writer: &b}
	for _, text := range []string{"one\n", "two\n"} {
		_, _ = io.WriteString(s, text)
		s.gap()
		s.gap()
	}
	s.entered()
	s.gap()
	if b.String() != "one\n\ntwo\n\n" {
		t.Errorf("%q", b.String())
	}
}

func TestColumns(t *testing.T) {
	got := columns([][2]string{{"  a", "one two three four five six seven eight nine ten"}, {"  längere", "x"}}, 45)
	want := []string{"  a        one two three four five six seven", "           eight nine ten", "  längere  x"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func prompting(t *testing.T, input io.Reader) (*prompt, *bytes.Buffer) {
	t.Helper()
	tr := assets.NewTranslator("de")
	var errs bytes.Buffer
	p := &program{Host: Host{In: input, Err: &errs}, tr: tr, screen: &screen{Writer: &errs}}
	p.in = newPrompt(p)
	return p.in, &errs
}

func TestLongLinesAreRefused(t *testing.T) {
	q, errs := prompting(t, strings.NewReader(strings.Repeat("x", 3*maxLine)+"\nshort\n"))
	if text, err := q.line(t.Context(), "?"); text != "short" || err != nil || !strings.Contains(errs.String(), "zu lang") {
		t.Errorf("%.20q %v %s", text, err, errs)
	}
	if _, err := q.line(t.Context(), "?"); !errors.Is(err, errNoAnswer) {
		t.Error(err)
	}
}

func TestYesInGerman(t *testing.T) {
	for text, want := range map[string]bool{"j": true, "JA": true, "y": true, "n": false, "nein": false, "": false, "vielleicht\nja": true} {
		q, _ := prompting(t, strings.NewReader(text+"\n"))
		if got, err := q.yes(t.Context(), "?"); got != want || err != nil {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
}

func TestAQuestionThatIsTakenBackLeavesItsLineToTheNext(t *testing.T) {
	r, w := io.Pipe()
	q, _ := prompting(t, r)
	wake := make(chan struct{}, 1)
	wake <- struct{}{}
	if _, err := q.await(t.Context(), change{wake, func() bool { return true }}); !errors.Is(err, errMoved) {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := q.await(ctx, change{}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	go func() { _, _ = io.WriteString(w, "the answer\n") }()
	if text, err := q.await(t.Context(), change{}); text != "the answer" || err != nil {
		t.Errorf("%q %v", text, err)
	}
}

func TestGraver(t *testing.T) {
	order := []int{ExitFine, ExitLater, ExitFailed, ExitSignIn}
	for i, a := range order {
		for j, b := range order {
			if got := graver(a, b); got != order[max(i, j)] {
				t.Errorf("%d, %d: %d", a, b, got)
			}
		}
	}
}

// TestEveryReasonHasItsFlagOrNone holds that what a script can give names its flag, and that the flag exists.
func TestEveryReasonHasItsFlagOrNone(t *testing.T) {
	q, _ := prompting(t, strings.NewReader(""))
	cmd := q.program.connectCommand()
	for reason, need := range needs {
		for flag := range strings.SplitSeq(need.flag, " | ") {
			if cmd.Flags().Lookup(strings.TrimPrefix(flag, "--")) == nil {
				t.Errorf("%s: there is no flag %s", reason, flag)
			}
		}
		if !q.program.tr.Has("reason." + string(reason)) {
			t.Errorf("%s has no words", reason)
		}
	}
}
