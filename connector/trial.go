package connector

import "time"

// Trial is what a draft is for that only checks the integration user for the two links of another product, and is never saved.
type Trial struct {
	// For is the draft that it was begun for, which is gone on with afterwards.
	For Draft
	// ConnectorID is the ID of the saved connector of our own whose app registration the integration user signs in with; empty
	// for the preset's.
	ConnectorID string
}

// TrialOf returns a draft that signs the integration user of the draft links in with the app registration of the connector own, which is of
// the same tenant.
func TrialOf(own Connector, links Draft, now time.Time) Draft {
	d := RenewalOf(own, "", now)
	d.Step, d.Renews, d.Name = StepUser, "", ""
	d.TenantInput, d.Tenant, d.UPN, d.Role, d.UserBrowser = links.TenantInput, links.Tenant, links.UPN, links.Role, links.UserBrowser
	d.Trial = &Trial{For: links, ConnectorID: own.ID}
	return d
}
