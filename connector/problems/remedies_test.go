package problems

import (
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// remedies is what every kind leads to: the page that fixes it, who acts there, whether waiting helps, and what else is true of it. It is typed
// out, so that a change of the table has to be made, and meant, twice.
const remedies = `
bad-tenant-input before-you-begin/you
unknown-tenant before-you-begin/you
no-network by-stage/you retry unreached
dns by-stage/network-team retry unreached
tls by-stage/network-team unreached
no-roots by-stage/you unreached
proxy-auth by-stage/network-team unreached
proxy-down by-stage/network-team retry unreached
proxy-refused by-stage/network-team unreached
clock by-stage/you
bad-answer by-stage/network-team retry unreached
transient by-stage/microsoft retry unreached
throttled by-stage/you retry unreached
keychain-missing before-you-begin/you
keychain-locked before-you-begin/you retry
keychain-full before-you-begin/you
keychain-slow before-you-begin/you retry
keychain-broken before-you-begin/you
no-browser before-you-begin/you
browser-failed by-stage/you either-consent
elevated before-you-begin/you
listener by-stage/you either-consent
disk none/you
declined by-stage/by-stage either-consent no-consent
need-admin admin-consent/administrator no-consent
wrong-tenant by-stage/by-stage either-consent
wrong-user user-consent/integration-user
guest integration-user/you
not-private by-stage/you either-consent no-consent
ticket-spent by-stage/you either-consent no-consent
window-closed by-stage/you either-consent no-consent
timed-out by-stage/you either-consent no-consent
no-start by-stage/you either-consent no-consent
not-ours user-consent/you
id-token app-registration/publisher
no-refresh-token app-registration/publisher no-consent
missing-scopes admin-consent/administrator no-consent
app-unknown app-registration/you
app-config app-registration/publisher
redirect-uri app-registration/publisher
secret-wrong app-registration/you
secret-expired app-registration/publisher credential-ended
certificate app-registration/publisher
not-replicated by-stage/you retry
resource-missing admin-consent/administrator
account integration-user/administrator
conditional-access mfa/administrator
unknown by-stage/you
consent-missing admin-consent/administrator
single-tenant app-registration/publisher
app-permissions app-registration/publisher
secret-missing app-registration/you
public-client app-registration/you
spa app-registration/publisher
start-over by-stage/you either-consent
request-refused by-stage/you
wrong-cloud before-you-begin/you
cross-tenant integration-user/administrator
tenant-restrictions by-stage/network-team
federated user-consent/integration-user
paste-unreadable admin-consent/you
paste-other admin-consent/you
paste-hidden admin-consent/you
answer-incomplete admin-consent/you
interrupted by-stage/by-stage either-consent
app-disabled app-registration/administrator
app-not-added admin-consent/administrator
microsoft-app app-registration/you
resource-disabled admin-consent/administrator
customer-tenant before-you-begin/you
tenant-blocked before-you-begin/administrator
account-unknown integration-user/you
account-disabled integration-user/administrator
account-locked user-consent/integration-user retry
password-expired integration-user/integration-user
password-wrong user-consent/integration-user
password-rejected integration-user/integration-user
password-on-premises integration-user/administrator
identity-provider integration-user/administrator
not-assigned user-consent/administrator
mfa-again user-consent/integration-user
mfa-too-old mfa/administrator
mfa-register mfa/integration-user
mfa-register-blocked mfa/administrator
mfa-failed user-consent/integration-user
external-mfa mfa/administrator
device user-consent/administrator
risky-user user-consent/administrator
certificate-pfx app-registration/you
certificate-encrypted app-registration/you
certificate-incomplete app-registration/you
certificate-type app-registration/you
certificate-expired app-registration/publisher credential-ended
no-mfa mfa/administrator
mfa-unknown checks/you retry
is-admin integration-user/you
no-role integration-user/administrator
not-partner before-you-begin/you
other-partner before-you-begin/you
sign-in-again user-consent/integration-user
not-lasting app-registration/administrator
not-stored before-you-begin/you retry
credential-gone user-consent/integration-user no-consent
secret-gone app-registration/you
busy none/you retry
list-damaged none/you
list-newer none/you
user-unknown checks/you retry
member-unknown integration-user/you
admin-unknown integration-user/you
scopes-unknown checks/you retry
role-unknown integration-user/you
role-more integration-user/administrator
other-account user-consent/integration-user
partner-refused integration-user/administrator
agreement-missing checks/administrator
program-inactive checks/microsoft
no-relationship checks/administrator
unused-too-long user-consent/integration-user
credential-ends app-registration/publisher
connector-gone none/you
name-taken app-registration/you
other-origin none/you
link two-links/you
links-differ two-links/you
vault-no-secret none/you
vault-moved none/you
vault-here none/you
no-token none/you
link-no-connector none/you
link-rights none/administrator
link-app-absent admin-link/administrator
link-grants admin-link/administrator
link-no-mfa user-link/administrator
vault-address none/you
vault-unknown none/you retry unreached
vault-absent none/you
vault-deleted none/administrator
vault-disabled none/administrator
vault-sign-in none/you
vault-refused none/you
vault-right none/administrator
vault-firewall none/network-team unreached
vault-tenant none/network-team unreached
vault-throttled none/you retry unreached
vault-unwell none/microsoft retry unreached
vault-not-ours none/you
vault-name none/you
vault-too-long none/you
vault-differs none/you retry
no-scheduler none/you
schedule-program none/you
scheduler none/you
cloud-unknown before-you-begin/you
clouds-file before-you-begin/you
preset none/publisher
no-display by-stage/you
policy none/computer-administrator
cloud-forbidden none/computer-administrator
schedule-forbidden none/computer-administrator
`

// byStage are the page and actor of what depends on the stage, first without one.
var byStage = map[auth.Stage][2]string{
	"":                     {"checks", "you"},
	auth.StageDiscovery:    {"before-you-begin", "you"},
	auth.StageProbe:        {"app-registration", "you"},
	auth.StageAdminConsent: {"admin-consent", "administrator"},
	auth.StageUserConsent:  {"user-consent", "integration-user"},
	auth.StageRedeem:       {"user-consent", "integration-user"},
	auth.StageRefresh:      {"user-consent", "integration-user"},
}

func TestRemedies(t *testing.T) {
	listed := []connector.ProblemKind{}
	for line := range strings.Lines(strings.TrimSpace(remedies)) {
		words := strings.Fields(line)
		kind, rest := connector.ProblemKind(words[0]), words[2:]
		page, actor, _ := strings.Cut(words[1], "/")
		listed = append(listed, kind)
		for stage, place := range byStage {
			wantPage, wantActor := page, actor
			if page == "by-stage" {
				wantPage = place[0]
			}
			if actor == "by-stage" {
				wantActor = place[1]
			}
			p := New(kind, stage)
			if p.Kind != kind || p.Step.Page() != wantPage || string(p.Actor) != wantActor || p.Retry != slices.Contains(rest, "retry") {
				t.Errorf("%s at %q: page %s, %s, retry %v; want page %s, %s", kind, stage, p.Step.Page(), p.Actor, p.Retry, wantPage, wantActor)
			}
		}
		for word, got := range map[string]bool{
			"unreached": Unreached(kind), "either-consent": AtEitherConsent(kind), "no-consent": LacksConsent(kind),
			"credential-ended": CredentialEnded(&connector.Problem{Kind: kind}),
		} {
			if got != slices.Contains(rest, word) {
				t.Errorf("%s: %s is %v", kind, word, got)
			}
		}
	}
	if !slices.Equal(listed, Kinds()) {
		t.Errorf("the kinds are %v, and those with a remedy %v", Kinds(), listed)
	}
}

// A kind that this version does not know is told as itself, with the remedy of what is unknown.
func TestRemedyOfAKindThatIsNotKnown(t *testing.T) {
	for stage, place := range byStage {
		p := New("levitation", stage)
		if p.Kind != "levitation" || p.Step.Page() != place[0] || p.Actor != connector.ActorYou || p.Retry {
			t.Errorf("at %q: %+v", stage, p)
		}
	}
	if CredentialEnded(nil) || Unreached("levitation") {
		t.Error("nothing is known of it")
	}
}

func TestReclassifyTakesTheWholeRemedy(t *testing.T) {
	p := New(connector.KindMFAUnknown, "").Dated(time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC))
	p.Code = "HTTP 403"
	Reclassify(p, connector.KindNoRole)
	if p.Kind != "no-role" || p.Step.Page() != "integration-user" || p.Actor != "administrator" || p.Retry || p.Code != "HTTP 403" || p.At.IsZero() {
		t.Errorf("%+v", p)
	}
}
