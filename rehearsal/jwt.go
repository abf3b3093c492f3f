package rehearsal

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // x5t is a SHA-1 thumbprint by its definition (RFC 7515, 4.1.7); it proves nothing here
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"time"
)

// signer signs tokens, with a key that its certificate names.
type signer struct {
	key *rsa.PrivateKey
	der []byte
	// id is the certificate's SHA-1 thumbprint, in base64url: Entra names its keys by it.
	id string
}

func newSigner() (*signer, error) {
	key, der, err := selfSigned("Rehearsal token signing")
	if err != nil {
		return nil, err
	}
	return &signer{key: key, der: der, id: base64.RawURLEncoding.EncodeToString(thumbprint(der))}, nil
}

// thumbprint is what x5t names a certificate by.
func thumbprint(der []byte) []byte {
	sum := sha1.Sum(der) //nolint:gosec // RFC 7515, 4.1.7 defines it so, and nothing relies on it: signatures are checked by the key
	return sum[:]
}

// signV2 makes a JWT of version 2 by RS256, signV1 one of version 1: only the older one names its key by x5t as well.
// https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference#header-claims
func signV2(claims map[string]any) (string, error) { return sign(claims, false) }

func signV1(claims map[string]any) (string, error) { return sign(claims, true) }

func sign(claims map[string]any, thumbprint bool) (string, error) {
	s, err := tokenSigner()
	if err != nil {
		return "", err
	}
	header := map[string]any{"typ": "JWT", "alg": "RS256", "kid": s.id}
	if thumbprint {
		header["x5t"] = s.id
	}
	head, err := encodePart(header)
	if err != nil {
		return "", err
	}
	body, err := encodePart(claims)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(head + "." + body))
	signature, err := rsa.SignPKCS1v15(rand.Reader, s.key, crypto.SHA256, sum[:])
	if err != nil {
		return "", err
	}
	return head + "." + body + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

func encodePart(part map[string]any) (string, error) {
	data, err := json.Marshal(part)
	return base64.RawURLEncoding.EncodeToString(data), err
}

// keySet is the document of the public keys that tokens are signed with. Entra's keys name no algorithm, but certificate and issuer.
// https://github.com/panva/wellknown/blob/main/issuers/entra-common/entra-common.mjs
func keySet(issuer string) (map[string]any, error) {
	s, err := tokenSigner()
	if err != nil {
		return nil, err
	}
	return map[string]any{"keys": []map[string]any{{
		"kty": "RSA", "use": "sig", "kid": s.id, "x5t": s.id, "issuer": issuer,
		"n":   base64.RawURLEncoding.EncodeToString(s.key.N.Bytes()),
		"e":   base64.RawURLEncoding.EncodeToString(big.NewInt(int64(s.key.E)).Bytes()),
		"x5c": []string{base64.StdEncoding.EncodeToString(s.der)},
	}}}, nil
}

// assertion is a client assertion, taken apart.
// https://learn.microsoft.com/entra/identity-platform/certificate-credentials
type assertion struct {
	head struct {
		Alg     string `json:"alg"`
		X5T     string `json:"x5t"`
		X5TS256 string `json:"x5t#S256"`
	}
	body struct {
		Audience  string `json:"aud"`
		Issuer    string `json:"iss"`
		Subject   string `json:"sub"`
		Expires   int64  `json:"exp"`
		NotBefore int64  `json:"nbf"`
		ID        string `json:"jti"`
	}
	signed    string
	signature []byte
}

func parseAssertion(text string) (assertion, bool) {
	var a assertion
	parts := strings.Split(text, ".")
	if len(parts) != 3 || !decodePart(parts[0], &a.head) || !decodePart(parts[1], &a.body) {
		return a, false
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	a.signed, a.signature = parts[0]+"."+parts[1], signature
	return a, err == nil
}

func decodePart(text string, into any) bool {
	data, err := base64.RawURLEncoding.DecodeString(text)
	return err == nil && json.Unmarshal(data, into) == nil
}

// named reports whether the header names the certificate by one of its thumbprints, as it must.
func (a assertion) named(certificate []byte) bool {
	s256 := sha256.Sum256(certificate)
	return sameThumbprint(a.head.X5TS256, s256[:]) || sameThumbprint(a.head.X5T, thumbprint(certificate))
}

// sameThumbprint takes a thumbprint in base64url, as RFC 7515 (section 4.1.8) wants it, and in plain base64 with its padding, as
// MSAL for Go sends it and Entra accepts it.
// https://github.com/AzureAD/microsoft-authentication-library-for-go/blob/main/apps/internal/oauth/ops/accesstokens/accesstokens.go
func sameThumbprint(text string, sum []byte) bool {
	return text == base64.RawURLEncoding.EncodeToString(sum) || text == base64.StdEncoding.EncodeToString(sum)
}

func (a assertion) signedBy(key *rsa.PublicKey) bool {
	sum := sha256.Sum256([]byte(a.signed))
	switch a.head.Alg {
	case "PS256":
		return rsa.VerifyPSS(key, crypto.SHA256, sum[:], a.signature, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash}) == nil
	case "RS256":
		return rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], a.signature) == nil
	}
	return false
}

// current reports whether now lies between nbf and exp. How much a clock may differ is not documented; here it is five minutes.
func (a assertion) current(now time.Time) bool {
	const leeway = 5 * time.Minute
	return now.Add(-leeway).Unix() < a.body.Expires && now.Add(leeway).Unix() >= a.body.NotBefore
}
