package engine_test

import (
	"context"
	"errors"
	"html"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

// people are the browsers of the computer with the people in front of them: they press what the scenario wants them to.
type people struct {
	cloud *rehearsal.Cloud
	ctx   context.Context //nolint:containedctx // it ends the people, who outlive the calls that open their windows
	gone  sync.WaitGroup
	// own is the default browser, which keeps its cookies.
	own *visitor.Visitor
	// left gets the last page of each window whose answer came to the program, or that shows an error; product that of each window which ends at
	// the practice product instead.
	left    chan lastPage
	product chan visitor.Page

	mu sync.Mutex
	// error is the text of the error page that the newest window stays on; told says that the program knows it.
	error string
	told  bool
	// notice is called when a window comes to such a page, of which the program learns nothing.
	notice func()
}

// opened forgets the windows before a new one.
func (p *people) opened() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.error, p.told = "", false
}

// stay leaves the newest window on its error page.
func (p *people) stay(page visitor.Page, private bool) {
	p.mu.Lock()
	p.error = page.ErrorText()
	p.mu.Unlock()
	p.left <- lastPage{private: private, body: page.Body}
	p.notice()
}

// stays reports whether the newest window stays on an error page.
func (p *people) stays() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.error != ""
}

// untold returns the text of that page, once.
func (p *people) untold() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.told {
		return ""
	}
	p.told = true
	return p.error
}

// lastPage is what a window shows at its end.
type lastPage struct {
	private bool
	body    string
}

// lastPages waits for the last pages of n windows and names them, that of the default browser first.
func (p *people) lastPages(t *testing.T, n int) []auth.Page {
	t.Helper()
	names := []auth.Page{}
	for range n {
		select {
		case page := <-p.left:
			at := len(names)
			if !page.private {
				at = 0
			}
			names = slices.Insert(names, at, pageOf(t, page.body))
		case <-time.After(restTime):
			t.Fatalf("only these windows came to an end: %v", names)
		}
	}
	return names
}

// pageMicrosofts is an error page of the sign-in service, which stays.
const pageMicrosofts auth.Page = "error page"

// pageOf returns which of the listener's pages a document is.
func pageOf(t *testing.T, body string) auth.Page {
	t.Helper()
	if (visitor.Page{Body: body}).ErrorText() != "" {
		return pageMicrosofts
	}
	for _, page := range []auth.Page{
		auth.PageAdminDone, auth.PageUserDone, auth.PageDeclined, auth.PageWrongTenant, auth.PageFailed, auth.PageSuperseded,
		auth.PageNotPrivate, auth.PageTicketSpent, auth.PageExpired, auth.PageStranger, auth.PageReceived,
	} {
		if strings.Contains(body, html.EscapeString(translator(t).Text("callback."+string(page)+".text", nil))) {
			return page
		}
	}
	return "none: " + auth.Page(body)
}

func (p *people) Installed(ctx context.Context) ([]browser.Browser, error) {
	return []browser.Browser{{
		ID: "practice", Name: "Practice Browser", Family: browser.Chromium, Packaging: browser.Native, Default: true,
		Policy: browser.PolicyUnknown,
	}}, ctx.Err()
}

func (p *people) OpenDefault(_ context.Context, url string) error {
	p.opened()
	p.gone.Go(func() { p.administrate(p.own, url) })
	return nil
}

func (p *people) OpenWith(ctx context.Context, _ browser.Browser, url string) error {
	return p.OpenDefault(ctx, url)
}

func (p *people) OpenPrivate(_ context.Context, _ browser.Browser, _ browser.Mode, url string) (connector.Window, error) {
	p.opened()
	ctx, cancel := context.WithCancel(p.ctx)
	w := &window{exit: make(chan browser.Exit, 1), close: cancel}
	p.gone.Go(func() {
		page, err := visitor.New().Walk(ctx, url)
		switch {
		case err != nil:
		case p.ofProduct(page):
			p.arrive(page, true)
		case page.URL.Hostname() == "localhost":
			p.left <- lastPage{private: true, body: page.Body}
		case page.ErrorText() != "":
			p.stay(page, true)
		default:
			w.exit <- browser.Exit{} // nothing more to press, and no answer on its way: the person closes the window
		}
	})
	return w, nil
}

func (*people) Sweep() error   { return nil }
func (*people) Elevated() bool { return false }

// administrate walks through an admin consent in a browser that may be signed in already, as somebody else.
func (p *people) administrate(v *visitor.Visitor, url string) {
	page, err := v.Open(p.ctx, url)
	if err == nil && !strings.Contains(page.Body, p.administrator()) {
		if other, pressed := v.Press(p.ctx, page, "other-account"); pressed == nil {
			page = other
		}
	}
	for err == nil {
		page, err = v.Press(p.ctx, page, "")
	}
	switch {
	case !errors.Is(err, visitor.ErrNoButton):
	case p.ofProduct(page):
		p.arrive(page, false)
	case page.URL.Hostname() == "localhost":
		p.left <- lastPage{body: page.Body}
	case page.ErrorText() != "":
		p.stay(page, false)
	}
}

// ofProduct reports whether a page is one of the practice product's.
func (p *people) ofProduct(page visitor.Page) bool {
	return strings.HasPrefix(page.URL.String(), p.cloud.Facts().Product.Page)
}

// arrive leaves the newest window on a page of the product. An error on it can be told of.
func (p *people) arrive(page visitor.Page, private bool) {
	if page.ErrorText() != "" {
		p.stay(page, private)
	}
	p.product <- page
}

func (p *people) administrator() string {
	for _, person := range p.cloud.Facts().People {
		if person.Role == rehearsal.RoleAdmin {
			return person.UPN
		}
	}
	return ""
}

// window is a private window.
type window struct {
	exit  chan browser.Exit
	close context.CancelFunc
}

func (w *window) Exit() <-chan browser.Exit { return w.exit }
func (w *window) Kept() browser.Kept        { return browser.KeptNothing }

func (w *window) Close() error {
	w.close()
	return nil
}
