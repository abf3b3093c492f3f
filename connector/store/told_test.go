package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"

	"partner-center-connector/connector"
)

// TestTheWordsOfADamage holds what a damaged list is said to have: where it is wrong, never what is there.
func TestTheWordsOfADamage(t *testing.T) {
	t.Parallel()
	for text, reason := range map[string]string{
		`{`:                                  "no JSON at byte 1",
		`{"connectors":[]}`:                  "it names no format",
		`{"format":0,"connectors":[]}`:       "it names no format",
		`{"format":"secret"}`:                "it names no format",
		`{"format":1}`:                       `it has no "connectors"`,
		`{"format":1,"connectors":null}`:     `it has no "connectors"`,
		`{"format":1,"connectors":[{}]}`:     "record 1 has no ID of its own",
		`{"format":1,"connectors":"secret"}`: `wrong type of ""`,
	} {
		s := openStore(t)
		writeFile(t, s, connectorsFile, text)
		_, err := s.Connectors()
		kept := s.path("connectors.damaged-20261123T120000Z.json")
		if want := "connectors.json: " + connector.ErrListDamaged.Error() + ": " + kept + ": " + reason; err == nil || err.Error() != want {
			t.Errorf("%s:\ngot  %v\nwant %s", text, err, want)
		}
		// Another process only sees what was kept.
		_, err = beside(t, s).Connectors()
		if want := "connectors.json: " + connector.ErrListDamaged.Error() + ": " + kept; err == nil || err.Error() != want {
			t.Errorf("%s, another process:\ngot  %v\nwant %s", text, err, want)
		}
	}
}

func TestWhatCannotBeKeptAsideIsTold(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	err := s.keepAside("absent.json", connector.ErrListDamaged)
	var damaged *DamagedError
	if !errors.Is(err, connector.ErrListDamaged) || !errors.Is(err, fs.ErrNotExist) || errors.As(err, &damaged) {
		t.Errorf("%v, want %v and %v", err, connector.ErrListDamaged, fs.ErrNotExist)
	}
	if s.wasReported("absent.json") {
		t.Error("it may be written over")
	}
}

// TestLocksThatCannotBeMade has a folder where each of the locks should be.
func TestLocksThatCannotBeMade(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	for _, name := range []string{"lists.lock", "window.lock", "locks/a.lock"} {
		if err := os.MkdirAll(s.path(name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := s.Drafts(); len(all) > 0 || err != nil {
		t.Errorf("a list that never was needs no lock: %v", err)
	}
	writeFile(t, s, draftsFile, "half") // to be kept aside, which does
	unlock, lockErr := s.Lock(t.Context(), "a")
	_, taken, instanceErr := s.TakeInstance(t.Context(), "")
	_, listErr := s.Drafts()
	for name, err := range map[string]error{
		"lock": lockErr, "instance": instanceErr, "list": listErr,
		"put":    s.PutConnector(connector.Connector{ID: "a", Name: "a"}),
		"change": s.ChangeSettings(func(c connector.Settings) connector.Settings { return c }),
	} {
		if err == nil || errors.Is(err, connector.ErrBusy) || errors.Is(err, ErrNoAnswer) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if unlock != nil || taken {
		t.Error("a lock was taken")
	}
	// And one where the lock's folder should be.
	file := openStore(t)
	writeFile(t, file, "locks", "")
	if unlock, err := file.Lock(t.Context(), "a"); err == nil || unlock != nil {
		t.Errorf("a file for a folder: %v", err)
	}
}

func TestARequestThatCannotBeMade(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	release, _ := takeInstance(t, s)
	defer release()
	if err := os.MkdirAll(s.path("window.ask/full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, taken, err := beside(t, s).TakeInstance(t.Context(), ""); err == nil || taken || errors.Is(err, ErrNoAnswer) {
		t.Errorf("%v, %v", taken, err)
	}
}

// TestAnInstanceHasTenSecondsToAnswer also checks that the waiting does not keep a processor busy: time would stand still.
func TestAnInstanceHasTenSecondsToAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := openStore(t)
		release, _ := takeInstance(t, s)
		defer release()
		began := time.Now()
		if _, _, err := beside(t, s).TakeInstance(t.Context(), ""); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("%v, want %v", err, ErrNoAnswer)
		}
		if took := time.Since(began); took != 10*time.Second {
			t.Errorf("it took %v, want 10s", took)
		}
	})
}

// TestNobodyAsksForAnInstance looks in turn, where the system can't tell of changes.
func TestNobodyAsksForAnInstance(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := openStore(t)
		s.newWatcher = func() (*fsnotify.Watcher, error) { return nil, errors.New("not here") }
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		var asked atomic.Int32
		time.AfterFunc(31*time.Second, func() {
			if n := asked.Load(); n != 0 {
				t.Errorf("asked for %d times by nobody", n)
			}
			writeFile(t, s, "window.ask", "")
		})
		s.WatchInstance(ctx, func(string) { asked.Add(1) })
		if n := asked.Load(); n != 1 {
			t.Errorf("asked for %d times, want once", n)
		}
	})
}

// TestListsAreBusyForAWhile holds how long a change waits for another process, which takes its time where it takes over an older list.
func TestListsAreBusyForAWhile(t *testing.T) {
	t.Parallel()
	for during, want := range map[string]time.Duration{"": 10 * time.Second, newFolder: 2 * time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			s := openStore(t)
			if err := os.MkdirAll(s.path(during), 0o700); err != nil {
				t.Fatal(err)
			}
			err := s.locked(func() error {
				began := time.Now()
				err := beside(t, s).PutConnector(connector.Connector{ID: "a", Name: "a"})
				if took := time.Since(began); took != want {
					t.Errorf("it took %v, want %v", took, want)
				}
				return err
			})
			if !errors.Is(err, connector.ErrBusy) {
				t.Errorf("%v, want %v", err, connector.ErrBusy)
			}
		})
	}
}

// TestAWatchGoesOnAfterTheFirstChange never looks in turn, so that only the system tells.
func TestAWatchGoesOnAfterTheFirstChange(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	s.pollTime = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	told, ended := make(chan struct{}, 10), make(chan struct{})
	go func() {
		defer close(ended)
		s.Watch(ctx, func() { told <- struct{}{} })
	}()
	for s.watchCount() == 0 {
		<-time.After(time.Millisecond)
	}
	for _, id := range []string{"a", "b", "c"} {
		if err := beside(t, s).PutConnector(connector.Connector{ID: id, Name: id}); err != nil {
			t.Fatal(err)
		}
		wantTold(t, id, told)
	}
	cancel()
	<-ended
	if s.watchCount() != 0 {
		t.Error("a watch that has ended is still told of what is written")
	}
}

func TestTheSettingsFile(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	writeFile(t, s, "settings.json", `{"format":1,"settings":{"language":"de"}}`)
	if got, err := s.Settings(); err != nil || got.Language != "de" {
		t.Errorf("%+v, %v", got, err)
	}
	if got := PeekSettings(s.Dir()); got.Language != "de" {
		t.Errorf("peeked: %+v", got)
	}
	if err := s.ChangeSettings(func(connector.Settings) connector.Settings { return connector.Settings{Language: "en"} }); err != nil {
		t.Fatal(err)
	}
	if got, want := readFile(t, s, "settings.json"), "{\n  \"format\": 1,\n  \"settings\": {\n    \"language\": \"en\"\n  }\n}\n"; got != want {
		t.Errorf("written:\n%s", got)
	}
}
