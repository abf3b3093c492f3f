package auth

import (
	"encoding/json"
	"net/http"
	"testing"
)

// TestATenantKnowsTheAddressesOfItsCloudsFile keeps them with the tenant, so that they are there after a restart without the
// file; those of the built-in clouds may change with the program and are not kept.
func TestATenantKnowsTheAddressesOfItsCloudsFile(t *testing.T) {
	c := Cloud{
		Name: "test", Login: "https://login.example", InstanceName: "test.example",
		PartnerCenterPortal: "https://partner.example", EntraPortal: "https://entra.example",
		PartnerCenter: "https://api.example", Graph: "https://graph.example",
	}
	body, err := json.Marshal(map[string]any{
		"issuer": "https://login.example/" + entraTenant + "/v2.0", "cloud_instance_name": "test.example",
		"authorization_endpoint": "https://login.example/a", "token_endpoint": "https://login.example/t",
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, fromFile := range []bool{true, false} {
		c.FromFile = fromFile
		tenant, err := readDiscovery(c, entraDomain, http.StatusOK, http.Header{}, body)
		if err != nil {
			t.Fatal(err)
		}
		kept := [4]string{tenant.PartnerCenterPortal, tenant.EntraPortal, tenant.PartnerCenter, tenant.Graph}
		want := [4]string{}
		if fromFile {
			want = [4]string{"https://partner.example", "https://entra.example", "https://api.example", "https://graph.example"}
		}
		if kept != want {
			t.Errorf("from a file %v: %q, want %q", fromFile, kept, want)
		}
	}
}
