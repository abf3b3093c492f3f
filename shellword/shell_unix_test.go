//go:build unix

package shellword

import (
	"os/exec"
	"runtime"
	"testing"
)

// TestAShellReadsItAgain has the shell of this computer read what was quoted for it.
func TestAShellReadsItAgain(t *testing.T) {
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
