package connector

import (
	"maps"
	"reflect"
	"slices"
	"time"

	"partner-center-connector/auth/link"
)

// Links is what is known of the two links that another product has made: what they are, and what people told of them. The links themselves
// are in the keychain, or in memory, as long as they are to be opened, and nowhere else.
type Links struct {
	// Product is the ID of the product, of the state's Products; empty for one that this program does not know.
	Product string `json:"product,omitempty"`
	// Name is what the product was called when the connector was saved; empty where nobody knows, and in a draft.
	Name string `json:"name,omitempty"`
	// Admin and User are nil until the link was read.
	Admin *ProductLink `json:"admin,omitempty"`
	User  *ProductLink `json:"user,omitempty"`
	// NotConfirmed are the links that somebody went on without a report of.
	NotConfirmed map[link.Kind]bool `json:"notConfirmed,omitempty"`
	// Finished is when somebody told that the rest was done in the product; zero before.
	Finished time.Time `json:"finished,omitzero"`
	// Remind is the day on which somebody wants to be reminded to look again; zero for never.
	Remind Day `json:"remind,omitzero"`
}

// Of is the link of that kind; nil where it was not read.
func (l Links) Of(kind link.Kind) *ProductLink {
	if kind == link.Admin {
		return l.Admin
	}
	return l.User
}

// RemindDays are the days after which somebody can be reminded to look again.
var RemindDays = []int{30, 60, 90}

// AnyLink reports whether a link of another product was read for the draft.
func (d Draft) AnyLink() bool { return d.Links != nil && (d.Links.Admin != nil || d.Links.User != nil) }

// Told reports whether somebody told that the consent of that link was given.
func (l Links) Told(kind link.Kind) bool {
	of := l.Of(kind)
	return of != nil && !of.Reported.IsZero()
}

// With returns the links with that of a kind as change leaves it; they stay as they are where it was not read.
func (l Links) With(kind link.Kind, change func(*ProductLink)) Links {
	of := l.Of(kind)
	if of == nil {
		return l
	}
	changed := *of
	change(&changed)
	return l.put(kind, &changed)
}

// Without returns the links without that of a kind, and without what was told of it.
func (l Links) Without(kind link.Kind) Links {
	l.Finished = time.Time{}
	return l.put(kind, nil).Confirm(kind, true)
}

func (l Links) put(kind link.Kind, of *ProductLink) Links {
	if kind == link.Admin {
		l.Admin = of
	} else {
		l.User = of
	}
	return l
}

// Has reports whether a link that was read is, by its facts, the one that is there.
func (l Links) Has(f link.Facts) bool {
	was := l.Of(f.Kind)
	return was != nil && sameFacts(was.Facts, f)
}

// Read returns the links with one that was read. What was told of it stays where it is the one that was there: without a keychain a link is
// pasted again.
func (l Links) Read(f link.Facts, at time.Time) Links {
	if l.Has(f) {
		return l.With(f.Kind, func(p *ProductLink) { p.Read = at })
	}
	return l.Without(f.Kind).put(f.Kind, &ProductLink{Facts: f, Read: at})
}

func sameFacts(a, b link.Facts) bool {
	same := slices.Equal(a.Scopes, b.Scopes)
	a.Scopes, b.Scopes = nil, nil
	return same && reflect.DeepEqual(a, b)
}

// Untold returns the links without what happened to that of a kind and what was told of it. What was done in the product after it counts no
// more either.
func (l Links) Untold(kind link.Kind) Links {
	l.Finished = time.Time{}
	return l.With(kind, func(p *ProductLink) { *p = ProductLink{Facts: p.Facts, Read: p.Read} }).Confirm(kind, true)
}

// Confirm returns the links with that of a kind waited for again, or gone on without.
func (l Links) Confirm(kind link.Kind, wanted bool) Links {
	if l.NotConfirmed[kind] == !wanted {
		return l
	}
	l.NotConfirmed = maps.Clone(l.NotConfirmed)
	delete(l.NotConfirmed, kind)
	if wanted {
		return l
	}
	if l.NotConfirmed == nil {
		l.NotConfirmed = map[link.Kind]bool{}
	}
	l.NotConfirmed[kind] = true
	return l
}

// ClientID is the client ID of the links that were read; empty for none.
func (l Links) ClientID() string {
	for _, of := range []*ProductLink{l.Admin, l.User} {
		if of != nil {
			return of.ClientID
		}
	}
	return ""
}

// LinkDifference names what the links differ in, from each other or from what is known; its words are in the translations under
// "links.differ.<difference>".
type LinkDifference string

// The differences. The args of the problem that they make are First, Second, and the Kind of the link where it is one alone: the two links'
// client IDs or tenants; the link's tenant and the one that was looked up, or its cloud and that one's; the client ID of the connector that is
// renewed and the link's; the host of the link's redirect address and those of the product.
const (
	LinksClientID LinkDifference = "client-id"
	LinksTenant   LinkDifference = "tenant"
	LinksLookup   LinkDifference = "lookup"
	LinksCloud    LinkDifference = "cloud"
	LinksRenewal  LinkDifference = "renewal"
	LinksRedirect LinkDifference = "redirect"
)

// LinkFaultArg is the arg of a KindLink problem that holds its link.Fault, whose words are in the translations under "link.fault.<fault>";
// the others are Host, Parameter, and the Kind of the link, as far as they are known. LinkDifferenceArg is that of a KindLinksDiffer problem that
// holds its LinkDifference. LinkKindArg is the kind of the link in both.
const (
	LinkFaultArg      = "Fault"
	LinkDifferenceArg = "Difference"
	LinkKindArg       = "Kind"
)

// ProductLink is one of the two links, with what happened to it.
type ProductLink struct {
	link.Facts
	Read time.Time `json:"read"`
	// Started is when a browser asked for our start page, and was sent on to the link; zero before. Ended is when the window of its own that
	// it was opened in ended; zero where that is not known.
	Started time.Time `json:"started,omitzero"`
	Ended   time.Time `json:"ended,omitzero"`
	// Copied is when it was last put on the clipboard for another person; zero for never.
	Copied time.Time `json:"copied,omitzero"`
	// Private says that it was opened in a window that was kept apart; Browser names the browser where it is known.
	Private bool   `json:"private,omitempty"`
	Browser string `json:"browser,omitempty"`
	// Reported is when somebody told that the product's page said that all is well; zero before.
	Reported time.Time `json:"reported,omitzero"`
}

// Product is what a product's publisher says of its two links. Its words are the product's own, as they are on its pages; every one of
// them may be empty.
type Product struct {
	// ID names it in files; Name is what people call it.
	ID, Name string
	// Path is the way to its form, menu by menu; AdminButton and UserButton make the two links; SaveButton and EditButton are those of the form.
	Path                                            []string
	AdminButton, UserButton, SaveButton, EditButton string
	// RedirectHosts are the hosts of its redirect addresses: a name, or "*." and a domain for every name below it.
	RedirectHosts []string
	// Version is the oldest one that can do it; AppRole the product's own role that is needed.
	Version, AppRole string
	// Role is what the integration user needs in Partner Center; empty where the publisher does not say. MFAEnforced says that per-user MFA
	// has to be "Enforced".
	Role        Role
	MFAEnforced bool
	// GovernmentGuide names the publisher's own guide for the US government's tenants; Support is the https address of its help.
	GovernmentGuide, Support string
}

// ProductByID is the product of an ID; ok is false for one that there are no words for, and for the empty ID.
func ProductByID(all []Product, id string) (p Product, ok bool) {
	for _, p := range all {
		if p.ID == id && id != "" {
			return p, true
		}
	}
	return Product{}, false
}
