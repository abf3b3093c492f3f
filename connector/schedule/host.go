package schedule

import (
	"bytes"
	"context"
	"errors"
	"hash/fnv"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
	"unicode"

	"partner-center-connector/connector"
	"partner-center-connector/shellword"
)

// toolLimit is how long a tool of the system may take, which answers within a second.
const toolLimit = 30 * time.Second

// hours are when the program is called, in local time: most people are signed in then, and no clock leaves them out. Where the first run has checked
// everything, the others find nothing to do. systemd is given the first one alone, since it makes up for what was slept through, and tries again.
var hours = []int{10, 13, 16}

// host is what this package knows of the computer.
type host struct {
	// system is runtime.GOOS.
	system string
	// ways are those of the system, the one that is preferred first.
	ways func(host) []way
	// home is the folder of the account, uid its number, or on Windows its SID.
	home, uid string
	env       func(string) string
	// root is put before the paths of the system; empty but in a test.
	root string
	// executable is the path of this program.
	executable func() (string, error)
	// lookPath finds a tool.
	lookPath func(string) (string, error)
	// compose makes a command line of words, as the system's own programs take it.
	compose func([]string) string
	// run runs a tool of the system with standard input, and returns its standard output. Its error is *connector.SchedulerError.
	run func(ctx context.Context, stdin string, argv ...string) (string, error)
}

func thisHost() host {
	h := host{system: runtime.GOOS, ways: systemWays, env: os.Getenv, executable: os.Executable, lookPath: exec.LookPath, compose: composed, uid: strconv.Itoa(os.Getuid())}
	h.home, _ = os.UserHomeDir()
	if h.system == "windows" {
		if account, err := user.Current(); err == nil {
			h.uid = account.Uid
		}
	}
	h.run = h.runTool
	return h
}

// runTool runs a tool in the language and time zone that its answers are read in.
func (h host) runTool(ctx context.Context, stdin string, argv ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, toolLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC", "XDG_RUNTIME_DIR="+h.runtimeDir())
	cmd.Stdin, cmd.WaitDelay = strings.NewReader(stdin), time.Second
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	hideWindow(cmd)
	// What a tool has started may keep its output open; what the tool itself said is there.
	if err := cmd.Run(); err != nil && !errors.Is(err, exec.ErrWaitDelay) {
		return out.String(), &connector.SchedulerError{Command: h.compose(argv), Output: strings.TrimSpace(errs.String()), Err: err}
	}
	return out.String(), nil
}

// runtimeDir is the folder with the sockets of the account's session on Linux.
func (h host) runtimeDir() string {
	if dir := h.env("XDG_RUNTIME_DIR"); filepath.IsAbs(dir) {
		return dir
	}
	return "/run/user/" + h.uid
}

// minute is when in the hour the program is called where the system has no random delay: the same in every plan of an account, and another one
// for others, so that not everybody asks Microsoft at once.
func (h host) minute() int {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(h.home)) // a hash takes everything
	return int(sum.Sum32() % 60)
}

// commandLine is a command line as it is shown, and as a POSIX shell takes it.
func commandLine(argv []string) string {
	words := make([]string, 0, len(argv))
	for _, word := range argv {
		words = append(words, quoted(word))
	}
	return strings.Join(words, " ")
}

// quoted is one word for a POSIX shell. The library for that compiles a regular expression whenever a program starts.
func quoted(word string) string {
	plain := func(r rune) bool {
		return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_-./:=@,+", r))
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return shellword.POSIX(word)
}

// hasControl reports whether a text has characters that no line of a file can have.
func hasControl(text string) bool {
	return strings.ContainsFunc(text, unicode.IsControl) || strings.ContainsRune(text, unicode.ReplacementChar)
}
