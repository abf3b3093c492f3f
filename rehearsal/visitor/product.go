package visitor

import (
	"context"
	"fmt"
	"regexp"
)

// Product is what somebody sees who sets up a connector in the practice product.
type Product struct {
	visitor *Visitor
	// Page is the page that is shown.
	Page Page
}

// OpenProduct opens the product's list of connectors. Its errors are those of the network, as of all that follows.
func (v *Visitor) OpenProduct(ctx context.Context, address string) (*Product, error) {
	page, err := v.Open(ctx, address)
	return &Product{visitor: v, Page: page}, err
}

// NewConnector begins a new connector, and leaves its settings open for editing.
func (p *Product) NewConnector(ctx context.Context) error { return p.press(ctx, "add", "create") }

// AdminLink makes the link for the admin consent, and UserLink that for the user consent. The error is ErrNoButton where it can't be made.
func (p *Product) AdminLink(ctx context.Context) (string, error) { return p.link(ctx, "admin-link") }

// UserLink makes the link for the user consent.
func (p *Product) UserLink(ctx context.Context) (string, error) { return p.link(ctx, "user-link") }

// Reopen goes back to the list, opens the newest connector's settings again and presses Edit.
func (p *Product) Reopen(ctx context.Context) error {
	if err := p.open(ctx); err != nil {
		return err
	}
	return p.press(ctx, "edit")
}

// Save saves the settings.
func (p *Product) Save(ctx context.Context) error { return p.press(ctx, "save") }

// Sync lets the product synchronize the newest connector, and returns the text of the error that it got; empty where all is well.
func (p *Product) Sync(ctx context.Context) (string, error) {
	if err := p.open(ctx); err != nil {
		return "", err
	}
	err := p.press(ctx, "sync")
	return p.Page.Copied(), err
}

var openButton = regexp.MustCompile(`\bname="do" value="(open:[^"]*)"`)

// open goes back to the list and opens the newest connector's settings.
func (p *Product) open(ctx context.Context) error {
	if !openButton.MatchString(p.Page.Body) {
		if err := p.press(ctx, "list"); err != nil {
			return err
		}
	}
	found := openButton.FindAllStringSubmatch(p.Page.Body, -1)
	if len(found) == 0 {
		return fmt.Errorf("%w: the list is empty", ErrNoButton)
	}
	return p.press(ctx, found[len(found)-1][1])
}

func (p *Product) press(ctx context.Context, buttons ...string) error {
	page, err := p.visitor.PressAll(ctx, p.Page, buttons...)
	if err == nil {
		p.Page = page
	}
	return err
}

func (p *Product) link(ctx context.Context, do string) (string, error) {
	err := p.press(ctx, do)
	if err != nil {
		return "", err
	}
	return p.Page.Copied(), nil
}
