package view

import (
	"slices"
	"strconv"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func linkFinishPage(s wizard.State) page {
	w, p := s.Wizard, draftProduct(s)
	made := page{
		answers: linkArgs(s),
		focus: []string{
			"folder-use", string(connector.FieldRecord), string(connector.TickLinkSaved), "main",
		},
	}
	if w.Draft.Ticks[connector.TickLinkSaved] || w.Saved != nil {
		made.focus = slices.DeleteFunc(made.focus, func(id string) bool { return id == string(connector.TickLinkSaved) })
	}
	if w.Saved != nil {
		made.blocks = keptSaved(s, *w.Saved)
		return made
	}
	made.blocks = blocksOf(
		linksCompared(s), p.stepsToEnd(), practised(s), finished(s), saving(w), ownChecks(s), reminder(s), known(s),
	)
	return made
}

// known is what is known of the two links, and why that is not more.
func known(s wizard.State) Fold {
	f := Fold{ID: "known", Title: text("page.link-finish.known"), Blocks: blocksOf(
		Facts{Items: knownFacts(s, *s.Wizard.Draft.Links)}, caption(draftProduct(s).says("page.link-finish.known.text")),
	)}
	if !s.HasLinkWitness() {
		f.Blocks = append(f.Blocks, caption(text("page.link-finish.no-connector", "Tenant", tenantName(s.Wizard.Draft.Tenant))))
	}
	return f
}

// finished asks whether the rest was done in the product; not while the answer is being saved.
func finished(s wizard.State) []Block {
	if s.Wizard.Saving.Running {
		return nil
	}
	p, saved := draftProduct(s), tick(s.Wizard, connector.TickLinkSaved)
	saved.Label, saved.Hint = p.says("field.tick-link-saved"), p.says("field.tick-link-saved.hint")
	return []Block{saved}
}

func saving(w wizard.Wizard) []Block {
	if !w.Saving.Running {
		return nil
	}
	return []Block{Busy{ID: "saving", Text: reasonText(wizard.ReasonSaving)}}
}

// knownFacts are what is known of the two links, each with how it is known.
func knownFacts(s wizard.State, l connector.Links) []FactItem {
	p := productOf(s.Products, &l)
	facts := []FactItem{}
	for _, kind := range link.Kinds() {
		facts = append(facts, knownOf(l.Of(kind), kind)...)
	}
	finished := p.says("known.unreported")
	if !l.Finished.IsZero() {
		finished = p.says("known.reported", "At", l.Finished)
	}
	return append(facts, FactItem{ID: "known-finished", Label: p.says("known.finished"), Text: finished})
}

func knownOf(l *connector.ProductLink, kind link.Kind) []FactItem {
	name, reported := string(kind), text("known.unreported")
	if l != nil && !l.Reported.IsZero() {
		reported = text("known.reported", "At", l.Reported)
	}
	return append(openedFact(l, kind), FactItem{ID: "known-reported-" + name, Label: text("known.consent." + name), Text: reported})
}

// openedFact is what is known of the window that a link was opened in.
func openedFact(l *connector.ProductLink, kind link.Kind) []FactItem {
	name := string(kind)
	fact := FactItem{ID: "known-opened-" + name, Label: text("known.opened." + name), Text: text("known.not-opened")}
	if l == nil || l.Started.IsZero() {
		return []FactItem{fact}
	}
	fact.Text = text("known.opened", "At", l.Started, "Browser", l.Browser, "Private", l.Private)
	return []FactItem{fact, {ID: "known-ended-" + name, Label: text("known.ended." + name), Text: endedText(*l)}}
}

// endedText says when the window ended, where that can be known.
func endedText(l connector.ProductLink) Text {
	if l.Ended.IsZero() {
		return text("known.end-unknown")
	}
	return text("known.ended", "At", l.Ended)
}

// ownChecks are those that a saved connector of our own in the same tenant can make of what the links did.
func ownChecks(s wizard.State) []Block {
	w := s.Wizard
	if !s.HasLinkWitness() {
		return nil
	}
	blocks := blocksOf(heading("page.link-finish.checks"))
	button := Button{ID: "run-checks", Label: text("page.check.again"), Event: wizard.RunChecks{}}
	if len(w.Checks) == 0 && !w.Checking.Running {
		button.Label = text("page.link-finish.check")
	}
	blocks = append(blocks, caption(text("page.link-finish.checks.text", "Tenant", tenantName(w.Draft.Tenant))))
	cards := checkCards{"checks", w.Checks, wizardCheckCard(w)}
	switch {
	case w.Checking.Running:
		blocks = append(blocks, blocksOf(Busy{ID: "checking", Text: text("page.check.running"), Progress: checksDone(w.Checks)}, cards.running())...)
	case w.ChecksEnded():
		blocks = append(blocks, blocksOf(linkVerdict(w.Checks), cards.open(""), cards.passed())...)
	}
	return append(blocks, Actions{Buttons: []Button{button}})
}

// linkVerdict is what those checks came to. That all of them passed proves nothing of the other product.
func linkVerdict(made []connector.Check) Notice {
	v := verdictOf(made)
	n := Notice{ID: "outcome", Severity: Info, Title: v.text()}
	switch {
	case len(v.failed) > 0:
		n.Severity = Bad
	case len(v.passed) < v.all():
		n.Severity = Warning
	}
	return n
}

// reminder asks whether somebody wants to look again; not while it is being saved, or before the day is known. A day that was chosen before stays an option of its own.
func reminder(s wizard.State) []Block {
	if s.Wizard.Saving.Running || s.Home.Now.IsZero() {
		return nil
	}
	set := s.Wizard.Draft.Links.Remind
	c := Choice{
		ID: string(connector.FieldRemind), Field: connector.FieldRemind, Label: text("field.remind"), Hint: text("field.remind.hint"),
		Options: []Option{{Label: text("field.remind.never")}},
	}
	for _, days := range connector.RemindDays {
		value := strconv.Itoa(days)
		c.Options = append(c.Options, Option{Value: value, Label: text("field.remind.days", "Count", days)})
		if set == connector.DayOf(s.Home.Now.AddDate(0, 0, days)) {
			c.Value = value
		}
	}
	if !set.IsZero() && c.Value == "" {
		c.Value = "set"
		c.Options = append(c.Options, Option{Value: c.Value, Label: text("field.remind.set", "Day", set)})
	}
	return []Block{c}
}

// keptSaved is what the page shows after Save.
func keptSaved(s wizard.State, c connector.Connector) []Block {
	p := productOf(s.Products, c.Links)
	facts := []FactItem{
		{ID: "saved-user", Label: text("detail.user"), Value: c.User.UPN},
		{ID: "saved-tenant", Label: text("field.tenant"), Value: tenantName(&c.Tenant)},
	}
	return blocksOf(
		Notice{ID: "saved", Severity: Good, Title: text("page.check.saved", "Name", c.Name), Text: p.says("page.link-finish.saved")},
		Facts{Items: facts},
		Actions{Buttons: []Button{askRecord()}},
		recording(s),
	)
}
