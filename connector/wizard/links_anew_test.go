package wizard

import (
	"testing"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// TestALinkMadeAnewInheritsNothing: it has the same facts as the one before, and nobody has told anything of it.
func TestALinkMadeAnewInheritsNothing(t *testing.T) {
	m := atLinkUser(t).report(link.User)
	m.send(Edited{connector.FieldLinks, userLink}, ReadLinks{})
	facts := userFacts()
	m.send(LinksRead{Attempt: effect[ReadLinkText](m).Attempt, DraftID: "draft-id", User: &facts, At: day})
	if !m.links().Told(link.User) {
		t.Error("the same link, pasted again, lost what was told of it")
	}
	m.send(Edited{connector.FieldLinks, userLink}, ReadLinks{})
	m.send(LinksRead{Attempt: effect[ReadLinkText](m).Attempt, DraftID: "draft-id", User: &facts, Anew: []link.Kind{link.User}, At: day})
	if m.links().Told(link.User) || !m.links().Told(link.Admin) || m.links().User.Read != day {
		t.Errorf("%+v", m.links())
	}
}

// TestALinkMadeAnewIsOpenedAnew ends the opening of the one before.
func TestALinkMadeAnewIsOpenedAnew(t *testing.T) {
	m := atLinkUser(t)
	m.read(userLink, userFacts()).send(StartUser{Way: WayLink})
	opening := effect[OpenLink](m).Attempt
	m.send(Edited{connector.FieldLinks, userLink}, ReadLinks{})
	facts := userFacts()
	m.send(LinksRead{Attempt: effect[ReadLinkText](m).Attempt, DraftID: "draft-id", User: &facts, Anew: []link.Kind{link.User}, At: day})
	if got := effect[StopAttempt](m).Attempt; got != opening || m.state.Wizard.User.Busy() {
		t.Errorf("stopped %d, want %d", got, opening)
	}
}

// TestNothingIsAddedToAnEmptyParameter: what the link has stays as it is.
func TestNothingIsAddedToAnEmptyParameter(t *testing.T) {
	m := atLinkUser(t)
	facts := userFacts()
	facts.HasLoginHint, facts.HasPrompt = true, true
	m.read(userLink, facts).send(Ticked{connector.TickAddHint, true}, Ticked{connector.TickAddPrompt, true}, StartUser{Way: WayLink})
	if got := effect[OpenLink](m); got.Hint || got.Prompt {
		t.Errorf("opened %+v", got)
	}
}

// TestTheDefaultBrowserIsAgreedToOnce: for one link and one integration user.
func TestTheDefaultBrowserIsAgreedToOnce(t *testing.T) {
	for name, change := range map[string]func(*machine){
		"forgotten":    func(m *machine) { m.send(ForgetLink{Kind: link.User}) },
		"another link": func(m *machine) { f := userFacts(); f.Scopes = []string{"profile"}; m.read(userLink, f) },
		"another user": func(m *machine) { m.send(Edited{connector.FieldUPN, "other@contoso.example"}) },
	} {
		m := atLinkUser(t).send(Ticked{connector.TickLinkDefault, true})
		if change(m); m.state.Wizard.Draft.Ticks[connector.TickLinkDefault] {
			t.Errorf("%s: still agreed to", name)
		}
	}
	m := atLinkUser(t).send(Ticked{connector.TickLinkDefault, true}, ForgetLink{Kind: link.Admin}).read(userLink, userFacts())
	if !m.state.Wizard.Draft.Ticks[connector.TickLinkDefault] {
		t.Error("what happens to the other link takes it back")
	}
}
