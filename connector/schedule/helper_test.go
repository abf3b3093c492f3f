package schedule

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"partner-center-connector/connector"
)

// computer is a computer on which tools only note that they were run.
type computer struct {
	host
	t *testing.T
	// ran are the command lines, given what each got on standard input.
	ran   []string
	given map[string]string
	// says is what a command line answers; fails are those that fail, with what they say.
	says  map[string]string
	fails map[string]string
}

// waysOf are the ways of every system; a program has those of its own alone.
var waysOf = map[string]func(host) []way{
	"darwin":  func(h host) []way { return []way{launchd{h}} },
	"linux":   func(h host) []way { return []way{systemd{h}, cron{h}} },
	"windows": func(h host) []way { return []way{tasks{h}} },
}

// errExit is how a tool fails.
var errExit = errors.New("exit status 1")

func newComputer(t *testing.T, system string) *computer {
	t.Helper()
	home := t.TempDir()
	c := &computer{t: t, given: map[string]string{}, says: map[string]string{}, fails: map[string]string{}}
	c.host = host{
		system: system, ways: waysOf[system], home: home, uid: "1000", root: home, env: func(string) string { return "" }, compose: commandLine,
		executable: func() (string, error) { return filepath.Join(home, "bin/pcc"), nil },
		lookPath:   func(name string) (string, error) { return "/usr/bin/" + name, nil },
		run:        c.tool,
	}
	return c
}

func (c *computer) tool(_ context.Context, stdin string, argv ...string) (string, error) {
	line := strings.Join(argv, " ")
	c.ran = append(c.ran, line)
	c.given[line] = stdin
	if said, fails := c.fails[line]; fails {
		return "", &connector.SchedulerError{Command: line, Output: said, Err: errExit}
	}
	return c.says[line], nil
}

// scheduler is a Scheduler of the computer, for a program in a fit place.
func (c *computer) scheduler(configs ...func(*Config)) *Scheduler {
	config := Config{Program: "/usr/bin/pcc", LastRun: func() (connector.ScheduledRun, error) { return connector.ScheduledRun{}, nil }}
	for _, change := range configs {
		change(&config)
	}
	return &Scheduler{config: config, host: c.host}
}

// must returns what fails the test for an error.
func must[V any](v V, err error) func(*testing.T) V {
	return func(t *testing.T) V {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// tool is the path of a tool of the system that a test needs.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("CI") != "" && runtime.GOOS == "linux" {
		t.Fatalf("%s is missing: %v", name, err)
	}
	t.Skip(name + " is not installed")
	return ""
}
