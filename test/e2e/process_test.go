//go:build e2e && linux

package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// process is a running process of this account, as /proc tells it. Zombies don't count.
type process struct {
	pid, parent int
	args        []string
	// env is empty where the process hides it, as browsers do.
	env []string
}

func (p process) line() string { return strings.Join(p.args, " ") }

// option returns the value of --name=VALUE, or of -name VALUE.
func (p process) option(name string) (string, bool) {
	for i, arg := range p.args {
		if value, ok := strings.CutPrefix(arg, "--"+name+"="); ok {
			return value, true
		}
		if arg == "-"+name && i+1 < len(p.args) {
			return p.args[i+1], true
		}
	}
	return "", false
}

func processes() []process {
	folders, _ := filepath.Glob("/proc/[0-9]*")
	var all []process
	for _, folder := range folders {
		info, err := os.Stat(folder)
		if err != nil || !ours(info) {
			continue
		}
		if p, ok := readProcess(folder); ok {
			all = append(all, p)
		}
	}
	return all
}

// ours reports whether a process belongs to this account. One that may not be looked into belongs to root, but has our user ID
// in its status: its folder's owner does not tell.
func ours(info os.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && (int(stat.Uid) == os.Getuid() || stat.Uid == 0)
}

func readProcess(folder string) (process, bool) {
	status, err := os.ReadFile(filepath.Join(folder, "status"))
	if err != nil || statusField(status, "Uid") != strconv.Itoa(os.Getuid()) || statusField(status, "State") == "Z" {
		return process{}, false
	}
	p := process{args: readList(filepath.Join(folder, "cmdline")), env: readList(filepath.Join(folder, "environ"))}
	if len(p.args) == 1 {
		// Chromium writes its own line over it, with spaces.
		p.args = strings.Fields(p.args[0])
	}
	p.pid, _ = strconv.Atoi(filepath.Base(folder))
	p.parent, _ = strconv.Atoi(statusField(status, "PPid"))
	return p, true
}

// statusField is the first word of a line of /proc/PID/status.
func statusField(status []byte, name string) string {
	for line := range bytes.Lines(status) {
		if value, ok := bytes.CutPrefix(line, []byte(name+":")); ok {
			if words := bytes.Fields(value); len(words) > 0 {
				return string(words[0])
			}
		}
	}
	return ""
}

// readList reads a list whose entries end with a zero byte.
func readList(path string) []string {
	text, _ := os.ReadFile(path)
	return strings.FieldsFunc(string(text), func(r rune) bool { return r == 0 })
}

// family are the processes that fit, and all that descend from them.
func family(fits func(process) bool) []process {
	all := processes()
	member := map[int]bool{}
	for _, p := range all {
		member[p.pid] = fits(p)
	}
	for grown := true; grown; {
		grown = false
		for _, p := range all {
			if !member[p.pid] && member[p.parent] {
				member[p.pid], grown = true, true
			}
		}
	}
	return slices.DeleteFunc(all, func(p process) bool { return !member[p.pid] })
}

// alive reports whether a process still runs.
func alive(pid int) bool {
	_, ok := readProcess(filepath.Join("/proc", strconv.Itoa(pid)))
	return ok
}

// helpers are the processes that the tests themselves need beside the programs.
var helpers = &pids{all: map[int]bool{}}

type pids struct {
	mu  sync.Mutex
	all map[int]bool
}

func (p *pids) add(pid int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all[pid] = true
}

func (p *pids) has(pid int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.all[pid]
}
