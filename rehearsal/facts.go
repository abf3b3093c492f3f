package rehearsal

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Facts are the values that a person, or a test, needs to use the practice cloud.
type Facts struct {
	// Domain and TenantID are the practice tenant's; OtherDomain and OtherTenantID are those of a tenant that exists, but is wrong.
	Domain, TenantID           string
	OtherDomain, OtherTenantID string
	Clients                    ClientIDs
	// ClientSecret is the secret of the secret client; Certificate is a PEM bundle of key and certificate for the certificate client.
	ClientSecret, Certificate string
	// RedirectURIs are registered with every client.
	RedirectURIs []string
	People       []Person
	// Scenario is the name of the scenario that is played; IntegrationUPN is the account to type in for it.
	Scenario, IntegrationUPN string
	// ClientKind is the kind of app registration to take for it, "public", "secret" or "certificate", and ClientID its client ID.
	ClientKind, ClientID string
	// AdminSigns and UserSigns are the accounts that sign in for it: for the admin consent, and for the user consent.
	AdminSigns, UserSigns string
	// WithGroups reports whether to ask for GroupMember.Read.All too.
	WithGroups bool
	// Product is the practice product; SavesEarly says that its settings are to be saved between the two links.
	Product    ProductFacts
	SavesEarly bool
	// Azure is what the practice key vaults are used with.
	Azure AzureFacts
	// Pages and BackChannel are the addresses of the sign-in pages and of what programs call: http and https on 127.0.0.1.
	Pages, BackChannel string
	// CA is the certificate, as PEM, by which the back channel can be trusted.
	CA []byte
}

// ClientIDs are the client IDs of the practice app registrations.
type ClientIDs struct{ Public, Secret, Certificate string }

// Facts returns them.
func (c *Cloud) Facts() Facts {
	scenario := c.current()
	f := Facts{
		Domain: practiceDomain, TenantID: practiceTenantID, OtherDomain: otherDomain, OtherTenantID: otherTenantID,
		Clients: ClientIDs{
			Public: c.registration(publicClient).id, Secret: c.registration(secretClient).id, Certificate: c.registration(certificateClient).id,
		},
		ClientSecret: c.registration(secretClient).secret, Certificate: c.app.bundle,
		RedirectURIs: append([]string{}, c.registration(publicClient).redirect...),
		Scenario:     scenario.Name, IntegrationUPN: c.personByRole(scenario.expected()).UPN,
		ClientKind: scenario.ClientKind, ClientID: c.registration(clientKind(scenario.ClientKind)).id,
		AdminSigns: c.personByRole(scenario.adminPerson()).UPN, UserSigns: c.personByRole(scenario.userPerson()).UPN,
		WithGroups: !scenario.WithoutGroups, Product: c.productFacts(), SavesEarly: scenario.hooks.savesEarly,
		Azure: c.azureFacts(), Pages: c.pages.origin, BackChannel: c.back.origin, CA: append([]byte{}, c.authority.pem...),
	}
	for _, p := range c.people {
		f.People = append(f.People, p.Person)
	}
	return f
}

// Expected is the account to type in as the integration user for a scenario.
func (c *Cloud) Expected(s Scenario) string { return c.personByRole(s.expected()).UPN }

// What discovery and the clouds file call this cloud. The names end in .invalid, so that they lead nowhere.
const (
	cloudName        = "rehearsal"
	instanceName     = "rehearsal.invalid"
	partnerResource  = "https://partnercenter.rehearsal.invalid"
	regionScope      = "EU"
	cloudsFileMode   = 0o600
	cloudsFileHeader = "# A practice cloud on this computer. It works until the rehearsal ends.\n"
)

// WriteCloudsFile writes a clouds file that describes this cloud to path, and beside it the CA certificate that it names, with
// the ending .pem. Both are readable for this user only. Its errors are those of the file system.
func (c *Cloud) WriteCloudsFile(path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("rehearsal: clouds file: %w", err)
	}
	ca := strings.TrimSuffix(path, filepath.Ext(path)) + ".pem"
	if err := writePrivate(ca, c.authority.pem); err != nil {
		return fmt.Errorf("rehearsal: CA file: %w", err)
	}
	var b strings.Builder
	b.WriteString(cloudsFileHeader + "[[cloud]]\n")
	for _, line := range [][2]string{
		{"name", cloudName},
		{"login", c.back.origin},
		{"instance_name", instanceName},
		{"partner_center", c.back.origin},
		{"partner_center_resource", partnerResource},
		// People open these two, and no browser trusts the back channel's certificate.
		{"partner_center_portal", c.pages.origin + "/portal/partner-center"},
		{"entra_portal", c.pages.origin + "/portal/entra"},
		{"graph", c.back.origin},
		{"vault_suffix", c.keyVaults.suffix},
		{"ca_file", ca},
	} {
		fmt.Fprintf(&b, "%s = %s\n", line[0], tomlString(line[1]))
	}
	if err := writePrivate(path, []byte(b.String())); err != nil {
		return fmt.Errorf("rehearsal: clouds file: %w", err)
	}
	return nil
}

func writePrivate(path string, data []byte) error {
	if err := os.WriteFile(path, data, cloudsFileMode); err != nil {
		return err
	}
	return os.Chmod(path, cloudsFileMode) // a file that was there before keeps its mode otherwise
}

// tomlString quotes s as a TOML basic string.
func tomlString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
