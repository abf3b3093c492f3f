package browser

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// part is the variable that makes this test binary play a browser, or a program that started one.
const part = "BROWSER_TEST_PART"

func TestMain(m *testing.M) {
	if p := os.Getenv(part); p != "" {
		os.Exit(play(p))
	}
	goleak.VerifyTestMain(m)
}

// play is a fake browser: it ends with a status, stays until it is told to end, stays whatever it is told, or has a child.
func play(p string) int {
	name, argument, _ := strings.Cut(p, ":")
	switch name {
	case "exit":
		code, _ := strconv.Atoi(argument)
		return code
	case "stubborn":
		signal.Ignore(os.Interrupt)
		announce()
		<-time.After(time.Minute)
	case "parent":
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), part+"=stubborn")
		if err := child.Start(); err != nil {
			return 70
		}
		announce()
		return wait()
	case "owner":
		return playOwner(argument)
	case "stay":
		announce()
		return wait()
	}
	return 71
}

func wait() int {
	told := make(chan os.Signal, 1)
	signal.Notify(told, os.Interrupt)
	select {
	case <-told:
		return 0
	case <-time.After(time.Minute):
		return 72
	}
}

// announce writes this process's number into the directory of the test, so that the test knows that it is ready.
func announce() {
	pid := strconv.Itoa(os.Getpid())
	_ = os.WriteFile(filepath.Join(os.Getenv("BROWSER_TEST_DIR"), "ready-"+pid), nil, 0o600)
}

// playOwner is a program that opens a window and is then killed; its window stays.
func playOwner(root string) int {
	_ = os.Setenv(part, "stay")
	w, err := rehearsed(root).OpenPrivate(background, fake(), ModePrivate, address)
	if err != nil {
		return 73
	}
	_ = os.WriteFile(filepath.Join(os.Getenv("BROWSER_TEST_DIR"), "window-"+strconv.Itoa(w.Pid())), nil, 0o600)
	return wait()
}
