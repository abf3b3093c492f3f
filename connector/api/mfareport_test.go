package api_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/api"
)

// TestAppMFA reads the report in each of the forms that Microsoft's pages show, and keeps what is of the app.
func TestAppMFA(t *testing.T) {
	const (
		own   = `{"loginDate":"2026-11-20","mfaCompliantRequestCount":7,"totalRequestCount":14,"applicationId":"14F38D7D-C4FC-448A-B2DF-0FC60E75465A","applicationName":""}`
		later = `{"loginDate":"2026-11-21T00:00:00","mfaCompliantRequestCount":0,"totalRequestCount":3,"applicationId":"14f38d7d-c4fc-448a-b2df-0fc60e75465a"}`
		other = `{"loginDate":"?","mfaCompliantRequestCount":9,"totalRequestCount":1,"applicationId":"60a00bf2-0644-4279-83b3-87ddf96f2509"}`
	)
	first := connector.MFADay{Day: connector.Day{Year: 2026, Month: time.November, Day: 20}, Total: 14, WithMFA: 7}
	second := connector.MFADay{Day: connector.Day{Year: 2026, Month: time.November, Day: 21}, Total: 3}
	for body, want := range map[string][]connector.MFADay{
		"\xef\xbb\xbf[" + own + "," + other + "," + later + "]": {first, second},
		own:                           {first},
		`{"items":[` + later + `]}`:   {second},
		`{"items":[],"totalCount":0}`: {},
		"[]":                          {},
		`{}`:                          {},
		`[` + other + `]`:             {},
		`"x"`:                         nil,
		`[{"loginDate":7}]`:           nil,
		`[{"loginDate":"x","applicationId":"` + appID + `"}]`:                                                               nil,
		`[{"loginDate":"2026-11-20","applicationId":"` + appID + `","totalRequestCount":1,"mfaCompliantRequestCount":2}]`:   nil,
		`[{"loginDate":"2026-11-20","applicationId":"` + appID + `","totalRequestCount":-1,"mfaCompliantRequestCount":-1}]`: nil,
	} {
		server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/v1/applicationmfaadoptionstatus" {
				t.Errorf("asked %s", r.URL)
			}
			_, _ = w.Write([]byte(body))
		}))
		got, err := api.NewPartnerCenter(server.URL, server.Client()).AppMFA(t.Context(), token, appID)
		server.Client().CloseIdleConnections()
		server.Close()
		if !reflect.DeepEqual(got, want) || (want == nil) != errors.Is(err, auth.ErrBadAnswer) || want != nil && err != nil {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
}
