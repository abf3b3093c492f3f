package engine

import (
	"context"
	"net/url"
	"slices"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
	"partner-center-connector/auth/proxy"
	"partner-center-connector/connector"
	"partner-center-connector/connector/logfile"
)

// computer looks at this computer for the settings screen.
func (e *Engine) computer(tr *assets.Translator) func(context.Context) connector.Computer {
	return func(ctx context.Context) connector.Computer {
		found := connector.Computer{
			Proxies: proxies(ctx, e.Clouds, proxy.Find), Folder: e.Store.Dir(), Log: logfile.Path(e.Store.Dir()), Version: assets.Version,
			Build: e.build(), Modules: Modules(e.notices),
		}
		// A test holds that they can be unpacked; without them the settings still show which licenses there are.
		found.Licenses, _ = Licenses(e.notices)
		if tr != nil {
			found.Languages, found.SystemLanguage = tr.Languages(), tr.Match(assets.SystemLanguage())
		}
		// A browser that can't be found can't be chosen; page 1 of the wizard says why.
		found.Browsers, _ = e.Ports.Browsers.Installed(ctx)
		return found
	}
}

// proxies says how the hosts of the first cloud are reached, those that go the same way together.
func proxies(ctx context.Context, clouds []auth.Cloud, find func(context.Context, string) proxy.Found) []connector.Proxy {
	ways := []connector.Proxy{}
	if len(clouds) == 0 {
		return ways
	}
	for _, base := range []string{clouds[0].Login, clouds[0].PartnerCenter, clouds[0].Graph} {
		address, err := url.Parse(base)
		if err != nil || address.Host == "" {
			continue
		}
		found := find(ctx, address.Host)
		i := slices.IndexFunc(ways, func(p connector.Proxy) bool { return p.Found == found })
		if i < 0 {
			i, ways = len(ways), append(ways, connector.Proxy{Found: found})
		}
		if !slices.Contains(ways[i].Hosts, address.Host) {
			ways[i].Hosts = append(ways[i].Hosts, address.Host)
		}
	}
	return ways
}
