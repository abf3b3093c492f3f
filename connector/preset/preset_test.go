package preset

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// put writes a preset into a new folder and returns the folder.
func put(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func places(dirs ...string) []Place {
	all := []Place{}
	for _, dir := range dirs {
		all = append(all, Place{Dir: dir})
	}
	return all
}

func TestTheExampleIsGood(t *testing.T) {
	text, err := os.ReadFile("../../build/packaging/preset.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	dir := put(t, string(text))
	got := Find(places(dir), now)
	want := connector.Preset{
		Path: filepath.Join(dir, FileName), Product: "Fabrikam Billing", Support: "https://support.fabrikam.example/partner-center",
		ClientID: id, ClientKind: auth.CertificateClient, RedirectPath: "/consent", WithGroups: true, Role: connector.RoleSalesAgent,
		Given: []connector.Field{
			connector.FieldClientID, connector.FieldClientKind, connector.FieldRedirectPath, connector.FieldWithGroups, connector.FieldRole,
		},
		Locked: []connector.Field{connector.FieldClientID, connector.FieldRedirectPath}, Loose: true,
		Links: &connector.Product{
			ID: "fabrikambilling", Name: "Fabrikam Billing", Path: []string{"Settings", "Connections", "Partner Center", "New"},
			AdminButton: "Create link for administrator", UserButton: "Create link for integration user", SaveButton: "Save", EditButton: "Edit",
			RedirectHosts: []string{"consent.fabrikam.example", "*.eu.fabrikam.example"}, Version: "7.1", AppRole: "Connection owner",
			Role: connector.RoleSalesAgent, GovernmentGuide: "Fabrikam Billing for governments", Support: "https://support.fabrikam.example/links",
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant\n%+v", got, want)
	}
}

func TestTheFirstPresetCounts(t *testing.T) {
	machine, program, empty := put(t, `product = "Machine"`), put(t, `product = "Program"`), t.TempDir()
	cases := []struct {
		places  []Place
		product string
		ignored string
	}{
		{places(machine, program), "Machine", filepath.Join(program, FileName)},
		{places(program, empty), "Program", ""},
		{places(empty, program), "Program", ""},
		{places(filepath.Join(empty, "absent"), program), "Program", ""},
		{places(filepath.Join(program, FileName), program), "Program", ""}, // a file stands where the folder should be
		{[]Place{{Dir: machine, Machine: true}}, "Machine", ""},
		{places(empty), "", ""},
		{nil, "", ""},
	}
	for _, c := range cases {
		got := Find(c.places, now)
		if got.Product != c.product || got.Ignored != c.ignored || got.Problem != nil {
			t.Errorf("%v: %+v", c.places, got)
		}
	}
}

// A file that can't be used hides those behind it: who can write to the second place must not undo what the first one locks.
func TestABadPresetIsAProblemAndNothingElse(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, FileName), 0o700); err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		dir   string
		fault connector.PresetFault
		actor connector.Actor
		raw   string
		args  map[string]string
	}{
		"wrong value": {
			put(t, "product = \"x\"\nclient-id = \"y\""), connector.PresetClientID, connector.ActorPublisher, ":2: client-id",
			map[string]string{"Line": "2", "Key": "client-id"},
		},
		"unknown key": {
			put(t, "tenant = \"x\""), connector.PresetKey, connector.ActorPublisher, ":1: tenant",
			map[string]string{"Line": "1", "Key": "tenant", "Known": "product, support, client-id, kind, redirect-path, scopes, role, locked, [links]"},
		},
		"secret": {
			put(t, "client-secret = \"s3cr3t-value\""), connector.PresetCredential, connector.ActorPublisher, ":1: client-secret",
			map[string]string{"Line": "1", "Key": "client-secret"},
		},
		"too large": {put(t, strings.Repeat("#", maxFile+1)), connector.PresetTooLarge, connector.ActorPublisher, "", nil},
		"a folder":  {folder, connector.PresetNotFile, connector.ActorYou, "", nil},
	}
	good := put(t, quick)
	for name, c := range cases {
		path := filepath.Join(c.dir, FileName)
		got := Find(places(c.dir, good), now)
		p := got.Problem
		if p == nil {
			t.Errorf("%s: no problem: %+v", name, got)
			continue
		}
		if !reflect.DeepEqual(got, connector.Preset{Path: path, Problem: p}) {
			t.Errorf("%s: something was taken of it: %+v", name, got)
		}
		if p.Kind != connector.KindPreset || p.Actor != c.actor || p.Step != connector.NoStep || p.Raw != path+c.raw || !p.At.Equal(now) {
			t.Errorf("%s: %+v", name, p)
		}
		want := map[string]string{connector.PresetFaultArg: string(c.fault), "Path": path}
		for key, value := range c.args {
			want[key] = value
		}
		if !reflect.DeepEqual(p.Args, want) {
			t.Errorf("%s: %v, want %v", name, p.Args, want)
		}
		if strings.Contains(p.Raw, "s3cr3t") {
			t.Errorf("%s: the secret is in the raw line", name)
		}
	}
}

func TestASyntaxErrorNamesItsLine(t *testing.T) {
	dir := put(t, quick+"kind = public\n")
	p := Find(places(dir), now).Problem
	if p == nil || p.Args["Line"] != "2" || p.Args[connector.PresetFaultArg] != string(connector.PresetSyntax) ||
		!strings.HasPrefix(p.Raw, filepath.Join(dir, FileName)+":2: ") {
		t.Errorf("%+v", p)
	}
}

func TestPlaces(t *testing.T) {
	all := Places()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err = filepath.EvalSymlinks(program)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 2 || !all[0].Machine || !filepath.IsAbs(all[0].Dir) || !strings.Contains(strings.ToLower(all[0].Dir), "partner") {
		t.Fatalf("%v", all)
	}
	if last := all[len(all)-1]; last.Machine || last.Dir != filepath.Dir(program) {
		t.Errorf("%v does not end with the program's folder", all)
	}
}
