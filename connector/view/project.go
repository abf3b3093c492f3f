package view

import (
	"partner-center-connector/auth"
	"partner-center-connector/connector/wizard"
)

// Project says what is to be shown in a state. It is pure: the same state makes the same View.
func Project(s wizard.State) View {
	v, focus := screen(s)
	v.Blocks = withSaid(s.Said, withWanted(s, withLinkOffer(s, withProductSupport(s, withSupport(s, withoutForeign(s, v.Blocks))))))
	v.Banner, v.BannerButton = banner(s), bannerButton(s)
	v.Tools = tools(s, v.Page)
	v.Raise, v.Theme = s.Raise, s.Chosen().Theme
	v = offered(s, v)
	v.Focus = v.focusOn(focus...)
	return v
}

// screen returns the screen and the controls that may get the focus on arrival, the first one that can be used first.
func screen(s wizard.State) (View, []string) {
	switch {
	case s.Report.Open && !s.Wizard.Leaving: // what that asks must be seen
		return report(s)
	case s.Practice.Open && s.Rehearsal != nil:
		return practice(s)
	case s.Screen == wizard.ScreenWizard && s.Wizard.Open:
		return wizardView(s)
	case s.Screen == wizard.ScreenConnector:
		return detail(s)
	case s.Screen == wizard.ScreenSettings:
		return settings(s)
	}
	return home(s)
}

// banner says what must be seen on every screen: a rehearsal with its people, or a cloud that comes from a file.
func banner(s wizard.State) []Text {
	r := s.Rehearsal
	if r == nil {
		return fileBanner(s)
	}
	lines := []Text{
		text("rehearsal-banner.title", "Name", r.Scenario), text("rehearsal-banner.scenario", "Scenario", text("rehearsal.scenario."+r.Scenario)),
	}
	if r.AdminUPN != "" {
		lines = append(lines, text("rehearsal-banner.sign-ins", "Admin", r.AdminUPN, "User", r.UserUPN))
	}
	for _, p := range r.People {
		lines = append(lines, text("rehearsal-banner.person", "Role", text("rehearsal.role."+p.Role), "UPN", p.UPN))
	}
	return lines
}

// bannerButton leads to the choice among the scenarios.
func bannerButton(s wizard.State) *Button {
	if s.Rehearsal == nil || len(s.Rehearsal.Scenarios) == 0 || s.Practice.Open {
		return nil
	}
	return &Button{ID: "practice", Label: text("rehearsal-banner.choose"), Event: wizard.OpenPractice{Open: true}}
}

func fileBanner(s wizard.State) []Text {
	t := shownTenant(s)
	if t == nil || !t.CloudFromFile {
		return nil
	}
	return []Text{text("common.from-file", "Cloud", t.Cloud)}
}

// shownTenant is the tenant that the screen is about; nil for none.
func shownTenant(s wizard.State) *auth.Tenant {
	switch s.Screen {
	case wizard.ScreenWizard:
		return s.Wizard.Draft.Tenant
	case wizard.ScreenConnector:
		if c := s.Shown(); c != nil {
			return &c.Tenant
		}
	default:
	}
	return nil
}
