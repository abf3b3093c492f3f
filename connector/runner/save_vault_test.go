package runner

import (
	"reflect"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/wizard"
)

// TestARenewalOfWhatIsInAKeyVaultIsSavedHere: it is checked as one of this computer, whose keychain gets it, and the vault has an earlier copy then.
func TestARenewalOfWhatIsInAKeyVaultIsSavedHere(t *testing.T) {
	w := newWorld()
	place := connector.VaultPlace{URL: "https://contoso.vault.azure.net", Prefix: "pcc", Name: "contoso", WithSecret: true, At: day.AddDate(0, -1, 0)}
	moved := savedContoso()
	moved.Origin, moved.Vault, moved.Consented, moved.ClientKind = connector.OriginVault, &place, day.AddDate(0, -2, 0), auth.SecretClient
	w.connectors["saved"] = moved
	r := New(w.ports(), nil, nil)
	d := connector.Draft{ID: "r", Renews: "saved", Tenant: &tenantA, ClientID: clientID, ClientKind: auth.SecretClient}
	if c, err := r.renewed(d); err != nil || c.Origin != connector.OriginHere || c.User.ObjectID != "oid" {
		t.Errorf("it is checked as %+v, %v", c, err)
	}
	made := []connector.Check{}
	for _, id := range checks.Order() {
		made = append(made, connector.Check{ID: id, State: connector.CheckPassed, At: day})
	}
	r.grant = &grant{attempt: 1, session: w.session, consented: day, identity: moved.User}
	out := r.saved(t.Context(), wizard.SaveConnector{Draft: d, Checks: made}, r.grant)
	if out.Connector == nil {
		t.Fatalf("%+v", out.Problem)
	}
	c := w.connectors["saved"]
	if c.Origin != connector.OriginHere || c.Vault != nil || c.Leftover || !c.Consented.Equal(day) || c.Health != "good" ||
		!reflect.DeepEqual(c.Copies, []connector.VaultPlace{place}) {
		t.Errorf("it became %+v", c)
	}
	if _, kept := w.secrets["saved"]; !kept {
		t.Error("the keychain does not have it")
	}
}
