package rehearsal_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"partner-center-connector/rehearsal/visitor"
)

// What is wrong with app or redirect URI is shown, and never sent to the redirect URI.
func TestAuthorizeShowsWithoutRedirect(t *testing.T) {
	p := newProgram(t, start(t, options()))
	for _, test := range []struct{ name, parameter, value, want string }{
		{"unknown app", "client_id", "5e0a11c0-a000-4000-8000-00000000dead", "AADSTS700016"},
		{"no app", "client_id", "", "AADSTS900144"},
		{"no redirect URI", "redirect_uri", "", "AADSTS900144"},
		{"other path", "redirect_uri", p.origin + "/Consent", "AADSTS50011"},
		{"longer path", "redirect_uri", p.origin + "/consent/", "AADSTS50011"},
		{"other host", "redirect_uri", "http://127.0.0.1:1/consent", "AADSTS50011"},
		{"other scheme", "redirect_uri", "https://localhost/consent", "AADSTS50011"},
		{"query", "redirect_uri", p.origin + "/consent?x=1", "AADSTS50011"},
		{"user", "redirect_uri", "http://evil@localhost/consent", "AADSTS50011"},
		{"no address", "redirect_uri", "http://local host/", "AADSTS50011"},
		{"odd port", "redirect_uri", "http://localhost:999999/consent", "AADSTS50011"},
		{"other host by name", "redirect_uri", "http://localhost.evil.example/consent", "AADSTS50011"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, address := range []string{p.userURL(test.parameter, test.value), p.adminURL(test.parameter, test.value)} {
				page, err := visitor.New().Open(t.Context(), address)
				if err != nil {
					t.Fatal(err)
				}
				if number(page.Body) != test.want || page.Status != http.StatusBadRequest || p.answer() != nil {
					t.Errorf("page with %q, status %d", number(page.Body), page.Status)
				}
			}
		})
	}
	for name, want := range map[string]string{
		"common": "AADSTS50194", "organizations": "AADSTS50194", "Consumers": "AADSTS9002332", "nobody.example": "AADSTS90002", p.facts.OtherDomain: "AADSTS700016",
	} {
		page, err := visitor.New().Open(t.Context(), strings.Replace(p.userURL(), p.facts.TenantID, name, 1))
		if err != nil || number(page.Body) != want {
			t.Errorf("%s: %q, %v", name, number(page.Body), err)
		}
	}
}

// What is wrong with the rest is answered at the redirect URI.
func TestAuthorizeAnswersErrors(t *testing.T) {
	p := newProgram(t, start(t, options()))
	for _, test := range []struct{ name, parameter, value, oauth, code string }{
		{"method without challenge", "code_challenge", "", "invalid_request", "AADSTS50147"},
		{"short challenge", "code_challenge", "abc", "invalid_request", "AADSTS501491"},
		{"long challenge", "code_challenge", strings.Repeat("c", 129), "invalid_request", "AADSTS501491"},
		{"padded challenge", "code_challenge", strings.Repeat("c", 43) + "=", "invalid_request", "AADSTS501491"},
		{"challenge in the other base64", "code_challenge", strings.Repeat("c", 21) + "+" + strings.Repeat("c", 21), "invalid_request", "AADSTS501491"},
		{"unknown method", "code_challenge_method", "S512", "invalid_request", "AADSTS90023"},
		{"no response type", "response_type", "", "invalid_request", "AADSTS900144"},
		{"prompt", "prompt", "never", "invalid_request", "AADSTS90023"},
		{"response mode", "response_mode", "web_message", "invalid_request", "AADSTS90023"},
		{"no scope", "scope", "", "invalid_request", "AADSTS900144"},
		{"unknown scope", "scope", "openid Mail.Rule", "invalid_scope", "AADSTS650053"},
		{"unknown API", "scope", "https://vault.invalid/.default", "invalid_resource", "AADSTS500011"},
		{"resource", "resource", "https://partnercenter.rehearsal.invalid", "invalid_request", "AADSTS901002"},
		{"amr_values", "amr_values", "mfa", "invalid_request", "AADSTS901002"},
		{"silent", "prompt", "none", "login_required", "AADSTS50058"},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer, _ := p.walk(visitor.New(), p.userURL(test.parameter, test.value))
			if answer.Get("error") != test.oauth || number(answer.Get("error_description")) != test.code || answer.Get("state") != p.state || answer.Has("code") {
				t.Errorf("%v", answer)
			}
			for _, part := range []string{" Trace ID: ", " Correlation ID: ", " Timestamp: "} {
				if !strings.Contains(answer.Get("error_description"), part) {
					t.Errorf("no %q in %q", part, answer.Get("error_description"))
				}
			}
		})
	}
	// The claims request is taken, and ignored.
	if answer, _ := p.walk(visitor.New(), p.adminURL()); answer.Has("error") {
		t.Fatal(answer)
	}
	if answer, _ := p.walk(visitor.New(), p.userURL("claims", `{"access_token":{}}`)); answer.Get("code") == "" {
		t.Errorf("with claims: %v", answer)
	}
}

func TestAdminConsentAnswers(t *testing.T) {
	p := newProgram(t, start(t, options()))
	answer, _ := p.walk(visitor.New(), p.adminURL("scope", ""))
	if answer.Get("admin_consent") != "True" || number(answer.Get("error_description")) != "AADSTS900144" {
		t.Errorf("without scope: %v", answer)
	}
	answer, _ = p.walk(visitor.New(), p.adminURL("scope", partnerScope+"x"))
	if number(answer.Get("error_description")) != "AADSTS650053" {
		t.Errorf("unknown scope: %v", answer)
	}
	answer, _ = p.walk(visitor.New(), p.adminURL("scope", p.graphScope(".default"), "state", ""))
	if !strings.Contains(answer.Get("scope"), partnerScope) || answer.Has("state") {
		t.Errorf(".default: %v", answer)
	}
	if answer, _ = p.walk(visitor.New(), p.userURL()); answer.Get("code") == "" {
		t.Errorf(".default does not cover the user consent: %v", answer)
	}
	// Cancel, and the way back of somebody who may not consent: admin_consent=True comes with these as well.
	v := visitor.New()
	page, err := v.Open(t.Context(), p.adminURL())
	if err != nil {
		t.Fatal(err)
	}
	if _, err = v.PressAll(t.Context(), page, "person:admin", "password", "deny", "approve", "cancel"); err != nil {
		t.Fatal(err)
	}
	answer = p.answer()
	if answer.Get("error") != "consent_required" || answer.Get("admin_consent") != "True" || number(answer.Get("error_description")) != "AADSTS65004" {
		t.Errorf("cancel: %v", answer)
	}
	v = visitor.New()
	page, _ = v.Open(t.Context(), p.adminURL())
	if _, err = v.PressAll(t.Context(), page, "person:integration", "password", "approve", "other-account", "person:no-mfa", "password", "return"); err != nil {
		t.Fatal(err)
	}
	answer = p.answer()
	want := url.Values{"error": {"access_denied"}, "error_subcode": {"cancel"}, "admin_consent": {"True"}, "state": {p.state}}
	if answer.Encode() != want.Encode() {
		t.Errorf("return: %v", answer)
	}
}

// A narrower admin consent takes back what an earlier, wider one gave.
func TestNarrowerAdminConsentRevokes(t *testing.T) {
	p := newProgram(t, start(t, options()))
	p.walk(visitor.New(), p.adminURL())
	answer, _ := p.walk(visitor.New(), p.userURL())
	token := p.redeem(answer.Get("code")).text("refresh_token")
	p.walk(visitor.New(), p.adminURL("scope", p.graphScope("User.Read")))
	if got := p.refresh(token, partnerScope); got.code() != "AADSTS65001" || got.text("suberror") != "consent_required" {
		t.Errorf("refresh: %s", got.raw)
	}
	if answer, _ = p.walk(visitor.New(), p.userURL()); answer.Get("error") != "access_denied" {
		t.Errorf("user consent: %v", answer)
	}
}

func TestPrompts(t *testing.T) {
	p := newProgram(t, start(t, options()))
	v := visitor.New()
	p.walk(v, p.adminURL())
	if page, _ := v.Open(t.Context(), p.userURL("prompt", "select_account")); !strings.Contains(page.Body, "person:integration") {
		t.Error("select_account shows no choice")
	}
	if page, _ := v.Open(t.Context(), p.userURL("prompt", "consent")); !strings.Contains(page.Body, `value="accept"`) {
		t.Error("consent does not ask")
	}
	if answer, _ := p.walk(v, p.userURL("prompt", "none")); answer.Get("code") == "" {
		t.Errorf("none, signed in: %v", answer)
	}
	if answer, _ := p.walk(v, p.userURL("prompt", "", "response_mode", "query")); answer.Get("code") == "" || answer.Get("session_state") == "" {
		t.Errorf("query: %v", answer)
	}
	// No path in the redirect URI: the answer comes with a slash.
	page, _ := v.Open(t.Context(), p.userURL("prompt", "", "response_mode", "query", "redirect_uri", p.origin))
	if !strings.HasPrefix(page.URL.String(), p.origin+"/?") {
		t.Errorf("bare redirect URI: %s", page.URL)
	}
}
