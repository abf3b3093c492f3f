package engine

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

func TestHostsThatGoTheSameWayStandTogether(t *testing.T) {
	clouds := []auth.Cloud{
		{Login: "https://login.example", PartnerCenter: "https://api.example:8443", Graph: "https://graph.example"},
		{Login: "https://other.example"},
	}
	proxied := auth.ProxyFound{Source: auth.ProxySystem, Address: "http://proxy.example:8080"}
	find := func(_ context.Context, host string) auth.ProxyFound {
		if strings.HasPrefix(host, "api.") {
			return auth.ProxyFound{Source: auth.ProxySystem}
		}
		return proxied
	}
	want := []connector.Proxy{
		{Hosts: []string{"login.example", "graph.example"}, Found: proxied},
		{Hosts: []string{"api.example:8443"}, Found: auth.ProxyFound{Source: auth.ProxySystem}},
	}
	if got := proxies(context.Background(), clouds, find); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if got := proxies(context.Background(), nil, find); len(got) > 0 {
		t.Errorf("without a cloud: %+v", got)
	}
}
