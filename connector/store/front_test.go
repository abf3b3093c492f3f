package store

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"
)

// front takes the folder for a window program.
func front(t *testing.T, s *Store) (release func(), taken bool) {
	t.Helper()
	release, taken, err := s.TakeFront(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return release, taken
}

func TestTheSecondWindowAsksForTheFirst(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *Store) {
		t.Helper()
		release, taken := front(t, s)
		if !taken {
			t.Fatal("the first one does not get the folder")
		}
		ctx, cancel := context.WithCancel(context.Background())
		asked, ended := make(chan struct{}, 10), make(chan struct{})
		go func() {
			defer close(ended)
			s.WatchFront(ctx, func() { asked <- struct{}{} })
		}()
		for range 3 {
			if _, taken := front(t, beside(t, s)); taken {
				t.Fatal("a second one got the folder")
			}
			wantTold(t, "a second start", asked)
		}
		cancel()
		<-ended
		if len(asked) > 0 {
			t.Errorf("asked for %d times too often", len(asked))
		}
		release()
		release, taken = front(t, beside(t, s))
		if !taken {
			t.Error("the folder is not free after the first one has ended")
		}
		release()
		if exists(s.path(frontLock)) || exists(s.path(frontAsk)) {
			t.Error("something is left")
		}
	})
}

// TestTheSecondWindowOpensWhereTheFirstEnds asks one that ends without an answer.
func TestTheSecondWindowOpensWhereTheFirstEnds(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	release, _ := front(t, s)
	got := make(chan bool)
	go func() {
		again, taken, err := beside(t, s).TakeFront(context.Background())
		if err == nil && taken {
			again()
		}
		got <- err == nil && taken
	}()
	for !exists(s.path(frontAsk)) {
		<-time.After(time.Millisecond)
	}
	release()
	if !<-got {
		t.Error("it did not get the folder")
	}
}

func TestAWindowThatHangsIsTold(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	release, _ := front(t, s)
	defer release()
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if _, taken, err := beside(t, s).TakeFront(ctx); taken || !errors.Is(err, ErrNoAnswer) {
		t.Errorf("%v, %v", taken, err)
	}
	if exists(s.path(frontAsk)) {
		t.Error("the question is left")
	}
}

// TestAQuestionOfACrashIsNoAnswer leaves a question behind that nobody asks any more.
func TestAQuestionOfACrashIsNoAnswer(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	if err := os.WriteFile(s.path(frontAsk), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	release, taken := front(t, s)
	defer release()
	if !taken || exists(s.path(frontAsk)) {
		t.Errorf("taken %v", taken)
	}
}
