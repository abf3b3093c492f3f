package view

import (
	"slices"

	"partner-center-connector/connector/wizard"
)

// withLinkOffer adds what to do with a link of another product that was pasted into a field for something else: below that field, or on
// top where the screen does not have it.
func withLinkOffer(s wizard.State, blocks []Block) []Block {
	if s.LinkOffer.Text.Empty() || s.LinkOffer.Taken {
		return blocks
	}
	at := slices.IndexFunc(blocks, func(b Block) bool {
		in, ok := b.(Input)
		return ok && in.Field == s.LinkOffer.Field
	})
	return slices.Insert(blocks, at+1, Block(Notice{
		ID: "link-offer", Severity: Warning, Title: text("links.offer"), Text: text("links.offer.text"),
		Buttons: []Button{
			{ID: "link-offer-take", Label: text("links.offer.take"), Event: wizard.TakeOffer{}, Primary: true},
			{ID: "link-offer-refuse", Label: text("links.offer.refuse"), Event: wizard.RefuseOffer{}},
		},
	}))
}
