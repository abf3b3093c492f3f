package engine

import (
	"reflect"
	"runtime/debug"
	"testing"
	"time"

	"partner-center-connector/connector"
)

func TestBuild(t *testing.T) {
	const commit = "8d2b6f140a5c4e3db7f96c1e2d3a4b58c6d0e1f2"
	yes, no := true, false
	at := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	tags := debug.BuildSetting{Key: "-tags", Value: "release"}
	noted := []debug.BuildSetting{tags, {Key: "vcs", Value: "git"}, {Key: "vcs.revision", Value: commit}, {Key: "vcs.time", Value: "2026-11-30T09:00:00Z"}, {Key: "vcs.modified", Value: "true"}}
	flags := []string{"-tags=release"}
	for name, c := range map[string]struct {
		settings []debug.BuildSetting
		note     string
		want     connector.Build
	}{
		"Go noted it":               {noted, "", connector.Build{Commit: commit, Modified: &yes, Time: at, Flags: flags}},
		"the linker did":            {noted[:1], commit + ",false,2026-11-30T09:00:00Z", connector.Build{Commit: commit, Modified: &no, Time: at, Flags: flags}},
		"both: Go looked itself":    {noted, "0123,false,2020-01-01T00:00:00Z", connector.Build{Commit: commit, Modified: &yes, Time: at, Flags: flags}},
		"only the name":             {noted[:1], commit + ",,", connector.Build{Commit: commit, Flags: flags}},
		"nobody did":                {noted[:1], "", connector.Build{Flags: flags}},
		"a time without a commit":   {noted[3:4], "", connector.Build{Flags: []string{}}},
		"a note without a commit":   {nil, ",true,2026-11-30T09:00:00Z", connector.Build{Flags: []string{}}},
		"a note that is unreadable": {nil, commit + ",perhaps,yesterday", connector.Build{Commit: commit, Flags: []string{}}},
	} {
		if got := buildOf(&debug.BuildInfo{Settings: c.settings}, c.note); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, not %+v", name, got, c.want)
		}
	}
}

// TestBuildOfThisProgram knows the flags of a test's program, which names no commit.
func TestBuildOfThisProgram(t *testing.T) {
	if got := Build(); got.Commit != "" || len(got.Flags) == 0 {
		t.Errorf("%+v", got)
	}
}
