package cli

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/rehearsal"
)

func TestServePractice(t *testing.T) {
	for _, scenario := range []string{"good", "certificate-unknown"} {
		t.Run(scenario, func(t *testing.T) { serveScenario(t, scenario) })
	}
}

func serveScenario(t *testing.T, scenario string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "r.toml")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	facts := jsonRehearsal{}
	err := servePractice(ctx, rehearsal.Options{Scenario: scenario}, path, func(f rehearsal.Facts, files practiceFiles) {
		facts = jsonOfRehearsal(f, files)
		checkFiles(t, files)
		cancel()
	})
	if err != nil {
		t.Fatal(err)
	}
	if facts.Scenario != scenario || facts.ClientID == "" || facts.User == "" || len(facts.People) == 0 || len(facts.ClientIDs) != 3 {
		t.Errorf("%+v", facts)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// checkFiles holds that the files are there while the cloud is, for their user alone, and that they can be used.
func checkFiles(t *testing.T, f practiceFiles) {
	t.Helper()
	if clouds, err := auth.LoadClouds(f.clouds); err != nil || len(clouds) != 1 {
		t.Errorf("clouds file: %v %v", clouds, err)
	}
	pem, err := os.ReadFile(f.certificate)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := auth.ParseCertificate(pem); err != nil {
		t.Error(err)
	}
	for _, path := range []string{f.clouds, f.certificate} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != privateFile && runtime.GOOS != "windows" {
			t.Errorf("%s has the mode %o", path, mode)
		}
	}
}

func TestServePracticeWhereNothingCanBeWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "missing", "r.toml")
	ready := func(rehearsal.Facts, practiceFiles) { t.Error("ready") }
	if err := servePractice(t.Context(), rehearsal.Options{Scenario: "good"}, path, ready); err == nil {
		t.Error("no error")
	}
	if err := servePractice(t.Context(), rehearsal.Options{Scenario: "nonsense"}, path, ready); err == nil {
		t.Error("no error")
	}
}

func TestScenarioNames(t *testing.T) {
	if all := scenarioNames(); len(all) < 20 || all[0] != "good" {
		t.Errorf("%d, %s", len(all), all[0])
	}
}
