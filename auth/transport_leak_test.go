package auth

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	msalerrors "github.com/AzureAD/microsoft-authentication-library-for-go/apps/errors"
)

// leaky are answers that show what was sent or what was given.
var leaky = map[string]struct {
	status int
	body   string
}{
	"bad JSON with tokens":   {200, `{"access_token":"at-that-nobody-may-see","refresh_token":"rt-that-nobody-may-see","expires_in":"soon"`},
	"wrong types":            {200, `{"access_token":"at-that-nobody-may-see","refresh_token":["rt-that-nobody-may-see"],"expires_in":{"at-that-nobody-may-see":1}}`},
	"ID token that is none":  {200, `{"access_token":"at-that-nobody-may-see","expires_in":3600,"id_token":"id-that-nobody-may-see"}`},
	"client_info of nothing": {200, `{"access_token":"at-that-nobody-may-see","expires_in":3600,"client_info":"x-that-nobody-may-see"}`},
	"error that echoes":      {400, `{"error":"invalid_grant","error_description":"AADSTS70008: %FORM% is no good"}`},
	"error made of secrets":  {400, `{"error":"%FORM%","suberror":"%FORM%","trace_id":"%FORM%","correlation_id":"%FORM%","timestamp":"%FORM%","claims":"%FORM%"}`},
	"error in a 200":         {200, `{"error":"invalid_grant","error_description":"%FORM%","access_token":"at-that-nobody-may-see"}`},
	"HTML":                   {500, `<html>%FORM%</html>`},
	"plain text":             {403, `%FORM%`},
	"redirect":               {302, `%FORM%`},
}

func TestNothingLeaksIntoErrors(t *testing.T) {
	for name, tc := range leaky {
		for _, app := range []App{publicApp(), secretApp(), certificateApp(t)} {
			t.Run(name+"/"+string(app.ClientKind), func(t *testing.T) {
				e := newEntra(t)
				answer := func(w http.ResponseWriter, form url.Values) bool {
					sent := strings.Join([]string{form.Get("code"), form.Get("code_verifier"), form.Get("client_secret"), form.Get("client_assertion"), form.Get("refresh_token")}, " ")
					w.Header().Set("client-request-id", form.Get("code")+form.Get("refresh_token"))
					w.WriteHeader(tc.status)
					fmt.Fprint(w, strings.ReplaceAll(tc.body, "%FORM%", sent))
					return true
				}
				e.set(func() { e.token = answer })
				_, err := e.service().Redeem(context.Background(), e.request(app), entraAnswer())
				assertTight(t, err, e.form(0))

				e.set(func() { e.token = nil })
				s := e.mustRedeem(t, app)
				e.set(func() { e.token = answer })
				_, err = s.Token(context.Background(), PartnerCenter, true)
				if tc.status == 200 && err == nil {
					return // a refresh needs neither an ID token nor a client_info
				}
				assertTight(t, err, e.form(-1))
			})
		}
	}
}

func TestACodeGoesToTheLoginHostOnly(t *testing.T) {
	for name, change := range map[string]func(e *fakeEntra, fields map[string]any){
		"token elsewhere": func(_ *fakeEntra, f map[string]any) { f["token_endpoint"] = "https://evil.example/token" },
		"token over http": func(e *fakeEntra, f map[string]any) {
			f["token_endpoint"] = strings.Replace(e.tenant.Token, "https", "http", 1)
		},
		"issuer elsewhere": func(_ *fakeEntra, f map[string]any) { f["issuer"] = "https://evil.example/" + entraTenant + "/v2.0" },
		"no issuer":        func(_ *fakeEntra, f map[string]any) { delete(f, "issuer") },
	} {
		t.Run(name, func(t *testing.T) {
			e := newEntra(t)
			e.document = func(w http.ResponseWriter, _ *http.Request) bool {
				fields := e.documentFields()
				change(e, fields)
				writeJSON(w, fields)
				return true
			}
			if _, err := e.service().Redeem(context.Background(), e.request(secretApp()), entraAnswer()); !errors.Is(err, ErrBadAnswer) || e.count() != 0 {
				t.Errorf("%v after %d token requests", err, e.count())
			}
		})
	}
}

// assertTight fails where err shows a secret of the request, in any way, or leads to an error of MSAL.
func assertTight(t *testing.T, err error, form url.Values) {
	t.Helper()
	var typed *Error
	if !errors.As(err, &typed) {
		t.Fatalf("err = %T %v", err, err)
	}
	secrets := []string{}
	for _, key := range secretParameters {
		secrets = append(secrets, form[key]...)
	}
	data, jsonErr := json.Marshal(typed)
	if jsonErr != nil {
		t.Fatal(jsonErr)
	}
	logged := &bytes.Buffer{}
	for _, handler := range []slog.Handler{slog.NewTextHandler(logged, nil), slog.NewJSONHandler(logged, nil)} {
		slog.New(handler).Error("refused", "error", err, "typed", *typed, "pointer", typed)
	}
	assertNoSecret(t, fmt.Sprintf("%v %+v %#v %s", err, err, *typed, data)+logged.String(), secrets...)
	var call msalerrors.CallErr
	var bad msalerrors.InvalidJsonErr
	if errors.As(err, &call) || errors.As(err, &bad) {
		t.Error("an error of MSAL can be reached")
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		if path := reflect.TypeOf(e).String(); strings.Contains(path, "url.Error") || strings.Contains(path, "msal") {
			t.Errorf("%s is in the chain", path)
		}
	}
}

// cannedAnswers is a round tripper that knows a tenant and gives every token request the same answer.
type cannedAnswers struct {
	tenant Tenant
	status int
	body   []byte
}

func (c cannedAnswers) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := &http.Response{StatusCode: c.status, Header: http.Header{}, Request: r, Body: io.NopCloser(bytes.NewReader(c.body))}
	if r.Method == http.MethodGet {
		document, err := json.Marshal(map[string]string{"issuer": c.tenant.Issuer, "authorization_endpoint": c.tenant.Authorize, "token_endpoint": c.tenant.Token})
		answer.StatusCode, answer.Body = http.StatusOK, io.NopCloser(bytes.NewReader(document))
		return answer, err
	}
	return answer, nil
}

// FuzzTokenAnswer redeems a code against arbitrary answers, MSAL included: a typed error or a session, and no secret shown.
func FuzzTokenAnswer(f *testing.F) {
	c := Cloud{Name: "canned", Login: "https://login.canned.example", InstanceName: "canned", PartnerCenterResource: "https://pc.example", Graph: "https://graph.example"}
	tenant := Tenant{ID: entraTenant, Cloud: "canned", Issuer: c.Login + "/" + entraTenant + "/v2.0", Authorize: c.Login + "/a", Token: c.Login + "/t"}
	id := signedJWT(map[string]any{"iss": tenant.Issuer, "aud": entraClient, "tid": entraTenant, "sub": "s", "exp": 1})
	f.Add(200, []byte(`{"access_token":"a.b.c","refresh_token":"r","expires_in":3600,"scope":"x","client_info":"e30","id_token":"`+id+`"}`))
	f.Add(200, []byte(`{"access_token":"a","refresh_token":"r","expires_in":"9","id_token":"`+id+`"}`))
	for _, tc := range leaky {
		f.Add(tc.status, []byte(strings.ReplaceAll(tc.body, "%FORM%", "CODE")))
	}
	service := NewService([]Cloud{c}, time.Now)
	request := UserRequest{Cloud: c, Tenant: tenant, App: publicApp()}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		body = bytes.ReplaceAll(body, []byte("CODE"), []byte(entraCode))
		useTransport(c, cannedAnswers{tenant, status, body})
		s, err := service.Redeem(context.Background(), request, entraAnswer())
		if err != nil {
			var typed *Error
			if !errors.As(err, &typed) || s != nil {
				t.Fatalf("%T %v", err, err)
			}
			assertNoSecret(t, fmt.Sprintf("%v %#v", err, *typed))
			return
		}
		_ = s.Verify(time.Now())
		resumed, err := service.Resume(context.Background(), c, tenant, publicApp(), false, s.Credential(), nil)
		if err != nil || !reflect.DeepEqual(resumed.Claims(), s.Claims()) {
			t.Fatalf("Resume: %v", err)
		}
		if token, err := resumed.Token(context.Background(), PartnerCenter, true); err == nil {
			assertNoSecret(t, fmt.Sprintf("%+v", token))
		}
	})
}

func FuzzReadCredential(f *testing.F) {
	f.Add([]byte(`{"version":1,"kind":"public","cloud":"test","tenantId":"` + entraTenant + `","clientId":"` + entraClient + `","homeAccountId":"x","cache":{}}`))
	f.Add([]byte(`{"version":-1}`))
	e := Cloud{Name: "test", Login: "https://login.canned.example"}
	service := NewService([]Cloud{e}, time.Now)
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := service.Resume(context.Background(), e, Tenant{ID: entraTenant}, publicApp(), false, NewSecret(string(text)), nil)
		var typed *Error
		if (s == nil) != (err != nil) || err != nil && !errors.As(err, &typed) {
			t.Fatalf("%v, %v", s, err)
		}
	})
}
