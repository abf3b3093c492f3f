package keeper_test

import (
	"maps"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/connector"
)

// TestACheckThatMayOnlyReadSaysWhenTheVaultsTokenEnds: a refresh that works here makes the one in the vault no younger.
func TestACheckThatMayOnlyReadSaysWhenTheVaultsTokenEnds(t *testing.T) {
	for ago, want := range map[time.Duration]connector.Weight{
		24 * time.Hour: connector.WeightNone, 25 * time.Hour: connector.WeightWarning, 30*24*time.Hour + time.Hour: connector.WeightAttention,
	} {
		a := handedOver(t, true, ago)
		a.refuse = func(call, name string) error {
			if call == "set" {
				return vaultSays(name, http.StatusForbidden, connector.ErrVaultRight)
			}
			return nil
		}
		synctest.Test(t, func(t *testing.T) {
			c, err := a.keeper().Check(t.Context(), billing().ID, nil)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(c.Checks, func(check connector.Check) bool { return check.ID == connector.CheckRefresh })
			made := c.Checks[i]
			if want == connector.WeightNone {
				if made.State != connector.CheckPassed {
					t.Errorf("after %v: %+v", ago, made)
				}
				return
			}
			if made.State != connector.CheckWarning || made.Weight != want || made.Problem == nil || made.Problem.Kind != connector.KindVaultRight || len(made.Evidence) != 2 {
				t.Fatalf("after %v: %+v", ago, made)
			}
			if f := made.Evidence[1]; f.Key != "vault-unwritten" || !maps.Equal(f.Args, map[string]string{"Vault": "contoso.vault.azure.net", "Day": "2027-03-01"}) {
				t.Errorf("after %v: %+v", ago, f)
			}
			if health := map[connector.Weight]connector.Health{connector.WeightWarning: "good", connector.WeightAttention: "attention"}[want]; c.Health != health {
				t.Errorf("after %v it is %q", ago, c.Health)
			}
		})
	}
}
