package browser

import (
	"os"
	"path/filepath"
	"strings"
)

// places knows where throw-away profiles may lie on this computer.
type places struct {
	goos string
	// root, where set, is the one place for all.
	root       string
	home, temp string
	env        func(string) string
	// mine reports whether a directory is there, is this account's own and can be written to.
	mine func(dir string) bool
}

// of returns the directory for b's profiles. A snap sees neither /tmp nor hidden directories, a Flatpak only its own: elsewhere they
// fail, or silently use another profile.
func (p places) of(b Browser) string {
	if p.root != "" {
		return p.root
	}
	switch b.Packaging {
	case Snap:
		return filepath.Join(p.home, "snap", snapName(b.Command), "common")
	case Flatpak:
		return filepath.Join(p.home, ".var", "app", flatpakApp(b.Command), "cache")
	default:
		return p.native()
	}
}

func (p places) native() string {
	switch p.goos {
	case "windows":
		if local := p.env("LOCALAPPDATA"); local != "" {
			return filepath.Join(local, "partner-center-connector")
		}
	case "linux":
		if run := p.env("XDG_RUNTIME_DIR"); filepath.IsAbs(run) && p.mine(run) {
			return run
		}
	}
	return p.temp
}

// all are the directories where an earlier start may have left profiles: its environment may have been another.
func (p places) all() []string {
	if p.root != "" {
		return []string{p.root}
	}
	dirs := []string{p.native()}
	if p.temp != dirs[0] {
		dirs = append(dirs, p.temp)
	}
	if p.goos != "linux" {
		return dirs
	}
	dirs = append(dirs, below(filepath.Join(p.home, "snap"), "common")...)
	return append(dirs, below(filepath.Join(p.home, ".var", "app"), "cache")...)
}

// below returns the directory of that name in every directory of dir.
func below(dir, name string) []string {
	// A directory that can't be listed has nothing of ours.
	entries, _ := os.ReadDir(dir)
	var found []string
	for _, e := range entries {
		found = append(found, filepath.Join(dir, e.Name(), name))
	}
	return found
}

// snapName is the snap of a command: its aliases are written snap.alias.
func snapName(command []string) string {
	if len(command) == 0 {
		return ""
	}
	name, _, _ := strings.Cut(filepath.Base(command[0]), ".")
	return name
}

// flatpakApp is the application ID of a "flatpak run" command: the first argument after run that is no option.
func flatpakApp(command []string) string {
	for i, arg := range command {
		if i >= 2 && !strings.HasPrefix(arg, "-") {
			return arg
		}
	}
	return ""
}
