package runner

import (
	"context"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/wizard"
)

// try is one consent under way.
type try struct {
	number  int
	attempt connector.Attempt
	window  connector.Window // nil for the default browser and for a copied link
	started bool
	until   time.Time
}

func (r *Runner) requestOf(ctx context.Context, d connector.Draft) (auth.Cloud, auth.App, error) {
	app, err := r.appOf(ctx, d)
	if err != nil {
		return auth.Cloud{}, app, err
	}
	cloud, ok := r.ports.Clouds.Cloud(d.Tenant.Cloud)
	if !ok {
		return cloud, app, &auth.Error{Stage: auth.StageDiscovery, Cause: auth.ErrUnknownCloud}
	}
	return cloud, app, nil
}

func (r *Runner) adminConsent(ctx context.Context, e wizard.OpenAdminConsent) {
	outcome := func(p *connector.Problem) {
		if p != nil {
			p.Step = connector.StepAdmin
			r.Send(wizard.AdminAnswered{Attempt: e.Attempt, Problem: p})
		}
	}
	request, err := r.adminRequest(ctx, e.Draft, e.Way == wizard.WayIsolated)
	if err != nil {
		outcome(r.problem(err))
		return
	}
	a, err := r.ports.Consents.BeginAdmin(ctx, request)
	if err != nil {
		outcome(r.listenerProblem(err))
		return
	}
	defer a.Close()
	t := &try{number: e.Attempt, attempt: a}
	if p := r.openBrowser(ctx, t, e.Way, e.Browser, e.Mode); p != nil {
		outcome(p)
		return
	}
	answer, p := r.await(ctx, t)
	if ctx.Err() != nil {
		r.closeLater(t, 0)
		return
	}
	if p == nil {
		r.Send(wizard.ConsentAnswered{Attempt: e.Attempt})
		p = tenantMismatch(e.Draft, answer.Tenant, r.ports.Now())
	}
	a.Finish(pageOf(p, auth.PageAdminDone))
	r.closeLater(t, r.limits.linger)
	if p != nil {
		outcome(p)
		return
	}
	r.Send(wizard.AdminAnswered{Attempt: e.Attempt, Tenant: answer.Tenant, At: r.ports.Now()})
}

func (r *Runner) adminRequest(ctx context.Context, d connector.Draft, isolated bool) (auth.AdminRequest, error) {
	cloud, app, err := r.requestOf(ctx, d)
	return auth.AdminRequest{
		Cloud: cloud, Tenant: *d.Tenant, App: app, Scopes: cloud.ConsentScopes(d.WithGroups), Isolated: isolated,
	}, err
}

// pageOf chooses the page that the browser shows.
func pageOf(p *connector.Problem, done auth.Page) auth.Page {
	switch {
	case p == nil:
		return done
	case p.Kind == connector.KindDeclined:
		return auth.PageDeclined
	case p.Kind == connector.KindWrongTenant:
		return auth.PageWrongTenant
	case p.Kind == connector.KindNotPrivate:
		return auth.PageNotPrivate
	}
	return auth.PageFailed
}

func (r *Runner) listenerProblem(err error) *connector.Problem {
	p := r.problem(err)
	if p != nil && p.Kind == connector.KindUnknown {
		p.Kind, p.Actor = connector.KindListener, connector.ActorYou
	}
	return p
}

// openBrowser opens the start page and tells that it did.
func (r *Runner) openBrowser(ctx context.Context, t *try, way wizard.Way, b browser.Browser, m browser.Mode) *connector.Problem {
	opened := wizard.ConsentOpened{Attempt: t.number, Browser: b, Mode: m, Since: r.ports.Now()}
	t.until = opened.Since.Add(r.limits.consent)
	opened.Until = t.until
	link := t.attempt.Link()
	var err error
	switch {
	case way == wizard.WayLink:
		opened.Link, opened.Browser, opened.Mode = link, browser.Browser{}, ""
	case way == wizard.WayDefault && b.ID == "":
		err = r.ports.Browsers.OpenDefault(ctx, link)
	case way == wizard.WayDefault:
		err = r.ports.Browsers.OpenWith(ctx, b, link)
	default:
		t.window, err = r.ports.Browsers.OpenPrivate(ctx, b, m, link)
	}
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return &connector.Problem{
			Kind: connector.KindBrowserFailed, Actor: connector.ActorYou, Raw: err.Error(), At: r.ports.Now(), Args: map[string]string{"Browser": b.Name},
		}
	}
	if t.window != nil {
		r.keepWindow(t.window)
	}
	r.Send(opened)
	return nil
}

type answered struct {
	answer auth.Answer
	err    error
}

// await waits for the answer, the closing of the window, the limit or the end of ctx, whatever comes first.
func (r *Runner) await(ctx context.Context, t *try) (auth.Answer, *connector.Problem) {
	answerCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan answered, 1)
	r.work.Go(func() {
		a, err := t.attempt.Answer(answerCtx)
		answers <- answered{a, err}
	})
	w := waiter{
		limit: time.NewTimer(r.limits.consent), noStart: time.NewTimer(r.limits.noStart), started: t.attempt.Started(),
	}
	defer w.limit.Stop()
	defer w.noStart.Stop()
	if t.window != nil {
		w.exit = t.window.Exit()
	}
	r.mu.Lock()
	w.more = r.more[t.number]
	r.mu.Unlock()
	return r.waitFor(ctx, t, &w, answers)
}

type waiter struct {
	limit, noStart *time.Timer
	started        <-chan struct{}
	exit           <-chan browser.Exit
	closed         <-chan time.Time
	more           <-chan struct{}
}

func (r *Runner) waitFor(ctx context.Context, t *try, w *waiter, answers <-chan answered) (auth.Answer, *connector.Problem) {
	for {
		select {
		case a := <-answers:
			return a.answer, r.problem(a.err)
		case <-w.started:
			w.started, t.started = nil, true
			w.noStart.Stop()
			r.Send(wizard.ConsentStarted{Attempt: t.number})
		case <-w.noStart.C:
			r.Send(wizard.ConsentNotStarted{Attempt: t.number})
		case exit := <-w.exit:
			w.exit = nil
			if !exit.HandedOver {
				w.closed = time.After(r.limits.grace)
			}
		case <-w.closed:
			return auth.Answer{}, r.closedProblem(t)
		case <-w.more:
			t.until = t.until.Add(r.limits.more)
			w.limit.Reset(t.until.Sub(r.ports.Now()))
			r.Send(wizard.ConsentExtended{Attempt: t.number, Until: t.until})
		case <-w.limit.C:
			return auth.Answer{}, &connector.Problem{Kind: connector.KindTimedOut, Actor: connector.ActorYou, At: r.ports.Now(), Retry: true}
		case <-ctx.Done():
			return auth.Answer{}, nil
		}
	}
}

// closedProblem says why the private window's end is a problem: before its start page it could not be opened at all.
func (r *Runner) closedProblem(t *try) *connector.Problem {
	select {
	case <-t.attempt.Started():
		return &connector.Problem{Kind: connector.KindWindowClosed, Actor: connector.ActorYou, At: r.ports.Now(), Retry: true}
	default:
		return &connector.Problem{Kind: connector.KindBrowserFailed, Actor: connector.ActorYou, At: r.ports.Now(), Retry: true}
	}
}

// closeLater closes the private window after its last page could be read.
func (r *Runner) closeLater(t *try, after time.Duration) {
	if t.window == nil {
		return
	}
	if after == 0 {
		r.closeWindow(t.window)
		return
	}
	w := t.window
	time.AfterFunc(after, func() { r.closeWindow(w) })
}

func (r *Runner) userConsent(ctx context.Context, e wizard.OpenUserConsent) {
	outcome := func(p *connector.Problem) {
		if p != nil {
			if p.Step == connector.NoStep || p.Step == connector.StepCheck {
				p.Step = connector.StepUser
			}
			r.Send(wizard.UserAnswered{Attempt: e.Attempt, Problem: p})
		}
	}
	cloud, app, err := r.requestOf(ctx, e.Draft)
	if err != nil {
		outcome(r.problem(err))
		return
	}
	request := auth.UserRequest{
		Cloud: cloud, Tenant: *e.Draft.Tenant, App: app, Scopes: cloud.ConsentScopes(e.Draft.WithGroups),
		LoginHint: e.Draft.UPN, WithGroups: e.Draft.WithGroups, PlainPrompt: e.PlainPrompt,
	}
	a, err := r.ports.Consents.BeginUser(ctx, request)
	if err != nil {
		outcome(r.listenerProblem(err))
		return
	}
	defer a.Close()
	t := &try{number: e.Attempt, attempt: a}
	if p := r.openBrowser(ctx, t, e.Way, e.Browser, e.Mode); p != nil {
		outcome(p)
		return
	}
	answer, p := r.await(ctx, t)
	if ctx.Err() != nil {
		r.closeLater(t, 0)
		return
	}
	var g *grant
	if p == nil {
		r.Send(wizard.ConsentAnswered{Attempt: e.Attempt})
		g, p = r.redeem(ctx, e.Attempt, request, answer)
	}
	a.Finish(pageOf(p, auth.PageUserDone))
	r.closeLater(t, r.limits.linger)
	if p != nil || g == nil {
		outcome(p)
		return
	}
	r.setGrant(g)
	identity := g.identity
	r.Send(wizard.UserAnswered{Attempt: e.Attempt, Identity: &identity})
}

// redeem turns the answer into a session and asks who signed in.
func (r *Runner) redeem(ctx context.Context, attempt int, request auth.UserRequest, answer auth.Answer) (*grant, *connector.Problem) {
	var session connector.Session
	p := r.patiently(ctx, attempt, redeemPatience, func() *connector.Problem {
		var err error
		session, err = r.ports.Redeemer.Redeem(ctx, request, answer)
		return r.problem(err)
	})
	if p != nil || session == nil {
		return nil, p
	}
	g := &grant{session: session, request: request, consented: r.ports.Now()}
	g.identity = checks.Identify(ctx, session, r.ports.Clouds.Graph(request.Cloud))
	return g, nil
}

// handover makes the link for another person, and waits without limit in case that it is opened on this computer.
func (r *Runner) handover(ctx context.Context, e wizard.MakeHandover) {
	request, err := r.adminRequest(ctx, e.Draft, false)
	if err != nil {
		r.Send(wizard.HandoverMade{Attempt: e.Attempt, Problem: r.problem(err)})
		return
	}
	a, link, state, err := r.ports.Consents.Handover(ctx, request)
	if err != nil {
		r.Send(wizard.HandoverMade{Attempt: e.Attempt, Problem: r.listenerProblem(err)})
		return
	}
	defer a.Close()
	r.Send(wizard.HandoverMade{Attempt: e.Attempt, Handover: connector.Handover{State: state, Link: link, Since: r.ports.Now()}})
	answer, err := a.Answer(ctx)
	if ctx.Err() != nil {
		return
	}
	p := r.problem(err)
	if err == nil {
		p = tenantMismatch(e.Draft, answer.Tenant, r.ports.Now())
	}
	a.Finish(pageOf(p, auth.PageAdminDone))
	out := wizard.AdminAnswered{Attempt: e.Attempt, Problem: p}
	if p == nil {
		out.Tenant, out.At, out.Pasted = answer.Tenant, r.ports.Now(), true
	}
	r.Send(out)
}
