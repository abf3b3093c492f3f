package rehearsal

import (
	"net/http"
	"net/url"
	"strings"
)

// productAnswer is the page of a redirect address. As products do it says that all is well as soon as an answer came without an error:
// what is wrong with it shows at the first synchronization.
func (c *Cloud) productAnswer(admin bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			c.plainPage(w, http.StatusBadRequest, "unreadable")
			return
		}
		c.product.mu.Lock()
		defer c.product.mu.Unlock()
		o, known := c.product.offers[r.Form.Get("state")]
		if !known || o.admin != admin {
			c.writeProduct(w, page{status: http.StatusBadRequest, Title: c.say("product.answer.unknown.title"), Lead: []string{c.say("product.answer.unknown.text")}})
			return
		}
		delete(c.product.offers, r.Form.Get("state"))
		if text := c.takeAnswer(o, r.Form); text != "" {
			c.journal.showed(text)
			c.writeProduct(w, page{
				status: http.StatusBadRequest, Title: c.say("product.answer.failed.title"), Lead: []string{c.say("product.answer.failed.text")}, Raw: text,
			})
			return
		}
		*o.settings.consent(admin) = received
		key := "product.answer.user"
		if admin {
			key = "product.answer.admin"
		}
		c.writeProduct(w, page{Title: c.say(key + ".title"), Lead: []string{c.say("product.answer.text")}})
	}
}

// takeAnswer returns what the product says of an answer that it can't use; empty where it can.
func (c *Cloud) takeAnswer(o offer, answer url.Values) string {
	if answer.Has("error") {
		said := strings.TrimSpace(answer.Get("error") + " " + answer.Get("error_subcode"))
		return strings.TrimSpace(said + "\n" + answer.Get("error_description"))
	}
	if o.admin {
		return ""
	}
	t, said := c.checkFrontToken(o, answer)
	if said != "" {
		return said
	}
	body, f := c.redeem(tokenRequest{tenant: t, app: c.product.app, form: url.Values{
		"code": {answer.Get("code")}, "redirect_uri": {c.product.app.redirect[1]}, "scope": {partnerResource + "/" + scopeImpersonation},
	}})
	if f != nil {
		return f.description(c.newAnswer(""))
	}
	o.settings.tenant = t
	o.settings.refresh, _ = body["refresh_token"].(string)
	return ""
}

// checkFrontToken holds the ID token that came along with a code against the link, and tells which tenant it is of.
func (c *Cloud) checkFrontToken(o offer, answer url.Values) (tenant, string) {
	var claims struct {
		Audience string `json:"aud"`
		Tenant   string `json:"tid"`
		Nonce    string `json:"nonce"`
		CodeHash string `json:"c_hash"`
	}
	parts := strings.Split(answer.Get("id_token"), ".")
	if len(parts) != 3 || !decodePart(parts[1], &claims) {
		return tenant{}, "The answer brings no ID token."
	}
	t, known := findTenant(claims.Tenant)
	switch {
	case !known || claims.Audience != c.product.app.id:
		return tenant{}, "The ID token is of another app or tenant."
	case claims.Nonce != o.nonce:
		return tenant{}, "The ID token answers another request."
	case claims.CodeHash != codeHash(answer.Get("code")):
		return tenant{}, "The ID token does not belong to the code."
	}
	return t, ""
}

// syncResult is how a synchronization ended.
type syncResult struct {
	done, failed bool
	// code and text are what was answered to one that failed.
	code, text string
}

func syncFailed(code, text string) syncResult {
	return syncResult{done: true, failed: true, code: code, text: text}
}

// synchronize calls Partner Center as the product does once it is set up.
func (c *Cloud) synchronize(s *settings) syncResult {
	if s.admin != received || s.user != received || s.refresh == "" {
		return syncFailed("", "A consent is missing.")
	}
	body, f := c.refresh(tokenRequest{tenant: s.tenant, app: c.product.app, form: url.Values{
		"refresh_token": {s.refresh}, "scope": {partnerResource + "/" + scopeImpersonation},
	}})
	if f != nil {
		return syncFailed(aadsts(f.code), f.text)
	}
	text, _ := body["access_token"].(string)
	for _, endpoint := range []string{"organization", "customers"} {
		if f := c.refuseToken(endpoint, c.ledger.accessToken(text)); f != nil {
			return syncFailed(f.code, f.text)
		}
	}
	return syncResult{done: true}
}
