package auth

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"testing"
	"time"
)

func TestParseCertificate(t *testing.T) {
	key := entraKey()
	until := time.Now().Add(24 * time.Hour).Truncate(time.Second)
	der := certificateFor(t, key, until)
	cert, rsaKey := pemOf("CERTIFICATE", der), pemOf("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key))
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	other := pemOf("CERTIFICATE", certificateFor(t, stranger, until))
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ecKey, err := x509.MarshalECPrivateKey(ec)
	if err != nil {
		t.Fatal(err)
	}
	ecPKCS8, err := x509.MarshalPKCS8PrivateKey(ec)
	if err != nil {
		t.Fatal(err)
	}
	pfx, err := asn1.Marshal(struct {
		Version int
		Content struct{ ID asn1.ObjectIdentifier }
	}{3, struct{ ID asn1.ObjectIdentifier }{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}}})
	if err != nil {
		t.Fatal(err)
	}
	old := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-256-CBC,00"}, Bytes: []byte("x")})
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, []byte("\n")) }

	for _, tc := range []struct {
		name   string
		bundle []byte
		want   error
	}{
		{"PKCS#1", join(cert, rsaKey), nil},
		{"PKCS#8, key first", join(pemOf("PRIVATE KEY", pkcs8), cert), nil},
		{"with a byte order mark and words", join([]byte("\xef\xbb\xbfBag Attributes\n"), cert, rsaKey), nil},
		{"in UTF-16", []byte("\xff\xfe" + utf16Of(string(join(cert, rsaKey)))), nil},
		{"put together, each with a byte order mark", join([]byte("\xef\xbb\xbf"+string(cert)), []byte("\xef\xbb\xbf"+string(rsaKey))), nil},
		{"PFX in base64, in UTF-16", []byte("\xff\xfe" + utf16Of(base64.StdEncoding.EncodeToString(pfx))), ErrCertPFX},
		{"with Windows line ends", bytes.ReplaceAll(join(cert, rsaKey), []byte("\n"), []byte("\r\n")), nil},
		{"with another certificate first", join(other, cert, rsaKey), nil},
		{"PFX", pfx, ErrCertPFX},
		{"PFX in base64", []byte(base64.StdEncoding.EncodeToString(pfx)), ErrCertPFX},
		{"binary certificate", der, ErrCertNoKey},
		{"encrypted PKCS#8", join(cert, pemOf("ENCRYPTED PRIVATE KEY", []byte("x"))), ErrCertEncrypted},
		{"encrypted the old way", join(cert, old), ErrCertEncrypted},
		{"no key", cert, ErrCertNoKey},
		{"no certificate", rsaKey, ErrCertNoCert},
		{"EC key", join(cert, pemOf("EC PRIVATE KEY", ecKey)), ErrCertNotRSA},
		{"EC key in PKCS#8", join(cert, pemOf("PRIVATE KEY", ecPKCS8)), ErrCertNotRSA},
		{"key of another", join(other, rsaKey), ErrCertMismatch},
		{"two keys", join(cert, rsaKey, rsaKey), ErrCertTwoKeys},
		{"damaged certificate", join(pemOf("CERTIFICATE", []byte("x")), rsaKey), ErrCertDamaged},
		{"damaged key", join(cert, pemOf("PRIVATE KEY", []byte("x"))), ErrCertDamaged},
		{"cut off", join(cert, rsaKey[:200]), ErrCertDamaged},
		{"empty", nil, ErrCertNoCert},
		{"something else", []byte("hello"), ErrCertNoCert},
		{"public key", pemOf("PUBLIC KEY", []byte("x")), ErrCertNoCert},
	} {
		got, err := ParseCertificate(tc.bundle)
		if !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
		if tc.want == nil && (got.Thumbprint != fmt.Sprintf("%X", sha1.Sum(der)) || got.Subject != "CN=connector" || !got.NotAfter.Equal(until)) {
			t.Errorf("%s: %+v", tc.name, got)
		}
	}
	got, err := parseCertificate(join(cert, rsaKey), until.Add(time.Second))
	if !errors.Is(err, ErrCertExpired) || !got.NotAfter.Equal(until) {
		t.Errorf("expired: %+v, %v", got, err)
	}
}

func TestParsePublicCertificate(t *testing.T) {
	key := entraKey()
	der := certificateFor(t, key, time.Now().Add(24*time.Hour))
	cert, rsaKey := pemOf("CERTIFICATE", der), pemOf("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key))
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	other := pemOf("CERTIFICATE", certificateFor(t, stranger, time.Now().Add(time.Hour)))
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	curved, err := x509.CreateCertificate(rand.Reader, template, template, &ec.PublicKey, ec)
	if err != nil {
		t.Fatal(err)
	}
	for name, bundle := range map[string][]byte{
		"with its key":                 bytes.Join([][]byte{other, cert, rsaKey}, []byte("\n")),
		"alone":                        cert,
		"before those that vouch":      bytes.Join([][]byte{cert, other}, []byte("\n")),
		"binary":                       der,
		"in base64, without its lines": []byte(base64.StdEncoding.EncodeToString(der)),
	} {
		got, err := ParsePublicCertificate(bundle)
		if err != nil || got.DER != base64.StdEncoding.EncodeToString(der) || got.Subject != "CN=connector" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	for name, tc := range map[string]struct {
		bundle []byte
		want   error
	}{
		"a key alone":   {rsaKey, ErrCertNoCert},
		"an EC key's":   {pemOf("CERTIFICATE", curved), ErrCertNotRSA},
		"not a file":    {[]byte("hello"), ErrCertNoCert},
		"another's key": {bytes.Join([][]byte{other, rsaKey}, []byte("\n")), ErrCertMismatch},
	} {
		if _, err := ParsePublicCertificate(tc.bundle); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", name, err, tc.want)
		}
	}
}

func TestAnExpiredCertificateSpendsNoCode(t *testing.T) {
	e := newEntra(t)
	s := NewService([]Cloud{e.cloud}, func() time.Time { return time.Now().Add(48 * time.Hour) })
	if _, err := s.Redeem(t.Context(), e.request(certificateApp(t)), entraAnswer()); !errors.Is(err, ErrCertExpired) || e.count() != 0 {
		t.Errorf("%v after %d requests", err, e.count())
	}
}

func FuzzParseCertificate(f *testing.F) {
	f.Add([]byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
	f.Add(pemOf("PRIVATE KEY", []byte("x")))
	f.Add([]byte{0x30, 0x03, 0x02, 0x01, 0x03})
	f.Fuzz(func(t *testing.T, bundle []byte) {
		if facts, err := ParseCertificate(bundle); err == nil && facts.Thumbprint == "" {
			t.Fatal("no facts and no error")
		}
	})
}
