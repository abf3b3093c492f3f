package wizard_test

import (
	"encoding/json"
	"strings"

	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// monkeyState is the state of the links that monkeys paste.
const monkeyState = "state-that-is-in-no-draft"

// monkeyHandover is the state of our own links for another person.
const monkeyHandover = "state-of-our-own-link"

const monkeyLinks = "https://login.microsoftonline.com/contoso.example/v2.0/adminconsent?client_id=11111111-1111-4111-8111-111111111111" +
	"&redirect_uri=https%3A%2F%2Feu.product.example%2Fconsent&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&state=" + monkeyState

// monkeyProducts are those that the links are of.
func monkeyProducts() []connector.Product {
	return []connector.Product{{ID: "product", Name: "Product", RedirectHosts: []string{"*.product.example"}}, {ID: "other", Name: "Other"}}
}

// linked is what somebody does on the pages for two links who wants to get on; nil where that is what is done everywhere.
func (m *monkey) linked() wizard.Event {
	w := m.state.Wizard
	switch {
	case w.Open && w.Draft.Trial != nil && w.Draft.Step == connector.StepCheck && m.random.IntN(3) == 0:
		return wizard.EndTrial{}
	case !w.Open || w.Draft.Links == nil || w.Saved != nil:
		return nil
	case w.Draft.Step == connector.StepLinks && m.random.IntN(6) == 0 && m.state.Refuses(wizard.TryUser{}) == "":
		return wizard.TryUser{}
	}
	kind := map[connector.Step]link.Kind{connector.StepLinkAdmin: link.Admin, connector.StepLinkUser: link.User}[w.Draft.Step]
	switch {
	case w.Links.Reading.Running || m.random.IntN(3) == 0:
		return nil
	case !w.Links.Text.Empty():
		return wizard.ReadLinks{}
	case w.Draft.Step == connector.StepLinkFinish:
		return pick[wizard.Event](m, wizard.Ticked{Field: connector.TickLinkSaved, On: true}, wizard.Chosen{Field: connector.FieldRemind, Value: "30"}, wizard.Save{})
	case kind == "":
		return nil
	case w.Draft.Links.Told(kind) || m.random.IntN(30) == 0:
		return pick[wizard.Event](m, wizard.Forward{}, wizard.GoUnconfirmed{})
	case w.Draft.Links.Of(kind) == nil || !w.Links.Held[kind]:
		return wizard.Edited{Field: connector.FieldLinks, Value: monkeyLinks}
	case len(m.state.LinkDifferences()) > 0:
		return pick[wizard.Event](m, wizard.ForgetLink{Kind: link.Admin}, wizard.ForgetLink{Kind: link.User}, wizard.Edited{Field: connector.FieldLinks, Value: monkeyLinks})
	case kind == link.Admin:
		return pick[wizard.Event](m, wizard.StartAdmin{Way: wizard.WayDefault}, wizard.ReportLink{Kind: kind, Worked: true}, wizard.CopyLink{Kind: kind})
	}
	return pick[wizard.Event](m, wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate}, wizard.ReportLink{Kind: kind, Worked: true})
}

// linkNonsense is what no control of the screen sends.
func (m *monkey) linkNonsense(number int, id string) wizard.Event {
	kind := pick(m, link.Admin, link.User, "")
	field := pick(m, connector.FieldTenant, connector.FieldUPN, connector.FieldSearch, connector.FieldTold, connector.FieldLinks, connector.FieldClientID)
	facts := m.facts(link.Admin)
	return pick[wizard.Event](m,
		wizard.NewLinks{}, wizard.TryUser{}, wizard.EndTrial{}, wizard.TakeOffer{}, wizard.RefuseOffer{}, wizard.ReadLinks{}, wizard.ForgetLink{Kind: kind}, wizard.CopyLink{Kind: kind},
		wizard.ReportLink{Kind: kind, Worked: m.random.IntN(2) == 0}, wizard.LinksRead{Attempt: number, DraftID: id, Admin: &facts},
		wizard.LinksHeld{DraftID: id, Held: map[link.Kind]bool{kind: true}}, wizard.LinkCopied{DraftID: id, Kind: kind}, wizard.LinksDated{DraftID: id, Kind: kind},
		wizard.LinkEnded{Attempt: number, Kind: kind}, wizard.Edited{Field: field, Value: monkeyLinks}, wizard.Chosen{Field: connector.FieldProduct, Value: "other"},
		wizard.Ticked{Field: connector.TickLinkDefault, On: true}, wizard.StartUser{Way: wizard.WayDefault},
	)
}

// linkOutcome is the outcome of an effect of the pages for two links; nil for any other effect.
func (m *monkey) linkOutcome(e wizard.Effect) wizard.Event {
	switch e := e.(type) {
	case wizard.ReadLinkText:
		return m.linksRead(e)
	case wizard.MakeTrial:
		d := connector.TrialOf(e.Own, e.For, monkeyTime)
		d.ID = "trial-of-" + e.For.ID
		return wizard.DraftMade{Draft: d}
	case wizard.FindLinks:
		return wizard.LinksHeld{DraftID: e.DraftID, Held: map[link.Kind]bool{link.Admin: m.random.IntN(2) == 0}, Unkept: m.maybe(connector.KindKeychainLocked)}
	case wizard.PutLink:
		return wizard.LinkCopied{DraftID: e.DraftID, Kind: e.Kind, At: monkeyTime, Problem: m.maybe(connector.KindUnknown)}
	case wizard.DateLinks:
		return wizard.LinksDated{DraftID: e.DraftID, Kind: e.Kind, At: monkeyTime}
	case wizard.OpenLink:
		return m.linkOpened(e)
	case wizard.ProbeLink:
		return wizard.Probed{Attempt: e.Attempt, Result: pick(m, connector.ProbeFine, connector.ProbeUnknown)}
	case wizard.CheckLinks:
		m.more = append(m.more, wizard.ChecksDone{Attempt: e.Attempt, Now: monkeyTime})
		return wizard.CheckDone{Attempt: e.Attempt, Check: connector.Check{ID: connector.CheckOurs, State: pick(m, connector.CheckPassed, connector.CheckRunning)}}
	}
	return nil
}

// linksRead is what was read of a text: mostly both links, as they should be.
func (m *monkey) linksRead(e wizard.ReadLinkText) wizard.Event {
	if !strings.Contains(e.Text.Reveal(), monkeyState) {
		return wizard.LinksRead{Attempt: e.Attempt, DraftID: e.Draft.ID, At: monkeyTime, Refused: pick(m, nil, []connector.Problem{{Kind: connector.KindLink, Step: connector.StepLinks}})}
	}
	out := wizard.LinksRead{Attempt: e.Attempt, DraftID: e.Draft.ID, At: monkeyTime, Unkept: m.maybe(connector.KindKeychainLocked)}
	admin, user := m.facts(link.Admin), m.facts(link.User)
	if m.random.IntN(5) > 0 {
		out.Admin = &admin
	}
	if m.random.IntN(5) > 0 {
		out.User = &user
	}
	return out
}

// facts are those of a link, mostly as they should be.
func (m *monkey) facts(kind link.Kind) link.Facts {
	f := link.Facts{Kind: kind, Cloud: "global", Host: "login.microsoftonline.com", Tenant: monkeyTenant, ClientID: monkeyTenant, Redirect: "https://eu.product.example/consent"}
	switch m.random.IntN(12) {
	case 0:
		f.Tenant = "other.example"
	case 1:
		f.Tenant = "common"
	case 2:
		f.ClientID = "99999999-9999-4999-8999-999999999999"
	case 3:
		f.Redirect = "https://xproduct.example/consent"
	case 4:
		f.Cloud = "china"
	}
	return f
}

// linkOpened is a part of what the opening of a link tells on its way, not always in order.
func (m *monkey) linkOpened(e wizard.OpenLink) wizard.Event {
	switch out := m.consent(e.Attempt, e.Kind == link.Admin).(type) {
	case wizard.AdminAnswered:
		return wizard.LinkEnded{Attempt: e.Attempt, Kind: e.Kind, Problem: out.Problem}
	case wizard.UserAnswered:
		return wizard.LinkEnded{Attempt: e.Attempt, Kind: e.Kind, Problem: out.Problem, Closed: monkeyTime}
	default:
		return out
	}
}

// opens holds that a link is opened only where it fits, is held, and is that of the page.
func (m *monkey) opens(e wizard.OpenLink) {
	w := m.state.Wizard
	if found := m.state.LinkDifferences(); len(found) > 0 {
		m.t.Errorf("the %s link is opened although it does not fit: %+v", e.Kind, found)
	}
	if w.Draft.Links.Of(e.Kind) == nil || !w.Links.Held[e.Kind] || e.Draft.Tenant == nil {
		m.t.Errorf("the %s link is opened, and not there: %+v", e.Kind, w.Draft.Links)
	}
	if e.Kind == link.User && e.Way == wizard.WayDefault && !e.Draft.Ticks[connector.TickLinkDefault] {
		m.t.Error("the user link is opened in the default browser unasked")
	}
}

// fitLinks holds that links are saved only where they fit, and each was told of or gone on without.
func (m *monkey) fitLinks(e wizard.SaveConnector) {
	l := e.Draft.Links
	for _, kind := range link.Kinds() {
		if !l.Told(kind) && !l.NotConfirmed[kind] {
			m.t.Errorf("saved without a word of the %s link", kind)
		}
	}
	if found := m.state.LinkDifferences(); len(found) > 0 || !e.Draft.AnyLink() || e.Draft.ClientID == "" {
		m.t.Errorf("saved although %+v, with %+v", found, l)
	}
}

// lookAtLinks holds that no text of a state or of an effect has anything of a link that must not be shown.
func (m *monkey) lookAtLinks() {
	text, err := json.Marshal([]any{m.state.LinkOffer, m.state.Wizard.Links, m.state.Wizard.Draft, m.state.Wizard.Typed, m.state.Home.Search, m.state.Wizard.Told})
	if err != nil || strings.Contains(string(text), monkeyState) {
		m.t.Errorf("a link can be read in the state (%v): %s", err, text)
	}
	if w := m.state.Wizard; w.Draft.Links == nil && !w.Links.Text.Empty() {
		m.t.Error("a link in a draft of our own")
	}
}

// savedLinks is the connector that a draft for links becomes.
func savedLinks(d connector.Draft) connector.Connector {
	return connector.Connector{
		ID: d.ConnectorID(), Name: d.Name, Origin: connector.OriginLink, Tenant: *d.Tenant, ClientID: d.ClientID, User: *monkeyIdentity(), Links: d.Links, Saved: monkeyTime,
	}
}
