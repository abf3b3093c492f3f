package rehearsal

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// show shows the current page of a visit.
func (c *Cloud) show(w http.ResponseWriter, v *visit) {
	switch v.stage {
	case stageChoose:
		c.write(w, c.choosePage(v))
	case stagePassword:
		c.write(w, c.passwordPage(v))
	case stageApprove:
		c.write(w, c.approvePage(v))
	default:
		c.showDecision(w, v)
	}
}

func (c *Cloud) showDecision(w http.ResponseWriter, v *visit) {
	o := c.judge(v)
	switch o.outcome {
	case outcomePass:
		c.finish(w, v, c.userSuccess(v))
	case outcomeFault:
		c.faultPage(w, v, o.fault, v.request)
	case outcomeRefuse:
		c.write(w, c.approvalPage(v))
	default:
		c.write(w, c.consentPage(v))
	}
}

// visitPage is the frame of a visit's page.
func (c *Cloud) visitPage(v *visit, key string, buttons ...button) page {
	p := page{
		Title:      c.say(key + ".title"),
		formTarget: redirectOrigin(v.redirect),
		Form:       &form{Action: "/practice/visit", Hidden: []pair{{"visit", v.id}}, Buttons: buttons},
	}
	if v.remark != "" {
		p.Remark = c.say("remark." + v.remark)
	}
	return p
}

func (c *Cloud) choosePage(v *visit) page {
	suggested := c.current().person(v.admin)
	if c.waits(v) {
		suggested = ""
	}
	focus := suggested
	if p := c.personByUPN(v.hint); p != nil {
		focus = p.Role
	}
	buttons := []button{}
	for _, p := range c.people {
		b := button{
			Do: doPerson + p.Role, Label: p.Name + " – " + p.UPN, Detail: c.say("role." + p.Role), Class: "wide",
			Auto: p.Role == suggested, Focus: p.Role == focus,
		}
		if b.Auto {
			b.Class = "wide main"
			b.Detail += " " + c.say("choose.suggested")
		}
		if b.Focus && p.Role != suggested {
			b.Detail += " " + c.say("choose.hinted")
		}
		buttons = append(buttons, b)
	}
	p := c.visitPage(v, "choose", buttons...)
	p.Lead = []string{c.say(c.purpose(v), "App", v.app.name, "Tenant", v.tenant.domain), c.say("choose.text")}
	if v.anyTenant {
		p.Lead[0] = c.say("purpose.any-tenant", "App", v.app.name)
	}
	return p
}

// waits reports whether the scenario wants the window to be closed: then Auto presses nothing.
func (c *Cloud) waits(v *visit) bool { return !v.admin && c.current().hooks.userWaits }

func (c *Cloud) purpose(v *visit) string {
	if v.admin {
		return "purpose.admin"
	}
	return "purpose.user"
}

func (c *Cloud) passwordPage(v *visit) page {
	p := c.visitPage(v, "password",
		button{Do: doPassword, Label: c.say("button.sign-in"), Class: "main", Auto: !c.waits(v), Focus: true},
		button{Do: doOther, Label: c.say("button.other-account")})
	p.Lead = []string{c.say("password.text", "Name", v.picked.Name, "UPN", v.picked.UPN, "Password", v.picked.Password)}
	p.Form.Password, p.Form.PasswordLabel = v.picked.Password, c.say("password.label")
	return p
}

func (c *Cloud) approvePage(v *visit) page {
	p := c.visitPage(v, "approve",
		button{Do: doApprove, Label: c.say("button.approve"), Class: "main", Auto: !c.waits(v), Focus: true},
		button{Do: doDeny, Label: c.say("button.deny")})
	p.Lead = []string{c.say("approve.text", "Name", v.picked.Name)}
	return p
}

func (c *Cloud) consentPage(v *visit) page {
	pressed := c.current().press(v.admin)
	p := c.visitPage(v, "consent",
		button{Do: doAccept, Label: c.say("button.accept"), Class: "main", Auto: pressed == doAccept, Focus: true},
		button{Do: doCancel, Label: c.say("button.cancel"), Auto: pressed == doCancel},
		button{Do: doOther, Label: c.say("button.other-account")})
	if v.admin {
		p.Title = c.say("consent.admin-title")
		p.Lead = []string{c.say("consent.admin-text", "Tenant", v.tenant.domain)}
	} else {
		p.Lead = []string{c.say("consent.text", "Name", v.session.person.Name)}
	}
	p.Facts = c.visitFacts(v)
	p.List = c.permissions(v.scopes)
	return p
}

func (c *Cloud) approvalPage(v *visit) page {
	p := c.visitPage(v, "approval",
		button{Do: doReturn, Label: c.say("button.return"), Class: "main", Auto: !c.waits(v), Focus: true},
		button{Do: doOther, Label: c.say("button.other-account")})
	p.Lead = []string{c.say("approval.text", "App", v.app.name)}
	p.Facts = c.visitFacts(v)
	return p
}

func (c *Cloud) visitFacts(v *visit) []pair {
	return []pair{
		{c.say("fact.account"), v.session.person.UPN},
		{c.say("fact.app"), v.app.name},
		{c.say("fact.client-id"), v.app.id},
		{c.say("fact.tenant"), v.tenant.domain + " (" + v.tenant.id + ")"},
	}
}

// permissions are the sentences of what is asked for.
func (c *Cloud) permissions(s scopeSet) []string {
	list := []string{}
	for _, name := range s.names() {
		key := strings.NewReplacer("/", "-", ".", "-", "_", "-").Replace(strings.ToLower(name))
		list = append(list, c.say("permission."+key))
	}
	return list
}

// faultPage shows an error, as Entra does: with a text to copy, and no way back to the program. With a visit another account can be taken.
// The HTTP status of such a page is not documented.
func (c *Cloud) faultPage(w http.ResponseWriter, v *visit, f fault, requestID string) {
	p := page{Title: c.say("fault.title")}
	if v != nil {
		p = c.visitPage(v, "fault", button{Do: doOther, Label: c.say("button.other-account")})
		p.Facts = c.visitFacts(v)
	}
	p.Lead = []string{c.say("fault.text"), c.say("fault.no-return")}
	p.status = http.StatusBadRequest
	a := c.newAnswer(requestID)
	w.Header().Set(answerHeader, a.trace)
	p.Raw = f.pageText(a)
	c.journal.showed(p.Raw)
	c.write(w, p)
}

// postForm passes an answer on by a form that submits itself, with a button for browsers without scripts.
func (c *Cloud) postForm(w http.ResponseWriter, v *visit, target string, answer url.Values) {
	p := page{
		Title: c.say("pass-on.title"), Lead: []string{c.say("pass-on.text")}, submits: true,
		formTarget: redirectOrigin(v.redirect),
		Form:       &form{Action: target, Buttons: []button{{Label: c.say("button.go-on"), Class: "main", Auto: true, Focus: true}}},
	}
	for _, name := range []string{"code", "id_token", "state", "session_state", "admin_consent", "error", "error_subcode", "error_description", "error_uri", "claims"} {
		if answer.Has(name) {
			p.Form.Hidden = append(p.Form.Hidden, pair{name, answer.Get(name)})
		}
	}
	c.write(w, p)
}

// front is the page at "/": what this is, and who is there.
func (c *Cloud) front(w http.ResponseWriter, _ *http.Request) {
	p := page{Title: c.say("front.title"), Lead: []string{c.say("front.text", "Number", strconv.Itoa(len(scenarios())))}}
	for _, who := range c.people {
		p.Facts = append(p.Facts, pair{who.Name + " – " + who.UPN, c.say("role." + who.Role)})
	}
	c.write(w, p)
}

func (c *Cloud) pageRoutes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", c.front)
	mux.HandleFunc("GET /{tenant}/oauth2/v2.0/authorize", c.entra("authorize", c.authorize))
	mux.HandleFunc("POST /{tenant}/oauth2/v2.0/authorize", c.entra("authorize", c.authorize))
	mux.HandleFunc("GET /{tenant}/v2.0/adminconsent", c.entra("adminconsent", c.adminConsent))
	mux.HandleFunc("GET /{tenant}/oauth2/v2.0/logout", c.entra("logout", c.signOut))
	mux.HandleFunc("POST /{tenant}/oauth2/v2.0/logout", c.entra("logout", c.signOut))
	mux.HandleFunc("GET /{tenant}/oauth2/authorize", c.entra("authorize-v1", c.authorizeV1))
	mux.HandleFunc("POST /{tenant}/oauth2/authorize", c.entra("authorize-v1", c.authorizeV1))
	mux.HandleFunc("GET /{tenant}/oauth2/logout", c.entra("logout-v1", c.signOut))
	mux.HandleFunc("GET /{tenant}/adminconsent", c.entra("adminconsent-v1", c.adminConsentV1))
	mux.HandleFunc("GET "+identityPath, c.managedIdentity)
	mux.HandleFunc("POST /practice/visit", c.entra("visit", c.continueVisit))
	for path, key := range map[string]string{
		"/error": "error-uri", "/device": "device", "/portal/partner-center": "portal-partner-center", "/portal/entra": "portal-entra",
	} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) { c.plainPage(w, http.StatusOK, key) })
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { c.plainPage(w, http.StatusNotFound, "not-found") })
	return mux
}
