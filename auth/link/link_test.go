package link

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"partner-center-connector/auth"
)

// practice is a cloud on this computer, as a clouds file describes it: its pages come by http, on another port than the rest.
func practice() auth.Cloud {
	return auth.Cloud{
		Name: "rehearsal", Login: "https://127.0.0.1:40443", FromFile: true,
		EntraPortal: "http://127.0.0.1:40080/portal/entra", PartnerCenterPortal: "http://127.0.0.1:40080/portal/partner-center",
	}
}

const (
	practiceAdmin = "http://127.0.0.1:40080/" + tenantID + "/v2.0/adminconsent?client_id=" + clientID + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A40081%2Fadmin%2Fsuccess&state=" + state
	practiceUser  = "http://127.0.0.1:40080/common/oauth2/v2.0/authorize?client_id=" + clientID +
		"&response_type=code&scope=openid&redirect_uri=http%3A%2F%2F%5B%3A%3A1%5D%3A40081%2Fuser%2Fsuccess&state=" + state
)

// one reads a text with one link in it.
func one(t *testing.T, text string, clouds []auth.Cloud) Link {
	t.Helper()
	found, refused := Read(text, clouds)
	if len(found) != 1 || len(refused) != 0 {
		t.Fatalf("%s: %v, %v", text, found, refused)
	}
	return found[0]
}

// TestFacts reads what a link says, in every form that an endpoint of Microsoft's takes.
func TestFacts(t *testing.T) {
	const redirect = "&redirect_uri=https%3A%2F%2Fapp.fabrikam.example%3A8443%2Fa%2Fb%3Fsession%3Dx%23y"
	for text, want := range map[string]Facts{
		"https://login.microsoftonline.com/contoso.example/adminconsent?client_id=" + strings.ToUpper(clientID) + redirect: {
			Kind: Admin, Cloud: "global", Host: "login.microsoftonline.com", Tenant: "contoso.example", ClientID: clientID, Redirect: "https://app.fabrikam.example:8443/a/b",
		},
		"HTTPS://LOGIN.MICROSOFTONLINE.COM:443/Organizations/V2.0/AdminConsent/?Client_ID=" + clientID + redirect: {
			Kind: Admin, Cloud: "global", Host: "login.microsoftonline.com", Tenant: "organizations", ClientID: clientID, Redirect: "https://app.fabrikam.example:8443/a/b",
		},
		"https://login.windows.net/" + tenantID + "/oauth2/authorize?response_type=code&prompt=admin_consent&resource=https%3A%2F%2Fapi.partnercenter.microsoft.com&client_id=" + clientID + redirect: {
			Kind: Admin, Cloud: "global", Host: "login.windows.net", Tenant: tenantID, ClientID: clientID, Redirect: "https://app.fabrikam.example:8443/a/b",
			Resource: "https://api.partnercenter.microsoft.com", ResponseType: "code", Prompt: "admin_consent", HasPrompt: true,
		},
		"https://login.microsoft.com/common/oauth2/authorize?response_type=code&client_id=" + clientID + redirect + "&login_hint=svc%40contoso.example&prompt=login": {
			Kind: User, Cloud: "global", Host: "login.microsoft.com", Tenant: "common", ClientID: clientID, Redirect: "https://app.fabrikam.example:8443/a/b",
			ResponseType: "code", Prompt: "login", LoginHint: "svc@contoso.example", HasPrompt: true, HasLoginHint: true,
		},
		"https://sts.windows.net/" + tenantID + "/oauth2/v2.0/authorize?scope=openid+.default&response_type=code&client_id=" + clientID + redirect: {
			Kind: User, Cloud: "global", Host: "sts.windows.net", Tenant: tenantID, ClientID: clientID, Redirect: "https://app.fabrikam.example:8443/a/b",
			ResponseType: "code", Scopes: []string{"openid", ".default"},
		},
		"https://login.microsoftonline.us/common/adminconsent?client_id=" + clientID + redirect: {
			Kind: Admin, Cloud: "usgov", Host: "login.microsoftonline.us", Tenant: "common", ClientID: clientID, Redirect: "https://app.fabrikam.example:8443/a/b",
		},
		"https://login.usgovcloudapi.net/common/adminconsent?client_id=" + clientID + redirect: {
			Kind: Admin, Cloud: "usgov", Host: "login.usgovcloudapi.net", Tenant: "common", ClientID: clientID, Redirect: "https://app.fabrikam.example:8443/a/b",
		},
		"https://login.partner.microsoftonline.cn/common/adminconsent?client_id=" + clientID + redirect: {
			Kind: Admin, Cloud: "china", Host: "login.partner.microsoftonline.cn", Tenant: "common", ClientID: clientID, Redirect: "https://app.fabrikam.example:8443/a/b",
		},
		"https://login.chinacloudapi.cn/common/adminconsent?client_id=" + clientID + redirect: {
			Kind: Admin, Cloud: "china", Host: "login.chinacloudapi.cn", Tenant: "common", ClientID: clientID, Redirect: "https://app.fabrikam.example:8443/a/b",
		},
		// As products write them that encode nothing: the address ends where it has to.
		"Link: https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=" + clientID + "&response_type=code id_token&redirect_uri=https://app.fabrikam.example/b&scope=openid profile https://api.partnercenter.microsoft.com/user_impersonation&state=1 for Ann": {
			Kind: User, Cloud: "global", Host: "login.microsoftonline.com", Tenant: "common", ClientID: clientID, Redirect: "https://app.fabrikam.example/b",
			ResponseType: "code id_token", Scopes: []string{"openid", "profile", "https://api.partnercenter.microsoft.com/user_impersonation"},
		},
		"https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=" + clientID + "&response_type=code&redirect_uri=https://app.fabrikam.example/b&scope=openid profile offline_access": {
			Kind: User, Cloud: "global", Host: "login.microsoftonline.com", Tenant: "common", ClientID: clientID, Redirect: "https://app.fabrikam.example/b",
			ResponseType: "code", Scopes: []string{"openid", "profile", "offline_access"},
		},
		// What nobody sees, and what turns the direction of a line, is not shown; nor is more than fits.
		"https://login.microsoftonline.com/common/oauth2/authorize?response_type=code&client_id=" + clientID + "&redirect_uri=https%3A%2F%2Fb%C3%BCcher.example%2F%E2%80%AEx&login_hint=a%E2%80%AEb%00c%0A" + strings.Repeat("d", 300): {
			Kind: User, Cloud: "global", Host: "login.microsoftonline.com", Tenant: "common", ClientID: clientID, Redirect: "https://xn--bcher-kva.example/%E2%80%AEx",
			ResponseType: "code", LoginHint: "abc" + strings.Repeat("d", 253), HasLoginHint: true,
		},
	} {
		if l := one(t, text, auth.BuiltinClouds()); !reflect.DeepEqual(l.Facts, want) {
			t.Errorf("%s: %+v, want %+v", text, l.Facts, want)
		}
	}
	if got := (Facts{Redirect: "https://app.fabrikam.example:8443/a"}).RedirectHost(); got != "app.fabrikam.example:8443" {
		t.Errorf("%s", got)
	}
	if got := (Facts{Redirect: "%"}).RedirectHost(); got != "" {
		t.Errorf("%s", got)
	}
	for tenant, want := range map[string]bool{"common": true, "organizations": true, tenantID: false, "contoso.example": false} {
		if got := (Facts{Tenant: tenant}).AnyTenant(); got != want {
			t.Errorf("%s: %v", tenant, got)
		}
	}
}

// TestSpacesAreEncoded: a link that was written with spaces in its scopes has %20 there, which is what a browser makes of them.
func TestSpacesAreEncoded(t *testing.T) {
	const before, after = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=" + clientID + "&redirect_uri=https://app.fabrikam.example/b&response_type=code&scope=openid", "&state=1"
	if got, want := one(t, before+" profile email"+after+" Thanks", auth.BuiltinClouds()).Address.Reveal(), before+"%20profile%20email"+after; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	// Words are no scopes.
	if got := one(t, before+" is the link, says Ann", auth.BuiltinClouds()).Address.Reveal(); got != before {
		t.Errorf("%s, want %s", got, before)
	}
}

// TestOnlyAPracticeCloudIsHere: a link by http, with its answer to this computer, is there for a cloud from a file alone.
func TestOnlyAPracticeCloudIsHere(t *testing.T) {
	clouds := append(auth.BuiltinClouds(), practice())
	want := Facts{Kind: Admin, Cloud: "rehearsal", Host: "127.0.0.1:40080", Tenant: tenantID, ClientID: clientID, Redirect: "http://127.0.0.1:40081/admin/success"}
	if l := one(t, practiceAdmin, clouds); !reflect.DeepEqual(l.Facts, want) || l.Address.Reveal() != practiceAdmin {
		t.Errorf("%+v", l.Facts)
	}
	if l := one(t, practiceUser, clouds); l.Kind != User || l.Redirect != "http://[::1]:40081/user/success" {
		t.Errorf("%+v", l.Facts)
	}
	for text, fault := range map[string]Fault{
		strings.Replace(practiceAdmin, ":40080", ":40082", 1):                                                        FaultPort,
		strings.Replace(practiceAdmin, "127.0.0.1:40080", "localhost:40080", 1):                                      FaultHost,
		strings.Replace(practiceAdmin, "127.0.0.1:40080", "127.0.0.2:40080", 1):                                      FaultHost,
		strings.Replace(practiceAdmin, "http:", "https:", 1):                                                         FaultPort,
		strings.Replace(practiceAdmin, "http%3A%2F%2F127.0.0.1", "http%3A%2F%2Fx.test", 1):                           FaultRedirectInsecure,
		strings.Replace(practiceAdmin, "%2F%2F127.0.0.1", "%2F%2Fann%40127.0.0.1", 1):                                FaultRedirectLocal,
		strings.Replace(practiceAdmin, "http://127.0.0.1:40080", "https://127.0.0.1", 1):                             FaultPort,
		strings.Replace(admin, "https%3A%2F%2Fconsent.fabrikam", "http%3A%2F%2F%5B%3A%3A1%5D%2Fconsent.fabrikam", 1): FaultRedirectLocal,
		strings.Replace(admin, "https:", "http:", 1):                                                                 FaultHTTP,
	} {
		if found, refused := Read(text, clouds); len(found) != 0 || len(refused) != 1 || refused[0].Fault != fault {
			t.Errorf("%s: %v, %v, want %s", text, found, refused, fault)
		}
	}
	// The same pages do not count for a cloud that is built in, nor those of a cloud from a file that are elsewhere.
	builtIn, elsewhere := practice(), practice()
	builtIn.FromFile = false
	elsewhere.EntraPortal, elsewhere.PartnerCenterPortal = "https://portal.example", "http://localhost:40080/portal"
	for _, c := range []auth.Cloud{builtIn, elsewhere, {Name: "broken", Login: "http://127.0.0.1:40080", EntraPortal: "%", FromFile: true}} {
		if found, refused := Read(practiceAdmin, []auth.Cloud{c}); len(found) != 0 || len(refused) != 1 {
			t.Errorf("%+v: %v, %v", c, found, refused)
		}
	}
	// By https, at the host that the file names, a link has to be like any other.
	https := strings.Replace(admin, "login.microsoftonline.com", "127.0.0.1:40443", 1)
	if l := one(t, https, clouds); l.Host != "127.0.0.1:40443" || l.Cloud != "rehearsal" {
		t.Errorf("%+v", l.Facts)
	}
}

// TestOpened: what is there stays, byte for byte; what is added is behind it.
func TestOpened(t *testing.T) {
	const hint = "svc+pc@contoso.example"
	for _, c := range []struct {
		text, hint string
		prompt     bool
		added      string
	}{
		{user, "", false, ""},
		{user, hint, false, "&login_hint=svc%2Bpc%40contoso.example"},
		{user, "", true, "&prompt=login"},
		{user, hint, true, "&login_hint=svc%2Bpc%40contoso.example&prompt=login"},
		{user + "&login_hint=ann%40contoso.example", hint, true, "&prompt=login"},
		{user + "&LOGIN_HINT=ann%40contoso.example", hint, false, ""},
		{user + "&login_hint=", hint, true, "&prompt=login"},
		{user + "&prompt=consent", hint, true, "&login_hint=svc%2Bpc%40contoso.example"},
		{user + "&", "", true, "prompt=login"},
		{admin, hint, true, ""},
	} {
		l := one(t, c.text, auth.BuiltinClouds())
		if got := l.Opened(c.hint, c.prompt).Reveal(); got != c.text+c.added {
			t.Errorf("%s\nwant %s", got, c.text+c.added)
		}
	}
}

// TestALinkHidesItself: however it is printed, what it alone has does not show.
func TestALinkHidesItself(t *testing.T) {
	for _, text := range []string{admin, user} {
		l := one(t, text, auth.BuiltinClouds())
		said := fmt.Sprintf("%v %+v %#v %s", l, l, l, l.Opened("ann@contoso.example", true))
		if strings.Contains(said, state) || strings.Contains(said, nonce) {
			t.Errorf("%s", said)
		}
	}
}

// TestLooks: what another product's link may be, and what it is not.
func TestLooks(t *testing.T) {
	for text, want := range map[string]bool{
		admin: true, user: true, practiceAdmin: true, practiceUser: true,
		"Ann: " + safeLinks(user) + " Thanks":                  true,
		strings.Replace(user, "https:", "http:", 1):            true,
		strings.Replace(user, "login.", "login.evil.", 1):      true,
		strings.Replace(user, "https://", "https://ann@", 1):   true,
		"javascript:location='" + user + "'":                   true,
		user[:strings.Index(user, "&redirect_uri")]:            true,
		strings.TrimPrefix(admin, "https://"):                  true,
		"":                                                     false,
		"contoso.example":                                      false,
		"https://login.microsoftonline.com/contoso.example":    false,
		"https://login.microsoftonline.com/common/oauth2/v2.0": false,
		"https://login.microsoftonline.com/" + tenantID + "/.well-known/openid-configuration":                              false,
		"http://localhost:51234/consent?admin_consent=True&tenant=" + tenantID + "&state=" + state:                         false,
		"https://consent.fabrikam.example/consent/partnercenter/admin/success?admin_consent=True&tenant=" + tenantID:       false,
		"https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/" + clientID: false,
		strings.Repeat("a ", 16<<10) + user:  true,
		strings.Repeat("a ", 160<<10) + user: true,
		strings.Repeat("a ", 160<<10):        false,
		// The program's own, in whatever cloud: they lead back here.
		strings.Replace(admin, "https%3A%2F%2Fconsent.fabrikam.example", "http%3A%2F%2Flocalhost%3A51234", 1):                     false,
		strings.Replace(practiceAdmin, "127.0.0.1%3A40081", "localhost%3A51234", 1):                                               false,
		strings.Replace(admin, "https%3A%2F%2Fconsent.fabrikam.example", "http%3A%2F%2Flocalhost%3A51234", 1) + "\nand\n" + admin: true,
	} {
		if got := Looks(text); got != want {
			t.Errorf("%.200s: %v", text, got)
		}
	}
}

// TestAnEmptyParameterIsThere: nothing is added to a link that has the parameter, be it empty.
func TestAnEmptyParameterIsThere(t *testing.T) {
	const address = "https://login.microsoftonline.com/common/oauth2/authorize?response_type=code&login_hint=&prompt=&client_id=" + clientID + "&redirect_uri=https%3A%2F%2Fapp.fabrikam.example%2Fb"
	l := one(t, address, auth.BuiltinClouds())
	if !l.HasLoginHint || !l.HasPrompt || l.LoginHint != "" || l.Prompt != "" {
		t.Errorf("%+v", l.Facts)
	}
	if got := l.Opened("svc@contoso.example", true).Reveal(); got != address {
		t.Errorf("opened as %s", got)
	}
}
