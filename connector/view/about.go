package view

import (
	"strings"

	"partner-center-connector/assets"
	"partner-center-connector/connector/wizard"
)

// aboutProgram says what this program is, and what it is made of.
func aboutProgram(p wizard.SettingsPage) []Block {
	c := p.Computer
	return blocksOf(
		heading("about.title"),
		Facts{Items: []FactItem{
			{ID: "settings-version", Label: text("settings.version"), Value: c.Version, Copy: true},
			{ID: "about-licence", Label: text("about.licence"), Text: text("about.licence.text")},
			{ID: "about-page", Label: text("about.page"), Value: assets.Website, Copy: true},
		}},
		body(text("about.updates")),
		Actions{Buttons: aboutButtons(p)}, modules(p),
	)
}

func aboutButtons(p wizard.SettingsPage) []Button {
	buttons := []Button{{ID: "about-open", Label: text("about.open"), URL: assets.Website}}
	if len(p.Computer.Modules) == 0 {
		return buttons
	}
	label := text("about.modules.show")
	if p.Modules {
		label = text("about.modules.hide")
	}
	return append(buttons, Button{ID: "about-modules", Label: label, Event: wizard.ShowModules{Show: !p.Modules}})
}

// modules are those of others in the program, with their versions.
func modules(p wizard.SettingsPage) []Block {
	if !p.Modules {
		return nil
	}
	lines := make([]string, 0, len(p.Computer.Modules))
	for _, m := range p.Computer.Modules {
		lines = append(lines, m.Path+" "+m.Version)
	}
	content := strings.Join(lines, "\n")
	return []Block{Listing{ID: "about-modules-list", Label: text("about.modules"), Text: content, Buttons: []Button{
		{ID: "about-modules-copy", Label: text("about.copy"), Copy: content},
	}}}
}
