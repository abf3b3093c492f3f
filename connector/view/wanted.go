package view

import (
	"slices"

	"partner-center-connector/connector/wizard"
)

// withWanted adds, on top of a page of the wizard, that a connector is to be shown, and waits until the wizard is closed.
func withWanted(s wizard.State, blocks []Block) []Block {
	c := s.AlsoWanted()
	if c == nil || s.Screen != wizard.ScreenWizard {
		return blocks
	}
	return slices.Insert(blocks, 0, Block(Notice{
		ID: "wanted", Severity: Info, Title: text("common.wanted", "Name", c.Name), Text: text("common.wanted.text"),
		Buttons: []Button{
			{ID: "wanted-show", Label: text("common.wanted.show"), Event: wizard.GoHome{}},
			{ID: "wanted-forget", Label: text("common.wanted.forget"), Event: wizard.ForgetWanted{}},
		},
	}))
}
