package proxy

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
)

// gnomeSettings is what gsettings prints, with what was changed.
func gnomeSettings(changed ...string) string {
	text := `org.gnome.system.proxy autoconfig-url ''
org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1']
org.gnome.system.proxy mode 'none'
org.gnome.system.proxy use-same-proxy true
org.gnome.system.proxy.ftp host ''
org.gnome.system.proxy.ftp port 0
org.gnome.system.proxy.http authentication-password ''
org.gnome.system.proxy.http authentication-user ''
org.gnome.system.proxy.http enabled false
org.gnome.system.proxy.http host ''
org.gnome.system.proxy.http port 8080
org.gnome.system.proxy.http use-authentication false
org.gnome.system.proxy.https host ''
org.gnome.system.proxy.https port 0
org.gnome.system.proxy.socks host ''
org.gnome.system.proxy.socks port 0
`
	for _, line := range changed {
		key := "org.gnome.system.proxy" + line[:strings.LastIndex(line, " =")] + " "
		start := strings.Index(text, key)
		end := start + strings.Index(text[start:], "\n")
		text = text[:start] + key + line[strings.LastIndex(line, "= ")+2:] + text[end:]
	}
	return text
}

func TestTheDesktopsProxy(t *testing.T) {
	noEnvironmentProxy(t)
	manual := gnomeSettings(" mode = 'manual'", ".https host = 'proxy.example'", ".https port = 8080", ` ignore-hosts = ['*.corp.example', "10.0.0.0/8"]`)
	kde := func(lines ...string) string {
		return "[Other]\nhttpsProxy=no\n[Proxy Settings]\n" + strings.Join(lines, "\n") + "\n[More]\nProxyType=0\n"
	}
	kdeManual := kde("ProxyType=1", "httpsProxy=http://proxy.example 8080", "NoProxyFor=localhost,.corp.example")
	const at = "http://proxy.example:8080"
	for name, c := range map[string]struct {
		desktop, gnome, own, system string
		to, want                    string
		source                      Source
	}{
		"GNOME, nothing":              {desktop: "GNOME", gnome: gnomeSettings(), source: None},
		"GNOME, by hand":              {desktop: "ubuntu:GNOME", gnome: manual, want: at, source: System},
		"GNOME, an exception":         {desktop: "GNOME", gnome: manual, to: "https://a.corp.example/", source: System},
		"GNOME, an excepted network":  {desktop: "GNOME", gnome: manual, to: "https://10.1.2.3/", source: System},
		"GNOME, the kind as well":     {desktop: "GNOME", gnome: gnomeSettings(" mode = 'manual'", ".https host = 'http://proxy.example/'", ".https port = 8080"), want: at, source: System},
		"GNOME, no proxy for https":   {desktop: "GNOME", gnome: gnomeSettings(" mode = 'manual'", ".http host = 'proxy.example'"), source: None},
		"GNOME, SOCKS":                {desktop: "GNOME", gnome: gnomeSettings(" mode = 'manual'", ".socks host = 'proxy.example'", ".socks port = 1080"), want: "socks5://proxy.example:1080", source: System},
		"GNOME, a host that is none":  {desktop: "GNOME", gnome: gnomeSettings(" mode = 'manual'", `.https host = 'it\'s'`, ".https port = 8080"), source: SystemUnusable},
		"GNOME, left behind":          {desktop: "GNOME", gnome: gnomeSettings(".https host = 'proxy.example'", ".https port = 8080"), source: None},
		"GNOME, a script":             {desktop: "GNOME", gnome: gnomeSettings(" mode = 'auto'", " autoconfig-url = 'http://wpad.example/proxy.pac'"), source: ScriptUnsupported},
		"GNOME, a search":             {desktop: "GNOME", gnome: gnomeSettings(" mode = 'auto'"), source: ScriptUnsupported},
		"GNOME, without gsettings":    {desktop: "GNOME", source: Unread},
		"another desktop":             {desktop: "X-Generic", gnome: manual, own: kdeManual, want: at, source: System},
		"no desktop, GNOME's":         {gnome: manual, want: at, source: System},
		"no desktop, KDE's":           {gnome: gnomeSettings(), own: kdeManual, want: at, source: System},
		"no desktop, KDE's alone":     {own: kdeManual, want: at, source: System},
		"no desktop, nothing to read": {source: Unread},
		"KDE, nothing":                {desktop: "KDE", gnome: manual, source: None},
		"KDE, switched off":           {desktop: "KDE", own: kde("ProxyType=0", "httpsProxy=http://proxy.example 8080"), source: None},
		"KDE, by hand":                {desktop: "KDE", own: kdeManual, want: at, source: System},
		"KDE, with a colon":           {desktop: "KDE", own: kde("ProxyType=1", "httpsProxy=http://proxy.example:8080"), want: at, source: System},
		"KDE, an exception":           {desktop: "KDE", own: kdeManual, to: "https://a.corp.example/", source: System},
		"KDE, exceptions alone":       {desktop: "KDE", own: kdeManual + "[Proxy Settings]\nReversedException=true\n", source: System},
		"KDE, one of those":           {desktop: "KDE", own: kdeManual + "[Proxy Settings]\nReversedException=true\n", to: "https://a.corp.example/", want: at, source: System},
		"KDE, SOCKS":                  {desktop: "KDE", own: kde("ProxyType=1", "socksProxy=socks://proxy.example 1080"), want: "socks5://proxy.example:1080", source: System},
		"KDE, a password":             {desktop: "KDE", own: kde("ProxyType=1", "httpsProxy=http://ann:hunter#2@proxy.example 8080"), source: SystemUnusable},
		"KDE, a usual password":       {desktop: "KDE", own: kde("ProxyType=1", "httpsProxy=http://ann:hunter2@proxy.example 8080"), want: "http://ann:hunter2@proxy.example:8080", source: System},
		"GNOME, a version 6 address":  {desktop: "GNOME", gnome: gnomeSettings(" mode = 'manual'", ".https host = 'fd00::1'", ".https port = 8080"), want: "http://[fd00::1]:8080", source: System},
		"KDE, a script":               {desktop: "KDE", own: kde("ProxyType=2", "Proxy Config Script=http://wpad.example/proxy.pac"), source: ScriptUnsupported},
		"KDE, a search":               {desktop: "KDE", own: kde("ProxyType=3"), source: ScriptUnsupported},
		"KDE, a variable":             {desktop: "KDE", own: kde("ProxyType=4", "httpsProxy=CORP_PROXY"), want: "http://variable.example:1", source: System},
		"KDE, the system's":           {desktop: "KDE", system: kdeManual, want: at, source: System},
		"KDE, the account's":          {desktop: "KDE", system: kdeManual, own: kde("ProxyType=0"), source: None},
		"KDE, not to be changed":      {desktop: "KDE", system: kde("ProxyType[$i]=1", "httpsProxy[$ei]=proxy.example 8080"), own: kde("ProxyType=0"), want: at, source: System},
		"KDE, all of it":              {desktop: "KDE", system: strings.Replace(kdeManual, "[Proxy Settings]", "[Proxy Settings][$i]", 1), own: kde("ProxyType=0"), want: at, source: System},
	} {
		d := desktop{
			home: "/home/ann",
			env: func(name string) string {
				return map[string]string{"XDG_CURRENT_DESKTOP": c.desktop, "CORP_PROXY": "http://variable.example:1"}[name]
			},
			settings: func() ([]byte, error) {
				if c.gnome == "" {
					return nil, errors.New("not found")
				}
				return []byte(c.gnome), nil
			},
			read: func(path string) ([]byte, error) {
				text := map[string]string{"/home/ann/.config/kioslaverc": c.own, "/etc/xdg/kioslaverc": c.system}[filepath.ToSlash(path)]
				if text == "" {
					return nil, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
				}
				return []byte(text), nil
			},
		}
		if c.to == "" {
			c.to = "https://login.example/"
		}
		to, err := url.Parse(c.to)
		if err != nil {
			t.Fatal(err)
		}
		u, found := memoryOf(d.proxy()).find(t.Context(), to)
		got := ""
		if u != nil {
			got = u.String()
		}
		if got != c.want || found.Source != c.source {
			t.Errorf("%s: %q from %q, want %q from %q", name, got, found.Source, c.want, c.source)
		}
	}
}
