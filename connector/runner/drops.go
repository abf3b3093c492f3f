package runner

import "sync"

// drops are the drafts that are being dropped, or were. A draft's ID is random and never used again, so they are never forgotten.
type drops struct {
	mu  sync.Mutex
	all map[string]dropState
}

type dropState int

const (
	kept     dropState = iota
	dropping           // not offered any more, but it is again where its removal fails
	dropped            // gone from the disk
)

func (d *drops) of(id string) dropState {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.all[id]
}

func (d *drops) begin(id string) { d.move(id, kept, dropping) }

func (d *drops) fail(id string) { d.move(id, dropping, kept) }

func (d *drops) end(id string) {
	d.move(id, kept, dropped)
	d.move(id, dropping, dropped)
}

func (d *drops) move(id string, from, to dropState) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.all == nil {
		d.all = map[string]dropState{}
	}
	if d.all[id] == from {
		d.all[id] = to
	}
}
