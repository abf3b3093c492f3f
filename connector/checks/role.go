package checks

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// role checks that the account may act for customers, and has the role that the connector needs: no less, and as a remark no more.
func (c *checker) role(ctx context.Context) outcome {
	customers, err := c.fetchCustomers(ctx)
	if err != nil {
		return c.withoutCustomers(ctx, err)
	}
	evidence := []connector.Fact{fact("customers", "Total", strconv.Itoa(customers.Total)), correlationFact(customers.CorrelationID)}
	return c.judgeRole(ctx, evidence)
}

// withoutCustomers is the outcome where Partner Center did not give the list of customers. It is no business of a Billing admin, who has no
// agent role.
func (c *checker) withoutCustomers(ctx context.Context, err error) outcome {
	o := c.refused(err, fact("customers-unread"))
	_, orgErr := c.fetchOrganization(ctx)
	if orgErr == nil && o.state == connector.CheckFailed && o.problem.Kind == connector.KindPartnerRefused {
		// Partner Center knows the tenant, and still refuses its customers: that is about this user.
		problems.Reclassify(o.problem, connector.KindNoRole)
	}
	if o.state == connector.CheckFailed && o.problem.Kind == connector.KindNoRole && !c.Role.IsAgent() {
		return c.judgeRole(ctx, append(o.evidence, fact("customers-not-needed")))
	}
	return o
}

// judgeRole compares the roles that the account has with the one that the connector needs.
func (c *checker) judgeRole(ctx context.Context, evidence []connector.Fact) outcome {
	held, err := c.rolesHeld(ctx)
	evidence = append(evidence, c.roleFacts(held)...)
	lacks, unread := c.lessThanNeeded(held)
	more := c.moreThanNeeded(held)
	switch {
	case lacks != "":
		return failed(c.nameRole(c.problem(connector.KindNoRole), c.Role), evidence...)
	case unread != "" && err != nil:
		return warned(connector.WeightWarning, c.nameUnread(c.ownProblem(err, connector.KindRoleUnknown), unread, held), evidence...)
	case unread != "":
		return warned(connector.WeightWarning, c.nameUnread(c.problem(connector.KindRoleUnknown), unread, held), evidence...)
	case more != "":
		return warned(connector.WeightWarning, c.nameRole(c.problem(connector.KindRoleMore), more), evidence...)
	}
	return passed(evidence...)
}

// rolesHeld are the roles of Partner Center that the account is known to have, or not to have. Graph knows those of now; a token that has just
// been issued may name Billing admin, a directory role that Graph does not show to every app.
func (c *checker) rolesHeld(ctx context.Context) (map[connector.Role]bool, error) {
	membership, err := c.fetchMembership(ctx)
	held := map[connector.Role]bool{}
	if err == nil {
		for role, has := range membership.Roles {
			held[role] = has
		}
	}
	if wids := c.Session.Claims().Roles; wids != nil && !c.later && !held[connector.RoleBillingAdmin] {
		held[connector.RoleBillingAdmin] = slices.ContainsFunc(wids, func(id string) bool {
			return strings.EqualFold(id, connector.BillingAdministrator)
		})
	}
	return held, err
}

// roleFacts tell of each role that the connector needs whether the account has it, and which others it has.
func (c *checker) roleFacts(held map[connector.Role]bool) []connector.Fact {
	facts := []connector.Fact{}
	switch needed := c.Role.Parts(); {
	case c.Role == "":
		facts = append(facts, fact("role-not-recorded"))
	case len(needed) == 0:
		facts = append(facts, fact("role-any"))
	}
	for _, role := range connector.SingleRoles {
		has, known := held[role]
		needed := slices.Contains(c.Role.Parts(), role)
		switch {
		case role == connector.RoleAdminAgent && has:
			facts = append(facts, fact("admin-agent-yes"))
		case role == connector.RoleAdminAgent && needed && known:
			facts = append(facts, fact("admin-agent-no"))
		case role == connector.RoleAdminAgent && needed:
			facts = append(facts, fact("admin-agent-unread"))
		case has:
			facts = append(facts, fact("role-yes", "Role", string(role)))
		case needed && known:
			facts = append(facts, fact("role-no", "Role", string(role)))
		case needed:
			facts = append(facts, fact("role-unread", "Role", string(role)))
		}
	}
	return facts
}

// lessThanNeeded is the first role that the account needs and does not have, and the first of which nobody could tell; empty for none. An Admin
// agent may do what the others may.
func (c *checker) lessThanNeeded(held map[connector.Role]bool) (lacks, unread connector.Role) {
	if held[connector.RoleAdminAgent] {
		return "", ""
	}
	for _, part := range c.Role.Parts() {
		switch has, known := held[part]; {
		case !known && unread == "":
			unread = part
		case known && !has && lacks == "":
			lacks = part
		}
	}
	return lacks, unread
}

// moreThanNeeded is a role that the account has besides the one that was chosen for it; empty for none.
func (c *checker) moreThanNeeded(held map[connector.Role]bool) connector.Role {
	needed := c.Role.Parts()
	for _, role := range connector.SingleRoles {
		covered := slices.Contains(needed, connector.RoleAdminAgent) && role != connector.RoleBillingAdmin
		if len(needed) > 0 && held[role] && !covered && !slices.Contains(needed, role) {
			return role
		}
	}
	return ""
}

// nameRole notes in a problem which role it is about, and whether that is given in Entra in this cloud.
func (c *checker) nameRole(p *connector.Problem, role connector.Role) *connector.Problem {
	if role != "" {
		p.With(connector.RoleArg, string(role))
	}
	return c.inEntra(p)
}

// nameUnread notes in a problem which role nobody could tell of, and whether Billing admin is among those, which no permission shows.
func (c *checker) nameUnread(p *connector.Problem, role connector.Role, held map[connector.Role]bool) *connector.Problem {
	if _, known := held[connector.RoleBillingAdmin]; !known && slices.Contains(c.Role.Parts(), connector.RoleBillingAdmin) {
		p.With(connector.BillingArg, "yes")
	}
	return c.nameRole(p, role)
}

// inEntra notes in a problem that users and their roles are managed in Entra, where that is so in this cloud.
func (c *checker) inEntra(p *connector.Problem) *connector.Problem {
	if c.Cloud.RolesInEntra {
		p.With(connector.InEntraArg, "yes")
	}
	return p
}
