package browser

import "strings"

// launch is one start of a browser in a throw-away profile.
type launch struct {
	family    Family
	id        string
	goos      string
	mode      Mode
	profile   string
	url       string
	noSandbox bool
}

// args are the arguments after the executable; nil where the family offers no private window. There is never an --app (it hides
// the address, which people must see) and never a debugging port.
func (l launch) args() []string {
	switch l.family {
	case Chromium:
		return l.chromium()
	case Firefox:
		return l.firefox()
	default:
		return nil
	}
}

func (l launch) chromium() []string {
	args := append([]string{"--user-data-dir=" + l.profile}, l.chromiumMode()...)
	args = append(
		args,
		"--no-first-run",
		"--no-default-browser-check",
		"--disable-sync",
		"--disable-search-engine-choice-screen",
		"--hide-crash-restore-bubble",
		"--disable-breakpad",
		"--disable-features=Translate",
	)
	return append(append(args, l.chromiumSystem()...), l.url)
}

// chromiumMode are the flags of the rung. With both flags Chromium takes the guest window, or the private one where policy forbids
// guests: one of the two that keep the operating system's account out.
func (l launch) chromiumMode() []string {
	switch l.mode {
	case ModePrivate:
		return []string{l.privateFlag()}
	case ModeGuest:
		return []string{l.privateFlag(), "--guest"}
	default:
		return nil
	}
}

func (l launch) privateFlag() string {
	switch id, _, _ := strings.Cut(l.id, "-"); id {
	case "edge":
		return "--inprivate"
	case "opera":
		return "--private"
	default:
		return "--incognito"
	}
}

// chromiumSystem are the flags of the operating system. Without the keychain flags a dialog of the keychain stands in the way of
// the page; without Edge's the first process passes the address on and ends.
func (l launch) chromiumSystem() []string {
	var args []string
	switch l.goos {
	case "linux":
		args = append(args, "--password-store=basic")
	case "darwin":
		args = append(args, "--use-mock-keychain")
	case "windows":
		if l.privateFlag() == "--inprivate" {
			args = append(args, "--edge-skip-compat-layer-relaunch")
		}
	}
	if l.noSandbox {
		args = append(args, "--no-sandbox")
	}
	return args
}

// firefox has no flag for the rung: private browsing is switched on by the profile's preferences, because Firefox refuses to load
// the address of a -private-window where policy forbids it.
func (l launch) firefox() []string {
	args := []string{"-profile", l.profile, "-new-instance"}
	if l.goos == "windows" {
		args = append(args, "-wait-for-browser")
	}
	if l.goos == "windows" || l.goos == "darwin" {
		args = append(args, "-foreground")
	}
	return append(args, l.url)
}

// windowArgs are the arguments that open url in a window of the browser's own, everyday profile.
func windowArgs(f Family, url string) []string {
	if f == Other {
		return []string{url}
	}
	return []string{"--new-window", url}
}

// environment is what the browser gets beside our own environment.
func environment(f Family) []string {
	if f == Firefox {
		return []string{"MOZ_CRASHREPORTER_DISABLE=1"}
	}
	return nil
}
