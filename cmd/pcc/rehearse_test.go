package main

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/cli"
)

func TestServe(t *testing.T) {
	for _, scenario := range []string{"good", "certificate-unknown"} {
		t.Run(scenario, func(t *testing.T) { serveOne(t, scenario) })
	}
}

func serveOne(t *testing.T, scenario string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "r.toml")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	facts := cli.RehearsalFacts{}
	err := serve(ctx, cli.ServeOptions{Scenario: scenario, CloudsFile: path, Text: func(key string, _ map[string]any) string { return key }},
		func(f cli.RehearsalFacts) {
			facts = f
			checkFiles(t, f)
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
func checkFiles(t *testing.T, f cli.RehearsalFacts) {
	t.Helper()
	if clouds, err := auth.LoadClouds(f.CloudsFile); err != nil || len(clouds) != 1 {
		t.Errorf("clouds file: %v %v", clouds, err)
	}
	pem, err := os.ReadFile(f.CertificateFile)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := auth.ParseCertificate(pem); err != nil {
		t.Error(err)
	}
	for _, path := range []string{f.CloudsFile, f.CertificateFile} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != privateFile && runtime.GOOS != "windows" {
			t.Errorf("%s has the mode %o", path, mode)
		}
	}
}

func TestServeWhereNothingCanBeWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "missing", "r.toml")
	o := cli.ServeOptions{Scenario: "good", CloudsFile: path, Text: func(key string, _ map[string]any) string { return key }}
	if err := serve(t.Context(), o, func(cli.RehearsalFacts) { t.Error("ready") }); err == nil {
		t.Error("no error")
	}
	if err := serve(t.Context(), cli.ServeOptions{Scenario: "nonsense"}, func(cli.RehearsalFacts) { t.Error("ready") }); err == nil {
		t.Error("no error")
	}
}

func TestScenarios(t *testing.T) {
	all := scenarios()
	if len(all) < 20 || all[0].Name != "good" || all[0].Key != "rehearsal.scenario.good" {
		t.Errorf("%d, %+v", len(all), all[0])
	}
}
