//go:build e2e && linux

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"partner-center-connector/bench/fixture"
	"partner-center-connector/bench/measure"
	"partner-center-connector/bench/memorykeychain"
	"partner-center-connector/bench/report"
)

// widthFlag says how many connectors `pcc check --all` may check at the same time.
const widthFlag = "--parallel"

func (b *bench) checkAll() ([]report.Figure, []report.Curve, error) {
	w, err := b.newWorld("")
	if err != nil {
		return nil, nil, err
	}
	defer w.end()
	rows := fixture.Rows{Series: "check", Count: 100}
	dir, err := b.list(w, rows, rows.Count)
	if err != nil {
		return nil, nil, err
	}
	sides := []func() (sample, error){
		runs(func() *exec.Cmd { return b.pcc(w, "", dir, "check", "--all") }),
		runs(func() *exec.Cmd { return b.bareLoop(w, rows) }),
	}
	wide, err := b.knowsFlag("check", widthFlag)
	if err != nil {
		return nil, nil, err
	}
	if wide {
		sides = append(sides, runs(func() *exec.Cmd { return b.pcc(w, "", dir, "check", "--all", widthFlag, "1") }))
	}
	s, err := b.alternate(b.pairs, sides...)
	if err != nil {
		return nil, nil, err
	}
	figures := []report.Figure{
		report.Speed("throughput, wall", "ms", s[0].of(wall), s[1].of(wall), report.AtLeast(0.7)),
		report.Cost(cpu, "ms", s[0].of(cpu), s[1].of(cpu), report.Aim{}),
	}
	if wide {
		figures = append(figures, report.Speed("throughput, one at a time, wall", "ms", s[2].of(wall), s[1].of(wall), report.Aim{}))
	}
	return figures, nil, nil
}

// knowsFlag reports whether a command of pcc has a flag.
func (b *bench) knowsFlag(command, flag string) (bool, error) {
	var out bytes.Buffer
	cmd := b.program(terminal, command, "--help", "--lang", "en")
	cmd.Stdout = &out
	_, err := measure.Run(cmd)
	return strings.Contains(out.String(), flag), err
}

// bareLoop is the baseline that checks connectors one after the other.
func (b *bench) bareLoop(w *world, rows fixture.Rows) *exec.Cmd {
	ids := []string{}
	for n := range rows.Count {
		ids = append(ids, rows.ID(n))
	}
	job, _ := json.Marshal(map[string]any{ // plain texts always encode
		"CA": string(w.Facts.CA), "Base": w.Facts.BackChannel, "Tenant": w.Facts.TenantID, "ClientID": w.Facts.Clients.Public,
		"RefreshToken": w.RefreshToken(), "PartnerScopes": w.PartnerScopes(), "GraphScopes": w.GraphScopes(),
		"IDs": ids, "Service": bareItems, "Size": len(w.credential),
	})
	cmd := b.program("bareloop")
	cmd.Stdin = bytes.NewReader(job)
	return cmd
}

// checkedBefore is how many connectors of the list the build before checks, one after the other, until it is stopped.
const checkedBefore = 3

func (b *bench) checkBefore() ([]report.Figure, []report.Curve, error) {
	earlier, err := b.earlier(terminal)
	if err != nil {
		return nil, nil, err
	}
	w, err := b.newWorld("")
	if err != nil {
		return nil, nil, err
	}
	defer w.end()
	dirs := map[string]string{}
	for _, series := range []string{"now", "before"} {
		rows := fixture.Rows{Series: series, Count: 100}
		if dirs[series], err = b.list(w, rows, rows.Count); err != nil {
			return nil, nil, err
		}
	}
	s, err := b.alternate(b.pairs,
		func() (sample, error) {
			c, err := measure.Run(b.pcc(w, "", dirs["now"], "check", "--all"))
			return sample{wall: ms(c.Wall) / 100}, err
		},
		func() (sample, error) {
			each, err := firstChecks(b.pcc(w, earlier, dirs["before"], "check", "--all"), checkedBefore)
			return sample{wall: ms(each)}, err
		})
	if err != nil {
		return nil, nil, err
	}
	return []report.Figure{report.Speed("per connector, wall", "ms", s[0].of(wall), s[1].of(wall), report.AtLeast(20))}, nil, nil
}

// firstChecks runs `pcc check --all` until it has told of n connectors, each of which ends with an empty line, stops it as Ctrl+C does, and
// returns what each of them took.
func firstChecks(cmd *exec.Cmd, n int) (time.Duration, error) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	lines, told := bufio.NewScanner(out), 0
	for told < n && lines.Scan() {
		if lines.Text() == "" {
			told++
		}
	}
	took := time.Since(begin)
	_ = cmd.Process.Signal(syscall.SIGINT)
	_, _ = io.Copy(io.Discard, out)
	_ = cmd.Wait()
	if told < n {
		return 0, errors.New("pcc check --all ended too soon")
	}
	return took / time.Duration(n), nil
}

// checkThousand runs on a keychain in memory: it is about the program's own cost. What a start costs is taken off.
func (b *bench) checkThousand() ([]report.Figure, []report.Curve, error) {
	keychain, err := memorykeychain.Start(b.ctx)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = keychain.Close() }()
	w, err := b.newWorld(keychain.Address)
	if err != nil {
		return nil, nil, err
	}
	defer w.end()
	sides := []func() (sample, error){}
	for _, rows := range []fixture.Rows{{Series: "thousand", Count: 1_000}, {Series: "ten", Count: 10}} {
		dir, err := b.list(w, rows, rows.Count)
		if err != nil {
			return nil, nil, err
		}
		sides = append(sides, func() (sample, error) { return b.perConnector(w, keychain.Address, dir, rows.Count) })
	}
	s, err := b.alternate(b.pairs, sides...)
	if err != nil {
		return nil, nil, err
	}
	return []report.Figure{
		report.Cost("per connector, CPU", "ms", s[0].of(cpu), s[1].of(cpu), report.AtMost(1.1)),
		report.Cost("per connector, wall", "ms", s[0].of(wall), s[1].of(wall), report.Aim{}),
	}, nil, nil
}

func (b *bench) perConnector(w *world, bus, dir string, connectors int) (sample, error) {
	start, err := measure.Run(b.program(terminal, "version"))
	if err != nil {
		return nil, err
	}
	cmd := b.pcc(w, "", dir, "check", "--all")
	cmd.Env = append(cmd.Environ(), "DBUS_SESSION_BUS_ADDRESS="+bus)
	all, err := measure.Run(cmd)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(dir), err)
	}
	each := measure.Cost{Wall: (all.Wall - start.Wall) / time.Duration(connectors), CPU: (all.CPU - start.CPU) / time.Duration(connectors)}
	return sampleOf(each), nil
}
