package loopback

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"partner-center-connector/auth"
)

// letters are random bytes of which every name is one letter again and again, so that nothing in a text looks like a token: what is taken
// out of it is taken out because it is known.
type letters struct{ names byte }

func (l *letters) Read(p []byte) (int, error) {
	for i := range p {
		var b byte
		for bit := range 8 {
			b = b<<1 | l.names>>(4-(i*8+bit)%5)&1
		}
		p[i] = b
	}
	l.names++
	return len(p), nil
}

// TestEverySecretIsItsOwn: each has 256 bits and is no other one, so that none gives another one away.
func TestEverySecretIsItsOwn(t *testing.T) {
	h := newListenerTest(t)
	a := h.beginUser(h.userRequest())
	link := a.Link()
	secrets := []string{a.flow.state, a.flow.nonce.Reveal(), a.flow.verifier.Reveal(), a.cookie.value, link[strings.LastIndex(link, "/")+1:]}
	h.secret(secrets...)
	seen := map[string]bool{}
	for _, secret := range secrets {
		if len(secret) != 52 || strings.Trim(secret, "abcdefghijklmnopqrstuvwxyz234567") != "" || seen[secret] {
			t.Errorf("%d characters, seen before: %v", len(secret), seen[secret])
		}
		seen[secret] = true
	}
	name := strings.TrimPrefix(a.cookie.name, "pcc-consent-")
	if len(name) != 16 || strings.Contains(strings.Join(secrets, " "), name) {
		t.Errorf("the cookie's name has %d characters, or is a part of another secret", len(name))
	}
}

// TestARefusedRequestIsLogged: with its method and status, and nothing else of it. What was answered is not.
func TestARefusedRequestIsLogged(t *testing.T) {
	h := newListenerTest(t)
	s := newScene(h, h.beginUser(h.userRequest()))
	const refused = `msg="loopback request refused" method=GET status=404`
	if strings.Contains(h.said.String(), "refused") {
		t.Error("what was answered is called refused")
	}
	s.v.get(s.a.origin + startPath + strings.Repeat("a", 52))
	if got := h.said.String(); strings.Count(got, refused) != 1 || strings.Contains(got, strings.Repeat("a", 52)) {
		t.Errorf("the log says %s", got)
	}
}

// TestMicrosoftsSentenceIsKeptAndOurSecretsAreNot: what an error redirect says is what helps people, so it is kept to the letter, but for
// the secrets of the attempt.
func TestMicrosoftsSentenceIsKeptAndOurSecretsAreNot(t *testing.T) {
	for name, begin := range map[string]func(*listenerTest) *Attempt{
		"user":  func(h *listenerTest) *Attempt { return h.beginUser(h.userRequest()) },
		"admin": func(h *listenerTest) *Attempt { return h.beginAdmin(h.adminRequest()) },
	} {
		t.Run(name, func(t *testing.T) {
			h := newListenerTest(t)
			h.listener.cfg.Rand = &letters{}
			s := newScene(h, begin(h))
			ticket := s.link[strings.LastIndex(s.link, "/")+1:]
			const sentence = "AADSTS65004: User declined to consent to access the app “Fabrikam”. Ask %s, not %s: %s; %s = %s, %s"
			secrets := []any{s.a.flow.state, s.a.flow.nonce.Reveal(), s.a.flow.verifier.Reveal(), s.a.cookie.name, s.a.cookie.value, ticket}
			f := s.form("error", "access_denied", "error_subcode", s.a.cookie.name, "error_description", fmt.Sprintf(sentence, secrets...))
			s.v.fetchDone(s.a, s.v.get(s.callback+"?"+f.Encode()).location, auth.PageDeclined).shows(t, http.StatusOK, auth.PageDeclined)
			_, err := h.answer(s.a)
			var e *auth.Error
			if !errors.As(err, &e) {
				t.Fatal(err)
			}
			const r = "[redacted]"
			if want := fmt.Sprintf(sentence, r, r, r, r, r, r); e.Description != want {
				t.Errorf("%q, want %q", e.Description, want)
			}
			if e.OAuth != "access_denied" || e.Suberror != "unrecognized" {
				t.Errorf("%q (%q)", e.OAuth, e.Suberror)
			}
		})
	}
}

func TestAPastedSentenceIsKeptAndItsStateIsNot(t *testing.T) {
	state := strings.Repeat("k", 52)
	_, err := ReadPasted("http://localhost:41234/consent?error=access_denied&error_description="+
		url.QueryEscape("AADSTS65004: User declined, state "+state+".")+"&state="+state, state)
	var e *auth.Error
	if !errors.As(err, &e) || e.Description != "AADSTS65004: User declined, state [redacted]." {
		t.Errorf("%#v", err)
	}
}

// TestAnEndedAttemptForgetsItsSecrets: after its end nothing in memory leads to a code, a verifier or a nonce of an attempt, however far it
// came, and a late answer still gets its page.
func TestAnEndedAttemptForgetsItsSecrets(t *testing.T) {
	ways := map[string]func(h *listenerTest, s scene){
		"opened":  func(*listenerTest, scene) {},
		"parked":  func(_ *listenerTest, s scene) { s.v.post(s.callback, s.form("code", testCode)) },
		"settled": func(_ *listenerTest, s scene) { s.v.consent(s.a, s.q, url.Values{"code": {testCode}}) },
		"asked again": func(h *listenerTest, s scene) {
			parked := s.v.post(s.callback, s.form("error", "invalid_request"))
			again := h.microsoft(s.v.get(s.a.origin + parked.location).location)
			s.v.consent(s.a, again, url.Values{"code": {testCode}})
		},
	}
	ends := map[string]func(h *listenerTest, a *Attempt){
		"closed":                func(_ *listenerTest, a *Attempt) { a.Close() },
		"superseded":            func(h *listenerTest, a *Attempt) { h.beginUser(h.userRequest()); a.Close() },
		"closed and superseded": func(h *listenerTest, a *Attempt) { a.Close(); h.beginUser(h.userRequest()) },
		"released":              func(h *listenerTest, _ *Attempt) { h.listener.Release() },
	}
	for way, come := range ways {
		for end, finish := range ends {
			t.Run(way+", "+end, func(t *testing.T) {
				h := newListenerTest(t)
				s := newScene(h, h.beginUser(h.userRequest()))
				first := *s.a.flow
				come(h, s)
				secrets := []string{testCode}
				for _, f := range []consentFlow{first, *s.a.flow} {
					secrets = append(secrets, f.nonce.Reveal(), f.verifier.Reveal())
				}
				if kept := reachable(s.a); !kept[secrets[len(secrets)-1]] {
					t.Fatal("the test does not see what an attempt holds")
				}
				finish(h, s.a)
				for text := range reachable(s.a) {
					for _, secret := range secrets {
						if strings.Contains(text, secret) {
							t.Errorf("%q is still there", text)
						}
					}
				}
				if answer, err := s.a.Answer(context.Background()); answer != (auth.Answer{}) || err == nil {
					t.Errorf("the answer is %+v, %v", answer, err)
				}
				if link := s.a.Link(); end != "superseded" && link != "" {
					t.Error("it still makes links")
				}
			})
		}
	}
}

// TestASupersededAttemptForgetsItsFlow: before its owner closes it, too. What it was given for its answer is its owner's.
func TestASupersededAttemptForgetsItsFlow(t *testing.T) {
	h := newListenerTest(t)
	s := newScene(h, h.beginUser(h.userRequest()))
	secrets := []string{testCode, s.a.flow.nonce.Reveal(), s.a.flow.verifier.Reveal()}
	s.v.post(s.callback, s.form("code", testCode))
	h.beginUser(h.userRequest())
	for text := range reachable(s.a) {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%q is still there", text)
			}
		}
	}
}

// reachable are the texts that an attempt leads to, those in secrets included; its listener's are others'.
func reachable(a *Attempt) map[string]bool {
	a.listener.mu.Lock()
	defer a.listener.mu.Unlock()
	texts := map[string]bool{}
	seen := map[uintptr]bool{}
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			texts[v.String()] = true
		case reflect.Pointer:
			if v.IsNil() || v.Type() == reflect.TypeFor[*Listener]() || seen[v.Pointer()] {
				return
			}
			seen[v.Pointer()] = true
			walk(v.Elem())
		case reflect.Interface:
			walk(v.Elem())
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		default:
		}
	}
	walk(reflect.ValueOf(a))
	return texts
}
