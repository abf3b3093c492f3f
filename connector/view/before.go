package view

import (
	"slices"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/wizard"
)

func beforePage(s wizard.State) page {
	w := s.Wizard
	unwell, well := readiness(w, reachRow(w), keychainRow(w), browserRow(w), elevatedRow(w))
	return page{
		blocks: blocksOf(tenantField(w), tenantAnswer(w), unwell, statements(w), well, linksFold()),
		focus:  changing(w, string(connector.FieldTenant), string(connector.TickDirectBill)),
	}
}

func tenantField(w wizard.Wizard) []Block {
	in := entered(w, connector.FieldTenant, w.Draft.TenantInput)
	in.Placeholder = text("field.tenant.placeholder")
	in.Good = foundText(w)
	if p := w.Lookup.Problem; p != nil && p.Kind == connector.KindBadTenantInput {
		in.Error = text("field.tenant.error")
		if address := p.Args["Address"]; address != "" {
			in.Error = text("field.tenant.microsoft", "Address", address)
		}
	}
	locked := in.lock(w)
	if locked.Locked {
		locked.Good = in.Good
	}
	return blocksOf(locked, change(w, connector.FieldTenant))
}

// foundText says what discovery found: cloud, region, tenant ID, and the government environment where there is one.
func foundText(w wizard.Wizard) Text {
	t := w.Draft.Tenant
	if t == nil || w.Lookup.Running {
		return Text{}
	}
	key := "page.before.found"
	if t.Government() != "" {
		key = "page.before.found-government"
	}
	region := regionText(*t)
	if region.Empty() {
		region = text("common.region.none")
	}
	return text(key, "Cloud", cloudText(*t), "Region", region, "TenantID", t.ID, "Government", t.Government())
}

// tenantAnswer is what the lookup says besides the words at the field.
func tenantAnswer(w wizard.Wizard) []Block {
	switch {
	case w.Lookup.Running:
		return []Block{Busy{ID: "lookup", Text: text("page.before.looking-up", "Tenant", w.Lookup.Input)}}
	case w.Lookup.Problem != nil && w.Lookup.Problem.Kind != connector.KindBadTenantInput:
		return []Block{wizardCard(w, "lookup-problem", w.Lookup.Problem, wizard.LookUpTenant{})}
	case w.Lookup.Clock != nil:
		return []Block{wizardCard(w, "clock-problem", w.Lookup.Clock, wizard.LookUpTenant{})}
	case len(w.Lookup.Found) > 1:
		return blocksOf(cloudChoice(w).lock(w), change(w, connector.FieldCloud))
	case len(w.OtherTenants()) > 0:
		return blocksOf(foundElsewhere(w), change(w, connector.FieldCloud))
	}
	return nil
}

// foundElsewhere says that the tenant is in another cloud now than the consents were given in, or has another ID.
func foundElsewhere(w wizard.Wizard) Notice {
	was, is := *w.Draft.Tenant, w.OtherTenants()[0]
	return Notice{
		ID: "found-elsewhere", Severity: Warning, Title: text("page.before.elsewhere", "Cloud", cloudText(is)),
		Text:    text("page.before.elsewhere.text", "Was", cloudText(was), "WasID", was.ID, "Is", cloudText(is), "IsID", is.ID),
		Buttons: switchButtons(w),
	}
}

// switchButtons lead to the tenant as the other clouds have it.
func switchButtons(w wizard.Wizard) []Button {
	buttons := []Button{}
	for _, t := range w.OtherTenants() {
		buttons = append(buttons, Button{
			ID: "switch-" + t.Cloud, Label: text("common.switch-cloud", "Cloud", cloudText(t)), Event: wizard.SwitchCloud{Cloud: t.Cloud},
		})
	}
	return buttons
}

func cloudChoice(w wizard.Wizard) Choice {
	c := Choice{
		ID: string(connector.FieldCloud), Field: connector.FieldCloud,
		Label: text("field.cloud"), Hint: text("field.cloud.hint"),
	}
	for _, t := range w.Lookup.Found {
		c.Options = append(c.Options, Option{Value: t.Cloud, Label: cloudText(t)})
	}
	if w.Draft.Tenant != nil {
		c.Value = w.Draft.Tenant.Cloud
	}
	return c
}

// readiness shows what the page checks by itself: what is not well as checks, the rest in one line.
func readiness(w wizard.Wizard, rows ...CheckRow) (unwell, well []Block) {
	again := Actions{Buttons: []Button{{ID: "check-ready", Label: text("page.before.check-again"), Event: wizard.CheckReady{}}}}
	others := []CheckRow{}
	for _, r := range rows {
		if !calls(r) {
			others = append(others, r)
		}
	}
	unready := slices.DeleteFunc(rows, func(r CheckRow) bool { return !calls(r) })
	fold := Fold{ID: "readiness", Title: text(readyTitle(w.Ready, len(unready) > 0)), Blocks: blocksOf(Checks{ID: "ready", Rows: others})}
	switch {
	case len(others) == 0:
		return blocksOf(heading("page.before.ready"), Checks{ID: "unready", Rows: unready}, again), nil
	case len(unready) > 0:
		return blocksOf(heading("page.before.ready"), Checks{ID: "unready", Rows: unready}, again), []Block{fold}
	case w.Ready.Running:
		well = blocksOf(Busy{ID: "getting-ready", Text: text("page.before.ready.running")})
	}
	fold.Blocks = append(fold.Blocks, again)
	return nil, append(well, fold)
}

// calls reports whether somebody has to look at what was checked, or to do something while it is.
func calls(r CheckRow) bool {
	return r.State == connector.CheckFailed || r.State == connector.CheckWarning || r.State == connector.CheckRunning && len(r.Evidence) > 0
}

// readyTitle says in a line that this computer is ready, or else only that there are more checks.
func readyTitle(r wizard.Readiness, others bool) string {
	if others || !r.Done || r.Running {
		return "page.before.ready.others"
	}
	return "page.before.ready.fine"
}

func readyRow(name string, state connector.CheckState, evidence ...Text) CheckRow {
	return CheckRow{
		ID: "ready-" + name, State: state, Title: text("page.before.ready." + name),
		Word: text("check-state." + string(state)), Evidence: evidence,
	}
}

// readyState is the state of what is checked on this computer.
func readyState(r wizard.Readiness, p *connector.Problem) connector.CheckState {
	switch {
	case r.Running:
		return connector.CheckRunning
	case !r.Done:
		return connector.CheckPending
	case p != nil:
		return connector.CheckFailed
	}
	return connector.CheckPassed
}

func (r CheckRow) with(w wizard.Wizard, p *connector.Problem) CheckRow {
	if p == nil || r.State == connector.CheckRunning {
		return r
	}
	r.Problem = wizardCard(w, r.ID+"-problem", p, wizard.CheckReady{}).inRow()
	return r
}

// reachRow repeats the lookup's outcome as a check: Microsoft is reachable and this computer's clock is right. A tenant that
// came from a kept draft was not looked up now.
func reachRow(w wizard.Wizard) CheckRow {
	switch {
	case w.Lookup.Running:
		return readyRow("reach", connector.CheckRunning)
	case w.Lookup.Clock != nil:
		return readyRow("reach", connector.CheckFailed)
	case w.Draft.Tenant != nil && w.Lookup.Attempt != 0:
		return readyRow("reach", connector.CheckPassed)
	case w.Lookup.Problem != nil && unreachable(w.Lookup.Problem.Kind):
		return readyRow("reach", connector.CheckFailed)
	}
	return readyRow("reach", connector.CheckPending, text("page.before.ready.reach-pending"))
}

func unreachable(k connector.ProblemKind) bool {
	return problems.Unreached(k) || k == connector.KindClock
}

func keychainRow(w wizard.Wizard) CheckRow {
	row := readyRow("keychain", readyState(w.Ready, w.Ready.Keychain))
	if w.Ready.Running && w.Ready.KeychainWaits {
		row.Evidence = []Text{text("page.before.ready.keychain-waits")}
	}
	return row.with(w, w.Ready.Keychain)
}

// browserRow warns only: without such a browser a copied link does.
func browserRow(w wizard.Wizard) CheckRow {
	state := readyState(w.Ready, w.Ready.NoBrowser)
	if state == connector.CheckFailed {
		state = connector.CheckWarning
	}
	row := readyRow("browser", state)
	if b := w.PrivateBrowser(); state == connector.CheckPassed && len(b.Modes()) > 0 {
		row.Evidence = []Text{text("page.before.ready.browser-"+string(b.Modes()[0]), "Browser", b.Name)}
	}
	return row.with(w, w.Ready.NoBrowser)
}

func elevatedRow(w wizard.Wizard) CheckRow {
	return readyRow("elevated", readyState(w.Ready, w.Ready.Elevated)).with(w, w.Ready.Elevated)
}

// statements are what the program can't find out: the admin has to say so.
func statements(w wizard.Wizard) []Block {
	blocks, reasons := blocksOf(heading("page.before.statements")), []Text{}
	for _, f := range connector.Ticks1 {
		blocks = append(blocks, tick(w, f))
		reasons = append(reasons, text("field."+string(f)+".why"))
	}
	return append(blocks, why(text("page.before.why"), bodies(reasons...)))
}

func tick(w wizard.Wizard, f connector.Field) Tick {
	return Tick{
		ID: string(f), Field: f, Label: text("field." + string(f)), Hint: text("field." + string(f) + ".hint"),
		On: w.Draft.Ticks[f],
	}
}

// linksFold leads those who came from a product with links of its own.
func linksFold() Fold {
	help := Button{ID: "links-help", Label: text("page.before.links.help"), Command: "help", Topic: "links"}
	return Fold{ID: "links", Title: text("page.before.links"), Blocks: blocksOf(body(text("page.before.links.text")), Actions{Buttons: []Button{help}})}
}

// privateBrowsers are those that can open a window for us, the recommended one first.
func privateBrowsers(all []browser.Browser) []browser.Browser {
	list := []browser.Browser{}
	for _, b := range all {
		if len(b.Modes()) > 0 {
			list = append(list, b)
		}
	}
	return list
}
