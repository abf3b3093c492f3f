package cli

import (
	"slices"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// TestExitCodesNeverChange: scripts know them as numbers.
func TestExitCodesNeverChange(t *testing.T) {
	if got := []int{ExitFine, ExitFailed, ExitUsage, ExitSignIn, ExitLater}; !slices.Equal(got, []int{0, 1, 2, 3, 4}) {
		t.Errorf("%v", got)
	}
}

// exitCodes are those of the problems that are not simply a failure, which is 1: 2 for a wrong command line, 3 where a person has to come to
// a sign-in (again), 4 where it is worth trying later.
var exitCodes = map[int][]connector.ProblemKind{
	2: {"bad-tenant-input", "clouds-file", "name-taken"},
	3: {
		"account-locked", "app-not-added", "consent-missing", "credential-gone", "declined", "federated", "interrupted", "keychain-locked", "mfa-again", "mfa-failed",
		"mfa-register", "missing-scopes", "need-admin", "no-refresh-token", "no-start", "not-private", "other-account", "password-expired",
		"password-rejected", "password-wrong", "resource-disabled", "resource-missing", "sign-in-again", "ticket-spent", "timed-out", "unused-too-long",
		"vault-refused", "vault-sign-in", "window-closed", "wrong-tenant", "wrong-user",
	},
	4: {
		"bad-answer", "busy", "dns", "keychain-slow", "mfa-unknown", "no-network", "not-replicated", "not-stored", "proxy-down",
		"scopes-unknown", "throttled", "transient", "user-unknown", "vault-differs", "vault-throttled", "vault-unknown", "vault-unwell",
	},
}

func TestTheExitCodeOfEveryKind(t *testing.T) {
	known := problems.Kinds()
	want := map[connector.ProblemKind]int{}
	for code, kinds := range exitCodes {
		for _, kind := range kinds {
			want[kind] = code
			if !slices.Contains(known, kind) {
				t.Errorf("there is no problem %s", kind)
			}
		}
	}
	for _, kind := range known {
		problem := problems.Sample(kind)
		if got := codeOf(&problem); got != max(want[kind], 1) {
			t.Errorf("%s: exit code %d, want %d", kind, got, max(want[kind], 1))
		}
	}
}

// TestARefusedRefreshAsksForASignIn: whatever the kind of the problem is, the OAuth error says when only a sign-in helps.
func TestARefusedRefreshAsksForASignIn(t *testing.T) {
	for oauth, want := range map[string]int{
		"invalid_grant": 3, "interaction_required": 3, "consent_required": 3, "login_required": 3, "invalid_client": 1, "": 1,
	} {
		if got := codeOf(&connector.Problem{Kind: connector.KindUnknown, Actor: connector.ActorYou, OAuth: oauth}); got != want {
			t.Errorf("%q: exit code %d, want %d", oauth, got, want)
		}
	}
}
