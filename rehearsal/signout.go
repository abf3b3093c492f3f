package rehearsal

import (
	"net/http"
	"net/url"
)

// signOut ends the sign-in that the browser's cookie stands for, and leads to where the program wants it, if that is registered.
// https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-a-sign-out-request
func (c *Cloud) signOut(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		c.plainPage(w, http.StatusBadRequest, "unreadable")
		return
	}
	if cookie, err := r.Cookie(signInCookie); err == nil {
		c.ledger.endSession(cookie.Value)
		setCookie(w, signInCookie, "")
	}
	target, err := url.Parse(r.Form.Get("post_logout_redirect_uri"))
	if err != nil || !c.anyAllows(target) {
		c.plainPage(w, http.StatusOK, "signed-out")
		return
	}
	if state := r.Form.Get("state"); state != "" {
		target.RawQuery = url.Values{"state": {state}}.Encode()
	}
	redirectTo(w, target.String())
}

// anyAllows reports whether one of the registrations has this redirect URI.
func (c *Cloud) anyAllows(target *url.URL) bool {
	for _, a := range c.clients {
		if a.allows(target) {
			return true
		}
	}
	return false
}
