package keeper_test

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// TestASecondCopyWithoutTheSecretLeavesTheFirstOnes: the old client secret still is in the vault, and the list and the plan say so.
func TestASecondCopyWithoutTheSecretLeavesTheFirstOnes(t *testing.T) {
	a := newAzure(t, billing())
	if _, err := a.handOver(false); err != nil {
		t.Fatal(err)
	}
	a.clock.forward(time.Hour)
	without := whole()
	without.WithSecret = false
	plan, err := a.keeper().PlanHandover(t.Context(), billing().ID, without)
	if err != nil || !plan.SecretStays || plan.Place.WithSecret || !plan.Written().WithSecret || !slices.Equal(namesOf(plan), []string{tenantName, idName, refreshName}) {
		t.Fatalf("%+v, %v", plan, err)
	}
	c, err := a.keeper().HandOver(t.Context(), billing().ID, plan, false, nil)
	if err != nil || len(c.Copies) != 1 || !c.Copies[0].WithSecret || !c.Copies[0].At.Equal(a.clock.now()) || len(a.versions[secretName]) != 1 || len(a.versions[refreshName]) != 2 {
		t.Errorf("%+v, %v", c.Copies, err)
	}
	again, err := a.keeper().PlanHandover(t.Context(), billing().ID, whole())
	if err != nil || again.SecretStays || !again.Written().WithSecret {
		t.Errorf("with it: %+v, %v", again, err)
	}
	elsewhere := without
	elsewhere.Prefix = "other"
	if plan, err := a.keeper().PlanHandover(t.Context(), billing().ID, elsewhere); err != nil || plan.SecretStays || plan.Written().WithSecret {
		t.Errorf("at another place: %+v, %v", plan, err)
	}
}

// TestACopyStaysTheEarlierOneUntilItIsWritten: a handover that was refused halfway makes no newer one of it.
func TestACopyStaysTheEarlierOneUntilItIsWritten(t *testing.T) {
	c := billing()
	a := newAzure(t, c)
	if _, err := a.handOver(false); err != nil {
		t.Fatal(err)
	}
	a.clock.forward(time.Hour)
	c = a.row()
	c.Consented = a.clock.now()
	if err := a.keeper().Ports.Store.PutConnector(c); err != nil {
		t.Fatal(err)
	}
	a.clock.forward(time.Hour)
	a.refuse = func(call, name string) error {
		if call == "set" && name == refreshName {
			return vaultSays(name, http.StatusTooManyRequests, connector.ErrVaultThrottled)
		}
		return nil
	}
	if _, err := a.handOver(false); !errors.Is(err, connector.ErrVaultThrottled) || !slices.Equal(a.row().EarlierIn(), []string{"contoso.vault.azure.net"}) {
		t.Errorf("%v; %+v", err, a.row().Copies)
	}
	a.refuse = nil
	if _, err := a.handOver(false); err != nil || len(a.row().EarlierIn()) != 0 {
		t.Errorf("%v; %+v", err, a.row().Copies)
	}
}

// TestWhatOthersHandedOverAnewIsNotTheEarlierCopy once it is taken back.
func TestWhatOthersHandedOverAnewIsNotTheEarlierCopy(t *testing.T) {
	a := handedOver(t, true, time.Hour)
	all := a.versions[refreshName]
	again := all[len(all)-1]
	again.Tags["consented"], again.Created = "2026-12-01T12:30:00Z", a.clock.now()
	again.Value = auth.NewSecret("refresh-0")
	a.versions[refreshName] = append(all, again)
	c, err := a.keeper().TakeBack(t.Context(), billing().ID)
	if err != nil || !c.Consented.Equal(time.Date(2026, 12, 1, 12, 30, 0, 0, time.UTC)) || len(c.EarlierIn()) != 0 || len(c.Copies) != 1 || !c.Copies[0].At.Equal(again.Created) {
		t.Errorf("%+v, %v", c, err)
	}
}
