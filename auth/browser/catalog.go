package browser

import (
	"path"
	"strings"
)

// product is a browser that is known by name: how it is recognized on each system, and where its policies are.
type product struct {
	id, name string
	family   Family
	// unix are the names of its executables on PATH.
	unix []string
	// exe is its executable on Windows, folder a part of the path that tells it from others with the same executable.
	exe, folder string
	// bundles are its bundle identifiers on macOS; app and inner its usual application and executable there.
	bundles    []string
	app, inner string
	// flatpaks are its application IDs; snap its snap.
	flatpaks []string
	snap     string
	// registry is its key below SOFTWARE\Policies; policies its folders of policies on Linux: all that it may read, where its maker
	// does not say which, since a window that could have been private harms nobody.
	registry string
	policies []string
}

const (
	chromeKey  = `Google\Chrome`
	edgeKey    = `Microsoft\Edge`
	firefoxKey = `Mozilla\Firefox`
)

var (
	chromePolicies      = []string{"/etc/opt/chrome/policies"}
	edgePolicies        = []string{"/etc/opt/edge/policies"}
	firefoxPolicyFolder = []string{"/etc/firefox/policies"}
)

// products are in the order in which they are recommended for a private window: Chromium's family first, because it starts and
// ends faster and uses the certificates and the proxy of the system.
var products = []product{
	{
		id: "chrome", name: "Google Chrome", family: Chromium,
		unix: []string{"google-chrome-stable", "google-chrome"}, exe: "chrome.exe", folder: `\google\chrome\`,
		bundles: []string{"com.google.chrome"}, app: "Google Chrome", inner: "Google Chrome",
		flatpaks: []string{"com.google.Chrome"}, registry: chromeKey, policies: chromePolicies,
	},
	{
		id: "edge", name: "Microsoft Edge", family: Chromium,
		unix: []string{"microsoft-edge-stable", "microsoft-edge"}, exe: "msedge.exe",
		bundles: []string{"com.microsoft.edgemac"}, app: "Microsoft Edge", inner: "Microsoft Edge",
		flatpaks: []string{"com.microsoft.Edge"}, registry: edgeKey, policies: edgePolicies,
	},
	{
		id: "brave", name: "Brave", family: Chromium,
		unix: []string{"brave-browser-stable", "brave-browser", "brave"}, exe: "brave.exe",
		bundles: []string{"com.brave.browser"}, app: "Brave Browser", inner: "Brave Browser",
		flatpaks: []string{"com.brave.Browser"}, snap: "brave",
		registry: `BraveSoftware\Brave`, policies: []string{"/etc/brave/policies"},
	},
	{
		id: "chromium", name: "Chromium", family: Chromium,
		unix: []string{"chromium", "chromium-browser", "ungoogled-chromium"}, exe: "chrome.exe",
		bundles: []string{"org.chromium.chromium"}, app: "Chromium", inner: "Chromium",
		flatpaks: []string{"org.chromium.Chromium", "io.github.ungoogled_software.ungoogled_chromium"}, snap: "chromium",
		registry: `Chromium`, policies: []string{"/etc/chromium/policies", "/etc/chromium-browser/policies"},
	},
	{
		id: "vivaldi", name: "Vivaldi", family: Chromium,
		unix: []string{"vivaldi-stable", "vivaldi"}, exe: "vivaldi.exe",
		bundles: []string{"com.vivaldi.vivaldi"}, app: "Vivaldi", inner: "Vivaldi",
		flatpaks: []string{"com.vivaldi.Vivaldi"}, snap: "vivaldi",
		registry: `Vivaldi`, policies: []string{"/etc/chromium/policies", "/etc/vivaldi/policies", "/etc/opt/vivaldi/policies"},
	},
	{
		id: "opera", name: "Opera", family: Chromium,
		unix: []string{"opera", "opera-stable"}, exe: "opera.exe",
		bundles: []string{"com.operasoftware.opera"}, app: "Opera", inner: "Opera",
		flatpaks: []string{"com.opera.Opera"}, snap: "opera",
		registry: `Opera Software\Opera`, policies: []string{"/etc/chromium/policies", "/etc/opera/policies", "/etc/opt/opera/policies"},
	},
	{
		id: "chrome-beta", name: "Google Chrome Beta", family: Chromium,
		unix: []string{"google-chrome-beta"}, exe: "chrome.exe", folder: `\google\chrome beta\`,
		bundles: []string{"com.google.chrome.beta"}, registry: chromeKey, policies: chromePolicies,
	},
	{
		id: "chrome-dev", name: "Google Chrome Dev", family: Chromium,
		unix: []string{"google-chrome-unstable"}, exe: "chrome.exe", folder: `\google\chrome dev\`,
		bundles: []string{"com.google.chrome.dev"}, flatpaks: []string{"com.google.ChromeDev"},
		registry: chromeKey, policies: chromePolicies,
	},
	{
		id: "chrome-canary", name: "Google Chrome Canary", family: Chromium,
		unix: []string{"google-chrome-canary"}, exe: "chrome.exe", folder: `\google\chrome sxs\`,
		bundles: []string{"com.google.chrome.canary"}, registry: chromeKey, policies: chromePolicies,
	},
	{
		id: "edge-beta", name: "Microsoft Edge Beta", family: Chromium,
		unix: []string{"microsoft-edge-beta"}, exe: "msedge.exe", folder: `\microsoft\edge beta\`,
		bundles: []string{"com.microsoft.edgemac.beta"}, registry: edgeKey, policies: edgePolicies,
	},
	{
		id: "edge-dev", name: "Microsoft Edge Dev", family: Chromium,
		unix: []string{"microsoft-edge-dev"}, exe: "msedge.exe", folder: `\microsoft\edge dev\`,
		bundles: []string{"com.microsoft.edgemac.dev"}, registry: edgeKey, policies: edgePolicies,
	},
	{
		id: "edge-canary", name: "Microsoft Edge Canary", family: Chromium,
		unix: []string{"microsoft-edge-canary"}, exe: "msedge.exe", folder: `\microsoft\edge sxs\`,
		bundles: []string{"com.microsoft.edgemac.canary"}, registry: edgeKey, policies: edgePolicies,
	},
	{
		id: "firefox", name: "Firefox", family: Firefox,
		unix: []string{"firefox"}, exe: "firefox.exe",
		bundles: []string{"org.mozilla.firefox"}, app: "Firefox", inner: "firefox",
		flatpaks: []string{"org.mozilla.firefox"}, snap: "firefox", registry: firefoxKey, policies: firefoxPolicyFolder,
	},
	{
		id: "firefox-esr", name: "Firefox ESR", family: Firefox,
		unix: []string{"firefox-esr"}, registry: firefoxKey, policies: firefoxPolicyFolder,
	},
	{
		id: "firefox-developer", name: "Firefox Developer Edition", family: Firefox,
		unix: []string{"firefox-developer-edition", "firefox-devedition"}, exe: "firefox.exe", folder: `\firefox developer edition\`,
		bundles: []string{"org.mozilla.firefoxdeveloperedition"}, registry: firefoxKey, policies: firefoxPolicyFolder,
	},
	{
		id: "firefox-nightly", name: "Firefox Nightly", family: Firefox,
		unix: []string{"firefox-nightly"}, exe: "firefox.exe", folder: `\firefox nightly\`,
		bundles: []string{"org.mozilla.nightly"}, registry: firefoxKey, policies: firefoxPolicyFolder,
	},
	{
		id: "librewolf", name: "LibreWolf", family: Firefox,
		unix: []string{"librewolf"}, exe: "librewolf.exe",
		bundles: []string{"io.gitlab.librewolf-community", "org.mozilla.librewolf"}, app: "LibreWolf", inner: "librewolf",
		flatpaks: []string{"io.gitlab.librewolf-community"}, registry: `Mozilla\LibreWolf`, policies: []string{"/etc/librewolf/policies"},
	},
	{
		id: "waterfox", name: "Waterfox", family: Firefox,
		unix: []string{"waterfox"}, exe: "waterfox.exe",
		bundles: []string{"net.waterfox.waterfox"}, app: "Waterfox", inner: "waterfox",
		flatpaks: []string{"net.waterfox.waterfox"}, registry: `Mozilla\Waterfox`, policies: []string{"/etc/waterfox/policies"},
	},
	{
		id: "floorp", name: "Floorp", family: Firefox,
		unix: []string{"floorp"}, exe: "floorp.exe",
		bundles: []string{"one.ablaze.floorp", "org.mozilla.floorp"}, app: "Floorp", inner: "floorp",
		flatpaks: []string{"one.ablaze.floorp"}, registry: `Mozilla\Floorp`, policies: []string{"/etc/floorp/policies"},
	},
	{
		id: "zen", name: "Zen Browser", family: Firefox,
		unix: []string{"zen-browser", "zen"}, exe: "zen.exe",
		bundles: []string{"app.zen-browser.zen"}, app: "Zen", inner: "zen",
		flatpaks: []string{"app.zen_browser.zen"}, registry: `Mozilla\Zen`, policies: []string{"/etc/zen/policies"},
	},
	{
		id: "safari", name: "Safari", family: Other,
		bundles: []string{"com.apple.safari"}, app: "Safari", inner: "Safari",
	},
}

// rank is the product's place in the order of recommendation; what is not known comes last.
func rank(id string) int {
	for i, p := range products {
		if p.id == baseID(id) {
			return i
		}
	}
	return len(products)
}

// baseID is a browser's ID without the packaging that tells two installations of one product apart.
func baseID(id string) string {
	for _, p := range []Packaging{Snap, Flatpak} {
		id = strings.TrimSuffix(id, "-"+string(p))
	}
	return id
}

func byID(id string) (product, bool) {
	return find(func(p product) bool { return p.id == baseID(id) })
}

// byExecutable finds the product of an executable's name on Linux.
func byExecutable(name string) (product, bool) {
	return find(func(p product) bool { return contains(p.unix, path.Base(name)) })
}

func byFlatpak(app string) (product, bool) {
	return find(func(p product) bool { return contains(p.flatpaks, app) })
}

func bySnap(snap string) (product, bool) {
	return find(func(p product) bool { return p.snap != "" && p.snap == snap })
}

func byBundle(bundle string) (product, bool) {
	return find(func(p product) bool { return contains(p.bundles, bundle) })
}

// byWindowsPath finds the product of an executable on Windows. Several products call theirs chrome.exe, msedge.exe or firefox.exe,
// so a folder that fits decides before the bare name does.
func byWindowsPath(exe string) (product, bool) {
	exe = strings.ToLower(exe)
	name := exe[strings.LastIndex(exe, `\`)+1:]
	p, ok := find(func(p product) bool { return p.exe == name && p.folder != "" && strings.Contains(exe, p.folder) })
	if ok {
		return p, true
	}
	return find(func(p product) bool { return p.exe == name && p.folder == "" })
}

func find(match func(product) bool) (product, bool) {
	for _, p := range products {
		if match(p) {
			return p, true
		}
	}
	return product{}, false
}

// contains compares without regard to case: bundle identifiers and application IDs are written in more than one way.
func contains(names []string, name string) bool {
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

// IDs returns the IDs of all browsers that are known by name.
func IDs() []string {
	ids := make([]string, 0, len(products))
	for _, p := range products {
		ids = append(ids, p.id)
	}
	return ids
}
