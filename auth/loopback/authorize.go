package loopback

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"partner-center-connector/auth"
)

// mfaClaims asks for a sign-in with multi-factor authentication. That it does so for Partner Center is not confirmed (package connector): a best
// effort, dropped when Microsoft refuses it.
// https://learn.microsoft.com/entra/identity-platform/claims-challenge
const mfaClaims = `{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}`

// consentFlow is one trip of a browser to Microsoft and back.
type consentFlow struct {
	state           string
	nonce, verifier auth.Secret
	redirectURI     string
	// claims reports whether the request asks for mfaClaims.
	claims bool
	// link is the address at Microsoft.
	link string
}

// flowURL makes the address at Microsoft for a flow.
type flowURL func(f *consentFlow) (string, error)

// newFlow makes a flow with a state, nonce and verifier of its own.
func (a *Attempt) newFlow(claims bool) (*consentFlow, error) {
	f := &consentFlow{redirectURI: a.redirectURI, claims: claims}
	var names [3]string
	for i := range names {
		var err error
		if names[i], err = randomName(a.listener.cfg.Rand); err != nil {
			return nil, err
		}
	}
	f.state, f.nonce, f.verifier = names[0], auth.NewSecret(names[1]), auth.NewSecret(names[2])
	link, err := a.address(f)
	f.link = link
	return f, err
}

// adminURL makes the address of the admin consent page.
// https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
func adminURL(r auth.AdminRequest) flowURL {
	return func(f *consentFlow) (string, error) {
		if err := checkAuthorize(r.Tenant.Authorize); err != nil {
			return "", err
		}
		u, err := r.Tenant.AdminConsentURL()
		if err != nil {
			return "", fmt.Errorf("auth: admin consent address: %w", err)
		}
		u.RawQuery = encodeQuery(url.Values{
			"client_id":    {r.App.ClientID},
			"scope":        {strings.Join(r.Scopes, " ")},
			"redirect_uri": {f.redirectURI},
			"state":        {f.state},
		})
		return u.String(), nil
	}
}

// userURL makes the address of the user's sign-in: authorization code with PKCE, posted back as a form.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code
func userURL(r auth.UserRequest) flowURL {
	return func(f *consentFlow) (string, error) {
		if err := checkAuthorize(r.Tenant.Authorize); err != nil {
			return "", err
		}
		u, err := url.Parse(r.Tenant.Authorize)
		if err != nil {
			return "", fmt.Errorf("auth: authorization endpoint: %w", err)
		}
		q := u.Query()
		for name, value := range userParams(r, f) {
			q.Set(name, value)
		}
		u.RawQuery, u.Fragment = encodeQuery(q), ""
		return u.String(), nil
	}
}

func userParams(r auth.UserRequest, f *consentFlow) map[string]string {
	challenge := sha256.Sum256([]byte(f.verifier.Reveal()))
	params := map[string]string{
		"client_id":             r.App.ClientID,
		"response_type":         "code",
		"response_mode":         "form_post",
		"redirect_uri":          f.redirectURI,
		"scope":                 strings.Join(r.Scopes, " "),
		"state":                 f.state,
		"nonce":                 f.nonce.Reveal(),
		"code_challenge":        base64.RawURLEncoding.EncodeToString(challenge[:]),
		"code_challenge_method": "S256",
		"client_info":           "1",
	}
	if r.LoginHint != "" {
		params["login_hint"] = r.LoginHint
	}
	if !r.PlainPrompt {
		params["prompt"] = "login"
	}
	if f.claims {
		params["claims"] = mfaClaims
	}
	return params
}

// checkAuthorize lets a browser be sent only to https, or to http on a literal loopback address (a practice cloud).
func checkAuthorize(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("auth: authorization endpoint: %w", err)
	}
	if u.Scheme == "https" && u.Host != "" || auth.IsLoopbackHTTP(u) {
		return nil
	}
	return errors.New("auth: the authorization endpoint is neither https nor a loopback address")
}

// encodeQuery writes spaces as %20, which mail programs leave alone, instead of as a plus sign.
func encodeQuery(q url.Values) string { return strings.ReplaceAll(q.Encode(), "+", "%20") }
