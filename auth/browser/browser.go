package browser

// Family groups browsers by how their private window is opened.
type Family string

// The families.
const (
	Chromium Family = "chromium" // Chrome, Edge, Chromium, Brave, Vivaldi, Opera
	Firefox  Family = "firefox"  // Firefox, Firefox ESR, LibreWolf, Waterfox, Floorp, Zen
	Other    Family = "other"    // Safari and all others: only a copied link works for the private step
)

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
func (b Browser) Modes() []Mode {
	if b.Family != Chromium && b.Family != Firefox {
		return nil
	}
	modes := []Mode{}
	if b.Policy == PolicyUnknown || b.Policy == "" {
		modes = append(modes, ModePrivate)
	}
	if b.Family == Chromium && b.Policy != PolicyForbidsBoth {
		modes = append(modes, ModeGuest)
	}
	return append(modes, ModePlain)
}

// Exit says how a private window ended.
type Exit struct {
	// Code is the exit status; -1 when it was ended by a signal.
	Code int
	// HandedOver says that the process only passed the address on (Windows: exit code 38 or a known relaunch), so that its end
	// says nothing about the window.
	HandedOver bool
}
