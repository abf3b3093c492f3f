package view

import (
	"strconv"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// held reports whether the program has the link of that kind, so that it can be opened.
func held(w wizard.Wizard, kind link.Kind) bool {
	return w.Draft.Links.Of(kind) != nil && w.Links.Held[kind]
}

// lookedFor reports whether it is not known yet which of the links that were read the program has.
func lookedFor(w wizard.Wizard) bool { return w.Links.Held == nil && w.Draft.AnyLink() }

func lookingFor() Busy { return Busy{ID: "finding-links", Text: text("page.links.finding")} }

// pasteLinks is the place for both links, as long as one of them is missing, and what came of reading it.
func pasteLinks(s wizard.State) []Block {
	w := s.Wizard
	switch {
	case lookedFor(w):
		return blocksOf(lookingFor())
	case held(w, link.Admin) && held(w, link.User) && !pasted(w):
		return unkeptLinks(w)
	}
	return blocksOf(
		linksField(w), linksRefused(w), linksOther(w), missingLink(w, link.Admin), missingLink(w, link.User), unkeptLinks(w),
	)
}

// pasteLink is that on the page of one link.
func pasteLink(s wizard.State, kind link.Kind) []Block {
	w := s.Wizard
	switch {
	case lookedFor(w):
		return blocksOf(lookingFor())
	case held(w, kind) && !pasted(w):
		return blocksOf(linksOther(w), unkeptLinks(w))
	}
	return blocksOf(
		heading("page.links.paste."+string(kind)), missingLink(w, kind), linksField(w), linksRefused(w), linksOther(w), unkeptLinks(w),
	)
}

// pasted reports whether something was pasted that is to be read, or that was refused.
func pasted(w wizard.Wizard) bool {
	return !w.Links.Text.Empty() || w.Links.Reading.Running || len(w.Links.Refused) > 0
}

// linksField shows what was pasted until it is read.
func linksField(w wizard.Wizard) []Block {
	in := input(connector.FieldLinks, w.Links.Text.Reveal())
	in.Placeholder, in.Multiline = text("field.links.placeholder"), true
	blocks := blocksOf(in, Actions{Buttons: []Button{{ID: "read-links", Label: text("page.links.read"), Event: wizard.ReadLinks{}}}})
	if w.Links.Reading.Running {
		return append(blocks, Busy{ID: "reading-links", Text: text("page.links.reading")})
	}
	return blocks
}

// linksRefused says of each link that was pasted and can't be opened why. Its card leads back to the field: the same text would be
// refused again.
func linksRefused(w wizard.Wizard) []Block {
	if w.Links.Nothing && len(w.Links.Refused) == 0 {
		return []Block{Notice{ID: "links-nothing", Severity: Warning, Title: text("page.links.nothing"), Text: text("page.links.nothing.text")}}
	}
	blocks := []Block{}
	for i := range w.Links.Refused {
		made := wizardCard(w, "link-refused-"+strconv.Itoa(i+1), &w.Links.Refused[i], nil)
		made.Button = &Button{
			ID: made.ID + "-retry", Label: text("page.links.paste-again", "Number", later(i+1)), Command: CommandFocus, Topic: string(connector.FieldLinks), Primary: true,
		}
		blocks = append(blocks, made)
	}
	return blocks
}

// later is the number of a button among those of the same name, from the second one on.
func later(n int) int {
	if n == 1 {
		return 0
	}
	return n
}

// linksOther says that a link was pasted on the page of the other one, and put where it belongs.
func linksOther(w wizard.Wizard) []Block {
	if w.Links.Other == "" {
		return nil
	}
	kind := string(w.Links.Other)
	return []Block{Notice{
		ID: "links-other", Severity: Info, Title: text("page.links.other." + kind), Text: text("page.links.other." + kind + ".text"),
	}}
}

// missingLink says of a link that was read that the program does not have it any more.
func missingLink(w wizard.Wizard, kind link.Kind) []Block {
	if w.Draft.Links.Of(kind) == nil || held(w, kind) {
		return nil
	}
	return []Block{Notice{
		ID: "missing-" + string(kind), Severity: Warning, Title: text("page.links.missing." + string(kind)), Text: text("page.links.missing.text"),
	}}
}

// unkeptLinks says why the keychain does not have the links.
func unkeptLinks(w wizard.Wizard) []Block {
	p := w.Links.Unkept
	if p == nil {
		return nil
	}
	made := card{id: "unkept", problem: p, about: aboutDraft(w.Draft)}.show()
	return []Block{Notice{
		ID: "links-unkept", Severity: Info, Title: text("page.links.unkept"), Text: text("page.links.unkept.text", "Problem", made.Title, "Do", made.Do),
	}}
}

// readLink shows what was read of a link.
func readLink(s wizard.State, kind link.Kind) []Block {
	l := s.Wizard.Draft.Links.Of(kind)
	if l == nil {
		return blocksOf(caption(text("page.links.unread." + string(kind))))
	}
	unchecked := redirectUnchecked(s, *l)
	return blocksOf(unchecked, Fold{
		ID: "read-" + string(kind), Title: text("page.links.was-read."+string(kind), "At", l.Read), Open: len(unchecked) > 0,
		Blocks: blocksOf(Facts{Items: linkFacts(s, *l)}, unchanged(*l), Actions{Buttons: []Button{
			{ID: "forget-" + string(kind), Label: text("page.links.forget"), Event: wizard.ForgetLink{Kind: kind}},
		}}),
	})
}

// unchanged says that nothing of the link is changed, where nothing can be added.
func unchanged(l connector.ProductLink) []Block {
	if l.Kind == link.User && (!l.HasLoginHint || !l.HasPrompt) {
		return nil
	}
	return blocksOf(caption(text("page.link.unchanged")))
}

// redirectUnchecked says that nothing is known to compare the redirect address with.
func redirectUnchecked(s wizard.State, l connector.ProductLink) []Block {
	if l.Redirect == "" || len(draftProduct(s).RedirectHosts) > 0 {
		return nil
	}
	return blocksOf(caption(text("page.links.redirect-unchecked")))
}

// linkFacts are what of a link may be shown.
func linkFacts(s wizard.State, l connector.ProductLink) []FactItem {
	facts := []FactItem{}
	add := func(name string, label Text, value string) {
		if value != "" {
			facts = append(facts, FactItem{ID: string(l.Kind) + "-" + name, Label: label, Value: value})
		}
	}
	add("host", text("page.links.fact.host"), l.Host)
	facts = append(facts, FactItem{ID: string(l.Kind) + "-cloud", Label: text("field.cloud"), Text: cloudText(linkTenant(s, l))})
	facts = append(facts, linkTenantFact(l))
	facts = append(facts, FactItem{ID: string(l.Kind) + "-client-id", Label: text("field.client-id"), Value: l.ClientID, Copy: true})
	add("redirect", text("page.links.fact.redirect"), l.Redirect)
	add("scopes", text("page.links.fact.scopes"), strings.Join(l.Scopes, " "))
	add("resource", text("page.links.fact.resource"), l.Resource)
	add("response-type", text("page.links.fact.response-type"), l.ResponseType)
	add("prompt", text("page.links.fact.prompt"), l.Prompt)
	add("hint", text("page.links.fact.hint"), l.LoginHint)
	return facts
}

// linkTenant stands for the cloud of a link. One of a file is known by the tenant that was looked up.
func linkTenant(s wizard.State, l connector.ProductLink) auth.Tenant {
	t := shownTenant(s)
	return auth.Tenant{Cloud: l.Cloud, CloudFromFile: t != nil && t.Cloud == l.Cloud && t.CloudFromFile}
}

func linkTenantFact(l connector.ProductLink) FactItem {
	f := FactItem{ID: string(l.Kind) + "-tenant", Label: text("page.links.fact.tenant"), Value: l.Tenant}
	if l.AnyTenant() {
		f.Value, f.Text = "", text("page.links.fact.any-tenant", "Segment", l.Tenant)
	}
	return f
}
