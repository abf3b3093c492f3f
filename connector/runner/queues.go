package runner

import "sync"

// queues performs what is to be done to one thing one after the other, in order, and what is to be done to different things at the same
// time. A queue in which nothing waits holds no goroutine.
type queues struct {
	// work counts the goroutines.
	work *sync.WaitGroup
	mu   sync.Mutex
	// jobs are those that wait, by the thing that they change. There is an entry, if an empty one, for as long as a goroutine is at work
	// on the thing.
	jobs map[string][]job
}

type job struct {
	// kind is the same for jobs of which the newer replaces the older one, where that still waits right before it; empty for a job that is
	// always done.
	kind string
	run  func()
}

func newQueues(work *sync.WaitGroup) *queues { return &queues{work: work, jobs: map[string][]job{}} }

// do has run called after everything that was handed in for the thing before. It returns at once.
func (q *queues) do(thing, kind string, run func()) { q.add(thing, kind, job{kind, run}) }

// doInstead is do that also replaces a job of the kind, where that waits right before it; nothing replaces this one.
func (q *queues) doInstead(thing, kind string, run func()) { q.add(thing, kind, job{"", run}) }

func (q *queues) add(thing, replaces string, j job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	jobs, busy := q.jobs[thing]
	if last := len(jobs) - 1; last >= 0 && replaces != "" && jobs[last].kind == replaces {
		jobs[last] = j
		return
	}
	q.jobs[thing] = append(jobs, j)
	if !busy {
		q.work.Go(func() { q.empty(thing) })
	}
}

// settled returns a channel that is closed when everything that was handed in for the thing until now is done.
func (q *queues) settled(thing string) <-chan struct{} {
	done := make(chan struct{})
	q.mu.Lock()
	_, busy := q.jobs[thing]
	q.mu.Unlock()
	if busy {
		q.do(thing, "", func() { close(done) })
	} else {
		close(done)
	}
	return done
}

// wait is do that returns with run's error when that has returned. Whoever is at work on the same thing would wait for themselves.
func (q *queues) wait(thing string, run func() error) error {
	outcome := make(chan error, 1)
	q.do(thing, "", func() { outcome <- run() })
	return <-outcome
}

func (q *queues) empty(thing string) {
	for {
		j, ok := q.take(thing)
		if !ok {
			return
		}
		j.run()
	}
}

func (q *queues) take(thing string) (job, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	jobs := q.jobs[thing]
	if len(jobs) == 0 {
		delete(q.jobs, thing)
		return job{}, false
	}
	q.jobs[thing] = jobs[1:]
	return jobs[0], true
}
