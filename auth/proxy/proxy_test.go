package proxy

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"golang.org/x/net/http/httpproxy"
)

const scutilManual = `<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
    2 : graph.microsoft.com
  }
  FTPPassive : 1
  HTTPEnable : 0
  HTTPSEnable : 1
  HTTPSPort : 3128
  HTTPSProxy : proxy.contoso.example
  ProxyAutoConfigEnable : 0
}
`

const scutilScript = `<dictionary> {
  HTTPEnable : 0
  ProxyAutoConfigEnable : 1
  ProxyAutoConfigURLString : http://wpad.contoso.example/proxy.pac?key=secret
}
`

func noEnvironmentProxy(t *testing.T) {
	t.Helper()
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"} {
		t.Setenv(name, "")
	}
}

func memoryOf(s systemProxy) *proxyCache {
	return &proxyCache{read: func() systemProxy { return s }, now: time.Now}
}

func TestTheSystemsProxy(t *testing.T) {
	noEnvironmentProxy(t)
	script := func(answer string) systemProxy {
		return systemProxy{scripted: true, script: "http://wpad.example/proxy.pac", run: func(string) string { return answer }}
	}
	fallback := script("")
	fallback.fixed = httpproxy.Config{HTTPSProxy: "fixed.example:8080"}
	for name, c := range map[string]struct {
		system        systemProxy
		address, want string
		source        Source
	}{
		"nothing set":               {systemProxy{}, "https://login.example/", "", None},
		"not to be read":            {systemProxy{unread: true}, "https://login.example/", "", Unread},
		"not an address":            {systemProxy{fixed: httpproxy.Config{HTTPSProxy: "::bad::"}}, "https://login.example/", "", SystemUnusable},
		"set by hand":               {parseScutil(scutilManual), "https://login.example/", "http://proxy.contoso.example:3128", System},
		"excepted by name":          {parseScutil(scutilManual), "https://graph.microsoft.com/", "", System},
		"excepted by network":       {parseScutil(scutilManual), "https://169.254.1.2/", "", System},
		"this computer":             {parseScutil(scutilManual), "https://127.0.0.1:4433/", "", None},
		"this computer by its name": {script("PROXY p.example:1"), "https://localhost:4433/", "", None},
		"a script that can't run":   {parseScutil(scutilScript), "https://login.example/", "", ScriptUnsupported},
		"a script":                  {script("proxy.example:8080"), "https://login.example/", "http://proxy.example:8080", Script},
		"a script's first answer":   {script("PROXY one.example:1; DIRECT"), "https://login.example/", "http://one.example:1", Script},
		"several proxies":           {script("one.example:1 two.example:2"), "https://login.example/", "http://one.example:1", Script},
		"a SOCKS proxy before it":   {script("SOCKS5 s.example:1; SOCKS s.example:2; PROXY p.example:3"), "https://login.example/", "http://p.example:3", Script},
		"a script that says direct": {script("DIRECT"), "https://login.example/", "", Script},
		"a script without answer":   {fallback, "https://login.example/", "http://fixed.example:8080", System},
	} {
		to, err := url.Parse(c.address)
		if err != nil {
			t.Fatal(err)
		}
		u, found := memoryOf(c.system).find(t.Context(), to)
		got := ""
		if u != nil {
			got = u.String()
		}
		if got != c.want || found.Source != c.source {
			t.Errorf("%s: %q from %q, want %q from %q", name, got, found.Source, c.want, c.source)
		}
	}
}

func TestTheEnvironmentComesFirst(t *testing.T) {
	noEnvironmentProxy(t)
	t.Setenv("HTTPS_PROXY", "http://someone:password@env.example:8080")
	before := proxies
	proxies = memoryOf(parseScutil(scutilManual))
	defer func() { proxies = before }()
	want := Found{Source: Environment, Variable: "HTTPS_PROXY", Address: "http://env.example:8080"}
	if got := Find(t.Context(), "login.example"); got != want {
		t.Errorf("%+v", got)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://login.example/", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if u, err := ForRequest(r); err != nil || u.User.Username() != "someone" {
		t.Errorf("the request goes through %v (%v)", u, err)
	}
}

func TestAScriptsAddressIsShownWithoutSecrets(t *testing.T) {
	noEnvironmentProxy(t)
	_, found := memoryOf(parseScutil(scutilScript)).find(t.Context(), &url.URL{Scheme: "https", Host: "login.example"})
	if found.Script != "http://wpad.contoso.example/proxy.pac" {
		t.Errorf("%+v", found)
	}
}

func TestASlowScriptDoesNotHang(t *testing.T) {
	noEnvironmentProxy(t)
	release := make(chan struct{})
	m := memoryOf(systemProxy{scripted: true, run: func(string) string { <-release; return "late.example:1" }})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	to := &url.URL{Scheme: "https", Host: "login.example"}
	if u, _ := m.find(ctx, to); u != nil {
		t.Errorf("%v", u)
	}
	m.bypass("login.example:443")
	if u, _ := m.find(t.Context(), to); u != nil {
		t.Errorf("the second request waits for it too: %v", u)
	}
	close(release)
	for {
		m.mu.Lock()
		host := m.hosts["login.example:443"]
		m.mu.Unlock()
		if host == "late.example:1" {
			break
		}
		if t.Context().Err() != nil {
			t.Fatal("its answer is not kept")
		}
	}
	if u, _ := m.find(t.Context(), to); u == nil || u.Host != "late.example:1" {
		t.Errorf("its answer is forgotten: %v", u)
	}
}

func TestTheSystemIsAskedAgainAfterAWhile(t *testing.T) {
	noEnvironmentProxy(t)
	now, asked := time.Now(), 0
	m := &proxyCache{now: func() time.Time { return now }, read: func() systemProxy { asked++; return systemProxy{} }}
	for range 3 {
		m.system()
	}
	now = now.Add(time.Minute)
	m.system()
	if asked != 1 {
		t.Errorf("asked %d times within a minute", asked)
	}
	now = now.Add(time.Nanosecond)
	m.system()
	if asked != 2 {
		t.Errorf("asked %d times after a minute", asked)
	}
}

func TestExceptions(t *testing.T) {
	got := exceptions([]string{"*.local", " 10.* ", "192.168.*", "169.254/16", "<local>", "", "login.example", "1.2.3.4.5.*"})
	if want := "*.local,10.0.0.0/8,192.168.0.0/16,169.254.0.0/16,login.example"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
