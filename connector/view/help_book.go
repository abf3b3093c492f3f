package view

import (
	"slices"
	"sync"

	"partner-center-connector/connector"
)

// section is a piece of help: a heading, a paragraph and the items of a list, under "help.<name>".
type section struct {
	name  string
	items int
	// numbered says that the items follow one another.
	numbered bool
	// url is a page on the subject, of Microsoft's or of the product's publisher; "" for none.
	url string
	// words says that there are further words which the section is found by, under "help.<name>.words", with commas between what people call
	// it. They are not shown.
	words bool
	// product is the product that the section is about; nil for none.
	product *connector.Product
}

// book is all sections of the help, in the order in which a search shows those that fit alike.
type book []section

// general are the sections that are about no product in particular.
var general = sync.OnceValue(func() book {
	return slices.Concat([]section{
		{name: "why-two", words: true},
		{name: "licence", words: true},
		{name: "same-person", words: true},
		{name: "why-private", words: true},
	}, pageSections(), []section{
		{name: "fails", items: 3, words: true},
		{name: "calls-fail", items: 3, words: true},
		{name: "government", items: 2, words: true},
		{name: "home-screen", items: 5, words: true},
		{name: "buttons", items: 4, words: true},
		{name: "detail", items: 7, words: true},
		// https://learn.microsoft.com/partner-center/security/partner-security-requirements-mandating-mfa
		{name: "enforcement", words: true, url: "https://learn.microsoft.com/partner-center/security/partner-security-requirements-mandating-mfa"},
		{name: "kept", items: 4, words: true},
		{name: "auto-check", items: 3, words: true},
		{name: "lasts", items: 3, words: true},
		{name: "daily-check", items: 4, words: true},
		{name: "notices", items: 3, words: true},
		// https://learn.microsoft.com/azure/key-vault/general/rbac-guide
		{name: "server", items: 6, words: true, url: "https://learn.microsoft.com/azure/key-vault/general/rbac-guide"},
		{name: "take-back", items: 4, words: true},
		{name: "report", items: 3, words: true},
		{name: "log", items: 2, words: true},
		{name: "update", items: 2, words: true},
		{name: "new-computer", items: 3, words: true},
		{name: "settings", items: 7, words: true},
		{name: "keyboard", items: 8, words: true},
		{name: "screen-reader", items: 2, words: true},
	})
})

// productSections are the sections that every product has, in its own words.
var productSections = []section{
	{name: "product", items: 4, words: true},
	{name: "product-order", items: 6, numbered: true, words: true},
	{name: "product-first", words: true},
	{name: "product-second", words: true},
	{name: "product-disabled", words: true},
	{name: governmentSection, words: true},
}

// governmentSection is there only where the publisher has a guide of its own for governments.
const governmentSection = "product-government"

// ofProducts stands in a topic for all sections of each product.
const ofProducts = "products"

// topics are the sections of each help topic: the pages by their names, and the subjects of the menu.
var topics = sync.OnceValue(func() map[string][]string {
	return withPages(map[string][]string{
		"home":          {"why-two", "licence", "same-person", "why-private", "home-screen", "buttons", "kept", "keyboard"},
		"detail":        {"detail", "auto-check", "lasts", "kept"},
		"enforcement":   {"enforcement"},
		"after-save":    {"auto-check", "daily-check", "notices", "server", "take-back", "report", "log", "update"},
		"report":        {"report", "log"},
		"new-computer":  {"new-computer"},
		"server":        {"server"},
		"screen-reader": {"screen-reader", "keyboard"},
		"settings":      {"settings", "daily-check", "notices", "log", "update", "kept"},
		"problems":      {},
	})
})

// bookOf is the help with the sections of those products.
func bookOf(products []connector.Product) book {
	b := slices.Clone(general())
	at := slices.IndexFunc(b, func(s section) bool { return s.name == "link-admin" })
	for i := range products {
		for _, s := range productSections {
			if s.name == governmentSection && products[i].GovernmentGuide == "" {
				continue
			}
			s.product = &products[i]
			if s.name == "product" {
				s.url = products[i].Support
			}
			b = slices.Insert(b, at, s)
			at++
		}
	}
	return b
}

// articles are the blocks of sections by their names.
func (b book) articles(names []string) []Block {
	blocks := []Block{}
	for _, name := range names {
		for _, s := range b {
			if s.name == name || name == ofProducts && s.product != nil {
				blocks = append(blocks, s.blocks()...)
			}
		}
	}
	return blocks
}

func (s section) blocks() []Block {
	blocks := blocksOf(Paragraph{Role: Heading, Text: s.text("")}, body(s.text(".text")))
	if s.items > 0 {
		list := items("help."+s.name, s.items)
		for i := range list {
			list[i].Args = s.args()
		}
		blocks = append(blocks, List{Numbered: s.numbered, Items: list})
	}
	if s.url != "" {
		blocks = append(blocks, Actions{Buttons: []Button{s.more()}})
	}
	return blocks
}

// more leads to the page on the subject.
func (s section) more() Button {
	if s.product != nil {
		return Button{ID: "link-" + s.name + "-" + s.product.ID, Label: text("preset.support", "Product", s.product.Name), URL: s.url}
	}
	return Button{ID: "link-" + s.name, Label: text("help.read-more"), URL: s.url}
}

// text is a sentence of the section, by what its key ends with.
func (s section) text(end string) Text { return Text{Key: "help." + s.name + end, Args: s.args()} }

// args are the product's own words; a sentence has neutral ones in place of those that are empty.
func (s section) args() map[string]any {
	p := s.product
	if p == nil {
		return nil
	}
	role := Text{}
	if p.Role != "" {
		role = roleText(p.Role)
	}
	return product(*p).says("", "Version", p.Version, "AppRole", p.AppRole, "Role", role, "MFAEnforced", p.MFAEnforced, "Guide", p.GovernmentGuide).Args
}
