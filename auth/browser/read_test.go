package browser

import (
	"strings"
	"testing"
)

// TestFlagsThatChooseAProfileOrAWindow: one that stayed in a command would open the person's own profile, or no private window.
func TestFlagsThatChooseAProfileOrAWindow(t *testing.T) {
	for _, flag := range []string{
		"--incognito", "--inprivate", "--private", "--guest", "--new-window", "-new-window", "--new-tab", "-new-tab",
		"--private-window", "-private-window", "-private", "--no-remote", "-no-remote", "--new-instance", "-new-instance",
		"-osint", "-url", "--url", "--", "@@", "@@u", "--file-forwarding",
		"-P work", "-p work", "--profile work", "-profile work",
		"--user-data-dir=/x", "--profile-directory=Default", "--profile=/x", "--url=about:blank",
		"-P",
	} {
		got, err := parseExec("browser --before " + flag + " --after")
		want := "browser --before --after"
		if flag == "-P" {
			want = "browser --before"
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s: %q, %v, want %s", flag, got, err, want)
		}
	}
	for _, flag := range []string{"--class", "--incognito-not", "--profiles", "-Px", "--user-data-dir"} {
		if got, err := parseExec("browser " + flag); err != nil || strings.Join(got, " ") != "browser "+flag {
			t.Errorf("%s: %q, %v", flag, got, err)
		}
	}
}

func TestApplicationsOfFlatpak(t *testing.T) {
	for command, want := range map[string]string{
		"flatpak run org.x": "org.x", "flatpak run --a -b org.x --c org.y": "org.x", "flatpak org.x": "", "org.x": "",
	} {
		if got := flatpakApp(strings.Fields(command)); got != want {
			t.Errorf("%s: got %q, want %q", command, got, want)
		}
	}
	for command, want := range map[string]Packaging{
		"flatpak run org.x": Flatpak, "/usr/bin/flatpak run org.x": Flatpak, "flatpak run": Native, "flatpak list org.x": Native, "other run org.x": Native,
		"/snap/bin/x": Snap, "/var/lib/snapd/snap/bin/x": Snap, "/snap/binx": Native,
	} {
		if got := packaging(strings.Fields(command), func(path string) string { return path }); got != want {
			t.Errorf("%s: got %s, want %s", command, got, want)
		}
	}
}

func TestNamesOnMacOS(t *testing.T) {
	for _, tc := range []struct{ path, bundle, name, want string }{
		{"/Applications/Edge 2.app", "com.microsoft.edgemac", "", "Microsoft Edge"},
		{"/Applications/Edge 2.app", "com.microsoft.edgemac", "Mein Edge.app", "Mein Edge"},
		{"/Applications/Some Thing.app", "org.example.thing", "", "Some Thing"},
	} {
		b := macApp{Path: tc.path, Bundle: tc.bundle, Executable: "x", Name: tc.name}.browser("/Applications/Safari.app")
		if b.Name != tc.want || b.Default || b.Packaging != Native {
			t.Errorf("%+v: got %+v", tc, b)
		}
	}
}
