package store

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

// takeInstance acquires the single-instance lock.
func takeInstance(t *testing.T, s *Store) (release func(), taken bool) {
	t.Helper()
	release, taken, err := s.TakeInstance(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	return release, taken
}

func TestASecondInstanceAsksForTheFirst(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *Store) {
		t.Helper()
		release, taken := takeInstance(t, s)
		if !taken {
			t.Fatal("the first one does not get the folder")
		}
		ctx, cancel := context.WithCancel(context.Background())
		asked, ended := make(chan string, 10), make(chan struct{})
		go func() {
			defer close(ended)
			s.WatchInstance(ctx, func(show string) { asked <- show })
		}()
		for show, want := range map[string]string{
			"": "", "0b5d2f2e-4d8b": "0b5d2f2e-4d8b", "no ID\nat all": "no ID\nat all", strings.Repeat("long", 500): strings.Repeat("long", 256),
		} {
			if _, taken, err := beside(t, s).TakeInstance(ctx, show); taken || err != nil {
				t.Fatalf("a second one got the folder: %v", err)
			}
			select {
			case got := <-asked:
				if got != want {
					t.Errorf("asked to show %q, want %q", got, want)
				}
			case <-time.After(10 * time.Second):
				t.Errorf("%q was not told", show)
			}
		}
		cancel()
		<-ended
		if len(asked) > 0 {
			t.Errorf("asked for %d times too often", len(asked))
		}
		release()
		release, taken = takeInstance(t, beside(t, s))
		if !taken {
			t.Error("the folder is not free after the first one has ended")
		}
		release()
		if exists(s.path(instanceLock)) || exists(s.path(instanceRequest)) || exists(s.path(instanceTaken)) {
			t.Error("something is left")
		}
	})
}

// TestASecondInstanceTakesOver asks one that ends without an answer.
func TestASecondInstanceTakesOver(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	release, _ := takeInstance(t, s)
	got := make(chan bool)
	go func() {
		again, taken, err := beside(t, s).TakeInstance(context.Background(), "")
		if err == nil && taken {
			again()
		}
		got <- err == nil && taken
	}()
	for !exists(s.path(instanceRequest)) {
		<-time.After(time.Millisecond)
	}
	release()
	if !<-got {
		t.Error("it did not get the folder")
	}
}

func TestAnInstanceThatHangs(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	release, _ := takeInstance(t, s)
	defer release()
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if _, taken, err := beside(t, s).TakeInstance(ctx, ""); taken || !errors.Is(err, ErrNoAnswer) {
		t.Errorf("%v, %v", taken, err)
	}
	if exists(s.path(instanceRequest)) {
		t.Error("the request is left")
	}
}

// TestARequestOfACrash leaves a request behind that nobody waits on any more.
func TestARequestOfACrash(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	if err := os.WriteFile(s.path(instanceRequest), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	release, taken := takeInstance(t, s)
	defer release()
	if !taken || exists(s.path(instanceRequest)) {
		t.Errorf("taken %v", taken)
	}
}
