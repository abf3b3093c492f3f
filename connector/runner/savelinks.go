package runner

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/wizard"
)

// checkLinks checks what can be known of the links of a draft from a saved connector of our own.
func (r *Runner) checkLinks(ctx context.Context, e wizard.CheckLinks) {
	_, err := r.keeper.CheckLinks(ctx, e.Draft, func(c connector.Check) { r.Send(wizard.CheckDone{Attempt: e.Attempt, Check: c}) })
	if ctx.Err() == nil {
		r.Send(wizard.ChecksDone{Attempt: e.Attempt, Now: r.ports.Now(), Problem: r.problem(err)})
	}
}

// savedLinks saves a connector that another product keeps. There is no credential; the draft is marked all the same, so that what a crash
// leaves of it ends.
func (r *Runner) savedLinks(ctx context.Context, e wizard.SaveConnector) wizard.SaveDone {
	out := wizard.SaveDone{Attempt: e.Attempt, Name: e.Draft.Name}
	if e.Draft.Tenant == nil || e.Draft.Links.ClientID() == "" && e.Draft.Renews == "" {
		out.Problem = problems.New(connector.KindConsentMissing, "").Dated(r.ports.Now())
		return out
	}
	c, err := r.keeper.Save(ctx, keeper.Saving{
		Draft: e.Draft,
		Change: func(c connector.Connector) connector.Connector {
			links := withLinks(c, e.Draft, r.productName(e.Draft.Links.Product), e.Checks, r.ports.Now())
			return withSignIn(links, c.Consented, false)
		},
	})
	if err != nil {
		out.Problem = r.saveProblem(err)
		if out.Problem.Step = connector.StepLinkFinish; out.Problem.Kind == connector.KindNameTaken {
			out.Problem.Step = connector.StepLinks
		}
		r.reload()
		return out
	}
	out.Connector = &c
	return out
}

// productName is what a product is called; empty for one that there are no words for.
func (r *Runner) productName(id string) string {
	p, _ := connector.ProductByID(r.ports.Products, id)
	return p.Name
}

// withLinks changes in a connector what a draft with two links tells.
func withLinks(c connector.Connector, d connector.Draft, product string, made []connector.Check, now time.Time) connector.Connector {
	links := mergeRenewal(d, c.Links)
	links.Name = cmp.Or(product, links.Name)
	c.Origin, c.Tenant, c.ClientID, c.Role, c.Links = connector.OriginLink, *d.Tenant, links.ClientID(), d.Role, &links
	c.User = connector.Identity{TenantID: d.Tenant.ID, UPN: d.UPN}
	c.Admin, c.Consented, c.Saved = connector.Admin{Status: connector.AdminNotConfirmed}, time.Time{}, now
	if links.Admin != nil && !links.Admin.Reported.IsZero() {
		c.Admin = connector.Admin{Status: connector.AdminTold, At: links.Admin.Reported}
	}
	if links.User != nil {
		c.Consented = links.User.Reported
	}
	return checks.WithOutcome(c, slices.DeleteFunc(slices.Clone(made), func(check connector.Check) bool {
		return check.State == connector.CheckPending || check.State == connector.CheckRunning
	}))
}

// mergeRenewal adds to the links of a renewal what was known before: it may be about one of the two alone, and what was told of the other stays.
// What was of another app registration is over, and so is what another integration user has consented to. What was done in another product
// counts no more either.
func mergeRenewal(d connector.Draft, before *connector.Links) connector.Links {
	links := *d.Links
	links.Name = ""
	if before == nil {
		return links
	}
	was := *before
	if d.Replaces != "" {
		was = was.Untold(link.User)
	}
	same := was.Product == links.Product
	if same {
		links.Name = was.Name
	}
	if links.ClientID() != "" && !strings.EqualFold(links.ClientID(), was.ClientID()) {
		return links
	}
	links.Admin, links.User = toldOf(links.Admin, was.Admin), toldOf(links.User, was.User)
	for _, kind := range link.Kinds() {
		if links.Told(kind) {
			links = links.Confirm(kind, true)
		}
	}
	if links.Finished.IsZero() && same {
		links.Finished = was.Finished
	}
	return links
}

// toldOf is a link as the renewal has it, or as it was where that tells more.
func toldOf(now, before *connector.ProductLink) *connector.ProductLink {
	if now != nil && (before == nil || before.Reported.IsZero() || !now.Reported.IsZero()) {
		return now
	}
	return before
}
