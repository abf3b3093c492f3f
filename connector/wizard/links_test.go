package wizard

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

const (
	rawState  = "state-of-the-product-0001"
	rawNonce  = "nonce-of-the-product-0002"
	adminLink = "https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111/v2.0/adminconsent?client_id=22222222-2222-2222-2222-222222222222" +
		"&redirect_uri=https%3A%2F%2Feu.product.example%2Fconsent&state=" + rawState
	userLink = "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/authorize?client_id=22222222-2222-2222-2222-222222222222" +
		"&redirect_uri=https%3A%2F%2Feu.product.example%2Fconsent&response_type=code&scope=openid&state=" + rawState + "&nonce=" + rawNonce
)

var products = []connector.Product{
	{ID: "product", Name: "Product", RedirectHosts: []string{"*.product.example"}, Role: connector.RoleAdminAgent},
	{ID: "other", Name: "Other"},
}

func adminFacts() link.Facts {
	return link.Facts{
		Kind: link.Admin, Cloud: "global", Host: "login.microsoftonline.com", Tenant: tenantA.ID, ClientID: clientID, Redirect: "https://eu.product.example/consent",
	}
}

func userFacts() link.Facts {
	f := adminFacts()
	f.Kind, f.Tenant, f.Scopes = link.User, "contoso.example", []string{"openid"}
	return f
}

// atLinks is a machine on the first page of a new draft for links, everything filled in but the links.
func atLinks(t *testing.T) *machine {
	t.Helper()
	m := newMachine(t)
	m.state.Products = products
	m.send(Loaded{Now: day}, NewLinks{})
	d := effect[MakeDraft](m).Prefill
	d.ID, d.Created = "draft-id", day
	m.send(DraftMade{Draft: d})
	if got := effect[FindLinks](m); got.DraftID != "draft-id" {
		t.Fatalf("looked for the links of %q", got.DraftID)
	}
	ready := effect[CheckComputer](m).Attempt
	keychain := &connector.Problem{Kind: connector.KindKeychainMissing}
	m.send(ReadyChecked{Attempt: ready, Browsers: []browser.Browser{chromium}, Keychain: keychain}, LinksHeld{DraftID: "draft-id"})
	m.send(Edited{connector.FieldTenant, "contoso.example"})
	m.send(TenantFound{Attempt: effect[FindTenant](m).Attempt, Found: []auth.Tenant{tenantA}})
	return m.send(Edited{connector.FieldUPN, "integration@contoso.example"})
}

// read pastes a text and brings what is read of it.
func (m *machine) read(text string, facts ...link.Facts) *machine {
	m.t.Helper()
	m.send(Edited{connector.FieldLinks, text}, ReadLinks{})
	out := LinksRead{Attempt: effect[ReadLinkText](m).Attempt, DraftID: m.state.Wizard.Draft.ID, At: day}
	for i := range facts {
		if facts[i].Kind == link.Admin {
			out.Admin = &facts[i]
		} else {
			out.User = &facts[i]
		}
	}
	return m.send(out)
}

// atLinkUser is a machine on the page of the user link, the admin link told of.
func atLinkUser(t *testing.T) *machine {
	t.Helper()
	m := atLinks(t).read(adminLink+" "+userLink, adminFacts(), userFacts()).forwardTo(connector.StepLinkAdmin)
	return m.report(link.Admin).forwardTo(connector.StepLinkUser)
}

func (m *machine) report(kind link.Kind) *machine {
	m.t.Helper()
	m.send(ReportLink{Kind: kind, Worked: true})
	if got := effect[DateLinks](m); got.Kind != kind || got.DraftID != m.state.Wizard.Draft.ID {
		m.t.Fatalf("dated %+v", got)
	}
	return m.send(LinksDated{DraftID: m.state.Wizard.Draft.ID, Kind: kind, At: day})
}

func (m *machine) links() connector.Links {
	m.t.Helper()
	if m.state.Wizard.Draft.Links == nil {
		m.t.Fatal("no draft for links")
	}
	return *m.state.Wizard.Draft.Links
}

func TestTheWholeWayOfTwoLinks(t *testing.T) {
	m := atLinks(t)
	if d := m.state.Wizard.Draft; d.Step != connector.StepLinks || d.Links.Product != "product" || d.Name != "contoso.example Product" || d.Role != connector.RoleAdminAgent {
		t.Fatalf("begins with %+v", d)
	}
	m.read(adminLink, adminFacts()).forwardTo(connector.StepLinkAdmin)
	m.send(StartAdmin{Way: WayIsolated})
	opening := effect[OpenLink](m)
	if opening.Kind != link.Admin || opening.Browser.ID != "chromium" || opening.Hint || opening.Prompt {
		t.Fatalf("opened %+v", opening)
	}
	m.send(ConsentOpened{Attempt: opening.Attempt, Browser: chromium, Mode: opening.Mode, Since: day}, ConsentStarted{Attempt: opening.Attempt, At: day})
	if got := m.state.Blocked(); got != ReasonAdminWaiting {
		t.Errorf("while it is open the page is blocked by %q", got)
	}
	m.send(LinkEnded{Attempt: opening.Attempt, Kind: link.Admin, Closed: day})
	if got := m.links().Admin; m.state.Wizard.Admin.Phase != PhaseDone || m.state.Wizard.Admin.Problem != nil || !got.Private || got.Started != day || got.Ended != day {
		t.Errorf("ended as %+v, noted %+v", m.state.Wizard.Admin, got)
	}
	if got := m.state.Blocked(); got != ReasonLinkReport {
		t.Errorf("before it is told the page is blocked by %q", got)
	}
	m.report(link.Admin).forwardTo(connector.StepLinkUser).read(userLink, userFacts())
	m.send(Ticked{connector.TickAddHint, true}, Ticked{connector.TickAddPrompt, true}, StartUser{Way: WayPrivate, Mode: "nonsense"})
	if opening = effect[OpenLink](m); opening.Kind != link.User || !opening.Hint || !opening.Prompt || opening.Mode != browser.FirstMode(chromium) {
		t.Fatalf("opened %+v", opening)
	}
	m.report(link.User)
	if m.state.Wizard.User.Phase != PhaseDone {
		t.Errorf("still %q once it was told", m.state.Wizard.User.Phase)
	}
	m.forwardTo(connector.StepLinkFinish)
	if got := m.state.Blocked(); got != ReasonTickLinkSaved {
		t.Errorf("before the product's Save it is blocked by %q", got)
	}
	m.send(Ticked{connector.TickLinkSaved, true})
	m.send(LinksDated{DraftID: effect[DateLinks](m).DraftID, At: day}, Forward{})
	save := effect[SaveConnector](m)
	if l := save.Draft.Links; save.Draft.ClientID != clientID || !l.Told(link.Admin) || !l.Told(link.User) || l.Finished != day {
		t.Errorf("saved %+v", save.Draft)
	}
}

// differences are the kinds of what is found, with the kind of link.
func (m *machine) differences() []string {
	found := []string{}
	for _, p := range m.state.LinkDifferences() {
		found = append(found, strings.TrimSpace(fmt.Sprint(p.Args[connector.LinkDifferenceArg], " ", p.Args[connector.LinkKindArg], " ", p.Args["First"], " ", p.Args["Second"])))
	}
	return found
}

func TestLinksAreComparedBeforeTheyAreOpened(t *testing.T) {
	const elsewhere = "99999999-9999-9999-9999-999999999999"
	admin := func(change func(*link.Facts)) []link.Facts {
		f := adminFacts()
		change(&f)
		return []link.Facts{f, userFacts()}
	}
	for name, c := range map[string]struct {
		facts []link.Facts
		want  []string
	}{
		"they fit":                    {admin(func(*link.Facts) {}), []string{}},
		"the tenant as a domain":      {admin(func(f *link.Facts) { f.Tenant = "contoso.example" }), []string{}},
		"any tenant":                  {admin(func(f *link.Facts) { f.Tenant = "common" }), []string{}},
		"no redirect address":         {admin(func(f *link.Facts) { f.Redirect = "" }), []string{}},
		"a redirect address's port":   {admin(func(f *link.Facts) { f.Redirect = "https://eu.product.example:8443/" }), []string{}},
		"client IDs in capitals":      {admin(func(f *link.Facts) { f.ClientID = strings.ToUpper(clientID) }), []string{}},
		"another app registration":    {admin(func(f *link.Facts) { f.ClientID = elsewhere }), []string{"client-id  " + elsewhere + " " + clientID}},
		"another cloud":               {admin(func(f *link.Facts) { f.Cloud = "usgov" }), []string{"cloud admin usgov global"}},
		"the domain itself, no name":  {admin(func(f *link.Facts) { f.Redirect = "https://product.example/" }), []string{"redirect admin product.example *.product.example"}},
		"a look-alike address":        {admin(func(f *link.Facts) { f.Redirect = "https://xproduct.example/" }), []string{"redirect admin xproduct.example *.product.example"}},
		"an address that can't be":    {admin(func(f *link.Facts) { f.Redirect = "https://%zz/" }), []string{"redirect admin https://%zz/ *.product.example"}},
		"another tenant":              {admin(func(f *link.Facts) { f.Tenant = elsewhere }), []string{"tenant  " + elsewhere + " contoso.example", "lookup admin " + elsewhere + " contoso.example"}},
		"one link alone, of another":  {[]link.Facts{func() link.Facts { f := adminFacts(); f.Tenant = elsewhere; return f }()}, []string{"lookup admin " + elsewhere + " contoso.example"}},
		"a tenant that nobody can be": {admin(func(f *link.Facts) { f.Tenant = "nobody.example" }), []string{"tenant  nobody.example contoso.example", "lookup admin nobody.example contoso.example"}},
	} {
		m := atLinks(t).read("links", c.facts...)
		if slices.ContainsFunc(m.effects, func(e Effect) bool { _, ok := e.(FindTenant); return ok }) {
			m.send(TenantFound{Attempt: effect[FindTenant](m).Attempt, Problem: &connector.Problem{Kind: connector.KindUnknownTenant}})
		}
		if got := m.differences(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q instead of %q", name, got, c.want)
		}
		want := Reason("")
		if len(c.want) > 0 {
			want = ReasonLinksDiffer
		}
		if got := m.state.Blocked(); got != want {
			t.Errorf("%s: blocked by %q", name, got)
		}
		m.state.Wizard.Draft.Step = connector.StepLinkAdmin // whatever page it is told on
		for _, e := range []Event{StartAdmin{Way: WayDefault}, CopyLink{link.Admin}, ReportLink{link.Admin, true}, GoUnconfirmed{}} {
			if got := m.state.Refuses(e); got != want {
				t.Errorf("%s: %T is refused for %q", name, e, got)
			}
		}
	}
}

// A domain in a link may be another name of the tenant: only a lookup can tell.
func TestTheDomainOfALinkIsLookedUp(t *testing.T) {
	facts := adminFacts()
	facts.Tenant = "contoso.onmicrosoft.example"
	m := atLinks(t).read(adminLink, facts)
	find := effect[FindTenant](m)
	if find.Input != facts.Tenant || m.state.Blocked() != ReasonTenantLookup {
		t.Fatalf("looked up %+v, blocked by %q", find, m.state.Blocked())
	}
	m.send(TenantFound{Attempt: find.Attempt, Problem: &connector.Problem{Kind: connector.KindNoNetwork}})
	if got := m.state.Blocked(); got != ReasonLinkTenant {
		t.Errorf("without a network: blocked by %q", got)
	}
	m.send(LookUpTenant{})
	for _, e := range slices.Clone(m.effects) {
		if find, ok := e.(FindTenant); ok {
			m.send(TenantFound{Attempt: find.Attempt, Found: []auth.Tenant{tenantA}})
		}
	}
	if got := m.state.Blocked(); got != "" || len(m.state.LinkDifferences()) != 0 {
		t.Errorf("the same tenant by another name: blocked by %q, %q", got, m.differences())
	}
	if got := m.state.Wizard.Draft.Tenant.Domain; got != tenantA.Domain {
		t.Errorf("the draft's tenant became %q", got)
	}
}

func TestALinkOnThePageOfTheOtherOne(t *testing.T) {
	m := atLinks(t).forwardTo(connector.StepLinkAdmin).read(userLink, userFacts())
	if w := m.state.Wizard; w.Links.Other != link.User || w.Draft.Links.User == nil || w.Draft.Links.Admin != nil {
		t.Errorf("put in its place: %+v, told of %q", w.Draft.Links, w.Links.Other)
	}
	if m.read(adminLink, adminFacts()); m.state.Wizard.Links.Other != "" {
		t.Error("it is still told of")
	}
	m.read("nothing")
	if !m.state.Wizard.Links.Nothing {
		t.Error("a text without a link is not told of")
	}
	m.send(Edited{connector.FieldLinks, "x"}, ReadLinks{})
	refused := []connector.Problem{{Kind: connector.KindUnknown}}
	m.send(LinksRead{Attempt: effect[ReadLinkText](m).Attempt, DraftID: "draft-id", Refused: refused})
	if w := m.state.Wizard; len(w.Links.Refused) != 1 || w.Links.Nothing || w.Draft.Links.Admin == nil {
		t.Errorf("a refused link: %+v", w.Links)
	}
}

func TestTheUserLinkInTheDefaultBrowser(t *testing.T) {
	m := atLinkUser(t)
	if got := m.state.Refuses(StartUser{Way: WayDefault}); got != ReasonTickLinkDefault {
		t.Errorf("refused for %q", got)
	}
	m.send(Ticked{connector.TickLinkDefault, true}, StartUser{Way: WayDefault})
	n := effect[OpenLink](m).Attempt
	m.send(ConsentOpened{Attempt: n, Browser: chromium, Since: day}, ConsentStarted{Attempt: n})
	if got := m.links().User; got.Private || got.Started != day {
		t.Errorf("noted %+v", got)
	}
	if got := m.state.Refuses(StartUser{Way: WayIsolated}); got != ReasonGone {
		t.Errorf("an isolated window is refused for %q", got)
	}
}

func TestAWindowThatTurnsOutOrdinary(t *testing.T) {
	m := atLinkUser(t).send(StartUser{Way: WayPrivate, Mode: browser.FirstMode(chromium)})
	n := effect[OpenLink](m).Attempt
	m.send(ConsentOpened{Attempt: n, Browser: chromium, Mode: browser.FirstMode(chromium), Since: day}, ConsentStarted{Attempt: n, At: day})
	if !m.links().User.Private {
		t.Fatal("not noted as private")
	}
	if m.send(ConsentLookedAt{n, browser.KeptPages}); m.links().User.Private {
		t.Error("still noted as private")
	}
	failed := &connector.Problem{Kind: connector.KindNotPrivate}
	m.send(LinkEnded{Attempt: n, Kind: link.User, Problem: failed})
	if m.state.Wizard.User.Problem != failed || m.state.Wizard.User.Busy() {
		t.Errorf("ended as %+v", m.state.Wizard.User)
	}
}

// TestWhatIsToldCountsForWhatItWasToldOf holds what a change takes with it.
func TestWhatIsToldCountsForWhatItWasToldOf(t *testing.T) {
	both := func() *machine { return atLinkUser(t).report(link.User) }
	for name, c := range map[string]struct {
		events      []Event
		admin, user bool
	}{
		"nothing":         {nil, true, true},
		"another name":    {[]Event{Edited{connector.FieldName, "Mine"}}, true, true},
		"locked":          {[]Event{Edited{connector.FieldTenant, "fabrikam.example"}, Edited{connector.FieldUPN, "x@contoso.example"}}, true, true},
		"another tenant":  {[]Event{AskChange{connector.FieldTenant}, AgreeChange{}, Edited{connector.FieldTenant, "fabrikam.example"}}, false, false},
		"another user":    {[]Event{AskChange{connector.FieldUPN}, AgreeChange{}, Edited{connector.FieldUPN, "x@contoso.example"}}, true, false},
		"taken back":      {[]Event{ReportLink{link.User, false}}, true, false},
		"opened again":    {[]Event{StartUser{Way: WayLink}}, true, false},
		"forgotten":       {[]Event{ForgetLink{link.Admin}}, false, true},
		"another product": {[]Event{Chosen{connector.FieldProduct, "other"}}, true, true},
	} {
		if l := both().send(c.events...).links(); l.Told(link.Admin) != c.admin || l.Told(link.User) != c.user {
			t.Errorf("%s: told of the admin link: %v, of the user link: %v", name, l.Told(link.Admin), l.Told(link.User))
		}
	}
	m := both()
	if m.read(adminLink, adminFacts()); !m.links().Told(link.Admin) {
		t.Error("the same link pasted again takes back what was told of it")
	}
	other := adminFacts()
	other.Redirect = "https://us.product.example/consent"
	if m.read(adminLink, other); m.links().Told(link.Admin) || !m.links().Told(link.User) {
		t.Error("another link has what was told of the one before")
	}
	if m.send(ForgetLink{link.User}); effect[DropLink](m) != (DropLink{"draft-id", link.User}) || m.state.Wizard.Links.Held[link.User] {
		t.Error("the link is not forgotten")
	}
}

func TestALinkIsOpenedOnlyWhereItIsHeld(t *testing.T) {
	m := atLinkUser(t)
	d := m.state.Wizard.Draft
	m = newMachine(t)
	m.state.Products = products
	m.send(Loaded{Now: day, Drafts: []connector.Draft{d}}, OpenDraft{d.ID})
	if m.state.Wizard.Draft.Step != connector.StepLinkUser {
		t.Fatalf("resumed on page %v", m.state.Wizard.Draft.Step)
	}
	m.send(ReadyChecked{Attempt: m.state.Wizard.Ready.Attempt, Browsers: []browser.Browser{chromium}}).found(nil, nil)
	refused := func(what string, want Reason) {
		t.Helper()
		if got := m.state.Refuses(StartUser{Way: WayPrivate}); got != want {
			t.Errorf("%s: refused for %q instead of %q", what, got, want)
		}
	}
	refused("not known yet", ReasonLinksReading)
	m.send(LinksHeld{DraftID: d.ID})
	refused("not held", ReasonLinkMissing)
	m.send(LinksHeld{DraftID: d.ID, Held: map[link.Kind]bool{link.User: true}})
	refused("held", "")
	m.send(LinksHeld{DraftID: "another"})
	refused("another draft's are not held", "")
}
