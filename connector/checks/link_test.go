package checks

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

const productID = "14f38d7d-c4fc-448a-b2df-0fc60e75465a"

// linked is an outside where everything is right that can be found out of two links, unless a test changes it.
func linked() (*script, *LinkInput) {
	s := newScript()
	s.app = connector.DirectoryApp{ID: "sp", ClientID: productID, Name: "Product", Publisher: "Publisher"}
	s.grants = []connector.Grant{
		{APIID: auth.PartnerCenterAppID, API: "Microsoft Partner Center", Scopes: []string{"user_impersonation"}},
		{APIID: auth.GraphAppID, API: "Microsoft Graph", Scopes: []string{"User.Read", "openid"}},
	}
	s.report = []connector.MFADay{{Day: connector.Day{Year: 2026, Month: time.November, Day: 22}, Total: 7, WithMFA: 7}}
	own := connector.Connector{
		ID: "own", Name: "Own", Scopes: []string{auth.ScopeApplications, auth.ScopeGrants}, User: connector.Identity{ObjectID: testObject, UPN: testUPN},
	}
	of := func(kind link.Kind) *connector.ProductLink {
		return &connector.ProductLink{
			Facts: link.Facts{Kind: kind, ClientID: productID, Scopes: []string{"openid", "offline_access", "User.Read", "https://api.partnercenter.microsoft.com/user_impersonation"}},
		}
	}
	in := &LinkInput{
		Links: connector.Links{Admin: of(link.Admin), User: of(link.User)}, Tenant: s.in.Tenant, UPN: strings.ToUpper(testUPN), Own: &own,
		Session: s.in.Session, Cloud: s.in.Cloud, PartnerCenter: s.in.PartnerCenter, Graph: s.in.Graph, Now: s.in.Now, Sleep: s.in.Sleep,
	}
	return s, in
}

// outcomes are the checks in short: state, weight, kind of problem, keys of the evidence.
func outcomes(made []connector.Check) []string {
	lines := []string{}
	for _, c := range made {
		line := string(c.State)
		if c.Weight != "" {
			line += "/" + string(c.Weight)
		}
		if c.Problem != nil {
			line += " " + string(c.Problem.Kind)
		}
		keys := []string{}
		for _, f := range c.Evidence {
			keys = append(keys, f.Key)
		}
		lines = append(lines, line+": "+strings.Join(keys, "+"))
	}
	return lines
}

const (
	linkAppFine   = "passed: link-app+link-app-publisher+link-own"
	linkAdminFine = "passed: link-asks+link-grant-tenant+link-grant-tenant"
	linkUserFine  = "passed: link-asks+link-grant-effective+link-grant-effective+link-grant-limits"
	linkMFAFine   = "passed: link-mfa-calls+link-own"
)

func TestLinks(t *testing.T) {
	refused := &connector.APIError{Service: auth.Graph, Status: 403, Code: "Authorization_RequestDenied", Description: "no"}
	busy := &connector.APIError{Service: auth.Graph, Status: 503}
	for name, tt := range map[string]struct {
		change func(*script, *LinkInput)
		want   [4]string
	}{
		"all is there": {func(*script, *LinkInput) {}, [4]string{linkAppFine, linkAdminFine, linkUserFine, linkMFAFine}},
		"no connector of our own": {func(_ *script, in *LinkInput) { in.Own, in.Session = nil, nil }, [4]string{
			"unknown link-no-connector: link-no-connector", "unknown: link-no-connector", "unknown: link-no-connector", "unknown: link-no-connector",
		}},
		"the list can't be read": {func(s *script, in *LinkInput) {
			in.Own, in.Session, in.Problem = nil, nil, &connector.Problem{Kind: connector.KindListDamaged}
		}, [4]string{"unknown list-damaged: link-list-unread", "unknown: link-list-unread", "unknown: link-list-unread", "unknown: link-list-unread"}},
		"our own one can't be used": {func(s *script, in *LinkInput) {
			in.Session, in.Problem = nil, &connector.Problem{Kind: connector.KindCredentialGone}
		}, [4]string{"unknown credential-gone: link-own-unusable", "unknown: link-own-unusable", "unknown: link-own-unusable", "unknown: link-own-unusable"}},
		"no link was read": {func(_ *script, in *LinkInput) { in.Links = connector.Links{} }, [4]string{
			"unknown: link-not-read", "unknown: link-not-read", "unknown: link-not-read", "unknown: link-not-read",
		}},
		"our own one was not given the permissions": {func(_ *script, in *LinkInput) { in.Own.Scopes = in.Own.Scopes[:1] }, [4]string{
			"unknown link-rights: link-own-rights", "unknown: link-own-rights", "unknown: link-own-rights", linkMFAFine,
		}},
		"Graph does not let it read apps": {func(s *script, _ *LinkInput) { s.appErr = refused }, [4]string{
			"unknown link-rights: link-directory-refused+link-own", "unknown: link-directory-unread", "unknown: link-directory-unread", linkMFAFine,
		}},
		"Graph does not let it read consents": {func(s *script, _ *LinkInput) { s.grantsErr = refused }, [4]string{
			linkAppFine, "unknown link-rights: link-directory-refused+link-own", "unknown link-rights: link-directory-refused+link-own", linkMFAFine,
		}},
		"Graph is busy": {func(s *script, _ *LinkInput) { s.appErr = busy }, [4]string{
			"unknown transient: link-service-unread+link-own", "unknown: link-directory-unread", "unknown: link-directory-unread", linkMFAFine,
		}},
		"no token for Graph": {func(s *script, _ *LinkInput) {
			s.tokenErrs[auth.Graph] = []error{refreshError("invalid_grant", 50173)}
		}, [4]string{
			"unknown sign-in-again: link-own-unusable", "unknown: link-directory-unread", "unknown: link-directory-unread", linkMFAFine,
		}},
		"the app is not there": {func(s *script, _ *LinkInput) { s.app = connector.DirectoryApp{} }, [4]string{
			"failed/attention link-app-absent: link-app-absent+link-own", "unknown: link-app-absent", "unknown: link-app-absent", linkMFAFine,
		}},
		"the app is switched off, of nobody": {func(s *script, _ *LinkInput) { s.app.Disabled, s.app.Publisher = true, "" }, [4]string{
			"failed/attention link-app-absent: link-app+link-app-unverified+link-own+link-app-disabled", linkAdminFine, linkUserFine, linkMFAFine,
		}},
		"nothing is consented to": {func(s *script, _ *LinkInput) { s.grants = nil }, [4]string{
			linkAppFine, "failed/attention link-grants: link-asks+link-grant-none", "failed/attention link-grants: link-asks+link-grant-none-user", linkMFAFine,
		}},
		"for the tenant too little": {func(s *script, _ *LinkInput) { s.grants = s.grants[1:] }, [4]string{
			linkAppFine, "failed/attention link-grants: link-asks+link-grant-tenant",
			"failed/attention link-grants: link-asks+link-grant-effective+link-grant-none-user", linkMFAFine,
		}},
		"the permission of another API": {func(s *script, _ *LinkInput) { s.grants[0].APIID = "797f4846-ba00-4fd7-ba43-dac1f8f63013" }, [4]string{
			linkAppFine, "failed/attention link-grants: link-asks+link-grant-tenant+link-grant-tenant",
			"failed/attention link-grants: link-asks+link-grant-effective+link-grant-effective+link-grant-none-user", linkMFAFine,
		}},
		"an API that could not be read": {func(s *script, _ *LinkInput) { s.grants[0].APIID, s.grants[0].API = "", "" }, [4]string{
			linkAppFine, linkAdminFine, linkUserFine, linkMFAFine,
		}},
		"the user's own consent": {func(s *script, _ *LinkInput) { s.grants[0].Principal = strings.ToUpper(testObject) }, [4]string{
			linkAppFine, "failed/attention link-grants: link-asks+link-grant-tenant", linkUserFine, linkMFAFine,
		}},
		"somebody else's consent": {func(s *script, _ *LinkInput) { s.grants[0].Principal = "another" }, [4]string{
			linkAppFine, "failed/attention link-grants: link-asks+link-grant-tenant",
			"failed/attention link-grants: link-asks+link-grant-effective+link-grant-none-user", linkMFAFine,
		}},
		"somebody's consent, and the user's ID is not known": {func(s *script, in *LinkInput) {
			s.grants[0].Principal, in.UPN = "another", "other@contoso.example"
		}, [4]string{
			linkAppFine, "failed/attention link-grants: link-asks+link-grant-tenant", "unknown: link-asks+link-grant-effective+link-grant-others", linkMFAFine,
		}},
		"links that name no permissions": {func(_ *script, in *LinkInput) {
			in.Links.Admin.Scopes, in.Links.User.Scopes = nil, []string{"https://api.partnercenter.microsoft.com/.default"}
		}, [4]string{
			linkAppFine, "passed: link-asks-unnamed+link-grant-tenant+link-grant-tenant",
			"passed: link-asks-unnamed+link-grant-effective+link-grant-effective+link-grant-limits", linkMFAFine,
		}},
		"a link that asks for the sign-in alone": {func(_ *script, in *LinkInput) { in.Links.User.Scopes = []string{"openid", "Profile"} }, [4]string{
			linkAppFine, linkAdminFine, "passed: link-asks-sign-in+link-grant-effective+link-grant-effective+link-grant-limits", linkMFAFine,
		}},
		"the user link alone was read": {func(_ *script, in *LinkInput) { in.Links.Admin = nil }, [4]string{
			linkAppFine, "passed: link-asks-unnamed+link-grant-tenant+link-grant-tenant", linkUserFine, linkMFAFine,
		}},
		"calls without MFA": {func(s *script, _ *LinkInput) { s.report[0].WithMFA = 0 }, [4]string{
			linkAppFine, linkAdminFine, linkUserFine, "failed/attention link-no-mfa: link-mfa-calls+link-own",
		}},
		"some calls without MFA": {func(s *script, _ *LinkInput) { s.report[0].WithMFA = 6 }, [4]string{
			linkAppFine, linkAdminFine, linkUserFine, "warning/warning link-no-mfa: link-mfa-calls+link-own",
		}},
		"calls before the consent do not count": {func(s *script, in *LinkInput) {
			in.Links.User.Reported = time.Date(2026, 11, 22, 23, 0, 0, 0, time.UTC)
			s.report = append(s.report, connector.MFADay{Day: connector.Day{Year: 2026, Month: time.November, Day: 21}, Total: 90})
		}, [4]string{linkAppFine, linkAdminFine, linkUserFine, "passed: link-mfa-calls-since+link-own"}},
		"no calls yet": {func(s *script, _ *LinkInput) { s.report = nil }, [4]string{
			linkAppFine, linkAdminFine, linkUserFine, "unknown: link-mfa-no-calls+link-own",
		}},
		"the report may not be read": {func(s *script, _ *LinkInput) { s.reportErr = apiError(403, "2032", "no") }, [4]string{
			linkAppFine, linkAdminFine, linkUserFine, "unknown: link-report-refused+link-own",
		}},
		"Partner Center is busy": {func(s *script, _ *LinkInput) { s.reportErr = apiError(503, "", "") }, [4]string{
			linkAppFine, linkAdminFine, linkUserFine, "unknown transient: link-service-unread+link-own",
		}},
	} {
		s, in := linked()
		tt.change(s, in)
		told := []connector.Check{}
		made := RunLinks(t.Context(), *in, func(c connector.Check) {
			if c.State != connector.CheckRunning {
				told = append(told, c)
			}
		})
		if got := outcomes(made); fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(tt.want[:], "\n"))
		}
		if len(told) != 4 || fmt.Sprint(outcomes(told)) != fmt.Sprint(outcomes(made)) {
			t.Errorf("%s: told of %v", name, told)
		}
	}
}

// TestLinksTellNoOtherAccount checks that nothing of another account than the integration user gets into the evidence.
func TestLinksTellNoOtherAccount(t *testing.T) {
	s, in := linked()
	s.grants[0].Principal, s.grants[1].Principal = "colleague-1", "colleague-2"
	in.UPN = "other@contoso.example"
	if told := fmt.Sprintf("%+v", RunLinks(t.Context(), *in, nil)); strings.Contains(told, "colleague") || !strings.Contains(told, "Count:2") {
		t.Error(told)
	}
}

// TestLinksUseTheTokensThatThereAre checks that looking refreshes nothing.
func TestLinksUseTheTokensThatThereAre(t *testing.T) {
	s, in := linked()
	RunLinks(t.Context(), *in, nil)
	if got := strings.Join(s.tokenLog, ", "); got != "graph, partnercenter" || s.directoryCalls != 1 || s.keeps != 0 {
		t.Errorf("%s; asked %d times, kept %d times", got, s.directoryCalls, s.keeps)
	}
}

// TestHealthOfWhatAnotherProductKeeps checks that such a connector never ends here, and is never more than kept.
func TestHealthOfWhatAnotherProductKeeps(t *testing.T) {
	check := func(state connector.CheckState, w connector.Weight) connector.Check {
		return connector.Check{ID: connector.CheckLinkMFA, State: state, Weight: w}
	}
	old := testNow.AddDate(-2, 0, 0)
	for _, tt := range []struct {
		made []connector.Check
		want connector.Health
	}{
		{nil, "kept"},
		{[]connector.Check{check("passed", "")}, "kept"},
		{[]connector.Check{check("unknown", "")}, "kept"},
		{[]connector.Check{check("warning", "warning")}, "kept"},
		{[]connector.Check{check("passed", ""), check("failed", "attention")}, "attention"},
		{[]connector.Check{check("warning", "attention")}, "attention"},
	} {
		c := WithOutcome(connector.Connector{Origin: connector.OriginLink, Consented: old, Saved: old}, tt.made)
		if c.Health != tt.want || HealthAt(c, testNow) != tt.want || HealthAt(c, time.Time{}) != tt.want {
			t.Errorf("%v: %q, later %q", tt.made, c.Health, HealthAt(c, testNow))
		}
	}
	if h := HealthAt(connector.Connector{Origin: connector.OriginLink, Health: "sign-in"}, testNow); h != "kept" {
		t.Errorf("a word that somebody wrote into the list counts: %q", h)
	}
}
