package engine

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/policy"
)

// cloudsOf are the built-in clouds and those of the clouds file; in a rehearsal the latter alone.
func cloudsOf(o Options) ([]auth.Cloud, error) {
	all := auth.BuiltinClouds()
	if o.Rehearsal {
		all = nil
	}
	if o.CloudsFile == "" {
		return all, nil
	}
	more, err := auth.LoadClouds(o.CloudsFile)
	return append(all, more...), err
}

// allowed are the clouds that the policy allows. Those of a practice cloud are whatever it says: nothing leaves this computer there.
func allowed(o Options, all []auth.Cloud) []auth.Cloud {
	lock := o.Policy.Lock(connector.PolicyAllowedClouds)
	if !lock.Locked || o.Rehearsal {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(c auth.Cloud) bool {
		return !slices.Contains(lock.List, c.Name) && !stays(c)
	})
}

// stays reports whether nothing that is asked of a cloud leaves this computer.
func stays(c auth.Cloud) bool {
	return onThisComputer(c) && !slices.ContainsFunc(c.Hosts(), func(host string) bool {
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
		return host != "localhost" && (err != nil || !addr.IsLoopback())
	})
}

// policyOf is the policy with a problem for each cloud that it allows and nobody knows: whoever misspelled a cloud has not allowed it.
func policyOf(o Options, all []auth.Cloud) connector.Policy {
	p := o.Policy
	if o.Rehearsal {
		return p
	}
	known := []string{}
	for _, c := range all {
		known = append(known, c.Name)
	}
	now := time.Now
	if o.Now != nil {
		now = o.Now
	}
	return policy.TellUnknownClouds(p, known, now())
}

// tenants says of a tenant that nobody knows that a cloud which is not allowed may have it.
type tenants struct {
	*auth.Directory
	options Options
}

func (t tenants) FindTenant(ctx context.Context, domainOrID string) ([]auth.Tenant, error) {
	found, err := t.Directory.FindTenant(ctx, domainOrID)
	lock := t.options.Policy.Lock(connector.PolicyAllowedClouds)
	if errors.Is(err, auth.ErrUnknownTenant) && lock.Locked && !t.options.Rehearsal {
		return nil, &connector.CloudsForbiddenError{Allowed: lock.List, From: lock.From}
	}
	return found, err
}

// dailyCheck sets up the daily check where that is allowed. What is there can be seen and removed in any case.
type dailyCheck struct {
	connector.Schedules
	policy connector.Policy
}

func (d dailyCheck) Plan(ctx context.Context) (connector.SchedulePlan, error) {
	if err := d.policy.NoDailyCheck(); err != nil {
		return connector.SchedulePlan{}, err
	}
	return d.Schedules.Plan(ctx)
}

func (d dailyCheck) Install(ctx context.Context, plan connector.SchedulePlan) error {
	if err := d.policy.NoDailyCheck(); err != nil {
		return err
	}
	return d.Schedules.Install(ctx, plan)
}

// withoutPolicyPaths leaves out the paths that a program finds by the policy itself, so that a schedule goes on where that changes.
func withoutPolicyPaths(o Options) Options {
	for _, v := range o.Policy.Values {
		switch {
		case v.Name == connector.PolicyConfigDir && filepath.Clean(o.ConfigDir) == v.Text:
			o.ConfigDir = ""
		case v.Name == connector.PolicyClouds && filepath.Clean(o.CloudsFile) == v.Text:
			o.CloudsFile = ""
		}
	}
	return o
}
