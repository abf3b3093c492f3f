package rehearsal

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"strings"
	"sync"
	"time"
)

// Certificates are valid around the real time, whatever clock the rehearsal plays: TLS clients use their own.
const (
	certificateBefore = 72 * time.Hour
	certificateAfter  = 365 * 24 * time.Hour // further away than the end of a credential is warned of
)

// certificateAuthority signs the back channel's certificate. Its key never leaves memory.
type certificateAuthority struct {
	key         *ecdsa.PrivateKey
	certificate *x509.Certificate
	pem         []byte
}

func newCertificateAuthority() (*certificateAuthority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := certificateTemplate("Rehearsal CA (practice only)")
	template.IsCA = true
	template.BasicConstraintsValid = true
	template.MaxPathLenZero = true
	template.KeyUsage = x509.KeyUsageCertSign
	// Trusted by mistake it still could not stand in for any other address.
	template.PermittedDNSDomainsCritical = true
	template.PermittedDNSDomains = []string{keyVaultDomain}
	template.PermittedIPRanges = []*net.IPNet{{IP: net.IPv4(127, 0, 0, 1).To4(), Mask: net.CIDRMask(32, 32)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &certificateAuthority{key: key, certificate: certificate, pem: pemBlock("CERTIFICATE", der)}, nil
}

func (a *certificateAuthority) serverCertificate() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := certificateTemplate("Rehearsal back channel")
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	template.DNSNames = []string{"*." + keyVaultDomain}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}

// appCertificate is the practice certificate of the app registration that proves itself with one.
type appCertificate struct {
	public *rsa.PublicKey
	der    []byte
	// bundle is key and certificate as PEM; keyLine is one line of the key's secret half, by which a leak of it can be found.
	bundle, keyLine string
}

// RSA keys are slow to make, so a process makes two, once: one for the practice app, one that signs tokens.
var (
	practiceAppCertificate = sync.OnceValues(newAppCertificate)
	tokenSigner            = sync.OnceValues(newSigner)
)

func newAppCertificate() (*appCertificate, error) {
	key, der, err := selfSigned("Rehearsal app registration")
	if err != nil {
		return nil, err
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(crypto.PrivateKey(key))
	if err != nil {
		return nil, err
	}
	keyPEM := pemBlock("PRIVATE KEY", keyDER)
	bundle := bytes.Join([][]byte{keyPEM, pemBlock("CERTIFICATE", der)}, nil)
	// The modulus, which the certificate has too, ends in the first quarter; the middle is in the first of the primes.
	lines := strings.Split(strings.TrimSpace(string(keyPEM)), "\n")
	return &appCertificate{public: &key.PublicKey, der: der, bundle: string(bundle), keyLine: lines[len(lines)/2]}, nil
}

// selfSigned makes an RSA key and a certificate for it, as DER.
func selfSigned(name string) (*rsa.PrivateKey, []byte, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, nil, err
	}
	template := certificateTemplate(name)
	template.KeyUsage = x509.KeyUsageDigitalSignature
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	return key, der, err
}

func certificateTemplate(name string) *x509.Certificate {
	serial, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120)) // rand.Reader never fails (crypto/rand)
	return &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Now().Add(-certificateBefore),
		NotAfter:     time.Now().Add(certificateAfter),
	}
}

func pemBlock(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}
