//go:build e2e && linux

package e2e

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"partner-center-connector/rehearsal/visitor"
)

var startLink = regexp.MustCompile(`http://localhost:[0-9]+/start/[a-z0-9]+`)

// stranger is a request that no browser of the consent would send.
type stranger struct {
	name, method, path string
	host, body         string
	header             map[string]string
	want               []int
}

// TestStrangersEndNothing bothers the real program's listener in both waits. Everyone is turned away, and both consents succeed.
func TestStrangersEndNothing(t *testing.T) {
	a, c := newAccount(t, chromium), newCloud(t, "good", true)
	input, args := c.connect(a, "public", connectorName, "--admin-consent", "link", "--user-consent", "link")
	p := a.start(a.env, input, terminal, c.args(args...)...)
	admin := openLink(t, p, "")
	admin.bother()
	admin.goOn("/consent", "admin_consent=True&tenant="+c.Facts().TenantID)
	user := openLink(t, p, admin.link)
	// The administrator's answer comes again while the program waits for the integration user's.
	late := stranger{
		name: "the administrator's answer again", method: http.MethodGet,
		path: "/consent?admin_consent=True&tenant=" + c.Facts().TenantID + "&state=" + admin.state, want: []int{http.StatusGone},
	}
	user.expect(late)
	user.bother()
	user.goOn("/consent", "code=1.practice.stolen")
	saved := p.result(patience).exits(0).answer()
	if saved.Connector == nil || saved.Health != "new" {
		t.Errorf("saved: %+v", saved.Connector)
	}
}

// TestALinkThatIsOpenedTwice ends its try at once, and the program says so.
func TestALinkThatIsOpenedTwice(t *testing.T) {
	a, c := newAccount(t, chromium), newCloud(t, "good", true)
	input, args := c.connect(a, "public", connectorName, "--admin-consent", "link", "--user-consent", "link")
	p := a.start(a.env, input, terminal, c.args(args...)...)
	admin := openLink(t, p, "")
	admin.goOn("/consent", "admin_consent=True&tenant="+c.Facts().TenantID)
	user := openLink(t, p, admin.link)
	second := visitor.New()
	if page, err := second.Open(context.Background(), user.link); err == nil && page.URL.Path != user.address.Path {
		t.Errorf("the second browser was led to %s", page.URL)
	}
	if got := p.result(patience).exits(3).answer(); got.Error == nil || got.Error.Kind != "ticket-spent" {
		t.Errorf("%+v", got.Error)
	}
}

// opened is a start link that a browser has opened: its cookie is set, its page is there, and nobody has pressed a button yet.
type opened struct {
	t           *testing.T
	link, state string
	address     *url.URL
	visitor     *visitor.Visitor
	page        visitor.Page
}

// openLink waits for a start link that is not the one before, and opens it.
func openLink(t *testing.T, p *program, before string) opened {
	t.Helper()
	o := opened{t: t, visitor: visitor.New()}
	until(t, "a start link", func() bool {
		links := startLink.FindAllString(p.said(), -1)
		if len(links) > 0 {
			o.link = links[len(links)-1]
		}
		return o.link != "" && o.link != before
	})
	address, err := url.Parse(o.link)
	if err != nil {
		t.Fatal(err)
	}
	o.address = address
	o.expect(stranger{name: "HEAD of the link that nobody has opened", method: http.MethodHead, path: address.Path, want: []int{http.StatusMethodNotAllowed}})
	if o.page, err = o.visitor.Open(context.Background(), o.link); err != nil {
		t.Fatal(err)
	}
	if o.state = o.page.URL.Query().Get("state"); o.state == "" {
		t.Fatalf("the start link led to %s", o.page.URL.Path)
	}
	return o
}

// bother sends everything that could come by.
func (o opened) bother() {
	o.t.Helper()
	form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	notFound, bad, forbidden, misdirected := []int{404}, []int{400}, []int{403}, []int{421}
	notAllowed := []int{405}
	for _, s := range []stranger{
		{name: "root", method: "GET", path: "/", want: notFound},
		{name: "favicon", method: "GET", path: "/favicon.ico", want: notFound},
		{name: "unknown page", method: "GET", path: "/done/abc", want: notFound},
		{name: "unknown ticket", method: "GET", path: "/start/abc", want: notFound},
		{name: "HEAD of the link", method: "HEAD", path: o.address.Path, want: notAllowed},
		{name: "POST to the link", method: "POST", path: o.address.Path, header: form, want: notAllowed},
		{name: "OPTIONS", method: "OPTIONS", path: "/consent", want: notAllowed},
		{name: "PUT", method: "PUT", path: "/consent", want: notAllowed},
		{name: "the link in a frame", method: "GET", path: o.address.Path, header: map[string]string{"Sec-Fetch-Dest": "iframe"}, want: forbidden},
		{name: "the link by fetch", method: "GET", path: o.address.Path, header: map[string]string{"Sec-Fetch-Dest": "empty"}, want: forbidden},
		{name: "the link ahead of time", method: "GET", path: o.address.Path, header: map[string]string{"Sec-Purpose": "prefetch"}, want: forbidden},
		{name: "the link from another site", method: "GET", path: o.address.Path, header: map[string]string{"Sec-Fetch-Site": "cross-site"}, want: forbidden},
		{name: "wrong host", method: "GET", path: o.address.Path, host: "127.0.0.1:" + o.address.Port(), want: misdirected},
		{name: "rebound host", method: "GET", path: "/consent?state=" + o.state, host: "attacker.example:" + o.address.Port(), want: misdirected},
		{name: "no answer", method: "GET", path: "/consent", want: bad},
		{name: "wrong state", method: "GET", path: "/consent?admin_consent=True&tenant=x&state=wrong", want: bad},
		{name: "wrong state, posted", method: "POST", path: "/consent", header: form, body: "code=x&state=wrong", want: bad},
		{name: "no state, posted", method: "POST", path: "/consent", header: form, body: "code=x", want: bad},
		{name: "JSON", method: "POST", path: "/consent", header: map[string]string{"Content-Type": "application/json"}, body: "{}", want: []int{415}},
		{name: "too much", method: "POST", path: "/consent", header: form, body: "state=" + strings.Repeat("x", 70<<10), want: []int{413}},
		{name: "a code by GET", method: "GET", path: "/consent?code=stolen&state=" + o.state, want: bad},
		{name: "an error without the cookie", method: "GET", path: "/consent?error=access_denied&state=" + o.state, want: forbidden},
	} {
		o.expect(s)
	}
}

func (o opened) expect(s stranger) {
	o.t.Helper()
	got := o.send(s)
	for _, want := range s.want {
		if got == want {
			return
		}
	}
	o.t.Errorf("%s: %s %s got %d, want %v", s.name, s.method, s.path, got, s.want)
}

// goOn lets a stranger post an answer with the right state, which may be parked and must not count, and then goes through the
// pages to the end.
func (o opened) goOn(path, answer string) {
	o.t.Helper()
	status, location := o.request(stranger{
		method: http.MethodPost, path: path, body: answer + "&state=" + o.state,
		header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"},
	})
	if status == http.StatusSeeOther {
		o.expect(stranger{name: "the parked answer without the cookie", method: http.MethodGet, path: location, want: []int{http.StatusForbidden}})
	} else if status < 400 || status > 499 {
		o.t.Errorf("an answer with the right state and without the cookie got %d", status)
	}
	page, err := o.visitor.Walk(context.Background(), o.page.URL.String())
	if err != nil {
		o.t.Fatal(err)
	}
	if page.Status != http.StatusOK || page.URL.Hostname() != "localhost" || !strings.HasPrefix(page.URL.Path, "/done/") || page.URL.RawQuery != "" {
		o.t.Errorf("the consent ended at %s with %d", page.URL, page.Status)
	}
	for name, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY"} {
		if got := page.Header.Get(name); got != want {
			o.t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func (o opened) send(s stranger) int {
	o.t.Helper()
	status, _ := o.request(s)
	return status
}

// request sends a stranger's request over both address families; both must be answered alike.
func (o opened) request(s stranger) (status int, location string) {
	o.t.Helper()
	for i, address := range []string{"127.0.0.1", "[::1]"} {
		if i > 0 && (!hasIPv6() || status == http.StatusSeeOther) {
			continue
		}
		again, where := o.over(address, s)
		if i > 0 && again != status {
			o.t.Errorf("%s: %d by IPv4, %d by IPv6", s.name, status, again)
		}
		status, location = again, where
	}
	return status, location
}

func (o opened) over(address string, s stranger) (status int, location string) {
	o.t.Helper()
	client := http.Client{
		Timeout:       10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, address+":"+o.address.Port())
		}},
	}
	r, err := http.NewRequest(s.method, "http://localhost:"+o.address.Port()+s.path, strings.NewReader(s.body))
	if err != nil {
		o.t.Fatal(err)
	}
	if s.host != "" {
		r.Host = s.host
	}
	for name, value := range s.header {
		r.Header.Set(name, value)
	}
	answer, err := client.Do(r)
	if err != nil {
		o.t.Fatalf("%s: %v", s.name, err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, _ := io.ReadAll(answer.Body)
	if o.state != "" && strings.Contains(string(body), o.state) {
		o.t.Errorf("%s: the answer repeats the state", s.name)
	}
	return answer.StatusCode, answer.Header.Get("Location")
}

func hasIPv6() bool {
	l, err := net.Listen("tcp6", "[::1]:0")
	if err == nil {
		_ = l.Close()
	}
	return err == nil
}

// TestAWindowThatIsNotPrivateIsRefused opens the integration user's link in the administrator's own browser, which still has the
// cookie of the admin consent.
func TestAWindowThatIsNotPrivateIsRefused(t *testing.T) {
	for _, browser := range []string{chromium, firefox} {
		t.Run(browser, func(t *testing.T) {
			a, c := newAccount(t, browser), newCloud(t, "good", true)
			input, args := c.connect(a, "public", connectorName, "--user-consent", "link")
			p := a.start(a.env, input, terminal, c.args(args...)...)
			link := startLink.FindString(p.says("/start/"))
			until(t, "the whole link", func() bool { link = startLink.FindString(p.said()); return len(link) > 60 })
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			defer cancel()
			open := exec.CommandContext(ctx, browser, "--new-window", link)
			open.Env = a.env
			if err := open.Run(); err != nil {
				t.Fatal(err)
			}
			if got := p.result(patience).exits(3).answer(); got.Error == nil || got.Error.Kind != "not-private" {
				t.Errorf("got %+v", got.Error)
			}
			if rows := a.list(c); len(rows) != 0 {
				t.Errorf("listed: %+v", rows)
			}
		})
	}
}
