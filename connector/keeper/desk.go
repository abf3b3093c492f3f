package keeper

import (
	"context"
	"slices"
	"sync"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
)

// desk lets connectors in to be checked: so many at once, and so many of one tenant.
type desk struct {
	width int

	mu      sync.Mutex
	changed *sync.Cond
	// busy is how many are at work; those that wait for a service do not count.
	busy int
	// back is how many have waited for a service and want their place again; they come before those that have not begun.
	back int
	// lanes are those in which somebody waits.
	lanes []*lane
}

// lane are the connectors of one tenant in one cloud.
type lane struct {
	waiting []connector.Connector
	// inside is how many of them are being checked, at work or not.
	inside int
	waits  checks.Waits
}

// newDesk puts connectors in lanes, in the order in which their tenants appear.
func newDesk(width int, wanted []connector.Connector) *desk {
	type place struct{ cloud, tenant string }
	d := &desk{width: width}
	d.changed = sync.NewCond(&d.mu)
	lanes := map[place]*lane{}
	for _, c := range wanted {
		at := place{c.Tenant.Cloud, c.Tenant.ID}
		if lanes[at] == nil {
			lanes[at] = &lane{}
			d.lanes = append(d.lanes, lanes[at])
		}
		lanes[at].waiting = append(lanes[at].waiting, c)
	}
	return d
}

// next waits until another connector may be checked, and returns it with its lane; ok is false when there is none left, or ctx has ended.
func (d *desk) next(ctx context.Context) (l *lane, c connector.Connector, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for ctx.Err() == nil && len(d.lanes) > 0 {
		for i, l := range d.lanes {
			if d.busy+d.back >= d.width || l.inside >= tenantWidth {
				continue
			}
			c := l.waiting[0]
			if l.waiting = l.waiting[1:]; len(l.waiting) == 0 {
				d.lanes = slices.Delete(d.lanes, i, i+1)
			}
			l.inside++
			d.busy++
			return l, c, true
		}
		d.changed.Wait()
	}
	return nil, connector.Connector{}, false
}

// leave is the end of a connector's checks.
func (d *desk) leave(l *lane) {
	d.mu.Lock()
	defer d.mu.Unlock()
	l.inside--
	d.busy--
	d.changed.Broadcast()
}

// stepAside lets another connector work. Where they are checked one after the other, none takes the place.
func (d *desk) stepAside() {
	if d.width == 1 {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.busy--
	d.changed.Broadcast()
}

// comeBack waits for a place again, which nobody who has not begun takes before; when ctx has ended there is nothing to wait for.
func (d *desk) comeBack(ctx context.Context) {
	if d.width == 1 {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.back++
	for d.busy >= d.width && ctx.Err() == nil {
		d.changed.Wait()
	}
	d.back--
	d.busy++
}

// wake lets whoever waits see that the time is over.
func (d *desk) wake() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.changed.Broadcast()
}
