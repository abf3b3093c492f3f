package checks

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// Identify finds out who signed in: the account as Graph describes it, merged with the claims of the ID token. Where Graph can't be
// asked, the token's preferred_username is used instead. The token for Graph is a fresh one, since such a one is not kept in the credential.
func Identify(ctx context.Context, session connector.Session, graph connector.Graph) connector.Identity {
	token, err := limited(ctx, func(ctx context.Context) (auth.Token, error) { return session.Token(ctx, auth.Graph, true) })
	if err != nil {
		return identity(session.Claims(), connector.Me{})
	}
	me, err := limited(ctx, func(ctx context.Context) (connector.Me, error) { return graph.Me(ctx, token.Value) })
	if err != nil {
		me = connector.Me{}
	}
	return identity(session.Claims(), me)
}

func identity(claims auth.IDClaims, me connector.Me) connector.Identity {
	id := connector.Identity{
		TenantID: claims.TenantID, ObjectID: claims.ObjectID, UPN: claims.PreferredUsername, Name: claims.Name,
		HomeAccountID: claims.HomeAccountID,
	}
	if me.UPN != "" {
		id.UPN = me.UPN
	}
	if me.Name != "" {
		id.Name = me.Name
	}
	id.Mail = me.Mail
	return id
}

// ours checks that the ID token answers what was asked. It had to be good when the user signed in: an hour later it has ended
// by itself, however right it was. Of a credential that came out of a key vault nobody saw the consent: that its refreshes are for this tenant, app and
// account says nothing of whose question the sign-in answered. That is so now, and not as of the sign-in.
func (c *checker) ours(context.Context) outcome {
	if c.later && (c.Saved.Origin == connector.OriginVault || c.Saved.Origin == connector.OriginTaken) {
		return unknown(nil, fact("consent-not-seen")).weighing(connector.WeightWarning)
	}
	claims := c.Session.Claims()
	evidence := c.ofSignIn(fact("id-token", "Issuer", claims.Issuer, "App", claims.Audience))
	if err := c.Session.Verify(c.Consented); err != nil {
		return failed(c.problemOf(err), evidence)
	}
	return passed(evidence)
}

// tenant checks that token, discovery and admin consent name one tenant. A sign-in never gets another tenant, so that its token's word stays.
func (c *checker) tenant(context.Context) outcome {
	tid := c.Session.Claims().TenantID
	expected := []connector.Fact{fact("tenant-found", "Tenant", c.Tenant.ID, "Domain", c.Tenant.Domain)}
	if c.AdminTenant != "" {
		expected = append(expected, fact("tenant-admin", "Tenant", c.AdminTenant))
	}
	evidence := append([]connector.Fact{c.ofSignIn(fact("tenant-token", "Tenant", tid))}, expected...)
	wrong := func(want string) outcome {
		p := c.problem(connector.KindWrongTenant).With("Expected", want).With("Actual", tid)
		p.Step, p.Actor = connector.StepUser, connector.ActorUser
		return failed(p, evidence...)
	}
	switch {
	case tid == "" || !strings.EqualFold(tid, c.Tenant.ID):
		return wrong(c.Tenant.ID)
	case c.AdminTenant != "" && !strings.EqualFold(tid, c.AdminTenant):
		return wrong(c.AdminTenant)
	case c.Saved != nil && !strings.EqualFold(tid, c.Saved.User.TenantID) && c.Saved.User.TenantID != "":
		return wrong(c.Saved.User.TenantID)
	}
	return passed(evidence...)
}

// user checks that the integration user signed in: by what was pinned at Save, or else by the name. Graph says who it is now.
func (c *checker) user(ctx context.Context) outcome {
	claims := c.Session.Claims()
	me, err := c.fetchMe(ctx)
	id := identity(claims, me)
	if err == nil && me.ID != "" && claims.ObjectID != "" && !strings.EqualFold(me.ID, claims.ObjectID) {
		return failed(c.wrongUser(connector.KindWrongUser, id.UPN), fact("user-two-accounts", "Token", claims.ObjectID, "Graph", me.ID))
	}
	source := []connector.Fact{fact("user-graph", "UPN", id.UPN, "Name", id.Name)}
	if err != nil {
		source = []connector.Fact{c.ofSignIn(fact("user-token", "UPN", id.UPN)), fact("graph-unread")}
	}
	o := c.namedUser(id, source, err)
	if c.Saved != nil && c.Saved.User.ObjectID != "" {
		o = c.pinnedUser(id, source)
	}
	if o.state == connector.CheckPassed && c.later && me.ID == "" {
		// The account of that very sign-in was compared with itself. A refresh token never changes hands, so that this is no reason for concern.
		o = unknown(c.ownProblem(err, connector.KindUserUnknown), o.evidence...).weighing(connector.WeightWarning)
	}
	return o
}

func (c *checker) namedUser(id connector.Identity, source []connector.Fact, err error) outcome {
	if id.UPN == "" && id.Mail == "" {
		return unknown(c.ownProblem(err, connector.KindUserUnknown), fact("user-nameless"))
	}
	for _, expected := range []string{c.Accepted, c.UPN} {
		if sameName(expected, id.UPN) || sameName(expected, id.Mail) {
			return passed(append(source, fact("user-expected", "UPN", strings.TrimSpace(expected)))...)
		}
	}
	return failed(c.wrongUser(connector.KindWrongUser, id.UPN), append(source, fact("user-expected", "UPN", c.expected()))...)
}

func (c *checker) pinnedUser(id connector.Identity, source []connector.Fact) outcome {
	evidence := append(source, fact("user-pinned", "UPN", c.Saved.User.UPN, "ID", c.Saved.User.ObjectID))
	switch {
	case id.ObjectID == "":
		return unknown(c.problem(connector.KindUserUnknown), evidence...)
	case strings.EqualFold(id.ObjectID, c.Saved.User.ObjectID) && strings.EqualFold(id.TenantID, c.Saved.User.TenantID):
		return passed(evidence...)
	}
	return failed(c.wrongUser(connector.KindOtherAccount, id.UPN).With("Expected", c.Saved.User.UPN), evidence...)
}

func (c *checker) expected() string {
	if c.Accepted != "" {
		return strings.TrimSpace(c.Accepted)
	}
	return strings.TrimSpace(c.UPN)
}

func (c *checker) wrongUser(kind connector.ProblemKind, actual string) *connector.Problem {
	return c.problem(kind).With("Expected", c.expected()).With("Actual", actual)
}

func sameName(a, b string) bool {
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	return a != "" && strings.EqualFold(a, b)
}

// member checks that the account is at home in the tenant. client_info's home tenant decides where it is given; the claims that
// apps may ask for are further signs. Whether a tenant calls an account a member can change, its home tenant can't.
func (c *checker) member(ctx context.Context) outcome {
	claims := c.Session.Claims()
	me, _ := c.fetchMe(ctx)
	upn := identity(claims, me).UPN
	guest := func(evidence connector.Fact) outcome {
		return failed(c.inEntra(c.problem(connector.KindGuest).With("Actual", upn)), evidence)
	}
	switch {
	case claims.HomeTenant != "" && !strings.EqualFold(claims.HomeTenant, claims.TenantID):
		return guest(c.ofSignIn(fact("home-tenant-other", "Tenant", claims.HomeTenant)))
	case claims.Acct == "1":
		return guest(c.ofSignIn(fact("account-guest")))
	case strings.Contains(strings.ToUpper(upn), "#EXT#"):
		return guest(fact("upn-external", "UPN", upn))
	case claims.HomeTenant != "":
		return passed(c.ofSignIn(fact("home-tenant-same", "Tenant", claims.HomeTenant)))
	case claims.Acct == "0" && c.later:
		return unknown(c.problem(connector.KindMemberUnknown), c.ofSignIn(fact("account-member")))
	case claims.Acct == "0":
		return passed(fact("account-member"))
	case claims.IdentityProvider != "" && claims.IdentityProvider != claims.Issuer:
		return guest(c.ofSignIn(fact("other-provider", "Provider", claims.IdentityProvider)))
	}
	return unknown(c.problem(connector.KindMemberUnknown), fact("home-tenant-not-told"))
}

// notAdmin checks that the account holds no administrator's role: by Graph, which knows those of now, and by the wids of a token that has
// just been issued. Those of an older sign-in are no proof of anything; but one that named a role stays a reason for concern.
func (c *checker) notAdmin(ctx context.Context) outcome {
	membership, err := c.fetchMembership(ctx)
	roles := c.Session.Claims().Roles
	held := administratorRole(roles)
	told := c.ofSignIn(rolesFact(roles, held))
	switch {
	case err == nil && membership.Administrator != nil && *membership.Administrator:
		return failed(c.problem(connector.KindIsAdmin), fact("roles-graph-admin"))
	case held != "" && !c.later:
		return failed(c.problem(connector.KindIsAdmin).With("Role", held), told)
	case err == nil && membership.Administrator != nil:
		return passed(fact("roles-graph"))
	case roles != nil && !c.later:
		return passed(told)
	}
	p := c.problem(connector.KindAdminUnknown)
	if err != nil {
		p = c.ownProblem(err, connector.KindAdminUnknown)
	}
	if held != "" {
		return unknown(p, fact("roles-graph-unread"), told).weighing(connector.WeightAttention)
	}
	if roles != nil {
		return unknown(p, fact("roles-graph-unread"), told)
	}
	return unknown(p, fact("roles-not-told"))
}

// administratorRole is the name of the first administrator's role among role templates; empty for none.
func administratorRole(roles []string) string {
	for _, id := range roles {
		if name := connector.AdministratorRole(id); name != "" {
			return name
		}
	}
	return ""
}

func rolesFact(roles []string, held string) connector.Fact {
	switch {
	case roles == nil:
		return fact("roles-not-told")
	case held != "":
		return fact("role-held", "Role", held)
	}
	return fact("roles-token")
}

// ownProblem is err's problem, or that of kind where there was no token, which another check tells, and where the service only
// does not let this be read, which is no fault.
func (c *checker) ownProblem(err error, kind connector.ProblemKind) *connector.Problem {
	p := c.problemOf(err)
	if p == nil || hadNoToken(err) {
		return c.problem(kind)
	}
	var api *connector.APIError
	hidden := errors.As(err, &api) && api.Service == auth.Graph && (api.Status == http.StatusForbidden || api.Status == http.StatusNotFound)
	if hidden && p.Kind != connector.KindAccountUnknown {
		problems.Reclassify(p, kind)
	}
	return p
}
