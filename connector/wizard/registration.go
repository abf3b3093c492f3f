package wizard

import (
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// Registering is how the app registration is made that page 4 asks for. Its zero value is by hand.
type Registering struct {
	// By is the way that was chosen; empty counts as by hand.
	By connector.RegistrationWay
	// Work is the writing of Text.
	Work
	// Text is the script or the manifest; empty before it is written, and for a way that is no text.
	Text string
	// of is what Text is, or is being, written of.
	of textSource
	// Saving is the saving of Text. Raw is what the system says where it could not be saved.
	Saving Work
	Raw    string
}

// Way is the way that was chosen.
func (r Registering) Way() connector.RegistrationWay {
	if r.By == "" {
		return connector.RegisterByHand
	}
	return r.By
}

// textSource is everything that such a text depends on.
type textSource struct {
	by                      connector.RegistrationWay
	tenantID, cloud, domain string
	name, path, clientID    string
	kind                    auth.ClientKind
	scopes                  string
	groups, hasSecret       bool
	// stored is the attempt at which the certificate was entered.
	stored int
}

func sourceOf(w Wizard) textSource {
	d := w.Draft
	src := textSource{
		by: w.Registering.By, name: d.Name, path: d.RedirectPath, kind: d.ClientKind, groups: d.WithGroups, hasSecret: d.HasSecret,
		scopes: strings.Join(d.Scopes, " "), clientID: connector.RegistrationOf(d).ClientID,
		stored: w.StoringSecret.Attempt,
	}
	if d.Tenant != nil {
		src.tenantID, src.cloud, src.domain = d.Tenant.ID, d.Tenant.Cloud, d.Tenant.Domain
	}
	return src
}

func chooseRegistrationWay(s State, way connector.RegistrationWay) (State, []Effect) {
	if way != connector.RegisterByHand && !slices.Contains(connector.RegistrationTexts, way) {
		return s, nil
	}
	r := &s.Wizard.Registering
	effects := stop(runningAttempt(r.Work))
	*r = Registering{By: way}
	return s, effects
}

// followDraft writes the text anew that makes the app registration, whenever what it is made of has changed while its page is shown.
func followDraft(s State) (State, []Effect) {
	w := s.Wizard
	shown := w.Open && w.Draft.Step == connector.StepConnector && w.Registering.By.IsText()
	if !shown || w.fixed() || w.StoringSecret.Running || w.Registering.of == sourceOf(w) {
		return s, nil
	}
	effects := stop(runningAttempt(w.Registering.Work))
	s, n := attempt(s)
	s.Wizard.Registering = Registering{By: w.Registering.By, Work: Work{Attempt: n, Running: true}, of: sourceOf(w)}
	return s, append(effects, WriteScript{Attempt: n, Draft: w.Draft, Way: w.Registering.By})
}

func (e ScriptWritten) next(s State) (State, []Effect) {
	r := &s.Wizard.Registering
	if e.Attempt == r.Attempt && r.Running {
		r.Running, r.Text = false, e.Text
	}
	return s, nil
}

func (SaveScript) blocked(s State) Reason {
	switch r := s.Wizard.Registering; {
	case r.Text == "":
		return ReasonGone
	case r.Saving.Running:
		return ReasonRecordSaving
	}
	return ""
}

func (SaveScript) next(s State) (State, []Effect) {
	s, n := attempt(s)
	r := &s.Wizard.Registering
	r.Saving, r.Raw = Work{Attempt: n, Running: true}, ""
	return s, []Effect{KeepScript{Attempt: n, Draft: s.Wizard.Draft, Way: r.By, Text: r.Text}}
}

func (e ScriptSaved) next(s State) (State, []Effect) {
	r := &s.Wizard.Registering
	if e.Attempt == r.Saving.Attempt && r.Saving.Running {
		r.Saving.Running, r.Raw = false, e.Raw
		return s.saysSaved(SaidScript, e.Path), nil
	}
	return s, nil
}
