package problems

import (
	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// FitClient gives the refusal of an app's proof the words that fit the kind of client: the sign-in service says "invalid_client" of a certificate,
// and of an app that should have none, as it does of a client secret. p may be nil.
func FitClient(p *connector.Problem, kind auth.ClientKind) {
	if p == nil || p.Kind != connector.KindSecretWrong {
		return
	}
	switch kind {
	case auth.CertificateClient:
		Reclassify(p, connector.KindCertificate)
	case auth.PublicClient:
		Reclassify(p, connector.KindSecretMissing)
	case auth.SecretClient:
	}
}
