package checks

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// mfa checks what Partner Center says of the sign-in. Its word is the verdict; the token's amr is a hint and decides nothing.
func (c *checker) mfa(ctx context.Context) outcome {
	organization, err := c.fetchOrganization(ctx)
	hint := c.amrHint(ctx)
	if refused := c.mfaRefused(ctx, err); refused != nil {
		return failed(c.forFederated(refused), fact("mfa-refused", "Code", refused.Code), hint)
	}
	verdict, id := organization.MFA, organization.CorrelationID
	var api *connector.APIError
	if errors.As(err, &api) {
		verdict, id = api.MFA, api.CorrelationID
	}
	switch {
	case verdict != nil && *verdict:
		return passed(fact("mfa-yes"), correlationFact(id), hint)
	case verdict != nil:
		p := c.problem(connector.KindNoMFA)
		p.CorrelationID, p.Raw = id, "isMfaCompliant: false"
		return failed(c.forFederated(p), fact("mfa-no"), correlationFact(id), hint)
	case err != nil:
		return unknown(c.ownProblem(err, connector.KindMFAUnknown), fact("mfa-not-asked"), hint)
	}
	p := c.problem(connector.KindMFAUnknown)
	p.CorrelationID = id
	o := unknown(p, fact("mfa-not-told"), correlationFact(id), hint)
	if c.Cloud.MFAOptional {
		o.evidence = append(o.evidence, fact("mfa-not-required"))
		return o.weighing(connector.WeightWarning)
	}
	return o
}

// mfaRefused is the problem of a call that was refused for want of MFA. Enforcement is rolled out gradually, so one call may pass
// and the next be refused: both are looked at. A token that was refused is no such problem: KindNoMFA is Partner Center's word only.
func (c *checker) mfaRefused(ctx context.Context, err error) *connector.Problem {
	_, second := c.fetchCustomers(ctx)
	for _, e := range []error{err, second} {
		if p := c.problemOf(e); lacksMFA(p) {
			return p
		}
	}
	return nil
}

func lacksMFA(p *connector.Problem) bool { return p != nil && p.Kind == connector.KindNoMFA }

// forFederated gives a federated account the remedy that fits it: its identity provider has to claim the MFA.
func (c *checker) forFederated(p *connector.Problem) *connector.Problem {
	if c.Session.Claims().Federated {
		problems.Reclassify(p, connector.KindFederated)
	}
	return p
}

// mfaMethods are the values of amr that stand for MFA.
// https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference#amr-claim
var mfaMethods = []string{"mfa", "ngcmfa"}

func (c *checker) amrHint(ctx context.Context) connector.Fact {
	token, err := c.fetchToken(ctx, auth.PartnerCenter)
	if err != nil || token.AMR == nil {
		return fact("amr-unreadable")
	}
	methods := strings.Join(token.AMR, " ")
	if slices.ContainsFunc(token.AMR, func(m string) bool { return slices.Contains(mfaMethods, strings.ToLower(m)) }) {
		return fact("amr-mfa", "Methods", methods)
	}
	return fact("amr-no-mfa", "Methods", methods)
}

func correlationFact(id string) connector.Fact { return fact("correlation", "ID", id) }

// partner checks that Partner Center knows this tenant as a partner.
func (c *checker) partner(ctx context.Context) outcome {
	organization, err := c.fetchOrganization(ctx)
	if err != nil {
		return c.refused(err, fact("organization-unread"))
	}
	tid := c.Session.Claims().TenantID
	evidence := []connector.Fact{
		fact("organization", "Name", organization.Name, "Tenant", organization.TenantID), correlationFact(organization.CorrelationID),
	}
	switch {
	case organization.TenantID == "":
		return unknown(c.problem(connector.KindBadAnswer), evidence...)
	case !strings.EqualFold(organization.TenantID, tid):
		p := c.problem(connector.KindOtherPartner).With("Expected", tid).With("Actual", organization.TenantID).With("Name", organization.Name)
		p.CorrelationID = organization.CorrelationID
		return failed(p, evidence...)
	}
	return passed(evidence...)
}

// refused tells a refusal of Partner Center from not having been able to ask.
func (c *checker) refused(err error, evidence connector.Fact) outcome {
	if hadNoToken(err) {
		return unknown(nil, evidence, fact("no-token", "API", apiName(auth.PartnerCenter)))
	}
	p := c.problemOf(err)
	if lacksMFA(p) {
		return unknown(nil, evidence, fact("mfa-in-the-way"))
	}
	var api *connector.APIError
	if !errors.As(err, &api) || unreachable(p) || api.Status < http.StatusBadRequest {
		return unknown(p, evidence)
	}
	return failed(p, evidence, correlationFact(api.CorrelationID))
}
