package loopback

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"partner-center-connector/auth"
)

// BeginLink starts an attempt at opening a link that another product has made; an earlier one for a link of the same kind is superseded. Its
// start page sends the browser on to exactly the link. The answer goes to that product, so no path here takes one: Answer ends by how the
// start page was asked for, by a newer attempt, by Close or with its context, and never with a nil error. Otherwise like BeginAdmin.
func (l *Listener) BeginLink(ctx context.Context, r auth.LinkRequest) (*Attempt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := checkLink(r.Address.Reveal()); err != nil {
		return nil, err
	}
	a := &Attempt{purpose: adminLinkAttempt, private: r.Private}
	if r.User {
		a.purpose = userLinkAttempt
	}
	return l.enter(ctx, a, func() (*consentFlow, error) { return &consentFlow{link: r.Address.Reveal()}, nil })
}

// checkLink lets a browser be sent only where checkAuthorize does, and only to what a header carries byte for byte. Its errors do not have
// the link in them.
func checkLink(address string) error {
	for i := range len(address) {
		if address[i] <= ' ' || address[i] > '~' {
			return errors.New("auth: the link has characters that no address has")
		}
	}
	u, err := url.Parse(address)
	if err != nil {
		return errors.New("auth: the link is not an address")
	}
	if u.User != nil || strings.Contains(address, "#") || checkAuthorize(address) != nil {
		return errors.New("auth: the link is neither https nor to a loopback address, or has more than an address of a sign-in has")
	}
	return nil
}
