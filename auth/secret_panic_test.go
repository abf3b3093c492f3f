package auth

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

const (
	envPanic    = "AUTH_TEST_PANIC"
	panicSecret = "hunter3-hunter3-hunter3"
)

// panics are ways in which a secret could get into the last words of a program.
var panics = map[string]func(Secret){
	"itself":        func(s Secret) { panic(s) },
	"pointer":       func(s Secret) { panic(&s) },
	"in an error":   func(s Secret) { panic(fmt.Errorf("failed with %v", s)) },
	"in a text":     func(s Secret) { panic(fmt.Sprintf("%+v", hiding{hidden: s, any: s})) },
	"in a struct":   func(s Secret) { panic(App{Secret: s}) },
	"in a typed":    func(s Secret) { panic(&Error{Cause: ErrBadAnswer, Description: s.String()}) },
	"on the stack":  func(s Secret) { deeper(s, []Secret{s}, s.Reveal()) },
	"twice":         func(s Secret) { defer func() { panic(s) }(); panic(s) },
	"out of bounds": func(s Secret) { _ = []Secret{s}[len(s.Reveal())] },
}

//go:noinline
func deeper(s Secret, list []Secret, text string) {
	if len(list) > 0 && text != "" {
		panic(errors.New("with " + s.String()))
	}
}

func TestPanicsShowNoSecret(t *testing.T) {
	if name := os.Getenv(envPanic); name != "" {
		panics[name](NewSecret(panicSecret))
	}
	for name := range panics {
		for _, level := range []string{"single", "all", "system"} {
			cmd := exec.Command(os.Args[0], "-test.run", "^TestPanicsShowNoSecret$")
			cmd.Env = append(os.Environ(), envPanic+"="+name, "GOTRACEBACK="+level)
			out, err := cmd.CombinedOutput()
			if err == nil || !strings.Contains(string(out), "goroutine ") {
				t.Errorf("%s: it did not panic: %v: %s", name, err, out)
			}
			if shown := string(out); strings.Contains(shown, "hunter3") || strings.Contains(strings.ToLower(shown), fmt.Sprintf("%x", "hunter3")) {
				t.Errorf("%s, GOTRACEBACK=%s: the panic shows the secret", name, level)
			}
		}
	}
}
