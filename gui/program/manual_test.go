package program

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/precedence"
)

// TestTheManualNamesEveryFlag holds that the manual page has every flag of the window program, and every variable, and no others.
func TestTheManualNamesEveryFlag(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "build", "packaging", "linux", "partner-center-connector.1"))
	if err != nil {
		t.Fatal(err)
	}
	var help strings.Builder
	_, _ = parse([]string{"--help"}, connector.Policy{}, &help) // the help is what counts
	flags := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^  -([a-z-]+)`).FindAllStringSubmatch(help.String(), -1) {
		flags["--"+m[1]] = true
	}
	if len(flags) < 10 {
		t.Fatalf("the help has only %d flags:\n%s", len(flags), &help)
	}
	for flag := range flags {
		if !strings.Contains(string(page), "\n.TP\n"+`\fB`+strings.ReplaceAll(flag, "-", `\-`)+`\fR`) {
			t.Errorf("%s is not in the manual", flag)
		}
	}
	for _, m := range regexp.MustCompile(`\n\.TP\n\\fB(\\-\\-[a-z\\-]+)\\fR`).FindAllStringSubmatch(string(page), -1) {
		if flag := strings.ReplaceAll(m[1], `\-`, "-"); !flags[flag] {
			t.Errorf("the manual has %s, which there is not", flag)
		}
	}
	for _, option := range precedence.Options() {
		if !strings.Contains(string(page), "\n.TP\n.B "+option.Variable+"\nlike\n.BR "+strings.ReplaceAll(option.Flag, "-", `\-`)+" ,") {
			t.Errorf("%s is not in the manual", option.Variable)
		}
	}
}
