package browser

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTheWholeUserJS(t *testing.T) {
	want := `user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("startup.homepage_welcome_url", "about:blank");
user_pref("startup.homepage_welcome_url.additional", "");
user_pref("browser.startup.page", 0);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);
user_pref("termsofuse.bypassNotification", true);
user_pref("app.normandy.enabled", false);
user_pref("signon.rememberSignons", false);
user_pref("browser.formfill.enable", false);
user_pref("places.history.enabled", false);
user_pref("browser.sessionstore.resume_from_crash", false);
user_pref("browser.cache.disk.enable", false);
user_pref("security.enterprise_roots.enabled", true);
user_pref("identity.fxaccounts.enabled", false);
user_pref("dom.allow_scripts_to_close_windows", true);
user_pref("browser.tabs.warnOnClose", false);
user_pref("browser.warnOnQuit", false);
user_pref("browser.privatebrowsing.autostart", true);
user_pref("network.http.windows-sso.enabled", false);
user_pref("network.http.microsoft-entra-sso.enabled", false);
user_pref("browser.sessionstore.interval", 1000);
`
	if got := userJS(ModePrivate); got != want {
		t.Errorf("got:\n%s", got)
	}
}

func TestWhatIsPreparedIsPrivate(t *testing.T) {
	for _, tc := range []struct {
		family Family
		file   string
		want   string
	}{
		{Chromium, filepath.Join("Default", "Preferences"), `{"credentials_enable_service":false,"profile":{"password_manager_enabled":false}}`},
		{Firefox, "user.js", userJS(ModePlain)},
	} {
		dir := t.TempDir()
		if err := prepare(tc.family, ModePlain, dir); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(dir, tc.file))
		if err != nil || string(text) != tc.want {
			t.Errorf("%s: %q, %v", tc.family, text, err)
		}
		if runtime.GOOS == "windows" {
			continue
		}
		for path, want := range map[string]fs.FileMode{filepath.Join(dir, tc.file): 0o600, filepath.Join(dir, "Default"): 0o700} {
			if info, err := os.Stat(path); err == nil && info.Mode().Perm() != want {
				t.Errorf("%s has mode %o, want %o", path, info.Mode().Perm(), want)
			}
		}
		// What is there already is nobody's new profile.
		if err := prepare(tc.family, ModePlain, dir); tc.family == Chromium && !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s, a second time: %v", tc.family, err)
		}
	}
	if err := prepare(Chromium, ModePrivate, filepath.Join(t.TempDir(), "absent")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no profile: %v, want %v", err, fs.ErrNotExist)
	}
}

func TestWindowOfTheEverydayProfile(t *testing.T) {
	for family, want := range map[Family]string{Chromium: "--new-window URL", Firefox: "--new-window URL", Other: "URL"} {
		if got := strings.Join(windowArgs(family, "URL"), " "); got != want {
			t.Errorf("%s: %s, want %s", family, got, want)
		}
	}
}

func TestTheModesAreNobodysToChange(t *testing.T) {
	modes := Chromium.Modes()
	if !slices.Equal(modes, []Mode{ModePrivate, ModeGuest, ModePlain}) {
		t.Errorf("got %v", modes)
	}
	clear(modes)
	if got := FirstMode(Browser{Family: Chromium}); got != ModePrivate {
		t.Errorf("the table says %q now", got)
	}
}

func TestNamesOfPolicies(t *testing.T) {
	want := []string{
		"BrowserGuestModeEnabled", "BrowserSignin", "DisablePrivateBrowsing", "InPrivateModeAvailability", "IncognitoEnabled", "IncognitoModeAvailability", "IncognitoModeUrlBlocklist",
		"MandatoryExtensionsForInPrivateNavigation", "MandatoryExtensionsForIncognitoNavigation", "Preferences", "PrivateBrowsingModeAvailability", "UserDataDir",
	}
	if got := slices.Sorted(slices.Values(policyNames)); !slices.Equal(got, want) {
		t.Errorf("looked at: %q", got)
	}
	if got := slices.Sorted(slices.Values(policyLists)); !slices.Equal(got, want[6:9]) {
		t.Errorf("lists: %q", got)
	}
}

func TestValuesOfPolicies(t *testing.T) {
	s := settings{"true": true, "false": false, "float": 2.0, "registry": uint64(3), "text": "x", "empty": "", "list": []any{1}, "none": []any{}}
	for name, want := range map[string]int{"true": 1, "false": 0, "float": 2, "registry": 3} {
		if got, set := s.number(name); got != want || !set || !s.is(name, want) || s.is(name, want+1) {
			t.Errorf("%s: %d, %v", name, got, set)
		}
	}
	for _, name := range []string{"text", "list", "absent"} {
		if got, set := s.number(name); got != 0 || set || s.is(name, 0) {
			t.Errorf("%s is a number: %d", name, got)
		}
	}
	for name, want := range map[string]bool{"text": true, "empty": false, "list": true, "none": false, "true": false, "absent": false} {
		if got := s.filled(name); got != want {
			t.Errorf("%s is filled: %v", name, got)
		}
	}
	if b := foundAt("", settings{"UserDataDir": ""}).elsewhere(Browser{Family: Chromium, Policy: PolicyUnknown}); b.Family != Chromium || b.Policy != PolicyUnknown {
		t.Errorf("an empty place of profiles: %+v", b)
	}
}

// TestLimits holds the numbers that the comments promise: Close takes 11 s at most.
func TestLimits(t *testing.T) {
	for _, tc := range []struct {
		name      string
		got, want time.Duration
	}{
		{"each way of ending a browser", endLimit, 3 * time.Second},
		{"removing a profile", removeLimit, 5 * time.Second},
		{"a process that passes its address on", relaunchLimit, 10 * time.Second},
		{"a folder that nobody signed", unsigned, 10 * time.Minute},
		{"an opener without a word", New(Config{}).grace, 2 * time.Second},
	} {
		if tc.got != tc.want {
			t.Errorf("%s: %v, want %v", tc.name, tc.got, tc.want)
		}
	}
	for lived, want := range map[time.Duration]bool{10*time.Second - 1: true, 10 * time.Second: false} {
		if got := handedOver("windows", 0, lived); got != want {
			t.Errorf("ended after %v: handed over is %v", lived, got)
		}
	}
}

func TestAFolderThatNobodySignedIsKeptForTenMinutes(t *testing.T) {
	root := t.TempDir()
	f := made(t, root, nil)
	info, err := os.Stat(f.path)
	if err != nil {
		t.Fatal(err)
	}
	l := rehearsed(root)
	for _, tc := range []struct {
		age  time.Duration
		kept bool
	}{{10*time.Minute - 1, true}, {10 * time.Minute, false}} {
		l.now = func() time.Time { return info.ModTime().Add(tc.age) }
		if err := l.Sweep(); err != nil {
			t.Fatal(err)
		}
		if got := !absent(f.path); got != tc.kept {
			t.Errorf("after %v it is kept: %v", tc.age, got)
		}
	}
}

func TestPlacesOfOtherSystems(t *testing.T) {
	for _, goos := range []string{"windows", "darwin"} {
		home := t.TempDir()
		if err := os.MkdirAll(filepath.Join(home, "snap", "firefox", "common"), 0o700); err != nil {
			t.Fatal(err)
		}
		p := places{goos: goos, home: home, temp: "/temp", env: func(string) string { return "" }}
		if got := p.all(); !slices.Equal(got, []string{"/temp"}) {
			t.Errorf("%s: %q", goos, got)
		}
		p.root = "/root"
		if got := p.all(); !slices.Equal(got, []string{"/root"}) {
			t.Errorf("%s with a root: %q", goos, got)
		}
	}
	if snapName(nil) != "" || flatpakApp([]string{"flatpak", "run", "--x"}) != "" || flatpakApp([]string{"flatpak", "run"}) != "" {
		t.Error("a command without a name has one")
	}
}
