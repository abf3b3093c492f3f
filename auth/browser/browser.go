package browser

import "slices"

// Packaging says how the browser was installed, which decides where its throw-away profile may lie.
type Packaging string

// The kinds of packaging.
const (
	Native  Packaging = "native"
	Snap    Packaging = "snap"
	Flatpak Packaging = "flatpak"
)

// Policy is what the computer's policies say about private windows, as far as they can be read here.
type Policy string

// The answers. PolicyUnknown also covers policies that are managed in the cloud.
const (
	PolicyUnknown        Policy = "unknown"
	PolicyForbidsPrivate Policy = "forbids-private"
	PolicyForbidsBoth    Policy = "forbids-private-and-guest"
)

// Browser is one installed browser.
type Browser struct {
	// ID is stable between starts: "chrome", "edge", "chromium", "brave", "vivaldi", "opera", "firefox", "firefox-esr" …
	ID string
	// Name is what the system calls it ("Microsoft Edge").
	Name      string
	Family    Family
	Packaging Packaging
	// Command is the executable and its leading arguments (flatpak run ID).
	Command []string
	// Default says that the system opens links with it.
	Default bool
	Policy  Policy
	// PolicyFrom are the policies that make it so, each with its place.
	PolicyFrom []string
}

// Mode is a rung of the ladder: how the window is kept apart, best first. Every mode uses a new throw-away profile directory.
type Mode string

// The rungs. ModePlain is the directory alone, without private mode: the operating system's account may sign in by itself there.
const (
	ModePrivate Mode = "private"
	ModeGuest   Mode = "guest"
	ModePlain   Mode = "plain"
)

// Modes returns the rungs that b offers under its policies, best first; none for Other, and none for no browser at all.
func (b Browser) Modes() []Mode { return slices.DeleteFunc(b.Family.Modes(), b.Policy.forbids) }

func (p Policy) forbids(m Mode) bool {
	switch m {
	case ModePrivate:
		return p != PolicyUnknown && p != ""
	case ModeGuest:
		return p == PolicyForbidsBoth
	default:
		return false
	}
}

// Exit says how a private window ended.
type Exit struct {
	// Code is the exit status; -1 when it was ended by a signal.
	Code int
	// HandedOver says that the process only passed the address on (Windows: exit code 38 or a known relaunch), so that its end
	// says nothing about the window.
	HandedOver bool
}
