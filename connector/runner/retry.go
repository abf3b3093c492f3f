package runner

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/wizard"
)

// retryPolicy is what is waited for, and for how long before each further try. A new consent or secret is not known
// everywhere at Microsoft at once; nothing is promised about how long that takes, so the pauses grow and come to an end.
type retryPolicy struct {
	pauses []time.Duration
	kinds  map[connector.ProblemKind]bool
}

var (
	probeRetries = retryPolicy{
		pauses: []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 40 * time.Second, 60 * time.Second, 60 * time.Second},
		kinds:  map[connector.ProblemKind]bool{connector.KindSecretWrong: true, connector.KindNotReplicated: true},
	}
	redeemRetries = retryPolicy{
		pauses: []time.Duration{3 * time.Second, 6 * time.Second, 12 * time.Second, 24 * time.Second, 45 * time.Second},
		kinds: map[connector.ProblemKind]bool{
			connector.KindSecretWrong: true, connector.KindNotReplicated: true, connector.KindConsentMissing: true, connector.KindTransient: true, connector.KindThrottled: true,
		},
	}
)

// ScriptWait is how long a client secret that Microsoft does not accept is tried again where nobody watches, unless more is asked for: it may be
// new, but more often it is wrong.
const ScriptWait = 20 * time.Second

// WaitForSecret makes the runner give Microsoft at most d for a new client secret, but all of it. It is for before Run; without it the pauses decide.
func (r *Runner) WaitForSecret(d time.Duration) { r.secret.limit = &d }

// secretTime is how long Microsoft is given for a new client secret. The test of the registration and the redemption share it.
type secretTime struct {
	// limit is nil where the usual pauses decide.
	limit *time.Duration

	mu    sync.Mutex
	of    auth.Secret
	spent time.Duration
}

// left is what a client secret has left of the limit.
func (t *secretTime) left(of auth.Secret) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.of.Equal(of) {
		return *t.limit
	}
	return *t.limit - t.spent
}

// spend notes a pause for a client secret; another one than before has all of its time again.
func (t *secretTime) spend(of auth.Secret, pause time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.of.Equal(of) {
		t.of, t.spent = of, 0
	}
	t.spent += pause
}

// longestPause is the longest Retry-After that is obeyed while somebody watches.
const longestPause = 2 * time.Minute

// retry runs do until it ends without a problem, or with one that no waiting fixes, and returns that problem.
// Between two tries it tells when the next one begins. When the last try says that the answer was used up by the tries
// before, the problem before is the one that counts.
func (r *Runner) retry(ctx context.Context, attempt int, app auth.App, wait retryPolicy, do func() *connector.Problem) *connector.Problem {
	var before *connector.Problem
	for try := 0; ; try++ {
		p := do()
		problems.FitClient(p, app.ClientKind)
		if p == nil || ctx.Err() != nil {
			return p
		}
		if before != nil && !wait.kinds[p.Kind] {
			if p.Kind == connector.KindStartOver {
				return before
			}
			return p
		}
		if !wait.kinds[p.Kind] || isDefinite(p, app) {
			return p
		}
		before = p
		pause, more := r.pauseBefore(wait, try, p, app)
		if !more || !r.retryIn(ctx, attempt, *p, pause) {
			return p
		}
		if p.Kind == connector.KindSecretWrong {
			r.secret.spend(app.Secret, pause)
		}
	}
}

// pauseBefore is the pause before the next try, no shorter than the service asked for; more is false where there is to be none. A client secret
// is given all of the time that was asked for it, and no more.
func (r *Runner) pauseBefore(wait retryPolicy, try int, p *connector.Problem, app auth.App) (pause time.Duration, more bool) {
	limited := r.secret.limit != nil && p.Kind == connector.KindSecretWrong
	if try >= len(wait.pauses) && !limited {
		return 0, false
	}
	pause = time.Duration(float64(wait.pauses[min(try, len(wait.pauses)-1)]) * r.limits.pace)
	if limited {
		left := r.secret.left(app.Secret)
		if left <= 0 || retryAfter(p) > left {
			return 0, false
		}
		pause = min(pause, left)
	}
	pause = max(pause, retryAfter(p))
	return pause, pause <= longestPause
}

// isDefinite reports whether a client secret was refused that can't be one: a GUID, which is what Entra calls its Secret ID. It says so in the
// problem.
func isDefinite(p *connector.Problem, app auth.App) bool {
	if p.Kind != connector.KindSecretWrong || !connector.ValidClientID(strings.TrimSpace(app.Secret.Reveal())) {
		return false
	}
	p.With("IsID", "yes")
	return true
}

// retryIn tells that the next try begins after a pause, and waits for it; false if ctx ended first.
func (r *Runner) retryIn(ctx context.Context, attempt int, p connector.Problem, after time.Duration) bool {
	now := r.ports.Now()
	r.Send(wizard.Retrying{Attempt: attempt, Retry: &wizard.Retry{Problem: p, Since: now, At: now.Add(after)}})
	if !r.pause(ctx, after) {
		return false
	}
	r.Send(wizard.Retrying{Attempt: attempt})
	return true
}

// retryAfter is what the service asked for; 0 when it asked for nothing.
func retryAfter(p *connector.Problem) time.Duration {
	seconds, err := strconv.Atoi(p.Args["Seconds"])
	if err != nil || seconds < 0 {
		return 0
	}
	return time.Duration(seconds) * time.Second
}
