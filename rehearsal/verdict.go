package rehearsal

// outcome is what the visit comes to once somebody is signed in.
type outcome int

const (
	outcomeAsk    outcome = iota // the consent page
	outcomeRefuse                // "Need admin approval"
	outcomeFault                 // an error page, which nothing leads back from
	outcomePass                  // nothing to ask
)

// verdict is an outcome, and for outcomeFault its reason.
type verdict struct {
	outcome
	fault fault
}

// judge says what a signed-in person gets to see. It is found once for each sign-in, since a fault may hit the first time only.
func (c *Cloud) judge(v *visit) verdict {
	if v.verdict == nil {
		found := c.newVerdict(v)
		v.verdict = &found
	}
	return *v.verdict
}

func (c *Cloud) newVerdict(v *visit) verdict {
	h := c.current().hooks
	who := v.session.person
	foreign := v.admin && h.adminElsewhere && who.TenantID == otherTenant.id
	if !who.knownIn(v.tenant) && !foreign {
		return verdict{outcomeFault, fault{
			code: 50020, oauth: "access_denied",
			text: "User account '" + who.UPN + "' from another tenant does not exist in tenant '" + v.tenant.domain + "' and cannot access the application.",
		}}
	}
	if f := h.pageFault(v.admin); f != nil && c.hits("page", f.times) {
		return verdict{outcomeFault, *f}
	}
	switch {
	case !v.admin:
		return verdict{outcome: c.userOutcome(v)}
	case who.admin:
		return verdict{outcome: outcomeAsk}
	}
	return verdict{outcome: outcomeRefuse}
}

func (c *Cloud) userOutcome(v *visit) outcome {
	missing := c.ledger.missing(c.wide(v), ownKey(v), v.scopes.names())
	switch {
	case len(missing) == 0 && v.prompt != "consent":
		return outcomePass
	case len(missing) > 0 && (!c.current().hooks.usersConsent || v.scopes.needsAdmin()):
		return outcomeRefuse
	}
	return outcomeAsk
}

// wide is the key of the tenant-wide consent; under a scenario without one it is a key that nobody consented under.
func (c *Cloud) wide(v *visit) consentKey {
	if c.current().hooks.ungranted {
		return consentKey{tenant: "none"}
	}
	return consentKey{tenant: v.tenant.id, client: v.app.id}
}

func ownKey(v *visit) consentKey {
	return consentKey{tenant: v.tenant.id, client: v.app.id, person: v.session.person.ObjectID}
}
