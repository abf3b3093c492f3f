package report

import (
	"os"
	"strings"
)

// HereIs looks at this computer; elevated reports whether the program runs as root or as an elevated administrator.
func HereIs(elevated bool) System {
	s := system()
	s.Desktop, s.Session, s.Elevated = os.Getenv("XDG_CURRENT_DESKTOP"), os.Getenv("XDG_SESSION_TYPE"), elevated
	return s
}

// The words that systems, desktops and sessions are known by. https://specifications.freedesktop.org/menu-spec/latest/onlyshowin-registry.html
var (
	systems = []string{
		"debian", "ubuntu", "linuxmint", "pop", "fedora", "rhel", "centos", "rocky", "almalinux", "ol", "opensuse-leap", "opensuse-tumbleweed", "sles",
		"arch", "manjaro", "alpine", "nixos", "gentoo", "kali", "windows", "macos",
	}
	desktops = []string{"GNOME", "KDE", "XFCE", "MATE", "X-Cinnamon", "LXQt", "LXDE", "Unity", "Budgie", "Pantheon", "COSMIC", "sway", "i3", "Hyprland"}
	sessions = []string{"x11", "wayland", "tty", "mir", "unspecified"}
)

// shaped is what may be told of a system: it is read from files and variables that may hold anything.
func (s System) shaped() System {
	parts := strings.Split(s.Desktop, ":") // "ubuntu:GNOME"
	s.Name, s.Session = word(s.Name, systems...), word(s.Session, sessions...)
	s.Desktop = word(parts[len(parts)-1], desktops...)
	s.Version, s.Kernel = version.FindString(s.Version), kernel.FindString(s.Kernel)
	return s
}
