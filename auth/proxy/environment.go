package proxy

import (
	"net/url"
	"os"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// The variables that name a proxy for https addresses, those that count more first. Go's own client does not know ALL_PROXY; curl and
// most others do.
var (
	httpsVariables = []string{"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"}
	httpVariables  = []string{"HTTP_PROXY", "http_proxy"}
	noVariables    = []string{"NO_PROXY", "no_proxy"}
)

// firstSet returns the first variable that has a value.
func firstSet(names []string) (name, value string) {
	for _, name := range names {
		if value := os.Getenv(name); value != "" {
			return name, value
		}
	}
	return "", ""
}

// inEnvironment finds the proxy that the environment names for an address. It decides nothing where it names none for any address.
func inEnvironment(to *url.URL) (u *url.URL, found Found, decides bool) {
	found.Source = Environment
	name, text := firstSet(httpsVariables)
	if name == "" {
		found.Source = EnvironmentHTTP
		name, text = firstSet(httpVariables)
	}
	if name == "" {
		return nil, Found{}, false
	}
	found.Variable = name
	if to.Scheme != "https" {
		u, _ = httpproxy.FromEnvironment().ProxyFunc()(to)
		return u, found, true
	}
	if found.Source == EnvironmentHTTP {
		return nil, found, true
	}
	address, wrong := readAddress(text)
	if wrong != noFault {
		found.Source = EnvironmentUnusable
		switch wrong {
		case rawCredentials:
			found.Source = EnvironmentCredentials
		case otherKind:
			found.Source = EnvironmentKind
		default:
		}
		return nil, found, true
	}
	if strings.Count(text, "@") > 1 {
		found.Source = EnvironmentUnescaped
	}
	except, hosts := firstSet(noVariables)
	conf := httpproxy.Config{HTTPSProxy: address.String(), NoProxy: hosts}
	if u, _ = conf.ProxyFunc()(to); u == nil && except != "" {
		found.Source, found.Variable = Environment, except
	}
	return u, found, true
}
