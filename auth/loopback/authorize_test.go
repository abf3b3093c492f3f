package loopback

import (
	"strings"
	"testing"

	"partner-center-connector/auth"
)

func testFlow() *consentFlow {
	return &consentFlow{
		state: "the-state", nonce: auth.NewSecret("the-nonce"), verifier: auth.NewSecret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
		redirectURI: "http://localhost:5123/consent", claims: true,
	}
}

func TestAdminURL(t *testing.T) {
	h := listenerTest{t: t}
	got, err := adminURL(h.adminRequest())(testFlow())
	want := "https://login.example.test/" + testTenant + "/v2.0/adminconsent?client_id=" + testClient +
		"&redirect_uri=http%3A%2F%2Flocalhost%3A5123%2Fconsent&scope=openid%20https%3A%2F%2Fapi.example.test%2Fuser_impersonation&state=the-state"
	if err != nil || got != want {
		t.Errorf("%s, %v", got, err)
	}
}

func TestUserURL(t *testing.T) {
	h := listenerTest{t: t}
	full := "https://login.example.test/" + testTenant + "/oauth2/v2.0/authorize?claims=" +
		"%7B%22access_token%22%3A%7B%22amr%22%3A%7B%22essential%22%3Atrue%2C%22values%22%3A%5B%22mfa%22%5D%7D%7D%7D" +
		"&client_id=" + testClient + "&client_info=1&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256" +
		"&login_hint=integration%40contoso.example&nonce=the-nonce&prompt=login&redirect_uri=http%3A%2F%2Flocalhost%3A5123%2Fconsent" +
		"&response_mode=form_post&response_type=code&scope=openid%20offline_access&state=the-state&x=1"
	for _, c := range []struct {
		name string
		edit func(*auth.UserRequest, *consentFlow)
		want string
	}{
		{"all", func(*auth.UserRequest, *consentFlow) {}, full},
		{"plain prompt", func(r *auth.UserRequest, _ *consentFlow) { r.PlainPrompt = true }, strings.Replace(full, "&prompt=login", "", 1)},
		{"no hint", func(r *auth.UserRequest, _ *consentFlow) { r.LoginHint = "" }, strings.Replace(full, "&login_hint=integration%40contoso.example", "", 1)},
		{"practice cloud", func(r *auth.UserRequest, _ *consentFlow) {
			r.Tenant.Authorize = "http://127.0.0.1:8080/" + testTenant + "/oauth2/v2.0/authorize?x=1#part"
		}, strings.Replace(full, "https://login.example.test", "http://127.0.0.1:8080", 1)},
	} {
		r, f := h.userRequest(), testFlow()
		c.edit(&r, f)
		if got, err := userURL(r)(f); err != nil || got != c.want {
			t.Errorf("%s: %s, %v", c.name, got, err)
		}
	}
}
