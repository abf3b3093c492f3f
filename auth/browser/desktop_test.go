package browser

import (
	"slices"
	"strings"
	"testing"
)

func TestParseExec(t *testing.T) {
	for line, want := range map[string]string{
		// Debian, Ubuntu, upstream.
		"/usr/bin/chromium %U":                                           "/usr/bin/chromium",
		"/usr/lib/firefox-esr/firefox-esr %u":                            "/usr/lib/firefox-esr/firefox-esr",
		"/usr/bin/google-chrome-stable %U":                               "/usr/bin/google-chrome-stable",
		"firefox -new-window %u":                                         "firefox",
		"firefox %u --class Firefox":                                     "firefox|--class|Firefox",
		"/usr/bin/brave-browser-stable --profile-directory=Default %U":   "/usr/bin/brave-browser-stable",
		"chrome --incognito --enable-features=A,B --user-data-dir=/x %U": "chrome|--enable-features=A,B",
		"firefox -P work --no-remote %u":                                 "firefox",
		"vivaldi-stable --name=%c --icon %i %k %%":                       "vivaldi-stable|--name=|--icon|%",
		// Flatpak.
		"/usr/bin/flatpak run --branch=stable --arch=x86_64 --command=/app/bin/chromium --file-forwarding org.chromium.Chromium @@u %U @@": "/usr/bin/flatpak|run|--branch=stable|--arch=x86_64|--command=/app/bin/chromium|org.chromium.Chromium",
		// Snap.
		"env BAMF_DESKTOP_FILE_HINT=/var/lib/snapd/desktop/applications/firefox_firefox.desktop /snap/bin/firefox %u": "/snap/bin/firefox",
		"/snap/bin/chromium %U":                           "/snap/bin/chromium",
		"/usr/bin/env -u X A=B -i C=D /snap/bin/brave %U": "/snap/bin/brave",
		// Quotes.
		`"/opt/My Browser/browser" --flag "a b" %u`: "/opt/My Browser/browser|--flag|a b",
		`"/opt/a\"b\\c\$d/e" %u`:                    `/opt/a"b\c$d/e`,
		`/opt/with\ blank/browser`:                  "/opt/with blank/browser",
		`browser --empty "" %u`:                     "browser|--empty|",
		"\tbrowser\t%u ":                            "browser",
	} {
		got, err := parseExec(line)
		if err != nil || strings.Join(got, "|") != want {
			t.Errorf("%s\ngot  %q, %v\nwant %q", line, got, err, want)
		}
	}
	for _, line := range []string{"", "   ", "%U", "env", "env A=B", `"unclosed`, `""`, "a\x00b"} {
		if got, err := parseExec(line); err == nil {
			t.Errorf("%q: got %q", line, got)
		}
	}
}

func FuzzParseExec(f *testing.F) {
	for _, seed := range []string{"/usr/bin/chromium %U", `"a b" c`, `env A="B C" d @@u %U @@`, `\`, `"\`, "%", "%%%u", "-P"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		words, err := parseExec(line)
		if err != nil {
			return
		}
		if len(words) == 0 || words[0] == "" {
			t.Fatalf("%q gave no executable", line)
		}
		for _, w := range words[1:] {
			if slices.Contains(unwanted, w) || strings.HasPrefix(w, "--user-data-dir=") {
				t.Fatalf("%q kept %q", line, w)
			}
		}
		if total := len(strings.Join(words, "")); total > len(line) {
			t.Fatalf("%q grew to %q", line, words)
		}
		// What was split, quoted again, splits the same way.
		var quoted []string
		for _, w := range words {
			w = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "%", "%%").Replace(w)
			quoted = append(quoted, `"`+w+`"`)
		}
		again, err := splitExec(strings.Join(quoted, " "))
		if err != nil || !slices.Equal(again, words) {
			t.Fatalf("%q: %q became %q, %v", line, words, again, err)
		}
	})
}

func TestParseDesktop(t *testing.T) {
	text := `# a comment
[Desktop Entry]
Version=1.0
Name=Chromium Web Browser
Name[de]=Chromium-Webbrowser
Exec = /usr/bin/chromium\s%U
Type=Application
MimeType=text/html;x-scheme-handler/http;x-scheme-handler/https;
Actions=new-private-window;

[Desktop Action new-private-window]
Name=New Incognito Window
Exec=/usr/bin/chromium --incognito
`
	e := parseDesktop(text)
	if e.name != "Chromium Web Browser" || e.exec != "/usr/bin/chromium %U" || !e.opensLinks() {
		t.Errorf("got %+v", e)
	}
	for change, with := range map[string]string{
		"Type=Application":         "Type=Link",
		"Version=1.0":              "Hidden=true",
		"x-scheme-handler/https;":  "",
		"Exec = ":                  "Other = ",
		"[Desktop Entry]":          "[Other]",
		"# a comment\n[Desktop En": "[Desktop Ex",
	} {
		if changed := strings.Replace(text, change, with, 1); changed == text || parseDesktop(changed).opensLinks() {
			t.Errorf("with %q it still opens links", with)
		}
	}
	if got := unescape(`a\sb\\sc\td`); got != "a b\\sc\td" {
		t.Errorf("escapes: %q", got)
	}
}

func TestCandidate(t *testing.T) {
	links := map[string]string{"/usr/local/bin/chromium": "/usr/bin/snap"}
	resolve := func(path string) string {
		if target, ok := links[path]; ok {
			return target
		}
		return path
	}
	for _, c := range []struct {
		command, key, name string
		id                 string
		family             Family
		packaging          Packaging
		called             string
	}{
		{"/usr/bin/google-chrome-stable", "google-chrome.desktop", "Google Chrome", "chrome", Chromium, Native, "Google Chrome"},
		{"/usr/lib/firefox-esr/firefox-esr", "firefox-esr.desktop", "Firefox ESR", "firefox-esr", Firefox, Native, "Firefox ESR"},
		{"/usr/bin/microsoft-edge-beta", "x.desktop", "", "edge-beta", Chromium, Native, "Microsoft Edge Beta"},
		{"/snap/bin/firefox", "firefox_firefox.desktop", "Firefox", "firefox", Firefox, Snap, "Firefox"},
		{"/var/lib/snapd/snap/bin/chromium", "c.desktop", "Chromium", "chromium", Chromium, Snap, "Chromium"},
		{"/usr/local/bin/chromium", "", "", "chromium", Chromium, Snap, "Chromium"},
		{"/usr/bin/flatpak run --branch=stable com.microsoft.Edge", "e.desktop", "Edge", "edge", Chromium, Flatpak, "Edge"},
		{"flatpak run org.gnome.Epiphany", "org.gnome.Epiphany.desktop", "Web", "org-gnome-epiphany", Other, Flatpak, "Web"},
		{"/usr/bin/falkon", "org.kde.falkon.desktop", "Falkon", "org-kde-falkon", Other, Native, "Falkon"},
		{"/snap/bin/unknown", "u.desktop", "U", "u", Other, Snap, "U"},
	} {
		got := candidate{key: c.key, name: c.name, command: strings.Fields(c.command)}.browser(resolve)
		if got.ID != c.id || got.Family != c.family || got.Packaging != c.packaging || got.Name != c.called {
			t.Errorf("%s: got %+v", c.command, got)
		}
	}
	for command, want := range map[string]bool{
		"sh -c x": true, "/bin/bash -c y": true, "chrome --app-id=z": true, "chrome --app=https://x": true, "chrome": false, "flatpak run x": false,
	} {
		if got := unusable(strings.Fields(command)); got != want {
			t.Errorf("%s: unusable is %v", command, got)
		}
	}
}

func TestExecTarget(t *testing.T) {
	for script, want := range map[string]string{
		"#!/bin/sh\nFIREFOX=x\n[ -x \"$F\" ] && exec \"$F\" \"$@\"\n\nexec firefox-esr \"$@\"\n":          "firefox-esr",
		"#!/bin/sh\nif ! [ -x /snap/bin/firefox ]; then\n  exit 1\nfi\n\nexec /snap/bin/firefox \"$@\"\n": "/snap/bin/firefox",
		"#! /bin/bash\n  exec '/x/chrome'\n":                         "",
		"#!/bin/bash\nexec -a \"$0\" \"$HERE/chrome\" \"$@\"\n":      "",
		"#!/bin/sh\nexec \"/usr/bin/brave-browser-stable\" \"$@\"\n": "/usr/bin/brave-browser-stable",
		"#!/bin/sh\nexec something-else\n":                           "",
		"\x7fELF exec firefox\n":                                     "",
		"":                                                           "",
	} {
		if got, _ := execTarget(script); got != want {
			t.Errorf("%q: got %q, want %q", script, got, want)
		}
	}
}
