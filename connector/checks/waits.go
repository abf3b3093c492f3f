package checks

import (
	"errors"
	"sync"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// Waits is until when the services of one tenant asked to be left alone. Connectors of that tenant which are checked beside each other, or one
// after the other, share it, so that none of them asks before. Its zero value is ready; nil knows of nothing.
type Waits struct {
	mu    sync.Mutex
	until map[auth.Resource]wait
}

// wait is until when a service is left alone, and with what it asked for that.
type wait struct {
	end time.Time
	why error
}

// note notes that a service answered why, and wants to be left alone until end. The longest wait counts.
func (w *Waits) note(service auth.Resource, end time.Time, why error) {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if end.After(w.until[service].end) {
		if w.until == nil {
			w.until = map[auth.Resource]wait{}
		}
		w.until[service] = wait{end, why}
	}
}

// left returns how long a service is still to be left alone, and the answer of then with what is left of its Retry-After.
func (w *Waits) left(service auth.Resource, now time.Time) (time.Duration, error) {
	if w == nil {
		return 0, nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	held := w.until[service]
	left := held.end.Sub(now)
	if left <= 0 {
		return 0, nil
	}
	return left, waiting(held.why, left)
}

// waiting is an answer whose Retry-After is left.
func waiting(err error, left time.Duration) error {
	var api *connector.APIError
	if errors.As(err, &api) {
		again := *api
		again.RetryAfter = left
		return &again
	}
	var e *auth.Error
	if errors.As(err, &e) {
		again := *e
		again.RetryAfter = left
		return &again
	}
	return err
}
