package auth

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net"
	"net/http"
)

// Classify returns why a request had no usable answer: context.Canceled, ErrDNS, ErrNoRoots, ErrTLS, ErrProxyAuth, ErrTimeout, ErrBadAnswer,
// or ErrNetwork for everything else. It returns one of these bare values, so that nothing of err's text goes on, or the
// *ProxyError in it, which is as bare. Nil stays nil.
func Classify(err error) error {
	if err == nil {
		return nil
	}
	var proxy *ProxyError
	if errors.As(err, &proxy) {
		return proxy
	}
	for _, cause := range []error{context.Canceled, ErrProxyAuth, ErrBadAnswer, ErrDNS, ErrNoRoots, ErrTLS, ErrTimeout, ErrNetwork} {
		if errors.Is(err, cause) {
			return cause
		}
	}
	switch {
	case isKind[*net.DNSError](err):
		return ErrDNS
	case isUnknown(err) && noRoots():
		return ErrNoRoots
	case isTLS(err):
		return ErrTLS
	case isTimeout(err):
		return ErrTimeout
	case isKind[*json.SyntaxError](err), isKind[*json.UnmarshalTypeError](err):
		return ErrBadAnswer
	}
	return ErrNetwork
}

func isKind[T error](err error) bool {
	var target T
	return errors.As(err, &target)
}

// isTLS also covers a peer that does not speak TLS at all, as an intercepting proxy or captive portal may not.
func isTLS(err error) bool {
	return isKind[*tls.CertificateVerificationError](err) || isKind[x509.UnknownAuthorityError](err) ||
		isKind[x509.HostnameError](err) || isKind[x509.CertificateInvalidError](err) || isKind[tls.RecordHeaderError](err) ||
		isKind[tls.AlertError](err) || errors.Is(err, http.ErrSchemeMismatch)
}

// isUnknown reports whether nobody whom this computer trusts vouches for a certificate.
func isUnknown(err error) bool {
	return isKind[x509.UnknownAuthorityError](err) || isKind[x509.SystemRootsError](err)
}

// noRoots reports whether there is nobody whom this computer trusts, as in a container made of little more than one program. Windows and macOS
// look their roots up when a certificate is verified, and what stands for those is not empty.
func noRoots() bool {
	roots, err := x509.SystemCertPool()
	return err != nil || roots.Equal(x509.NewCertPool())
}

func isTimeout(err error) bool {
	var timed net.Error
	return errors.Is(err, context.DeadlineExceeded) || (errors.As(err, &timed) && timed.Timeout())
}
