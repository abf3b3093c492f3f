package checks

import (
	"slices"
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

// What Microsoft says of the client secret counts before the day that was entered, and is no word on the sign-in.
func TestARefusedSecretIsToldByTheCheckOfTheSecret(t *testing.T) {
	refused := func(err error) func(*script) {
		return func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{err} }
	}
	secret := refused(refreshError("invalid_client", 7000222))
	certificate := refused(&auth.Error{Stage: auth.StageRefresh, Cause: auth.ErrCertExpired})
	runRows(t, []row{
		{"secret refused", connector.CheckCredential, secret, connector.CheckFailed, connector.WeightAttention, connector.KindSecretExpired},
		{"secret refused, end not known", connector.CheckCredential, func(s *script) { secret(s); s.in.SecretExpires = connector.Day{} }, connector.CheckFailed, connector.WeightAttention, connector.KindSecretExpired},
		{"certificate ended", connector.CheckCredential, certificate, connector.CheckFailed, connector.WeightAttention, connector.KindCertExpired},
		{"secret wrong", connector.CheckCredential, refused(refreshError("invalid_client", 7000215)), connector.CheckPassed, connector.WeightNone, ""},
		{"sign-in refused", connector.CheckCredential, refused(refreshError("invalid_grant", 50173)), connector.CheckPassed, connector.WeightNone, ""},
		{"refused for Graph only", connector.CheckCredential, func(s *script) { s.tokenErrs[auth.Graph] = []error{refreshError("invalid_client", 7000222)} }, connector.CheckFailed, connector.WeightAttention, connector.KindSecretExpired},

		{"secret refused", connector.CheckLasts, secret, connector.CheckUnknown, connector.WeightAttention, connector.KindSecretExpired},
		{"certificate ended", connector.CheckLasts, certificate, connector.CheckUnknown, connector.WeightAttention, connector.KindCertExpired},
		{"secret wrong", connector.CheckLasts, refused(refreshError("invalid_client", 7000215)), connector.CheckUnknown, connector.WeightAttention, connector.KindSecretWrong},
		{"app gone", connector.CheckLasts, refused(refreshError("unauthorized_client", 700016)), connector.CheckUnknown, connector.WeightAttention, connector.KindAppUnknown},
		{"blocked by a policy", connector.CheckLasts, refused(&auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_grant", Suberror: "message_only", Codes: []int{53003}, Status: 400}), connector.CheckFailed, connector.WeightAttention, connector.KindCondAccess},
	})
	s := newScript()
	secret(s)
	made := Run(t.Context(), s.in, nil)
	for _, c := range made {
		keys := []string{}
		for _, f := range c.Evidence {
			keys = append(keys, f.Key)
		}
		want := map[connector.CheckID][]string{
			connector.CheckLasts: {"lasts-other-refusal"}, connector.CheckCredential: {"credential-refused", "credential-entered"},
		}[c.ID]
		if want != nil && !slices.Equal(keys, want) {
			t.Errorf("%s: %v, want %v", c.ID, keys, want)
		}
	}
	if got := HealthOf(made); got != "expired" {
		t.Errorf("health %s", got)
	}
}

// A refusal that came up between the refresh and the proof that the sign-in lasts is not new: something is wrong.
func TestARefusalOfTheSecretAfterTheRefreshIsNotNew(t *testing.T) {
	for code, want := range map[int]connector.Health{7000222: "expired", 7000215: "attention"} {
		s := newScript()
		s.in.Consented, s.in.PartnerCenter = testNow.Add(-5*time.Minute), slowPartner{s.in.PartnerCenter, s}
		s.tokenErrs[auth.PartnerCenter] = []error{nil, refreshError("invalid_client", code)}
		if got := HealthOf(Run(t.Context(), s.in, nil)); got != want {
			t.Errorf("AADSTS%d: %s, want %s", code, got, want)
		}
	}
}
