package gui

import (
	"slices"

	"fyne.io/fyne/v2"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

// checks draws a view.Checks as one card with a row for each check.
type checks struct {
	screen *screen
	rows   map[string]*checkRow
	shown  []*checkRow
	column *fyne.Container
	box    *fyne.Container
}

// checkRow is one check: its icon, what it is about, its outcome in words, the evidence, and the problem if there is one.
type checkRow struct {
	glyph    *glyph
	title    *words
	word     *words
	evidence *words
	problem  *problem
	slot     *fyne.Container
	screen   *screen
	v        view.CheckRow
	since    stopwatch
	box      *fyne.Container
}

func newChecks(s *screen) drawn {
	c := &checks{screen: s, rows: map[string]*checkRow{}, column: flow(&column{gap: spaceLarge})}
	c.box = flow(&padded{x: spaceNarrow, y: spaceNarrow}, newCard("", colorBorder), c.column)
	return c
}

func (c *checks) object() fyne.CanvasObject { return c.box }

func (c *checks) update(b view.Block) {
	c.column.Objects, c.shown = nil, nil
	for _, v := range b.(view.Checks).Rows {
		row := c.rows[v.ID]
		if row == nil {
			row = newCheckRow()
			c.rows[v.ID] = row
		}
		row.set(c.screen, v)
		c.column.Objects = append(c.column.Objects, row.box)
		c.shown = append(c.shown, row)
	}
}

func newCheckRow() *checkRow {
	r := &checkRow{title: newWords(styleStrong), word: newWords(styleBody), evidence: newWords(styleCaption)}
	r.glyph = newGlyph("pending", colorMuted, iconMedium).on(styleStrong)
	r.slot = flow(&column{})
	head := flow(&ended{gap: spaceMedium, narrow: entryNarrow}, r.title, r.word)
	body := flow(&column{gap: spaceHair}, head, r.evidence)
	r.box = flow(&column{gap: spaceMedium}, flow(&beside{gap: spaceLarge}, r.glyph, body), r.slot)
	return r
}

// checkMark is the icon and colour of a check's state. What could not be checked never looks like what passed.
func checkMark(s connector.CheckState) (icon string, c fyne.ThemeColorName) {
	switch s {
	case connector.CheckPassed:
		return "passed", colorGood
	case connector.CheckWarning:
		return "warning", colorWarning
	case connector.CheckFailed:
		return "failed", colorBad
	case connector.CheckUnknown:
		return "unknown", colorWarning
	case connector.CheckRunning:
		return "running", colorAccent
	case connector.CheckPending:
	}
	return "pending", colorMuted
}

// tick counts the seconds of a check that runs.
func (r *checkRow) tick() {
	_, c := checkMark(r.v.State)
	word := r.screen.text(r.v.Word)
	if seconds := r.since.text(r.screen); seconds != "" {
		word += " · " + seconds
	}
	if word == r.word.text && r.word.style == styleBody.in(c) {
		return
	}
	r.word.restyle(styleBody.in(c), word)
	relayout(r.box)
}

func (c *checks) tick() {
	for _, r := range c.shown {
		r.tick()
	}
}

func (c *checks) ticks() bool {
	return slices.ContainsFunc(c.shown, func(r *checkRow) bool { return r.since.runs() })
}

func (r *checkRow) set(s *screen, v view.CheckRow) {
	icon, c := checkMark(v.State)
	r.glyph.set(icon, c)
	r.title.restyle(pick(v.State == connector.CheckPending, styleBody.in(colorMuted), styleStrong), s.text(v.Title))
	r.screen, r.v = s, v
	if v.State == connector.CheckRunning {
		r.since.start(s.now())
	} else {
		r.since.reset()
	}
	r.tick()
	r.evidence.set(s.lines(v.Evidence))
	r.slot.Objects = nil
	if v.Problem == nil {
		return
	}
	if r.problem == nil {
		r.problem = newProblemIn(s)
	}
	if v.State != connector.CheckFailed {
		r.problem.card.set(markOf(view.Warning))
	} else {
		r.problem.card.set(markOf(view.Bad))
	}
	r.problem.show(*v.Problem)
	r.slot.Objects = []fyne.CanvasObject{r.problem.card.box}
}
