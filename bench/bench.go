//go:build e2e && linux

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"partner-center-connector/bench/fixture"
	"partner-center-connector/bench/measure"
	"partner-center-connector/bench/report"
	"partner-center-connector/rehearsal"
)

// The programs, in their folders.
const (
	terminal = "pcc"
	window   = "partner-center-connector"
)

// row is one thing to measure. run returns its figures, and curves where there are any; an error that is errMissing becomes part of the result.
type row struct {
	id, what, baseline string
	run                func(*bench) ([]report.Figure, []report.Curve, error)
	// fold says that the table shows the greatest of the figures alone.
	fold bool
}

// bench is a run of the command.
type bench struct {
	options
	ctx context.Context //nolint:containedctx // it ends everything that a run starts
	out io.Writer
	// dir is a folder for everything that is made.
	dir   string
	shown *measure.Screen
	keys  *measure.Typist
}

func newBench(ctx context.Context, o options, out io.Writer) (*bench, error) {
	dir, err := os.MkdirTemp("", "pcc-bench-")
	if err != nil {
		return nil, err
	}
	return &bench{options: o, ctx: ctx, out: out, dir: dir}, nil
}

func (b *bench) end() {
	if b.keys != nil {
		_ = b.keys.Close()
	}
	if b.shown != nil {
		_ = b.shown.Close()
	}
	_ = os.RemoveAll(b.dir)
}

// program returns one of the programs or baselines of this run.
func (b *bench) program(name string, args ...string) *exec.Cmd {
	return exec.CommandContext(b.ctx, filepath.Join(b.bin, name), args...)
}

// earlier returns a program of the build before. Its error is errMissing.
func (b *bench) earlier(name string) (string, error) {
	path := filepath.Join(b.before, name)
	if b.before == "" {
		path = ""
	}
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("%w: the commit of the build before is not in this clone", errMissing)
	}
	return path, nil
}

// sample is one measurement, by the names of its figures.
type sample map[string]float64

// samples are those of several measurements.
type samples []sample

func (s samples) of(name string) []float64 {
	values := []float64{}
	for _, one := range s {
		if value, ok := one[name]; ok {
			values = append(values, value)
		}
	}
	return values
}

// The names of figures that many rows have.
const (
	wall = "wall"
	cpu  = "CPU"
)

func sampleOf(c measure.Cost) sample {
	return sample{wall: ms(c.Wall), cpu: ms(c.CPU)}
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// alternate measures each of the sides once to warm up and then n times, in turns, where every other turn begins with the other side.
func (b *bench) alternate(n int, sides ...func() (sample, error)) ([]samples, error) {
	all := make([]samples, len(sides))
	for turn := range n + 1 {
		for i := range sides {
			side := (i + turn) % len(sides)
			s, err := sides[side]()
			if err != nil {
				return nil, err
			}
			if turn > 0 {
				all[side] = append(all[side], s)
			}
		}
	}
	return all, b.ctx.Err()
}

// runs is a side that runs a program to its end.
func runs(command func() *exec.Cmd) func() (sample, error) {
	return func() (sample, error) {
		c, err := measure.Run(command())
		return sampleOf(c), err
	}
}

// world is a practice cloud where the integration user has signed in, and the keychain of the session.
type world struct {
	*fixture.SignIn
	cloud    *rehearsal.Cloud
	clouds   string // the clouds file
	keychain *fixture.Keychain
	// credential is that of every connector.
	credential string
}

// newWorld makes one. An empty bus is that of the session.
func (b *bench) newWorld(bus string) (*world, error) {
	cloud, err := rehearsal.Start(b.ctx, rehearsal.Options{})
	if err != nil {
		return nil, err
	}
	w := &world{cloud: cloud}
	dir, err := os.MkdirTemp(b.dir, "cloud-")
	if err == nil {
		w.clouds = filepath.Join(dir, "clouds.toml")
		err = cloud.WriteCloudsFile(w.clouds)
	}
	if err == nil {
		w.SignIn, err = fixture.New(b.ctx, cloud)
	}
	if err == nil {
		w.credential, err = w.Credential()
	}
	if err == nil {
		w.keychain, err = fixture.OpenKeychain(bus)
	}
	if err != nil {
		_ = cloud.Close()
		return nil, err
	}
	return w, nil
}

// bareItems is the service of the items that baselines have.
const bareItems = "Partner Center Connector bench"

// end ends the cloud and empties the keychain.
func (w *world) end() {
	_ = w.keychain.Clear(fixture.Items)
	_ = w.keychain.Clear(bareItems)
	_ = w.keychain.Close()
	_ = w.cloud.Close()
}

// list makes a config folder of rows; the first credentials of them have one in the keychain.
func (b *bench) list(w *world, r fixture.Rows, credentials int) (dir string, err error) {
	dir = filepath.Join(b.dir, r.Series)
	if err := w.Write(dir, r); err != nil {
		return "", err
	}
	for n := range credentials {
		if err := w.keychain.SetCredential(r.ID(n), w.credential); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// pcc is a command of the terminal program, of this build or of that at path, with a config folder.
func (b *bench) pcc(w *world, path, dir string, args ...string) *exec.Cmd {
	if path == "" {
		path = filepath.Join(b.bin, terminal)
	}
	return exec.CommandContext(b.ctx, path, append(args, "--config-dir", dir, "--clouds", w.clouds, "--lang", "en")...)
}
