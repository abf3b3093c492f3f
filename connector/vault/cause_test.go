package vault

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"partner-center-connector/connector"
)

// known is an error of a keychain and what it means.
type known struct {
	err  error
	want error
}

func testCauses(t *testing.T, table []known) {
	t.Helper()
	table = append(table,
		known{keyring.ErrSetDataTooBig, connector.ErrKeychainFull},
		known{keyring.ErrUnsupportedPlatform, connector.ErrKeychainMissing},
		known{errors.New("something else"), connector.ErrKeychainBroken},
	)
	for _, tc := range table {
		for _, err := range []error{tc.err, fmt.Errorf("wrapped: %w", tc.err)} {
			if got := failed(OpWrite, err, ""); !errors.Is(got, tc.want) {
				t.Errorf("%v: %v, want %v", err, got, tc.want)
			}
		}
	}
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	secret := "QUJDREVG"
	for _, tc := range []struct{ said, want string }{
		{"plain", "keychain: write: the keychain answered with an error: plain"},
		{"two\nlines\x00 and\tmore", "keychain: write: the keychain answered with an error: two lines and more"},
		{"it was " + secret, "keychain: write: the keychain answered with an error"},
	} {
		if got := failed(OpWrite, errors.New(tc.said), secret).Error(); got != tc.want {
			t.Errorf("%q became %q, want %q", tc.said, got, tc.want)
		}
	}
	if got := failed(OpRead, errors.New(strings.Repeat("ü", 1000)), "").Error(); len(got) > 300 {
		t.Errorf("%d bytes of error text", len(got))
	}
	if got := interrupted(OpRead, context.DeadlineExceeded); !errors.Is(got, connector.ErrKeychainSlow) {
		t.Errorf("a deadline: %v, want %v", got, connector.ErrKeychainSlow)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`{"format":1,"version":"0123456789abcdef","count":1,"length":3,"sha256":""}`, "YWJj")
	f.Add(`{"format":1,"versions":[{"version":"0123456789abcdef","count":9}]}`, "")
	f.Fuzz(func(t *testing.T, text, chunk string) {
		if h, err := parseHeader(base64.StdEncoding.EncodeToString([]byte(text))); err == nil {
			if h.Count < 1 || h.Count > 100 {
				t.Errorf("a count of %d", h.Count)
			}
			if credential, err := h.unpack([]string{chunk}); err == nil && digest(credential) != h.SHA256 {
				t.Error("a wrong credential was taken")
			}
		}
		if n, err := parseNote([]byte(text)); err == nil {
			for _, v := range n.Versions {
				if !v.valid() {
					t.Errorf("a note with %v", v)
				}
			}
		}
	})
}
