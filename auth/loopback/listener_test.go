package loopback

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
)

func TestUserConsentOverBothFamilies(t *testing.T) {
	for _, family := range [][2]string{{"tcp4", "127.0.0.1"}, {"tcp6", "::1"}} {
		t.Run(family[0], func(t *testing.T) {
			if family[0] == "tcp6" && !hasIPv6(t) {
				t.Skip("this computer has no ::1")
			}
			h := newListenerTest(t)
			a := h.beginUser(h.userRequest())
			v := h.visitorOver(family[0], family[1])
			q := v.start(a)
			select {
			case <-a.Started():
			default:
				t.Error("Started is open after the start page was asked for")
			}
			v.consent(a, q, url.Values{"code": {testCode}}).shows(t, http.StatusOK, auth.PageUserDone)
			answer, err := h.answer(a)
			if err != nil {
				t.Fatal(err)
			}
			challenge := sha256.Sum256([]byte(answer.Verifier.Reveal()))
			if base64.RawURLEncoding.EncodeToString(challenge[:]) != q.Get("code_challenge") {
				t.Error("the verifier is not that of the challenge")
			}
			if answer.Code.Reveal() != testCode || answer.Nonce.Reveal() != q.Get("nonce") || answer.RedirectURI != q.Get("redirect_uri") {
				t.Error("code, nonce or redirect URI are not those of the consent")
			}
		})
	}
}

func hasIPv6(t *testing.T) bool {
	t.Helper()
	l, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		return false
	}
	_ = l.Close()
	return true
}

func TestAdminConsent(t *testing.T) {
	h := newListenerTest(t)
	a := h.beginAdmin(h.adminRequest())
	v := h.visitor()
	q := v.start(a)
	answered := v.get(q.Get("redirect_uri") + "?" + url.Values{
		"admin_consent": {"true"}, "tenant": {strings.ToUpper(testTenant)}, "state": {q.Get("state")}, "scope": {"openid"},
	}.Encode())
	if answered.status != http.StatusSeeOther || !strings.HasPrefix(answered.location, donePath) {
		t.Fatalf("%d to %q", answered.status, answered.location)
	}
	done := v.fetchDone(a, answered.location, auth.PageAdminDone)
	done.shows(t, http.StatusOK, auth.PageAdminDone)
	answer, err := h.answer(a)
	if err != nil || answer.Tenant != testTenant || answer.WithoutCookie {
		t.Errorf("%+v, %v", answer, err)
	}
	a.Close()
	v.get(a.origin+answered.location).shows(t, http.StatusOK, auth.PageAdminDone) // a reload shows it again
	if strings.Contains(done.body, "http://") || strings.Contains(done.body, "https://") || strings.Contains(done.body, "<script") {
		t.Error("the page has a script or something external")
	}
}

func TestStartSetsTheCookie(t *testing.T) {
	h := newListenerTest(t)
	a := h.beginUser(h.userRequest())
	link := a.Link()
	if len(link)-strings.LastIndex(link, "/") < 1+26 {
		t.Errorf("the ticket of %q has less than 128 bits", link)
	}
	got := h.visitor().get(link)
	c := got.cookie
	if c == nil || !strings.HasPrefix(c.Name, "pcc-consent-") || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode ||
		c.Path != "/" || c.MaxAge != 0 || !c.Expires.IsZero() || c.Domain != "" {
		t.Errorf("cookie %+v", c)
	}
	if got.body != "" {
		t.Error("the redirect has a body")
	}
	if other := a.Link(); other == link {
		t.Error("a second link has the same ticket")
	}
}

func TestReleaseAndUseAgain(t *testing.T) {
	h := newListenerTest(t)
	a := h.beginUser(h.userRequest())
	v := h.visitor()
	q := v.start(a)
	parked := v.post(q.Get("redirect_uri"), url.Values{"state": {q.Get("state")}, "code": {testCode}})
	var held reply
	var fetching sync.WaitGroup
	fetching.Go(func() { held = v.get(a.origin + parked.location) })
	if _, err := h.answer(a); err != nil {
		t.Fatal(err)
	}
	h.listener.Release()
	fetching.Wait()
	held.shows(t, http.StatusOK, auth.PageReceived)
	if _, err := net.Dial("tcp4", strings.Replace(a.origin, "http://localhost", "127.0.0.1", 1)); err == nil {
		t.Error("the port is still open")
	}
	if _, err := a.Answer(context.Background()); !errors.Is(err, context.Canceled) {
		t.Errorf("after Release: %v", err)
	}
	h.listener.Release()
	again := h.beginUser(h.userRequest())
	h.visitor().start(again)
}

func TestReleaseDropsSilentConnections(t *testing.T) {
	h := newListenerTest(t)
	a := h.beginUser(h.userRequest())
	c, err := net.Dial("tcp4", strings.Replace(a.origin, "http://localhost", "127.0.0.1", 1))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	began := time.Now()
	h.listener.Release()
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("Release took %v", took)
	}
}

func TestBeginRefuses(t *testing.T) {
	h := newListenerTest(t)
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := h.listener.BeginUser(canceled, h.userRequest()); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	for _, path := range []string{"consent", "/consent?a=b", "/consent#", "/%zz", "/a?"} {
		r := h.adminRequest()
		r.App.RedirectPath = path
		if _, err := h.listener.BeginAdmin(context.Background(), r); err == nil {
			t.Errorf("redirect path %q was taken", path)
		}
	}
	for _, address := range []string{"http://login.example.test/x", "javascript:alert(1)", "file:///etc/passwd", "", "https://", "://"} {
		u, r := h.userRequest(), h.adminRequest()
		u.Tenant.Authorize, r.Tenant.Authorize = address, address
		if _, err := h.listener.BeginUser(context.Background(), u); err == nil {
			t.Errorf("user: authorization endpoint %q was taken", address)
		}
		if _, err := h.listener.BeginAdmin(context.Background(), r); err == nil {
			t.Errorf("admin: authorization endpoint %q was taken", address)
		}
	}
}

func TestRandomFails(t *testing.T) {
	h := newListenerTest(t)
	h.listener.cfg.Rand = strings.NewReader("too short")
	if _, err := h.listener.BeginUser(context.Background(), h.userRequest()); err == nil {
		t.Error("an attempt began without random bytes")
	}
	h.listener.cfg.Rand = io.LimitReader(zeros{}, 5*32)
	a := h.begun(h.listener.BeginUser(context.Background(), h.userRequest()))
	if link := a.Link(); link != "" {
		t.Error("a link was made without random bytes")
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// TestEveryPageHasWords reads the pages' names from the file that declares them.
func TestEveryPageHasWords(t *testing.T) {
	source, err := os.ReadFile("../consent.go")
	if err != nil {
		t.Fatal(err)
	}
	pages := regexp.MustCompile(`Page = "([a-z-]+)"`).FindAllSubmatch(source, -1)
	if len(pages) < 10 {
		t.Fatalf("only %d pages", len(pages))
	}
	for _, lang := range []string{"en", "de"} {
		tr := assets.NewTranslator(lang)
		for _, p := range pages {
			var b bytes.Buffer
			if err := assets.RenderCallback(&b, tr, string(p[1])); err != nil {
				t.Error(err)
			}
		}
	}
}
