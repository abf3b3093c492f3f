// Command mutate asks whether the tests would notice: it makes small wrong changes to a package (mutants), one at a time, and runs the
// tests that should catch each. What no test catches and nobody has judged to make no difference is listed.
//
// Gremlins (github.com/go-gremlins/gremlins), the one that is maintained, works on this module, but it only exchanges operators: it takes
// no statement away, no row out of a table, changes no limit and swallows no error. It has no list of what was judged, and counts code
// that no test reaches as nothing.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// options say what a run is about.
type options struct {
	root        string              // the folder of the module; only read
	packages    []string            // folders in it
	tests       map[string][]string // by package: the packages whose tests are for it, where that is not only its own
	tags        string              // build tags
	count       int                 // how many mutants of each package; 0 is all of them
	seed        string              // another seed draws other mutants
	workers     int                 // how many at the same time
	least       float64             // the share that has to be caught or judged, in percent
	equivalents string              // the file of those that were judged
	memory      string              // the folder where outcomes are kept; empty keeps none
	jail        string              // the command through which tests are run, for instance to give them processes of their own
	patience    time.Duration       // what tests may take beside four times their usual time
}

// standard are the packages on which the safety of the credentials rests.
var standard = []string{
	"auth", "auth/browser", "auth/loopback", "connector/checks", "connector/safefile", "connector/store", "connector/vault",
}

// testedElsewhere names the packages whose tests, or some of them, are those of a package above them.
var testedElsewhere = map[string][]string{
	"connector/checks":   {"connector/checks", "connector/problems", "connector/runner"},
	"connector/keeper":   {"connector/keeper", "connector/runner", "connector/engine"},
	"connector/problems": {"connector/problems", "connector/view", "assets", "connector/engine"},
}

var errTooFew = errors.New("too few mutants were caught")

func main() {
	o := options{tests: testedElsewhere, patience: 15 * time.Second}
	flag.StringVar(&o.root, "root", ".", "the `folder` of the module")
	flag.StringVar(&o.tags, "tags", "ci", "build tags")
	flag.IntVar(&o.count, "count", 50, "how many mutants of each package; 0 is all of them")
	flag.StringVar(&o.seed, "seed", "1", "another seed draws other mutants")
	flag.IntVar(&o.workers, "workers", min(2, runtime.NumCPU()), "how many at the same time")
	flag.Float64Var(&o.least, "least", 90, "the share that has to be caught or judged, in percent")
	flag.StringVar(&o.equivalents, "equivalents", "build/tools/mutate/equivalent.txt", "the `file` of those that were judged to make no difference")
	flag.StringVar(&o.memory, "memory", ".cache/mutate", "the `folder` where outcomes are kept")
	flag.StringVar(&o.jail, "jail", "", "the `command` through which tests are run")
	flag.Usage = func() {
		_, _ = fmt.Fprintln(flag.CommandLine.Output(), "mutate [OPTION…] [PACKAGE…]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if o.packages = flag.Args(); len(o.packages) == 0 {
		o.packages = standard
	}
	for i, p := range o.packages {
		o.packages[i] = strings.TrimSuffix(strings.TrimPrefix(p, "./"), "/")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o, os.Stdout); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "mutate:", err)
		stop()
		os.Exit(1)
	}
}

// run makes the mutants of every package, tries them and tells what came of it. The module's folder is never written to, whatever a
// mutant does: everything happens in a copy.
func run(ctx context.Context, o options, out io.Writer) (err error) {
	judged, err := readEquivalents(o.equivalents)
	if err != nil {
		return err
	}
	w, err := newWorkshop(ctx, o)
	if w != nil {
		defer func() { err = errors.Join(err, w.close()) }()
	}
	if err != nil {
		return err
	}
	memory, err := openMemory(o.memory)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, memory.close()) }()
	var report report
	for _, name := range o.packages {
		r, err := w.examine(ctx, name, judged, memory, out)
		report = append(report, r)
		if err != nil {
			return errors.Join(err, ctx.Err())
		}
	}
	report.print(out)
	if share := report.total().share(); share < o.least {
		return fmt.Errorf("%w: %.1f %% of at least %.0f %%", errTooFew, share, o.least)
	}
	return nil
}
