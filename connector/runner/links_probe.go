package runner

import (
	"context"
	"slices"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// linkRetries wait for a consent that somebody has reported to be known everywhere at Microsoft.
var linkRetries = retryPolicy{
	pauses: []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second},
	kinds:  map[connector.ProblemKind]bool{connector.KindAppUnknown: true},
}

// probeLink asks whether Microsoft knows the app registration of the links, with their redirect addresses.
func (r *Runner) probeLink(ctx context.Context, e wizard.ProbeLink) {
	out := wizard.Probed{Attempt: e.Attempt, Result: connector.ProbeUnknown}
	for _, app := range r.appsOfLinks(e.Draft) {
		if out.Result, out.Problem = r.probedLink(ctx, e, app); out.Result != connector.ProbeFine {
			break
		}
	}
	if out.Problem != nil {
		out.Problem.Step = connector.StepLinks
	}
	r.sendUnlessEnded(ctx, out)
}

// probedLink probes one of them. That a client ID is unknown in the tenant says nothing before the admin consent, which brings it there: an app
// registration of one tenant alone and one that nobody has consented to yet look the same.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes (AADSTS700016)
func (r *Runner) probedLink(ctx context.Context, e wizard.ProbeLink, app auth.App) (connector.ProbeResult, *connector.Problem) {
	wait := linkRetries
	if !e.Draft.Links.Told(link.Admin) {
		wait = retryPolicy{}
	}
	result := connector.ProbeUnknown
	p := r.retry(ctx, e.Attempt, app, wait, func() *connector.Problem {
		var err error
		result, err = r.ports.Prober.ProbeApp(ctx, *e.Draft.Tenant, app)
		return r.problem(err)
	})
	if p != nil && p.Kind == connector.KindAppUnknown && !e.Draft.Links.Told(link.Admin) {
		return connector.ProbeUnknown, nil
	}
	return result, p
}

// appsOfLinks are the app registration of the links that were read, with each of their redirect addresses.
func (r *Runner) appsOfLinks(d connector.Draft) []auth.App {
	if d.Links == nil || d.Tenant == nil {
		return nil
	}
	apps := []auth.App{}
	for _, kind := range link.Kinds() {
		told := d.Links.Of(kind)
		if told == nil || told.Redirect == "" {
			continue
		}
		app := auth.App{ClientID: told.ClientID, Redirect: r.redirectOf(d, kind)}
		if !slices.ContainsFunc(apps, func(a auth.App) bool { return a.ClientID == app.ClientID && a.Redirect == app.Redirect }) {
			apps = append(apps, app)
		}
	}
	return apps
}

// redirectOf is the redirect address of a link, with the query that facts do not have where the link is held.
func (r *Runner) redirectOf(d connector.Draft, kind link.Kind) string {
	l := r.links.of(d.ID).known[kind]
	if l == nil || !d.Links.Has(l.Facts) {
		return d.Links.Of(kind).Redirect
	}
	return l.RedirectAddress()
}
