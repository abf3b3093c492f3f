package cli_test

import (
	"context"
	"slices"
	"sync"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/rehearsal/visitor"
)

var practiceBrowser = browser.Browser{
	ID: "practice", Name: "Practice Browser", Family: browser.Chromium, Packaging: browser.Native, Default: true, Policy: browser.PolicyUnknown,
}

// browsers are those of the computer, with people in front of them who press what the scenario wants.
type browsers struct {
	ctx       context.Context //nolint:containedctx // it ends the people, who outlive the calls that open their windows
	gone      sync.WaitGroup
	installed []browser.Browser
	elevated  bool
	// idle leaves every window untouched, and closing closes a private one once the person in it is done.
	idle, closing bool

	mu     sync.Mutex
	opened []string
}

func (b *browsers) note(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.opened = append(b.opened, what)
}

func (b *browsers) ways() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.opened)
}

func (b *browsers) Installed(ctx context.Context) ([]browser.Browser, error) {
	return b.installed, ctx.Err()
}

func (b *browsers) OpenDefault(_ context.Context, url string) error {
	b.note("default")
	b.visit(b.ctx, url)
	return nil
}

func (b *browsers) OpenWith(_ context.Context, which browser.Browser, url string) error {
	b.note("with " + which.ID)
	b.visit(b.ctx, url)
	return nil
}

func (b *browsers) OpenPrivate(_ context.Context, which browser.Browser, m browser.Mode, url string) (connector.Window, error) {
	b.note(string(m) + " " + which.ID)
	ctx, cancel := context.WithCancel(b.ctx)
	w := &window{cancel: cancel}
	if b.closing {
		w.exit = make(chan browser.Exit, 1)
	}
	b.walk(ctx, url, w)
	return w, nil
}

func (b *browsers) visit(ctx context.Context, url string) { b.walk(ctx, url, &window{}) }

func (b *browsers) walk(ctx context.Context, url string, in *window) {
	if b.idle {
		return
	}
	b.gone.Go(func() {
		_, _ = visitor.New().Walk(ctx, url)
		if in.exit != nil {
			in.exit <- browser.Exit{}
		}
	})
}

func (b *browsers) Sweep() error   { return nil }
func (b *browsers) Elevated() bool { return b.elevated }

type window struct {
	cancel context.CancelFunc
	// exit tells that the window was closed; nil where nobody closes it.
	exit chan browser.Exit
}

func (w *window) Exit() <-chan browser.Exit { return w.exit }
func (w *window) Kept() browser.Kept        { return browser.KeptUnknown }

func (w *window) Close() error {
	w.cancel()
	return nil
}
