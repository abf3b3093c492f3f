package wizard

import "partner-center-connector/connector"

// browserFields are the inputs of a draft that are settings of the program too.
var browserFields = []connector.Field{connector.FieldAdminBrowser, connector.FieldUserBrowser}

// heldFields are the fields that a policy locks, whatever a draft has in them.
func heldFields(p connector.Preset, policy connector.Policy) map[connector.Field]bool {
	held := map[connector.Field]bool{}
	for _, f := range p.Held {
		held[f] = true
	}
	for _, f := range browserFields {
		if policy.LocksSetting(f) {
			held[f] = true
		}
	}
	return held
}

// heldBrowsers is a draft with the browsers that a policy locks.
func heldBrowsers(d connector.Draft, policy connector.Policy) connector.Draft {
	settled := policy.Settle(connector.Settings{})
	if policy.LocksSetting(connector.FieldAdminBrowser) {
		d.AdminBrowser = settled.AdminBrowser
	}
	if policy.LocksSetting(connector.FieldUserBrowser) {
		d.UserBrowser = settled.UserBrowser
	}
	return d
}
