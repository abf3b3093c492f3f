package checks

import (
	"context"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// credentialEnd checks that the client secret or certificate still has more than a few days. What Microsoft said in this very run counts before
// the day that somebody has entered.
func (c *checker) credentialEnd(context.Context) outcome {
	if c.ClientKind == auth.PublicClient {
		return passed(fact("credential-none"))
	}
	if p := c.credentialRefusal(); p != nil {
		return failed(p, c.refusalEvidence()...)
	}
	if c.SecretExpires.IsZero() {
		return unknown(nil, fact("credential-end-unknown"))
	}
	day := c.SecretExpires.String()
	switch left := c.SecretExpires.Since(connector.DayOf(c.Now())); {
	case left < 0 && c.ClientKind == auth.CertificateClient:
		return failed(c.problem(connector.KindCertExpired), fact("credential-ended", "Day", day))
	case left < 0:
		return failed(c.problem(connector.KindSecretExpired), fact("credential-ended", "Day", day))
	case left == 0:
		return warned(connector.WeightAttention, c.problem(connector.KindCredentialEnds), fact("credential-today", "Day", day))
	case left <= connector.SecretAttentionDays:
		return warned(connector.WeightAttention, c.problem(connector.KindCredentialEnds), fact("credential-last-day", "Day", day))
	case left <= connector.SecretWarningDays:
		return warned(connector.WeightWarning, c.problem(connector.KindCredentialEnds), fact("credential-last-day", "Day", day))
	}
	return passed(fact("credential-last-day", "Day", day))
}

// credentialRefusal is the problem of a check of this run to which Microsoft said that the client secret or certificate has ended; nil where it did
// not.
func (c *checker) credentialRefusal() *connector.Problem {
	for _, check := range c.made {
		if problems.CredentialEnded(check.Problem) {
			return check.Problem
		}
	}
	return nil
}

func (c *checker) refusalEvidence() []connector.Fact {
	if c.SecretExpires.IsZero() {
		return []connector.Fact{fact("credential-refused")}
	}
	return []connector.Fact{fact("credential-refused"), fact("credential-entered", "Day", c.SecretExpires.String())}
}
