// Command pcc is the terminal program of Partner Center Connector.
package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"

	"partner-center-connector/assets"
	"partner-center-connector/cli"
	"partner-center-connector/nodump"
)

func main() { os.Exit(run()) }

func run() int {
	_ = nodump.Apply() // a system that refuses it is no reason not to start
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second Ctrl+C ends the program at once.
	context.AfterFunc(ctx, stop)
	in, out, errs := int(os.Stdin.Fd()), int(os.Stdout.Fd()), int(os.Stderr.Fd())
	// A question that Ctrl+C ends may have left the terminal without echo.
	if before, err := term.GetState(in); err == nil {
		defer func() { _ = term.Restore(in, before) }()
	}
	return cli.Main(ctx, cli.Host{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTerminal: term.IsTerminal(in) && term.IsTerminal(errs), OutTerminal: term.IsTerminal(out),
		Width:      func() int { return width(errs, out) },
		ReadSecret: func() ([]byte, error) { return term.ReadPassword(in) },
		Language:   assets.SystemLanguage(), Version: assets.Version, Log: slog.New(slog.DiscardHandler),
		Rehearsal: cli.Rehearsal{Serve: serve, Scenarios: scenarios},
	}, os.Args[1:])
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
