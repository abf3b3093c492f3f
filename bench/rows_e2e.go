//go:build e2e && linux

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"partner-center-connector/bench/report"
)

// watched is what a benchmark of test/e2e writes, a line of JSON for each figure: milliseconds, in pairs.
type watched struct {
	Figure     string
	Ours, Base []float64
}

func (b *bench) idle() ([]report.Figure, []report.Curve, error) {
	return b.endToEnd("BenchmarkIdle", "CPU in a second, ", report.AtMost(1.1))
}

func (b *bench) private() ([]report.Figure, []report.Curve, error) {
	return b.endToEnd("BenchmarkPrivateWindow", "", report.AtMost(1.05))
}

// endToEnd runs a benchmark of test/e2e, which works the window by keys.
func (b *bench) endToEnd(name, prefix string, aim report.Aim) ([]report.Figure, []report.Curve, error) {
	file := filepath.Join(b.dir, name)
	cmd := exec.CommandContext(b.ctx, "go", "test", "-tags", "e2e", "-run", "^$", "-bench", "^"+name+"$", "-benchtime", "1x", "-timeout", "20m", "./test/e2e")
	cmd.Dir = b.root
	cmd.Env = append(cmd.Environ(), "CGO_ENABLED=0", "PCC_BIN="+b.bin, "BENCH_FILE="+file, "BENCH_PAIRS="+strconv.Itoa(b.pairs))
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, nil, fmt.Errorf("%w\n%s", err, out)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	figures := []report.Figure{}
	for line := range strings.Lines(string(text)) {
		var w watched
		if err := json.Unmarshal([]byte(line), &w); err != nil {
			return nil, nil, err
		}
		figures = append(figures, report.Cost(prefix+w.Figure, "ms", w.Ours, w.Base, aim))
	}
	return figures, nil, nil
}
