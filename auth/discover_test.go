package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestNormalizeTenantInput(t *testing.T) {
	for in, want := range map[string]string{
		"contoso.com":                          "contoso.com",
		"  Contoso.COM \n":                     "contoso.com",
		"https://contoso.com/":                 "contoso.com",
		"HTTPS://Contoso.com/path?x#y":         "contoso.com",
		"http://contoso.com":                   "contoso.com",
		"admin@contoso.com":                    "contoso.com",
		"mailto:admin@contoso.com":             "contoso.com",
		"<admin@contoso.com>":                  "contoso.com",
		`"contoso.com"`:                        "contoso.com",
		"contoso.com.":                         "contoso.com",
		"contoso.onmicrosoft.com":              "contoso.onmicrosoft.com",
		"a-b.c1.example":                       "a-b.c1.example",
		"Bücher.example":                       "xn--bcher-kva.example",
		"xn--bcher-kva.example":                "xn--bcher-kva.example",
		"{" + strings.ToUpper(entraUser) + "}": entraUser,
		"(" + entraUser + ")":                  entraUser,
		entraUser + "/":                        entraUser,
		"https://" + entraUser:                 entraUser,

		"":                                "",
		"   ":                             "",
		"contoso":                         "",
		"common":                          "",
		"contoso..com":                    "",
		".contoso.com":                    "",
		"contoso.com..":                   "",
		"-contoso.com":                    "",
		"contoso-.com":                    "",
		"con toso.com":                    "",
		"contoso_x.com":                   "",
		"contoso.com:443":                 "",
		"10.0.0.1":                        "",
		"[::1]":                           "",
		"@contoso.com":                    "",
		"a@b@contoso.com":                 "",
		"{" + entraUser[1:] + "}":         "",
		"../contoso.com":                  "",
		"contoso.com\\evil":               "",
		"contoso.com%2fevil":              "",
		strings.Repeat("a", 64) + ".com":  "",
		strings.Repeat("a.", 127) + "com": "",
		strings.Repeat("a", 5000):         "",
		"exa\x00mple.com":                 "",
	} {
		got, err := NormalizeTenantInput(in)
		var typed *Error
		switch {
		case want == "" && (!errors.Is(err, ErrBadInput) || !errors.As(err, &typed) || typed.Stage != StageDiscovery):
			t.Errorf("%q: %q, %v; want ErrBadInput", in, got, err)
		case want != "" && (err != nil || got != want):
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
}

func FuzzNormalizeTenantInput(f *testing.F) {
	for _, seed := range []string{"contoso.com", "https://a@b.c/d", "{" + entraUser + "}", "Bücher.example", "xn--a", "a.", "．com"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := NormalizeTenantInput(in)
		if err != nil {
			if got != "" || !errors.Is(err, ErrBadInput) {
				t.Fatalf("%q, %v", got, err)
			}
			return
		}
		if strings.Trim(got, "abcdefghijklmnopqrstuvwxyz0123456789.-") != "" || len(got) > 253 {
			t.Fatalf("%q gave %q", in, got)
		}
		if again, err := NormalizeTenantInput(got); err != nil || again != got {
			t.Fatalf("%q gave %q and then %q, %v", in, got, again, err)
		}
	})
}

func TestFindTenant(t *testing.T) {
	e := newEntra(t)
	want := e.tenant
	found, err := NewDirectory([]Cloud{e.cloud}).FindTenant(context.Background(), " "+strings.ToUpper(entraDomain)+" ")
	if err != nil || len(found) != 1 || found[0] != want {
		t.Errorf("by domain: %+v, %v; want %+v", found, err, want)
	}
	want.Domain = ""
	found, err = NewDirectory([]Cloud{e.cloud}).FindTenant(context.Background(), entraTenant)
	if err != nil || len(found) != 1 || found[0] != want {
		t.Errorf("by ID: %+v, %v; want %+v", found, err, want)
	}
	_, err = NewDirectory([]Cloud{e.cloud}).FindTenant(context.Background(), "unknown.example")
	var typed *Error
	if !errors.Is(err, ErrUnknownTenant) || !errors.As(err, &typed) || typed.Codes[0] != 90002 || typed.TraceID != "trace-1" {
		t.Errorf("unknown: %v", err)
	}
	if _, err = NewDirectory(nil).FindTenant(context.Background(), entraDomain); !errors.Is(err, ErrUnknownTenant) {
		t.Errorf("no clouds: %v", err)
	}
}

func TestADocumentThatDoesNotCount(t *testing.T) {
	const evil = "https://evil.example"
	for _, tc := range []struct {
		name   string
		change func(e *fakeEntra, fields map[string]any)
		want   error
	}{
		{"another cloud's tenant", func(_ *fakeEntra, f map[string]any) {
			f["cloud_instance_name"], f["issuer"] = "microsoftonline.us", evil+"/"+entraTenant+"/v2.0"
		}, ErrUnknownTenant},
		{"issuer elsewhere", func(_ *fakeEntra, f map[string]any) { f["issuer"] = evil + "/" + entraTenant + "/v2.0" }, ErrBadAnswer},
		{"issuer over http", func(e *fakeEntra, f map[string]any) {
			f["issuer"] = strings.Replace(e.tenant.Issuer, "https", "http", 1)
		}, ErrBadAnswer},
		{"issuer without tenant", func(e *fakeEntra, f map[string]any) { f["issuer"] = e.cloud.Login + "/{tenantid}/v2.0" }, ErrBadAnswer},
		{"issuer of v1", func(e *fakeEntra, f map[string]any) { f["issuer"] = e.cloud.Login + "/" + entraTenant + "/" }, ErrBadAnswer},
		{"issuer with a user", func(e *fakeEntra, f map[string]any) {
			f["issuer"] = strings.Replace(e.tenant.Issuer, "https://", "https://a@", 1)
		}, ErrBadAnswer},
		{"token over http", func(e *fakeEntra, f map[string]any) {
			f["token_endpoint"] = strings.Replace(e.tenant.Token, "https", "http", 1)
		}, ErrBadAnswer},
		{"token elsewhere", func(_ *fakeEntra, f map[string]any) { f["token_endpoint"] = evil + "/token" }, ErrBadAnswer},
		{"no token", func(_ *fakeEntra, f map[string]any) { f["token_endpoint"] = nil }, ErrBadAnswer},
		{"token that is no address", func(_ *fakeEntra, f map[string]any) { f["token_endpoint"] = "https://[" }, ErrBadAnswer},
		{"token that is no text", func(_ *fakeEntra, f map[string]any) { f["token_endpoint"] = 7 }, ErrBadAnswer},
		{"authorize elsewhere", func(_ *fakeEntra, f map[string]any) { f["authorization_endpoint"] = evil + "/authorize" }, ErrBadAnswer},
		{"authorize over http", func(_ *fakeEntra, f map[string]any) { f["authorization_endpoint"] = "http://evil.example/authorize" }, ErrBadAnswer},
		{"authorize on localhost by name", func(_ *fakeEntra, f map[string]any) {
			f["authorization_endpoint"] = "http://localhost:1/authorize"
		}, ErrBadAnswer},
		{"authorize on loopback", func(_ *fakeEntra, f map[string]any) { f["authorization_endpoint"] = "http://127.0.0.1:1/authorize" }, nil},
		{"authorize on loopback 6", func(_ *fakeEntra, f map[string]any) { f["authorization_endpoint"] = "http://[::1]:1/authorize" }, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			e := newEntra(t)
			e.document = func(w http.ResponseWriter, _ *http.Request) bool {
				fields := e.documentFields()
				tc.change(e, fields)
				overwrite(fields, nil)
				writeJSON(w, fields)
				return true
			}
			found, err := NewDirectory([]Cloud{e.cloud}).FindTenant(context.Background(), entraDomain)
			if !errors.Is(err, tc.want) || (err == nil) != (len(found) == 1) {
				t.Errorf("%v, %v; want %v", found, err, tc.want)
			}
		})
	}
}

func TestAnIDThatIsAnsweredWithAnotherIsRefused(t *testing.T) {
	e := newEntra(t)
	e.document = func(w http.ResponseWriter, _ *http.Request) bool { writeJSON(w, e.documentFields()); return true }
	if _, err := NewDirectory([]Cloud{e.cloud}).FindTenant(context.Background(), entraUser); !errors.Is(err, ErrBadAnswer) {
		t.Errorf("err = %v", err)
	}
}

func TestDiscoveryFailures(t *testing.T) {
	answer := func(status int, body string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Location", "https://evil.example/")
			w.WriteHeader(status)
			fmt.Fprint(w, body)
			return true
		}
	}
	for _, tc := range []struct {
		name   string
		status int
		body   string
		cause  error
	}{
		{"HTML", 200, "<html>sign in to the guest network</html>", ErrBadAnswer},
		{"empty", 200, "", ErrBadAnswer},
		{"null", 200, "null", ErrBadAnswer},
		{"array", 200, "[]", ErrBadAnswer},
		{"redirect", 302, "", ErrBadAnswer},
		{"forbidden in HTML", 403, "<html>", ErrBadAnswer},
		{"proxy wants a sign-in", 407, "", ErrProxyAuth},
		{"too large", 200, `{"x":"` + strings.Repeat("x", 1<<20) + `"}`, ErrBadAnswer},
		{"service down", 503, "<html>", nil},
		{"throttled", 429, "", nil},
		{"service error in JSON", 500, `{"error":"server_error","error_description":"AADSTS90033: later"}`, nil},
		{"not a name", 400, `{"error":"invalid_request","error_description":"AADSTS900023: neither"}`, ErrUnknownTenant},
		{"not found", 404, `{"error":"invalid_tenant"}`, ErrUnknownTenant},
	} {
		t.Run(tc.name, func(t *testing.T) {
			e := newEntra(t)
			e.document = answer(tc.status, tc.body)
			_, err := NewDirectory([]Cloud{e.cloud}).FindTenant(context.Background(), entraDomain)
			var typed *Error
			if !errors.As(err, &typed) || !sameError(typed.Cause, tc.cause) {
				t.Fatalf("err = %v, want cause %v", err, tc.cause)
			}
			if tc.cause == nil && typed.Status != tc.status {
				t.Errorf("status %d", typed.Status)
			}
		})
	}
}

// closedCloud is a cloud at whose address nobody listens.
func closedCloud(t *testing.T, name string) Cloud {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return Cloud{Name: name, Login: "https://" + address, InstanceName: name}
}

// goesStraight keeps the proxy of the environment out of a test.
func goesStraight(t *testing.T, c Cloud) {
	t.Helper()
	transport, err := NewTransport(c)
	if err != nil {
		t.Fatal(err)
	}
	transport.(*backChannel).base.Proxy = nil
	useTransport(c, transport)
}

// useTransport puts another transport under the client of c.
func useTransport(c Cloud, transport http.RoundTripper) {
	backChannels.Lock()
	defer backChannels.Unlock()
	backChannels.clients[c] = backChannelClient(transport)
}

func TestUnreachableClouds(t *testing.T) {
	e := newEntra(t)
	down := closedCloud(t, "down")
	nameless := Cloud{Name: "nameless", Login: "https://no-such-host.invalid", InstanceName: "x"}
	goesStraight(t, nameless)
	untrusted := e.cloud
	untrusted.Name, untrusted.CAFile = "untrusted", ""
	ctx := context.Background()
	for _, tc := range []struct {
		name   string
		clouds []Cloud
		asked  string
		want   error
	}{
		{"down", []Cloud{down}, entraDomain, ErrNetwork},
		{"no such host", []Cloud{nameless}, entraDomain, ErrDNS},
		{"not trusted", []Cloud{untrusted}, entraDomain, ErrTLS},
		{"known elsewhere", []Cloud{down, e.cloud}, entraDomain, nil},
		{"unknown there", []Cloud{e.cloud, down}, "unknown.example", ErrUnknownTenant},
		{"unknown there, the other way round", []Cloud{down, e.cloud}, "unknown.example", ErrUnknownTenant},
		{"nobody answers", []Cloud{nameless, down}, "unknown.example", ErrDNS},
	} {
		found, err := NewDirectory(tc.clouds).FindTenant(ctx, tc.asked)
		if !errors.Is(err, tc.want) || (err == nil && (len(found) != 1 || found[0].Cloud != "test")) {
			t.Errorf("%s: %v, %v; want %v", tc.name, found, err, tc.want)
		}
	}
}

// TestWhatCouldNotBeAskedIsNamed checks that one cloud's "not found" counts, with the sign-in services beside it that could not be asked.
func TestWhatCouldNotBeAskedIsNamed(t *testing.T) {
	e, down := newEntra(t), closedCloud(t, "down")
	_, err := NewDirectory([]Cloud{down, e.cloud}).FindTenant(context.Background(), "unknown.example")
	var typed *Error
	if !errors.As(err, &typed) || typed.Codes[0] != 90002 || !slices.Equal(typed.Unasked, []string{strings.TrimPrefix(down.Login, "https://")}) {
		t.Errorf("err = %+v", typed)
	}
	_, err = NewDirectory([]Cloud{e.cloud}).FindTenant(context.Background(), "unknown.example")
	if !errors.As(err, &typed) || len(typed.Unasked) != 0 {
		t.Errorf("with all asked: %+v", typed)
	}
}

// TestATenantOfACloudThatCannotBeReached is known to be there by the word of another cloud: it is the network that is in the way.
func TestATenantOfACloudThatCannotBeReached(t *testing.T) {
	e, down := newEntra(t), closedCloud(t, "down.example")
	down.PartnerCenter, down.Graph = "https://api.down.example", "https://graph.down.example"
	e.document = func(w http.ResponseWriter, _ *http.Request) bool {
		fields := e.documentFields()
		fields["cloud_instance_name"], fields["issuer"] = "down.example", down.Login+"/"+entraTenant+"/v2.0"
		writeJSON(w, fields)
		return true
	}
	_, err := NewDirectory([]Cloud{e.cloud, down}).FindTenant(context.Background(), entraDomain)
	var typed *Error
	want := []string{strings.TrimPrefix(down.Login, "https://"), "graph.down.example", "api.down.example"}
	if !errors.As(err, &typed) || !errors.Is(err, ErrNetwork) || !slices.Equal(typed.Hosts, want) {
		t.Errorf("err = %+v, want the hosts %v", typed, want)
	}
}

// TestAWrongInstanceName is the clouds file's fault, and is said so: with what is there and what has to be there.
func TestAWrongInstanceName(t *testing.T) {
	const begin = `clouds.toml: cloud "test": instance_name: is "test.example", but the discovery document of `
	for _, tc := range []struct {
		says     any
		fromFile bool
		want     string
	}{
		{"login.example:8443", true, ` says "login.example:8443"`},
		{nil, true, " has no cloud_instance_name"},
		{"login.example:8443", false, ""},
	} {
		e, down := newEntra(t), closedCloud(t, "down")
		e.cloud.file, e.cloud.FromFile = "clouds.toml", tc.fromFile
		e.document = func(w http.ResponseWriter, _ *http.Request) bool {
			fields := e.documentFields()
			fields["cloud_instance_name"] = tc.says
			writeJSON(w, fields)
			return true
		}
		_, err := NewDirectory([]Cloud{down, e.cloud}).FindTenant(context.Background(), entraDomain)
		var file *CloudsFileError
		switch named := errors.As(err, &file); {
		case named != tc.fromFile, !named && !errors.Is(err, ErrUnknownTenant):
			t.Errorf("%v, from a file %v: %v", tc.says, tc.fromFile, err)
		case named && err.Error() != begin+e.cloud.Login+tc.want:
			t.Errorf("%v: %v", tc.says, err)
		}
	}
}

// TestAWrongInstanceNameThatIsAnotherClouds is said just so, whatever that other cloud says: an emulator may call itself Microsoft's.
func TestAWrongInstanceNameThatIsAnotherClouds(t *testing.T) {
	knowsNobody := newEntra(t)
	knowsNobody.document = func(w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(http.StatusBadRequest)
		writeJSON(w, map[string]any{"error": "invalid_tenant", "error_codes": []int{90002}})
		return true
	}
	knowsNobody.cloud.Name, knowsNobody.cloud.InstanceName, knowsNobody.cloud.FromFile = "global", "microsoftonline.com", false
	down := closedCloud(t, "global")
	down.InstanceName = "microsoftonline.com"
	for name, global := range map[string]Cloud{"down": down, "does not know the tenant": knowsNobody.cloud} {
		e := anotherEntra(t)
		e.cloud.file, e.cloud.FromFile = "clouds.toml", true
		e.document = func(w http.ResponseWriter, _ *http.Request) bool {
			fields := e.documentFields()
			fields["cloud_instance_name"] = "microsoftonline.com"
			writeJSON(w, fields)
			return true
		}
		_, err := NewDirectory([]Cloud{global, e.cloud}).FindTenant(context.Background(), entraDomain)
		want := `clouds.toml: cloud "test": instance_name: is "test.example", but the discovery document of ` + e.cloud.Login + ` says "microsoftonline.com"`
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}

func TestTwoCloudsClaimATenant(t *testing.T) {
	first, second := newEntra(t), anotherEntra(t)
	first.cloud.Name, second.cloud.Name, second.cloud.InstanceName = "b", "a", "other.example"
	for range 3 {
		found, err := NewDirectory([]Cloud{first.cloud, second.cloud}).FindTenant(context.Background(), entraTenant)
		if err != nil || len(found) != 2 || found[0].Cloud != "b" || found[1].Cloud != "a" {
			t.Fatalf("%+v, %v", found, err)
		}
	}
}

func TestASlowCloudDoesNotHoldUpTheOthers(t *testing.T) {
	e, slow := newEntra(t), anotherEntra(t)
	release := make(chan struct{})
	slow.document = func(_ http.ResponseWriter, r *http.Request) bool {
		select {
		case <-release:
		case <-r.Context().Done():
		}
		return true
	}
	slow.cloud.Name = "slow"
	d := NewDirectory([]Cloud{slow.cloud, e.cloud})
	d.others = time.Millisecond
	found, err := d.FindTenant(context.Background(), entraDomain)
	close(release)
	if err != nil || len(found) != 1 || found[0].Cloud != "test" {
		t.Errorf("%v, %v", found, err)
	}
}

func TestFindTenantStopsWithItsContext(t *testing.T) {
	e := newEntra(t)
	arrived := make(chan struct{})
	e.document = func(_ http.ResponseWriter, r *http.Request) bool {
		close(arrived)
		<-r.Context().Done()
		return true
	}
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-arrived; cancel() }()
	var typed *Error
	if _, err := NewDirectory([]Cloud{e.cloud}).FindTenant(ctx, entraDomain); !errors.Is(err, context.Canceled) || !errors.As(err, &typed) {
		t.Errorf("err = %v", err)
	}
}

func TestClockOffset(t *testing.T) {
	e := newEntra(t)
	d := NewDirectory([]Cloud{e.cloud})
	for _, ahead := range []time.Duration{0, 7 * time.Minute, -time.Hour} {
		d.now = func() time.Time { return time.Now().Add(-ahead) }
		if _, err := d.FindTenant(context.Background(), entraDomain); err != nil {
			t.Fatal(err)
		}
		if got := d.ClockOffset(); (got - ahead).Abs() > 2*time.Second {
			t.Errorf("offset %v, want %v", got, ahead)
		}
	}
}

func FuzzReadDiscovery(f *testing.F) {
	c := Cloud{Name: "test", Login: "https://login.example", InstanceName: "test.example"}
	good := map[string]any{
		"issuer": "https://login.example/" + entraTenant + "/v2.0", "cloud_instance_name": "test.example",
		"authorization_endpoint": "https://login.example/a", "token_endpoint": "https://login.example/t",
	}
	seed, _ := json.Marshal(good)
	f.Add(200, seed)
	f.Add(400, []byte(`{"error":"invalid_tenant","error_codes":["90002",1.5]}`))
	f.Add(200, []byte(`{"issuer":7}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		tenant, err := readDiscovery(c, entraDomain, status, http.Header{}, body)
		if err == nil {
			if !IsTenantID(tenant.ID) || !strings.HasPrefix(tenant.Token, "https://") {
				t.Fatalf("%+v", tenant)
			}
			return
		}
		var typed *Error
		if !errors.As(err, &typed) || typed.Stage != StageDiscovery {
			t.Fatalf("%v", err)
		}
	})
}

func TestAnHTTPServerIsNoTLSServer(t *testing.T) {
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	c := Cloud{Name: "plain", Login: strings.Replace(plain.URL, "http:", "https:", 1), InstanceName: "x"}
	if _, err := NewDirectory([]Cloud{c}).FindTenant(context.Background(), entraDomain); !errors.Is(err, ErrTLS) {
		t.Errorf("err = %v", err)
	}
}
