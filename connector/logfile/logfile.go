// Package logfile writes the log of both programs, which may run at once and several times.
//
// A record is opened for, appended and closed: nothing is opened before there is something to say, another process can turn the file over, and
// a lost record is the worst that a full disk can do. Of the rotating writers that others keep, lumberjack allows one process alone and never
// ends its goroutine; what is needed here is less than what would have to be built around it.
//
// What is logged has no secret in it: a Secret hides itself, and links are not logged. As a second lock every text goes through
// [problems.CleanLine] on its way, and what is called as a secret is called does not get out at all.
package logfile

import (
	"io"
	"log/slog"
	"math"
	"os"
	"path/filepath"

	"partner-center-connector/connector"
)

// off is a level that no record has.
const off = slog.Level(math.MaxInt)

// Level is the least that a record must be to be written. A level that is not known counts as LogInfo.
func Level(l connector.LogLevel) slog.Level {
	switch l {
	case connector.LogOff:
		return off
	case connector.LogDebug:
		return slog.LevelDebug
	default:
		return slog.LevelInfo
	}
}

// Options configure a log.
type Options struct {
	// Dir is the config folder. Where it is missing no record is kept, and it is not made.
	Dir string
	// Program is the name of the program, which each record begins with.
	Program string
	// Level is the least that a record must be; nil for Level(LogInfo).
	Level slog.Leveler
	// Beside gets every record as well, debug ones included; nil for nobody.
	Beside io.Writer
}

// New returns the log of a config folder. It opens nothing.
func New(o Options) *slog.Logger {
	if o.Level == nil {
		o.Level = slog.LevelInfo
	}
	handler := text(newFile(o.Dir), o.Level)
	if o.Beside != nil {
		handler = slog.NewMultiHandler(handler, text(o.Beside, slog.LevelDebug))
	}
	return slog.New(handler).With("program", o.Program, "pid", os.Getpid())
}

func text(w io.Writer, level slog.Leveler) slog.Handler {
	return slog.NewTextHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: redact})
}

// Path is the newest file of the log in a config folder.
func Path(dir string) string { return path(dir, 0) }

// path is the file of an age: 0 is the newest.
func path(dir string, age int) string { return filepath.Join(dir, folder, names[age]) }
