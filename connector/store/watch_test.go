package store

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"partner-center-connector/connector"

	"github.com/fsnotify/fsnotify"
)

// watching starts a Watch; what it tells comes over the channel.
func watching(t *testing.T, s *Store) <-chan struct{} {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	told, ended, before := make(chan struct{}, 100), make(chan struct{}), s.watchCount()
	go func() {
		defer close(ended)
		s.Watch(ctx, func() { told <- struct{}{} })
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
	})
	for limit := time.After(10 * time.Second); s.watchCount() == before; {
		select {
		case <-limit:
			t.Fatal("the watch does not begin")
		case <-time.After(time.Millisecond):
		}
	}
	return told
}

func (s *Store) watchCount() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.watches)
}

// speaking changes the language.
func speaking(lang string) func(connector.Settings) connector.Settings {
	return func(s connector.Settings) connector.Settings {
		s.Language = lang
		return s
	}
}

func wantTold(t *testing.T, what string, told <-chan struct{}) {
	t.Helper()
	select {
	case <-told:
	case <-time.After(10 * time.Second):
		t.Errorf("%s was not told", what)
	}
}

// both runs a test with the system's notifications and without.
func both(t *testing.T, test func(t *testing.T, s *Store)) {
	t.Helper()
	t.Run("notified", func(t *testing.T) {
		t.Parallel()
		test(t, openStore(t))
	})
	t.Run("polling", func(t *testing.T) {
		t.Parallel()
		s := openStore(t)
		s.newWatcher = func() (*fsnotify.Watcher, error) { return nil, errors.New("too many") }
		s.pollTime = 20 * time.Millisecond
		test(t, s)
	})
}

func TestWatchTellsWhatOthersChange(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *Store) {
		t.Helper()
		told, other := watching(t, s), beside(t, s)
		for _, tc := range []struct {
			what   string
			change func() error
		}{
			{"a connector", func() error { return other.PutConnector(connector.Connector{ID: "a"}) }},
			{"another connector", func() error { return other.PutConnector(connector.Connector{ID: "b"}) }},
			{"a change of one", func() error { return other.PutConnector(connector.Connector{ID: "a", Name: "a"}) }},
			{"a change by hand", func() error { return os.WriteFile(s.path(fileOf("a")), []byte("{"), 0o600) }},
			{"a removal", func() error { return other.DeleteConnector("b") }},
			{"a removal by hand", func() error { return os.Remove(s.path(fileOf("a"))) }},
			{"a draft", func() error { return other.PutDraft(connector.Draft{ID: "a"}) }},
			{"the settings", func() error { return other.ChangeSettings(speaking("de")) }},
			{"a file", func() error { return os.WriteFile(s.path(connectorsFile), []byte("{"), 0o600) }},
		} {
			if err := tc.change(); err != nil {
				t.Fatal(err)
			}
			wantTold(t, tc.what, told)
		}
		if err := os.Remove(s.path(draftsFile)); err != nil {
			t.Fatal(err)
		}
		wantTold(t, "a removed list", told)
	})
}

// Own writes, locks and texts that stay the same are not told: the only call comes from the other one's change.
func TestWatchKeepsSilentAboutItsOwn(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *Store) {
		t.Helper()
		other := beside(t, s)
		if err := s.PutDraft(connector.Draft{ID: "same"}); err != nil {
			t.Fatal(err)
		}
		told := watching(t, s)
		for _, err := range []error{
			s.PutConnector(connector.Connector{ID: "a"}),
			s.PutConnector(connector.Connector{ID: "b"}),
			s.DeleteConnector("a"),
			s.PutConnector(connector.Connector{ID: "b", Name: "b"}),
			other.PutConnector(connector.Connector{ID: "b", Name: "b"}),
			other.PutDraft(connector.Draft{ID: "same"}),
			s.ChangeSettings(speaking("de")),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		select {
		case <-told:
			t.Error("an own change was told")
		case <-time.After(3 * settleTime):
		}
		if err := other.PutConnector(connector.Connector{ID: "c"}); err != nil {
			t.Fatal(err)
		}
		wantTold(t, "the other's change", told)
	})
}

// An own write may come right after another's, before that was looked at.
func TestWatchTellsWhatAnOwnWriteCovers(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *Store) {
		t.Helper()
		told, other := watching(t, s), beside(t, s)
		for _, both := range [][2]string{{"theirs", "ours"}, {"same", "same"}} {
			theirs, ours := connector.Connector{ID: both[0], Name: both[0]}, connector.Connector{ID: both[1], Name: both[1] + "!"}
			if err := errors.Join(other.PutConnector(theirs), s.PutConnector(ours)); err != nil {
				t.Fatal(err)
			}
			wantTold(t, "the other's change", told)
		}
	})
}

func TestWatchGoesOnWhenTheFolderIsReplaced(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	s.pollTime = 20 * time.Millisecond
	told := watching(t, s)
	if err := os.RemoveAll(s.Dir()); err != nil {
		t.Fatal(err)
	}
	other := beside(t, s)
	if err := other.PutConnector(connector.Connector{ID: "a"}); err != nil {
		t.Fatal(err)
	}
	wantTold(t, "a change in the new folder", told)
}
