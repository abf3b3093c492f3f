package browser

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// The names are written out here: a product that lost one would not be found on a computer that nobody has at hand.

func TestTheOrderOfRecommendation(t *testing.T) {
	want := "chrome edge brave chromium vivaldi opera chrome-beta chrome-dev chrome-canary edge-beta edge-dev edge-canary" +
		" firefox firefox-esr firefox-developer firefox-nightly librewolf waterfox floorp zen safari"
	var got []string
	for _, p := range products {
		got = append(got, p.id)
	}
	if strings.Join(got, " ") != want {
		t.Errorf("got %v", got)
	}
}

func TestProductsAreKnownByTheirNamesOnLinux(t *testing.T) {
	for _, tc := range []struct {
		by   string
		find func(string) (product, bool)
		want map[string]string
	}{
		{"executable", byExecutable, map[string]string{
			"google-chrome-stable": "chrome", "google-chrome": "chrome", "microsoft-edge-stable": "edge", "microsoft-edge": "edge",
			"brave-browser-stable": "brave", "brave-browser": "brave", "brave": "brave",
			"chromium": "chromium", "chromium-browser": "chromium", "ungoogled-chromium": "chromium",
			"vivaldi-stable": "vivaldi", "vivaldi": "vivaldi", "opera": "opera", "opera-stable": "opera",
			"google-chrome-beta": "chrome-beta", "google-chrome-unstable": "chrome-dev", "google-chrome-canary": "chrome-canary",
			"microsoft-edge-beta": "edge-beta", "microsoft-edge-dev": "edge-dev", "microsoft-edge-canary": "edge-canary",
			"firefox": "firefox", "firefox-esr": "firefox-esr",
			"firefox-developer-edition": "firefox-developer", "firefox-devedition": "firefox-developer", "firefox-nightly": "firefox-nightly",
			"librewolf": "librewolf", "waterfox": "waterfox", "floorp": "floorp", "zen-browser": "zen", "zen": "zen",
			"/usr/bin/firefox": "firefox", "epiphany": "", "": "",
		}},
		{"Flatpak", byFlatpak, map[string]string{
			"com.google.Chrome": "chrome", "com.microsoft.Edge": "edge", "com.brave.Browser": "brave", "org.chromium.Chromium": "chromium",
			"io.github.ungoogled_software.ungoogled_chromium": "chromium", "com.vivaldi.Vivaldi": "vivaldi", "com.opera.Opera": "opera",
			"com.google.ChromeDev": "chrome-dev", "org.mozilla.firefox": "firefox", "io.gitlab.librewolf-community": "librewolf",
			"net.waterfox.waterfox": "waterfox", "one.ablaze.floorp": "floorp", "app.zen_browser.zen": "zen", "org.gnome.Epiphany": "", "": "",
		}},
		{"snap", bySnap, map[string]string{
			"brave": "brave", "chromium": "chromium", "vivaldi": "vivaldi", "opera": "opera", "firefox": "firefox", "chrome": "", "": "",
		}},
		{"bundle", byBundle, map[string]string{
			"com.google.Chrome": "chrome", "com.microsoft.edgemac": "edge", "com.brave.Browser": "brave", "org.chromium.Chromium": "chromium",
			"com.vivaldi.Vivaldi": "vivaldi", "com.operasoftware.Opera": "opera", "com.google.Chrome.beta": "chrome-beta",
			"com.google.Chrome.dev": "chrome-dev", "com.google.Chrome.canary": "chrome-canary", "com.microsoft.edgemac.Beta": "edge-beta",
			"com.microsoft.edgemac.Dev": "edge-dev", "com.microsoft.edgemac.Canary": "edge-canary", "org.mozilla.firefox": "firefox",
			"org.mozilla.firefoxdeveloperedition": "firefox-developer", "org.mozilla.nightly": "firefox-nightly",
			"io.gitlab.librewolf-community": "librewolf", "org.mozilla.librewolf": "librewolf", "net.waterfox.waterfox": "waterfox",
			"one.ablaze.floorp": "floorp", "org.mozilla.floorp": "floorp", "app.zen-browser.zen": "zen", "com.apple.Safari": "safari", "": "",
		}},
	} {
		for name, want := range tc.want {
			if got, ok := tc.find(name); got.id != want || ok != (want != "") {
				t.Errorf("%s %q: got %q, want %q", tc.by, name, got.id, want)
			}
		}
	}
}

func TestProductsAreKnownByTheirPathsOnWindows(t *testing.T) {
	for path, want := range map[string]string{
		`C:\P\Google\Chrome\Application\chrome.exe`: "chrome", `C:\P\Google\Chrome Beta\Application\chrome.exe`: "chrome-beta",
		`C:\P\Google\Chrome Dev\Application\chrome.exe`: "chrome-dev", `C:\P\Google\Chrome SxS\Application\chrome.exe`: "chrome-canary",
		`C:\P\Chromium\Application\chrome.exe`: "chromium", `C:\P\Microsoft\Edge\Application\msedge.exe`: "edge",
		`C:\P\Microsoft\Edge Beta\Application\msedge.exe`: "edge-beta", `C:\P\Microsoft\Edge Dev\Application\msedge.exe`: "edge-dev",
		`C:\P\Microsoft\Edge SxS\Application\msedge.exe`: "edge-canary", `C:\P\BraveSoftware\Brave-Browser\Application\brave.exe`: "brave",
		`C:\P\Vivaldi\Application\vivaldi.exe`: "vivaldi", `C:\P\Opera\opera.exe`: "opera", `C:\P\Mozilla Firefox\firefox.exe`: "firefox",
		`C:\P\Firefox Developer Edition\firefox.exe`: "firefox-developer", `C:\P\Firefox Nightly\firefox.exe`: "firefox-nightly",
		`C:\P\LibreWolf\librewolf.exe`: "librewolf", `C:\P\Waterfox\waterfox.exe`: "waterfox", `C:\P\Floorp\floorp.exe`: "floorp",
		`C:\P\Zen Browser\zen.exe`: "zen", "chrome.exe": "chromium", `C:\P\Google\Chrome\Application\other.exe`: "",
	} {
		if got, ok := byWindowsPath(path); got.id != want || ok != (want != "") {
			t.Errorf("%s: got %q, want %q", path, got.id, want)
		}
	}
}

func TestWhereThePoliciesOfProductsAre(t *testing.T) {
	chrome, edge := `Google\Chrome`, `Microsoft\Edge`
	wantKeys := map[string]string{
		"chrome": chrome, "chrome-beta": chrome, "chrome-dev": chrome, "chrome-canary": chrome,
		"edge": edge, "edge-beta": edge, "edge-dev": edge, "edge-canary": edge,
		"brave": `BraveSoftware\Brave`, "chromium": "Chromium", "vivaldi": "Vivaldi", "opera": `Opera Software\Opera`,
		"firefox": `Mozilla\Firefox`, "firefox-esr": `Mozilla\Firefox`, "firefox-developer": `Mozilla\Firefox`, "firefox-nightly": `Mozilla\Firefox`,
		"librewolf": `Mozilla\LibreWolf`, "waterfox": `Mozilla\Waterfox`, "floorp": `Mozilla\Floorp`, "zen": `Mozilla\Zen`,
	}
	inChrome, inEdge, inFirefox := "/etc/opt/chrome/policies", "/etc/opt/edge/policies", "/etc/firefox/policies"
	wantFolders := map[string]string{
		"chrome": inChrome, "chrome-beta": inChrome, "chrome-dev": inChrome, "chrome-canary": inChrome,
		"edge": inEdge, "edge-beta": inEdge, "edge-dev": inEdge, "edge-canary": inEdge,
		"brave": "/etc/brave/policies", "chromium": "/etc/chromium/policies /etc/chromium-browser/policies",
		"vivaldi": "/etc/chromium/policies /etc/vivaldi/policies /etc/opt/vivaldi/policies",
		"opera":   "/etc/chromium/policies /etc/opera/policies /etc/opt/opera/policies",
		"firefox": inFirefox, "firefox-esr": inFirefox, "firefox-developer": inFirefox, "firefox-nightly": inFirefox,
		"librewolf": "/etc/librewolf/policies", "waterfox": "/etc/waterfox/policies", "floorp": "/etc/floorp/policies", "zen": "/etc/zen/policies",
	}
	keys, folders := map[string]string{}, map[string]string{}
	for _, p := range products {
		if p.registry != "" {
			keys[p.id] = p.registry
		}
		if len(p.policies) > 0 {
			folders[p.id] = strings.Join(p.policies, " ")
		}
	}
	if !maps.Equal(keys, wantKeys) {
		t.Errorf("keys: %v", keys)
	}
	if !maps.Equal(folders, wantFolders) {
		t.Errorf("folders: %v", folders)
	}
}

func TestNamesAndFamiliesOfProducts(t *testing.T) {
	want := map[string]string{
		"chrome": "Google Chrome", "edge": "Microsoft Edge", "brave": "Brave", "chromium": "Chromium", "vivaldi": "Vivaldi", "opera": "Opera",
		"chrome-beta": "Google Chrome Beta", "chrome-dev": "Google Chrome Dev", "chrome-canary": "Google Chrome Canary",
		"edge-beta": "Microsoft Edge Beta", "edge-dev": "Microsoft Edge Dev", "edge-canary": "Microsoft Edge Canary",
		"firefox": "Firefox", "firefox-esr": "Firefox ESR", "firefox-developer": "Firefox Developer Edition",
		"firefox-nightly": "Firefox Nightly", "librewolf": "LibreWolf", "waterfox": "Waterfox", "floorp": "Floorp", "zen": "Zen Browser",
		"safari": "Safari",
	}
	wantApps := map[string]string{
		"chrome": "Google Chrome|Google Chrome", "edge": "Microsoft Edge|Microsoft Edge", "brave": "Brave Browser|Brave Browser",
		"chromium": "Chromium|Chromium", "vivaldi": "Vivaldi|Vivaldi", "opera": "Opera|Opera", "firefox": "Firefox|firefox",
		"librewolf": "LibreWolf|librewolf", "waterfox": "Waterfox|waterfox", "floorp": "Floorp|floorp", "zen": "Zen|zen", "safari": "Safari|Safari",
	}
	gecko := []string{"firefox", "firefox-esr", "firefox-developer", "firefox-nightly", "librewolf", "waterfox", "floorp", "zen"}
	got, apps := map[string]string{}, map[string]string{}
	for _, p := range products {
		got[p.id] = p.name
		if p.app != "" {
			apps[p.id] = p.app + "|" + p.inner
		}
		family := Chromium
		if slices.Contains(gecko, p.id) {
			family = Firefox
		}
		if p.id == "safari" {
			family = Other
		}
		if p.family != family {
			t.Errorf("%s is of %s, want %s", p.id, p.family, family)
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("names: %v", got)
	}
	if !maps.Equal(apps, wantApps) {
		t.Errorf("applications: %v", apps)
	}
}

func TestInstallationsOfOneProduct(t *testing.T) {
	for id, want := range map[string]string{
		"firefox-snap": "firefox", "firefox-flatpak": "firefox", "firefox-esr": "firefox-esr", "snap": "", "-snap": "", "firefox-native": "",
	} {
		if p, ok := byID(id); p.id != want || ok != (want != "") {
			t.Errorf("%s is %q, want %q", id, p.id, want)
		}
	}
	for id, want := range map[string]int{"chrome": 0, "edge-flatpak": 1, "firefox": 12, "safari": 20, "epiphany": 21} {
		if got := rank(id); got != want {
			t.Errorf("%s has rank %d, want %d", id, got, want)
		}
	}
}

func TestChoose(t *testing.T) {
	safari, firefox := Browser{ID: "safari", Family: Other}, Browser{ID: "firefox", Family: Firefox}
	chrome := Browser{ID: "chrome", Family: Chromium, Policy: PolicyForbidsBoth}
	none := Browser{ID: "", Name: "without an ID", Family: Other}
	for _, tc := range []struct {
		all  []Browser
		id   string
		want string
	}{
		{[]Browser{safari, firefox, chrome}, "", "firefox"},
		{[]Browser{safari, firefox, chrome}, "chrome", "chrome"},
		{[]Browser{safari, firefox, chrome}, "safari", "safari"},
		{[]Browser{safari, firefox, chrome}, "gone", "firefox"},
		{[]Browser{none, chrome}, "", "chrome"},
		{[]Browser{safari}, "", ""},
		{nil, "chrome", ""},
	} {
		if got := Choose(tc.all, tc.id); got.ID != tc.want || got.Name != "" {
			t.Errorf("%v, %q: got %+v, want %q", tc.all, tc.id, got, tc.want)
		}
	}
	for want, b := range map[Mode]Browser{
		ModePrivate: firefox, ModePlain: chrome, "": safari, ModeGuest: {Family: Chromium, Policy: PolicyForbidsPrivate},
	} {
		if got := FirstMode(b); got != want {
			t.Errorf("%s: got %q, want %q", b.ID, got, want)
		}
	}
}
