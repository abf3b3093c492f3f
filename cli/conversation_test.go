package cli_test

import (
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/cli"
	"partner-center-connector/rehearsal"
)

// pages1to3 are the answers to the first three pages.
func (w *world) pages1to3() []step {
	return []step{
		answer("Partner tenant:", w.facts.Domain),
		answer("direct-bill CSP partner [y/N]", "y"),
		answer("work with someone who can [y/N]", "yes"),
		answer("know who can [y/N]", "Y"),
		answer("User name of the integration user:", w.facts.IntegrationUPN),
		answer("asked for it at every sign-in [y/N]", "y"),
	}
}

// consents press Enter on the pages of both consents, which takes the recommended way.
func consents() []step {
	return []step{see("Page 5 of 7"), enter(), see("Page 6 of 7"), enter()}
}

func TestConversation(t *testing.T) {
	w := newWorld(t, "good")
	r := w.sit(slices.Concat(w.pages1to3(), []step{
		answer("Name of the connector [rehearsal.example]:", "Practice"),
		answer("Client ID:", w.facts.Clients.Public),
		answer("How the app registration proves itself [2]:", "3"),
		answer("Path of the redirect URI [/consent]:", ""),
		answer("GroupMember.Read.All [y/N]", "y"),
	}, consents(), []step{see("*  1  Save"), enter()}), "connect")
	if r.code != cli.ExitFine || !strings.Contains(r.out, "Saved: Practice. Health: New.") {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	for i, title := range []string{
		"Before you begin", "Integration account", "Multi-factor sign-in", "Connector", "Admin consent", "User consent", "Check and save",
	} {
		if want := "Page " + string(rune('1'+i)) + " of 7: " + title; strings.Count(r.err, want) != 1 {
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
		answer("Partner tenant:", "no domain at all"),
		see("neither a domain such as"),
		answer("Partner tenant [no domain at all]:", "unknown.example"),
		see("Check the spelling"),
		answer("Partner tenant [unknown.example]:", "\x1b[A"),
		see("control characters"),
		answer("Partner tenant [unknown.example]:", w.facts.Domain),
		answer("direct-bill CSP partner [y/N]", "perhaps"),
		see("Write y or n."),
		answer("direct-bill CSP partner [y/N]", "y"),
		answer("work with someone who can [y/N]", "n"),
		answer("know who can [y/N]", "y"),
		see("Tick the three statements, if they are true."),
		answer("What next, by its number:", "99"),
		see("Write a number from 1 to"),
		answer("What next, by its number:", "1"),
		answer("User name of the integration user:", "nobody"),
		see("must have the form name@domain"),
		answer("User name of the integration user [nobody]:", w.facts.IntegrationUPN),
		see("The domain is that of the partner tenant."),
		answer("asked for it at every sign-in [y/N]", "y"),
		answer("Name of the connector [rehearsal.example]:", strings.Repeat("n", 81)),
		see("longer than 80 characters"),
		answer("Name of the connector [nnn", "Practice"),
		answer("Client ID:", "1234"),
		see("must be a GUID"),
		answer("Client ID [1234]:", w.facts.Clients.Secret),
		answer("How the app registration proves itself [2]:", ""),
		answer("Client secret:", "two words"),
		see("A client secret has no spaces"),
		answer("Client secret:", w.facts.ClientSecret),
		see("is in this computer's keychain"),
		answer("The client secret ends on:", "tomorrow"),
		see("This is not a date"),
		answer("The client secret ends on [tomorrow]:", "2027-11-30"),
		answer("Path of the redirect URI [/consent]:", "no path"),
		see("The path must"),
		answer("Path of the redirect URI [no path]:", "/consent"),
		answer("GroupMember.Read.All [y/N]", "y"),
	}, consents(), []step{pick("Save")}), "connect")
	if r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	w.noSecrets(r.out, r.err)
	if got := w.list().Connectors[0]; got["clientKind"] != "secret" || got["secretExpires"] != "2027-11-30T00:00:00Z" {
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
		see("is in this computer's keychain"),
	}, consents()), args...)
	if r.code != cli.ExitFine {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func TestConversationAfterAProblem(t *testing.T) {
	w := newWorld(t, "declined")
	again := enter()
	again.first = func() { w.play("good") }
	r := w.sit([]step{enter(), see("[problem]"), again, see("Page 6 of 7"), enter()}, w.connectArgs()...)
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
	r := w.sit([]step{
		see("Cannot be saved"),
		pick("Enter: User name of the account that signed in"),
		answer("User name of the account that signed in:", w.facts.IntegrationUPN),
		see("This is not the account that signed in."),
		pick("Enter: User name of the account that signed in"),
		answer("User name of the account that signed in [", strings.ToUpper(colleague)),
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
	r := w.sit([]step{
		see("Page 5 of 7"),
		pick("Go to another page"),
		answer("Go to page 2: Integration account", ""),
		see("Write a number"),
		answer("What next, by its number:", "2"),
		see("Page 2 of 7"),
		see("User name of the integration user: wrong@rehearsal.example"),
		pick("Enter: User name of the integration user"),
		answer("User name of the integration user [wrong@rehearsal.example]:", w.facts.IntegrationUPN),
		pick("Continue"),
		see("Page 5 of 7"),
		pick("Help"),
		see("tenant-wide"),
		pick("Open in an isolated window"),
		see("Page 6 of 7"),
		pick("Back"),
		see("Page 5 of 7"),
		pick("Continue"),
		see("Page 6 of 7"),
		pick("Open a guest window of Practice Browser"),
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
	w.connect("--admin-consent", "other-person")
	r := w.sit([]step{
		pick("Someone else is the administrator"),
		pick("Go on unconfirmed"),
		see("Page 6 of 7"), enter(),
		see("Page 7 of 7"),
		pick("Stop here and keep the draft"),
		see("in again"),
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
		see("1 draft, not finished"),
		answer("Go on with, by its number [1]:", ""),
		see("Page 5 of 7"), enter(),
		see("Page 6 of 7"), enter(),
		see("*  1  Save"), enter(),
	}, "connect")
	if r.code != cli.ExitFine || len(w.list().Drafts) != 0 {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func TestHandingOver(t *testing.T) {
	w := newWorld(t, "good")
	r := w.connect("--admin-consent", "other-person")
	if r.code != cli.ExitSignIn || !strings.Contains(r.out, "/adminconsent?") || !strings.Contains(r.err, "pcc connect --draft ") || len(w.browsers.ways()) != 0 {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if draft := w.list().Drafts[0]; draft["waitsSince"] == "" || draft["step"] != 5.0 {
		t.Errorf("%v", draft)
	}
	w.noSecrets(r.out, r.err)
	// The administrator's browser can't open the last page: nobody listens any more.
	address := w.consentElsewhere()
	if r := w.run("connect", "--resume", "--admin-answer", "http://localhost/consent?state=another&admin_consent=True&tenant=x"); r.code != cli.ExitFailed {
		t.Errorf("another answer: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("connect", "--resume", "--admin-answer", strings.ReplaceAll(address, "&", "&amp;")); r.code != cli.ExitFine {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

// consentElsewhere gives the handed-over consent in a browser of another computer, and returns the address of its last page.
func (w *world) consentElsewhere() string {
	w.t.Helper()
	data, err := os.ReadFile(w.path("config/drafts.json"))
	if err != nil {
		w.t.Fatal(err)
	}
	kept := struct {
		Drafts []struct {
			Admin struct{ Handover struct{ Link string } }
		}
	}{}
	if err := json.Unmarshal(data, &kept); err != nil || len(kept.Drafts) != 1 {
		w.t.Fatal(err, string(data))
	}
	_, err = rehearsal.NewVisitor().Walk(w.t.Context(), kept.Drafts[0].Admin.Handover.Link)
	var failed *url.Error
	if !errors.As(err, &failed) {
		w.t.Fatalf("the last page could be opened: %v", err)
	}
	return failed.URL
}

func TestHandingOverInAConversation(t *testing.T) {
	w := newWorld(t, "good")
	handOver := []step{pick("Someone else is the administrator"), see("/adminconsent?"), see("They may answer tomorrow")}
	r := w.sit(append(handOver, pick("Stop here and keep the draft")), w.connectArgs()...)
	if r.code != cli.ExitFailed || !strings.Contains(r.err, "Stopped.\nThe draft is kept.") {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	address := w.consentElsewhere()
	wrapped := strings.Join([]string{address[:40], address[40:90], address[90:], ""}, "\n")
	r = w.sit([]step{
		see("Waiting for the answer"),
		pick("Someone else is the administrator"),
		pick("Enter: Address of the last page"),
		answer("Address of the last page:", "http://localhost/consent?nonsense\n"),
		see("[problem]"),
		pick("Enter: Address of the last page"),
		answer("Address of the last page:", wrapped),
		see("Reported by a pasted or forwarded address"),
		see("Page 6 of 7"), enter(),
		see("*  1  Save"), enter(),
	}, "connect", "--resume")
	if r.code != cli.ExitFine || w.list().Connectors[0]["adminConsent"] != "reported" {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func TestAnAnswerEndsTheQuestion(t *testing.T) {
	w := newWorld(t, "good")
	r := w.sit([]step{
		pick("Someone else is the administrator"),
		// While the menu stands there, the administrator opens the link on this very computer.
		{sees: "Enter: Address of the last page", only: true, first: w.consentHere},
		see("Reported by a pasted or forwarded address"),
		see("Page 6 of 7"), enter(),
	}, w.connectArgs()...)
	if r.code != cli.ExitFine {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func (w *world) consentHere() {
	data, err := os.ReadFile(w.path("config/drafts.json"))
	if err != nil {
		w.t.Error(err)
		return
	}
	link := ""
	for _, part := range strings.Split(string(data), `"`) {
		if strings.Contains(part, "/adminconsent?") {
			link = strings.ReplaceAll(part, `\u0026`, "&")
		}
	}
	w.browsers.visit(w.browsers.ctx, link)
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
