package runner

import (
	"context"
	"maps"
	"sync"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// links are the links of another product that drafts have, by the draft's ID. They stand here and in the keychain, and nowhere else: what the
// state, the disk and the log know of them are their facts.
type links struct {
	mu  sync.Mutex
	all map[string]*draftLinks
}

// draftLinks are those of one draft.
type draftLinks struct {
	// known has what was read or forgotten in this run, and then nil, and what the keychain had of the rest.
	known map[link.Kind]*link.Link
	// changes counts the readings and the forgettings; kept is how many of them the keychain has.
	changes, kept int
	// unkept is why it does not have the others.
	unkept *connector.Problem
}

// change changes what is known of a draft's links.
func (l *links) change(draftID string, change func(*draftLinks)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all == nil {
		l.all = map[string]*draftLinks{}
	}
	d := l.all[draftID]
	if d == nil {
		d = &draftLinks{known: map[link.Kind]*link.Link{}}
		l.all[draftID] = d
	}
	change(d)
}

// of returns what is known of a draft's links.
func (l *links) of(draftID string) draftLinks {
	l.mu.Lock()
	defer l.mu.Unlock()
	d := l.all[draftID]
	if d == nil {
		return draftLinks{}
	}
	out := *d
	out.known = maps.Clone(d.known)
	return out
}

// take takes links that were read, each in place of the one of its kind before.
func (l *links) take(draftID string, found []link.Link) {
	l.change(draftID, func(d *draftLinks) {
		d.changes++
		for i := range found {
			d.known[found[i].Kind] = &found[i]
		}
	})
}

func (l *links) forget(draftID string, kind link.Kind) {
	l.change(draftID, func(d *draftLinks) {
		d.changes++
		d.known[kind] = nil
	})
}

// fill takes what the keychain has of the links of which nothing is known here.
func (l *links) fill(draftID string, stored []link.Link) {
	l.change(draftID, func(d *draftLinks) {
		for i := range stored {
			if _, known := d.known[stored[i].Kind]; !known {
				d.known[stored[i].Kind] = &stored[i]
			}
		}
	})
}

// settle notes that the keychain has the first changes of the links, or why it does not.
func (l *links) settle(draftID string, changes int, unkept *connector.Problem) {
	l.change(draftID, func(d *draftLinks) {
		if d.unkept = unkept; unkept == nil {
			d.kept = changes
		}
	})
}

// drop forgets all that is known of a draft's links.
func (l *links) drop(draftID string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.all, draftID)
}

// held has the kinds of the links that there are.
func (d draftLinks) held() map[link.Kind]bool {
	held := map[link.Kind]bool{}
	for kind, l := range d.known {
		if l != nil {
			held[kind] = true
		}
	}
	return held
}

// readLinks reads a pasted text and holds the links in it. That asks nobody: the keychain, which may have to wait for a person, is told
// afterwards.
func (r *Runner) readLinks(ctx context.Context, e wizard.ReadLinkText) {
	found, refused := link.Read(e.Text.Reveal(), r.ports.Clouds.All())
	before := r.links.of(e.Draft.ID)
	out := wizard.LinksRead{Attempt: e.Attempt, DraftID: e.Draft.ID, At: r.ports.Now(), Unkept: before.unkept}
	for i := range found {
		if held := before.known[found[i].Kind]; held != nil && held.Address.Reveal() != found[i].Address.Reveal() {
			out.Anew = append(out.Anew, found[i].Kind)
		}
		facts := found[i].Facts
		if facts.Kind == link.Admin {
			out.Admin = &facts
		} else {
			out.User = &facts
		}
	}
	for _, refusal := range refused {
		out.Refused = append(out.Refused, *r.problem(refusal))
	}
	r.Send(out)
	if len(found) > 0 && r.drops.of(e.Draft.ID) == kept {
		r.links.take(e.Draft.ID, found)
		r.keepLinks(ctx, e.Draft.ID)
	}
}

// dropLink forgets one link, here at once and in the keychain after everything that was handed in for it.
func (r *Runner) dropLink(ctx context.Context, e wizard.DropLink) {
	r.links.forget(e.DraftID, e.Kind)
	r.keepLinks(ctx, e.DraftID)
}

// linkGone says that a link that is to be opened is not held here: another one is, or none.
func (r *Runner) linkGone(kind link.Kind) *connector.Problem {
	return r.problem(link.Refusal{Fault: link.FaultGone, Kind: kind})
}
