package checks

import (
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// One refusal has one cause: that of a sign-in frequency is told only where it can be that.
func TestARefusalIsCalledNotLastingOnlyWhereItCanBe(t *testing.T) {
	of := func(kind auth.ClientKind, codes ...int) func(*script) {
		return func(s *script) {
			s.in.ClientKind, s.tokenErrs[auth.PartnerCenter] = kind, []error{refreshError("invalid_grant", codes...)}
		}
	}
	rows := []row{}
	for _, r := range []struct {
		name    string
		arrange func(*script)
		kind    connector.ProblemKind
	}{
		{"sign-in frequency", of(auth.PublicClient, 70043), "not-lasting"},
		{"no reason", of(auth.PublicClient), "not-lasting"},
		{"a number that nobody knows", of(auth.PublicClient, 999998), "not-lasting"},
		{"no reason, with a secret", of(auth.SecretClient), "sign-in-again"},
		{"no reason, with a certificate", of(auth.CertificateClient), "sign-in-again"},
		{"password reset", of(auth.PublicClient, 50173), "sign-in-again"},
		{"password changed", of(auth.PublicClient, 50133), "sign-in-again"},
		{"session revoked", of(auth.PublicClient, 50132), "sign-in-again"},
		{"token expired", of(auth.PublicClient, 70008), "sign-in-again"},
		{"unused", of(auth.PublicClient, 700082), "unused-too-long"},
		{"disabled", of(auth.PublicClient, 50057), "account-disabled"},
	} {
		rows = append(rows, row{r.name, connector.CheckLasts, r.arrange, connector.CheckFailed, connector.WeightAttention, r.kind})
	}
	runRows(t, rows)
}
