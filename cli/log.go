package cli

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
	"partner-center-connector/connector/logfile"
	"partner-center-connector/connector/store"
)

// verboseFlag writes the log on standard error too.
const verboseFlag = "--verbose"

// onServer reports whether a command line asks for a token from a key vault: then nothing of the account's is touched, its settings and log
// neither.
func onServer(args []string) bool {
	return len(args) > 0 && args[0] == "token" && flagOf(args, "--vault") != ""
}

// chosenLevel is the level of the settings. Nobody reads them before there is something to log.
type chosenLevel struct{ settings func() connector.Settings }

// Level implements slog.Leveler.
func (l chosenLevel) Level() slog.Level { return logfile.Level(l.settings().Log) }

// openLog is the log of the config folder; nothing of it is opened before there is something to say.
func (p *program) openLog(settings func() connector.Settings) *slog.Logger {
	o := logfile.Options{Program: "pcc", Level: chosenLevel{settings}}
	dir, err := store.DirOf(p.peekedDir())
	if err != nil {
		return slog.New(slog.DiscardHandler)
	}
	o.Dir = dir
	if wants(p.args, verboseFlag) {
		o.Beside = p.Err
	}
	return logfile.New(o)
}

// wants reports whether a switch stands on a command line that was not read yet.
func wants(args []string, flag string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return slices.Contains(args, flag) || slices.Contains(args, flag+"=true")
}

// logEnd notes which command has ended, and how; never what it was given. The commands that only show something are for developers.
func (p *program) logEnd(ctx context.Context, cmd *cobra.Command, code int, err error, took time.Duration) {
	level := slog.LevelInfo
	if _, marked := cmd.Annotations["brief"]; marked || p.completing() {
		level = slog.LevelDebug
	}
	told := []slog.Attr{slog.String("command", cmd.CommandPath()), slog.Int("exit", code), slog.Duration("took", took.Round(time.Millisecond))}
	var failed *exitError
	if errors.As(err, &failed) && failed.problem != nil {
		told = append(told, slog.Any("problem", failed.problem))
	}
	p.Log.LogAttrs(ctx, level, "command ended", told...)
}
