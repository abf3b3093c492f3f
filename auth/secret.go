package auth

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
)

// redacted is what every formatted Secret shows instead of its text.
const redacted = "[redacted]"

// Secret holds a token, a client secret, a key or an authorization code. However it is formatted, logged or
// encoded, it shows "[redacted]"; only Reveal gives the text.
type Secret struct{ text string }

// NewSecret wraps text.
func NewSecret(text string) Secret { return Secret{text: text} }

// Reveal returns the text itself. Every call of it is a place where a secret could get out.
func (s Secret) Reveal() string { return s.text }

// Empty says whether there is nothing in it.
func (s Secret) Empty() bool { return s.text == "" }

// Equal compares in constant time.
func (s Secret) Equal(other Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.text), []byte(other.text)) == 1
}

// String implements fmt.Stringer.
func (s Secret) String() string { return redacted }

// GoString implements fmt.GoStringer.
func (s Secret) GoString() string { return redacted }

// Format implements fmt.Formatter, so that no verb reaches the field behind it.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// LogValue implements slog.LogValuer.
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText implements encoding.TextMarshaler, which encoding/json, TOML and XML use.
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }
