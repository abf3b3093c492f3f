package proxy

import (
	"net"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// desktop is a Linux desktop, as its settings of a proxy are looked for.
type desktop struct {
	env  func(string) string
	home string
	// settings prints GNOME's settings of the proxy, a line for each; read reads a file.
	settings func() ([]byte, error)
	read     func(path string) ([]byte, error)
}

// proxy reads KDE's settings on KDE, and GNOME's elsewhere: other desktops have none or share those. A task of cron or a session of SSH
// does not know its desktop; there both count.
func (d desktop) proxy() systemProxy {
	names := strings.Split(strings.ToUpper(d.env("XDG_CURRENT_DESKTOP")), ":")
	if slices.Contains(names, "KDE") {
		return d.kde()
	}
	s := d.gnome()
	if names[0] != "" || s.decides() {
		return s
	}
	if kde := d.kde(); kde.decides() {
		return kde
	}
	return s
}

// gnome reads what `gsettings list-recursively org.gnome.system.proxy` prints: lines of the form "schema key value".
// https://gitlab.gnome.org/GNOME/gsettings-desktop-schemas/-/blob/master/schemas/org.gnome.system.proxy.gschema.xml.in
func (d desktop) gnome() systemProxy {
	text, err := d.settings()
	if err != nil {
		return systemProxy{unread: true}
	}
	values := map[string]string{}
	for line := range strings.Lines(string(text)) {
		schema, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		key, value, _ := strings.Cut(rest, " ")
		values[strings.TrimPrefix(strings.TrimPrefix(schema, "org.gnome.system.proxy"), ".")+" "+key] = value
	}
	word := func(key string) string { return strings.Join(quoted(values[key]), "") }
	switch word(" mode") {
	case "manual":
		at := func(kind string) string { return hostAndPort(word(kind+" host"), values[kind+" port"]) }
		return systemProxy{fixed: named(at("https"), at("socks"), quoted(values[" ignore-hosts"]))}
	case "auto":
		return systemProxy{scripted: true, script: word(" autoconfig-url")}
	}
	return systemProxy{}
}

// quoted are the texts in quotation marks of a value of GVariant: one, or those of a list.
func quoted(value string) []string {
	var found []string
	var mark rune
	var text strings.Builder
	escaped := false
	for _, r := range value {
		switch {
		case mark == 0:
			if r == '\'' || r == '"' {
				mark = r
			}
		case !escaped && r == '\\':
			escaped = true
			continue
		case !escaped && r == mark:
			found, mark = append(found, text.String()), 0
			text.Reset()
		default:
			text.WriteRune(r)
		}
		escaped = false
	}
	return found
}

// hostAndPort puts an address together. Some type its kind where the host's name belongs.
func hostAndPort(host, port string) string {
	host = strings.TrimSuffix(strings.TrimSpace(host), "/")
	if host == "" || port == "" || port == "0" {
		return host
	}
	if net.ParseIP(host) != nil {
		return net.JoinHostPort(host, port)
	}
	return host + ":" + port
}

// named is the configuration of a desktop that names a proxy for https, or one that speaks SOCKS for everything.
func named(https, socks string, except []string) httpproxy.Config {
	if https == "" && socks != "" {
		_, place, given := strings.Cut(socks, "://")
		if !given {
			place = socks
		}
		https = "socks5://" + place
	}
	return httpproxy.Config{HTTPSProxy: https, NoProxy: exceptions(except)}
}

// KDE's numbers of who decides.
const (
	kdeManual      = "1"
	kdeScript      = "2"
	kdeSearch      = "3"
	kdeEnvironment = "4"
)

// kde reads kioslaverc, the system's before the account's. https://invent.kde.org/frameworks/kio/-/blob/master/src/core/kprotocolmanager.cpp
func (d desktop) kde() systemProxy {
	values := d.kioslaverc()
	value := func(key string) string {
		if values["ProxyType"] == kdeEnvironment {
			return d.env(values[key])
		}
		return values[key]
	}
	switch values["ProxyType"] {
	case kdeManual, kdeEnvironment:
		// "http://proxy.example 8080" is how KDE writes an address and its port.
		at := func(key string) string {
			host, port, _ := strings.Cut(strings.TrimSpace(value(key)), " ")
			return hostAndPort(host, strings.TrimSpace(port))
		}
		except := strings.FieldsFunc(value("NoProxyFor"), func(r rune) bool { return r == ',' || r == ' ' })
		return systemProxy{fixed: named(at("httpsProxy"), at("socksProxy"), except), reversed: values["ReversedException"] == "true"}
	case kdeScript:
		return systemProxy{scripted: true, script: values["Proxy Config Script"]}
	case kdeSearch:
		return systemProxy{scripted: true}
	}
	return systemProxy{}
}

// kioslaverc are KDE's settings of the proxy. What the system marks as not to be changed stays.
func (d desktop) kioslaverc() map[string]string {
	own := d.env("XDG_CONFIG_HOME")
	if !filepath.IsAbs(own) {
		own = filepath.Join(d.home, ".config")
	}
	system := d.env("XDG_CONFIG_DIRS")
	if system == "" {
		system = "/etc/xdg"
	}
	dirs := strings.Split(system, ":")
	slices.Reverse(dirs)
	values, fixed := map[string]string{}, map[string]bool{}
	for _, dir := range append(dirs, own) {
		// A file that is not there or can't be read says nothing, as for KDE.
		text, _ := d.read(filepath.Join(dir, "kioslaverc"))
		inGroup, groupFixed := false, false
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSpace(line)
			if strings.HasPrefix(line, "[") {
				inGroup, groupFixed = strings.HasPrefix(line, "[Proxy Settings]"), strings.HasSuffix(line, "[$i]")
				continue
			}
			name, value, ok := strings.Cut(line, "=")
			key, marks, _ := strings.Cut(name, "[")
			if key = strings.TrimSpace(key); !inGroup || !ok || fixed[key] {
				continue
			}
			values[key] = strings.TrimSpace(value)
			fixed[key] = groupFixed || strings.Contains(marks, "i")
		}
	}
	return values
}
