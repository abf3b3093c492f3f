package view_test

import (
	"reflect"
	"slices"
	"testing"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
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
	private := connector.StartUser{Way: connector.WayPrivate, Mode: browser.ModePrivate}
	cases := []struct {
		state, id string
		want      connector.Event
	}{
		{"home-empty", "main", connector.NewConnector{}},
		{"home-drafts", "draft-draft-waiting-open", connector.OpenDraft{ID: "draft-waiting"}},
		{"home-drafts", "draft-draft-waiting-paste", connector.AskPaste{ID: "draft-waiting"}},
		{"home-drafts", "draft-draft-waiting-unconfirmed", connector.GoUnconfirmed{ID: "draft-waiting"}},
		{"home-drafts", "draft-draft-waiting-discard", connector.AskDiscard{ID: "draft-waiting"}},
		{"home-discard", "discard-keep", connector.AskDiscard{}},
		{"home-discard", "discard-go", connector.Discard{ID: "draft-waiting"}},
		{"home-paste-problem", "take-paste", connector.TakePaste{}},
		{"home-paste-problem", "paste-close", connector.AskPaste{}},
		{"before-done", "main", connector.Forward{}},
		{"before-done", "back", connector.GoHome{}},
		{"before-done", "check-ready", connector.CheckReady{}},
		{"before-unknown-tenant", "lookup-problem-retry", connector.LookUpTenant{}},
		{"before-keychain-missing", "ready-keychain-problem-retry", connector.CheckReady{}},
		{"before-locked", "change-tenant", connector.AskChange{Field: connector.FieldTenant}},
		{"before-change", "change-agree", connector.AgreeChange{}},
		{"before-change", "change-keep", connector.KeepField{}},
		{"account-done", "back", connector.Back{}},
		{"account-locked", "change-upn", connector.AskChange{Field: connector.FieldUPN}},
		{"connector-secret-done", "change-tenant", connector.GoTo{Step: connector.StepBefore}},
		{"connector-probe-wrong", "probe-problem-retry", connector.ProbeApp{}},
		{"connector-locked", "change-kind", connector.AskChange{Field: connector.FieldKind}},
		{"connector-locked", "change-with-groups", connector.AskChange{Field: connector.FieldWithGroups}},
		{"connector-renewal", "back", connector.GoHome{}},
		{"connector-secret-problem", "secret-problem-go", connector.GoTo{Step: connector.StepBefore}},
		{"admin-start", "start-default", connector.StartAdmin{Way: connector.WayDefault}},
		{"admin-start", "start-isolated", connector.StartAdmin{Way: connector.WayIsolated}},
		{"admin-start", "start-link", connector.StartAdmin{Way: connector.WayLink}},
		{"admin-start", "open-handover", connector.OpenHandover{}},
		{"admin-opening", "admin-stop", connector.StopWait{}},
		{"admin-waiting", "admin-stop", connector.StopWait{}},
		{"admin-waiting", "admin-more", connector.MoreTime{}},
		{"admin-finishing", "admin-stop", connector.StopWait{}},
		{"admin-no-start", "no-start-isolated", connector.StartAdmin{Way: connector.WayIsolated}},
		{"admin-declined", "admin-problem-retry", connector.StartAdmin{Way: connector.WayDefault}},
		{"admin-declined", "admin-problem-handover", connector.OpenHandover{}},
		{"admin-wrong-tenant", "admin-problem-isolated", connector.StartAdmin{Way: connector.WayIsolated}},
		{"admin-redirect-uri", "admin-problem-go", connector.GoTo{Step: connector.StepConnector}},
		{"admin-handover", "handover-close", connector.CloseHandover{}},
		{"admin-handover", "go-unconfirmed", connector.GoUnconfirmed{}},
		{"admin-handover-paste-problem", "take-paste", connector.TakePaste{}},
		{"admin-keychain-gone", "start-blocked-go", connector.GoTo{Step: connector.StepBefore}},
		{"admin-secret-gone", "start-blocked-go", connector.GoTo{Step: connector.StepConnector}},
		{"user-start", "start-private", private},
		{"user-start", "start-plain", connector.StartUser{Way: connector.WayPrivate, Mode: browser.ModePlain}},
		{"user-start", "start-link", connector.StartUser{Way: connector.WayLink}},
		{"user-waiting", "user-stop", connector.StopWait{}},
		{"user-waiting", "user-more", connector.MoreTime{}},
		{"user-window-closed", "user-problem-retry", private},
		{"user-not-private", "user-problem-link", connector.StartUser{Way: connector.WayLink}},
		{"user-conditional-access", "user-problem-plain", connector.StartUser{Way: connector.WayPrivate, Mode: browser.ModePlain}},
		{"user-need-admin", "user-problem-go", connector.GoTo{Step: connector.StepAdmin}},
		{"user-not-confirmed", "user-unconfirmed-go", connector.GoTo{Step: connector.StepAdmin}},
		{"user-federated", "start-plain-prompt", connector.StartUser{Way: connector.WayPrivate, Mode: browser.ModePrivate, PlainPrompt: true}},
		{"user-leaving", "leaving-stay", connector.StayInWizard{}},
		{"user-leaving", "leaving-leave", connector.LeaveWizard{}},
		{"check-nobody", "check-sign-in", connector.GoTo{Step: connector.StepUser}},
		{"check-new", "main", connector.Save{}},
		{"check-new", "run-checks", connector.RunChecks{}},
		{"check-mismatch-retyped", "accept-account", connector.AcceptAccount{}},
		{"check-never", "checks-mfa-problem-go", connector.GoTo{Step: connector.StepMFA}},
		{"check-save-problem", "wizard-problem-retry", connector.Save{}},
		{"check-saved", "main", connector.OpenConnector{ID: viewtest.SavedID}},
		{"check-saved", "back", connector.GoHome{}},
		{"detail-good", "main", connector.CheckNow{}},
		{"detail-good", "renew", connector.Renew{}},
		{"detail-good", "ask-rename", connector.AskRename{}},
		{"detail-good", "ask-remove", connector.AskRemove{}},
		{"detail-sign-in", "main", connector.Renew{}},
		{"detail-sign-in", "checks-mfa-problem-mend", connector.Renew{}},
		{"detail-rename", "rename-go", connector.Rename{}},
		{"detail-remove", "remove-go", connector.Remove{}},
		{"detail-remove", "remove-keep", connector.CancelDetail{}},
		{"detail-problem", "detail-problem-retry", connector.CheckNow{}},
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
	for state, renewal := range map[string]bool{"check-renewal-leaving": true, "check-change-user": true, "check-leaving": false} {
		label := button(state, "close").Label.Key
		if got := label == "common.close-wizard.renewal"; got != renewal {
			t.Errorf("%s: the button says %s", state, label)
		}
	}
	for _, b := range view.Project(viewtest.State("check-renewal-leaving")).Blocks {
		if n, ok := b.(view.Notice); ok && n.ID == "leaving" && n.Text.Key != "common.leaving.text-renewal" {
			t.Errorf("leaving says %s", n.Text.Key)
		}
	}
}

// Where another account signed in, what a check found is about that account, and no remedy is asked of the expected one.
func TestTheChecksOfAnotherAccountNameIt(t *testing.T) {
	s := viewtest.State("check-mismatch")
	for i, c := range s.Wizard.Checks {
		if c.ID == connector.CheckMFA {
			s.Wizard.Checks[i].Problem = &connector.Problem{Kind: connector.KindNoMFA}
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
	cases := map[string]connector.Reason{
		"before-new": connector.ReasonReadyRunning, "before-looking-up": connector.ReasonTenantLookup,
		"before-two-clouds": connector.ReasonChooseCloud, "before-unknown-tenant": connector.ReasonTenantUnknown,
		"before-no-ticks": connector.ReasonTicks, "before-done": "", "before-keychain-missing": connector.ReasonKeychain,
		"before-elevated": connector.ReasonElevated, "before-no-browser": "",
		"account-empty": connector.ReasonUPNMissing, "account-invalid": connector.ReasonUPNInvalid, "account-done": "",
		"mfa-open": connector.ReasonTickMFA, "mfa-done": "",
		"connector-empty": connector.ReasonNameMissing, "connector-invalid": connector.ReasonNameLong,
		"connector-name-taken": connector.ReasonNameTaken, "connector-secret-missing": connector.ReasonSecretMissing,
		"connector-secret-storing": connector.ReasonSecretStoring, "connector-public": "", "connector-secret-done": "",
		"admin-start": connector.ReasonAdminMissing, "admin-waiting": connector.ReasonAdminWaiting, "admin-reported": "",
		"admin-not-confirmed": "", "user-start": connector.ReasonUserMissing, "user-waiting": connector.ReasonUserWaiting, "user-signed-in": "",
		"check-nobody": connector.ReasonUserMissing, "check-running": connector.ReasonChecksRunning, "check-never": connector.ReasonChecksNever,
		"check-saving": connector.ReasonSaving, "check-attention": "", "check-new": "", "check-saved": "",
		"detail-checking": connector.ReasonChecksRunning, "detail-good": "",
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

func TestAWaitIsShownWhileWaiting(t *testing.T) {
	for _, n := range viewtest.States() {
		w := n.State.Wizard
		waiting := w.Draft.Step == connector.StepAdmin && w.Admin.Phase == connector.PhaseWaiting ||
			w.Draft.Step == connector.StepUser && w.User.Phase == connector.PhaseWaiting
		retrying := w.User.Retry != nil || w.Probe.Retry != nil
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
	cases := map[string]connector.Event{
		"home-empty": nil, "home-discard": connector.AskDiscard{}, "home-paste": connector.AskPaste{},
		"before-done": connector.GoHome{}, "before-change": connector.KeepField{}, "admin-waiting": connector.StopWait{},
		"admin-handover": connector.CloseHandover{}, "user-opening": connector.StopWait{}, "user-leaving": connector.StayInWizard{},
		"user-tell": connector.TellError{}, "user-told-nothing": connector.TellError{}, "check-saved": connector.GoHome{}, "detail-good": connector.GoHome{}, "detail-remove": connector.CancelDetail{},
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
		"admin-start": "start-default", "admin-waiting": "admin-stop", "admin-handover": "handover-copy", "admin-reported": "main",
		"admin-declined": "admin-problem-retry", "user-start": "start-private", "user-start-safari": "start-link", "user-waiting": "user-stop",
		"user-leaving": "leaving-stay", "check-mismatch": "retype", "check-new": "main", "check-saved": "main", "check-nobody": "check-sign-in",
		"detail-good": "main", "detail-rename": "rename", "detail-remove": "remove-keep", "detail-gone": "back",
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

func TestLockedFieldsCannotBeTypedInto(t *testing.T) {
	for _, n := range viewtest.States() {
		if n.State.Screen != connector.ScreenWizard {
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
				if n.State.Wizard.Locked(b.Field) != b.Locked {
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
	for _, state := range []string{"admin-reported", "admin-pasted"} {
		for _, block := range view.Project(viewtest.State(state)).Blocks {
			n, ok := block.(view.Notice)
			if !ok || n.ID != "admin-result" {
				continue
			}
			if said := n.Title.Render(tr); len(said) < 8 || said[:8] != "Reported" {
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
