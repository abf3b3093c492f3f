package view

import (
	"cmp"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func accountPage(s wizard.State) page {
	w := s.Wizard
	inEntra := cloudOf(w.Draft.Tenant).RolesInEntra
	return page{
		answers: map[string]any{"Tenant": tenantName(w.Draft.Tenant), "InEntra": inEntra},
		blocks: blocksOf(
			upnField(w),
			roleChoice(s),
			heading("page.account.create"),
			List{Numbered: true, Items: steps(w.Draft.Role, inEntra)},
			usersLink(w.Draft.Tenant, inEntra),
			why(text("page.account.whys"), body(text("page.account.why")), List{Items: items("page.account.rule", 4)}, roleReasons(w.Draft.Role)),
		),
		focus: changing(w, accountFocus(w)...),
	}
}

// accountFocus is the field, or the button that has it change where another account is needed.
func accountFocus(w wizard.Wizard) []string {
	focus := []string{string(connector.FieldUPN)}
	if guestFound(w) {
		focus = append(focus, "change-"+string(connector.FieldUPN))
	}
	return focus
}

// guestFound reports whether page 7 found that the account is a guest.
func guestFound(w wizard.Wizard) bool {
	return w.SignedIn != nil && failed(w.Checks, connector.CheckMember)
}

// roleChoice asks for the role that the product behind the connector needs.
func roleChoice(s wizard.State) []Block {
	w := s.Wizard
	c := Choice{
		ID: string(connector.FieldRole), Field: connector.FieldRole, Label: text("field.role"), Value: string(w.Draft.Role),
		Hint: presetHint(s, connector.FieldRole, text("field.role.hint")),
	}
	for _, r := range connector.Roles {
		c.Options = append(c.Options, Option{Value: string(r), Label: roleText(r)})
	}
	return blocksOf(c.lock(w))
}

// roleReasons say why the role is asked for, and what an Admin agent can do.
func roleReasons(r connector.Role) []Block {
	reasons := []Text{text("page.account.role"), text("page.account.later")}
	if r == connector.RoleAdminAgent {
		reasons = append(reasons, text("page.account.admin-agent"))
	}
	return bodies(reasons...)
}

// roleText names a role; one that this version does not know by itself, and none as what was not recorded.
func roleText(r connector.Role) Text {
	switch {
	case r == "":
		return text("role.none")
	case !r.Known():
		return text("role.other", "Role", string(r))
	}
	return text("role." + string(r))
}

// roleSet says where to give a role, as the end of a sentence.
func roleSet(r connector.Role, inEntra bool) Text {
	if !r.Known() {
		r = connector.RoleAny
	}
	if inEntra {
		return text("role.set-in-entra." + string(r))
	}
	return text("role.set." + string(r))
}

// steps make the integration user with its role, in Partner Center or, where that can't give roles, in Entra.
func steps(r connector.Role, inEntra bool) []Text {
	if inEntra {
		return []Text{
			text("page.account.step-in-entra.1"), text("page.account.step-in-entra.2", "Set", roleSet(r, true)),
			text("page.account.step.3"), text("page.account.step.4"),
		}
	}
	return []Text{
		text("page.account.step.1"), text("page.account.step.2", "Set", roleSet(r, false)), text("page.account.step.3"), text("page.account.step.4"),
	}
}

// usersLink leads to where the user is made.
func usersLink(t *auth.Tenant, inEntra bool) Block {
	links := portalOf(t)
	if inEntra {
		return linkButtons(Button{ID: "open-entra", Label: text("page.mfa.open-entra"), URL: links.entra})
	}
	return linkButtons(Button{ID: "open-users", Label: text("page.account.open-users"), URL: cmp.Or(links.users, links.partnerCenter)})
}

func upnField(w wizard.Wizard) []Block {
	in := entered(w, connector.FieldUPN, w.Draft.UPN)
	in.Placeholder = text("field.upn.placeholder")
	upn := w.Draft.UPN
	if upn == "" {
		return blocksOf(in.lock(w))
	}
	if !connector.ValidUPN(upn) {
		in.Error = UPNReasonText(upn)
		return blocksOf(in.lock(w))
	}
	same := sameDomain(w)
	if same {
		in.Good = text("page.account.domain-same")
	}
	blocks := blocksOf(in.lock(w), change(w, connector.FieldUPN))
	if guestFound(w) {
		return append(blocks, Notice{
			ID: "upn-guest", Severity: Warning, Title: text("page.account.guest-found"), Text: text("page.account.guest-found.text"),
		})
	}
	blocks = append(blocks, guestNotice(upn)...)
	if !same && w.Draft.Tenant != nil && w.Draft.Tenant.Domain != "" {
		blocks = append(blocks, Notice{
			ID: "upn-domain", Severity: Info, Title: text("page.account.domain-other"),
			Text: text("page.account.domain-other.text", "Domain", domainOf(upn), "Tenant", w.Draft.Tenant.Domain),
		})
	}
	return blocks
}

// guestNotice says of a user name that it is a guest's.
func guestNotice(upn string) []Block {
	if !strings.Contains(strings.ToUpper(upn), "#EXT#") {
		return nil
	}
	return []Block{Notice{ID: "upn-guest", Severity: Warning, Title: text("page.account.guest"), Text: text("page.account.guest.text")}}
}

func sameDomain(w wizard.Wizard) bool {
	return w.Draft.Tenant != nil && strings.EqualFold(domainOf(w.Draft.UPN), w.Draft.Tenant.Domain)
}

func domainOf(upn string) string {
	_, domain, _ := strings.Cut(upn, "@")
	return domain
}
