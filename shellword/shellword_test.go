package shellword

import (
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

func TestArgument(t *testing.T) {
	for _, c := range []struct{ goos, word, want string }{
		{"linux", "Contoso", `"Contoso"`},
		{"linux", "Contoso Ltd (EU)", `"Contoso Ltd (EU)"`},
		{"linux", "Müller", `"Müller"`},
		{"linux", "-all", `-- '-all'`},
		{"linux", "it's", `'it'\''s'`},
		{"linux", `say "hi"`, `'say "hi"'`},
		{"linux", "$HOME", `'$HOME'`},
		{"linux", "a`id`", "'a`id`'"},
		{"linux", `a\b`, `'a\b'`},
		{"linux", "wow!", "'wow!'"},
		{"darwin", "$HOME", `'$HOME'`},
		{"windows", "Contoso Ltd", `"Contoso Ltd"`},
		{"windows", `C:\Users\Kim Doe`, `"C:\Users\Kim Doe"`},
	} {
		if got, ok := Argument(c.goos, c.word); got != c.want || !ok {
			t.Errorf("%s, %s: got %s, %v", c.goos, c.word, got, ok)
		}
	}
}

func TestWordsThatNoQuotesFit(t *testing.T) {
	for _, c := range []struct{ goos, word string }{
		{"windows", "$env:USERNAME"},
		{"windows", "100%"},
		{"windows", "it's"},
		{"windows", `say "hi"`},
		{"windows", "a`b"},
		{"windows", "-all"},
		{"windows", `C:\there\`},
		{"linux", "two\nlines"},
		{"linux", "bell\a"},
	} {
		if quoted, ok := Argument(c.goos, c.word); ok {
			t.Errorf("%s: %q is said to be fine as %s", c.goos, c.word, quoted)
		}
	}
}

// TestAShellReadsItAgain has the shell of this computer read what was quoted for it.
func TestAShellReadsItAgain(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the shell of Windows is not a POSIX one") // what is quoted for it has no character that one of them changes
	}
	for _, word := range []string{"Contoso", "it's", `"$HOME"`, "`id`", `a\b`, "a!b", "-n", "* ?", "#x", "~", "ä ö"} {
		quoted, ok := Quote(runtime.GOOS, word)
		if !ok {
			t.Errorf("%q has no quotes", word)
			continue
		}
		out, err := exec.CommandContext(t.Context(), "sh", "-c", "printf %s "+quoted).Output()
		if err != nil || string(out) != word {
			t.Errorf("%q: sh reads %q, %v", word, out, err)
		}
	}
}

func TestPathFlags(t *testing.T) {
	got := PathFlags("linux", PathFlag{"--config-dir", "/there/it's"}, PathFlag{"--clouds", ""}, PathFlag{"--other", "/plain"})
	if want := `--config-dir '/there/it'\''s' --other "/plain"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := PathFlags("linux", PathFlag{"--config-dir", "here"}); !strings.HasSuffix(got, `/here"`) || strings.HasPrefix(got, `--config-dir "here`) {
		t.Errorf("%s is not for any folder", got)
	}
}
