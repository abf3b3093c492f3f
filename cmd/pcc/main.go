// Command pcc is the terminal program of Partner Center Connector.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"golang.org/x/term"

	"partner-center-connector/assets"
	notices "partner-center-connector/assets/notices/pcc"
	"partner-center-connector/auth/nodump"
	"partner-center-connector/cli"
	"partner-center-connector/connector/policy"
)

// stopLimit is how long a command may take to end after Ctrl+C. What is kept is whole at every moment, so it can be ended then.
const stopLimit = 15 * time.Second

// rareCollection is the growth of the heap, in percent, after which it is collected. A command ends before a collection has paid: a list of
// ten thousand connectors takes a sixth less processor time than with 100, and some 10 MB more.
const rareCollection = 800

func main() { os.Exit(run()) }

func run() int {
	_ = nodump.Apply() // a system that refuses it is no reason not to start
	if cli.IsScheduled(os.Args[1:]) {
		leaveConsole()
	}
	debug.SetGCPercent(rareCollection)
	// A reader that leaves, as head does, does not end the program in the middle of its work: the write fails, and the outcome counts. Being asked
	// for and not ignored, the signal is as ever for the programs that are started from here.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	ctx, end := context.WithCancel(context.Background())
	in, out, errs := int(os.Stdin.Fd()), int(os.Stdout.Fd()), int(os.Stderr.Fd())
	// A question that Ctrl+C ends may have left the terminal without echo.
	marks, restore := &marking{out: os.Stderr}, func() {}
	if before, err := term.GetState(in); err == nil {
		restore = func() {
			_ = term.Restore(in, before)
			marks.set(false)
		}
	}
	defer restore()
	endAfter(ctx, stopLimit, func() {
		restore()
		os.Exit(cli.ExitFailed)
	})
	return cli.Main(ctx, cli.Host{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTerminal: term.IsTerminal(in) && term.IsTerminal(errs), OutTerminal: term.IsTerminal(out),
		OutClosed:  isClosed(os.Stdout),
		OutColors:  cli.Colors(term.IsTerminal(out), os.Getenv) && takesEscapes(os.Stdout),
		ErrColors:  cli.Colors(term.IsTerminal(errs), os.Getenv) && takesEscapes(os.Stderr),
		ErrRedraws: term.IsTerminal(errs) && os.Getenv("TERM") != "dumb",
		Width:      func() int { return width(errs, out) },
		ReadSecret: func() ([]byte, error) { return readHidden(os.Stdin) },
		ReadPaste:  func() ([]byte, error) { return readPaste(os.Stdin, marks) },
		Obey:       sync.OnceFunc(func() { obey(restore, end) }),
		Getenv:     os.Getenv,
		Policy:     policy.Read(),
		Language:   assets.SystemLanguage(), Version: assets.Version, Notices: notices.Set(),
	}, os.Args[1:])
}

// obey ends a command in order at the first signal from here on. A second one ends the program at once, so the terminal is in order
// before that. Until then a signal ends the program as it ends any other.
func obey(restore, end func()) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, endings()...)
	go func() {
		<-asked
		restore()
		signal.Stop(asked)
		end()
	}()
}

// endings are the signals that end a command in order. A terminal that is closed is one of them, so that no private window stays
// behind, but not under nohup.
func endings() []os.Signal {
	all := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		all = append(all, syscall.SIGHUP)
	}
	return all
}

// endAfter ends the program where ctx alone does not: some waits of the system, as that for the other end of a named pipe, know of
// no ctx.
func endAfter(ctx context.Context, limit time.Duration, end func()) {
	context.AfterFunc(ctx, func() { time.AfterFunc(limit, end) })
}

// width is the width of the first of the streams that is a terminal; 0 for none.
func width(streams ...int) int {
	for _, fd := range streams {
		if columns, _, err := term.GetSize(fd); err == nil {
			return columns
		}
	}
	return 0
}
