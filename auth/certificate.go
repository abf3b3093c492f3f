package auth

import (
	"bytes"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // the thumbprint that Entra shows is SHA-1
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"strings"
	"time"

	"partner-center-connector/plaintext"
)

// Reasons why a certificate can't be used.
var (
	ErrCertPFX       = errors.New("it is a PFX file; a PEM file with the certificate and its unencrypted RSA key is needed")
	ErrCertEncrypted = errors.New("its private key is encrypted; an unencrypted one is needed")
	ErrCertNoKey     = errors.New("there is no private key in it")
	ErrCertNoCert    = errors.New("there is no certificate in it")
	ErrCertNotRSA    = errors.New("its private key is not an RSA key")
	ErrCertMismatch  = errors.New("its private key belongs to none of its certificates")
	ErrCertExpired   = errors.New("the certificate has expired")
	ErrCertTwoKeys   = errors.New("there is more than one private key in it")
	ErrCertDamaged   = errors.New("it has a part that cannot be read")
)

// Certificate are the facts of a certificate with which an app registration proves itself.
type Certificate struct {
	// Thumbprint is the SHA-1 of the certificate in upper-case hex, as Entra shows it.
	Thumbprint string
	// Subject is the certificate's subject, as "CN=…".
	Subject string
	// NotBefore is when it begins, NotAfter when it ends.
	NotBefore, NotAfter time.Time
	// DER is the certificate itself, without its key, in base64.
	DER string
}

// ParseCertificate reads a PEM bundle of an unencrypted RSA key and its certificate. Its errors are the ErrCert… values; with
// ErrCertExpired the facts come along.
func ParseCertificate(bundle []byte) (Certificate, error) {
	return parseCertificate(bundle, time.Now())
}

func parseCertificate(bundle []byte, now time.Time) (Certificate, error) {
	parts, err := readBundle(bundle)
	if err != nil {
		return Certificate{}, err
	}
	return parts.facts(now)
}

// ParsePublicCertificate is ParseCertificate for what may also be the certificate alone, without its key: what an app registration is
// given. Of several certificates without a key it takes the first, which is the holder's own where the others vouch for it.
func ParsePublicCertificate(bundle []byte) (Certificate, error) {
	parts, err := readBundle(bundle)
	if errors.Is(err, ErrCertNoKey) {
		parts.own, err = parts.first(bundle)
	}
	if err != nil {
		return Certificate{}, err
	}
	if _, rsaKey := parts.own.PublicKey.(*rsa.PublicKey); !rsaKey {
		return Certificate{}, ErrCertNotRSA
	}
	return parts.facts(time.Now())
}

// first returns the first certificate of a bundle without a key, or the one that data is where it is no PEM.
func (b certificateBundle) first(data []byte) (*x509.Certificate, error) {
	if len(b.certs) > 0 {
		return b.certs[0], nil
	}
	return x509.ParseCertificate(derOf(data))
}

// facts are those of the own certificate; with ErrCertExpired where it has ended.
func (b certificateBundle) facts(now time.Time) (Certificate, error) {
	sum := sha1.Sum(b.own.Raw) //nolint:gosec // Entra shows this thumbprint, and people compare it; nothing relies on it
	facts := Certificate{
		Thumbprint: strings.ToUpper(hex.EncodeToString(sum[:])),
		Subject:    b.own.Subject.String(),
		NotBefore:  b.own.NotBefore,
		NotAfter:   b.own.NotAfter,
		DER:        base64.StdEncoding.EncodeToString(b.own.Raw),
	}
	if now.After(facts.NotAfter) {
		return facts, ErrCertExpired
	}
	return facts, nil
}

// certificateBundle is a key with the certificates of its bundle; own is the one that belongs to the key.
type certificateBundle struct {
	key   *rsa.PrivateKey
	certs []*x509.Certificate
	own   *x509.Certificate
}

// readBundle does not mind an expired certificate: Entra says so itself.
func readBundle(bundle []byte) (certificateBundle, error) {
	var out certificateBundle
	rest, _ := plaintext.UTF8(bundle) // binary as it is
	if !bytes.Contains(rest, []byte("-----BEGIN ")) {
		return out, notPEM(rest)
	}
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if err := out.add(block); err != nil {
			return certificateBundle{}, err
		}
	}
	switch {
	case bytes.Contains(rest, []byte("-----BEGIN ")):
		return certificateBundle{}, ErrCertDamaged
	case len(out.certs) == 0:
		return certificateBundle{}, ErrCertNoCert
	case out.key == nil:
		return out, ErrCertNoKey
	}
	for _, c := range out.certs {
		if out.key.PublicKey.Equal(c.PublicKey) {
			out.own = c
			return out, nil
		}
	}
	return certificateBundle{}, ErrCertMismatch
}

// add takes one PEM block. Blocks of other kinds are passed over.
func (b *certificateBundle) add(block *pem.Block) error {
	if block.Type == "ENCRYPTED PRIVATE KEY" || block.Headers["DEK-Info"] != "" || strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED") {
		return ErrCertEncrypted
	}
	var key any
	var err error
	switch block.Type {
	case "CERTIFICATE":
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return ErrCertDamaged
		}
		b.certs = append(b.certs, c)
		return nil
	case "PRIVATE KEY":
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	case "RSA PRIVATE KEY":
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	case "EC PRIVATE KEY", "DSA PRIVATE KEY":
		return ErrCertNotRSA
	default:
		return nil
	}
	if err != nil {
		return ErrCertDamaged
	}
	private, ok := key.(*rsa.PrivateKey)
	switch {
	case !ok:
		return ErrCertNotRSA
	case b.key != nil:
		return ErrCertTwoKeys
	}
	b.key = private
	return nil
}

// notPEM returns the error that says what a file without PEM is: a PFX file or a bare certificate, binary or in base64.
func notPEM(data []byte) error {
	der := derOf(data)
	if _, err := x509.ParseCertificate(der); err == nil {
		return ErrCertNoKey
	}
	// A PFX is a sequence that begins with its version, 3. https://www.rfc-editor.org/rfc/rfc7292#section-4
	var pfx struct {
		Version int
		Content asn1.RawValue
		MAC     asn1.RawValue `asn1:"optional"`
	}
	if _, err := asn1.Unmarshal(der, &pfx); err == nil && pfx.Version == 3 {
		return ErrCertPFX
	}
	return ErrCertNoCert
}

// IsDER reports whether data begins as a binary certificate or PFX does, and no text: as a sequence of more than 127 bytes.
func IsDER(data []byte) bool { return len(data) > 1 && data[0] == 0x30 && data[1] >= 0x80 }

// derOf takes base64 off data, where it is in that.
func derOf(data []byte) []byte {
	if decoded, err := base64.StdEncoding.DecodeString(string(bytes.Join(bytes.Fields(data), nil))); err == nil {
		return decoded
	}
	return data
}
