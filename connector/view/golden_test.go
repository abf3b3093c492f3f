package view_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// goldens are the states whose whole text is kept: each page in each of its phases.
var goldens = []string{
	"home-empty", "home-many", "home-drafts", "home-discard", "home-paste-problem", "home-search",
	"before-new", "before-no-ticks", "before-done", "before-two-clouds", "before-gcc-high", "before-from-file", "before-keychain-missing", "before-keychain-waits",
	"before-change", "account-empty", "account-other-domain", "account-locked", "account-from-file", "mfa-open",
	"connector-empty", "connector-invalid", "connector-secret-done", "connector-certificate-done", "connector-public",
	"connector-locked", "connector-renewal", "admin-start", "admin-opening", "admin-waiting", "admin-waiting-link", "admin-no-start",
	"admin-declined", "admin-handover", "admin-reported", "admin-not-confirmed", "user-start", "user-start-guest",
	"user-start-plain", "user-start-safari", "user-waiting", "user-waiting-link", "user-no-start", "user-not-private", "user-signed-in",
	"user-other-account",
	"user-leaving", "check-running", "check-new", "check-attention", "check-never", "check-mismatch", "check-saved",
	"detail-good", "detail-sign-in", "detail-certificate-ends", "detail-rename", "detail-remove", "detail-long",
	"home-other-origin", "detail-other-origin", "detail-other-origin-remove",
	"detail-change-user", "detail-change-user-same", "detail-record-exists", "detail-record-folders", "detail-record-saved", "detail-evidence",
	"user-change", "check-change-user", "check-saved-record",
	"connector-preset", "connector-preset-locked", "connector-preset-loose", "connector-preset-changed", "connector-preset-publisher",
	"connector-preset-problem", "home-preset-client-id", "rehearsal-user", "settings", "settings-given",
	"practice-all", "practice-search", "practice-asked-other", "before-two-clouds-locked", "before-elsewhere", "before-elsewhere-asked",
	"before-prefilled", "user-wrong-cloud", "user-switch-asked", "connector-gcc", "connector-dod",
}

func TestGoldens(t *testing.T) {
	for _, name := range goldens {
		compare(t, name, view.Project(viewtest.State(name)))
	}
	tr := translators(t)["en"]
	compare(t, "help-home", view.Help("home", "", tr.Text))
	compare(t, "help-user", view.Help("user", "", tr.Text))
}

func compare(t *testing.T, name string, v view.View) {
	t.Helper()
	got := plain(t, v)
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if line, is, was := firstDifference(got, string(want)); line > 0 {
		t.Errorf("%s:%d is now\n%s\ninstead of\n%s\n(if that is right, run with -update)", path, line, is, was)
	}
}

// firstDifference is the first line, from 1, in which two texts differ; 0 if they are the same.
func firstDifference(a, b string) (line int, inA, inB string) {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(as), len(bs)) {
		inA, inB = "", ""
		if i < len(as) {
			inA = as[i]
		}
		if i < len(bs) {
			inB = bs[i]
		}
		if i >= len(as) || i >= len(bs) || inA != inB {
			return i + 1, inA, inB
		}
	}
	return 0, "", ""
}
