package rehearsal

import (
	"cmp"
	"crypto/subtle"
	"mime"
	"net/http"
	"net/url"
)

const jwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// tokenRequest is a request at the token endpoint whose client has proven itself.
type tokenRequest struct {
	tenant tenant
	app    *registration
	form   url.Values
}

// token is the token endpoint.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#redeem-a-code-for-an-access-token
func (c *Cloud) token(w http.ResponseWriter, r *http.Request) {
	form, f := tokenForm(w, r)
	t := tokenRequest{form: form}
	if f == nil {
		note(w, func(entry *Request) { entry.Grant = cut(form.Get("grant_type")) })
		f = c.authenticate(r, &t)
	}
	var body map[string]any
	if f == nil {
		body, f = c.answerGrant(t)
	}
	if f != nil {
		c.refuse(w, r, *f)
		return
	}
	writeJSON(w, http.StatusOK, body)
}

func (c *Cloud) answerGrant(t tokenRequest) (map[string]any, *fault) {
	switch kind := t.form.Get("grant_type"); kind {
	case "authorization_code":
		return c.redeem(t)
	case "refresh_token":
		return c.refresh(t)
	case "client_credentials":
		return c.appOnly(t)
	case "password":
		return nil, c.withPassword(t)
	case "":
		return nil, missingParameter("grant_type")
	default:
		if t.app.kind == publicClient && (kind == deviceGrant || kind == "device_code") {
			return nil, clientUnproven()
		}
		return nil, &fault{code: 70003, oauth: "unsupported_grant_type", text: "The app requested an unsupported grant type '" + cut(kind) + "'."}
	}
}

// tokenForm reads the form that a program posts.
func tokenForm(w http.ResponseWriter, r *http.Request) (url.Values, *fault) {
	if r.Method != http.MethodPost {
		return nil, &fault{code: 900561, oauth: "invalid_request", status: http.StatusMethodNotAllowed, text: "The endpoint only accepts POST requests. Received a " + cut(r.Method) + " request."}
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" || r.ParseForm() != nil {
		return nil, &fault{code: 9002313, oauth: "invalid_request", text: "Invalid request. Request is malformed or invalid."}
	}
	giveBack(w, r) // what names the request may be in the form
	return r.PostForm, nil
}

// tokenApp finds the app registration of a token request. By the name of many tenants nothing can be had for a password or for the app
// alone, whatever the app is.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes#aadsts-error-codes (9001023)
// https://github.com/AzureAD/microsoft-identity-web/issues/462 (50059)
func (c *Cloud) tokenApp(tenantName, id, grantType string) (*registration, tenant, *fault) {
	in, f := findRealm(tenantName)
	switch {
	case f != nil:
		return nil, tenant{}, f
	case id == "":
		return nil, tenant{}, missingParameter("client_id")
	case in.shared != "" && grantType == "client_credentials":
		return nil, tenant{}, noTenant()
	case in.shared != "" && in.shared != sharedOrganizations && grantType == "password":
		return nil, tenant{}, &fault{code: 9001023, oauth: "invalid_request", text: "The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint."}
	}
	app, f := c.appIn(in, id)
	return app, in.tenant, f
}

// authenticate finds the app registration and makes it prove itself, in the way that the platform of its redirect URI wants.
func (c *Cloud) authenticate(r *http.Request, t *tokenRequest) *fault {
	id, secret := t.form.Get("client_id"), t.form.Get("client_secret")
	if user, password, ok := r.BasicAuth(); ok {
		id, secret = unescape(user), unescape(password)
	}
	var f *fault
	if t.app, t.tenant, f = c.tokenApp(r.PathValue("tenant"), id, t.form.Get("grant_type")); f != nil {
		return f
	}
	h := c.current().hooks
	if h.singlePage {
		return &fault{code: 9002327, oauth: "invalid_request", text: "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests."}
	}
	if h.client != nil && t.app.kind != publicClient && c.hits("client", h.client.times) {
		return h.client
	}
	assertion := t.form.Get("client_assertion")
	switch cmp.Or(string(h.platform), string(t.app.kind)) {
	case string(publicClient):
		if secret != "" || assertion != "" {
			return &fault{code: 700025, oauth: "invalid_client", text: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."}
		}
		return nil
	case string(secretClient):
		return checkSecret(t.app, secret, assertion)
	case string(workloadClient):
		return c.checkWorkload(t, assertion)
	}
	return c.checkAssertion(t, assertion)
}

// unescape takes off the form encoding that RFC 6749 (2.3.1) puts around the parts of a Basic header.
func unescape(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

func checkSecret(app *registration, secret, assertion string) *fault {
	if secret == "" && assertion == "" {
		return clientUnproven()
	}
	if app.secret == "" || subtle.ConstantTimeCompare([]byte(secret), []byte(app.secret)) != 1 {
		return &fault{code: 7000215, oauth: "invalid_client", text: "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID."}
	}
	return nil
}

func clientUnproven() *fault {
	return &fault{code: 7000218, oauth: "invalid_client", text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."}
}

func (c *Cloud) checkAssertion(t *tokenRequest, text string) *fault {
	if text == "" {
		return clientUnproven()
	}
	a, ok := parseAssertion(text)
	switch {
	case !ok || t.form.Get("client_assertion_type") != jwtBearer:
		return &fault{code: 50027, oauth: "invalid_client", text: "JWT token is invalid or malformed."}
	case !a.named(c.app.der) || !a.signedBy(c.app.public):
		return &fault{code: 700027, oauth: "invalid_client", text: "The certificate with identifier used to sign the client assertion is not registered on application."}
	case a.body.Issuer != t.app.id || a.body.Subject != t.app.id:
		return &fault{code: 700021, oauth: "invalid_client", text: "Client assertion application identifier doesn't match 'client_id' parameter."}
	case !c.isOurAudience(a.body.Audience, t.tenant):
		return &fault{code: 700023, oauth: "invalid_client", text: "Client assertion audience claim does not match Realm issuer."}
	case !a.current(c.now()):
		return &fault{code: 700024, oauth: "invalid_client", text: "Client assertion is not within its valid time range."}
	}
	return nil
}

// isOurAudience accepts the token endpoint, which the documents ask for, and the issuer.
func (c *Cloud) isOurAudience(audience string, t tenant) bool {
	for _, name := range []string{t.id, t.domain} {
		if audience == c.tokenEndpoint(name) || audience == c.issuer(name) {
			return true
		}
	}
	return false
}

func (c *Cloud) tokenEndpoint(tenantName string) string {
	return c.back.origin + "/" + tenantName + "/oauth2/v2.0/token"
}

func (c *Cloud) issuer(tenantName string) string { return c.back.origin + "/" + tenantName + "/v2.0" }

// redeem redeems an authorization code. A code is spent by the attempt that finds it: what a failed attempt does to it is not
// documented, and this is the stricter way; only a fault of the scenario leaves it good, so that "try again" can be practised.
func (c *Cloud) redeem(t tokenRequest) (map[string]any, *fault) {
	text := t.form.Get("code")
	if text == "" {
		return nil, missingParameter("code")
	}
	found, again := c.ledger.takeCode(text)
	switch {
	case found == nil:
		return nil, &fault{code: 70000, oauth: "invalid_grant", text: "The provided value for the 'code' parameter is not valid."}
	case found.app != t.app:
		return nil, &fault{code: 70000, oauth: "invalid_grant", text: "The code was issued to another client."}
	case found.tenant != t.tenant:
		return nil, &fault{code: 700005, oauth: "invalid_grant", text: "Provided authorization code is intended to use against other tenant, thus rejected."}
	case again:
		return nil, &fault{code: 54005, oauth: "invalid_grant", text: "OAuth2 authorization code was already redeemed, please retry with a new valid code or use an existing refresh token."}
	case c.now().After(found.expires):
		return nil, &fault{code: 70008, oauth: "invalid_grant", text: "The provided authorization code or refresh token has expired due to inactivity."}
	case t.form.Get("redirect_uri") != found.redirect:
		return nil, &fault{code: 500112, oauth: "invalid_grant", text: "The reply address does not match the reply address provided when requesting the authorization code."}
	case !found.challenge.meets(t.form.Get("code_verifier")):
		return nil, &fault{code: 501481, oauth: "invalid_grant", text: "The Code_Verifier does not match the code_challenge supplied in the authorization request."}
	}
	if f := c.current().hooks.redeem; f != nil && c.strikesAt("redeem", f, t, found.grant) {
		c.ledger.releaseCode(found)
		return nil, f
	}
	return c.grantTokens(t, found.grant)
}

// refresh redeems a refresh token. It is bound to user and client, not to a resource.
// https://learn.microsoft.com/entra/identity-platform/refresh-tokens
func (c *Cloud) refresh(t tokenRequest) (map[string]any, *fault) {
	text := t.form.Get("refresh_token")
	if text == "" {
		return nil, missingParameter("refresh_token")
	}
	once := c.current().hooks.refreshOnce
	g, idle, again, ok := c.ledger.useRefresh(text, c.now(), once)
	switch {
	case !ok || g.tenant != t.tenant:
		return nil, &fault{code: 9002313, oauth: "invalid_grant", text: "Invalid request. Request is malformed or invalid."}
	case g.app != t.app:
		return nil, &fault{code: 700016, oauth: "invalid_grant", suberror: "client_mismatch", text: "The refresh token was issued to another client."}
	case again:
		return nil, &fault{code: 70000, oauth: "invalid_grant", text: "The provided value for the input parameter 'refresh_token' is not valid: it was used before."}
	case idle > refreshLife:
		return nil, &fault{code: 700082, oauth: "invalid_grant", text: "The refresh token has expired due to inactivity."}
	}
	if f := c.current().hooks.refresh; f != nil && c.strikesAt("refresh", f, t, g) {
		return nil, f
	}
	body, f := c.grantTokens(t, g)
	switch {
	case f == nil:
		c.journal.refreshed()
	case once:
		c.ledger.releaseRefresh(text)
	}
	return body, f
}
