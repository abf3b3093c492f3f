//go:build e2e && linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"partner-center-connector/bench/measure"
)

// The names of the figures of a window, beside wall and CPU.
const (
	rss       = "RSS"
	anonymous = "anonymous memory"
)

// How long a window has not changed when it is at rest, and how long it may take until then.
const (
	quiet     = time.Second
	restLimit = 2 * time.Minute
)

// display opens the picture of the virtual display, once.
func (b *bench) display() error {
	if b.shown != nil {
		return nil
	}
	var err error
	if b.shown, err = measure.OpenScreen(os.Getenv("PCC_SCREEN")); err != nil {
		return fmt.Errorf("the virtual display: %w", err)
	}
	b.keys, err = measure.NewTypist(b.ctx)
	return err
}

// ourWindow is the window program of this build, or of that in a folder, with a config folder and a clouds file; empty for none.
func (b *bench) ourWindow(folder, dir, clouds string) *exec.Cmd {
	if folder == "" {
		folder = b.bin
	}
	args := []string{"--lang", "en", "--theme", "light", "--config-dir", dir}
	if clouds != "" {
		args = append(args, "--clouds", clouds)
	}
	return exec.CommandContext(b.ctx, filepath.Join(folder, window), args...)
}

// opens starts a window program, waits until it is at rest, and ends it. Wall is the time until its last frame, CPU all that it took until
// it was at rest. What more is to be measured, while it is open, comes from more, which may be nil.
func (b *bench) opens(cmd *exec.Cmd, more func(pid int) (sample, error)) (sample, error) {
	if _, _, err := b.shown.Rest(false, quiet/4, restLimit, nil); err != nil {
		return nil, err
	}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	pid := cmd.Process.Pid
	_, last, err := b.shown.Rest(true, quiet, restLimit, func() bool { return atRest(pid) })
	if err != nil {
		return nil, err
	}
	took, err := measure.CPU(pid)
	if err != nil {
		return nil, err
	}
	memory, err := measure.MemoryOf(pid)
	if err != nil {
		return nil, err
	}
	s := sample{wall: ms(last.Sub(begin)), cpu: ms(took), rss: megabytes(memory.RSS), anonymous: megabytes(memory.Anonymous)}
	if more == nil {
		return s, nil
	}
	others, err := more(pid)
	for name, value := range others {
		s[name] = value
	}
	return s, err
}

func megabytes(bytes int64) float64 { return float64(bytes) / 1e6 }

// atRest reports whether a process hardly works: whether, in most of some moments, none of its threads runs, wants to, or waits for a disk.
// How much of a processor it gets would say less where the computer is busy.
func atRest(pid int) bool {
	const moments, apart = 30, 10 * time.Millisecond
	working := 0
	tick := time.NewTicker(apart)
	defer tick.Stop()
	for range moments {
		<-tick.C
		if measure.Working(pid) {
			working++
		}
	}
	return working < moments/2
}
