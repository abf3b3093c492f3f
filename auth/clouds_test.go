package auth

import (
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestBuiltinClouds(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range BuiltinClouds() {
		if seen[c.Name] || seen[c.Login] || seen[c.InstanceName] || c.FromFile || c.CAFile != "" {
			t.Errorf("%+v", c)
		}
		seen[c.Name], seen[c.Login], seen[c.InstanceName] = true, true, true
		for _, base := range []string{c.Login, c.PartnerCenter, c.Graph} {
			if got, reason := baseURL(base); got != base {
				t.Errorf("%s: %s %s", c.Name, base, reason)
			}
		}
		if got, _ := resourceURI(c.PartnerCenterResource); got != c.PartnerCenterResource {
			t.Errorf("%s: resource %s", c.Name, c.PartnerCenterResource)
		}
		for _, page := range []string{c.PartnerCenterPortal, c.EntraPortal} {
			if _, reason := pageURL(page); reason != "" {
				t.Errorf("%s: %s %s", c.Name, page, reason)
			}
		}
	}
	if c, ok := FindCloud(BuiltinClouds(), "global"); !ok || c.Login != "https://login.microsoftonline.com" {
		t.Errorf("global = %+v", c)
	}
	if _, ok := FindCloud(BuiltinClouds(), "nowhere"); ok {
		t.Error("found a cloud that is none")
	}
}

// TestHosts has the hosts that a network has to let through, as Microsoft lists them for each cloud.
func TestHosts(t *testing.T) {
	for name, want := range map[string]string{
		"global": "login.microsoftonline.com graph.microsoft.com api.partnercenter.microsoft.com",
		"usgov":  "login.microsoftonline.us graph.microsoft.us api.partnercenter.microsoft.com",
		"china":  "login.partner.microsoftonline.cn microsoftgraph.chinacloudapi.cn partner.partnercenterapi.microsoftonline.cn",
	} {
		c, _ := FindCloud(BuiltinClouds(), name)
		if got := strings.Join(c.Hosts(), " "); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if got := (Cloud{Login: "https://sts.example:8443", Graph: "https://sts.example:8443", PartnerCenter: "https://api.example"}).Hosts(); strings.Join(got, " ") != "sts.example:8443 api.example" {
		t.Errorf("two on one host: %q", got)
	}
}

const goodClouds = `
[[cloud]]
name = "bleu"
login = "https://Login.sovcloud-identity.fr/"
instance_name = "sovcloud-identity.fr"
partner_center = "https://api.partnercenter.example:8443"
partner_center_resource = "https://api.partnercenter.example/"
partner_center_portal = "https://partner.example/dashboard"
graph = "https://graph.example"
ca_file = "roots/ca.pem"

[[cloud]]
name = "second"
login = "https://login.second.example"
instance_name = "second.example"
partner_center = "https://api.second.example"
partner_center_resource = "api://second"
entra_portal = "http://127.0.0.1:8080/entra"
vault_suffix = "vault.localhost:8443"
graph = "https://graph.second.example"
`

// writeClouds writes a clouds file with a CA file beside it.
func writeClouds(tb testing.TB, text string) string {
	tb.Helper()
	dir := tb.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "roots"), 0o700); err != nil {
		tb.Fatal(err)
	}
	root := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificateFor(tb, entraKey(), time.Now().Add(time.Hour))})
	for name, data := range map[string]string{"clouds.toml": text, "roots/ca.pem": string(root), "roots/empty.pem": "nothing"} {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(data), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return filepath.Join(dir, "clouds.toml")
}

func TestLoadClouds(t *testing.T) {
	path := writeClouds(t, goodClouds)
	clouds, err := LoadClouds(path)
	if err != nil || len(clouds) != 2 {
		t.Fatalf("%v, %v", clouds, err)
	}
	want := Cloud{
		Name: "bleu", Login: "https://login.sovcloud-identity.fr", InstanceName: "sovcloud-identity.fr",
		PartnerCenter: "https://api.partnercenter.example:8443", PartnerCenterResource: "https://api.partnercenter.example",
		PartnerCenterPortal: "https://partner.example/dashboard", Graph: "https://graph.example",
		CAFile: filepath.Join(filepath.Dir(path), "roots", "ca.pem"), FromFile: true, file: path,
	}
	if clouds[0] != want {
		t.Errorf("got  %+v\nwant %+v", clouds[0], want)
	}
	if clouds[1].EntraPortal != "http://127.0.0.1:8080/entra" || clouds[1].VaultSuffix != "vault.localhost:8443" || clouds[1].CAFile != "" || !clouds[1].FromFile {
		t.Errorf("second = %+v", clouds[1])
	}
	if _, err := HTTPClient(clouds[0]); err != nil {
		t.Errorf("HTTPClient: %v", err)
	}
}

func TestLoadCloudsRefuses(t *testing.T) {
	replace := func(from, to string) string {
		if !strings.Contains(goodClouds, from) {
			t.Fatalf("%q is not there", from)
		}
		return strings.Replace(goodClouds, from, to, 1)
	}
	const login = `login = "https://login.second.example"`
	for name, tc := range map[string]struct {
		text string
		key  string
		line int
	}{
		"empty":                {"", "cloud", 0},
		"no table":             {"title = 'x'", "title", 1},
		"unknown key":          {replace("graph = ", "grahp = "), "cloud.grahp", 9},
		"not TOML":             {"[[cloud]", "", 1},
		"twice the same key":   {replace("graph = ", "login = \"https://x.example\"\ngraph = "), "login", 9},
		"wrong type":           {replace(`name = "bleu"`, "name = 7"), "cloud.name", 3},
		"name missing":         {replace(`name = "second"`, ""), "cloud 2: name", 0},
		"suffix with a dot":    {replace(`"vault.localhost:8443"`, `".vault.localhost"`), `cloud "second": vault_suffix`, 0},
		"suffix as an address": {replace(`"vault.localhost:8443"`, `"https://vault.localhost"`), `cloud "second": vault_suffix`, 0},
		"name with blanks":     {replace(`"second"`, `"the second"`), `cloud "the second": name`, 0},
		"name with capitals":   {replace(`"second"`, `"Second"`), `cloud "Second": name`, 0},
		"name is built in":     {replace(`"second"`, `"global"`), `cloud "global": name`, 0},
		"name is taken":        {replace(`"second"`, `"bleu"`), `cloud "bleu": name`, 0},
		"instance missing":     {replace(`instance_name = "second.example"`, ""), `cloud "second": instance_name`, 0},
		"instance with a path": {replace(`"second.example"`, `"second.example/x"`), `cloud "second": instance_name`, 0},
		"instance port 0":      {replace(`"second.example"`, `"second.example:0"`), `cloud "second": instance_name`, 0},
		"instance port 08":     {replace(`"second.example"`, `"second.example:08"`), `cloud "second": instance_name`, 0},
		"instance port empty":  {replace(`"second.example"`, `"second.example:"`), `cloud "second": instance_name`, 0},
		"instance port high":   {replace(`"second.example"`, `"second.example:65536"`), `cloud "second": instance_name`, 0},
		"a key in two cases":   {replace("graph = ", "Login = \"https://x.example\"\ngraph = "), "Login", 9},
		"a table in two cases": {strings.Replace(goodClouds, "\n[[cloud]]\nname = \"second\"", "\n[[Cloud]]\nname = \"second\"", 1), "Cloud", 12},
		"key and table":        {"cloud = [{name = 'x'}]\n[[Cloud]]\nname = 'y'", "Cloud", 2},
		"inline, in two cases": {"cloud = [\n{name = 'x', Name = 'y'}]", "Name", 2},
		"instance odd":         {replace(`"second.example"`, `"https://x"`), `cloud "second": instance_name`, 0},
		"login missing":        {replace(login, ""), `cloud "second": login`, 0},
		"login http":           {replace(login, `login = "http://login.second.example"`), `cloud "second": login`, 0},
		"login loopback http":  {replace(login, `login = "http://127.0.0.1:80"`), `cloud "second": login`, 0},
		"login with user":      {replace(login, `login = "https://a:b@login.second.example"`), `cloud "second": login`, 0},
		"login with path":      {replace(login, `login = "https://login.second.example/x"`), `cloud "second": login`, 0},
		"login with dots":      {replace(login, `login = "https://login.second.example/../"`), `cloud "second": login`, 0},
		"login with query":     {replace(login, `login = "https://login.second.example?"`), `cloud "second": login`, 0},
		"login with fragment":  {replace(login, `login = "https://login.second.example#"`), `cloud "second": login`, 0},
		"login with blank":     {replace(login, `login = "https://login second.example"`), `cloud "second": login`, 0},
		"login with no host":   {replace(login, `login = "https://:443"`), `cloud "second": login`, 0},
		"login no address":     {replace(login, `login = "login.second.example"`), `cloud "second": login`, 0},
		"graph http":           {replace(`"https://graph.second.example"`, `"http://graph.second.example"`), `cloud "second": graph`, 0},
		"login with slashes":   {replace(login, `login = "https://login.second.example/a//b"`), `cloud "second": login`, 0},
		"API missing":          {replace(`partner_center = "https://api.second.example"`, ""), `cloud "second": partner_center`, 0},
		"resource missing":     {replace(`partner_center_resource = "api://second"`, ""), `cloud "second": partner_center_resource`, 0},
		"resource http":        {replace(`"api://second"`, `"http://second"`), `cloud "second": partner_center_resource`, 0},
		"portal http":          {replace("http://127.0.0.1:8080/entra", "http://entra.example"), `cloud "second": entra_portal`, 0},
		"portal script":        {replace("http://127.0.0.1:8080/entra", "javascript://x/%0aalert(1)"), `cloud "second": entra_portal`, 0},
		"no CA file":           {replace("roots/ca.pem", "roots/gone.pem"), `cloud "bleu": ca_file`, 0},
		"CA file empty":        {replace("roots/ca.pem", "roots/empty.pem"), `cloud "bleu": ca_file`, 0},
		"too many":             {strings.Repeat("[[cloud]]\n", 33), "cloud", 0},
		"too large":            {"#" + strings.Repeat("x", 64<<10), "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			path := writeClouds(t, tc.text)
			clouds, err := LoadClouds(path)
			var typed *CloudsFileError
			if !errors.As(err, &typed) || clouds != nil {
				t.Fatalf("%v, %v", clouds, err)
			}
			if typed.Path != path || typed.Key != tc.key || typed.Line != tc.line || typed.Reason == "" {
				t.Errorf("%+v, want key %q, line %d", *typed, tc.key, tc.line)
			}
			if !strings.HasPrefix(err.Error(), path) {
				t.Errorf("the file is not named: %v", err)
			}
		})
	}
}

// utf16Of is text in UTF-16, the little end first, without a byte order mark; text has no letter beyond U+00FF.
func utf16Of(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.Write([]byte{byte(r), 0})
	}
	return b.String()
}

// TestLoadCloudsOfWindowsEditors checks that what names its encoding by a mark is read, and that other encodings are named.
func TestLoadCloudsOfWindowsEditors(t *testing.T) {
	big := "\xfe\xff\x00" + strings.TrimSuffix(utf16Of(goodClouds), "\x00")
	for name, text := range map[string]string{"UTF-8": "\ufeff" + goodClouds, "UTF-16": "\xff\xfe" + utf16Of(goodClouds), "UTF-16, big end first": big} {
		if clouds, err := LoadClouds(writeClouds(t, text)); err != nil || len(clouds) != 2 {
			t.Errorf("%s: %v, %v", name, clouds, err)
		}
	}
	for name, text := range map[string]string{
		"UTF-16 without a mark": utf16Of(goodClouds), "another code page": "# \xfcber\n" + goodClouds, "UTF-32": "\xff\xfe\x00\x00#\x00\x00\x00",
	} {
		var typed *CloudsFileError
		const want = "is neither in UTF-8 nor in UTF-16 with a byte order mark; save it as UTF-8"
		if _, err := LoadClouds(writeClouds(t, text)); !errors.As(err, &typed) || typed.Reason != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadRootsOfWindows(t *testing.T) {
	roots := string(pemOf("CERTIFICATE", certificateFor(t, entraKey(), time.Now().Add(time.Hour))))
	for name, text := range map[string]string{
		"UTF-8": "\ufeff" + roots, "UTF-16": "\xff\xfe" + utf16Of(roots), "put together": "\ufeff# ours\r\n\ufeff" + roots,
	} {
		if got, err := readRoots(writeClouds(t, text)); err != nil || !strings.HasSuffix(string(got), roots) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if _, err := readRoots(writeClouds(t, utf16Of(roots))); err == nil || !strings.Contains(err.Error(), "UTF-16") {
		t.Errorf("UTF-16 without a mark: %v", err)
	}
}

func TestLoadCloudsFileErrors(t *testing.T) {
	_, err := LoadClouds(filepath.Join(t.TempDir(), "gone.toml"))
	var typed *CloudsFileError
	if !errors.As(err, &typed) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("err = %v", err)
	}
	if _, err = LoadClouds(t.TempDir()); !errors.As(err, &typed) {
		t.Errorf("a directory: %v", err)
	}
	if _, err = HTTPClient(Cloud{Name: "x", CAFile: "gone.pem"}); !errors.As(err, &typed) {
		t.Errorf("HTTPClient: %v", err)
	}
	if _, err := readRoots(writeClouds(t, "")); !errors.As(err, &typed) {
		t.Errorf("readRoots: %v", err)
	}
}

func FuzzLoadClouds(f *testing.F) {
	f.Add(goodClouds)
	f.Add("[[cloud]]\nname=1")
	f.Add("cloud = [[1]]")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(dir, "clouds.toml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		clouds, err := LoadClouds(path)
		var typed *CloudsFileError
		if (err == nil) != (len(clouds) > 0) || (err != nil && !errors.As(err, &typed)) {
			t.Fatalf("%v, %v", clouds, err)
		}
	})
}
