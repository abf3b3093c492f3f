package view_test

import (
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/test/golden"
)

// goldens are the states whose whole text is kept: each page in each of its phases.
var goldens = []string{
	"home-empty", "home-many", "home-checking-all", "home-checked-all", "home-aged", "home-drafts", "home-discard", "home-paste-problem", "home-search",
	"before-new", "before-no-ticks", "before-done", "before-two-clouds", "before-gcc-high", "before-from-file", "before-keychain-missing", "before-keychain-waits",
	"before-change", "account-empty", "account-other-domain", "account-locked", "account-from-file", "mfa-open",
	"connector-empty", "connector-invalid", "connector-secret-done", "connector-certificate-done", "connector-public",
	"connector-locked", "connector-renewal", "connector-renewal-ended", "admin-start", "admin-opening", "admin-waiting", "admin-waiting-link", "admin-no-start",
	"admin-declined", "admin-wrong-tenant", "admin-wrong-tenant-again", "admin-handover", "admin-reported", "admin-not-confirmed", "user-start", "user-start-guest",
	"user-start-plain", "user-start-safari", "user-waiting", "user-waiting-link", "user-waiting-proven", "user-waiting-unproven",
	"user-waiting-not-private", "user-no-start", "user-not-private", "user-signed-in",
	"user-other-account",
	"user-leaving", "check-running", "check-new", "check-attention", "check-never", "check-mismatch", "check-saved",
	"detail-good", "detail-past", "detail-past-eventful", "detail-sign-in", "detail-certificate-ends", "detail-ends-today", "detail-secret-expired", "detail-secret-refused", "detail-unused", "detail-not-checked", "detail-rename", "detail-remove", "detail-long",
	"home-other-origin", "detail-other-origin", "detail-other-origin-remove",
	"detail-change-user", "detail-change-user-same", "detail-record-exists", "detail-record-folders", "detail-record-saved", "detail-evidence",
	"user-change", "check-change-user", "check-saved-record",
	"connector-preset", "connector-preset-locked", "connector-preset-loose", "connector-preset-changed", "connector-preset-publisher",
	"connector-preset-problem", "home-preset-client-id", "rehearsal-user", "settings", "settings-given", "settings-schedule", "settings-schedule-plan", "settings-schedule-locked", "settings-schedule-late", "settings-modules",
	"report-making", "report-shown", "report-saved", "report-unsaved",
	"practice-all", "practice-search", "practice-asked-other", "before-two-clouds-locked", "before-elsewhere", "before-elsewhere-asked",
	"before-prefilled", "user-wrong-cloud", "user-switch-asked", "connector-gcc", "connector-dod",
	"connector-scopes", "connector-scopes-locked", "connector-script", "connector-script-saved", "connector-script-unsaved", "connector-manifest", "connector-probe-wrong",

	"links-empty", "links-unknown-product", "links-gcc", "links-reading", "links-one", "links-one-unknown-product", "links-both", "links-common", "links-refused", "links-differ", "links-other-redirect", "links-lookup-problem", "links-nothing",
	"links-unkept", "links-paste-again", "links-renewal",
	"link-admin-missing", "link-admin-other", "link-admin-start", "link-admin-differ", "link-admin-common", "link-admin-copied", "link-admin-handed-on", "link-admin-timed-out", "link-admin-probe-wrong", "link-admin-waiting",
	"link-admin-waiting-link", "link-admin-told", "link-admin-told-registration", "link-admin-closed", "link-admin-closed-told", "link-admin-reported",
	"link-admin-not-confirmed",
	"link-user-missing", "link-user-missing-unknown-product", "link-user-start", "link-user-ticked", "link-user-whole", "link-user-other-hint", "link-user-unreported",
	"link-user-waiting", "link-user-quitting", "link-user-closed", "link-user-timed-out", "link-user-reported",
	"link-finish-open", "link-finish-unknown-product", "link-finish-half", "link-finish-own", "link-finish-saved",
	"home-kept", "home-links-draft", "home-links-handed-on", "trial-unknown", "detail-kept", "detail-kept-unknown", "detail-kept-remind", "detail-kept-no-mfa", "detail-kept-remove",
	"before-link-offer", "check-wanted", "home-wanted-gone",
	"key-vault-empty", "key-vault-public", "key-vault-short", "key-vault-invalid", "key-vault-looking", "key-vault-planned", "key-vault-planned-move",
	"key-vault-foreign", "key-vault-retyped", "key-vault-problem", "key-vault-writing", "key-vault-copied", "key-vault-copied-no-secret", "key-vault-moved",
	"key-vault-rehearsal", "key-vault-secret-stays", "detail-copied-earlier",
	"said-removed", "said-draft-kept", "said-renewal-left", "said-checked", "said-checked-changed", "said-checked-all-but-one", "said-admin-given", "said-consent-stopped", "said-link-stopped", "said-settings",
	"home-key-vaults", "detail-copied", "detail-copied-remove", "detail-moved", "detail-moved-sign-in", "detail-moved-remove", "detail-moved-take-back", "detail-taken",
}

func TestGoldens(t *testing.T) {
	for _, name := range goldens {
		golden.Compare(t, name+".golden", plain(t, view.Project(viewtest.State(name))))
	}
	tr := translators(t)["en"]
	golden.Compare(t, "help-home.golden", plain(t, view.Help(connector.Preset{}, viewtest.Products(), "home", "", tr.Text)))
	golden.Compare(t, "help-user.golden", plain(t, view.Help(connector.Preset{}, viewtest.Products(), "user", "", tr.Text)))
	golden.Compare(t, "help-links.golden", plain(t, view.Help(connector.Preset{}, viewtest.Products(), "links", "", tr.Text)))
}
