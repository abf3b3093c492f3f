//go:build e2e && linux

package foreign

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// parseTime is how long the parser may take for everything.
const parseTime = time.Minute

// TestWhatWeSayInPowerShell parses every script in PowerShell that people get from us: the examples of README and of pcc help, and what makes an app
// registration. PowerShell itself can't be had from Debian; this is the grammar that editors use.
func TestWhatWeSayInPowerShell(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "connector", "registration", "testdata", "*.ps1"))
	if err != nil || len(files) < 8 {
		t.Fatalf("%d scripts of app registrations, %v", len(files), err)
	}
	examples := readmeExamples(t)
	if len(examples) == 0 {
		t.Fatal("README has no example in PowerShell")
	}
	fromHelp := helpExamples(t)
	if len(fromHelp) < 3 {
		t.Fatalf("pcc help has only %d examples in PowerShell", len(fromHelp))
	}
	for file, faults := range parse(t, slices.Concat(files, examples, fromHelp)...) {
		if len(faults) > 0 {
			t.Errorf("%s: %+v", file, faults)
		}
	}
}

// TestTheParserRefuses checks that it would notice.
func TestTheParserRefuses(t *testing.T) {
	for name, script := range map[string]string{"a brace": "if ($x) {\n", "a quote": "$x = 'one\n", "a pipe": "$x |\n"} {
		file := filepath.Join(t.TempDir(), "broken.ps1")
		if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
			t.Fatal(err)
		}
		if faults := parse(t, file)[file]; len(faults) == 0 {
			t.Errorf("%s that is missing is not noticed", name)
		}
	}
}

// readmeExamples are the blocks of README in PowerShell, each in a file.
func readmeExamples(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	files := []string{}
	for i, block := range strings.Split(string(text), "\n```powershell\n")[1:] {
		code, _, _ := strings.Cut(block, "\n```\n")
		file := filepath.Join(t.TempDir(), "readme-"+strconv.Itoa(i+1)+".ps1")
		if err := os.WriteFile(file, []byte(code+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// helpExamples are the examples in PowerShell of pcc help, each in a file: the lines after a remark that says so, up to an empty one.
func helpExamples(t *testing.T) []string {
	t.Helper()
	sources, err := filepath.Glob(filepath.Join("..", "..", "cli", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	files := []string{}
	for _, source := range sources {
		text, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split(string(text), "PowerShell\n")[1:] {
			code, _, _ := strings.Cut(part, "\n\n")
			code, _, _ = strings.Cut(code, "`")
			file := filepath.Join(t.TempDir(), "help.ps1")
			if err := os.WriteFile(file, []byte(code+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
	}
	return files
}

// fault is a place that the parser can't read.
type fault struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

func parse(t *testing.T, files ...string) map[string][]fault {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), parseTime)
	defer cancel()
	// V8's second compiler takes ten seconds for the grammar's tables; the first one is enough to read a few scripts.
	args := append([]string{"--liftoff-only", filepath.Join("testdata", "powershell.mjs")}, files...)
	cmd := exec.CommandContext(ctx, "node", args...)
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		errors.As(err, &exit)
		t.Fatalf("the parser: %v\n%s", err, exit.Stderr)
	}
	found := map[string][]fault{}
	if err := json.Unmarshal(out, &found); err != nil || len(found) != len(files) {
		t.Fatalf("%v\n%s", err, out)
	}
	return found
}
