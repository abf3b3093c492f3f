package rehearsal

import (
	"cmp"
	"net/http"
	"net/url"
)

// The paths of the endpoint's first version. Whoever comes here with a request of version 2 is refused as by Entra, which misses the
// resource: https://github.com/MicrosoftDocs/azure-docs/issues/46696. A request with one Entra would answer; tokens of the first version's
// endpoint are not practised here.

// discoveryV1 is the document of the first version, whose issuer and endpoints are others. Its way out and its keys are no others here.
// https://github.com/AzureAD/MSIdentityTools/blob/main/tests/Get-MsIdOpenIdProviderConfiguration.tests.ps1
func (c *Cloud) discoveryV1(w http.ResponseWriter, r *http.Request) {
	found, f := findRealm(r.PathValue("tenant"))
	if f != nil {
		c.refuse(w, r, *f)
		return
	}
	doc := c.metadata(found)
	pages, back := c.pages.origin+"/"+found.path(), c.back.origin+"/"+found.path()
	doc["issuer"] = c.stsIssuer(cmp.Or(found.id, "{tenantid}"))
	doc["authorization_endpoint"], doc["token_endpoint"] = pages+"/oauth2/authorize", back+"/oauth2/token"
	doc["device_authorization_endpoint"], doc["end_session_endpoint"] = back+"/oauth2/devicecode", pages+"/oauth2/logout"
	doc["jwks_uri"] = back + "/discovery/keys"
	writeJSON(w, http.StatusOK, doc)
}

// stsIssuer is who issues tokens of version 1.
func (c *Cloud) stsIssuer(tenantID string) string { return c.back.origin + "/sts/" + tenantID + "/" }

func (c *Cloud) authorizeV1(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		c.plainPage(w, http.StatusBadRequest, "unreadable")
		return
	}
	c.faultPage(w, nil, *refuseV1(r.Form), requestID(r))
}

func (c *Cloud) tokenV1(w http.ResponseWriter, r *http.Request) {
	form, f := tokenForm(w, r)
	if f == nil {
		f = refuseV1(form)
	}
	c.refuse(w, r, *f)
}

func refuseV1(form url.Values) *fault {
	if form.Get("client_id") == "" {
		return missingParameter("client_id")
	}
	if form.Get("resource") == "" {
		return missingParameter("resource")
	}
	return &fault{code: 90023, oauth: "invalid_request", text: "The practice cloud has no tokens of version 1.0: use the endpoint of version 2.0."}
}

// adminConsentV1 asks for everything that the registration lists, as .default does on the newer endpoint.
// https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent#construct-the-url-for-granting-tenant-wide-admin-consent
func (c *Cloud) adminConsentV1(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	q.Set("scope", scopeDefault)
	c.consentAsAdmin(w, r, q)
}
