package rehearsal_test

import (
	"cmp"
	"net/http"
	"strings"
	"testing"
)

// TestGraphNamesItsAnswers: an answer gives back the caller's name of the request, or its own where there was none, also in an error's body.
func TestGraphNamesItsAnswers(t *testing.T) {
	p := newProgram(t, start(t, options()))
	const id = "5e0a11c0-0000-4000-8000-0000000c0de5"
	for _, asked := range []string{id, ""} {
		header := http.Header{}
		if asked != "" {
			header.Set("client-request-id", asked)
		}
		got := p.send(http.MethodGet, "/v1.0/me", nil, header)
		answered := got.header.Get("request-id")
		want := cmp.Or(asked, answered)
		if answered == "" || got.header.Get("client-request-id") != want || !strings.Contains(got.raw, `"client-request-id":"`+want+`"`) ||
			!strings.Contains(got.raw, `"request-id":"`+answered+`"`) {
			t.Errorf("asked by %q: %v %s", asked, got.header, got.raw)
		}
	}
}
