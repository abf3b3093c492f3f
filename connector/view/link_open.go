package view

import (
	"slices"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// The parts that the pages of both links have. A consent by a link has no answer here: its end is what the person tells.

// reportedLink reports whether somebody told that the consent by the link was given.
func reportedLink(w wizard.Wizard, kind link.Kind) bool {
	return w.Draft.Links.Told(kind)
}

// askedOf reports whether the link was opened and nobody has told yet what came of it. The end of the time limit says nothing of that.
func askedOf(w wizard.Wizard, kind link.Kind) bool {
	l, c := w.Draft.Links.Of(kind), w.LinkConsent(kind)
	return l != nil && !l.Started.IsZero() && l.Reported.IsZero() && !c.Busy() && (c.Problem == nil || timedOut(c))
}

// timedOut reports whether the wait for what the person tells has reached its limit.
func timedOut(c wizard.Consent) bool {
	return c.Problem != nil && c.Problem.Kind == connector.KindTimedOut
}

// linkPage is what both pages begin with: their answers, and the focus, which the ways to open the link get after what is in their way.
func linkPage(s wizard.State, kind link.Kind, in Text, ways ...string) page {
	w := s.Wizard
	p := page{answers: linkArgs(s), focus: linkFocus(w, kind)}
	p.answers["Browser"] = in
	if reportedLink(w, kind) {
		p.focus = append(p.focus, "main")
	}
	if askedOf(w, kind) {
		p.focus = append(p.focus, "report-"+string(kind))
	}
	p.focus = append(append(p.focus, ways...), "main")
	return p
}

// linkSteps are those in the product, shown until the link is there.
func linkSteps(s wizard.State, kind link.Kind) []Block {
	if held(s.Wizard, kind) || lookedFor(s.Wizard) {
		return nil
	}
	p := draftProduct(s)
	return blocksOf(p.heading("page.links.product"), p.stepsTo(kind), practised(s))
}

// linkFocus are what is done first on the page of a link, as far as it is there.
func linkFocus(w wizard.Wizard, kind link.Kind) []string {
	id := string(kind)
	focus := append(toldFocus(w), "ready-problem-retry")
	if timedOut(w.LinkConsent(kind)) && askedOf(w, kind) {
		focus = append(focus, "report-"+id)
	}
	return slices.Concat(focus, cardButtons(id+"-problem"), differFocus(), []string{"link-refused-1-retry", string(connector.FieldLinks)})
}

// differFocus are the ways to go on from the first thing that is wrong with the links.
func differFocus() []string {
	first := "links-differ-1"
	return append(cardButtons(first), first+"-forget-admin", first+"-forget-user")
}

func reportButton(s wizard.State, kind link.Kind) Button {
	return Button{
		ID: "report-" + string(kind), Label: draftProduct(s).says("page.link-" + string(kind) + ".report"), Event: wizard.ReportLink{Kind: kind, Worked: true}, Primary: true,
	}
}

// asksWhatItShowed asks after the end of the window, or while that can't be known.
func asksWhatItShowed(s wizard.State, kind link.Kind) []Block {
	w := s.Wizard
	if !askedOf(w, kind) {
		return nil
	}
	l := w.Draft.Links.Of(kind)
	title := text("page.link.ask", "At", l.Started)
	if !l.Ended.IsZero() {
		title = text("page.link.ask.closed", "At", l.Ended)
	}
	return blocksOf(
		Notice{ID: "ask-" + string(kind), Severity: Info, Title: title, Text: draftProduct(s).says("page.link.ask.text"), Buttons: askButtons(s, kind)},
		explaining(w, startLink(w, kind)),
	)
}

func askButtons(s wizard.State, kind link.Kind) []Button {
	report := reportButton(s, kind)
	report.Primary = !s.Wizard.Told.Open // else what was told comes first
	buttons := []Button{report}
	if !s.Wizard.Told.Open {
		buttons = append(buttons, Button{ID: "tell-error", Label: text("wait.tell"), Event: wizard.TellError{Open: true}})
	}
	return buttons
}

// linkResult says what was told, and no more.
func linkResult(s wizard.State, kind link.Kind) []Block {
	w := s.Wizard
	if !reportedLink(w, kind) {
		return nil
	}
	l := w.Draft.Links.Of(kind)
	return []Block{Notice{
		ID: "reported-" + string(kind), Severity: Good, Title: text("page.link-" + string(kind) + ".reported"),
		Text:    draftProduct(s).says("page.link.reported.text", "At", l.Reported),
		Buttons: []Button{{ID: "take-back-" + string(kind), Label: text("page.link.take-back"), Event: wizard.ReportLink{Kind: kind}}},
	}}
}

// notConfirmed says that somebody went on without a report.
func notConfirmed(s wizard.State, kind link.Kind) []Block {
	if !s.Wizard.Draft.Links.NotConfirmed[kind] {
		return nil
	}
	return []Block{Notice{
		ID: "not-confirmed", Severity: Warning, Title: text("page.link.not-confirmed"), Text: draftProduct(s).says("page.link.not-confirmed.text"),
	}}
}

// withoutReport is the way on without one, with what it may cost.
func withoutReport(s wizard.State, kind link.Kind) []Block {
	if l := s.Wizard.Draft.Links; l.NotConfirmed[kind] || l.Told(kind) {
		return nil
	}
	return []Block{Notice{
		ID: "unconfirmed", Severity: Warning, Title: text("page.link.unconfirmed"), Text: text("page.link.unconfirmed.text"),
		Buttons: []Button{{ID: "go-unconfirmed", Label: text("page.admin.unconfirmed.go"), Event: wizard.GoUnconfirmed{}}},
	}}
}

// startLink opens the link again, the same way as before.
func startLink(w wizard.Wizard, kind link.Kind) wizard.Event {
	c := w.LinkConsent(kind)
	if kind == link.Admin {
		way := c.Way
		if way == "" {
			way = wizard.WayDefault
		}
		return wizard.StartAdmin{Way: way}
	}
	switch {
	case c.Way == wizard.WayLink, c.Way == wizard.WayDefault:
		return wizard.StartUser{Way: c.Way}
	case len(w.PrivateBrowser().Modes()) == 0:
		return wizard.StartUser{Way: wizard.WayLink}
	}
	return startPrivate(userMode(w))
}

// linkProblem is the card of why a link could not be opened.
func linkProblem(w wizard.Wizard, kind link.Kind, others ...Button) []Block {
	c := w.LinkConsent(kind)
	if c.Problem == nil {
		return nil
	}
	made := wizardCard(w, string(kind)+"-problem", c.Problem, startLink(w, kind), others...)
	if timedOut(c) && askedOf(w, kind) { // what to do first is to tell what the browser showed
		made = *made.inRow()
	}
	return []Block{made}
}

// linkWait is the wait for what the person tells.
func linkWait(s wizard.State, kind link.Kind, details []Text, others ...Button) []Block {
	w, id := s.Wizard, string(kind)
	c := w.LinkConsent(kind)
	if c.Phase != wizard.PhaseWaiting {
		return underWay(id, c)
	}
	if kind == link.User || c.Way == wizard.WayIsolated {
		details = append(details, privacy(c)...)
	}
	wait := waiting(id, text("wait.link-open", "Browser", consentBrowser(c)), c, details)
	return blocksOf(
		noStart(c, others...), notPrivate(id, c), wait, Actions{Buttons: askButtons(s, kind)}, explaining(w, wizard.StopWait{}), waitLink(id, c),
	)
}

// linkProbe shows whether Microsoft knows the app registration of the link in the tenant.
func linkProbe(w wizard.Wizard) []Block {
	p := w.Links.Probe
	again := wizard.ProbeApp{}
	ask := Button{ID: "probe", Label: text("page.connector.probe.again"), Event: again}
	switch {
	case p.Retry != nil:
		return []Block{retrying("probe", *p.Retry, ask)}
	case p.Running:
		return []Block{Busy{ID: "probing", Text: text("page.connector.probe.running")}}
	case p.Result == connector.ProbeFine:
		return []Block{Fold{ID: "probe-fine", Title: text("page.link.probe.fine"), Blocks: blocksOf(body(text("page.connector.probe.fine.text")), Actions{Buttons: []Button{ask}})}}
	case p.Result == connector.ProbeUnknown:
		return []Block{Notice{ID: "probe-unknown", Severity: Info, Title: text("page.connector.probe.unknown"), Text: text("page.link.probe.unknown.text"), Buttons: []Button{ask}}}
	case p.Problem != nil:
		return []Block{wizardCard(w, "probe-problem", p.Problem, again)}
	}
	return nil
}
