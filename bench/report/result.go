package report

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"
)

// Results is everything that was measured, as the JSON file keeps it.
type Results struct {
	Machine Machine `json:"machine"`
	Rows    []Row   `json:"rows"`
	Growth  []Curve `json:"growth,omitempty"`
}

// Machine is what it was measured on.
type Machine struct {
	Processor string `json:"processor"`
	Cores     int    `json:"cores"`
	MemoryGB  int    `json:"memoryGB"`
	System    string `json:"system"`
	Kernel    string `json:"kernel"`
	Go        string `json:"go"`
}

// Row is one thing that was measured beside its baseline, in one or several figures.
type Row struct {
	ID       string `json:"id"`
	What     string `json:"what"`
	Baseline string `json:"baseline"`
	// At, Commit and Seconds say when it was measured, of which commit, and how long that took.
	At      time.Time `json:"at"`
	Commit  string    `json:"commit"`
	Seconds int       `json:"seconds"`
	Figures []Figure  `json:"figures,omitempty"`
	// Fold shows the figure with the greatest ratio in place of all, which are alike.
	Fold bool `json:"fold,omitempty"`
	// Missing says why it could not be measured; empty where it was.
	Missing string `json:"missing,omitempty"`
}

// Figure is one number of a row. Ours and Base are in Unit, Ratio is that of the pairs.
type Figure struct {
	Name  string `json:"name"`
	Unit  string `json:"unit"`
	Pairs int    `json:"pairs"`
	Ours  Spread `json:"ours"`
	// Base is nil where a number stands for itself.
	Base  *Spread `json:"base,omitempty"`
	Ratio *Spread `json:"ratio,omitempty"`
	Aim   Aim     `json:"aim,omitzero"`
}

// Aim is what a figure should come to; the zero Aim is none. It is about the ratio's median, or about ours where there is no baseline.
type Aim struct {
	// Limit is not to be exceeded, or, with AtLeast, to be reached.
	Limit   float64 `json:"limit"`
	AtLeast bool    `json:"atLeast,omitempty"`
}

// AtMost is the aim not to exceed a limit; AtLeast is the one to reach it.
func AtMost(limit float64) Aim { return Aim{Limit: limit} }

// AtLeast is the aim to reach a limit.
func AtLeast(limit float64) Aim { return Aim{Limit: limit, AtLeast: true} }

// Cost is the figure of something that should be small: the ratio is ours by the baseline's.
func Cost(name, unit string, ours, base []float64, aim Aim) Figure {
	return pairs(name, unit, ours, base, Ratios(ours, base), aim)
}

// Speed is the figure of durations whose inverse counts: the ratio is the baseline's by ours, so that twice as fast is 2.
func Speed(name, unit string, ours, base []float64, aim Aim) Figure {
	return pairs(name, unit, ours, base, Ratios(base, ours), aim)
}

func pairs(name, unit string, ours, base, ratios []float64, aim Aim) Figure {
	b, r := SpreadOf(base), SpreadOf(ratios)
	return Figure{Name: name, Unit: unit, Pairs: len(ratios), Ours: SpreadOf(ours), Base: &b, Ratio: &r, Aim: aim}
}

// Plain is the figure of something without a baseline.
func Plain(name, unit string, ours []float64, aim Aim) Figure {
	return Figure{Name: name, Unit: unit, Pairs: len(ours), Ours: SpreadOf(ours), Aim: aim}
}

// Misses reports whether the figure has an aim and does not meet it.
func (f Figure) Misses() bool {
	value := f.Ours.Median
	if f.Ratio != nil {
		value = f.Ratio.Median
	}
	switch {
	case f.Aim == Aim{}:
		return false
	case f.Aim.AtLeast:
		return value < f.Aim.Limit
	}
	return value > f.Aim.Limit
}

// shown are the figures that the table has a line for.
func (r Row) shown() []Figure {
	if !r.Fold || len(r.Figures) == 0 {
		return r.Figures
	}
	worst := slices.MaxFunc(r.Figures, func(a, b Figure) int { return cmp.Compare(a.Ratio.Median, b.Ratio.Median) })
	worst.Name = fmt.Sprintf("%s, the greatest of %d", worst.Name, len(r.Figures))
	return []Figure{worst}
}

// Misses reports whether a figure of the row misses its aim.
func (r Row) Misses() bool { return slices.ContainsFunc(r.Figures, Figure.Misses) }

// Put replaces the row of the same ID, or adds it; order are the IDs of all rows, as they are shown. A row that is not among them goes.
func (r *Results) Put(row Row, order []string) {
	rows := append(slices.DeleteFunc(slices.Clone(r.Rows), func(old Row) bool { return old.ID == row.ID }), row)
	r.Rows = nil
	for _, id := range order {
		if i := slices.IndexFunc(rows, func(row Row) bool { return row.ID == id }); i >= 0 {
			r.Rows = append(r.Rows, rows[i])
		}
	}
}

// Read reads the results of a file; the zero Results where there is none.
func Read(path string) (Results, error) {
	var r Results
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &r)
	}
	if err != nil {
		return r, fmt.Errorf("results: %w", err)
	}
	return r, nil
}

// Write writes the results to a file.
func (r Results) Write(path string) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644) //nolint:gosec // results are for everybody to read
}
