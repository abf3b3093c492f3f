package rehearsal

import (
	"net/http"
	"strings"
)

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code"

// deviceCode begins a sign-in on another device. It comes to nothing: the practice apps do not allow public client flows, and Entra says so
// only when the code is to be redeemed.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code
// https://github.com/microsoftgraph/msgraph-sample-github-connector-python/issues/6
func (c *Cloud) deviceCode(w http.ResponseWriter, r *http.Request) {
	form, f := tokenForm(w, r)
	if f == nil {
		f = c.checkDevice(r.PathValue("tenant"), form.Get("client_id"), form.Get("scope"))
	}
	if f != nil {
		c.refuse(w, r, *f)
		return
	}
	user, address := newSecret()[:9], c.pages.origin+"/device"
	writeJSON(w, http.StatusOK, map[string]any{
		"user_code": user, "device_code": "practice." + newSecret(), "verification_uri": address, "expires_in": 900, "interval": 5,
		"message": "To sign in, use a web browser to open the page " + address + " and enter the code " + user + " to authenticate.",
	})
}

// checkDevice: which number comes for which shared name stands in MSAL's own guide, and in a report with the whole answer.
// https://learn.microsoft.com/entra/msal/dotnet/acquiring-tokens/desktop-mobile/device-code-flow (50059, 90133)
// https://github.com/AzureAD/microsoft-authentication-library-for-python/issues/154 (50059)
func (c *Cloud) checkDevice(tenantName, id, scope string) *fault {
	in, f := findRealm(tenantName)
	switch {
	case f != nil:
		return f
	case id == "":
		return missingParameter("client_id")
	case in.shared == sharedConsumers:
		return &fault{code: 90133, oauth: "invalid_request", text: "Device Code flow is not supported under /common or /consumers endpoint."}
	case in.shared != "":
		return noTenant()
	case c.findApp(id, in.tenant) == nil:
		return unknownApp(id, in.tenant)
	case strings.TrimSpace(scope) == "":
		return missingParameter("scope")
	}
	_, f = c.parseScopes(scope)
	return f
}

func noTenant() *fault {
	return &fault{code: 50059, oauth: "invalid_request", text: "No tenant-identifying information found in either the request or implied by any provided credentials."}
}

// withPassword refuses a password at the token endpoint. A client that has proven itself learns what Entra says of an account that must
// use a second factor, as all practice accounts must.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth-ropc
func (c *Cloud) withPassword(t tokenRequest) *fault {
	if t.app.kind == publicClient {
		return clientUnproven()
	}
	who := c.personByUPN(t.form.Get("username"))
	switch {
	case who == nil || !who.knownIn(t.tenant):
		return &fault{code: 50034, oauth: "invalid_grant", text: "The user account does not exist in the directory."}
	case t.form.Get("password") != who.Password:
		return &fault{code: 50126, oauth: "invalid_grant", text: "Error validating credentials due to invalid username or password."}
	}
	return &fault{code: 50076, oauth: "invalid_grant", suberror: "basic_action", text: "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource."}
}
