package view

import (
	"cmp"
	"slices"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func adminPage(s wizard.State) page {
	w := s.Wizard
	p := page{
		answers: map[string]any{"Tenant": tenantName(w.Draft.Tenant), "Browser": adminBrowserText(w)},
		focus:   slices.Concat(toldFocus(w), []string{"ready-problem-retry"}, cardButtons("admin-problem"), cardButtons("paste-problem")),
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

// adminResult says what is known of the consent, and no more. Beside a newer try that failed it is a line: an answer of before still counts.
func adminResult(w wizard.Wizard) []Block {
	a := w.Draft.Admin
	switch {
	case a.Status == connector.AdminReported && (w.Admin.Problem != nil || w.PasteProblem != nil):
		return []Block{caption(text("page.admin.still-counts", "At", a.At))}
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

// adminWays are the ways to the consent: the usual one, that by another person, which must be found at once by whoever is no administrator,
// and the rarer ones folded away. The usual one is among those once the consent is given, or while another person is asked for it.
func adminWays(s wizard.State) []Block {
	w := s.Wizard
	again := w.Draft.Admin.Status == connector.AdminReported
	usual := Button{ID: "start-default", Label: text("page.admin.open", "Browser", adminBrowserText(w)), Event: wizard.StartAdmin{Way: wizard.WayDefault}}
	if again {
		usual.Label = text("page.admin.open-again", "Browser", adminBrowserText(w))
	}
	other := Button{ID: "open-handover", Label: text("page.admin.handover.open"), Event: wizard.OpenHandover{}}
	shown, rare := []Button{}, []Button{}
	switch {
	case w.HandoverOpen:
		rare = append(rare, usual)
	case again:
		rare = append(rare, usual, other)
	default:
		usual.Primary = w.Admin.Problem == nil
		shown = append(shown, usual, other)
	}
	rare = append(rare, isolatedButton("start-isolated"), Button{ID: "start-link", Label: text("common.make-link"), Event: wizard.StartAdmin{Way: wizard.WayLink}})
	blocks := startBlocked(s, wizard.StartAdmin{Way: wizard.WayDefault})
	if len(shown) > 0 {
		blocks = append(blocks, caption(text("page.admin.roles")), Actions{Buttons: shown})
	}
	return blocksOf(
		blocks,
		otherWays(anotherBrowserMends(w.Admin.Problem),
			actionsOf(rare),
			caption(text("page.admin.isolated-hint")),
			browserChoice(w, connector.FieldAdminBrowser, w.Draft.AdminBrowser, true),
		),
		why(text("page.admin.sees"), List{Numbered: true, Items: items("page.admin.see", 3, "Tenant", tenantName(w.Draft.Tenant))}),
	)
}

// anotherBrowserMends reports whether what went wrong may go well in another browser or window.
func anotherBrowserMends(p *connector.Problem) bool {
	if p == nil {
		return false
	}
	switch p.Kind {
	case connector.KindWrongTenant, connector.KindBrowserFailed, connector.KindNoStart, connector.KindNoBrowser, connector.KindNotPrivate, connector.KindTicketSpent,
		connector.KindDevice, connector.KindCondAccess, connector.KindFederated:
		return true
	default:
		return false
	}
}

// browserChoice lets another browser be chosen, if there is one; first is what stands for the empty choice.
func browserChoice(w wizard.Wizard, f connector.Field, chosen string, withDefault bool) []Block {
	c := Choice{ID: string(f), Field: f, Label: text("field." + string(f)), Hint: text("field." + string(f) + ".hint"), Value: chosen}
	if withDefault {
		c.Options = append(c.Options, Option{Label: text("field.admin-browser.default")})
	}
	for _, b := range w.Ready.Browsers {
		c.Options = append(c.Options, Option{Value: b.ID, Plain: b.Name})
	}
	if len(c.Options) < 2 {
		return nil
	}
	return []Block{c.lock(w)}
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
