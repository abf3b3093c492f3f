package view

import (
	"slices"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// page is what one page of the wizard adds to the frame that all of them share.
type page struct {
	// answers fill the title and the answers.
	answers map[string]any
	blocks  []Block
	// focus names the controls that may get the focus on arrival, the first one that can be used first.
	focus []string
}

func wizardView(s wizard.State) (View, []string) {
	w := s.Wizard
	p := pageOf(s)
	name := "page." + w.Draft.Step.Name()
	if w.Draft.Trial != nil && w.Draft.Step == connector.StepCheck {
		name = "page.trial"
	}
	v := View{
		Page:  w.Draft.Step.Name(),
		Title: Text{Key: name + ".title", Args: p.answers},
		Answers: []Answer{
			{text("common.answer.what"), Text{Key: name + ".what", Args: p.answers}},
			{text("common.answer.who"), Text{Key: name + ".who", Args: p.answers}},
		},
		Rail:   rail(s),
		Footer: wizardFooter(s),
		Escape: wizardEscape(s),
		Return: wizardReturn(w),
	}
	if pages[w.Draft.Step].browser {
		v.Answers = append(v.Answers, Answer{text("common.answer.browser"), Text{Key: name + ".browser", Args: p.answers}})
	}
	v.Blocks = append(questions(w), p.blocks...)
	v.Opener = recordOpener(s.Record)
	return v, slices.Concat([]string{"leaving-stay", "change-keep", "link-offer-take"}, cardButtons("wizard-problem"), p.focus)
}

// cardButtons are the IDs that the button of a problem card may have.
func cardButtons(card string) []string {
	return []string{card + "-retry", card + "-mend", card + "-go"}
}

// questions are what is shown above every page: the question whether to leave, what went wrong with the draft itself, and that
// it is a renewal.
func questions(w wizard.Wizard) []Block {
	blocks := []Block{}
	if w.Leaving {
		blocks = append(blocks, leaving(w))
	}
	if w.Problem != nil {
		blocks = append(blocks, wizardCard(w, "wizard-problem", w.Problem, lastRetry(w)))
	}
	if first, _ := w.Draft.Steps(); w.Draft.Step != first {
		blocks = append(blocks, change(w, connector.FieldCloud)...)
	}
	if w.Draft.Trial != nil {
		blocks = append(blocks, caption(text("common.trial", "UPN", w.Draft.UPN)))
	}
	if w.Draft.Renews != "" && w.Saved == nil {
		blocks = append(blocks, caption(renewalText(w.Draft)))
	}
	return blocks
}

// lastRetry is what is tried again on the last page: Save, or the checks that it waits for; those alone in a trial. Links are saved whether they are checked or not.
func lastRetry(w wizard.Wizard) wizard.Event {
	switch {
	case w.Draft.Step != w.LastStep() || w.Saved != nil:
		return nil
	case w.Draft.Trial != nil, w.Draft.Links == nil && !w.ChecksEnded():
		return wizard.RunChecks{}
	}
	return wizard.Save{}
}

func renewalText(d connector.Draft) Text {
	switch {
	case d.Links != nil:
		return text("common.renewal.links", "Name", d.Name)
	case d.Replaces != "":
		return text("common.change-user", "Name", d.Name, "UPN", d.Replaces)
	}
	return text("common.renewal", "Name", d.Name)
}

func leaving(w wizard.Wizard) Notice {
	title, said := "common.leaving.title", "common.leaving.text"
	switch {
	case w.Saving.Running:
		said = "common.leaving.text-saving"
	case w.LinksDraft().Renews != "" && w.LinksDraft().Links != nil:
		title, said = "common.leaving.title-links", "common.leaving.text-links-renewal"
	case w.LinksDraft().Links != nil && w.Links.Unkept != nil && w.QuitAfter:
		title, said = "common.leaving.title-links", "common.leaving.text-links-unkept"
	case w.Draft.Links != nil:
		title, said = "common.leaving.title-links", "common.leaving.text-links"
	case w.Draft.Renews != "":
		said = "common.leaving.text-renewal"
	case w.Unkept != nil:
		said = "common.leaving.text-unkept"
	}
	n := Notice{
		ID: "leaving", Severity: Warning, Title: text(title), Text: text(said, "UPN", w.Draft.UPN, "Name", w.LinksDraft().Name),
		Buttons: []Button{
			{ID: "leaving-stay", Label: text("common.leaving.stay"), Event: wizard.StayInWizard{}, Primary: true},
			{ID: "leaving-leave", Label: text("common.leaving.leave"), Event: wizard.LeaveWizard{}, Danger: true},
		},
	}
	if w.QuitAfter {
		n.Buttons[1].Label = text("common.leaving.quit")
	}
	return n
}

// wizardCard is a problem card on the wizard's current page.
func wizardCard(w wizard.Wizard, id string, p *connector.Problem, retry wizard.Event, others ...Button) Problem {
	c := card{id: id, problem: p, here: w.Draft.Step, first: w.FirstStep(), retry: retry, about: aboutDraft(w.Draft), app: appOf(w.Draft), others: others}
	if w.Draft.Links != nil {
		c.forLinks(w.Draft)
	}
	if p.Kind == connector.KindWrongCloud && w.Draft.Renews == "" && w.Draft.Trial == nil {
		c.offerClouds(switchButtons(w))
	}
	return c.show()
}

// offerClouds makes the way to the tenant in another cloud the card's button: to the one that the lookup found, or else to a new
// lookup in all of them.
func (c *card) offerClouds(found []Button) {
	if len(found) == 0 {
		c.mend = &Button{Label: text("common.look-up-clouds"), Event: wizard.SwitchCloud{}, Primary: true}
		return
	}
	first := found[0]
	first.Primary = true
	c.mend, c.others = &first, append(found[1:], c.others...)
}

func rail(s wizard.State) []RailItem {
	items := []RailItem{}
	first, last := s.Wizard.Draft.Steps()
	for step := first; step <= last; step++ {
		item := RailItem{ID: "rail-" + step.Name(), Number: step.Place(), Label: stepText(step), State: railState(s, step), Go: wizard.GoTo{Step: step}}
		items = append(items, item)
	}
	return items
}

func railState(s wizard.State, step connector.Step) RailState {
	w := s.Wizard
	switch {
	case step == w.Draft.Step:
		return RailHere
	case w.Saved != nil:
		return RailDone
	case stepHasProblem(w, step):
		return RailProblem
	case step < w.FirstStep():
		return RailDone
	case step == w.LastStep(), step > max(w.Draft.Seen, w.Draft.Step):
		return RailToDo
	case s.BlockedAt(step) == "" && (step < w.Draft.Step || s.Reachable(step+1)):
		return RailDone
	}
	return RailToDo
}

func stepHasProblem(w wizard.Wizard, step connector.Step) bool {
	switch step {
	case connector.StepBefore:
		return w.Ready.Keychain != nil || w.Ready.Elevated != nil || w.Lookup.Problem != nil || w.Lookup.Clock != nil
	case connector.StepConnector:
		return w.SecretProblem != nil || w.Probe.Result == connector.ProbeWrong
	case connector.StepAdmin: // beside an answer of before that still counts, a newer try that failed stands in nobody's way
		return w.Draft.Admin.Status != connector.AdminReported && (w.Admin.Problem != nil || w.PasteProblem != nil)
	case connector.StepUser:
		return w.User.Problem != nil || otherSignedIn(w)
	case connector.StepCheck:
		return connector.Heaviest(w.Checks) == connector.WeightNever
	case connector.StepLinks:
		return w.Ready.Elevated != nil || w.Lookup.Problem != nil || w.Lookup.Clock != nil || len(w.Links.Refused) > 0
	case connector.StepLinkAdmin:
		return w.Admin.Problem != nil
	case connector.StepLinkUser:
		return w.User.Problem != nil
	default:
		return false
	}
}

func wizardFooter(s wizard.State) Footer {
	w := s.Wizard
	if w.Saved != nil {
		return savedFooter(*w.Saved)
	}
	main := Button{ID: "main", Label: text("common.continue"), Event: wizard.Forward{}, Primary: true}
	if w.Draft.Step == w.LastStep() {
		main.Label, main.Event, main.Unsettled = saveLabel(w), wizard.Save{}, w.Checking.Running
	}
	if w.Draft.Trial != nil && w.Draft.Step == w.LastStep() {
		main.Label, main.Event = text("page.trial.end"), wizard.EndTrial{}
	}
	if w.Draft.Step == w.FirstStep() {
		return Footer{Main: &main}
	}
	return Footer{Back: &Button{ID: "back", Label: text("common.back"), Event: wizard.Back{}}, Main: &main}
}

func wizardEscape(s wizard.State) wizard.Event {
	w := s.Wizard
	switch {
	case w.Leaving:
		return wizard.StayInWizard{}
	case w.Change != "":
		return wizard.KeepField{}
	case w.Told.Open:
		return wizard.TellError{}
	case w.Draft.Step == w.Draft.StepFor(connector.StepAdmin) && w.Admin.Busy(), w.Draft.Step == w.Draft.StepFor(connector.StepUser) && w.User.Busy():
		return wizard.StopWait{}
	case w.Draft.Step == connector.StepAdmin && w.HandoverOpen:
		return wizard.CloseHandover{}
	case w.Saved != nil && s.Record.Open:
		return closeRecord(s.Record)
	}
	return wizard.GoHome{}
}

func wizardReturn(w wizard.Wizard) wizard.Event {
	switch {
	case w.Leaving:
		return wizard.StayInWizard{}
	case w.Saved != nil, w.Saving.Running, w.Draft.Step == w.FirstStep():
		return wizard.GoHome{}
	}
	return wizard.Back{}
}
