package view_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
)

func TestWhatButtonsForLinksSend(t *testing.T) {
	for _, c := range []struct {
		state, id string
		want      wizard.Event
	}{
		{"home-empty", "new-links", wizard.NewLinks{}},
		{"links-typed", "read-links", wizard.ReadLinks{}},
		{"links-both", "forget-user", wizard.ForgetLink{Kind: link.User}},
		{"links-both", "main", wizard.Forward{}},
		{"links-both", "close", wizard.GoHome{}},
		{"links-differ", "links-differ-1-forget-admin", wizard.ForgetLink{Kind: link.Admin}},
		{"links-lookup-problem", "link-lookup-problem-admin-retry", wizard.LookUpTenant{}},
		{"link-admin-differ", "links-differ-1-go", wizard.GoTo{Step: connector.StepLinks}},
		{"link-admin-start", "start-default", wizard.StartAdmin{Way: wizard.WayDefault}},
		{"link-admin-start", "start-isolated", wizard.StartAdmin{Way: wizard.WayIsolated}},
		{"link-admin-start", "start-link", wizard.StartAdmin{Way: wizard.WayLink}},
		{"link-admin-start", "copy-link", wizard.CopyLink{Kind: link.Admin}},
		{"link-admin-start", "report-admin", wizard.ReportLink{Kind: link.Admin, Worked: true}},
		{"link-admin-start", "go-unconfirmed", wizard.GoUnconfirmed{}},
		{"link-admin-waiting", "admin-stop", wizard.StopWait{}},
		{"link-admin-waiting", "admin-more", wizard.MoreTime{}},
		{"link-admin-waiting", "tell-error", wizard.TellError{Open: true}},
		{"link-admin-closed", "tell-error", wizard.TellError{Open: true}},
		{"link-admin-closed", "report-admin", wizard.ReportLink{Kind: link.Admin, Worked: true}},
		{"link-admin-closed-told", "told-problem-retry", wizard.StartAdmin{Way: wizard.WayDefault}},
		{"link-admin-timed-out", "report-admin", wizard.ReportLink{Kind: link.Admin, Worked: true}},
		{"link-admin-timed-out", "tell-error", wizard.TellError{Open: true}},
		{"link-user-timed-out", "report-user", wizard.ReportLink{Kind: link.User, Worked: true}},
		{"link-admin-timed-out", "admin-problem-retry", wizard.StartAdmin{Way: wizard.WayDefault}},
		{"link-admin-reported", "take-back-admin", wizard.ReportLink{Kind: link.Admin}},
		{"link-user-start", "start-private", wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate}},
		{"link-user-ticked", "start-default", wizard.StartUser{Way: wizard.WayDefault}},
		{"link-user-not-private", "user-problem-link", wizard.StartUser{Way: wizard.WayLink}},
		{"link-user-told", "told-problem-go", wizard.GoTo{Step: connector.StepLinkAdmin}},
		{"link-user-unreported", "admin-unreported-go", wizard.GoTo{Step: connector.StepLinkAdmin}},
		{"link-finish-own", "run-checks", wizard.RunChecks{}},
		{"link-finish-done", "main", wizard.Save{}},
		{"link-finish-save-problem", "wizard-problem-retry", wizard.Save{}},
		{"link-finish-saved", "main", wizard.OpenConnector{ID: viewtest.Kept().ID}},
		{"before-link-offer", "link-offer-take", wizard.TakeOffer{}},
		{"before-link-offer", "link-offer-refuse", wizard.RefuseOffer{}},
	} {
		b := button(c.state, c.id)
		if b == nil {
			t.Errorf("%s: there is no button %s", c.state, c.id)
		} else if !reflect.DeepEqual(b.Event, c.want) || b.Disabled {
			t.Errorf("%s: %s sends %#v, disabled %v because of %q", c.state, c.id, b.Event, b.Disabled, b.Reason.Key)
		}
	}
}

// TestTheUserLinkNeedsAgreementForTheDefaultBrowser holds that it can't be opened there by mistake.
func TestTheUserLinkNeedsAgreementForTheDefaultBrowser(t *testing.T) {
	if b := button("link-user-start", "start-default"); b == nil || !b.Disabled || b.Reason.Key != "reason.tick-link-default" {
		t.Errorf("the button is %+v", b)
	}
}

// TestAPastedLinkStandsInItsFieldAlone looks for it in everything else that is shown or copied.
func TestAPastedLinkStandsInItsFieldAlone(t *testing.T) {
	tr := translators(t)["en"]
	fields := 0
	for _, name := range []string{"links-typed", "links-reading", "before-link-offer", "connector-link-offer", "home-link-offer"} {
		v := view.Project(viewtest.State(name))
		for i, b := range v.Blocks {
			if in, ok := b.(view.Input); ok && in.Field == connector.FieldLinks && strings.Contains(in.Value, "client_id=typed") {
				in.Value = ""
				v.Blocks[i] = in
				fields++
			}
		}
		shown := plain(t, v)
		for _, text := range texts(v) {
			shown += text.Render(tr)
		}
		if strings.Contains(shown, "adminconsent?client_id") {
			t.Errorf("%s shows the link", name)
		}
	}
	if fields != 2 {
		t.Errorf("%d fields show what is typed", fields)
	}
}

// TestALinkForAnyTenantNamesTheExpectedOne holds that the tenant is named in large, before the link is opened and while it is open.
func TestALinkForAnyTenantNamesTheExpectedOne(t *testing.T) {
	for _, name := range []string{"links-common", "link-admin-common", "link-admin-waiting-common", "link-user-common"} {
		v := view.Project(viewtest.State(name))
		if !slices.ContainsFunc(v.Blocks, func(b view.Block) bool {
			p, ok := b.(view.Paragraph)
			return ok && p.Role == view.Lead && p.Text.Args["Tenant"] == "contoso.onmicrosoft.com"
		}) {
			t.Errorf("%s does not name the tenant in large", name)
		}
		if n, _ := notice(v, "any-tenant"); n.Severity != view.Warning {
			t.Errorf("%s: the notice is %q", name, n.Severity)
		}
	}
}

// TestProblemsNameThePagesForLinks renders what was told of an error page: its sentences must not name pages of the other wizard.
func TestProblemsNameThePagesForLinks(t *testing.T) {
	for lang, want := range map[string]string{"en": "(page 2)", "de": "(Seite 2)"} {
		for _, p := range problemsIn(view.Project(viewtest.State("link-user-told"))) {
			if got := p.Do.Render(translators(t)[lang]); !strings.Contains(got, want) {
				t.Errorf("%s: %s", lang, got)
			}
		}
	}
}

// TestTheEndOfTheWaitForALinkIsNoMissingAnswer holds that no answer is missed where none ever comes, and that telling what was seen comes first.
func TestTheEndOfTheWaitForALinkIsNoMissingAnswer(t *testing.T) {
	for lang, want := range map[string][2]string{
		"en": {"The waiting time is over.", "Otherwise open the link again. While the program waits, you can add ten minutes."},
		"de": {"Die Wartezeit ist abgelaufen.", "Sonst öffnen Sie den Link noch einmal. Solange das Programm wartet, können Sie zehn Minuten hinzufügen."},
	} {
		for _, state := range []string{"link-admin-timed-out", "link-user-timed-out"} {
			v := view.Project(viewtest.State(state))
			cards := problemsIn(v)
			if len(cards) != 1 {
				t.Fatalf("%s has %d cards", state, len(cards))
			}
			tr := translators(t)[lang]
			if title, do := cards[0].Title.Render(tr), cards[0].Do.Render(tr); title != want[0] || !strings.HasSuffix(do, want[1]) {
				t.Errorf("%s, %s: %q, %q", state, lang, title, do)
			}
			if cards[0].Button.Primary {
				t.Errorf("%s leads to another opening first", state)
			}
		}
		own := problemsIn(view.Project(viewtest.State("admin-timed-out")))[0]
		if title := own.Title.Render(translators(t)[lang]); title == want[0] {
			t.Errorf("a consent that is answered here says %q", title)
		}
	}
	d := viewtest.State("link-admin-timed-out").Wizard
	if got := view.DraftCard(d.Draft, d.Admin.Problem, connector.Preset{}).Title.Render(translators(t)["en"]); got != "The waiting time is over." {
		t.Errorf("the terminal says %q", got)
	}
}

// TestARedirectThatDiffersNamesWhomToAsk holds that the way to the right addresses is said where they differ, and there alone.
func TestARedirectThatDiffersNamesWhomToAsk(t *testing.T) {
	for state, want := range map[string]bool{"links-other-redirect": true, "links-differ": false} {
		for _, c := range problemsIn(view.Project(viewtest.State(state))) {
			if do := c.Do.Render(translators(t)["en"]); strings.Contains(do, "ask its support which addresses are right. If a preset names them, ask its publisher.") != want {
				t.Errorf("%s: %q", state, do)
			}
		}
	}
}

// TestATrialThatCouldNotCheckBlamesNoAccount holds the words of each outcome: where something failed they stand under its card.
func TestATrialThatCouldNotCheckBlamesNoAccount(t *testing.T) {
	for state, want := range map[string]struct {
		verdict, note string
		severity      view.Severity
	}{
		"trial-fit":      {"verdict.passed", "page.trial.outcome.fit.text", view.Good},
		"trial-doubtful": {"verdict.failed.what", "page.trial.outcome.doubtful.text", ""},
		"trial-unknown":  {"verdict.unknown", "page.trial.outcome.unknown.text", view.Warning},
		"trial-unfit":    {"verdict.failed.what", "page.trial.outcome.unfit.text", ""},
	} {
		verdict, note, severity := "", "", view.Severity("")
		for _, b := range view.Project(viewtest.State(state)).Blocks {
			switch b := b.(type) {
			case view.Notice:
				if b.ID == "outcome" {
					verdict, note, severity = b.Title.Key, b.Text.Key, b.Severity
				}
			case view.Problem:
				verdict = b.Title.Key
			case view.Paragraph:
				if verdict != "" && note == "" {
					note = b.Text.Key
				}
			}
		}
		if verdict != want.verdict || note != want.note || severity != want.severity {
			t.Errorf("%s: %q, %q, %q", state, verdict, note, severity)
		}
	}
}

// TestTheRegistrationOfLinksIsItsPublishers holds that nobody is sent to change an app registration that is not theirs.
func TestTheRegistrationOfLinksIsItsPublishers(t *testing.T) {
	for _, name := range []string{"link-admin-told-registration", "link-admin-probe-wrong"} {
		cards := problemsIn(view.Project(viewtest.State(name)))
		if len(cards) != 1 || cards[0].Actor.Key != "actor.publisher" || cards[0].Do.Key != "page.link.publisher" {
			t.Fatalf("%s: %+v", name, cards)
		}
		if do, _ := cards[0].CopyForActor.Args["Do"].(view.Text); do.Key != "problem.redirect-uri.do" {
			t.Errorf("%s: the publisher is told %q", name, do.Key)
		}
	}
}

// TestOfAKeptConnectorNoEndIsClaimed holds that nothing is said of a sign-in that the program does not know.
func TestOfAKeptConnectorNoEndIsClaimed(t *testing.T) {
	for _, name := range []string{"detail-kept", "detail-kept-unknown", "detail-kept-remind"} {
		v := view.Project(viewtest.State(name))
		for _, b := range v.Blocks {
			if _, is := b.(view.Meter); is {
				t.Errorf("%s has a bar for what is left", name)
			}
		}
		for _, text := range texts(v) {
			if strings.HasPrefix(text.Key, "home.line.due") || strings.HasPrefix(text.Key, "home.line.secret") {
				t.Errorf("%s says %s", name, text.Key)
			}
		}
	}
}

// TestAnOfferThatWasTakenIsNotMadeAgain is the time until there is a draft for it.
func TestAnOfferThatWasTakenIsNotMadeAgain(t *testing.T) {
	s := viewtest.State("before-link-offer")
	s.LinkOffer.Taken = true
	if n, there := notice(view.Project(s), "link-offer"); there {
		t.Errorf("it is: %+v", n)
	}
}
