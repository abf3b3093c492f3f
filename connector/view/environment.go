package view

import (
	"partner-center-connector/auth"
	"partner-center-connector/connector/wizard"
)

// environment names a tenant that is not an ordinary one of the global cloud: what is different there, and what of it is not
// confirmed. It is nothing for the others, and in a rehearsal.
func environment(s wizard.State) []Block {
	t := s.Wizard.Draft.Tenant
	kind := environmentOf(t)
	if kind == "" || s.Rehearsal != nil {
		return nil
	}
	name := cloudText(*t)
	if t.Government() != "" {
		name = text("page.connector.environment.government", "Government", t.Government(), "Cloud", name)
	}
	key := "page.connector.environment." + kind
	blocks := []Block{Notice{ID: "environment", Severity: Info, Title: text("page.connector.environment", "Name", name), Text: text(key)}}
	if kind == "gcc" {
		return blocks
	}
	details := blocksOf(caption(text(key + ".open")))
	if facts := environmentFacts(*t); len(facts) > 0 {
		details = append(blocksOf(Facts{Items: facts}), details...)
	}
	return append(blocks, Fold{ID: "environment-details", Title: text("page.connector.environment.details"), Blocks: details})
}

func environmentOf(t *auth.Tenant) string {
	switch {
	case t == nil:
		return ""
	case t.CloudFromFile:
		return "file"
	case t.Cloud == "usgov" && t.Government() == "DoD":
		return "dod"
	case t.Cloud != "global":
		return t.Cloud
	case t.Government() != "":
		return "gcc"
	}
	return ""
}

// environmentFacts are the addresses of a built-in cloud that is not the global one.
func environmentFacts(t auth.Tenant) []FactItem {
	cloud, known := auth.FindCloud(auth.BuiltinClouds(), t.Cloud)
	if !known || t.CloudFromFile || cloud.Name == "global" {
		return nil
	}
	fact := func(name, value string) FactItem {
		item := FactItem{ID: "environment-" + name, Label: text("page.connector.environment.fact." + name), Value: value}
		if value == "" {
			item.Text = text("page.connector.environment.unconfirmed")
		}
		return item
	}
	return []FactItem{
		fact("sign-in", cloud.Login), fact("partner-center", cloud.PartnerCenter), fact("graph", cloud.Graph),
		fact("entra", cloud.EntraPortal), fact("portal", cloud.PartnerCenterPortal),
	}
}
