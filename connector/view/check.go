package view

import (
	"maps"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/wizard"
)

func checkPage(s wizard.State) page {
	w := s.Wizard
	p := page{
		answers: map[string]any{"Tenant": tenantName(w.Draft.Tenant), "UPN": w.Draft.UPN},
		focus:   []string{"leaving-stay", "retype", "check-sign-in", "record-replace", "folder-use", string(connector.FieldRecord), "main", "incomplete-go", "run-checks"},
	}
	switch {
	case w.Saved != nil:
		p.blocks = savedBlocks(s, *w.Saved)
	case w.SignedIn == nil:
		p.blocks = []Block{nobodySignedIn()}
	default:
		p.blocks = blocksOf(
			whoSignedIn(w), mismatch(w), checkList("checks", w.Checks, wizardCheckCard(w)), outcome(w), incomplete(s), checkActions())
	}
	return p
}

func nobodySignedIn() Notice {
	return Notice{
		ID: "nobody", Severity: Info, Title: text("page.check.nobody"), Text: text("page.check.nobody.text"),
		Buttons: []Button{signInButton("check-sign-in")},
	}
}

func signInButton(id string) Button {
	return Button{ID: id, Label: goLabel(connector.StepUser), Event: wizard.GoTo{Step: connector.StepUser}}
}

func whoSignedIn(w wizard.Wizard) Facts {
	expected, _ := connector.Apart(w.Draft.UPN, w.SignedIn.UPN)
	facts := []FactItem{{ID: "who-upn", Label: text("page.check.signed-in"), Value: w.SignedIn.UPN, Copy: true}}
	if w.SignedIn.Name != "" {
		facts = append(facts, FactItem{ID: "who-name", Label: text("page.check.signed-in-name"), Value: w.SignedIn.Name})
	}
	return Facts{Items: append(facts,
		FactItem{ID: "who-expected", Label: text("page.check.expected"), Value: expected},
		FactItem{ID: "who-tenant", Label: text("page.check.signed-in-tenant"), Value: w.SignedIn.TenantID, Copy: true},
		FactItem{ID: "expected-tenant", Label: text("page.check.expected-tenant"), Value: tenantAndID(w.Draft)},
	)}
}

func tenantAndID(d connector.Draft) string {
	if d.Tenant == nil {
		return ""
	}
	if d.Tenant.Domain == "" {
		return d.Tenant.ID
	}
	return d.Tenant.Domain + " (" + d.Tenant.ID + ")"
}

// mismatch is what to do when another account signed in than the one that was named.
func mismatch(w wizard.Wizard) []Block {
	if w.Draft.Renews != "" && w.Draft.Replaces == "" || !failed(w.Checks, connector.CheckUser) {
		return nil
	}
	in := input(connector.FieldRetype, w.Retyped)
	in.Cleaned = CleanedText(in.Field, connector.Clean(in.Field, w.Retyped))
	if w.Retyped != "" && !w.AcceptsRetyped() {
		in.Error = text("field.retype.error")
	}
	in.Buttons = []Button{
		{ID: "accept-account", Label: text("page.check.accept"), Event: wizard.AcceptAccount{}, Primary: true},
	}
	return blocksOf(
		Notice{
			ID: "mismatch", Severity: Bad, Title: text("page.check.mismatch"),
			Text: apart("page.check.mismatch.text", w),
		},
		in,
		Actions{Buttons: []Button{signInButton("mismatch-sign-in")}},
	)
}

// apart tells of the account that was expected and of the one that signed in, so that one sees where the two differ.
func apart(key string, w wizard.Wizard) Text {
	expected, actual := connector.Apart(w.Draft.UPN, w.SignedIn.UPN)
	return text(key, "Expected", expected, "Actual", actual)
}

func failed(made []connector.Check, id connector.CheckID) bool {
	for _, c := range made {
		if c.ID == id {
			return c.State == connector.CheckFailed
		}
	}
	return false
}

// checkList shows checks that were made, under a heading.
func checkList(id string, made []connector.Check, shown func(id string, p *connector.Problem) Problem) []Block {
	if len(made) == 0 {
		return nil
	}
	return append(blocksOf(heading("page.check.checks")), checkRows(id, made, shown)...)
}

// checkRows are those checks, with their evidence; shown makes the card of one that has a problem.
func checkRows(id string, made []connector.Check, shown func(id string, p *connector.Problem) Problem) []Block {
	if len(made) == 0 {
		return nil
	}
	list := Checks{ID: id}
	for _, c := range made {
		row := CheckRow{
			ID: id + "-" + string(c.ID), State: c.State, Title: text("check." + string(c.ID) + ".title"),
			Word: text("check-state." + string(c.State)),
		}
		for _, fact := range c.Evidence {
			row.Evidence = append(row.Evidence, factText(fact))
		}
		if c.Problem != nil {
			row.Problem = shown(row.ID+"-problem", c.Problem).inRow()
		}
		list.Rows = append(list.Rows, row)
	}
	return []Block{list}
}

// Evidence puts a piece of evidence in words; one that is older than the check says so.
func Evidence(f connector.Fact) Text { return factText(f) }

func factText(f connector.Fact) Text {
	t := text("evidence." + f.Key)
	for name, value := range f.Args {
		if t.Args == nil {
			t.Args = map[string]any{}
		}
		t.Args[name] = value
		if role := connector.Role(value); name == connector.RoleArg && role.Known() {
			t.Args[name] = roleText(role)
		}
		if day, err := connector.ParseDay(value); err == nil && name == "Day" {
			t.Args[name] = day
		}
	}
	if f.At.IsZero() {
		return t
	}
	return text("common.of-sign-in", "At", f.At, "Evidence", t)
}

func wizardCheckCard(w wizard.Wizard) func(string, *connector.Problem) Problem {
	return func(id string, p *connector.Problem) Problem {
		return wizardCard(w, id, aboutSignedIn(w, p), wizard.RunChecks{})
	}
}

// aboutSignedIn makes a check's problem name the account that the check saw, where that is not the one that was expected.
func aboutSignedIn(w wizard.Wizard, p *connector.Problem) *connector.Problem {
	if w.SignedIn == nil || w.SignedIn.UPN == "" || !failed(w.Checks, connector.CheckUser) {
		return p
	}
	told := *p
	told.Args = map[string]string{"UPN": w.SignedIn.UPN}
	maps.Copy(told.Args, p.Args)
	return &told
}

// checksDone returns how many of the checks have ended.
func checksDone(made []connector.Check) Text {
	done := 0
	for _, c := range made {
		if c.State != connector.CheckPending && c.State != connector.CheckRunning {
			done++
		}
	}
	return text("common.done-of", "Done", done, "All", len(made))
}

// outcome says before Save as what the connector will be saved.
func outcome(w wizard.Wizard) []Block {
	switch {
	case w.Saving.Running:
		return []Block{Busy{ID: "saving", Text: reasonText(wizard.ReasonSaving)}}
	case w.Checking.Running:
		return []Block{Busy{ID: "checking", Text: text("page.check.running"), Progress: checksDone(w.Checks)}}
	case !w.ChecksEnded():
		return nil
	case w.Draft.Trial != nil:
		word, severity := trialOutcome(w.Checks)
		return []Block{Notice{
			ID: "outcome", Severity: severity, Title: text("page.trial.outcome." + word), Text: text("page.trial.outcome." + word + ".text"),
		}}
	}
	switch h := checks.HealthOf(w.Checks); { // as Save keeps it
	case connector.Heaviest(w.Checks) == connector.WeightNever, h == connector.HealthUnknown:
		return []Block{outcomeNotice(Bad, "never")}
	case h == connector.HealthGood, h == connector.HealthNew:
		return []Block{outcomeNotice(Good, string(h))}
	default:
		return []Block{outcomeNotice(Warning, string(h))}
	}
}

// incomplete leads to the page that lacks something again, such as the name, which another process has taken meanwhile.
func incomplete(s wizard.State) []Block {
	step, reason := s.Missing(connector.StepCheck)
	if reason == "" || s.Wizard.Saving.Running {
		return nil
	}
	return []Block{Notice{
		ID: "incomplete", Severity: Warning, Title: text("page.check.incomplete", "Page", step.Place(), "Label", stepText(step)), Text: reasonText(reason),
		Buttons: []Button{{ID: "incomplete-go", Label: goLabel(step), Event: wizard.GoTo{Step: step}}},
	}}
}

func outcomeNotice(s Severity, word string) Notice {
	return Notice{
		ID: "outcome", Severity: s, Title: text("page.check.outcome." + word), Text: text("page.check.outcome." + word + ".text"),
	}
}

func checkActions() Actions {
	return Actions{Buttons: []Button{
		{ID: "run-checks", Label: text("page.check.again"), Event: wizard.RunChecks{}}, signInButton("sign-in-again"),
	}}
}

func saveLabel(w wizard.Wizard) Text {
	switch {
	case w.Draft.Links != nil:
		return text("page.link-finish.save")
	case w.Draft.Renews != "":
		return text("page.check.save-renewal")
	}
	return text("page.check.save")
}

// savedBlocks is what the page shows after Save.
func savedBlocks(s wizard.State, c connector.Connector) []Block {
	h, severity := checks.HealthAt(c, s.Home.Now), Good
	if h == connector.HealthAttention || h == connector.HealthSignIn || h == connector.HealthExpired {
		severity = Warning
	}
	facts := []FactItem{
		{ID: "saved-health", Label: text("detail.health"), Text: HealthWord(h)},
		{ID: "saved-user", Label: text("detail.user"), Value: c.User.UPN},
		{ID: "saved-tenant", Label: text("field.tenant"), Value: tenantName(&c.Tenant)},
	}
	hint := text("detail.command.rehearsal")
	if s.Rehearsal == nil {
		facts = append(facts, FactItem{ID: "saved-command", Label: text("detail.command"), Value: tokenCommand(s, c), Copy: true})
		hint = text("detail.command.hint")
	}
	return blocksOf(
		Notice{
			ID: "saved", Severity: severity, Title: text("page.check.saved", "Name", c.Name),
			Text: text("page.check.saved." + string(h)),
		},
		body(text("page.check.saved.kept")),
		Facts{Items: facts},
		caption(hint),
		Actions{Buttons: []Button{askRecord()}},
		recording(s),
	)
}

func savedFooter(c connector.Connector) Footer {
	return Footer{
		Back: &Button{ID: "back", Label: text("common.home"), Event: wizard.GoHome{}},
		Main: &Button{ID: "main", Label: text("page.check.open"), Event: wizard.OpenConnector{ID: c.ID}, Primary: true},
	}
}
