package rehearsal

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
)

// authorize is the authorization endpoint.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code
func (c *Cloud) authorize(w http.ResponseWriter, r *http.Request) {
	c.watchCookies(r, false)
	if err := r.ParseForm(); err != nil {
		c.plainPage(w, http.StatusBadRequest, "unreadable")
		return
	}
	v, f := c.newVisit(r.PathValue("tenant"), r.Form)
	if f != nil {
		c.faultPage(w, nil, *f, requestID(r))
		return
	}
	v.request = requestID(r)
	v.hybrid = v.app.idTokens && isHybrid(r.Form.Get("response_type"))
	v.mode = cmp.Or(r.Form.Get("response_mode"), v.usualMode())
	v.nonce, v.challenge = r.Form.Get("nonce"), challenge{text: r.Form.Get("code_challenge"), method: r.Form.Get("code_challenge_method")}
	v.prompt, v.hint = r.Form.Get("prompt"), r.Form.Get("login_hint")
	if f := c.checkAuthorize(v, r.Form); f != nil {
		c.deliver(w, v, c.parameters(*f, v.request))
		return
	}
	if v.prompt == "none" {
		c.answerSilently(w, r, v)
		return
	}
	c.begin(w, r, v)
}

// newVisit checks what must be right before anything may be sent to the redirect URI. Its faults are shown as a page.
func (c *Cloud) newVisit(tenantName string, q url.Values) (*visit, *fault) {
	app, t, f := c.pageApp(tenantName, q.Get("client_id"))
	if f != nil {
		return nil, f
	}
	h := c.current().hooks
	if h.noReplyAddress {
		return nil, &fault{code: 500113, oauth: "invalid_request", text: "No reply address is registered for the application."}
	}
	text := q.Get("redirect_uri")
	if text == "" {
		return nil, missingParameter("redirect_uri")
	}
	redirect, err := url.Parse(text)
	if err != nil || !app.allows(redirect) || h.redirectMismatch {
		return nil, &fault{code: 50011, oauth: "invalid_request", text: "The redirect URI '" + cut(text) + "' specified in the request does not match the redirect URIs configured for the application '" + app.id + "'."}
	}
	return &visit{tenant: t, anyTenant: t == tenant{}, app: app, redirect: redirect, state: q.Get("state")}, nil
}

// pageApp finds the app registration and the tenant of a page's address.
func (c *Cloud) pageApp(tenantName, id string) (*registration, tenant, *fault) {
	in, f := findRealm(tenantName)
	if f != nil {
		return nil, tenant{}, f
	}
	if id == "" {
		return nil, tenant{}, missingParameter("client_id")
	}
	app, f := c.appIn(in, id)
	return app, in.tenant, f
}

// appIn finds an app registration in a tenant, or refuses it by the name of many tenants.
func (c *Cloud) appIn(in realm, id string) (*registration, *fault) {
	home := in.tenant
	if in.shared != "" {
		home = practiceTenant
	}
	app := c.findApp(id, home)
	if app == nil {
		return nil, unknownApp(id, home)
	}
	return app, in.refuses(app)
}

func unknownApp(id string, t tenant) *fault {
	return &fault{code: 700016, oauth: "unauthorized_client", text: "Application with identifier '" + cut(id) + "' was not found in the directory '" + t.domain + "'."}
}

func unknownTenant(name string) *fault {
	return &fault{code: 90002, oauth: "invalid_tenant", text: "Tenant '" + cut(name) + "' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."}
}

func missingParameter(name string) *fault {
	return &fault{code: 900144, oauth: "invalid_request", text: "The request body must contain the following parameter: '" + name + "'."}
}

// checkAuthorize checks what is answered at the redirect URI.
func (c *Cloud) checkAuthorize(v *visit, q url.Values) *fault {
	if !slices.Contains([]string{"query", "form_post", "fragment"}, v.mode) {
		v.mode = "query"
		return &fault{code: 90023, oauth: "invalid_request", text: "Invalid STS request: the response_mode is not supported."}
	}
	if f := v.checkResponseType(q); f != nil {
		return f
	}
	if f := v.challenge.check(c.current().hooks.singlePage); f != nil {
		return f
	}
	if !slices.Contains([]string{"", "login", "none", "consent", "select_account"}, v.prompt) {
		return &fault{code: 90023, oauth: "invalid_request", text: "Unsupported 'prompt' value."}
	}
	if f := unsupported(q); f != nil {
		return f
	}
	if q.Get("scope") == "" {
		return missingParameter("scope")
	}
	scopes, f := c.parseScopes(q.Get("scope"))
	if f != nil {
		return f
	}
	v.scopes = scopes
	return c.authorizeFault(v, q)
}

// unsupported refuses parameters that only the endpoint's first version takes.
func unsupported(q url.Values) *fault {
	for _, name := range []string{"resource", "amr_values"} {
		if q.Has(name) {
			return &fault{code: 901002, oauth: "invalid_request", text: "The '" + name + "' request parameter is not supported."}
		}
	}
	return nil
}

// authorizeFault is the scenario's own; it waits for a sign-in that people see. Whether Entra honours a claims request for amr is not documented: it is taken and ignored.
func (c *Cloud) authorizeFault(v *visit, q url.Values) *fault {
	h := c.current().hooks
	if h.refuseClaims && q.Has("claims") {
		return &fault{code: 901002, oauth: "invalid_request", text: "The 'claims' request parameter is not supported."}
	}
	if h.authorize != nil && v.prompt != "none" && c.hits("authorize", h.authorize.times) {
		return h.authorize
	}
	return nil
}

// answerSilently answers prompt=none, which shows no page.
func (c *Cloud) answerSilently(w http.ResponseWriter, r *http.Request, v *visit) {
	v.session = c.sessionOf(r)
	if v.session == nil {
		c.deliver(w, v, c.parameters(fault{code: 50058, oauth: "login_required", text: "A silent sign-in request was sent but no user is signed in."}, v.request))
		return
	}
	switch o := c.judge(v); o.outcome {
	case outcomePass:
		c.deliver(w, v, c.userSuccess(v))
	case outcomeFault:
		o.fault.oauth = "interaction_required"
		c.deliver(w, v, c.parameters(o.fault, v.request))
	default:
		c.deliver(w, v, c.parameters(fault{code: 65001, oauth: "consent_required", text: "The user or administrator has not consented to use the application."}, v.request))
	}
}

// adminConsent is the admin consent endpoint.
// https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
func (c *Cloud) adminConsent(w http.ResponseWriter, r *http.Request) {
	c.consentAsAdmin(w, r, r.URL.Query())
}

func (c *Cloud) consentAsAdmin(w http.ResponseWriter, r *http.Request, q url.Values) {
	v, f := c.newVisit(r.PathValue("tenant"), q)
	if f != nil {
		c.faultPage(w, nil, *f, requestID(r))
		return
	}
	v.admin, v.mode, v.request = true, "query", requestID(r)
	if f := c.checkAdminConsent(v, q); f != nil {
		c.deliver(w, v, c.parameters(*f, v.request))
		return
	}
	c.begin(w, r, v)
}

func (c *Cloud) checkAdminConsent(v *visit, q url.Values) *fault {
	if q.Get("scope") == "" {
		return missingParameter("scope")
	}
	scopes, f := c.parseScopes(q.Get("scope"))
	if f != nil {
		return f
	}
	if scopes.all {
		// .default asks for every permission of the registration, whichever API it is written with.
		scopes.oidc = []string{scopeOpenID, scopeProfile, scopeOffline}
		scopes.api = map[resource][]string{graph: c.configured(graph), partnerCenter: c.configured(partnerCenter)}
	}
	v.scopes = scopes
	h := c.current().hooks
	// The document names openid, profile and email among the OpenID Connect scopes, and is silent about offline_access.
	if h.refuseOffline && !scopes.all && scopes.has(scopeOffline) {
		return &fault{code: 70011, oauth: "invalid_scope", text: "The provided value for the input parameter 'scope' is not valid. The scope offline_access is not valid."}
	}
	if h.adminRequest != nil && c.hits("adminconsent", h.adminRequest.times) {
		return h.adminRequest
	}
	return nil
}

// deliver sends an answer to the redirect URI in the way that was asked for.
func (c *Cloud) deliver(w http.ResponseWriter, v *visit, answer url.Values) {
	if v.admin {
		// It is in error answers too: "this response occurred on an admin consent flow".
		answer.Set("admin_consent", "True")
	}
	if v.state != "" {
		answer.Set("state", v.state)
	}
	target := *v.redirect
	if target.Path == "" {
		target.Path = "/" // Entra adds it: https://learn.microsoft.com/entra/identity-platform/reply-url
	}
	if v.mode == "form_post" {
		c.postForm(w, v, target.String(), answer)
		return
	}
	if v.mode == "fragment" {
		target.Fragment, target.RawFragment = "", ""
		redirectTo(w, target.String()+"#"+answer.Encode())
		return
	}
	target.RawQuery = answer.Encode()
	redirectTo(w, target.String())
}

// redirectTo answers with a page-less redirect. The address was compared with the registered redirect URIs.
func redirectTo(w http.ResponseWriter, address string) {
	w.Header().Set("Location", address)
	w.WriteHeader(http.StatusFound)
}
