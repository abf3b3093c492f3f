package shellword

import (
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

func TestWhateverIsInIt(t *testing.T) {
	for s, want := range map[string]string{"": "''", "a b": "'a b'", "it's": `'it'\''s'`, "$x `y` !z": "'$x `y` !z'"} {
		if got := POSIX(s); got != want {
			t.Errorf("POSIX: %s, want %s", got, want)
		}
	}
	for s, want := range map[string]string{"": "''", "a b": "'a b'", "it's": "'it''s'", "‘x’": "'‘‘x’’'", "$x `y`": "'$x `y`'"} {
		if got := PowerShell(s); got != want {
			t.Errorf("PowerShell: %s, want %s", got, want)
		}
	}
}

func TestPathFlags(t *testing.T) {
	got := PathFlags("linux", PathFlag{"--config-dir", "/there/it's"}, PathFlag{"--clouds", ""}, PathFlag{"--other", "/plain"})
	if want := `--config-dir '/there/it'\''s' --other "/plain"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := PathFlags("windows", PathFlag{"--config-dir", "/Ada’s $files"}); !strings.HasSuffix(got, "Ada’’s $files'") {
		t.Errorf("%s is not for PowerShell", got)
	}
	if got := PathFlags("linux", PathFlag{"--config-dir", "here"}); !strings.HasSuffix(got, `/here"`) || strings.HasPrefix(got, `--config-dir "here`) {
		t.Errorf("%s is not for any folder", got)
	}
}
