package engine

import (
	"context"

	"partner-center-connector/assets"
	"partner-center-connector/auth/proxy"
	"partner-center-connector/connector"
	"partner-center-connector/connector/logfile"
	"partner-center-connector/connector/report"
	"partner-center-connector/connector/vault"
)

// reports makes support reports of what the engine's ports know. It asks nobody outside of this computer.
type reports struct {
	engine *Engine
	tr     *assets.Translator
}

// Text implements connector.Reports.
func (r reports) Text(ctx context.Context, shown []connector.Problem) string {
	return r.make(ctx, shown).Text(r.tr)
}

// JSON implements connector.Reports.
func (r reports) JSON(ctx context.Context, shown []connector.Problem) []byte {
	return r.make(ctx, shown).JSON()
}

// Save implements connector.Reports.
func (r reports) Save(text string) (string, error) {
	return report.Save(text, "", r.engine.Ports.Now())
}

func (r reports) make(ctx context.Context, shown []connector.Problem) report.Report {
	ports := r.engine.Ports
	s := report.Source{
		Now: ports.Now(), Version: assets.Version, Build: r.engine.build(), System: report.HereIs(ports.Browsers.Elevated()), Keychain: vault.Kind(ctx),
		Proxies: proxies(ctx, r.engine.Clouds, proxy.Find), Preset: ports.Preset, Shown: shown, Languages: r.tr.Languages(),
	}
	// What can't be read is left out; the list alone is what reports are mostly about.
	s.Settings, _ = ports.Store.Settings()
	s.Settings = ports.Policy.Settle(s.Settings)
	s.Browsers, _ = ports.Browsers.Installed(ctx)
	s.Drafts, _ = ports.Store.Drafts()
	s.Connectors, s.ListErr = ports.Store.Connectors()
	if ports.Schedules != nil {
		if found, err := ports.Schedules.Status(ctx); err == nil {
			s.Schedule = &found
		}
	}
	s.Whole = ports.Store.Connector
	s.Log, _ = logfile.Tail(r.engine.Store.Dir(), report.MaxLines)
	return s.Report()
}
