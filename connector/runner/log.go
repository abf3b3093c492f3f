package runner

import (
	"fmt"
	"log/slog"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// logEvent notes those events that end something which a person waited for, and what came of it. What they brought is not told: names and
// addresses are in it.
func (r *Runner) logEvent(e wizard.Event) {
	switch e := e.(type) {
	case wizard.ReadyChecked:
		r.logFailed("computer checked", e.Keychain)
		r.logFailed("computer checked", e.NoBrowser)
		r.logFailed("computer checked", e.Elevated)
	case wizard.TenantFound:
		r.logFailed("tenant looked up", e.Problem)
		r.logFailed("clock compared", e.Clock)
	case wizard.Probed:
		r.logOutcome("app registration probed", e.Problem, "result", string(e.Result))
	case wizard.AdminAnswered:
		r.logOutcome("admin consent answered", e.Problem, "tenant", e.Tenant)
	case wizard.UserAnswered:
		r.logOutcome("user consent answered", e.Problem)
	case wizard.SettingsRead:
		r.logFailed("settings read", e.Problem)
	case wizard.Loaded:
		r.logFailed("lists read", e.Problem)
	}
}

// logFailed notes why something failed; nothing where it did not.
func (r *Runner) logFailed(what string, p *connector.Problem) {
	if p != nil {
		r.logOutcome(what, p)
	}
}

func (r *Runner) logOutcome(what string, p *connector.Problem, more ...any) {
	log := r.ports.Logger()
	if p == nil {
		log.Info(what, more...)
		return
	}
	log.Warn(what, "problem", p)
	log.Debug(what, "raw", p.Raw)
}

// logEffect notes for developers what is begun; of what it is about only the kind.
func (r *Runner) logEffect(e wizard.Effect) {
	r.ports.Logger().Debug("effect", slog.String("kind", fmt.Sprintf("%T", e)))
}
