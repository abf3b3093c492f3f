package cli_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/cli"
	"partner-center-connector/connector"
)

// logged is the log of the world's config folder.
func (w *world) logged() string {
	text, _ := os.ReadFile(w.path("config/log/log.txt"))
	return string(text)
}

// logs chooses what goes into the log.
func (w *world) logs(level connector.LogLevel) {
	w.t.Helper()
	if err := w.mustOpen().Store.ChangeSettings(func(s connector.Settings) connector.Settings {
		s.Log = level
		return s
	}); err != nil {
		w.t.Fatal(err)
	}
}

var (
	message = regexp.MustCompile(`level=(\S+) msg=("[^"]*"|\S+)`)
	ended   = regexp.MustCompile(` command="([^"]*)" exit=(\d)`)
)

// told are the messages of a log that are not for developers alone, and the commands that ended with their exit codes.
func told(log string) (messages, commands []string) {
	for line := range strings.Lines(log) {
		if m := message.FindStringSubmatch(line); m != nil && m[1] != "DEBUG" {
			messages = append(messages, strings.Trim(m[2], `"`))
		}
		if m := ended.FindStringSubmatch(line); m != nil {
			commands = append(commands, m[1]+" "+m[2])
		}
	}
	return messages, commands
}

// TestTheLogTellsWhatWasDone goes a connector's whole way with everything logged: its IDs, outcomes and codes are there, and no name, secret or
// link.
func TestTheLogTellsWhatWasDone(t *testing.T) {
	w := newWorld(t, "good")
	w.logs(connector.LogDebug)
	w.mustConnect()
	for _, args := range []string{"check --all", "check Practice", "token Practice", "token Practice --resource graph", "rename Practice Another", "list", "record Another"} {
		if r := w.run(strings.Fields(args)...); r.code != cli.ExitFine {
			t.Fatalf("%s: %d\n%s", args, r.code, r.err)
		}
	}
	w.play("partner-privileges")
	w.run("check", "Another")
	w.run("check", "Nobody")
	w.run("check")
	w.run("remove", "Another", "--yes")
	log := w.logged()
	messages, commands := told(log)
	if want := []string{
		"pcc connect 0", "pcc check 0", "pcc check 0", "pcc token 0", "pcc token 0", "pcc rename 0", "pcc list 0", "pcc record 0",
		"pcc check 1", "pcc check 1", "pcc check 2", "pcc remove 0",
	}; !slices.Equal(commands, want) {
		t.Errorf("commands: %q", commands)
	}
	for _, want := range []string{
		"app registration probed", "admin consent answered", "user consent answered", "connector saved", "connector checked", "token handed out", "connector renamed",
		"check", "connector removed",
	} {
		if !slices.Contains(messages, want) {
			t.Errorf("nothing is logged of %q", want)
		}
	}
	for _, want := range []string{
		" connector.tenant=" + w.facts.TenantID + " ", ` health=new `, " mfa=passed ", " role=failed ", "problem.kind=no-role problem.answer=900308", "problem.correlation=", " resource=partnercenter cached=",
	} {
		if !strings.Contains(log, want) {
			t.Errorf("%q is not in the log", want)
		}
	}
	w.noSecrets(log)
	for _, unwanted := range []string{w.facts.ClientSecret, w.facts.IntegrationUPN, w.facts.Domain, "Practice", "Another", "Nobody", "state=", "http://localhost"} {
		if at := strings.Index(log, unwanted); at >= 0 {
			t.Errorf("the log has %q: %s", unwanted, log[max(0, at-200):min(len(log), at+100)])
		}
	}
}

func TestTheLogFollowsTheSettings(t *testing.T) {
	w := newWorld(t, "good")
	w.run("rename", "Nobody", "Somebody")
	if _, commands := told(w.logged()); !slices.Equal(commands, []string{"pcc rename 1"}) {
		t.Errorf("by default: %q", commands)
	}
	w.run("list")
	if _, commands := told(w.logged()); len(commands) != 1 {
		t.Errorf("what only shows something is logged: %q", commands)
	}
	w.logs(connector.LogOff)
	r := w.run("rename", "Nobody", "Somebody", "--verbose")
	if _, commands := told(w.logged()); len(commands) != 1 {
		t.Errorf("switched off: %q", commands)
	}
	if _, commands := told(r.err); !slices.Equal(commands, []string{"pcc rename 1"}) {
		t.Errorf("--verbose: %q", commands)
	}
	if r := w.run("rename", "--verbose=false", "Nobody", "Somebody"); strings.Contains(r.err, "command ended") {
		t.Errorf("--verbose=false: %s", r.err)
	}
}

// TestNoCommandFailsForTheLog puts something in the way of the log.
func TestNoCommandFailsForTheLog(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	if err := os.RemoveAll(w.path("config/log")); err != nil {
		t.Fatal(err)
	}
	w.write("config/log", "in the way")
	if r := w.run("check", "--all"); r.code != cli.ExitFine || r.err != "" {
		t.Errorf("%d\n%s", r.code, r.err)
	}
}

// TestAQuestionAboutTheProgramLeavesNothing: no folder is made for the sake of the log.
func TestAQuestionAboutTheProgramLeavesNothing(t *testing.T) {
	w := newWorld(t, "good")
	for _, args := range []string{"version --verbose", "explain AADSTS50076", "help check", "check", "completion bash"} {
		w.run(strings.Fields(args)...)
		if _, err := os.Stat(w.path("config")); err == nil {
			t.Fatalf("%s makes the config folder", args)
		}
	}
}

// TestATokenOfTheCacheIsForDevelopers: a script may ask every minute, and would push everything else out of the log.
func TestATokenOfTheCacheIsForDevelopers(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	before := strings.Count(w.logged(), "token handed out")
	for range 3 {
		if r := w.run("token", "Practice", "--resource", "graph"); r.code != cli.ExitFine {
			t.Fatal(r.err)
		}
	}
	log := w.logged()
	if n := strings.Count(log, "token handed out") - before; n != 1 || strings.Count(log, "cached=true") != 0 {
		t.Errorf("%d lines:\n%s", n, log)
	}
}
