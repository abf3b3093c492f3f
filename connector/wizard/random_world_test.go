package wizard_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/wizard"
)

// rehearsal is that of every eighth monkey.
func (m *monkey) rehearsal(seed uint64) *connector.Rehearsal {
	if seed%8 != 7 {
		return nil
	}
	return &connector.Rehearsal{
		Scenario: "good", Scenarios: []connector.Scenario{{Name: "good", Place: "none"}, {Name: "no-mfa", Place: "check"}},
		Prefill: connector.Draft{ClientKind: auth.PublicClient, TenantInput: "contoso.example", UPN: monkeyUPN, ClientID: monkeyTenant},
	}
}

// maybe is a problem now and then.
func (m *monkey) maybe(kinds ...connector.ProblemKind) *connector.Problem {
	if m.random.IntN(8) > 0 {
		return nil
	}
	step := connector.Step(m.random.IntN(connector.StepCount + 1))
	return &connector.Problem{Kind: pick(m, kinds...), Step: step, Actor: connector.ActorYou, At: monkeyTime}
}

// answer is the outcome of an effect, as the runner would send it. The effect mostly stays: its outcome may come twice, or late.
func (m *monkey) answer() wizard.Event {
	if len(m.pending) == 0 {
		if len(m.log)%2 == 0 {
			return wizard.TimePassed{Now: monkeyTime.Add(time.Duration(len(m.log)) * time.Hour)}
		}
		return wizard.Loaded{}
	}
	i := m.random.IntN(len(m.pending))
	e := m.pending[i]
	if m.random.IntN(3) > 0 {
		m.pending = slices.Delete(slices.Clone(m.pending), i, i+1)
	}
	if out := m.outcome(e); out != nil {
		return out
	}
	return m.lists()
}

func (m *monkey) outcome(e wizard.Effect) wizard.Event {
	if out := m.linkOutcome(e); out != nil {
		return out
	}
	if out := m.keyVaultOutcome(e); out != nil {
		return out
	}
	switch e := e.(type) {
	case wizard.MakeDraft:
		return m.made(e.Prefill)
	case wizard.MakeRenewal:
		if e.Connector.Origin == connector.OriginLink {
			return m.made(connector.RenewalOf(e.Connector, e.UPN, monkeyTime))
		}
		tenant := e.Connector.Tenant
		return m.made(connector.Draft{
			Renews: e.Connector.ID, Tenant: &tenant, TenantInput: tenant.Domain, Name: e.Connector.Name, UPN: e.Connector.User.UPN, ClientKind: e.Connector.ClientKind,
			ClientID: e.Connector.ClientID, Step: connector.StepUser, Admin: e.Connector.Admin, Ticks: map[connector.Field]bool{connector.TickMFA: true},
			Replaces: e.UPN,
		})
	case wizard.KeepDraft:
		return wizard.DraftKept{DraftID: e.Draft.ID, Admin: e.Draft.Admin.Status, Problem: m.maybe(connector.KindDisk)}
	case wizard.DropDraft:
		return wizard.DraftDropped{ID: e.ID, Problem: m.maybe(connector.KindKeychainLocked)}
	case wizard.CheckComputer:
		return wizard.ReadyChecked{
			Attempt: e.Attempt, Keychain: m.maybe(connector.KindKeychainLocked), Elevated: m.maybe(connector.KindElevated),
			Browsers: []browser.Browser{{ID: "b", Name: "Browser", Family: pick(m, browser.Chromium, browser.Firefox, browser.Other)}},
		}
	case wizard.FindTenant:
		return m.found(e.Attempt)
	case wizard.ProbeRegistration:
		p := m.maybe(connector.KindAppUnknown, connector.KindSecretWrong)
		return wizard.Probed{Attempt: e.Attempt, Result: pick(m, connector.ProbeFine, connector.ProbeWrong, connector.ProbeUnknown), Problem: p}
	case wizard.WriteScript:
		return wizard.ScriptWritten{Attempt: e.Attempt, Text: "script of " + e.Draft.Name}
	case wizard.KeepScript:
		return wizard.ScriptSaved{Attempt: e.Attempt, Path: "/home/monkey/script", Raw: pick(m, "", "disk full")}
	case wizard.MakeReport:
		return wizard.ReportMade{Attempt: e.Attempt, Text: "report"}
	case wizard.KeepReport:
		return wizard.ReportSaved{Attempt: e.Attempt, Path: "/home/monkey/report", Raw: pick(m, "", "disk full")}
	case wizard.KeepSecret:
		return wizard.SecretKept{Attempt: e.Attempt, Problem: m.maybe(connector.KindKeychainFull)}
	case wizard.OpenAdminConsent:
		return m.consent(e.Attempt, true)
	case wizard.OpenUserConsent:
		return m.consent(e.Attempt, false)
	case wizard.MakeHandover:
		if m.random.IntN(2) == 0 {
			return wizard.AdminAnswered{Attempt: e.Attempt, Tenant: monkeyTenant, Pasted: true}
		}
		return wizard.HandoverMade{Attempt: e.Attempt, Problem: m.maybe(connector.KindListener), Handover: connector.Handover{State: monkeyHandover, Link: "https://login.example/"}}
	case wizard.ReadPaste:
		return wizard.PasteRead{DraftID: e.Draft.ID, State: monkeyHandover, Tenant: monkeyTenant, Problem: m.maybe(connector.KindPasteOther)}
	case wizard.CheckGrant:
		return m.checked(e.Attempt)
	case wizard.CheckConnector:
		return m.checked(e.Attempt)
	case wizard.AwaitLasting:
		return wizard.LastingDue{Attempt: e.Attempt, Now: pick(m, e.At, monkeyTime)}
	case wizard.CheckLasting:
		return wizard.LastingChecked{Attempt: e.Attempt, ID: e.ID, Now: monkeyTime, Problem: m.maybe(connector.KindBusy)}
	case wizard.CheckConnectors:
		return pick[wizard.Event](m,
			wizard.ConnectorChecked{Attempt: e.Attempt, ID: e.Connectors[0].ID, Problem: m.maybe(connector.KindBusy)}, wizard.AllChecked{Attempt: e.Attempt},
		)
	case wizard.SaveConnector:
		return m.savedAs(e)
	case wizard.RenameConnector:
		return wizard.DetailDone{Attempt: e.Attempt, ID: e.ID, Problem: m.maybe(connector.KindBusy)}
	case wizard.RemoveConnector:
		m.saved = slices.DeleteFunc(slices.Clone(m.saved), func(c connector.Connector) bool { return c.ID == e.ID })
		return wizard.DetailDone{Attempt: e.Attempt, ID: e.ID, Removed: true}
	case wizard.SuggestRecord:
		return wizard.RecordSuggested{ID: e.Connector.ID, Path: "/home/monkey/record.txt"}
	case wizard.ListFolders:
		return wizard.FoldersListed{Attempt: e.Attempt, List: connector.FolderList{Path: "/home", Parent: "/", Names: []string{"monkey"}}}
	case wizard.WriteRecord:
		return wizard.RecordDone{Attempt: e.Attempt, Path: e.Path, Reason: pick(m, "", wizard.ReasonRecordExists, wizard.ReasonRecordDenied)}
	case wizard.SwitchScenario:
		return wizard.ScenarioPlays{Attempt: e.Attempt, Rehearsal: m.rehearsal(7), Problem: m.maybe(connector.KindUnknown)}
	case wizard.InspectComputer:
		return wizard.ComputerInspected{Attempt: e.Attempt, Computer: connector.Computer{
			Folder: "/home/monkey", Modules: []connector.Module{{Path: "example.com/bananas", Version: "v1.2.3"}},
		}}
	case wizard.ReadSchedule:
		return wizard.ScheduleRead{Attempt: e.Attempt, Schedule: m.schedule(), Problem: m.maybe(connector.KindUnknown)}
	case wizard.PlanSchedule:
		if p := m.maybe(connector.KindUnknown); p != nil {
			return wizard.SchedulePlanned{Attempt: e.Attempt, Problem: p}
		}
		return wizard.SchedulePlanned{Attempt: e.Attempt, Plan: &connector.SchedulePlan{Kind: connector.ScheduleCron, Program: "/usr/bin/pcc"}}
	case wizard.InstallSchedule:
		return wizard.ScheduleChanged{Attempt: e.Attempt, Schedule: m.schedule(), Read: pick(m, true, false), Problem: m.maybe(connector.KindUnknown)}
	case wizard.RemoveSchedule:
		return wizard.ScheduleChanged{Attempt: e.Attempt, Schedule: m.schedule(), Read: pick(m, true, false), Problem: m.maybe(connector.KindUnknown)}
	case wizard.KeepSetting:
		return wizard.SettingsRead{Settings: m.state.Settings, Problem: m.maybe(connector.KindDisk)}
	case wizard.ExtendConsent:
		return wizard.ConsentExtended{Attempt: e.Attempt, Until: monkeyTime.Add(time.Hour)}
	case wizard.ReadConnector:
		return wizard.DetailOpened{ID: e.ID, Now: monkeyTime, Problem: m.maybe(connector.KindDisk)}
	}
	return nil
}

func (m *monkey) schedule() connector.Schedule {
	return pick(m,
		connector.Schedule{}, connector.Schedule{Kind: connector.ScheduleCron}, connector.Schedule{Kind: connector.ScheduleCron, Installed: true, Active: true},
	)
}

func (m *monkey) lists() wizard.Event {
	drafts := slices.Collect(maps.Values(m.drafts))
	slices.SortFunc(drafts, func(a, b connector.Draft) int { return strings.Compare(a.ID, b.ID) })
	return wizard.Loaded{Connectors: slices.Clone(m.saved), Drafts: drafts, Problem: m.maybe(connector.KindListDamaged)}
}

func (m *monkey) made(d connector.Draft) wizard.Event {
	d.ID, d.Created = fmt.Sprintf("draft-%d", 1+m.random.IntN(3)), monkeyTime
	return wizard.DraftMade{Draft: d}
}

func (m *monkey) found(attempt int) wizard.Event {
	one := auth.Tenant{ID: monkeyTenant, Domain: "contoso.example", Cloud: "global"}
	other := one
	other.Cloud = "china"
	out := wizard.TenantFound{Attempt: attempt, Clock: m.maybe(connector.KindClock)}
	switch m.random.IntN(5) {
	case 0:
		out.Problem = &connector.Problem{Kind: connector.KindUnknownTenant, Step: connector.StepBefore, Actor: connector.ActorYou}
	case 1:
		out.Found = []auth.Tenant{one, other}
	default:
		out.Found = []auth.Tenant{one}
	}
	return out
}

// consent is a part of what a consent tells on its way, not always in order.
func (m *monkey) consent(attempt int, admin bool) wizard.Event {
	p := m.maybe(connector.KindDeclined, connector.KindWindowClosed, connector.KindDevice, connector.KindConsentMissing, connector.KindFederated)
	switch m.random.IntN(9) {
	case 8:
		return wizard.ConsentLookedAt{Attempt: attempt, Kept: pick(m, browser.KeptUnknown, browser.KeptNothing, browser.KeptPages)}
	case 0:
		return wizard.ConsentOpened{Attempt: attempt, Since: monkeyTime, Until: monkeyTime.Add(15 * 60e9), Link: pick(m, "", "http://localhost:1/start/t")}
	case 1:
		return wizard.ConsentStarted{Attempt: attempt}
	case 2:
		return wizard.ConsentNotStarted{Attempt: attempt}
	case 3:
		return wizard.ConsentAnswered{Attempt: attempt}
	case 4:
		return wizard.Retrying{Attempt: attempt, Retry: &wizard.Retry{Problem: connector.Problem{Kind: connector.KindNotReplicated}, At: monkeyTime}}
	}
	if admin && p == nil {
		return wizard.AdminAnswered{Attempt: attempt, Tenant: monkeyTenant, At: monkeyTime}
	}
	if admin {
		return wizard.AdminAnswered{Attempt: attempt, Problem: p}
	}
	if p == nil {
		return wizard.UserAnswered{Attempt: attempt, Identity: monkeyIdentity()}
	}
	return wizard.UserAnswered{Attempt: attempt, Problem: p}
}

// checked are the outcomes of the checks, most of them, and that they have ended.
func (m *monkey) checked(attempt int) wizard.Event {
	for _, id := range checks.Order() {
		c := connector.Check{ID: id, State: connector.CheckPassed}
		if m.random.IntN(20) == 0 {
			c.State, c.Weight = connector.CheckFailed, pick(m, connector.WeightNever, connector.WeightAttention, connector.WeightWarning)
			c.Problem = &connector.Problem{Kind: pick(m, connector.KindNoRole, connector.KindWrongUser), Step: connector.StepAccount, Actor: connector.ActorYou}
		}
		if m.random.IntN(60) > 0 {
			m.more = append(m.more, wizard.CheckDone{Attempt: attempt, Check: c})
		}
	}
	m.more = append(m.more, wizard.ChecksDone{Attempt: attempt, Now: monkeyTime, Problem: m.maybe(connector.KindBusy)})
	return wizard.CheckDone{Attempt: attempt, Check: connector.Check{ID: connector.CheckOurs, State: connector.CheckRunning}}
}

func (m *monkey) savedAs(e wizard.SaveConnector) wizard.Event {
	if p := m.maybe(connector.KindKeychainLocked); p != nil {
		return wizard.SaveDone{Attempt: e.Attempt, Problem: p}
	}
	c := connector.Connector{
		ID: e.Draft.ID, Name: e.Draft.Name, Tenant: *e.Draft.Tenant, ClientID: e.Draft.ClientID, ClientKind: e.Draft.ClientKind, User: *monkeyIdentity(),
		Health: connector.HealthNew, Checks: e.Checks, Saved: monkeyTime, Consented: monkeyTime, Checked: monkeyTime,
	}
	if e.Draft.Links != nil {
		c = savedLinks(e.Draft)
	}
	m.saved = append(slices.DeleteFunc(slices.Clone(m.saved), func(o connector.Connector) bool { return o.ID == c.ID }), c)
	return wizard.SaveDone{Attempt: e.Attempt, Connector: &c}
}
