package link

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/auth"
)

// endpointsOfTests are the hosts that a link may lead to, typed out.
var endpointsOfTests = []string{
	"https://login.microsoftonline.com", "https://login.windows.net", "https://login.microsoft.com", "https://sts.windows.net",
	"https://login.microsoftonline.us", "https://login.usgovcloudapi.net", "https://login.partner.microsoftonline.cn", "https://login.chinacloudapi.cn",
	"https://127.0.0.1:40443", "http://127.0.0.1:40080",
}

// FuzzRead: whatever is pasted, a link that comes out of it leads to a sign-in host that is known, and has nothing in it that a browser could take
// for another one; what may be shown of it does not depend on its state or nonce; what is opened begins with it.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		admin, user, practiceAdmin, practiceUser, admin + "\n" + user, safeLinks(user), defenseV2(admin), quotedPrintable(user), lines(user, 60, "\n> "), lines(admin, 30, " "),
		url.QueryEscape(url.QueryEscape(user)), "https://urldefense.com/v3/__" + admin + "__;JUl!!x$", strings.ReplaceAll(user, "&", "&amp;"), `{"a":"` + strings.ReplaceAll(user, "&", `\u0026`) + `"}`,
		"https://safe.example/" + admin, "javascript:location='" + user + "'", "view-source:" + admin, strings.TrimPrefix(admin, "https://"),
		strings.Replace(user, "login.", "ann@login.", 1), strings.Replace(user, ".com/", ".com@evil.example/", 1), strings.Replace(user, ".com/", ".com\\@evil.example/", 1),
		strings.Replace(user, ".com/", ".com:8443/", 1), strings.Replace(user, ".com/", ".com./", 1), strings.Replace(user, "https://", "https:///", 1),
		strings.Replace(user, "https://", `https:\\`, 1), strings.Replace(user, "o", "о", 1), strings.Replace(user, ".com/", ".com%2F@evil.example/", 1),
		strings.Replace(practiceAdmin, "127.0.0.1", "2130706433", 1), user + "#@evil.example", user + "&state=1", user[:200] + "...", "<" + admin + ">\r\n\r\nThanks",
	} {
		f.Add(text)
	}
	clouds := append(auth.BuiltinClouds(), practice())
	f.Fuzz(func(t *testing.T, text string) {
		found, refused := Read(text, clouds)
		for _, l := range found {
			leadsToAnEndpoint(t, l)
			showsNoSecret(t, l, clouds)
			address := l.Address.Reveal()
			if opened := l.Opened("ann@contoso.example", true).Reveal(); !strings.HasPrefix(opened, address) {
				t.Errorf("%s is opened as %s", address, opened)
			}
			if !Looks(address) {
				t.Errorf("%s does not look like a link", address)
			}
		}
		if len(found) > 2 || len(found) == 2 && found[0].Kind == found[1].Kind {
			t.Errorf("%d links", len(found))
		}
		for _, r := range refused {
			if !slices.Contains(Faults(), r.Fault) || len(r.Host) > 253 || strings.Trim(r.Host, "abcdefghijklmnopqrstuvwxyz0123456789.-:[]?") != "" {
				t.Errorf("%+v", r)
			}
		}
	})
}

// leadsToAnEndpoint parses a link as another program does.
func leadsToAnEndpoint(t *testing.T, l Link) {
	t.Helper()
	u, err := url.Parse(l.Address.Reveal())
	if err != nil {
		t.Fatalf("%s: %v", l.Address.Reveal(), err)
	}
	origin := strings.TrimSuffix(strings.ToLower(u.Scheme+"://"+u.Host), map[string]string{"https": ":443", "http": ":80"}[u.Scheme])
	if !slices.Contains(endpointsOfTests, origin) || u.User != nil || u.Fragment != "" || strings.ContainsAny(l.Address.Reveal(), "\\# \"<>\r\n\t") {
		t.Errorf("it leads to %s: %s", origin, l.Address.Reveal())
	}
	if plain := strings.HasPrefix(origin, "https:"); !plain && l.Cloud != "rehearsal" {
		t.Errorf("%s counts for %s", origin, l.Cloud)
	}
	redirect, err := url.Parse(l.Redirect)
	if err != nil || redirect.Host == "" || redirect.RawQuery != "" || redirect.User != nil || redirect.Scheme != "https" && l.Cloud != "rehearsal" {
		t.Errorf("the answer goes to %s", l.Redirect)
	}
}

// showsNoSecret puts other values into the place of a link's state and nonce: what may be shown stays the same, and the link is read as it is.
func showsNoSecret(t *testing.T, l Link, clouds []auth.Cloud) {
	t.Helper()
	again, _ := Read(l.Address.Reveal(), clouds)
	if len(again) != 1 || again[0].Address != l.Address || !reflect.DeepEqual(again[0].Facts, l.Facts) {
		t.Fatalf("%s is read again as %+v", l.Address.Reveal(), again)
	}
	before, query, _ := strings.Cut(l.Address.Reveal(), "?")
	parts := strings.Split(query, "&")
	for i, part := range parts {
		name, _, _ := strings.Cut(part, "=")
		if plain, _ := url.QueryUnescape(name); strings.EqualFold(plain, "state") || strings.EqualFold(plain, "nonce") {
			parts[i] = name + "=0therValue"
		}
	}
	other, refused := Read(before+"?"+strings.Join(parts, "&"), clouds)
	if len(other) != 1 || !reflect.DeepEqual(other[0].Facts, l.Facts) {
		t.Errorf("with another state it is read as %+v, %v, and not as %+v", other, refused, l.Facts)
	}
}
