package view

import (
	"slices"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/wizard"
)

// verdict are checks that have ended, by what came of them.
type verdict struct {
	failed, warned, unknown, passed []connector.Check
	// later are those for which it is too early: nothing was tried, and nothing stands against them.
	later []connector.Check
}

func verdictOf(made []connector.Check) verdict {
	v := verdict{}
	for _, c := range made {
		switch {
		case c.State == connector.CheckFailed:
			v.failed = append(v.failed, c)
		case c.State == connector.CheckWarning:
			v.warned = append(v.warned, c)
		case c.State == connector.CheckPassed:
			v.passed = append(v.passed, c)
		case checks.TooEarly(c):
			v.later = append(v.later, c)
		default:
			v.unknown = append(v.unknown, c)
		}
	}
	return v
}

// all is how many checks were made, or were to be.
func (v verdict) all() int { return len(v.failed) + len(v.warned) + len(v.unknown) + len(v.passed) }

// text counts the checks in one line.
func (v verdict) text() Text {
	switch {
	case len(v.failed) > 0:
		return text("verdict.failed", "Count", len(v.failed), "All", v.all())
	case len(v.passed) == v.all():
		return text("verdict.passed", "Count", v.all())
	case len(v.unknown) == v.all():
		return text("verdict.none", "Count", v.all())
	case len(v.warned) == 0:
		return text("verdict.unknown", "Passed", len(v.passed), "All", v.all(), "Count", len(v.unknown))
	case len(v.unknown) == 0:
		return text("verdict.warned", "Passed", len(v.passed), "All", v.all(), "Count", len(v.warned))
	}
	return text("verdict.mixed", "Passed", len(v.passed), "All", v.all(), "Warned", len(v.warned), "Count", len(v.unknown))
}

// worst is the check that failed which weighs most, and says what to do; nil for none.
func (v verdict) worst() *connector.Check {
	var worst *connector.Check
	for i := range v.failed {
		c := &v.failed[i]
		if c.Problem != nil && (worst == nil || worst.Weight != c.Weight && connector.Heaviest([]connector.Check{*worst, *c}) == c.Weight) {
			worst = c
		}
	}
	return worst
}

// checkCards are the checks of a page that have ended, and how their problem cards are made.
type checkCards struct {
	id    string
	made  []connector.Check
	shown func(id string, p *connector.Problem) Problem
}

// cardID is the ID of the card of a check.
func (c checkCards) cardID(id connector.CheckID) string { return c.id + "-" + string(id) + "-problem" }

// remedy is the one card that says what failed, who must act and what to do, with how many failed; nil where nothing did that has one.
func (c checkCards) remedy() *Problem {
	v := verdictOf(c.made)
	worst := v.worst()
	if worst == nil {
		return nil
	}
	made := c.shown(c.cardID(worst.ID), worst.Problem)
	made.Title = text("verdict.failed.what", "Count", len(v.failed), "All", v.all(), "What", made.Title)
	return &made
}

// open are the checks that need somebody: what failed, then what has a warning, then what could not be made. The card of the ID told stands elsewhere.
func (c checkCards) open(told string) []Block {
	v := verdictOf(c.made)
	rows := []CheckRow{}
	for _, some := range [][]connector.Check{v.failed, v.warned, onceEach(v.unknown), v.later} {
		rows = append(rows, c.rows(some, told)...)
	}
	if len(rows) == 0 {
		return nil
	}
	return []Block{Checks{ID: c.id, Rows: rows}}
}

// onceEach leaves of the problems of checks that could not be made each kind once: one cause keeps several from being made.
func onceEach(unknown []connector.Check) []connector.Check {
	told := map[connector.ProblemKind]bool{}
	once := slices.Clone(unknown)
	for i := range once {
		if p := once[i].Problem; p != nil {
			if told[p.Kind] {
				once[i].Problem = nil
			}
			told[p.Kind] = true
		}
	}
	return once
}

// retries are the IDs of the buttons that try those again which could not be made.
func (c checkCards) retries() []string {
	ids := []string{}
	for _, check := range onceEach(verdictOf(c.made).unknown) {
		if check.Problem == nil {
			continue
		}
		if b := c.shown(c.cardID(check.ID), check.Problem).Button; b != nil {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

// passed are those that passed, in one line that opens.
func (c checkCards) passed() []Block {
	passed := verdictOf(c.made).passed
	if len(passed) == 0 {
		return nil
	}
	id := "passed"
	if c.id != "checks" { // they are not those of the page
		id = c.id + "-passed-fold"
	}
	return []Block{Fold{
		ID: id, Title: text("verdict.folded", "Count", len(passed)), Blocks: []Block{Checks{ID: c.id + "-passed", Rows: c.rows(passed, "")}},
	}}
}

// running are all of them in their order, filling in.
func (c checkCards) running() []Block {
	if len(c.made) == 0 {
		return nil
	}
	return []Block{Checks{ID: c.id, Rows: c.rows(c.made, "")}}
}

func (c checkCards) rows(some []connector.Check, told string) []CheckRow {
	rows := make([]CheckRow, 0, len(some))
	for _, check := range some {
		row := CheckRow{
			ID: c.id + "-" + string(check.ID), State: check.State, Title: text("check." + string(check.ID) + ".title"), Word: StateWord(check),
		}
		for _, fact := range check.Evidence {
			if fact.Key != checks.FactLastsNew { // the verdict says from when it can be made
				row.Evidence = append(row.Evidence, factText(fact))
			}
		}
		if id := c.cardID(check.ID); check.Problem != nil && id != told {
			row.Problem = c.shown(id, check.Problem).inRow()
		}
		rows = append(rows, row)
	}
	return rows
}

// StateWord says what a check came to.
func StateWord(c connector.Check) Text {
	if checks.TooEarly(c) {
		return text("verdict.later")
	}
	return text("check-state." + string(c.State))
}

// lastingArgs are what the sentences about the check that comes later are filled with: from when, and whether it is made by itself.
func lastingArgs(from, now time.Time, l wizard.Lasting) []any {
	args := []any{"ByItself", l.ByItself}
	if from.IsZero() {
		return args
	}
	return append(args, "From", OnClock(from, now))
}

// OnClock is an instant as an arg that a clock shows; with its day, where that is not the one of now.
func OnClock(at, now time.Time) any {
	if localDay(at) == localDay(now) {
		return TimeOfDay{at}
	}
	return at
}
