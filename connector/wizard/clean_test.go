package wizard

import (
	"reflect"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// TestWhatIsTypedIsCleaned holds that the draft has what is used of an entry, that its field goes on showing what was typed, and that going on
// with the same value undoes nothing.
func TestWhatIsTypedIsCleaned(t *testing.T) {
	m := atAdmin(t)
	d := m.state.Wizard.Draft
	for _, e := range []Edited{
		{connector.FieldTenant, "Tenant: \u201c" + d.TenantInput + "\u201d"},
		{connector.FieldUPN, "\u200b<" + d.UPN + ">"},
		{connector.FieldName, d.Name + "\u2060"},
		{connector.FieldClientID, "{" + d.ClientID + "}"},
		{connector.FieldRedirectPath, "http://localhost:8400" + d.RedirectPath},
	} {
		if m.send(e); m.state.Wizard.Typed[e.Field] != e.Value {
			t.Errorf("%s: the field shows %q", e.Field, m.state.Wizard.Typed[e.Field])
		}
		if !reflect.DeepEqual(m.state.Wizard.Draft, d) {
			t.Errorf("%s: the draft became\n%+v, was\n%+v", e.Field, m.state.Wizard.Draft, d)
		}
	}
	if m.send(GoTo{connector.StepAccount}); len(m.state.Wizard.Typed) > 0 {
		t.Errorf("the next page shows %q", m.state.Wizard.Typed)
	}
}

// TestAnOldDraftIsCleaned holds that a user name with characters that nobody sees, as older versions took it, is not signed in with.
func TestAnOldDraftIsCleaned(t *testing.T) {
	d := connector.Draft{ID: "old", TenantInput: " contoso.com ", UPN: "\u200bann@contoso.com"}
	m := newMachine(t).send(Loaded{Drafts: []connector.Draft{d}}, OpenDraft{"old"})
	if d := m.state.Wizard.Draft; d.UPN != "ann@contoso.com" || d.TenantInput != "contoso.com" {
		t.Errorf("%+q, %+q", d.UPN, d.TenantInput)
	}
}

func TestAClientSecretIsCleaned(t *testing.T) {
	const secret = "abc8Q~abcdefghijklmnopqrstuvwxyz0123456789"
	m := atAdmin(t).send(GoTo{connector.StepConnector}, Chosen{connector.FieldClientKind, "secret"})
	for _, c := range []struct {
		entered, kept string
		want          SecretCleaned
	}{
		{secret, secret, SecretCleaned{}},
		{" " + secret + "\n", secret, SecretCleaned{}},
		{secret + ".", secret + ".", SecretCleaned{}}, // which may be the secret's own
		{"\ufeff" + secret, secret, SecretCleaned{Unseen: []rune{0xfeff}}},
		{"\u201c" + secret + "\u201d", secret, SecretCleaned{Around: true}},
		{"Value: " + secret + "\u200b", secret, SecretCleaned{Around: true, Unseen: []rune{0x200b}}},
		{"'of-another-service'", "'of-another-service'", SecretCleaned{}},
	} {
		m.send(SecretEntered{connector.FieldSecret, auth.NewSecret(c.entered)})
		if kept := effect[KeepSecret](m).Secret.Reveal(); kept != c.kept {
			t.Errorf("%+q: %+q is kept", c.entered, kept)
		}
		if got := m.state.Wizard.SecretCleaned; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+q: %+v, want %+v", c.entered, got, c.want)
		}
	}
}

// TestTheNewUserIsCleaned holds the same for the account that takes another's place, and for the name of the one that signed in.
func TestTheNewUserIsCleaned(t *testing.T) {
	c := connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, User: connector.Identity{UPN: "ann@contoso.com"}}
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{c}}, OpenConnector{"c"}, AskChangeUser{})
	if m.send(Edited{connector.FieldNewUser, "<Ann@contoso.com\u200b>"}); m.state.NewUserReason() != ReasonSameUser {
		t.Errorf("the same account: %q", m.state.NewUserReason())
	}
	if m.send(Edited{connector.FieldNewUser, "b\u043eb@contoso.com"}); m.state.NewUserReason() != connector.ReasonUPNStrange {
		t.Errorf("a letter of another alphabet: %q", m.state.NewUserReason())
	}
	m.send(Edited{connector.FieldNewUser, "Bob <\u200bbob@contoso.com>"}, ChangeUser{})
	if got := effect[MakeRenewal](m).UPN; got != "bob@contoso.com" {
		t.Errorf("%+q takes over", got)
	}
	w := Wizard{SignedIn: &connector.Identity{UPN: "ann@contoso.com"}, Retyped: "\u201cann@contoso.com\u201d"}
	if !w.AcceptsRetyped() {
		t.Error("a name in quotation marks is not accepted")
	}
}
