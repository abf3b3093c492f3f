package connector

import (
	"testing"
	"time"

	"partner-center-connector/auth"
)

func TestARenewalBeginsWhereSomethingIsToBeDone(t *testing.T) {
	last := Day{2027, time.January, 8}
	for name, tt := range map[string]struct {
		c      Connector
		now    time.Time
		step   Step
		secret bool
		last   string
	}{
		"still good":             {Connector{ClientKind: auth.SecretClient, SecretExpires: last}, time.Date(2027, time.January, 8, 23, 59, 0, 0, time.UTC), StepUser, true, "2027-01-08"},
		"ended":                  {Connector{ClientKind: auth.SecretClient, SecretExpires: last}, time.Date(2027, time.January, 9, 0, 0, 0, 0, time.UTC), StepConnector, false, ""},
		"certificate ended":      {Connector{ClientKind: auth.CertificateClient, SecretExpires: last}, time.Date(2027, time.March, 9, 0, 0, 0, 0, time.UTC), StepConnector, false, ""},
		"refused before its end": {Connector{ClientKind: auth.SecretClient, SecretExpires: last, Health: HealthExpired}, time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC), StepConnector, false, ""},
		"end not known":          {Connector{ClientKind: auth.SecretClient}, time.Date(2037, time.January, 1, 0, 0, 0, 0, time.UTC), StepUser, true, ""},
		"public":                 {Connector{ClientKind: auth.PublicClient, SecretExpires: last}, time.Date(2027, time.March, 9, 0, 0, 0, 0, time.UTC), StepUser, false, ""},
		"in a key vault": {
			Connector{Origin: OriginVault, ClientKind: auth.SecretClient, SecretExpires: last}, time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC), StepConnector, false, "2027-01-08",
		},
		"in a key vault, and ended": {
			Connector{Origin: OriginVault, ClientKind: auth.SecretClient, SecretExpires: last}, time.Date(2027, time.January, 9, 0, 0, 0, 0, time.UTC), StepConnector, false, "",
		},
		"a certificate in a key vault": {Connector{Origin: OriginVault, ClientKind: auth.CertificateClient}, time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC), StepConnector, false, ""},
		"public, in a key vault":       {Connector{Origin: OriginVault, ClientKind: auth.PublicClient}, time.Date(2027, time.March, 9, 0, 0, 0, 0, time.UTC), StepUser, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := RenewalOf(tt.c, "", tt.now)
			if d.Step != tt.step || d.HasSecret != tt.secret || d.SecretExpires.String() != tt.last {
				t.Errorf("begins on page %s, has the secret: %v, last day %q", d.Step.Page(), d.HasSecret, d.SecretExpires)
			}
		})
	}
}

// Only a client secret has an end that somebody may have typed wrong.
func TestARenewalKeepsASecretWhoseRecordedEndIsOver(t *testing.T) {
	last, after := Day{2027, time.January, 8}, time.Date(2027, time.January, 9, 0, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		c    Connector
		now  time.Time
		want string
	}{
		"ended":                  {Connector{ClientKind: auth.SecretClient, SecretExpires: last}, after, "2027-01-08"},
		"ended, and found out":   {Connector{ClientKind: auth.SecretClient, SecretExpires: last, Health: HealthExpired}, after, "2027-01-08"},
		"still good":             {Connector{ClientKind: auth.SecretClient, SecretExpires: last}, after.AddDate(0, 0, -1), ""},
		"refused before its end": {Connector{ClientKind: auth.SecretClient, SecretExpires: last, Health: HealthExpired}, after.AddDate(0, 0, -1), ""},
		"refused, end not known": {Connector{ClientKind: auth.SecretClient, Health: HealthExpired}, after, ""},
		"certificate":            {Connector{ClientKind: auth.CertificateClient, SecretExpires: last}, after, ""},
		"ended, in a key vault":  {Connector{Origin: OriginVault, ClientKind: auth.SecretClient, SecretExpires: last}, after, ""},
	} {
		if got := RenewalOf(tt.c, "", tt.now).EndedOn.String(); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
