package auth

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"partner-center-connector/auth/codes"
	"partner-center-connector/lazyregexp"
)

// The answers of the probe.
const (
	AppFine    = "fine"
	AppWrong   = "wrong"
	AppUnknown = "unknown"
)

// probePort is the port of the redirect URI that the probe names. Entra ignores it for http://localhost; nothing listens there.
const probePort = "8400"

// Prober finds out, before any sign-in, whether Microsoft knows an app registration with its redirect URI and its secret.
type Prober struct{ clouds []Cloud }

// NewProber makes a Prober for the tenants of clouds.
func NewProber(clouds []Cloud) *Prober { return &Prober{clouds: append([]Cloud(nil), clouds...)} }

// ProbeApp asks for a sign-in without a user. It answers AppFine, AppWrong with an *Error that has the codes, or AppUnknown with
// what was said instead, if anything. A client secret or certificate in app is tried too.
//
// That Entra examines app and redirect URI before it finds nobody signed in is how it behaves, not what it promises:
// AppFine is a hint that the sign-in page will come.
func (p *Prober) ProbeApp(ctx context.Context, t Tenant, a App) (answer string, err error) {
	cloud, ok := FindCloud(p.clouds, t.Cloud)
	if !ok {
		return AppUnknown, &Error{Stage: StageProbe, Cause: ErrUnknownCloud}
	}
	page, failed := probePage(ctx, cloud, t, a)
	if page == AppWrong || !hasProof(a) {
		return page, asError(failed)
	}
	proof, proofFailed := probeProof(ctx, cloud, t, a)
	if proof == AppFine {
		return page, asError(failed)
	}
	if proof == AppUnknown && failed != nil {
		return AppUnknown, failed
	}
	return proof, asError(proofFailed)
}

// asError keeps a nil *Error from becoming an error that is not nil.
func asError(e *Error) error {
	if e == nil {
		return nil
	}
	return e
}

func hasProof(a App) bool {
	return a.ClientKind == SecretClient && !a.Secret.Empty() || a.ClientKind == CertificateClient && !a.Certificate.Empty()
}

// Kinds of codes that say that app or redirect URI is wrong, and those that say it of a client secret or certificate. They only decide on this
// early hint; the consents do not look at them.
var (
	wrongAppKinds = []string{
		"app-unknown", "app-disabled", "microsoft-app", "redirect-uri", "unknown-tenant", "tenant-blocked", "single-tenant", "spa",
	}
	wrongProofKinds = []string{"secret-wrong", "secret-expired", "certificate", "certificate-expired", "public-client", "secret-missing"}
)

// probePage asks the authorize page for a sign-in that must not show anything.
func probePage(ctx context.Context, c Cloud, t Tenant, a App) (string, *Error) {
	state := rand.Text()
	address, err := probeURL(t, a, state)
	if err != nil || !isBrowserPage(c, t.Authorize) {
		return AppUnknown, &Error{Stage: StageProbe, Cause: ErrBadAnswer}
	}
	client, err := browserPageClient(c, address)
	if err != nil {
		return AppUnknown, &Error{Stage: StageProbe, Cause: ErrTLS}
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return AppUnknown, &Error{Stage: StageProbe, Cause: ErrBadInput}
	}
	r.Header.Set("Accept", "text/html")
	response, err := client.Do(r)
	if err != nil {
		return AppUnknown, &Error{Stage: StageProbe, Cause: Classify(err)}
	}
	body, err := readAnswer(response)
	if err != nil {
		return AppUnknown, &Error{Stage: StageProbe, Cause: Classify(err)}
	}
	return readProbePage(response.StatusCode, response.Header, body, a, state)
}

// probeURL is an authorization request with prompt=none.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code
func probeURL(t Tenant, a App, state string) (*url.URL, error) {
	u, err := url.Parse(t.Authorize)
	if err != nil {
		return nil, err
	}
	challenge := sha256.Sum256([]byte(rand.Text() + rand.Text()))
	u.RawQuery = url.Values{
		"client_id":             {a.ClientID},
		"response_type":         {"code"},
		"response_mode":         {"query"},
		"redirect_uri":          {a.probeRedirect()},
		"scope":                 {scopeOpenID},
		"prompt":                {"none"},
		"state":                 {state},
		"nonce":                 {rand.Text()},
		"code_challenge":        {base64.RawURLEncoding.EncodeToString(challenge[:])},
		"code_challenge_method": {"S256"},
	}.Encode()
	return u, nil
}

// probeRedirect is the redirect URI that the probe names.
func (a App) probeRedirect() string {
	return cmp.Or(a.Redirect, "http://localhost:"+probePort+a.RedirectPath)
}

// isKey is the length from which a value may be a key, in bytes. Shorter ones are parts of other words.
const isKey = 4

// hiddenInRedirect are the query of the redirect URI and its values: what a product puts there is its own, and an error page repeats it.
func (a App) hiddenInRedirect() []string {
	u, err := url.Parse(a.Redirect)
	if err != nil || u.RawQuery == "" {
		return nil
	}
	hidden := []string{u.RawQuery}
	for _, values := range u.Query() {
		hidden = append(hidden, slices.DeleteFunc(values, func(v string) bool { return len(v) < isKey })...)
	}
	return hidden
}

// browserPageClient is the cloud's client, or for a practice cloud's page on loopback one that speaks http.
func browserPageClient(c Cloud, u *url.URL) (*http.Client, error) {
	if u.Scheme == "https" {
		return HTTPClient(c)
	}
	return backChannelClient(loopbackPages{&http.Transport{DisableKeepAlives: true, ResponseHeaderTimeout: headerTime}}), nil
}

// loopbackPages bounds the pages of a practice cloud.
type loopbackPages struct{ base http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (l loopbackPages) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := l.base.RoundTrip(r)
	if err == nil {
		answer.Body = &boundedBody{body: answer.Body, left: maxAnswer}
	}
	return answer, err
}

// readProbePage judges what the authorize page said.
func readProbePage(status int, header http.Header, body []byte, a App, state string) (string, *Error) {
	if status >= http.StatusMultipleChoices && status < http.StatusBadRequest {
		if query, ok := ownRedirect(header.Get("Location"), a, state); ok {
			return readProbeRedirect(status, header, query)
		}
		return AppUnknown, nil
	}
	e := failureOf(status, header, nil)
	e.Stage = StageProbe
	e.Description, e.Codes = errorOfPage(string(body), a.hiddenInRedirect())
	e.addTraces(html.UnescapeString(string(body)), nil)
	return judged(e, wrongAppKinds)
}

// ownRedirect returns the query of a redirect to the redirect URI that was named.
func ownRedirect(location string, a App, state string) (url.Values, bool) {
	u, err := url.Parse(location)
	if err != nil {
		return nil, false
	}
	own, err := url.Parse(a.probeRedirect())
	if err != nil || u.Scheme != own.Scheme || !strings.EqualFold(u.Host, own.Host) {
		return nil, false
	}
	if u.Path != own.Path && (own.Path != "" || u.Path != "/") { // Entra adds the slash
		return nil, false
	}
	query := u.Query()
	return query, SameText(query.Get("state"), state)
}

// readProbeRedirect: that somebody would have to sign in is the answer hoped for.
// https://openid.net/specs/openid-connect-core-1_0.html#AuthError
func readProbeRedirect(status int, header http.Header, query url.Values) (string, *Error) {
	if slices.Contains([]string{"login_required", "interaction_required", "consent_required", "account_selection_required"}, query.Get("error")) {
		return AppFine, nil
	}
	e := failureOf(status, header, nil)
	e.Stage = StageProbe
	e.TakeAnswer(query.Get("error"), query.Get("error_subcode"), query.Get("error_description"))
	return judged(e, wrongAppKinds)
}

// judged returns AppWrong for a code of one of the kinds, else AppUnknown; an answer that says nothing at all is no Error.
func judged(e *Error, wrong []string) (string, *Error) {
	for _, code := range e.Codes {
		if kind, _ := codes.Entra(code, e.Description); slices.Contains(wrong, kind) {
			return AppWrong, e
		}
	}
	if len(e.Codes) == 0 && e.OAuth == "" && e.Cause == nil && e.Status < http.StatusBadRequest {
		return AppUnknown, nil
	}
	return AppUnknown, e
}

var (
	pageSentence = lazyregexp.New(`AADSTS\d{4,8}:[^"<>\r\n]{0,400}`)
	// scriptEscapes undoes what a sentence in a page's script is escaped with.
	scriptEscapes = strings.NewReplacer(`\u0027`, "'", `\u0026`, "&", `\r`, " ", `\n`, " ", `\/`, "/")
	pageCode      = lazyregexp.New(`"[si]ErrorCode":\s*"?(\d{4,8})\b`)
)

// errorOfPage finds what an error page says, without hidden. Entra writes it into the page's script, too.
func errorOfPage(body string, hidden []string) (description string, numbers []int) {
	description = cleanDescription(html.UnescapeString(scriptEscapes.Replace(pageSentence.FindString(body))), hidden)
	numbers = aadstsCodes(body)
	if len(numbers) > 0 {
		return description, numbers
	}
	if m := pageCode.FindStringSubmatch(body); m != nil {
		numbers = aadstsCodes("AADSTS" + m[1])
	}
	return strings.TrimSpace(description), numbers
}

// probeProof tries the client secret or certificate by asking for a token for the app alone. The token is not kept.
func probeProof(ctx context.Context, c Cloud, t Tenant, a App) (string, *Error) {
	client, err := newProofClient(c, t, a)
	if errors.Is(err, ErrTLS) || errors.Is(err, ErrBadInput) {
		return AppUnknown, &Error{Stage: StageProbe, Cause: err}
	}
	if err != nil {
		return AppWrong, &Error{Stage: StageProbe, Cause: err}
	}
	log := newAnswerLog("", clientInfo{})
	if _, err := client.AcquireTokenByCredential(log.in(ctx), []string{c.PartnerCenterResource + "/.default"}); err == nil {
		return AppFine, nil
	}
	failed := log.failure(ctx, StageProbe)
	if failed.OAuth == "invalid_client" && !comesWithConsent(failed) {
		return AppWrong, failed
	}
	return judged(failed, slices.Concat(wrongProofKinds, wrongAppKinds))
}

// comesWithConsent reports whether the app was refused for what only the admin consent gives it: its place in the tenant.
func comesWithConsent(e *Error) bool {
	return slices.ContainsFunc(e.Codes, func(code int) bool {
		kind, _ := codes.Entra(code, e.Description)
		return kind == "app-not-added"
	})
}
