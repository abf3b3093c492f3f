package browser

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// desk is a host below a directory: executables in bin, desktop files in home and system.
type desk struct {
	t    *testing.T
	root string
}

func (d desk) write(path, text string, mode os.FileMode) string {
	d.t.Helper()
	path = filepath.Join(d.root, path)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), mode)); err != nil {
		d.t.Fatal(err)
	}
	return path
}

func (d desk) program(name string) string { return d.write("bin/"+name, "\x7fELF", 0o755) }

func (d desk) entry(path, name, exec string, more ...string) {
	d.write(path, "[Desktop Entry]\nType=Application\nName="+name+"\nExec="+exec+
		"\nMimeType=text/html;x-scheme-handler/https;\n"+strings.Join(more, "\n")+"\n", 0o644)
}

func (d desk) host(answers map[string]string) host {
	env := map[string]string{"XDG_DATA_DIRS": filepath.Join(d.root, "system") + ":relative"}
	return host{
		env:  func(name string) string { return env[name] },
		home: filepath.Join(d.root, "home"),
		look: func(name string) (string, error) {
			if !filepath.IsAbs(name) {
				name = filepath.Join(d.root, "bin", name)
			}
			info, err := os.Stat(name)
			if err == nil && info.Mode()&0o111 == 0 {
				err = fs.ErrPermission
			}
			return name, err
		},
		ask: func(_ context.Context, command ...string) string { return answers[command[0]] },
		etc: filepath.Join(d.root, "etc"),
	}
}

func found(t *testing.T, h host) []Browser {
	t.Helper()
	all, err := h.browsers(background)
	if err != nil {
		t.Fatal(err)
	}
	return recommend(unique(all))
}

func TestDiscover(t *testing.T) {
	d := desk{t, t.TempDir()}
	d.program("chromium")
	d.program("firefox-esr")
	d.program("epiphany")
	d.program("flatpak")
	d.write("bin/firefox", "#!/bin/sh\nexec firefox-esr \"$@\"\n", 0o755)
	d.write("bin/chromium-browser", "#!/bin/sh\nexec /nowhere/snap/bin/chromium \"$@\"\n", 0o755)
	d.write("bin/brave-browser", "", 0o644)
	d.entry("system/applications/chromium.desktop", "Chromium Web Browser", "chromium %U")
	d.entry("system/applications/firefox-esr.desktop", "Firefox ESR", "firefox-esr %u")
	d.entry("system/applications/org.gnome.Epiphany.desktop", "Web", "epiphany %u")
	d.entry("system/applications/brave.desktop", "Brave", "brave-browser %u")
	d.entry("system/applications/gone.desktop", "Gone", "gone %u")
	d.entry("system/applications/tried.desktop", "Tried", "chromium %u", "TryExec=gone")
	d.entry("system/applications/hidden.desktop", "Hidden", "chromium %u", "Hidden=true")
	d.entry("system/applications/shell.desktop", "Shell", "sh -c 'x %u'")
	d.entry("home/.local/share/flatpak/exports/share/applications/com.google.Chrome.desktop", "Google Chrome",
		"flatpak run --branch=stable --file-forwarding com.google.Chrome @@u %U @@")

	all := found(t, d.host(map[string]string{"xdg-mime": "firefox-esr.desktop"}))
	if got := ids(all); got != "firefox-esr chrome chromium org-gnome-epiphany" {
		t.Errorf("got %s", got)
	}
	esr, chrome := all[0], all[1]
	if !esr.Default || esr.Name != "Firefox ESR" || esr.Command[0] != filepath.Join(d.root, "bin", "firefox-esr") {
		t.Errorf("Firefox ESR: %+v", esr)
	}
	if chrome.Packaging != Flatpak || strings.Join(chrome.Command[1:], " ") != "run --branch=stable com.google.Chrome" {
		t.Errorf("Chrome: %+v", chrome)
	}
}

func TestDiscoverWithoutADesktop(t *testing.T) {
	d := desk{t, t.TempDir()}
	d.program("chromium")
	d.program("firefox-esr")
	d.write("bin/firefox", "#!/bin/sh\nexec firefox-esr \"$@\"\n", 0o755)
	all := found(t, d.host(nil))
	if got := ids(all); got != "chromium firefox-esr" || all[1].Name != "Firefox ESR" {
		t.Errorf("got %+v", all)
	}
	alone := desk{t, t.TempDir()}
	alone.write("bin/chromium-browser", "#!/bin/sh\nexec /nowhere/snap/bin/chromium \"$@\"\n", 0o755)
	if all := found(t, alone.host(nil)); len(all) != 0 {
		t.Errorf("a script without its snap: got %+v", all)
	}
	empty := desk{t, t.TempDir()}
	if all := found(t, empty.host(nil)); len(all) != 0 {
		t.Errorf("nothing there: got %+v", all)
	}
}

func TestTheAccountsDesktopFileHidesTheSystems(t *testing.T) {
	d := desk{t, t.TempDir()}
	d.program("falkon")
	d.entry("system/applications/kde/falkon.desktop", "Falkon", "falkon %u")
	d.entry("home/.local/share/applications/kde-falkon.desktop", "Mine", "falkon --mine %u")
	all := found(t, d.host(map[string]string{"xdg-settings": "kde-falkon.desktop"}))
	if len(all) != 1 || all[0].Name != "Mine" || !all[0].Default {
		t.Errorf("got %+v", all)
	}
}

func TestPolicyFiles(t *testing.T) {
	const forbidden, allowed = `{"IncognitoModeAvailability":1,/* as asked for */}`, `{"IncognitoModeAvailability":0}`
	const firefoxForbids, firefoxElse = `{"policies":{"DisablePrivateBrowsing":true}}`, `{"policies":{"DisableTelemetry":true}}`
	for name, c := range map[string]struct {
		program, files string
		want           Policy
		from           string
	}{
		"an ending":                   {"chromium", "chromium/policies/managed/10.json " + forbidden, PolicyForbidsPrivate, "10.json"},
		"none":                        {"chromium", "chromium/policies/managed/10 " + forbidden, PolicyForbidsPrivate, "10"},
		"a copy":                      {"chromium", "chromium/policies/managed/10.json.bak " + forbidden, PolicyForbidsPrivate, "10.json.bak"},
		"a hidden file":               {"chromium", "chromium/policies/managed/.10.swp " + forbidden, PolicyForbidsPrivate, ".10.swp"},
		"two":                         {"chromium", "chromium/policies/managed/10 " + forbidden + "\nchromium/policies/managed/20 {\"BrowserGuestModeEnabled\":false}", PolicyForbidsBoth, "20 10"},
		"a broken one beside it":      {"chromium", "chromium/policies/managed/10 " + forbidden + "\nchromium/policies/managed/20 {", PolicyForbidsPrivate, "10"},
		"the last one counts":         {"chromium", "chromium/policies/managed/10 " + forbidden + "\nchromium/policies/managed/20 " + allowed, PolicyUnknown, ""},
		"capital letters come first":  {"chromium", "chromium/policies/managed/B " + forbidden + "\nchromium/policies/managed/a " + allowed, PolicyUnknown, ""},
		"recommended":                 {"chromium", "chromium/policies/recommended/10 " + forbidden, PolicyForbidsPrivate, "10"},
		"managed counts more":         {"chromium", "chromium/policies/recommended/10 " + forbidden + "\nchromium/policies/managed/10 " + allowed, PolicyUnknown, ""},
		"a folder below":              {"chromium", "chromium/policies/managed/more/10.json " + forbidden, PolicyUnknown, ""},
		"the folder above":            {"chromium", "chromium/policies/10.json " + forbidden, PolicyUnknown, ""},
		"Ubuntu's":                    {"chromium", "chromium-browser/policies/managed/10 " + forbidden, PolicyForbidsPrivate, "10"},
		"another browser's":           {"chromium", "opt/chrome/policies/managed/10 " + forbidden, PolicyUnknown, ""},
		"Chrome":                      {"google-chrome", "opt/chrome/policies/managed/10 " + forbidden, PolicyForbidsPrivate, "10"},
		"Chrome Beta":                 {"google-chrome-beta", "opt/chrome/policies/managed/10 " + forbidden, PolicyForbidsPrivate, "10"},
		"Edge":                        {"microsoft-edge", "opt/edge/policies/managed/10 {\"InPrivateModeAvailability\":1}", PolicyForbidsPrivate, "10"},
		"Brave":                       {"brave", "brave/policies/managed/10 " + forbidden, PolicyForbidsPrivate, "10"},
		"Vivaldi":                     {"vivaldi", "vivaldi/policies/managed/10 " + forbidden, PolicyForbidsPrivate, "10"},
		"Vivaldi as Chromium":         {"vivaldi", "chromium/policies/managed/10 " + forbidden, PolicyForbidsPrivate, "10"},
		"Opera":                       {"opera", "opt/opera/policies/managed/10 " + forbidden, PolicyForbidsPrivate, "10"},
		"a profile's place":           {"chromium", "chromium/policies/managed/10 {\"UserDataDir\":\"/x\"}", PolicyUnknown, ""},
		"Firefox":                     {"firefox", "firefox/policies/policies.json " + firefoxForbids, PolicyForbidsPrivate, "policies.json"},
		"Firefox ESR":                 {"firefox-esr", "firefox/policies/policies.json " + firefoxForbids, PolicyForbidsPrivate, "policies.json"},
		"not Firefox ESR's":           {"firefox-esr", "firefox-esr/policies/policies.json " + firefoxForbids, PolicyUnknown, ""},
		"another ending":              {"firefox", "firefox/policies/policies.jsonc " + firefoxForbids, PolicyUnknown, ""},
		"beside Firefox":              {"firefox", "../bin/distribution/policies.json " + firefoxForbids, PolicyForbidsPrivate, "policies.json"},
		"the system's alone":          {"firefox", "../bin/distribution/policies.json " + firefoxForbids + "\nfirefox/policies/policies.json " + firefoxElse, PolicyUnknown, ""},
		"the system's, even broken":   {"firefox", "../bin/distribution/policies.json " + firefoxForbids + "\nfirefox/policies/policies.json {", PolicyUnknown, ""},
		"LibreWolf":                   {"librewolf", "librewolf/policies/policies.json " + firefoxForbids, PolicyForbidsPrivate, "policies.json"},
		"Firefox's, not LibreWolf's":  {"librewolf", "firefox/policies/policies.json " + firefoxForbids, PolicyUnknown, ""},
		"beside LibreWolf, its maker": {"librewolf", "../bin/distribution/policies.json " + firefoxForbids, PolicyForbidsPrivate, "policies.json"},
	} {
		t.Run(name, func(t *testing.T) {
			d := desk{t, t.TempDir()}
			d.program(c.program)
			for file := range strings.SplitSeq(c.files, "\n") {
				path, text, _ := strings.Cut(file, " ")
				d.write("etc/"+path, text, 0o644)
			}
			all := found(t, d.host(nil))
			if len(all) != 1 || all[0].Policy != c.want {
				t.Fatalf("got %+v, want %s", all, c.want)
			}
			var from []string
			for _, one := range all[0].PolicyFrom {
				_, path, _ := strings.Cut(strings.TrimSuffix(one, ")"), " (")
				from = append(from, filepath.Base(path))
			}
			if got := strings.Join(from, " "); got != c.from {
				t.Errorf("from %q, want %q", got, c.from)
			}
		})
	}
}

// TestPoliciesThatAreNoFiles: a pipe in the folder must not hold up the search, and a link is read as Chromium reads it.
func TestPoliciesThatAreNoFiles(t *testing.T) {
	d := desk{t, t.TempDir()}
	d.program("chromium")
	target := d.write("elsewhere", `{"IncognitoModeAvailability":1}`, 0o644)
	folder := filepath.Dir(d.write("etc/chromium/policies/managed/10", `{}`, 0o644))
	if err := errors.Join(syscall.Mkfifo(filepath.Join(folder, "20"), 0o600), os.Symlink(target, filepath.Join(folder, "30"))); err != nil {
		t.Fatal(err)
	}
	if all := found(t, d.host(nil)); len(all) != 1 || all[0].Policy != PolicyForbidsPrivate {
		t.Errorf("got %+v", all)
	}
	flatpak := Browser{ID: "chromium", Family: Chromium, Packaging: Flatpak}
	if got := d.host(nil).governed(flatpak).Policy; got != PolicyUnknown {
		t.Errorf("Flatpak: %s", got)
	}
}

func TestAsk(t *testing.T) {
	d := desk{t, t.TempDir()}
	good := d.write("good", "#!/bin/sh\necho one\necho two\n", 0o755)
	bad := d.write("bad", "#!/bin/sh\necho one\nexit 3\n", 0o755)
	slow := d.write("slow", "#!/bin/sh\nsleep 30 &\nsleep 30\n", 0o755)
	if got := ask(background, good, "x"); got != "one" {
		t.Errorf("good: %q", got)
	}
	if got := ask(background, bad); got != "" {
		t.Errorf("bad: %q", got)
	}
	if got := ask(background, filepath.Join(d.root, "missing")); got != "" {
		t.Errorf("missing: %q", got)
	}
	ctx, cancel := context.WithTimeout(background, 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	if got := ask(ctx, slow); got != "" || time.Since(start) > 4*time.Second {
		t.Errorf("slow: %q after %v", got, time.Since(start))
	}
}

func TestInstalledHere(t *testing.T) {
	all, err := New(Config{}).Installed(background)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, b := range all {
		if b.ID == "" || b.Name == "" || len(b.Command) == 0 || !filepath.IsAbs(b.Command[0]) || seen[b.ID] {
			t.Errorf("bad find %+v", b)
		}
		seen[b.ID] = true
	}
	cancelled, cancel := context.WithCancel(background)
	cancel()
	if _, err := New(Config{}).Installed(cancelled); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
