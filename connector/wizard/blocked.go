package wizard

import (
	"cmp"
	"slices"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// Reason is why something can't be done now; its words stand under "reason.<reason>". Empty means that it can. Those of names are the
// connector's own.
type Reason = connector.Reason

// The reasons.
const (
	ReasonReadyRunning    Reason = "ready-running"
	ReasonKeychain        Reason = "keychain"
	ReasonElevated        Reason = "elevated"
	ReasonTenantMissing   Reason = "tenant-missing"
	ReasonTenantLookup    Reason = "tenant-lookup"
	ReasonTenantUnknown   Reason = "tenant-unknown"
	ReasonChooseCloud     Reason = "choose-cloud"
	ReasonClock           Reason = "clock"
	ReasonTicks           Reason = "ticks"
	ReasonUPNMissing      Reason = "upn-missing"
	ReasonTickMFA         Reason = "tick-mfa"
	ReasonClientIDMissing Reason = "client-id-missing"
	ReasonClientIDInvalid Reason = "client-id-invalid"
	ReasonEndInvalid      Reason = "end-invalid"
	ReasonEndPassed       Reason = "end-passed"
	ReasonSecretMissing   Reason = "secret-missing"
	ReasonSecretStoring   Reason = "secret-storing"
	ReasonAdminMissing    Reason = "admin-missing"
	ReasonAdminWaiting    Reason = "admin-waiting"
	ReasonUserMissing     Reason = "user-missing"
	ReasonUserWaiting     Reason = "user-waiting"
	ReasonChecksRunning   Reason = "checks-running"
	ReasonChecksUnmade    Reason = "checks-unmade"
	ReasonChecksNever     Reason = "checks-never"
	ReasonSaving          Reason = "saving"
	ReasonSameUser        Reason = "same-user"

	// ReasonGone is for what no control offers in the state.
	ReasonGone Reason = "gone"
	// ReasonQuestion is for what has been asked for already: the question before it stands on the screen.
	ReasonQuestion         Reason = "question"
	ReasonDetailBusy       Reason = "detail-busy"
	ReasonNoPrivateBrowser Reason = "no-private-browser"
	ReasonPasteMissing     Reason = "paste-missing"
	ReasonToldMissing      Reason = "told-missing"
	ReasonToldExplained    Reason = "told-explained"
	ReasonRetype           Reason = "retype"
	ReasonRecordSaving     Reason = "record-saving"
	ReasonRecordListing    Reason = "record-listing"
	ReasonSwitching        Reason = "switching"
	ReasonConnectorGone    Reason = "connector-gone"
	ReasonLocked           Reason = "locked"
	ReasonRenewalKeeps     Reason = "renewal-keeps"
	ReasonPresetLocks      Reason = "preset-locks"
	ReasonPolicyLocks      Reason = "policy-locks"
	ReasonScheduleBusy     Reason = "schedule-busy"
)

// Why a handover to a key vault can't begin, or be changed.
const (
	ReasonKeyVaultLooking Reason = "key-vault-looking"
	ReasonKeyVaultLook    Reason = "key-vault-look"
	ReasonKeyVaultRetype  Reason = "key-vault-retype"
	ReasonKeyVaultWriting Reason = "key-vault-writing"
)

// Blocked returns why the current page can't be left forwards (on the last page: why it can't be saved).
func (s State) Blocked() Reason { return s.Refuses(Forward{}) }

// BlockedAt returns what a page still lacks. That this computer is still being checked, or can't keep a credential, and that a known tenant
// is looked up again, counts on the page that shows it, and where a consent is started: the other pages can be filled in meanwhile.
func (s State) BlockedAt(step connector.Step) Reason {
	w := s.Wizard
	switch step {
	case connector.StepBefore:
		if r := w.ConsentBlocked(); r != "" && w.Draft.Step == connector.StepBefore {
			return r
		}
		return cmp.Or(w.tenantBlocked(), w.ticksBlocked())
	case connector.StepAccount:
		return upnReason(w.Draft.UPN)
	case connector.StepMFA:
		if !w.Draft.Ticks[connector.TickMFA] {
			return ReasonTickMFA
		}
	case connector.StepConnector:
		return s.blockedConnector()
	case connector.StepAdmin:
		return w.blockedAdmin()
	case connector.StepUser:
		return w.blockedUser()
	case connector.StepCheck:
		return w.blockedCheck()
	default:
		return s.linksBlockedAt(step)
	}
	return ""
}

// tenantBlocked returns why the tenant is not known yet.
func (w Wizard) tenantBlocked() Reason {
	first, _ := w.Draft.Steps()
	switch {
	case w.Draft.TenantInput == "":
		return ReasonTenantMissing
	case w.Lookup.Running && (w.Draft.Tenant == nil || w.Draft.Step == first):
		return ReasonTenantLookup
	case w.Draft.Tenant == nil && len(w.Lookup.Found) > 1:
		return ReasonChooseCloud
	case w.Draft.Tenant == nil, w.tenantGone():
		return ReasonTenantUnknown
	}
	if w.Lookup.Clock != nil {
		return ReasonClock
	}
	return ""
}

func (w Wizard) ticksBlocked() Reason {
	for _, f := range connector.Ticks1 {
		if !w.Draft.Ticks[f] {
			return ReasonTicks
		}
	}
	return ""
}

// tenantGone reports whether no cloud knows the draft's tenant any more.
func (w Wizard) tenantGone() bool {
	return w.Lookup.Problem != nil && w.Lookup.Problem.Kind == connector.KindUnknownTenant
}

func upnReason(upn string) Reason {
	if upn == "" {
		return ReasonUPNMissing
	}
	return connector.UPNReason(upn)
}

func (s State) blockedConnector() Reason {
	d := s.Wizard.Draft
	if reason := s.nameReason(d); reason != "" {
		return reason
	}
	switch {
	case d.ClientID == "":
		return ReasonClientIDMissing
	case !connector.ValidClientID(d.ClientID):
		return ReasonClientIDInvalid
	case connector.RedirectReason(d.RedirectPath) != "":
		return connector.RedirectReason(d.RedirectPath)
	case s.EndReason() != "":
		return s.EndReason()
	case s.Wizard.StoringSecret.Running:
		return ReasonSecretStoring
	case d.ClientKind != auth.PublicClient && !d.HasSecret:
		return ReasonSecretMissing
	}
	return ""
}

// nameReason returns why the draft's name can't be saved. A renewal whose name nobody changed keeps the connector's, whatever that is.
func (s State) nameReason(d connector.Draft) Reason {
	if d.Trial != nil || d.Renews != "" && !d.Renamed {
		return ""
	}
	return s.nameReasonOf(d.Name, d.ID, d.Renews)
}

// nameReasonOf returns why a name can't be given to the connector that has one of the IDs; empty if it can.
func (s State) nameReasonOf(name string, ids ...string) Reason {
	if reason := connector.NameReason(name); reason != "" {
		return reason
	}
	if s.NameTaken(name, ids...) {
		return connector.ReasonNameTaken
	}
	return ""
}

// NameTaken reports whether another saved connector than those with the given IDs has the name.
func (s State) NameTaken(name string, except ...string) bool {
	return connector.NameTaken(s.Home.Connectors, name, except...)
}

// EndReason returns why what was typed can't be the last day of a client secret. A day that is yesterday somewhere may be today here.
func (s State) EndReason() Reason {
	d := s.Wizard.Draft
	if d.ClientKind != auth.SecretClient || d.SecretExpiresInput == "" {
		return ""
	}
	switch today := connector.DayOf(s.Home.Now); {
	case d.SecretExpires.IsZero():
		return ReasonEndInvalid
	case !today.IsZero() && d.SecretExpires.Since(today) < -1:
		return ReasonEndPassed
	}
	return ""
}

func (w Wizard) blockedAdmin() Reason {
	switch {
	case w.Admin.Busy():
		return ReasonAdminWaiting
	case w.Draft.Admin.Status == connector.AdminNone:
		return ReasonAdminMissing
	}
	return ""
}

func (w Wizard) blockedUser() Reason {
	switch {
	case w.User.Busy():
		return ReasonUserWaiting
	case w.SignedIn == nil:
		return ReasonUserMissing
	}
	return ""
}

func (w Wizard) blockedCheck() Reason {
	switch {
	case w.Saving.Running:
		return ReasonSaving
	case w.SignedIn == nil:
		return ReasonUserMissing
	case w.Checking.Running:
		return ReasonChecksRunning
	case !w.ChecksEnded():
		return ReasonChecksUnmade
	case connector.Heaviest(w.Checks) == connector.WeightNever:
		return ReasonChecksNever
	}
	return ""
}

// ChecksEnded reports whether every check has an outcome. Checks that could not be made at all have none.
func (w Wizard) ChecksEnded() bool {
	return len(w.Checks) > 0 && !slices.ContainsFunc(w.Checks, func(c connector.Check) bool {
		return c.State == connector.CheckPending || c.State == connector.CheckRunning
	})
}

// Locked reports whether a change of the field would undo a consent that was given, so that it has to be asked for first, or is not to
// be had at all.
func (w Wizard) Locked(f connector.Field) bool { return w.LockReason(f) != "" }

// LockReason returns why the field is locked; empty if it is not.
func (w Wizard) LockReason(f connector.Field) Reason {
	if connector.IsScopes(f) {
		f = connector.FieldWithGroups
	}
	switch {
	case w.Fixed[f] && w.Held[f]:
		return ReasonPolicyLocks
	case w.Fixed[f]:
		return ReasonPresetLocks
	case w.Draft.Trial != nil && (undoesBoth[f] || f == connector.FieldUPN):
		return ReasonGone
	case w.Draft.Renews != "" && (undoesBoth[f] || f == connector.FieldUPN):
		return ReasonRenewalKeeps
	case w.Unlocked[f]:
		return ""
	case undoesBoth[f] && (w.adminGiven() || w.userGiven()), f == connector.FieldUPN && w.userGiven():
		return ReasonLocked
	}
	return ""
}

// undoesBoth are the fields whose change undoes both consents.
var undoesBoth = map[connector.Field]bool{
	connector.FieldTenant: true, connector.FieldCloud: true, connector.FieldClientID: true, connector.FieldClientKind: true, connector.FieldWithGroups: true,
}

func (w Wizard) adminGiven() bool {
	told := w.Draft.Links != nil && w.Draft.Links.Told(link.Admin)
	return w.Draft.Admin.Status == connector.AdminReported || w.Draft.Admin.Handover != nil || w.Admin.Busy() || told
}

func (w Wizard) userGiven() bool {
	told := w.Draft.Links != nil && w.Draft.Links.Told(link.User)
	return w.SignedIn != nil || w.User.Busy() || told
}

// ConsentBlocked returns why no consent can be started on this computer now.
func (w Wizard) ConsentBlocked() Reason {
	switch {
	case w.Ready.Running || !w.Ready.Done:
		return ReasonReadyRunning
	case w.Ready.Elevated != nil:
		return ReasonElevated
	case w.Ready.Keychain != nil && w.Draft.Links == nil: // links are held in memory where it is missing
		return ReasonKeychain
	}
	return ""
}

// LookupBlocked returns why the lookup stands against every consent, and against Save.
func (w Wizard) LookupBlocked() Reason {
	switch {
	case w.Lookup.Running:
		return ReasonTenantLookup
	case w.tenantGone():
		return ReasonTenantUnknown
	case w.Lookup.Clock != nil:
		return ReasonClock
	}
	return ""
}

// fixedFields are the fields of a draft that can't be changed, since the preset or a policy locks them. A draft that was begun with a value of its
// own keeps it changeable, and a renewal is for the app registration that it has. The browsers belong to the computer, not to the draft.
func fixedFields(p connector.Preset, policy connector.Policy, d connector.Draft) map[connector.Field]bool {
	fixed := map[connector.Field]bool{}
	for _, f := range browserFields {
		if policy.LocksSetting(f) {
			fixed[f] = true
		}
	}
	for _, f := range connector.PresetFields {
		if d.Renews == "" && d.Links == nil && p.Locks(f) && p.Agrees(d, f) {
			fixed[f] = true
		}
	}
	return fixed
}

// Why a consent record could not be written.
const (
	ReasonRecordPath   Reason = "record-path"
	ReasonRecordExists Reason = "record-exists"
	ReasonRecordFolder Reason = "record-folder"
	ReasonRecordDenied Reason = "record-denied"
	ReasonRecordFailed Reason = "record-failed"
)
