package browser

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestWhatAProfileTells has the files that Chromium 156 and Firefox ESR 153 had in their profiles.
func TestWhatAProfileTells(t *testing.T) {
	const address = "http://localhost:40001/start/ZYXWVUTSRQPONMLKJIHGFE"
	for name, c := range map[string]struct {
		family Family
		files  []string
		want   Kept
	}{
		"Chromium, private":                {Chromium, []string{"Default/History=SQLite", "Default/Preferences={}", "Local State={}"}, KeptNothing},
		"Chromium, a guest's":              {Chromium, []string{"Default/History=SQLite", "Guest Profile/History=SQLite"}, KeptNothing},
		"Chromium, ordinary":               {Chromium, []string{"Default/History=SQLite", "Default/Sessions/Session_134=..http://localhost:40001/start/Z.."}, KeptPages},
		"Chromium, a little later":         {Chromium, []string{"Default/History=..http://localhost:40001/start/Z.."}, KeptPages},
		"Chromium, another profile":        {Chromium, []string{"Default/History=SQLite", "Profile 1/Sessions/Session_134=..ZYXWVUTSRQPONMLKJIHGFE.."}, KeptPages},
		"Chromium, another page":           {Chromium, []string{"Default/History=SQLite", "Default/Sessions/Session_134=..http://localhost:40002/.."}, KeptUnknown},
		"Chromium, not begun":              {Chromium, nil, KeptUnknown},
		"Chromium, profile kept elsewhere": {Chromium, []string{"Local State={}"}, KeptUnknown},
		"Firefox, private":                 {Firefox, []string{"prefs.js=user_pref", "cookies.sqlite=SQLite"}, KeptNothing},
		"Firefox, ordinary":                {Firefox, []string{"prefs.js=user_pref", "sessionstore-backups/recovery.jsonlz4=mozLz40..ZYXWVUTSRQPONMLKJIHGFE.."}, KeptPages},
		"Firefox, another page":            {Firefox, []string{"prefs.js=user_pref", "sessionstore-backups/recovery.jsonlz4=mozLz40"}, KeptUnknown},
		"Firefox, not begun":               {Firefox, []string{"user.js=user_pref"}, KeptUnknown},
		"nothing that is known":            {Other, []string{"Default/History=SQLite"}, KeptUnknown},
	} {
		dir := t.TempDir()
		for _, file := range c.files {
			path, text, _ := strings.Cut(file, "=")
			path = filepath.Join(dir, path)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		if got := c.family.definition().traces.in(dir, marksOf(address)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestMarksOfAnAddress(t *testing.T) {
	for address, want := range map[string][]string{
		"http://localhost:40001/start/ZYXWVUTSRQPONMLKJIHGFE": {"localhost:40001", "ZYXWVUTSRQPONMLKJIHGFE"},
		"http://localhost:40001/start/short":                  {"localhost:40001"},
		"https://login.example/":                              nil,
		"::":                                                  nil,
	} {
		if got := marksOf(address); !slices.Equal(got, want) {
			t.Errorf("%s: %q", address, got)
		}
	}
}
