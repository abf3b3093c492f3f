package program

import (
	"log/slog"

	"partner-center-connector/connector/logfile"
	"partner-center-connector/connector/store"
)

// openLog is the log of the config folder; nothing of it is opened before there is something to say. Its level follows the settings.
func (p *program) openLog(configDir string) *slog.Logger {
	dir, err := store.DirOf(configDir)
	if err != nil {
		return slog.New(slog.DiscardHandler)
	}
	return logfile.New(logfile.Options{Dir: dir, Program: "window", Level: &p.logged})
}

// logEnd notes how the window ended.
func (p *program) logEnd(err error) {
	if err != nil {
		p.log.Error("window ended", "error", err)
		return
	}
	p.log.Info("window ended")
}
