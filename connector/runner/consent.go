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

// consent is what differs between the two consents.
type consent struct {
	opening wizard.Opening
	// begin makes the listener ready for the answer; neither attempt nor problem means that it was stopped.
	begin func() (connector.Attempt, *connector.Problem)
	// accept makes the outcome of an answer, or says what is wrong with it.
	accept func(auth.Answer) (wizard.Event, *connector.Problem)
	// refused is the outcome where there is none.
	refused func(*connector.Problem) wizard.Event
	// done is the page that the browser shows at the end.
	done auth.Page
}

// attempt is one try of a consent.
type attempt struct {
	wizard.Opening
	listener connector.Attempt
	window   connector.Window // nil for the default browser and for a copied link
	until    time.Time
}

func (r *Runner) requestOf(ctx context.Context, d connector.Draft) (auth.Cloud, auth.App, error) {
	app, err := r.appOf(ctx, d)
	if err != nil {
		return auth.Cloud{}, app, err
	}
	cloud, err := r.ports.CloudOf(d.Tenant.Cloud)
	return cloud, app, err
}

// runConsent runs a consent from its begin to its outcome. Once ctx has ended nothing of it counts any more: it has no outcome, and the
// browser is not told that all is well.
func (r *Runner) runConsent(ctx context.Context, c consent) {
	listener, p := c.begin()
	if p != nil {
		r.Send(c.refused(p))
	}
	if listener == nil {
		return
	}
	defer listener.Close()
	a := &attempt{Opening: c.opening, listener: listener}
	outcome, p := r.outcome(ctx, c, a)
	if ctx.Err() != nil || p == nil && outcome == nil {
		if a.window != nil {
			r.closeWindow(a.window)
		}
		return
	}
	listener.Finish(pageOf(p, c.done))
	if a.window != nil {
		r.closeLater(a.window, r.limits.linger)
	}
	if p != nil {
		outcome = c.refused(p)
	}
	r.sendUnlessEnded(ctx, outcome)
}

// sendUnlessEnded sends the outcome of an attempt, unless that was stopped while the browser fetched its last page.
func (r *Runner) sendUnlessEnded(ctx context.Context, e wizard.Event) {
	if ctx.Err() == nil {
		r.Send(e)
	}
}

// outcome opens the browser and makes the outcome of the answer; neither outcome nor problem where the consent was stopped.
func (r *Runner) outcome(ctx context.Context, c consent, a *attempt) (wizard.Event, *connector.Problem) {
	if p := r.openBrowser(ctx, a); p != nil {
		return nil, p
	}
	answer, p := r.await(ctx, a)
	if answer == nil {
		return nil, p
	}
	r.Send(wizard.ConsentAnswered{Attempt: a.Attempt})
	return c.accept(*answer)
}

func (r *Runner) adminConsent(ctx context.Context, e wizard.OpenAdminConsent) {
	r.runConsent(ctx, consent{
		opening: e.Opening,
		begin: func() (connector.Attempt, *connector.Problem) {
			request, err := r.adminRequest(ctx, e.Draft, e.Way == wizard.WayIsolated)
			if err != nil {
				return nil, r.problem(err)
			}
			return r.listening(r.ports.Consents.BeginAdmin(ctx, request))
		},
		accept: func(answer auth.Answer) (wizard.Event, *connector.Problem) {
			return wizard.AdminAnswered{Attempt: e.Attempt, Tenant: answer.Tenant, At: r.ports.Now()}, tenantMismatch(e.Draft, answer.Tenant, r.ports.Now())
		},
		refused: func(p *connector.Problem) wizard.Event {
			p.Step = connector.StepAdmin
			return wizard.AdminAnswered{Attempt: e.Attempt, Problem: p}
		},
		done: auth.PageAdminDone,
	})
}

// userConsent runs the user consent, after the windows of those before are closed.
func (r *Runner) userConsent(ctx context.Context, e wizard.OpenUserConsent, before []connector.Window) {
	if r.closeAll(before); ctx.Err() != nil {
		return
	}
	var request auth.UserRequest
	r.runConsent(ctx, consent{
		opening: e.Opening,
		begin: func() (connector.Attempt, *connector.Problem) {
			cloud, app, err := r.requestOf(ctx, e.Draft)
			if err != nil {
				return nil, r.problem(err)
			}
			request = auth.UserRequest{
				Cloud: cloud, Tenant: *e.Draft.Tenant, App: app, Scopes: cloud.ConsentScopes(e.Draft.WithGroups, e.Draft.Scopes...),
				LoginHint: e.Draft.UPN, WithGroups: e.Draft.WithGroups, PlainPrompt: e.PlainPrompt,
			}
			return r.listening(r.ports.Consents.BeginUser(ctx, request))
		},
		accept: func(answer auth.Answer) (wizard.Event, *connector.Problem) {
			g, p := r.redeem(ctx, e.Attempt, request, answer)
			if g == nil || !r.keepGrant(ctx, g) {
				return nil, p
			}
			identity := g.identity
			return wizard.UserAnswered{Attempt: e.Attempt, At: g.consented, Identity: &identity}, nil
		},
		refused: func(p *connector.Problem) wizard.Event {
			if p.Step == connector.NoStep || p.Step == connector.StepCheck {
				p.Step = connector.StepUser
			}
			return wizard.UserAnswered{Attempt: e.Attempt, Problem: p}
		},
		done: auth.PageUserDone,
	})
}

func (r *Runner) adminRequest(ctx context.Context, d connector.Draft, isolated bool) (auth.AdminRequest, error) {
	cloud, app, err := r.requestOf(ctx, d)
	return auth.AdminRequest{
		Cloud: cloud, Tenant: *d.Tenant, App: app, Scopes: cloud.ConsentScopes(d.WithGroups, d.Scopes...), Isolated: isolated,
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
	case p.Kind == connector.KindTicketSpent:
		return auth.PageTicketSpent
	}
	return auth.PageFailed
}

// listening makes a problem of an attempt that could not be begun.
func (r *Runner) listening(a connector.Attempt, err error) (connector.Attempt, *connector.Problem) {
	if err != nil {
		return nil, r.listenerProblem(err)
	}
	return a, nil
}

func (r *Runner) listenerProblem(err error) *connector.Problem {
	p := r.problem(err)
	if p != nil && p.Kind == connector.KindUnknown {
		p.Kind, p.Actor = connector.KindListener, connector.ActorYou
	}
	return p
}

// openBrowser opens the start page and tells that it did. A private window that is up is known to the runner, whatever happens next.
func (r *Runner) openBrowser(ctx context.Context, a *attempt) *connector.Problem {
	opened := wizard.ConsentOpened{Attempt: a.Attempt, Browser: a.Browser, Mode: a.Mode, Since: r.ports.Now()}
	a.until = opened.Since.Add(r.limits.consent)
	opened.Until = a.until
	link := a.listener.Link()
	var err error
	switch {
	case a.Way == wizard.WayLink:
		opened.Link, opened.Browser, opened.Mode = link, browser.Browser{}, ""
	case a.Way == wizard.WayDefault && a.Browser.ID == "":
		err = r.ports.Browsers.OpenDefault(ctx, link)
	case a.Way == wizard.WayDefault:
		err = r.ports.Browsers.OpenWith(ctx, a.Browser, link)
	default:
		a.window, err = r.ports.Browsers.OpenPrivate(ctx, a.Browser, a.Mode, link)
	}
	if a.window != nil {
		r.keepWindow(a.window)
	}
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return &connector.Problem{
			Kind: connector.KindBrowserFailed, Actor: connector.ActorYou, Raw: err.Error(), At: r.ports.Now(), Args: map[string]string{"Browser": a.Browser.Name},
		}
	}
	r.Send(opened)
	return nil
}

type answered struct {
	answer auth.Answer
	err    error
}

// await waits for the answer, the closing of the window, the limit or the end of ctx, whatever comes first. Neither answer nor problem
// means that the attempt was stopped, or that a newer one took its place.
func (r *Runner) await(ctx context.Context, a *attempt) (*auth.Answer, *connector.Problem) {
	answerCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan answered, 1)
	r.work.Go(func() {
		answer, err := a.listener.Answer(answerCtx)
		answers <- answered{answer, err}
	})
	w := waiter{
		limit: time.NewTimer(r.limits.consent), noStart: time.NewTimer(r.limits.noStart), started: a.listener.Started(),
	}
	defer w.limit.Stop()
	defer w.noStart.Stop()
	if a.window != nil {
		w.exit = a.window.Exit()
	}
	r.mu.Lock()
	w.more = r.more[a.Attempt].asked
	r.mu.Unlock()
	return r.waitFor(ctx, a, &w, answers)
}

type waiter struct {
	limit, noStart *time.Timer
	started        <-chan struct{}
	exit           <-chan browser.Exit
	closed         <-chan time.Time
	look           <-chan time.Time
	looks          int
	more           <-chan struct{}
}

func (r *Runner) waitFor(ctx context.Context, a *attempt, w *waiter, answers <-chan answered) (*auth.Answer, *connector.Problem) {
	for {
		select {
		case got := <-answers:
			if got.err != nil {
				return nil, r.problem(got.err)
			}
			return &got.answer, nil
		case <-w.started:
			w.started = nil
			w.noStart.Stop()
			r.Send(wizard.ConsentStarted{Attempt: a.Attempt, At: r.ports.Now()})
			w.lookAgain(r.limits.look, a)
		case <-w.look:
			r.look(a, w)
		case <-w.noStart.C:
			r.Send(wizard.ConsentNotStarted{Attempt: a.Attempt})
		case exit := <-w.exit:
			w.exit = nil
			if !exit.HandedOver {
				w.closed = time.After(r.limits.grace)
			}
		case <-w.closed:
			return nil, r.closedProblem(a)
		case <-w.more:
			a.until = a.until.Add(time.Duration(r.extended(a.Attempt)) * r.limits.more)
			w.limit.Reset(a.until.Sub(r.ports.Now()))
			r.Send(wizard.ConsentExtended{Attempt: a.Attempt, Until: a.until})
		case <-w.limit.C:
			return nil, &connector.Problem{Kind: connector.KindTimedOut, Actor: connector.ActorYou, At: r.ports.Now(), Retry: true}
		case <-ctx.Done():
			return nil, nil
		}
	}
}

// looksEnough is how many looks at a window tell that it is private: an ordinary one has kept its page long before, even on a slow computer.
const looksEnough = 5

// lookAgain has the window looked at after a while, if it was to be a private one.
func (w *waiter) lookAgain(after time.Duration, a *attempt) {
	if w.look = nil; a.window != nil && a.Mode != browser.ModePlain && w.looks < looksEnough {
		w.look = time.After(after)
	}
}

// look tells whether the window is private, once that is certain or the last look was taken.
func (r *Runner) look(a *attempt, w *waiter) {
	kept := a.window.Kept()
	if w.looks++; kept == browser.KeptPages {
		w.looks = looksEnough
	}
	if w.lookAgain(r.limits.look, a); w.look == nil {
		r.Send(wizard.ConsentLookedAt{Attempt: a.Attempt, Kept: kept})
	}
}

// closedProblem returns why the private window's end is a problem: before its start page it could not be opened at all.
func (r *Runner) closedProblem(a *attempt) *connector.Problem {
	select {
	case <-a.listener.Started():
		return &connector.Problem{Kind: connector.KindWindowClosed, Actor: connector.ActorYou, At: r.ports.Now(), Retry: true}
	default:
		return &connector.Problem{Kind: connector.KindBrowserFailed, Actor: connector.ActorYou, At: r.ports.Now(), Retry: true}
	}
}

// redeem turns the answer into a session and asks who signed in.
func (r *Runner) redeem(ctx context.Context, attempt int, request auth.UserRequest, answer auth.Answer) (*grant, *connector.Problem) {
	var session connector.Session
	p := r.retry(ctx, attempt, request.App, redeemRetries, func() *connector.Problem {
		var err error
		session, err = r.ports.Redeemer.Redeem(ctx, request, answer)
		return r.problem(err)
	})
	if p != nil || session == nil {
		return nil, p
	}
	g := &grant{attempt: attempt, session: session, request: request, consented: r.ports.Now()}
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
	r.sendUnlessEnded(ctx, out)
}
