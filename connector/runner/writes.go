package runner

import (
	"sync"
)

// disk performs writes one after the other, in order. Of several writes of one draft that wait, only the newest is made, so
// that fast typing costs no more than the disk can do.
type disk struct {
	mu    sync.Mutex
	jobs  []diskJob
	wake  chan struct{}
	ended chan struct{}
}

type diskJob struct {
	// key is the same for jobs of which the newest replaces the older; empty for a job that is always done.
	key string
	run func()
	end bool
}

func newDisk() *disk {
	d := &disk{wake: make(chan struct{}, 1), ended: make(chan struct{})}
	go d.loop()
	return d
}

func (d *disk) do(key string, run func()) { d.add(diskJob{key: key, run: run}) }

func (d *disk) add(job diskJob) {
	d.mu.Lock()
	last := len(d.jobs) - 1
	if last >= 0 && job.key != "" && d.jobs[last].key == job.key {
		d.jobs[last] = job
	} else {
		d.jobs = append(d.jobs, job)
	}
	d.mu.Unlock()
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// close does what is waiting and returns when it is done.
func (d *disk) close() {
	d.add(diskJob{end: true})
	<-d.ended
}

func (d *disk) loop() {
	defer close(d.ended)
	for range d.wake {
		for {
			job, ok := d.take()
			if !ok {
				break
			}
			if job.end {
				return
			}
			job.run()
		}
	}
}

func (d *disk) take() (diskJob, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.jobs) == 0 {
		return diskJob{}, false
	}
	job := d.jobs[0]
	d.jobs = d.jobs[1:]
	return job, true
}
