package notice

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestTheToastIsACommandOfItsOwn checks that the script survives as one argument, since Windows would take a double quotation mark for its end, and
// that it takes every text from the environment.
func TestTheToastIsACommandOfItsOwn(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile("toast.ps1")
	if err != nil {
		t.Fatal(err)
	}
	sender, err := os.ReadFile("desktop_windows.go")
	if err != nil {
		t.Fatal(err)
	}
	taken := regexp.MustCompile(`\$env:(\w+)`).FindAllStringSubmatch(string(script), -1)
	if len(taken) != 3 || strings.ContainsAny(string(script), "\"`%") {
		t.Errorf("it takes %v", taken)
	}
	for _, name := range taken {
		if !strings.Contains(string(sender), `"`+name[1]+`="+`) {
			t.Errorf("nobody gives it %s", name[1])
		}
	}
}
