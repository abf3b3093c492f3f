package program

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"partner-center-connector/auth/browser"
)

// TestBrowserTakesEveryFamily takes each family that can open a private window, and names them all to who asks for another.
func TestBrowserTakesEveryFamily(t *testing.T) {
	for _, f := range browser.Families() {
		if _, err := parse([]string{"--rehearse", "--browser", string(f)}, &bytes.Buffer{}); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
	said := &bytes.Buffer{}
	if _, err := parse([]string{"--rehearse", "--browser", string(browser.Other)}, said); err == nil {
		t.Error("another family was taken")
	}
	for _, f := range browser.Families() {
		if !strings.Contains(said.String(), string(f)) {
			t.Errorf("%s is not named: %s", f, said)
		}
	}
}

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
