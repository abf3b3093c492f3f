package auth

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
	"unique"
)

// redacted is what every formatted Secret shows instead of its text.
const redacted = "[redacted]"

// Secret holds a token, a client secret, a key or an authorization code. However it is formatted, logged or
// encoded, it shows "[redacted]"; only Reveal gives the text. Two Secrets of the same text are ==.
//
// The text is behind a handle because package fmt prints the unexported fields of a struct without asking their
// methods: a plain string would be shown by %+v of any struct that keeps a Secret in such a field.
type Secret struct{ text unique.Handle[string] }

// NewSecret wraps text.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{text: unique.Make(text)}
}

// Reveal returns the text itself. Every call of it is a place where a secret could get out.
func (s Secret) Reveal() string {
	if s.Empty() {
		return ""
	}
	return s.text.Value()
}

// Empty reports whether there is nothing in it.
func (s Secret) Empty() bool { return s == Secret{} }

// Equal compares in constant time.
func (s Secret) Equal(other Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(other.Reveal())) == 1
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

// SameText compares in constant time; an empty text is like no other.
func SameText(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
