package view

import (
	"cmp"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func adminPage(s wizard.State) page {
	w := s.Wizard
	p := page{
		answers: map[string]any{"Tenant": tenantName(w.Draft.Tenant), "Browser": adminBrowserText(w)},
		focus:   append(toldFocus(w), "admin-stop", "ready-problem-retry", "admin-problem-retry", "admin-problem-mend", "admin-problem-go"),
	}
	if w.Draft.Admin.Status != connector.AdminNone {
		p.focus = append(p.focus, "main")
	}
	p.focus = append(p.focus, "handover-copy", "start-default")
	if w.Admin.Busy() {
		p.blocks = adminUnderWay(w)
		return p
	}
	p.blocks = blocksOf(adminProblem(w), adminResult(w), handoverPart(w), adminWays(s))
	return p
}

// adminBrowserText names the browser that the admin consent will open.
func adminBrowserText(w wizard.Wizard) Text {
	for _, b := range w.Ready.Browsers {
		if w.Draft.AdminBrowser != "" && b.ID == w.Draft.AdminBrowser {
			return text("common.browser.named", "Name", b.Name)
		}
	}
	return defaultBrowserText(w)
}

// defaultBrowserText names the default browser.
func defaultBrowserText(w wizard.Wizard) Text {
	for _, b := range w.Ready.Browsers {
		if b.Default {
			return text("common.browser.default-named", "Name", b.Name)
		}
	}
	return text("common.browser.default")
}

func adminProblem(w wizard.Wizard) []Block {
	p := w.Admin.Problem
	if p == nil {
		return nil
	}
	way := w.Admin.Way
	if way == "" {
		way = wizard.WayDefault
	}
	var retry wizard.Event = wizard.StartAdmin{Way: way}
	if w.HandoverOpen && w.Draft.Admin.Handover == nil {
		retry = wizard.OpenHandover{}
	}
	others := []Button{}
	switch p.Kind {
	case connector.KindWrongTenant, connector.KindBrowserFailed, connector.KindNoStart:
		others = append(others, Button{
			ID: "admin-problem-isolated", Label: text("page.admin.open-isolated"), Event: wizard.StartAdmin{Way: wizard.WayIsolated},
		})
	case connector.KindDeclined, connector.KindNeedAdmin:
		if !w.HandoverOpen || w.Draft.Admin.Handover == nil { // else its link stands below
			others = append(others, Button{ID: "admin-problem-handover", Label: text("page.admin.handover.open"), Event: wizard.OpenHandover{}})
		}
	default:
	}
	return []Block{wizardCard(w, "admin-problem", p, retry, others...)}
}

// adminResult says what is known of the consent, and no more.
func adminResult(w wizard.Wizard) []Block {
	a := w.Draft.Admin
	switch {
	case a.Status == connector.AdminNotConfirmed:
		return []Block{Notice{
			ID: "admin-result", Severity: Warning, Title: text("page.admin.not-confirmed"), Text: text("page.admin.not-confirmed.text"),
		}}
	case a.Status == connector.AdminReported && a.Pasted:
		return []Block{reportedNotice("page.admin.pasted", a, w)}
	case a.Status == connector.AdminReported:
		return []Block{reportedNotice("page.admin.reported", a, w)}
	}
	return nil
}

func reportedNotice(key string, a connector.Admin, w wizard.Wizard) Notice {
	return Notice{
		ID: "admin-result", Severity: Good, Title: text(key),
		Text: text(key+".text", "Tenant", tenantName(w.Draft.Tenant), "At", a.At),
	}
}

// startBlocked says why a consent can't be started now, and leads to what has to be done first: on this computer, or on a page before.
func startBlocked(s wizard.State, start wizard.Event) []Block {
	w, reason := s.Wizard, s.Refuses(start)
	if reason == "" || len(s.LinkDifferences()) > 0 { // those have cards of their own
		return nil
	}
	for _, p := range []*connector.Problem{w.Ready.Elevated, w.Ready.Keychain} {
		if p != nil && !w.Ready.Running && w.ConsentBlocked() != "" {
			c := card{id: "ready-problem", problem: p, here: p.Step, retry: wizard.CheckReady{}, about: aboutDraft(w.Draft), app: appOf(w.Draft)}
			return []Block{c.show()}
		}
	}
	if p := cmp.Or(w.Lookup.Problem, w.Lookup.Clock); p != nil && w.LookupBlocked() != "" {
		c := card{id: "ready-problem", problem: p, here: p.Step, retry: wizard.LookUpTenant{}, about: aboutDraft(w.Draft), app: appOf(w.Draft)}
		return []Block{c.show()}
	}
	step := w.Draft.StepFor(connector.StepBefore)
	if w.ConsentBlocked() == "" && w.Draft.Tenant != nil {
		step = w.Draft.StepFor(connector.StepConnector)
	}
	n := Notice{ID: "start-blocked", Severity: Warning, Title: text("common.start-blocked"), Text: reasonText(reason)}
	if s.Reachable(step) {
		n.Buttons = []Button{{ID: "start-blocked-go", Label: goLabel(step), Event: wizard.GoTo{Step: step}}}
	}
	return []Block{n}
}

// adminWays are the ways to the consent, the usual one first.
func adminWays(s wizard.State) []Block {
	w := s.Wizard
	again := w.Draft.Admin.Status == connector.AdminReported
	open := text("page.admin.open", "Browser", adminBrowserText(w))
	if again {
		open = text("page.admin.open-again", "Browser", adminBrowserText(w))
	}
	first := !again && w.Admin.Problem == nil && !w.HandoverOpen
	buttons := []Button{
		{ID: "start-default", Label: open, Event: wizard.StartAdmin{Way: wizard.WayDefault}, Primary: first},
		{ID: "start-isolated", Label: text("page.admin.open-isolated"), Event: wizard.StartAdmin{Way: wizard.WayIsolated}},
		{ID: "start-link", Label: text("common.make-link"), Event: wizard.StartAdmin{Way: wizard.WayLink}},
	}
	if !w.HandoverOpen {
		buttons = append(buttons, Button{ID: "open-handover", Label: text("page.admin.handover.open"), Event: wizard.OpenHandover{}})
	}
	return blocksOf(
		startBlocked(s, wizard.StartAdmin{Way: wizard.WayDefault}),
		heading("page.admin.ways"),
		Actions{Buttons: buttons},
		caption(text("page.admin.isolated-hint")),
		browserChoice(connector.FieldAdminBrowser, w.Ready.Browsers, w.Draft.AdminBrowser, true),
		heading("page.admin.sees"),
		List{Numbered: true, Items: items("page.admin.see", 3, "Tenant", tenantName(w.Draft.Tenant))},
	)
}

// browserChoice lets another browser be chosen, if there is one; first is what stands for the empty choice.
func browserChoice(f connector.Field, all []browser.Browser, chosen string, withDefault bool) []Block {
	c := Choice{ID: string(f), Field: f, Label: text("field." + string(f)), Hint: text("field." + string(f) + ".hint"), Value: chosen}
	if withDefault {
		c.Options = append(c.Options, Option{Label: text("field.admin-browser.default")})
	}
	for _, b := range all {
		c.Options = append(c.Options, Option{Value: b.ID, Plain: b.Name})
	}
	if len(c.Options) < 2 {
		return nil
	}
	return []Block{c}
}

func adminUnderWay(w wizard.Wizard) []Block {
	c := w.Admin
	if c.Phase != wizard.PhaseWaiting {
		return underWay("admin", c)
	}
	details := []Text{text("wait.admin.sign-in", "Tenant", tenantName(w.Draft.Tenant)), text("wait.admin.accept")}
	others := []Button{}
	switch c.Way {
	case wizard.WayLink:
		details = append([]Text{text("wait.link.admin")}, details...)
	case wizard.WayIsolated:
		details = append(details, text("wait.admin.isolated"))
		details = append(details, privacy(c)...)
	default:
		others = append(others, Button{ID: "no-start-isolated", Label: text("page.admin.open-isolated"), Event: wizard.StartAdmin{Way: wizard.WayIsolated}})
	}
	return blocksOf(noStart(c, others...), notPrivate("admin", c), waiting("admin", text("wait.admin", "Browser", consentBrowser(c)), c, details), waitLink("admin", c), tellingOf(w, c))
}
