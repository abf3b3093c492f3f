package connector

import "context"

// StartWith tells the runner what the first state begins with: the settings on disk, those of the command line, and what is known
// of this computer already. It must be called before Run.
func (r *Runner) StartWith(kept, given Settings, known Computer) {
	r.first = State{Settings: kept, Given: given, SettingsPage: SettingsPage{Computer: known}}
}

func (r *Runner) readSettings() Event {
	settings, err := r.ports.Store.Settings()
	return SettingsRead{Settings: settings, Problem: r.problem(err)}
}

// keepSetting changes one setting and tells what stands on disk then: another process may have chosen the others.
func (r *Runner) keepSetting(e KeepSetting) Event {
	err := r.ports.Store.ChangeSettings(func(s Settings) Settings {
		s, _ = s.with(e.Field, e.Value)
		return s
	})
	if err != nil {
		return SettingsRead{Problem: r.problem(err)}
	}
	return r.readSettings()
}

func (r *Runner) lookAround(ctx context.Context, e LookAround) {
	out := ComputerSeen{Attempt: e.Attempt}
	if r.ports.Computer != nil {
		out.Computer = r.ports.Computer(ctx)
	}
	if ctx.Err() == nil {
		r.Send(out)
	}
}
