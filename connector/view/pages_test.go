package view_test

import (
	"reflect"
	"slices"
	"testing"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
)

// button finds a button of a state's view by its ID; nil if there is none.
func button(state, id string) *view.Button {
	for _, b := range buttons(view.Project(viewtest.State(state))) {
		if b.ID == id {
			return &b
		}
	}
	return nil
}

func TestWhatButtonsSend(t *testing.T) {
	private := wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate}
	cases := []struct {
		state, id string
		want      wizard.Event
	}{
		{"home-empty", "main", wizard.NewConnector{}},
		{"home-checked-all", "check-all", wizard.CheckAll{}},
		{"home-checking-all", "check-all-stop", wizard.StopCheckAll{}},
		{"home-drafts", "draft-draft-waiting-open", wizard.OpenDraft{ID: "draft-waiting"}},
		{"home-drafts", "draft-draft-waiting-paste", wizard.AskPaste{ID: "draft-waiting"}},
		{"home-drafts", "draft-draft-waiting-unconfirmed", wizard.GoUnconfirmed{ID: "draft-waiting"}},
		{"home-drafts", "draft-draft-waiting-discard", wizard.AskDiscard{ID: "draft-waiting"}},
		{"home-discard", "discard-keep", wizard.AskDiscard{}},
		{"home-discard", "discard-go", wizard.Discard{ID: "draft-waiting"}},
		{"home-paste-problem", "take-paste", wizard.TakePaste{}},
		{"home-paste-problem", "paste-close", wizard.AskPaste{}},
		{"before-done", "main", wizard.Forward{}},
		{"before-done", "close", wizard.GoHome{}},
		{"before-done", "check-ready", wizard.CheckReady{}},
		{"before-unknown-tenant", "lookup-problem-retry", wizard.LookUpTenant{}},
		{"before-keychain-missing", "ready-keychain-problem-retry", wizard.CheckReady{}},
		{"before-locked", "change-tenant", wizard.AskChange{Field: connector.FieldTenant}},
		{"before-change", "change-agree", wizard.AgreeChange{}},
		{"before-change", "change-keep", wizard.KeepField{}},
		{"account-done", "back", wizard.Back{}},
		{"account-locked", "change-upn", wizard.AskChange{Field: connector.FieldUPN}},
		{"connector-secret-done", "change-tenant", wizard.GoTo{Step: connector.StepBefore}},
		{"connector-probe-wrong", "probe-problem-retry", wizard.ProbeApp{}},
		{"connector-locked", "change-kind", wizard.AskChange{Field: connector.FieldClientKind}},
		{"connector-locked", "change-with-groups", wizard.AskChange{Field: connector.FieldWithGroups}},
		{"connector-renewal", "close", wizard.GoHome{}},
		{"connector-secret-problem", "secret-problem-go", wizard.GoTo{Step: connector.StepBefore}},
		{"admin-start", "start-default", wizard.StartAdmin{Way: wizard.WayDefault}},
		{"admin-start", "start-isolated", wizard.StartAdmin{Way: wizard.WayIsolated}},
		{"admin-start", "start-link", wizard.StartAdmin{Way: wizard.WayLink}},
		{"admin-start", "open-handover", wizard.OpenHandover{}},
		{"admin-opening", "admin-stop", wizard.StopWait{}},
		{"admin-waiting", "admin-stop", wizard.StopWait{}},
		{"admin-waiting", "admin-more", wizard.MoreTime{}},
		{"admin-finishing", "admin-stop", wizard.StopWait{}},
		{"admin-no-start", "no-start-isolated", wizard.StartAdmin{Way: wizard.WayIsolated}},
		{"admin-declined", "admin-problem-retry", wizard.StartAdmin{Way: wizard.WayDefault}},
		{"admin-declined", "admin-problem-handover", wizard.OpenHandover{}},
		{"admin-wrong-tenant", "admin-problem-isolated", wizard.StartAdmin{Way: wizard.WayIsolated}},
		{"admin-redirect-uri", "admin-problem-go", wizard.GoTo{Step: connector.StepConnector}},
		{"admin-handover", "handover-close", wizard.CloseHandover{}},
		{"admin-handover", "go-unconfirmed", wizard.GoUnconfirmed{}},
		{"admin-handover-paste-problem", "take-paste", wizard.TakePaste{}},
		{"admin-keychain-gone", "ready-problem-retry", wizard.CheckReady{}},
		{"admin-secret-gone", "start-blocked-go", wizard.GoTo{Step: connector.StepConnector}},
		{"user-start", "start-private", private},
		{"user-start", "start-plain", wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePlain}},
		{"user-start", "start-link", wizard.StartUser{Way: wizard.WayLink}},
		{"user-waiting", "user-stop", wizard.StopWait{}},
		{"user-waiting", "user-more", wizard.MoreTime{}},
		{"user-window-closed", "user-problem-retry", private},
		{"user-not-private", "user-problem-link", wizard.StartUser{Way: wizard.WayLink}},
		{"user-conditional-access", "user-problem-plain", wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePlain}},
		{"user-need-admin", "user-problem-go", wizard.GoTo{Step: connector.StepAdmin}},
		{"user-not-confirmed", "user-unconfirmed-go", wizard.GoTo{Step: connector.StepAdmin}},
		{"user-federated", "start-plain-prompt", wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate, PlainPrompt: true}},
		{"user-leaving", "leaving-stay", wizard.StayInWizard{}},
		{"user-leaving", "leaving-leave", wizard.LeaveWizard{}},
		{"check-nobody", "check-sign-in", wizard.GoTo{Step: connector.StepUser}},
		{"check-new", "main", wizard.Save{}},
		{"check-new", "run-checks", wizard.RunChecks{}},
		{"check-mismatch-retyped", "accept-account", wizard.AcceptAccount{}},
		{"check-never", "checks-mfa-problem-go", wizard.GoTo{Step: connector.StepMFA}},
		{"check-save-problem", "wizard-problem-retry", wizard.Save{}},
		{"check-unmade", "wizard-problem-retry", wizard.RunChecks{}},
		{"check-name-lost", "wizard-problem-go", wizard.GoTo{Step: connector.StepConnector}},
		{"check-saved", "main", wizard.OpenConnector{ID: viewtest.SavedID}},
		{"check-saved", "home", wizard.GoHome{}},
		{"detail-good", "main", wizard.CheckNow{}},
		{"detail-good", "renew", wizard.Renew{}},
		{"detail-good", "ask-rename", wizard.AskRename{}},
		{"detail-good", "ask-remove", wizard.AskRemove{}},
		{"detail-sign-in", "main", wizard.Renew{}},
		{"detail-sign-in", "checks-mfa-problem-mend", wizard.Renew{}},
		{"detail-rename", "rename-go", wizard.Rename{}},
		{"detail-remove", "remove-go", wizard.Remove{}},
		{"detail-remove", "remove-keep", wizard.CancelDetail{}},
		{"detail-problem", "detail-problem-retry", wizard.CheckNow{}},
	}
	for _, c := range cases {
		b := button(c.state, c.id)
		if b == nil {
			t.Errorf("%s: there is no button %s", c.state, c.id)
		} else if !reflect.DeepEqual(b.Event, c.want) || b.Disabled {
			t.Errorf("%s: %s sends %#v, disabled %v", c.state, c.id, b.Event, b.Disabled)
		}
	}
}

// A button never leads to a page further on, which could not be gone to: a press would do nothing.
func TestNoProblemLeadsToALaterPage(t *testing.T) {
	s := viewtest.State("admin-told")
	s.Wizard.Told.Problem = &connector.Problem{Kind: connector.KindNotAssigned, Step: connector.StepUser, Actor: connector.ActorAdmin}
	found := false
	for _, b := range buttons(view.Project(s)) {
		found = found || b.ID == "told-problem-retry"
		if b.ID == "told-problem-go" {
			t.Errorf("the button sends %#v", b.Event)
		}
	}
	if !found {
		t.Error("the problem has no button")
	}
}

// Closing a renewal drops its draft: nothing on its pages promises to keep it.
func TestARenewalPromisesNoDraft(t *testing.T) {
	for _, state := range []string{"check-renewal-leaving", "check-change-user"} {
		if label := button(state, "close").Label.Key; label != "common.close" {
			t.Errorf("%s: the button says %s", state, label)
		}
	}
	for _, b := range view.Project(viewtest.State("check-renewal-leaving")).Blocks {
		if n, ok := b.(view.Notice); ok && n.ID == "leaving" && n.Text.Key != "common.leaving.text-renewal" {
			t.Errorf("leaving says %s", n.Text.Key)
		}
	}
}

// What could not be written is not promised to be kept.
func TestLeavingPromisesNoDraftThatCouldNotBeWritten(t *testing.T) {
	for _, unkept := range []*connector.Problem{nil, {Kind: connector.KindDisk, Actor: connector.ActorYou}} {
		s := viewtest.State("check-leaving")
		s.Wizard.Unkept = unkept
		want := "common.leaving.text"
		if unkept != nil {
			want = "common.leaving.text-unkept"
		}
		if !slices.ContainsFunc(view.Project(s).Blocks, func(b view.Block) bool {
			n, ok := b.(view.Notice)
			return ok && n.ID == "leaving" && n.Text.Key == want
		}) {
			t.Errorf("leaving does not say %s", want)
		}
	}
}

// Where another account signed in, what a check found is about that account, and no remedy is asked of the expected one.
func TestTheChecksOfAnotherAccountNameIt(t *testing.T) {
	s := viewtest.State("check-mismatch")
	for i, c := range s.Wizard.Checks {
		if c.ID == connector.CheckMFA {
			s.Wizard.Checks[i].State, s.Wizard.Checks[i].Problem = connector.CheckFailed, &connector.Problem{Kind: connector.KindNoMFA}
		}
	}
	named := 0
	for _, b := range view.Project(s).Blocks {
		list, _ := b.(view.Checks)
		for _, row := range list.Rows {
			if row.Problem == nil || row.Problem.Title.Key != "problem.no-mfa.title" {
				continue
			}
			named++
			if row.Problem.Do.Args["UPN"] != s.Wizard.SignedIn.UPN {
				t.Errorf("the remedy is asked of %v", row.Problem.Do.Args["UPN"])
			}
		}
	}
	if named != 1 {
		t.Errorf("%d problems of the MFA check", named)
	}
}

func TestWhyTheMainButtonIsDisabled(t *testing.T) {
	cases := map[string]wizard.Reason{
		"before-new": wizard.ReasonReadyRunning, "before-looking-up": wizard.ReasonTenantLookup,
		"before-two-clouds": wizard.ReasonChooseCloud, "before-unknown-tenant": wizard.ReasonTenantUnknown,
		"before-no-ticks": wizard.ReasonTicks, "before-done": "", "before-keychain-missing": wizard.ReasonKeychain,
		"before-elevated": wizard.ReasonElevated, "before-no-browser": "",
		"account-empty": wizard.ReasonUPNMissing, "account-invalid": connector.ReasonUPNInvalid, "account-done": "",
		"mfa-open": wizard.ReasonTickMFA, "mfa-done": "",
		"connector-empty": connector.ReasonNameMissing, "connector-invalid": connector.ReasonNameLong,
		"connector-name-taken": connector.ReasonNameTaken, "connector-secret-missing": wizard.ReasonSecretMissing,
		"connector-secret-storing": wizard.ReasonSecretStoring, "connector-public": "", "connector-secret-done": "",
		"admin-start": wizard.ReasonAdminMissing, "admin-waiting": wizard.ReasonAdminWaiting, "admin-reported": "",
		"admin-not-confirmed": "", "user-start": wizard.ReasonUserMissing, "user-waiting": wizard.ReasonUserWaiting, "user-signed-in": "",
		"check-nobody": wizard.ReasonUserMissing, "check-running": wizard.ReasonChecksRunning,
		"check-unmade": wizard.ReasonChecksUnmade, "check-name-lost": "",
		"check-saving": wizard.ReasonSaving, "check-attention": "", "check-new": "", "check-saved": "",
		"detail-checking": wizard.ReasonChecksRunning, "detail-good": "",
	}
	for state, want := range cases {
		footer := view.Project(viewtest.State(state)).Footer
		key := ""
		if want != "" {
			key = "reason." + string(want)
		}
		if footer.Main.Disabled != (want != "") || footer.Reason.Key != key {
			t.Errorf("%s: disabled %v because of %q, want %q", state, footer.Main.Disabled, footer.Reason.Key, key)
		}
	}
}

// TestTheFooterCountsWhatKeepsFromSaving: one that could not be made is not counted among those that failed.
func TestTheFooterCountsWhatKeepsFromSaving(t *testing.T) {
	two := viewtest.State("check-never")
	two.Wizard.Checks = slices.Clone(two.Wizard.Checks)
	for i := range two.Wizard.Checks {
		if c := &two.Wizard.Checks[i]; c.ID == connector.CheckUser {
			c.State, c.Weight = connector.CheckFailed, connector.WeightNever
		}
	}
	for want, s := range map[string]wizard.State{
		"Can't save: 1 required check failed.":  viewtest.State("check-never"),
		"Can't save: 2 required checks failed.": two,
	} {
		footer := view.Project(s).Footer
		if got := footer.Reason.Render(translators(t)["en"]); got != want || !footer.Main.Disabled {
			t.Errorf("%q, disabled %v, want %q", got, footer.Main.Disabled, want)
		}
	}
}

func TestAWaitIsShownWhileWaiting(t *testing.T) {
	for _, n := range viewtest.States() {
		w := n.State.Wizard
		waiting := w.Draft.Step == w.Draft.StepFor(connector.StepAdmin) && w.Admin.Phase == wizard.PhaseWaiting ||
			w.Draft.Step == w.Draft.StepFor(connector.StepUser) && w.User.Phase == wizard.PhaseWaiting
		retrying := w.User.Retry != nil || w.Probe.Retry != nil || w.Links.Probe.Retry != nil
		found := 0
		for _, block := range view.Project(n.State).Blocks {
			if b, ok := block.(view.Wait); ok {
				found++
				if b.Since.IsZero() || b.Until.IsZero() || len(b.Buttons) != map[bool]int{true: 1, false: 2}[retrying] || len(b.Details) == 0 {
					t.Errorf("%s: the wait is incomplete: %+v", n.Name, b)
				}
			}
		}
		if want := map[bool]int{true: 1}[waiting || retrying]; found != want {
			t.Errorf("%s: %d waits, want %d", n.Name, found, want)
		}
	}
}

func TestWhatEscapeDoes(t *testing.T) {
	cases := map[string]wizard.Event{
		"home-empty": nil, "home-discard": wizard.AskDiscard{}, "home-paste": wizard.AskPaste{},
		"before-done": wizard.GoHome{}, "before-change": wizard.KeepField{}, "admin-waiting": wizard.StopWait{},
		"admin-handover": wizard.CloseHandover{}, "user-opening": wizard.StopWait{}, "user-leaving": wizard.StayInWizard{},
		"user-tell": wizard.TellError{}, "user-told-nothing": wizard.TellError{}, "check-saved": wizard.GoHome{}, "detail-good": wizard.GoHome{}, "detail-remove": wizard.CancelDetail{},
	}
	for state, want := range cases {
		if got := view.Project(viewtest.State(state)).Escape; got != want {
			t.Errorf("%s: Esc sends %#v, want %#v", state, got, want)
		}
	}
}

func TestWhereTheFocusIs(t *testing.T) {
	cases := map[string]string{
		"home-empty": "main", "home-discard": "discard-keep", "before-new": "tenant", "before-locked": "tick-direct-bill",
		"before-change": "change-keep", "account-empty": "upn", "mfa-open": "tick-mfa", "connector-empty": "name",
		"admin-start": "start-default", "admin-waiting": "admin-more", "admin-handover": "handover-copy", "admin-reported": "main",
		"admin-declined": "admin-problem-retry", "user-start": "start-private", "user-start-safari": "start-link", "user-waiting": "user-more",
		"user-leaving": "leaving-stay", "check-mismatch": "mismatch-sign-in", "check-new": "main", "check-saved": "main", "check-nobody": "check-sign-in",
		"detail-good": "main", "detail-rename": "rename", "detail-remove": "remove-keep", "detail-gone": "help",
		"user-tell": "told", "admin-told": "told-problem-go", "user-told-nothing": "told",
	}
	for state, want := range cases {
		if got := view.Project(viewtest.State(state)).Focus; got != want {
			t.Errorf("%s: the focus is on %s, want %s", state, got, want)
		}
	}
}

func TestTheRail(t *testing.T) {
	cases := []struct {
		state string
		step  connector.Step
		want  view.RailState
		goes  bool
	}{
		{"before-done", connector.StepBefore, view.RailHere, false},
		{"before-done", connector.StepAccount, view.RailDone, true},
		{"before-no-ticks", connector.StepAccount, view.RailToDo, false},
		{"connector-empty", connector.StepMFA, view.RailDone, true},
		{"connector-empty", connector.StepAdmin, view.RailToDo, false},
		{"user-need-admin", connector.StepConnector, view.RailDone, true},
		{"user-keychain-gone", connector.StepBefore, view.RailProblem, true},
		{"user-renewal", connector.StepBefore, view.RailDone, false},
		{"user-renewal", connector.StepConnector, view.RailDone, true},
		{"check-saved", connector.StepUser, view.RailDone, false},
	}
	for _, c := range cases {
		item := view.Project(viewtest.State(c.state)).Rail[c.step-1]
		if item.State != c.want || (item.Go != nil) != c.goes {
			t.Errorf("%s: step %d is %s, goes %v", c.state, c.step, item.State, item.Go != nil)
		}
	}
}

// TestAnAdminConsentThatCountsIsDone holds that page 5 is marked for a try that failed only as long as no older answer counts.
func TestAnAdminConsentThatCountsIsDone(t *testing.T) {
	for name, want := range map[string]view.RailState{
		"admin-wrong-tenant-again": view.RailDone,
		"admin-wrong-tenant":       view.RailProblem,
	} {
		s := viewtest.State(name)
		s.Wizard.Draft.Step, s.Wizard.Draft.Seen = connector.StepUser, connector.StepUser
		if got := view.Project(s).Rail[connector.StepAdmin-1].State; got != want {
			t.Errorf("%s, from page 6: page 5 is %s, and not %s", name, got, want)
		}
	}
}

func TestLockedFieldsCannotBeTypedInto(t *testing.T) {
	for _, n := range viewtest.States() {
		if n.State.Screen != wizard.ScreenWizard {
			continue
		}
		for _, block := range view.Project(n.State).Blocks {
			switch b := block.(type) {
			case view.Input:
				if n.State.Wizard.Locked(b.Field) && !b.Locked {
					t.Errorf("%s: %s is open although a change undoes a consent", n.Name, b.ID)
				}
				if b.Locked && b.Reason.Empty() {
					t.Errorf("%s: %s is locked without a reason", n.Name, b.ID)
				}
			case view.Choice:
				if n.State.Wizard.Locked(b.Field) != b.Locked && !n.State.Wizard.Saving.Running {
					t.Errorf("%s: %s is locked %v", n.Name, b.ID, b.Locked)
				}
			case view.Tick:
				if n.State.Wizard.Locked(b.Field) {
					t.Errorf("%s: %s can be ticked although that undoes a consent", n.Name, b.ID)
				}
			}
		}
	}
}

func TestAdminConsentIsNeverCalledProven(t *testing.T) {
	tr := translators(t)["en"]
	for state, want := range map[string]string{
		"admin-reported": "Admin consent received. The browser reported it on 23 November 2026, 09:10 for contoso.onmicrosoft.com. The user consent confirms it.",
		"admin-pasted": "Admin consent received by a pasted or forwarded address. " +
			"The address for contoso.onmicrosoft.com was taken on 23 November 2026, 09:10. The user consent confirms it.",
	} {
		for _, block := range view.Project(viewtest.State(state)).Blocks {
			n, ok := block.(view.Notice)
			if !ok || n.ID != "admin-result" {
				continue
			}
			if said := n.Title.Render(tr) + ". " + n.Text.Render(tr); said != want {
				t.Errorf("%s says %q", state, said)
			}
		}
	}
}

func TestPortalsOfTheClouds(t *testing.T) {
	cases := map[string]string{
		"account-done":      "https://partner.microsoft.com/dashboard/account/v3/usermanagement",
		"account-usgov":     "",
		"account-china":     "",
		"account-from-file": "",
	}
	for state, want := range cases {
		got := ""
		if b := button(state, "open-users"); b != nil {
			got = b.URL
		}
		if got != want {
			t.Errorf("%s opens %q, want %q", state, got, want)
		}
	}
	if b := button("connector-usgov", "open-registrations"); b == nil || b.URL[:26] != "https://entra.microsoft.us" {
		t.Errorf("the US government's registrations are at %+v", b)
	}
}

func TestTheCommandIsSafeInEveryShell(t *testing.T) {
	cases := map[string]string{
		"Contoso":     `pcc token "Contoso"`,
		"Büro Köln 2": `pcc token "Büro Köln 2"`,
		`A "quoted"`:  "pcc token " + viewtest.SavedID,
		"$(reboot)":   "pcc token " + viewtest.SavedID,
		"50%OFF%":     "pcc token " + viewtest.SavedID,
		"-all":        "pcc token " + viewtest.SavedID,
	}
	for name, want := range cases {
		s := viewtest.State("detail-good")
		c := viewtest.Saved()
		c.Name = name
		s.Home.Connectors = []connector.Connector{c}
		for _, b := range buttons(view.Project(s)) {
			if b.ID == "copy-command" && b.Copy != want {
				t.Errorf("%s: %s, want %s", name, b.Copy, want)
			}
		}
	}
}

// TestAPastedAddressIsNotTriedAgain holds that the card about it leads to the field, on both screens.
func TestAPastedAddressIsNotTriedAgain(t *testing.T) {
	for _, name := range []string{"home-paste-problem", "admin-handover-paste-problem"} {
		leads := slices.ContainsFunc(buttons(view.Project(viewtest.State(name))), func(b view.Button) bool {
			return b.ID == "paste-problem-retry" && b.Command == view.CommandFocus && b.Topic == string(connector.FieldPaste)
		})
		if !leads {
			t.Errorf("%s: no button leads to the field", name)
		}
	}
}

func TestEveryStepHasItsPage(t *testing.T) {
	for step := connector.StepBefore; int(step) <= connector.StepCount; step++ {
		if !view.HasPage(step) {
			t.Errorf("connector/view/pages.go has no row for the step %s", step.Name())
		}
	}
}
