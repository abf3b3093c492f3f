package keeper_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// TestForeignSecretsAreLeftAlone until their names are typed again: those without our tags, and those of another connector.
func TestForeignSecretsAreLeftAlone(t *testing.T) {
	for name, tags := range map[string]map[string]string{
		"somebody else's": {"owner": "billing team"}, "without tags": nil,
		"of another program that knows the ID": {"program": "another", "connector": billing().ID},
		"another connector's":                  {"program": "partner-center-connector", "connector": "other"},
	} {
		a := newAzure(t, billing())
		a.versions[secretName] = []connector.VaultSecret{{Name: secretName, Value: auth.NewSecret("theirs"), Tags: tags}}
		place := whole()
		place.Name = "contoso-billing"
		plan, err := a.keeper().PlanHandover(t.Context(), billing().ID, place)
		if err != nil || plan.Missing != nil || !slices.Equal(plan.Foreign(), []string{secretName}) {
			t.Fatalf("%s: %+v, %v", name, plan, err)
		}
		plan.Secrets = nil // what was shown does not count, what is there does
		for _, retyped := range [][]string{nil, {refreshName}, {secretName + "x"}} {
			var said *connector.VaultError
			if _, err := a.keeper().HandOver(t.Context(), billing().ID, plan, false, retyped); !errors.As(err, &said) || !errors.Is(err, connector.ErrVaultNotOurs) || said.Secret != secretName {
				t.Errorf("%s: %v", name, err)
			}
		}
		if len(a.versions) != 1 || a.text(secretName) != "theirs" {
			t.Errorf("%s: the vault has %v", name, a.versions)
		}
		if _, err := a.keeper().HandOver(t.Context(), billing().ID, plan, false, []string{" " + strings.ToUpper(secretName)}); err != nil || a.text(secretName) != "client-secret" ||
			len(a.versions[secretName]) != 2 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTwoConnectorsOfOneNameStandBesideEachOther: the tag with the ID tells them apart.
func TestTwoConnectorsOfOneNameStandBesideEachOther(t *testing.T) {
	other := billing()
	other.ID, other.Name = "f0e1d2c3b4", "Contoso - Billing"
	a := newAzure(t, billing(), other)
	if _, err := a.handOver(false); err != nil {
		t.Fatal(err)
	}
	plan, err := a.keeper().PlanHandover(t.Context(), other.ID, whole())
	if err != nil || plan.Missing != nil || plan.Place.Name != "contoso-billing-f0e1d2c3" || len(plan.Foreign()) != 0 {
		t.Fatalf("%+v, %v", plan, err)
	}
	if _, err := a.keeper().HandOver(t.Context(), other.ID, plan, false, nil); err != nil || a.versions[refreshName][0].Tags["connector"] != billing().ID ||
		a.versions["pcc-contoso-billing-f0e1d2c3-refresh-token"][0].Tags["connector"] != other.ID {
		t.Errorf("%v, %v", err, a.versions)
	}
	// The next time it is found again.
	if plan, err := a.keeper().PlanHandover(t.Context(), other.ID, whole()); err != nil || plan.Place.Name != "contoso-billing-f0e1d2c3" || !plan.Secrets[0].Ours {
		t.Errorf("%+v, %v", plan, err)
	}
}

// TestNothingThatIsToldOfAHandoverHoldsASecret: plans, errors, tags and the list.
func TestNothingThatIsToldOfAHandoverHoldsASecret(t *testing.T) {
	a := newAzure(t, billing())
	plan, err := a.keeper().PlanHandover(t.Context(), billing().ID, whole())
	c, handed := a.keeper().HandOver(t.Context(), billing().ID, plan, true, nil)
	if err != nil || handed != nil {
		t.Fatal(err, handed)
	}
	told := fmt.Sprintf("%+v %#v %+v %+v", plan, plan, c, a.versions)
	for _, secret := range append(a.given, "client-secret|", "|client-secret") {
		if strings.Contains(told, secret) {
			t.Errorf("%q is told", secret)
		}
	}
	for _, all := range a.versions {
		for _, s := range all {
			for key, value := range s.Tags {
				if len(key) > 256 || len(value) > 256 || strings.Contains(value, "contoso.example") || strings.Contains(value, "u@example.org") || strings.Contains(value, "Contoso") {
					t.Errorf("%s: the tag %s says %q", s.Name, key, value)
				}
			}
		}
	}
}
