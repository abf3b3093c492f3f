//go:build e2e && linux

package main

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"

	"partner-center-connector/bench/fixture"
	"partner-center-connector/bench/report"
)

// grown are the things whose growth is measured, with how the curves are called.
var grown = []struct{ id, what string }{
	{"list", "`pcc list`"}, {"token", "`pcc token`, cached"}, {"check", "`pcc check` of one"}, {"start", "window until home is complete"},
}

// runsBefore is how often the build before is measured at most: some of it takes seconds.
const runsBefore = 3

// growth measures lists of all sizes, with ten credentials in the keychain for each.
func (b *bench) growth() ([]report.Figure, []report.Curve, error) {
	if err := b.display(); err != nil {
		return nil, nil, err
	}
	curves, err := b.grow("now", "", b.pairs)
	if err != nil {
		return nil, nil, err
	}
	earlier, err := b.earlier(terminal)
	if errors.Is(err, errMissing) {
		return nil, curves, nil
	}
	before, err := b.grow("before", earlier, min(b.pairs, runsBefore))
	return nil, append(curves, before...), err
}

// grow measures one of the builds; an empty path is this one.
func (b *bench) grow(build, path string, times int) ([]report.Curve, error) {
	w, err := b.newWorld("")
	if err != nil {
		return nil, err
	}
	defer w.end()
	curves := []report.Curve{}
	for _, g := range grown {
		curves = append(curves, report.Curve{ID: g.id, What: g.what, Build: build})
	}
	sides := []func() (sample, error){}
	for _, n := range report.Sizes {
		rows := fixture.Rows{Series: fmt.Sprintf("%s-%d", build, n), Count: n}
		dir, err := b.list(w, rows, 10)
		if err != nil {
			return nil, err
		}
		folder := ""
		if path != "" {
			folder = filepath.Dir(path)
		}
		sides = append(sides,
			runs(func() *exec.Cmd { return b.pcc(w, path, dir, "list") }),
			runs(func() *exec.Cmd { return b.pcc(w, path, dir, "token", rows.Name(5)) }),
			runs(func() *exec.Cmd { return b.pcc(w, path, dir, "check", rows.Name(6)) }),
			func() (sample, error) { return b.opens(b.ourWindow(folder, dir, w.clouds), nil) })
	}
	s, err := b.alternate(times, sides...)
	if err != nil {
		return nil, err
	}
	for i, n := range report.Sizes {
		for j := range grown {
			one := s[i*len(grown)+j]
			curves[j].Points = append(curves[j].Points, report.Point{
				Connectors: n, Runs: len(one), WallMS: report.SpreadOf(one.of(wall)), CPUMS: report.SpreadOf(one.of(cpu)),
			})
		}
	}
	return curves, nil
}
