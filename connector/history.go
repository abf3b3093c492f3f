package connector

import (
	"slices"
	"time"
)

// Happening is a kind of entry in a connector's history.
type Happening string

// The kinds of entries.
const (
	// HappenedConsent: the integration user signed in, and the connector was saved.
	HappenedConsent Happening = "consent"
	// HappenedCheck: its checks were made; Past.Health is what they came to.
	HappenedCheck Happening = "check"
	// HappenedUnchecked: they could not be made; Past.Problem says why.
	HappenedUnchecked Happening = "unchecked"
	// HappenedRefused: a token was asked for, and nobody but a person can bring one again; Past.Problem says why.
	HappenedRefused Happening = "refused"
	// HappenedCredential: a new client secret or certificate was entered.
	HappenedCredential Happening = "credential"
	// HappenedCopy: a copy of the credential was written to a key vault.
	HappenedCopy Happening = "copy"
	// HappenedMove: the credential was moved to a key vault.
	HappenedMove Happening = "move"
	// HappenedTakeBack: the credential was taken back from a key vault.
	HappenedTakeBack Happening = "take-back"
)

// Past is an entry in a connector's history: something that happened once, or the same outcome of checks several times in a row. It holds no
// secret, and nothing that names a customer.
type Past struct {
	What Happening `json:"what"`
	// Health is that of the outcome of HappenedCheck, else empty.
	Health Health `json:"health,omitempty"`
	// Problem is why the checks could not be made, for HappenedUnchecked, and why there was no token, for HappenedRefused.
	Problem ProblemKind `json:"problem,omitempty"`
	// Scheduled says that the schedule of this computer did it each time, and no person.
	Scheduled bool `json:"scheduled,omitempty"`
	// From and To are when it happened first and last: the same where it happened once.
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
	// Count is how often it happened.
	Count int `json:"count"`
}

// MaxHistory is how many entries a connector's history has at most: about a year in which things change twice a week.
const MaxHistory = 100

// HistoryGap is the longest time between two checks that are told as one: two missed days leave a gap that is seen.
const HistoryGap = 72 * time.Hour

// WithPast returns the connector with one thing more in its history. The same outcome again, without a gap, makes the last entry longer.
// Of too many entries, the oldest neighbors with the same outcome become one, whoever had the checks made; where there are none, the oldest entry goes.
// The history that the connector had is not changed in place.
func (c Connector) WithPast(p Past) Connector {
	if p.To.IsZero() {
		p.To = p.From
	}
	p.Count = max(p.Count, 1)
	history := slices.Clone(c.History)
	if n := len(history); n > 0 && history[n-1].Scheduled == p.Scheduled && history[n-1].goesOn(p) {
		history[n-1] = history[n-1].with(p)
	} else {
		history = append(history, p)
	}
	for len(history) > MaxHistory {
		history = shorter(history)
	}
	c.History = history
	return c
}

// shorter returns a history with one entry less. The two newest are left as they are: they tell who had the checks made last.
func shorter(history []Past) []Past {
	for i := range len(history) - 2 {
		if history[i].goesOn(history[i+1]) {
			history[i] = history[i].with(history[i+1])
			return slices.Delete(history, i+1, i+2)
		}
	}
	return history[1:]
}

// CheckedBySchedule reports whether it was the schedule that had the checks made last. The connector must be whole.
func (c Connector) CheckedBySchedule() bool {
	for _, p := range slices.Backward(c.History) {
		if p.What == HappenedCheck {
			return p.Scheduled
		}
	}
	return false
}

// LastTry returns the last try to make the checks where it came to nothing; ok is false where they were made since. The connector must be whole.
func (c Connector) LastTry() (p Past, ok bool) {
	for _, p := range slices.Backward(c.History) {
		if p.What == HappenedCheck || p.What == HappenedUnchecked {
			return p, p.What == HappenedUnchecked
		}
	}
	return Past{}, false
}

// with is the entry made longer by one that goes on with it.
func (e Past) with(p Past) Past {
	e.To, e.Count, e.Scheduled = p.To, e.Count+p.Count, e.Scheduled && p.Scheduled
	return e
}

// goesOn reports whether p came to the same as the entry, and follows it without a gap.
func (e Past) goesOn(p Past) bool {
	again := p.What == HappenedCheck || p.What == HappenedUnchecked || p.What == HappenedRefused
	gap := p.From.Sub(e.To)
	return again && e.What == p.What && e.Health == p.Health && e.Problem == p.Problem && gap >= 0 && gap <= HistoryGap
}
