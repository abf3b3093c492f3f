package engine

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/auth/proxy"
	"partner-center-connector/connector"
)

func TestHostsThatGoTheSameWayStandTogether(t *testing.T) {
	clouds := []auth.Cloud{
		{Login: "https://login.example", PartnerCenter: "https://api.example:8443", Graph: "https://graph.example"},
		{Login: "https://other.example"},
	}
	proxied := proxy.Found{Source: proxy.System, Address: "http://proxy.example:8080"}
	find := func(_ context.Context, host string) proxy.Found {
		if strings.HasPrefix(host, "api.") {
			return proxy.Found{Source: proxy.System}
		}
		return proxied
	}
	want := []connector.Proxy{
		{Hosts: []string{"login.example", "graph.example"}, Found: proxied},
		{Hosts: []string{"api.example:8443"}, Found: proxy.Found{Source: proxy.System}},
	}
	if got := proxies(context.Background(), clouds, find); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if got := proxies(context.Background(), nil, find); len(got) > 0 {
		t.Errorf("without a cloud: %+v", got)
	}
}
