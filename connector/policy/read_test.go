package policy

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/connector"
)

var now = time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)

// put writes a policy that counts as protected, and returns where it is.
func put(t *testing.T, text string) file {
	t.Helper()
	path := filepath.Join(t.TempDir(), "policy.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file{path, func(string) bool { return true }, parseTOML}
}

// TestAFile holds what each name of a file means, and that both tables count.
func TestAFile(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	place := put(t, `
# what nobody can change
lang = "de"
allowed-clouds = [
  "global", # the usual one
  "usgov",
]
config-dir = "~/connectors"
client-id = "5F0C4A1E-7D3B-4C2A-9E8F-1B2C3D4E5F60"

[recommended]
theme = "dark"
notify = "off"
lang = "en"
`)
	got := readAll([]source{place}, now)
	from := place.place()
	want := []connector.PolicyValue{
		{Name: "lang", Text: "de", From: from, Locked: true},
		{Name: "allowed-clouds", List: []string{"global", "usgov"}, From: from, Locked: true},
		{Name: "config-dir", Text: filepath.Join(home, "connectors"), From: from, Locked: true},
		{Name: "client-id", Text: "5F0C4A1E-7D3B-4C2A-9E8F-1B2C3D4E5F60", From: from, Locked: true},
		{Name: "theme", Text: "dark", From: from},
		{Name: "notify", Text: "off", From: from},
		{Name: "lang", Text: "en", From: from},
	}
	if !reflect.DeepEqual(got.Values, want) || len(got.Problems) > 0 || !slices.Equal(got.Places, []string{from}) {
		t.Errorf("%+v", got)
	}
}

// TestWhatCannotBeUsed holds that it is told with its place, line, name and remedy, that the rest counts, and that no cloud is allowed wherever that
// could not be read.
func TestWhatCannotBeUsed(t *testing.T) {
	for name, c := range map[string]struct {
		text              string
		fault, line, says string
		closed            bool
	}{
		"an unknown name":           {"lang = \"de\"\nlangs = \"en\"", "unknown", "2", "lang, theme", false},
		"an unknown table":          {"lang = \"de\"\n[more]\nx = \"y\"", "unknown", "2", "[more]", false},
		"an unknown recommendation": {"lang = \"de\"\n[recommended]\nthemes = \"dark\"", "unknown", "3", "themes", false},
		"a number":                  {"lang = \"de\"\nlog = 3", "type", "2", "log", false},
		"a list for a text":         {"lang = \"de\"\nlog = [\"off\"]", "type", "2", "log", false},
		"no choice":                 {"lang = \"de\"\nlog = \"loud\"", "choice", "2", "off, info, debug", false},
		"nothing":                   {"lang = \"de\"\nlog = \" \"", "empty", "2", "log", false},
		"a relative path":           {"lang = \"de\"\nclouds = \"clouds.toml\"", "path", "2", "clouds.toml", false},
		"a wrong client ID":         {"lang = \"de\"\nclient-id = \"contoso\"", "client-id", "2", "client-id", false},
		"an unknown scope":          {"lang = \"de\"\nscopes = [\"Mail.Read\"]", "scope", "2", "Mail.Read", false},
		"a control character":       {"lang = \"de\"\nadmin-browser = \"a\\tb\"", "type", "2", "a?b", false},
		"a list that is a text":     {"lang = \"de\"\nallowed-clouds = \"global\"", "type", "2", "allowed-clouds", true},
		"no cloud at all":           {"lang = \"de\"\nallowed-clouds = []", "empty", "2", "allowed-clouds", true},
		"recommended clouds":        {"lang = \"de\"\n[recommended]\nallowed-clouds = [\"global\"]", "only-locked", "3", "allowed-clouds", true},
	} {
		t.Run(name, func(t *testing.T) {
			place := put(t, c.text)
			got := readAll([]source{place}, now)
			if len(got.Problems) == 0 {
				t.Fatal("nothing is told")
			}
			p := got.Problems[0]
			if p.Kind != connector.KindPolicy || p.Actor != connector.ActorComputer || p.Args["Place"] != place.place() || !p.At.Equal(now) {
				t.Errorf("%+v", p)
			}
			if !strings.HasPrefix(p.Raw, place.place()+":"+c.line+": ") {
				t.Errorf("the raw line is %q", p.Raw)
			}
			told := p.Args["Name"] + " " + p.Args["Value"] + " " + p.Args["Known"]
			if p.Args["Fault"] != c.fault || p.Args["Line"] != c.line || !strings.Contains(told, c.says) {
				t.Errorf("%v", p.Args)
			}
			if got.Lock("lang").Text != "de" {
				t.Error("the rest does not count")
			}
			clouds := got.Lock("allowed-clouds")
			if clouds.Locked != c.closed || len(clouds.List) > 0 || (p.Args["NoCloud"] != "") != c.closed {
				t.Errorf("clouds: %+v", clouds)
			}
		})
	}
}

// TestAnUnknownTable holds that it is told once, with the table that there is, and not again for each of its keys.
func TestAnUnknownTable(t *testing.T) {
	got := readAll([]source{put(t, "[recommendation]\nlang = \"de\"\nlog = \"off\"\n[recommended]\ntheme = \"dark\"")}, now)
	if len(got.Problems) != 1 || got.Problems[0].Args["Known"] != "[recommended]" {
		t.Errorf("%+v", got.Problems)
	}
	if theme, _ := got.Value("theme", false); len(got.Values) != 1 || theme.Text != "dark" {
		t.Errorf("%+v", got.Values)
	}
}

// TestACloudThatNobodyKnows holds that it is told, and that the problem says so where no cloud is left.
func TestACloudThatNobodyKnows(t *testing.T) {
	for text, closed := range map[string]bool{`["globall"]`: true, `["globall", "global"]`: false} {
		got := TellUnknownClouds(readAll([]source{put(t, "allowed-clouds = "+text)}, now), []string{"global", "usgov"}, now)
		if len(got.Problems) != 1 {
			t.Fatalf("%s: %+v", text, got.Problems)
		}
		if args := got.Problems[0].Args; args["Fault"] != "cloud" || args["Value"] != "globall" || (args["NoCloud"] != "") != closed {
			t.Errorf("%s: %v", text, args)
		}
	}
}

// TestAFileThatCannotBeRead holds that none of it counts, and that no cloud is allowed unless it surely says nothing of clouds.
func TestAFileThatCannotBeRead(t *testing.T) {
	folder := file{t.TempDir(), func(string) bool { return true }, parseTOML}
	loose := put(t, "allowed-clouds = [\"global\"]\nlang = \"de\"")
	loose.protected = func(string) bool { return false }
	for name, c := range map[string]struct {
		place  source
		fault  string
		closed bool
	}{
		"a folder":              {folder, "unreadable", true},
		"syntax":                {put(t, "lang = de"), "syntax", false},
		"syntax, with clouds":   {put(t, "allowed-clouds = [\"global\"\nlang = \"de\""), "syntax", true},
		"a key twice":           {put(t, "lang = \"de\"\nlang = \"en\""), "syntax", false},
		"not UTF-8":             {put(t, "lang = \"\xff\""), "syntax", true},
		"too large":             {put(t, "lang = \"de\"\n#"+strings.Repeat("x", maxFile)), "unreadable", true},
		"this account can":      {loose, "changeable", false},
		"a folder that is none": {file{filepath.Join(folder.path, "absent"), protectedFile, parseTOML}, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			got := readAll([]source{c.place}, now)
			if c.fault == "" {
				if len(got.Values) > 0 || len(got.Problems) > 0 {
					t.Errorf("%+v", got)
				}
				return
			}
			if len(got.Problems) != 1 || got.Problems[0].Args["Fault"] != c.fault {
				t.Fatalf("%+v", got.Problems)
			}
			if clouds := got.Lock("allowed-clouds"); clouds.Locked != c.closed || len(clouds.List) > 0 || got.Lock("lang").Locked {
				t.Errorf("%+v", got.Values)
			}
		})
	}
}

// TestTheFirstPlaceCounts holds the order of two places, for each strength alone.
func TestTheFirstPlaceCounts(t *testing.T) {
	first := put(t, "lang = \"de\"\n[recommended]\ntheme = \"dark\"")
	second := put(t, "lang = \"en\"\ntheme = \"light\"\n[recommended]\ntheme = \"light\"\nlog = \"off\"")
	got := readAll([]source{first, second}, now)
	texts := []string{}
	for _, v := range got.Values {
		texts = append(texts, v.Name+"="+v.Text)
	}
	if want := []string{"lang=de", "theme=dark", "theme=light", "log=off"}; !slices.Equal(texts, want) {
		t.Errorf("%q", texts)
	}
}

// TestAProfile reads what macOS makes of a configuration profile.
func TestAProfile(t *testing.T) {
	got := readAll([]source{profileOf(t, `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
	<key>AllowedClouds</key><array><string>global</string></array>
	<key>Theme</key><string>dark</string>
	<key>DailyCheck</key><true/>
	<key>PayloadUUID</key><string>5F0C4A1E-7D3B-4C2A-9E8F-1B2C3D4E5F60</string>
	<key>Strange</key><string>x</string>
	<key>Recommended</key><dict><key>Log</key><string>debug</string></dict>
</dict></plist>`)}, now)
	if clouds := got.Lock("allowed-clouds"); !slices.Equal(clouds.List, []string{"global"}) || got.Lock("theme").Text != "dark" {
		t.Errorf("%+v", got.Values)
	}
	if v, ok := got.Value("log", false); !ok || v.Text != "debug" {
		t.Errorf("%+v", got.Values)
	}
	faults := []string{}
	for _, p := range got.Problems {
		faults = append(faults, p.Args["Name"]+" "+p.Args["Fault"])
	}
	if want := []string{"DailyCheck type", "Strange unknown"}; !slices.Equal(faults, want) {
		t.Errorf("%q", faults)
	}
	broken := readAll([]source{profileOf(t, "<plist><dict>")}, now)
	if len(broken.Problems) != 1 || broken.Problems[0].Args["Fault"] != "syntax" || !broken.Lock("allowed-clouds").Locked {
		t.Errorf("%+v", broken)
	}
}

func profileOf(t *testing.T, text string) source {
	t.Helper()
	place := put(t, text)
	place.parse = parsePlist
	return place
}
