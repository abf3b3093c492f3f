package viewtest

import (
	"fmt"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func home(changes ...func(*wizard.Home)) wizard.State {
	s := wizard.State{Screen: wizard.ScreenHome, Home: wizard.Home{Loaded: true, Now: Now}}
	for _, change := range changes {
		change(&s.Home)
	}
	return s
}

// Saved is a saved connector in good health.
func Saved() connector.Connector {
	return connector.Connector{
		ID: SavedID, Name: "Contoso", Tenant: Tenant(), ClientID: ClientID, ClientKind: auth.SecretClient,
		RedirectPath: auth.DefaultRedirectPath, User: *identity(UPN), Role: connector.RoleAdminAgent,
		Admin:  connector.Admin{Status: connector.AdminReported, Tenant: TenantID, At: Now.AddDate(0, 0, -30)},
		Health: connector.HealthGood, Checks: passedChecks(),
		Saved: Now.AddDate(0, 0, -30), Consented: Now.AddDate(0, 0, -30), Refreshed: Now.AddDate(0, 0, -9), Checked: Now.AddDate(0, 0, -9),
		SecretExpires: day(0, 11, 0),
	}
}

func saved(change func(*connector.Connector)) connector.Connector {
	c := Saved()
	change(&c)
	return c
}

func healthyWord(id, name string, h connector.Health) connector.Connector {
	return saved(func(c *connector.Connector) { c.ID, c.Name, c.Health = id, name, h })
}

func manyConnectors() []connector.Connector {
	list := []connector.Connector{
		healthyWord("id-a", "Adatum", connector.HealthNew),
		healthyWord("id-b", "Contoso", connector.HealthGood),
		healthyWord("id-c", "Fabrikam", connector.HealthAttention),
		healthyWord("id-d", "Litware", connector.HealthSignIn),
		healthyWord("id-e", LongName, connector.HealthUnknown),
	}
	list[4].Checked, list[4].Refreshed = time.Time{}, time.Time{}
	list[4].User = *identity(LongUPN)
	list[4].Tenant = tenantFromFile()
	for i := range 7 {
		list = append(list, healthyWord(fmt.Sprintf("id-%d", i), fmt.Sprintf("Northwind %d", i+1), connector.HealthGood))
	}
	return list
}

// agedConnectors are those of which time has made something else than their last check said.
func agedConnectors() []connector.Connector {
	aged := func(id, name string, change func(*connector.Connector)) connector.Connector {
		c := healthyWord(id, name, connector.HealthGood)
		change(&c)
		return c
	}
	return []connector.Connector{
		aged("id-a", "Ends in 30 days", func(c *connector.Connector) { c.SecretExpires = day(0, 0, 30) }),
		aged("id-b", "Ends today", func(c *connector.Connector) { c.SecretExpires = day(0, 0, 0) }),
		aged("id-c", "Ended yesterday", func(c *connector.Connector) { c.SecretExpires = day(0, 0, -1) }),
		aged("id-d", "Certificate ends today", func(c *connector.Connector) { c.ClientKind, c.SecretExpires = auth.CertificateClient, day(0, 0, 0) }),
		aged("id-e", "Certificate ended", func(c *connector.Connector) { c.ClientKind, c.SecretExpires = auth.CertificateClient, day(0, 0, -1) }),
		aged("id-f", "Secret refused", func(c *connector.Connector) { c.Health, c.SecretExpires = connector.HealthExpired, connector.Day{} }),
		aged("id-g", "Not checked for 31 days", func(c *connector.Connector) { c.Checked, c.Refreshed = Now.AddDate(0, 0, -31), Now.AddDate(0, 0, -31) }),
		aged("id-h", "Not used for 90 days", func(c *connector.Connector) { c.Checked, c.Refreshed = Now.AddDate(0, 0, -90), Now.AddDate(0, 0, -90) }),
		aged("id-i", "Not used for 89 days", func(c *connector.Connector) { c.Refreshed = Now.AddDate(0, 0, -89) }),
	}
}

// unchecked are why a connector of manyConnectors could not be checked.
func unchecked() map[string]connector.Problem {
	return map[string]connector.Problem{"id-b": *problem(connector.KindBusy, connector.NoStep, connector.ActorYou, "")}
}

func drafts() []connector.Draft {
	plain := Draft(connector.StepConnector)
	plain.ID, plain.Name = "draft-plain", ""
	waiting := Draft(connector.StepAdmin)
	waiting.ID, waiting.Name = "draft-waiting", "Fabrikam"
	waiting.Created = Now.AddDate(0, 0, -6).Add(-time.Hour)
	waiting.Admin.Handover = handover(Now.AddDate(0, 0, -6))
	renewal := Draft(connector.StepUser)
	renewal.ID, renewal.Name, renewal.Renews = "draft-renewal", "Litware", SavedID
	return []connector.Draft{plain, waiting, renewal}
}

func homeStates() []Named {
	withDrafts := func(h *wizard.Home) { h.Drafts, h.Connectors = drafts(), []connector.Connector{Saved()} }
	return []Named{
		{"home-loading", home(func(h *wizard.Home) { h.Loaded = false })},
		{"home-empty", home()},
		{"home-one", home(func(h *wizard.Home) { h.Connectors = []connector.Connector{Saved()} })},
		{"home-other-origin", home(func(h *wizard.Home) { h.Connectors = []connector.Connector{OtherOrigin()} })},
		{"home-few", home(func(h *wizard.Home) { h.Connectors, h.Drafts = manyConnectors()[:4], drafts()[1:2] })},
		{"home-many", home(func(h *wizard.Home) { h.Connectors, h.Drafts = manyConnectors(), drafts() })},
		{"home-checking-all", home(func(h *wizard.Home) {
			h.Connectors = manyConnectors()[:4]
			h.Checking = wizard.CheckingAll{Work: wizard.Work{Attempt: 1, Running: true}, Done: 2, Total: 4, Unchecked: unchecked()}
		})},
		{"home-checked-all", home(func(h *wizard.Home) {
			h.Connectors = manyConnectors()[:2]
			h.Checking = wizard.CheckingAll{Work: wizard.Work{Attempt: 1}, Done: 2, Total: 2, Unchecked: unchecked()}
		})},
		{"home-aged", home(func(h *wizard.Home) { h.Connectors = agedConnectors() })},
		{"home-no-time", home(func(h *wizard.Home) { h.Connectors, h.Now = []connector.Connector{Saved()}, time.Time{} })},
		{"home-search", home(func(h *wizard.Home) { h.Connectors, h.Search = manyConnectors(), "north" })},
		{"home-search-nothing", home(func(h *wizard.Home) { h.Connectors, h.Search = manyConnectors(), "zzz" })},
		{"home-drafts", home(withDrafts)},
		{"home-drafts-only", home(func(h *wizard.Home) { h.Drafts = drafts()[:1] })},
		{"home-discard", home(withDrafts, func(h *wizard.Home) { h.Discard = "draft-waiting" })},
		{"home-discard-plain", home(withDrafts, func(h *wizard.Home) { h.Discard = "draft-plain" })},
		{"home-unnamed", home(func(h *wizard.Home) {
			h.Drafts = []connector.Draft{{ID: "draft-unnamed", Created: Now, Step: connector.StepBefore}}
		})},
		{"home-paste", home(withDrafts, func(h *wizard.Home) { h.Paste = "draft-waiting" })},
		{"home-paste-problem", home(withDrafts, func(h *wizard.Home) {
			h.Paste, h.PasteText = "draft-waiting", "http://localhost:49731/consent?admin_consent=True&tenant=other"
			h.PasteProblem = problem(connector.KindWrongTenant, connector.StepAdmin, connector.ActorAdmin, "")
		})},
		{"home-left", home(withDrafts, func(h *wizard.Home) {
			h.Failures = []wizard.Failure{
				{Problem: problem(connector.KindKeychainLocked, connector.StepBefore, connector.ActorYou, ""), About: []string{"Contoso", "Fabrikam"}},
				{Problem: problem(connector.KindDisk, connector.NoStep, connector.ActorYou, "")},
			}
		})},
		{"home-wanted-gone", home(withDrafts, func(h *wizard.Home) {
			h.Failures = []wizard.Failure{{Problem: problem(connector.KindConnectorGone, connector.NoStep, connector.ActorYou, "")}}
		})},
		{"home-list-damaged", home(func(h *wizard.Home) {
			h.Problem = problem(connector.KindListDamaged, connector.NoStep, connector.ActorYou, "")
		})},
		{"home-list-newer", home(func(h *wizard.Home) {
			h.Problem = problem(connector.KindListNewer, connector.NoStep, connector.ActorYou, "")
		})},
	}
}

// OtherOrigin is a connector that a newer version of this program set up, with an end and a health that this one does not know.
func OtherOrigin() connector.Connector {
	return saved(func(c *connector.Connector) {
		c.Origin, c.Health, c.Refreshed = "orbit", "levitating", Now.AddDate(0, 0, -89)
	})
}

func detail(c connector.Connector, changes ...func(*wizard.Detail)) wizard.State {
	s := wizard.State{Screen: wizard.ScreenConnector, Home: wizard.Home{Loaded: true, Now: Now, Connectors: []connector.Connector{c}}}
	s.VaultSuffixes = VaultSuffixes()
	s.Detail = wizard.Detail{ID: c.ID, Now: Now, Kept: c.Checks, Past: c.History}
	for _, change := range changes {
		change(&s.Detail)
	}
	return s
}

// RecordPath is where the consent record of a state goes.
const RecordPath = "/home/alex/Documents/consent-record-contoso-2026-11-23.txt"

func recorded(f wizard.RecordForm) wizard.State {
	s := detail(Saved())
	s.Record = f
	return s
}

func detailStates() []Named {
	attention := saved(func(c *connector.Connector) { c.Health, c.Checks = connector.HealthAttention, attentionChecks() })
	signIn := saved(func(c *connector.Connector) {
		c.Health, c.Refreshed, c.Checks = connector.HealthSignIn, Now.AddDate(0, 0, -91), neverChecks()
	})
	public := saved(func(c *connector.Connector) { c.ClientKind, c.SecretExpires = auth.PublicClient, connector.Day{} })
	certificate := saved(func(c *connector.Connector) {
		c.ClientKind, c.SecretExpires = auth.CertificateClient, day(0, 0, 12)
	})
	expired := saved(func(c *connector.Connector) {
		c.SecretExpires, c.Refreshed = day(0, 0, -3), Now.AddDate(0, 0, -75)
	})
	long := saved(func(c *connector.Connector) {
		c.Name, c.User, c.Tenant, c.Checks = LongName, *identity(LongUPN), tenantFromFile(), unknownChecks()
		c.Health, c.Admin = connector.HealthUnknown, connector.Admin{Status: connector.AdminNotConfirmed}
		c.Checked, c.SecretExpires = time.Time{}, connector.Day{}
	})
	return []Named{
		{"detail-good", detail(Saved())},
		{"detail-past", detail(WithPast())},
		{"detail-past-eventful", detail(eventful())},
		{"detail-attention", detail(attention)},
		{"detail-sign-in", detail(signIn)},
		{"detail-public", detail(public)},
		{"detail-role-not-recorded", detail(saved(func(c *connector.Connector) { c.Role = "" }))},
		{"detail-role-of-a-newer-version", detail(saved(func(c *connector.Connector) { c.Role = "orbit-agent" }))},
		{"detail-certificate-ends", detail(certificate)},
		{"detail-secret-expired", detail(expired)},
		{"detail-ends-today", detail(saved(func(c *connector.Connector) { c.SecretExpires = day(0, 0, 0) }))},
		{"detail-certificate-ended", detail(agedConnectors()[4])},
		{"detail-secret-refused", detail(saved(func(c *connector.Connector) { c.Health = connector.HealthExpired }))},
		{"detail-not-checked", detail(agedConnectors()[6])},
		{"detail-unused", detail(agedConnectors()[7])},
		{"detail-unused-soon", detail(agedConnectors()[8])},
		{"detail-clock", detail(saved(func(c *connector.Connector) { c.Checked = c.Checked.AddDate(1, 0, 0) }))},
		{"detail-long", detail(long)},
		{"detail-checking", detail(Saved(), func(d *wizard.Detail) {
			d.Checking, d.Checks = wizard.Work{Attempt: 3, Running: true}, runningChecks()
		})},
		{"detail-rename", detail(Saved(), func(d *wizard.Detail) { d.Renaming, d.Rename = true, "Contoso Europe" })},
		{"detail-rename-lost", detail(Saved(), func(d *wizard.Detail) {
			d.Renaming, d.Rename = true, "Contoso Europe"
			d.Problem = problem(connector.KindNameTaken, connector.StepConnector, connector.ActorYou, "")
		})},
		{"detail-rename-empty", detail(Saved(), func(d *wizard.Detail) { d.Renaming = true })},
		{"detail-change-user", detail(Saved(), func(d *wizard.Detail) {
			d.ChangingUser, d.NewUser = true, "pc-integration-2@contoso.onmicrosoft.com"
		})},
		{"detail-change-user-empty", detail(Saved(), func(d *wizard.Detail) { d.ChangingUser = true })},
		{"detail-change-user-same", detail(Saved(), func(d *wizard.Detail) { d.ChangingUser, d.NewUser = true, UPN })},
		{"detail-record", recorded(wizard.RecordForm{Open: true, Path: RecordPath})},
		{"detail-record-empty", recorded(wizard.RecordForm{Open: true})},
		{"detail-record-busy", recorded(wizard.RecordForm{Open: true, Path: RecordPath, Work: wizard.Work{Attempt: 6, Running: true}})},
		{"detail-record-exists", recorded(wizard.RecordForm{Open: true, Path: RecordPath, Reason: wizard.ReasonRecordExists})},
		{"detail-record-denied", recorded(wizard.RecordForm{Open: true, Path: RecordPath, Reason: wizard.ReasonRecordDenied})},
		{"detail-record-folder", recorded(wizard.RecordForm{Open: true, Path: RecordPath, Reason: wizard.ReasonRecordFolder})},
		{"detail-record-listing", recorded(wizard.RecordForm{Open: true, Path: RecordPath, Listing: wizard.Work{Attempt: 6, Running: true}})},
		{"detail-record-failed", recorded(wizard.RecordForm{
			Open: true, Path: RecordPath, Reason: wizard.ReasonRecordFailed, Raw: "write " + RecordPath + ": no space left on device",
		})},
		{"detail-record-folders", recorded(wizard.RecordForm{Open: true, Path: RecordPath, Folders: &connector.FolderList{
			Path: "/home/alex/Documents", Parent: "/home/alex", Names: []string{"Audit 2026", "Contoso", "Partner Center"}, More: true,
		}})},
		{"detail-record-root", recorded(wizard.RecordForm{Open: true, Path: RecordPath, Folders: &connector.FolderList{Path: "/"}})},
		{"detail-record-saved", says(detail(Saved()), wizard.Said{What: wizard.SaidRecord, Path: RecordPath})},
		{"detail-evidence", detail(saved(func(c *connector.Connector) { c.Checks = EvidentChecks() }))},
		{"detail-rename-busy", detail(Saved(), func(d *wizard.Detail) {
			d.Renaming, d.Rename, d.Work = true, "Contoso Europe", wizard.Work{Attempt: 4, Running: true}
		})},
		{"detail-remove", detail(Saved(), func(d *wizard.Detail) { d.Removing = true })},
		{"detail-remove-busy", detail(Saved(), func(d *wizard.Detail) {
			d.Removing, d.Work = true, wizard.Work{Attempt: 5, Running: true}
		})},
		{"detail-problem", detail(Saved(), func(d *wizard.Detail) {
			d.Problem = problem(connector.KindBusy, connector.NoStep, connector.ActorYou, "")
		})},
		{"detail-other-origin", detail(OtherOrigin())},
		{"detail-other-origin-remove", detail(OtherOrigin(), func(d *wizard.Detail) { d.Removing = true })},
		{"detail-gone", wizard.State{
			Screen: wizard.ScreenConnector, Home: wizard.Home{Loaded: true}, Detail: wizard.Detail{ID: SavedID, Now: Now},
		}},
	}
}
