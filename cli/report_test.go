package cli_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
	"partner-center-connector/connector"
)

// TestReport holds that a report tells of a connector by its ID, and names nobody.
func TestReport(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	for _, name := range []string{"XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "USER"} {
		t.Setenv(name, "Fabrikam")
	}
	text, asJSON := w.run("report"), w.run("report", "--json")
	if text.code != cli.ExitFine || asJSON.code != cli.ExitFine || text.err != "" {
		t.Fatalf("exit codes %d and %d\n%s%s", text.code, asJSON.code, text.err, asJSON.err)
	}
	var got struct {
		Format     string `json:"format"`
		Connectors []struct {
			ID       string `json:"id"`
			TenantID string `json:"tenantId"`
			Cloud    string `json:"cloud"`
			Checks   []struct{ ID, State string }
		} `json:"connectors"`
	}
	w.decode(asJSON, &got)
	id := w.onlyID()
	if len(got.Connectors) != 1 || got.Connectors[0].ID != id || got.Connectors[0].Cloud != "file" || len(got.Connectors[0].Checks) != 13 {
		t.Errorf("%+v", got)
	}
	if got.Connectors[0].TenantID != w.facts.TenantID {
		t.Errorf("the tenant is %q", got.Connectors[0].TenantID)
	}
	for _, form := range []string{text.out, asJSON.out} {
		for _, name := range []string{w.facts.IntegrationUPN, w.facts.Domain, "Practice", "Fabrikam", w.dir, w.facts.ClientSecret} {
			if strings.Contains(form, name) {
				t.Errorf("%q is in\n%s", name, form)
			}
		}
		if !strings.Contains(form, id) {
			t.Errorf("the connector's ID is missing in\n%s", form)
		}
	}
	w.noSecrets(text.out, asJSON.out)
}

// TestReportToAFile holds that a report is shown, asked about, and written as it was shown; and that no file is replaced without a word.
func TestReportToAFile(t *testing.T) {
	w := newWorld(t, "good")
	file := w.path("report.md")
	if r := w.run("report", file); r.code != cli.ExitUsage || !strings.Contains(r.err, "--yes") || exists(file) {
		t.Fatalf("without anybody to ask: exit code %d\n%s", r.code, r.err)
	}
	no := w.sit([]step{answer(words("cli.report.ask", "Name", file), "n")}, "report", file)
	if no.code != cli.ExitFailed || !strings.Contains(no.err, words("cli.report.kept")) || exists(file) {
		t.Fatalf("after a no: exit code %d\n%s", no.code, no.err)
	}
	yes := w.sit([]step{answer(words("cli.report.ask", "Name", file), "y")}, "report", file)
	if yes.code != cli.ExitFine || !strings.Contains(yes.err, w.read(file)) || !strings.HasPrefix(w.read(file), "# "+words("report.title")) {
		t.Fatalf("after a yes: exit code %d\n%s", yes.code, yes.err)
	}
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	before := w.write("report.md", "mine")
	if r := w.run("report", before, "--yes"); r.code != cli.ExitUsage || w.read(before) != "mine" {
		t.Errorf("there already: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("report", before, "--yes", "--replace", "--json"); r.code != cli.ExitFine || !json.Valid([]byte(w.read(before))) {
		t.Errorf("replaced: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("report", "", "--yes"); r.code != cli.ExitUsage {
		t.Errorf("no file: exit code %d", r.code)
	}
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// TestReportHasTheLog holds that the last lines of the log come through with what support needs of them, and with nothing else.
func TestReportHasTheLog(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	w.play("later-revoked")
	w.clock.forward(time.Hour)
	if r := w.run("check", "Practice"); r.code != cli.ExitSignIn {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	const planted = "abc8Q~fabrikamClientSecretValueOf40Characters"
	log := filepath.Join(w.path("config"), "log", "log.txt")
	f, err := os.OpenFile(log, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteString("Fabrikam was here\ntime=2026-11-23T09:30:00Z level=INFO msg=\"Fabrikam was here\" secret=" + planted + "\n")
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	var got struct{ Log []string }
	w.decode(w.run("report", "--json"), &got)
	all := strings.Join(got.Log, "\n")
	for _, want := range []string{"connector.id=" + w.onlyID(), "problem.kind=sign-in-again", `command="pcc check" exit=3`, "…\ntime=2026-11-23T09:30:00Z level=INFO msg=… secret=…"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in\n%s", want, all)
		}
	}
	if !regexp.MustCompile(`problem\.correlation=[0-9a-f]{8}-`).MatchString(all) {
		t.Errorf("no correlation ID is in\n%s", all)
	}
	for _, name := range []string{"Fabrikam", planted, w.facts.IntegrationUPN, w.facts.Domain, "Practice", w.dir} {
		if strings.Contains(all, name) {
			t.Errorf("%q is in\n%s", name, all)
		}
	}
	w.noSecrets(all)
}

// withheldValue is a value of a line that a report does not tell.
var withheldValue = regexp.MustCompile(`(\S+)=…`)

// TestReportTellsTheLogAsItIsWritten: of what the program writes itself, nothing is withheld but the name of a cloud of a clouds file and what came
// from outside.
func TestReportTellsTheLogAsItIsWritten(t *testing.T) {
	w := newWorld(t, "good")
	w.logs(connector.LogDebug)
	w.mustConnect()
	for _, args := range []string{
		"check --all", "check Practice", "token Practice", "token Practice --resource graph", "token Practice --resource graph", "list", "schedule status", scheduledLine,
	} {
		w.run(strings.Fields(args)...)
	}
	w.play("partner-privileges")
	w.run("check", "Practice")
	written := strings.Split(strings.TrimSpace(w.logged()), "\n")
	var got struct{ Log []string }
	w.decode(w.run("report", "--json"), &got)
	if len(got.Log) < 40 || len(got.Log) < len(written) {
		t.Fatalf("%d lines are told, of %d", len(got.Log), len(written))
	}
	for i, line := range got.Log {
		if strings.HasSuffix(line, " …") || line == "…" {
			t.Errorf("not told: %s", written[i])
		}
		for _, m := range withheldValue.FindAllStringSubmatch(line, -1) {
			if !slices.Contains([]string{"connector.cloud", "raw", "error"}, m[1]) {
				t.Errorf("%s is withheld: %s", m[1], written[i])
			}
		}
	}
}
