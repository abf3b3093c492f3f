package view

import (
	"strings"
	"time"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// keptIdentity is who and what a connector is that another product keeps, as it was read in its two links.
func keptIdentity(c connector.Connector) []FactItem {
	links := linksOf(c)
	product := FactItem{ID: "fact-product", Label: text("detail.kept.product"), Value: links.Name}
	if links.Name == "" {
		product.Text = text("detail.kept.unknown")
	}
	facts := []FactItem{
		product,
		{ID: "fact-user", Label: text("detail.user"), Value: c.User.UPN, Copy: true},
		{ID: "fact-role", Label: text("detail.role"), Text: roleText(c.Role)},
		{ID: "fact-tenant", Label: text("field.tenant"), Value: c.Tenant.Label()},
		{ID: "fact-tenant-id", Label: text("detail.tenant-id"), Value: c.Tenant.ID, Copy: true},
		{ID: "fact-cloud", Label: text("field.cloud"), Text: cloudText(c.Tenant)},
		{ID: "fact-client-id", Label: text("field.client-id"), Value: c.ClientID, Copy: true},
	}
	if redirects := redirectsOf(links); redirects != "" {
		facts = append(facts, FactItem{ID: "fact-redirect", Label: text("detail.kept.redirect"), Value: redirects})
	}
	return facts
}

// keptHistory is what was seen of the windows, and what a person told.
func keptHistory(c connector.Connector) []FactItem {
	links := linksOf(c)
	facts := []FactItem{
		{ID: "fact-admin", Label: text("detail.admin"), Text: adminText(c.Admin)},
		{ID: "fact-consented", Label: text("detail.kept.user"), Text: toldText(c.Consented)},
	}
	facts = append(facts, openedFacts(links)...)
	if !links.Finished.IsZero() {
		facts = append(facts, FactItem{ID: "fact-finished", Label: text("detail.kept.finished"), Text: toldText(links.Finished)})
	}
	return facts
}

// keptDates are when it was saved, and when somebody is to look again.
func keptDates(c connector.Connector) []FactItem {
	facts := []FactItem{{ID: "fact-saved", Label: text("detail.saved"), Text: text("common.at", "At", c.Saved)}}
	if day := c.Reminder(); !day.IsZero() {
		facts = append(facts, FactItem{ID: "fact-remind", Label: text("detail.kept.remind"), Text: text("common.at", "At", day)})
	}
	return facts
}

func linksOf(c connector.Connector) connector.Links {
	if c.Links == nil {
		return connector.Links{}
	}
	return *c.Links
}

// toldText says when a person told something; there is no other evidence of it.
func toldText(at time.Time) Text {
	if at.IsZero() {
		return text("detail.kept.not-told")
	}
	return text("known.reported", "At", at)
}

// redirectsOf are the redirect addresses of the links, each once.
func redirectsOf(links connector.Links) string {
	all := []string{}
	for _, kind := range link.Kinds() {
		if p := links.Of(kind); p != nil && p.Redirect != "" && (len(all) == 0 || all[0] != p.Redirect) {
			all = append(all, p.Redirect)
		}
	}
	return strings.Join(all, ", ")
}

// openedFacts are what is known of the windows that the links were opened in.
func openedFacts(links connector.Links) []FactItem {
	facts := []FactItem{}
	for _, kind := range link.Kinds() {
		facts = append(facts, openedFact(links.Of(kind), kind)...)
	}
	return facts
}
