package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// redirectBack answers a probe with a redirect to its own redirect URI.
func redirectBack(query string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		http.Redirect(w, r, q.Get("redirect_uri")+"?"+query+"&state="+q.Get("state"), http.StatusFound)
	}
}

func errorPage(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

func TestProbePage(t *testing.T) {
	for _, tc := range []struct {
		name  string
		page  http.HandlerFunc
		want  string
		codes []int
	}{
		{"login required", redirectBack("error=login_required&error_description=AADSTS50058"), AppFine, nil},
		{"interaction required", redirectBack("error=interaction_required"), AppFine, nil},
		{"consent required", redirectBack("error=consent_required"), AppFine, nil},
		{"more than one account", redirectBack("error=account_selection_required"), AppFine, nil},
		{"another error", redirectBack("error=invalid_request&error_description=AADSTS90014"), AppUnknown, []int{90014}},
		{"wrong app by redirect", redirectBack("error=unauthorized_client&error_description=AADSTS700016%3a+no"), AppWrong, []int{700016}},
		{"wrong state", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Query().Get("redirect_uri")+"?error=login_required&state=x", http.StatusFound)
		}, AppUnknown, nil},
		{"redirect elsewhere", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://evil.example/?error=login_required&state="+r.URL.Query().Get("state"), http.StatusFound)
		}, AppUnknown, nil},
		{"redirect to another path", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://localhost:8400/Consent?error=login_required&state="+r.URL.Query().Get("state"), http.StatusFound)
		}, AppUnknown, nil},
		{"app page", errorPage(200, `<html>AADSTS700016: Application with identifier &#39;x&#39; was not found.</html>`), AppWrong, []int{700016}},
		{"redirect URI page", errorPage(400, `<div>AADSTS50011: The redirect URI does not match.</div>`), AppWrong, []int{50011}},
		{"no reply address", errorPage(200, `$Config={"strServiceExceptionMessage":"AADSTS500113: No reply address\r\nTrace ID: 12345678-aaaa"}`), AppWrong, []int{500113}},
		{"tenant", errorPage(400, `{"error":"x","error_description":"AADSTS90002: Tenant"}`), AppWrong, []int{90002}},
		{"single tenant", errorPage(200, `"sErrorCode":"50194"`), AppWrong, []int{50194}},
		{"unknown code", errorPage(200, `AADSTS99999: something`), AppUnknown, []int{99999}},
		{"sign-in page", errorPage(200, `<html>Sign in</html>`), AppUnknown, nil},
		{"service down", errorPage(503, `<html>`), AppUnknown, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			e := newEntra(t)
			e.page = tc.page
			got, err := NewProber([]Cloud{e.cloud}).ProbeApp(context.Background(), e.tenant, publicApp())
			var typed *Error
			errors.As(err, &typed)
			if got != tc.want || (got == AppWrong) && typed == nil || (got == AppFine) && err != nil {
				t.Fatalf("%s, %v; want %s", got, err, tc.want)
			}
			if tc.codes != nil && (typed == nil || typed.Stage != StageProbe || !slices.Equal(typed.Codes, tc.codes)) {
				t.Errorf("%v, want codes %v", err, tc.codes)
			}
		})
	}
}

func TestProbeAsksWithoutShowingAnything(t *testing.T) {
	e := newEntra(t)
	var asked url.Values
	e.page = func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Query()
		redirectBack("error=login_required")(w, r)
	}
	bare := publicApp()
	bare.RedirectPath = ""
	if got, err := NewProber([]Cloud{e.cloud}).ProbeApp(context.Background(), e.tenant, bare); got != AppFine || err != nil {
		t.Fatalf("%s, %v", got, err)
	}
	for key, want := range map[string]string{
		"client_id": entraClient, "prompt": "none", "response_mode": "query", "response_type": "code",
		"redirect_uri": "http://localhost:8400", "code_challenge_method": "S256", "scope": "openid",
	} {
		if asked.Get(key) != want {
			t.Errorf("%s = %q, want %q", key, asked.Get(key), want)
		}
	}
	if len(asked.Get("code_challenge")) != 43 || asked.Get("state") == "" || asked.Get("nonce") == "" {
		t.Errorf("asked %v", asked)
	}
}

func TestProbeProof(t *testing.T) {
	refusal := func(code string, number int) func(http.ResponseWriter, url.Values) bool {
		return func(w http.ResponseWriter, _ url.Values) bool { refuse(w, code, number, ""); return true }
	}
	for _, tc := range []struct {
		name  string
		app   func(testing.TB) App
		token func(http.ResponseWriter, url.Values) bool
		want  string
		code  int
	}{
		{"right secret", func(testing.TB) App { return secretApp() }, nil, AppFine, 0},
		{"right certificate", certificateApp, nil, AppFine, 0},
		{"wrong secret", func(testing.TB) App { return secretApp() }, refusal("invalid_client", 7000215), AppWrong, 7000215},
		{"expired secret", func(testing.TB) App { return secretApp() }, refusal("invalid_client", 7000222), AppWrong, 7000222},
		{"certificate not registered", certificateApp, refusal("invalid_client", 700027), AppWrong, 700027},
		{"is a public client", func(testing.TB) App { return secretApp() }, refusal("invalid_client", 700025), AppWrong, 700025},
		{"no service principal", func(testing.TB) App { return secretApp() }, refusal("unauthorized_client", 7000229), AppUnknown, 7000229},
		{"no service principal, as documented", func(testing.TB) App { return secretApp() }, refusal("invalid_client", 7000229), AppUnknown, 7000229},
		{"no resource", func(testing.TB) App { return secretApp() }, refusal("invalid_resource", 500011), AppUnknown, 500011},
	} {
		t.Run(tc.name, func(t *testing.T) {
			e := newEntra(t)
			e.page, e.token = redirectBack("error=login_required"), tc.token
			app := tc.app(t)
			app.RedirectPath = "/consent"
			got, err := NewProber([]Cloud{e.cloud}).ProbeApp(context.Background(), e.tenant, app)
			if got != tc.want || (tc.code == 0) != (err == nil) {
				t.Fatalf("%s, %v; want %s", got, err, tc.want)
			}
			var typed *Error
			if tc.code != 0 && (!errors.As(err, &typed) || typed.Codes[0] != tc.code || typed.Stage != StageProbe) {
				t.Errorf("err = %v", err)
			}
			if form := e.form(0); form.Get("grant_type") != "client_credentials" || !strings.HasPrefix(form.Get("scope"), e.cloud.PartnerCenterResource+"/.default") {
				t.Errorf("form = %v", form)
			}
		})
	}
}

func TestProbeCombinesPageAndProof(t *testing.T) {
	e := newEntra(t)
	p := NewProber([]Cloud{e.cloud})
	e.page = errorPage(200, "AADSTS50011: no")
	if got, _ := p.ProbeApp(context.Background(), e.tenant, secretApp()); got != AppWrong || e.count() != 0 {
		t.Errorf("a wrong page: %s, %d token requests", got, e.count())
	}
	e.page = errorPage(200, "<html>")
	if got, err := p.ProbeApp(context.Background(), e.tenant, secretApp()); got != AppUnknown || err != nil {
		t.Errorf("a page that says nothing: %s, %v", got, err)
	}
	broken := App{ClientID: entraClient, ClientKind: CertificateClient, Certificate: NewSecret("abc"), RedirectPath: "/consent"}
	got, err := p.ProbeApp(context.Background(), e.tenant, broken)
	var typed *Error
	if got != AppWrong || !errors.Is(err, ErrCertNoCert) || !errors.As(err, &typed) || typed.Stage != "probe" {
		t.Errorf("a certificate that is none: %s, %v", got, err)
	}
}

// TestErrorOfPage has sentences as they are in a page's text and in its script.
func TestErrorOfPage(t *testing.T) {
	for body, want := range map[string]string{
		`AADSTS50011: The URI &#39;x&#39; is wrong.</p>`: "AADSTS50011: The URI 'x' is wrong.",
		`"AADSTS50011: The URI \u0027x\u0027 is wrong."`: "AADSTS50011: The URI 'x' is wrong.",
		`"AADSTS50011: one \u0026 two"`:                  "AADSTS50011: one & two",
		`"AADSTS50011: one\r\ntwo"`:                      "AADSTS50011: one two",
		`"AADSTS50011: one\ntwo"`:                        "AADSTS50011: one two",
		`"AADSTS50011: one\rtwo"`:                        "AADSTS50011: one two",
		`"AADSTS50011: https:\/\/one.example"`:           "AADSTS50011: https://one.example",
	} {
		if got, codes := errorOfPage(body, nil); got != want || !slices.Equal(codes, []int{50011}) {
			t.Errorf("%s: %q, %v, want %q", body, got, codes, want)
		}
	}
}

// TestAProbeTellsNothingOfARedirectsQuery takes what a product has put there out of the sentence that repeats the redirect URI.
func TestAProbeTellsNothingOfARedirectsQuery(t *testing.T) {
	a := App{Redirect: "https://eu.product.example/consent?account=4711-kiwi&lang=en"}
	body := "AADSTS50011: The redirect URI 'https://eu.product.example/consent?account=4711-kiwi&lang=en' does not match."
	got, _ := errorOfPage(body, a.hiddenInRedirect())
	if strings.Contains(got, "kiwi") || !strings.HasPrefix(got, "AADSTS50011: The redirect URI 'https://eu.product.example/consent?") {
		t.Errorf("it says %q", got)
	}
	if got, _ := errorOfPage("AADSTS50011: for 4711-kiwi.", a.hiddenInRedirect()); strings.Contains(got, "kiwi") {
		t.Errorf("it says %q", got)
	}
}

func TestProbeFailures(t *testing.T) {
	e := newEntra(t)
	down := e.tenant
	down.Authorize = closedCloud(t, "x").Login + "/authorize"
	if got, err := NewProber([]Cloud{e.cloud}).ProbeApp(context.Background(), down, publicApp()); got != AppUnknown || !errors.Is(err, ErrBadAnswer) {
		t.Errorf("a page elsewhere: %s, %v", got, err)
	}
	down.Authorize = strings.Replace(down.Authorize, "https", "http", 1)
	if got, err := NewProber([]Cloud{e.cloud}).ProbeApp(context.Background(), down, publicApp()); got != AppUnknown || !errors.Is(err, ErrNetwork) {
		t.Errorf("nobody there: %s, %v", got, err)
	}
	if got, err := NewProber(nil).ProbeApp(context.Background(), e.tenant, publicApp()); got != AppUnknown || !errors.Is(err, ErrUnknownCloud) {
		t.Errorf("no cloud: %s, %v", got, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if got, err := NewProber([]Cloud{e.cloud}).ProbeApp(ctx, e.tenant, publicApp()); got != AppUnknown || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %s, %v", got, err)
	}
}

func TestProbeOfAPracticeCloud(t *testing.T) {
	e := newEntra(t)
	pages := httptest.NewServer(redirectBack("error=login_required"))
	defer pages.Close()
	e.tenant.Authorize = pages.URL + "/" + entraTenant + "/oauth2/v2.0/authorize"
	if got, err := NewProber([]Cloud{e.cloud}).ProbeApp(context.Background(), e.tenant, publicApp()); got != AppFine || err != nil {
		t.Errorf("%s, %v", got, err)
	}
}

func FuzzReadProbePage(f *testing.F) {
	f.Add(302, "http://localhost:8400/consent?error=login_required&state=s", "")
	f.Add(200, "", "AADSTS50011: x")
	f.Add(400, "", `{"error":"x"}`)
	f.Fuzz(func(t *testing.T, status int, location, body string) {
		got, err := readProbePage(status, http.Header{"Location": {location}}, []byte(body), publicApp(), "s")
		if !slices.Contains([]string{AppFine, AppWrong, AppUnknown}, got) || got == AppWrong && err == nil || got == AppFine && err != nil {
			t.Fatalf("%s, %v", got, err)
		}
		if err != nil {
			_ = err.Error()
		}
	})
}

// TestProbeOfAnAppOfSomebodyElse names that one's redirect address, and believes no other one.
func TestProbeOfAnAppOfSomebodyElse(t *testing.T) {
	const redirect = "https://app.product.example/back?company=7"
	for name, c := range map[string]struct{ answer, want string }{
		"it":                {redirect + "&error=login_required", AppFine},
		"without its query": {"https://app.product.example/back?error=login_required", AppFine},
		"capitals":          {"https://APP.product.example/back?error=login_required", AppFine},
		"another host":      {"https://product.example/back?error=login_required", AppUnknown},
		"another path":      {"https://app.product.example/?error=login_required", AppUnknown},
		"another scheme":    {"http://app.product.example/back?error=login_required", AppUnknown},
		"ours":              {"http://localhost:8400/consent?error=login_required", AppUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			e := newEntra(t)
			asked := url.Values{}
			e.page = func(w http.ResponseWriter, r *http.Request) {
				asked = r.URL.Query()
				http.Redirect(w, r, c.answer+"&state="+asked.Get("state"), http.StatusFound)
			}
			app := App{ClientID: entraClient, RedirectPath: "/consent", Redirect: redirect}
			if got, err := NewProber([]Cloud{e.cloud}).ProbeApp(context.Background(), e.tenant, app); got != c.want || err != nil {
				t.Errorf("%s, %v; want %s", got, err, c.want)
			}
			if asked.Get("redirect_uri") != redirect || asked.Get("client_id") != entraClient {
				t.Errorf("asked %v", asked)
			}
		})
	}
}
