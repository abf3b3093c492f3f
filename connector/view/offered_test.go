package view_test

import (
	"testing"
	"time"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
)

func TestSaveSaysWhyItCantBePressed(t *testing.T) {
	v := view.Project(viewtest.State("check-name-taken"))
	if main := v.Footer.Main; !main.Disabled || v.Footer.Reason.Key != "reason.name-taken" {
		t.Errorf("disabled %v, for %q", main.Disabled, v.Footer.Reason.Key)
	}
	b := button("check-name-taken", "incomplete-go")
	if b == nil || b.Disabled || b.Event != (wizard.GoTo{Step: connector.StepConnector}) {
		t.Errorf("the way to the name is %+v", b)
	}
}

// A card of a Save that failed offers to save again only where that can be done.
func TestSaveAgainWaitsForTheChecks(t *testing.T) {
	s := viewtest.State("check-save-problem")
	again := func(s wizard.State) view.Button {
		for _, b := range view.Project(s).Blocks {
			if p, ok := b.(view.Problem); ok && p.ID == "wizard-problem" {
				return *p.Button
			}
		}
		t.Fatal("there is no card")
		return view.Button{}
	}
	if b := again(s); b.Disabled || b.Event != (wizard.Save{}) {
		t.Errorf("%+v", b)
	}
	s, _ = wizard.Machine{}.Next(s, wizard.RunChecks{})
	if b := again(s); !b.Disabled || b.Reason.Key != "reason.checks-running" {
		t.Errorf("%+v", b)
	}
}

func TestButtonsWhileItIsSaved(t *testing.T) {
	for id, want := range map[string]string{"back": "reason.saving", "run-checks": "reason.saving", "sign-in-again": "reason.saving", "main": ""} {
		b := button("check-saving", id)
		if b == nil || !b.Disabled || b.Reason.Key != want {
			t.Errorf("%s: %+v", id, b)
		}
	}
	if got := view.Project(viewtest.State("check-saving")).Footer.Reason.Key; got != "reason.saving" {
		t.Errorf("the footer says %q", got)
	}
	if b := button("check-saving", "close"); b == nil || b.Disabled {
		t.Errorf("the wizard can't be left: %+v", b)
	}
}

// A renewal begins on page 4: what the pages before it mend is mended by hand, and its card tries again.
func TestEveryCardOfARenewalLeadsOn(t *testing.T) {
	for _, kind := range []connector.ProblemKind{connector.KindNoMFA, connector.KindGuest, connector.KindIsAdmin, connector.KindOtherPartner} {
		for step := connector.StepBefore; step <= connector.StepCheck; step++ {
			s := viewtest.State("check-renewal")
			s.Wizard.Checks = []connector.Check{{
				ID: connector.CheckMFA, State: connector.CheckFailed, Weight: connector.WeightNever,
				Problem: &connector.Problem{Kind: kind, Step: step, Actor: connector.ActorUser, At: time.Now()},
			}}
			var want wizard.Event = wizard.RunChecks{}
			if step >= connector.StepConnector && step < connector.StepCheck {
				want = wizard.GoTo{Step: step}
			}
			v := view.Project(s)
			cards := problemsIn(v)
			if len(cards) != 1 {
				t.Fatalf("%s, mended on page %v: %d cards", kind, step, len(cards))
			}
			if got := cards[0].Button; got.Disabled || got.Event != want || v.Focus != got.ID {
				t.Errorf("%s, mended on page %v: %+v; the focus is on %q", kind, step, got, v.Focus)
			}
		}
	}
}

// Where this computer can keep no credential the pages of the consents show it, with the way to look again, in a renewal too.
func TestTheConsentsShowWhatIsWrongWithThisComputer(t *testing.T) {
	for _, renews := range []string{"", viewtest.SavedID} {
		for _, name := range []string{"admin-keychain-gone", "user-keychain-gone"} {
			s := viewtest.State(name)
			s.Wizard.Draft.Renews = renews
			found := false
			for _, b := range view.Project(s).Blocks {
				if p, ok := b.(view.Problem); ok && p.ID == "ready-problem" {
					found = p.Button.Event == wizard.Event(wizard.CheckReady{}) && !p.Button.Disabled
				}
			}
			if !found {
				t.Errorf("%s, renewal %q: no card that looks again", name, renews)
			}
		}
	}
	s := viewtest.State("user-keychain-gone")
	s, _ = wizard.Machine{}.Next(s, wizard.CheckReady{})
	s, _ = wizard.Machine{}.Next(s, wizard.ReadyChecked{Attempt: s.Wizard.Ready.Attempt, Browsers: viewtest.Browsers()})
	if r := s.Refuses(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate}); r != "" {
		t.Errorf("once it was mended a consent is refused for %q", r)
	}
}

// A link for another person that stands on the page already is not offered again where the consent was declined on this computer.
func TestNothingIsOfferedThatStandsOnThePage(t *testing.T) {
	offers := func(s wizard.State) bool {
		for _, c := range view.Project(s).Controls() {
			if c.Reason.Key == "reason.gone" {
				t.Errorf("%q is shown, and its time is over", c.ID)
			}
			if c.ID == "admin-problem-handover" {
				return true
			}
		}
		return false
	}
	s := viewtest.State("admin-declined")
	s.Wizard.Draft.Admin.Handover = &connector.Handover{State: "s", Link: "https://login.example/", Since: viewtest.Now}
	if s.Wizard.HandoverOpen = false; !offers(s) {
		t.Error("nothing leads to the link")
	}
	if s.Wizard.HandoverOpen = true; offers(s) {
		t.Error("the link stands on the page, and is offered")
	}
	s.Wizard.Draft.Admin.Status = connector.AdminReported
	for _, c := range view.Project(s).Controls() {
		if c.ID == "go-unconfirmed" {
			t.Error("an admin consent that was reported can be gone on from as not confirmed")
		}
	}
}
