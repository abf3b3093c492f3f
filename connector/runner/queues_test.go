package runner

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"go.uber.org/goleak"
)

func TestAQueueKeepsTheOrderOfItsThing(t *testing.T) {
	var work sync.WaitGroup
	q := newQueues(&work)
	var mu sync.Mutex
	done := map[string][]int{}
	for i := range 300 {
		for _, thing := range []string{"a", "b"} {
			q.do(thing, "", func() {
				mu.Lock()
				defer mu.Unlock()
				done[thing] = append(done[thing], i)
			})
		}
	}
	work.Wait()
	for thing, order := range done {
		if len(order) != 300 || !slices.IsSorted(order) {
			t.Errorf("%s: %v", thing, order)
		}
	}
	goleak.VerifyNone(t)
}

// TestAQueueWaitsForNoOther holds one thing up, and has everything else done meanwhile.
func TestAQueueWaitsForNoOther(t *testing.T) {
	var work sync.WaitGroup
	q := newQueues(&work)
	hold := make(chan struct{})
	q.do("slow", "", func() { <-hold })
	slow := q.settled("slow")
	refused := errors.New("refused")
	if err := q.wait("quick", func() error { return refused }); !errors.Is(err, refused) {
		t.Error(err)
	}
	<-q.settled("quick")
	<-q.settled("nobody's")
	select {
	case <-slow:
		t.Error("settled before its end")
	default:
	}
	close(hold)
	<-slow
	work.Wait()
}

func TestOfTwoJobsOfAKindThatWaitTheNewerIsDone(t *testing.T) {
	var work sync.WaitGroup
	q := newQueues(&work)
	hold, begun := make(chan struct{}), make(chan struct{})
	done := []string{}
	do := func(kind, name string) { q.do("thing", kind, func() { done = append(done, name) }) }
	q.do("thing", "x", func() { close(begun); <-hold })
	<-begun
	do("x", "1") // the one at work is of its kind, and is not replaced
	do("x", "2")
	do("y", "3")
	do("x", "4") // not in place of 2: something stands between
	do("", "5")
	do("", "6")
	do("x", "7")
	q.doInstead("thing", "x", func() { done = append(done, "instead") })
	do("x", "8")
	q.doInstead("thing", "y", func() { done = append(done, "besides") })
	close(hold)
	work.Wait()
	if want := []string{"2", "3", "4", "5", "6", "instead", "8", "besides"}; !slices.Equal(done, want) {
		t.Errorf("%v, want %v", done, want)
	}
}
