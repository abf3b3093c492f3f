package schedule

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"partner-center-connector/connector"
)

// TestStatusTellsTheLastRun, and goes without one that can't be read.
func TestStatusTellsTheLastRun(t *testing.T) {
	run := connector.ScheduledRun{At: time.Date(2026, 12, 1, 10, 5, 0, 0, time.UTC), ExitCode: 3, Checked: 4}
	for _, test := range []struct {
		err   error
		want  connector.ScheduledRun
		newer bool
	}{{nil, run, false}, {errors.New("damaged"), connector.ScheduledRun{}, false}, {fmt.Errorf("run.json: %w", connector.ErrListNewer), connector.ScheduledRun{}, true}} {
		c := newComputer(t, "darwin")
		s := c.scheduler(func(c *Config) { c.LastRun = func() (connector.ScheduledRun, error) { return run, test.err } })
		status, err := s.Status(t.Context())
		if err != nil || status.Last != test.want || status.LastNewer != test.newer || status.Kind != connector.ScheduleLaunchd {
			t.Errorf("%v: %+v, %v", test.err, status, err)
		}
	}
}

// TestArgv: the folder and the clouds are passed on where they were given, and what no line can hold is refused.
func TestArgv(t *testing.T) {
	c := newComputer(t, "darwin")
	plain := []string{"/usr/bin/pcc", "check", "--all", "--quiet", "--if-older", "20h", "--scheduled"}
	for _, test := range []struct {
		dir, clouds string
		want        []string
	}{
		{"", "", plain},
		{"/a b", "", append(slices.Clone(plain), "--config-dir", "/a b")},
		{"", "/c.toml", append(slices.Clone(plain), "--clouds", "/c.toml")},
		{"/a", "/c", append(slices.Clone(plain), "--config-dir", "/a", "--clouds", "/c")},
		{"/a\nb", "", nil},
		{"", "/a\x00", nil},
	} {
		got, err := c.scheduler(func(c *Config) { c.ConfigDir, c.CloudsFile = test.dir, test.clouds }).argv()
		var unfit *connector.UnfitProgramError
		if !slices.Equal(got, test.want) || (test.want == nil) != errors.As(err, &unfit) {
			t.Errorf("%q, %q: %q, %v", test.dir, test.clouds, got, err)
		}
	}
}
