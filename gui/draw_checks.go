package gui

import (
	"slices"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
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
	icon     *widget.Icon
	title    *widget.Label
	word     *widget.Label
	evidence *widget.Label
	problem  *problem
	slot     *fyne.Container
	screen   *screen
	v        view.CheckRow
	since    stopwatch
	box      *fyne.Container
}

func newChecks(s *screen) drawn {
	c := &checks{screen: s, rows: map[string]*checkRow{}, column: widget.Box(&widget.Column{Gap: widget.SpaceLarge})}
	c.box = widget.Box(&widget.Padded{X: widget.SpaceNarrow, Y: widget.SpaceNarrow}, widget.NewCard("", widget.ColorBorder), c.column)
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
	r := &checkRow{title: widget.NewLabel(widget.StyleStrong), word: widget.NewLabel(widget.StyleBody)}
	r.evidence = widget.NewLabel(widget.StyleCaption)
	r.icon = widget.NewIcon("pending", widget.ColorMuted, widget.IconMedium).Beside(widget.StyleStrong)
	r.slot = widget.Box(&widget.Column{})
	head := widget.Box(&widget.Trailing{Gap: widget.SpaceMedium, Narrow: widget.EntryNarrow}, r.title, r.word)
	body := widget.Box(&widget.Column{Gap: widget.SpaceHair}, head, r.evidence)
	r.box = widget.Box(&widget.Column{Gap: widget.SpaceMedium}, widget.Box(&widget.Leading{Gap: widget.SpaceLarge}, r.icon, body), r.slot)
	return r
}

// checkMark is the icon and colour of a check's state. What could not be checked never looks like what passed.
func checkMark(s connector.CheckState) (icon string, c fyne.ThemeColorName) {
	switch s {
	case connector.CheckPassed:
		return "passed", widget.ColorGood
	case connector.CheckWarning:
		return "warning", widget.ColorWarning
	case connector.CheckFailed:
		return "failed", widget.ColorBad
	case connector.CheckUnknown:
		return "unknown", widget.ColorWarning
	case connector.CheckRunning:
		return "running", widget.ColorAccent
	case connector.CheckPending:
	}
	return "pending", widget.ColorMuted
}

// tick counts the seconds of a check that runs.
func (r *checkRow) tick() {
	_, c := checkMark(r.v.State)
	word := r.screen.text(r.v.Word)
	if seconds := r.since.text(r.screen); seconds != "" {
		word += " · " + seconds
	}
	if word == r.word.Text() && r.word.Style() == widget.StyleBody.In(c) {
		return
	}
	r.word.SetStyled(widget.StyleBody.In(c), word)
	widget.Relayout(r.box)
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
	r.icon.Set(icon, c)
	r.title.SetStyled(pick(v.State == connector.CheckPending, widget.StyleBody.In(widget.ColorMuted), widget.StyleStrong), s.text(v.Title))
	r.screen, r.v = s, v
	if v.State == connector.CheckRunning {
		r.since.start(s.now())
	} else {
		r.since.reset()
	}
	r.tick()
	r.evidence.SetText(s.lines(v.Evidence))
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
