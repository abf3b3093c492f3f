package auth

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"time"
)

// reachTime is how long a cloud has to show that it can be reached.
const reachTime = 10 * time.Second

// Reached reports whether a cloud's sign-in service answered.
type Reached struct {
	// Cloud is the cloud's name.
	Cloud string
	// Err is nil, or an *Error with Cause ErrNetwork, ErrDNS, ErrTLS, ErrProxyAuth, ErrTimeout or ErrBadAnswer.
	Err error
	// Offset is by how much the service's clock is ahead of this computer's; TimeKnown is false when the answer told no time.
	Offset    time.Duration
	TimeKnown bool
}

// Reach asks every cloud's sign-in service for a public document, and returns the answers in the order of the clouds. It
// signs nobody in and names no tenant.
func (d *Directory) Reach(ctx context.Context) []Reached {
	ctx, cancel := context.WithTimeout(ctx, reachTime)
	defer cancel()
	reached := make([]Reached, len(d.clouds))
	var wait sync.WaitGroup
	for i, c := range d.clouds {
		wait.Go(func() { reached[i] = d.reach(ctx, c) })
	}
	wait.Wait()
	return reached
}

// AskClock asks a cloud's sign-in service by how much its clock is ahead of this computer's; 0 where it does not tell.
func (d *Directory) AskClock(ctx context.Context, cloud string) time.Duration {
	c, ok := FindCloud(d.clouds, cloud)
	if !ok {
		return 0
	}
	ctx, cancel := context.WithTimeout(ctx, reachTime)
	defer cancel()
	return d.reach(ctx, c).Offset
}

func (d *Directory) reach(ctx context.Context, c Cloud) Reached {
	fail := func(cause error) Reached {
		return Reached{Cloud: c.Name, Err: &Error{Stage: StageDiscovery, Cause: cause}}
	}
	client, err := HTTPClient(c)
	if err != nil {
		return fail(ErrTLS)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Login+"/common"+discoveryPath, nil)
	if err != nil {
		return fail(ErrBadInput)
	}
	sent := d.now()
	response, err := client.Do(r)
	if err != nil {
		return fail(Classify(err))
	}
	body, err := readAnswer(response)
	if err != nil {
		return fail(Classify(err))
	}
	// A proxy's own page is HTML; the service answers in JSON, also when it does not know "common".
	if !json.Valid(body) {
		return fail(ErrBadAnswer)
	}
	_, dateErr := http.ParseTime(response.Header.Get("Date"))
	return Reached{Cloud: c.Name, Offset: clockOffset(response.Header, sent, d.now()), TimeKnown: dateErr == nil}
}
