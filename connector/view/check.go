package view

import (
	"maps"
	"slices"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/wizard"
)

func checkPage(s wizard.State) page {
	w := s.Wizard
	p := page{
		answers: map[string]any{"Tenant": tenantName(w.Draft.Tenant), "UPN": w.Draft.UPN},
		focus:   []string{"leaving-stay", mismatchID, "check-sign-in", "folder-use", string(connector.FieldRecord), "main", "incomplete-go"},
	}
	switch {
	case w.Saved != nil:
		p.blocks = savedBlocks(s, *w.Saved)
	case w.SignedIn == nil:
		p.blocks = []Block{nobodySignedIn()}
	default:
		p.blocks, p.focus = checkBlocks(s, p.focus)
	}
	return p
}

// checkBlocks are the verdict and what it rests on. Where something failed the focus is on what mends it; to check again helps where nothing was
// found out, and no other button does.
func checkBlocks(s wizard.State, focus []string) ([]Block, []string) {
	w := s.Wizard
	cards := checkCards{"checks", w.Checks, wizardCheckCard(w)}
	if !w.ChecksEnded() || w.Checking.Running || w.Saving.Running {
		blocks := blocksOf(outcome(w), cards.running(), whoSignedIn(w), incomplete(s), checkActions())
		return blocks, append(focus, "run-checks")
	}
	if other := mismatch(w); other != nil { // it says what to do
		told := cards.cardID(connector.CheckUser)
		return blocksOf(other, verdictBlocks(s, nil), incomplete(s), cards.open(told), cards.passed(), whoSignedIn(w), Actions{Buttons: []Button{checkAgain()}}), focus
	}
	told, onTop := "", cards.remedy()
	if onTop != nil {
		told = onTop.ID
		focus = slices.Insert(slices.Clone(focus), slices.Index(focus, "main"), onTop.Button.ID)
	}
	focus = append(focus, cards.retries()...)
	return blocksOf(verdictBlocks(s, onTop), incomplete(s), cards.open(told), cards.passed(), whoSignedIn(w), checkActions()), focus
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

// whoSignedIn is the account and its tenant; whoever wants to compare IDs finds them folded away.
func whoSignedIn(w wizard.Wizard) []Block {
	expected, _ := connector.Apart(w.Draft.UPN, w.SignedIn.UPN)
	more := []FactItem{}
	if w.SignedIn.Name != "" {
		more = append(more, FactItem{ID: "who-name", Label: text("page.check.signed-in-name"), Value: w.SignedIn.Name})
	}
	more = append(more,
		FactItem{ID: "who-expected", Label: text("page.check.expected"), Value: expected},
		FactItem{ID: "who-tenant", Label: text("page.check.signed-in-tenant"), Value: w.SignedIn.TenantID, Copy: true},
		FactItem{ID: "expected-tenant", Label: text("page.check.expected-tenant"), Value: tenantAndID(w.Draft)},
	)
	return blocksOf(
		Facts{Items: []FactItem{{ID: "who-upn", Label: text("page.check.signed-in"), Value: w.SignedIn.UPN, Copy: true}}},
		Fold{ID: "who", Title: text("page.check.who-more"), Blocks: []Block{Facts{Items: more}}},
	)
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

// mismatchID is the button that has the right account sign in.
const mismatchID = "mismatch-sign-in"

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
		{ID: "accept-account", Label: text("page.check.accept"), Event: wizard.AcceptAccount{}},
	}
	again := signInButton(mismatchID)
	again.Primary = true
	return blocksOf(
		Notice{
			ID: "mismatch", Severity: Bad, Title: text("page.check.mismatch"), Text: apart("page.check.mismatch.text", w), Buttons: []Button{again},
		},
		in,
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

// outcome says how far the page is before its checks have ended.
func outcome(w wizard.Wizard) []Block {
	switch {
	case w.Saving.Running:
		return []Block{Busy{ID: "saving", Text: reasonText(wizard.ReasonSaving)}}
	case w.Checking.Running:
		return []Block{Busy{ID: "checking", Text: text("page.check.running"), Progress: checksDone(w.Checks)}}
	}
	return nil
}

// verdictBlocks are what the checks came to, and as what the connector will be saved; onTop is the card of what failed.
func verdictBlocks(s wizard.State, onTop *Problem) []Block {
	w := s.Wizard
	word, severity := saveOutcome(w.Checks)
	note := text("page.check.outcome."+word+".text", lastingArgs(signedInLasts(w), s.Home.Now, s.Home.Lasting)...)
	if w.Draft.Trial != nil {
		word, severity = trialOutcome(w.Checks)
		note = text("page.trial.outcome." + word + ".text")
	}
	if onTop == nil {
		return []Block{Notice{ID: "outcome", Severity: severity, Title: verdictOf(w.Checks).text(), Text: note}}
	}
	return blocksOf(*onTop, caption(note))
}

// saveOutcome is the word for what Save makes of the checks, as it keeps them, and how that is shown.
func saveOutcome(made []connector.Check) (word string, severity Severity) {
	switch h := checks.HealthOf(made); {
	case connector.Heaviest(made) == connector.WeightNever, h == connector.HealthUnknown:
		return "never", Bad
	case h == connector.HealthNew, h == connector.HealthGood:
		if v := verdictOf(made); len(v.passed) < v.all() {
			return string(h), Info // nothing stands against it, and not everything is known
		}
		return string(h), Good
	default:
		return string(h), Warning
	}
}

// counted is a reason with how many checks it is about, where it is about some.
func counted(w wizard.Wizard, reason Text) Text {
	if reason.Key != reasonText(wizard.ReasonChecksNever).Key {
		return reason
	}
	failed := 0
	for _, c := range w.Checks {
		if c.Weight == connector.WeightNever && c.State == connector.CheckFailed {
			failed++
		}
	}
	if failed == 0 { // those that count could not be made
		return reason
	}
	return text("page.check.cannot-save", "Count", failed)
}

// signedInLasts is from when it can be checked whether the sign-in lasts; the zero time where that is not known.
func signedInLasts(w wizard.Wizard) time.Time {
	if w.SignedInAt.IsZero() {
		return time.Time{}
	}
	return connector.LastsFrom(w.SignedInAt)
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

func checkActions() Actions {
	return Actions{Buttons: []Button{checkAgain(), signInButton("sign-in-again")}}
}

func checkAgain() Button {
	return Button{ID: "run-checks", Label: text("page.check.again"), Event: wizard.RunChecks{}}
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

// savedBlocks is what the page shows after Save, and what becomes of it once the check is made that comes later.
func savedBlocks(s wizard.State, c connector.Connector) []Block {
	h, severity := checks.HealthAt(c, s.Home.Now), Good
	if h == connector.HealthAttention || h == connector.HealthSignIn || h == connector.HealthExpired {
		severity = Warning
	}
	return blocksOf(
		Notice{
			ID: "saved", Severity: severity, Title: text("page.check.saved", "Name", c.Name),
			Text: text("page.check.saved."+string(h), append(lastingArgs(c.CheckFrom(), s.Home.Now, s.Home.Lasting), "Verdict", knownVerdict(c))...),
		},
		byItself(s, c), uncheckedByItself(s, c),
		Facts{Items: []FactItem{
			{ID: "saved-user", Label: text("detail.user"), Value: c.User.UPN},
			{ID: "saved-tenant", Label: text("field.tenant"), Value: tenantName(&c.Tenant)},
		}},
		caption(text("page.check.saved.kept")),
		Actions{Buttons: []Button{askRecord()}},
		recording(s),
		script(s, c),
	)
}

// byItself says that the connector is being checked by itself.
func byItself(s wizard.State, c connector.Connector) []Block {
	l := s.Home.Lasting
	if !l.IsChecking(c.ID) {
		return nil
	}
	return []Block{Busy{ID: "lasting", Text: text("detail.lasting"), Progress: checksDone(l.Checks)}}
}

// uncheckedByItself says on the page after Save why that was not possible. Its button is on the connector's own page.
func uncheckedByItself(s wizard.State, c connector.Connector) []Block {
	p, told := s.Home.Checking.Unchecked[c.ID]
	if !told {
		return nil
	}
	return []Block{card{id: "saved-unchecked", problem: &p, about: aboutConnector(c), app: appOfConnector(c)}.show()}
}

func savedFooter(c connector.Connector) Footer {
	return Footer{
		Main: &Button{ID: "main", Label: text("page.check.open"), Event: wizard.OpenConnector{ID: c.ID}, Primary: true},
	}
}
