package wizard

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// TestNoRawLinkStays holds that a link is in the state only until it is read, and in no draft and no text of the state even then.
func TestNoRawLinkStays(t *testing.T) {
	m := atLinks(t)
	clean := func(what string) {
		t.Helper()
		state, err := json.Marshal(m.state)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{string(state), fmt.Sprintf("%+v %#v", m.state, m.effects)} {
			if strings.Contains(text, rawState) || strings.Contains(text, rawNonce) {
				t.Errorf("%s: the link can be read: %s", what, text)
			}
		}
	}
	m.send(Edited{connector.FieldLinks, userLink})
	clean("pasted")
	m.send(ReadLinks{})
	if !m.state.Wizard.Links.Text.Empty() {
		t.Error("the state still has it")
	}
	clean("being read")
	for _, f := range []connector.Field{connector.FieldTenant, connector.FieldUPN, connector.FieldName, connector.FieldTold} {
		m.send(Edited{f, userLink})
		if m.state.LinkOffer.Field != f {
			t.Errorf("%s takes a link", f)
		}
		clean(string(f))
		if m.send(RefuseOffer{}); m.state.LinkOffer != (LinkOffer{}) {
			t.Errorf("%s: refused, and still there", f)
		}
	}
	if d := m.state.Wizard.Draft; d.TenantInput != "contoso.example" || d.UPN != "integration@contoso.example" {
		t.Errorf("the draft has %+v", d)
	}
}

func TestALinkInAFieldOfOurOwn(t *testing.T) {
	m := opened(t).send(Edited{connector.FieldUPN, "integration@contoso.example"}, Edited{connector.FieldTenant, adminLink})
	if has[KeepDraft](m) || has[FindTenant](m) || m.state.LinkOffer.Field != connector.FieldTenant {
		t.Fatalf("the link went on: %+v", m.effects)
	}
	m.send(TakeOffer{})
	prefill := effect[MakeDraft](m).Prefill
	if prefill.Links == nil || prefill.UPN != "integration@contoso.example" || !slices.ContainsFunc(m.state.Home.Drafts, func(d connector.Draft) bool { return d.ID == "draft-id" }) {
		t.Fatalf("goes on with %+v, keeps %+v", prefill, m.state.Home.Drafts)
	}
	prefill.ID = "links-id"
	m.send(DraftMade{Draft: prefill})
	if got := effect[ReadLinkText](m); got.Text.Reveal() != adminLink || got.Draft.ID != "links-id" {
		t.Errorf("reads %q for %q", got.Text.Reveal(), got.Draft.ID)
	}
	if m.state.LinkOffer != (LinkOffer{}) {
		t.Error("the offer stays")
	}
}

func TestALinkInTheFieldOfASecret(t *testing.T) {
	m := atAdmin(t).send(GoTo{connector.StepConnector}, Chosen{connector.FieldClientKind, "secret"})
	if m.send(SecretEntered{connector.FieldSecret, auth.NewSecret(adminLink)}); has[KeepSecret](m) || m.state.LinkOffer.Field != connector.FieldSecret {
		t.Errorf("kept as a client secret: %+v", m.effects)
	}
}

// TestALinkInALongText holds that neither a mail of some length with a link in it is kept as what was typed, nor one that is too long to be read.
func TestALinkInALongText(t *testing.T) {
	for _, length := range []int{5 << 10, 40 << 10, 300 << 10} {
		m := atAdmin(t).send(Edited{connector.FieldTenant, strings.Repeat("Kind regards. ", length/14) + "\n" + adminLink})
		if has[KeepDraft](m) || m.state.LinkOffer.Field != connector.FieldTenant {
			t.Errorf("%d bytes are kept", length)
		}
	}
	if m := atAdmin(t).send(Edited{connector.FieldTenant, strings.Repeat("Kind regards. ", 300<<10/14)}); m.state.LinkOffer.Field != "" {
		t.Error("a text without a link is offered as one")
	}
}

// A sign-in that was made would be lost with the wizard.
func TestAnOfferAsksBeforeASignInIsLost(t *testing.T) {
	m := atCheck(t).send(Edited{connector.FieldRetype, adminLink}, TakeOffer{})
	if !m.state.Wizard.Leaving || has[MakeDraft](m) {
		t.Fatal("the sign-in is given up unasked")
	}
	if m.send(StayInWizard{}); m.state.LinkOffer.Taken || m.state.LinkOffer.Text.Empty() {
		t.Error("the offer is not as it was")
	}
	m.send(TakeOffer{}, LeaveWizard{})
	if effect[MakeDraft](m).Prefill.Links == nil || !m.state.LinkOffer.Taken {
		t.Error("the link is forgotten")
	}
}

func TestOurOwnLinkIsNoOffer(t *testing.T) {
	m := atAdmin(t).send(OpenHandover{})
	handover := connector.Handover{State: "our-own-state", Link: strings.Replace(adminLink, rawState, "our-own-state", 1), Since: day}
	m.send(HandoverMade{Attempt: effect[MakeHandover](m).Attempt, Handover: handover}, Edited{connector.FieldPaste, handover.Link})
	if m.state.LinkOffer.Field != "" || m.state.Wizard.Paste != handover.Link {
		t.Errorf("offered %+v, pasted %q", m.state.LinkOffer, m.state.Wizard.Paste)
	}
}

func TestLinksThatAreReadAfterGoingHome(t *testing.T) {
	m := atLinks(t).send(Edited{connector.FieldLinks, adminLink}, ReadLinks{})
	n, facts := effect[ReadLinkText](m).Attempt, adminFacts()
	m.send(GoHome{}, LinksRead{Attempt: n, DraftID: "draft-id", Admin: &facts, At: day})
	if got := effect[KeepDraft](m).Draft; got.Links.Admin == nil || got.ClientID != clientID {
		t.Errorf("kept %+v", got.Links)
	}
	if m.send(Discard{"draft-id"}, LinksRead{Attempt: n, DraftID: "draft-id", Admin: &facts, At: day}); has[KeepDraft](m) {
		t.Error("a draft that was discarded is kept again")
	}
}

// Where the keychain has them not, links end with the program.
func TestTheEndOfTheProgramIsAskedAboutWhereLinksWouldBeLost(t *testing.T) {
	locked := &connector.Problem{Kind: connector.KindKeychainMissing}
	m := atLinks(t).read(adminLink, adminFacts())
	if m.send(Quit{}); !m.state.Quit {
		t.Error("asked though nothing is lost")
	}
	m = atLinks(t).send(Edited{connector.FieldLinks, adminLink}, ReadLinks{})
	facts := adminFacts()
	m.send(LinksRead{Attempt: effect[ReadLinkText](m).Attempt, DraftID: "draft-id", Admin: &facts, At: day, Unkept: locked}, Quit{})
	if m.state.Quit || !m.state.Wizard.Leaving {
		t.Error("the link is lost unasked")
	}
	if m.send(StayInWizard{}, GoHome{}); m.state.Wizard.Open {
		t.Error("going home, which loses nothing, is asked about")
	}
}

// A draft has the inputs of its own pages, and no other's.
func TestTheFieldsOfADraft(t *testing.T) {
	for _, e := range []Event{
		Edited{connector.FieldClientID, clientID},
		Edited{connector.FieldRedirectPath, "/x"},
		Edited{connector.FieldRetype, "x"},
		Chosen{connector.FieldClientKind, "public"},
		Ticked{connector.FieldWithGroups, true},
		Ticked{connector.TickMFA, true},
		OpenHandover{},
		SaveScript{},
		TakePaste{},
	} {
		if got := atLinks(t).state.Refuses(e); got != ReasonGone {
			t.Errorf("%T %+v is refused for %q", e, e, got)
		}
	}
	for _, e := range []Event{
		Edited{connector.FieldLinks, adminLink},
		Chosen{connector.FieldProduct, ""},
		Ticked{connector.TickLinkSaved, true},
		ReadLinks{},
		ForgetLink{link.Admin},
		ReportLink{link.Admin, true},
		CopyLink{link.Admin},
	} {
		if got := opened(t).state.Refuses(e); got != ReasonGone {
			t.Errorf("%T %+v is refused for %q", e, e, got)
		}
	}
	m := atLinks(t).send(Chosen{connector.FieldRemind, "60"})
	if got := m.links().Remind.String(); got != "2027-01-22" {
		t.Errorf("reminded on %s", got)
	}
	if m.send(Chosen{connector.FieldRemind, ""}); !m.links().Remind.IsZero() {
		t.Error("still reminded")
	}
}
