package browser

import (
	"path"
	"slices"
	"strings"

	"partner-center-connector/lazyregexp"
)

// candidate is a find on Linux, before it is known what it is.
type candidate struct {
	// key is the desktop file's ID; empty for an executable that was found on PATH.
	key, name string
	command   []string
}

// browser returns the browser that the candidate is. resolve returns the file behind a link.
func (c candidate) browser(resolve func(string) string) Browser {
	b := Browser{Name: c.name, Command: c.command, Packaging: packaging(c.command, resolve)}
	p, known := productOf(b)
	if !known {
		b.ID, b.Family = slug(c.key), Other
		return b
	}
	b.ID, b.Family = p.id, p.family
	if b.Name == "" {
		b.Name = p.name
	}
	return b
}

func productOf(b Browser) (product, bool) {
	switch b.Packaging {
	case Flatpak:
		return byFlatpak(flatpakApp(b.Command))
	case Snap:
		return bySnap(snapName(b.Command))
	default:
		return byExecutable(b.Command[0])
	}
}

// packaging finds out from a command how the browser was installed. The commands of snaps are links to snap itself.
func packaging(command []string, resolve func(string) string) Packaging {
	exe := command[0]
	switch {
	case path.Base(exe) == "flatpak" && len(command) > 2 && command[1] == "run":
		return Flatpak
	case strings.Contains(exe, "/snap/bin/"), path.Base(resolve(exe)) == "snap":
		return Snap
	default:
		return Native
	}
}

// unusable reports whether a command is no way to open a browser: an installed web app, or a line for a shell.
func unusable(command []string) bool {
	shells := []string{"sh", "bash", "dash", "zsh", "python3", "xdg-open"}
	return slices.Contains(shells, path.Base(command[0])) || slices.ContainsFunc(command, func(arg string) bool {
		return strings.HasPrefix(arg, "--app=") || strings.HasPrefix(arg, "--app-id=")
	})
}

var execLine = lazyregexp.New(`(?m)^\s*exec\s+"?([\w./+-]+)"?(?:\s|$)`)

// execTarget returns the browser that a shell script only passes its arguments to, such as Ubuntu's firefox and chromium-browser,
// which start a snap, and Debian's firefox, which starts firefox-esr. What is no script, or starts no known browser, has none.
func execTarget(script string) (string, bool) {
	if !strings.HasPrefix(script, "#!") {
		return "", false
	}
	for _, m := range execLine.FindAllStringSubmatch(script, -1) {
		if _, known := byExecutable(m[1]); known {
			return m[1], true
		}
	}
	return "", false
}

var noSlug = lazyregexp.New(`[^a-z0-9]+`)

// slug makes an ID of a desktop file's.
func slug(key string) string {
	return strings.Trim(noSlug.ReplaceAllString(strings.ToLower(strings.TrimSuffix(key, ".desktop")), "-"), "-")
}
