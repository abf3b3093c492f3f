package loopback

import (
	"context"
	"io"
	"net/http"
	"testing"
	"time"

	"partner-center-connector/auth"
)

func TestFinishWhenNobodyFetches(t *testing.T) {
	h := newListenerTest(t)
	h.listener.limits.fetch = 20 * time.Millisecond
	s := newScene(h, h.beginUser(h.userRequest()))
	parked := s.v.post(s.callback, s.form("code", testCode))
	// The browser goes away as soon as its answer has been taken.
	ctx, cancel := context.WithCancel(context.Background())
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		r := s.v.request(http.MethodGet, s.a.origin+parked.location, "", s.v.withCookies).WithContext(ctx)
		if response, err := s.v.client.Do(r); err == nil {
			response.Body.Close()
		}
	}()
	if _, err := h.answer(s.a); err != nil {
		t.Fatal(err)
	}
	cancel()
	<-gone
	s.a.Finish(auth.PageUserDone)
	s.a.Finish(auth.PageFailed) // the first page stays
	s.v.get(s.a.origin+parked.location).shows(t, http.StatusOK, auth.PageUserDone)
}

// TestFinishWaitsForThePage: whoever closes the browser or the port after Finish cuts nothing off.
func TestFinishWaitsForThePage(t *testing.T) {
	h := newListenerTest(t)
	h.listener.limits.fetch = time.Minute
	render, writing, goOn := h.listener.cfg.Render, make(chan struct{}), make(chan struct{})
	h.listener.cfg.Render = func(w io.Writer, p auth.Page) error {
		if p == auth.PageUserDone {
			close(writing)
			<-goOn
		}
		return render(w, p)
	}
	s := newScene(h, h.beginUser(h.userRequest()))
	parked := s.v.post(s.callback, s.form("code", testCode))
	fetched := make(chan reply, 1)
	go func() { fetched <- s.v.get(s.a.origin + parked.location) }()
	if _, err := h.answer(s.a); err != nil {
		t.Fatal(err)
	}
	finished := make(chan struct{})
	go func() { s.a.Finish(auth.PageUserDone); close(finished) }()
	<-writing
	select {
	case <-finished:
		t.Error("Finish did not wait")
	case <-time.After(100 * time.Millisecond):
	}
	close(goOn)
	<-finished
	(<-fetched).shows(t, http.StatusOK, auth.PageUserDone)
}

// TestHeldLongerThanARequestMayTake: neither the read limit of the connection nor the hold limit loses the answer.
func TestHeldLongerThanARequestMayTake(t *testing.T) {
	h := newListenerTest(t)
	h.listener.limits.read, h.listener.limits.write, h.listener.limits.hold = 50*time.Millisecond, 50*time.Millisecond, 300*time.Millisecond
	s := newScene(h, h.beginUser(h.userRequest()))
	parked := s.v.post(s.callback, s.form("code", testCode))
	s.v.get(s.a.origin+parked.location).shows(t, http.StatusOK, auth.PageReceived)
	if answer, err := h.answer(s.a); err != nil || answer.Code.Reveal() != testCode {
		t.Fatal(err)
	}
	s.v.fetchDone(s.a, parked.location, auth.PageUserDone).shows(t, http.StatusOK, auth.PageUserDone)
}
