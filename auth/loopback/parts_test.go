package loopback

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"partner-center-connector/auth"
)

// TestWhatIsNoCallback has parameters that a form does not have, or has twice: which of two would count, nobody could tell.
func TestWhatIsNoCallback(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]bool{
		"state=a&code=b": true, "": true, "other=1&other=2": true, "error_description=a&error_description=b": true,
		"state=a&state=b": false, "code=a&code=a": false, "error=a&error=b": false, "admin_consent=True&admin_consent=True": false,
		"tenant=a&tenant=b": false, "state=%zz": false, "state=a;code=b": false,
	} {
		p, ok := parseCallback(query)
		if ok != want || !ok && p != (callbackParams{}) {
			t.Errorf("%q: %+v, %v", query, p, ok)
		}
	}
}

func TestNoCookieWithoutChance(t *testing.T) {
	t.Parallel()
	broken := errors.New("no more")
	for _, given := range []int64{0, 8, 20} {
		source := io.MultiReader(io.LimitReader(strings.NewReader(strings.Repeat("x", 1000)), given), iotest.ErrReader(broken))
		if c, err := newConsentCookie(source); !errors.Is(err, broken) || strings.Contains(c.value, "eHh4") {
			t.Errorf("after %d bytes: %+v, %v, want %v", given, c, err, broken)
		}
	}
}

// TestWhatIsAllowedIsTold holds the header that an answer with status 405 has to have. https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6
func TestWhatIsAllowedIsTold(t *testing.T) {
	t.Parallel()
	l := &Listener{cfg: Config{Log: slog.New(slog.DiscardHandler), Render: newListenerTest(t).listener.cfg.Render}}
	answer := httptest.NewRecorder()
	l.write(answer, httptest.NewRequestWithContext(t.Context(), http.MethodPut, "/", nil), notAllowed("GET"))
	if answer.Code != 405 || answer.Header().Get("Allow") != "GET" {
		t.Errorf("status %d, allowed: %q", answer.Code, answer.Header().Get("Allow"))
	}
}

// TestAReplyWithoutAPage does not ask for a document of no page, whatever would come of it.
func TestAReplyWithoutAPage(t *testing.T) {
	t.Parallel()
	l := &Listener{cfg: Config{Log: slog.New(slog.DiscardHandler), Render: func(w io.Writer, _ auth.Page) error {
		_, err := io.WriteString(w, "a page")
		return err
	}}}
	answer := httptest.NewRecorder()
	l.write(answer, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil), plainReply(415))
	if got := answer.Body.String(); got != "Unsupported Media Type\n" || answer.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("%s: %q", answer.Header().Get("Content-Type"), got)
	}
}
