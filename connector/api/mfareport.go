package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// appMFA is what the report has of an app on a day.
type appMFA struct {
	LoginDate                string `json:"loginDate"`
	MFACompliantRequestCount int    `json:"mfaCompliantRequestCount"`
	TotalRequestCount        int    `json:"totalRequestCount"`
	ApplicationID            string `json:"applicationId"`
}

// mfaReport is the report. The page that describes it shows an array, the reference of the API one object, and its neighbors a collection.
type mfaReport []appMFA

// UnmarshalJSON reads each of them.
func (r *mfaReport) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte("[")) {
		return json.Unmarshal(text, (*[]appMFA)(r))
	}
	var body struct {
		appMFA
		Items *[]appMFA `json:"items"`
	}
	err := json.Unmarshal(text, &body)
	switch {
	case err != nil:
		return err
	case body.Items != nil:
		*r = *body.Items
	default:
		*r = mfaReport{body.appMFA}
	}
	return nil
}

// AppMFA gets what the partner's MFA report has of an app. It holds counts alone; those of other apps are dropped. Its error is a
// *connector.APIError.
// https://learn.microsoft.com/partner-center/developer/get-api-request-summary
func (c *PartnerCenter) AppMFA(ctx context.Context, token auth.Secret, clientID string) ([]connector.MFADay, error) {
	var report mfaReport
	call := newPartnerCenterCall("/v1/applicationmfaadoptionstatus", token)
	call.List = true
	if _, err := c.rest.get(ctx, call, &report); err != nil {
		return nil, err
	}
	days := []connector.MFADay{}
	for _, a := range report {
		if !strings.EqualFold(a.ApplicationID, clientID) {
			continue
		}
		day, ok := dayOf(a.LoginDate)
		if !ok || a.TotalRequestCount < 0 || a.MFACompliantRequestCount < 0 || a.MFACompliantRequestCount > a.TotalRequestCount {
			return nil, &connector.APIError{
				Service: auth.PartnerCenter, Status: http.StatusOK, Cause: auth.ErrBadAnswer, CorrelationID: call.CorrelationID,
			}
		}
		days = append(days, connector.MFADay{Day: day, Total: a.TotalRequestCount, WithMFA: a.MFACompliantRequestCount})
	}
	return days, nil
}

// dayOf reads a date, or the date of an instant.
func dayOf(text string) (connector.Day, bool) {
	text = text[:min(len(text), len(time.DateOnly))]
	day, err := connector.ParseDay(text)
	return day, err == nil
}
