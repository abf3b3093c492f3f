package viewtest

import (
	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// VaultSuffixes are what the addresses of key vaults end with in the states.
func VaultSuffixes() map[string]string {
	return map[string]string{"global": "vault.azure.net", "china": "vault.azure.cn"}
}

// Place is where in a key vault the credential of Saved is handed to.
func Place() connector.VaultPlace {
	return connector.VaultPlace{URL: "https://contoso-services.vault.azure.net", Prefix: "pcc", Name: "contoso", WithSecret: true, At: Now.AddDate(0, 0, -2)}
}

// plan is what a handover to Place would write. Of the secrets one is there and from this program, and one is somebody else's, if that is asked for.
func plan(foreign bool) *connector.HandoverPlan {
	return &connector.HandoverPlan{Place: Place(), Secrets: []connector.PlannedSecret{
		{Name: "pcc-contoso-refresh-token", There: true, Ours: true},
		{Name: "pcc-contoso-client-id"},
		{Name: "pcc-contoso-tenant-id"},
		{Name: "pcc-contoso-client-secret", There: foreign},
	}}
}

// handing is the page of a handover with a form that is filled in.
func handing(change func(*wizard.KeyVaultForm)) wizard.State {
	return detail(Saved(), func(d *wizard.Detail) {
		d.KeyVault = wizard.KeyVaultForm{Open: true, Address: Place().URL, Prefix: "pcc", WithSecret: true}
		change(&d.KeyVault)
	})
}

// copied is a connector of which a copy is in a key vault, moved one whose credential is there alone.
func copied() connector.Connector {
	return saved(func(c *connector.Connector) { c.Copies = []connector.VaultPlace{Place()} })
}

func moved() connector.Connector {
	return saved(func(c *connector.Connector) {
		place := Place()
		c.Origin, c.Vault = connector.OriginVault, &place
	})
}

func named(c connector.Connector, id, name string) connector.Connector {
	c.ID, c.Name = id, name
	return c
}

// taken is a connector that was taken back; the vault keeps its copy.
func taken() connector.Connector {
	return saved(func(c *connector.Connector) {
		c.Origin, c.Copies, c.Checks = connector.OriginTaken, []connector.VaultPlace{Place()}, TakenChecks()
	})
}

// vaultProblem is that of somebody who may not write.
func vaultProblem() *connector.Problem {
	p := problem(connector.KindVaultRight, connector.NoStep, connector.ActorAdmin, "ForbiddenByRbac")
	p.Args["Vault"], p.Args["Secret"] = Place().Host(), "pcc-contoso-client-id"
	return p
}

func writtenTo(f *wizard.KeyVaultForm, change func(*connector.VaultPlace)) {
	place := Place()
	change(&place)
	f.Written = &place
}

func keyVaultStates() []Named {
	asPlanned := func(*connector.VaultPlace) {}
	public := saved(func(c *connector.Connector) { c.ClientKind = auth.PublicClient })
	long := saved(func(c *connector.Connector) { c.Name, c.ClientKind = LongName, auth.CertificateClient })
	rehearsal := handing(func(f *wizard.KeyVaultForm) { writtenTo(f, asPlanned) })
	rehearsal.Rehearsal = &connector.Rehearsal{Scenario: "good"}
	return []Named{
		{"key-vault-empty", detail(Saved(), func(d *wizard.Detail) { d.KeyVault = wizard.KeyVaultForm{Open: true, Prefix: "pcc"} })},
		{"key-vault-public", detail(public, func(d *wizard.Detail) { d.KeyVault = wizard.KeyVaultForm{Open: true, Prefix: "pcc"} })},
		{"key-vault-short", handing(func(f *wizard.KeyVaultForm) { f.Address = "contoso-services" })},
		{"key-vault-invalid", handing(func(f *wizard.KeyVaultForm) { f.Address, f.Prefix = "https://contoso.vault.azure.cn", "pcc_2" })},
		{"key-vault-no-address", handing(func(f *wizard.KeyVaultForm) { f.Address = "http://contoso-services.vault.azure.net" })},
		{"key-vault-looking", handing(func(f *wizard.KeyVaultForm) { f.Looking = wizard.Work{Attempt: 1, Running: true} })},
		{"key-vault-planned", handing(func(f *wizard.KeyVaultForm) { f.Plan = plan(false) })},
		{"key-vault-planned-move", handing(func(f *wizard.KeyVaultForm) { f.Move, f.Plan = true, plan(false) })},
		{"key-vault-secret-stays", handing(func(f *wizard.KeyVaultForm) {
			f.WithSecret, f.Plan = false, plan(false)
			f.Plan.Secrets, f.Plan.Place.WithSecret, f.Plan.SecretStays = f.Plan.Secrets[:3], false, true
		})},
		{"key-vault-foreign", handing(func(f *wizard.KeyVaultForm) { f.Plan = plan(true) })},
		{"key-vault-retyped", handing(func(f *wizard.KeyVaultForm) {
			f.Plan, f.Retyped = plan(true), map[string]string{"pcc-contoso-client-secret": "pcc-contoso-client-secret"}
		})},
		{"key-vault-problem", handing(func(f *wizard.KeyVaultForm) {
			f.Plan, f.Problem = plan(true), vaultProblem()
		})},
		{"key-vault-writing", handing(func(f *wizard.KeyVaultForm) { f.Plan, f.Writing = plan(false), wizard.Work{Attempt: 1, Running: true} })},
		{"key-vault-copied", handing(func(f *wizard.KeyVaultForm) { writtenTo(f, asPlanned) })},
		{"key-vault-copied-no-secret", handing(func(f *wizard.KeyVaultForm) {
			writtenTo(f, func(p *connector.VaultPlace) { p.WithSecret = false })
		})},
		{"key-vault-moved", detail(moved(), func(d *wizard.Detail) {
			d.KeyVault = wizard.KeyVaultForm{Open: true, Move: true}
			writtenTo(&d.KeyVault, asPlanned)
		})},
		{"key-vault-rehearsal", rehearsal},
		{"key-vault-long", detail(long, func(d *wizard.Detail) {
			d.KeyVault = wizard.KeyVaultForm{Open: true, Address: "https://contoso-deutschland-2026.vault.azure.net", Prefix: "rechnungslauf-nordwest-und-mit", Move: true}
		})},
		{"key-vault-certificate", detail(long, func(d *wizard.Detail) { d.KeyVault = wizard.KeyVaultForm{Open: true} })},
		{"home-key-vaults", home(func(h *wizard.Home) {
			h.Connectors = []connector.Connector{
				copied(), named(moved(), "moved", "Fabrikam"), named(taken(), "taken", "Adatum"),
			}
		})},
		{"detail-copied", detail(copied())},
		{"detail-copied-earlier", detail(func() connector.Connector {
			c := copied()
			c.Consented = Now.AddDate(0, 0, -1)
			return c
		}())},
		{"detail-copied-remove", detail(copied(), func(d *wizard.Detail) { d.Removing = true })},
		{"detail-moved", detail(moved())},
		{"detail-moved-sign-in", detail(func() connector.Connector {
			c := moved()
			c.Health = connector.HealthSignIn
			return c
		}())},
		{"detail-moved-remove", detail(moved(), func(d *wizard.Detail) { d.Removing = true })},
		{"detail-moved-take-back", detail(moved(), func(d *wizard.Detail) { d.TakingBack = true })},
		{"detail-taken", detail(taken())},
	}
}
