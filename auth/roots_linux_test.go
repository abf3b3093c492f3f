package auth

import (
	"crypto/x509"
	"errors"
	"os"
	"os/exec"
	"testing"
)

// TestNoRoots runs itself again on a computer without root certificates: Go reads those of Linux once in a process, from where the environment says.
func TestNoRoots(t *testing.T) {
	const inside = "PCC_TEST_NO_ROOTS"
	if os.Getenv(inside) != "" {
		if got := Classify(x509.UnknownAuthorityError{}); !errors.Is(got, ErrNoRoots) || !errors.Is(Classify(got), ErrNoRoots) {
			t.Errorf("a certificate that nobody vouches for: %v", got)
		}
		if got := Classify(x509.HostnameError{Certificate: &x509.Certificate{}}); !errors.Is(got, ErrTLS) || errors.Is(got, ErrNoRoots) {
			t.Errorf("a certificate for another host: %v", got)
		}
		return
	}
	command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestNoRoots$", "-test.count=1")
	command.Env = append(os.Environ(), inside+"=1", "SSL_CERT_FILE=/nonexistent", "SSL_CERT_DIR=/nonexistent")
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
