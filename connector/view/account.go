package view

import (
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func accountPage(s wizard.State) page {
	w := s.Wizard
	links := portalOf(w.Draft.Tenant)
	users := links.users
	if users == "" {
		users = links.partnerCenter
	}
	return page{
		answers: map[string]any{"Tenant": tenantName(w.Draft.Tenant)},
		blocks: blocksOf(
			upnField(w),
			body(text("page.account.why")),
			List{Items: items("page.account.rule", 4)},
			heading("page.account.create"),
			List{Numbered: true, Items: items("page.account.step", 4)},
			linkButtons(Button{ID: "open-users", Label: text("page.account.open-users"), URL: users}),
		),
		focus: changing(w, string(connector.FieldUPN)),
	}
}

func upnField(w wizard.Wizard) []Block {
	in := input(connector.FieldUPN, w.Draft.UPN)
	in.Placeholder = text("field.upn.placeholder")
	upn := strings.TrimSpace(w.Draft.UPN)
	if upn == "" {
		return blocksOf(in.lock(w))
	}
	if !connector.ValidUPN(upn) {
		in.Error = reasonText(wizard.ReasonUPNInvalid)
		return blocksOf(in.lock(w))
	}
	same := sameDomain(w)
	if same {
		in.Good = text("page.account.domain-same")
	}
	blocks := blocksOf(in.lock(w), change(w, connector.FieldUPN))
	if strings.Contains(strings.ToUpper(upn), "#EXT#") {
		blocks = append(blocks, Notice{
			ID: "upn-guest", Severity: Warning, Title: text("page.account.guest"), Text: text("page.account.guest.text"),
		})
	}
	if !same && w.Draft.Tenant != nil && w.Draft.Tenant.Domain != "" {
		blocks = append(blocks, Notice{
			ID: "upn-domain", Severity: Info, Title: text("page.account.domain-other"),
			Text: text("page.account.domain-other.text", "Domain", domainOf(upn), "Tenant", w.Draft.Tenant.Domain),
		})
	}
	return blocks
}

func sameDomain(w wizard.Wizard) bool {
	return w.Draft.Tenant != nil && strings.EqualFold(domainOf(w.Draft.UPN), w.Draft.Tenant.Domain)
}

func domainOf(upn string) string {
	_, domain, _ := strings.Cut(strings.TrimSpace(upn), "@")
	return domain
}
