package browser

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const quiet = " --no-first-run --no-default-browser-check --disable-sync --disable-search-engine-choice-screen" +
	" --hide-crash-restore-bubble --disable-breakpad --disable-features=Translate"

func TestArguments(t *testing.T) {
	system := map[string]string{"linux": " --password-store=basic", "darwin": " --use-mock-keychain", "windows": ""}
	private := map[string]string{
		"chrome": "--incognito", "chrome-beta": "--incognito", "chromium": "--incognito", "chromium-snap": "--incognito",
		"brave": "--incognito", "vivaldi": "--incognito", "edge": "--inprivate", "edge-dev": "--inprivate", "opera": "--private",
	}
	for goos := range system {
		for id, flag := range private {
			flags := system[goos]
			if strings.HasPrefix(id, "edge") && goos == "windows" {
				flags = " --edge-skip-compat-layer-relaunch"
			}
			for mode, window := range map[Mode]string{ModePrivate: " " + flag, ModeGuest: " " + flag + " --guest", ModePlain: ""} {
				want := "--user-data-dir=DIR" + window + quiet + flags + " URL"
				checkArguments(t, launch{family: Chromium, id: id, goos: goos, mode: mode, profile: "DIR", url: "URL"}, want)
				sandbox := strings.TrimSuffix(want, " URL") + " --no-sandbox URL"
				checkArguments(t, launch{Chromium, id, goos, mode, "DIR", "URL", true}, sandbox)
			}
		}
		for _, id := range []string{"firefox", "firefox-esr", "librewolf", "waterfox", "floorp", "zen"} {
			extra := map[string]string{"linux": "", "darwin": " -foreground", "windows": " -wait-for-browser -foreground"}[goos]
			for _, mode := range []Mode{ModePrivate, ModePlain} {
				checkArguments(t, launch{Firefox, id, goos, mode, "DIR", "URL", true}, "-profile DIR -new-instance"+extra+" URL")
			}
		}
		if got := (launch{family: Other, id: "safari", goos: goos, mode: ModePlain, url: "URL"}).args(); got != nil {
			t.Errorf("other on %s: got %q", goos, got)
		}
	}
}

func checkArguments(t *testing.T, l launch, want string) {
	t.Helper()
	got := l.args()
	if strings.Join(got, " ") != want {
		t.Errorf("%s on %s, %s:\ngot  %s\nwant %s", l.id, l.goos, l.mode, strings.Join(got, " "), want)
	}
	for _, never := range []string{"--app", "--remote-debugging", "--enable-automation", "--disable-web-security", "-private-window"} {
		if slices.ContainsFunc(got, func(arg string) bool { return strings.HasPrefix(arg, never) }) {
			t.Errorf("%s on %s: %s", l.id, l.goos, never)
		}
	}
}

func TestEnvironment(t *testing.T) {
	if got := environment(Firefox); !slices.Equal(got, []string{"MOZ_CRASHREPORTER_DISABLE=1"}) {
		t.Errorf("Firefox: %q", got)
	}
	if got := environment(Chromium); got != nil {
		t.Errorf("Chromium: %q", got)
	}
}

func TestUserJS(t *testing.T) {
	always := []string{
		`user_pref("browser.aboutwelcome.enabled", false);`,
		`user_pref("browser.startup.homepage_override.mstone", "ignore");`,
		`user_pref("startup.homepage_welcome_url", "about:blank");`,
		`user_pref("startup.homepage_welcome_url.additional", "");`,
		`user_pref("browser.startup.page", 0);`,
		`user_pref("signon.rememberSignons", false);`,
		`user_pref("places.history.enabled", false);`,
		`user_pref("security.enterprise_roots.enabled", true);`,
		`user_pref("dom.allow_scripts_to_close_windows", true);`,
	}
	for mode, want := range map[Mode][]string{
		ModePrivate: {
			`user_pref("browser.privatebrowsing.autostart", true);`,
			`user_pref("network.http.windows-sso.enabled", false);`,
			`user_pref("network.http.microsoft-entra-sso.enabled", false);`,
		},
		ModePlain: {
			`user_pref("browser.privatebrowsing.autostart", false);`,
			`user_pref("network.http.windows-sso.enabled", true);`,
			`user_pref("network.http.microsoft-entra-sso.enabled", true);`,
		},
	} {
		lines := strings.Split(strings.TrimSuffix(userJS(mode), "\n"), "\n")
		for _, line := range append(want, always...) {
			if !slices.Contains(lines, line) {
				t.Errorf("%s: no %s", mode, line)
			}
		}
		extra := map[Mode]int{ModePrivate: 4, ModePlain: 3}[mode]
		if len(lines) != len(prefs)+extra {
			t.Errorf("%s: %d lines", mode, len(lines))
		}
	}
}

func TestPrepare(t *testing.T) {
	for _, c := range []struct {
		family Family
		mode   Mode
		file   string
	}{
		{Firefox, ModePrivate, "user.js"},
		{Firefox, ModePlain, "user.js"},
		{Chromium, ModePlain, filepath.Join("Default", "Preferences")},
		{Chromium, ModePrivate, ""},
		{Chromium, ModeGuest, ""},
	} {
		dir := t.TempDir()
		if err := prepare(c.family, c.mode, dir); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		if c.file == "" {
			if len(entries) != 0 {
				t.Errorf("%s, %s: %v", c.family, c.mode, entries)
			}
			continue
		}
		if absent(filepath.Join(dir, c.file)) {
			t.Errorf("%s, %s: no %s", c.family, c.mode, c.file)
		}
	}
}
