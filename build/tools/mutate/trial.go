package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// trial is how the mutants of one package are tried.
type trial struct {
	w        *workshop
	tests    []string                 // the packages whose tests are for it, in the order in which they are run
	limits   map[string]time.Duration // by package: when its tests count as hung
	contents string                   // stands for everything that decides an outcome, but for the mutant
}

var errFails = errors.New("the tests fail without any mutant")

// trial runs the package's tests as they are, which have to pass: how long they take tells when a mutant hangs.
func (w *workshop) trial(ctx context.Context, name string) (*trial, error) {
	t := &trial{w: w, tests: w.tests[name], limits: map[string]time.Duration{}}
	if len(t.tests) == 0 {
		t.tests = []string{name}
	}
	for _, p := range t.tests {
		text, err := w.test(ctx, 0, p, 10*time.Minute, "")
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w\n%s", errFails, p, err, text)
		}
		t.limits[p] = w.patience + 4*took(text)
	}
	var err error
	t.contents, err = w.contents(ctx, t.tests)
	return t, err
}

var okLine = regexp.MustCompile(`(?m)^ok\s+\S+\s+([0-9.]+s)`)

// took is how long the tests took, as go test says itself: without the time of the compiler.
func took(text string) time.Duration {
	m := okLine.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	d, _ := time.ParseDuration(m[1])
	return d
}

// contents stands for all files of the module that the tests are made of.
func (w *workshop) contents(ctx context.Context, packages []string) (string, error) {
	arguments := []string{"-tags", w.tags, "-deps", "-test"}
	for _, p := range packages {
		arguments = append(arguments, "./"+p)
	}
	all, err := list(ctx, w.tree(0), w.env, arguments...)
	if err != nil {
		return "", err
	}
	var parts []string
	seen := map[string]bool{}
	for _, l := range all {
		if l.Module == nil || l.Module.Dir != w.tree(0) || seen[l.Dir] {
			continue
		}
		seen[l.Dir] = true
		files, err := ownFiles(l.Dir)
		if err != nil {
			return "", err
		}
		parts = append(parts, files...)
	}
	return hash(parts...), nil
}

// ownFiles are names and contents of the files of a package, and of what its tests have beside it.
func ownFiles(folder string) ([]string, error) {
	var parts []string
	files := os.DirFS(folder)
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && !strings.HasPrefix(name, "testdata"):
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		text, err := fs.ReadFile(files, name)
		parts = append(parts, name, string(text))
		return err
	})
	return parts, err
}

// remembered is the outcome of a mutant, tried only if nobody knows it.
func (t *trial) remembered(ctx context.Context, worker int, m mutant, memory *memory) (outcome, error) {
	key := hash(t.contents, m.name, string(m.apply()))
	if r, found := memory.outcome(key); found {
		return r.Outcome, nil
	}
	id := m.String()
	o, catcher, err := t.try(ctx, worker, m, memory.catcher(id))
	if err != nil {
		return "", err
	}
	return o, memory.keep(remembered{Key: key, Mutant: id, Outcome: o, Catcher: catcher})
}

// try runs the tests with the mutant, first the one that is expected to catch it, written "package Test".
func (t *trial) try(ctx context.Context, worker int, m mutant, expected string) (o outcome, catcher string, err error) {
	if err := t.w.put(worker, m.name, m.apply()); err != nil {
		return "", "", err
	}
	defer func() { err = errors.Join(err, t.w.put(worker, m.name, m.file.text)) }()
	if p, test, found := strings.Cut(expected, " "); found && t.limits[p] > 0 {
		o, catcher, err := t.one(ctx, worker, p, test)
		if err != nil || o != survived {
			return o, catcher, err
		}
	}
	for _, p := range t.tests {
		o, catcher, err := t.one(ctx, worker, p, "")
		if err != nil || o != survived {
			return o, catcher, err
		}
	}
	return survived, "", nil
}

var (
	failedTest = regexp.MustCompile(`(?m)^--- FAIL: (\w+)`)
	notBuilt   = regexp.MustCompile(`\[(build|setup) failed\]`)
	overTime   = regexp.MustCompile(`(?m)^panic: test timed out`)
)

// one runs the tests of a package with the mutant, or one of them.
func (t *trial) one(ctx context.Context, worker int, p, test string) (outcome, string, error) {
	text, err := t.w.test(ctx, worker, p, t.limits[p], test)
	switch {
	case ctx.Err() != nil:
		return "", "", ctx.Err()
	case err == nil:
		return survived, "", nil
	case notBuilt.MatchString(text):
		return broken, "", nil
	case overTime.MatchString(text) || errors.Is(err, context.DeadlineExceeded):
		return hung, "", nil
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return "", "", err
	}
	if failed := failedTest.FindStringSubmatch(text); failed != nil {
		return caught, p + " " + failed[1], nil
	}
	return caught, "", nil
}

// put writes a file of the module in a worker's copy of it.
func (w *workshop) put(worker int, name string, text []byte) error {
	return os.WriteFile(filepath.Join(w.tree(worker), filepath.FromSlash(name)), text, 0o600)
}

// separate makes places of its own for whatever the tests or a mutant write, and lets no display and no keychain be found.
func (w *workshop) separate(ctx context.Context) error {
	env := os.Environ()
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPATH"} {
		value, err := exec.CommandContext(ctx, "go", "env", name).Output()
		if err != nil {
			return err
		}
		env = append(env, name+"="+strings.TrimSpace(string(value)))
	}
	for _, name := range []string{"HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"} {
		folder := filepath.Join(w.folder, strings.ToLower(name))
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		env = append(env, name+"="+folder)
	}
	// Whoever has another identity comes through the folders of the tests, as through /tmp.
	for _, folder := range []string{w.folder, filepath.Join(w.folder, "tmpdir")} {
		//nolint:gosec // they can be passed through, and not listed; what is below them is a copy of this checkout
		if err := os.Chmod(folder, 0o711); err != nil {
			return err
		}
	}
	w.env = append(env, "CGO_ENABLED=0", "DISPLAY=", "WAYLAND_DISPLAY=", "DBUS_SESSION_BUS_ADDRESS=", "GOFLAGS=-buildvcs=false")
	return nil
}

// test runs the tests of a package, or one of them, and returns what they print. What they leave running ends with them.
func (w *workshop) test(ctx context.Context, worker int, p string, limit time.Duration, only string) (string, error) {
	// go test ends them itself; this is for what it waits for in vain.
	ctx, cancel := context.WithTimeout(ctx, limit+time.Minute+limit/2)
	defer cancel()
	arguments := []string{"go", "test", "-tags", w.tags, "-vet=off", "-count=1", "-failfast", "-timeout", limit.String()}
	if only != "" {
		arguments = append(arguments, "-run", "^"+only+"$")
	}
	arguments = append(arguments, "./"+p)
	if jail := strings.Fields(w.jail); len(jail) > 0 {
		// The shell takes care of processes whose parent has ended, as the first process has to.
		arguments = append(append(jail, "sh", "-c", `"$@"; exit $?`, "sh"), arguments...)
	}
	cmd := exec.CommandContext(ctx, arguments[0], arguments[1:]...)
	cmd.Dir, cmd.Env = w.tree(worker), w.env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 10 * time.Second
	var text bytes.Buffer
	cmd.Stdout, cmd.Stderr = &text, &text
	err := cmd.Run()
	if cmd.Process != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
	if err != nil && ctx.Err() != nil {
		err = errors.Join(err, ctx.Err())
	}
	return text.String(), err
}
