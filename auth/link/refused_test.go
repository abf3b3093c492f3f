package link

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/auth"
)

// changed is a link with one thing in it replaced, which has to be there.
func changed(t *testing.T, address, from, to string) string {
	t.Helper()
	if strings.Count(address, from) == 0 {
		t.Fatalf("%q is not in the link", from)
	}
	return strings.Replace(address, from, to, 1)
}

// TestRefused: what is wrong with a link, one thing at a time.
func TestRefused(t *testing.T) {
	in := func(address, from, to string) string { return changed(t, address, from, to) }
	const host, redirect = "login.microsoftonline.com", "https%3A%2F%2Fconsent.fabrikam.example%2Fconsent%2Fpartnercenter%2Fuser%2Fsuccess"
	for _, c := range []struct {
		text string
		want Refusal
	}{
		// Where it leads to.
		{in(user, "https://", "http://"), Refusal{FaultHTTP, User, host, ""}},
		{in(admin, "https://"+host, "http://"+host+":80"), Refusal{FaultHTTP, Admin, host, ""}},
		{in(user, "https://", "https://"+host+"@evil.example/"), Refusal{FaultUserInfo, "", "evil.example", ""}},
		{in(admin, host, host+"@evil.example"), Refusal{FaultUserInfo, Admin, "evil.example", ""}},
		{in(admin, host, "user:pass@"+host), Refusal{FaultUserInfo, Admin, host, ""}},
		{in(user, host, "accounts.example"), Refusal{FaultHost, User, "accounts.example", ""}},
		{in(user, host, "40.126.31.67"), Refusal{FaultHost, User, "40.126.31.67", ""}},
		{in(user, host, "localhost:8443"), Refusal{FaultHost, User, "localhost", ""}},
		{in(user, host, "[::1]:8443"), Refusal{FaultHost, User, "[::1]", ""}},
		{in(user, "https://"+host, "http://127.0.0.1:8080"), Refusal{FaultHost, User, "127.0.0.1", ""}},
		{in(user, host, "login-us.microsoftonline.com"), Refusal{FaultLookAlike, User, "login-us.microsoftonline.com", ""}},
		{in(user, host, host+".evil.example"), Refusal{FaultLookAlike, User, host + ".evil.example", ""}},
		{in(user, host, host+"."), Refusal{FaultLookAlike, User, host + ".", ""}},
		{in(user, host, "evil."+host), Refusal{FaultLookAlike, User, "evil." + host, ""}},
		{in(user, host, "login-microsoftonline.com"), Refusal{FaultLookAlike, User, "login-microsoftonline.com", ""}},
		{in(user, host, "login.rnicrosoftonline.com"), Refusal{FaultLookAlike, User, "login.rnicrosoftonline.com", ""}},
		{in(user, host, "login.micros0ft0nline.com"), Refusal{FaultLookAlike, User, "login.micros0ft0nline.com", ""}},
		{in(user, host, "login.microsoftonIine.com"), Refusal{FaultLookAlike, User, "login.microsoftoniine.com", ""}},
		{in(user, host, "login.microsoftonline.co"), Refusal{FaultLookAlike, User, "login.microsoftonline.co", ""}},
		{in(user, host, "login.windows.com"), Refusal{FaultLookAlike, User, "login.windows.com", ""}},
		{in(user, host, "microsoftonline.com"), Refusal{FaultLookAlike, User, "microsoftonline.com", ""}},
		{in(user, host, "login.micrоsoftonline.com"), Refusal{FaultLookAlike, User, "login.xn--micrsoftonline-yzl.com", ""}}, // a Cyrillic o
		{in(user, host, "login.xn--micrsoftonline-yzl.com"), Refusal{FaultLookAlike, User, "login.xn--micrsoftonline-yzl.com", ""}},
		{in(user, host, "lοgin.microsoftonline.com"), Refusal{FaultLookAlike, User, "xn--lgin-0nd.microsoftonline.com", ""}}, // a Greek omicron
		{in(user, host, "login。microsoftonline.com"), Refusal{FaultLookAlike, User, "xn--loginmicrosoftonline-mr2s.com", ""}},
		{in(user, host, "log\u0130n.microsoftonline.com"), Refusal{FaultLookAlike, User, "xn--logn-iza.microsoftonline.com", ""}}, // its small form is an i
		{in(user, host, "login%2Emicrosoftonline.com"), Refusal{FaultLookAlike, User, "login2emicrosoftonline.com", ""}},
		{in(user, host, "___"), Refusal{FaultLookAlike, User, "?", ""}},
		{in(user, host, host+":8443"), Refusal{FaultPort, User, host, ""}},
		{in(user, host, host+":80"), Refusal{FaultPort, User, host, ""}},
		{user + "#", Refusal{FaultFragment, User, host, ""}},
		{user + "#@evil.example", Refusal{FaultFragment, User, host, ""}},
		{in(admin, "?", "#?"), Refusal{FaultFragment, Admin, host, ""}},
		{user + strings.Repeat("a", 8<<10), Refusal{FaultTooLong, User, host, ""}},
		{strings.Repeat("a ", 128<<10) + user, Refusal{Fault: FaultTooLong}},
		{"javascript:location='" + user + "'", Refusal{Fault: FaultScript}},
		{"JavaScript:void(0)", Refusal{Fault: FaultScript}},
		{"file:///C:/Users/ann/link.html", Refusal{Fault: FaultScript}},
		{"data:text/html,<script>location='" + user + "'</script>", Refusal{Fault: FaultScript}},
		{"view-source:" + user, Refusal{Fault: FaultScript}},
		{"blob:" + admin, Refusal{Fault: FaultScript}},
		// It is no link.
		{"https://login.microsoftonline.com/common/oauth2/v2.0/logout?client_id=" + clientID, Refusal{FaultNeither, "", host, ""}},
		{"https://login.microsoftonline.com/" + tenantID + "/reprocess?ctx=rQQIARAA", Refusal{FaultNeither, "", host, ""}},
		{in(user, "/authorize", "/token"), Refusal{FaultNeither, "", host, ""}},
		{in(user, "/oauth2/", "/"), Refusal{FaultNeither, "", host, ""}},
		{in(user, "/common/", "/common//"), Refusal{FaultNeither, "", host, ""}},
		{in(user, "/common/", "/common/x/"), Refusal{FaultNeither, "", host, ""}},
		{in(user, "/common/", "/"), Refusal{FaultNeither, "", host, ""}},
		{"https://www.contoso.example/", Refusal{FaultNeither, "", "www.contoso.example", ""}},
		{"https://consent.fabrikam.example/consent/partnercenter/admin/success?admin_consent=True&tenant=" + tenantID + "&state=" + state, Refusal{FaultAnswer, "", "consent.fabrikam.example", ""}},
		{"https://consent.fabrikam.example/consent/partnercenter/user/success?code=0.AbCd&state=" + state, Refusal{FaultAnswer, "", "consent.fabrikam.example", ""}},
		{"http://localhost:51234/consent?error=access_denied&state=" + state, Refusal{FaultAnswer, "", "localhost", ""}},
		{"https://protect-eu.mimecast.com/s/AbCdEfGhIj?domain=login.microsoftonline.com", Refusal{FaultGateway, "", "protect-eu.mimecast.com", ""}},
		{"Hi,\nopen https://url.uk.m.mimecastprotect.com/s/AbCdEfGhIj\nhttps://www.contoso.example", Refusal{FaultGateway, "", "url.uk.m.mimecastprotect.com", ""}},
		{"https://gateway.example/go?id=7&domain=login.microsoftonline.com", Refusal{FaultGateway, "", "gateway.example", ""}},
		// What it has in it.
		{in(user, "/common/", "/consumers/"), Refusal{FaultTenant, User, host, ""}},
		{in(user, "/common/", "/contoso/"), Refusal{FaultTenant, User, host, ""}},
		{in(user, "/common/", "/8f1c2b3a-4d5e-4f60-8a7b/"), Refusal{FaultTenant, User, host, ""}},
		{in(user, "/common/", "/%7Btenant%7D/"), Refusal{FaultTenant, User, host, ""}},
		{in(user, clientID, "fabrikam"), Refusal{FaultClientID, User, host, "client_id"}},
		{in(user, clientID, clientID[:30]), Refusal{FaultClientID, User, host, "client_id"}},
		{in(user, clientID, ""), Refusal{FaultCutOff, User, host, "client_id"}},
		{in(user, "response_type=code%20id_token", "response_type=code"+strings.Repeat("x", 117)), Refusal{FaultTooLong, User, host, "response_type"}},
		{user + "&prompt=" + strings.Repeat("x", 121), Refusal{FaultTooLong, User, host, "prompt"}},
		{in(user, "scope=", "scope="+strings.Repeat("a+", 50)), Refusal{FaultTooLong, User, host, "scope"}},
		{in(user, redirect, redirect+strings.Repeat("a", 2048)), Refusal{FaultTooLong, User, host, "redirect_uri"}},
		{in(user, "client_id="+clientID, "x=1"), Refusal{FaultCutOff, User, host, "client_id"}},
		{user + "&state=other", Refusal{FaultTwice, User, host, "state"}},
		{user + "&Client_ID=" + clientID, Refusal{FaultTwice, User, host, "client_id"}},
		{user + "&redirect%5Furi=https%3A%2F%2Fevil.example%2F", Refusal{FaultTwice, User, host, "redirect_uri"}},
		{user + "&%F0=1&%F0=2", Refusal{FaultTwice, User, host, "?"}},
		{in(user, "response_type=code%20id_token&", ""), Refusal{FaultCutOff, User, host, "response_type"}},
		{in(user, "scope=", "scopes="), Refusal{FaultCutOff, User, host, "scope"}},
		{user + "%", Refusal{FaultCutOff, User, host, ""}},
		{user + "%2", Refusal{FaultCutOff, User, host, ""}},
		{in(user, state, "%zz"), Refusal{FaultCutOff, User, host, ""}},
		{in(user, state, ""), Refusal{FaultCutOff, User, host, ""}},
		{in(user, "state="+state, "sta"), Refusal{FaultCutOff, User, host, ""}},
		{in(user, "&state="+state, "..."), Refusal{FaultCutOff, User, host, ""}},
		{user + `&claims={"id_token":{}}`, Refusal{FaultCutOff, User, host, ""}},
		{in(user, "&state="+state, "…"), Refusal{FaultCutOff, User, host, ""}},
		{"https://login.microsoftonline.com/common/oauth2/v2.0/authorize", Refusal{FaultCutOff, User, host, "client_id"}},
		{admin[:strings.Index(admin, "&redirect_uri")], Refusal{FaultRedirectMissing, Admin, "", "redirect_uri"}},
		{in(user, redirect, "https%3A%2F%2Fserv") + "ice", Refusal{FaultCutOff, User, "serv", "redirect_uri"}},
		{in(user, redirect, ""), Refusal{FaultRedirectMissing, User, "", "redirect_uri"}},
		{in(user, redirect, "http%3A%2F%2Flocalhost%3A51234%2Fconsent"), Refusal{FaultRedirectLocal, User, "localhost", "redirect_uri"}},
		{in(user, redirect, "https%3A%2F%2Flocalhost%2F"), Refusal{FaultRedirectLocal, User, "localhost", "redirect_uri"}},
		{in(user, redirect, "https%3A%2F%2Ffabrikam.localhost%2F"), Refusal{FaultRedirectLocal, User, "fabrikam.localhost", "redirect_uri"}},
		{in(user, redirect, "http%3A%2F%2F127.0.0.1%3A8080%2F"), Refusal{FaultRedirectLocal, User, "127.0.0.1", "redirect_uri"}},
		{in(user, redirect, "https%3A%2F%2F127.1.2.3%2F"), Refusal{FaultRedirectLocal, User, "127.1.2.3", "redirect_uri"}},
		{in(user, redirect, "https%3A%2F%2F%5B%3A%3A1%5D%2F"), Refusal{FaultRedirectLocal, User, "[::1]", "redirect_uri"}},
		{in(user, redirect, "https%3A%2F%2F%5B%3A%3Affff%3A127.0.0.1%5D%2F"), Refusal{FaultRedirectLocal, User, "[::ffff:127.0.0.1]", "redirect_uri"}},
		{in(user, redirect, "https%3A%2F%2F0.0.0.0%2F"), Refusal{FaultRedirectLocal, User, "0.0.0.0", "redirect_uri"}},
		{in(user, redirect, "http%3A%2F%2Fconsent.fabrikam.example%2F"), Refusal{FaultRedirectInsecure, User, "consent.fabrikam.example", "redirect_uri"}},
		{in(user, redirect, "https%3A%2F%2Ffabrikam.example%40evil.example%2F"), Refusal{FaultRedirectInsecure, User, "evil.example", "redirect_uri"}},
		{in(user, redirect, "https%3A%2F%2Fevil.example%5C.fabrikam.example%2F"), Refusal{FaultRedirectInsecure, User, "", "redirect_uri"}},
		{in(user, redirect, "https%3A%2F%2Fevil_x.example%2F"), Refusal{FaultRedirectInsecure, User, "evilx.example", "redirect_uri"}},
		{in(user, redirect, "https%3A%2F%2F2130706433%2F"), Refusal{FaultCutOff, User, "2130706433", "redirect_uri"}},
		{in(user, redirect, "https%3A%2F%2F127.1%2F"), Refusal{FaultCutOff, User, "127.1", "redirect_uri"}},
		{in(user, redirect, "urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob"), Refusal{FaultRedirectInsecure, User, "", "redirect_uri"}},
		{in(user, redirect, "msal3fa85f64%3A%2F%2Fauth"), Refusal{FaultRedirectInsecure, User, "auth", "redirect_uri"}},
		{in(user, redirect, "javascript%3Aalert(1)"), Refusal{FaultRedirectInsecure, User, "", "redirect_uri"}},
	} {
		found, refused := Read(c.text, auth.BuiltinClouds())
		if len(found) != 0 || !slices.Equal(refused, []Refusal{c.want}) {
			t.Errorf("%.300s:\n%v, %+v, want %+v", c.text, found, refused, c.want)
		}
		for _, r := range refused {
			if said := fmt.Sprintf("%v %+v %s", r, r, r.Error()); strings.Contains(said, state) || strings.Contains(said, nonce) {
				t.Errorf("it says %s", said)
			}
		}
	}
}

// TestNothing: what has nothing to do with a consent is no refusal.
func TestNothing(t *testing.T) {
	for _, text := range []string{
		"", " \n ", "contoso.example", "The link does not work.", tenantID, "Ann: see https://www.contoso.example/ and https://docs.example/a?b=c",
		"Regards, Ann <mailto:ann@contoso.example>",
	} {
		if found, refused := Read(text, auth.BuiltinClouds()); len(found)+len(refused) != 0 {
			t.Errorf("%q: %v, %v", text, found, refused)
		}
	}
}

// TestTwoOfAKind: the newer of two links can't be told from the older one.
func TestTwoOfAKind(t *testing.T) {
	found, refused := Read(user+"\n"+admin+"\n"+changed(t, user, state, "T3RoZXItc3RhdGU"), auth.BuiltinClouds())
	if len(found) != 1 || found[0].Kind != Admin || !slices.Equal(refused, []Refusal{{Fault: FaultSeveral, Kind: User}}) {
		t.Errorf("%v, %v", found, refused)
	}
	// The same one, with other letters in its escapes.
	found, refused = Read(user+"\n"+strings.ReplaceAll(user, "%3A", "%3a"), auth.BuiltinClouds())
	if len(found) != 1 || found[0].Address.Reveal() != user || len(refused) != 0 {
		t.Errorf("%v, %v", found, refused)
	}
	// What can be read counts beside what can't.
	found, refused = Read(admin+"\n"+changed(t, user, "https://", "http://"), auth.BuiltinClouds())
	if len(found) != 1 || found[0].Kind != Admin || len(refused) != 1 || refused[0].Fault != FaultHTTP {
		t.Errorf("%v, %v", found, refused)
	}
}

func TestRefusalsAreErrors(t *testing.T) {
	var r Refusal
	err := fmt.Errorf("x: %w", Refusal{Fault: FaultTwice, Kind: User, Host: "login.microsoftonline.com", Parameter: "state"})
	if !errors.As(err, &r) || r.Parameter != "state" || err.Error() != "x: link: twice: state: login.microsoftonline.com" {
		t.Errorf("%v", err)
	}
	if got := (Refusal{Fault: FaultSeveral}).Error(); got != "link: several" {
		t.Errorf("%s", got)
	}
}
