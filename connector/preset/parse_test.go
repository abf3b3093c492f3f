package preset

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

const (
	id    = "8d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58"
	quick = `client-id = "` + id + `"` + "\n"
)

func TestParse(t *testing.T) {
	cases := map[string]struct {
		text string
		want connector.Preset
	}{
		"nothing":       {"", connector.Preset{}},
		"only comments": {"# client-id = \"x\"\n\n", connector.Preset{}},
		"client ID": {
			"client-id = \" 8D2B6F14-0A5C-4E3D-B7F9-6C1E2D3A4B58 \"",
			connector.Preset{ClientID: id, Given: []connector.Field{connector.FieldClientID}},
		},
		"byte order mark and carriage returns": {
			"\xef\xbb\xbfkind = 'public'\r\n", connector.Preset{ClientKind: auth.PublicClient, Given: []connector.Field{connector.FieldClientKind}},
		},
		"UTF-16": {
			"\xff\xfek\x00i\x00n\x00d\x00=\x00'\x00p\x00u\x00b\x00l\x00i\x00c\x00'\x00\r\x00\n\x00",
			connector.Preset{ClientKind: auth.PublicClient, Given: []connector.Field{connector.FieldClientKind}},
		},
		"UTF-16, big end first": {
			"\xfe\xff\x00k\x00i\x00n\x00d\x00=\x00'\x00p\x00u\x00b\x00l\x00i\x00c\x00'",
			connector.Preset{ClientKind: auth.PublicClient, Given: []connector.Field{connector.FieldClientKind}},
		},
		"redirect URI": {
			`redirect-path = "http://localhost/app/consent"`,
			connector.Preset{RedirectPath: "/app/consent", Given: []connector.Field{connector.FieldRedirectPath}},
		},
		"bare redirect URI": {
			`redirect-path = "http://localhost"`, connector.Preset{Given: []connector.Field{connector.FieldRedirectPath}},
		},
		"needed scopes only": {
			`scopes = ["openid", "user_impersonation"]`, connector.Preset{Given: []connector.Field{connector.FieldWithGroups}},
		},
		"no scopes": {`scopes = []`, connector.Preset{Given: []connector.Field{connector.FieldWithGroups}}},
		"groups": {
			"scopes = [ # more lines\n  \"User.Read\", # needed\n  \"GroupMember.Read.All\",\n]",
			connector.Preset{WithGroups: true, Given: []connector.Field{connector.FieldWithGroups}},
		},
		"further scopes": {
			`scopes = ["DelegatedPermissionGrant.Read.All", "PartnerBilling.Read.All", "DelegatedPermissionGrant.Read.All"]`,
			connector.Preset{
				Scopes: []string{"PartnerBilling.Read.All", "DelegatedPermissionGrant.Read.All"}, Given: []connector.Field{connector.FieldWithGroups},
			},
		},
		"locked before it is given": {
			"locked = ['client-id', 'client-id']\n" + quick,
			connector.Preset{ClientID: id, Given: []connector.Field{connector.FieldClientID}, Locked: []connector.Field{connector.FieldClientID}},
		},
		"product and support": {
			"product = \" Fabrikam – Abrechnung \"\nsupport = \"https://support.fabrikam.example:8443/a?b=c#d\"\n",
			connector.Preset{Product: "Fabrikam – Abrechnung", Support: "https://support.fabrikam.example:8443/a?b=c#d"},
		},
		"a role": {`role = " sales-agent-and-billing-admin "`, connector.Preset{Role: connector.RoleSalesAndBilling, Given: []connector.Field{connector.FieldRole}}},
		"a role that is kept": {
			"role = 'any'\nlocked = ['role']",
			connector.Preset{Role: connector.RoleAny, Given: []connector.Field{connector.FieldRole}, Locked: []connector.Field{connector.FieldRole}},
		},
		"a quoted key": {`"kind" = "secret"`, connector.Preset{ClientKind: auth.SecretClient, Given: []connector.Field{connector.FieldClientKind}}},
	}
	for name, c := range cases {
		got, err := parse([]byte(c.text))
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	refuses(t, map[string]refusal{
		"an unknown key":           {quick + "tenant = \"contoso.com\"", fault{reason: connector.PresetKey, line: 2, key: "tenant"}},
		"an underscore":            {"client_id = \"" + id + "\"", fault{reason: connector.PresetKey, line: 1, key: "client_id"}},
		"another case":             {"Kind = \"public\"", fault{reason: connector.PresetKey, line: 1, key: "Kind"}},
		"a table":                  {"\n[app]\nclient-id = \"" + id + "\"", fault{reason: connector.PresetKey, line: 2, key: "app"}},
		"a table of a known name":  {"[product]", fault{reason: connector.PresetType, line: 1, key: "product"}},
		"an array of tables":       {"[[locked]]", fault{reason: connector.PresetType, line: 1, key: "locked"}},
		"a dotted key":             {"product.name = \"x\"", fault{reason: connector.PresetKey, line: 1, key: "product.name"}},
		"a client secret":          {quick + "\nclient-secret = \"s3cr3t\"", fault{reason: connector.PresetCredential, line: 3, key: "client-secret"}},
		"a certificate":            {"Certificate = \"-----BEGIN\"", fault{reason: connector.PresetCredential, line: 1, key: "Certificate"}},
		"a password":               {"pfx_password = \"x\"", fault{reason: connector.PresetCredential, line: 1, key: "pfx_password"}},
		"a refresh token":          {"refreshtoken = \"x\"", fault{reason: connector.PresetCredential, line: 1, key: "refreshtoken"}},
		"a credential in a table":  {"[credentials]\nx = 1", fault{reason: connector.PresetCredential, line: 1, key: "credentials"}},
		"no TOML":                  {quick + "kind: public", fault{reason: connector.PresetSyntax, line: 2}},
		"a text without its end":   {"product = \"Fabrikam", fault{reason: connector.PresetSyntax, line: 1}},
		"a key twice":              {quick + quick, fault{reason: connector.PresetSyntax, line: 2}},
		"UTF-16 without a mark":    {"k\x00i\x00n\x00d\x00", fault{reason: connector.PresetEncoding}},
		"Latin-1":                  {"product = \"M\xfcller\"", fault{reason: connector.PresetEncoding}},
		"a number":                 {"product = 7", fault{reason: connector.PresetType, line: 1, key: "product"}},
		"a list for a text":        {"client-id = [\"" + id + "\"]", fault{reason: connector.PresetType, line: 1, key: "client-id"}},
		"a text for a list":        {"locked = \"client-id\"", fault{reason: connector.PresetType, line: 1, key: "locked"}},
		"a list of numbers":        {"scopes = [1]", fault{reason: connector.PresetType, line: 1, key: "scopes"}},
		"a client ID that is none": {"client-id = \"my app\"", fault{reason: connector.PresetClientID, line: 1, key: "client-id"}},
		"an empty client ID":       {"client-id = \"\"", fault{reason: connector.PresetClientID, line: 1, key: "client-id"}},
		"a kind that is none":      {"kind = \"web\"", fault{reason: connector.PresetClientKind, line: 1, key: "kind"}},
		"a redirect URI elsewhere": {
			"redirect-path = \"https://fabrikam.example/consent\"", fault{reason: connector.PresetRedirect, line: 1, key: "redirect-path"},
		},
		"a path with a query":      {"redirect-path = \"/consent?x=1\"", fault{reason: connector.PresetRedirect, line: 1, key: "redirect-path"}},
		"an unknown scope":         {"scopes = [\"Mail.Read\"]", fault{reason: connector.PresetScope, line: 1, key: "scopes", value: "Mail.Read"}},
		"a scope in other case":    {"scopes = [\"user.read\"]", fault{reason: connector.PresetScope, line: 1, key: "scopes", value: "user.read"}},
		"a role that there is not": {"role = \"Admin agent\"", fault{reason: connector.PresetRole, line: 1, key: "role", value: "Admin agent"}},
		"an empty role":            {"role = \"\"", fault{reason: connector.PresetRole, line: 1, key: "role"}},
		"a lock on no role":        {"locked = [\"role\"]", fault{reason: connector.PresetLockEmpty, line: 1, key: "locked", value: "role"}},
		"an empty product":         {"product = \" \"", fault{reason: connector.PresetProduct, line: 1, key: "product"}},
		"a long product":           {"product = \"" + strings.Repeat("x", maxProduct+1) + "\"", fault{reason: connector.PresetProduct, line: 1, key: "product"}},
		"a product of two lines": {
			"product = \"a\\nb\"", fault{reason: connector.PresetProduct, line: 1, key: "product"},
		},
		"a product that turns the text around": {"product = \"a\u202eb\"", fault{reason: connector.PresetProduct, line: 1, key: "product"}},
		"support over http":                    {"support = \"http://fabrikam.example\"", fault{reason: connector.PresetSupport, line: 1, key: "support"}},
		"support by mail":                      {"support = \"mailto:help@fabrikam.example\"", fault{reason: connector.PresetSupport, line: 1, key: "support"}},
		"support with a user name":             {"support = \"https://microsoft.com@fabrikam.example\"", fault{reason: connector.PresetSupport, line: 1, key: "support"}},
		"support without a host":               {"support = \"https:///x\"", fault{reason: connector.PresetSupport, line: 1, key: "support"}},
		"support with a space":                 {"support = \"https://fabrikam.example/a b\"", fault{reason: connector.PresetSupport, line: 1, key: "support"}},
		"a lock on what can't be":              {"locked = [\"product\"]", fault{reason: connector.PresetLock, line: 1, key: "locked", value: "product"}},
		"a lock on what is not given":          {quick + "locked = [\"client-id\", \"kind\"]", fault{reason: connector.PresetLockEmpty, line: 2, key: "locked", value: "kind"}},
		"a long name": {
			"locked = [\"\\u0007" + strings.Repeat("x", 100) + "\"]",
			fault{reason: connector.PresetLock, line: 1, key: "locked", value: "?" + strings.Repeat("x", maxNamed-1) + "…"},
		},
	})
}

// FuzzParse holds that whatever the file has in it, what comes out would pass as typed, or is refused with a reason that has words.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", quick, quick + "locked = [\"client-id\"]", "kind = \"public\"\nredirect-path = \"\"\nscopes = [\"GroupMember.Read.All\"]",
		"product = \"Fabrikam\"\nsupport = \"https://support.fabrikam.example\"", "[a.b]\nc = 1", "a.b = {c = [1, 2.5, 1979-05-27]}", "\xef\xbb\xbf",
		"product = \"\"\"\na\"\"\"", "locked = [\n#\n]", "[links]\nname = 'F'\npath = ['a']\nredirect-hosts = ['*.f.example']\nmfa-enforced = true",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := parse(data)
		if err != nil {
			var bad *fault
			if !errors.As(err, &bad) || bad.reason == "" || bad.line < 0 || strings.Contains(bad.key+bad.value, "\n") {
				t.Fatalf("%v", err)
			}
			if !reflect.DeepEqual(p, connector.Preset{}) {
				t.Fatalf("half of it was taken: %+v", p)
			}
			return
		}
		if p.Gives(connector.FieldClientID) != connector.ValidClientID(p.ClientID) || !connector.ValidRedirectPath(p.RedirectPath) {
			t.Fatalf("%+v", p)
		}
		if p.Product != "" && !isName(p.Product) || p.Support != "" && !isPage(p.Support) {
			t.Fatalf("%+v", p)
		}
		for _, field := range p.Locked {
			if !p.Gives(field) {
				t.Fatalf("%s is locked and not given", field)
			}
		}
		if p.Links == nil {
			return
		}
		if !isName(p.Links.Name) || p.Links.ID == "" {
			t.Fatalf("%+v", p.Links)
		}
		for _, host := range p.Links.RedirectHosts {
			if again, ok := hostOf(host); !ok || again != host {
				t.Fatalf("the host %q", host)
			}
		}
	})
}

// refusal is a text, and the fault that it is refused for.
type refusal struct {
	text string
	want fault
}

// refuses checks that each text is refused for its fault, and that nothing is taken of it.
func refuses(t *testing.T, cases map[string]refusal) {
	t.Helper()
	for name, c := range cases {
		p, err := parse([]byte(c.text))
		var got *fault
		if !errors.As(err, &got) {
			t.Errorf("%s: %v instead of a fault", name, err)
			continue
		}
		if got.reason != c.want.reason || got.line != c.want.line || got.key != c.want.key || got.value != c.want.value {
			t.Errorf("%s: %+v, want %+v", name, *got, c.want)
		}
		if !reflect.DeepEqual(p, connector.Preset{}) {
			t.Errorf("%s: %+v was taken of it", name, p)
		}
	}
}
