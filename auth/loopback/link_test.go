package loopback

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"partner-center-connector/auth"
)

// Two links as a product makes them. Nothing of them is in the order or the escapes that net/url would write.
const (
	productState = "Zm9yZWlnbi1zdGF0ZQ%3d%3d"
	productNonce = "foreign-nonce-of-a-product"

	adminLink = "https://login.example.test/contoso.example/v2.0/adminconsent?state=" + productState + "&client_id=" + testClient +
		"&scope=openid+https%3a%2f%2Fapi.example.test%2F.default&&redirect_uri=https%3A%2F%2Fapp.product.example%2Fback%3fa%3Db"
	userLink = "https://login.example.test/contoso.example/oauth2/authorize?response_type=code%20id_token&nonce=" + productNonce +
		"&state=" + productState + "&redirect_uri=https%3A%2F%2Fapp.product.example%2Fback&client_id=" + testClient + "&empty=&x"
)

func (h *listenerTest) beginLink(r auth.LinkRequest) *Attempt {
	h.t.Helper()
	h.secret(productState, productNonce, r.Address.Reveal())
	a, err := h.listener.BeginLink(context.Background(), r)
	return h.begun(a, err)
}

func (h *listenerTest) adminLink() *Attempt {
	return h.beginLink(auth.LinkRequest{Address: auth.NewSecret(adminLink)})
}

func (h *listenerTest) userLink() *Attempt {
	return h.beginLink(auth.LinkRequest{Address: auth.NewSecret(userLink), User: true, Private: true})
}

// startLink makes a start address whose ticket must not be seen either.
func (h *listenerTest) startLink(a *Attempt) string {
	link := a.Link()
	h.secret(link[strings.LastIndex(link, "/")+1:])
	return link
}

func TestALinkIsOpenedByteForByte(t *testing.T) {
	for name, r := range map[string]auth.LinkRequest{
		"administrator":       {Address: auth.NewSecret(adminLink)},
		"isolated":            {Address: auth.NewSecret(adminLink), Private: true},
		"user":                {Address: auth.NewSecret(userLink), User: true, Private: true},
		"user, not private":   {Address: auth.NewSecret(userLink), User: true},
		"practice cloud":      {Address: auth.NewSecret("http://127.0.0.1:8080/t/adminconsent?state=" + productState)},
		"every odd character": {Address: auth.NewSecret("https://login.example.test/c/adminconsent?a=!$'()*,;:@/?[]|\\^`{}\"<>~")},
	} {
		t.Run(name, func(t *testing.T) {
			h := newListenerTest(t)
			a, v := h.beginLink(r), h.visitor()
			h.waiting(a)
			start := h.startLink(a)
			if strings.Contains(start, productState) || !strings.HasPrefix(start, a.origin+"/start/") {
				t.Errorf("started at %q", start)
			}
			select {
			case <-a.Started():
				t.Error("it has started before a browser came")
			default:
			}
			for range 2 { // a reload goes on to the same place
				got := v.get(start)
				if got.status != http.StatusFound || got.location != r.Address.Reveal() {
					t.Errorf("%d, sent on to %q, want %q", got.status, got.location, r.Address.Reveal())
				}
				if got.header.Get("Referrer-Policy") != "no-referrer" || got.cookie == nil || got.cookie.Name != a.cookie.name || got.body != "" {
					t.Errorf("referrer policy %q, cookie %v, %q", got.header.Get("Referrer-Policy"), got.cookie, got.body)
				}
			}
			<-a.Started()
			h.waiting(a)
			a.Finish(auth.PageAdminDone) // returns at once: no browser comes back
		})
	}
}

// TestNothingComesBackOfALink checks that no request ends an attempt as an answer, be it at the root, whose path an empty one could be taken
// for, or without a path.
func TestNothingComesBackOfALink(t *testing.T) {
	h := newListenerTest(t)
	a, v := h.userLink(), h.visitor()
	v.get(h.startLink(a))
	answer := "code=" + testCode + "&state=" + productState
	for _, address := range []string{"/?" + answer, "/consent?" + answer, "/?state=&code=" + testCode, "/done/", "/start/"} {
		if got := v.get(a.origin + address); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", address, got.status)
		}
	}
	r := v.request(http.MethodPost, a.origin+"/", answer, v.withCookies)
	if got := v.do(r); got.status != http.StatusNotFound {
		t.Errorf("posted to the root: %d", got.status)
	}
	if got := h.withoutPath(a, "?state=&admin_consent=True&tenant="+testTenant); got != http.StatusNotFound {
		t.Errorf("without a path: %d", got)
	}
	h.waiting(a)
}

// withoutPath sends a request of which the address has no path at all, as no browser does, and returns the status.
func (h *listenerTest) withoutPath(a *Attempt, query string) int {
	h.t.Helper()
	host := strings.TrimPrefix(a.origin, "http://")
	c, err := (&net.Dialer{}).DialContext(h.t.Context(), "tcp4", "127.0.0.1"+host[strings.LastIndex(host, ":"):])
	if err != nil {
		h.t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, "GET "+a.origin+query+" HTTP/1.1\r\nHost: "+host+"\r\n\r\n"); err != nil {
		h.t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		h.t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode
}

// TestALinkSupersedesItsOwnKindAlone checks that the two links, and the consents of our own, leave each other alone.
func TestALinkSupersedesItsOwnKindAlone(t *testing.T) {
	h := newListenerTest(t)
	begin := []func() *Attempt{
		func() *Attempt { return h.beginAdmin(h.adminRequest()) }, func() *Attempt { return h.beginUser(h.userRequest()) },
		h.adminLink, h.userLink,
	}
	stages := []auth.Stage{auth.StageAdminConsent, auth.StageUserConsent, auth.StageAdminConsent, auth.StageUserConsent}
	open := []*Attempt{}
	for _, b := range begin {
		open = append(open, b())
	}
	for i, b := range begin {
		old, start := open[i], h.startLink(open[i])
		open[i] = b()
		for _, a := range open {
			h.waiting(a)
		}
		_, err := h.answer(old)
		if e := (*auth.Error)(nil); !errors.As(err, &e) || e.Stage != stages[i] || !errors.Is(err, auth.ErrSuperseded) {
			t.Errorf("%d: %v", i, err)
		}
		h.visitor().get(start).shows(t, http.StatusGone, auth.PageSuperseded)
	}
}

func TestWhereALinkIsNotOpened(t *testing.T) {
	isolated := auth.LinkRequest{Address: auth.NewSecret(adminLink), Private: true}
	user := auth.LinkRequest{Address: auth.NewSecret(userLink), User: true, Private: true}
	unlatched := auth.LinkRequest{Address: auth.NewSecret(userLink), User: true}
	theAdmins := func(v *visitor) { v.get(v.h.startLink(v.h.adminLink())) }
	for _, c := range []struct {
		name    string
		r       auth.LinkRequest
		prepare func(*visitor)
		private bool
	}{
		{"user, clean", user, func(*visitor) {}, true},
		{"user, the browser of the admin link", user, theAdmins, false},
		{"user, our own admin consent's browser", user, func(v *visitor) { v.start(v.h.beginAdmin(v.h.adminRequest())) }, false},
		{"user, an earlier run", user, func(v *visitor) { v.cookies["pcc-consent-0"] = "x" }, false},
		{"isolated, clean", isolated, func(*visitor) {}, true},
		{"isolated, an earlier run", isolated, func(v *visitor) { v.cookies["pcc-consent-0"] = "x" }, false},
		{"user in the default browser", unlatched, theAdmins, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newListenerTest(t)
			a, v := h.beginLink(c.r), h.visitor()
			c.prepare(v)
			start := h.startLink(a)
			got := v.get(start)
			if c.private {
				if got.status != http.StatusFound || got.location != c.r.Address.Reveal() {
					t.Errorf("%d, sent on to %q", got.status, got.location)
				}
				return
			}
			h.notPrivate(a, got)
			<-a.Started()
			h.visitor().get(start).shows(t, http.StatusGone, auth.PageExpired)
		})
	}
}

func TestASpentTicketOfALink(t *testing.T) {
	h := newListenerTest(t)
	a := h.adminLink()
	start, other := h.startLink(a), h.startLink(a)
	first, second := h.visitor(), h.visitor()
	first.get(start)
	got := second.get(start)
	got.shows(t, http.StatusForbidden, auth.PageTicketSpent)
	if got.location != "" || got.cookie != nil {
		t.Error("the second browser was sent on, or got a cookie")
	}
	if _, err := h.answer(a); !errors.Is(err, auth.ErrTicketSpent) {
		t.Errorf("%v", err)
	}
	first.get(start).shows(t, http.StatusGone, auth.PageExpired)
	h.visitor().get(other).shows(t, http.StatusGone, auth.PageExpired)
}

func TestAClosedLinkIsForgotten(t *testing.T) {
	h := newListenerTest(t)
	a := h.userLink()
	start := h.startLink(a)
	a.Close()
	if _, err := h.answer(a); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if a.flow.link != "" || a.Link() != "" {
		t.Errorf("it is still known: %q, %q", a.flow.link, a.Link())
	}
	h.visitor().get(start).shows(t, http.StatusGone, auth.PageExpired)
}

// TestWhatIsNoLinkToOpen checks that what nobody may be sent to binds no port, and does not be in the error.
func TestWhatIsNoLinkToOpen(t *testing.T) {
	for _, address := range []string{
		"", "login.example.test/c/adminconsent?state=" + productState, "javascript:alert('" + productState + "')",
		"http://login.example.test/c/adminconsent?state=" + productState, "http://localhost:8080/c/adminconsent?state=" + productState,
		"file:///etc/passwd?" + productState, "https:///adminconsent?state=" + productState, "https://[::1/adminconsent?state=" + productState,
		"https://login.example.test@evil.example/adminconsent?state=" + productState, "https://evil.example\\@login.example.test/?" + productState,
		adminLink + "\r\nSet-Cookie: a=b", adminLink + "\n", " " + adminLink, adminLink + "&name=Jürgen", adminLink + "\x7f",
	} {
		h := newListenerTest(t)
		a, err := h.listener.BeginLink(t.Context(), auth.LinkRequest{Address: auth.NewSecret(address)})
		if a != nil || err == nil {
			t.Errorf("%q can be opened", address)
			continue
		}
		if strings.Contains(err.Error(), productState) {
			t.Errorf("%q stands in %v", productState, err)
		}
		if h.listener.server != nil {
			t.Errorf("%q: a port was bound", address)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	h := newListenerTest(t)
	if a, err := h.listener.BeginLink(ended, auth.LinkRequest{Address: auth.NewSecret(adminLink)}); a != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", a, err)
	}
}
