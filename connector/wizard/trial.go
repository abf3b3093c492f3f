package wizard

import (
	"cmp"
	"slices"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// Tried is what a trial found of the integration user; its zero value is "none was made".
type Tried struct {
	// UPN is the account that signed in, ConnectorName the name of the connector whose app registration was used.
	UPN, ConnectorName string
	Checks             []connector.Check
}

// TrialConnector is whose app registration is used for a trial: that of a saved connector of the tenant, the one that was checked last, or else
// the preset's; nil where there is none that can sign anybody in.
func (s State) TrialConnector() *connector.Connector {
	own := slices.DeleteFunc(s.LinkWitnesses(), func(c connector.Connector) bool { return c.CredentialEnded(s.Home.Now) })
	if len(own) == 0 {
		return s.presetToTryWith()
	}
	last := slices.MaxFunc(own, func(a, b connector.Connector) int {
		return cmp.Or(a.Checked.Compare(b.Checked), cmp.Compare(b.ID, a.ID))
	})
	return &last
}

// presetToTryWith is a connector as the preset's app registration would make one; nil where it needs a secret, or where there is no preset.
func (s State) presetToTryWith() *connector.Connector {
	p, t := s.Preset, s.Wizard.Draft.Tenant
	d := p.Fill(connector.NewDraft())
	if p.Problem != nil || t == nil || !p.Gives(connector.FieldClientID) || d.ClientKind != auth.PublicClient {
		return nil
	}
	return &connector.Connector{
		Tenant: *t, ClientID: d.ClientID, ClientKind: d.ClientKind, RedirectPath: d.RedirectPath, WithGroups: d.WithGroups, Scopes: d.Scopes, Role: d.Role,
	}
}

func (TryUser) blocked(s State) Reason {
	w := s.Wizard
	if w.Draft.Links == nil {
		return ReasonGone
	}
	if r := cmp.Or(w.tenantBlocked(), upnReason(w.Draft.UPN)); r != "" {
		return r
	}
	switch {
	case w.Links.Reading.Running:
		return ReasonLinksReading
	case w.Admin.Busy():
		return ReasonAdminWaiting
	case w.User.Busy():
		return ReasonUserWaiting
	case s.TrialConnector() == nil:
		return ReasonNoWitness
	}
	return ""
}

func (TryUser) next(s State) (State, []Effect) {
	return s, append(keep(s), MakeTrial{Own: *s.TrialConnector(), For: s.Wizard.Draft})
}

// beginTrial leaves the links, which are gone on with at the end of the trial.
func beginTrial(s State, trial connector.Draft) (State, []Effect) {
	if !s.Wizard.Open || s.Wizard.fixed() || s.Wizard.Draft.ID != trial.Trial.For.ID || s.Wizard.Links.Reading.Running {
		return s, nil
	}
	trial.Trial = &connector.Trial{For: s.Wizard.Draft, ConnectorID: trial.Trial.ConnectorID} // something may have been typed meanwhile
	effects, form := append(s.Wizard.stopAll(), ForgetGrant{}), s.Wizard.Links
	s = s.leaveDraft()
	s, more := open(s, trial)
	s.Wizard.Links.Held, s.Wizard.Links.Unkept = form.Held, form.Unkept // the end of the program loses them all the same
	return s, append(effects, more...)
}

func (EndTrial) blocked(s State) Reason {
	switch w := s.Wizard; {
	case w.Draft.Trial == nil:
		return ReasonGone
	case w.User.Busy():
		return ReasonUserWaiting
	case w.Checking.Running:
		return ReasonChecksRunning
	}
	return ""
}

func (EndTrial) next(s State) (State, []Effect) {
	w := s.Wizard
	tried := Tried{}
	if w.SignedIn != nil && w.ChecksEnded() {
		tried = Tried{UPN: w.SignedIn.UPN, Checks: w.Checks}
		if own := s.connector(w.Draft.Trial.ConnectorID); own != nil {
			tried.ConnectorName = own.Name
		}
	}
	effects := append(w.stopAll(), ForgetGrant{})
	s, more := open(s, w.Draft.Trial.For)
	s.Wizard.Links.Tried = tried
	return s, append(effects, more...)
}
