package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// Reasons say, by the ID of a row, why it misses its aim.
type Reasons map[string]string

// ReadReasons reads the text of reasons.toml: one `id = "reason"` for each row that misses its aim.
func ReadReasons(text []byte) (Reasons, error) {
	var r Reasons
	if err := toml.Unmarshal(text, &r); err != nil {
		return nil, fmt.Errorf("reasons: %w", err)
	}
	return r, nil
}

// notYet is in place of a table of nothing.
const notYet = "Not measured yet.\n"

// Table returns all rows as a table of Markdown, and under it why some miss their aim. Every figure has a line of its own.
func (r Results) Table(reasons Reasons) string {
	if len(r.Rows) == 0 {
		return notYet
	}
	var b strings.Builder
	b.WriteString("| what | figure | ours | baseline | ratio (least to most) | aim | |\n|---|---|---|---|---|---|---|\n")
	for _, row := range r.Rows {
		row.lines(&b)
	}
	b.WriteString("\n" + r.Machine.line() + "\n")
	why := []string{}
	for _, row := range r.Rows {
		if row.Misses() {
			why = append(why, fmt.Sprintf("- `%s` misses its aim: %s", row.ID, reasonOf(reasons, row.ID)))
		}
	}
	if len(why) > 0 {
		b.WriteString("\n" + strings.Join(why, "\n") + "\n")
	}
	return b.String()
}

func reasonOf(reasons Reasons, id string) string {
	if why := strings.TrimSpace(reasons[id]); why != "" {
		return why
	}
	return "nobody has said why yet."
}

func (row Row) lines(b *strings.Builder) {
	if row.Missing != "" {
		line(b, row.title(), "", "", "", "", "", "not measured: "+row.Missing)
		return
	}
	title := row.title()
	for _, f := range row.shown() {
		base, ratio := "", ""
		if f.Base != nil {
			base = amount(f.Base.Median) + " " + f.Unit
			ratio = fmt.Sprintf("**%s×** (%s to %s)", amount(f.Ratio.Median), amount(f.Ratio.Min), amount(f.Ratio.Max))
		}
		line(b, title, f.Name, amount(f.Ours.Median)+" "+f.Unit, base, ratio, f.aim(), f.verdict())
		title = ""
	}
}

func line(b *strings.Builder, cells ...string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func (row Row) title() string {
	title := fmt.Sprintf("%s (`%s`)", row.What, row.ID)
	if row.Baseline != "" {
		title += ", beside " + row.Baseline
	}
	return title
}

func (f Figure) aim() string {
	if (f.Aim == Aim{}) {
		return ""
	}
	sign, unit := "≤ ", "×"
	if f.Aim.AtLeast {
		sign = "≥ "
	}
	if f.Ratio == nil {
		unit = " " + f.Unit
	}
	return sign + strconv.FormatFloat(f.Aim.Limit, 'f', -1, 64) + unit
}

func (f Figure) verdict() string {
	switch {
	case f.Aim == Aim{}:
		return ""
	case f.Misses():
		return "missed"
	}
	return "met"
}

// amount writes a number with three digits that count.
func amount(value float64) string {
	switch size := max(value, -value); {
	case size == 0:
		return "0"
	case size >= 99.95:
		return strconv.FormatFloat(value, 'f', 0, 64)
	case size >= 9.995:
		return strconv.FormatFloat(value, 'f', 1, 64)
	case size >= 0.0995:
		return strconv.FormatFloat(value, 'f', 2, 64)
	}
	return strconv.FormatFloat(value, 'g', 2, 64)
}

func (m Machine) line() string {
	return fmt.Sprintf("Measured on %s, %d cores, %d GB, %s, kernel %s, %s.", m.Processor, m.Cores, m.MemoryGB, m.System, m.Kernel, m.Go)
}

// GrowthTable returns all curves as a table of Markdown.
func (r Results) GrowthTable() string {
	if len(r.Growth) == 0 {
		return notYet
	}
	var b strings.Builder
	cells := []string{"wall ms (CPU ms)", "build"}
	rule := "|---|---|"
	for _, n := range Sizes {
		cells = append(cells, number(n))
		rule += "---|"
	}
	line(&b, cells...)
	b.WriteString(rule + "\n")
	for _, c := range r.Growth {
		cells := []string{c.What, c.Build}
		for _, n := range Sizes {
			cell := ""
			if p, ok := c.At(n); ok {
				cell = fmt.Sprintf("%s (%s)", amount(p.WallMS.Median), amount(p.CPUMS.Median))
			}
			cells = append(cells, cell)
		}
		line(&b, cells...)
	}
	return b.String()
}

// number writes a number of connectors with a comma between its thousands.
func number(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

// Text returns the row for a terminal: a line with median, least, most and ratio for each figure.
func (row Row) Text() string {
	if row.Missing != "" {
		return "  not measured: " + row.Missing
	}
	lines := []string{}
	for _, f := range row.Figures {
		text := fmt.Sprintf("  %-36s ours %s", f.Name, f.Ours.text(f.Unit))
		if f.Base != nil {
			text += fmt.Sprintf("   baseline %s   ratio %s", f.Base.text(f.Unit), f.Ratio.text("×"))
		}
		if verdict := f.verdict(); verdict != "" {
			text += fmt.Sprintf("   aim %s: %s", f.aim(), verdict)
		}
		lines = append(lines, text)
	}
	return strings.Join(append(lines, fmt.Sprintf("  (%d s)", row.Seconds)), "\n")
}

func (s Spread) text(unit string) string {
	return fmt.Sprintf("%s %s (%s to %s)", amount(s.Median), unit, amount(s.Min), amount(s.Max))
}
