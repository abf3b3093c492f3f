package rehearsal

import (
	"net/http"
	"net/url"
)

// Cookies of the pages. They belong to 127.0.0.1, which is another site than the localhost of a program's listener.
const (
	signInCookie = "rehearsal-sign-in"
	windowCookie = "rehearsal-window"
)

// What a person does on a page: the values of its buttons.
const (
	doPerson   = "person:" // and the role
	doPassword = "password"
	doApprove  = "approve"
	doDeny     = "deny"
	doAccept   = "accept"
	doCancel   = "cancel"
	doReturn   = "return"
	doOther    = "other-account"
)

// stage is how far a visit has come.
type stage int

const (
	stageChoose stage = iota
	stagePassword
	stageApprove
	stageDecide
	stageDone
)

// visit is one walk through the pages, from the consent request to the redirect that answers it.
type visit struct {
	id string
	// window is the cookie jar that it belongs to.
	window string
	admin  bool
	tenant tenant
	// anyTenant reports whether the tenant is that of whoever signs in.
	anyTenant bool
	app       *registration
	redirect  *url.URL
	mode      string // response_mode
	hybrid    bool   // an ID token comes along with the code
	state     string
	nonce     string
	prompt    string
	hint      string
	scopes    scopeSet
	request   string // client-request-id
	// challenge is that of PKCE.
	challenge challenge

	stage   stage
	picked  *person
	session *session
	// fresh reports whether the sign-in was made in this visit, so that its cookie is still to be set.
	fresh bool
	// verdict is what a signed-in person gets to see; nil until it is known.
	verdict *verdict
	// remark is the key of a sentence about the last try ("wrong password").
	remark string
}

// window returns the cookie that stands for the browser's cookie jar, and sets one if there is none.
func window(w http.ResponseWriter, r *http.Request) string {
	if cookie, err := r.Cookie(windowCookie); err == nil && cookie.Value != "" {
		return cookie.Value
	}
	value := newSecret()
	setCookie(w, windowCookie, value)
	return value
}

// setCookie sets a cookie of the session; an empty value ends it.
func setCookie(w http.ResponseWriter, name, value string) {
	age := 0
	if value == "" {
		age = -1
	}
	//nolint:gosec // Secure would keep it from the pages, which are http on loopback
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: age, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// begin starts a visit and shows its first page.
func (c *Cloud) begin(w http.ResponseWriter, r *http.Request, v *visit) {
	v.id, v.window = newSecret(), window(w, r)
	c.ledger.addVisit(v)
	if v.prompt != "login" && v.prompt != "select_account" {
		// Which account Entra takes when login_hint names another one than the cookie is not documented; here the cookie
		// wins, which is the case that does harm.
		if s := c.sessionOf(r); s != nil {
			v.enter(s)
		}
	}
	c.visiting.Lock()
	defer c.visiting.Unlock()
	c.show(w, v)
}

// continueVisit handles a pressed button.
func (c *Cloud) continueVisit(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		c.plainPage(w, http.StatusBadRequest, "unreadable")
		return
	}
	v := c.ledger.visit(r.PostForm.Get("visit"))
	if v == nil {
		c.plainPage(w, http.StatusBadRequest, "lost")
		return
	}
	c.watchCookies(r, v.admin)
	if cookie, err := r.Cookie(windowCookie); err != nil || cookie.Value != v.window {
		c.plainPage(w, http.StatusForbidden, "other-window")
		return
	}
	c.visiting.Lock()
	defer c.visiting.Unlock()
	if v.stage == stageDone {
		c.plainPage(w, http.StatusGone, "finished")
		return
	}
	v.remark = ""
	c.press(v, r.PostForm.Get("do"), r.PostForm.Get("password"))
	if v.fresh {
		v.fresh = false
		setCookie(w, signInCookie, c.ledger.addSession(v.session))
	}
	if do := r.PostForm.Get("do"); v.stage == stageDecide && (do == doAccept || do == doCancel || do == doReturn) {
		c.decide(w, v, do)
		return
	}
	c.show(w, v)
}

// press moves the visit on. A button that does not belong to the page that is current changes nothing.
func (c *Cloud) press(v *visit, do, password string) {
	switch {
	case do == doOther:
		v.signInAnew()
	case v.stage == stageChoose && len(do) > len(doPerson) && do[:len(doPerson)] == doPerson:
		if p := c.personByRole(do[len(doPerson):]); p != nil {
			v.picked, v.stage = p, stagePassword
		}
	case v.stage == stagePassword && do == doPassword:
		c.pressPassword(v, password)
	case v.stage == stageApprove && do == doApprove:
		c.signIn(v, true)
	case v.stage == stageApprove && do == doDeny:
		v.remark = "denied"
	}
}

func (c *Cloud) pressPassword(v *visit, password string) {
	switch {
	case password != v.picked.Password:
		v.remark = "wrong-password"
	case v.picked.mfa:
		v.stage = stageApprove
	default:
		c.signIn(v, false)
	}
}

func (c *Cloud) signIn(v *visit, mfa bool) {
	v.enter(&session{person: v.picked, mfa: mfa, at: c.now(), admin: v.admin})
	v.fresh = true
	c.journal.signIn(SignIn{Admin: v.admin, ClientID: v.app.id, Role: v.picked.Role}, v.window)
}

// signInAnew has the visit begin again with the choice of an account.
func (v *visit) signInAnew() { v.stage, v.picked, v.session, v.verdict = stageChoose, nil, nil, nil }

// enter lets somebody who is signed in decide.
func (v *visit) enter(s *session) {
	v.session, v.stage = s, stageDecide
	if v.anyTenant {
		v.tenant, _ = findTenant(s.person.TenantID)
	}
}

// watchCookies notes whether a window that does a user consent sends the sign-in cookie of an admin consent.
func (c *Cloud) watchCookies(r *http.Request, admin bool) {
	if admin {
		return
	}
	if s := c.sessionOf(r); s != nil && s.admin {
		c.journal.sharedCookie()
	}
}

// decide ends the visit by a pressed button.
func (c *Cloud) decide(w http.ResponseWriter, v *visit, do string) {
	o := c.judge(v)
	switch {
	case do == doReturn && o.outcome == outcomeRefuse:
		// No description comes along: cancelled and "not an administrator" look the same to the program.
		c.finish(w, v, c.parameters(c.refusal(), v.request))
	case do == doCancel && o.outcome == outcomeAsk:
		c.finish(w, v, c.parameters(declined(v.admin), v.request))
	case do == doAccept && o.outcome == outcomeAsk:
		c.agree(w, v)
	default:
		c.show(w, v)
	}
}

// refusal is what "return without granting consent" sends.
func (c *Cloud) refusal() fault {
	if f := c.current().hooks.refusal; f != nil {
		return *f
	}
	return fault{oauth: "access_denied", suberror: "cancel", manner: bare}
}

// declined is what Cancel sends. https://learn.microsoft.com/entra/identity-platform/v2-admin-consent#error-response
func declined(admin bool) fault {
	oauth := "access_denied"
	if admin {
		oauth = "consent_required"
	}
	return fault{code: 65004, oauth: oauth, text: "The resource owner or authorization server denied the request."}
}

func (c *Cloud) agree(w http.ResponseWriter, v *visit) {
	key, scopes := ownKey(v), v.scopes.names()
	tenantID := v.tenant.id
	if v.admin {
		if v.session.person.TenantID == otherTenant.id {
			tenantID = otherTenant.id
		}
		key = consentKey{tenant: tenantID, client: v.app.id}
	}
	c.ledger.consent(key, scopes)
	c.journal.consent(Consent{
		Admin: v.admin, TenantID: tenantID, ClientID: v.app.id, Role: v.session.person.Role, UPN: v.session.person.UPN, Scopes: scopes, At: c.now(),
	})
	if v.admin {
		c.finish(w, v, c.adminSuccess(v, tenantID))
		return
	}
	c.finish(w, v, c.userSuccess(v))
}

func (c *Cloud) adminSuccess(v *visit, tenantID string) url.Values {
	answer := url.Values{"tenant": {tenantID}, "scope": {c.text(v.scopes)}}
	if change := c.current().hooks.adminAnswer; change != nil {
		change(answer)
	}
	return answer
}

func (c *Cloud) userSuccess(v *visit) url.Values {
	text := c.journal.issue(kindCode, "1.practice."+newSecret()+newSecret())
	given := grant{
		app: v.app, tenant: v.tenant, person: v.session.person, mfa: v.session.mfa, nonce: v.nonce, challenge: v.challenge,
		redirect: v.redirect.String(), scopes: v.scopes, signedIn: v.session.at,
	}
	answer := url.Values{"code": {text}, "session_state": {newGUID()}}
	if v.hybrid {
		token, err := c.frontToken(given, text)
		if err != nil {
			return c.parameters(*signingFault(err), v.request)
		}
		answer.Set("id_token", token)
	}
	c.ledger.addCode(text, &code{expires: c.now().Add(codeLife), grant: given})
	return answer
}

// finish ends the visit with the redirect that answers the program.
func (c *Cloud) finish(w http.ResponseWriter, v *visit, answer url.Values) {
	v.stage = stageDone
	c.deliver(w, v, answer)
}
