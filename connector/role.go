package connector

import "slices"

// Role is what the integration user needs in Partner Center for the product that uses the connector. Empty in a connector that was saved before
// there was a choice: nobody said which role it needs. Its name is in the translations under "role.<role>", how it is given under
// "role.set.<role>" and, where groups in Entra stand for the roles, under "role.set-in-entra.<role>".
type Role string

// The roles that can be chosen. RoleAny asks for an agent role, whichever.
const (
	RoleAdminAgent      Role = "admin-agent"
	RoleSalesAndBilling Role = "sales-agent-and-billing-admin"
	RoleSalesAgent      Role = "sales-agent"
	RoleHelpdeskAgent   Role = "helpdesk-agent"
	RoleBillingAdmin    Role = "billing-admin"
	RoleAny             Role = "any"
)

// Roles are those that can be chosen, in the order in which they are offered.
var Roles = []Role{RoleAdminAgent, RoleSalesAndBilling, RoleSalesAgent, RoleHelpdeskAgent, RoleBillingAdmin, RoleAny}

// SingleRoles are those that Partner Center itself knows, the one with most rights first.
// https://learn.microsoft.com/partner-center/account-settings/permissions-overview
var SingleRoles = []Role{RoleAdminAgent, RoleSalesAgent, RoleHelpdeskAgent, RoleBillingAdmin}

// Known reports whether r can be chosen.
func (r Role) Known() bool { return slices.Contains(Roles, r) }

// Parts are the roles of Partner Center that r stands for; none where any agent role does.
func (r Role) Parts() []Role {
	switch r {
	case RoleSalesAndBilling:
		return []Role{RoleSalesAgent, RoleBillingAdmin}
	case RoleAdminAgent, RoleSalesAgent, RoleHelpdeskAgent, RoleBillingAdmin:
		return []Role{r}
	case RoleAny:
	}
	return nil
}

// IsAgent reports whether r has a role that assists customers. A Billing admin alone has none.
func (r Role) IsAgent() bool { return r != RoleBillingAdmin }

// BillingAdministrator is the template ID of the directory role of Entra that Partner Center calls Billing admin.
// https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference#billing-administrator
const BillingAdministrator = "b0f54661-2d74-4c50-afa3-1ec803f12efe"

// The args of a problem about a role: which role it is about, whether it is given in Entra, not in Partner Center, and whether it could not be
// told of Billing admin, a directory role.
const (
	RoleArg    = "Role"
	InEntraArg = "InEntra"
	BillingArg = "Billing"
)
