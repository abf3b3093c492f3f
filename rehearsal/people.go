package rehearsal

import (
	"crypto/rand"
	"slices"
	"strings"
)

// The two practice tenants.
const (
	practiceDomain   = "rehearsal.example"
	practiceTenantID = "5e0a11c0-7e4a-4c1e-8a11-000000000001"
	otherDomain      = "elsewhere.example"
	otherTenantID    = "5e0a11c0-7e4a-4c1e-8a11-000000000002"
)

// tenant is one of the practice tenants.
type tenant struct{ id, domain string }

var (
	practiceTenant = tenant{practiceTenantID, practiceDomain}
	otherTenant    = tenant{otherTenantID, otherDomain}
)

// findTenant finds a tenant by domain or GUID, in any case.
func findTenant(domainOrID string) (tenant, bool) {
	for _, t := range []tenant{practiceTenant, otherTenant} {
		if strings.EqualFold(domainOrID, t.id) || strings.EqualFold(domainOrID, t.domain) {
			return t, true
		}
	}
	return tenant{}, false
}

// The people, by their role keys.
const (
	RoleAdmin            = "admin"             // global administrator
	RoleIntegration      = "integration"       // the correct integration user: MFA, Admin agent
	RoleNoMFA            = "no-mfa"            // Admin agent who has never registered MFA
	RoleNoRole           = "no-role"           // MFA, but no agent role
	RoleGuest            = "guest"             // a guest in the tenant, whose home is elsewhere
	RoleSalesAgent       = "sales-agent"       // MFA, but Sales agent only
	RoleColleague        = "colleague"         // as good as the integration user, but another person
	RoleIntegrationAdmin = "integration-admin" // an integration user who is an administrator too
	RoleOtherUser        = "other-user"        // a user of the other tenant, unknown in this one
	RoleOtherAdmin       = "other-admin"       // an administrator of the other tenant
)

// Person is a practice account. Who it is, is in the translations under "rehearsal.role.<Role>".
type Person struct {
	Role, UPN, Name string
	// Password is new at every start, and shown on the sign-in page.
	Password string
	// TenantID is the person's home tenant.
	TenantID string
	// ObjectID is the person's object in the practice tenant (for a person of the other tenant: in that one).
	ObjectID string
}

// person is a practice account with what the cloud knows of it.
type person struct {
	Person
	mfa, admin, agent bool
	// graphUPN is what Graph calls the account: guests have another name there.
	graphUPN string
	groups   []group
}

// group is a group or directory role that a person is in; nested ones are only in transitiveMemberOf.
type group struct {
	id, name   string
	role       bool // a directory role, not a group
	templateID string
	nested     bool
}

// Template IDs of directory roles, as the wids claim has them: Global Administrator, and the one that every member has.
const (
	widGlobalAdministrator = "62e90394-69f5-4237-9190-012177145e10"
	widMember              = "b79fbf4d-3ef9-4689-8143-76b194e85509"
)

var (
	groupEveryone    = group{id: "5e0a11c0-0000-4000-8000-0000000000a1", name: "Everyone"}
	groupIntegration = group{id: "5e0a11c0-0000-4000-8000-0000000000a2", name: "Integration accounts"}
	groupMFA         = group{id: "5e0a11c0-0000-4000-8000-0000000000a3", name: "MFA required"}
	// Partner Center's Admin agents are the members of this group; the practice users are in it by way of another group.
	groupAdminAgents = group{id: "5e0a11c0-0000-4000-8000-0000000000a4", name: "AdminAgents", nested: true}
	groupSalesAgents = group{id: "5e0a11c0-0000-4000-8000-0000000000a6", name: "SalesAgents"}
	roleGlobalAdmin  = group{
		id: "5e0a11c0-0000-4000-8000-0000000000a5", name: "Global Administrator", role: true, templateID: widGlobalAdministrator,
	}
)

func practicePeople() []*person {
	agents := []group{groupEveryone, groupIntegration, groupMFA, groupAdminAgents}
	everyone := []group{groupEveryone, groupMFA}
	people := []*person{
		{Person: Person{Role: RoleAdmin, Name: "Ada Admin", UPN: "ada@" + practiceDomain}, mfa: true, admin: true, groups: append(slices.Clone(everyone), roleGlobalAdmin)},
		{Person: Person{Role: RoleIntegration, Name: "Integration User", UPN: "integration@" + practiceDomain}, mfa: true, agent: true, groups: agents},
		{Person: Person{Role: RoleNoMFA, Name: "Nora Nofactor", UPN: "nora@" + practiceDomain}, agent: true, groups: agents},
		{Person: Person{Role: RoleNoRole, Name: "Rolf Roleless", UPN: "rolf@" + practiceDomain}, mfa: true, groups: everyone},
		{Person: Person{Role: RoleGuest, Name: "Gita Guest", UPN: "gita@" + otherDomain}, mfa: true, agent: true, groups: agents},
		{Person: Person{Role: RoleColleague, Name: "Carl Colleague", UPN: "carl@" + practiceDomain}, mfa: true, agent: true, groups: agents},
		{Person: Person{Role: RoleIntegrationAdmin, Name: "Ines Everything", UPN: "ines@" + practiceDomain}, mfa: true, agent: true, admin: true, groups: append(slices.Clone(agents), roleGlobalAdmin)},
		{Person: Person{Role: RoleOtherUser, Name: "Otto Elsewhere", UPN: "otto@" + otherDomain}, mfa: true, groups: everyone},
		{Person: Person{Role: RoleOtherAdmin, Name: "Olga Elsewhere", UPN: "olga@" + otherDomain}, mfa: true, admin: true, groups: append(slices.Clone(everyone), roleGlobalAdmin)},
	}
	people = append(people, &person{
		Person: Person{Role: RoleSalesAgent, Name: "Sara Sales", UPN: "sara@" + practiceDomain}, mfa: true, agent: true,
		groups: append(slices.Clone(everyone), groupSalesAgents),
	})
	for i, p := range people {
		p.complete(i)
	}
	return people
}

func (p *person) complete(i int) {
	p.TenantID = practiceTenantID
	if strings.HasSuffix(p.UPN, "@"+otherDomain) {
		p.TenantID = otherTenantID
	}
	p.ObjectID = "5e0a11c0-0000-4000-8000-00000000010" + string(rune('0'+i))
	p.Password = strings.ToLower(rand.Text()[:8])
	p.graphUPN = p.UPN
	if p.isGuest() {
		p.graphUPN = strings.Replace(p.UPN, "@", "_", 1) + "#EXT#@" + practiceDomain
	}
}

func (p *person) isGuest() bool { return p.Role == RoleGuest }

// knownIn reports whether the account can sign in to a tenant: its own, or the one it is a guest of.
func (p *person) knownIn(t tenant) bool {
	return p.TenantID == t.id || p.isGuest() && t == practiceTenant
}

// homeObjectID is the account's object in its home tenant.
func (p *person) homeObjectID() string {
	if p.isGuest() {
		return "5e0a11c0-0000-4000-8000-000000000200"
	}
	return p.ObjectID
}

// wids are the template IDs of the person's directory roles.
func (p *person) wids() []string {
	wids := []string{}
	if p.admin {
		wids = append(wids, widGlobalAdministrator)
	}
	return append(wids, widMember)
}

func (c *Cloud) personByRole(role string) *person {
	for _, p := range c.people {
		if p.Role == role {
			return p
		}
	}
	return nil
}

func (c *Cloud) personByUPN(upn string) *person {
	for _, p := range c.people {
		if strings.EqualFold(p.UPN, upn) {
			return p
		}
	}
	return nil
}
