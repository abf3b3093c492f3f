// Package proxy decides which proxy a request goes through, that of the environment before that of the operating system, and tells who
// decided it. [ForRequest] is for an [net/http.Transport]; [Find] is for people.
package proxy

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/http/httpproxy"
)

// Source is who decided which proxy to use.
type Source string

// The sources.
const (
	None   Source = "none"   // nothing is set anywhere
	Unread Source = "unread" // nothing is set in the environment, and what the system or its desktop is set to can't be read
	System Source = "system" // the settings of the operating system or its desktop name one
	// SystemUnusable are settings that name something that is not the address of a proxy. They count as if they named none.
	SystemUnusable Source = "system-unusable"
	Script         Source = "script" // the operating system ran its proxy script (PAC), or found one in the network
	// ScriptUnsupported is a proxy script (PAC) that the system names and that this program can't run there: hosts are reached directly.
	ScriptUnsupported Source = "script-unread"

	Environment Source = "environment" // a variable of the environment is set, and comes first
	// EnvironmentUnescaped is an address whose user name or password has an "@", which is read to the last one.
	EnvironmentUnescaped Source = "environment-unescaped"
	// EnvironmentHTTP is an HTTP_PROXY alone, which is not for https addresses.
	EnvironmentHTTP Source = "environment-http"
	// The next are variables that can't be used: not the address of a proxy, one whose user name or password has characters that must be
	// encoded, and one of a kind that is not spoken. They count as if they named none, as for Go's own client, and what the system is
	// set to is not asked for.
	EnvironmentUnusable    Source = "environment-unusable"
	EnvironmentCredentials Source = "environment-credentials"
	EnvironmentKind        Source = "environment-kind"
)

// Sources returns every source.
func Sources() []Source {
	return []Source{
		None, Unread, System, SystemUnusable, Script, ScriptUnsupported,
		Environment, EnvironmentUnescaped, EnvironmentHTTP, EnvironmentUnusable, EnvironmentCredentials, EnvironmentKind,
	}
}

// Doubtful reports whether somebody has set a proxy that is not used, or not for certain as it was meant.
func (s Source) Doubtful() bool {
	switch s {
	case None, Unread, System, Script, Environment, EnvironmentHTTP:
		return false
	default:
		return true
	}
}

// Found is the proxy chosen for a host, and who decided it.
type Found struct {
	Source Source
	// Variable is that of the environment that decided; empty where none did.
	Variable string
	// Address is the proxy's, without credentials; empty where the host is reached directly.
	Address string
	// Script is where the proxy script comes from, without credentials and query; empty for none, or where it is looked for in
	// the network.
	Script string
}

// systemProxy is what the operating system is set to.
type systemProxy struct {
	// fixed are the proxies that the settings name, with their exceptions.
	fixed httpproxy.Config
	// reversed says that the exceptions alone go through the proxy.
	reversed bool
	// unread says that the settings can't be read, unusable that they name something that is not the address of a proxy.
	unread, unusable bool
	// scripted reports whether a script decides; script is its address, empty where it is looked for in the network.
	scripted bool
	script   string
	// run asks the script for the proxy of an address ("host:port", or empty for none); nil where no script can be run.
	run func(address string) string
}

const (
	// proxyFresh is how long what the system said is good: people change networks while the program runs.
	proxyFresh = time.Minute
	// proxyScriptTime is how long a proxy script may take, which the network may have to be searched for.
	proxyScriptTime = 8 * time.Second
)

// proxies remembers what the system and its script said.
var proxies = &proxyCache{read: readSystemProxy, now: time.Now}

type proxyCache struct {
	read func() systemProxy
	now  func() time.Time

	mu       sync.Mutex
	settings systemProxy
	readAt   time.Time
	hosts    map[string]string
}

// ForRequest is the one place that decides which proxy a request goes through: that of the environment, else that of the system.
func ForRequest(r *http.Request) (*url.URL, error) {
	u, _ := proxies.find(r.Context(), r.URL)
	return u, nil
}

// Find finds out how requests to a host's https port go. It may take as long as the system needs to find its proxy, but not
// longer than ctx.
func Find(ctx context.Context, host string) Found {
	u, found := proxies.find(ctx, &url.URL{Scheme: "https", Host: host})
	if u != nil {
		found.Address = bareAddress(u)
	}
	return found
}

// bareAddress is an address without credentials, path and query.
func bareAddress(u *url.URL) string { return (&url.URL{Scheme: u.Scheme, Host: u.Host}).String() }

func (m *proxyCache) find(ctx context.Context, to *url.URL) (*url.URL, Found) {
	if u, found, decides := inEnvironment(to); decides {
		return u, found
	}
	s := m.system()
	named := s.named()
	found := Found{Source: None, Script: bareScript(s.script)}
	switch {
	case isLocal(to):
		return nil, found
	case s.scripted && s.run != nil:
		found.Source = Script
		if host := m.ask(ctx, s, to); host != "" || !named {
			return proxyAt(host), found
		}
	}
	switch {
	case named:
		found.Source = System
		return s.proxyFor(to), found
	case s.scripted && s.run == nil:
		found.Source = ScriptUnsupported
	case s.unusable:
		found.Source = SystemUnusable
	case s.unread:
		found.Source = Unread
	}
	return nil, found
}

// named reports whether the settings name a proxy, decides whether they say anything at all.
func (s systemProxy) named() bool   { return s.fixed.HTTPSProxy != "" || s.fixed.HTTPProxy != "" }
func (s systemProxy) decides() bool { return s.named() || s.scripted }

// proxyFor is the proxy that the settings name for an address. They were checked, so that there is nothing to fail.
func (s systemProxy) proxyFor(to *url.URL) *url.URL {
	u, _ := s.fixed.ProxyFunc()(to)
	if !s.reversed {
		return u
	}
	if u != nil {
		return nil
	}
	all := s.fixed
	all.NoProxy = ""
	u, _ = all.ProxyFunc()(to)
	return u
}

// checked are the settings without what is not the address of a proxy.
func (s systemProxy) checked() systemProxy {
	for _, named := range []*string{&s.fixed.HTTPSProxy, &s.fixed.HTTPProxy} {
		if *named == "" {
			continue
		}
		u, wrong := readAddress(*named)
		if wrong != noFault {
			*named, s.unusable = "", true
			continue
		}
		*named = u.String()
	}
	return s
}

// system reads the system's settings, not more often than proxyFresh.
func (m *proxyCache) system() systemProxy {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.hosts == nil || m.now().Sub(m.readAt) > proxyFresh {
		m.settings, m.readAt, m.hosts = m.read().checked(), m.now(), map[string]string{}
	}
	return m.settings
}

// ask runs the system's proxy script for a host. A script can't be stopped: one that takes too long is left to itself, and the
// host is reached directly until it has answered.
func (m *proxyCache) ask(ctx context.Context, s systemProxy, to *url.URL) string {
	key := HostPort(to)
	m.mu.Lock()
	host, known := m.hosts[key]
	m.mu.Unlock()
	if known {
		return host
	}
	answer := make(chan string, 1)
	go func() {
		host := firstProxy(s.run(bareAddress(to) + "/"))
		m.mu.Lock()
		m.hosts[key] = host
		m.mu.Unlock()
		answer <- host
	}()
	limit := time.NewTimer(proxyScriptTime)
	defer limit.Stop()
	select {
	case host := <-answer:
		return host
	case <-limit.C:
		m.bypass(key)
	case <-ctx.Done():
	}
	return ""
}

// bypass lets the next requests to a host go directly, unless the script has answered at last: each of them would wait as long again.
func (m *proxyCache) bypass(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.hosts[key]; !known {
		m.hosts[key] = ""
	}
}

// firstProxy takes the first HTTP proxy of a script's answer: "host:port", several of them, or "PROXY host:port; DIRECT". One that
// speaks SOCKS is passed over: what comes after it is for programs that do not.
func firstProxy(answer string) string {
	for entry := range strings.SplitSeq(answer, ";") {
		words := strings.Fields(entry)
		switch {
		case len(words) == 0 || strings.HasPrefix(words[0], "SOCKS"):
			continue
		case words[0] == "DIRECT":
			return ""
		case len(words) > 1 && slices.Contains([]string{"PROXY", "HTTP", "HTTPS"}, words[0]):
			return words[1]
		}
		return words[0]
	}
	return ""
}

func proxyAt(host string) *url.URL {
	if host == "" {
		return nil
	}
	return &url.URL{Scheme: "http", Host: host}
}

// bareScript is a script's address as it may be shown.
func bareScript(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// isLocal reports whether the address is on this computer, which no proxy reaches.
func isLocal(u *url.URL) bool {
	if strings.EqualFold(u.Hostname(), "localhost") {
		return true
	}
	ip := net.ParseIP(u.Hostname())
	return ip != nil && ip.IsLoopback()
}

// HostPort is the host and port of u, lower case, the port always there.
func HostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}
