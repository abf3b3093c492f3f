package view

import (
	"slices"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector/wizard"
)

// rungs are the whole ladder, best first. The last one, a copied link, stands below them.
var rungs = []browser.Mode{browser.ModePrivate, browser.ModeGuest, browser.ModePlain}

// ladder shows how the window is kept apart from the administrator's: every rung, and which one is used.
func ladder(w wizard.Wizard) Fold {
	b := w.PrivateBrowser()
	if w.User.Busy() && w.User.Browser.ID != "" {
		b = w.User.Browser
	}
	list := List{Numbered: true}
	for _, m := range rungs {
		list.Items = append(list.Items, rungText(w, b, m))
	}
	link := text("browser-mode.link")
	if usesLink(w, b) {
		link = text("browser-mode.line.current", "Rung", link)
	}
	list.Items = append(list.Items, link)
	return why(text("browser-mode.title"), list)
}

// userMode is the rung that is used, or would be.
func userMode(w wizard.Wizard) browser.Mode {
	if w.User.Way == wizard.WayPrivate && w.User.Mode != "" {
		return w.User.Mode
	}
	if modes := w.PrivateBrowser().Modes(); len(modes) > 0 {
		return modes[0]
	}
	return ""
}

func usesLink(w wizard.Wizard, b browser.Browser) bool {
	return w.User.Busy() && w.User.Way == wizard.WayLink || len(b.Modes()) == 0
}

func rungText(w wizard.Wizard, b browser.Browser, m browser.Mode) Text {
	rung := text("browser-mode." + string(m))
	offered := slices.Contains(b.Modes(), m)
	switch {
	case offered && m == userMode(w) && !usesLink(w, b):
		return text("browser-mode.line.current", "Rung", rung)
	case offered:
		return rung
	case b.Name == "":
		return text("browser-mode.line.no-browser", "Rung", rung)
	case !slices.Contains(b.Family.Modes(), m):
		return text("browser-mode.line.unsupported", "Rung", rung, "Browser", b.Name)
	}
	return text("browser-mode.line.forbidden", "Rung", rung)
}
