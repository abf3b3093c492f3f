package rehearsal

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

const partnerSource = "PartnerFD"

// apiFault is an answer of an API that says no.
type apiFault struct {
	// endpoint is the one that it hits; empty means all.
	endpoint   string
	status     int
	code, text string
	retryAfter int
	// times is how many requests it hits, from the first one on; 0 means all.
	times int
	// mfa is what the isMfaCompliant header says if ValidateMfa was asked for; empty means that the token decides.
	mfa    string
	manner manner
}

func (f apiFault) meets(endpoint string) bool { return f.endpoint == "" || f.endpoint == endpoint }

// partnerError is Partner Center's error body.
// https://learn.microsoft.com/partner-center/developer/error-codes
type partnerError struct {
	Code        string   `json:"code"`
	Description string   `json:"description"`
	Data        []string `json:"data"`
	Source      string   `json:"source"`
}

// partnerHandler checks the access token as Partner Center does, and lets the scenario have its say. The order of its checks
// is not documented.
func (c *Cloud) partnerHandler(endpoint string, next func(http.ResponseWriter, *http.Request, *accessToken)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		note(w, func(entry *Request) { entry.Endpoint = endpoint })
		echo(w, r)
		h := c.current().hooks
		if f := h.partner; f != nil && f.meets(endpoint) && c.hits("partner", f.times) {
			mfaHeader(w, r, f.mfa)
			c.failPartner(w, r, *f)
			return
		}
		token := c.bearer(r)
		if f := c.refuseToken(endpoint, token); f != nil {
			if token != nil {
				mfaHeader(w, r, strconv.FormatBool(token.mfa))
			}
			c.failPartner(w, r, *f)
			return
		}
		if !h.mfaUnknown && token.person != nil {
			mfaHeader(w, r, strconv.FormatBool(token.mfa))
		}
		next(w, r, token)
	}
}

// echo sends back what a caller is told to note for support.
func echo(w http.ResponseWriter, r *http.Request) {
	for _, name := range []string{"MS-RequestId", "MS-CorrelationId"} {
		w.Header().Set(name, cmp.Or(r.Header.Get(name), newGUID()))
	}
	w.Header().Set("MS-CV", newSecret()[:16]+".0")
	w.Header().Set("MS-ServerId", "rehearsal")
}

// mfaHeader answers "ValidateMfa: true". That the answer is a header is what independent clients read; the page that says so
// could not be seen.
func mfaHeader(w http.ResponseWriter, r *http.Request, value string) {
	if value != "" && r.Header.Get("ValidateMfa") == "true" {
		w.Header().Set("isMfaCompliant", value)
	}
}

// refuseToken returns why Partner Center does not take a token; nil when it does.
func (c *Cloud) refuseToken(endpoint string, t *accessToken) *apiFault {
	c.ledger.called(t, c.now())
	switch {
	case t == nil:
		return &apiFault{status: 401, code: "800001", text: "Azure AD token is missing in HTTP header, or was not understood."}
	case c.now().After(t.expires):
		// How an expired token is answered is not documented; bodies that are empty have been seen.
		return &apiFault{status: 401, manner: empty}
	case t.resource != partnerCenter || t.aadGraph:
		return &apiFault{status: 401, code: "900420", text: "The audience of the token is not accepted. Request a token for Partner Center."}
	case t.person == nil:
		if endpoint == "organization" {
			return &apiFault{status: 403, code: "900329", text: "This API doesn't support application-only authentication."}
		}
		return nil
	case t.tenant != practiceTenant:
		return &apiFault{status: 403, code: "403", text: "Access denied. The organization is not a partner."}
	case !t.mfa:
		return c.current().withoutMFA()
	case !t.person.agent && endpoint != "organization":
		return &apiFault{status: 403, code: "2032", text: "The supplied role does not have the rights to perform the requested operation."}
	}
	return nil
}

func (c *Cloud) failPartner(w http.ResponseWriter, r *http.Request, f apiFault) {
	if f.status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "OAuth realm=urn:cpsvc:cpid:"+practiceTenantID)
	}
	if f.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(f.retryAfter))
	}
	if c.misbehave(w, r, f.manner, f.status) {
		return
	}
	switch f.manner {
	case throttle:
		// https://learn.microsoft.com/partner-center/developer/api-throttling-guidance
		writeJSON(w, f.status, map[string]any{"statusCode": f.status, "message": fmt.Sprintf("Rate limit is exceeded. Try again in %d seconds.", f.retryAfter)})
	case gateway:
		writeJSON(w, f.status, map[string]any{"error": map[string]string{"code": f.code, "message": f.text}})
	default:
		writeJSON(w, f.status, partnerError{Code: f.code, Description: f.text, Data: []string{}, Source: partnerSource})
	}
}

// organization is the partner's own profile.
// https://learn.microsoft.com/partner-center/developer/get-an-organization-profile
func (c *Cloud) organization(w http.ResponseWriter, _ *http.Request, t *accessToken) {
	body := map[string]any{
		"id": t.tenant.id, "tenantId": t.tenant.id, "companyName": "Rehearsal Partner", "domain": practiceDomain,
		"email": "partner@" + practiceDomain, "language": "en", "culture": "en-US", "profileType": "OrganizationProfile",
		"defaultAddress": map[string]string{
			"country": "DE", "city": "Practice", "state": "", "addressLine1": "Stage 1", "addressLine2": "", "postalCode": "00000",
			"firstName": "Ada", "lastName": "Admin", "phoneNumber": "",
		},
		"links":      selfLink("/profiles/organization"),
		"attributes": map[string]string{"etag": "practice", "objectType": "OrganizationProfile"},
	}
	h := c.current().hooks
	if h.organization != nil {
		h.organization(body)
	}
	c.writePartner(w, body)
}

func selfLink(path string) map[string]any {
	return map[string]any{"self": map[string]any{"uri": path, "method": http.MethodGet, "headers": []string{}}}
}

// customers lists the partner's customers. Its page calls size required; clients that are in use leave it out.
// https://learn.microsoft.com/partner-center/developer/get-a-list-of-customers
func (c *Cloud) customers(w http.ResponseWriter, r *http.Request, _ *accessToken) {
	if text := r.URL.Query().Get("size"); text != "" {
		if size, err := strconv.Atoi(text); err != nil || size < 1 {
			c.failPartner(w, r, apiFault{status: http.StatusBadRequest, code: "800002", text: "Invalid request input: the query parameter size."})
			return
		}
	}
	const customer = "5e0a11c0-0000-4000-8000-000000000301"
	c.writePartner(w, map[string]any{
		"totalCount": 1,
		"items": []map[string]any{{
			"id": customer, "relationshipToPartner": "reseller",
			"companyProfile": map[string]any{
				"tenantId": customer, "domain": "customer.example", "companyName": "Practice Customer",
				"attributes": map[string]string{"objectType": "CustomerCompanyProfile"},
			},
			"attributes": map[string]string{"objectType": "Customer"},
		}},
		"links":      selfLink(r.URL.RequestURI()),
		"attributes": map[string]string{"objectType": "Collection"},
	})
}

// writePartner sends an answer; under one scenario behind a byte order mark, which programs have met and no document tells of.
func (c *Cloud) writePartner(w http.ResponseWriter, body map[string]any) {
	data, err := json.Marshal(body)
	if err != nil {
		http.Error(w, "the answer could not be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if c.current().hooks.byteOrderMark {
		data = append([]byte("\xef\xbb\xbf"), data...)
	}
	_, _ = w.Write(data) // a caller that hangs up gets no answer
}
