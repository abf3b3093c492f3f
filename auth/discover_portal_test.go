package auth

import (
	"encoding/json"
	"net/http"
	"testing"
)

// TestATenantKnowsThePortalsOfItsCloudsFile keeps them with the tenant, so that they are there after a restart without the
// file; those of the built-in clouds may change with the program and are not kept.
func TestATenantKnowsThePortalsOfItsCloudsFile(t *testing.T) {
	c := Cloud{
		Name: "test", Login: "https://login.example", InstanceName: "test.example",
		PartnerCenterPortal: "https://partner.example", EntraPortal: "https://entra.example",
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
		kept := tenant.PartnerCenterPortal == c.PartnerCenterPortal && tenant.EntraPortal == c.EntraPortal
		if kept != fromFile {
			t.Errorf("from a file %v: %q and %q", fromFile, tenant.PartnerCenterPortal, tenant.EntraPortal)
		}
	}
}
