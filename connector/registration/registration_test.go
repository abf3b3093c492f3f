package registration

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/test/golden"
)

const (
	tenantID = "11111111-2222-3333-4444-555555555555"
	clientID = "8d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58"
	// odd is a name with everything that some shell, or the Azure CLI, takes for its own.
	odd = `O'Brien & "Söhne" $(touch x) ` + "`id`" + ` !! %PATH% ^|<>; \ ’@‘ {0} #`
)

func writer(lang string) Writer {
	return Writer{Translator: assets.NewTranslator(lang), Version: "1.2.3"}
}

// registration is one of a kind, in the global cloud.
func registration(kind auth.ClientKind) connector.Registration {
	return connector.Registration{
		Name: "Contoso", Tenant: auth.Tenant{ID: tenantID, Domain: "contoso.onmicrosoft.com", Cloud: "global"}, ClientKind: kind,
		RedirectPath: "/consent",
	}
}

// certificate are the facts of one; its base64 is not that of a certificate.
func certificate() *auth.Certificate {
	return &auth.Certificate{
		Subject: `CN=O'Brien "connector"`, NotBefore: time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC),
		NotAfter: time.Date(2027, 11, 1, 8, 0, 0, 0, time.FixedZone("", 3600)), DER: "MIIC+/==",
	}
}

func TestGoldens(t *testing.T) {
	secret, public, cert := registration(auth.SecretClient), registration(auth.PublicClient), registration(auth.CertificateClient)
	cert.Certificate = certificate()
	odder := cert
	odder.Name, odder.WithGroups, odder.RedirectPath = odd, true, ""
	odder.Tenant = auth.Tenant{ID: tenantID, Cloud: "usgov", SubScope: "DOD"}
	nowhere := connector.Registration{Name: "Contoso", ClientKind: auth.CertificateClient, RedirectPath: "/consent"}
	known := secret
	known.ClientID = clientID
	for name, r := range map[string]connector.Registration{"secret": secret, "public": public, "odd": odder, "nowhere": nowhere, "known": known} {
		for _, way := range connector.RegistrationTexts {
			golden.Compare(t, name+"."+string(way)+ending(way), writer("en").Text(r, way))
			if name == "odd" && way != connector.RegisterByManifest {
				golden.Compare(t, name+".de."+string(way)+ending(way), writer("de").Text(r, way))
			}
		}
	}
	if text := writer("en").Text(secret, connector.RegisterByHand); text != "" {
		t.Errorf("by hand: %s", text)
	}
}

func TestBody(t *testing.T) {
	r := registration(auth.CertificateClient)
	r.Name, r.Certificate, r.WithGroups = odd, certificate(), true
	want := map[string]any{
		"displayName": odd, "signInAudience": "AzureADMyOrg",
		"web": map[string]any{"redirectUris": []any{"http://localhost/consent"}},
		"requiredResourceAccess": []any{
			map[string]any{"resourceAppId": "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd", "resourceAccess": []any{
				map[string]any{"id": "1cebfa2a-fb4d-419e-b5f9-839b4383e05a", "type": "Scope"},
			}},
			map[string]any{"resourceAppId": "00000003-0000-0000-c000-000000000000", "resourceAccess": []any{
				map[string]any{"id": "37f7f235-527c-4136-accd-4a02d197296e", "type": "Scope"},
				map[string]any{"id": "14dad69e-099b-42c9-810b-d002981feec1", "type": "Scope"},
				map[string]any{"id": "7427e0e9-2fba-42fe-b0c0-848c9e6a8182", "type": "Scope"},
				map[string]any{"id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope"},
				map[string]any{"id": "bc024368-1153-4739-b217-4326f2e966d0", "type": "Scope"},
			}},
		},
		"keyCredentials": []any{map[string]any{
			"type": "AsymmetricX509Cert", "usage": "Verify", "displayName": `CN=O'Brien "connector"`,
			"startDateTime": "2026-11-01T08:00:00Z", "endDateTime": "2027-11-01T07:00:00Z", "key": "MIIC+/==",
		}},
	}
	if got := decoded(t, bodyOf(r)); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	for _, c := range bodyOf(r) {
		if c >= utf8.RuneSelf || strings.ContainsRune("!$`'()", c) {
			t.Errorf("%q is in the body as it is", c)
		}
	}
	r.ClientKind = auth.PublicClient
	delete(want, "web")
	delete(want, "keyCredentials")
	want["publicClient"] = map[string]any{"redirectUris": []any{"http://localhost/consent"}}
	if got := decoded(t, bodyOf(r)); !reflect.DeepEqual(got, want) {
		t.Errorf("public: got  %v\nwant %v", got, want)
	}
	delete(want, "displayName")
	if got := decoded(t, manifestOf(r)); !reflect.DeepEqual(got, want) {
		t.Errorf("manifest: got  %v\nwant %v", got, want)
	}
}

func decoded(t *testing.T, text string) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return v
}

func TestALongSubjectIsCut(t *testing.T) {
	r := registration(auth.CertificateClient)
	r.Certificate = certificate()
	r.Certificate.Subject = "CN=" + strings.Repeat("ö", 100)
	keys := decoded(t, bodyOf(r))["keyCredentials"].([]any)
	if got, want := keys[0].(map[string]any)["displayName"], "CN="+strings.Repeat("ö", 87); got != want {
		t.Errorf("%v", got)
	}
}

func TestClouds(t *testing.T) {
	for name, tc := range map[string]struct {
		tenant auth.Tenant
		want   cloud
	}{
		"none":     {auth.Tenant{}, cloud{graph: "https://graph.microsoft.com", environment: "Global", shell: true}},
		"global":   {auth.Tenant{Cloud: "global", SubScope: "GCC"}, cloud{graph: "https://graph.microsoft.com", environment: "Global", shell: true}},
		"GCC High": {auth.Tenant{Cloud: "usgov", SubScope: "DODCON"}, cloud{graph: "https://graph.microsoft.us", environment: "USGov", az: "AzureUSGovernment"}},
		"DoD": {
			auth.Tenant{Cloud: "usgov", SubScope: "DOD"},
			cloud{graph: "https://graph.microsoft.us", environment: "USGovDoD", az: "AzureUSGovernment", unconfirmed: true},
		},
		"China":     {auth.Tenant{Cloud: "china"}, cloud{graph: "https://microsoftgraph.chinacloudapi.cn", environment: "China", az: "AzureChinaCloud"}},
		"of a file": {auth.Tenant{Cloud: "china", CloudFromFile: true}, cloud{graph: "https://graph.microsoft.com", environment: "Global"}},
	} {
		if got := cloudOf(tc.tenant); got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestSave(t *testing.T) {
	w := writer("en")
	w.Home = t.TempDir()
	r := registration(auth.SecretClient)
	r.Name = `Contoso / "Söhne"`
	for _, want := range []string{"app-registration-contoso-söhne.sh", "app-registration-contoso-söhne-2.sh", "app-registration-contoso-söhne-3.sh"} {
		path, err := w.Save("echo ö\n", r, connector.RegisterByBash)
		if err != nil || path != filepath.Join(w.Home, want) {
			t.Fatalf("%s, %v, want %s", path, err, want)
		}
		data, err := os.ReadFile(path)
		if err != nil || string(data) != "echo ö\n" {
			t.Errorf("%q, %v", data, err)
		}
		if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
	}
	if err := os.Mkdir(filepath.Join(w.Home, "Documents"), 0o700); err != nil {
		t.Fatal(err)
	}
	r.Name = "!!"
	path, err := w.Save("'ö'\n", r, connector.RegisterByGraph)
	if err != nil || path != filepath.Join(w.Home, "Documents", "app-registration.ps1") {
		t.Fatalf("%s, %v", path, err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "\xef\xbb\xbf'ö'\n" {
		t.Errorf("%q, %v", data, err)
	}
	if path, err := w.Save("{}\n", r, connector.RegisterByManifest); err != nil || filepath.Base(path) != "app-registration.json" {
		t.Errorf("%s, %v", path, err)
	}
}

func TestWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "make.sh")
	if err := Write(path, "one", connector.RegisterByBash, false); err != nil {
		t.Fatal(err)
	}
	if err := Write(path, "two", connector.RegisterByBash, false); err == nil {
		t.Error("a file that is there was replaced")
	}
	if err := Write(path, "three", connector.RegisterByBash, true); err != nil {
		t.Error(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "three" {
		t.Errorf("%q, %v", data, err)
	}
	if err := Write(t.TempDir(), "x", connector.RegisterByBash, true); !errors.Is(err, connector.ErrNotAFile) {
		t.Errorf("a folder: %v", err)
	}
}
