//go:build e2e && linux

package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"time"

	"partner-center-connector/bench/fixture"
	"partner-center-connector/bench/measure"
	"partner-center-connector/bench/report"
)

// bareWindow is the window with nothing in it.
const bareWindow = "barewindow"

// windowWorld is a world for the rows that show windows.
func (b *bench) windowWorld() (*world, error) {
	if err := b.display(); err != nil {
		return nil, err
	}
	return b.newWorld("")
}

// home opens the first start's home, which has no connector yet, and one of ten connectors.
func (b *bench) home() ([]report.Figure, []report.Curve, error) {
	w, err := b.windowWorld()
	if err != nil {
		return nil, nil, err
	}
	defer w.end()
	ten, err := b.list(w, fixture.Rows{Series: "home", Count: 10, Checked: true}, 0)
	if err != nil {
		return nil, nil, err
	}
	opens := func(command func() *exec.Cmd) func() (sample, error) {
		return func() (sample, error) { return b.opens(command(), nil) }
	}
	s, err := b.alternate(b.pairs,
		opens(func() *exec.Cmd { return b.ourWindow("", filepath.Join(b.dir, "empty"), "") }),
		opens(func() *exec.Cmd { return b.program(bareWindow) }),
		opens(func() *exec.Cmd { return b.ourWindow("", ten, w.clouds) }))
	if err != nil {
		return nil, nil, err
	}
	figures := costs("first start, ", s[0], s[1], report.AtMost(1.1), report.AtMost(1.1))
	figures = append(figures,
		report.Cost("first start, "+rss, "MB", s[0].of(rss), s[1].of(rss), report.AtMost(1.12)),
		report.Cost("first start, "+anonymous, "MB", s[0].of(anonymous), s[1].of(anonymous), report.AtMost(1.18)))
	figures = append(figures, costs("ten connectors, ", s[2], s[1], report.Aim{}, report.Aim{})...)
	for _, name := range []string{rss, anonymous} {
		figures = append(figures, report.Cost("ten connectors, "+name, "MB", s[2].of(name), s[1].of(name), report.Aim{}))
	}
	return figures, nil, nil
}

// notch is the figure of one notch of the wheel.
const notch = "one wheel notch, "

func (b *bench) homeOfMany() ([]report.Figure, []report.Curve, error) {
	w, err := b.windowWorld()
	if err != nil {
		return nil, nil, err
	}
	defer w.end()
	sides := []func() (sample, error){}
	for _, r := range []fixture.Rows{{Series: "thousand", Count: 1_000, Checked: true}, {Series: "ten", Count: 10, Checked: true}} {
		dir, err := b.list(w, r, 0)
		if err != nil {
			return nil, nil, err
		}
		sides = append(sides, func() (sample, error) { return b.opens(b.ourWindow("", dir, w.clouds), b.scrolls) })
	}
	s, err := b.alternate(b.pairs, sides...)
	if err != nil {
		return nil, nil, err
	}
	figures := costs("last frame, ", s[0], s[1], report.AtMost(1.15), report.AtMost(1.15))
	for _, name := range []string{wall, cpu} {
		figures = append(figures, report.Cost(notch+name, "ms", s[0].of(notch+name), s[1].of(notch+name), report.AtMost(1.1)))
	}
	return figures, nil, nil
}

// noticed is how long a window may take to show anything of a turn of the wheel.
const noticed = 10 * time.Second

// scrolls turns the wheel by a notch over the middle of the window, there and back, and measures the second time that it goes down.
func (b *bench) scrolls(pid int) (sample, error) {
	if err := b.keys.Do("mousemove 700 600"); err != nil {
		return nil, err
	}
	if _, _, err := b.shown.Rest(false, quiet/2, restLimit, nil); err != nil {
		return nil, err
	}
	var s sample
	for _, button := range []string{"5", "4", "5"} {
		before, err := measure.CPU(pid)
		if err != nil {
			return nil, err
		}
		begin := time.Now()
		if err := b.keys.Do("click " + button); err != nil {
			return nil, err
		}
		_, last, err := b.shown.Rest(true, quiet/2, noticed, nil)
		if err != nil {
			return nil, fmt.Errorf("after a turn of the wheel: %w", err)
		}
		after, err := measure.CPU(pid)
		if err != nil {
			return nil, err
		}
		s = sample{notch + wall: ms(last.Sub(begin)), notch + cpu: ms(after - before)}
	}
	return s, nil
}
