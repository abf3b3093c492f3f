package engine

import (
	"path/filepath"
	"testing"

	"partner-center-connector/connector/schedule"
	"partner-center-connector/connector/store"
)

// TestScheduleConfig: the schedule passes on what the program would not find by itself, and nothing else.
func TestScheduleConfig(t *testing.T) {
	dir := t.TempDir()
	disk, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for name, test := range map[string]struct {
		options     Options
		environment string
		want        schedule.Config
	}{
		"nothing given":         {Options{}, "", schedule.Config{}},
		"a folder":              {Options{ConfigDir: "."}, "", schedule.Config{ConfigDir: disk.Dir()}},
		"a folder by the shell": {Options{}, dir, schedule.Config{ConfigDir: disk.Dir()}},
		"clouds":                {Options{CloudsFile: "clouds.toml"}, "", schedule.Config{CloudsFile: filepath.Join(dir, "clouds.toml")}},
	} {
		t.Setenv("XDG_CONFIG_HOME", test.environment)
		got := scheduleConfig(test.options, disk)
		if got.ConfigDir != test.want.ConfigDir || got.CloudsFile != test.want.CloudsFile || got.LastRun == nil || got.Program != "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestARehearsalHasNoSchedule: it would call the practice cloud when that is long gone.
func TestARehearsalHasNoSchedule(t *testing.T) {
	for _, rehearsal := range []bool{true, false} {
		e, err := New(Options{ConfigDir: t.TempDir(), Rehearsal: rehearsal})
		if err != nil {
			t.Fatal(err)
		}
		if (e.Ports.Schedules == nil) != rehearsal {
			t.Errorf("rehearsal %t: %v", rehearsal, e.Ports.Schedules)
		}
	}
}
