package checks

import (
	"slices"
	"testing"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// TestTheKeychainHasNoPartInWhatIsInAVault: there is no check of it, and none is missed.
func TestTheKeychainHasNoPartInWhatIsInAVault(t *testing.T) {
	order := OrderFor(connector.OriginVault)
	if slices.Contains(order, connector.CheckKeychain) || !slices.Equal(append(order, connector.CheckKeychain), Order()) {
		t.Errorf("%v", order)
	}
	if !slices.Equal(OrderFor(connector.OriginTaken), Order()) || !slices.Equal(OrderFor("newer"), Order()) {
		t.Error("what has its credential here is checked like any other")
	}
	var made []connector.Check
	for _, id := range order {
		made = append(made, connector.Check{ID: id, State: connector.CheckPassed})
	}
	for origin, want := range map[connector.Origin]connector.Health{
		connector.OriginVault: "good", connector.OriginTaken: "unknown", connector.OriginHere: "unknown",
	} {
		if c := WithOutcome(connector.Connector{Origin: origin}, made); c.Health != want {
			t.Errorf("%q: %q", origin, c.Health)
		}
		if c := WithRefresh(connector.Connector{Origin: origin, Health: "sign-in", Checks: made}, testNow); c.Health != want {
			t.Errorf("%q, after a refresh: %q", origin, c.Health)
		}
	}
}

// TestWhatOthersRefreshIsNotKnownHere: 90 days without a word of what is in a vault are no end of it.
func TestWhatOthersRefreshIsNotKnownHere(t *testing.T) {
	for origin, want := range map[connector.Origin]connector.Health{
		connector.OriginVault: "unknown", connector.OriginTaken: "sign-in", connector.OriginHere: "sign-in",
	} {
		c := connector.Connector{Origin: origin, Health: "good", Refreshed: testNow.Add(-91 * 24 * time.Hour), Checked: testNow.Add(-91 * 24 * time.Hour)}
		if got := HealthAt(c, testNow); got != want {
			t.Errorf("%q: %q", origin, got)
		}
	}
	c := connector.Connector{Origin: connector.OriginVault, Health: "good", Refreshed: testNow, Checked: testNow}
	if got := HealthAt(c, testNow); got != "good" {
		t.Errorf("just checked: %q", got)
	}
}

func TestOfTagsAlone(t *testing.T) {
	c := connector.Connector{Origin: connector.OriginVault, Vault: &connector.VaultPlace{URL: "https://contoso.vault.azure.net"}}
	p := problems.New(connector.KindUnknown, "")
	for _, tags := range []*connector.VaultSecret{nil, {Name: "pcc-contoso-refresh-token", Created: testNow}} {
		made := OfTags(c, tags, p, testNow)
		if len(made) != len(OrderFor(connector.OriginVault)) {
			t.Fatalf("%d checks", len(made))
		}
		for _, check := range made {
			if check.State != connector.CheckUnknown || !check.At.Equal(testNow) || (check.Problem == p) != (check.ID == connector.CheckRefresh) {
				t.Errorf("%+v", check)
			}
		}
		if after := WithOutcome(connector.Connector{Origin: connector.OriginVault, Health: "good"}, made); after.Health != "unknown" {
			t.Errorf("it is %q", after.Health)
		}
		if after := WithOutcome(connector.Connector{Origin: connector.OriginVault, Health: "sign-in"}, made); after.Health != "sign-in" {
			t.Errorf("a refusal from before is forgotten: %q", after.Health)
		}
	}
}

// TestTheConsentOfWhatWasInAVaultIsNotSeenNow: that it was not seen is a finding of this check, and not one of the day of the sign-in.
func TestTheConsentOfWhatWasInAVaultIsNotSeenNow(t *testing.T) {
	for _, origin := range []connector.Origin{connector.OriginVault, connector.OriginTaken} {
		c := &checker{Input: Input{Saved: &connector.Connector{Origin: origin}, Consented: testNow.AddDate(0, 0, -21)}, later: true}
		got := c.ours(t.Context())
		if got.state != connector.CheckUnknown || len(got.evidence) != 1 || got.evidence[0].Key != "consent-not-seen" || !got.evidence[0].At.IsZero() {
			t.Errorf("%s: %+v", origin, got)
		}
	}
}
