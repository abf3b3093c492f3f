package cli_test

import (
	"encoding/base64"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/cli"
	"partner-center-connector/rehearsal/visitor"
)

// madeLinks are the two links that the practice product has made.
type madeLinks struct{ admin, user string }

// makeLinks sets up a connector in the practice product until both links are there.
func (w *world) makeLinks() madeLinks {
	w.t.Helper()
	ctx := w.t.Context()
	product, err := visitor.New().OpenProduct(ctx, w.facts.Product.Page)
	if err == nil {
		err = product.NewConnector(ctx)
	}
	made := madeLinks{}
	if err == nil {
		made.admin, err = product.AdminLink(ctx)
	}
	if err == nil {
		err = product.Reopen(ctx)
	}
	if err == nil {
		made.user, err = product.UserLink(ctx)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}

// mail is a mail with both links in it.
func (m madeLinks) mail() string {
	return "Hello,\r\n\r\nthe first link: <" + m.admin + ">\r\n\r\nand the second one:\r\n\"" + strings.ReplaceAll(m.user, "&", "&amp;") + "\"\r\n\r\nRegards\r\n"
}

// noLinks holds that nothing of the links that only they have is in the texts, nor on disk.
func (w *world) noLinks(m madeLinks, texts ...string) {
	w.t.Helper()
	err := filepath.WalkDir(w.path("config"), func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		texts = append(texts, string(data))
		return err
	})
	if err != nil {
		w.t.Error(err)
	}
	for _, link := range []string{m.admin, m.user} {
		u, err := url.Parse(link)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, name := range []string{"state", "nonce"} {
			value := u.Query().Get(name)
			for _, text := range texts {
				if value != "" && (strings.Contains(text, value) || strings.Contains(text, base64.StdEncoding.EncodeToString([]byte(value)))) {
					w.t.Errorf("the %s of a link is in the output or on disk", name)
				}
			}
		}
	}
}

// linkArgs are the flags that make a connector of the scenario's values from two links.
func (w *world) linkArgs(more ...string) []string {
	return append([]string{
		"connect", "--product", "other", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--name", "Kept",
	}, more...)
}

// TestLinksWithoutAPerson goes the whole way with nobody who is asked: each run does what it can, and says what only a person can say.
func TestLinksWithoutAPerson(t *testing.T) {
	w := newWorld(t, "links-good")
	w.browsers.closing = true
	m := w.makeLinks()
	file := w.write("links.eml", m.mail())
	texts := []string{}
	run := func(want int, says string, args ...string) {
		t.Helper()
		r := w.run(args...)
		texts = append(texts, r.out, r.err)
		if r.code != want || !strings.Contains(strings.Join(strings.Fields(r.out+r.err), " "), says) {
			t.Errorf("%q: exit code %d\n%s%s", args, r.code, r.out, r.err)
		}
	}
	run(cli.ExitSignIn, words("cli.links.not-reported.admin", "Flag", "--reported admin"), w.linkArgs("--from-link", file)...)
	if drafts := w.list().Drafts; len(drafts) != 1 || drafts[0]["page"] != "admin-link" {
		t.Fatalf("%v", drafts)
	}
	// The same command goes on with its draft, and a report alone is enough: the links are in the keychain.
	run(cli.ExitSignIn, words("cli.links.not-reported.user", "Flag", "--reported admin,user"), w.linkArgs("--from-link", file, "--reported", "admin")...)
	run(cli.ExitSignIn, words("cli.links.not-reported.saved", "Flag", "--reported user,saved"), "connect", "--resume", "--reported", "user")
	run(cli.ExitFine, "Saved: Kept.", "connect", "--resume", "--reported", "saved")
	if got := w.browsers.ways(); !slices.Equal(got, []string{"default", "private practice"}) {
		t.Errorf("opened %v", got)
	}
	l := w.list()
	if len(l.Connectors) != 1 || len(l.Drafts) != 0 || l.Connectors[0]["origin"] != "link" || l.Connectors[0]["clientId"] != w.facts.Product.ClientID {
		t.Errorf("%+v", l)
	}
	if w.keychain.count() != 0 {
		t.Errorf("%d items are left in the keychain", w.keychain.count())
	}
	w.noLinks(m, texts...)
}

// TestLinksAreGivenInEveryForm holds that links are read from a file and from standard input, in the forms in which text comes.
func TestLinksAreGivenInEveryForm(t *testing.T) {
	w := newWorld(t, "links-good")
	m := w.makeLinks()
	for name, text := range map[string]string{
		"both, one below the other": m.admin + "\n" + m.user + "\n", "a mail": m.mail(), "a byte order mark": "\ufeff" + m.admin,
		"UTF-16": utf16le(m.mail()),
	} {
		for _, from := range []string{"-", w.write("links.txt", text)} {
			r := w.runWith(text, w.linkArgs("--from-link", from, "--admin-consent", "other-person", "--json")...)
			handed := struct {
				Handover struct{ Text, DraftID string }
				ExitCode int
			}{}
			if w.decode(r, &handed); r.code != cli.ExitSignIn || handed.ExitCode != cli.ExitSignIn || handed.Handover.Text == "" {
				t.Errorf("%s, %s: exit code %d\n%s%s", name, from, r.code, r.out, r.err)
			}
			w.noLinks(m, r.out, r.err)
		}
	}
	if ways := w.browsers.ways(); len(ways) != 0 {
		t.Errorf("opened %v", ways)
	}
}

// utf16le is a text as Notepad saves it as "Unicode".
func utf16le(text string) string {
	out := []byte{0xff, 0xfe}
	for _, r := range text {
		out = append(out, byte(r), byte(r>>8))
	}
	return string(out)
}

// TestLinksThatAreRefused holds what a script is told of links that must not be opened: nothing is.
func TestLinksThatAreRefused(t *testing.T) {
	for scenario, kind := range map[string]string{"links-look-alike": "link", "links-wrong-tenant": "links-differ"} {
		w := newWorld(t, scenario)
		m := w.makeLinks()
		got := failed{}
		r := w.runWith(m.mail(), w.linkArgs("--from-link", "-", "--json")...)
		if w.decode(r, &got); got.Error.Kind != kind || got.Error.ExitCode != cli.ExitFailed || r.code != cli.ExitFailed {
			t.Errorf("%s: exit code %d, %+v\n%s", scenario, r.code, got, r.err)
		}
		if ways := w.browsers.ways(); len(ways) != 0 {
			t.Errorf("%s: opened %v", scenario, ways)
		}
		w.noLinks(m, r.out, r.err)
	}
	w := newWorld(t, "links-good")
	large := w.write("large.txt", strings.Repeat("x", 1<<20+1))
	if r := w.run(w.linkArgs("--from-link", large)...); r.code != cli.ExitUsage || !strings.Contains(r.err, words("cli.error.text-large", "Path", large)) {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
	if r := w.runWith("no link at all", w.linkArgs("--from-link", "-")...); r.code != cli.ExitUsage || !strings.Contains(r.err, words("cli.error.no-links")) {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

// TestWaysOfLinks holds in which windows the links open.
func TestWaysOfLinks(t *testing.T) {
	for _, c := range []struct {
		args, want []string
		code       int
	}{
		{[]string{"--admin-consent", "isolated"}, []string{"private practice"}, cli.ExitSignIn},
		{[]string{"--admin-browser", "practice"}, []string{"with practice"}, cli.ExitSignIn},
		{[]string{"--reported", "admin", "--user-consent", "guest"}, []string{"guest practice"}, cli.ExitSignIn},
		{[]string{"--reported", "admin", "--user-consent", "default", "--yes"}, []string{"default"}, cli.ExitSignIn},
		{[]string{"--reported", "admin", "--user-consent", "default"}, []string{}, cli.ExitUsage},
		{[]string{"--admin-consent", "skip"}, []string{"private practice"}, cli.ExitSignIn},
	} {
		w := newWorld(t, "links-good")
		w.browsers.closing = true
		m := w.makeLinks()
		r := w.runWith(m.mail(), w.linkArgs(append(c.args, "--from-link", "-")...)...)
		if r.code != c.code || !slices.Equal(w.browsers.ways(), c.want) {
			t.Errorf("%v: exit code %d, opened %v\n%s", c.args, r.code, w.browsers.ways(), r.err)
		}
	}
}

// TestLinksWithAPerson leads a person through the four pages.
func TestLinksWithAPerson(t *testing.T) {
	w := newWorld(t, "links-good")
	w.browsers.closing = true
	m := w.makeLinks()
	r := w.sit([]step{
		see("Page 1 of 4"),
		answer(words("field.product")+" [", "2"),
		answer(words("field.tenant")+":", w.facts.Domain),
		answer(words("field.upn")+":", w.facts.IntegrationUPN),
		answer(words("field.name")+" [", "Kept"),
		{sees: words("field.links") + ":", types: "nothing of interest"},
		see(words("page.links.nothing")),
		{sees: words("field.links") + ":", types: m.mail()},
		see(words("page.links.fact.host")),
		see("Page 2 of 4"), enter(),
		answer(words("wait.started"), ""),
		pick(words("page.link-admin.report", "Product", "")),
		see("Page 3 of 4"),
		pick("Show: Add the account or the password prompt to the link"),
		answer(words("field.tick-add-hint", "UPN", w.facts.IntegrationUPN)+" [y/N]", "y"),
		answer(words("field.tick-add-prompt")+" [y/N]", "n"),
		enter(),
		pick(words("page.link-user.report", "Product", "")),
		see("Page 4 of 4"),
		{sees: "[y/N]", types: "y"},
		enter(),
	}, "connect", "--from-link", "-")
	if r.code != cli.ExitFine || !strings.Contains(r.out, "Saved: Kept.") {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if got := w.browsers.ways(); !slices.Equal(got, []string{"default", "private practice"}) {
		t.Errorf("opened %v", got)
	}
	w.noLinks(m, r.out, r.err)
}

// TestALinkAtAnotherPrompt holds that a link that is pasted where a tenant is asked for is recognised, kept nowhere, and offered as what it is.
func TestALinkAtAnotherPrompt(t *testing.T) {
	w := newWorld(t, "links-good")
	m := w.makeLinks()
	r := w.sit([]step{
		see("Page 1 of 7"),
		answer(words("field.tenant")+":", m.admin),
		see(words("cli.ask.link-offer")),
		answer(words("cli.ask.link-take")+" [y/N]", "n"),
		answer(words("field.tenant")+":", m.admin),
		answer(words("cli.ask.link-take")+" [y/N]", "y"),
		see("Page 1 of 4"),
		answer(words("field.product")+" [", "2"),
		answer(words("field.tenant")+":", w.facts.Domain),
		answer(words("field.upn")+":", w.facts.IntegrationUPN),
		answer(words("field.name")+" [", "Kept"),
	}, "connect")
	if l := w.list(); r.code != cli.ExitFailed || len(l.Drafts) != 1 || l.Drafts[0]["clientId"] != w.facts.Product.ClientID {
		t.Errorf("exit code %d, %+v\n%s", r.code, l, r.err)
	}
	w.noLinks(m, r.out, r.err)
}

// TestALinkInPlaceOfASecret holds that a script is told where a link belongs, and asked nothing.
func TestALinkInPlaceOfASecret(t *testing.T) {
	w := newWorld(t, "links-good")
	m := w.makeLinks()
	r := w.runWith(m.admin+"\n", "connect", "--no-input", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--name", "Own", "--client-id", someID,
		"--client-kind", "secret", "--secret-stdin", "--yes")
	if r.code != cli.ExitUsage || !strings.Contains(r.err, "A link of another product was given where something else belongs.") {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	w.noLinks(m, r.out, r.err)
}

// TestTheLetterSaysWhereItsLinkComesFrom holds that the text for an administrator does not end with a link that is not there.
func TestTheLetterSaysWhereItsLinkComesFrom(t *testing.T) {
	w := newWorld(t, "links-good")
	r := w.runWith(w.makeLinks().mail(), w.linkArgs("--admin-consent", "other-person", "--from-link", "-")...)
	if r.code != cli.ExitSignIn || !strings.HasSuffix(r.out, "The link:\n[Make the link in the other product and put it here.]\n") {
		t.Errorf("exit code %d\n%s", r.code, r.out)
	}
}

// TestLinksAreOfferedToAPerson holds that who starts without a flag hears of the way for links, beside the drafts too.
func TestLinksAreOfferedToAPerson(t *testing.T) {
	w := newWorld(t, "declined")
	w.sit([]step{see("For two links from another product, stop here and run:\npcc connect --from-link - --config-dir "), see("Page 1 of 7")}, "connect")
	w.connect()
	r := w.sit([]step{
		see(words("cli.ask.draft-links")),
		answer("Go on with, by its number [1]:", "3"),
		see("Page 1 of 4"),
	}, "connect")
	if r.code != cli.ExitFailed {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

// TestTheIntegrationUserIsTriedFirst holds that a person can have the integration user checked with a connector of their own, before a link is
// opened, and comes back to the links.
func TestTheIntegrationUserIsTriedFirst(t *testing.T) {
	w := newWorld(t, "links-good")
	w.mustConnect()
	opened := len(w.browsers.ways())
	m := w.makeLinks()
	r := w.sit([]step{
		see("Page 1 of 4"),
		answer(words("page.links.try.button")+"?", "y"),
		see(words("page.trial.end")), enter(),
		see(words("page.trial.outcome.fit")),
		see("Page 2 of 4"),
		pick(words("cli.ask.stop")),
	}, w.linkArgs("--from-link", w.write("links.txt", m.mail()), "--user-consent", "private")...)
	if got := w.browsers.ways(); len(got) != opened+1 || got[opened] != "private practice" {
		t.Errorf("opened %v\n%s", got, r.err)
	}
	if l := w.list(); len(l.Connectors) != 1 || len(l.Drafts) != 1 {
		t.Errorf("%+v", l)
	}
	w.noLinks(m, r.out, r.err)
}
