package connector

import (
	"reflect"
	"strings"
	"testing"
)

const cleanID = "5e0a11c0-a000-4000-8000-000000000001"

// TestClean holds for every field what is used of what people paste, and what of it is told to have been taken off.
func TestClean(t *testing.T) {
	upn := Cleaned{Value: "ann@contoso.com"}
	with := func(c Cleaned, before, after string) Cleaned {
		c.Before, c.After = before, after
		return c
	}
	unseen := func(c Cleaned, all ...rune) Cleaned {
		c.Unseen = all
		return c
	}
	replaced := func(c Cleaned, all ...rune) Cleaned {
		c.Replaced = all
		return c
	}
	tenant, app, day := Cleaned{Value: "contoso.com"}, Cleaned{Value: cleanID}, Cleaned{Value: "2027-11-30"}
	secret := Cleaned{Value: "abc8Q~abcdefghijklmnopqrstuvwxyz01234567-."}
	for _, c := range []struct {
		field Field
		text  string
		want  Cleaned
	}{
		{FieldUPN, " \t\u00a0ann@contoso.com\r\n", upn},
		{FieldUPN, "\u200bann@contoso.com", unseen(upn, 0x200b)},
		{FieldUPN, "ann\u00ad@con\u2060toso.com\ufeff", unseen(upn, 0xad, 0x2060, 0xfeff)},
		{FieldUPN, "\u202aann@contoso.com\u202c", unseen(upn, 0x202a, 0x202c)},
		{FieldUPN, "\u201cann@contoso.com\u201d", with(upn, "\u201c", "\u201d")},
		{FieldUPN, "\u201eann@contoso.com\u201c.", with(upn, "\u201e", "\u201c.")},
		{FieldUPN, "\u00abann@contoso.com\u00bb", with(upn, "\u00ab", "\u00bb")},
		{FieldUPN, "'ann@contoso.com'", with(upn, "'", "'")},
		{FieldUPN, "\u2018ann@contoso.com\u2019", with(upn, "\u2018", "\u2019")},
		{FieldUPN, "`ann@contoso.com`", with(upn, "`", "`")},
		{FieldUPN, "<ann@contoso.com>", with(upn, "<", ">")},
		{FieldUPN, "ann@contoso.com;", with(upn, "", ";")},
		{FieldUPN, "ann@contoso.com.", with(upn, "", ".")},
		{FieldUPN, "mailto:ann@contoso.com", with(upn, "mailto:", "")},
		{FieldUPN, "UPN: ann@contoso.com", with(upn, "UPN:", "")},
		{FieldUPN, "User principal name\tann@contoso.com", with(upn, "User principal name", "")},
		{FieldUPN, "Benutzerprinzipalname\nann@contoso.com", with(upn, "Benutzerprinzipalname", "")},
		{FieldUPN, "User principal name ann@contoso.com", with(upn, "User principal name", "")},
		{FieldUPN, "Benutzername\u00a0: ann@contoso.com", with(upn, "Benutzername\u00a0:", "")},
		{FieldUPN, "[ann@contoso.com](mailto:ann@contoso.com)", with(upn, "[ann@contoso.com](mailto:", ")")},
		{FieldUPN, "**ann@contoso.com**", with(upn, "**", "**")},
		{FieldUPN, "\u2022 ann@contoso.com", with(upn, "\u2022", "")},
		{FieldUPN, "Ann <ann@contoso.com>", with(upn, "Ann <", ">")},
		{FieldUPN, "\"Smith, Ann\" <ann@contoso.com>,", with(upn, "\"Smith, Ann\" <", ">,")},
		{FieldUPN, "Ann Smith (ann@contoso.com)", with(upn, "Ann Smith (", ")")},
		{FieldUPN, "ann@contoso.com (Ann Smith)", with(upn, "", "(Ann Smith)")},
		{FieldUPN, "ann@contoso\u2013x.com", replaced(Cleaned{Value: "ann@contoso-x.com"}, 0x2013)},
		{FieldUPN, "o\u2019brien@contoso.com", replaced(Cleaned{Value: "o'brien@contoso.com"}, 0x2019)},
		{FieldUPN, "ann\uff20contoso\uff0ecom", replaced(upn, 0xff20, 0xff0e)},
		{FieldUPN, "ann_fabrikam.com#EXT#@contoso.com", Cleaned{Value: "ann_fabrikam.com#EXT#@contoso.com"}},
		// What is none stays, to be refused.
		{FieldUPN, "ann smith@contoso.com", Cleaned{Value: "ann smith@contoso.com"}},
		{FieldUPN, "ann@contoso.com or bob@contoso.com", Cleaned{Value: "ann@contoso.com or bob@contoso.com"}},
		{FieldUPN, "\u201cann\u201d", Cleaned{Value: "\u201cann\u201d"}},
		{FieldUPN, "CORP\\ann", Cleaned{Value: "CORP\\ann"}},
		{FieldUPN, "\u0430nn@contoso.com", Cleaned{Value: "\u0430nn@contoso.com"}},
		{FieldNewUser, "(ann@contoso.com)", with(upn, "(", ")")},
		{FieldRetype, "ann@contoso.com,", with(upn, "", ",")},

		{FieldTenant, "contoso.com", tenant},
		{FieldTenant, "Contoso.COM", Cleaned{Value: "Contoso.COM"}},
		{FieldTenant, "con\u200btoso.com", unseen(tenant, 0x200b)},
		{FieldTenant, "\u201ccontoso.com\u201d,", with(tenant, "\u201c", "\u201d,")},
		{FieldTenant, "contoso.com.", with(tenant, "", ".")},
		{FieldTenant, "https://contoso.com/", with(tenant, "https://", "/")},
		{FieldTenant, "ann@contoso.com", with(tenant, "ann@", "")},
		{FieldTenant, "Tenant: contoso.com", with(tenant, "Tenant:", "")},
		{FieldTenant, "Prim\u00e4re Dom\u00e4ne contoso.com", with(tenant, "Prim\u00e4re Dom\u00e4ne", "")},
		{FieldTenant, "Tenant ID: " + cleanID, with(app, "Tenant ID:", "")},
		{FieldTenant, "Verzeichnis-ID (Mandant)\n" + cleanID, with(app, "Verzeichnis-ID (Mandant)", "")},
		{FieldTenant, "{" + cleanID + "}", with(app, "{", "}")},
		{FieldTenant, "Contoso Ltd. (contoso.com)", with(tenant, "Contoso Ltd. (", ")")},
		{FieldTenant, "contoso.com (Contoso Ltd.)", with(tenant, "", "(Contoso Ltd.)")},
		{FieldTenant, "contoso.com (" + cleanID + ")", with(app, "contoso.com (", ")")},
		{FieldTenant, "contoso\u2011x.com", replaced(Cleaned{Value: "contoso-x.com"}, 0x2011)},
		{FieldTenant, "B\u00fccher.example", Cleaned{Value: "B\u00fccher.example"}},
		{FieldTenant, "ann_fabrikam.com#EXT#@contoso.com", with(tenant, "ann_fabrikam.com#EXT#@", "")},
		{
			FieldTenant, "https://login.microsoftonline.com/" + cleanID + "/oauth2/v2.0/authorize?client_id=x",
			with(app, "https://login.microsoftonline.com/", "/oauth2/v2.0/authorize?client_id=x"),
		},
		{FieldTenant, "https://portal.azure.com/#@contoso.com/home", with(tenant, "https://portal.azure.com/#@", "/home")},
		{FieldTenant, "https://partner.microsoft.com/dashboard", Cleaned{Value: "https://partner.microsoft.com/dashboard"}},
		{FieldTenant, "partner.microsoft.com/dashboard/v2/customers/" + cleanID, Cleaned{Value: "partner.microsoft.com/dashboard/v2/customers/" + cleanID}},
		{FieldTenant, cleanID + "@contoso.com", with(tenant, cleanID+"@", "")},
		{FieldTenant, "con toso.com", Cleaned{Value: "con toso.com"}},
		{FieldTenant, "contoso", Cleaned{Value: "contoso"}},

		{FieldClientID, strings.ToUpper(cleanID), app},
		{FieldClientID, "5e0a11c0\u2011a000\u20114000\u20118000\u2011000000000001", replaced(app, 0x2011, 0x2011, 0x2011, 0x2011)},
		{FieldClientID, "\u200e" + cleanID + "\u200b", unseen(app, 0x200e, 0x200b)},
		{FieldClientID, "Application (client) ID: " + cleanID, with(app, "Application (client) ID:", "")},
		{FieldClientID, "Anwendungs-ID (Client) " + cleanID + ".", with(app, "Anwendungs-ID (Client)", ".")},
		{FieldClientID, "{" + cleanID + "}", with(app, "{", "}")},
		{FieldClientID, "api://" + cleanID, with(app, "api://", "")},
		{
			FieldClientID, "https://login.microsoftonline.com/5e0a11c0-7e4a-4c1e-8a11-000000000001/adminconsent?client_id=" + cleanID + "&state=1",
			with(app, "https://login.microsoftonline.com/5e0a11c0-7e4a-4c1e-8a11-000000000001/adminconsent?client_id=", "&state=1"),
		},
		{FieldClientID, cleanID + " " + cleanID[:35] + "2", Cleaned{Value: cleanID + " " + cleanID[:35] + "2"}},
		{FieldClientID, "1234", Cleaned{Value: "1234"}},

		{FieldRedirectPath, "/consent", Cleaned{Value: "/consent"}},
		{FieldRedirectPath, "http://localhost/consent", Cleaned{Value: "/consent"}},
		{FieldRedirectPath, "HTTP://LocalHost/consent", Cleaned{Value: "/consent"}},
		{FieldRedirectPath, "http://localhost:8400/consent", with(Cleaned{Value: "/consent"}, "http://localhost:8400", "")},
		{FieldRedirectPath, "localhost:8400/consent", with(Cleaned{Value: "/consent"}, "localhost:8400", "")},
		{FieldRedirectPath, "http://127.0.0.1/consent", with(Cleaned{Value: "/consent"}, "http://127.0.0.1", "")},
		{FieldRedirectPath, "http://[::1]:8400/consent", with(Cleaned{Value: "/consent"}, "http://[::1]:8400", "")},
		{FieldRedirectPath, "http://localhost", Cleaned{}},
		{FieldRedirectPath, "http://localhost/", Cleaned{}},
		{FieldRedirectPath, "/", Cleaned{}},
		{FieldRedirectPath, "http://127.0.0.1:5000/", with(Cleaned{}, "http://127.0.0.1:5000", "")},
		{FieldRedirectPath, "\u201chttp://localhost/consent\u201d", with(Cleaned{Value: "/consent"}, "\u201chttp://localhost", "\u201d")},
		{FieldRedirectPath, "Redirect URI: http://localhost/consent,", with(Cleaned{Value: "/consent"}, "Redirect URI: http://localhost", ",")},
		{FieldRedirectPath, "/con\u200bsent", unseen(Cleaned{Value: "/consent"}, 0x200b)},
		{FieldRedirectPath, "https://localhost/consent", Cleaned{Value: "https://localhost/consent"}},
		{FieldRedirectPath, "http://localhost.example/consent", Cleaned{Value: "http://localhost.example/consent"}},

		{FieldSecret, secret.Value, secret},
		{FieldSecret, "\ufeff" + secret.Value + "\u200b\r\n", unseen(secret, 0xfeff, 0x200b)},
		{FieldSecret, "\"" + secret.Value + "\"", with(secret, "\"", "\"")},
		{FieldSecret, "Value: " + secret.Value + ",", with(secret, "Value:", ",")},
		{FieldSecret, "key:" + secret.Value, Cleaned{Value: "key:" + secret.Value}},
		{FieldSecret, "\"another service's\"", Cleaned{Value: "\"another service's\""}},

		{FieldSecretExpires, " 2027-11-30 ", day},
		{FieldSecretExpires, "2027\u201111\u201130", replaced(day, 0x2011, 0x2011)},
		{FieldSecretExpires, "Expires: 2027-11-30.", with(day, "Expires:", ".")},
		{FieldSecretExpires, "2027-11-30T23:59:59Z", with(day, "", "T23:59:59Z")},
		{FieldSecretExpires, "11/30/2027", Cleaned{Value: "11/30/2027"}},
		{FieldSecretExpires, "2027-11-301", Cleaned{Value: "2027-11-301"}},
		{FieldSecretExpires, "2027-13-30", Cleaned{Value: "2027-13-30"}},

		{FieldName, " Con\u200btoso \u202e(Europe).", unseen(Cleaned{Value: "Contoso (Europe)."}, 0x200b, 0x202e)},
		{FieldName, "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647", Cleaned{Value: "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647"}},
		{FieldRename, "\u2060", unseen(Cleaned{}, 0x2060)},
		{FieldName, "Con\x1btoso", Cleaned{Value: "Con\x1btoso"}},
	} {
		got := Clean(c.field, c.text)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s %+q:\n%+q, want\n%+q", c.field, c.text, got, c.want)
		}
		if again := Clean(c.field, got.Value); again.Value != got.Value || again.Touched() {
			t.Errorf("%s %+q: %+q is clean, and becomes %+q", c.field, c.text, got.Value, again)
		}
	}
}

func TestUPNReason(t *testing.T) {
	for upn, want := range map[string]Reason{
		"ann@contoso.com": "", "o'brien@contoso.com": "", "ann_fabrikam.com#EXT#@contoso.onmicrosoft.com": "", "m\u00fcller@b\u00fccher.example": "",
		"": "upn-invalid", "ann": "upn-invalid", "ann@contoso": "upn-invalid", "ann@contoso.com\u201d": "upn-invalid", "ann@contoso.com'": "upn-invalid",
		"ann@contoso.com.": "upn-invalid", "a b@contoso.com": "upn-invalid", "Ann <ann@contoso.com>": "upn-invalid",
		strings.Repeat("a", 250) + "@b.de": "upn-invalid",
		"\u200bann@contoso.com":            "upn-strange", "ann@con\u200btoso.com": "upn-strange", "\u0430nn@contoso.com": "upn-strange",
		"ann@c\u03bfntoso.com": "upn-strange", "\u201cann@contoso.com": "upn-strange", "ann\uff0ebo@contoso.com": "upn-strange",
	} {
		if got := UPNReason(upn); got != want {
			t.Errorf("%+q: %q, want %q", upn, got, want)
		}
	}
}

func TestRedirectReason(t *testing.T) {
	for text, want := range map[string]Reason{
		"/consent": "", "http://localhost:1/x": "", "http://127.0.0.1/x": "", "": "",
		"https://localhost/consent": "redirect-https", "https://127.0.0.1:8443/consent": "redirect-https", "HTTPS://LOCALHOST": "redirect-https",
		"https://contoso.com/consent": "redirect-elsewhere", "http://contoso.com/consent": "redirect-elsewhere",
		"https://login.microsoftonline.com/common/oauth2/nativeclient": "redirect-elsewhere", "http://localhost.example/consent": "redirect-elsewhere",
		"msal" + cleanID + "://auth": "redirect-elsewhere", "urn:ietf:wg:oauth:2.0:oob": "redirect-elsewhere",
		"no slash": "redirect-invalid", "consent": "redirect-invalid", "/consent?x=1": "redirect-invalid", "http://localhost/a b": "redirect-invalid",
		"/con%20sent": "redirect-invalid",
	} {
		if got := RedirectReason(RedirectPathOf(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestApart(t *testing.T) {
	for _, c := range [][4]string{
		{"ann@contoso.com", "ann@contoso.com", "ann@contoso.com", "ann@contoso.com"},
		{"ann@contoso.com", "bob@contoso.com", "ann@contoso.com", "bob@contoso.com"},
		{"\u200bann@contoso.com", "ann@contoso.com", "[U+200B]ann@contoso.com", "ann@contoso.com"},
		{"\u0430nn@contoso.com", "ann@contoso.com", "\u0430[U+0430]nn@contoso.com", "ann@contoso.com"},
		{"mu\u0308ller@x.de", "m\u00fcller@x.de", "mu[U+0308]ller@x.de", "m\u00fcller@x.de"},
		{"ann\u00a0@x.de", "ann\u2011x.de", "ann[U+00A0]@x.de", "ann\u2011[U+2011]x.de"},
		{"a\u200b", "a\u200b", "a\u200b", "a\u200b"},
	} {
		if a, b := Apart(c[0], c[1]); a != c[2] || b != c[3] {
			t.Errorf("%+q and %+q: %q and %q", c[0], c[1], a, b)
		}
	}
}

// FuzzClean checks that what is used is clean, and that nothing visible is left out of a name.
func FuzzClean(f *testing.F) {
	for _, text := range []string{"\u200b(ann@contoso.com)", "((((((((((", "a: b: c: d", "\xff\u201d", "https://login.microsoftonline.com/x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for field := range finders {
			if c := Clean(field, text); CleanText(field, c.Value) != c.Value {
				t.Errorf("%s %+q: %+q becomes %+q", field, text, c.Value, CleanText(field, c.Value))
			}
		}
	})
}
