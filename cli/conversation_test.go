package cli_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

// pages1to3 are the answers to the first three pages; asked are questions of page 3 that a preset answers.
func (w *world) pages1to3(asked ...step) []step {
	return slices.Concat([]step{
		answer(words("field.tenant")+":", w.facts.Domain),
		answer(words("field.tick-direct-bill")+" [y/N]", "y"),
		answer(words("field.tick-access")+" [y/N]", "yes"),
		answer(words("field.tick-consent-right")+" [y/N]", "Y"),
		answer(words("field.upn")+":", w.facts.IntegrationUPN),
		answer(words("field.role")+" [1]:", ""),
	}, asked, []step{answer(words("field.tick-mfa")+" [y/N]", "y")})
}

// consents press Enter on the pages of both consents, which takes the recommended way.
func consents() []step {
	return []step{see("Page 5 of 7"), enter(), see("Page 6 of 7"), enter()}
}

func TestConversation(t *testing.T) {
	w := newWorld(t, "good")
	r := w.sit(slices.Concat(w.pages1to3(answer(words("field.for")+" [1]:", "")), []step{
		answer(words("field.name")+" [rehearsal.example]:", "Practice"),
		answer(words("field.client-id")+":", w.facts.Clients.Public),
		answer(words("field.kind")+" [2]:", "3"),
		answer(words("field.redirect-path")+" [/consent]:", ""),
		answer(words("field.with-groups")+" [y/N]", "y"),
	}, consents(), []step{see(" * 1  " + words("page.check.save")), enter()}), "connect")
	if r.code != cli.ExitFine || !strings.Contains(r.out, "Saved: Practice. Health: New.") {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	for i, page := range []string{"before", "account", "mfa", "connector", "admin", "user", "check"} {
		want := "Page " + string(rune('1'+i)) + " of 7: " + words("page."+page+".title")
		if strings.Count(r.err, want) != 1 {
			t.Errorf("%q stands %d times in\n%s", want, strings.Count(r.err, want), r.err)
		}
	}
	w.noSecrets(r.out, r.err)
	if strings.Contains(r.err, "\n\n\n") {
		t.Errorf("two empty lines in\n%s", r.err)
	}
}

func TestConversationCorrectsMistakes(t *testing.T) {
	w := newWorld(t, "good")
	r := w.sit(slices.Concat([]step{
		answer(words("field.tenant")+":", "no domain at all"),
		see(words("field.tenant.error")[:30]),
		answer(words("field.tenant")+" [no domain at all]:", "unknown.example"),
		see(words("problem.unknown-tenant.title")),
		answer(words("field.tenant")+" [unknown.example]:", "\x1b[A"),
		see("control characters"),
		answer(words("field.tenant")+" [unknown.example]:", w.facts.Domain),
		answer(words("field.tick-direct-bill")+" [y/N]", "perhaps"),
		see("Write y or n."),
		answer(words("field.tick-direct-bill")+" [y/N]", "y"),
		answer(words("field.tick-access")+" [y/N]", "n"),
		answer(words("field.tick-consent-right")+" [y/N]", "y"),
		see(words("reason.ticks")),
		pick("Confirm: " + words("field.tick-access")[:20]),
		answer(words("field.upn")+":", "nobody"),
		see(words("reason.upn-invalid")),
		answer(words("field.upn")+" [nobody]:", w.facts.IntegrationUPN),
		see(words("page.account.domain-same")),
		answer(words("field.role")+" [1]:", "7"),
		see("1 to 6"),
		answer(words("field.role")+" [1]:", "3"),
		answer(words("field.for")+" [1]:", "2"),
		see(words("page.mfa.best.per-user", "Product", "Work 365")),
		answer(words("field.tick-mfa")+" [y/N]", "y"),
		answer(words("field.name")+" [rehearsal.example]:", strings.Repeat("n", 81)),
		see(words("reason.name-long")),
		answer("[nnn", "Practice"),
		answer(words("field.client-id")+":", "1234"),
		see(words("reason.client-id-invalid")),
		answer(words("field.client-id")+" [1234]:", "{"+w.facts.Clients.Secret+"}"),
		see("Left out: { … }"),
		answer(words("field.kind")+" [2]:", ""),
		answer(words("field.secret")+":", "two words"),
		see("A client secret has no spaces"),
		answer(words("field.secret")+":", w.facts.ClientSecret),
		see(words("field.secret.kept")[:40]),
		answer(words("field.secret-expires")+":", "tomorrow"),
		see(words("field.secret-expires.error")),
		answer(words("field.secret-expires")+" [tomorrow]:", "2027-11-30"),
		answer(words("field.redirect-path")+" [/consent]:", "no path"),
		see(words("reason.redirect-invalid")),
		answer(words("field.redirect-path")+" [no path]:", "/consent"),
		answer(words("field.with-groups")+" [y/N]", "y"),
	}, consents(), []step{pick(words("page.check.save"))}), "connect")
	if r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	w.noSecrets(r.out, r.err)
	if got := w.list().Connectors[0]; got["clientKind"] != "secret" || got["secretExpires"] != "2027-11-30T00:00:00Z" || got["role"] != "sales-agent" {
		t.Errorf("%v", got)
	}
}

func TestConversationAsksOnlyForWhatIsMissing(t *testing.T) {
	w := newWorld(t, "good")
	r := w.sit(nil, w.connectArgs("--admin-consent", "default", "--user-consent", "private")...)
	if r.code != cli.ExitFine || strings.Contains(r.err, "[y/N]") || strings.Contains(r.err, "What next") {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func TestConversationWithACertificate(t *testing.T) {
	w := newWorld(t, "good")
	w.facts.ClientKind = "certificate"
	args := slices.DeleteFunc(w.connectArgs(), func(a string) bool { return a == "--certificate" || strings.HasSuffix(a, ".pem") })
	r := w.sit(slices.Concat([]step{
		answer("Path of the PEM file", w.path("missing.pem")),
		see("There is no file"),
		answer("Path of the PEM file", w.write("bad.pem", "no PEM")),
		see("[problem]"),
		answer("Path of the PEM file", w.write("good.pem", w.facts.Certificate)),
		see(words("field.certificate.kept")[:40]),
	}, consents()), args...)
	if r.code != cli.ExitFine {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func TestConversationAfterAProblem(t *testing.T) {
	w := newWorld(t, "declined")
	again := enter()
	again.first = func() { w.play("good") }
	r := w.sitAsked(t.Context(), []step{enter(), see("[problem]"), again, see("Page 6 of 7"), enter()}, w.connectArgs()...)
	if r.code != cli.ExitFine || strings.Count(r.err, "Page 5 of 7") != 1 {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

// play changes the scenario.
func (w *world) play(scenario string) {
	w.t.Helper()
	if err := w.cloud.SetScenario(scenario); err != nil {
		w.t.Error(err)
	}
}

func TestConversationNamesTheAccountThatSignedIn(t *testing.T) {
	w := newWorld(t, "wrong-user")
	colleague := w.upn(rehearsal.RoleColleague)
	r := w.sitAsked(t.Context(), []step{
		see(words("page.check.outcome.never.text")),
		pick("Enter: " + words("field.retype")),
		answer(words("field.retype")+":", w.facts.IntegrationUPN),
		see(words("field.retype.error")),
		pick("Enter: " + words("field.retype")),
		answer(words("field.retype")+" [", strings.ToUpper(colleague)),
	}, w.connectArgs("--admin-consent", "default", "--user-consent", "private")...)
	if r.code != cli.ExitFine || w.list().Connectors[0]["user"] != colleague {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func (w *world) upn(role string) string {
	for _, p := range w.facts.People {
		if p.Role == role {
			return p.UPN
		}
	}
	return ""
}

func TestConversationGoesBackAndForth(t *testing.T) {
	w := newWorld(t, "good")
	args := w.connectArgs()
	args[slices.Index(args, "--user")+1] = "wrong@rehearsal.example"
	r := w.sitAsked(t.Context(), []step{
		see("Page 5 of 7"),
		pick("Go to another page"),
		answer("Go to page 2", ""),
		see("Write a number"),
		answer("What next, by its number:", "2"),
		see("Page 2 of 7"),
		see(words("field.upn") + ": wrong@rehearsal.example"),
		pick("Enter: " + words("field.upn")),
		answer(words("field.upn")+" [wrong@rehearsal.example]:", w.facts.IntegrationUPN),
		pick(words("common.continue")),
		see("Page 5 of 7"),
		pick(words("common.help")),
		see(words("help.admin") + "\n"),
		pick("Show: Other ways"),
		pick(words("page.admin.open-isolated")),
		see("Page 6 of 7"),
		pick(words("common.back")),
		see("Page 5 of 7"),
		pick(words("common.continue")),
		see("Page 6 of 7"),
		pick("Show: Other ways"),
		pick(words("browser-mode.open.guest", "Browser", "Practice Browser")),
	}, args...)
	if r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	if got := w.browsers.ways(); !slices.Equal(got, []string{"private practice", "guest practice"}) {
		t.Errorf("opened %v", got)
	}
}

func TestConversationStops(t *testing.T) {
	w := newWorld(t, "good")
	w.play("declined")
	w.connect()
	w.play("good")
	r := w.sit([]step{
		see("Page 5 of 7"), enter(),
		see("Page 6 of 7"), enter(),
		see("Page 7 of 7"),
		pick("Stop here and keep the draft"),
		see(words("common.leaving.text", "UPN", w.facts.IntegrationUPN)[:50]),
		answer("Stop all the same? [y/N]", "n"),
		pick("Stop here and keep the draft"),
		answer("Stop all the same? [y/N]", "y"),
	}, "connect", "--resume")
	if l := w.list(); r.code != cli.ExitFailed || !strings.Contains(r.err, "Stopped.\nThe draft is kept.") || len(l.Drafts) != 1 || len(l.Connectors) != 0 {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
	// Closing standard input at a question is the same wish.
	if r := w.sit(nil, "connect", "--resume"); r.code != cli.ExitFailed || !strings.Contains(r.err, "Stopped.\nThe draft is kept.") {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func TestConversationOffersItsDrafts(t *testing.T) {
	w := newWorld(t, "declined")
	w.connect()
	w.play("good")
	r := w.sit([]step{
		see(words("draft.title", "Count", 1)),
		answer("Go on with, by its number [1]:", ""),
		see("Page 5 of 7"), enter(),
		see("Page 6 of 7"), enter(),
		see(" * 1  " + words("page.check.save")), enter(),
	}, "connect")
	if r.code != cli.ExitFine || len(w.list().Drafts) != 0 {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

// TestAnErrorPageIsTold: the browser stays on an error page, whose text the person copies and pastes.
func TestAnErrorPageIsTold(t *testing.T) {
	w := newWorld(t, "declined")
	w.connect()
	w.play("access-blocked")
	// Whoever closes standard input still waits for the browser.
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	r := w.sitUntil(ctx, []step{
		answer("Go on with, by its number [1]:", ""),
		see("Page 5 of 7"), enter(),
		see("Page 6 of 7"), enter(),
		answer("Enter shows what else can be done.", ""), pick(words("wait.tell")),
		{sees: words("field.told") + ":", copies: w.errorPage},
		see(words("problem.conditional-access.title")), answer("Message: AADSTS53003", ""), pick(words("wait.stop")),
	}, "connect")
	if r.code != cli.ExitFailed || !strings.Contains(r.err, "AADSTS53003") || len(w.list().Drafts) != 1 || len(w.list().Connectors) != 0 {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

// errorPage waits for an error page in a browser, and returns its text.
func (w *world) errorPage() string {
	for range 1000 {
		if shown := w.cloud.Journal().ErrorPages; len(shown) > 0 {
			return shown[len(shown)-1] + "\n"
		}
		<-time.After(10 * time.Millisecond)
	}
	w.t.Error("no browser shows an error page")
	return ""
}

func TestHandingOver(t *testing.T) {
	w := newWorld(t, "good")
	r := w.connect("--admin-consent", "other-person")
	if r.code != cli.ExitSignIn || !strings.Contains(r.out, "/adminconsent?") || !strings.Contains(r.err, "pcc connect --draft ") || len(w.browsers.ways()) != 0 {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if draft := w.list().Drafts[0]; draft["waitsSince"] == "" || draft["step"] != 5.0 || draft["page"] != "admin-consent" {
		t.Errorf("%v", draft)
	}
	w.noSecrets(r.out, r.err)
	// The administrator's browser can't open the last page: nobody listens any more.
	address := w.consentElsewhere()
	for answer, want := range map[string]string{
		"http://localhost/consent?state=another&admin_consent=True&tenant=x": words("problem.paste-other.title"),
		address[:len(address)-5] + "…":                                       words("problem.answer-incomplete.title"),
		"https://protect-eu.mimecast.com/s/AbCdEfGhIj?domain=localhost":      "contains an address of protect-eu.mimecast.com instead",
	} {
		if r := w.run("connect", "--resume", "--admin-answer", answer); r.code != cli.ExitFailed || !strings.Contains(strings.Join(strings.Fields(r.err+r.out), " "), want) {
			t.Errorf("%s: exit code %d\n%s%s", answer, r.code, r.out, r.err)
		}
	}
	if r := w.run("connect", "--resume", "--admin-answer", strings.ReplaceAll(address, "&", "&amp;")); r.code != cli.ExitFine {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

// consentElsewhere gives the handed-over consent in a browser of another computer, and returns the address of its last page.
func (w *world) consentElsewhere() string {
	w.t.Helper()
	_, err := visitor.New().Walk(w.t.Context(), w.handedOverLink())
	var failed *url.Error
	if !errors.As(err, &failed) {
		w.t.Fatalf("the last page could be opened: %v", err)
	}
	return failed.URL
}

func (w *world) handedOverLink() string {
	w.t.Helper()
	data, err := os.ReadFile(w.path("config/drafts.json"))
	if err != nil {
		w.t.Error(err)
	}
	kept := struct {
		Drafts []struct {
			Admin struct{ Handover struct{ Link string } }
		}
	}{}
	if err := json.Unmarshal(data, &kept); err != nil || len(kept.Drafts) != 1 {
		w.t.Error(err, string(data))
		return ""
	}
	return kept.Drafts[0].Admin.Handover.Link
}

func TestHandingOverInAConversation(t *testing.T) {
	w := newWorld(t, "good")
	handOver := []step{pick(words("page.admin.handover.open")), see("/adminconsent?"), see(words("page.admin.handover.text")[:30])}
	r := w.sitAsked(t.Context(), append(handOver, pick("Stop here and keep the draft")), w.connectArgs()...)
	if r.code != cli.ExitFailed || !strings.Contains(r.err, "Stopped.\nThe draft is kept.") {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	address := w.consentElsewhere()
	wrapped := strings.Join([]string{address[:40], address[40:90], address[90:], ""}, "\n")
	r = w.sit([]step{
		see(words("page.admin.handover.waiting", "Since", "")[:20]),
		pick(words("page.admin.handover.open")),
		pick("Enter: " + words("field.paste")),
		answer(words("field.paste")+":", "http://localhost/consent?nonsense\n"),
		see("[problem]"),
		pick("Enter: " + words("field.paste")),
		answer(words("field.paste")+":", wrapped),
		see(words("page.admin.pasted")[:30]),
		see("Page 6 of 7"), enter(),
		see(" * 1  " + words("page.check.save")), enter(),
	}, "connect", "--resume")
	if r.code != cli.ExitFine || w.list().Connectors[0]["adminConsent"] != "reported" {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func TestAnAnswerEndsTheQuestion(t *testing.T) {
	w := newWorld(t, "good")
	r := w.sitAsked(t.Context(), []step{
		pick(words("page.admin.handover.open")),
		// While the menu is shown, the administrator opens the link on this very computer.
		{sees: "Enter: " + words("field.paste"), only: true, first: func() {
			w.browsers.visit(w.browsers.ctx, regexp.MustCompile(`http://\S+/adminconsent\?\S+`).FindString(w.person.screen()))
		}},
		see(words("page.admin.pasted")[:30]),
		see("Page 6 of 7"), enter(),
	}, w.connectArgs()...)
	if r.code != cli.ExitFine {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func TestAPersonRemoves(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	if r := w.sit([]step{answer(`Remove "Practice" from this computer? The consents in Microsoft Entra stay. [y/N]`, "")}, "remove", "practice"); r.code != cli.ExitFailed || !strings.Contains(r.err, "Kept: Practice.") {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
	if r := w.sit([]step{answer("Remove", "y")}, "remove", "practice"); r.code != cli.ExitFine || len(w.list().Connectors) != 0 {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}
