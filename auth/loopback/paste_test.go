package loopback

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/auth/pasted"
)

const (
	pastedState = "mzxw6ytboi3gk3tfnzxw6ytboi3gk3tfnzxw6ytboi3gk3tfnzxw"
	pastedQuery = "admin_consent=True&tenant=" + testTenant + "&scope=openid%20https%3A%2F%2Fgraph.example%2FUser.Read&state=" + pastedState
	pastedURL   = "http://localhost:51234/consent?" + pastedQuery
	askedURL    = "https://login.example.test/" + testTenant + "/v2.0/adminconsent?client_id=" + testClient +
		"&redirect_uri=http%3A%2F%2Flocalhost%3A51234%2Fconsent&scope=openid&state=" + pastedState
	deniedURL = "http://localhost:51234/consent?error=access_denied&error_subcode=cancel&admin_consent=True" +
		"&error_description=AADSTS65004%3a+User+declined.%0d%0aTrace+ID%3a+2b7e9c1a-0000-4111-8222-333344445555&state=" + pastedState
)

// wrapped breaks text into lines of n characters.
func wrapped(text string, n int, between string) string {
	var lines []string
	for len(text) > n {
		lines, text = append(lines, text[:n]), text[n:]
	}
	return strings.Join(append(lines, text), between)
}

// quotedPrintable encodes text as a mail's source has it.
func quotedPrintable(text string) string {
	return wrapped(strings.ReplaceAll(text, "=", "=3D"), 70, "=\r\n")
}

// urlDefenseV2 encodes as URL Defense 2 does: percent-encoded, with "-" for "%" and "_" for "/".
func urlDefenseV2(address string) string {
	inner := strings.NewReplacer("%2F", "_", "-", "-2D", "_", "-5F", "%", "-").Replace(url.QueryEscape(address))
	return "https://urldefense.proofpoint.com/v2/url?u=" + inner + "&d=DwMFaQ&c=euGZstcaTDllvimEN8b7jXrwqOf-v5A_CdpgnVfiiMM&e="
}

func TestReadPasted(t *testing.T) {
	enc := url.QueryEscape
	deep := "https://eur01.safelinks.protection.outlook.com/?url=" + enc(pastedURL) + "&data=05%7C02%7C&sdata=abc%3D&reserved=0"
	// Two of the percent signs, one "&" and one "=" are taken out, in the order in which they are in the address.
	v3 := strings.NewReplacer("=True&", "*True*", "%20", "*20", "%3A", "*3A").Replace(pastedURL)
	v3taken := base64.RawURLEncoding.EncodeToString([]byte("=&%%"))
	run := strings.Replace(pastedURL, "%20https", "**Bhttps", 1)
	for name, text := range map[string]string{
		"as it is":                pastedURL,
		"https":                   strings.Replace(pastedURL, "http:", "https:", 1),
		"no scheme":               strings.TrimPrefix(pastedURL, "http://"),
		"slashes only":            strings.TrimPrefix(pastedURL, "http:"),
		"query only":              pastedQuery,
		"query with mark":         "?" + pastedQuery,
		"bare redirect URI":       strings.Replace(pastedURL, "/consent", "/", 1),
		"blanks around":           " \t\r\n" + pastedURL + "\r\n\r\n",
		"quotes":                  `"` + pastedURL + `"`,
		"single quotes":           "'" + pastedURL + "'",
		"typographic quotes":      "„" + pastedURL + "“",
		"angle brackets":          "<" + pastedURL + ">",
		"in a sentence":           "Hi, the last page failed. Its address was " + pastedURL + ". Regards, Ann",
		"in brackets":             "(" + pastedURL + ")",
		"Markdown link":           "[localhost](" + pastedURL + ")",
		"Markdown escapes":        strings.ReplaceAll(pastedURL, "_", `\_`),
		"fragment":                pastedURL + "#",
		"upper case":              strings.Replace(strings.Replace(pastedURL, "True", "TRUE", 1), testTenant, strings.ToUpper(testTenant), 1),
		"lines of 76":             wrapped(pastedURL, 76, "\n"),
		"lines of 40":             wrapped(pastedURL, 40, "\r\n"),
		"lines of 20":             wrapped(pastedURL, 20, "\r"),
		"quoted lines":            "> " + wrapped(pastedURL, 60, "\r\n> "),
		"twice quoted lines":      ">> " + wrapped(pastedURL, 60, "\n>> "),
		"wrapped, words after":    wrapped(pastedURL, 60, "\n") + "\nThanks,\nAnn",
		"blanks inside":           wrapped(pastedURL, 30, " "),
		"blanks and breaks":       wrapped(wrapped(pastedURL, 30, " "), 77, " \n "),
		"zero-width spaces":       wrapped(pastedURL, 25, "\u200b"),
		"soft hyphens":            wrapped(pastedURL, 25, "\u00ad"),
		"no-break spaces":         wrapped(pastedURL, 50, "\u00a0"),
		"&amp;":                   strings.ReplaceAll(pastedURL, "&", "&amp;"),
		"&amp;amp;":               strings.ReplaceAll(pastedURL, "&", "&amp;amp;"),
		"&#38; and &#61;":         strings.NewReplacer("&", "&#38;", "=", "&#61;").Replace(pastedURL),
		"HTML anchor":             `<a href="` + strings.ReplaceAll(pastedURL, "&", "&amp;") + `">link</a>`,
		"quoted-printable":        quotedPrintable(pastedURL),
		"quoted-printable HTML":   quotedPrintable(`<a href="` + strings.ReplaceAll(pastedURL, "&", "&amp;") + `">`),
		"percent-encoded":         enc(pastedURL),
		"twice percent-encoded":   enc(enc(pastedURL)),
		"Safe Links":              deep,
		"Safe Links, wrapped":     wrapped(deep, 76, "\r\n"),
		"Safe Links, &amp;":       strings.ReplaceAll(deep, "&", "&amp;"),
		"Safe Links of &amp;":     "https://nam02.safelinks.protection.outlook.com/ap/x/?url=" + enc(strings.ReplaceAll(pastedURL, "&", "&amp;")) + "&data=1",
		"URL Defense 1":           "https://urldefense.proofpoint.com/v1/url?u=" + enc(pastedURL) + "&k=abc",
		"URL Defense 2":           urlDefenseV2(pastedURL),
		"URL Defense 2, wrapped":  wrapped(urlDefenseV2(pastedURL), 76, "\n"),
		"URL Defense 3":           "https://urldefense.com/v3/__" + pastedURL + "__;!!AbC123!xYz$",
		"URL Defense 3, taken":    "https://urldefense.com/v3/__" + v3 + "__;" + v3taken + "!!AbC123!xYz$",
		"URL Defense 3, run":      "https://urldefense.us/v3/__" + run + "__;" + base64.RawURLEncoding.EncodeToString([]byte("%20")) + "!!A!x$",
		"URL Defense 3, /":        strings.Replace("https://urldefense.com/v3/__"+pastedURL+"__;!!AbC123!xYz$", "http://localhost", "http:/localhost", 1),
		"Link Protect":            "https://linkprotect.cudasvc.com/url?a=" + enc(pastedURL) + "&c=E,1,abc&typo=1",
		"Google":                  "https://www.google.com/url?q=" + enc(pastedURL) + "&sa=D",
		"in a path":               "https://secure-web.example/1abc/" + enc(pastedURL),
		"gateway in a gateway":    "https://linkprotect.cudasvc.com/url?a=" + enc(deep) + "&c=E",
		"Safe Links of Defense 2": "https://eur01.safelinks.protection.outlook.com/?url=" + enc(urlDefenseV2(pastedURL)) + "&data=1",
		"with the question":       pastedURL + "\n\n> Open this link: " + askedURL,
		"question first":          "You wrote: " + askedURL + "\nAnswer: " + pastedURL,
		"glued to the question":   askedURL + pastedURL,
		"refused first":           deniedURL + "\n" + pastedURL,
	} {
		answer, err := ReadPasted(text, pastedState)
		if err != nil || answer != (auth.Answer{Tenant: testTenant}) {
			t.Errorf("%s: %+v, %v", name, answer, err)
		}
	}
}

func TestReadPastedRefuses(t *testing.T) {
	other := strings.Replace(pastedURL, pastedState, strings.Repeat("x", len(pastedState)), 1)
	for _, c := range []struct {
		name, text, state string
		want              error
	}{
		{"nothing", "", pastedState, auth.ErrBadInput},
		{"blanks", " \n ", pastedState, auth.ErrBadInput},
		{"words", "It did not work, the page can't be reached.", pastedState, auth.ErrBadInput},
		{"the question", askedURL, pastedState, auth.ErrBadInput},
		{"another address", "https://login.example.test/common/reprocess?ctx=abc", pastedState, auth.ErrBadInput},
		{"far too long", strings.Repeat("a", 32<<10) + pastedURL, pastedState, auth.ErrBadInput},
		{"a code", "http://localhost:1/consent?code=abc&state=" + pastedState, pastedState, auth.ErrBadInput},
		{"another state", other, pastedState, auth.ErrOtherAnswer},
		{"another state, wrapped", wrapped(other, 70, "\n"), pastedState, auth.ErrOtherAnswer},
		{"another state, cut off", other[:len(other)-5], pastedState, auth.ErrOtherAnswer},
		{"another state, one letter the same", strings.Replace(pastedURL, pastedState, "mx", 1), pastedState, auth.ErrOtherAnswer},
		{"ours in the middle of another", strings.Replace(pastedURL, pastedState, "x"+pastedState, 1), pastedState, auth.ErrOtherAnswer},
		{"no state expected", strings.Replace(pastedURL, pastedState, "", 1), "", auth.ErrOtherAnswer},
		{"refused, another state", strings.Replace(deniedURL, pastedState, "x", 1), pastedState, auth.ErrOtherAnswer},
		{"no tenant", "http://localhost/consent?admin_consent=True&state=" + pastedState, pastedState, auth.ErrBadAnswer},
		{"tenant is a domain", "http://localhost/consent?admin_consent=True&tenant=contoso.example&state=" + pastedState, pastedState, auth.ErrBadAnswer},
	} {
		answer, err := ReadPasted(c.text, c.state)
		var e *auth.Error
		if !errors.As(err, &e) || !errors.Is(err, c.want) || e.Stage != auth.StageAdminConsent || answer != (auth.Answer{}) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestReadPastedErrorRedirect(t *testing.T) {
	for name, text := range map[string]string{
		"as it is": deniedURL, "wrapped": wrapped(deniedURL, 60, "\n"), "Safe Links": "https://x.example/?url=" + url.QueryEscape(deniedURL),
	} {
		_, err := ReadPasted(text, pastedState)
		var e *auth.Error
		if !errors.As(err, &e) || e.OAuth != "access_denied" || e.Suberror != "cancel" || !slices.Equal(e.Codes, []int{65004}) ||
			e.TraceID != "2b7e9c1a-0000-4111-8222-333344445555" || e.Cause != nil || strings.Contains(e.Description, pastedState) {
			t.Errorf("%s: %#v", name, err)
		}
	}
}

// FuzzReadPasted: whatever is pasted, no consent comes out of it without the state, and none with a tenant that is no GUID.
func FuzzReadPasted(f *testing.F) {
	for _, text := range []string{
		pastedURL, deniedURL, askedURL, urlDefenseV2(pastedURL), quotedPrintable(pastedURL), wrapped(pastedURL, 40, "\n> "),
		url.QueryEscape(url.QueryEscape(pastedURL)), "https://urldefense.com/v3/__a**Bb*c__;JUl!!x$", "&amp;=3D%25%zz",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		answer, err := ReadPasted(text, pastedState)
		again, errAgain := ReadPasted(text, pastedState)
		if answer != again || (err == nil) != (errAgain == nil) {
			t.Error("the same text is read in two ways")
		}
		var e *auth.Error
		switch {
		case err != nil && (!errors.As(err, &e) || answer != (auth.Answer{}) || strings.Contains(err.Error()+e.Description, pastedState)):
			t.Errorf("%+v, %v", answer, err)
		case err == nil && !auth.IsTenantID(answer.Tenant):
			t.Errorf("tenant %q", answer.Tenant)
		}
		if _, err := ReadPasted(text, fmt.Sprintf("%x", sha256.Sum256([]byte(text)))); err == nil {
			t.Error("accepted with another state")
		}
	})
}

// TestWhatStandsForACharacter reads every entity and escape that mail programs put into addresses, one at a time.
func TestWhatStandsForACharacter(t *testing.T) {
	for character, written := range map[string]string{
		"&": `&amp; &#38; &#038; &#x26; &#X26; \&`, "=": `&equals; &#61; &#x3d; &#x3D; \=`, "?": "&quest; &#63; &#x3f; &#x3F;", "_": `&lowbar; &#95; &#x5f; &#x5F; \_`,
		":": "&colon; &#58; &#x3a;", "/": "&sol; &#47; &#x2f;", "%": "&percnt; &#37; &#x25;",
	} {
		for as := range strings.FieldsSeq(written) {
			if got := pasted.WithoutEscapes(pasted.WithoutEntities(as)); got != character {
				t.Errorf("%s: %q, want %s", as, got, character)
			}
			text := strings.ReplaceAll(pastedURL, character, as)
			if answer, err := ReadPasted(text, pastedState); err != nil || answer.Tenant != testTenant {
				t.Errorf("%s for %s: %v", as, character, err)
			}
		}
	}
	for _, between := range []string{
		"\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2060", "\ufeff", "&shy;", "&#8203;",
	} {
		if answer, err := ReadPasted(wrapped(pastedURL, 25, between), pastedState); err != nil || answer.Tenant != testTenant {
			t.Errorf("%q between: %v", between, err)
		}
	}
}

// TestReadPastedAsPeopleSendIt: what mail programs, ticket systems, shells and gateways make of an address, other than by percent.
func TestReadPastedAsPeopleSendIt(t *testing.T) {
	std, forURLs := base64.StdEncoding.EncodeToString, base64.RawURLEncoding.EncodeToString
	// What is before the address puts it at another place in the four letters of base64.
	shifted := func(n int) string { return strings.Repeat("/", n) + std([]byte(pastedURL)) }
	replaced := func(of string, with ...string) string {
		return strings.NewReplacer(append([]string{of}, with...)...).Replace(pastedURL)
	}
	const sophos = "https://eu-central-1.protection.sophos.com/?d=localhost&u="
	for name, text := range map[string]string{
		"base64 in a parameter":          sophos + std([]byte(pastedURL)) + "&i=NWQ0&t=abc&h=0&s=x",
		"base64 for addresses":           "https://gateway.example/?u=" + forURLs([]byte(pastedURL)),
		"base64 with - and _":            "https://gateway.example/?u=" + forURLs([]byte(pastedURL+"#~~~>>>???")),
		"base64, its padding encoded":    "https://gateway.example/?u=" + url.QueryEscape(std([]byte(pastedURL+"1"))) + "&s=1",
		"base64 in a path":               "https://gateway.example/s/" + std([]byte(pastedURL)) + "/x",
		"base64 behind one letter":       "https://gateway.example/" + shifted(1),
		"base64 behind two letters":      "https://gateway.example/" + shifted(2),
		"base64 behind three letters":    "https://gateway.example/" + shifted(3),
		"base64 of JSON":                 "https://gateway.example/?t=x." + forURLs([]byte(`{"id":7,"url":"`+pastedURL+`"}`)) + ".y",
		"base64 of percent":              "https://gateway.example/?u=" + std([]byte(url.QueryEscape(pastedURL))),
		"base64 of &amp;":                "https://gateway.example/?u=" + std([]byte(strings.ReplaceAll(pastedURL, "&", "&amp;"))),
		"base64 of base64":               "https://gateway.example/?u=" + std([]byte("https://other.example/?u="+forURLs([]byte(pastedURL)))),
		"base64 in Safe Links":           "https://eur01.safelinks.protection.outlook.com/?url=" + url.QueryEscape(sophos+std([]byte(pastedURL))) + "&data=1",
		"base64, wrapped":                wrapped(sophos+std([]byte(pastedURL)), 76, "\r\n"),
		"base64, quoted-printable":       quotedPrintable(sophos + std([]byte(pastedURL)) + "&h=0"),
		"base64 of a mail":               wrapped(std([]byte("Hi,\r\nhere it is: "+pastedURL+"\r\nAnn")), 76, "\r\n"),
		"base64 behind other runs":       strings.Repeat(strings.Repeat("a", 60)+"\n", 20) + std([]byte(pastedURL)),
		"hexadecimal":                    "https://gateway.example/?u=" + fmt.Sprintf("%x", pastedURL),
		"JSON":                           `{"body":"` + replaced("&", `\u0026`) + `"}`,
		"JSON, upper case":               replaced("&", `\u0026`, "=", `\u003D`, "?", `\u003F`),
		"JSON in JSON":                   replaced("&", `\\u0026`, "/", `\\/`),
		"JSON with slashes":              `"` + replaced("/", `\/`) + `"`,
		"JSON with lines":                `{"body":"Hi,\n\n` + pastedURL + `\n\nAnn"}`,
		"JSON with wrapped lines":        `{"body":"` + wrapped(pastedURL, 60, `\r\n`) + `"}`,
		"JavaScript":                     replaced("&", `\x26`, "=", `\x3d`),
		"cmd.exe":                        replaced("&", "^&"),
		"cmd.exe, twice":                 replaced("&", "^^^&"),
		"cmd.exe, lines":                 wrapped(replaced("&", "^&"), 50, "^\r\n"),
		"a batch file":                   replaced("&", "^&", "%", "%%"),
		"PowerShell":                     replaced("&", "`&"),
		"PowerShell, quoted":             replaced("&", `"&"`),
		"a shell":                        replaced("&", `\&`, "?", `\?`, "=", `\=`),
		"soft hyphens for hyphens":       replaced("-", "\u00ad"),
		"soft hyphens beside hyphens":    replaced("-", "-\u00ad"),
		"&shy; for hyphens":              replaced("-", "&shy;"),
		"hyphens that do not break":      replaced("-", "\u2011"),
		"such, as an entity":             replaced("-", "&#8209;"),
		"such, as a hexadecimal entity":  replaced("-", "&#x2011;"),
		"such, percent-encoded":          replaced("-", "%E2%80%91"),
		"such in the state":              strings.Replace(pastedURL, pastedState, pastedState[:9]+"%C2%AD"+pastedState[9:], 1),
		"such, quoted-printable":         strings.ReplaceAll(quotedPrintable(pastedURL), "-", "=E2=80=91"),
		"such, in Safe Links":            "https://eur01.safelinks.protection.outlook.com/?url=" + url.QueryEscape(replaced("-", "\u2011")) + "&data=1",
		"hyphens of typesetters":         replaced("-", "\u2010"),
		"dashes":                         replaced("-", "\u2013"),
		"long dashes":                    replaced("-", "\u2014"),
		"signs of minus":                 replaced("-", "\u2212"),
		"wide letters":                   replaced("&", "\uff06", "=", "\uff1d", "?", "\uff1f", ":", "\uff1a"),
		"a certificate of Check Point":   "https://url.avanan.click/v2/r01/___" + pastedURL + "___.YXAzOmE6YTpvOjQ0",
		"bytes of UTF-16 before it":      "\xff\xfe" + pastedURL,
		"a gateway that leaves it alone": "https://safe.example/" + pastedURL,
		"defused":                        "hxxp://localhost[:]51234/consent?" + pastedQuery,
	} {
		answer, err := ReadPasted(text, pastedState)
		if err != nil || answer != (auth.Answer{Tenant: testTenant}) {
			t.Errorf("%s: %+v, %v", name, answer, err)
		}
	}
}

// TestReadPastedCutOff: what is ours and not whole, however it came, is not taken for the answer to another link.
func TestReadPastedCutOff(t *testing.T) {
	short := pastedURL[:len(pastedURL)-5]
	bare := "http://localhost/consent?admin_consent=True&tenant=" + testTenant
	for name, text := range map[string]string{
		"one letter":           pastedURL[:len(pastedURL)-1],
		"five letters":         short,
		"all but four letters": pastedURL[:len(pastedURL)-len(pastedState)+4],
		"all but one letter":   pastedURL[:len(pastedURL)-len(pastedState)+1],
		"the state":            pastedURL[:len(pastedURL)-len(pastedState)],
		"within its name":      pastedURL[:len(pastedURL)-len(pastedState)-3],
		"before the scopes":    bare,
		"within the tenant":    bare[:len(bare)-7],
		"dots":                 short + "...",
		"an ellipsis":          short + "…",
		"in a sentence":        "It was <" + short + ">, he says.",
		"in the middle":        "http://localhost:51234/consent?admin_consent=Tr…" + pastedState[20:],
		"wrapped":              wrapped(short, 60, "\r\n> "),
		"Safe Links":           "https://eur01.safelinks.protection.outlook.com/?url=" + url.QueryEscape(short) + "&data=1",
		"in base64":            "https://gateway.example/?u=" + base64.StdEncoding.EncodeToString([]byte(short)),
		"base64 cut off":       base64.StdEncoding.EncodeToString([]byte(pastedURL))[:len(pastedURL)*4/3-9],
		"within the consent":   "http://localhost:51234/consent?admin_consent=Tru",
		"before the consent":   "http://localhost:51234/consent?admin_consent=",
		"JSON":                 `{"body":"` + strings.ReplaceAll(short, "&", `\u0026`) + `"}`,
		"a refusal":            deniedURL[:len(deniedURL)-9],
		"a refusal's text":     deniedURL[:len(deniedURL)-99],
	} {
		if _, err := ReadPasted(text, pastedState); !errors.Is(err, auth.ErrBadAnswer) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestReadPastedHidden names the gateway whose address nothing can be read from, and none where there is nothing hidden.
func TestReadPastedHidden(t *testing.T) {
	for text, want := range map[string]string{
		"https://protect-eu.mimecast.com/s/AbCdEfGhIj?domain=localhost":                                    "protect-eu.mimecast.com",
		"https://url.uk.m.mimecastprotect.com/s/AbCdEfGhIj":                                                "url.uk.m.mimecastprotect.com",
		"Hi,\n\nhttps://protect-eu.mimecast.com/s/AbCd\nEfGhIj?domain=localhost\n\nThanks,\nAnn":           "protect-eu.mimecast.com",
		"<a href=\"https://PROTECT-EU.mimecast.com/s/Ab?domain=localhost&amp;x=1\">":                       "protect-eu.mimecast.com",
		"https://url.emailprotection.link/?bAbCdEf~":                                                       "url.emailprotection.link",
		"http://hybrid-web.global.blackspider.com/urlwrap/?q=AXicDcm9&Z":                                   "hybrid-web.global.blackspider.com",
		"https://atpscan.global.hornetsecurity.com/?d=AbCd&f=1&i=&k=x&m=&u=a1b2":                           "atpscan.global.hornetsecurity.com",
		"https://gateway.example/go?id=7&domain=localhost%3A51234":                                         "gateway.example",
		"https://linkprotect.contoso.example/c/7f3a":                                                       "linkprotect.contoso.example",
		"https://protect-de.example/s/AbCdEfGhIj?domain=localhost":                                         "protect-de.example",
		"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fprotect-de.example%2Fs%2FA":     "protect-de.example",
		"https://protect-de.example/s/AbC https://www.contoso.example/":                                    "protect-de.example",
		"https://protect-de.example/s/AbC\nhttps://www.contoso.example/":                                   "protect-de.example",
		"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.contoso.example&data=1":     "",
		"https://eu-central-1.protection.sophos.com/?d=contoso.example&u=aHR0cHM6Ly9jb250b3NvLmV4YW1wbGU=": "",
		"https://urldefense.proofpoint.com/v2/url?u=https-3A__www.contoso.example&d=DwMFaQ":                "",
		"https://urldefense.com/v3/__https://www.contoso.example__;!!AbC123!xYz$":                          "",
		"https://urlprotection-was.global.sonicwall.com/click?PV=1&MSGID=2026&URLID=1":                     "urlprotection-was.global.sonicwall.com",
		"https://url10.mailanyone.net/scanner?m=1AbCdE&d=4%7Cmail%2F90&i=x&s=y":                            "url10.mailanyone.net",
		"https://safelinks.example/https://www.contoso.example/":                                           "",
		"https://login.example.test/common/reprocess?ctx=abc":                                              "",
		"https://www.data-protection.example/privacy":                                                      "",
		"https://protect.example": "",
		askedURL:                  "",
		"http://localhost:51234/?domain=localhost": "",
	} {
		_, err := ReadPasted(text, pastedState)
		var hidden *auth.HiddenAnswerError
		switch {
		case want == "" && !errors.Is(err, auth.ErrBadInput), want != "" && (!errors.As(err, &hidden) || hidden.Gateway != want):
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
	// What can be read counts, whatever is beside it.
	if answer, err := ReadPasted("https://protect-de.example/s/AbC\n"+pastedURL, pastedState); err != nil || answer.Tenant != testTenant {
		t.Errorf("%v", err)
	}
}

// TestTheLongestText: what a mail with a long quotation has is read; one byte more is not.
func TestTheLongestText(t *testing.T) {
	text := strings.Repeat("a ", 16<<10)
	text = text[:32<<10-len(pastedURL)] + pastedURL
	if _, err := ReadPasted(text, pastedState); err != nil {
		t.Errorf("%d bytes: %v", len(text), err)
	}
	if _, err := ReadPasted(" "+text, pastedState); !errors.Is(err, auth.ErrBadInput) {
		t.Errorf("one byte more: %v", err)
	}
}

// TestReadPastedComesToAnEnd reads texts that have as many readings as can be.
func TestReadPastedComesToAnEnd(t *testing.T) {
	for _, unit := range []string{"%25", "&amp;amp;=3D \n", "http:/", "a=%3D\n> ", "/v2/url?u=-25", "/v3/__*__;JSUl", "tenant=&", "aHR0cDov", "\\u0026", "687474703a", "https://protect.x/http%3A "} {
		text := strings.Repeat(unit, 32<<10/len(unit)-20) + "?" + unit
		if _, err := ReadPasted(text, pastedState); !errors.Is(err, auth.ErrBadInput) && !errors.Is(err, auth.ErrHiddenAnswer) {
			t.Errorf("%q: %v", unit, err)
		}
	}
}
