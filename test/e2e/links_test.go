//go:build e2e && linux

package e2e

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

// TestAnUnattendedRehearsalOpensTwoLinks goes the way of another product's two links, each of them in a real browser: the program says itself
// that the two sign-ins had cookies of their own, by what the practice cloud has seen.
func TestAnUnattendedRehearsalOpensTwoLinks(t *testing.T) {
	for _, b := range []struct{ family, standard string }{{"chromium", chromium}, {"firefox", firefox}} {
		t.Run(b.family, func(t *testing.T) {
			a := newAccount(t, b.standard)
			pictures := filepath.Join(a.papers, "pictures")
			if err := os.Mkdir(pictures, 0o700); err != nil {
				t.Fatal(err)
			}
			p := a.start(a.env, "", window, "--rehearse", "--unattended", "--links", "--lang", "en", "--browser", b.family, "--pictures", pictures)
			r := p.result(rehearsalLimit).exits(0)
			for _, want := range []string{"The two sign-ins had separate cookies.", "Rehearsed: Practice Product keeps "} {
				if !strings.Contains(r.stdout, want) {
					t.Errorf("it did not say %q, but:\n%s", want, r.stdout)
				}
			}
			expectNoComplaint(t, r)
			for _, name := range []string{
				"home", "links", "link-admin-start", "link-admin-browser", "link-admin-product", "link-admin", "link-user-start", "link-user-browser",
				"link-user-product", "link-user", "link-finish", "saved",
			} {
				expectOnePicture(t, pictures, name)
			}
			expectNothingLeft(t, a)
		})
	}
}

// anyLink is what is in every link of the practice product and in nothing else: its client ID alone is no secret. It is cut to pieceSize:
// of a longer text the pieces would be searched for, and they are the client ID alone.
const anyLink = "client_id=5e0a11c0-a000-4000-800"

// linksScenarios are the names of those about the two links.
func linksScenarios() []string {
	var names []string
	for _, s := range rehearsal.Scenarios() {
		if s.Shows == rehearsal.PlaceLinks {
			names = append(names, s.Name)
		}
	}
	return names
}

// TestNoLinkIsLeftAnywhere searches for the product's links while each scenario about them is played, and afterwards. What the person's own browser
// keeps of the pages that it has shown is its own: there the link for the administrator is in the history, as if it had been pasted.
// The practice cloud is in the program, so that nobody here knows the states and nonces: TestNoSecretOfALinkIsLeftInAnyScenario does.
func TestNoLinkIsLeftAnywhere(t *testing.T) {
	for _, name := range linksScenarios() {
		t.Run(name, func(t *testing.T) {
			a := newAccount(t, chromium)
			search := searchOn(a, func() []string { return linksLeft(a) })
			p := a.start(a.env, "", window, "--rehearse", "--unattended", "--links", "--lang", "en", "--scenario", name, "--browser", "chromium")
			r := p.result(rehearsalLimit)
			search()
			expectNothing(t, linksLeft(a))
			if strings.Contains(r.stdout+r.stderr, anyLink) {
				t.Errorf("it printed a link:\n%s\n%s", r.stdout, r.stderr)
			}
			if good := r.code == 0; good != slices.Contains(wellAtTheEnd, name) {
				t.Errorf("it ended with %d:\n%s\n%s", r.code, r.stdout, r.stderr)
			}
			expectNothingLeft(t, a)
		})
	}
}

// wellAtTheEnd are the scenarios in which the product's synchronization works.
var wellAtTheEnd = []string{"links-good", "links-second-disabled", "links-swapped"}

// linksLeft looks for links everywhere, except in what the default browser keeps.
func linksLeft(a *account) []string { return withoutBrowsersOwn(a, leaks(a, []string{anyLink})) }

// withoutBrowsersOwn leaves out what was found in the folders of the person's own browsers.
func withoutBrowsersOwn(a *account, found []string) []string {
	own := []string{".config/chromium", ".cache/chromium", ".config/mozilla", ".mozilla", ".cache/mozilla"}
	return slices.DeleteFunc(found, func(place string) bool {
		return slices.ContainsFunc(own, func(folder string) bool { return strings.HasPrefix(place, a.path("home/"+folder+"/")) })
	})
}

func TestTheSearchFindsLinks(t *testing.T) {
	a := newAccount(t, chromium)
	link := "http://127.0.0.1:4711/tenant/v2.0/adminconsent?client_id=5e0a11c0-a000-4000-8000-000000000004&state=x"
	for _, place := range []string{"tmp/planted", "home/.config/partner-center-connector/planted", "run/pcc-browser-planted"} {
		for _, text := range []string{link, url.QueryEscape(link), "back=" + url.QueryEscape("to="+url.QueryEscape(link))} {
			if err := os.MkdirAll(filepath.Dir(a.path(place)), 0o700); err != nil {
				t.Fatal(err)
			}
			a.write(place, text)
			if found := linksLeft(a); len(found) != 1 {
				t.Errorf("%s, %s: found %q", place, text, found)
			}
			if err := os.Remove(a.path(place)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if found := linksLeft(a); len(found) != 0 {
		t.Errorf("found in nothing: %q", found)
	}
}

// TestNoSecretOfALinkIsLeftAnywhere goes the way of two links in the terminal, with each browser, and searches for what each link has for itself
// while it goes, and afterwards; and it checks that the two sign-ins had cookies of their own.
func TestNoSecretOfALinkIsLeftAnywhere(t *testing.T) {
	for _, c := range []struct{ standard, private string }{{chromium, firefox}, {firefox, chromium}} {
		t.Run(c.private, func(t *testing.T) {
			a, cl := newAccount(t, c.standard).logsAll(), newCloud(t, "links-good", true)
			product, text := makeLinks(t, cl)
			look := func() []string { return secretsLeft(a, cl) }
			search := searchOn(a, look)
			begin := a.pcc(cl, text, beginning(cl)...).exits(notReported)
			until(t, "the product has the admin consent", func() bool { return cl.Journal().Count("product-admin") == 1 })
			p := a.start(a.env, "", terminal, cl.args("connect", "--no-input", "--yes", "--resume", "--reported", "admin", "--user-browser", c.private)...)
			until(t, "the product has the user consent", func() bool { return cl.Journal().Count("product-user") == 1 })
			expectNothing(t, look())
			closeWindow(t, privateWindow(t, a).pid)
			runs := []result{begin, p.result(patience).exits(notReported)}
			runs = append(runs, a.pcc(cl, "", "connect", "--no-input", "--yes", "--resume", "--reported", "user").exits(notReported))
			if err := product.Save(t.Context()); err != nil {
				t.Fatal(err)
			}
			runs = append(runs, a.pcc(cl, "", "connect", "--no-input", "--yes", "--resume", "--reported", "saved").exits(0))
			runs = append(runs, a.pcc(cl, "", "list", "--json").exits(0), a.pcc(cl, "", "record", connectorName).exits(0), a.pcc(cl, "", "token", connectorName).exits(1))
			if done := search(); done.profiles*done.environments == 0 {
				t.Error("there was nothing to search")
			}
			runs = append(runs, a.pcc(cl, "", "remove", connectorName, "--yes").exits(0))
			expectNothing(t, look())
			expectLogged(t, a, `"connector saved"`)
			admin, user := linkSecrets(cl)
			for _, r := range runs {
				r.tellsNone(append(admin, user...))
			}
			expectApart(t, cl)
			if said, err := product.Sync(t.Context()); err != nil || said != "" {
				t.Errorf("the product's synchronization: %q, %v", said, err)
			}
		})
	}
}

// TestNoSecretOfALinkIsLeftInAnyScenario opens the links, as far as the program opens them, in each scenario about them that the test before does
// not play, and searches for what each link has for itself while they are open, and afterwards.
func TestNoSecretOfALinkIsLeftInAnyScenario(t *testing.T) {
	for _, name := range linksScenarios() {
		if name == "links-good" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			a, cl := newAccount(t, chromium), newCloud(t, name, true)
			_, text := makeLinks(t, cl)
			admin, user := linkSecrets(cl)
			if len(admin) != 1 || len(user) != 2 && name != "links-saved-early" {
				t.Fatalf("%d and %d secrets", len(admin), len(user))
			}
			look := func() []string { return secretsLeft(a, cl) }
			search := searchOn(a, look)
			runs := openLinks(a, cl, text)
			search()
			expectNothing(t, look())
			for _, r := range runs {
				r.tellsNone(append(admin, user...))
			}
			if opened := cl.Journal().Count("product-admin") > 0; opened == slices.Contains(neverOpened, name) {
				t.Errorf("the link for the administrator was opened: %v", opened)
			}
		})
	}
}

// neverOpened are the scenarios in which the program refuses the links. In those of firstAsEver the link for the administrator meets what it meets
// where all is well: no browser opens it here.
var (
	neverOpened = []string{"links-wrong-tenant", "links-look-alike"}
	firstAsEver = []string{"links-second-disabled", "links-admin-signs-twice", "links-no-mfa", "links-need-admin"}
)

// openLinks has a script begin with a text that has the links in it, and opens them, as the scenario lets it.
func openLinks(a *account, cl *cloud, text string) []result {
	a.t.Helper()
	begin, name := beginning(cl), cl.Facts().Scenario
	toUser := []string{"--reported", "admin", "--user-browser", chromium}
	switch {
	case slices.Contains(neverOpened, name):
		return []result{a.pcc(cl, text, begin...).exits(refusedLinks)}
	case slices.Contains(firstAsEver, name):
		if _, err := visitor.New().Walk(a.t.Context(), adminLink(cl)); err != nil {
			a.t.Fatal(err)
		}
		return []result{openSecond(a, cl, text, slices.Concat(begin, toUser))}
	}
	first := a.pcc(cl, text, begin...).exits(notReported)
	until(a.t, "the product has the first answer", func() bool { return cl.Journal().Count("product-admin") == 1 })
	resume := slices.Concat([]string{"connect", "--no-input", "--yes", "--resume"}, toUser)
	if name == "links-saved-early" {
		return []result{first, a.pcc(cl, "", resume...).exits(missingLink)}
	}
	return []result{first, openSecond(a, cl, "", resume)}
}

// openSecond has a script open the link for the user, until the product has the answer.
func openSecond(a *account, cl *cloud, input string, args []string) result {
	a.t.Helper()
	p := a.start(a.env, input, terminal, cl.args(args...)...)
	until(a.t, "the product has the second answer", func() bool { return cl.Journal().Count("product-user") == 1 })
	closeWindow(a.t, privateWindow(a.t, a).pid)
	return p.result(patience).exits(notReported)
}

// beginning is the command line that begins a connector with a text that has links in it.
func beginning(cl *cloud) []string {
	f := cl.Facts()
	return []string{"connect", "--no-input", "--yes", "--product", "other", "--tenant", f.Domain, "--user", f.IntegrationUPN, "--name", connectorName, "--from-link", "-"}
}

// adminLink is the link for the administrator that the product has made.
func adminLink(cl *cloud) string {
	made := cl.Journal().Links
	return made[slices.IndexFunc(made, func(m rehearsal.MadeLink) bool { return m.Admin })].Address
}

// notReported is the exit code of a script that has opened a link: what came of it, only a person can tell.
const notReported = 3

// The exit codes of a script where the links can't be used, and where one is missing.
const (
	refusedLinks = 1
	missingLink  = 2
)

// makeLinks sets up a connector in the practice product until both links are there, or those that the scenario leaves, and returns a text that
// has them in it.
func makeLinks(tb testing.TB, c *cloud) (*visitor.Product, string) {
	tb.Helper()
	ctx, f := tb.Context(), c.Facts()
	must := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	product, err := visitor.New().OpenProduct(ctx, f.Product.Page)
	must(err)
	must(product.NewConnector(ctx))
	first, err := product.AdminLink(ctx)
	must(err)
	if f.SavesEarly {
		must(product.Save(ctx))
		return product, first + "\n"
	}
	for range 2 { // the second button may be stuck when the settings are opened again for the first time
		must(product.Reopen(ctx))
		second, err := product.UserLink(ctx)
		if err == nil {
			return product, first + "\n" + second + "\n"
		}
		if !errors.Is(err, visitor.ErrNoButton) {
			tb.Fatal(err)
		}
	}
	tb.Fatal("the product makes no second link")
	return nil, ""
}

// linkSecrets are what each link has for itself.
func linkSecrets(c *cloud) (admin, user []string) {
	for _, made := range c.Journal().Links {
		if made.Admin {
			admin = append(admin, made.State)
			continue
		}
		user = append(user, made.State, made.Nonce)
	}
	return admin, user
}

// secretsLeft looks for them everywhere; for that of the administrator's link not in what the default browser keeps.
func secretsLeft(a *account, c *cloud) []string {
	admin, user := linkSecrets(c)
	return append(withoutBrowsersOwn(a, leaks(a, admin)), leaks(a, user)...)
}

// expectApart checks that the sign-ins by the two links were made in windows that share no cookies.
func expectApart(tb testing.TB, c *cloud) {
	tb.Helper()
	j := c.Journal()
	jars := map[bool][]int{}
	for _, s := range j.SignIns {
		jars[s.Admin] = append(jars[s.Admin], s.Jar)
	}
	if len(jars[true]) != 1 || len(jars[false]) != 1 || jars[true][0] == jars[false][0] || j.AdminCookieSeenAtUserConsent {
		tb.Errorf("the sign-ins: %+v", j.SignIns)
	}
}

func expectNothing(tb testing.TB, found []string) {
	tb.Helper()
	if len(found) != 0 {
		tb.Errorf("%s", withoutTwins(found))
	}
}
