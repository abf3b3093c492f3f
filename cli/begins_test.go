package cli

import (
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// TestAScriptsDraft holds which draft a script goes on with: its own, and none where that would change what a consent was given for.
func TestAScriptsDraft(t *testing.T) {
	options := connectOptions{tenant: "contoso.example", user: "pc@contoso.example", clientID: "8D2B6F14-0a5c-4e3d-b7f9-6c1e2d3a4b58", kind: "secret", groups: true, groupsGiven: true}
	draft := connector.Draft{
		ID: "d", TenantInput: " Contoso.example", UPN: "PC@contoso.example", ClientID: "8d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58",
		ClientKind: auth.SecretClient, WithGroups: true,
	}
	for name, c := range map[string]struct {
		change func(*connectOptions, *connector.Draft)
		want   bool
	}{
		"the same":                {func(*connectOptions, *connector.Draft) {}, true},
		"another tenant":          {func(_ *connectOptions, d *connector.Draft) { d.TenantInput = "fabrikam.example" }, false},
		"another user":            {func(_ *connectOptions, d *connector.Draft) { d.UPN = "other@contoso.example" }, false},
		"another app":             {func(_ *connectOptions, d *connector.Draft) { d.ClientID = "9d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58" }, false},
		"a renewal":               {func(_ *connectOptions, d *connector.Draft) { d.Renews = "c" }, false},
		"one that is being saved": {func(_ *connectOptions, d *connector.Draft) { d.Saving = true }, false},
		"another kind":            {func(_ *connectOptions, d *connector.Draft) { d.ClientKind = auth.CertificateClient }, false},
		"no kind":                 {func(o *connectOptions, _ *connector.Draft) { o.kind = "" }, true},
		"a certificate":           {func(o *connectOptions, _ *connector.Draft) { o.kind, o.certificate = "", "app.pem" }, false},
		"a certificate for its own": {func(o *connectOptions, d *connector.Draft) {
			o.kind, o.certificate, d.ClientKind = "", "app.pem", "certificate"
		}, true},
		"a secret": {func(o *connectOptions, _ *connector.Draft) { o.kind, o.secretFromInput = "", true }, true},
		"a secret for a public client": {func(o *connectOptions, d *connector.Draft) {
			o.kind, o.secretFromInput, d.ClientKind = "", true, "public"
		}, false},
		"without the groups":     {func(o *connectOptions, _ *connector.Draft) { o.groups = false }, false},
		"groups that it has not": {func(_ *connectOptions, d *connector.Draft) { d.WithGroups = false }, false},
	} {
		o, d := options, draft
		c.change(&o, &d)
		if got := o.begins(d, connector.Preset{}); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestAScriptsDraftBesideAPreset holds that what the preset filled in counts as if the command line had given it.
func TestAScriptsDraftBesideAPreset(t *testing.T) {
	preset := connector.Preset{
		ClientID: "8d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58", WithGroups: true, Scopes: []string{auth.ScopePartnerBilling, auth.ScopeGrants},
		Given: []connector.Field{connector.FieldClientID, connector.FieldWithGroups},
	}
	d := preset.Fill(connector.Draft{ID: "d", TenantInput: "contoso.example", UPN: "pc@contoso.example"})
	for name, c := range map[string]struct {
		change func(*connectOptions)
		want   bool
	}{
		"nothing else": {func(*connectOptions) {}, true},
		"the same": {func(o *connectOptions) {
			o.clientID, o.groups, o.groupsGiven, o.scopes = preset.ClientID, true, true, []string{auth.ScopeGrants, auth.ScopePartnerBilling}
		}, true},
		"another app":    {func(o *connectOptions) { o.clientID = "9d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58" }, false},
		"other scopes":   {func(o *connectOptions) { o.scopes = []string{auth.ScopeGrants} }, false},
		"more scopes":    {func(o *connectOptions) { o.scopes = auth.MoreScopes() }, false},
		"without groups": {func(o *connectOptions) { o.groupsGiven = true }, false},
	} {
		o := connectOptions{tenant: "contoso.example", user: "pc@contoso.example"}
		c.change(&o)
		if got := o.begins(d, preset); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	o := connectOptions{tenant: "contoso.example", user: "pc@contoso.example", clientID: preset.ClientID}
	if o.begins(d, connector.Preset{}) {
		t.Error("without the preset, its scopes were taken for the command line's")
	}
}
