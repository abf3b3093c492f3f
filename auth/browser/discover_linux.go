package browser

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// askLimit is how long a command of the desktop may take to answer.
const askLimit = 2 * time.Second

// host is this computer as the search sees it.
type host struct {
	env  func(string) string
	home string
	// look finds an executable; ask runs a command and returns its first line.
	look func(string) (string, error)
	ask  func(ctx context.Context, command ...string) string
	// etc is the directory of the policies.
	etc string
}

func discover(ctx context.Context) ([]Browser, error) {
	// Without a home there are no applications of the account.
	home, _ := os.UserHomeDir()
	h := host{env: os.Getenv, home: home, look: exec.LookPath, ask: ask, etc: "/etc"}
	return h.browsers(ctx)
}

func (h host) browsers(ctx context.Context) ([]Browser, error) {
	candidates := append(h.desktopFiles(), h.executables()...)
	standard := h.standard(ctx)
	var all []Browser
	for _, c := range candidates {
		if c, ok := h.settled(c); ok {
			b := c.browser(resolved)
			b.Default = c.key != "" && c.key == standard
			all = append(all, h.governed(b))
		}
	}
	return all, ctx.Err()
}

// settled replaces a script that only starts another browser by that browser. It fails where that is not installed.
func (h host) settled(c candidate) (candidate, bool) {
	target, passes := execTarget(head(c.command[0]))
	if !passes {
		return c, true
	}
	path, err := h.look(target)
	if err != nil {
		return c, false
	}
	if c.key == "" {
		// The name was that of the script.
		c.name = ""
	}
	c.command = []string{path}
	return c, true
}

// desktopFiles are the applications that open links, each ID once: a file of the account hides the system's.
func (h host) desktopFiles() []candidate {
	var found []candidate
	seen := map[string]bool{}
	for _, dir := range h.applications() {
		// A directory that can't be read has nothing for us.
		_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return fs.SkipDir
			}
			id := desktopID(dir, path)
			if d.IsDir() || filepath.Ext(path) != ".desktop" || seen[id] {
				return nil
			}
			seen[id] = true
			if c, ok := h.application(path); ok {
				c.key = id
				found = append(found, c)
			}
			return nil
		})
	}
	return found
}

// desktopID is the path below the directory, with dashes.
func desktopID(dir, path string) string {
	return strings.ReplaceAll(strings.TrimPrefix(path, dir+"/"), "/", "-")
}

func (h host) application(path string) (candidate, bool) {
	text, err := os.ReadFile(path)
	if err != nil {
		return candidate{}, false
	}
	e := parseDesktop(string(text))
	if !e.opensLinks() {
		return candidate{}, false
	}
	command, err := parseExec(e.exec)
	if err != nil || unusable(command) {
		return candidate{}, false
	}
	if e.tryExec != "" {
		if _, err := h.look(e.tryExec); err != nil {
			return candidate{}, false
		}
	}
	command[0], err = h.look(command[0])
	return candidate{name: e.name, command: command}, err == nil
}

// applications are the directories of desktop files, the account's own first.
// https://specifications.freedesktop.org/basedir-spec/latest/
func (h host) applications() []string {
	data := h.env("XDG_DATA_HOME")
	if !filepath.IsAbs(data) {
		data = filepath.Join(h.home, ".local", "share")
	}
	system := h.env("XDG_DATA_DIRS")
	if system == "" {
		system = "/usr/local/share:/usr/share"
	}
	dirs := append([]string{data}, strings.Split(system, ":")...)
	dirs = append(
		dirs,
		filepath.Join(h.home, ".local", "share", "flatpak", "exports", "share"),
		"/var/lib/flatpak/exports/share",
		"/var/lib/snapd/desktop",
	)
	var all []string
	for _, dir := range dirs {
		if path := filepath.Join(dir, "applications"); filepath.IsAbs(path) && !slices.Contains(all, path) {
			all = append(all, path)
		}
	}
	return all
}

// executables are known browsers on PATH: without a desktop, nothing else tells of them.
func (h host) executables() []candidate {
	var found []candidate
	for _, p := range products {
		for _, name := range p.unix {
			if path, err := h.look(name); err == nil {
				found = append(found, candidate{name: p.name, command: []string{path}})
				break
			}
		}
	}
	return found
}

// standard is the desktop file's ID of the default browser; empty when nobody knows.
func (h host) standard(ctx context.Context) string {
	if id := h.ask(ctx, "xdg-mime", "query", "default", "x-scheme-handler/https"); id != "" {
		return id
	}
	return h.ask(ctx, "xdg-settings", "get", "default-web-browser")
}

// ask returns the first line that a command prints; empty where it is not there, fails or is slow.
func ask(ctx context.Context, command ...string) string {
	ctx, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	// The scripts of xdg-utils have children, which hold the pipe and have to end too.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return forceToEnd(cmd.Process.Pid) }
	cmd.WaitDelay = askLimit / 4
	out, err := cmd.Output()
	if err != nil && !errors.Is(err, exec.ErrWaitDelay) {
		return ""
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(line)
}

// resolved is the file behind a link, or the path itself.
func resolved(path string) string {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	return path
}

// head is the beginning of a file: enough of a script, and not all of a program.
func head(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, 8<<10))
	if err != nil {
		return ""
	}
	return string(text)
}
