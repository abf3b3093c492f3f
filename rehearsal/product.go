package rehearsal

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"
	"sync"
)

// The words on the practice product's own pages. As those of many a product they are English, whatever language its reader speaks.
const (
	productName       = "Practice Product"
	productMenu       = "Administration"
	productList       = "Integrations"
	productAdd        = "Add New"
	productType       = "Microsoft Partner Center"
	productCreate     = "Create"
	productEdit       = "Edit"
	productAdminMakes = "Generate Admin Consent Link"
	productUserMakes  = "Generate User Consent Link"
	productSave       = "Save"
	productSync       = "Synchronize"
	productBack       = "Back to the list"
)

// The paths of the product's redirect addresses, as those of products are that take such answers.
const (
	adminSuccessPath = "/consent/partnercenter/admin/success"
	userSuccessPath  = "/consent/partnercenter/user/success"
)

// ProductFacts are what a person, or a test, needs to know of the practice product.
type ProductFacts struct {
	// Name is what it is called, and Page the address of its list of connectors.
	Name, Page string
	// Path is the way to its form, menu by menu; the others are the names of its buttons.
	Path                                            []string
	AdminButton, UserButton, SaveButton, EditButton string
	// ClientID is that of its own app registration, RedirectURIs are registered with it, and RedirectHost is their host.
	ClientID     string
	RedirectURIs []string
	RedirectHost string
}

func (c *Cloud) productFacts() ProductFacts {
	host, _, _ := strings.Cut(c.productSite.host, ":")
	return ProductFacts{
		Name: productName, Page: c.productSite.origin + "/", Path: []string{productMenu, productList, productAdd, productType, productCreate},
		AdminButton: productAdminMakes, UserButton: productUserMakes, SaveButton: productSave, EditButton: productEdit,
		ClientID: c.product.app.id, RedirectURIs: append([]string{}, c.product.app.redirect...), RedirectHost: host,
	}
}

// productRegistration is the product's own app registration: of the platform Web, with ID tokens switched on, and for the tenants of all its
// customers. Its redirect addresses are known once its pages are served.
func productRegistration() *registration {
	return &registration{id: productClientID, name: productName, kind: secretClient, secret: newSecret(), shared: true, idTokens: true}
}

// product is the practice product: it makes two links of its own, takes their answers, and calls Partner Center with what they bring.
type product struct {
	app *registration

	mu       sync.Mutex // guards what follows, and the settings
	settings map[string]*settings
	order    []string // of the settings, the oldest first
	created  int
	offers   map[string]offer // by the link's state
	states   []string         // of the offers, the oldest first
}

// The newest connectors and links are kept; the oldest ones go first.
const (
	maxSettings = 50
	maxOffers   = 500
)

// settings are one connector of the product.
type settings struct {
	id, name string
	// linked is whether a link was made; reopened counts how often the settings were opened for editing since.
	linked   bool
	reopened int
	saved    bool
	// early is whether they were saved before both consents were there: then no link can be made for them any more.
	early       bool
	admin, user progress
	// refresh is the refresh token that the user consent brought, and tenant the one that it is of.
	refresh string
	tenant  tenant
	sync    syncResult
}

// progress is how far a consent has come, as the product knows it.
type progress string

const (
	notLinked progress = "none"
	linkMade  progress = "made"
	received  progress = "received"
)

// offer is what a link's state stands for.
type offer struct {
	settings *settings
	admin    bool
	nonce    string
}

func newProduct() *product {
	return &product{app: productRegistration(), settings: map[string]*settings{}, offers: map[string]offer{}}
}

// create makes the settings of a new connector.
func (p *product) create() *settings {
	p.created++
	s := &settings{id: newGUID(), name: productType + " " + strconv.Itoa(p.created), admin: notLinked, user: notLinked}
	p.settings[s.id], p.order = s, append(p.order, s.id)
	if len(p.order) > maxSettings {
		delete(p.settings, p.order[0])
		p.order = p.order[1:]
	}
	return s
}

// offer remembers what a link's state stands for.
func (p *product) offer(state string, o offer) {
	p.offers[state], p.states = o, append(p.states, state)
	if len(p.states) > maxOffers {
		delete(p.offers, p.states[0])
		p.states = p.states[1:]
	}
}

// edit opens settings for editing.
func (s *settings) edit() {
	if s.linked {
		s.reopened++
	}
}

// offersUser reports whether the button for the user's link can be pressed: the settings must have been reopened since the first link was made.
func (s *settings) offersUser(h hooks) bool {
	needed := 1
	if h.secondStuck {
		needed++
	}
	return s.linked && !s.early && s.reopened >= needed
}

// save saves settings. Before both consents are there, their links are worth nothing from then on.
func (p *product) save(s *settings) {
	s.saved = true
	if s.admin == received && s.user == received {
		return
	}
	s.early = true
	for state, o := range p.offers {
		if o.settings == s {
			delete(p.offers, state)
		}
	}
}

// link makes a link, for the consent that the button is named after, or the other one where the scenario wants them swapped.
func (c *Cloud) link(s *settings, admin bool) string {
	h := c.current().hooks
	made := MadeLink{Admin: admin != h.linksSwapped, State: newSecret()}
	if !made.Admin {
		made.Nonce = newSecret()
	}
	made.Address = c.linkAddress(made, h)
	c.product.offer(made.State, offer{settings: s, admin: made.Admin, nonce: made.Nonce})
	c.journal.linked(made)
	s.linked = true
	if step := s.consent(made.Admin); *step == notLinked {
		*step = linkMade
	}
	return made.Address
}

// consent is how far one of the two consents has come.
func (s *settings) consent(admin bool) *progress {
	if admin {
		return &s.admin
	}
	return &s.user
}

func (c *Cloud) linkAddress(made MadeLink, h hooks) string {
	app, origin := c.product.app, c.pages.origin
	if h.linkHost != "" {
		origin = "https://" + h.linkHost
	}
	q := url.Values{
		"client_id": {app.id}, "state": {made.State}, "redirect_uri": {app.redirect[0]},
		"scope": {strings.Join([]string{scopeOpenID, scopeProfile, scopeOffline, partnerResource + "/" + scopeImpersonation}, " ")},
	}
	path := "/v2.0/adminconsent"
	if !made.Admin {
		path = "/oauth2/v2.0/authorize"
		q.Set("redirect_uri", app.redirect[1])
		q.Set("response_type", "code id_token")
		q.Set("response_mode", "form_post")
		q.Set("nonce", made.Nonce)
	}
	return origin + "/" + cmp.Or(h.linkTenant, practiceTenantID) + path + "?" + q.Encode()
}
