package link

import (
	"encoding/base64"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"partner-center-connector/auth"
)

const (
	tenantID = "8f1c2b3a-4d5e-4f60-8a7b-9c0d1e2f3a4b"
	clientID = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
	state    = "Zm9vYmFyLXN0YXRlLW9mLXRoZS1wcm9kdWN0LTQy"
	nonce    = "638999999999999999.NGQ1ZjYw"
	admin    = "https://login.microsoftonline.com/" + tenantID + "/v2.0/adminconsent?client_id=" + clientID +
		"&scope=https%3A%2F%2Fapi.partnercenter.microsoft.com%2F.default&redirect_uri=https%3A%2F%2Fconsent.fabrikam.example%2Fconsent%2Fpartnercenter%2Fadmin%2Fsuccess&state=" + state
	user = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=" + clientID +
		"&response_type=code%20id_token&response_mode=form_post&scope=openid%20profile%20offline_access%20https%3A%2F%2Fapi.partnercenter.microsoft.com%2Fuser_impersonation" +
		"&redirect_uri=https%3A%2F%2Fconsent.fabrikam.example%2Fconsent%2Fpartnercenter%2Fuser%2Fsuccess&nonce=" + nonce + "&state=" + state
)

var (
	adminFacts = Facts{
		Kind: Admin, Cloud: "global", Host: "login.microsoftonline.com", Tenant: tenantID, ClientID: clientID,
		Redirect: "https://consent.fabrikam.example/consent/partnercenter/admin/success", Scopes: []string{"https://api.partnercenter.microsoft.com/.default"},
	}
	userFacts = Facts{
		Kind: User, Cloud: "global", Host: "login.microsoftonline.com", Tenant: "common", ClientID: clientID,
		Redirect:     "https://consent.fabrikam.example/consent/partnercenter/user/success",
		Scopes:       []string{"openid", "profile", "offline_access", "https://api.partnercenter.microsoft.com/user_impersonation"},
		ResponseType: "code id_token",
	}
)

// lines breaks text into lines of n letters.
func lines(text string, n int, between string) string {
	var all []string
	for len(text) > n {
		all, text = append(all, text[:n]), text[n:]
	}
	return strings.Join(append(all, text), between)
}

func quotedPrintable(text string) string {
	return lines(strings.ReplaceAll(text, "=", "=3D"), 70, "=\r\n")
}

func defenseV2(address string) string {
	inner := strings.NewReplacer("%2F", "_", "-", "-2D", "_", "-5F", "%", "-").Replace(url.QueryEscape(address))
	return "https://urldefense.proofpoint.com/v2/url?u=" + inner + "&d=DwMFaQ&c=euGZstcaTDllvimEN8b7jXrwqOf-v5A_CdpgnVfiiMM&e="
}

func safeLinks(address string) string {
	return "https://eur01.safelinks.protection.outlook.com/?url=" + url.QueryEscape(address) + "&data=05%7C02%7Cann%40contoso.example&sdata=abc%3D&reserved=0"
}

// TestReadAsPeoplePaste: whatever mail programs, gateways and people have made of the two links, they come out byte for byte.
func TestReadAsPeoplePaste(t *testing.T) {
	amp := func(s string) string { return strings.ReplaceAll(s, "&", "&amp;") }
	b64 := base64.StdEncoding.EncodeToString
	for name, change := range map[string]func(string) string{
		"as it is":                 func(s string) string { return s },
		"blanks around":            func(s string) string { return " \t\r\n" + s + "\r\n\r\n" },
		"quotes":                   func(s string) string { return `"` + s + `"` },
		"single quotes":            func(s string) string { return "'" + s + "'" },
		"German quotes":            func(s string) string { return "„" + s + "“" },
		"angle brackets":           func(s string) string { return "<" + s + ">" },
		"a sentence":               func(s string) string { return "Open " + s + ". Then sign in." },
		"a sentence in brackets":   func(s string) string { return "(Open " + s + ".)" },
		"a quoted sentence":        func(s string) string { return `"` + s + ` is it," says Ann.` },
		"percent-encoded, wrapped": func(s string) string { return lines(url.QueryEscape(s), 60, "\n") },
		"brackets":                 func(s string) string { return "(" + s + ")" },
		"Markdown":                 func(s string) string { return "[the link](" + s + ")" },
		"Markdown, twice":          func(s string) string { return "[" + s + "](" + s + ")" },
		"Markdown escapes":         func(s string) string { return strings.ReplaceAll(s, "_", `\_`) },
		"Outlook":                  func(s string) string { return "Generate link<" + s + ">" },
		"lines of 76":              func(s string) string { return lines(s, 76, "\n") },
		"lines of 60, quoted":      func(s string) string { return "> " + lines(s, 60, "\r\n> ") },
		"lines of 40":              func(s string) string { return lines(s, 40, "\r\n") },
		"lines of 20":              func(s string) string { return lines(s, 20, "\r") },
		"lines, a greeting":        func(s string) string { return lines(s, 70, "\n") + "\nThanks,\nAnn" },
		"lines, a greeting alone":  func(s string) string { return lines(s, 70, "\n") + "\nRegards\nAnn" },
		"a greeting":               func(s string) string { return s + "\nThanks\nAnn" },
		"in brackets, lines":       func(s string) string { return "<" + lines(s, 60, "\n") + ">\nThanks" },
		"blanks inside":            func(s string) string { return lines(s, 30, " ") },
		"zero-width spaces":        func(s string) string { return lines(s, 25, "\u200b") },
		"soft hyphens":             func(s string) string { return lines(s, 25, "\u00ad") },
		"&amp;":                    amp,
		"&amp;amp;":                func(s string) string { return amp(amp(s)) },
		"&#38;":                    func(s string) string { return strings.NewReplacer("&", "&#38;", "=", "&#x3D;").Replace(s) },
		"an anchor":                func(s string) string { return `<a href="` + amp(s) + `">` + amp(s) + `</a>` },
		"quoted-printable":         quotedPrintable,
		"quoted-printable, HTML":   func(s string) string { return quotedPrintable(`<p><a href="` + amp(s) + `">link</a></p>`) },
		"percent-encoded":          url.QueryEscape,
		"twice percent-encoded":    func(s string) string { return url.QueryEscape(url.QueryEscape(s)) },
		"Safe Links":               safeLinks,
		"Safe Links, wrapped":      func(s string) string { return lines(safeLinks(s), 76, "\r\n") },
		"Safe Links, &amp;":        func(s string) string { return amp(safeLinks(s)) },
		"Safe Links of &amp;":      func(s string) string { return safeLinks(amp(s)) },
		"Safe Links, twice":        func(s string) string { return safeLinks(safeLinks(s)) },
		"Safe Links and its text": func(s string) string {
			return `<a href="` + amp(safeLinks(s)) + `" originalsrc="` + amp(s) + `">` + amp(s) + `</a>`
		},
		"Safe Links, quoted-print": func(s string) string { return quotedPrintable(safeLinks(s)) },
		"URL Defense 1": func(s string) string {
			return "https://urldefense.proofpoint.com/v1/url?u=" + url.QueryEscape(s) + "&k=abc"
		},
		"URL Defense 2":           defenseV2,
		"URL Defense 2, wrapped":  func(s string) string { return lines(defenseV2(s), 76, "\n") },
		"URL Defense 3":           func(s string) string { return "https://urldefense.com/v3/__" + s + "__;!!AbC123!xYz$" },
		"Safe Links of Defense 2": func(s string) string { return safeLinks(defenseV2(s)) },
		"Link Protect": func(s string) string {
			return "https://linkprotect.cudasvc.com/url?a=" + url.QueryEscape(s) + "&c=E,1,abc&typo=1"
		},
		"Google":              func(s string) string { return "https://www.google.com/url?q=" + url.QueryEscape(s) + "&sa=D" },
		"Avanan":              func(s string) string { return "https://url.avanan.click/v2/r01/___" + s + "___.YXAzOmE6YTpvOjQ0" },
		"in a path":           func(s string) string { return "https://secure-web.example/1abc/" + url.QueryEscape(s) },
		"plain in a path":     func(s string) string { return "https://safe.example/" + s },
		"one slash in a path": func(s string) string { return "https://safe.example/" + strings.Replace(s, "https://", "https:/", 1) },
		"base64":              func(s string) string { return "https://gateway.example/?d=x&u=" + b64([]byte(s)) + "&h=0" },
		"base64 of a mail":    func(s string) string { return lines(b64([]byte("Hi,\r\nhere: "+s+"\r\nAnn")), 76, "\r\n") },
		"JSON":                func(s string) string { return `{"body":"` + strings.ReplaceAll(s, "&", `\u0026`) + `"}` },
		"JSON, slashes":       func(s string) string { return `"` + strings.ReplaceAll(s, "/", `\/`) + `"` },
		"cmd.exe":             func(s string) string { return strings.ReplaceAll(s, "&", "^&") },
		"PowerShell":          func(s string) string { return strings.ReplaceAll(s, "&", "`&") },
		"no scheme":           func(s string) string { return strings.TrimPrefix(s, "https://") },
		"defused": func(s string) string {
			return strings.NewReplacer("https://", "hxxps[:]//", "login.", "login[.]").Replace(s)
		},
		"twice":                  func(s string) string { return s + "\n\n> " + s },
		"twice, once cut":        func(s string) string { return s + "\n\n> " + s[:200] + "..." },
		"twice, once wrapped":    func(s string) string { return s + "\n\nAnn wrote:\n> " + lines(s, 60, "\n> ") + "\n> Thanks" },
		"another address before": func(s string) string { return "See https://docs.fabrikam.example/docs/consent and " + s },
		"another address after":  func(s string) string { return s + "\nhttps://www.contoso.example/" },
		"a dot in East Asia":     func(s string) string { return s + "。谢谢" },
	} {
		for _, c := range []struct {
			link string
			want Facts
		}{{admin, adminFacts}, {user, userFacts}} {
			text := change(c.link)
			found, refused := Read(text, auth.BuiltinClouds())
			if len(found) != 1 || len(refused) != 0 || !reflect.DeepEqual(found[0].Facts, c.want) || found[0].Address.Reveal() != c.link {
				t.Errorf("%s, %s: %+v, %v", name, c.want.Kind, found, refused)
				if len(found) == 1 {
					t.Logf("%s", found[0].Address.Reveal())
				}
			}
			if !Looks(text) && name != "blanks inside" {
				t.Errorf("%s, %s: it does not look like one", name, c.want.Kind)
			}
		}
		both := change(admin) + "\n\n" + change(user)
		found, refused := Read(both, auth.BuiltinClouds())
		if len(found) != 2 || len(refused) != 0 || found[0].Address.Reveal() != admin || found[1].Address.Reveal() != user {
			t.Errorf("%s, both: %+v, %v", name, found, refused)
		}
	}
}

// mail is one as a mail program saves it: with headers, and its text twice.
func mail(encoding string, encode func(string) string) string {
	html := `<html><body><p>1. <a href="` + strings.ReplaceAll(safeLinks(admin), "&", "&amp;") + `">` + strings.ReplaceAll(admin, "&", "&amp;") + `</a><p>2. <a href="` +
		strings.ReplaceAll(safeLinks(user), "&", "&amp;") + `">User Consent</a><p>Thanks<br>Ann</body></html>`
	plain := "1. <" + safeLinks(admin) + ">\r\n2. User Consent<" + safeLinks(user) + ">\r\n\r\nThanks\r\nAnn"
	part := func(kind, text string) string {
		return "--=_Part_1\r\nContent-Type: " + kind + "; charset=\"utf-8\"\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + encode(text) + "\r\n"
	}
	return "Received: from mail.contoso.example (203.0.113.7) by mx.example with ESMTPS\r\nDKIM-Signature: v=1; a=rsa-sha256; d=contoso.example; s=1;\r\n b=" +
		lines(strings.Repeat("q83vEjRWeJCrze8SNFZ4kKvN", 9), 70, "\r\n ") + "=\r\nSubject: The two links\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/alternative; boundary=\"=_Part_1\"\r\n\r\n" + part("text/plain", plain) + part("text/html", html) + "--=_Part_1--\r\n"
}

// TestReadAWholeMail: as it was saved, in each encoding that mails have.
func TestReadAWholeMail(t *testing.T) {
	for encoding, encode := range map[string]func(string) string{
		"8bit":             func(s string) string { return s },
		"quoted-printable": quotedPrintable,
		"base64":           func(s string) string { return lines(base64.StdEncoding.EncodeToString([]byte(s)), 76, "\r\n") },
	} {
		found, refused := Read(mail(encoding, encode), auth.BuiltinClouds())
		if len(found) != 2 || len(refused) != 0 || found[0].Address.Reveal() != admin || found[1].Address.Reveal() != user {
			t.Errorf("%s: %+v, %v", encoding, found, refused)
		}
	}
}

// TestSoftBreaksAreNoPartOfALink: where the lines of a mail's source are broken inside what a gateway has encoded, nothing else shows it.
func TestSoftBreaksAreNoPartOfALink(t *testing.T) {
	for n := 60; n < 80; n++ {
		text := lines(strings.ReplaceAll(safeLinks(user), "=", "=3D"), n, "=\r\n")
		if l := one(t, text, auth.BuiltinClouds()); l.Address.Reveal() != user {
			t.Errorf("lines of %d: %s", n, l.Address.Reveal())
		}
	}
}

// TestWhatLooksQuoted: a state that begins like a letter in quoted-printable is none.
func TestWhatLooksQuoted(t *testing.T) {
	text := strings.Replace(user, "state=", "state=3D", 1)
	if l := one(t, text+"\nThanks", auth.BuiltinClouds()); l.Address.Reveal() != text {
		t.Errorf("%s", l.Address.Reveal())
	}
}

// TestEveryWidth: a link that was wrapped is whole again, whatever the width, with a word behind it or without.
func TestEveryWidth(t *testing.T) {
	for n := 24; n < 200; n++ {
		for _, link := range []string{admin, user} {
			for _, after := range []string{"", "\n\nRegards\nAnn", "\nRegards,\nAnn"} {
				if l := one(t, lines(link, n, "\n")+after, auth.BuiltinClouds()); l.Address.Reveal() != link {
					t.Errorf("lines of %d, %q: %s", n, after, l.Address.Reveal())
				}
			}
		}
	}
}
