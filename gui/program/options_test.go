package program

import (
	"path/filepath"
	"testing"
)

// TestCommandFlags makes a command that can be typed in any folder.
func TestCommandFlags(t *testing.T) {
	full, err := filepath.Abs("practice.toml")
	if err != nil {
		t.Fatal(err)
	}
	for want, o := range map[string]options{
		"":                        {},
		`--clouds "` + full + `"`: {cloudsFile: "practice.toml"},
		`--config-dir "` + filepath.Dir(full) + `" --clouds "` + full + `"`: {configDir: ".", cloudsFile: full},
	} {
		if got := o.commandFlags(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
