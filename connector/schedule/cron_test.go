//go:build unix

package schedule

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"partner-center-connector/connector"
)

// block is what is in the crontab of a computer.
func (c *computer) block() string {
	return "# BEGIN Partner Center Connector (pcc schedule)\n" + strconv.Itoa(c.minute()) + " 10,13,16 * * * " +
		"XDG_RUNTIME_DIR=/run/user/1000 " +
		"/usr/bin/pcc check --all --quiet --if-older 20h --scheduled\n# END Partner Center Connector (pcc schedule)\n"
}

// TestCron: our lines stand between marks, everybody else's stay byte for byte, and an old block is replaced.
func TestCron(t *testing.T) {
	c := newComputer(t, "linux")
	s := c.scheduler()
	block := c.block()
	own := "  # mine\nMAILTO=me\n*/5 * * * * backup >/dev/null\t\n"
	for _, step := range []struct{ name, before, installed, removed string }{
		{"among others", own, own + block, own},
		{"without a line feed at the end", "@daily x", "@daily x\n" + block, "@daily x\n"},
		{"an old block in the middle", own + strings.Replace(block, "/usr/bin", "/opt", 1) + "@daily x\n", own + "@daily x\n" + block, own + "@daily x\n"},
		{"without the mark at the end", own + strings.Replace(block, cronEnd, "", 1) + "@daily x\n", own + "@daily x\n" + block, own + "@daily x\n"},
		{"without marks", strings.NewReplacer(cronBegin, "", cronEnd, "").Replace(block) + own, own + block, own},
	} {
		c.says["crontab -l"] = step.before
		plan := must(s.Plan(t.Context()))(t)
		if want := []connector.SchedulePart{{Place: "crontab", Text: block}}; plan.Kind != connector.ScheduleCron || !slices.Equal(plan.Parts, want) {
			t.Fatalf("%+v", plan)
		}
		if err := s.Install(t.Context(), plan); err != nil || c.given["crontab -"] != step.installed {
			t.Errorf("%s: %v\n%s", step.name, err, c.given["crontab -"])
		}
		c.says["crontab -l"] = c.given["crontab -"]
		if status := must(s.Status(t.Context()))(t); !status.Installed || len(status.Changed) > 0 || status.Active {
			t.Errorf("%s: %+v", step.name, status)
		}
		if err := s.Remove(t.Context()); err != nil || c.given["crontab -"] != step.removed {
			t.Errorf("%s, removed: %v\n%s", step.name, err, c.given["crontab -"])
		}
	}
}

// TestCronFollows: a crontab without a daemon is a file that nobody reads.
func TestCronFollows(t *testing.T) {
	c := newComputer(t, "linux")
	s := c.scheduler()
	c.says["crontab -l"] = strings.Replace(c.block(), "10,13,16", "11", 1)
	if err := os.MkdirAll(c.root+"/run", 0o700); err != nil {
		t.Fatal(err)
	}
	for pid, want := range map[string]bool{strconv.Itoa(os.Getpid()) + "\n": true, "999999999": false, "": false, "cron": false} {
		if err := os.WriteFile(c.root+"/run/crond.pid", []byte(pid), 0o600); err != nil {
			t.Fatal(err)
		}
		status := must(s.Status(t.Context()))(t)
		if status.Active != want || !slices.Equal(status.Changed, []string{"crontab"}) || status.Kind != connector.ScheduleCron {
			t.Errorf("%q: %+v", pid, status)
		}
	}
}

// TestCronOfNobody: an account without a crontab gets one, which goes again; one that may have none is told so.
func TestCronOfNobody(t *testing.T) {
	c := newComputer(t, "linux")
	s := c.scheduler()
	c.fails["crontab -l"] = "no crontab for me"
	plan := must(s.Plan(t.Context()))(t)
	if err := s.Install(t.Context(), plan); err != nil || c.given["crontab -"] != c.block() {
		t.Errorf("%v\n%s", err, c.given["crontab -"])
	}
	delete(c.fails, "crontab -l")
	c.says["crontab -l"] = c.block()
	c.ran = nil
	if err := s.Remove(t.Context()); err != nil || !slices.Contains(c.ran, "crontab -r") {
		t.Errorf("%v, %q", err, c.ran)
	}
	c.fails["crontab -l"] = "You (me) are not allowed to use this program (crontab)"
	var failed *connector.SchedulerError
	if err := s.Install(t.Context(), plan); !errors.As(err, &failed) || failed.Command != "crontab -l" {
		t.Errorf("%v", err)
	}
	if status, err := s.Status(t.Context()); err != nil || status.Installed {
		t.Errorf("%+v, %v", status, err)
	}
	if err := s.Remove(t.Context()); err != nil {
		t.Error(err)
	}
	c.lookPath = func(string) (string, error) { return "", exec.ErrNotFound }
	if _, err := c.scheduler().Plan(t.Context()); !errors.Is(err, connector.ErrNoScheduler) {
		t.Errorf("without crontab: %v", err)
	}
}

// TestOneWayStays: what cron called before systemd did is not called twice.
func TestOneWayStays(t *testing.T) {
	c := systemdComputer(t)
	c.says["crontab -l"] = c.block() + "@daily x\n"
	s := c.scheduler()
	if err := s.Install(t.Context(), must(s.Plan(t.Context()))(t)); err != nil || c.given["crontab -"] != "@daily x\n" {
		t.Errorf("%v, %q", err, c.given["crontab -"])
	}
}

// TestCronLine runs the line as cron does, with cron's environment alone: every word arrives as it is, and the keychain can be found.
func TestCronLine(t *testing.T) {
	sh := tool(t, "sh")
	c := newComputer(t, "linux")
	dir := filepath.Join(c.home, `50% of "a b" $HOME it's`)
	program := filepath.Join(dir, "pcc")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nprintf '%s\\n' \"$XDG_RUNTIME_DIR\" \"$DBUS_SESSION_BUS_ADDRESS\" \"$@\"\n"
	if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	s := c.scheduler(func(c *Config) { c.Program, c.CloudsFile = program, "/"+strings.Join(awkward, "") })
	line := strings.Split(must(s.Plan(t.Context()))(t).Parts[0].Text, "\n")[1]
	command := strings.ReplaceAll(strings.SplitN(line, " ", 6)[5], `\%`, "%") // as cron does
	cmd := exec.CommandContext(t.Context(), sh, "-c", command)
	cmd.Env, cmd.Dir = []string{"HOME=" + c.home, "LOGNAME=me", "PATH=/usr/bin:/bin", "SHELL=/bin/sh"}, c.home
	out, err := cmd.CombinedOutput()
	want := "/run/user/1000\n\ncheck\n--all\n--quiet\n--if-older\n20h\n--scheduled\n--clouds\n/" + strings.Join(awkward, "") + "\n"
	if err != nil || string(out) != want {
		t.Errorf("%v\n%s\n%s", err, out, line)
	}
}

// TestSplit: a person's own lines stay, byte for byte, wherever somebody has put the marks.
func TestSplit(t *testing.T) {
	t.Parallel()
	const (
		mine = "MAILTO=me\n\n"
		more = "*/5 * * * * backup >/dev/null\t\n"
		last = "@daily x"
		call = "7 10,13,16 * * * XDG_RUNTIME_DIR=/run/user/1000 /usr/bin/pcc check --all --quiet --if-older 20h --scheduled\n"
	)
	for name, tt := range map[string]struct{ table, others, ours string }{
		"nothing":                   {"", "", ""},
		"none of ours":              {mine + last, mine + last, ""},
		"a block":                   {mine + cronBegin + call + cronEnd + more + last, mine + more + last, cronBegin + call + cronEnd},
		"what stands in a block":    {cronBegin + "# old\n" + call + cronEnd + more, more, cronBegin + "# old\n" + call + cronEnd},
		"two blocks":                {cronBegin + call + cronEnd + mine + cronBegin + call + cronEnd + more, mine + more, cronBegin + call + cronEnd + cronBegin + call + cronEnd},
		"the end before the start":  {cronEnd + mine + call + cronBegin + more, mine + more, cronEnd + call + cronBegin},
		"a start before a block":    {cronBegin + mine + call + more + cronBegin + call + cronEnd + last, mine + more + last, cronBegin + call + cronBegin + call + cronEnd},
		"a start behind a block":    {cronBegin + call + cronEnd + mine + cronBegin + more, mine + more, cronBegin + call + cronEnd + cronBegin},
		"an end behind a block":     {cronBegin + call + cronEnd + mine + cronEnd + more, mine + more, cronBegin + call + cronEnd + cronEnd},
		"a start alone":             {mine + cronBegin + call + more, mine + more, cronBegin + call},
		"an end alone":              {mine + call + cronEnd + more, mine + more, call + cronEnd},
		"the call alone":            {mine + call + more, mine + more, call},
		"another call, and a note":  {"0 9 * * * pcc check --all --quiet\n# " + call + more, "0 9 * * * pcc check --all --quiet\n# " + call + more, ""},
		"a mark that was added to":  {mine + "#" + cronBegin + call + cronEnd + more, mine + "#" + cronBegin + more, call + cronEnd},
		"line feeds of two systems": {"a\r\n" + cronBegin + call + cronEnd + "b\r\n", "a\r\nb\r\n", cronBegin + call + cronEnd},
	} {
		if others, ours := split(tt.table); others != tt.others || ours != tt.ours {
			t.Errorf("%s: the others are\n%q\nours\n%q", name, others, ours)
		}
	}
}

// TestCronTellsOfNoBus: the plan says where a bus has to be for the keychain to be reached, if none is there.
func TestCronTellsOfNoBus(t *testing.T) {
	for name, want := range map[string]string{"": "/run/user/1000/bus", "bus": "", "dbus-session": ""} {
		c := newComputer(t, "linux")
		folder := c.root + "/run/user/1000"
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); (err != nil) != (name == "") {
			t.Fatal(err)
		}
		if plan := must(c.scheduler().Plan(t.Context()))(t); plan.BusMissing != want {
			t.Errorf("with %q: %q", name, plan.BusMissing)
		}
	}
}
