package view

import (
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// page is what one page of the wizard adds to the frame that all of them share.
type page struct {
	// who and browser fill the second and the third answer; their args stand for all of them.
	answers map[string]any
	blocks  []Block
	// focus names the controls that may get the focus on arrival, the first one that can be used first.
	focus []string
}

func wizardView(s wizard.State) (View, []string) {
	w := s.Wizard
	p := pageOf(s)
	name := "page." + w.Draft.Step.Name()
	v := View{
		Page:  w.Draft.Step.Name(),
		Title: Text{Key: name + ".title", Args: p.answers},
		Answers: []Answer{
			{text("common.answer.what"), Text{Key: name + ".what", Args: p.answers}},
			{text("common.answer.who"), Text{Key: name + ".who", Args: p.answers}},
			{text("common.answer.browser"), Text{Key: name + ".browser", Args: p.answers}},
		},
		Rail:   rail(s),
		Footer: wizardFooter(s),
		Escape: wizardEscape(s),
		Return: wizardReturn(w),
	}
	v.Blocks = append(questions(w), p.blocks...)
	v.Blocks = append(v.Blocks, Actions{Buttons: tail(w)})
	v.Opener = recordOpener(s.Record)
	return v, append([]string{"change-keep"}, p.focus...)
}

// questions are what is shown above every page: the question whether to leave, what went wrong with the draft itself, and that
// it is a renewal.
func questions(w wizard.Wizard) []Block {
	blocks := []Block{}
	if w.Leaving {
		blocks = append(blocks, leaving(w))
	}
	if w.Problem != nil {
		var retry wizard.Event
		if w.Draft.Step == connector.StepCheck && w.Saved == nil {
			retry = wizard.Save{}
			if !w.ChecksEnded() {
				retry = wizard.RunChecks{}
			}
		}
		blocks = append(blocks, wizardCard(w, "wizard-problem", w.Problem, retry))
	}
	if w.Draft.Step != connector.StepBefore {
		blocks = append(blocks, change(w, connector.FieldCloud)...)
	}
	if w.Draft.Renews != "" && w.Saved == nil {
		blocks = append(blocks, caption(renewalText(w.Draft)))
	}
	return blocks
}

func renewalText(d connector.Draft) Text {
	if d.Replaces != "" {
		return text("common.change-user", "Name", d.Name, "UPN", d.Replaces)
	}
	return text("common.renewal", "Name", d.Name)
}

func leaving(w wizard.Wizard) Notice {
	said := "common.leaving.text"
	switch {
	case w.Saving.Running:
		said = "common.leaving.text-saving"
	case w.Draft.Renews != "":
		said = "common.leaving.text-renewal"
	case w.Unkept != nil:
		said = "common.leaving.text-unkept"
	}
	n := Notice{
		ID: "leaving", Severity: Warning, Title: text("common.leaving.title"), Text: text(said, "UPN", w.Draft.UPN, "Name", w.Draft.Name),
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
	if p.Kind == connector.KindWrongCloud && w.Draft.Renews == "" {
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

// tail is shown under every page. Where the wizard begins, Home closes it already.
func tail(w wizard.Wizard) []Button {
	help := Button{ID: "help", Label: text("common.help"), Command: "help", Topic: w.Draft.Step.Name()}
	if w.Saved != nil || w.Draft.Step == w.FirstStep() {
		return []Button{help}
	}
	label := text("common.close-wizard")
	if w.Draft.Renews != "" {
		label = text("common.close-wizard.renewal")
	}
	return []Button{help, {ID: "close", Label: label, Event: wizard.GoHome{}}}
}

func rail(s wizard.State) []RailItem {
	items := []RailItem{}
	for step := connector.StepBefore; step <= connector.StepCheck; step++ {
		item := RailItem{ID: "rail-" + step.Name(), Number: int(step), Label: stepText(step), State: railState(s, step), Go: wizard.GoTo{Step: step}}
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
	case step == connector.StepCheck, step > max(w.Draft.Seen, w.Draft.Step):
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
	case connector.StepAdmin:
		return w.Admin.Problem != nil || w.PasteProblem != nil
	case connector.StepUser:
		return w.User.Problem != nil || otherSignedIn(w)
	case connector.StepCheck:
		return connector.Heaviest(w.Checks) == connector.WeightNever
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
	if w.Draft.Step == connector.StepCheck {
		main.Label, main.Event = saveLabel(w), wizard.Save{}
	}
	back := Button{ID: "back", Label: text("common.back"), Event: wizard.Back{}}
	if w.Draft.Step == w.FirstStep() {
		back.Label, back.Event = text("common.home"), wizard.GoHome{}
	}
	return Footer{Back: &back, Main: &main}
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
	case w.Draft.Step == connector.StepAdmin && w.Admin.Busy(), w.Draft.Step == connector.StepUser && w.User.Busy():
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
