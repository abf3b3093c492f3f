package main

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

// shot is one picture.
type shot struct {
	file  string
	view  func(view.Translator) view.View
	lang  string
	theme connector.Theme
	scale float32
	size  fyne.Size
}

// The sizes of the window: as it opens, and the smallest in which it can be used.
var (
	usual = fyne.NewSize(1000, 700)
	least = fyne.NewSize(480, 300)
)

// pages are all of them, by the name of their picture.
var pages = []struct {
	file string
	view func(view.Translator) view.View
}{
	{"home", page("home-few")},
	{"home-empty", page("home-empty")},
	{"page-1-before", page("before-done")},
	{"page-2-account", page("account-done")},
	{"page-3-mfa", page("mfa-open")},
	{"page-4-connector", page("connector-secret-done")},
	{"page-5-admin", page("admin-start")},
	{"page-5-another-person", page("admin-handover")},
	{"page-6-user", page("user-start")},
	{"page-6-waiting", page("user-waiting")},
	{"page-7-check", page("check-evidence")},
	{"page-7-problem", page("check-problem")},
	{"page-7-saved", page("check-saved")},
	{"links-1-links", page("links-both")},
	{"links-2-admin", page("link-admin-start")},
	{"links-3-user", page("link-user-start")},
	{"links-4-finish", page("link-finish-done")},
	{"links-kept", page("detail-kept")},
	{"connector", page("detail-evidence")},
	{"connector-past", focused(page("detail-past"), "identity")},
	{"consent-record", page("detail-record")},
	{"hand-over", page("key-vault-foreign")},
	{"scenarios", page("practice-all")},
	{"settings", page("settings")},
	{"daily-check", focused(page("settings-schedule-plan"), "schedule-part-2-copy")},
	{"help", help("user")},
}

// variants are what some of the pages are shown in besides: dark, at scale 2, in the smallest window, and in German.
var variants = []struct {
	prefix string
	of     []string
	change func(*shot)
}{
	{"dark", []string{"home", "page-6-user", "page-7-problem", "connector"}, func(s *shot) { s.theme = connector.ThemeDark }},
	{"scale-2", []string{"page-6-user"}, func(s *shot) { s.scale = 2 }},
	{"small", []string{"home", "page-1-before", "page-6-user", "page-7-problem", "links-3-user"}, func(s *shot) { s.size = least }},
	{"german", []string{"home", "page-1-before", "page-4-connector", "page-6-user", "connector", "links-4-finish"}, func(s *shot) { s.lang = "de" }},
}

func shots() []shot {
	all := []shot{}
	for _, p := range pages {
		all = append(all, shot{file: p.file, view: p.view, lang: "en", theme: connector.ThemeLight, scale: 1, size: usual})
	}
	for _, v := range variants {
		for _, name := range v.of {
			for _, s := range all[:len(pages)] {
				if s.file == name {
					s.file = v.prefix + "-" + name
					v.change(&s)
					all = append(all, s)
				}
			}
		}
	}
	return all
}
