package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// application is how this program calls itself to Partner Center.
const application = "Partner Center Connector"

// mfaName is the header that answers ValidateMfa, or a property of the body where there is no header; both are among what is not confirmed
// (package connector). It may be missing, which says nothing either way.
const mfaName = "isMfaCompliant"

// PartnerCenter implements connector.PartnerCenter. It is safe for concurrent use.
type PartnerCenter struct{ rest *restClient }

var _ connector.PartnerCenter = (*PartnerCenter)(nil)

// NewPartnerCenter makes a client of the Partner Center at base, such as https://api.partnercenter.microsoft.com.
func NewPartnerCenter(base string, client *http.Client) *PartnerCenter {
	return &PartnerCenter{rest: newRESTClient(auth.PartnerCenter, base, client)}
}

// Organization gets the partner's organization profile and asks for the MFA of the sign-in to be validated. Its error is a
// *connector.APIError, which carries what was said of MFA too.
// https://learn.microsoft.com/partner-center/developer/get-an-organization-profile
func (c *PartnerCenter) Organization(ctx context.Context, token auth.Secret) (connector.Organization, error) {
	var body struct {
		TenantID    string `json:"tenantId"`
		CompanyName string `json:"companyName"`
	}
	call := newPartnerCenterCall("/v1/profiles/organization", token)
	call.Header.Set("ValidateMfa", "true")
	mfa, err := c.rest.get(ctx, call, &body)
	if err != nil {
		return connector.Organization{}, err
	}
	return connector.Organization{
		TenantID: body.TenantID, Name: body.CompanyName, MFA: mfa, CorrelationID: call.CorrelationID,
	}, nil
}

// Customers gets the first page, of one, of the customers; only their number is kept. Its error is a *connector.APIError.
// https://learn.microsoft.com/partner-center/developer/get-a-list-of-customers
func (c *PartnerCenter) Customers(ctx context.Context, token auth.Secret) (connector.Customers, error) {
	var body struct {
		TotalCount *int              `json:"totalCount"`
		Items      []json.RawMessage `json:"items"`
	}
	call := newPartnerCenterCall("/v1/customers?size=1", token)
	mfa, err := c.rest.get(ctx, call, &body)
	if err == nil && body.TotalCount == nil && body.Items == nil {
		err = &connector.APIError{
			Service: auth.PartnerCenter, Status: http.StatusOK, Cause: auth.ErrBadAnswer, CorrelationID: call.CorrelationID, MFA: mfa,
		}
	}
	if err != nil {
		return connector.Customers{}, err
	}
	total := len(body.Items)
	if body.TotalCount != nil {
		total = *body.TotalCount
	}
	return connector.Customers{Total: total, CorrelationID: call.CorrelationID}, nil
}

// newPartnerCenterCall has the headers that every request carries, with IDs of its own.
// https://learn.microsoft.com/partner-center/developer/headers
func newPartnerCenterCall(target string, token auth.Secret) getCall {
	id := uuid.NewString()
	header := http.Header{}
	header.Set("MS-RequestId", uuid.NewString())
	header.Set("MS-CorrelationId", id)
	header.Set("MS-Contract-Version", "v1")
	header.Set("MS-PartnerCenter-Application", application)
	header.Set("X-Locale", "en-US")
	return getCall{Target: target, Token: token, Header: header, CorrelationID: id}
}

// mfaOf is what an answer says of the MFA of the sign-in: its header, or else its body; nil where neither says anything.
func mfaOf(header http.Header, body []byte) *bool {
	said := header.Get(mfaName)
	if said == "" {
		var property struct {
			Said json.RawMessage `json:"isMfaCompliant"`
		}
		if json.Unmarshal(trim(body), &property) != nil {
			return nil
		}
		said = strings.Trim(string(property.Said), `"`)
	}
	switch strings.ToLower(strings.TrimSpace(said)) {
	case "true":
		return new(true)
	case "false":
		return new(false)
	}
	return nil
}
