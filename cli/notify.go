package cli

import (
	"context"
	"log/slog"
	"runtime"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/notice"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/store"
)

// find notes what came of a connector for a notification. Of thousands that are fine, their checks are not kept in memory.
func (s *sheet) find(c keeper.Checked) {
	if !s.options.scheduled {
		return
	}
	f := notice.Finding{Connector: c.Connector, Problem: problems.Of(c.Err, time.Now())}
	f.Connector.History = nil
	if f.Problem == nil && s.p.codeOfHealth(c.Connector) == ExitFine {
		f.Connector.Checks = nil
	}
	s.found = append(s.found, f)
}

// findings are what came of all connectors, with those that can't be read.
func (s *sheet) findings(bad connector.UnreadableErrors) []notice.Finding {
	found := s.found
	for _, one := range bad {
		found = append(found, notice.Finding{Connector: connector.Connector{ID: one.ID}, Problem: problems.Of(one, time.Now())})
	}
	return found
}

// notify shows a notification where a run of the schedule found that somebody is needed. That it can't be shown is told in the log alone:
// the outcome of the run is kept, and the exit code is that of the checks.
func (p *program) notify(ctx context.Context, e *engine.Engine, o checkOptions, found []notice.Finding) {
	if !o.scheduled || p.watched() {
		return
	}
	if err := notice.Tell(ctx, settled{e.Store, e.Ports.Policy}, e.Ports.Notices, found, p.now(), p.tr.Text); err != nil {
		p.Log.LogAttrs(ctx, slog.LevelWarn, "notification failed", slog.Any("problem", problems.Of(err, time.Now())))
		p.Log.LogAttrs(ctx, slog.LevelDebug, "notification failed", slog.String("raw", err.Error()))
	}
}

// settled are the settings that count, and what was told.
type settled struct {
	*store.Store
	policy connector.Policy
}

// Settings implements notice.Memory. What a policy locks counts where the file can't be read too.
func (s settled) Settings() (connector.Settings, error) {
	kept, err := s.Store.Settings()
	if s.policy.LocksSetting(connector.FieldNotify) {
		err = nil
	}
	return s.policy.Settle(kept), err
}

// watched reports whether a person sees what is printed, and needs no notification. Windows gives what its schedule calls a console that nobody
// watches.
func (p *program) watched() bool {
	return runtime.GOOS != "windows" && (p.InTerminal || p.OutTerminal || p.ErrRedraws)
}
