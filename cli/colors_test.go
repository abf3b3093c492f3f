package cli

import (
	"bytes"
	"strings"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

func TestColors(t *testing.T) {
	for _, c := range []struct {
		name     string
		terminal bool
		env      map[string]string
		want     bool
	}{
		{"terminal", true, map[string]string{"TERM": "xterm-256color"}, true},
		{"terminal without a name", true, nil, true},
		{"pipe", false, map[string]string{"TERM": "xterm-256color"}, false},
		{"dumb", true, map[string]string{"TERM": "dumb"}, false},
		{"NO_COLOR", true, map[string]string{"NO_COLOR": "0"}, false},
		{"NO_COLOR empty", true, map[string]string{"NO_COLOR": ""}, true},
	} {
		if got := Colors(c.terminal, func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}

// TestWriteInColor holds which bytes a terminal gets: the words are the same, and escape sequences of others do nothing still.
func TestWriteInColor(t *testing.T) {
	for _, c := range []struct {
		name string
		line line
		want string
	}{
		{"bold", line{text: "Contoso", style: bold}, "\x1b[1mContoso\x1b[0m\n"},
		{"wrapped", line{text: strings.Repeat("Work ", 8), style: bold}, "\x1b[1m" + strings.Repeat("Work ", 5) + "Work\x1b[0m\n\x1b[1m" + "Work " + "Work\x1b[0m\n"},
		{"mark", line{first: "[failed]   ", rest: "  ", text: "The account", mark: red}, "\x1b[1;31m[failed]\x1b[0m   The account\n"},
		{"indented mark", line{first: "  [passed] ", text: "It", mark: green}, "  \x1b[32m[passed]\x1b[0m It\n"},
		{"plain", line{first: "  - ", text: "It"}, "  - It\n"},
		{"foreign", line{text: "evil\x1b[31mred", style: bold}, "\x1b[1mevil\ufffd[31mred\x1b[0m\n"},
		{"empty", line{style: bold}, "\n"},
	} {
		colored, without := &bytes.Buffer{}, &bytes.Buffer{}
		write(&output{Writer: sanitizer{colored}, colors: colored}, 30, c.line)
		write(&output{Writer: sanitizer{without}}, 30, c.line)
		if colored.String() != c.want {
			t.Errorf("%s: %q", c.name, colored)
		}
		strip := strings.NewReplacer("\x1b[1m", "", "\x1b[1;31m", "", "\x1b[32m", "", "\x1b[0m", "")
		if strip.Replace(c.want) != without.String() {
			t.Errorf("%s, without colors: %q", c.name, without)
		}
	}
}

// TestEachStreamHasItsOwnColors holds that a screen that shows a status clears it before it is written on in color.
func TestEachStreamHasItsOwnColors(t *testing.T) {
	out := &bytes.Buffer{}
	s := &screen{Writer: sanitizer{out}, colors: out}
	s.setStatus("[##--]")
	write(s, 0, line{text: "Page", style: bold})
	if want := "[##--]\r      \r\x1b[1mPage\x1b[0m\n"; out.String() != want {
		t.Errorf("%q", out)
	}
}

// TestColorIsNeverAlone holds that whatever has a color has a word, too.
func TestColorIsNeverAlone(t *testing.T) {
	p := folding(&bytes.Buffer{}).program
	for _, s := range []view.Severity{view.Info, view.Good, view.Warning, view.Bad} {
		if l := p.noticeLines(view.Notice{Severity: s, Title: plainText("Title")})[0]; len(strings.Trim(l.first, "[] ")) < 3 || l.mark != styleOf(s) {
			t.Errorf("%v: %+v", s, l)
		}
	}
	for state, want := range map[connector.CheckState]style{
		connector.CheckPassed: green, connector.CheckFailed: red, connector.CheckWarning: yellow, connector.CheckUnknown: yellow,
	} {
		l := p.checkLines(view.CheckRow{State: state, Word: plainText("word"), Title: plainText("Title")})[0]
		if l.mark != want || !strings.HasPrefix(l.first, "[word]") {
			t.Errorf("%v: %+v", state, l)
		}
	}
}
