package view

import (
	"slices"
	"strings"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// CommandOpenFolder shows the folder of the Topic in the system's file manager.
const CommandOpenFolder = "open-folder"

// CommandOpenFile opens the file of the Topic with the program that the system has for it.
const CommandOpenFile = "open-file"

// settings is the screen of what the person can choose for the whole program, and of what it found on this computer.
func settings(s wizard.State) (View, []string) {
	p := s.SettingsPage
	v := View{
		Page: "settings", Title: text("settings.title"), Escape: wizard.CloseSettings{}, Return: wizard.CloseSettings{},
		Footer: Footer{Back: &Button{ID: "back", Label: text("common.back"), Event: wizard.CloseSettings{}}},
	}
	v.Blocks = blocksOf(
		settingsProblem(p), languageChoice(s), themeChoice(s), scheduleSettings(s), heading("settings.browsers"), browserSettings(s),
		heading("settings.computer"), computerFacts(s), logChoice(s), Actions{Buttons: settingsButtons(p)}, policyFacts(s), aboutProgram(p),
	)
	v.Opener, v.Footer.Main = scheduleOpener(p.Schedule), scheduleMain(p.Schedule)
	if v.Opener != "" && !p.Schedule.Changing.Running {
		v.Escape = wizard.CloseSchedule{}
	}
	return v, []string{"unschedule-keep", "schedule-keep", string(connector.FieldLanguage)}
}

func settingsProblem(p wizard.SettingsPage) []Block {
	if p.Problem == nil {
		return nil
	}
	return []Block{card{id: "settings-problem", problem: p.Problem}.show()}
}

// languageChoice offers every language by its own name: whoever came to a strange one finds the way back.
func languageChoice(s wizard.State) Choice {
	computer := s.SettingsPage.Computer
	system := Option{Label: text("settings.system")}
	options := []Option{}
	for _, l := range computer.Languages {
		options = append(options, Option{Value: l.Tag, Plain: l.Name})
		if l.Tag == computer.SystemLanguage {
			system.Label = text("settings.language.system", "Name", l.Name)
		}
	}
	c := Choice{
		ID: string(connector.FieldLanguage), Field: connector.FieldLanguage, Label: text("field.language"),
		Options: append([]Option{system}, options...), Value: s.Chosen().Language,
	}
	if s.Policy.LocksSetting(c.Field) {
		return c.held(s.Policy)
	}
	if s.Given.Language != "" {
		c.Value = languageOf(computer, s.Given.Language)
		c.Hint = text("settings.given", "Flag", "--lang")
	}
	return c.held(s.Policy)
}

// languageOf is the tag of the language that a tag such as "de-AT" leads to.
func languageOf(c connector.Computer, given string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(given, "_", "-"), "-")
	for _, l := range c.Languages {
		if strings.EqualFold(l.Tag, given) || strings.EqualFold(l.Tag, base) {
			return l.Tag
		}
	}
	return given
}

func themeChoice(s wizard.State) Choice {
	c := Choice{
		ID: string(connector.FieldTheme), Field: connector.FieldTheme, Label: text("field.theme"), Value: string(s.Chosen().Theme),
		Options: []Option{
			{Label: text("settings.system")},
			{Value: string(connector.ThemeLight), Label: text("settings.theme.light")},
			{Value: string(connector.ThemeDark), Label: text("settings.theme.dark")},
		},
	}
	if s.Given.Theme != "" {
		c.Hint = text("settings.given", "Flag", "--theme")
	}
	return c.held(s.Policy)
}

// browserSettings are the browsers that a new connector begins with.
func browserSettings(s wizard.State) []Block {
	p := s.SettingsPage
	if p.Looking.Running && len(p.Computer.Browsers) == 0 {
		return []Block{Busy{ID: "looking", Text: text("settings.looking")}}
	}
	if len(p.Computer.Browsers) == 0 {
		return []Block{body(text("settings.no-browser"))}
	}
	return blocksOf(
		caption(text("settings.browsers.text")),
		settingOf(connector.FieldAdminBrowser, text("field.admin-browser.default"), p.Computer.Browsers, s.Chosen().AdminBrowser).held(s.Policy),
		settingOf(connector.FieldUserBrowser, text("settings.user-browser.system"), privateBrowsers(p.Computer.Browsers), s.Chosen().UserBrowser).held(s.Policy),
	)
}

// settingOf lets a browser be chosen. One that is not there any more counts as none.
func settingOf(f connector.Field, system Text, all []browser.Browser, chosen string) Choice {
	c := Choice{
		ID: string(f), Field: f, Label: text("field." + string(f)), Hint: text("field." + string(f) + ".hint"),
		Options: []Option{{Label: system}},
	}
	for _, b := range all {
		c.Options = append(c.Options, Option{Value: b.ID, Plain: b.Name})
	}
	if slices.ContainsFunc(all, func(b browser.Browser) bool { return b.ID == chosen }) {
		c.Value = chosen
	}
	return c
}

// computerFacts say where things are, and how Microsoft is reached.
func computerFacts(s wizard.State) []Block {
	p := s.SettingsPage
	c := p.Computer
	facts := Facts{Items: []FactItem{{ID: "settings-folder", Label: text("settings.folder"), Value: c.Folder, Copy: true}}}
	if s.Chosen().Log != connector.LogOff {
		facts.Items = append(facts.Items, FactItem{ID: "settings-log", Label: text("settings.log"), Value: c.Log, Copy: true})
	}
	for _, proxy := range c.Proxies {
		facts.Items = append(facts.Items, proxyFact(proxy))
	}
	if len(c.Proxies) == 0 && p.Looking.Running {
		facts.Items = append(facts.Items, FactItem{ID: "settings-proxy", Label: text("settings.proxy"), Text: text("settings.proxy.looking")})
	}
	return blocksOf(facts, caption(text("settings.kept")))
}

// proxyFact says how some of Microsoft's hosts are reached.
func proxyFact(p connector.Proxy) FactItem {
	return FactItem{ID: "settings-proxy", Label: text("settings.proxy"), Text: text("settings.proxy."+string(p.Found.Source),
		"Address", p.Found.Address, "Variable", p.Found.Variable, "Script", p.Found.Script, "Hosts", strings.Join(p.Hosts, ", "))}
}

// logChoice chooses what goes into the log. A level that this version does not know counts as the usual one.
func logChoice(s wizard.State) Choice {
	c := Choice{
		ID: string(connector.FieldLog), Field: connector.FieldLog, Label: text("field.log"), Hint: text("settings.log.hint"),
		Options: []Option{
			{Label: text("settings.log.info")},
			{Value: string(connector.LogDebug), Label: text("settings.log.debug")},
			{Value: string(connector.LogOff), Label: text("settings.log.off")},
		},
	}
	if level := s.Chosen().Log; level == connector.LogDebug || level == connector.LogOff {
		c.Value = string(level)
	}
	return c.held(s.Policy)
}

func settingsButtons(p wizard.SettingsPage) []Button {
	return []Button{
		{ID: "open-folder", Label: text("settings.open-folder"), Command: CommandOpenFolder, Topic: p.Computer.Folder},
		openReport(),
	}
}
