package rehearsal

import (
	"cmp"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Place is a part of the way to a connector.
type Place string

// The places.
const (
	PlaceNone  Place = "none"  // nothing is to be seen
	PlaceFind  Place = "find"  // the tenant is looked up
	PlaceProbe Place = "probe" // the app registration is tried without a sign-in
	PlaceAdmin Place = "admin" // the admin consent
	PlaceUser  Place = "user"  // the user consent, with the code's redemption
	PlaceCheck Place = "check" // the checks
	PlaceLater Place = "later" // after the connector was made, or after minutes
	PlaceLinks Place = "links" // the two links of the practice product, before, at or after their consents
)

// Scenario is a rehearsal: what goes wrong, if anything does.
type Scenario struct {
	// Name is what SetScenario takes.
	Name string
	// Text is the translation key of the sentence that says what happens.
	Text string
	// Breaks is the place that the fault is put into, if there is one; Shows is where the person who practises meets it.
	Breaks, Shows Place
	// Kind is the kind of problem that should be shown then, with GroupMember.Read.All asked for unless WithoutGroups says otherwise;
	// empty when nothing should be shown, since the program gets by.
	ProblemKind string
	// Check is the check at which it should show, where Shows is PlaceCheck or PlaceLater and one check is meant.
	Check string
	// Stays reports whether the browser stays on an error page, which nothing leads back from: somebody has to tell the program of it.
	Stays bool
	// Client is the kind of app registration to practise with: "public", "secret" or "certificate".
	ClientKind string
	// WithoutGroups reports whether GroupMember.Read.All must not be asked for: users can't consent to it themselves.
	WithoutGroups bool
	// Code is the code that the answer carries and the problem should show ("AADSTS53003", "900421", "access_denied"); empty for none.
	Code string

	hooks hooks
}

// hooks are what a scenario changes; the zero value changes nothing.
type hooks struct {
	// adminSigns and userSigns are the roles of the people who sign in (admin and integration by default); typed is the role whose
	// UPN is typed in as the integration user (integration by default).
	adminSigns, userSigns, typed string
	// adminPresses and userPresses are the buttons of the consent page (Accept by default).
	adminPresses, userPresses string
	// userWaits makes the pages of the user consent press nothing.
	userWaits bool
	// skew puts the cloud's clock wrong.
	skew time.Duration

	// discovery, authorize, adminRequest, adminPage, userPage, refusal, client, redeem and refresh are what the sign-in service
	// answers at these places. adminPage and userPage are pages, shown once somebody has signed in.
	discovery, authorize, adminRequest, adminPage, userPage, refusal, client, redeem, refresh *fault
	document                                                                                  func(map[string]any)

	adminElsewhere                               bool // the administrator's own tenant is the other one
	adminAnswer                                  func(url.Values)
	appUnknown, redirectMismatch, noReplyAddress bool
	platform                                     clientKind // what every registration is, whatever its kind
	singlePage                                   bool
	refuseClaims, refuseOffline                  bool
	ungranted, usersConsent                      bool
	promotes                                     bool // the usual integration account, too, has become an administrator

	// linkTenant and linkHost are the tenant and the host of the product's links, where they are not the right ones.
	linkTenant, linkHost string
	linksSwapped         bool // each button makes the other link
	secondStuck          bool // the button for the second link needs one more opening of the settings
	savesEarly           bool // the settings are to be saved before both consents are there

	// optionalClaims is a registration that asks for acct and wids.
	optionalClaims bool

	idToken       func(map[string]any)
	answer        func(resource, map[string]any) // changes a token answer
	refreshOnce   bool                           // a refresh token is good for one use
	opaque        bool
	audience      string // of Partner Center's token
	aadGraph      bool
	largeTokens   bool
	mfaUnknown    bool
	withoutMFA    *apiFault // what Partner Center answers to a token without MFA
	partner       *apiFault
	graph         *apiFault
	organization  func(map[string]any)
	byteOrderMark bool
}

func (h hooks) pageFault(admin bool) *fault {
	if admin {
		return h.adminPage
	}
	return h.userPage
}

func (s Scenario) adminPerson() string { return cmp.Or(s.hooks.adminSigns, RoleAdmin) }

func (s Scenario) userPerson() string { return cmp.Or(s.hooks.userSigns, RoleIntegration) }

// person is the role of whoever signs in for one of the two consents.
func (s Scenario) person(admin bool) string {
	if admin {
		return s.adminPerson()
	}
	return s.userPerson()
}

// expected is the role whose UPN is to be typed in.
func (s Scenario) expected() string { return cmp.Or(s.hooks.typed, RoleIntegration) }

// press is the button of the consent page that Auto presses.
func (s Scenario) press(admin bool) string {
	if admin {
		return cmp.Or(s.hooks.adminPresses, doAccept)
	}
	return cmp.Or(s.hooks.userPresses, doAccept)
}

// refreshSize is how many random texts a refresh token is long; Entra's are 1 to 2 KB, and no length is promised.
func (s Scenario) refreshSize() int {
	if s.hooks.largeTokens {
		return 120
	}
	return 20
}

// withoutMFA is Partner Center's answer to a token without MFA: since 2026 it is refused. The description is not documented.
func (s Scenario) withoutMFA() *apiFault {
	if s.hooks.withoutMFA != nil {
		if s.hooks.withoutMFA.status == 200 {
			return nil
		}
		return s.hooks.withoutMFA
	}
	return &apiFault{status: 401, code: "900421", text: "The token has no proof of multifactor authentication."}
}

// scenarios is the table of all of them, in the order in which they are offered.
var scenarios = sync.OnceValue(func() []Scenario {
	return completed(slices.Concat(
		peopleScenarios(), windowScenarios(), adminScenarios(), registrationScenarios(), signInScenarios(), policyScenarios(), codeScenarios(),
		redeemScenarios(), tokenScenarios(), refreshScenarios(), partnerScenarios(), graphScenarios(), networkScenarios(), linksScenarios(),
	))
})

func completed(list []Scenario) []Scenario {
	for i := range list {
		list[i].Text = "rehearsal.scenario." + list[i].Name
		list[i].Shows = cmp.Or(list[i].Shows, PlaceNone)
		list[i].ClientKind = cmp.Or(list[i].ClientKind, string(publicClient))
	}
	return list
}

// passing makes it a scenario that the program gets by, since it gives Microsoft time.
func passing(s Scenario) Scenario {
	s.Shows, s.Code = PlaceNone, ""
	return s
}

// Scenarios returns all scenarios; "good" is the first.
func Scenarios() []Scenario { return slices.Clone(scenarios()) }

func findScenario(name string) (Scenario, bool) {
	for _, s := range scenarios() {
		if s.Name == name {
			return s, true
		}
	}
	return Scenario{}, false
}
