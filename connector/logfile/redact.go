package logfile

import (
	"fmt"
	"log/slog"
	"reflect"
	"strings"

	"partner-center-connector/connector/problems"
)

// redacted is what stands for a secret.
const redacted = "[redacted]"

// secretKeys are what a secret is called, or a part of it, in the key of an attribute.
var secretKeys = []string{"secret", "token", "password", "assertion", "verifier", "certificate", "credential", "cookie", "nonce", "ticket", "authorization"}

// redact takes out of an attribute what looks like a secret, or is called like one.
func redact(_ []string, a slog.Attr) slog.Attr {
	if secretKey(a.Key) {
		return slog.String(a.Key, redacted)
	}
	switch a.Value.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(problems.CleanLine(a.Value.String()))
	case slog.KindAny:
		a.Value = slog.StringValue(clean(a.Value.Any()))
	default:
	}
	return a
}

// clean is a value as text. Of what does not say itself what may be told of it, a struct or bytes, only the type is told: whatever is added to
// it one day must not get out.
func clean(value any) string {
	switch v := value.(type) {
	case nil:
		return "<nil>"
	case slog.Level:
		return v.String()
	case error, fmt.Stringer, []string:
		return problems.CleanLine(fmt.Sprint(v))
	}
	if kind := reflect.TypeOf(value).Kind(); kind <= reflect.Complex128 || kind == reflect.String {
		return problems.CleanLine(fmt.Sprint(value))
	}
	return fmt.Sprintf("%T", value)
}

// secretKey reports whether a key is that of a secret. An address is worth as much: most have a state in them.
func secretKey(key string) bool {
	key = strings.ToLower(key)
	switch key {
	case "state", "code", "link", "url":
		return true
	}
	for _, s := range secretKeys {
		if strings.Contains(key, s) {
			return true
		}
	}
	return false
}
