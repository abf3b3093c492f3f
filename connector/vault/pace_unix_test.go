//go:build unix && !darwin

package vault

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/connector"
)

// pacedBy is a pace that is told to others by a file of the test's own; by none where it is empty.
func pacedBy(file string) *pace {
	p := newPace()
	p.file = func() string { return file }
	return p
}

// TestPace holds when changes are made: those that come within 100 ms together, the next ones 6 s after the first of them.
func TestPace(t *testing.T) {
	t.Parallel()
	const ms = time.Millisecond
	for _, tc := range []struct {
		name string
		// after is how long after the change before it each is wanted, lasts how long each takes.
		after, lasts, want []time.Duration
	}{
		{"one", []time.Duration{0}, []time.Duration{0}, []time.Duration{0}},
		{"three at once", []time.Duration{0, 10 * ms, 10 * ms}, []time.Duration{0, 0, 0}, []time.Duration{0, 10 * ms, 20 * ms}},
		{"the last moment", []time.Duration{0, 99 * ms}, []time.Duration{0, 0}, []time.Duration{0, 99 * ms}},
		{"too late", []time.Duration{0, 100 * ms}, []time.Duration{0, 0}, []time.Duration{0, 6000 * ms}},
		{"while it saves", []time.Duration{0, 1200 * ms, 50 * ms}, []time.Duration{0, 0, 0}, []time.Duration{0, 6000 * ms, 6050 * ms}},
		{"it has saved", []time.Duration{0, 6000 * ms}, []time.Duration{0, 0}, []time.Duration{0, 6000 * ms}},
		{"much later", []time.Duration{0, time.Hour}, []time.Duration{0, 0}, []time.Duration{0, time.Hour}},
		{"a person was asked", []time.Duration{0, 10 * ms}, []time.Duration{20000 * ms, 0}, []time.Duration{0, 25900 * ms}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p, begun := pacedBy(""), time.Now()
				var got []time.Duration
				for i, after := range tc.after {
					<-time.After(after)
					if err := p.turn(t.Context()); err != nil {
						t.Fatal(err)
					}
					got = append(got, time.Since(begun))
					<-time.After(tc.lasts[i])
					p.made()
				}
				if !slices.Equal(got, tc.want) {
					t.Errorf("made after %v, want %v", got, tc.want)
				}
			})
		})
	}
}

// TestAChangeThatIsNotWaitedForIsNotMade checks that a person can break off meanwhile.
func TestAChangeThatIsNotWaitedForIsNotMade(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := pacedBy("")
		_ = p.turn(t.Context())
		<-time.After(time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := p.turn(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v, want %v", err, context.DeadlineExceeded)
		}
	})
}

// TestPaceOfTwoPrograms checks that one knows of the other's changes, and that a file from the future stops nobody.
func TestPaceOfTwoPrograms(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "changes")
	if left := pacedBy(file).left(); left != 0 {
		t.Errorf("the first waits %v", left)
	}
	for since, want := range map[time.Duration]time.Duration{
		time.Second: 5 * time.Second, 5 * time.Second: time.Second, 7 * time.Second: 0, -time.Hour: 0,
	} {
		began := time.Now().Add(-since)
		if err := os.Chtimes(file, began, began); err != nil {
			t.Fatal(err)
		}
		if left := pacedBy(file).left(); left > want || want-left > time.Second/2 {
			t.Errorf("%v after the other's change: waits %v, want %v", since, left, want)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Size() != 0 || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

// TestOnlyKeePassXCIsPaced holds how it is told from a KeePassXC that runs beside another service.
func TestOnlyKeePassXCIsPaced(t *testing.T) {
	for _, tc := range []struct {
		name   string
		owners map[string]string
		paced  bool
		asked  int
	}{
		{"no KeePassXC", map[string]string{secretName: ":1.2"}, false, 1},
		{"KeePassXC beside it", map[string]string{secretName: ":1.2", keepassxcName: ":1.3"}, false, 2},
		{"KeePassXC", map[string]string{secretName: ":1.2", keepassxcName: ":1.2"}, true, 2},
		{"a bus that does not tell", nil, false, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := login()
			s.owners = tc.owners
			s.start(t)
			k := newSecretService(t)
			s.called()
			want := "Hello OpenSession SearchItems Get Unlock SearchItems " + strings.Repeat("GetNameOwner ", tc.asked) + "CreateItem"
			if err := k.Set("service", account, "one"); err != nil {
				t.Fatal(err)
			}
			if got := s.called(); got != want {
				t.Errorf("\ngot  %s\nwant %s", got, want)
			}
			if _, err := os.Stat(k.pace.file()); (err == nil) != tc.paced || !tc.paced && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the file: %v", err)
			}
			k.pace.rest = 300 * time.Millisecond
			for _, change := range []func() error{
				func() error { return k.Set("service", account, "two") },
				func() error { return k.Delete("service", account) },
			} {
				<-time.After(k.pace.together) // so that it comes too late to be saved with the one before
				begun := time.Now()
				if err := change(); err != nil {
					t.Error(err)
				}
				if waited := time.Since(begun) > 150*time.Millisecond; waited != tc.paced {
					t.Errorf("a change waited: %v, want %v", waited, tc.paced)
				}
			}
			if _, err := k.Get("service", account); !errors.Is(err, ErrNotFound) {
				t.Error(err)
			}
		})
	}
}

// TestABusThatGoesWhileItIsAsked checks that this is told as any call that a service breaks off.
func TestABusThatGoesWhileItIsAsked(t *testing.T) {
	s := login()
	s.start(t)
	k := newSecretService(t)
	s.change(func() { s.answers["GetNameOwner"] = errNoReply })
	if err := k.Set("service", account, "one"); !errors.Is(err, connector.ErrKeychainGone) {
		t.Errorf("%v, want %v", err, connector.ErrKeychainGone)
	}
}
