// Command pcc is the terminal program of Partner Center Connector.
package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"

	"partner-center-connector/assets"
	"partner-center-connector/cli"
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	stdin := int(os.Stdin.Fd())
	return cli.Main(ctx, cli.Host{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTerminal: term.IsTerminal(stdin), OutTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		ReadSecret: func() ([]byte, error) { return term.ReadPassword(stdin) },
		Language:   assets.SystemLanguage(), Version: assets.Version, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Rehearsal: cli.Rehearsal{Serve: serve, Scenarios: scenarios},
	}, os.Args[1:])
}
