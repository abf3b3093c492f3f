package runner

import (
	"context"
	"errors"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// startLink begins to open a link. One that is held here is not held up by the keychain; any other may come from there yet. For the user link
// the windows of those before are closed first.
func (r *Runner) startLink(ctx context.Context, e wizard.OpenLink) {
	var before []connector.Window
	if e.Kind == link.User {
		before = r.openWindows()
	}
	var settled <-chan struct{}
	if r.links.of(e.Draft.ID).known[e.Kind] == nil {
		settled = r.queues.settled(secretOf(e.Draft.ID))
	}
	r.start(ctx, e.Attempt, func(ctx context.Context) {
		r.closeAll(before)
		if settled != nil {
			select {
			case <-settled:
			case <-ctx.Done():
			}
		}
		if ctx.Err() == nil {
			r.openLink(ctx, e)
		}
	})
}

// openLink opens a link and waits until that has ended. The answer goes to its product, so what the browser showed only the person can tell:
// where the time is up its window stays open until they have.
func (r *Runner) openLink(ctx context.Context, e wizard.OpenLink) {
	a := &attempt{Opening: e.Opening}
	p := r.showLink(ctx, e, a)
	if p != nil {
		r.sendUnlessEnded(ctx, linkEnded(e, p))
	}
	if a.window == nil {
		return
	}
	if p != nil && p.Kind == connector.KindTimedOut {
		select {
		case <-a.window.Exit():
		case <-ctx.Done():
		}
	}
	r.closeLater(a.window, r.limits.linger)
}

// showLink shows a link in a browser until its window is closed or its time is up, or something went wrong. Nil means that it was stopped.
func (r *Runner) showLink(ctx context.Context, e wizard.OpenLink, a *attempt) *connector.Problem {
	address, p := r.addressOf(e)
	if p != nil {
		return p
	}
	private := e.Way == wizard.WayPrivate || e.Way == wizard.WayIsolated || e.Way == wizard.WayLink && e.Kind == link.User
	a.listener, p = r.listening(r.ports.Consents.BeginLink(ctx, auth.LinkRequest{Address: address, User: e.Kind == link.User, Private: private}))
	if a.listener == nil {
		return p
	}
	defer a.listener.Close()
	if p := r.openBrowser(ctx, a); p != nil {
		return p
	}
	_, p = r.await(ctx, a)
	return p
}

// addressOf is the address that a link is opened at. It is no other link than the one that the draft tells of: that one was compared with what
// is known of the tenant.
func (r *Runner) addressOf(e wizard.OpenLink) (auth.Secret, *connector.Problem) {
	l := r.links.of(e.Draft.ID).known[e.Kind]
	if l == nil || e.Draft.Links == nil || !e.Draft.Links.Has(l.Facts) {
		return auth.Secret{}, r.linkGone(e.Kind)
	}
	hint := ""
	if e.Hint {
		hint = e.Draft.UPN
	}
	return l.Opened(hint, e.Prompt), nil
}

// linkEnded is how the opening of a link ended. That its window was closed is no problem: so it ends where all is well.
func linkEnded(e wizard.OpenLink, p *connector.Problem) wizard.LinkEnded {
	out := wizard.LinkEnded{Attempt: e.Attempt, Kind: e.Kind}
	if p.Kind == connector.KindWindowClosed {
		out.Closed = p.At
		return out
	}
	p.Step = connector.StepLinkAdmin
	if e.Kind == link.User {
		p.Step = connector.StepLinkUser
	}
	out.Problem = p
	return out
}

// putLink puts a link on the clipboard as its product made it.
func (r *Runner) putLink(ctx context.Context, e wizard.PutLink) {
	out := wizard.LinkCopied{DraftID: e.DraftID, Kind: e.Kind, At: r.ports.Now()}
	l := r.links.of(e.DraftID).known[e.Kind]
	switch {
	case l == nil:
		out.Problem = r.linkGone(e.Kind)
	case r.ports.Clipboard == nil:
		out.Problem = r.problem(errNoClipboard)
	default:
		out.Problem = r.problem(r.ports.Clipboard(ctx, l.Address))
	}
	r.sendUnlessEnded(ctx, out)
}

var errNoClipboard = errors.New("there is no clipboard here")
