package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/wizard"
)

// withDraft notes in the error what became of the draft of a wizard that was left, which is nil for none. The store is asked, once
// everything that was to be written is: what the wizard handed in need not be there.
func (c *conversation) withDraft(err error, left *wizard.Wizard) error {
	if left == nil {
		return err
	}
	e := &exitError{code: ExitFailed, err: err, stopped: stops(err)}
	var known *exitError
	if errors.As(err, &known) {
		*e = *known
	}
	drafts, readErr := c.engine.Ports.Store.Drafts()
	i := slices.IndexFunc(drafts, func(d connector.Draft) bool { return d.ID == left.Draft.ID })
	if i >= 0 {
		e.draft = left.Draft.ID
		if asLeft(drafts[i], left.Draft) {
			return e
		}
	}
	e.unkept = cmp.Or(reasonOf(left.Unkept), reasonOf(problems.Of(readErr, time.Now())), c.t("problem.disk.title"))
	return e
}

func reasonOf(p *connector.Problem) string {
	if p == nil {
		return ""
	}
	return p.Raw
}

// asLeft reports whether a draft of the store has everything that was entered in the one that was left.
func asLeft(stored, left connector.Draft) bool {
	texts := [2]string{}
	for i, d := range []connector.Draft{stored, left} {
		// What the program notes for itself is no loss, and some of it is not written at once.
		d.Created, d.Step, d.Seen, d.Saving, d.Name = time.Time{}, connector.StepBefore, connector.StepBefore, false, connector.CleanName(d.Name)
		d.AdminBrowser, d.UserBrowser, d.HasSecret, d.EndedOn = "", "", false, connector.Day{}
		text, err := json.Marshal(d)
		if err != nil {
			return false
		}
		texts[i] = string(text)
	}
	return texts[0] == texts[1]
}

// tellDraft says what became of the draft.
func (p *program) tellDraft(e *exitError) {
	switch {
	case e.draft != "" && e.unkept != "":
		p.say(say("cli.connect.draft-older", "Command", p.command("connect --draft "+shortID(e.draft)), "Reason", e.unkept))
	case e.draft != "":
		p.say(say("cli.connect.draft-kept", "Command", p.command("connect --draft "+shortID(e.draft))))
	case e.unkept != "":
		p.say(say("cli.connect.draft-lost", "Reason", e.unkept))
	}
}
