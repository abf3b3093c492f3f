package api

import (
	"slices"
	"strings"

	"partner-center-connector/connector"
)

// agentGroups are the names of the security groups that stand for Partner Center's agent roles in every partner tenant.
// https://learn.microsoft.com/partner-center/account-settings/permissions-overview
// AdminAgents: https://learn.microsoft.com/partner-center/revoke-reinstate-csp, HelpdeskAgents:
// https://learn.microsoft.com/partner-center/gdap-supported-workloads. SalesAgents is among what is not confirmed (package
// connector).
var agentGroups = map[connector.Role]string{
	connector.RoleAdminAgent:    "AdminAgents",
	connector.RoleSalesAgent:    "SalesAgents",
	connector.RoleHelpdeskAgent: "HelpdeskAgents",
}

// object is a group or a directory role. Without the right permission only its type and ID are given, and the rest is null.
// https://learn.microsoft.com/graph/permissions-overview#limited-information-returned-for-inaccessible-member-objects
type object struct {
	Type           string  `json:"@odata.type"`
	DisplayName    *string `json:"displayName"`
	RoleTemplateID *string `json:"roleTemplateId"`
}

const (
	typeGroup = "#microsoft.graph.group"
	typeRole  = "#microsoft.graph.directoryRole"
)

// roles reports which roles of Partner Center are among objects, and which are not; one that could not be read is left out.
func roles(objects []object, complete bool) map[connector.Role]bool {
	found := map[connector.Role]bool{}
	for role, name := range agentGroups {
		if held := hasGroup(objects, name, complete); held != nil {
			found[role] = *held
		}
	}
	isBilling := func(templateID string) bool { return strings.EqualFold(templateID, connector.BillingAdministrator) }
	if held := hasRole(objects, isBilling, complete); held != nil {
		found[connector.RoleBillingAdmin] = *held
	}
	return found
}

// hasGroup reports whether a group is among objects. "No" takes a complete list in which every group has its name, and
// at least one group: an empty list may also be one that was hidden.
func hasGroup(objects []object, name string, complete bool) *bool {
	named, unnamed := 0, 0
	for _, o := range objects {
		switch {
		case !strings.EqualFold(o.Type, typeGroup):
		case o.DisplayName == nil:
			unnamed++
		case strings.EqualFold(*o.DisplayName, name):
			return new(true)
		default:
			named++
		}
	}
	if complete && named > 0 && unnamed == 0 {
		return new(false)
	}
	return nil
}

// administrator reports whether an administrator's role is among objects.
func administrator(objects []object, complete bool) *bool {
	return hasRole(objects, func(templateID string) bool { return connector.AdministratorRole(templateID) != "" }, complete)
}

// hasRole reports whether a directory role that is wanted is among objects. "No" takes a complete list in which every role has
// its template and which could be read at all.
func hasRole(objects []object, wanted func(templateID string) bool, complete bool) *bool {
	isRole := func(o object) bool { return strings.EqualFold(o.Type, typeRole) }
	if slices.ContainsFunc(objects, func(o object) bool { return isRole(o) && o.RoleTemplateID != nil && wanted(*o.RoleTemplateID) }) {
		return new(true)
	}
	readable := slices.ContainsFunc(objects, func(o object) bool { return o.DisplayName != nil })
	hidden := slices.ContainsFunc(objects, func(o object) bool { return isRole(o) && o.RoleTemplateID == nil })
	if complete && readable && !hidden {
		return new(false)
	}
	return nil
}
