package preset

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"partner-center-connector/connector"
)

func TestParseLinks(t *testing.T) {
	whole := connector.Product{
		ID: "fabrikambilling2", Name: "Fabrikam Billing 2", Path: []string{"Settings", "Connections"}, AdminButton: "Make admin link",
		UserButton: "Make user link", SaveButton: "Keep", EditButton: "Change", RedirectHosts: []string{"*.fabrikam.example", "consent.contoso.example"},
		Version: "7.1", AppRole: "Fabrikam Owner", Role: connector.RoleSalesAgent, MFAEnforced: true, GovernmentGuide: "For governments",
		Support: "https://fabrikam.example/help",
	}
	cases := map[string]struct {
		text string
		want connector.Product
	}{
		"all of it": {
			`[links]
name = " Fabrikam Billing 2 "
path = ["Settings", # first
	" Connections "]
admin-button = "Make admin link"
user-button = "Make user link"
save-button = "Keep"
edit-button = "Change"
redirect-hosts = ["*.Fabrikam.example", "consent.contoso.example", "*.fabrikam.example"]
version = "7.1"
app-role = "Fabrikam Owner"
role = "sales-agent"
mfa-enforced = true
government-guide = "For governments"
support = "https://fabrikam.example/help"`, whole,
		},
		"a name alone":        {"[links]\nname = \"Fabrikam\"", connector.Product{ID: "fabrikam", Name: "Fabrikam"}},
		"dotted keys":         {"links.mfa-enforced = false\nlinks.name = 'Fabrikam'", connector.Product{ID: "fabrikam", Name: "Fabrikam"}},
		"quoted keys":         {"[\"links\"]\n'name' = 'Fabrikam'", connector.Product{ID: "fabrikam", Name: "Fabrikam"}},
		"another alphabet":    {"[links]\nname = 'Ärzte-Büro 9'", connector.Product{ID: "ärztebüro9", Name: "Ärzte-Büro 9"}},
		"empty lists":         {"[links]\nname = 'F'\npath = []\nredirect-hosts = []", connector.Product{ID: "f", Name: "F"}},
		"behind plain values": {"product = 'F'\n[links]\nname = 'F'", connector.Product{ID: "f", Name: "F"}},
	}
	for name, c := range cases {
		got, err := parse([]byte(c.text))
		if err != nil || got.Links == nil || !reflect.DeepEqual(*got.Links, c.want) {
			t.Errorf("%s: %+v, %v; want %+v", name, got.Links, err, c.want)
		}
	}
}

func TestParseLinksRefuses(t *testing.T) {
	head := "[links]\nname = 'F'\n"
	many := strings.Repeat("'a', ", maxMenus+1)
	refuses(t, map[string]refusal{
		"no name":                 {"kind = 'public'\n[links]\nversion = '1'", fault{reason: connector.PresetLinksName, line: 2, key: "links"}},
		"no name by dotted keys":  {"kind = 'public'\nlinks.version = '1'", fault{reason: connector.PresetLinksName, line: 2, key: "links.version"}},
		"an empty table":          {"[links]", fault{reason: connector.PresetLinksName, line: 1, key: "links"}},
		"an empty name":           {"[links]\nname = ' '", fault{reason: connector.PresetLinksName, line: 2, key: "links.name"}},
		"a name without letters":  {"[links]\nname = '***'", fault{reason: connector.PresetLinksName, line: 2, key: "links.name"}},
		"a long name":             {"[links]\nname = '" + strings.Repeat("x", maxProduct+1) + "'", fault{reason: connector.PresetLinksName, line: 2, key: "links.name"}},
		"a name that turns":       {"[links]\nname = \"a\\u202eb\"", fault{reason: connector.PresetLinksName, line: 2, key: "links.name"}},
		"an unknown key":          {head + "tenant = 'x'", fault{reason: connector.PresetKey, line: 3, key: "links.tenant"}},
		"a key of the file":       {head + "client-id = 'x'", fault{reason: connector.PresetKey, line: 3, key: "links.client-id"}},
		"a credential":            {head + "client-secret = 's3cr3t'", fault{reason: connector.PresetCredential, line: 3, key: "links.client-secret"}},
		"an inline table":         {"links = { name = 'F' }", fault{reason: connector.PresetType, line: 1, key: "links"}},
		"a text":                  {"links = 'F'", fault{reason: connector.PresetType, line: 1, key: "links"}},
		"several":                 {"[[links]]\nname = 'F'", fault{reason: connector.PresetType, line: 1, key: "links"}},
		"twice":                   {head + "[links]\nname = 'G'", fault{reason: connector.PresetSyntax, line: 3}},
		"a table in it":           {"[links.name]\nx = 1", fault{reason: connector.PresetType, line: 1, key: "links.name"}},
		"an unknown table in it":  {"[links.more]\nx = 1", fault{reason: connector.PresetKey, line: 1, key: "links.more"}},
		"a name with a dot in it": {"'links.name' = 'F'", fault{reason: connector.PresetKey, line: 1, key: `"links.name"`}},
		"no table of that name":   {"[link]\nname = 'F'", fault{reason: connector.PresetKey, line: 1, key: "link"}},
		"a name that is a number": {"[links]\nname = 7", fault{reason: connector.PresetType, line: 2, key: "links.name"}},
		"yes in quotes":           {head + "mfa-enforced = 'true'", fault{reason: connector.PresetType, line: 3, key: "links.mfa-enforced"}},
		"a path that is a text":   {head + "path = 'a'", fault{reason: connector.PresetType, line: 3, key: "links.path"}},
		"a path of numbers":       {head + "path = [1]", fault{reason: connector.PresetType, line: 3, key: "links.path"}},
		"a long path":             {head + "path = [" + many + "]", fault{reason: connector.PresetTooMany, line: 3, key: "links.path"}},
		"a path with nothing":     {head + "path = ['a', '']", fault{reason: connector.PresetLabel, line: 3, key: "links.path"}},
		"a path of two lines":     {head + "path = [\"a\\nb\"]", fault{reason: connector.PresetLabel, line: 3, key: "links.path"}},
		"an empty button":         {head + "admin-button = ''", fault{reason: connector.PresetLabel, line: 3, key: "links.admin-button"}},
		"a long button": {
			head + "user-button = '" + strings.Repeat("x", maxLabel+1) + "'", fault{reason: connector.PresetLabel, line: 3, key: "links.user-button"},
		},
		"a button that steers": {head + "save-button = \"\\u001b[31mSave\"", fault{reason: connector.PresetLabel, line: 3, key: "links.save-button"}},
		"a long version": {
			head + "version = '" + strings.Repeat("1", maxVersion+1) + "'", fault{reason: connector.PresetLabel, line: 3, key: "links.version"},
		},
		"a role that there is not": {head + "role = 'boss'", fault{reason: connector.PresetRole, line: 3, key: "links.role", value: "boss"}},
		"support over http":        {head + "support = 'http://fabrikam.example'", fault{reason: connector.PresetSupport, line: 3, key: "links.support"}},
		"a host that is none":      {head + "redirect-hosts = ['*.com']", fault{reason: connector.PresetHost, line: 3, key: "links.redirect-hosts", value: "*.com"}},
		"too many hosts":           {head + "redirect-hosts = [" + manyHosts(maxHosts+1) + "]", fault{reason: connector.PresetTooMany, line: 3, key: "links.redirect-hosts"}},
	})
}

func manyHosts(n int) string {
	hosts := []string{}
	for i := range n {
		hosts = append(hosts, fmt.Sprintf("'h%d.fabrikam.example'", i))
	}
	return strings.Join(hosts, ", ")
}

// TestAnUnknownKeyIsToldFromTheOthersBesideIt checks that who mistypes a key of the table is told those of the table.
func TestAnUnknownKeyIsToldFromTheOthersBesideIt(t *testing.T) {
	for text, want := range map[string]string{
		"[links]\nnames = 'F'": "links.name, links.path, links.admin-button, links.user-button, links.save-button, links.edit-button, links.redirect-hosts, " +
			"links.version, links.app-role, links.role, links.mfa-enforced, links.government-guide, links.support",
		"names = 'F'": "product, support, client-id, kind, redirect-path, scopes, role, locked, [links]",
	} {
		_, err := parse([]byte(text))
		var got *fault
		if !errors.As(err, &got) || got.known != want {
			t.Errorf("%q: %v, %+v", text, err, got)
		}
	}
}

func TestHostOf(t *testing.T) {
	for text, want := range map[string]string{
		"consent.fabrikam.example":                    "consent.fabrikam.example",
		" *.Fabrikam.Example ":                        "*.fabrikam.example",
		"fabrikam.co.uk":                              "fabrikam.co.uk",
		"*.fabrikam.co.uk":                            "*.fabrikam.co.uk",
		"fabrikam.azurewebsites.net":                  "fabrikam.azurewebsites.net",
		"a-b.xn--bcher-kva.example":                   "a-b.xn--bcher-kva.example",
		"consent.fabrikam.internal":                   "consent.fabrikam.internal",
		strings.Repeat("a", 63) + ".fabrikam.example": strings.Repeat("a", 63) + ".fabrikam.example",

		"":                                     "",
		"*":                                    "",
		"*.":                                   "",
		"com":                                  "",
		"*.com":                                "",
		"*.co.uk":                              "",
		"co.uk":                                "",
		"*.azurewebsites.net":                  "",
		"*.github.io":                          "",
		"*.example":                            "",
		"fabrikam":                             "",
		"localhost":                            "",
		"app.localhost":                        "",
		"*.localhost":                          "",
		"127.0.0.1":                            "",
		"*.0.0.1":                              "",
		"fabrikam.0x7f":                        "",
		"[::1]":                                "",
		"::1":                                  "",
		"fabrikam.example.":                    "",
		".fabrikam.example":                    "",
		"a..example":                           "",
		"-a.example":                           "",
		"a-.example":                           "",
		"a_b.example":                          "",
		"*.*.example":                          "",
		"a*.fabrikam.example":                  "",
		"fabrikam.example:443":                 "",
		"https://fabrikam.example":             "",
		"user@fabrikam.example":                "",
		"fabrikam.example/path":                "",
		"bücher.example":                       "",
		"fabrikam .example":                    "",
		strings.Repeat("a", 64) + ".b.example": "",
		strings.Repeat("a.", 126) + "example":  "",
	} {
		host, ok := hostOf(text)
		if ok != (want != "") || ok && host != want {
			t.Errorf("%q: %q, %v; want %q", text, host, ok, want)
		}
	}
}

func TestBuiltIn(t *testing.T) {
	entries, err := products.ReadDir("products")
	if err != nil {
		t.Fatal(err)
	}
	all := BuiltIn()
	if len(all) != len(entries) {
		t.Fatalf("%d products of %d files", len(all), len(entries))
	}
	for i, entry := range entries {
		name := "products/" + entry.Name()
		data, err := products.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := parse(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !reflect.DeepEqual(p, connector.Preset{Links: p.Links}) {
			t.Errorf("%s gives more than the words of two links: %+v", name, p)
		}
		if all[i].ID+".toml" != entry.Name() {
			t.Errorf("%s is of the product %s", name, all[i].ID)
		}
	}
}

// The facts are those that the publisher's own guide states.
func TestTheProductWithAGuideOfItsOwn(t *testing.T) {
	want := connector.Product{
		ID: "work365", Name: "Work 365",
		Path:        []string{"Administration area", "Admin Hub", "Integrations", "Add New", "Microsoft Partner Center", "Create"},
		AdminButton: "Generate Admin Consent Redirect Link", UserButton: "Generate User Consent Redirect Link", SaveButton: "Save", EditButton: "Edit",
		RedirectHosts: []string{"*.work365apps.com"}, Version: "4.5", AppRole: "Work 365 Admin", Role: connector.RoleAdminAgent, MFAEnforced: true,
		GovernmentGuide: "Partner Center (GCC)",
	}
	if got := BuiltIn(); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("%+v\nwant\n%+v", got, want)
	}
}

// A preset with faults in its table says so as with any other: by file, line and key, and with nothing of it taken.
func TestABadTableIsAProblem(t *testing.T) {
	dir := put(t, quick+"[links]\nname = 'F'\nredirect-hosts = ['fabrikam.example', '*.com']\n")
	p := Find(places(dir), now)
	path := filepath.Join(dir, FileName)
	if p.Problem == nil || !reflect.DeepEqual(p, connector.Preset{Path: path, Problem: p.Problem}) {
		t.Fatalf("%+v", p)
	}
	want := map[string]string{connector.PresetFaultArg: "host", "Path": path, "Line": "4", "Key": "links.redirect-hosts", "Value": "*.com"}
	if !reflect.DeepEqual(p.Problem.Args, want) || p.Problem.Raw != path+":4: links.redirect-hosts" {
		t.Errorf("%v, %q", p.Problem.Args, p.Problem.Raw)
	}
}
