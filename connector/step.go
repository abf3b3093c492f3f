package connector

import (
	"encoding/json"
	"errors"
)

// Step is a page of the wizard; its value orders the pages, those of a draft by [Draft.Steps]. It is kept in files under [Step.Page], which a
// page put in the middle leaves as it is.
type Step int

// The seven steps, in order. NoStep is used where no page of the wizard fixes a problem.
const (
	NoStep Step = iota
	StepBefore
	StepAccount
	StepMFA
	StepConnector
	StepAdmin
	StepUser
	StepCheck
)

// StepCount is the number of steps of a connector of our own.
const StepCount = int(StepCheck)

// The four pages for two links that another product has made, in order.
const (
	StepLinks Step = iota + StepCheck + 1
	StepLinkAdmin
	StepLinkUser
	StepLinkFinish
)

// steps says of each step what it is called in translation keys, golden names and topics of the help; what in files and in JSON; and its
// number among the first seven pages, which lists of format 1 and the JSON of the terminal have. Page and number never change: a page that
// comes in between has the number of the page before it, and is read by its name alone.
var steps = [...]struct {
	name, page string
	number     int
}{
	NoStep:        {"none", "none", 0},
	StepBefore:    {"before", "before-you-begin", 1},
	StepAccount:   {"account", "integration-user", 2},
	StepMFA:       {"mfa", "mfa", 3},
	StepConnector: {"connector", "app-registration", 4},
	StepAdmin:     {"admin", "admin-consent", 5},
	StepUser:      {"user", "user-consent", 6},
	StepCheck:     {"check", "checks", 7},

	StepLinks:      {"links", "two-links", 0},
	StepLinkAdmin:  {"link-admin", "admin-link", 0},
	StepLinkUser:   {"link-user", "user-link", 0},
	StepLinkFinish: {"link-finish", "links-finish", 0},
}

// Name is the step's part in translation keys and golden names, and its topic of the help.
func (s Step) Name() string { return steps[s.known()].name }

// Page is the step's name in files and in JSON; it never changes.
func (s Step) Page() string { return steps[s.known()].page }

// Number is the step's number among the first seven pages, which scripts know; it never changes. What people see is its [Step.Place].
func (s Step) Number() int { return steps[s.known()].number }

// Place is the step's place among the pages of its kind of draft, as people see it: 1 to 7, or 1 to 4; 0 for NoStep.
func (s Step) Place() int {
	if s >= StepLinks {
		return int(s - StepLinks + 1)
	}
	return int(s.known())
}

// Steps are the first and the last page of the wizard for the draft.
func (d Draft) Steps() (first, last Step) {
	if d.Links != nil {
		return StepLinks, StepLinkFinish
	}
	return StepBefore, StepCheck
}

// StepFor is the page of the draft that is for what a page of a connector of our own is for: a problem names the latter as the one that fixes it.
func (d Draft) StepFor(s Step) Step {
	if d.Links == nil {
		return s
	}
	switch s {
	case StepBefore, StepAccount, StepMFA, StepConnector:
		return StepLinks
	case StepAdmin:
		return StepLinkAdmin
	case StepUser:
		return StepLinkUser
	case StepCheck:
		return StepLinkFinish
	default:
		return s
	}
}

// known is s, or NoStep where it is none of the steps.
func (s Step) known() Step {
	if s < 0 || int(s) >= len(steps) {
		return NoStep
	}
	return s
}

var errNoStep = errors.New("neither the name nor the number of a page")

// MarshalJSON writes the name of the page.
func (s Step) MarshalJSON() ([]byte, error) { return json.Marshal(s.Page()) }

// UnmarshalJSON reads the name of a page, or the number that lists of format 1 have. What it does not know is a page of a newer version, and
// becomes NoStep: the rest of the list is as good as before.
func (s *Step) UnmarshalJSON(text []byte) error {
	var page string
	if json.Unmarshal(text, &page) == nil {
		*s = stepOfPage(page)
		return nil
	}
	var number int
	if json.Unmarshal(text, &number) != nil {
		return errNoStep
	}
	*s = stepOfNumber(number)
	return nil
}

func stepOfPage(page string) Step {
	for step := range steps {
		if steps[step].page == page {
			return Step(step)
		}
	}
	return NoStep
}

// stepOfNumber finds the first page with a number: the one that had it from the beginning.
func stepOfNumber(number int) Step {
	for step := range steps {
		if steps[step].number == number {
			return Step(step)
		}
	}
	return NoStep
}
