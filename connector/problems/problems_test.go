package problems

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
)

func TestNoProblemForNothingAndForWhatTheUserStopped(t *testing.T) {
	for _, err := range []error{
		nil, context.Canceled, fmt.Errorf("asking: %w", context.Canceled), &auth.Error{Stage: auth.StageUserConsent, Cause: context.Canceled},
		&connector.APIError{Cause: context.Canceled}, &auth.Error{Cause: auth.ErrSuperseded},
	} {
		if p := Of(err, testNow); p != nil {
			t.Errorf("%v: %+v", err, p)
		}
	}
}

func TestSignInProblems(t *testing.T) {
	tests := []struct {
		name  string
		err   auth.Error
		kind  connector.ProblemKind
		step  connector.Step
		actor connector.Actor
	}{
		{"declined by the administrator", auth.Error{Stage: auth.StageAdminConsent, OAuth: "access_denied", Suberror: "cancel"}, connector.KindDeclined, connector.StepAdmin, connector.ActorAdmin},
		{"declined by the user", auth.Error{Stage: auth.StageUserConsent, OAuth: "access_denied", Codes: []int{65004}}, connector.KindDeclined, connector.StepUser, connector.ActorUser},
		{"need admin", auth.Error{Stage: auth.StageUserConsent, OAuth: "access_denied", Codes: []int{90094}}, connector.KindNeedAdmin, connector.StepAdmin, connector.ActorAdmin},
		{"not consented", auth.Error{Stage: auth.StageRedeem, OAuth: "invalid_grant", Codes: []int{65001}}, connector.KindConsentMissing, connector.StepAdmin, connector.ActorAdmin},
		{"by suberror alone", auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_grant", Suberror: "consent_required"}, connector.KindConsentMissing, connector.StepAdmin, connector.ActorAdmin},
		{"password by suberror", auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_grant", Suberror: "user_password_expired"}, connector.KindPasswordExpired, connector.StepAccount, connector.ActorUser},
		{"message_only", auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_grant", Suberror: "message_only", Codes: []int{99999}}, connector.KindUnknown, connector.StepCheck, connector.ActorYou},
		{"message_only with a known number", auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_grant", Suberror: "message_only", Codes: []int{53003}}, connector.KindCondAccess, connector.StepMFA, connector.ActorAdmin},
		{"code too old", auth.Error{Stage: auth.StageRedeem, OAuth: "invalid_grant", Codes: []int{70008}}, connector.KindStartOver, connector.StepUser, connector.ActorYou},
		{"refresh token ended", auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_grant", Codes: []int{70008}}, connector.KindSignInAgain, connector.StepUser, connector.ActorUser},
		{"unknown number at a refresh", auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_grant", Codes: []int{99999}}, connector.KindSignInAgain, connector.StepUser, connector.ActorUser},
		{"unknown number at the redemption", auth.Error{Stage: auth.StageRedeem, OAuth: "invalid_grant", Codes: []int{99999}}, connector.KindUnknown, connector.StepUser, connector.ActorYou},
		{"unknown number with a coarse error", auth.Error{Stage: auth.StageRedeem, OAuth: "invalid_client", Codes: []int{99999}}, connector.KindUnknown, connector.StepUser, connector.ActorYou},
		{"an ID token that nobody can read", auth.Error{Stage: auth.StageRedeem, Cause: auth.ErrIDToken, Status: 200}, connector.KindIDToken, connector.StepConnector, connector.ActorPublisher},
		{"an ID token of another account at a refresh", auth.Error{Stage: auth.StageRefresh, Cause: auth.ErrSubject, Status: 200}, connector.KindNotOurs, connector.StepUser, connector.ActorYou},
		{"coarse error alone", auth.Error{Stage: auth.StageRedeem, OAuth: "invalid_client"}, connector.KindSecretWrong, connector.StepConnector, connector.ActorYou},
		{"unknown number, clear error", auth.Error{Stage: auth.StageRedeem, OAuth: "temporarily_unavailable", Codes: []int{99999}}, connector.KindTransient, connector.StepUser, connector.ActorMicrosoft},
		{"second number is the known one", auth.Error{Stage: auth.StageUserConsent, OAuth: "interaction_required", Codes: []int{99999, 50076}}, connector.KindMFAAgain, connector.StepUser, connector.ActorUser},
		{"429", auth.Error{Stage: auth.StageDiscovery, Status: 429, RetryAfter: time.Minute}, connector.KindThrottled, connector.StepBefore, connector.ActorYou},
		{"503", auth.Error{Stage: auth.StageProbe, Status: 503}, connector.KindTransient, connector.StepConnector, connector.ActorMicrosoft},
		{"unknown tenant", auth.Error{Stage: auth.StageDiscovery, OAuth: "invalid_tenant", Codes: []int{90002}, Status: 400}, connector.KindUnknownTenant, connector.StepBefore, connector.ActorYou},
		{"probe", auth.Error{Stage: auth.StageProbe, Codes: []int{700016}}, connector.KindAppUnknown, connector.StepConnector, connector.ActorYou},
		{"limit of a consent", auth.Error{Stage: auth.StageUserConsent, Cause: auth.ErrTimeout}, connector.KindTimedOut, connector.StepUser, connector.ActorYou},
		{"limit of a call", auth.Error{Stage: auth.StageRefresh, Cause: auth.ErrTimeout}, connector.KindNoNetwork, connector.StepUser, connector.ActorYou},
		{"paste", auth.Error{Stage: auth.StageAdminConsent, Cause: auth.ErrBadInput}, connector.KindPasteUnreadable, connector.StepAdmin, connector.ActorYou},
		{"paste of another", auth.Error{Stage: auth.StageAdminConsent, Cause: auth.ErrOtherAnswer}, connector.KindPasteOther, connector.StepAdmin, connector.ActorYou},
		{
			"paste of a gateway",
			auth.Error{Stage: auth.StageAdminConsent, Cause: &auth.HiddenAnswerError{Gateway: "protect.example"}},
			connector.KindPasteHidden, connector.StepAdmin, connector.ActorYou,
		},
		{"paste cut off", auth.Error{Stage: auth.StageAdminConsent, Cause: auth.ErrBadAnswer}, connector.KindAnswerIncomplete, connector.StepAdmin, connector.ActorYou},
		{"tenant input", auth.Error{Stage: auth.StageDiscovery, Cause: auth.ErrBadInput}, connector.KindBadTenantInput, connector.StepBefore, connector.ActorYou},
		{"proxy", auth.Error{Stage: auth.StageDiscovery, Cause: auth.ErrProxyAuth}, connector.KindProxyAuth, connector.StepBefore, connector.ActorNetworkTeam},
		{"gibberish with a status", auth.Error{Stage: auth.StageDiscovery, Status: 404, Cause: auth.ErrBadAnswer}, connector.KindBadAnswer, connector.StepBefore, connector.ActorNetworkTeam},
		{"another tenant", auth.Error{Stage: auth.StageAdminConsent, Cause: auth.ErrTenant}, connector.KindWrongTenant, connector.StepAdmin, connector.ActorAdmin},
		{"opened twice", auth.Error{Stage: auth.StageUserConsent, Cause: auth.ErrTicketSpent}, connector.KindTicketSpent, connector.StepUser, connector.ActorYou},
		{"opened twice, administrator", auth.Error{Stage: auth.StageAdminConsent, Cause: auth.ErrTicketSpent}, connector.KindTicketSpent, connector.StepAdmin, connector.ActorYou},
		{"not private", auth.Error{Stage: auth.StageUserConsent, Cause: auth.ErrNotPrivate}, connector.KindNotPrivate, connector.StepUser, connector.ActorYou},
		{"port", auth.Error{Stage: auth.StageUserConsent, Cause: fmt.Errorf("%w: in use", auth.ErrListener)}, connector.KindListener, connector.StepUser, connector.ActorYou},
		{"certificate of the credential", auth.Error{Stage: auth.StageRedeem, Cause: auth.ErrCertEncrypted}, connector.KindCertEncrypted, connector.StepConnector, connector.ActorYou},
		{"nothing known", auth.Error{Stage: auth.StageUserConsent}, connector.KindUnknown, connector.StepUser, connector.ActorYou},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := Of(fmt.Errorf("signing in: %w", &tt.err), testNow)
			if p.Kind != tt.kind || p.Step != tt.step || p.Actor != tt.actor || p.OAuth != tt.err.OAuth {
				t.Errorf("got %+v", p)
			}
			if p.Raw == "" || !p.At.Equal(testNow) {
				t.Errorf("raw %q at %v", p.Raw, p.At)
			}
			if tt.err.RetryAfter > 0 && (!p.Retry || p.Args["Seconds"] != "60") {
				t.Errorf("the wait that was asked for is lost: %+v", p)
			}
		})
	}
}

func TestRawLineIsTheServicesOwnWithoutSecrets(t *testing.T) {
	token := "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl"
	p := Of(&auth.Error{
		Stage: auth.StageRefresh, OAuth: "invalid_grant", Codes: []int{50076},
		Description: "AADSTS50076: Due to a change, you must use MFA to access 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd'.\r\nTrace ID: 0a0b0c0d-1111-4222-8333-444455556666\x00 " +
			"code=abcdef&state=xyz Bearer " + token + " secret abC8Q~" + strings.Repeat("x", 34),
		CorrelationID: "c1", TraceID: "t1", Timestamp: "2026-11-23 09:08:07Z",
	}, testNow)
	if p.Code != "AADSTS50076" || p.CorrelationID != "c1" || p.TraceID != "t1" || !p.At.Equal(time.Date(2026, 11, 23, 9, 8, 7, 0, time.UTC)) {
		t.Errorf("got %+v", p)
	}
	for _, keep := range []string{"AADSTS50076: Due to a change", "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd", "Trace ID: 0a0b0c0d-1111-4222-8333-444455556666"} {
		if !strings.Contains(p.Raw, keep) {
			t.Errorf("%q is missing in %q", keep, p.Raw)
		}
	}
	for _, secret := range []string{token, "abcdef", "xyz", "abC8Q~", "\n", "\x00"} {
		if strings.Contains(p.Raw, secret) {
			t.Errorf("%q is left in %q", secret, p.Raw)
		}
	}
}

// TestSecretsOfAnotherForm checks that what an address within an address has, and what is in JSON, is taken out too.
func TestSecretsOfAnotherForm(t *testing.T) {
	for text, want := range map[string]string{
		"u=https%3A%2F%2Fx%2Fa%3Fclient_id%3Dc%26state%3D5f0c4a1e-7d3b-4c2a-9e8f-1b2c3d4e5f60%26nonce%3Dn0nce%26scope%3Dopenid": "u=https%3A%2F%2Fx%2Fa%3Fclient_id%3Dc%26state%3D[redacted]%26nonce%3D[redacted]%26scope%3Dopenid",
		"https%253A%252F%252Fx%253Fstate%253Da%252Fb%2526scope%253Dopenid left":                                                 "https%253A%252F%252Fx%253Fstate%253D[redacted]%2526scope%253Dopenid left",
		"https://x/?a=b%26state=abc&c=d":                               "https://x/?a=b%26state=[redacted]&c=d",
		`{"error":{"code":"Forbidden"},"state":"abc","nonce" : "def"}`: `{"error":{"code":"Forbidden"},"state":"[redacted]","nonce" : "[redacted]"}`,
		`{\"state\":\"abc\",\"id\":1}`:                                 `{\"state\":\"[redacted]\",\"id\":1}`,
		"error_code%3D65001 and estate%3Dnone":                         "error_code%3D65001 and estate%3Dnone",
	} {
		if got := CleanLine(text); got != want {
			t.Errorf("%s\nis %s\nnot %s", text, got, want)
		}
	}
}

func TestAPIProblems(t *testing.T) {
	graph := func(status int, code string) *connector.APIError {
		return &connector.APIError{Service: auth.Graph, Status: status, Code: code}
	}
	me := func(status int, code string) *connector.APIError {
		return &connector.APIError{Service: auth.Graph, Call: connector.CallMe, Status: status, Code: code}
	}
	tests := []struct {
		err  *connector.APIError
		kind connector.ProblemKind
		code string
	}{
		{apiError(401, "", ""), connector.KindPartnerRefused, "HTTP 401"},
		{apiError(400, "", "Access denied"), connector.KindPartnerRefused, "HTTP 400"},
		{apiError(403, "999999", "Something new"), connector.KindPartnerRefused, "999999"},
		{apiError(400, "3000", "Bad"), connector.KindUnknown, "3000"},
		{apiError(429, "", "Rate limit is exceeded."), connector.KindThrottled, "HTTP 429"},
		{apiError(500, "", ""), connector.KindTransient, "HTTP 500"},
		{apiError(407, "", ""), connector.KindProxyAuth, "HTTP 407"},
		{noNetwork(), connector.KindNoNetwork, ""},
		{&connector.APIError{Status: 403, Cause: auth.ErrBadAnswer}, connector.KindBadAnswer, "HTTP 403"},
		{graph(401, "InvalidAuthenticationToken"), connector.KindSignInAgain, "InvalidAuthenticationToken"},
		{graph(403, ""), connector.KindMissingScopes, "HTTP 403"},
		{me(404, "Request_ResourceNotFound"), connector.KindAccountUnknown, "Request_ResourceNotFound"},
		{graph(404, "Request_ResourceNotFound"), connector.KindUnknown, "Request_ResourceNotFound"},
		{me(404, "ResourceNotFound"), connector.KindUnknown, "ResourceNotFound"},
		{me(404, ""), connector.KindUnknown, "HTTP 404"},
		{graph(418, "teapot"), connector.KindUnknown, "teapot"},
		{graph(504, ""), connector.KindTransient, "HTTP 504"},
	}
	for _, tt := range tests {
		p := Of(tt.err, testNow)
		if p.Kind != tt.kind || p.Code != tt.code || p.Raw == "" || p.CorrelationID != tt.err.CorrelationID {
			t.Errorf("%v: got %+v", tt.err, p)
		}
	}
}

func TestLocalProblems(t *testing.T) {
	tests := map[connector.ProblemKind]error{
		connector.KindKeychainMissing: connector.ErrKeychainMissing,
		connector.KindKeychainLocked:  connector.ErrKeychainLocked,
		connector.KindKeychainFull:    connector.ErrKeychainFull,
		connector.KindKeychainSlow:    connector.ErrKeychainSlow,
		connector.KindKeychainBroken:  connector.ErrKeychainBroken,
		connector.KindCredentialGone:  connector.ErrCredentialAbsent,
		connector.KindListDamaged:     connector.ErrListDamaged,
		connector.KindListNewer:       connector.ErrListNewer,
		connector.KindBusy:            connector.ErrBusy,
		connector.KindConnectorGone:   connector.ErrAbsent,
		connector.KindOtherOrigin:     connector.ErrOrigin,
		connector.KindNoToken:         connector.ErrNoToken,
		connector.KindVaultNoSecret:   connector.ErrVaultNoSecret,
		connector.KindVaultMoved:      connector.ErrVaultMoved,
		connector.KindVaultHere:       connector.ErrVaultHere,
		connector.KindNoScheduler:     connector.ErrNoScheduler,
		connector.KindScheduleProgram: &connector.UnfitProgramError{Program: "/tmp/pcc", Folder: "/tmp"},
		connector.KindScheduler:       &connector.SchedulerError{Command: "crontab -", Output: "no", Err: errors.New("exit status 1")},
		connector.KindDisk:            &fs.PathError{Op: "open", Path: "/x", Err: fs.ErrPermission},
		connector.KindListener:        &net.OpError{Op: "listen", Err: errors.New("in use")},
		connector.KindNoNetwork:       context.DeadlineExceeded,
		connector.KindNoBrowser:       browser.ErrNoBrowser,
		connector.KindNoDisplay:       browser.ErrNoDisplay,
		connector.KindBrowserFailed:   browser.ErrMode,
		connector.KindCloudsFile:      &auth.CloudsFileError{Path: "/x", Reason: "no login"},
		connector.KindCloudUnknown:    auth.ErrUnknownCloud,
		connector.KindCertPFX:         auth.ErrCertPFX,
		connector.KindCertType:        auth.ErrCertNotRSA,
		connector.KindCertExpired:     auth.ErrCertExpired,
		connector.KindCertIncomplete:  auth.ErrCertMismatch,
		connector.KindSecretMissing:   auth.ErrNoSecret,
		connector.KindUnknown:         errors.New("something else"),
	}
	for kind, err := range tests {
		p := Of(fmt.Errorf("doing it: %w", err), testNow)
		if p.Kind != kind || p.Raw == "" {
			t.Errorf("%v: got %+v", err, p)
		}
	}
}

func TestNeedsSignIn(t *testing.T) {
	for oauth, want := range map[string]bool{
		"invalid_grant": true, "interaction_required": true, "consent_required": true, "login_required": true,
		"invalid_client": false, "temporarily_unavailable": false, "": false,
	} {
		if got := NeedsSignIn(Of(&auth.Error{Stage: auth.StageRefresh, OAuth: oauth}, testNow)); got != want {
			t.Errorf("%q: %v", oauth, got)
		}
	}
	if NeedsSignIn(Of(&auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_grant", Suberror: "message_only"}, testNow)) {
		t.Error("message_only says that a sign-in does not help")
	}
	if NeedsSignIn(nil) || !NeedsSignIn(Of(connector.ErrCredentialAbsent, testNow)) {
		t.Error("nil, or an absent credential")
	}
	// A number alone decides nothing.
	if NeedsSignIn(Of(&auth.Error{Stage: auth.StageRefresh, Codes: []int{50173}}, testNow)) {
		t.Error("a number was enough")
	}
}

func TestLookUpCode(t *testing.T) {
	page := "Sorry, but we're having trouble signing you in.\nAADSTS50011: The redirect URI 'http://localhost:41234/consent' specified in the request " +
		"does not match. See also AADSTS500113.\nRequest Id: 1\nTrace ID: 0a0b0c0d-1111-4222-8333-444455556666\n" +
		"Correlation ID: 1a0b0c0d-1111-4222-8333-444455556666\nTimestamp: 2026-11-23T09:08:07Z"
	tests := []struct {
		text  string
		kinds []connector.ProblemKind
		codes []string
	}{
		{"AADSTS50076", []connector.ProblemKind{connector.KindMFAAgain}, []string{"AADSTS50076"}},
		{"aadsts 50076", []connector.ProblemKind{connector.KindMFAAgain}, []string{"AADSTS50076"}},
		{"50076", []connector.ProblemKind{connector.KindMFAAgain}, []string{"AADSTS50076"}},
		{" 900421\n", []connector.ProblemKind{connector.KindNoMFA}, []string{"900421"}},
		{"2032", []connector.ProblemKind{connector.KindNoRole}, []string{"2032"}},
		{"HTTP 401 (900421)", []connector.ProblemKind{connector.KindNoMFA}, []string{"900421"}},
		{"in the year 2032", nil, nil},
		{"AADSTS424242", []connector.ProblemKind{connector.KindUnknown}, []string{"AADSTS424242"}},
		{"424242", []connector.ProblemKind{connector.KindUnknown}, []string{"424242"}},
		{page, []connector.ProblemKind{connector.KindRedirectURI, connector.KindRedirectURI}, []string{"AADSTS50011", "AADSTS500113"}},
		{"error=access_denied&error_subcode=cancel", []connector.ProblemKind{connector.KindDeclined}, []string{"access_denied"}},
		{"invalid_grant", []connector.ProblemKind{connector.KindSignInAgain}, []string{"invalid_grant"}},
		{"temporarily_unavailable", []connector.ProblemKind{connector.KindTransient}, []string{"temporarily_unavailable"}},
		{"Need admin approval\nContoso Sync needs permission", []connector.ProblemKind{connector.KindNeedAdmin}, []string{""}},
		{"Authentication failed. MFA required.", []connector.ProblemKind{connector.KindNoMFA}, []string{""}},
		{"The supplied role does not have the rights to perform the requested operation.", []connector.ProblemKind{connector.KindNoRole}, []string{""}},
		{"hello", nil, nil},
		{"", nil, nil},
	}
	for _, tt := range tests {
		kinds, codes := []connector.ProblemKind(nil), []string(nil)
		for _, p := range LookUpCode(tt.text) {
			kinds, codes = append(kinds, p.Kind), append(codes, p.Code)
		}
		if !slices.Equal(kinds, tt.kinds) || !slices.Equal(codes, tt.codes) {
			t.Errorf("%q: %v %q", tt.text, kinds, codes)
		}
	}
	p := LookUpCode(page)[0]
	if p.TraceID != "0a0b0c0d-1111-4222-8333-444455556666" || p.CorrelationID != "1a0b0c0d-1111-4222-8333-444455556666" || p.At.Year() != 2026 {
		t.Errorf("got %+v", p)
	}
	if n := len(LookUpCode(strings.Repeat("AADSTS50076 ", 1000))); n != 1 {
		t.Errorf("%d answers for one code", n)
	}
}

// TestWhatCouldNotBeAskedIsInTheProblem names the services for the words.
func TestWhatCouldNotBeAskedIsInTheProblem(t *testing.T) {
	p := Of(&auth.Error{
		Stage: auth.StageDiscovery, OAuth: "invalid_tenant", Codes: []int{90002}, Status: 400, Cause: auth.ErrUnknownTenant,
		Unasked: []string{"login.microsoftonline.us", "login.partner.microsoftonline.cn"},
	}, testNow)
	if p.Kind != connector.KindUnknownTenant || p.Args["Unasked"] != "login.microsoftonline.us, login.partner.microsoftonline.cn" || p.Actor != connector.ActorYou {
		t.Errorf("got %+v", p)
	}
	p = Of(&auth.Error{Stage: auth.StageDiscovery, Cause: auth.ErrDNS, Hosts: []string{"login.microsoftonline.us", "graph.microsoft.us"}}, testNow)
	if p.Kind != connector.KindDNS || p.Args["Hosts"] != "login.microsoftonline.us, graph.microsoft.us" {
		t.Errorf("got %+v", p)
	}
	p = Of(&auth.CloudsFileError{Path: "clouds.toml", Key: `cloud "x": instance_name`, Reason: `is "a", but the discovery document of https://login.example says "b"`}, testNow)
	if p.Kind != connector.KindCloudsFile || p.Actor != connector.ActorYou ||
		p.Raw != `clouds.toml: cloud "x": instance_name: is "a", but the discovery document of https://login.example says "b"` {
		t.Errorf("got %+v", p)
	}
}

// TestARefusalFitsTheKindOfClient: the sign-in service says "invalid_client" of all of them.
func TestARefusalFitsTheKindOfClient(t *testing.T) {
	for kind, want := range map[auth.ClientKind]connector.ProblemKind{
		auth.SecretClient: "secret-wrong", auth.CertificateClient: "certificate", auth.PublicClient: "secret-missing", "": "secret-wrong",
	} {
		p := Of(&auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_client", Status: 401}, testNow)
		if FitClient(p, kind); p.Kind != want {
			t.Errorf("%q: %s, want %s", kind, p.Kind, want)
		}
	}
	expired := New(connector.KindSecretExpired, "")
	FitClient(expired, auth.CertificateClient)
	FitClient(nil, auth.CertificateClient)
	if expired.Kind != connector.KindSecretExpired {
		t.Errorf("got %s", expired.Kind)
	}
}
