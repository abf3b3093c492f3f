package auth

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// hiding keeps a Secret where package fmt does not ask its methods.
type hiding struct {
	hidden  Secret
	list    []Secret
	byName  map[string]Secret
	pointer *Secret
	any     any
}

func TestASecretNeverShows(t *testing.T) {
	const text = "hunter2-hunter2-hunter2"
	s := NewSecret(text)
	holders := map[string]any{
		"itself": s, "pointer": &s, "slice": []Secret{s}, "map": map[string]Secret{"k": s}, "key": map[Secret]int{s: 1},
		"exported field":   struct{ S Secret }{s},
		"unexported field": hiding{s, []Secret{s}, map[string]Secret{"k": s}, &s, s},
		"behind a pointer": &hiding{hidden: s},
		"app":              App{Secret: s, Certificate: s},
		"token":            Token{Value: s},
		"answer":           Answer{Code: s, Verifier: s, Nonce: s},
		"interface":        []any{s},
	}
	for name, v := range holders {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "% x", "%T", "%100v", "%-10.5s", "%t", "%p", "%!"} {
			shown := fmt.Sprintf(verb, v)
			if strings.Contains(shown, "hunter") || strings.Contains(strings.ToLower(shown), fmt.Sprintf("%x", "hunter")) {
				t.Errorf("%s with %s: %s", name, verb, shown)
			}
		}
		for _, err := range []error{fmt.Errorf("failed: %v", v), errors.New(fmt.Sprint(v)), fmt.Errorf("%w", &Error{Description: fmt.Sprint(v)})} {
			if strings.Contains(fmt.Sprintf("%v %+v", err, err), "hunter") {
				t.Errorf("%s in an error", name)
			}
		}
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "v", v)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", slog.Any("w", v))
		if strings.Contains(log.String(), "hunter") {
			t.Errorf("%s in a log: %s", name, log.String())
		}
		if data, err := json.Marshal(v); err == nil && bytes.Contains(data, []byte("hunter")) {
			t.Errorf("%s in JSON: %s", name, data)
		}
		if data, err := toml.Marshal(map[string]any{"v": v}); err == nil && bytes.Contains(data, []byte("hunter")) {
			t.Errorf("%s in TOML: %s", name, data)
		}
		if data, err := xml.Marshal(v); err == nil && bytes.Contains(data, []byte("hunter")) {
			t.Errorf("%s in XML: %s", name, data)
		}
	}
	if got := fmt.Sprintf("%v|%s|%q|%x|%#v", s, s, s, s, s); got != strings.Repeat("|[redacted]", 5)[1:] {
		t.Errorf("shown as %s", got)
	}
}

func TestSecretValues(t *testing.T) {
	a, b := NewSecret("x"), NewSecret("x")
	if a != b || !a.Equal(b) || !reflect.DeepEqual(a, b) || a.Reveal() != "x" || a.Empty() {
		t.Error("equal secrets differ")
	}
	if c := NewSecret("y"); a == c || a.Equal(c) || reflect.DeepEqual(a, c) {
		t.Error("different secrets are equal")
	}
	if zero := (Secret{}); zero != NewSecret("") || !zero.Empty() || zero.Reveal() != "" || !zero.Equal(NewSecret("")) || zero.Equal(a) {
		t.Error("the zero value is not the empty secret")
	}
}

func TestASessionNeverShows(t *testing.T) {
	e := newEntra(t)
	s := e.mustRedeem(t, secretApp())
	token, err := s.Token(t.Context(), PartnerCenter, true)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "session", s, "token", token, "credential", s.Credential())
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
		fmt.Fprintf(&log, verb+verb+verb+verb, s, token, s.Credential(), struct{ s *Session }{s})
	}
	data, err := json.Marshal(map[string]any{"s": s, "t": token})
	if err != nil {
		t.Fatal(err)
	}
	assertNoSecret(t, log.String()+string(data), e.refreshToken(), token.Value.Reveal())
}

// assertNoSecret looks for the test's secrets in what was shown.
func assertNoSecret(t *testing.T, shown string, more ...string) {
	t.Helper()
	for _, secret := range append(more, entraSecret, entraCode, entraNonce, "that-nobody-may-see") {
		if secret != "" && (strings.Contains(shown, secret) || strings.Contains(shown, fmt.Sprintf("%x", secret))) {
			t.Errorf("%q is shown in %s", secret, shown)
		}
	}
}
