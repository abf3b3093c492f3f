//go:build e2e && linux

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"partner-center-connector/bench/fixture"
	"partner-center-connector/bench/measure"
	"partner-center-connector/bench/report"
	"partner-center-connector/connector/store"
)

// quick is how many pairs a row has whose runs take milliseconds.
func (b *bench) quick() int { return 5 * b.pairs }

// costs are the figures wall and CPU of two sides.
func costs(prefix string, ours, base samples, wallAim, cpuAim report.Aim) []report.Figure {
	return []report.Figure{
		report.Cost(prefix+wall, "ms", ours.of(wall), base.of(wall), wallAim),
		report.Cost(prefix+cpu, "ms", ours.of(cpu), base.of(cpu), cpuAim),
	}
}

func (b *bench) token() ([]report.Figure, []report.Curve, error) {
	w, err := b.newWorld("")
	if err != nil {
		return nil, nil, err
	}
	defer w.end()
	rows := fixture.Rows{Series: "token", Count: 10}
	dir, err := b.list(w, rows, rows.Count)
	if err == nil {
		err = w.keychain.Set(bareItems, "one", w.credential)
	}
	if err != nil {
		return nil, nil, err
	}
	s, err := b.alternate(b.quick(),
		runs(func() *exec.Cmd { return b.pcc(w, "", dir, "token", rows.Name(5)) }),
		runs(func() *exec.Cmd {
			return exec.CommandContext(b.ctx, "secret-tool", "lookup", "service", bareItems, "username", "one")
		}))
	if err != nil {
		return nil, nil, err
	}
	return costs("", s[0], s[1], report.AtMost(2.2), report.AtMost(2.8)), nil, nil
}

// tokenOfMany has ten credentials in the keychain beside either list, so that only the list is longer.
func (b *bench) tokenOfMany() ([]report.Figure, []report.Curve, error) {
	w, err := b.newWorld("")
	if err != nil {
		return nil, nil, err
	}
	defer w.end()
	sides, err := b.manyAndFew(w, 10, func(dir string, r fixture.Rows) *exec.Cmd { return b.pcc(w, "", dir, "token", r.Name(5)) })
	if err != nil {
		return nil, nil, err
	}
	s, err := b.alternate(b.quick(), sides...)
	if err != nil {
		return nil, nil, err
	}
	return costs("", s[0], s[1], report.AtMost(1.1), report.AtMost(1.1)), nil, nil
}

// manyAndFew are the sides that run a command with 10,000 and with 10 connectors in the list.
func (b *bench) manyAndFew(w *world, credentials int, command func(dir string, r fixture.Rows) *exec.Cmd) ([]func() (sample, error), error) {
	sides := []func() (sample, error){}
	for _, r := range []fixture.Rows{{Series: "many", Count: 10_000}, {Series: "few", Count: 10}} {
		dir, err := b.list(w, r, credentials)
		if err != nil {
			return nil, err
		}
		// The list is taken over from its old form once.
		if _, err := measure.Run(b.pcc(w, "", dir, "list")); err != nil {
			return nil, err
		}
		sides = append(sides, runs(func() *exec.Cmd { return command(dir, r) }))
	}
	return sides, nil
}

func (b *bench) start() ([]report.Figure, []report.Curve, error) {
	s, err := b.alternate(b.quick(),
		runs(func() *exec.Cmd { return b.program(terminal, "version") }),
		runs(func() *exec.Cmd { return b.program(terminal, "explain", "AADSTS65001", "--lang", "en") }),
		runs(func() *exec.Cmd { return b.program("hello-linked") }),
		runs(func() *exec.Cmd { return b.program("hello") }))
	if err != nil {
		return nil, nil, err
	}
	version, explain, linked, plain := s[0].of(cpu), s[1].of(cpu), s[2].of(cpu), s[3].of(cpu)
	return []report.Figure{
		report.Cost("version, CPU, linked hello", "ms", version, linked, report.AtMost(1.3)),
		report.Cost("version, CPU, plain hello", "ms", version, plain, report.AtMost(3.5)),
		report.Cost("explain, CPU, linked hello", "ms", explain, linked, report.AtMost(1.3)),
		report.Cost("explain, CPU, plain hello", "ms", explain, plain, report.AtMost(3.5)),
	}, nil, nil
}

func (b *bench) listMany() ([]report.Figure, []report.Curve, error) {
	w, err := b.newWorld("")
	if err != nil {
		return nil, nil, err
	}
	defer w.end()
	rows := fixture.Rows{Series: "list", Count: 10_000}
	dir, err := b.list(w, rows, 0)
	if err != nil {
		return nil, nil, err
	}
	file, err := b.sameRows(w, dir, rows.Count)
	if err != nil {
		return nil, nil, err
	}
	s, err := b.alternate(2*b.pairs, runs(func() *exec.Cmd { return b.pcc(w, "", dir, "list") }), runs(func() *exec.Cmd { return b.program("barelist", file) }))
	if err != nil {
		return nil, nil, err
	}
	return costs("", s[0], s[1], report.AtMost(2), report.AtMost(2)), nil, nil
}

// sameRows writes what `pcc list` shows, and no more, into a file of JSON.
func (b *bench) sameRows(w *world, dir string, want int) (string, error) {
	var out bytes.Buffer
	cmd := b.pcc(w, "", dir, "list", "--json")
	cmd.Stdout = &out
	if _, err := measure.Run(cmd); err != nil {
		return "", err
	}
	var all struct {
		Connectors []struct{ Name, TenantDomain, User, Health, Checked, RefreshTokenEnd string }
	}
	if err := json.Unmarshal(out.Bytes(), &all); err != nil {
		return "", err
	}
	if len(all.Connectors) != want {
		return "", fmt.Errorf("pcc list shows %d rows, not %d", len(all.Connectors), want)
	}
	rows := []map[string]string{}
	for _, c := range all.Connectors {
		rows = append(rows, map[string]string{
			"name": c.Name, "tenant": c.TenantDomain, "user": c.User, "health": c.Health, "checked": c.Checked, "due": c.RefreshTokenEnd,
		})
	}
	text, err := json.Marshal(rows)
	file := filepath.Join(b.dir, "rows.json")
	return file, errors.Join(err, os.WriteFile(file, text, 0o600))
}

// save renames a connector in a process of its own, and saves one through the store, in this process.
func (b *bench) save() ([]report.Figure, []report.Curve, error) {
	w, err := b.newWorld("")
	if err != nil {
		return nil, nil, err
	}
	defer w.end()
	turn := 0
	sides, err := b.manyAndFew(w, 0, func(dir string, r fixture.Rows) *exec.Cmd {
		turn++
		return b.pcc(w, "", dir, "rename", r.ID(5), fmt.Sprintf("Renamed %d", turn))
	})
	if err != nil {
		return nil, nil, err
	}
	for _, series := range []string{"many", "few"} {
		side, err := savesIn(filepath.Join(b.dir, series))
		if err != nil {
			return nil, nil, err
		}
		sides = append(sides, side)
	}
	s, err := b.alternate(2*b.pairs, sides...)
	if err != nil {
		return nil, nil, err
	}
	return append(costs("rename, ", s[0], s[1], report.AtMost(1.2), report.AtMost(1.2)),
		report.Cost("through the store, wall", "ms", s[2].of(wall), s[3].of(wall), report.AtMost(1.2))), nil, nil
}

// savesIn is the side that saves a connector of a folder.
func savesIn(dir string) (func() (sample, error), error) {
	s, err := store.Open(dir)
	if err != nil {
		return nil, err
	}
	all, err := s.Connectors()
	if err != nil {
		return nil, err
	}
	c := all[len(all)/2]
	return func() (sample, error) {
		begin := time.Now()
		c.Refreshed = begin.UTC()
		err := s.PutConnector(c)
		return sample{wall: ms(time.Since(begin))}, err
	}, nil
}

func (b *bench) size() ([]report.Figure, []report.Curve, error) {
	bytesOf := func(name string) ([]float64, error) {
		info, err := os.Stat(filepath.Join(b.bin, "shipped", name))
		if err != nil {
			return nil, err
		}
		return []float64{float64(info.Size()) / 1e6}, nil
	}
	ours, err1 := bytesOf(window)
	hello, err2 := bytesOf("hello")
	small, err3 := bytesOf(terminal)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, nil, err
	}
	return []report.Figure{
		report.Cost("window", "MB", ours, hello, report.AtMost(1.25)), report.Plain("pcc", "MB", small, report.AtMost(13.5)),
	}, nil, nil
}
