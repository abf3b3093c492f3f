package engine

import (
	"errors"
	"slices"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// allowing is a policy that allows clouds.
func allowing(names ...string) connector.Policy {
	return connector.Policy{Values: []connector.PolicyValue{{Name: connector.PolicyAllowedClouds, List: names, From: "/policy", Locked: true}}}
}

// TestAllowedClouds holds that only those are there which a policy allows, none where it can't be used, and a practice cloud of this computer alone.
func TestAllowedClouds(t *testing.T) {
	practice := auth.Cloud{Name: "practice", Login: "https://localhost:1", PartnerCenter: "https://127.0.0.1:1", Graph: "https://[::1]:1", FromFile: true}
	sly := practice
	sly.Name, sly.Graph = "sly", "https://graph.example"
	all := append(auth.BuiltinClouds(), practice, sly)
	for name, c := range map[string]struct {
		o    Options
		want []string
	}{
		"no policy":   {Options{}, []string{"global", "usgov", "china", "practice", "sly"}},
		"one":         {Options{Policy: allowing("usgov")}, []string{"usgov", "practice"}},
		"none":        {Options{Policy: allowing()}, []string{"practice"}},
		"unknown":     {Options{Policy: allowing("globl")}, []string{"practice"}},
		"a rehearsal": {Options{Policy: allowing("usgov"), Rehearsal: true}, []string{"global", "usgov", "china", "practice", "sly"}},
	} {
		got := []string{}
		for _, cloud := range allowed(c.o, all) {
			got = append(got, cloud.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if p := policyOf(Options{Policy: allowing("globl", "china")}, all); len(p.Problems) != 1 || p.Problems[0].Args["Value"] != "globl" {
		t.Errorf("%+v", p.Problems)
	}
}

// TestAForbiddenCloudIsNeverAsked holds that a tenant is looked up in no cloud that is not allowed, and that a saved connector there is refused.
func TestAForbiddenCloudIsNeverAsked(t *testing.T) {
	e, err := New(Options{ConfigDir: t.TempDir(), Policy: allowing()})
	if err != nil {
		t.Fatal(err)
	}
	var forbidden *connector.CloudsForbiddenError
	if _, err := e.Ports.Tenants.FindTenant(t.Context(), "contoso.example"); !errors.As(err, &forbidden) || forbidden.From != "/policy" {
		t.Errorf("a tenant: %v", err)
	}
	if _, err := e.Ports.CloudOf("global"); !errors.As(err, &forbidden) || forbidden.Cloud != "global" {
		t.Errorf("a cloud: %v", err)
	}
	if _, err := e.Ports.Redeemer.Resume(t.Context(), connector.Connector{Tenant: auth.Tenant{Cloud: "global"}}, auth.Secret{}, nil); !errors.As(err, &forbidden) {
		t.Errorf("a session: %v", err)
	}
	if ports, err := ServerPorts(Options{Policy: allowing("china")}); err != nil || len(ports.Clouds.All()) != 1 {
		t.Errorf("on a server: %v", err)
	}
}

// TestTheDailyCheckOfAPolicy holds that nothing is planned or written where it is turned off.
func TestTheDailyCheckOfAPolicy(t *testing.T) {
	off := connector.Policy{Values: []connector.PolicyValue{{Name: connector.PolicyDailyCheck, Text: connector.DailyCheckOff, From: "/policy", Locked: true}}}
	var forbidden *connector.DailyCheckForbiddenError
	d := dailyCheck{policy: off}
	if _, err := d.Plan(t.Context()); !errors.As(err, &forbidden) {
		t.Errorf("a plan: %v", err)
	}
	if err := d.Install(t.Context(), connector.SchedulePlan{}); !errors.As(err, &forbidden) {
		t.Errorf("a change: %v", err)
	}
}

// TestAScheduleLeavesThePathsOfAPolicyOut holds that the program finds them by the policy, also when that changes.
func TestAScheduleLeavesThePathsOfAPolicyOut(t *testing.T) {
	p := connector.Policy{Values: []connector.PolicyValue{{Name: connector.PolicyConfigDir, Text: "/kept", Locked: true}}}
	if o := withoutPolicyPaths(Options{Policy: p, ConfigDir: "/kept", CloudsFile: "/clouds.toml"}); o.ConfigDir != "" || o.CloudsFile != "/clouds.toml" {
		t.Errorf("%q, %q", o.ConfigDir, o.CloudsFile)
	}
}
