package view

import (
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// underWay is a consent that is being opened or finished: nobody has to do anything, and it can be stopped.
func underWay(id string, c wizard.Consent) []Block {
	if c.Retry != nil {
		return []Block{retrying(id, *c.Retry, stopButton(id))}
	}
	t := text("wait.opening")
	if c.Phase == wizard.PhaseFinishing {
		t = text("wait." + id + ".finishing")
	}
	return blocksOf(Busy{ID: id + "-busy", Text: t}, Actions{Buttons: []Button{stopButton(id)}})
}

// retrying says what Microsoft is given time for, and when the next try begins.
func retrying(id string, r wizard.Retry, buttons ...Button) Wait {
	key, args := "problem."+string(r.Problem.Kind), problemArgs(&r.Problem)
	return Wait{
		ID: id + "-retry", Text: text("wait.retry", "Problem", Text{Key: key + ".title", Args: args}), Since: r.Since, Until: r.At,
		Details: []Text{text("wait.retry.text"), text("wait.retry.do", "Do", Text{Key: key + ".do", Args: args})}, Buttons: buttons,
	}
}

// tellingOf is where an error page is told that the browser stays on: it never comes back by itself.
func tellingOf(w wizard.Wizard, c wizard.Consent) []Block {
	if c.Phase != wizard.PhaseWaiting {
		return nil
	}
	if !w.Told.Open {
		return []Block{Actions{Buttons: []Button{{ID: "tell-error", Label: text("wait.tell"), Event: wizard.TellError{Open: true}}}}}
	}
	return explaining(w, wizard.StopWait{})
}

// explaining is the place itself, and what was found; retry tries the consent again.
func explaining(w wizard.Wizard, retry wizard.Event) []Block {
	if !w.Told.Open {
		return nil
	}
	in := input(connector.FieldTold, w.Told.Text)
	in.Multiline = true
	if _, waits := retry.(wizard.StopWait); !waits {
		in.Hint = text("field.told.hint-ended")
	}
	blocks := blocksOf(heading("wait.tell"), in, Actions{Buttons: []Button{
		{ID: "explain-error", Label: text("wait.tell.explain"), Event: wizard.ExplainError{}},
		{ID: "tell-close", Label: text("wait.tell.close"), Event: wizard.TellError{}},
	}})
	switch {
	case w.Told.Problem != nil:
		blocks = append(blocks, wizardCard(w, "told-problem", w.Told.Problem, retry))
	case w.Told.Explained:
		blocks = append(blocks, Notice{ID: "told-nothing", Severity: Info, Title: text("wait.tell.nothing"), Text: text("wait.tell.nothing.text")})
	}
	return blocks
}

// toldFocus is the button of what was just explained, or the place to tell it.
func toldFocus(w wizard.Wizard) []string {
	switch {
	case !w.Told.Open:
		return nil
	case w.Told.Problem == nil:
		return []string{string(connector.FieldTold)}
	case w.Admin.Busy() || w.User.Busy(): // to try again would end what is still waited for
		return []string{"told-problem-mend", "told-problem-go", "told-problem-help", string(connector.FieldTold)}
	}
	return []string{"told-problem-retry", "told-problem-mend", "told-problem-go", "told-problem-help"}
}

func stopButton(id string) Button {
	return Button{ID: id + "-stop", Label: text("wait.stop"), Event: wizard.StopWait{}}
}

// waiting is the wait for an answer of the browser.
func waiting(id string, t Text, c wizard.Consent, details []Text) Wait {
	if c.Started {
		details = append(details, text("wait.started"))
	} else {
		details = append(details, text("wait.not-started"))
	}
	return Wait{
		ID: id + "-wait", Text: t, Since: c.Since, Until: c.Until, Details: details,
		Buttons: []Button{stopButton(id), {ID: id + "-more", Label: text("wait.more"), Event: wizard.MoreTime{}}},
	}
}

// privacy says what a look from outside has told of a window that was to be private.
func privacy(c wizard.Consent) []Text {
	switch {
	case c.Kept == browser.KeptNothing:
		return []Text{text("wait.kept.nothing")}
	case c.Kept == browser.KeptUnknown, c.Way == wizard.WayLink && c.Started:
		return []Text{text("wait.kept.unknown")}
	}
	return nil
}

// notPrivate warns of a window that was to be private and is not.
func notPrivate(id string, c wizard.Consent) []Block {
	if c.Kept != browser.KeptPages {
		return nil
	}
	return []Block{Notice{
		ID: id + "-kept", Severity: Warning, Title: text("wait.kept.pages"), Text: text("wait.kept.pages.text", "Browser", c.Browser.Name),
	}}
}

// waitLink is the start page's address, for another browser on this computer, as long as it is of use.
func waitLink(id string, c wizard.Consent) []Block {
	if c.Link == "" || c.Started && c.Way != wizard.WayLink {
		return nil
	}
	return blocksOf(
		Facts{Items: []FactItem{{ID: id + "-link", Label: text("wait.link"), Value: c.Link, Copy: true}}},
		caption(text("wait.link.hint")),
	)
}

// noStart says that something is in the browser's way.
func noStart(c wizard.Consent, others ...Button) []Block {
	if !c.NoStart || c.Started {
		return nil
	}
	buttons := others
	if c.Link != "" {
		buttons = append([]Button{{ID: "no-start-copy", Label: text("wait.copy-link"), Copy: c.Link, Primary: true}}, others...)
	}
	return []Block{Notice{
		ID: "no-start", Severity: Warning, Title: text("wait.no-start"), Text: text("wait.no-start.text", "Browser", consentBrowser(c)),
		Buttons: buttons,
	}}
}

// consentBrowser names what a consent was opened in.
func consentBrowser(c wizard.Consent) Text {
	switch {
	case c.Way == wizard.WayLink:
		return text("common.browser.link")
	case c.Browser.Name != "" && c.Way == wizard.WayPrivate:
		return text("browser-mode.window."+string(c.Mode), "Browser", c.Browser.Name)
	case c.Browser.Name != "" && c.Way == wizard.WayIsolated:
		return text("common.browser.isolated", "Name", c.Browser.Name)
	case c.Browser.Name != "":
		return text("common.browser.named", "Name", c.Browser.Name)
	}
	return text("common.browser.default")
}
