package browser

import (
	"slices"
	"testing"
)

func TestCommandPath(t *testing.T) {
	for line, want := range map[string]string{
		`"C:\Program Files\Google\Chrome\Application\chrome.exe"`:                    `C:\Program Files\Google\Chrome\Application\chrome.exe`,
		`"C:\Program Files\Mozilla Firefox\firefox.exe" -osint -url "%1"`:            `C:\Program Files\Mozilla Firefox\firefox.exe`,
		`C:\Program Files\Internet Explorer\iexplore.exe`:                            `C:\Program Files\Internet Explorer\iexplore.exe`,
		`C:\Users\a\AppData\Local\Vivaldi\Application\vivaldi.EXE --single-argument`: `C:\Users\a\AppData\Local\Vivaldi\Application\vivaldi.EXE`,
		`C:\odd.exefile\x.exe -a`:                                                    `C:\odd.exefile\x.exe`,
		`"C:\never closed`:                                                           "",
		`no program`:                                                                 "",
		``:                                                                           "",
		`""`:                                                                         "",
	} {
		if got := commandPath(line); got != want {
			t.Errorf("%s: got %s, want %s", line, got, want)
		}
	}
}

func FuzzCommandPath(f *testing.F) {
	f.Add(`"a" b`)
	f.Add(`c:\x.exe y`)
	f.Add("\u0130.exe")
	f.Fuzz(func(t *testing.T, line string) {
		if got := commandPath(line); len(got) > len(line) {
			t.Fatalf("%q grew to %q", line, got)
		}
	})
}

func TestWindowsBrowser(t *testing.T) {
	const programs = `C:\Program Files\`
	for _, c := range []struct {
		name, exe string
		id        string
		family    Family
		called    string
	}{
		{"Google Chrome", programs + `Google\Chrome\Application\chrome.exe`, "chrome", Chromium, "Google Chrome"},
		{"", programs + `Google\Chrome Beta\Application\chrome.exe`, "chrome-beta", Chromium, "Google Chrome Beta"},
		{"", `C:\Users\a\AppData\Local\Google\Chrome SxS\Application\chrome.exe`, "chrome-canary", Chromium, "Google Chrome Canary"},
		{"Chromium", `C:\Users\a\AppData\Local\Chromium\Application\chrome.exe`, "chromium", Chromium, "Chromium"},
		{"Microsoft Edge", `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`, "edge", Chromium, "Microsoft Edge"},
		{"@{Edge}", `C:\X\Microsoft\Edge Dev\Application\MSEDGE.EXE`, "edge-dev", Chromium, "Microsoft Edge Dev"},
		{"Brave", programs + `BraveSoftware\Brave-Browser\Application\brave.exe`, "brave", Chromium, "Brave"},
		{"Mozilla Firefox", programs + `Mozilla Firefox\firefox.exe`, "firefox", Firefox, "Mozilla Firefox"},
		{"", programs + `Firefox Developer Edition\firefox.exe`, "firefox-developer", Firefox, "Firefox Developer Edition"},
		{"Arc", `C:\Arc\Arc.exe`, "arc", Other, "Arc"},
		{"", `C:\Some\Thing.exe`, "thing", Other, "thing"},
	} {
		b, ok := windowsBrowser(registered{c.name, c.exe}, `c:\arc\ARC.exe`)
		if !ok || b.ID != c.id || b.Family != c.family || b.Name != c.called || b.Default != (c.id == "arc") {
			t.Errorf("%s: got %+v, %v", c.exe, b, ok)
		}
		if len(b.Command) != 1 || b.Command[0] != c.exe {
			t.Errorf("%s: command %q", c.exe, b.Command)
		}
	}
	for _, none := range []string{"", programs + `Internet Explorer\iexplore.exe`, `C:\Windows\System32\OpenWith.exe`} {
		if b, ok := windowsBrowser(registered{"x", none}, ""); ok {
			t.Errorf("%s: got %+v", none, b)
		}
	}
}

func TestParseJXA(t *testing.T) {
	got, err := parseJXA([]byte(`{"default":"/Applications/Safari.app/","apps":[
		{"path":"/Applications/Safari.app","bundle":"com.apple.Safari","executable":"Safari","name":"Safari.app","policies":{}},
		{"path":"/Applications/Google Chrome.app","bundle":"com.google.Chrome","executable":"Google Chrome","name":"Google Chrome",
		 "policies":{"IncognitoModeAvailability":1,"BrowserGuestModeEnabled":0},"places":{"IncognitoModeAvailability":"/a","BrowserGuestModeEnabled":"/b"}},
		{"path":"/Applications/Microsoft Edge.app","bundle":"com.microsoft.edgemac","executable":"Microsoft Edge","name":"",
		 "policies":{"UserDataDir":"/x"},"places":{"UserDataDir":"/p"}},
		{"path":"/Users/a/Applications/Firefox.app","bundle":"org.mozilla.firefox","executable":"firefox","name":"Firefox",
		 "policies":{"DisablePrivateBrowsing":true,"EnterprisePoliciesEnabled":true},"places":{"DisablePrivateBrowsing":"/Library/Managed Preferences/org.mozilla.firefox.plist"}},
		{"path":"/Applications/Waterfox.app","bundle":"net.waterfox.waterfox","executable":"waterfox","name":"Waterfox",
		 "policies":{"DisablePrivateBrowsing":true}},
		{"path":"/Applications/Arc.app","bundle":"company.thebrowser.Browser","executable":"Arc","name":""},
		{"path":"relative","bundle":"x","executable":"x"},{"path":"/a","bundle":"","executable":"x"},{"path":"/a","bundle":"x","executable":""}
	]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Browser{
		{ID: "safari", Name: "Safari", Family: Other, Default: true, Policy: PolicyUnknown, Command: []string{"/Applications/Safari.app/Contents/MacOS/Safari"}},
		{ID: "chrome", Name: "Google Chrome", Family: Chromium, Policy: PolicyForbidsBoth, Command: []string{"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"}, PolicyFrom: []string{"BrowserGuestModeEnabled (/b)", "IncognitoModeAvailability (/a)"}},
		{ID: "edge", Name: "Microsoft Edge", Family: Other, Policy: PolicyUnknown, Command: []string{"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"}, PolicyFrom: []string{"UserDataDir (/p)"}},
		{ID: "firefox", Name: "Firefox", Family: Firefox, Policy: PolicyForbidsPrivate, Command: []string{"/Users/a/Applications/Firefox.app/Contents/MacOS/firefox"}, PolicyFrom: []string{"DisablePrivateBrowsing (/Library/Managed Preferences/org.mozilla.firefox.plist)"}},
		{ID: "waterfox", Name: "Waterfox", Family: Firefox, Policy: PolicyUnknown, Command: []string{"/Applications/Waterfox.app/Contents/MacOS/waterfox"}},
		{ID: "company-thebrowser-browser", Name: "Arc", Family: Other, Policy: PolicyUnknown, Command: []string{"/Applications/Arc.app/Contents/MacOS/Arc"}},
	}
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i, w := range want {
		g := got[i]
		if g.ID != w.ID || g.Name != w.Name || g.Family != w.Family || g.Default != w.Default || g.Policy != w.Policy || g.Command[0] != w.Command[0] || !slices.Equal(g.PolicyFrom, w.PolicyFrom) {
			t.Errorf("got %+v\nwant %+v", g, w)
		}
	}
	if _, err := parseJXA([]byte("execution error")); err == nil {
		t.Error("an error of the script is no list")
	}
}
