//go:build e2e && linux

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"partner-center-connector/bench/report"
)

// options are the command line.
type options struct {
	root   string // the folder of the module
	bin    string // the programs, and the baselines
	before string // the programs of the build before; may not be there
	commit string // what is measured
	rows   []string
	pairs  int
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, parse(), os.Stdout); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

func parse() options {
	var o options
	var rows string
	flag.StringVar(&o.root, "root", ".", "the `folder` of the module")
	flag.StringVar(&o.bin, "bin", "bin", "the `folder` of the programs and the baselines")
	flag.StringVar(&o.before, "before", "", "the `folder` of the programs of the build before")
	flag.StringVar(&o.commit, "commit", "", "what is measured")
	flag.StringVar(&rows, "rows", "", "the rows to measure, with spaces between; all where none is named")
	flag.IntVar(&o.pairs, "pairs", 10, "how many pairs")
	flag.Parse()
	o.rows = strings.Fields(rows)
	return o
}

// run measures the rows that are asked for, one after the other. What one came to is kept before the next begins.
func run(ctx context.Context, o options, out io.Writer) error {
	names := []string{}
	for _, r := range plan {
		names = append(names, r.id)
	}
	for _, name := range o.rows {
		if !slices.Contains(names, name) {
			return fmt.Errorf("there is no row %q; there are %s", name, strings.Join(names, ", "))
		}
	}
	b, err := newBench(ctx, o, out)
	if err != nil {
		return err
	}
	defer b.end()
	var errs []error
	for _, r := range plan {
		if len(o.rows) > 0 && !slices.Contains(o.rows, r.id) {
			continue
		}
		if err := b.measure(r); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", r.id, err))
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(errs...)
}

// errMissing says that something a row needs is not there; the row tells it.
var errMissing = errors.New("missing")

// measure measures a row, tells it and keeps it.
func (b *bench) measure(r row) error {
	_, _ = fmt.Fprintf(b.out, "%s: %s\n", r.id, r.what)
	begin := time.Now()
	figures, curves, err := r.run(b)
	if err != nil && !errors.Is(err, errMissing) {
		return err
	}
	results, readErr := report.Read(b.resultsFile())
	if readErr != nil {
		return readErr
	}
	made := report.Row{
		ID: r.id, What: r.what, Baseline: r.baseline, At: begin.UTC().Truncate(time.Second), Commit: b.commit,
		Seconds: int(time.Since(begin).Seconds()), Figures: figures, Fold: r.fold,
	}
	if err != nil {
		made.Missing = strings.TrimPrefix(err.Error(), errMissing.Error()+": ")
	}
	order := []string{}
	for _, r := range plan {
		order = append(order, r.id)
	}
	results.Put(made, order)
	for _, c := range curves {
		results.PutCurve(c)
	}
	results.Machine = machine()
	_, _ = fmt.Fprintln(b.out, made.Text())
	return results.Write(b.resultsFile())
}

func (b *bench) resultsFile() string { return filepath.Join(b.root, "bench", "results.json") }
