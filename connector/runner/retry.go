package runner

import (
	"context"
	"strconv"
	"time"

	"partner-center-connector/connector"
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

// longestPause is the longest Retry-After that is obeyed while somebody watches.
const longestPause = 2 * time.Minute

// retry runs do until it ends without a problem, or with one that no waiting fixes, and returns that problem.
// Between two tries it tells when the next one begins. When the last try says that the answer was used up by the tries
// before, the problem before is the one that counts.
func (r *Runner) retry(ctx context.Context, attempt int, wait retryPolicy, do func() *connector.Problem) *connector.Problem {
	var before *connector.Problem
	for try := 0; ; try++ {
		p := do()
		if p == nil || ctx.Err() != nil {
			return p
		}
		if before != nil && !wait.kinds[p.Kind] {
			if p.Kind == connector.KindStartOver {
				return before
			}
			return p
		}
		if !wait.kinds[p.Kind] || try >= len(wait.pauses) {
			return p
		}
		before = p
		pause := max(time.Duration(float64(wait.pauses[try])*r.limits.pace), retryAfter(p))
		if pause > longestPause || !r.retryIn(ctx, attempt, *p, pause) {
			return p
		}
	}
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
