package proxy

import (
	"net/http"
	"runtime"
	"strings"
	"testing"
)

// TestTheEnvironment gives each variable as people have it. What is found goes to a screen, and never has a part of the credentials.
func TestTheEnvironment(t *testing.T) {
	before := proxies
	proxies = memoryOf(parseScutil(scutilManual))
	defer func() { proxies = before }()
	const at = "http://proxy.example:8080"
	https := func(source Source, address string) Found {
		return Found{Source: source, Variable: "HTTPS_PROXY", Address: address}
	}
	for _, c := range []struct {
		set  string
		want Found
		// user and password are what the proxy gets.
		user, password string
	}{
		{"HTTPS_PROXY=" + at, https(Environment, at), "", ""},
		{"HTTPS_PROXY=proxy.example:8080", https(Environment, at), "", ""},
		{"HTTPS_PROXY=proxy.example", https(Environment, "http://proxy.example"), "", ""},
		{"HTTPS_PROXY= http://proxy.example:8080/\r", https(Environment, at), "", ""},
		{"HTTPS_PROXY=HTTPS://proxy.example:8443", https(Environment, "https://proxy.example:8443"), "", ""},
		{"HTTPS_PROXY=socks5h://127.0.0.1:1080", https(Environment, "socks5h://127.0.0.1:1080"), "", ""},
		{"HTTPS_PROXY=http://[fd00::1]:8080", https(Environment, "http://[fd00::1]:8080"), "", ""},
		{"HTTPS_PROXY=http://ann:hunter2@proxy.example:8080", https(Environment, at), "ann", "hunter2"},
		{"HTTPS_PROXY=ann:hunter2@proxy.example:8080", https(Environment, at), "ann", "hunter2"},
		{"HTTPS_PROXY=http://CORP%5Cann:hunter%232@proxy.example:8080", https(Environment, at), `CORP\ann`, "hunter#2"},
		{"https_proxy=" + at, Found{Source: Environment, Variable: "https_proxy", Address: at}, "", ""},
		{"ALL_PROXY=" + at, Found{Source: Environment, Variable: "ALL_PROXY", Address: at}, "", ""},
		{"all_proxy=socks5://127.0.0.1:1080", Found{Source: Environment, Variable: "all_proxy", Address: "socks5://127.0.0.1:1080"}, "", ""},
		{"ALL_PROXY=http://other.example:1 HTTPS_PROXY=" + at, https(Environment, at), "", ""},
		{"HTTP_PROXY=" + at, Found{Source: EnvironmentHTTP, Variable: "HTTP_PROXY"}, "", ""},
		{"HTTP_PROXY=::bad::", Found{Source: EnvironmentHTTP, Variable: "HTTP_PROXY"}, "", ""},
		{"HTTP_PROXY=http://other.example:1 ALL_PROXY=" + at, Found{Source: Environment, Variable: "ALL_PROXY", Address: at}, "", ""},
		{"NO_PROXY=login.example HTTPS_PROXY=" + at, Found{Source: Environment, Variable: "NO_PROXY"}, "", ""},
		{"no_proxy=* HTTPS_PROXY=" + at, Found{Source: Environment, Variable: "no_proxy"}, "", ""},
		{"NO_PROXY=other.example HTTPS_PROXY=" + at, https(Environment, at), "", ""},

		{"HTTPS_PROXY=http://ann:hunter@2@proxy.example:8080", https(EnvironmentUnescaped, at), "ann", "hunter@2"},
		{"HTTPS_PROXY=http://ann@hunter2.example:x@proxy.example:8080", https(EnvironmentUnescaped, at), "ann@hunter2.example", "x"},

		{`HTTPS_PROXY=http://CORP\ann:hunter2@proxy.example:8080`, https(EnvironmentCredentials, ""), "", ""},
		{"HTTPS_PROXY=http://ann:hunter#2@proxy.example:8080", https(EnvironmentCredentials, ""), "", ""},
		{"HTTPS_PROXY=http://ann:1#hunter2@proxy.example:8080", https(EnvironmentCredentials, ""), "", ""},
		{"HTTPS_PROXY=http://hunter2#ann:1@proxy.example:8080", https(EnvironmentCredentials, ""), "", ""},
		{"HTTPS_PROXY=http://ann:1/hunter2@proxy.example:8080", https(EnvironmentCredentials, ""), "", ""},
		{"HTTPS_PROXY=http://ann:1?hunter2@proxy.example:8080", https(EnvironmentCredentials, ""), "", ""},
		{"HTTPS_PROXY=http://ann:1@hunter2/@proxy.example:8080", https(EnvironmentCredentials, ""), "", ""},
		{"HTTPS_PROXY=http://ann:hunter2%@proxy.example:8080", https(EnvironmentCredentials, ""), "", ""},
		{"HTTPS_PROXY=http://ann:hunter[2]@proxy.example:8080", https(EnvironmentCredentials, ""), "", ""},
		{"HTTPS_PROXY=http://ann:hünter2@proxy.example:8080", https(EnvironmentCredentials, ""), "", ""},
		{"HTTPS_PROXY=http://ann:hunter^2@proxy.example:8080", https(EnvironmentCredentials, ""), "", ""},
		{"HTTPS_PROXY=ann:hunter#2@proxy.example:8080", https(EnvironmentCredentials, ""), "", ""},
		{`ALL_PROXY=http://CORP\ann:hunter2@proxy.example:8080`, Found{Source: EnvironmentCredentials, Variable: "ALL_PROXY"}, "", ""},

		{"HTTPS_PROXY=::bad::", https(EnvironmentUnusable, ""), "", ""},
		{"NO_PROXY=login.example HTTPS_PROXY=::bad::", https(EnvironmentUnusable, ""), "", ""},
		{"HTTPS_PROXY=http://%zz", https(EnvironmentUnusable, ""), "", ""},
		{`HTTPS_PROXY="http://proxy.example:8080"`, https(EnvironmentUnusable, ""), "", ""},
		{"HTTPS_PROXY='proxy.example:8080'", https(EnvironmentUnusable, ""), "", ""},
		{"HTTPS_PROXY=http:", https(EnvironmentUnusable, ""), "", ""},
		{"HTTPS_PROXY=http://", https(EnvironmentUnusable, ""), "", ""},
		{"HTTPS_PROXY=http://http://proxy.example:8080", https(EnvironmentUnusable, ""), "", ""},
		{"HTTPS_PROXY=http//proxy.example:8080", https(EnvironmentUnusable, ""), "", ""},
		{`HTTPS_PROXY=http:\\proxy.example:8080`, https(EnvironmentUnusable, ""), "", ""},
		{"HTTPS_PROXY=http://:8080", https(EnvironmentUnusable, ""), "", ""},
		{"HTTPS_PROXY=proxy.example:", https(EnvironmentUnusable, ""), "", ""},
		{"HTTPS_PROXY=proxy.example:0", https(EnvironmentUnusable, ""), "", ""},
		{"HTTPS_PROXY=proxy.example:80800", https(EnvironmentUnusable, ""), "", ""},
		{"HTTPS_PROXY=http://$PROXY:8080", https(EnvironmentUnusable, ""), "", ""},
		{"HTTPS_PROXY=one.example:1,two.example:2", https(EnvironmentUnusable, ""), "", ""},

		{"HTTPS_PROXY=socks4://127.0.0.1:1080", https(EnvironmentKind, ""), "", ""},
		{"HTTPS_PROXY=socks://127.0.0.1:1080", https(EnvironmentKind, ""), "", ""},
		{"HTTPS_PROXY=ftp://ann:hunter2@proxy.example", https(EnvironmentKind, ""), "", ""},
	} {
		t.Run(c.set, func(t *testing.T) {
			noEnvironmentProxy(t)
			rest := c.set
			for _, name := range []string{"NO_PROXY=", "no_proxy=", "HTTP_PROXY=http://other", "ALL_PROXY=http://other"} {
				if first, more, ok := strings.Cut(rest, " "); ok && strings.HasPrefix(first, name) {
					variable, value, _ := strings.Cut(first, "=")
					t.Setenv(variable, value)
					rest = more
				}
			}
			variable, value, _ := strings.Cut(rest, "=")
			t.Setenv(variable, value)
			if runtime.GOOS == "windows" {
				c.want.Variable = strings.ToUpper(c.want.Variable) // a variable's name has no case there
			}
			got := Find(t.Context(), "login.example")
			if got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://login.example/", http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			u, err := ForRequest(r)
			if err != nil || (u != nil) != (c.want.Address != "") {
				t.Fatalf("the request goes through %v (%v)", u, err)
			}
			if u == nil {
				return
			}
			if password, _ := u.User.Password(); u.User.Username() != c.user || password != c.password || bareAddress(u) != c.want.Address {
				t.Errorf("the request goes through %v", u)
			}
		})
	}
}
