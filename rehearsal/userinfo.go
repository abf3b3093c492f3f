package rehearsal

import (
	"net/http"
	"strings"
)

// userinfoPath is where Graph tells who is signed in.
const userinfoPath = "/oidc/userinfo"

// userinfo needs openid; profile and email add what they name.
// https://learn.microsoft.com/entra/identity-platform/userinfo
func (c *Cloud) userinfo(w http.ResponseWriter, _ *http.Request, t *accessToken) {
	if !t.signIn.has(scopeOpenID) {
		graphError(w, http.StatusForbidden, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
		return
	}
	body := map[string]any{"sub": pairwise(t.person, t.app)}
	if t.signIn.has(scopeProfile) {
		given, family, _ := strings.Cut(t.person.Name, " ")
		body["name"], body["given_name"], body["family_name"] = t.person.Name, given, family
		body["picture"] = c.back.origin + "/v1.0/me/photo/$value"
	}
	if t.signIn.has(scopeEmail) {
		body["email"] = t.person.UPN
	}
	writeJSON(w, http.StatusOK, body)
}
