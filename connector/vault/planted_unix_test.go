//go:build unix && !darwin

package vault

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// TestPlantedItems checks that whatever somebody, or a crash, put beside our item, is no reason to say "locked", is gone after the next change or
// removal, and after one removal: items of others stay.
func TestPlantedItems(t *testing.T) {
	const session dbus.ObjectPath = "/org/freedesktop/secrets/collection/session"
	for name, plant := range map[string]func(s *secrets, whole func(credential string) string){
		"nothing": func(*secrets, func(string) string) {},
		"a copy":  func(s *secrets, whole func(string) string) { s.add(loginCollection, mine(), whole("old")) },
		"three copies": func(s *secrets, whole func(string) string) {
			s.add(loginCollection, mine(), whole("old"))
			s.add(loginCollection, mine(), whole("old"))
		},
		"a copy elsewhere":   func(s *secrets, whole func(string) string) { s.add(session, mine(), whole("old")) },
		"another credential": func(s *secrets, whole func(string) string) { s.add(session, mine(), whole("another")) },
		"a newer one": func(s *secrets, whole func(string) string) {
			s.items[s.add(session, mine(), whole("newer"))].modified = 1 << 40
		},
		"nonsense":             func(s *secrets, _ func(string) string) { s.add(loginCollection, mine(), "?") },
		"a header of nonsense": func(s *secrets, _ func(string) string) { s.add(session, mine(), "e30=") },
		"an empty one":         func(s *secrets, _ func(string) string) { s.add(loginCollection, mine(), "") },
		"a copy with more":     func(s *secrets, whole func(string) string) { s.add(loginCollection, more(), whole("old")) },
		"a copy with more elsewhere": func(s *secrets, whole func(string) string) {
			s.add(session, more(), whole("old"))
			s.add(session, more(), whole("another"))
		},
		"all of one second": func(s *secrets, whole func(string) string) {
			s.add(loginCollection, mine(), whole("old"))
			s.add(session, mine(), whole("another"))
			for _, i := range s.items {
				i.modified = 7
			}
		},
	} {
		for _, first := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				s, whole := login(), func(credential string) string { return text(t, credential) }
				s.start(t)
				if first {
					s.add(loginCollection, mine(), whole("old"))
				}
				plant(s, whole)
				s.add(loginCollection, attributesOf("service", "other"), "of another connector")
				s.add(loginCollection, more(), "of another program")
				v := Open(Config{Service: "service", Dir: t.TempDir(), Keychain: newSecretService(t), Form: FormWhole})
				ctx := context.Background()
				if err := v.Put(ctx, account, auth.NewSecret("written")); err != nil {
					t.Fatalf("put: %v", err)
				}
				got, err := v.Get(ctx, account)
				if err != nil || got.Reveal() != "written" {
					t.Errorf("get: %v", err)
				}
				plant(s, whole)
				if err := v.Delete(ctx, account); err != nil {
					t.Fatalf("delete: %v", err)
				}
				if _, err := v.Get(ctx, account); !errors.Is(err, connector.ErrCredentialAbsent) {
					t.Errorf("get after the removal: %v", err)
				}
				if left := s.texts(); strings.Count(left, "=") != 2 || !strings.Contains(left, "of another connector") || !strings.Contains(left, "of another program") {
					t.Errorf("left are: %s", left)
				}
			})
		}
	}
}

// TestNothingIsLockedThatIsNot checks that a service which keeps nothing, or removes nothing, and says it is not locked, is not called so.
func TestNothingIsLockedThatIsNot(t *testing.T) {
	for _, locked := range []bool{false, true} {
		want := connector.ErrKeychainBroken
		if locked {
			want = connector.ErrKeychainLocked
		}
		k := &forgetful{locked: locked}
		v := Open(Config{Service: "service", Dir: t.TempDir(), Keychain: k, Form: FormWhole})
		if err := v.Put(t.Context(), account, auth.NewSecret("text")); !errors.Is(err, want) {
			t.Errorf("put, locked %v: %v, want %v", locked, err, want)
		}
		k.text = text(t, "stays")
		if err := v.Delete(t.Context(), account); !errors.Is(err, want) {
			t.Errorf("delete, locked %v: %v, want %v", locked, err, want)
		}
	}
}

// forgetful is a keychain that does nothing, and says nothing against it.
type forgetful struct {
	locked bool
	text   string
}

func (k *forgetful) Set(string, string, string) error { return nil }
func (k *forgetful) Delete(string, string) error      { return nil }
func (k *forgetful) Locked() (bool, error)            { return k.locked, nil }

func (k *forgetful) Get(string, string) (string, error) {
	if k.text == "" {
		return "", ErrNotFound
	}
	return k.text, nil
}

// TestALockedServiceWithNobodyThere is told at once, without a prompt: the service is asked to unlock itself, and it is told that nobody answers.
func TestALockedServiceWithNobodyThere(t *testing.T) {
	for _, hides := range []bool{false, true} {
		for name, do := range map[string]func(*Vault) error{
			"get":    func(v *Vault) error { _, err := v.Get(context.Background(), account); return err },
			"put":    func(v *Vault) error { return v.Put(context.Background(), account, auth.NewSecret("new")) },
			"delete": func(v *Vault) error { return v.Delete(context.Background(), account) },
			"test":   func(v *Vault) error { return v.Test(context.Background()) },
		} {
			t.Run(name, func(t *testing.T) {
				s := login()
				s.start(t)
				old := text(t, "old")
				s.add(loginCollection, mine(), old)
				s.change(func() { s.locked, s.hides, s.prompt = true, hides, promptHangs })
				k := newSecretService(t)
				k.alone = true
				begun := time.Now()
				err := do(Open(Config{Service: "service", Dir: t.TempDir(), Keychain: k, Form: FormWhole}))
				if took := time.Since(begun); !errors.Is(err, connector.ErrKeychainUnattended) || !errors.Is(err, connector.ErrKeychainLocked) || took > 5*time.Second {
					t.Errorf("after %v: %v", took, err)
				}
				Until(t, "the prompt is dismissed", func() bool {
					s.mu.Lock()
					defer s.mu.Unlock()
					return strings.Contains(strings.Join(s.calls, " "), "Dismiss")
				})
				if calls := s.called(); strings.Contains(calls, "Prompt") || s.texts() != "1="+old {
					t.Errorf("calls: %s, items: %s", calls, s.texts())
				}
				s.change(func() { s.prompt, s.locked = "", false }) // somebody has come
				if err := do(Open(Config{Service: "service", Dir: t.TempDir(), Keychain: k, Form: FormWhole})); err != nil {
					t.Errorf("once it is unlocked: %v", err)
				}
			})
		}
	}
}

// TestAServiceThatGoesAway in the middle of a call is said to have gone, and not to be slow, locked, broken or missing from the start.
func TestAServiceThatGoesAway(t *testing.T) {
	for name, lose := range map[string]func(*secrets){
		"the service ends": func(s *secrets) { s.change(func() { s.always = errNoReply }) },
		"the bus hangs up": func(s *secrets) { s.change(func() { s.hangsUp = true }) },
		"it never comes up": func(s *secrets) {
			s.change(func() { s.answers["SearchItems"] = errNoReply; s.always = busName + ".Error.ServiceUnknown" })
		},
	} {
		for _, begun := range []bool{false, true} {
			s := login()
			s.start(t)
			k := newSecretService(t)
			if begun {
				if err := k.Set("service", account, "old"); err != nil {
					t.Fatal(err)
				}
			}
			lose(s)
			_, err := k.Get("service", account)
			if begun || name != "it never comes up" {
				if err == nil || !errors.Is(failed(OpRead, err, ""), connector.ErrKeychainGone) {
					t.Errorf("%s, begun before: %v: %v, want %v", name, begun, err, connector.ErrKeychainGone)
				}
				continue
			}
			if err == nil || !errors.Is(failed(OpRead, err, ""), connector.ErrKeychainMissing) || errors.Is(err, connector.ErrKeychainGone) {
				t.Errorf("%s, never begun: %v", name, err)
			}
		}
	}
}

// TestEveryCopyIsRemoved is for a keychain that removes one item at a time.
func TestEveryCopyIsRemoved(t *testing.T) {
	t.Parallel()
	refused := errors.New("refused")
	for _, tc := range []struct {
		copies, most, calls int
		err, want           error
	}{
		{0, 10, 1, ErrNotFound, ErrNotFound},
		{1, 10, 2, ErrNotFound, nil},
		{3, 10, 4, ErrNotFound, nil},
		{20, 10, 10, ErrNotFound, nil},
		{1, 1, 1, ErrNotFound, nil},
		{0, 10, 1, refused, refused},
		{2, 10, 3, refused, refused},
	} {
		calls := 0
		err := deleteAll(func() error {
			if calls++; calls > tc.copies {
				return tc.err
			}
			return nil
		}, tc.most)
		if !errors.Is(err, tc.want) || calls != tc.calls {
			t.Errorf("%+v: %d calls, %v", tc, calls, err)
		}
	}
}
