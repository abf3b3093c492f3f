//go:build e2e && linux

package soak

import (
	"context"
	"strings"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/rehearsal/visitor"
)

// people are the browsers of the computer, with the people in front of them who press the practice pages' own buttons.
type people struct {
	ctx context.Context //nolint:containedctx // it ends the people, who outlive the calls that open their windows
	// own is the default browser, which keeps its cookies.
	own *visitor.Visitor
}

func (p people) Installed(context.Context) ([]browser.Browser, error) {
	return []browser.Browser{{
		ID: "practice", Name: "Practice Browser", Family: browser.Chromium, Packaging: browser.Native, Default: true,
		Policy: browser.PolicyUnknown,
	}}, nil
}

func (p people) OpenDefault(_ context.Context, url string) error {
	if strings.HasPrefix(url, "http://localhost:") {
		go func() { _, _ = p.own.Walk(p.ctx, url) }()
	}
	return nil
}

func (p people) OpenWith(ctx context.Context, _ browser.Browser, url string) error {
	return p.OpenDefault(ctx, url)
}

func (p people) OpenPrivate(_ context.Context, _ browser.Browser, _ browser.Mode, url string) (connector.Window, error) {
	go func() { _, _ = visitor.New().Walk(p.ctx, url) }()
	return window{}, nil
}

func (people) Sweep() error   { return nil }
func (people) Elevated() bool { return false }

// window is a private window that nobody closes.
type window struct{}

func (window) Exit() <-chan browser.Exit { return nil }
func (window) Kept() browser.Kept        { return browser.KeptUnknown }
func (window) Close() error              { return nil }
