package cli_test

import (
	"slices"
	"testing"
)

// What --json printed before there were schemas, with the type of each key. Scripts rely on it: no line goes.
var (
	connectorBefore = []string{
		"adminConsent string", "checked string", "clientId string", "clientKind string", "cloud string", "cloudFromFile bool", "consented string",
		"copies[]", "health string", "id string", "links null", "name string", "origin string", "refreshTokenEnd string", "refreshed string",
		"role string", "saved string", "secretExpires string", "tenantDomain string", "tenantId string", "user string", "userObjectId string",
		"vault null",
	}
	draftBefore = []string{
		"clientId string", "created string", "id string", "links null", "name string", "page string", "renews string", "role string", "step number",
		"tenant string", "user string", "waitsSince string",
	}
	problemBefore = []string{
		"actor string", "at string", "code string", "correlationId string", "do string", "kind string", "link string", "raw string", "title string",
		"traceId string",
	}
	checkBefore = []string{
		"evidence[] string", "id string", "problem null", "state string", "weight string",
	}
	pastBefore = []string{
		"count number", "from string", "health string", "problem string", "scheduled bool", "to string", "what string",
	}
	scheduleBefore = []string{
		"active bool", "changed[]", "installed bool", "kind string", "last.at string", "last.checked number", "last.exitCode number",
		"last.failed number", "last.problem string", "last.skipped number", "next string",
	}
)

// keysBefore are the keys of each output of TestJSONKeys, by its name there.
var keysBefore = map[string][]string{
	"connect": slices.Concat(under("connector", connectorBefore), under("checks[]", checkBefore), []string{
		"exitCode number", "health string", "problem null", "skipped bool",
	}),
	"connect, handed over": {
		"exitCode number", "handover.draftId string", "handover.link string", "handover.since string", "handover.text string",
	},
	"list": slices.Concat(under("connectors[]", connectorBefore), under("drafts[]", draftBefore), []string{
		"unreadable[]",
	}),
	"check": slices.Concat(under("connectors[].connector", connectorBefore), under("connectors[].checks[]", checkBefore), []string{
		"connectors[].exitCode number", "connectors[].health string", "connectors[].problem null", "connectors[].skipped bool", "exitCode number",
		"unreadable[]",
	}),
	"status": slices.Concat(under("connectors[].connector", connectorBefore), under("connectors[].history[]", pastBefore), []string{
		"connectors[].checkedBySchedule bool", "connectors[].health string", "connectors[].mfa string", "connectors[].permissions string",
		"connectors[].roleHeld string", "unreadable[]",
	}),
	"token": {
		"accessToken string", "expiresOn string", "resource string", "scopes[] string", "tenantId string", "tokenType string",
	},
	"renew": slices.Concat(under("connector", connectorBefore), under("checks[]", checkBefore), []string{
		"exitCode number", "health string", "problem null", "skipped bool",
	}),
	"rename": under("connector", connectorBefore),
	"record": slices.Concat(under("history[]", pastBefore), under("checks[]", checkBefore), []string{
		"adminConsent.at string", "adminConsent.pasted bool", "adminConsent.statement string", "adminConsent.status string",
		"adminConsent.tenantId string", "app.clientId string", "app.kind string", "app.redirectUri string", "app.secretExpires string",
		"checked string", "checks[].at string", "checks[].title string", "connector.health string", "connector.id string", "connector.name string",
		"connector.origin string", "connector.saved string", "format string", "keyVaults[]", "links null", "made string", "program.name string",
		"program.version string", "scopes[].api string", "scopes[].granted[] string", "tenant.cloud string", "tenant.cloudFromFile bool",
		"tenant.domain string", "tenant.id string", "userConsent.at string", "userConsent.name string", "userConsent.objectId string",
		"userConsent.role string", "userConsent.tenantId string", "userConsent.upn string",
	}),
	"registration": {
		"for string", "kind string", "name string", "path string", "redirectUri string", "tenantId string", "text string",
	},
	"check, with a problem": slices.Concat(under("connectors[].connector", connectorBefore), under("connectors[].checks[]", checkBefore),
		under("connectors[].checks[].problem", problemBefore), []string{
			"connectors[].exitCode number", "connectors[].health string", "connectors[].problem null", "connectors[].skipped bool", "exitCode number",
			"unreadable[]",
		}),
	"report": slices.Concat(under("connectors[].history[]", pastBefore), []string{
		"browsers[].default bool", "browsers[].family string", "browsers[].id string", "browsers[].packaging string", "browsers[].policies[]",
		"browsers[].policy string", "connectors[].adminConsent string", "connectors[].checked string", "connectors[].checks[].at string",
		"connectors[].checks[].id string", "connectors[].checks[].problem null", "connectors[].checks[].problem.actor string",
		"connectors[].checks[].problem.at string", "connectors[].checks[].problem.code string", "connectors[].checks[].problem.correlationId string",
		"connectors[].checks[].problem.kind string", "connectors[].checks[].problem.oauth string", "connectors[].checks[].problem.suberror string",
		"connectors[].checks[].problem.traceId string", "connectors[].checks[].state string", "connectors[].clientId string",
		"connectors[].clientKind string", "connectors[].cloud string", "connectors[].consented string", "connectors[].copies number",
		"connectors[].health string", "connectors[].id string", "connectors[].origin string", "connectors[].refreshed string",
		"connectors[].role string", "connectors[].saved string", "connectors[].scopes[]", "connectors[].secretExpires string",
		"connectors[].tenantId string", "connectors[].withGroups bool", "count number", "drafts[].clientId string", "drafts[].clientKind string",
		"drafts[].cloud string", "drafts[].created string", "drafts[].id string", "drafts[].links bool", "drafts[].page string",
		"drafts[].renews string", "drafts[].tenantId string", "format string", "keychain string", "listProblem null", "log[] string", "made string",
		"preset bool", "presetProblem null", "program.arch string", "program.go string", "program.os string", "program.version string",
		"proxies[] string", "schedule.active bool", "schedule.changed number", "schedule.installed bool", "schedule.kind string",
		"schedule.last string", "schedule.lastChecked number", "schedule.lastExitCode number", "schedule.lastFailed number",
		"schedule.lastProblem string", "schedule.lastSkipped number", "schedule.next string", "settings.adminBrowser string",
		"settings.language string", "settings.log string", "settings.notify string", "settings.theme string", "settings.userBrowser string",
		"shown[]", "system.desktop string", "system.elevated bool", "system.kernel string", "system.name string", "system.session string",
		"system.version string",
	}),
	"remove --draft": slices.Concat(under("removed.drafts[]", draftBefore), []string{
		"removed.connectors[]",
	}),
	"remove": slices.Concat(under("removed.connectors[]", connectorBefore), []string{
		"removed.drafts[]",
	}),
	"remove --all": {
		"removed.connectors[]", "removed.drafts[]",
	},
	"doctor": {
		"examinations[].detail string", "examinations[].id string", "examinations[].problem null", "examinations[].state string", "exitCode number",
		"preset null",
	},
	"explain": under("problems[]", problemBefore),
	"version": {
		"arch string", "go string", "modules[].path string", "modules[].version string", "os string", "version string",
	},
	"rehearse --list-scenarios": {
		"scenarios[].code string", "scenarios[].kind string", "scenarios[].name string", "scenarios[].place string", "scenarios[].text string",
	},
	"rehearse --serve": {
		"adminSignIn string", "clientId string", "clientIds[].name string", "clientIds[].value string", "clientKind string", "cloudsFile string",
		"domain string", "integrationUser string", "keyVaultSuffix string", "people[].role string", "people[].upn string",
		"practiceCertificateFile string", "practiceClientSecret string", "practiceProductPage string", "redirectUri string", "scenario string",
		"tenantId string", "userSignIn string", "withGroups bool", "workloadClientId string", "workloadTokenFile string",
	},
	"schedule install": slices.Concat(under("schedule", scheduleBefore), []string{
		"plan.busMissing string", "plan.commands[] string", "plan.desktopOnly bool", "plan.kind string", "plan.parts[].place string",
		"plan.parts[].text string", "plan.program string", "plan.versioned bool",
	}),
	"schedule status": under("schedule", scheduleBefore),
	"schedule remove": {
		"removed bool",
	},
	"an error": slices.Concat(under("error", problemBefore), []string{
		"error.draftId string", "error.exitCode number",
	}),
}

// under are keys with what stands before them.
func under(prefix string, keys []string) []string {
	all := make([]string, 0, len(keys))
	for _, key := range keys {
		all = append(all, prefix+"."+key)
	}
	return all
}

// keepsKeys holds that an output has every key that it had before, with its type.
func keepsKeys(t *testing.T, name string, now map[string]bool) {
	t.Helper()
	before, known := keysBefore[name]
	if !known {
		return
	}
	for _, key := range before {
		if !now[key] {
			t.Errorf("%s has no %s any more", name, key)
		}
	}
}
