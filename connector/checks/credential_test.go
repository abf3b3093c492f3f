package checks

import (
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

func TestTheEndOfTheCredential(t *testing.T) {
	ends := func(kind auth.ClientKind, month time.Month, day int) func(*script) {
		return func(s *script) {
			s.in.ClientKind, s.in.SecretExpires = kind, connector.Day{Year: 2026, Month: month, Day: day}
		}
	}
	// It is 23 November 2026.
	runRows(t, []row{
		{"31 days", connector.CheckCredential, ends(auth.SecretClient, time.December, 24), connector.CheckPassed, connector.WeightNone, ""},
		{"30 days", connector.CheckCredential, ends(auth.SecretClient, time.December, 23), connector.CheckWarning, connector.WeightWarning, connector.KindCredentialEnds},
		{"10 days", connector.CheckCredential, ends(auth.CertificateClient, time.December, 3), connector.CheckWarning, connector.WeightWarning, connector.KindCredentialEnds},
		{"8 days", connector.CheckCredential, ends(auth.SecretClient, time.December, 1), connector.CheckWarning, connector.WeightWarning, connector.KindCredentialEnds},
		{"7 days", connector.CheckCredential, ends(auth.SecretClient, time.November, 30), connector.CheckWarning, connector.WeightAttention, connector.KindCredentialEnds},
		{"tomorrow", connector.CheckCredential, ends(auth.CertificateClient, time.November, 24), connector.CheckWarning, connector.WeightAttention, connector.KindCredentialEnds},
		{"today", connector.CheckCredential, ends(auth.SecretClient, time.November, 23), connector.CheckWarning, connector.WeightAttention, connector.KindCredentialEnds},
		{"secret, yesterday", connector.CheckCredential, ends(auth.SecretClient, time.November, 22), connector.CheckFailed, connector.WeightAttention, connector.KindSecretExpired},
		{"certificate, yesterday", connector.CheckCredential, ends(auth.CertificateClient, time.November, 22), connector.CheckFailed, connector.WeightAttention, connector.KindCertExpired},
		{"not known", connector.CheckCredential, func(s *script) { s.in.SecretExpires = connector.Day{} }, connector.CheckUnknown, connector.WeightWarning, ""},
		{"public client", connector.CheckCredential, ends(auth.PublicClient, time.November, 22), connector.CheckPassed, connector.WeightNone, ""},
	})
}

func TestTheLastDayIsCalledSo(t *testing.T) {
	for day, want := range map[int]string{22: "credential-ended", 23: "credential-today", 24: "credential-last-day"} {
		s := newScript()
		s.in.SecretExpires = connector.Day{Year: 2026, Month: time.November, Day: day}
		if got := s.make(t.Context())[connector.CheckCredential].Evidence[0]; got.Key != want || got.Args["Day"] != s.in.SecretExpires.String() {
			t.Errorf("the %dth: %s of %v, want %s", day, got.Key, got.Args, want)
		}
	}
}
