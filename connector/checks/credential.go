package checks

import (
	"context"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// credentialEnd checks that the client secret or certificate still has more than a few days.
func (c *checker) credentialEnd(context.Context) outcome {
	if c.ClientKind == auth.PublicClient {
		return passed(fact("credential-none"))
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
