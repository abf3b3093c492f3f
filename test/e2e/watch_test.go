//go:build e2e && linux

package e2e

import (
	"strings"
	"sync"
	"time"
)

// isPrivate reports whether a browser runs in a throw-away profile of ours.
func isPrivate(p process) bool { return strings.Contains(p.line(), "/pcc-browser-") }

// watched is what was ever seen of an account's browsers.
type watched struct {
	// private and own are the browsers in throw-away and in everyday profiles, by their process IDs.
	private, own map[int]process
	// together reports whether one of each ran at the same time.
	together bool
}

// watch looks at the account's browsers until the returned function is called, which tells what was seen.
func (a *account) watch() func() watched {
	seen := watched{private: map[int]process{}, own: map[int]process{}}
	stop := make(chan struct{})
	var work sync.WaitGroup
	work.Go(func() {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			seen.add(a.browsers())
			select {
			case <-tick.C:
			case <-stop:
				return
			}
		}
	})
	finish := sync.OnceFunc(func() { close(stop); work.Wait() })
	a.t.Cleanup(finish)
	return func() watched { finish(); return seen }
}

func (w *watched) add(all []process) {
	private, own := 0, 0
	for _, p := range all {
		if isPrivate(p) {
			w.private[p.pid] = p
			private++
			continue
		}
		w.own[p.pid] = p
		own++
	}
	w.together = w.together || private > 0 && own > 0
}
