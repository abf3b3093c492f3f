// Package visitor walks through the pages of the practice cloud as a browser would, without one: the test double of a person.
package visitor

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Visitor is a browser without a window, with cookies of its own: it opens an address, follows its redirects, and presses
// buttons of the practice pages. Tests use it, and anything that rehearses without a screen. As in a browser, cookies do not
// come along when a page of another site posts a form (SameSite=Lax), and Sec-Fetch headers say where a request comes from.
type Visitor struct {
	// UserAgent is sent with every request.
	UserAgent string
	jar       http.CookieJar
	client    *http.Client
}

// Page is what a Visitor sees.
type Page struct {
	URL    *url.URL
	Status int
	Body   string
	// Header is that of the last answer.
	Header http.Header
}

// maxSteps bounds a walk through the pages; the longest one has eight.
const maxSteps = 20

// ErrNoButton means that the page has no such button, or that it is switched off.
var ErrNoButton = errors.New("rehearsal: the page has no such button")

// New makes a Visitor with an empty cookie jar.
func New() *Visitor {
	jar, _ := cookiejar.New(nil) // its error is always nil
	return &Visitor{UserAgent: "rehearsal-visitor", jar: jar, client: &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		Timeout:       30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Open gets an address and returns the page that its redirects lead to. Errors are those of the network.
func (v *Visitor) Open(ctx context.Context, address string) (Page, error) {
	target, err := url.Parse(address)
	if err != nil {
		return Page{}, err
	}
	return v.navigate(ctx, target, nil, siteNone)
}

// Walk opens an address and presses the button that each page would press itself in Auto mode, until a page has none: that
// page is returned, as the last one of the program's or an error page. A page that passes an answer on is followed even without Auto.
func (v *Visitor) Walk(ctx context.Context, address string) (Page, error) {
	p, err := v.Open(ctx, address)
	return v.walkOn(ctx, p, err)
}

// Press presses the button with the given value ("person:integration", "password", "approve", "accept", "cancel", "return"); an
// empty value is the button that Auto would press, or the one that passes an answer on. Its error is ErrNoButton, or the network's.
func (v *Visitor) Press(ctx context.Context, p Page, do string) (Page, error) {
	action, values, ok := p.form(do)
	if !ok {
		return p, fmt.Errorf("%w: %q", ErrNoButton, do)
	}
	target, err := p.URL.Parse(action)
	if err != nil {
		return p, err
	}
	site := siteSame
	if target.Hostname() != p.URL.Hostname() {
		site = siteCross
	}
	return v.navigate(ctx, target, values, site)
}

// PressAll presses several buttons one after the other, and then whatever passes the answer on.
func (v *Visitor) PressAll(ctx context.Context, p Page, buttons ...string) (Page, error) {
	for _, do := range buttons {
		var err error
		if p, err = v.Press(ctx, p, do); err != nil {
			return p, err
		}
	}
	if p.passesOn() {
		return v.Press(ctx, p, "")
	}
	return p, nil
}

func (v *Visitor) walkOn(ctx context.Context, p Page, err error) (Page, error) {
	for range maxSteps {
		if err != nil {
			return p, err
		}
		if _, _, ok := p.form(""); !ok {
			return p, nil
		}
		p, err = v.Press(ctx, p, "")
	}
	return p, errors.New("rehearsal: the pages have no end")
}

// Values of Sec-Fetch-Site: the person typed the address, or a page of this or of another site led to it.
const (
	siteNone  = "none"
	siteSame  = "same-origin"
	siteCross = "cross-site"
)

// navigate makes a request, by POST if there is a form, and follows redirects by GET.
func (v *Visitor) navigate(ctx context.Context, target *url.URL, form url.Values, site string) (Page, error) {
	for range maxSteps {
		p, err := v.send(ctx, target, form, site)
		if err != nil || p.Status < 300 || p.Status > 399 || p.Header.Get("Location") == "" {
			return p, err
		}
		next, err := target.Parse(p.Header.Get("Location"))
		if err != nil {
			return p, err
		}
		if site == siteSame && next.Hostname() != target.Hostname() {
			site = siteCross
		}
		target, form = next, nil
	}
	return Page{}, errors.New("rehearsal: the redirects have no end")
}

func (v *Visitor) send(ctx context.Context, target *url.URL, form url.Values, site string) (Page, error) {
	r, err := newNavigation(ctx, target, form, site)
	if err != nil {
		return Page{}, err
	}
	r.Header.Set("User-Agent", v.UserAgent)
	if form == nil || site != siteCross {
		for _, cookie := range v.jar.Cookies(target) {
			r.AddCookie(cookie)
		}
	}
	answer, err := v.client.Do(r)
	if err != nil {
		return Page{}, err
	}
	defer func() { _ = answer.Body.Close() }()
	v.jar.SetCookies(target, answer.Cookies())
	body, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	return Page{URL: target, Status: answer.StatusCode, Body: string(body), Header: answer.Header}, err
}

func newNavigation(ctx context.Context, target *url.URL, form url.Values, site string) (*http.Request, error) {
	method, body := http.MethodGet, io.Reader(http.NoBody)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(ctx, method, target.String(), body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept", "text/html")
	r.Header.Set("Sec-Fetch-Site", site)
	r.Header.Set("Sec-Fetch-Mode", "navigate")
	r.Header.Set("Sec-Fetch-Dest", "document")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", "null") // what browsers send from a page with Referrer-Policy: no-referrer
	}
	return r, nil
}

// The parts of the practice pages, as page.html writes them.
var (
	formTag   = regexp.MustCompile(`(?s)<form id="practice" method="post" action="([^"]*)">(.*?)</form>`)
	inputTag  = regexp.MustCompile(`<input[^>]*\bname="([^"]*)"[^>]*\bvalue="([^"]*)"`)
	buttonTag = regexp.MustCompile(`<button type="submit"([^>]*)>`)
	doValue   = regexp.MustCompile(`\bname="do" value="([^"]*)"`)
)

var copyable = regexp.MustCompile(`(?s)<pre[^>]*>(.*?)</pre>`)

// ErrorText is what a person can copy from an error page, which nothing leads back from; empty for another page.
func (p Page) ErrorText() string { return p.Copied() }

// Copied is what a person can copy from a page: the text of an error, or a link that the practice product has made; empty for a page without.
func (p Page) Copied() string {
	m := copyable.FindStringSubmatch(p.Body)
	if m == nil {
		return ""
	}
	return html.UnescapeString(m[1])
}

// form returns what a press of the button sends.
func (p Page) form(do string) (action string, values url.Values, ok bool) {
	m := formTag.FindStringSubmatch(p.Body)
	if m == nil {
		return "", nil, false
	}
	values = url.Values{}
	for _, input := range inputTag.FindAllStringSubmatch(m[2], -1) {
		values.Add(html.UnescapeString(input[1]), html.UnescapeString(input[2]))
	}
	for _, b := range buttonTag.FindAllStringSubmatch(m[2], -1) {
		if strings.Contains(b[1], " disabled=") {
			continue
		}
		value := ""
		if d := doValue.FindStringSubmatch(b[1]); d != nil {
			value = html.UnescapeString(d[1])
		}
		if do == "" && strings.Contains(b[1], `id="auto"`) || do != "" && do == value {
			if value != "" {
				values.Set("do", value)
			}
			return html.UnescapeString(m[1]), values, true
		}
	}
	return "", nil, false
}

// passesOn reports whether the page only passes an answer on to the program.
func (p Page) passesOn() bool {
	m := formTag.FindStringSubmatch(p.Body)
	return m != nil && strings.HasPrefix(m[1], "http")
}
