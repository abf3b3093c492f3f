package checks

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// Limits of one thing that is asked for.
const (
	callTime  = 30 * time.Second
	retryTime = 60 * time.Second
	maxTries  = 3
	firstWait = 2 * time.Second
)

// signInService stands for the sign-in service among the APIs, which are asked with its tokens.
const signInService auth.Resource = ""

// ask calls f, which asks a service, with a limit, and again, up to maxTries in retryTime, where the service asked to wait or failed by itself.
// Where it asked another connector of the tenant to wait it is left alone, and not asked at all if that takes too long.
func ask[T any](ctx context.Context, c *checker, service auth.Resource, f func(context.Context) (T, error)) (T, error) {
	start, waited, wait := c.Now(), time.Duration(0), firstWait
	tooLong := func(pause time.Duration) bool { return max(waited, c.Now().Sub(start))+pause > retryTime }
	for try := 1; ; try++ {
		if held, why := c.Waits.left(service, c.Now()); held > 0 {
			if tooLong(held) || c.Sleep(ctx, held) != nil {
				var none T
				return none, why
			}
			waited += held
		}
		value, err := limited(ctx, f)
		asked, again := retryable(err)
		if again {
			c.Waits.note(service, c.Now().Add(asked), err)
		}
		if !again || try == maxTries || ctx.Err() != nil {
			return value, err
		}
		pause := max(asked, wait)
		if tooLong(pause) || c.Sleep(ctx, pause) != nil {
			return value, err
		}
		waited += pause
		wait *= 2
	}
}

func limited[T any](ctx context.Context, f func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	return f(ctx)
}

// retryable goes by status and OAuth error only. It returns the wait that the service asked for.
func retryable(err error) (time.Duration, bool) {
	var api *connector.APIError
	if errors.As(err, &api) {
		return api.RetryAfter, busy(api.Status)
	}
	var e *auth.Error
	if errors.As(err, &e) {
		return e.RetryAfter, busy(e.Status) || e.OAuth == "temporarily_unavailable" || e.OAuth == "server_error"
	}
	return 0, false
}

func busy(status int) bool {
	return status == http.StatusTooManyRequests || status >= http.StatusInternalServerError
}

// unreachable reports whether a problem is about the way to the service, or the service's own trouble: nothing was found out.
func unreachable(p *connector.Problem) bool {
	return p == nil || problems.Unreached(p.Kind)
}

// fetchToken redeems the refresh token for one resource, with no cached access token.
func (c *checker) fetchToken(ctx context.Context, r auth.Resource) (auth.Token, error) {
	o := &c.partnerToken
	if r == auth.Graph {
		o = &c.graphToken
	}
	return o.get(func() (auth.Token, error) {
		o.at = c.Now()
		return ask(ctx, c, signInService, func(ctx context.Context) (auth.Token, error) { return c.Session.Token(ctx, r, true) })
	})
}

// withToken gets a token and asks f with it.
func withToken[T any](
	ctx context.Context, c *checker, r auth.Resource, o *once[T], f func(context.Context, auth.Secret) (T, error),
) (T, error) {
	return o.get(func() (T, error) {
		token, err := c.fetchToken(ctx, r)
		if err != nil {
			var none T
			return none, &noTokenError{err}
		}
		value, err := ask(ctx, c, r, func(ctx context.Context) (T, error) { return f(ctx, token.Value) })
		if err != nil {
			var none T
			return none, err
		}
		return value, nil
	})
}

// noTokenError says that nothing was asked, because there was no token to ask with.
type noTokenError struct{ cause error }

// Error implements error.
func (e *noTokenError) Error() string { return "no access token: " + e.cause.Error() }

// Unwrap gives the cause to errors.Is and errors.As.
func (e *noTokenError) Unwrap() error { return e.cause }

func hadNoToken(err error) bool {
	var e *noTokenError
	return errors.As(err, &e)
}

func (c *checker) fetchMe(ctx context.Context) (connector.Me, error) {
	return withToken(ctx, c, auth.Graph, &c.me, c.Graph.Me)
}

func (c *checker) fetchMembership(ctx context.Context) (connector.Membership, error) {
	return withToken(ctx, c, auth.Graph, &c.membership, c.Graph.Membership)
}

func (c *checker) fetchOrganization(ctx context.Context) (connector.Organization, error) {
	return withToken(ctx, c, auth.PartnerCenter, &c.organization, c.PartnerCenter.Organization)
}

func (c *checker) fetchCustomers(ctx context.Context) (connector.Customers, error) {
	return withToken(ctx, c, auth.PartnerCenter, &c.customers, c.PartnerCenter.Customers)
}

// askAhead begins to ask for everything that the checks need, each API in its own order, and returns what waits for the end of that.
func (c *checker) askAhead(ctx context.Context) (wait func()) {
	var asking sync.WaitGroup
	asking.Go(func() {
		_, _ = c.fetchOrganization(ctx)
		_, _ = c.fetchCustomers(ctx)
	})
	asking.Go(func() {
		_, _ = c.fetchMe(ctx)
		_, _ = c.fetchMembership(ctx)
	})
	return asking.Wait
}
