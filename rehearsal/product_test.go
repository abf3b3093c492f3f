package rehearsal_test

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

// buyer is somebody who sets up a connector in the practice product.
type buyer struct {
	*visitor.Product
	t     *testing.T
	cloud *rehearsal.Cloud
	facts rehearsal.Facts
}

func newBuyer(t *testing.T, scenario string) *buyer {
	t.Helper()
	c := start(t, rehearsal.Options{Scenario: scenario, Text: translator(t, "en").Text})
	f := c.Facts()
	p, err := visitor.New().OpenProduct(t.Context(), f.Product.Page)
	if err == nil {
		err = p.NewConnector(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return &buyer{p, t, c, f}
}

func (b *buyer) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// links makes both, the second one after the settings were opened again as often as it takes.
func (b *buyer) links() (admin, user string) {
	b.t.Helper()
	admin, err := b.AdminLink(b.t.Context())
	b.must(err)
	for range 3 {
		b.must(b.Reopen(b.t.Context()))
		user, err = b.UserLink(b.t.Context())
		if !errors.Is(err, visitor.ErrNoButton) {
			break
		}
	}
	b.must(err)
	return admin, user
}

// walk opens a link in a window of its own, where everybody does as the scenario wants.
func (b *buyer) walk(link string) visitor.Page {
	b.t.Helper()
	page, err := visitor.New().Walk(b.t.Context(), link)
	b.must(err)
	return page
}

func parsed(t *testing.T, link string) (*url.URL, url.Values) {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	return u, q
}

func TestTheProductsTwoLinks(t *testing.T) {
	b := newBuyer(t, "links-good")
	admin, user := b.links()
	a, q := parsed(t, admin)
	if a.Scheme+"://"+a.Host != b.facts.Pages || a.Path != "/"+b.facts.TenantID+"/v2.0/adminconsent" {
		t.Errorf("the admin link leads to %s", admin)
	}
	if q.Get("client_id") != "5e0a11c0-a000-4000-8000-000000000004" || q.Get("redirect_uri") != b.facts.Product.Page+"consent/partnercenter/admin/success" || len(q.Get("state")) < 40 || q.Has("nonce") {
		t.Errorf("the admin link asks for %v", q)
	}
	u, q := parsed(t, user)
	if u.Scheme+"://"+u.Host != b.facts.Pages || u.Path != "/"+b.facts.TenantID+"/oauth2/v2.0/authorize" {
		t.Errorf("the user link leads to %s", user)
	}
	for name, want := range map[string]string{
		"client_id": "5e0a11c0-a000-4000-8000-000000000004", "redirect_uri": b.facts.Product.Page + "consent/partnercenter/user/success", "response_type": "code id_token",
		"response_mode": "form_post", "scope": "openid profile offline_access https://partnercenter.rehearsal.invalid/user_impersonation", "prompt": "", "login_hint": "",
	} {
		if q.Get(name) != want {
			t.Errorf("the user link's %s is %q", name, q.Get(name))
		}
	}
	made := b.cloud.Journal().Links
	if len(made) != 2 || !made[0].Admin || made[0].Address != admin || made[1].Admin || made[1].Address != user || made[1].Nonce != q.Get("nonce") || len(q.Get("nonce")) < 40 {
		t.Errorf("the journal has %+v", made)
	}
	for _, made := range []struct{ link, title string }{{admin, "Admin consent received"}, {user, "User consent received"}} {
		if page := b.walk(made.link); page.Status != 200 || !strings.Contains(page.Body, "<h1>"+made.title+"</h1>") || !strings.Contains(page.Body, "Rehearsal. This is Practice Product") {
			t.Errorf("%s: %d %s", made.title, page.Status, page.Body)
		}
	}
	b.must(b.Reopen(t.Context()))
	b.must(b.Save(t.Context()))
	if said, err := b.Sync(t.Context()); err != nil || said != "" || !strings.Contains(b.Page.Body, "Synchronized: Partner Center answered.") {
		t.Errorf("the synchronization: %q, %v", said, err)
	}
	want := []rehearsal.SignIn{{Admin: true, ClientID: b.facts.Product.ClientID, Role: "admin", Jar: 1}, {ClientID: b.facts.Product.ClientID, Role: "integration", Jar: 2}}
	if j := b.cloud.Journal(); !slices.Equal(j.SignIns, want) || j.AdminCookieSeenAtUserConsent {
		t.Errorf("the sign-ins: %+v, shared %v", j.SignIns, j.AdminCookieSeenAtUserConsent)
	}
}

// TestTheProductsPages: they are guarded as all practice pages are, have titles of their own, and a form that needs no mouse.
func TestTheProductsPages(t *testing.T) {
	b := newBuyer(t, "links-good")
	v := visitor.New()
	page, err := v.Open(t.Context(), b.facts.Product.Page)
	b.must(err)
	for _, step := range []struct{ do, title string }{
		{"", "Integrations"},
		{"add", "Add New"},
		{"create", "Microsoft Partner Center 2"},
		{"admin-link", "Microsoft Partner Center 2"},
		{"list", "Integrations"},
		{"add", "Add New"},
		{"create", "Microsoft Partner Center 3"},
		{"save", "Microsoft Partner Center 3"},
		{"edit", "Microsoft Partner Center 3"}, // saved before any link was made
	} {
		if step.do != "" {
			page, err = v.Press(t.Context(), page, step.do)
			b.must(err)
		}
		checkPage(t, page, "")
		if want := "<title>" + step.title + " – Rehearsal. This is Practice Product"; !strings.Contains(page.Body, want) || !strings.Contains(page.Body, "<h1>"+step.title+"</h1>") {
			t.Errorf("after %q there is no %q:\n%s", step.do, want, page.Body)
		}
		if form := `<form id="practice" method="post" action="/integrations">`; !strings.Contains(page.Body, form) || strings.Count(page.Body, "<button ") != strings.Count(page.Body, `<button type="submit" name="do"`) {
			t.Errorf("after %q not all of it is a form with buttons:\n%s", step.do, page.Body)
		}
	}
}

// In one window the second link takes the administrator whom the cookies know: nobody is asked, and the product learns of it when it calls.
func TestBothLinksInOneWindow(t *testing.T) {
	b := newBuyer(t, "links-good")
	admin, user := b.links()
	v := visitor.New()
	for _, link := range []string{admin, user} {
		if page, err := v.Walk(t.Context(), link); err != nil || page.Status != 200 {
			t.Fatalf("%d, %v", page.Status, err)
		}
	}
	b.must(b.Save(t.Context()))
	if said, err := b.Sync(t.Context()); err != nil || !strings.HasPrefix(said, "2032 ") {
		t.Errorf("the synchronization: %q, %v", said, err)
	}
	if j := b.cloud.Journal(); len(j.SignIns) != 1 || !j.AdminCookieSeenAtUserConsent {
		t.Errorf("the sign-ins: %+v, shared %v", j.SignIns, j.AdminCookieSeenAtUserConsent)
	}
}

// TestLinksScenarios opens both links in windows of their own, whatever they are, and looks what the product makes of it.
func TestLinksScenarios(t *testing.T) {
	const noConsent = "A consent is missing."
	for name, want := range map[string]struct{ admin, user, sync string }{
		"links-good":              {"Admin consent received", "User consent received", ""},
		"links-second-disabled":   {"Admin consent received", "User consent received", ""},
		"links-swapped":           {"User consent received", "Admin consent received", ""},
		"links-common":            {"Admin consent received", "User consent received", "403 Access denied. The organization is not a partner."},
		"links-admin-elsewhere":   {"Admin consent received", "access_denied cancel", noConsent},
		"links-admin-signs-twice": {"Admin consent received", "User consent received", "2032 The supplied role does not have the rights to perform the requested operation."},
		"links-no-mfa":            {"Admin consent received", "User consent received", "900421 The token has no proof of multifactor authentication."},
		"links-need-admin":        {"Admin consent received", "AADSTS90094: The app needs the permission of an administrator.", noConsent},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBuyer(t, name)
			admin, user := b.links()
			first, second := admin, user
			if name == "links-swapped" {
				first, second = user, admin // the one for the administrator has to be first, wherever it was made
			}
			pages := map[string]visitor.Page{first: b.walk(first)}
			pages[second] = b.walk(second)
			if !strings.Contains(pages[admin].Body, want.admin) || !strings.Contains(pages[user].Body, want.user) {
				t.Errorf("the windows show\n%s\n%s", pages[admin].Body, pages[user].Body)
			}
			b.must(b.Save(t.Context()))
			if said, err := b.Sync(t.Context()); err != nil || said != want.sync {
				t.Errorf("the synchronization: %q, %v", said, err)
			}
		})
	}
}

func TestErrorsOfTheProductCanBeCopied(t *testing.T) {
	b := newBuyer(t, "links-need-admin")
	_, user := b.links()
	page := b.walk(user)
	shown := b.cloud.Journal().ErrorPages
	if page.Status != 400 || !strings.HasPrefix(page.Copied(), "access_denied\nAADSTS90094: ") || len(shown) != 1 || shown[0] != page.Copied() {
		t.Errorf("%d %q, and the journal has %q", page.Status, page.Copied(), shown)
	}
}

func TestLinksThatMustNotBeOpened(t *testing.T) {
	b := newBuyer(t, "links-wrong-tenant")
	for _, link := range both(b.links()) {
		if u, _ := parsed(t, link); !strings.HasPrefix(u.Path, "/"+b.facts.OtherTenantID+"/") {
			t.Errorf("the link is for %s", u.Path)
		}
	}
	b = newBuyer(t, "links-look-alike")
	for _, link := range both(b.links()) {
		if u, _ := parsed(t, link); u.Scheme != "https" || u.Host != "login.microsoftonline.com.sign-in.invalid" {
			t.Errorf("the link leads to %s", u.Host)
		}
	}
}

func both(one, other string) []string { return []string{one, other} }

func TestTheSecondButtonWantsTheSettingsReopened(t *testing.T) {
	for scenario, times := range map[string]int{"links-good": 1, "links-second-disabled": 2} {
		b := newBuyer(t, scenario)
		b.must(b.Reopen(t.Context())) // before the first link is made it does not count
		if _, err := b.UserLink(t.Context()); !errors.Is(err, visitor.ErrNoButton) {
			t.Errorf("%s: without the first link: %v", scenario, err)
		}
		if _, err := b.AdminLink(t.Context()); err != nil {
			t.Fatal(err)
		}
		for range times {
			if _, err := b.UserLink(t.Context()); !errors.Is(err, visitor.ErrNoButton) {
				t.Errorf("%s: too early: %v", scenario, err)
			}
			b.must(b.Reopen(t.Context()))
		}
		if link, err := b.UserLink(t.Context()); err != nil || !strings.Contains(link, "/authorize?") {
			t.Errorf("%s: %v", scenario, err)
		}
	}
}

func TestSavingInBetweenSpoilsTheLinks(t *testing.T) {
	b := newBuyer(t, "links-saved-early")
	admin, err := b.AdminLink(t.Context())
	b.must(err)
	if !strings.Contains(b.Page.Body, "Choose this one.") {
		t.Error("Save is not suggested")
	}
	b.must(b.Save(t.Context()))
	for range 3 {
		b.must(b.Reopen(t.Context()))
		for _, link := range []func() (string, error){
			func() (string, error) { return b.AdminLink(t.Context()) }, func() (string, error) { return b.UserLink(t.Context()) },
		} {
			if _, err := link(); !errors.Is(err, visitor.ErrNoButton) {
				t.Errorf("a link can be made: %v", err)
			}
		}
	}
	if page := b.walk(admin); page.Status != 400 || !strings.Contains(page.Body, "Unknown link") {
		t.Errorf("the link that was made before: %d", page.Status)
	}
	if said, err := b.Sync(t.Context()); err != nil || said != "A consent is missing." {
		t.Errorf("the synchronization: %q, %v", said, err)
	}
}

// An answer counts for the link that it answers, once.
func TestTheProductTakesOnlyItsOwnAnswers(t *testing.T) {
	b := newBuyer(t, "links-good")
	admin, user := b.links()
	_, q := parsed(t, user)
	other, err := b.UserLink(t.Context())
	b.must(err)
	_, others := parsed(t, other)
	b.walk(admin)
	if page := b.walk(admin); page.Status != 400 || !strings.Contains(page.Body, "Unknown link") {
		t.Errorf("used again: %d", page.Status)
	}
	v := visitor.New()
	page, err := v.Open(t.Context(), user)
	for _, do := range []string{"person:integration", "password", "approve"} {
		b.must(err)
		page, err = v.Press(t.Context(), page, do)
	}
	b.must(err)
	if strings.Contains(page.Body, "?code=") || !strings.Contains(page.Body, `name="id_token"`) {
		t.Errorf("the answer is passed on by %s", page.Body)
	}
	page.Body = strings.ReplaceAll(page.Body, q.Get("state"), others.Get("state"))
	if page, err = v.Press(t.Context(), page, ""); err != nil || page.Copied() != "The ID token answers another request." {
		t.Errorf("another link's answer: %q, %v", page.Copied(), err)
	}
}

func TestHybridRequests(t *testing.T) {
	b := newBuyer(t, "links-good")
	admin, user := b.links()
	b.walk(admin)
	for name, test := range map[string]struct {
		changes []string
		want    string
	}{
		"query":          {[]string{"response_mode", "query"}, "AADSTS70007"},
		"no nonce":       {[]string{"nonce", ""}, "AADSTS900144"},
		"ID token alone": {[]string{"response_type", "id_token"}, "AADSTS700054"},
		"another app":    {[]string{"client_id", b.facts.Clients.Secret, "redirect_uri", "http://localhost:1/consent"}, "AADSTS700054"},
		"other port":     {[]string{"redirect_uri", "http://127.0.0.1:1/consent/partnercenter/user/success"}, "AADSTS50011"},
	} {
		u, q := parsed(t, user)
		for i := 0; i+1 < len(test.changes); i += 2 {
			q.Set(test.changes[i], test.changes[i+1])
		}
		u.RawQuery = q.Encode()
		page, err := visitor.New().Open(t.Context(), u.String())
		b.must(err)
		if text := page.Body + page.URL.String(); !strings.Contains(text, test.want) {
			t.Errorf("%s: %s", name, text)
		}
	}
	u, q := parsed(t, user)
	q.Set("response_type", "id_token code")
	u.RawQuery = q.Encode()
	if page := b.walk(u.String()); !strings.Contains(page.Body, "User consent received") {
		t.Errorf("the other order: %s", page.Body)
	}
}

// The product's registration is for many tenants, but not for personal accounts.
func TestTheProductIsMultiTenant(t *testing.T) {
	b := newBuyer(t, "links-common")
	_, user := b.links()
	page, err := visitor.New().Open(t.Context(), user)
	b.must(err)
	if !strings.Contains(page.Body, "Practice Product asks somebody of any tenant") || strings.Contains(page.Body, "of the tenant </p>") {
		t.Errorf("the first page: %s", page.Body)
	}
	personal, err := visitor.New().Open(t.Context(), strings.Replace(user, "/common/", "/consumers/", 1))
	b.must(err)
	if !strings.Contains(personal.Copied(), "AADSTS9002332") {
		t.Errorf("personal accounts: %q", personal.Copied())
	}
}
