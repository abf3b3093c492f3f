package wizard

import (
	"maps"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// Machine is the state machine of the whole program. It is pure: no clock, no network, no disk, no widget.
type Machine struct {
	// Preset is what a new draft begins with, except in a rehearsal.
	Preset connector.Preset
	// Policy is what the administrator of the computer says.
	Policy connector.Policy
	// Products are those whose two links there are words for.
	Products []connector.Product
	// VaultSuffixes are what the addresses of key vaults end with, by the names of the clouds that have some.
	VaultSuffixes map[string]string
	// ChecksLasting has it checked, as soon as it can be, whether the sign-ins of new connectors last.
	ChecksLasting bool
}

// Start returns the first state and what is to be done with it.
func (m Machine) Start(rehearsal *connector.Rehearsal) (State, []Effect) {
	s := State{Screen: ScreenHome, Rehearsal: rehearsal, Policy: m.Policy, Products: m.Products, VaultSuffixes: m.VaultSuffixes}
	s.Home.Lasting.ByItself = m.ChecksLasting
	if rehearsal == nil {
		s.Preset = m.Preset
	}
	return s, []Effect{LoadLists{}}
}

// Next returns the state after an event and the effects that it calls for. An event that the state refuses (a late outcome, a button
// that is gone) changes nothing.
func (m Machine) Next(s State, e Event) (State, []Effect) {
	var effects []Effect
	if s.Refuses(e) == "" {
		before := s
		s, effects = e.next(s)
		s = s.forgetsSaid(before, e)
	}
	s, more := followDraft(s)
	effects = append(effects, more...)
	s.Wizard.Duplicate = duplicateOf(s)
	s, more = s.minded()
	return s, append(effects, more...)
}

// goneUnless returns ReasonGone unless something is offered.
func goneUnless(offered bool) Reason {
	if offered {
		return ""
	}
	return ReasonGone
}

// attempt returns the state with a new attempt number, and that number.
func attempt(s State) (State, int) {
	s.LastAttempt++
	return s, s.LastAttempt
}

// fixed reports whether nothing can be changed any more: the connector is saved, or being saved.
func (w Wizard) fixed() bool { return w.Saved != nil || w.Saving.Running }

// keep returns the effect that writes the draft; nothing once Save has begun, which ends the draft, and for a trial, of which nothing is kept.
func keep(s State) []Effect {
	if s.Wizard.fixed() || s.Wizard.Draft.Trial != nil {
		return nil
	}
	return []Effect{KeepDraft{Draft: s.Wizard.Draft}}
}

// stop returns the effect that cancels an attempt, if there is one.
func stop(number int) []Effect {
	if number == 0 {
		return nil
	}
	return []Effect{StopAttempt{Attempt: number}}
}

// openedOn is the page that a draft is opened on. What the user consent yielded is never on disk, so the page after it can't be resumed; nothing
// is lost of a draft with links.
func openedOn(d connector.Draft) connector.Step {
	first, last := d.Steps()
	if d.Links == nil {
		last = connector.StepUser
	}
	return min(max(d.Step, first), last)
}

// open opens the wizard on a draft.
func open(s State, d connector.Draft) (State, []Effect) {
	d.Step = openedOn(d)
	if d.Renews == "" { // an older version kept what was typed as it was
		d.TenantInput, d.UPN = connector.CleanText(connector.FieldTenant, d.TenantInput), connector.CleanText(connector.FieldUPN, d.UPN)
	}
	s, effects := leaveSettings(s)
	s.Screen, s.Detail, s.Record = ScreenWizard, Detail{}, RecordForm{}
	s.Home.Failures = nil
	s, storing := s.takeStoring(d.ID)
	d = heldBrowsers(d, s.Policy)
	s.Wizard = Wizard{Open: true, Draft: d, Fixed: fixedFields(s.Preset, s.Policy, d), Held: heldFields(s.Preset, s.Policy), StoringSecret: storing}
	s, n := attempt(s)
	s.Wizard.Ready.Work = Work{Attempt: n, Running: true}
	effects = append(effects, CheckComputer{Attempt: n})
	// Also where the tenant is known: what stood in the way, as a wrong clock or a registration that Microsoft does not take, is not in the draft.
	s, more := startLookup(s, false)
	effects = append(effects, more...)
	switch {
	case d.Links != nil:
		s, more = openLinks(s)
		effects = append(effects, more...)
	case d.Step == connector.StepConnector && d.Renews == "":
		s, more = startProbe(s)
		effects = append(effects, more...)
	}
	return s, effects
}

func startLookup(s State, quiet bool) (State, []Effect) {
	w := &s.Wizard
	effects := stop(runningAttempt(w.Lookup.Work))
	input := w.Draft.TenantInput
	if w.Draft.Renews != "" && w.Draft.Tenant != nil {
		input = w.Draft.Tenant.ID // the domain may have left it
	}
	if input == "" {
		w.Lookup = Lookup{}
		return s, effects
	}
	s, n := attempt(s)
	s.Wizard.Lookup = Lookup{Work: Work{Attempt: n, Running: true}, Input: input}
	return s, append(effects, FindTenant{Attempt: n, Input: input, Quiet: quiet})
}

func runningAttempt(w Work) int {
	if w.Running {
		return w.Attempt
	}
	return 0
}

// startProbe probes the app registration if everything it needs is there.
func startProbe(s State) (State, []Effect) {
	d := s.Wizard.Draft
	effects := stop(runningAttempt(s.Wizard.Probe.Work))
	s.Wizard.Probe = Probe{}
	if probeBlocked(d) != "" {
		return s, effects
	}
	s, n := attempt(s)
	s.Wizard.Probe.Work = Work{Attempt: n, Running: true}
	return s, append(effects, ProbeRegistration{Attempt: n, Draft: d})
}

// probeBlocked returns what the probe still needs.
func probeBlocked(d connector.Draft) Reason {
	switch {
	case d.Tenant == nil:
		return ReasonTenantUnknown
	case d.ClientID == "":
		return ReasonClientIDMissing
	case !connector.ValidClientID(d.ClientID):
		return ReasonClientIDInvalid
	case connector.RedirectReason(d.RedirectPath) != "":
		return connector.RedirectReason(d.RedirectPath)
	case d.ClientKind != auth.PublicClient && !d.HasSecret:
		return ReasonSecretMissing
	}
	return ""
}

// voidUser forgets the user consent and everything that came of it.
func voidUser(s State) (State, []Effect) {
	effects := stop(s.Wizard.User.Attempt)
	s, more := voidChecks(s)
	effects = append(effects, more...)
	w := &s.Wizard
	if w.SignedIn != nil {
		effects = append(effects, ForgetGrant{})
	}
	w.User, w.SignedIn, w.SignedInAt, w.Retyped = Consent{}, nil, time.Time{}, ""
	w.disagree(link.User)
	w.changeLinks(func(l connector.Links) connector.Links { return l.Untold(link.User) })
	return s, effects
}

// voidChecks forgets the checks, which are made again when their page is come to.
func voidChecks(s State) (State, []Effect) {
	effects := stop(runningAttempt(s.Wizard.Checking))
	s.Wizard.Checks, s.Wizard.Checking = nil, Work{}
	return s, effects
}

// voidBoth forgets both consents.
func voidBoth(s State) (State, []Effect) {
	s, effects := voidUser(s)
	effects = append(effects, stop(s.Wizard.Admin.Attempt)...)
	s.Wizard.Admin = Consent{}
	s.Wizard.Draft.Admin = connector.Admin{}
	s.Wizard.changeLinks(func(l connector.Links) connector.Links { return l.Untold(link.Admin) })
	s.Wizard.HandoverOpen, s.Wizard.Paste, s.Wizard.PasteProblem = false, "", nil
	effects = append(effects, stop(runningAttempt(s.Wizard.Links.Probe.Work))...)
	s.Wizard.Links.Probe = Probe{}
	return s, effects
}

func duplicateOf(s State) string {
	d := s.Wizard.Draft
	if !s.Wizard.Open || d.Trial != nil || d.Tenant == nil || d.ClientID == "" || s.Wizard.Saved != nil {
		return ""
	}
	for _, c := range s.Home.Connectors {
		if c.ID != d.ID && c.ID != d.Renews && c.Tenant.ID == d.Tenant.ID && strings.EqualFold(c.ClientID, d.ClientID) {
			return c.Name
		}
	}
	return ""
}

func withField(set map[connector.Field]bool, f connector.Field, on bool) map[connector.Field]bool {
	set = maps.Clone(set)
	if set == nil {
		set = map[connector.Field]bool{}
	}
	set[f] = on
	return set
}
