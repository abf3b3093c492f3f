package view

import (
	"partner-center-connector/connector/wizard"
)

// tools are the same on every screen: the way home, the settings, and help on what is shown. There is no way home on home itself.
func tools(s wizard.State, page string) []Button {
	list := []Button{
		{ID: "settings", Label: text("settings.title"), Event: wizard.OpenSettings{}},
		{ID: "help", Label: text("common.help"), Command: "help", Topic: page},
	}
	if page == "home" {
		return list
	}
	return append([]Button{wayHome(s)}, list...)
}

// wayHome closes the wizard where one is shown. Its draft stays, unless nothing was typed.
func wayHome(s wizard.State) Button {
	if s.Screen == wizard.ScreenWizard && s.Wizard.UnderWay() {
		return Button{ID: "close", Label: text("common.close"), Event: wizard.GoHome{}}
	}
	return Button{ID: "home", Label: text("common.home"), Event: wizard.GoHome{}}
}
