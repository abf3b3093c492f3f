//go:build e2e && linux

package e2e

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// program is one of ours that was started.
type program struct {
	t      testing.TB
	cmd    *exec.Cmd
	stdout string
	stderr string
	ended  chan struct{}
}

// start starts a program in the account. Its output goes to files: pipes would stay open as long as a browser lives.
func (a *account) start(env []string, input, name string, args ...string) *program {
	a.t.Helper()
	folder, err := os.MkdirTemp(a.papers, name)
	if err != nil {
		a.t.Fatal(err)
	}
	p := &program{t: a.t, stdout: filepath.Join(folder, "out"), stderr: filepath.Join(folder, "err"), ended: make(chan struct{})}
	p.cmd = exec.Command(programPath(name), args...)
	p.cmd.Env, p.cmd.Dir, p.cmd.Stdin = env, a.home(), strings.NewReader(input)
	out, err1 := os.Create(p.stdout)
	fail, err2 := os.Create(p.stderr)
	if err := errors.Join(err1, err2); err != nil {
		a.t.Fatal(err)
	}
	p.cmd.Stdout, p.cmd.Stderr = out, fail
	err = p.cmd.Start()
	_, _ = out.Close(), fail.Close()
	if err != nil {
		a.t.Fatal(err)
	}
	go func() { defer close(p.ended); _ = p.cmd.Wait() }()
	a.t.Cleanup(func() { photographFailure(a.t); p.kill() })
	return p
}

// kill ends it as a power cut would.
func (p *program) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

func (p *program) hasEnded() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

// result waits for its end.
func (p *program) result(limit time.Duration) result {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(limit):
		p.t.Fatalf("%s did not end within %v; it said:\n%s", p.cmd.Args, limit, p.said())
	}
	return result{p.t, p.cmd.Args, p.cmd.ProcessState.ExitCode(), readText(p.stdout), readText(p.stderr)}
}

// said is what it has written to standard error so far.
func (p *program) said() string { return readText(p.stderr) }

// says waits until it has written something, and returns it from there on.
func (p *program) says(text string) string {
	p.t.Helper()
	rest := ""
	until(p.t, "it says "+text, func() bool {
		said := p.said()
		if i := strings.Index(said, text); i >= 0 {
			rest = said[i:]
			return true
		}
		if p.hasEnded() {
			p.t.Fatalf("it ended with %d and without saying %q:\n%s\n%s", p.cmd.ProcessState.ExitCode(), text, readText(p.stdout), said)
		}
		return false
	})
	return rest
}

func readText(path string) string {
	text, _ := os.ReadFile(path)
	return string(text)
}

// result is how a program ended.
type result struct {
	t              testing.TB
	args           []string
	code           int
	stdout, stderr string
}

// exits checks the exit code.
func (r result) exits(code int) result {
	r.t.Helper()
	if r.code != code {
		r.t.Fatalf("%s ended with %d, want %d\n%s\n%s", r.args, r.code, code, r.stdout, r.stderr)
	}
	return r
}

// answer reads what it printed with --json.
func (r result) answer() answer {
	r.t.Helper()
	var a answer
	if err := json.Unmarshal([]byte(r.stdout), &a); err != nil {
		r.t.Fatalf("%s printed no JSON: %v\n%s\n%s", r.args, err, r.stdout, r.stderr)
	}
	return a
}

// answer is what pcc prints with --json, for all its commands.
type answer struct {
	Error      *problem        `json:"error"`
	Connector  *connectorRow   `json:"connector"`
	Connectors json.RawMessage `json:"connectors"`
	Removed    *removed        `json:"removed"`
	Health     string          `json:"health"`
	Checks     []check         `json:"checks"`
	ExitCode   int             `json:"exitCode"`

	AccessToken string `json:"accessToken"`
	ExpiresOn   string `json:"expiresOn"`
	TokenType   string `json:"tokenType"`
	Resource    string `json:"resource"`
	TenantID    string `json:"tenantId"`
}

type problem struct {
	Kind, Title, Do, Actor, Code, Raw, CorrelationID, TraceID, At string
	ExitCode                                                      int
}

type connectorRow struct {
	ID, Name, TenantID, TenantDomain, Cloud, ClientID, ClientKind, User, UserObjectID, AdminConsent, Health string
	Saved, Consented, Refreshed, RefreshTokenEnd, Checked, SecretExpires                                    string
	CloudFromFile                                                                                           bool
}

type check struct {
	ID, State, Weight string
	Evidence          []string
	Problem           *problem
}

type removed struct {
	Connectors []connectorRow
}

type checkedRow struct {
	Connector connectorRow
	Health    string
	Checks    []check
	Problem   *problem
	ExitCode  int
}

func (a answer) check(id string) check {
	for _, c := range a.Checks {
		if c.ID == id {
			return c
		}
	}
	return check{ID: id, State: "missing"}
}

// pcc runs the terminal program to its end.
func (a *account) pcc(c *cloud, input string, args ...string) result {
	a.t.Helper()
	return a.start(a.env, input, terminal, c.args(args...)...).result(2 * patience)
}

// pccWithoutScreen runs it where no browser could be opened.
func (a *account) pccWithoutScreen(c *cloud, args ...string) result {
	a.t.Helper()
	return a.start(a.without("DISPLAY", "BROWSER"), "", terminal, c.args(args...)...).result(2 * patience)
}

// list are the saved connectors.
func (a *account) list(c *cloud) []connectorRow {
	a.t.Helper()
	var rows []connectorRow
	if err := json.Unmarshal(a.pccWithoutScreen(c, "list", "--json").exits(0).answer().Connectors, &rows); err != nil {
		a.t.Fatal(err)
	}
	return rows
}

// args are the command line for a cloud.
func (c *cloud) args(more ...string) []string {
	return slices.Concat(more, []string{"--clouds", c.file, "--lang", "en"})
}
