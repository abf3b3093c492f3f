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
// asked, the token's preferred_username stands in.
func Identify(ctx context.Context, session connector.Session, graph connector.Graph) connector.Identity {
	token, err := limited(ctx, func(ctx context.Context) (auth.Token, error) { return session.Token(ctx, auth.Graph, false) })
	if !usable(err) {
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
// by itself, however right it was.
func (c *checker) ours(context.Context) outcome {
	claims := c.Session.Claims()
	evidence := fact("id-token", "Issuer", claims.Issuer, "App", claims.Audience)
	if err := c.Session.Verify(c.Consented); err != nil {
		return failed(c.problemOf(err), evidence)
	}
	return passed(evidence)
}

// tenant checks that token, discovery and admin consent name one tenant.
func (c *checker) tenant(context.Context) outcome {
	tid := c.Session.Claims().TenantID
	expected := []connector.Fact{fact("tenant-found", "Tenant", c.Tenant.ID, "Domain", c.Tenant.Domain)}
	if c.AdminTenant != "" {
		expected = append(expected, fact("tenant-admin", "Tenant", c.AdminTenant))
	}
	evidence := append([]connector.Fact{fact("tenant-token", "Tenant", tid)}, expected...)
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

// user checks that the integration user signed in: by what was pinned at Save, or else by the name.
func (c *checker) user(ctx context.Context) outcome {
	claims := c.Session.Claims()
	me, err := c.fetchMe(ctx)
	id := identity(claims, me)
	if err == nil && me.ID != "" && claims.ObjectID != "" && !strings.EqualFold(me.ID, claims.ObjectID) {
		return failed(c.wrongUser(connector.KindWrongUser, id.UPN), fact("user-two-accounts", "Token", claims.ObjectID, "Graph", me.ID))
	}
	source := fact("user-graph", "UPN", id.UPN, "Name", id.Name)
	if err != nil {
		source = fact("user-token", "UPN", id.UPN)
	}
	if c.Saved != nil && c.Saved.User.ObjectID != "" {
		return c.pinnedUser(id, source)
	}
	if id.UPN == "" && id.Mail == "" {
		p := c.problem(connector.KindUserUnknown)
		if cause := c.problemOf(err); cause != nil && !hadNoToken(err) {
			p = cause
		}
		return unknown(p, fact("user-nameless"))
	}
	for _, expected := range []string{c.Accepted, c.UPN} {
		if sameName(expected, id.UPN) || sameName(expected, id.Mail) {
			return passed(source, fact("user-expected", "UPN", strings.TrimSpace(expected)))
		}
	}
	return failed(c.wrongUser(connector.KindWrongUser, id.UPN), source, fact("user-expected", "UPN", c.expected()))
}

func (c *checker) pinnedUser(id connector.Identity, source connector.Fact) outcome {
	pinned := fact("user-pinned", "UPN", c.Saved.User.UPN, "ID", c.Saved.User.ObjectID)
	switch {
	case id.ObjectID == "":
		return unknown(c.problem(connector.KindUserUnknown), source, pinned)
	case strings.EqualFold(id.ObjectID, c.Saved.User.ObjectID) && strings.EqualFold(id.TenantID, c.Saved.User.TenantID):
		return passed(source, pinned)
	}
	return failed(c.wrongUser(connector.KindOtherAccount, id.UPN).With("Expected", c.Saved.User.UPN), source, pinned)
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
// apps may ask for are further signs.
func (c *checker) member(ctx context.Context) outcome {
	claims := c.Session.Claims()
	me, _ := c.fetchMe(ctx)
	upn := identity(claims, me).UPN
	guest := func(evidence connector.Fact) outcome {
		return failed(c.problem(connector.KindGuest).With("Actual", upn), evidence)
	}
	switch {
	case claims.HomeTenant != "" && !strings.EqualFold(claims.HomeTenant, claims.TenantID):
		return guest(fact("home-tenant-other", "Tenant", claims.HomeTenant))
	case claims.Acct == "1":
		return guest(fact("account-guest"))
	case strings.Contains(strings.ToUpper(upn), "#EXT#"):
		return guest(fact("upn-external", "UPN", upn))
	case claims.HomeTenant != "":
		return passed(fact("home-tenant-same", "Tenant", claims.HomeTenant))
	case claims.Acct == "0":
		return passed(fact("account-member"))
	case claims.IdentityProvider != "" && claims.IdentityProvider != claims.Issuer:
		return guest(fact("other-provider", "Provider", claims.IdentityProvider))
	}
	return unknown(c.problem(connector.KindMemberUnknown), fact("home-tenant-not-told"))
}

// notAdmin checks that the account holds no administrator's role, by the token's wids or by Graph.
func (c *checker) notAdmin(ctx context.Context) outcome {
	if roles := c.Session.Claims().Roles; roles != nil {
		for _, id := range roles {
			if name := connector.AdministratorRole(id); name != "" {
				return failed(c.problem(connector.KindIsAdmin).With("Role", name), fact("role-held", "Role", name))
			}
		}
		return passed(fact("roles-token"))
	}
	membership, err := c.fetchMembership(ctx)
	switch {
	case err != nil:
		return unknown(c.ownProblem(err, connector.KindAdminUnknown), fact("roles-not-told"))
	case membership.Administrator == nil:
		return unknown(c.problem(connector.KindAdminUnknown), fact("roles-not-told"))
	case *membership.Administrator:
		return failed(c.problem(connector.KindIsAdmin), fact("roles-graph-admin"))
	}
	return passed(fact("roles-graph"))
}

// ownProblem is err's problem, or that of kind where there was no token, which another check tells, and where the service only
// does not let this be read, which is no fault.
func (c *checker) ownProblem(err error, kind connector.ProblemKind) *connector.Problem {
	p := c.problemOf(err)
	if p == nil || hadNoToken(err) {
		return c.problem(kind)
	}
	var api *connector.APIError
	if errors.As(err, &api) && api.Service == auth.Graph && api.Status == http.StatusForbidden {
		problems.Reclassify(p, kind)
	}
	return p
}
