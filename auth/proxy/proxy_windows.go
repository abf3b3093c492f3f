package proxy

import (
	"strings"

	"github.com/mattn/go-ieproxy"
	"golang.org/x/net/http/httpproxy"
)

// readSystemProxy reads what Windows is set to, by hand or by policy: a proxy, a script, or that one is to be looked for.
func readSystemProxy() systemProxy {
	conf := ieproxy.ReloadConf()
	s := systemProxy{scripted: conf.Automatic.Active, script: conf.Automatic.PreConfiguredURL}
	if s.scripted {
		s.run = conf.Automatic.FindProxyForURL
	}
	if !conf.Static.Active {
		return s
	}
	named := func(scheme string) string {
		if proxy := conf.Static.Protocols[scheme]; proxy != "" {
			return proxy
		}
		return conf.Static.Protocols[""]
	}
	s.fixed = httpproxy.Config{HTTPProxy: named("http"), HTTPSProxy: named("https"), NoProxy: exceptions(strings.Split(conf.Static.NoProxy, ","))}
	return s
}
