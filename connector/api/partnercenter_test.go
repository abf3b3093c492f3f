package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/api"
	"partner-center-connector/connector/problems"
)

const secretToken = "the-access-token"

// serve starts a Partner Center that answers with f, and a client of it.
func serve(tb testing.TB, f http.HandlerFunc) *api.PartnerCenter {
	tb.Helper()
	server := httptest.NewTLSServer(f)
	tb.Cleanup(server.Close)
	tb.Cleanup(server.Client().CloseIdleConnections)
	return api.NewPartnerCenter(server.URL, server.Client())
}

func organization(tb testing.TB, f http.HandlerFunc) (connector.Organization, *connector.APIError) {
	tb.Helper()
	got, err := serve(tb, f).Organization(tb.Context(), auth.NewSecret(secretToken))
	return got, apiError(tb, err)
}

func apiError(tb testing.TB, err error) *connector.APIError {
	tb.Helper()
	if err == nil {
		return nil
	}
	var api *connector.APIError
	if !errors.As(err, &api) {
		tb.Fatalf("not an APIError: %T %v", err, err)
	}
	if strings.Contains(err.Error(), secretToken) {
		tb.Errorf("the token is in %q", err)
	}
	return api
}

func TestOrganization(t *testing.T) {
	var seen *http.Request
	got, err := organization(t, func(w http.ResponseWriter, r *http.Request) {
		seen = r.Clone(context.Background())
		w.Header().Set("ISMFACOMPLIANT", "True")
		_, _ = w.Write([]byte("\xef\xbb\xbf" + `{"id":"x","tenantId":"tid","companyName":"Contoso","culture":"en-US"}`))
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.TenantID != "tid" || got.Name != "Contoso" || got.MFA == nil || !*got.MFA || got.CorrelationID == "" {
		t.Errorf("got %+v", got)
	}
	if seen.URL.Path != "/v1/profiles/organization" || strings.Contains(seen.URL.String(), secretToken) {
		t.Errorf("asked %s", seen.URL)
	}
	for name, want := range map[string]string{
		"Authorization": "Bearer " + secretToken, "Accept": "application/json", "ValidateMfa": "true", "MS-Contract-Version": "v1",
		"MS-PartnerCenter-Application": "Partner Center Connector", "X-Locale": "en-US", "MS-CorrelationId": got.CorrelationID,
	} {
		if seen.Header.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, seen.Header.Get(name), want)
		}
	}
	if id := seen.Header.Get("MS-RequestId"); len(id) != 36 || id == got.CorrelationID {
		t.Errorf("MS-RequestId %q", id)
	}
}

func TestCorrelationIDIsFreshForEveryCall(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"totalCount":1,"items":[{}]}`)) })
	ids := map[string]bool{}
	for range 3 {
		got, err := client.Customers(t.Context(), auth.NewSecret(secretToken))
		if err != nil {
			t.Fatal(err)
		}
		ids[got.CorrelationID] = true
	}
	if len(ids) != 3 {
		t.Errorf("%d different IDs in three calls", len(ids))
	}
}

func TestMFAHeader(t *testing.T) {
	yes, no := true, false
	for value, want := range map[string]*bool{"": nil, "true": &yes, " FALSE ": &no, "maybe": nil} {
		for _, status := range []int{http.StatusOK, http.StatusForbidden} {
			got, err := organization(t, func(w http.ResponseWriter, _ *http.Request) {
				if value != "" {
					w.Header().Set("isMfaCompliant", value)
				}
				w.WriteHeader(status)
				_, _ = w.Write([]byte(`{"tenantId":"tid"}`))
			})
			mfa := got.MFA
			if err != nil {
				mfa = err.MFA
			}
			if (mfa == nil) != (want == nil) || (mfa != nil && *mfa != *want) {
				t.Errorf("%q with %d: got %v", value, status, mfa)
			}
		}
	}
}

func TestCustomers(t *testing.T) {
	tests := map[string]int{
		`{"totalCount":0,"items":[]}`: 0, `{"totalCount":42,"items":[{"companyProfile":{"companyName":"x"}}]}`: 42, `{"items":[{}]}`: 1,
	}
	for body, want := range tests {
		client := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/v1/customers" || r.URL.RawQuery != "size=1" {
				t.Errorf("asked %s", r.URL)
			}
			_, _ = w.Write([]byte(body))
		})
		got, err := client.Customers(t.Context(), auth.NewSecret(secretToken))
		if err != nil || got.Total != want {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{}`)) })
	_, err := client.Customers(t.Context(), auth.NewSecret(secretToken))
	if api := apiError(t, err); api == nil || !errors.Is(api, auth.ErrBadAnswer) {
		t.Errorf("an answer without customers passed: %v", err)
	}
}

func TestErrors(t *testing.T) {
	long := strings.Repeat("ä", 2000)
	tests := []struct {
		name   string
		status int
		header map[string]string
		body   string
		want   connector.APIError
	}{
		{"code and description", 403, nil, `{"code":"2032","description":"Access denied","data":[],"source":"x"}`, connector.APIError{Code: "2032", Description: "Access denied"}},
		{"number as code", 401, nil, `{"code":900421,"description":"x"}`, connector.APIError{Code: "900421", Description: "x"}},
		{"rate limit", 429, map[string]string{"Retry-After": "57"}, `{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 58 seconds." }`, connector.APIError{Description: "Rate limit is exceeded. Try again in 58 seconds.", RetryAfter: 57 * time.Second}},
		{"rate limit in words only", 429, nil, `{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 58 seconds." }`, connector.APIError{Description: "Rate limit is exceeded. Try again in 58 seconds.", RetryAfter: 58 * time.Second}},
		{"nested", 400, nil, `{"error":{"code":"BadRequest","message":"no"}}`, connector.APIError{Code: "BadRequest", Description: "no"}},
		{"error as a word", 400, nil, `{"error":"invalid_token","error_description":"old"}`, connector.APIError{Code: "invalid_token", Description: "old"}},
		{"empty", 401, nil, "", connector.APIError{}},
		{"null", 403, nil, "null", connector.APIError{}},
		{"white space", 403, nil, " \r\n", connector.APIError{}},
		{"fields of other types", 400, nil, `{"code":{"a":1},"description":["x"],"error":[1]}`, connector.APIError{}},
		{"a proxy's page", 403, nil, "<html><body>Blocked</body></html>", connector.APIError{Cause: auth.ErrBadAnswer}},
		{"a gateway's page", 502, nil, "<html></html>", connector.APIError{}},
		{"a list", 400, nil, `[1]`, connector.APIError{Cause: auth.ErrBadAnswer}},
		{"proxy sign-in", 407, nil, "<html></html>", connector.APIError{Cause: auth.ErrProxyAuth}},
		{"redirect", 302, map[string]string{"Location": "https://elsewhere.example/"}, "", connector.APIError{Cause: auth.ErrBadAnswer}},
		{"control characters", 400, nil, `{"code":"a\u0000b","description":"one\r\ntwo\u202e three"}`, connector.APIError{Code: "a b", Description: "one two three"}},
		{"token echoed", 401, nil, `{"code":"1","description":"bad token ` + secretToken + `"}`, connector.APIError{Code: "1", Description: "bad token [redacted]"}},
		{"long", 400, nil, `{"description":"` + long + `"}`, connector.APIError{Description: strings.Repeat("ä", 499) + "…"}},
		{"wait of nonsense", 503, map[string]string{"Retry-After": "soon"}, "", connector.APIError{}},
		{"negative wait", 503, map[string]string{"Retry-After": "-5"}, "", connector.APIError{}},
		{"endless wait", 503, map[string]string{"Retry-After": "99999999"}, "", connector.APIError{RetryAfter: 24 * time.Hour}},
		{"wait until the past", 503, map[string]string{"Retry-After": "Mon, 02 Jan 2006 15:04:05 GMT"}, "", connector.APIError{}},
		{"good status, no JSON", 200, nil, "<html></html>", connector.APIError{Cause: auth.ErrBadAnswer}},
		{"good status, nothing", 200, nil, "", connector.APIError{Cause: auth.ErrBadAnswer}},
		{"good status, cut off", 200, nil, `{"tenantId":"x`, connector.APIError{Cause: auth.ErrBadAnswer}},
		{"good status, too long", 200, nil, `{"tenantId":"` + strings.Repeat("x", 2<<20) + `"}`, connector.APIError{Cause: auth.ErrBadAnswer}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, got := organization(t, func(w http.ResponseWriter, _ *http.Request) {
				for k, v := range tt.header {
					w.Header().Set(k, v)
				}
				w.WriteHeader(tt.status)
				_, _ = w.Write([]byte(tt.body))
			})
			if got == nil {
				t.Fatal("no error")
			}
			want := tt.want
			want.Service, want.Status, want.CorrelationID = auth.PartnerCenter, tt.status, got.CorrelationID
			if *got != want {
				t.Errorf("got  %#v\nwant %#v", *got, want)
			}
			if got.CorrelationID == "" {
				t.Error("no correlation ID")
			}
		})
	}
}

func TestRetryAfterAsDate(t *testing.T) {
	_, err := organization(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", time.Now().Add(90*time.Second).UTC().Format(http.TimeFormat))
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	if err.RetryAfter < 60*time.Second || err.RetryAfter > 90*time.Second {
		t.Errorf("got %v", err.RetryAfter)
	}
}

func TestTokenGoesNowhereElse(t *testing.T) {
	stranger := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("the stranger was asked with %q", r.Header.Get("Authorization"))
	}))
	defer stranger.Close()
	_, err := organization(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", stranger.URL)
		w.WriteHeader(http.StatusTemporaryRedirect)
	})
	if err == nil || err.Status != http.StatusTemporaryRedirect {
		t.Errorf("got %v", err)
	}
	plain := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("asked without TLS") }))
	defer plain.Close()
	_, plainErr := api.NewPartnerCenter(plain.URL, plain.Client()).Organization(t.Context(), auth.NewSecret(secretToken))
	if api := apiError(t, plainErr); api == nil || !errors.Is(api, auth.ErrBadAnswer) {
		t.Errorf("got %v", plainErr)
	}
	for _, base := range []string{"", "::", "https://"} {
		if _, err := api.NewPartnerCenter(base, nil).Organization(t.Context(), auth.NewSecret(secretToken)); err == nil {
			t.Errorf("base %q was good", base)
		}
	}
}

func TestNetworkFailures(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	client, stranger := server.Client(), &http.Client{Transport: &http.Transport{}}
	base := server.URL
	_, err := api.NewPartnerCenter(base, stranger).Organization(t.Context(), auth.NewSecret(secretToken))
	if api := apiError(t, err); !errors.Is(api, auth.ErrTLS) || api.Status != 0 || api.CorrelationID == "" {
		t.Errorf("unknown authority: %#v", api)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = api.NewPartnerCenter(base, client).Organization(ctx, auth.NewSecret(secretToken))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	server.Close()
	client.CloseIdleConnections()
	_, err = api.NewPartnerCenter(base, client).Customers(t.Context(), auth.NewSecret(secretToken))
	if api := apiError(t, err); !errors.Is(api, auth.ErrNetwork) {
		t.Errorf("nobody there: %#v", api)
	}
}

func TestTimeLimit(t *testing.T) {
	released := make(chan struct{})
	client := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-released:
		}
	})
	defer close(released)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := client.Organization(ctx, auth.NewSecret(secretToken))
	if api := apiError(t, err); !errors.Is(api, auth.ErrTimeout) {
		t.Errorf("got %v", err)
	}
}

func FuzzBody(f *testing.F) {
	f.Add(200, []byte(`{"tenantId":"t"}`))
	f.Add(401, []byte(`{"code":"900421","description":"x"}`))
	f.Add(429, []byte(`{"statusCode":429,"message":"Try again in 999999 seconds."}`))
	f.Add(400, []byte(`{"error":{"code":1}}`))
	f.Add(503, []byte("\xff\xfe<html>"))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		if status < 200 || status > 599 {
			return
		}
		client := api.NewPartnerCenter("https://partner.example", &http.Client{Transport: answer{status, body}})
		for _, call := range []func() error{
			func() error { _, err := client.Organization(t.Context(), auth.NewSecret(secretToken)); return err },
			func() error { _, err := client.Customers(t.Context(), auth.NewSecret(secretToken)); return err },
		} {
			api := apiError(t, call())
			if api == nil {
				if status > 299 || !json.Valid([]byte(strings.TrimPrefix(strings.TrimSpace(string(body)), "\ufeff"))) {
					t.Errorf("HTTP %d %q passed", status, body)
				}
				continue
			}
			if len([]rune(api.Description)) > 500 || strings.Contains(api.Description+api.Code, secretToken) || api.CorrelationID == "" {
				t.Errorf("got %#v", api)
			}
			if problems.Of(api, time.Now()) == nil {
				t.Errorf("no problem for %#v", api)
			}
		}
	})
}

// answer is a transport that always answers the same.
type answer struct {
	status int
	body   []byte
}

func (a answer) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
	result := w.Result()
	result.Request = r
	return result, nil
}

// TestMFAInTheBody counts where there is no header, and nowhere else.
func TestMFAInTheBody(t *testing.T) {
	for name, tt := range map[string]struct {
		header, body string
		want         *bool
	}{
		"true":                  {"", `{"tenantId":"tid","isMfaCompliant":true}`, new(true)},
		"false":                 {"", `{"tenantId":"tid","isMfaCompliant":false}`, new(false)},
		"as a word":             {"", `{"tenantId":"tid","IsMfaCompliant":"False"}`, new(false)},
		"as something else":     {"", `{"tenantId":"tid","isMfaCompliant":{"x":true}}`, nil},
		"the header has a word": {"true", `{"tenantId":"tid","isMfaCompliant":false}`, new(true)},
		"an odd header":         {"perhaps", `{"tenantId":"tid","isMfaCompliant":true}`, nil},
		"neither":               {"", `{"tenantId":"tid"}`, nil},
	} {
		for _, status := range []int{http.StatusOK, http.StatusUnauthorized} {
			got, err := organization(t, func(w http.ResponseWriter, _ *http.Request) {
				if tt.header != "" {
					w.Header().Set("isMfaCompliant", tt.header)
				}
				w.WriteHeader(status)
				_, _ = w.Write([]byte(tt.body))
			})
			mfa := got.MFA
			if err != nil {
				mfa = err.MFA
			}
			if !same(mfa, tt.want) {
				t.Errorf("%s with %d: %s, want %s", name, status, show(mfa), show(tt.want))
			}
		}
	}
}
