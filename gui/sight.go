package gui

import (
	"reflect"
	"time"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// The names under which the two keys are kept that do something of their own on each screen.
const (
	sightEscape = "key.escape"
	sightReturn = "key.return"
)

// sight is what a key would do, and since when it has: a person who presses it sooner than that can be seen has aimed at something else.
// The pointer is never in doubt: it is where the person looks.
type sight struct {
	button view.Button
	since  time.Time
}

// sights are those of what a screen shows, by the ID of the button.
type sights struct {
	now  func() time.Time
	kept map[string]sight
	used map[string]sight
}

// begin starts a new view; fresh says that nothing of the one before is on it.
func (s *sights) begin(fresh bool) {
	if fresh {
		s.kept = nil
	}
	s.used = map[string]sight{}
}

// see notes what a button would do now.
func (s *sights) see(b view.Button) {
	at := s.now()
	if before, ok := s.kept[b.ID]; ok && before.means(b) {
		at = before.since
	}
	s.used[b.ID] = sight{b, at}
}

// spend notes that a button was pressed: whoever presses it once more at once has not seen what came of it.
func (s *sights) spend(id string) {
	if seen, ok := s.kept[id]; ok {
		seen.since = s.now()
		s.kept[id] = seen
	}
}

// end drops what the view does not have any more. What comes into view later, as the rows of a long list do, is noted in it.
func (s *sights) end() { s.kept = s.used }

// means reports whether a button does still what it did.
func (s sight) means(b view.Button) bool {
	return s.button.Disabled == b.Disabled && s.button.Unsettled == b.Unsettled && reflect.DeepEqual(s.button.Event, b.Event)
}

// final reports whether nothing takes back what it does.
func (s sight) final() bool { return s.button.Event != nil && wizard.Final(s.button.Event) }

// isMain reports whether it is the page's main button, or the main one of what the page asks.
func (s sight) isMain() bool { return s.button.ID == "main" || s.button.Primary }

// notAimed reports whether a key that was pressed now can't have been meant for the button of the ID: what it goes by is not settled, or the window
// has only just come to the front; or it can't be taken back, and has only just appeared, come to mean this or been pressed, or the program has
// only just moved the focus.
func (s *screen) notAimed(id string) bool {
	seen, ok := s.sights.kept[id]
	if !ok {
		return false
	}
	now := s.now()
	switch {
	case seen.button.Unsettled:
		return true
	case now.Sub(s.raisedAt) < raiseGuard:
		return seen.isMain() || seen.final()
	case !seen.final():
		return false
	}
	return now.Sub(seen.since) < sightGuard || s.placed != "" && now.Sub(s.placedAt) < sightGuard
}
