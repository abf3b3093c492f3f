package cli_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/cli"
)

// helpPages are what pcc help prints of each command, by what stands after pcc; that of pcc itself is empty.
func (w *world) helpPages() map[string]string {
	w.t.Helper()
	pages := map[string]string{}
	for todo := []string{""}; len(todo) > 0; todo = todo[1:] {
		r := w.runPlain(append(strings.Fields(todo[0]), "--help")...)
		if r.code != cli.ExitFine || r.err != "" {
			w.t.Errorf("pcc %s --help: exit code %d\n%s", todo[0], r.code, r.err)
		}
		pages[todo[0]] = r.out
		for _, line := range section(r.out, "Commands:") {
			if name, _, found := strings.Cut(strings.TrimPrefix(line, "  "), " "); found && name != "" {
				todo = append(todo, strings.TrimSpace(todo[0]+" "+name))
			}
		}
	}
	if len(pages) < 26 {
		w.t.Fatalf("only %d commands have help", len(pages))
	}
	return pages
}

// section are the lines of a help page under a title, up to the next title.
func section(page, title string) []string {
	_, rest, _ := strings.Cut(page, "\n"+title+"\n")
	lines := strings.Split(rest, "\n")
	if end := slices.IndexFunc(lines, func(line string) bool { return line != "" && line[0] != ' ' }); end >= 0 {
		lines = lines[:end]
	}
	return lines
}

// called is a call of pcc in a line: up to what ends a command in a shell, or in a file of a scheduler.
var called = regexp.MustCompile(`(?:^|[ ("/])pcc ([a-z][^|;)<>]*)`)

// TestEveryExampleCanBeTyped holds that each command has an example, and that its flags and commands are there.
func TestEveryExampleCanBeTyped(t *testing.T) {
	w := newWorld(t, "good")
	for name, page := range w.helpPages() {
		calls := 0
		for _, line := range section(page, "Examples:") {
			for _, m := range called.FindAllStringSubmatch(line, -1) {
				calls++
				args := argv(m[1])
				if r := w.runPlain(append(args, "--help")...); r.code != cli.ExitFine || r.out == w.runPlain("--help").out {
					t.Errorf("pcc %s has the example %q: exit code %d\n%s", name, m[1], r.code, r.err)
				}
			}
		}
		if calls == 0 {
			t.Errorf("pcc %s has no example", name)
		}
	}
}

// argv splits a call into words, as shells do with quotation marks.
func argv(call string) []string {
	args := []string{}
	for _, m := range regexp.MustCompile(`"([^"]*)"|'([^']*)'|([^ "']+)`).FindAllStringSubmatch(call, -1) {
		args = append(args, m[1]+m[2]+m[3])
	}
	return args
}

// TestSchedulersHaveExamples holds that cron, systemd and the Task Scheduler are shown the line of the daily check, in each place where it is looked for.
func TestSchedulersHaveExamples(t *testing.T) {
	w := newWorld(t, "good")
	const ownLine = "check --all --quiet --if-older 20h"
	for _, command := range []string{"check", "schedule"} {
		examples := strings.Join(section(w.runPlain(command, "--help").out, "Examples:"), "\n")
		for _, want := range []string{
			"# cron", "/usr/bin/pcc " + ownLine + "\n", "XDG_RUNTIME_DIR=/run/user/1000", "# systemd", "\n  ExecStart=/usr/bin/pcc " + ownLine + "\n", "\n  [Timer]\n",
			`schtasks /Create`, `/TR "pcc ` + ownLine + `"`, "# Windows Task Scheduler, in PowerShell", "-Argument '" + ownLine + "'",
		} {
			if !strings.Contains(examples, want) {
				t.Errorf("pcc %s --help has no %q", command, want)
			}
		}
	}
}
