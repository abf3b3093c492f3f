package engine_test

import (
	"context"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/rehearsal"
)

// hurryTime is how long a run waits for a cloud that never answers.
const hurryTime = 700 * time.Millisecond

// hurry gives calls a short limit as long as the scenario is one in which no answer comes.
type hurry struct{ cloud *rehearsal.Cloud }

func (h hurry) in(ctx context.Context) (context.Context, context.CancelFunc) {
	if strings.HasSuffix(h.cloud.Facts().Scenario, "-silent") {
		return context.WithTimeout(ctx, hurryTime)
	}
	return context.WithCancel(ctx)
}

func (h hurry) up(p *connector.Ports) {
	p.Tenants, p.Redeemer, p.Clouds = hurriedTenants{p.Tenants, h}, hurriedRedeemer{p.Redeemer, h}, hurriedClouds{p.Clouds, h}
}

type hurriedTenants struct {
	connector.TenantFinder
	hurry
}

func (h hurriedTenants) FindTenant(ctx context.Context, domainOrID string) ([]auth.Tenant, error) {
	ctx, cancel := h.in(ctx)
	defer cancel()
	return h.TenantFinder.FindTenant(ctx, domainOrID)
}

type hurriedRedeemer struct {
	connector.Redeemer
	hurry
}

func (h hurriedRedeemer) Redeem(ctx context.Context, r auth.UserRequest, a auth.Answer) (connector.Session, error) {
	ctx, cancel := h.in(ctx)
	defer cancel()
	return h.Redeemer.Redeem(ctx, r, a)
}

type hurriedClouds struct {
	connector.Clouds
	hurry
}

func (h hurriedClouds) PartnerCenter(c auth.Cloud) connector.PartnerCenter {
	return hurriedPartner{h.Clouds.PartnerCenter(c), h.hurry}
}

type hurriedPartner struct {
	connector.PartnerCenter
	hurry
}

func (h hurriedPartner) Organization(ctx context.Context, token auth.Secret) (connector.Organization, error) {
	ctx, cancel := h.in(ctx)
	defer cancel()
	return h.PartnerCenter.Organization(ctx, token)
}

func (h hurriedPartner) Customers(ctx context.Context, token auth.Secret) (connector.Customers, error) {
	ctx, cancel := h.in(ctx)
	defer cancel()
	return h.PartnerCenter.Customers(ctx, token)
}
