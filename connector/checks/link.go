package checks

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// LinkInput is what is known of the two links of another product, and the connector of our own, in the same tenant, to look with.
type LinkInput struct {
	Links  connector.Links
	Tenant auth.Tenant
	// UPN is the integration user whom the links are for.
	UPN string
	// Own is the connector to look with; nil where none is saved in the tenant. Problem is why it is of no use, where Session is nil.
	Own     *connector.Connector
	Problem *connector.Problem
	Session connector.Session

	Cloud         auth.Cloud
	PartnerCenter connector.PartnerCenter
	Graph         connector.Graph
	Now           func() time.Time
	Sleep         func(ctx context.Context, d time.Duration) error
	Waits         *Waits
}

// RunLinks makes the checks of a connector that another product keeps, one after the other, and returns their outcomes; emit is told of them
// as by [Run]. What the links brought about is looked for in the tenant's directory and in Partner Center's report, and neither proves that the
// product got its answer.
func RunLinks(ctx context.Context, in LinkInput, emit func(connector.Check)) []connector.Check {
	own := Input{
		Tenant: in.Tenant, Cloud: in.Cloud, UPN: in.UPN, PartnerCenter: in.PartnerCenter, Graph: in.Graph, Now: in.Now, Sleep: in.Sleep, Waits: in.Waits,
	}
	if in.Own != nil {
		own.ClientKind, own.Role = in.Own.ClientKind, in.Own.Role
	}
	if in.Session != nil {
		own.Session = cachedTokens{in.Session}
	}
	c := newChecker(own)
	c.links = in
	return c.run(ctx, linkTable, emit)
}

// cachedTokens uses the access tokens that there are: whether the refresh token works is checked elsewhere.
type cachedTokens struct{ connector.Session }

// Token implements connector.Session.
func (c cachedTokens) Token(ctx context.Context, r auth.Resource, _ bool) (auth.Token, error) {
	return c.Session.Token(ctx, r, false)
}

// linkApp checks that the app that the links are for is in the tenant.
func (c *checker) linkApp(ctx context.Context) outcome {
	if o, ok := c.canRead(); !ok {
		return o
	}
	app, err := c.fetchApp(ctx)
	switch id := c.links.Links.ClientID(); {
	case err != nil:
		return c.unread(err)
	case app.ID == "":
		p := c.problem(connector.KindLinkAppAbsent).With("ClientID", id).With("Tenant", c.Tenant.Label())
		return failed(p, fact("link-app-absent", "ClientID", id), c.lookedWith())
	}
	evidence := []connector.Fact{fact("link-app", "Name", app.Name, "ClientID", app.ClientID)}
	if app.Publisher != "" {
		evidence = append(evidence, fact("link-app-publisher", "Publisher", app.Publisher))
	} else {
		evidence = append(evidence, fact("link-app-unverified"))
	}
	evidence = append(evidence, c.lookedWith())
	if app.Disabled {
		return failed(c.problem(connector.KindLinkAppAbsent).With("ClientID", app.ClientID).With("Disabled", "yes"), append(evidence, fact("link-app-disabled"))...)
	}
	return passed(evidence...)
}

// linkAdmin checks that what the admin link asked for is consented to for the whole tenant.
func (c *checker) linkAdmin(ctx context.Context) outcome {
	grants, o, ok := c.readGrants(ctx)
	if !ok {
		return o
	}
	asked := c.asked(c.links.Links.Admin)
	wide := slices.DeleteFunc(slices.Clone(grants), func(g connector.Grant) bool { return g.Principal != "" })
	evidence := append([]connector.Fact{asked.fact()}, grantFacts(wide, tenantGrant)...)
	if len(wide) == 0 {
		evidence = append(evidence, fact("link-grant-none"))
	}
	if missing := asked.missing(wide); len(missing) > 0 || len(wide) == 0 {
		return failed(c.lacking(missing), evidence...)
	}
	return passed(evidence...)
}

// linkUser checks that what the user link asked for is in effect for the integration user.
func (c *checker) linkUser(ctx context.Context) outcome {
	grants, o, ok := c.readGrants(ctx)
	if !ok {
		return o
	}
	user := c.ownObject()
	asked, others := c.asked(c.links.Links.User), map[string]bool{}
	effective := []connector.Grant{}
	for _, g := range grants {
		if g.Principal == "" || strings.EqualFold(g.Principal, user) {
			effective = append(effective, g)
			continue
		}
		others[strings.ToLower(g.Principal)] = true
	}
	evidence := append([]connector.Fact{asked.fact()}, grantFacts(effective, effectiveGrant)...)
	missing := asked.missing(effective)
	switch lacks := len(missing) > 0 || len(effective) == 0; {
	case lacks && user == "" && len(others) > 0:
		return unknown(nil, append(evidence, fact("link-grant-others", "Count", strconv.Itoa(len(others))))...)
	case lacks:
		p := c.lacking(missing)
		p.Step = connector.StepLinkUser
		return failed(p, append(evidence, fact("link-grant-none-user"))...)
	}
	return passed(append(evidence, fact("link-grant-limits"))...)
}

// ownObject is the object ID of the integration user whom the links are for, where that is the account of the connector to look with.
func (c *checker) ownObject() string {
	if own := c.links.Own; strings.EqualFold(own.User.UPN, c.UPN) {
		return own.User.ObjectID
	}
	return ""
}

// lacking is the problem of permissions that nobody consented to.
func (c *checker) lacking(missing []string) *connector.Problem {
	p := c.problem(connector.KindLinkGrants)
	if len(missing) > 0 {
		p.With("Scopes", strings.Join(missing, ", "))
	}
	return p
}

// linkMFA checks what Partner Center's report says of the app's calls, from the day on which the user consent was told of.
func (c *checker) linkMFA(ctx context.Context) outcome {
	if o, ok := c.canLook(nil); !ok {
		o.problem = nil
		return o
	}
	days, err := c.fetchReport(ctx)
	if err != nil {
		return c.unread(err)
	}
	since := connector.Day{}
	if user := c.links.Links.User; user != nil {
		since = connector.DayOf(user.Reported)
	}
	total, with := 0, 0
	for _, d := range days {
		if since.IsZero() || !d.Day.Before(since) {
			total, with = total+d.Total, with+d.WithMFA
		}
	}
	if total == 0 {
		return unknown(nil, fact("link-mfa-no-calls"), c.lookedWith())
	}
	counts := fact("link-mfa-calls", "With", strconv.Itoa(with), "Total", strconv.Itoa(total))
	if !since.IsZero() {
		counts = fact("link-mfa-calls-since", "With", strconv.Itoa(with), "Total", strconv.Itoa(total), "Day", since.String())
	}
	switch p := c.problem(connector.KindLinkNoMFA); {
	case with == 0:
		return failed(p, counts, c.lookedWith())
	case with < total:
		return warned(connector.WeightWarning, p.With("Some", "yes"), counts, c.lookedWith())
	}
	return passed(counts, c.lookedWith())
}

// canLook reports whether there is a connector to look with, and what to look for. Else it returns the outcome, with the problem that says what
// helps; nil for one that another check has.
func (c *checker) canLook(missing *connector.Problem) (outcome, bool) {
	switch in := c.links; {
	case in.Links.ClientID() == "":
		return unknown(nil, fact("link-not-read")), false
	case in.Own == nil && in.Problem == nil:
		return unknown(missing, fact("link-no-connector", "Tenant", c.Tenant.Label())), false
	case in.Own == nil:
		return unknown(in.Problem, fact("link-list-unread")), false
	case in.Session == nil:
		return unknown(in.Problem, fact("link-own-unusable", "Name", in.Own.Name)), false
	}
	return outcome{}, true
}

// canRead reports the same of the tenant's directory, for the first check, which says what helps.
func (c *checker) canRead() (outcome, bool) {
	if o, ok := c.canLook(c.problem(connector.KindLinkNoConnector).With("Tenant", c.Tenant.Label())); !ok {
		return o, false
	}
	if own := c.links.Own; !slices.Contains(own.Scopes, auth.ScopeApplications) || !slices.Contains(own.Scopes, auth.ScopeGrants) {
		return unknown(c.withRights(c.problem(connector.KindLinkRights)), fact("link-own-rights", "Name", own.Name)), false
	}
	return outcome{}, true
}

// withRights names in a problem the connector to look with, and what it needs for that.
func (c *checker) withRights(p *connector.Problem) *connector.Problem {
	return p.With("Name", c.links.Own.Name).With("Scopes", auth.ScopeApplications+", "+auth.ScopeGrants)
}

// readGrants returns the consents to the app. Else it returns the outcome, whose reason the first check has told.
func (c *checker) readGrants(ctx context.Context) ([]connector.Grant, outcome, bool) {
	if o, ok := c.canRead(); !ok {
		o.problem = nil
		return nil, o, false
	}
	app, err := c.fetchApp(ctx)
	if err != nil {
		return nil, unknown(nil, fact("link-directory-unread")), false
	}
	if app.ID == "" {
		return nil, unknown(nil, fact("link-app-absent", "ClientID", c.links.Links.ClientID())), false
	}
	grants, err := c.fetchGrants(ctx, app)
	if err != nil {
		return nil, c.unread(err), false
	}
	return grants, outcome{}, true
}

// lookedWith names the connector that something was found out with.
func (c *checker) lookedWith() connector.Fact {
	return fact("link-own", "Name", c.links.Own.Name)
}

// unread tells why a service did not let something be read.
func (c *checker) unread(err error) outcome {
	p := c.problemOf(err)
	if hadNoToken(err) {
		return unknown(p, fact("link-own-unusable", "Name", c.links.Own.Name))
	}
	var api *connector.APIError
	if !errors.As(err, &api) || api.Status != http.StatusForbidden {
		return unknown(p, fact("link-service-unread"), c.lookedWith())
	}
	if api.Service != auth.Graph { // what Partner Center asks of an account for this is not known: there may be nothing to mend
		return unknown(nil, fact("link-report-refused", "Code", api.Code), c.lookedWith())
	}
	problems.Reclassify(p, connector.KindLinkRights)
	return unknown(c.withRights(p), fact("link-directory-refused"), c.lookedWith())
}

func (c *checker) fetchApp(ctx context.Context) (connector.DirectoryApp, error) {
	return withToken(ctx, c, auth.Graph, &c.app, func(ctx context.Context, token auth.Secret) (connector.DirectoryApp, error) {
		return c.Graph.DirectoryApp(ctx, token, c.links.Links.ClientID())
	})
}

func (c *checker) fetchGrants(ctx context.Context, app connector.DirectoryApp) ([]connector.Grant, error) {
	return withToken(ctx, c, auth.Graph, &c.grants, func(ctx context.Context, token auth.Secret) ([]connector.Grant, error) {
		return c.Graph.Grants(ctx, token, app)
	})
}

func (c *checker) fetchReport(ctx context.Context) ([]connector.MFADay, error) {
	return withToken(ctx, c, auth.PartnerCenter, &c.report, func(ctx context.Context, token auth.Secret) ([]connector.MFADay, error) {
		return c.PartnerCenter.AppMFA(ctx, token, c.links.Links.ClientID())
	})
}
