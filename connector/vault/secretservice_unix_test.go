//go:build unix && !darwin

package vault

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/connector"

	"github.com/godbus/dbus/v5"
)

// TestALockedCollectionIsToldFromNone holds what decides whether a person is asked to unlock a keychain or told that there is none.
func TestALockedCollectionIsToldFromNone(t *testing.T) {
	const login, other dbus.ObjectPath = "/org/freedesktop/secrets/collection/login", "/org/freedesktop/secrets/collection/other"
	for _, tc := range []struct {
		name    string
		service *secrets
		want    error
	}{
		{"neither default nor login", &secrets{alias: "/", collections: []dbus.ObjectPath{other}}, connector.ErrKeychainMissing},
		{"no collection at all", &secrets{alias: "/", collections: []dbus.ObjectPath{}}, connector.ErrKeychainMissing},
		{"login but no default", &secrets{alias: "/", collections: []dbus.ObjectPath{other, login}}, connector.ErrKeychainLocked},
		{"a default", &secrets{alias: other, collections: []dbus.ObjectPath{other}}, connector.ErrKeychainLocked},
		{"nobody knows which there are", &secrets{alias: "/"}, connector.ErrKeychainLocked},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.service.locked = true
			tc.service.start(t)
			for way, k := range bothWays(t) {
				_, err := k.Get("service", "account")
				for name, err := range map[string]error{
					"get": err, "set": k.Set("service", "account", "text"), "delete": k.Delete("service", "account"),
				} {
					if err == nil || !errors.Is(failed(OpRead, err, ""), tc.want) {
						t.Errorf("%s: %s: %v, want %v", way, name, err, tc.want)
					}
				}
			}
			if err := lookCloser(errors.New("something else")); err.Error() != "something else" {
				t.Errorf("another error became %v", err)
			}
			if err := lookCloser(nil); err != nil {
				t.Errorf("no error became %v", err)
			}
		})
	}
}

func TestAnItemThatIsNotThere(t *testing.T) {
	(&secrets{alias: "/", collections: []dbus.ObjectPath{}}).start(t)
	for way, k := range bothWays(t) {
		if _, err := k.Get("service", "account"); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: get: %v, want %v", way, err, ErrNotFound)
		}
		if err := k.Delete("service", "account"); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: delete: %v, want %v", way, err, ErrNotFound)
		}
	}
}

// bothWays are the ways to the Secret Service, which must do and tell the same.
func bothWays(t *testing.T) map[string]Keychain {
	t.Helper()
	return map[string]Keychain{"over the bus": newSecretService(t), "over go-keyring": library{}}
}

// newSecretService has a link of its own, which ends with the test.
func newSecretService(t *testing.T) *secretService {
	t.Helper()
	s := &secretService{pace: pacedBy(filepath.Join(t.TempDir(), "changes"))}
	t.Cleanup(func() {
		if s.link != nil {
			s.forget(s.link)
		}
	})
	return s
}

const account = "5f0c"

// login is a service with a collection of the login.
func login() *secrets {
	return &secrets{alias: loginCollection, collections: []dbus.ObjectPath{loginCollection, "/org/freedesktop/secrets/collection/session"}}
}

// text is a whole credential of the account.
func text(t *testing.T, credential string) string {
	t.Helper()
	p, err := pack(account, credential, FormWhole)
	if err != nil {
		t.Fatal(err)
	}
	return p.header
}

func mine() map[string]string { return attributesOf("service", account) }

// more are attributes beyond ours.
func more() map[string]string {
	all := mine()
	all["more"] = "yes"
	return all
}

// called returns what was called since it was called last.
func (s *secrets) called() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	calls := strings.Join(s.calls, " ")
	s.calls = nil
	return calls
}

// texts are those of the items, by their paths' last part.
func (s *secrets) texts() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []string
	for _, p := range slices.Sorted(maps.Keys(s.items)) {
		all = append(all, string(p)[strings.LastIndex(string(p), "/")+1:]+"="+s.items[p].text)
	}
	return strings.Join(all, " ")
}

// TestCallsOfTheSecretService holds how few calls there are: one connection and one session for them all.
func TestCallsOfTheSecretService(t *testing.T) {
	s := login()
	s.start(t)
	k := newSecretService(t)
	s.called()
	one, two := text(t, "one"), text(t, "two")
	for _, tc := range []struct {
		name string
		do   func() error
		want string
	}{
		{"set the first", func() error { return k.Set("service", account, one) }, "Hello OpenSession SearchItems Get Unlock SearchItems GetNameOwner CreateItem"},
		{"find", func() error { _, err := k.Find("service", account); return err }, "SearchItems GetSecret"},
		{"get", func() error { _, err := k.Get("service", account); return err }, "SearchItems GetAll GetSecret"},
		{"set again", func() error { return k.Set("service", account, two) }, "SearchItems GetAll SetSecret"},
		{"delete", func() error { return k.Delete("service", account) }, "SearchItems GetAll Delete"},
		{"find nothing", func() error { _, err := k.Find("service", account); return ignore(err, ErrNotFound) }, "SearchItems Unlock SearchItems"},
	} {
		if err := tc.do(); err != nil {
			t.Errorf("%s: %v", tc.name, err)
		}
		if got := s.called(); got != tc.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tc.name, got, tc.want)
		}
	}
}

func ignore(err, expected error) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}

// TestItemsThatAreNotOurs checks that an item with more attributes is neither read, changed nor removed, and that what a service adds to
// the attributes does not make an item another one.
func TestItemsThatAreNotOurs(t *testing.T) {
	keepass := map[string]string{"Title": "Password for", "UserName": "", "URL": "", "Notes": "", "Path": "/x", "Uuid": "0123"}
	for name, adds := range map[string]map[string]string{
		"as given": nil, "gnome-keyring": {"xdg:schema": "org.freedesktop.Secret.Generic"}, "KeePassXC": keepass,
	} {
		t.Run(name, func(t *testing.T) {
			s := login()
			s.adds = adds
			s.start(t)
			s.add(loginCollection, more(), "another's")
			k := newSecretService(t)
			if _, err := k.Find("service", account); !errors.Is(err, ErrNotFound) {
				t.Errorf("find: %v, want %v", err, ErrNotFound)
			}
			if err := k.Delete("service", account); !errors.Is(err, ErrNotFound) {
				t.Errorf("delete: %v, want %v", err, ErrNotFound)
			}
			for _, want := range []string{"first", "second"} {
				if err := k.Set("service", account, want); err != nil {
					t.Fatal(err)
				}
				if got, err := k.Find("service", account); err != nil || got != want {
					t.Errorf("find: %q, %v, want %s", got, err, want)
				}
			}
			if got := s.texts(); got != "1=another's 2=second" {
				t.Errorf("items: %s", got)
			}
			if err := k.Delete("service", account); err != nil {
				t.Error(err)
			}
			if got := s.texts(); got != "1=another's" {
				t.Errorf("items: %s", got)
			}
		})
	}
}

// TestSeveralItemsOfOneAccount checks that the whole one is read, that a change leaves one, in the collection of the login, and that a
// removal leaves none.
func TestSeveralItemsOfOneAccount(t *testing.T) {
	old, newer := text(t, "old"), text(t, "newer")
	const session dbus.ObjectPath = "/org/freedesktop/secrets/collection/session"
	for _, tc := range []struct {
		name  string
		texts []string
		where []dbus.ObjectPath
		want  string
	}{
		{"the whole one first", []string{old, "?"}, []dbus.ObjectPath{loginCollection, loginCollection}, old},
		{"the whole one last", []string{"?", old}, []dbus.ObjectPath{loginCollection, loginCollection}, old},
		{"both whole", []string{old, newer}, []dbus.ObjectPath{loginCollection, loginCollection}, newer},
		{"none whole", []string{"?", "!"}, []dbus.ObjectPath{loginCollection, loginCollection}, "!"},
		{"a planted one that goes with the login", []string{old, "?"}, []dbus.ObjectPath{loginCollection, session}, old},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := login()
			s.start(t)
			for i, text := range tc.texts {
				s.add(tc.where[i], mine(), text)
			}
			k := newSecretService(t)
			if got, err := k.Find("service", account); err != nil || got != tc.want {
				t.Errorf("find: %q, %v, want %q", got, err, tc.want)
			}
			written := text(t, "written")
			if err := k.Set("service", account, written); err != nil {
				t.Fatal(err)
			}
			if got, err := k.Find("service", account); err != nil || got != written {
				t.Errorf("find after a change: %q, %v, want %q", got, err, written)
			}
			atHome := 0
			s.change(func() {
				for path := range s.items {
					if strings.HasPrefix(string(path), loginCollection) {
						atHome++
					}
				}
			})
			if atHome != 1 {
				t.Errorf("%d items at home", atHome)
			}
			if err := k.Delete("service", account); err != nil {
				t.Fatal(err)
			}
			if got := s.texts(); got != "" {
				t.Errorf("items: %s", got)
			}
		})
	}
}

// TestALockedService asks a person where something is locked, be it that a service tells what is in a locked collection or does not, and
// says of one who declines that it is locked.
func TestALockedService(t *testing.T) {
	for _, hides := range []bool{false, true} {
		for prompt, want := range map[string]error{promptUnlocks: nil, promptDismissed: connector.ErrKeychainLocked, "": connector.ErrKeychainLocked} {
			for name, do := range map[string]func(Keychain) error{
				"find":   func(k Keychain) error { _, err := k.(finder).Find("service", account); return err },
				"get":    func(k Keychain) error { _, err := k.Get("service", account); return err },
				"set":    func(k Keychain) error { return k.Set("service", account, "new") },
				"delete": func(k Keychain) error { return k.Delete("service", account) },
			} {
				t.Run(fmt.Sprintf("%s, hides: %v, %s", name, hides, prompt), func(t *testing.T) {
					s := login()
					s.start(t)
					s.add(loginCollection, mine(), "old")
					s.change(func() { s.locked, s.hides, s.prompt = true, hides, prompt })
					err := do(newSecretService(t))
					if want == nil && err != nil || want != nil && (err == nil || !errors.Is(failed(OpRead, err, ""), want)) {
						t.Errorf("%v, want %v", err, want)
					}
					if err != nil && !strings.HasPrefix(err.Error(), unlockFailed+" '"+loginCollection+"'") {
						t.Errorf("%v", err)
					}
					if want != nil && s.texts() != "1=old" {
						t.Errorf("items: %s", s.texts())
					}
				})
			}
		}
	}
}

// TestALockedItem is for KeePassXC, where a person allows each item.
func TestALockedItem(t *testing.T) {
	s := login()
	s.start(t)
	path := s.add(loginCollection, mine(), "old")
	lock := func() { s.change(func() { s.items[path].locked, s.prompt = true, promptUnlocks }) }
	lock()
	k := newSecretService(t)
	if got, err := k.Get("service", account); err != nil || got != "old" {
		t.Errorf("%q, %v", got, err)
	}
	lock()
	if err := k.Set("service", account, "new"); err != nil || s.texts() != "1=new" {
		t.Errorf("%v, items: %s", err, s.texts())
	}
	lock()
	if err := k.Delete("service", account); err != nil || s.texts() != "" {
		t.Errorf("%v, items: %s", err, s.texts())
	}
}

// TestWhatWentAwayIsOpenedAgain checks that a session or a bus that is gone is noticed, and that what was to be done is done.
func TestWhatWentAwayIsOpenedAgain(t *testing.T) {
	s := login()
	s.start(t)
	k := newSecretService(t)
	if err := k.Set("service", account, "old"); err != nil {
		t.Fatal(err)
	}
	for name, lose := range map[string]func(){
		"the session": func() { s.change(func() { clear(s.sessions) }) },
		"the answer":  func() { s.change(func() { s.answers["SearchItems"] = errNoReply }) },
		"the item":    func() { s.change(func() { s.answers["GetAll"] = errUnknownObject }) },
		"the bus":     s.cut,
	} {
		lose()
		if got, err := k.Get("service", account); err != nil || got != "old" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		lose()
		if err := k.Set("service", account, "old"); err != nil || s.texts() != "1=old" {
			t.Errorf("%s: %v, items: %s", name, err, s.texts())
		}
	}
	// A link that is new is not opened again: what it says is told.
	k.forget(k.link)
	s.change(func() { s.answers["SearchItems"] = errNoReply })
	if _, err := k.Get("service", account); !errors.Is(failed(OpRead, err, ""), connector.ErrKeychainGone) {
		t.Errorf("%v, want %v", err, connector.ErrKeychainGone)
	}
}

// TestAServiceThatDoesNotKnowACall leaves it to go-keyring, which makes other calls.
func TestAServiceThatDoesNotKnowACall(t *testing.T) {
	s := login()
	s.start(t)
	s.add(loginCollection, mine(), "old")
	s.change(func() { s.answers["SetSecret"] = errNotSupported })
	if err := newSecretService(t).Set("service", account, "new"); err != nil || !strings.Contains(s.texts(), "=new") {
		t.Errorf("%v, items: %s", err, s.texts())
	}
	if calls := s.called(); !strings.HasSuffix(calls, "Unlock CreateItem Close") {
		t.Errorf("calls: %s", calls)
	}
}

// TestAPromptThatNobodyAnswers checks that the wait for a person ends, and the prompt with it.
func TestAPromptThatNobodyAnswers(t *testing.T) {
	for _, prompt := range []string{promptHangs, promptSilent} {
		t.Run("it "+prompt, func(t *testing.T) {
			s := login()
			s.start(t)
			s.change(func() { s.locked, s.prompt = true, prompt })
			k := newSecretService(t)
			ctx, cancel := context.WithCancel(t.Context())
			l, _, err := k.open(ctx)
			if err != nil {
				t.Fatal(err)
			}
			done := make(chan error)
			go func() { done <- l.unlock(ctx, loginCollection) }()
			Until(t, "the prompt is shown", func() bool { return strings.Contains(s.called(), "Prompt") })
			cancel()
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("%v, want %v", err, context.Canceled)
			}
			Until(t, "the prompt is dismissed", func() bool { return strings.Contains(s.called(), "Dismiss") })

			// The wait ends with the bus too.
			go func() { done <- l.unlock(t.Context(), loginCollection) }()
			Until(t, "the prompt is shown again", func() bool { return strings.Contains(s.called(), "Prompt") })
			s.cut()
			if err := <-done; !lost(err) {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestOpeningHasALimit is for a bus that takes a connection and says nothing.
func TestOpeningHasALimit(t *testing.T) {
	folder, err := os.MkdirTemp("", "bus-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	listener, err := net.Listen("unix", filepath.Join(folder, "bus"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(folder, "bus"))
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := dial(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v, want %v", err, context.DeadlineExceeded)
	}
}
