package rehearsal_test

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

func translator(t *testing.T, lang string) *assets.Translator {
	t.Helper()
	tr := assets.NewTranslator(lang)
	return tr
}

func TestPagesSayWhatTheyAre(t *testing.T) {
	for lang, banner := range map[string]string{"en": "Rehearsal. This is not Microsoft.", "de": "Übung. Das ist nicht Microsoft."} {
		p := newProgram(t, start(t, rehearsal.Options{Text: translator(t, lang).Text, Scenario: "declined"}))
		v := visitor.New()
		page, err := v.Open(t.Context(), p.adminURL())
		for _, do := range []string{"", "person:admin", "password", "approve", "accept"} {
			if err == nil && do != "" {
				page, err = v.Press(t.Context(), page, do)
			}
			if err != nil || do == "accept" {
				break
			}
			checkPage(t, page, p.origin)
			if !strings.Contains(page.Body, banner) || !strings.Contains(page.Body, `<html lang="`+lang+`"`) {
				t.Errorf("%s: no banner after %q", lang, do)
			}
			if !strings.Contains(page.Body, translator(t, lang).Text("rehearsal.scenario.declined", nil)) {
				t.Errorf("%s: the scenario is not named", lang)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

var missingText = regexp.MustCompile(`\[rehearsal\.[^\]]*\]|no value`)

func checkPage(t *testing.T, page visitor.Page, listener string) {
	t.Helper()
	policy := page.Header.Get("Content-Security-Policy")
	nonce := regexp.MustCompile(`'nonce-([A-Z0-9]+)'`).FindStringSubmatch(policy)
	if nonce == nil || !strings.Contains(page.Body, `nonce="`+nonce[1]+`"`) || !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("policy %q", policy)
	}
	if !strings.Contains(policy, strings.TrimSpace("form-action 'self' "+listener)+";") || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("policy %q does not let the form lead to %s", policy, listener)
	}
	for name, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY"} {
		if page.Header.Get(name) != want {
			t.Errorf("%s: %q", name, page.Header.Get(name))
		}
	}
	if missing := missingText.FindString(page.Body); missing != "" {
		t.Errorf("a text is missing: %s", missing)
	}
	focused := regexp.MustCompile(`<[^>]* autofocus=""[^>]*>`).FindAllString(page.Body, -1)
	if len(focused) != 1 || strings.Contains(focused[0], " disabled") {
		t.Errorf("in focus are %q", focused)
	}
}

func TestCookiesOfThePages(t *testing.T) {
	p := newProgram(t, start(t, options()))
	v := visitor.New()
	page, _ := v.Open(t.Context(), p.adminURL())
	set := page.Header.Values("Set-Cookie")
	for _, do := range []string{"person:admin", "password", "approve"} {
		page, _ = v.Press(t.Context(), page, do)
		set = append(set, page.Header.Values("Set-Cookie")...)
	}
	if len(set) != 2 {
		t.Fatalf("%d cookies", len(set))
	}
	for _, cookie := range set {
		if !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") || strings.Contains(cookie, "Domain=") {
			t.Error(cookie)
		}
	}
}

func TestAutoPressesByItself(t *testing.T) {
	for _, test := range []struct {
		scenario   string
		auto       bool
		wants, not string
	}{
		{"good", true, `document.getElementById("auto").click(); }, 250)`, "auto-nothing"},
		{"good", false, "person:integration", "<script"},
		{"closed-window", true, "rehearsal.auto-nothing", "<script"},
	} {
		p := newProgram(t, start(t, rehearsal.Options{Scenario: test.scenario, Auto: test.auto, AutoDelay: 250 * time.Millisecond}))
		page, err := visitor.New().Open(t.Context(), p.userURL())
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(page.Body, test.wants) || strings.Contains(page.Body, test.not) {
			t.Errorf("%s, auto %v: %s", test.scenario, test.auto, page.Body)
		}
	}
}

// TestErrorPagesLeadNowhere: an error page has the text to copy that Entra's have, and no button that brings an answer to the program. Another
// account may be taken.
func TestErrorPagesLeadNowhere(t *testing.T) {
	p := newProgram(t, start(t, rehearsal.Options{Scenario: "not-assigned", Auto: true, Text: translator(t, "en").Text}))
	p.walk(visitor.New(), p.adminURL())
	v := visitor.New()
	const id = "5e0a11c0-0000-4000-8000-0000000c0de5"
	page, err := v.Walk(t.Context(), p.userURL("client-request-id", id))
	if err != nil {
		t.Fatal(err)
	}
	copied := regexp.MustCompile(`^Request Id: [0-9a-f-]{36}\nCorrelation Id: ` + id + `\nTimestamp: \S+T\S+Z\nMessage: AADSTS50105: The signed in user`)
	shown := p.cloud.Journal().ErrorPages
	if !copied.MatchString(page.ErrorText()) || len(shown) != 1 || shown[0] != page.ErrorText() {
		t.Errorf("%q, and the journal has %q", page.ErrorText(), shown)
	}
	if strings.Count(page.Body, "<button") != 1 || strings.Contains(page.Body, `value="return"`) || strings.Contains(page.Body, "<script") {
		t.Errorf("the page: %s", page.Body)
	}
	if _, err := v.Press(t.Context(), page, "return"); err == nil {
		t.Error("it leads back")
	}
	if page, err = v.Press(t.Context(), page, "other-account"); err != nil || !strings.Contains(page.Body, "person:colleague") || p.answer() != nil {
		t.Errorf("another account: %v", err)
	}
}

// The page that passes the answer on does it by itself, with or without Auto, and has a button for want of scripts.
func TestPassOnPage(t *testing.T) {
	p := newProgram(t, start(t, options()))
	p.walk(visitor.New(), p.adminURL())
	v := visitor.New()
	page, _ := v.Open(t.Context(), p.userURL())
	var err error
	for _, do := range []string{"person:integration", "password", "approve"} {
		if page, err = v.Press(t.Context(), page, do); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{`.submit()`, `action="` + p.origin + `/consent"`, `name="code"`, `<button type="submit"`} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("no %s", want)
		}
	}
	if p.answer() != nil {
		t.Error("it was passed on without a browser's doing")
	}
}

func TestVisitsBelongToAWindow(t *testing.T) {
	p := newProgram(t, start(t, options()))
	mine, other := visitor.New(), visitor.New()
	page, _ := mine.Open(t.Context(), p.adminURL())
	stolen, err := other.Press(t.Context(), page, "person:admin")
	if err != nil || stolen.Status != http.StatusForbidden {
		t.Errorf("another window: %d, %v", stolen.Status, err)
	}
	next, _ := mine.Press(t.Context(), page, "person:admin")
	wrong := next
	wrong.Body = regexp.MustCompile(`(name="password" type="text" value=")[^"]*`).ReplaceAllString(wrong.Body, "${1}nope")
	again, err := mine.Press(t.Context(), wrong, "password")
	if err != nil || !strings.Contains(again.Body, "rehearsal.remark.wrong-password") {
		t.Errorf("a wrong password: %v", err)
	}
	last, err := mine.PressAll(t.Context(), again, "password", "approve", "accept")
	if err != nil || last.Body != "done" {
		t.Fatalf("%v %s", err, last.Body)
	}
	if late, _ := mine.Press(t.Context(), next, "password"); late.Status != http.StatusGone {
		t.Errorf("a finished visit: %d", late.Status)
	}
	lost := next
	lost.Body = regexp.MustCompile(`(name="visit" value=")[^"]*`).ReplaceAllString(lost.Body, "${1}nope")
	if got, _ := mine.Press(t.Context(), lost, "password"); got.Status != http.StatusBadRequest {
		t.Errorf("an unknown visit: %d", got.Status)
	}
}

func TestOnlyOwnHost(t *testing.T) {
	p := newProgram(t, start(t, options()))
	for _, address := range []string{p.facts.Pages + "/", p.facts.BackChannel + "/" + p.facts.Domain + "/v2.0/.well-known/openid-configuration"} {
		for host, want := range map[string]int{"": 200, "localhost": 421, "evil.example": 421} {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Host = host
			answer, err := p.client.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = answer.Body.Close()
			if answer.StatusCode != want {
				t.Errorf("%s as %q: %d", address, host, answer.StatusCode)
			}
		}
	}
}

func TestOtherPages(t *testing.T) {
	p := newProgram(t, start(t, rehearsal.Options{Text: translator(t, "en").Text}))
	for path, want := range map[string]int{
		"/": 200, "/portal/partner-center": 200, "/portal/entra": 200, "/portal/other": 404, "/error?code=50011": 200, "/nothing": 404,
		"/" + p.facts.TenantID + "/oauth2/v2.0/token": 404,
	} {
		page, err := visitor.New().Open(t.Context(), p.facts.Pages+path)
		if err != nil || page.Status != want || missingText.MatchString(page.Body) {
			t.Errorf("%s: %d, %v", path, page.Status, err)
		}
	}
}

// Each key has a sentence in each language, with the same parts, and no sentence is without use.
func TestTranslations(t *testing.T) {
	sentence := regexp.MustCompile(`(?m)^"(rehearsal\.[a-z0-9.-]+)" = "(.*)"$`)
	part := regexp.MustCompile(`{{\.\w+}}`)
	texts := map[string]map[string]string{}
	for _, lang := range []string{"en", "de"} {
		data, err := os.ReadFile("../assets/translations/" + lang + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		texts[lang] = map[string]string{}
		for _, m := range sentence.FindAllStringSubmatch(string(data), -1) {
			texts[lang][m[1]] = m[2]
		}
	}
	for key, en := range texts["en"] {
		de, ok := texts["de"][key]
		if !ok || strings.Join(part.FindAllString(en, -1), "") != strings.Join(part.FindAllString(de, -1), "") {
			t.Errorf("%s: %q, %q", key, en, de)
		}
		if strings.ContainsAny(en+de, "!") {
			t.Errorf("%s has an exclamation mark", key)
		}
	}
	if len(texts["en"]) != len(texts["de"]) || len(texts["en"]) < 200 {
		t.Errorf("%d and %d sentences", len(texts["en"]), len(texts["de"]))
	}
	named := map[string]bool{}
	for _, s := range rehearsal.Scenarios() {
		named[s.Text] = true
		if texts["en"][s.Text] == "" {
			t.Errorf("scenario %s has no sentence", s.Name)
		}
	}
	for key := range texts["en"] {
		if strings.HasPrefix(key, "rehearsal.scenario.") && !named[key] {
			t.Errorf("%s belongs to no scenario", key)
		}
	}
}
