package api

import (
	"strings"

	"partner-center-connector/connector"
)

// adminAgentsGroup is the name of the security group that stands for Partner Center's role Admin agent in every partner
// tenant. https://learn.microsoft.com/partner-center/account-settings/permissions-overview
const adminAgentsGroup = "AdminAgents"

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

// adminAgents reports whether the group is among objects. "No" takes a complete list in which every group has its name, and
// at least one group: an empty list may also be one that was hidden.
func adminAgents(objects []object, complete bool) *bool {
	named, unnamed := 0, 0
	for _, o := range objects {
		switch {
		case !strings.EqualFold(o.Type, typeGroup):
		case o.DisplayName == nil:
			unnamed++
		case strings.EqualFold(*o.DisplayName, adminAgentsGroup):
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

// administrator reports whether an administrator's role is among objects. "No" takes a complete list in which every role has
// its template and which could be read at all.
func administrator(objects []object, complete bool) *bool {
	readable, hidden := false, false
	for _, o := range objects {
		role := strings.EqualFold(o.Type, typeRole)
		readable = readable || o.DisplayName != nil
		switch {
		case !role:
		case o.RoleTemplateID == nil:
			hidden = true
		case connector.AdministratorRole(*o.RoleTemplateID) != "":
			return new(true)
		}
	}
	if complete && readable && !hidden {
		return new(false)
	}
	return nil
}
