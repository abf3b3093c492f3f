package view

import (
	"fmt"
	"slices"
	"strings"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// aboutProgram says what this program is, and what it is made of.
func aboutProgram(p wizard.SettingsPage) []Block {
	c := p.Computer
	return blocksOf(
		heading("about.title"),
		Facts{Items: slices.Concat([]FactItem{{ID: "settings-version", Label: text("settings.version"), Value: c.Version, Copy: true}}, builtFrom(c.Build), []FactItem{
			{ID: "about-licence", Label: text("about.licence"), Text: text("about.licence.text")},
			{ID: "about-page", Label: text("about.page"), Value: assets.Website, Copy: true},
		})},
		body(text("about.updates")),
		Actions{Buttons: aboutButtons(p)}, modules(p),
	)
}

// builtFrom names the commit, if the program knows it.
func builtFrom(b connector.Build) []FactItem {
	if b.Commit == "" {
		return nil
	}
	items := []FactItem{{ID: "about-commit", Label: text("about.commit"), Value: b.Commit, Copy: true}}
	if b.Changed() {
		items = append(items, FactItem{ID: "about-modified", Label: text("about.modified"), Text: text("about.modified.text")})
	}
	return items
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
		lines = append(lines, m.Line())
	}
	content := strings.Join(lines, "\n")
	list := Listing{ID: "about-modules-list", Label: text("about.modules"), Text: content, Buttons: []Button{
		{ID: "about-modules-copy", Label: text("about.copy"), Copy: content},
	}}
	return append([]Block{list}, licenses(p.Computer.Licenses)...)
}

// namedModules is how many modules the title of a license names. The list of modules is above it.
const namedModules = 3

// licenses are the texts, each folded away for itself: all of them together are longer than a window can lay out in passing.
func licenses(all []connector.License) []Block {
	if len(all) == 0 {
		return nil
	}
	folds, total, number := []Block{}, map[string]int{}, map[string]int{}
	for _, l := range all {
		total[modulesOf(l)]++
	}
	for i, l := range all {
		named := modulesOf(l)
		number[named]++
		of, id := text("about.licenses.of", "Modules", named), fmt.Sprintf("about-license-%d", i)
		if total[named] > 1 {
			of = text("about.licenses.of", "Modules", named, "Number", number[named], "Total", total[named])
		}
		folds = append(folds, Fold{ID: id, Title: of, Blocks: []Block{Listing{ID: id + "-text", Label: of, Text: l.Text}}})
	}
	return []Block{Fold{ID: "about-licenses", Title: text("about.licenses"), Blocks: folds}}
}

// modulesOf names the first modules that a license is of.
func modulesOf(l connector.License) string {
	named := strings.Join(l.Modules[:min(len(l.Modules), namedModules)], ", ")
	if len(l.Modules) > namedModules {
		named += ", …"
	}
	return named
}
