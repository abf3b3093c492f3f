package program

import (
	"cmp"

	"partner-center-connector/assets"
	"partner-center-connector/assets/notices/window"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/logfile"
	"partner-center-connector/connector/store"
)

// given are the settings of the command line.
func (o options) given() connector.Settings {
	return connector.Settings{Language: o.language, Theme: connector.Theme(o.theme)}
}

// peekSettings reads the settings before anything is opened: the first thing that is said or shown follows them already. A rehearsal
// has none of its own yet.
func (o options) peekSettings() connector.Settings {
	if o.rehearse && o.configDir == "" {
		return connector.Settings{}
	}
	return store.PeekSettings(o.configDir)
}

// languageOf is the language that settings lead to, as a translator takes it.
func (o options) languageOf(s connector.Settings) string { return cmp.Or(s.Language, o.systemLanguage) }

// follow takes on the settings that count, and remembers them for a rehearsal, which is to look the same.
func (p *program) follow(chosen connector.Settings) {
	p.tr.Use(p.languageOf(chosen))
	p.logged.Set(logfile.Level(chosen.Log))
	p.chosen.Store(&chosen)
}

// known is what the settings screen can show at once.
func (p *program) known() connector.Computer {
	return connector.Computer{
		Languages: p.tr.Languages(), SystemLanguage: p.tr.Match(p.systemLanguage), Folder: p.engine.Store.Dir(), Log: logfile.Path(p.engine.Store.Dir()),
		Version: assets.Version, Build: engine.Build(), Modules: engine.Modules(window.Set()),
	}
}
